"""What nobody foresaw: shown once, with a report, and the window goes on."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask_gui.runtime.crash import Crash, CrashWatch, crash_of
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


def break_down() -> None:
    raise ZeroDivisionError("planted")


def test_that_an_error_in_a_slot_is_shown_with_a_report_and_the_window_saves(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    seen: dict[str, object] = {}

    def script(window: MainWindow) -> None:
        QTimer.singleShot(0, break_down)
        qtbot.waitUntil(lambda: window.problems.count > 0)
        seen["shown"] = window.problems.isVisible()
        seen["text"] = window.problems.list.toPlainText()
        window.problems.list.anchorClicked.emit(QUrl("report:0"))
        seen["report"] = QApplication.clipboard().text()
        QTest.mouseClick(window.problems.copy_button, Qt.MouseButton.LeftButton)
        seen["all"] = QApplication.clipboard().text()
        window.rois.add_roi("sky", "70 130 180")
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        seen["alive"] = window.isVisible()

    before = sys.excepthook
    with pytest.raises(ZeroDivisionError, match="planted"):
        run([str(path)], script)
    assert sys.excepthook is before
    assert seen["shown"]
    assert seen["alive"]
    assert "This should not have happened: planted" in str(seen["text"])
    assert "Copy the report" in str(seen["text"])
    assert "break_down" in str(seen["report"])
    assert "PySide6-Essentials" in str(seen["report"])
    assert "break_down" in str(seen["all"])
    assert len(json.loads(path.read_text())["rois"]) == 3


def test_that_an_error_of_a_job_is_shown_once(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from chromask_gui.session import reading as module

    def broken(*_args: object, **_options: object) -> None:
        break_down()

    counts: list[int] = []

    def script(window: MainWindow) -> None:
        monkeypatch.setattr(module, "open_item", broken)
        window.files.open_paths([write_scene(tmp_path)])
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        QApplication.processEvents()
        counts.append(window.problems.count)

    with pytest.raises(ZeroDivisionError):
        run([], script)
    assert counts == [1]


def test_that_what_fails_again_and_again_is_told_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: printed.append(what))
    told: list[Crash] = []
    with CrashWatch(told.append):
        for _ in range(3):
            try:
                break_down()
            except ZeroDivisionError:
                sys.excepthook(*sys.exc_info())  # pyright: ignore[reportArgumentType]
    assert len(told) == len(printed) == 1


@pytest.mark.expected_log("could not be shown")
def test_that_an_error_while_an_error_is_shown_ends_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)

    def tell(_crash: Crash) -> None:
        raise RuntimeError("no window")

    with CrashWatch(tell):
        try:
            break_down()
        except ZeroDivisionError:
            sys.excepthook(*sys.exc_info())  # pyright: ignore[reportArgumentType]


def test_that_ctrl_c_in_the_terminal_is_no_error_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: printed.append(what))
    told: list[Crash] = []
    with CrashWatch(told.append):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (told, len(printed)) == ([], 1)


def test_that_an_error_without_words_is_named() -> None:
    assert "KeyError" in crash_of(KeyError()).seen
