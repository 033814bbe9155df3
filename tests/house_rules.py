"""Rules on files, threads, decoders and sizes as functions over a folder: each gives what breaks it.

Who may import whom is import-linter's, see ``pyproject.toml``. They read syntax trees and import nothing, so that a planted tree is judged like the real one.
Used by test_architecture.py alone.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOTS = ("core", "gui", "resources")
QT = ("PySide6", "PyQt5", "PyQt6", "pyqtgraph", "qtpy", "qtawesome", "shiboken6")

THREADS = ("threading", "_thread", "concurrent", "multiprocessing", "asyncio")
QT_THREADS = {"QThread", "QThreadPool", "QRunnable", "QtConcurrent"}
DECODERS = ("PIL", "av", "imageio", "tifffile")
CV2_DECODERS = {"imread", "imdecode", "imreadmulti", "imdecodemulti", "VideoCapture"}
QT_DECODERS = {"QImageReader", "QMovie"}
FILE_MODULES = ("shutil", "tempfile")
FILE_METHODS = {
    "write_text",
    "write_bytes",
    "imwrite",
    "imwritemulti",
    "savez",
    "savetxt",
}
FILE_METHODS |= {"fromfile", "tofile", "memmap", "unlink", "touch", "symlink_to"}
READ_METHODS = {"read_text", "read_bytes"}
OS_FUNCTIONS = {
    "open",
    "fdopen",
    "write",
    "replace",
    "rename",
    "remove",
    "unlink",
    "link",
}
OS_FUNCTIONS |= {"mkdir", "makedirs", "truncate", "symlink", "chmod", "mkfifo"}
LOOKING_METHODS = {
    "exists",
    "is_file",
    "is_dir",
    "is_symlink",
    "stat",
    "lstat",
    "samefile",
    "readlink",
    "iterdir",
}
LOOKING_METHODS |= {"scandir", "listdir", "walk", "access", "lexists", "isfile"}
LOOKING_METHODS |= {"isdir", "islink", "realpath", "getmtime", "getsize"}
QT_FILES = {"QFile", "QSaveFile", "QTemporaryFile", "QImageWriter"}

MAX_FILE, MAX_CLASS, MAX_METHODS, MAX_FUNCTION = 500, 400, 25, 60
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, order=True)
class Finding:
    """A place that breaks a rule."""

    module: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.module}, line {self.line}: {self.what}"


@dataclass(frozen=True)
class Import:
    """One name that a module imports; ``typing_only`` where it is under TYPE_CHECKING."""

    module: str
    line: int
    typing_only: bool


class Source:
    """One module of the project: its dotted name, its text and its syntax tree."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.package = name.partition(".")[0]
        self.text = path.read_text(encoding="utf-8")
        self.tree = ast.parse(self.text, str(path))

    def is_in(self, *names: str) -> bool:
        """Tell whether this is one of those modules, or inside one of those packages."""
        return any(is_under(self.name, each) for each in names)

    def at(self, node: ast.AST, what: str) -> Finding:
        """Give a finding at a node."""
        return Finding(self.name, getattr(node, "lineno", 1), what)

    @cached_property
    def imports(self) -> list[Import]:
        """Every import, also those inside functions; ``from a import b`` gives ``a.b``."""
        typed = {
            id(node) for part in typing_blocks(self.tree) for node in ast.walk(part)
        }
        found: list[Import] = []
        for node in ast.walk(self.tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                start = "." * node.level + (node.module or "")
                names = [f"{start}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Call) and is_dynamic_import(node):
                names = [str(node.args[0].value)]  # type: ignore[attr-defined]
            found += [Import(name, node.lineno, id(node) in typed) for name in names]  # type: ignore[attr-defined]
        return found

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]

    def names(self, wanted: set[str]) -> Iterator[tuple[ast.AST, str]]:
        """Give each place that says one of those names: imported, plain or as an attribute."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.alias) and node.name.rpartition(".")[2] in wanted:
                yield node, node.name
            elif isinstance(node, ast.Name) and node.id in wanted:
                yield node, node.id
            elif isinstance(node, ast.Attribute) and node.attr in wanted:
                yield node, node.attr


def is_under(name: str, package: str) -> bool:
    """Tell whether a dotted name is a package or inside it."""
    return name == package or name.startswith(f"{package}.")


def typing_blocks(tree: ast.Module) -> Iterator[ast.stmt]:
    """Give the statements that only a type checker sees."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from node.body


def is_dynamic_import(call: ast.Call) -> bool:
    """Tell whether a call imports a module that it names as a text."""
    if not (call.args and isinstance(call.args[0], ast.Constant)):
        return False
    return ast.unparse(call.func).rpartition(".")[2] in ("import_module", "__import__")


def read_sources(root: Path) -> dict[str, Source]:
    """Read every module of the three source roots, by its dotted name."""
    sources: dict[str, Source] = {}
    for place in ROOTS:
        for path in sorted((root / place).glob("*/**/*.py")):
            parts = path.relative_to(root / place).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            sources[name] = Source(name, path)
    return sources


# --- who may do what --------------------------------------------------------------------


def threads_outside_runtime(sources: dict[str, Source]) -> list[Finding]:
    """Find threads, processes and event loops anywhere but in the window's runtime."""
    found: list[Finding] = []
    for source in sources.values():
        if source.is_in("chromask_gui.runtime"):
            continue
        found += [
            Finding(
                source.name,
                each.line,
                f"imports {each.module}: threads live in runtime",
            )
            for each in source.imports
            if not each.typing_only and any(is_under(each.module, t) for t in THREADS)
        ]
        found += [
            source.at(node, f"uses {name}: threads live in runtime")
            for node, name in source.names(QT_THREADS)
        ]
    return found


def files_outside_storage(sources: dict[str, Source]) -> list[Finding]:
    """Find files that are opened, written or moved anywhere but in the storage package."""
    found: list[Finding] = []
    for source in sources.values():
        if source.is_in("chromask.storage"):
            continue
        found += [
            Finding(
                source.name, each.line, f"imports {each.module}: files live in storage"
            )
            for each in source.imports
            if any(is_under(each.module, name) for name in FILE_MODULES)
            and each.module != "tempfile.gettempdir"  # names a folder, touches nothing
        ]
        found += [
            source.at(node, f"uses {name}: files live in storage")
            for node, name in source.names(QT_FILES)
        ]
        found += [
            source.at(call, f"calls {ast.unparse(call.func)}: files live in storage")
            for call in source.calls
            if touches_a_file(call, source.package)
        ]
    return found


def looking_outside_storage(sources: dict[str, Source]) -> list[Finding]:
    """Find names looked up on the disk anywhere but in the storage package.

    Python's own questions raise for a name that is too long or a folder that is closed; those
    of `chromask.storage.look` answer no. The resources ship with the program.
    """
    return [
        source.at(call, f"calls {ast.unparse(call.func)}: ask chromask.storage.look")
        for source in sources.values()
        if source.package != "chromask_resources"
        and not source.is_in("chromask.storage")
        for call in source.calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in LOOKING_METHODS
    ]


def touches_a_file(call: ast.Call, package: str) -> bool:
    """Tell whether a call opens or changes a file, as far as its text shows it."""
    if isinstance(call.func, ast.Name):
        return call.func.id == "open"
    if not isinstance(call.func, ast.Attribute):
        return False
    owner, name = ast.unparse(call.func.value), call.func.attr
    if owner in ("os", "io", "builtins", "codecs"):
        return name in OS_FUNCTIONS
    if name == "save":  # a QImage or QPixmap; into a buffer it writes no file
        writes = any(word in owner.lower() for word in ("image", "pixmap", "grab"))
        return writes and not (call.args and "buffer" in ast.unparse(call.args[0]))
    if name == "open":  # Path.open; not Document.open(path), nor a dialog's open()
        return is_mode(call.args[0]) if call.args else package != "chromask_gui"
    # The window and the resources read what ships with them.
    reads = name in READ_METHODS and package == "chromask" and owner != "local"
    return name in FILE_METHODS or reads


def is_mode(node: ast.expr) -> bool:
    """Tell whether an argument is a file mode such as "rb"."""
    value = node.value if isinstance(node, ast.Constant) else None
    return (
        isinstance(value, str) and 0 < len(value) <= 3 and set(value) <= set("rwxab+t")
    )


def decoding_outside_media(sources: dict[str, Source]) -> list[Finding]:
    """Find decoders of images and video anywhere but in the media package."""
    found: list[Finding] = []
    for source in sources.values():
        if source.is_in("chromask.media"):
            continue
        found += [
            Finding(
                source.name, each.line, f"imports {each.module}: decoding is in media"
            )
            for each in source.imports
            if any(is_under(each.module, name) for name in DECODERS)
        ]
        found += [
            source.at(node, f"uses {name}: decoding is in media")
            for node, name in source.names(CV2_DECODERS | QT_DECODERS)
        ]
    return found


def possessive_groups(sources: dict[str, Source]) -> list[Finding]:
    """Find ``(...)++`` and its kin: Python before 3.11.5 matches them wrongly.

    A branch of the group that fails half-way keeps what it ate (cpython issue 106052). Debian
    12 has 3.11.2. An atomic group, ``(?>(...)+)``, means the same and is right everywhere, and
    so is a possessive class such as ``[a-z]++``.
    """
    return [
        Finding(source.name, number, "repeats a group possessively: write (?>(...)+)")
        for source in sources.values()
        for number, line in enumerate(source.text.splitlines(), 1)
        if re.search(r"(?<!\\)\)[*+?]\+", line)
    ]


# --- sizes ------------------------------------------------------------------------------


def too_large(sources: dict[str, Source]) -> list[Finding]:
    """Find files, classes and functions that nobody can hold in the head at once."""
    found: list[Finding] = []
    for source in sources.values():
        lines = source.text.count("\n")
        if lines > MAX_FILE:
            found.append(Finding(source.name, 1, f"the file has {lines} lines"))
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                methods = sum(isinstance(part, FUNCTION) for part in node.body)
                if length(node) > MAX_CLASS:
                    found.append(
                        source.at(node, f"{node.name} has {length(node)} lines")
                    )
                if methods > MAX_METHODS:
                    found.append(source.at(node, f"{node.name} has {methods} methods"))
            elif isinstance(node, FUNCTION) and length(node) > MAX_FUNCTION:
                found.append(source.at(node, f"{node.name} has {length(node)} lines"))
    return found


def length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Give the number of lines, without a docstring: to explain much is no fault."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node, clean=False) is None:
        return lines
    first = node.body[0]
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1)
