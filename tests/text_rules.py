"""Finds texts that people see and that no translation can reach: used by test_translations.py."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTERS = {
    "addAction",
    "addButton",
    "addItem",
    "addItems",
    "addMenu",
    "addRow",
    "addTab",
    "begin",  # a gesture of the session: its label stands in the menu
    "edit",
    "insertText",
    "setAccessibleDescription",
    "setAccessibleName",
    "setDetailedText",
    "setHeaderLabels",
    "setInformativeText",
    "setPlaceholderText",
    "setPrefix",
    "setStatusTip",
    "setSuffix",
    "setText",
    "setTitle",
    "setToolTip",
    "setWhatsThis",
    "setWindowTitle",
    "showMessage",
    "start",  # a job: its text stands beside the progress bar
}
MAKERS = {
    "ElidedLabel",
    "QAction",
    "QCheckBox",
    "QGroupBox",
    "QLabel",
    "QMenu",
    "QMessageBox",
    "QPushButton",
    "QRadioButton",
    "QToolBar",
    "QToolButton",
}
SIGNALS = {"notified"}
"""Signals whose text is shown."""

NAMES = {"chromask", "[*] - chromask", "210 210 120  /  #d2d278", '{"key": "value"}'}
"""Names of things: the same in every language."""


def untranslated(path: Path) -> Iterator[str]:
    """Give the places of a module that show a text which no translator sees."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _shows_text(node):
            arguments = [*node.args, *(each.value for each in node.keywords)]
            for argument in arguments[:1] if _called(node) == "addItem" else arguments:
                for text in _bare_texts(argument):
                    if _has_words(text) and text not in NAMES:
                        yield f"{path.name}, line {node.lineno}: {text!r}"


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _shows_text(call: ast.Call) -> bool:
    func = call.func
    if isinstance(func, ast.Name):
        return func.id in MAKERS
    if not isinstance(func, ast.Attribute):
        return False
    if func.attr == "emit":
        return isinstance(func.value, ast.Attribute) and func.value.attr in SIGNALS
    return func.attr in SETTERS or func.attr in MAKERS


def _bare_texts(node: ast.expr) -> Iterator[str]:
    """Give the literals of an argument that no translating function holds."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) for part in node.values if isinstance(part, ast.Constant)
        )
    elif isinstance(node, ast.BinOp | ast.IfExp | ast.BoolOp | ast.List | ast.Tuple):
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                yield from _bare_texts(part)
    elif isinstance(node, ast.Call) and _called(node) in ("format", "join"):
        yield from _bare_texts(node.func.value)  # pyright: ignore[reportAttributeAccessIssue]


def _has_words(text: str) -> bool:
    """Tell whether a text holds a word: signs and numbers are the same everywhere."""
    plain = text.replace("px", "").replace("RGB", "").replace("{}", "")
    return any(character.isalpha() for character in plain)


def lost_templates(path: Path) -> Iterator[str]:
    """Find messages of the library that are formatted before anybody could translate them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id != "Problem" and not node.func.id.endswith("Error"):
            continue
        said = node.args[:1] + node.args[3:4]
        said += [word.value for word in node.keywords if word.arg in {"seen", "hint"}]
        for each in said:
            if any(isinstance(part, ast.JoinedStr) for part in ast.walk(each)):
                yield f"{path.name}, line {each.lineno}: {ast.unparse(each)}"
