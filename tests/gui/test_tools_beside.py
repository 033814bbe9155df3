"""Regions that are found beside the window: what may happen until they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chromask.pixels import image_regions as regions
from chromask_gui.tools import grabcut, scissors, superpixels, wand
from discs import LEFT, disc, drag, move, painted, point, take, write_disc
from gates import Gate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

TOOLS = {
    "wand": (Qt.Key.Key_W, False, wand, "similar_region"),
    "scissors": (Qt.Key.Key_X, False, scissors, "Scissors"),
    "grabcut": (Qt.Key.Key_Y, False, grabcut, "cut_out"),
    "superpixels": (Qt.Key.Key_W, True, superpixels, "superpixels"),
}


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Hold the work of every tool back."""
    gate = Gate()
    for module in (wand, scissors, superpixels):
        monkeypatch.setattr(module, "AT_ONCE_PIXELS", -1)
    for _key, _shift, module, name in TOOLS.values():
        monkeypatch.setattr(module, name, gate.held(getattr(regions, name)))
    yield gate
    gate.open()


def begin(window: MainWindow, tool: str) -> None:
    """Take a tool and make the gesture that paints the disc; nothing is painted yet."""
    key, shift, *_ = TOOLS[tool]
    take(window, key, tool, shift=shift)
    if tool == "scissors":
        for row, col in ((50, 50), (30, 70), (50, 90), (70, 70)):
            QTest.mouseClick(
                window.canvas.viewport(), LEFT, pos=point(window, row, col)
            )
        QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    elif tool == "wand":
        window.canvas.tool.tolerance = 60
        drag(window, (50, 70))
    elif tool == "grabcut":
        drag(window, (22, 40), (80, 105))
    else:
        drag(window, (50, 55), (50, 85))
    assert window.canvas.tool.is_busy
    assert not painted(window).any()


