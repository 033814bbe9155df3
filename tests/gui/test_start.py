"""What starting costs: nothing is dressed twice, and nothing is loaded that may never be used."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from chromask_gui.app.application import close_window, make_application, make_window
from chromask_gui.session import reading
from chromask_gui.session.settings import Settings
from chromask_gui.window.main_window import MainWindow
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


class Dressings(QObject):
    """Counts how often a widget is told to wear another style."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_one = event.type() == QEvent.Type.StyleChange
        self.count += is_one and isinstance(watched, QWidget)
        return False


def test_that_the_widgets_of_a_new_window_are_dressed_once() -> None:
    app = make_application("dark")
    dressings = Dressings()
    app.installEventFilter(dressings)
    window = make_window(Settings.fresh())
    app.removeEventFilter(dressings)
    assert app.styleSheet()
    before = len(QApplication.allWidgets()) - len(window.findChildren(QWidget))
    assert dressings.count <= len(window.findChildren(QWidget)) + 2 * before
    close_window(window)


def test_that_a_file_named_at_the_start_is_read_once_and_comes_with_the_window(
    run: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[object] = []
    shown: list[object] = []
    open_item, show = reading.open_item, MainWindow.show

    def read_and_count(*args: Any, **options: Any) -> object:
        reads.append(args)
        return open_item(*args, **options)

    def show_and_note(window: MainWindow) -> None:
        shown.append(window.session.document)
        show(window)

    monkeypatch.setattr(reading, "open_item", read_and_count)
    monkeypatch.setattr(MainWindow, "show", show_and_note)
    run([str(write_scene(tmp_path))], lambda _window: None)
    assert len(reads) == 1
    assert shown[0] is not None


def test_that_reading_begins_without_qt() -> None:
    names = _loaded_by("import chromask_gui.session.reading")
    assert not [name for name in names if name.partition(".")[0] in ("PySide6", "av")]


def test_that_the_window_loads_nothing_that_few_need() -> None:
    names = _loaded_by("import chromask_gui.app.application") - _loaded_by("pass")
    assert not names & {"av", "email", "importlib.metadata", "PIL", "qtawesome", "uuid"}
    assert not [name for name in names if name.startswith("chromask_gui.dialogs.")]


def test_that_pyside_reads_no_source_of_the_window() -> None:
    statement = """
from chromask_gui.__main__ import load_qt
load_qt()
import chromask_gui.app.application, shibokensupport.feature as feature
print(*(name + "!read" for name in feature.pyside_feature_dict))
"""
    names = _loaded_by(statement)
    assert "chromask_gui.window.main_window" in names
    assert not [
        name for name in names if name.startswith("chromask") and name.endswith("!read")
    ]


def _loaded_by(statement: str) -> set[str]:
    """Name the modules that a statement loads in a fresh process."""
    report = "\nimport sys; print(*sys.modules)"
    command = [sys.executable, "-c", statement + report]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(found.stdout.split())
