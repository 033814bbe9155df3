"""Collect every text of the window into its language files: ``python3 run.py translations``.

Qt's own collector cannot read this source: it knows neither the short names that the tables
use nor a context that a helper function gives, and takes escapes for letters. This one reads
syntax trees. A file ``chromask_<code>.ts`` keeps what was translated before; Qt's ``lrelease``
makes the ``.qm`` of it that the window loads. ``run.py translations fr`` begins another one.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parent
GUI = HERE.parent / "gui" / "chromask_gui"
FOLDER = HERE / "chromask_resources" / "translations"
SOURCE_LANGUAGE = "en"

CORE = HERE.parent / "core" / "chromask"
CORE_CONTEXT = "core"
TECHNICAL = {"re", "_log", "logger"}
NOT_SEEN = {"cli.py", "contact_sheet.py"}
"""Modules of the library that no window shows."""

MARKS = {"translate", "QT_TRANSLATE_NOOP", "_"}
"""Functions whose arguments are a context and a text."""


@dataclass(frozen=True, order=True)
class Text:
    """A text of the window; ``has_number`` where its form depends on a number."""

    context: str
    source: str
    has_number: bool


@dataclass(frozen=True)
class Lost:
    """A call that translates something which is no plain text: nobody could collect it."""

    module: str
    line: int
    code: str


class Module:
    """One module's calls of the functions that translate."""

    def __init__(self, path: Path) -> None:
        self.name = path.relative_to(GUI.parent).with_suffix("").as_posix()
        self.tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        self.helpers = dict(_helpers(self.tree))

    def read(self, helpers: dict[str, str]) -> Iterator[Text | Lost]:
        """Give the texts; `helpers` are other modules' functions with their contexts."""
        own = {**self._imported(helpers), **self.helpers}
        for context, call in _calls(self.tree, ""):
            name = _called(call)
            if name == "tr" and isinstance(call.func, ast.Attribute):
                yield self._text(call, context, call.args[0], call.args[2:])
            elif name in own and isinstance(call.func, ast.Name):
                yield self._text(call, own[name], call.args[0], call.args[1:])
            elif name in MARKS and len(call.args) >= 2:
                where = call.args[0]
                if isinstance(where, ast.Constant) and not self._is_variable(call):
                    rest = call.args[3:]
                    yield self._text(call, str(where.value), call.args[1], rest)

    def _is_variable(self, call: ast.Call) -> bool:
        """Tell whether a call looks up what a table or a helper's caller holds."""
        return _called(call) == "translate" and isinstance(
            call.args[1], ast.Name | ast.Call | ast.Attribute
        )

    def _text(
        self,
        call: ast.Call,
        context: str,
        text: ast.expr,
        number: Sequence[ast.expr],
    ) -> Text | Lost:
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            return Text(context, text.value, bool(number))
        return Lost(self.name, call.lineno, ast.unparse(call))

    def _imported(self, helpers: dict[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    full = f"{node.module}.{alias.name}"
                    if full in helpers:
                        found[alias.asname or alias.name] = helpers[full]
        return found


def _helpers(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Find functions that only pass their text on to a context of their own."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.args.args:
            continue
        last = node.body[-1]
        call = last.value if isinstance(last, ast.Return) else None
        if (
            isinstance(call, ast.Call)
            and _called(call) == "translate"
            and isinstance(call.args[0], ast.Constant)
            and isinstance(call.args[1], ast.Name)
            and call.args[1].id == node.args.args[0].arg
        ):
            yield node.name, str(call.args[0].value)


def _calls(node: ast.AST, context: str) -> Iterator[tuple[str, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        inside = child.name if isinstance(child, ast.ClassDef) else context
        if isinstance(child, ast.Call):
            yield inside, child
        yield from _calls(child, inside)


def _called(call: ast.Call) -> str:
    func = call.func
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def core_texts(folder: Path = CORE) -> Iterator[Text]:
    """Give the messages of the library: the templates of `say`, and all other sentences.

    The library knows no Qt, so that it marks only what holds values; a plain text of two
    words that is no docstring and no line of a log is taken for a message.
    """
    for path in sorted(folder.rglob("*.py")):
        if path.name in NOT_SEEN:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        left_out = {id(each) for each in _no_messages(tree)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if id(node) not in left_out and _MESSAGE.match(node.value):
                yield Text(CORE_CONTEXT, node.value, has_number=False)


_MESSAGE = re.compile(r"(?=.*[a-z]{2})[^\n\\]* [^\n\\]*")


def _no_messages(tree: ast.AST) -> Iterator[ast.AST]:
    """Find the texts that nobody reads: docstrings, logs, patterns, parts of f-strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from ast.walk(node)
        elif isinstance(node, ast.Call):
            func = node.func
            owner = func.value if isinstance(func, ast.Attribute) else None
            is_technical = isinstance(owner, ast.Name) and owner.id in TECHNICAL
            if is_technical or _called(node) == "cast":
                yield from ast.walk(node)


def collect(folder: Path = GUI) -> tuple[list[Text], list[Lost]]:
    """Give every text of the window in its order, and the calls that hide theirs."""
    modules = [Module(path) for path in sorted(folder.rglob("*.py"))]
    helpers = {
        f"{module.name.replace('/', '.')}.{name}": context
        for module in modules
        for name, context in module.helpers.items()
    }
    found = [each for module in modules for each in module.read(helpers)]
    texts = sorted({*(each for each in found if isinstance(each, Text)), *core_texts()})
    return texts, [each for each in found if isinstance(each, Lost)]


# --- the files --------------------------------------------------------------------------


def read_translations(path: Path) -> dict[tuple[str, str], list[str]]:
    """Read what a file has translated: its forms by (context, text)."""
    found: dict[tuple[str, str], list[str]] = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            target = message.find("translation")
            if target is None or target.get("type") == "unfinished":
                continue
            forms = [form.text or "" for form in target.iter("numerusform")]
            source = message.findtext("source") or ""
            found[name, source] = forms or [target.text or ""]
    return found


def write_file(
    code: str, texts: Sequence[Text], known: dict[tuple[str, str], list[str]]
) -> bytes:
    """Write a language file: all texts, with the translations that there are."""
    root = ET.Element(
        "TS", version="2.1", language=code, sourcelanguage=SOURCE_LANGUAGE
    )
    contexts: dict[str, ET.Element] = {}
    for text in texts:
        context = contexts.get(text.context)
        if context is None:
            context = contexts[text.context] = ET.SubElement(root, "context")
            ET.SubElement(context, "name").text = text.context
        attributes = {"numerus": "yes"} if text.has_number else {}
        message = ET.SubElement(context, "message", attributes)
        ET.SubElement(message, "source").text = text.source
        target = ET.SubElement(message, "translation")
        forms = known.get((text.context, text.source))
        if forms is None:
            target.set("type", "unfinished")
            forms = [""]
        if text.has_number:
            for form in forms:
                ET.SubElement(target, "numerusform").text = form
        else:
            target.text = forms[0]
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    return f"{head}{body}\n".encode()


def english(texts: Sequence[Text]) -> dict[tuple[str, str], list[str]]:
    """Give the forms of the texts with a number: ``%n ROI(s)`` is ``1 ROI`` and ``%n ROIs``.

    Other texts need no file: they stand in the code as English.
    """
    return {
        (text.context, text.source): [
            text.source.replace("(s)", ""),
            text.source.replace("(s)", "s"),
        ]
        for text in texts
        if text.has_number
    }


def release(path: Path) -> None:
    """Make the ``.qm`` that the window loads of a ``.ts``."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    command = [str(tool), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))]
    subprocess.run(command, check=True)


def main(codes: Sequence[str]) -> int:
    """Bring the files of all languages up to date, and begin those that are named."""
    texts, lost = collect()
    for each in lost:
        sys.stderr.write(
            f"{each.module}, line {each.line}: {each.code}: no plain text\n"
        )
    FOLDER.mkdir(exist_ok=True)
    there = {path.stem.partition("_")[2] for path in FOLDER.glob("chromask_*.ts")}
    for code in sorted(there | set(codes) | {SOURCE_LANGUAGE}):
        path = FOLDER / f"chromask_{code}.ts"
        known = read_translations(path) if path.exists() else {}
        if code == SOURCE_LANGUAGE:
            known = {**english(texts), **known}
        path.write_bytes(write_file(code, texts, known))
        release(path)
        done = sum((text.context, text.source) in known for text in texts)
        sys.stdout.write(f"{path.name}: {done} of {len(texts)} texts translated\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