def wait(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(
        lambda: not window.canvas.tool.is_busy and not window.session.jobs.is_busy
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_that_what_is_released_early_is_painted_as_soon_as_it_is_found(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate, tool: str
) -> None:
    def script(window: MainWindow) -> None:
        begin(window, tool)
        # The ROI of the gesture is the one that was in hand when it ended.
        window.session.select(1)
        gate.open()
        wait(qtbot, window)
        where = painted(window)
        wrong = np.count_nonzero(where & ~disc()) + (
            0 if tool == "superpixels" else np.count_nonzero(disc() & ~where)
        )
        assert where[50, 56:85].all()
        assert wrong < 0.15 * np.count_nonzero(disc())
        assert len(window.session.document.undo_labels) == 1
        assert not window.session.has_gesture
        assert window.session.view.selected == (1,)

    assert run([str(write_disc(tmp_path))], script) == 0


WAYS = ("esc", "undo", "tool", "edit", "close", "frame", "bar")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("tool", TOOLS)
def test_that_what_is_given_up_while_it_is_found_leaves_nothing(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    gate: Gate,
    tool: str,
    way: str,
) -> None:
    other = write_disc(tmp_path / "other")

    def script(window: MainWindow) -> None:
        session = window.session
        started: list[Any] = []
        session.jobs.started.connect(started.append)
        begin(window, tool)
        before = session.document
        if way == "esc":
            QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        elif way == "undo":
            session.undo()
        elif way == "edit":
            session.edit("Rename", lambda e: e.frame.update_annotation(1, labels=["b"]))
        elif way == "close":
            session.show(None)
        elif way == "frame":
            session.open(other)
            # It waits behind the work that is held back.
            gate.open()
            qtbot.waitUntil(lambda: session.document is not before)
        elif way == "bar":
            started[-1].cancel()
        else:
            QTest.keyClick(window.canvas, Qt.Key.Key_B)
        gate.open()
        wait(qtbot, window)
        tools = window.canvas.tools
        assert not tools[tool].is_busy
        # The patch under the pointer is outlined, whether anything is painted or not.
        assert tool == "superpixels" or not tools[tool].marks.lines
        assert not session.has_gesture
        if session.document is not None:
            assert not painted(window).any()
            steps = ("Rename",) if way == "edit" else ()
            assert session.document.undo_labels == steps
        plane = before.planes["front/seg"]
        if way != "frame":
            assert (plane.table[plane.indices] == (128, 64, 128)).all()

    assert run([str(write_disc(tmp_path))], script) == 0


@pytest.mark.parametrize("tool", ["wand", "scissors", "superpixels"])
def test_that_a_press_in_the_meantime_takes_nothing_from_what_was_released(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate, tool: str
) -> None:
    said: list[str] = []

    def script(window: MainWindow) -> None:
        begin(window, tool)
        window.session.notified.connect(said.append)
        drag(window, (5, 5), (5, 20))
        assert "on its way" in said[-1]
        gate.open()
        wait(qtbot, window)
        assert painted(window)[50, 60:80].all()
        assert len(window.session.document.undo_labels) == 1
        assert not painted(window)[:20].any()

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_a_quick_drag_of_the_wand_ends_at_its_last_tolerance(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "wand")
        port = window.canvas.viewport()
        QTest.mousePress(port, LEFT, pos=point(window, 50, 70))
        for step in range(1, 41):
            move(window, point(window, 50, 70) + QPoint(step * 2, 0), LEFT)
        assert len(gate.calls) <= 1
        gate.open()
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        # Only the first and the last were computed, and the last is shown.
        assert [args[3] for args, _ in gate.calls] == [16, 56]
        assert window.canvas.tool.marks.lines
        assert not painted(window).any()
        QTest.mouseRelease(port, LEFT, pos=point(window, 50, 70) + QPoint(90, 0))
        wait(qtbot, window)
        assert gate.calls[-1][0][3] == window.canvas.tool.tolerance == 61
        assert np.array_equal(painted(window), disc())

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_backspace_takes_back_a_click_that_waits(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_X, "scissors")
        port = window.canvas.viewport()
        for row, col in ((50, 50), (30, 70), (90, 20)):
            QTest.mouseClick(port, LEFT, pos=point(window, row, col))
        assert len(window.canvas.tool.marks.handles) == 3
        QTest.keyClick(window.canvas, Qt.Key.Key_Backspace)
        assert len(window.canvas.tool.marks.handles) == 2
        gate.open()
        for row, col in ((50, 90), (70, 70)):
            QTest.mouseClick(port, LEFT, pos=point(window, row, col))
        QTest.keyClick(window.canvas, Qt.Key.Key_Return)
        wait(qtbot, window)
        wrong = np.count_nonzero(painted(window) != disc())
        assert wrong < 0.15 * np.count_nonzero(disc())

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_the_outline_of_a_patch_appears_when_it_is_found(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "superpixels", shift=True)
        move(window, point(window, 50, 70), Qt.MouseButton.NoButton)
        assert not window.canvas.tool.marks.lines
        gate.open()
        qtbot.waitUntil(lambda: bool(window.canvas.tool.marks.lines))
        assert not window.session.document.is_edited

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_a_region_that_was_given_up_does_not_end_the_next_one(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "wand")
        window.canvas.tool.tolerance = 60
        drag(window, (50, 70))
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        drag(window, (5, 5))
        gate.open()
        wait(qtbot, window)
        assert np.array_equal(painted(window), ~disc())

    assert run([str(write_disc(tmp_path))], script) == 0


@pytest.mark.parametrize("is_found", [False, True])
def test_that_superpixels_of_another_size_are_found_anew(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate, *, is_found: bool
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "superpixels", shift=True)
        size = window.options.widgets["size"].number
        size.setValue(8.0)
        move(window, point(window, 12, 70), Qt.MouseButton.NoButton)
        if is_found:
            gate.open()
            qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        size.setValue(32.0)
        drag(window, (12, 70))
        gate.open()
        wait(qtbot, window)
        assert np.count_nonzero(painted(window)) > 400

    assert run([str(write_disc(tmp_path))], script) == 0
