"""The layers of docs/architecture.md hold, and each rule catches what breaks it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import house_rules as rules

if TYPE_CHECKING:
    from collections.abc import Callable

    Rule = Callable[[dict[str, rules.Source]], list[rules.Finding]]

ROOT = Path(__file__).resolve().parents[1]

# (rule, start of the finding): why it may stay. An entry that nothing needs fails a test.
ALLOWED: dict[tuple[str, str], str] = {
    ("threads_outside_runtime", "chromask.media.pillow"): (
        "a lock, not a thread: Pillow's warnings and limits are global to the process"
    ),
    ("files_outside_storage", "chromask_gui.app.demo"): (
        "copies the bundled example into the folder that the command line named"
    ),
}

RULES: list[Rule] = [
    rules.threads_outside_runtime,
    rules.files_outside_storage,
    rules.looking_outside_storage,
    rules.decoding_outside_media,
    rules.possessive_groups,
    rules.too_large,
]

# A small house in which all rules hold: each planted violation is added to it.
HOUSE = {
    "core/chromask/__init__.py": "",
    "core/chromask/plane.py": "P = r'(?>(?:[a-z]++|b)*) \\)++'\n",
    "core/chromask/media/__init__.py": "import av\nimport cv2\ncv2.imdecode(b'', 1)\n",
    "core/chromask/storage/__init__.py": "",
    "core/chromask/storage/local.py": "def read_bytes(path):\n    return open(path).read()\n",
    "gui/chromask_gui/__init__.py": "",
    "gui/chromask_gui/runtime/jobs.py": "import threading\n",
    "gui/chromask_gui/panel.py": "self.grab().save(buffer, 'PNG')\ndialog.open()\n",
    "resources/chromask_resources/__init__.py": "",
}

CORE, GUI = "core/chromask", "gui/chromask_gui"
PLANTED: list[tuple[Rule, str, str]] = [
    (
        rules.threads_outside_runtime,
        f"{GUI}/session.py",
        "from threading import Thread",
    ),
    (rules.threads_outside_runtime, f"{CORE}/frame.py", "import concurrent.futures"),
    (
        rules.threads_outside_runtime,
        f"{GUI}/x.py",
        "from PySide6.QtCore import QThread",
    ),
    (
        rules.threads_outside_runtime,
        f"{GUI}/x.py",
        "QtCore.QThreadPool.globalInstance()",
    ),
    (rules.files_outside_storage, f"{CORE}/frame.py", "open('x', 'w')"),
    (rules.files_outside_storage, f"{CORE}/frame.py", "path.open('wb')"),
    (rules.files_outside_storage, f"{CORE}/frame.py", "path.open()"),
    (rules.files_outside_storage, f"{CORE}/frame.py", "path.write_bytes(b'')"),
    (rules.files_outside_storage, f"{CORE}/frame.py", "path.read_text()"),
    (rules.files_outside_storage, f"{CORE}/frame.py", "os.replace('a', 'b')"),
    (rules.files_outside_storage, f"{CORE}/frame.py", "import shutil"),
    (rules.files_outside_storage, f"{GUI}/x.py", "cv2.imwrite('x.png', a)"),
    (
        rules.files_outside_storage,
        f"{GUI}/x.py",
        "from PySide6.QtCore import QSaveFile",
    ),
    (rules.files_outside_storage, f"{GUI}/x.py", "self.grab().save('x.png')"),
    (rules.files_outside_storage, f"{GUI}/x.py", "from tempfile import mkstemp"),
    (rules.looking_outside_storage, f"{CORE}/frame.py", "path.exists()"),
    (rules.looking_outside_storage, f"{CORE}/frame.py", "os.path.realpath(path)"),
    (rules.looking_outside_storage, f"{CORE}/media/png.py", "os.scandir(folder)"),
    (rules.looking_outside_storage, f"{GUI}/x.py", "path.is_dir()"),
    (rules.decoding_outside_media, f"{CORE}/frame.py", "from PIL import Image"),
    (rules.decoding_outside_media, f"{CORE}/frame.py", "import av"),
    (rules.decoding_outside_media, f"{GUI}/x.py", "cv2.imdecode(data, 1)"),
    (rules.decoding_outside_media, f"{GUI}/x.py", "from cv2 import imread"),
    (
        rules.decoding_outside_media,
        f"{GUI}/x.py",
        "from PySide6.QtGui import QImageReader",
    ),
    (rules.possessive_groups, f"{CORE}/frame.py", "P = r'(?:a++|b)*+'"),
    (rules.too_large, f"{CORE}/frame.py", "x = 1\n" * 501),
    (rules.too_large, f"{CORE}/frame.py", "def f():\n" + "    x = 1\n" * 60),
    (rules.too_large, f"{CORE}/frame.py", "class C:\n" + "    x = 1\n" * 400),
    (rules.too_large, f"{CORE}/frame.py", "class C:\n" + "    def f(self): ...\n" * 26),
]


def build(root: Path, files: dict[str, str]) -> dict[str, rules.Source]:
    """Write files under a folder and read them as the project's sources."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return rules.read_sources(root)


