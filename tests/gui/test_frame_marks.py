"""What the list says of its frames is true: which one is shown, edited, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from chromask_gui.panels.frames.model import MARKS_ROLE
from scenes import write_frames
from windows import answer, press, rename, stem, wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


def marks(window: MainWindow, row: int) -> list[str]:
    """Give the marks that a row shows."""
    return window.frame_panel.model.index(row).data(MARKS_ROLE)


def test_that_frames_asked_for_before_others_came_are_never_mixed_up(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        for place in (6, 7, 8):
            window.files.go_to(place)
            assert window.files.frames.is_opening
        for place in (8, 7, 6, 0):
            window.files.go_to(place)
            wait(window, qtbot, place)
            assert stem(window) == f"f{place:02d}"
            assert window.position.text() == f"frame {place + 1} / 12"

    run([str(write_frames(tmp_path))], script)


def test_that_a_held_key_ends_at_the_frame_that_is_named(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        for _ in range(11):
            press(window, Qt.Key.Key_D)
        wait(window, qtbot, 11)
        assert stem(window) == "f11"
        for place in range(10, -1, -1):
            press(window, Qt.Key.Key_A)
            wait(window, qtbot, place)
            assert stem(window) == f"f{place:02d}"

    run([str(write_frames(tmp_path))], script)


@pytest.mark.parametrize(
    ("button", "after"),
    [
        (QMessageBox.StandardButton.Save, ["saved"]),
        (QMessageBox.StandardButton.Discard, []),
        (QMessageBox.StandardButton.Cancel, ["edited"]),
    ],
)
def test_that_the_mark_of_unsaved_edits_goes_with_them(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    button: QMessageBox.StandardButton,
    after: list[str],
) -> None:
    asked = answer(monkeypatch, button)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        assert marks(window, 0) == []
        rename(window)
        assert marks(window, 0) == ["edited"]
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 0 if after == ["edited"] else 1)
        assert len(asked) == 1
        assert marks(window, 0) == after
        assert marks(window, 1) == []

    run([str(write_frames(tmp_path, 3))], script)


def test_that_undo_takes_the_mark_back_and_saving_changes_it(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        window.session.undo()
        assert marks(window, 0) == []
        window.session.redo()
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert marks(window, 0) == ["saved"]
        window.session.undo()
        assert marks(window, 0) == ["edited"]
        window.session.redo()
        assert marks(window, 0) == ["saved"]

    run([str(write_frames(tmp_path, 3))], script)


def test_that_reading_anew_gives_up_the_mark_of_edits(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Discard)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        window.files.reload()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert marks(window, 0) == []

    run([str(write_frames(tmp_path, 3))], script)


def test_that_whoever_stays_keeps_the_picture_that_is_chosen(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = answer(monkeypatch, QMessageBox.StandardButton.Cancel)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        view = window.frame_panel.list
        place = view.visualRect(window.frame_panel.model.index(2)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert asked
        assert view.currentIndex().row() == 0
        assert [index.row() for index in view.selectedIndexes()] == [0]

    run([str(write_frames(tmp_path, 3))], script)
