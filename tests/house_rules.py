"""The rules of docs/architecture.md as functions over a folder: each gives what breaks it.

They read syntax trees and import nothing, so that a planted tree is judged like the real one.
Used by test_architecture.py alone.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ROOTS = ("core", "gui", "resources")
QT = ("PySide6", "PyQt5", "PyQt6", "pyqtgraph", "qtpy", "qtawesome", "shiboken6")

# The library, bottom floor first. A module imports from the floors under its own and from no
# other; neighbours on a floor do not know each other. Packages count as one.
CORE_FLOORS = (
    ("errors",),
    (
        "attributes",
        "json_values",
        "json_text",
        "geometry",
        "colors",
        "tone",
        "runs",
        "sampling",
        "storage",
        "folder_names",
        "csv_text",
    ),
    ("json_edit", "json_fault", "json_views", "plane", "file_names", "histogram"),
    ("frame_json", "annotation", "raster", "parts", "media", "claims", "image_index"),
    ("roi", "source", "mapping", "neighbourhood", "regions"),
    ("source_edits",),
    ("resolve", "frame_file", "frame_state", "frames_file", "pairing", "refine"),
    ("old_form", "frame_view"),
    ("frame_keys",),
    ("frame_base",),
    ("single_frame",),
    ("frame_group",),
    ("frame", "formats", "frame_list"),
    ("legend_search", "folder_walk"),
    ("dataset",),
    ("sharing",),
    ("change", "places"),
    ("tiles", "basis"),
    ("contents",),
    ("transaction", "census"),
    ("document", "display", "shapes", "shares"),
    ("preview",),
    ("edits", "opening", "render", "review", "constraints", "conflicts"),
    ("saving", "painting", "roi_edits"),
    ("checks", "journal", "contact_sheet", "part_edits"),
    ("cli",),
)
# The window. Whatever no floor names is a part of it (panels, canvas, dialogs): parts stand
# between the session, which knows none of them, and the main window, which knows them all.
GUI_BOTTOM = (
    ("workers",),
    ("crash", "jobs", "texts", "theme", "view_state"),
    ("settings",),
    ("session",),
)
GUI_TOP = (("main_window",), ("app",), ("screenshot",), ("demo",), ("__main__",))

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


def targets(source: Source, sources: Iterable[str]) -> Iterator[tuple[Import, str]]:
    """Give the project's own modules that a module imports: ``a.b.name`` is module ``a.b``."""
    known = set(sources)
    for each in source.imports:
        name = each.module
        while name and name not in known:
            name = name.rpartition(".")[0]
        if name and name != source.name:
            yield each, name


# --- the direction of imports -----------------------------------------------------------


def floor_of(name: str) -> tuple[int, int] | None:
    """Give (house, floor) of a module, or None for one that no floor names."""
    package, _, rest = name.partition(".")
    part = rest.partition(".")[0]
    if package == "chromask_resources":
        return (-1, 0)
    if package == "chromask":
        return next(
            ((0, n) for n, floor in enumerate(CORE_FLOORS) if part in floor), None
        )
    floors = (*GUI_BOTTOM, (), *GUI_TOP)
    named = (n for n, floor in enumerate(floors) if part in floor)
    return (1, next(named, len(GUI_BOTTOM)))


def upward_imports(sources: dict[str, Source]) -> list[Finding]:
    """Find imports that do not go down, and modules of the library without a floor."""
    found: list[Finding] = []
    for source in sources.values():
        # A package's front door shows what is inside; it stands on no floor.
        if source.name in ("chromask", "chromask_gui"):
            continue
        floor = floor_of(source.name)
        if floor is None:
            found.append(Finding(source.name, 1, "stands on no floor of CORE_FLOORS"))
            continue
        for each, target in targets(source, sources):
            reason = why_not(source.name, floor, target)
            if reason:
                found.append(
                    Finding(source.name, each.line, f"imports {target}: {reason}")
                )
    return found