@pytest.fixture(scope="module")
def sources() -> dict[str, rules.Source]:
    found = rules.read_sources(ROOT)
    assert {"chromask.errors", "chromask_gui", "chromask_resources"} <= set(found)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_that_the_house_keeps_its_rule(rule: Rule, sources) -> None:
    allowed = [start for name, start in ALLOWED if name == rule.__name__]

    broken = [str(finding) for finding in sorted(rule(sources))]
    new = [text for text in broken if not text.startswith(tuple(allowed))]
    stale = [start for start in allowed if not any(t.startswith(start) for t in broken)]

    assert not new, "\n".join(["", *new])
    assert not stale, f"remove from ALLOWED what nothing needs any more: {stale}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_that_a_rule_finds_nothing_where_nothing_is_wrong(rule: Rule, tmp_path) -> None:
    assert rule(build(tmp_path, HOUSE)) == []


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    PLANTED,
    ids=[f"{rule.__name__}-{n}" for n, (rule, _, _) in enumerate(PLANTED)],
)
def test_that_a_rule_names_the_file_that_breaks_it(
    rule: Rule, place: str, text: str, tmp_path
) -> None:
    files = {**HOUSE, place: f"{HOUSE.get(place, '')}{text}\n"}
    module = place.partition("/")[2].removesuffix(".py").replace("/", ".")

    found = rule(build(tmp_path, files))

    assert module in {finding.module for finding in found}


def test_that_every_rule_has_a_planted_violation() -> None:
    assert {rule.__name__ for rule, _, _ in PLANTED} == {
        each.__name__ for each in RULES
    }


def test_that_run_py_needs_nothing_but_the_standard_library() -> None:
    source = rules.Source("run", ROOT / "run.py")

    foreign = {each.module.partition(".")[0] for each in source.imports}

    assert foreign - set(sys.stdlib_module_names) == set()


def loaded_by(code: str) -> set[str]:
    """Run code in a process of its own and give the top-level modules that it loaded."""
    tail = "\nimport sys; print('\\n' + ' '.join({m.partition('.')[0] for m in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code + tail], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def test_that_the_look_at_loaded_modules_sees_qt_where_it_is() -> None:
    assert "PySide6" in loaded_by("import PySide6.QtCore")


def test_that_the_whole_library_loads_without_qt(sources) -> None:
    library = [name for name in sources if rules.is_under(name, "chromask")]

    loaded = loaded_by(f"import {', '.join(library)}")

    assert "chromask" in loaded
    assert loaded & {*rules.QT, "chromask_gui"} == set()


def test_that_a_command_without_a_window_loads_no_qt() -> None:
    code = """
from chromask_gui.__main__ import main
import sys
sys.argv = ["chromask", "--version"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""
    loaded = loaded_by(code)

    assert "chromask" in loaded
    assert loaded & set(rules.QT) == set()
