"""Large regions and parts are written beside the window: the same pixels, nothing half done."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chromask.document.constraints import Rule
from chromask_gui.tools import paint_tool, pieces_edit
from discs import KEY, LEFT, SHAPE, drag, point, values, write_disc
from gates import Gate
from scenes import CAR, ROAD, STRAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

CORNERS = ((20, 30), (20, 110), (80, 110))
ZERO = (0, 0, 0)
MODES = ("add", "subtract", "clip")


def mask() -> np.ndarray[Any, Any]:
    """Give a mask of road with a car and a colour that nobody claims."""
    pixels = np.empty((*SHAPE, 3), np.uint8)
    pixels[:] = ROAD
    pixels[10:60, 40:90] = CAR
    pixels[70:90, 100:130] = STRAY
    return pixels


def box_of(row0: int, col0: int, row1: int, col1: int) -> np.ndarray[Any, Any]:
    where = np.zeros(SHAPE, np.bool_)
    where[row0:row1, col0:col1] = True
    return where


def clicked_boxes() -> list[np.ndarray[Any, Any]]:
    """Give the boxes that the clicks at `CORNERS` may mean.

    Each edge was clicked at the middle of a pixel: which side of that middle the device pixel
    is on decides whether the row or column is taken, always as a whole.
    """
    (row0, col0), (row1, col1) = CORNERS[0], CORNERS[-1]
    edges = product(*((each, each + 1) for each in (row0, col0, row1, col1)))
    return [box_of(*each) for each in edges]


def hold(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Let jobs write everything, and hold back what they write."""
    gate = Gate()
    for module in (paint_tool, pieces_edit):
        monkeypatch.setattr(module, "AT_ONCE_PIXELS", -1)
    monkeypatch.setattr(Rule, "tiles", gate.held(Rule.tiles))
    monkeypatch.setattr(pieces_edit, "new_tiles", gate.held(pieces_edit.new_tiles))
    return gate


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = hold(monkeypatch)
    yield gate
    gate.open()


def wait(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(
        lambda: not window.canvas.tool.is_busy and not window.session.jobs.is_busy
    )


def choose(window: MainWindow, tool: str, mode: str = "add", roi: int = 0) -> None:
    window.session.select(roi)
    options = replace(window.session.view.options, mode=mode)
    window.session.set_view(tool=tool, options=options)
    window.canvas.setFocus()


def draw_shape(window: MainWindow, tool: str) -> None:
    """Make a shape with its corners at `CORNERS` and end it by Enter."""
    if tool == "polygon":
        for corner in CORNERS:
            QTest.mouseClick(window.canvas.viewport(), LEFT, pos=point(window, *corner))
    elif tool == "lasso":
        drag(window, *CORNERS)
    else:
        drag(window, CORNERS[0], CORNERS[-1])
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)


def after_mode(before: np.ndarray[Any, Any], where: Any, mode: str) -> Any:
    """Give what a mode makes of a region of the car's, by the words of the guide."""
    is_car = (before == CAR).all(axis=2)
    after = before.copy()
    if mode == "add":
        after[where] = CAR
    else:
        after[is_car & (where if mode == "subtract" else ~where)] = ZERO
    return after


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("tool", ["polygon", "box", "ellipse", "lasso"])
def test_that_a_large_shape_is_what_it_is_at_once(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tool: str,
    mode: str,
) -> None:
    def script(window: MainWindow) -> None:
        choose(window, tool, mode)
        draw_shape(window, tool)
        at_once = values(window).copy()
        assert not np.array_equal(at_once, mask())
        window.session.undo()
        with monkeypatch.context() as patch:
            gate = hold(patch)
            draw_shape(window, tool)
            assert np.array_equal(values(window), mask())
            gate.open()
            wait(qtbot, window)
        assert np.array_equal(values(window), at_once)
        assert len(window.session.document.undo_labels) == 1
        if tool == "box":
            expected = [after_mode(mask(), each, mode) for each in clicked_boxes()]
            assert any(np.array_equal(at_once, each) for each in expected)
        window.session.undo()
        assert np.array_equal(values(window), mask())
        window.session.redo()
        assert np.array_equal(values(window), at_once)

    assert run([str(write_disc(tmp_path, mask()))], script) == 0


def test_that_a_large_fill_is_found_and_written_in_a_thread(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate
) -> None:
    expected = mask()
    expected[(expected == ROAD).all(axis=2)] = CAR

    def script(window: MainWindow) -> None:
        choose(window, "fill")
        QTest.mouseClick(window.canvas.viewport(), LEFT, pos=point(window, 5, 5))
        assert window.canvas.tool.is_busy
        assert np.array_equal(values(window), mask())
        gate.open()
        wait(qtbot, window)
        assert np.array_equal(values(window), expected)
        assert threading.main_thread() not in gate.threads
        plane = window.session.document.planes[KEY]
        counts = np.bincount(plane.indices.ravel(), minlength=len(plane.table))
        assert np.array_equal(plane.pixels, counts)
        assert len(window.session.document.undo_labels) == 1

    assert run([str(write_disc(tmp_path, mask()))], script) == 0


def test_that_constraints_hold_for_large_regions(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate
) -> None:
    expected = mask()
    # The road is locked: a box over all of it changes what nobody claims alone.
    expected[(expected == STRAY).all(axis=2)] = CAR

    def script(window: MainWindow) -> None:
        gate.open()
        choose(window, "box")
        window.session.set_view(locked_rois=frozenset({1}))
        drag(window, (2, 2), (97, 137))
        QTest.keyClick(window.canvas, Qt.Key.Key_Return)
        wait(qtbot, window)
        assert np.array_equal(values(window), expected)

    assert run([str(write_disc(tmp_path, mask()))], script) == 0


