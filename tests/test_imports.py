"""Imports run one way: the contracts of pyproject.toml hold, and each catches a planted import."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOTS = ("core", "gui", "resources")
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

# (what it breaks, where, what is added there).
PLANTED = [
    (
        "neither Qt nor the window",
        "core/chromask/pixels/plane.py",
        "import PySide6.QtGui",
    ),
    (
        "neither Qt nor the window",
        "core/chromask/pixels/plane.py",
        "import chromask_gui.runtime.jobs",
    ),
    (
        "neither Qt nor the window",
        "core/chromask/pixels/plane.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pyqtgraph",
    ),
    (
        "the library import those below",
        "core/chromask/pixels/plane.py",
        "def later():\n    from chromask.frame.load import SingleFrame",
    ),
    (
        "the library import those below",
        "core/chromask/frame/source.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import chromask.cli",
    ),
    ("the library import those below", "core/chromask/helpers.py", ""),
    (
        "the window import those below",
        "gui/chromask_gui/session/session.py",
        "import chromask_gui.panels.history",
    ),
    (
        "do not know each other",
        "gui/chromask_gui/panels/history.py",
        "import chromask_gui.panels.masks.panel",
    ),
    (
        "Only the plots",
        "gui/chromask_gui/canvas/view.py",
        "def later():\n    from pyqtgraph import BarGraphItem",
    ),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter on the sources under a folder by the contracts of ``pyproject.toml``."""
    paths = repr([str(folder / name) for name in ROOTS])
    return subprocess.run(
        [
            *(sys.executable, "-c", f"import sys; sys.path[:0] = {paths}; {LINT}"),
            *("--no-cache", str(ROOT / "pyproject.toml")),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_that_every_contract_is_kept() -> None:
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "place", "text"), PLANTED)
def test_that_a_planted_import_breaks_its_contract(
    contract: str, place: str, text: str, tmp_path: Path
) -> None:
    for name in ROOTS:
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=lambda _, names: [
                n for n in names if not n.endswith(".py") and "." in n
            ],
        )
    with (tmp_path / place).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")

    done = lint(tmp_path)

    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(contract in line for line in broken), done.stdout + done.stderr