def why_not(name: str, floor: tuple[int, int], target: str) -> str | None:
    """Say why a module may not import another, or None where it may."""
    if target in ("chromask", "chromask_gui"):
        # The command line stands on the roof: the front door does not know it.
        inside = is_under(name, target) and floor != (0, len(CORE_FLOORS) - 1)
        return "the package's front door, which imports this module" if inside else None
    other = floor_of(target)
    if other is None or other < floor:
        return None
    if other > floor:
        return "a higher floor"
    same_part = name.split(".")[:2] == target.split(".")[:2]
    is_part = floor == (1, len(GUI_BOTTOM))
    return None if same_part or is_part else "a neighbour on the same floor"


def import_cycles(sources: dict[str, Source]) -> list[Finding]:
    """Find modules that import each other at run time, over any number of steps."""
    edges = {
        name: {
            target
            for each, target in targets(source, sources)
            if not each.typing_only and not is_under(name, target)
        }
        for name, source in sources.items()
    }
    found: list[Finding] = []
    for name in sources:
        reached: set[str] = set()
        waiting = list(edges[name])
        while waiting:
            other = waiting.pop()
            if other not in reached:
                reached.add(other)
                waiting += edges[other]
        if name in reached:
            found.append(Finding(name, 1, "is in a circle of imports"))
    return found


def relative_imports(sources: dict[str, Source]) -> list[Finding]:
    """Find imports that start with a dot."""
    return [
        Finding(source.name, each.line, f"imports {each.module}: write the full name")
        for source in sources.values()
        for each in source.imports
        if each.module.startswith(".")
    ]


def qt_in_the_library(sources: dict[str, Source]) -> list[Finding]:
    """Find Qt, or the window, in the library or in the resources; types count too."""
    return [
        Finding(
            source.name, each.line, f"imports {each.module}: no Qt below the window"
        )
        for source in sources.values()
        if source.package != "chromask_gui"
        for each in source.imports
        if any(is_under(each.module, name) for name in (*QT, "chromask_gui"))
    ]


def panels_that_meet(sources: dict[str, Source]) -> list[Finding]:
    """Find a panel that imports another, also over a part: panels meet in the session alone.

    A panel is what the window puts together: a module of the package that one outside of it,
    or its front door, imports. The other modules of the package are parts, and any panel may
    use them.
    """
    package = "chromask_gui.panels"
    inside = {name for name in sources if is_under(name, package) and name != package}
    panels = {
        target
        for name, source in sources.items()
        if name not in inside
        for _, target in targets(source, sources)
        if target in inside
    }
    found: list[Finding] = []
    for name in sorted(panels):
        met = reachable(name, sources, inside) & panels - {name}
        found += [
            Finding(name, 1, f"imports the panel {other}") for other in sorted(met)
        ]
    return found


def reachable(start: str, sources: dict[str, Source], within: set[str]) -> set[str]:
    """Give the modules of a set that a module imports, over any number of steps."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for _, target in targets(sources[waiting.pop()], sources):
            if target in within and target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def plots_elsewhere(sources: dict[str, Source]) -> list[Finding]:
    """Find pyqtgraph outside the package of the plots, and plots in the canvas.

    Its import takes longer than the whole window's: the package loads it when the window
    rests, and the canvas draws without it.
    """
    package = "chromask_gui.plots"
    found = [
        Finding(source.name, each.line, f"imports {each.module}: only {package} does")
        for source in sources.values()
        if not source.is_in(package)
        for each in source.imports
        if is_under(each.module, "pyqtgraph")
    ]
    found += [
        Finding(
            source.name, each.line, f"imports {each.module}: the canvas has no plots"
        )
        for source in sources.values()
        if source.is_in("chromask_gui.canvas")
        for each in source.imports
        if is_under(each.module, package)
    ]
    return found


# --- who may do what --------------------------------------------------------------------


def threads_outside_jobs(sources: dict[str, Source]) -> list[Finding]:
    """Find threads, processes and event loops anywhere but in the window's jobs."""
    found: list[Finding] = []
    for source in sources.values():
        if source.is_in("chromask_gui.jobs") or source.is_in("chromask_gui.workers"):
            continue
        found += [
            Finding(
                source.name, each.line, f"imports {each.module}: threads live in jobs"
            )
            for each in source.imports
            if not each.typing_only and any(is_under(each.module, t) for t in THREADS)
        ]
        found += [
            source.at(node, f"uses {name}: threads live in jobs")
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