def end_in_a_way(window: MainWindow, way: str, other: Path) -> None:
    session = window.session
    if way == "esc":
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    elif way == "undo":
        session.undo()
    elif way == "tool":
        session.set_view(tool="brush")
    elif way == "edit":
        session.edit("Rename", lambda e: e.frame.update_annotation(1, labels=["b"]))
    else:
        session.open(other)


WAYS = ("esc", "undo", "tool", "edit", "frame")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("tool", ["fill", "box", "parts"])
def test_that_a_large_edit_that_is_given_up_leaves_nothing(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    gate: Gate,
    tool: str,
    way: str,
) -> None:
    other = write_disc(tmp_path / "other", mask())

    def script(window: MainWindow) -> None:
        session = window.session
        choose(window, tool)
        if tool == "fill":
            QTest.mouseClick(window.canvas.viewport(), LEFT, pos=point(window, 5, 5))
        elif tool == "box":
            draw_shape(window, tool)
        else:
            QTest.mouseClick(window.canvas.viewport(), LEFT, pos=point(window, 20, 50))
            qtbot.waitUntil(lambda: bool(window.canvas.tool.chosen))
            assert window.canvas.tool.give_to(1)
        assert session.has_gesture
        first = session.document
        end_in_a_way(window, way, other)
        # Nobody waits for the job of a gesture that the hand gave up.
        is_waited_for = window.canvas.tools[tool].beside.is_busy
        assert not (way in ("esc", "tool") and is_waited_for)
        gate.open()
        qtbot.waitUntil(lambda: not session.jobs.is_busy)
        qtbot.waitUntil(lambda: way != "frame" or session.document is not first)
        assert np.array_equal(values(window), mask())
        assert not session.has_gesture
        assert session.document.undo_labels == (("Rename",) if way == "edit" else ())
        assert session.document.is_edited == (way == "edit")

    assert run([str(write_disc(tmp_path, mask()))], script) == 0


def test_that_a_press_while_a_region_is_written_is_refused_with_a_word(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate
) -> None:
    def script(window: MainWindow) -> None:
        said: list[str] = []
        window.session.notified.connect(said.append)
        choose(window, "fill")
        at = point(window, 5, 5)
        QTest.mouseClick(window.canvas.viewport(), LEFT, pos=at)
        assert said == []
        QTest.mouseClick(window.canvas.viewport(), LEFT, pos=at + QPoint(3, 3))
        assert said == ["The last region is still on its way: wait, or Esc"]
        gate.open()
        wait(qtbot, window)
        assert len(window.session.document.undo_labels) == 1

    assert run([str(write_disc(tmp_path, mask()))], script) == 0


def test_that_a_shape_waits_while_the_one_before_it_is_written(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate
) -> None:
    def script(window: MainWindow) -> None:
        choose(window, "box")
        draw_shape(window, "box")
        drag(window, (85, 5), (95, 30))
        QTest.keyClick(window.canvas, Qt.Key.Key_Return)
        assert len(window.canvas.tool.points) == 2
        gate.open()
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        assert len(window.session.document.undo_labels) == 1
        QTest.keyClick(window.canvas, Qt.Key.Key_Return)
        wait(qtbot, window)
        assert len(window.session.document.undo_labels) == 2
        assert (values(window)[90, 15] == CAR).all()

    assert run([str(write_disc(tmp_path, mask()))], script) == 0


PART_EDITS = ("move", "erase", "give", "make_roi", "paste")


def do_with_parts(window: MainWindow, act: str) -> None:
    """Move the chosen parts by (10, 5), erase them, or give them to the road or a new ROI."""
    tool = window.canvas.tools["parts"]
    if act == "move":
        drag(window, (20, 50), (30, 55))
    elif act == "erase":
        QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    elif act == "give":
        assert tool.give_to(1)
    elif act == "make_roi":
        assert tool.make_roi()
    else:
        assert tool.copy()
        tool.hover(None)
        window.session.edit("Erase", all_road)
        assert tool.paste()


def all_road(edit: Any) -> None:
    edit.paint(KEY, 0, 0, np.ones(SHAPE, np.bool_), edit.entry_for(KEY, ROAD))
    stray = np.ones((20, 30), np.bool_)
    edit.paint(KEY, 70, 100, stray, edit.entry_for(KEY, STRAY))


@pytest.mark.parametrize("act", PART_EDITS)
def test_that_large_parts_end_where_small_ones_do(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, gate: Gate, act: str
) -> None:
    car = box_of(10, 40, 60, 90)
    expected = mask()
    if act == "move":
        expected[car] = ZERO
        expected[20:70, 45:95] = CAR
    elif act in ("erase", "give"):
        expected[car] = ZERO if act == "erase" else ROAD

    def script(window: MainWindow) -> None:
        document = window.session.document
        choose(window, "parts")
        QTest.mouseClick(window.canvas.viewport(), LEFT, pos=point(window, 20, 50))
        qtbot.waitUntil(lambda: bool(window.canvas.tool.chosen))
        gate.open()
        do_with_parts(window, act)
        wait(qtbot, window)
        if act == "make_roi":
            assert window.session.view.selected == (2,)
            expected[car] = document.frame.annotations[2].mask_value
        assert len(document.frame.annotations) == (3 if act == "make_roi" else 2)
        assert np.array_equal(values(window), expected)
        assert gate.threads
        assert threading.main_thread() not in gate.threads
        assert (not window.canvas.tool.chosen) == (act == "erase")

    assert run([str(write_disc(tmp_path, mask()))], script) == 0
