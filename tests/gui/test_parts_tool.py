"""Parts in the real window: chosen, moved, copied, erased and given to ROIs with the mouse."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask_gui.panels.rois.menu import build_menu
from chromask_gui.tools import parts
from scenes import CAR, ROAD, SKY, STRAY, read_pixels, roi, scene_mask, write_scene
from windows import view_point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

KEY = "front/seg"
ROIS = [roi(["car"], CAR), roi(["road"], ROAD), roi(["sky"], SKY)]
ZERO = (0, 0, 0)


def values(window: MainWindow) -> np.ndarray[Any, Any]:
    plane = window.session.document.planes[KEY]
    return plane.table[plane.indices]


def click(window: MainWindow, row: int, col: int, *, shift: bool = False) -> None:
    held = (
        Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    )
    point = view_point(window, row + 0.5, col + 0.5)
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, held, point)


def drag(window: MainWindow, start: tuple[int, int], end: tuple[int, int]) -> None:
    port = window.canvas.viewport()
    points = [view_point(window, row + 0.5, col + 0.5) for row, col in (start, end)]
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=points[0])
    middle = (points[0] + points[1]) / 2
    for point in (middle, points[1]):
        # QTest.mouseMove holds no button.
        tool = window.canvas.tool
        tool.drag(pointer_at(window, point))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=points[1])


def pointer_at(window: MainWindow, point: Any) -> Any:
    from chromask_gui.tools.tool import Pointer

    at = window.canvas.image_point(point.toPointF())
    return Pointer(at.x(), at.y(), window.canvas.box.zoom)


def key(window: MainWindow, name: Qt.Key, *, ctrl: bool = False) -> None:
    held = (
        Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    )
    QTest.keyClick(window.canvas, name, held)
    QApplication.processEvents()


def take_tool(window: MainWindow) -> None:
    window.canvas.setFocus()
    key(window, Qt.Key.Key_Q)
    assert window.session.view.tool == "parts"


def test_that_a_part_is_moved_and_what_it_leaves_is_background(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    expected = scene_mask()
    expected[22:28, 10:20] = ZERO
    expected[30:36, 30:40] = CAR

    def script(window: MainWindow) -> None:
        take_tool(window)
        click(window, 25, 15)
        assert window.session.view.selected == (0,)
        drag(window, (25, 15), (33, 35))
        assert np.array_equal(values(window), expected)
        assert window.session.document.undo_labels == ("Move parts",)
        window.actions_by_id["save"].trigger()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert np.array_equal(read_pixels(tmp_path / "scene_seg.png"), expected)
        window.actions_by_id["undo"].trigger()
        assert np.array_equal(values(window), scene_mask())
        assert not window.canvas.tool.marks.lines

    assert run([str(write_scene(tmp_path, ROIS))], script) == 0


def test_that_a_box_chooses_what_lies_wholly_in_it_and_delete_erases_it(
    run: Callable[..., int], tmp_path: Path
) -> None:
    expected = scene_mask()
    expected[22:28, 10:20] = ZERO
    expected[35, 50:53] = ZERO

    def script(window: MainWindow) -> None:
        take_tool(window)
        drag(window, (21, 5), (38, 56))
        assert len(window.canvas.tool.chosen) == 2
        key(window, Qt.Key.Key_Delete)
        assert np.array_equal(values(window), expected)
        assert len(window.session.census.rois) == 3

    assert run([str(write_scene(tmp_path, ROIS))], script) == 0


def test_that_a_number_key_gives_the_parts_to_its_roi(
    run: Callable[..., int], tmp_path: Path
) -> None:
    expected = scene_mask()
    expected[35, 50:53] = CAR

    def script(window: MainWindow) -> None:
        take_tool(window)
        click(window, 35, 51)
        key(window, Qt.Key.Key_1)
        assert np.array_equal(values(window), expected)
        assert window.session.document.undo_labels == ("Give parts to car",)

    assert run([str(write_scene(tmp_path, ROIS))], script) == 0


def test_that_parts_are_pasted_into_another_frame_with_exact_values(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    other = np.zeros((40, 60, 3), np.uint8)
    other[:] = SKY
    second = write_scene(tmp_path, ROIS, mask=other, name="second")
    expected = other.copy()
    expected[22:28, 10:20] = CAR
    expected[35, 50:53] = STRAY

    def script(window: MainWindow) -> None:
        take_tool(window)
        click(window, 25, 15)
        click(window, 35, 51, shift=True)
        key(window, Qt.Key.Key_C, ctrl=True)
        window.session.open(second)
        qtbot.waitUntil(lambda: window.session.document.path == second)
        key(window, Qt.Key.Key_V, ctrl=True)
        assert np.array_equal(values(window), expected)

    assert run([str(write_scene(tmp_path, ROIS))], script) == 0


def test_that_a_new_roi_takes_the_parts_in_a_free_colour(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        take_tool(window)
        click(window, 25, 15)
        key(window, Qt.Key.Key_J, ctrl=True)
        rois = window.session.document.frame.annotations
        assert len(rois) == 4
        assert rois[3].labels == ("car",)
        assert rois[3].mask_value not in (CAR, ROAD, SKY, STRAY, ZERO)
        assert window.session.census.rois[3].pixels == 60
        assert window.session.census.rois[0].pixels == 0
        assert window.session.view.selected == (3,)
        window.actions_by_id["undo"].trigger()
        assert np.array_equal(values(window), scene_mask())
        assert len(window.session.document.frame.annotations) == 3

    assert run([str(write_scene(tmp_path, ROIS))], script) == 0


def test_that_a_locked_part_stays_where_it_is(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        window.session.set_view(locked_rois=frozenset({0}))
        take_tool(window)
        click(window, 25, 15)
        drag(window, (25, 15), (33, 35))
        key(window, Qt.Key.Key_2)
        click(window, 25, 15)
        key(window, Qt.Key.Key_Delete)
        assert np.array_equal(values(window), scene_mask())

    assert run([str(write_scene(tmp_path, ROIS))], script) == 0


def two_cars(folder: Path) -> tuple[Path, np.ndarray[Any, Any]]:
    """Write a scene whose car has three parts, two of which touch at a corner."""
    mask = scene_mask()
    mask[5:9, 40:48] = CAR
    mask[30, 30] = mask[31, 31] = CAR
    return write_scene(folder, ROIS, mask=mask), mask


@pytest.mark.parametrize("way", ["key", "menu"])
def test_that_all_parts_of_a_roi_are_chosen_from_its_row(
    run: Callable[..., int], tmp_path: Path, way: str
) -> None:
    path, mask = two_cars(tmp_path)

    def script(window: MainWindow) -> None:
        window.session.select(0)
        if way == "key":
            window.canvas.setFocus()
            QTest.keyClick(
                window.canvas, Qt.Key.Key_Q, Qt.KeyboardModifier.ShiftModifier
            )
        else:
            row = window.rois.model.rows[0]
            menu = build_menu(window.rois, window.session, [row])
            wanted = [a for a in menu.actions() if a.text() == "Select all its parts"]
            wanted[0].trigger()
        assert window.session.view.tool == "parts"
        tool = window.canvas.tool
        assert sorted(piece.pixels for piece in tool.chosen) == [2, 32, 60]
        assert len(tool.marks.lines) >= 3
        key(window, Qt.Key.Key_2)
        expected = mask.copy()
        expected[(mask == CAR).all(axis=2)] = ROAD
        assert np.array_equal(values(window), expected)
        assert window.session.document.undo_labels == ("Give parts to road",)

    assert run([str(path)], script) == 0


def test_that_a_roi_without_pixels_says_that_it_has_no_parts(
    run: Callable[..., int], tmp_path: Path
) -> None:
    said: list[str] = []

    def script(window: MainWindow) -> None:
        window.session.notified.connect(said.append)
        window.session.select(3)
        window.actions_by_id["parts_of_roi"].trigger()
        assert not window.canvas.tool.chosen
        assert said == ["ghost has no pixels in a mask shown here"]

    rois = [*ROIS, roi(["ghost"], (1, 2, 3))]
    assert run([str(write_scene(tmp_path, rois))], script) == 0


class Held:
    """Keeps the tool from finding parts until it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go = threading.Event()
        monkeypatch.setattr(parts, "AT_ONCE_PIXELS", -1)
        find = parts.with_lines

        def wait(pieces: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                assert self.go.wait(20)
            return find(pieces)

        monkeypatch.setattr(parts, "with_lines", wait)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held = Held(monkeypatch)
    yield held
    held.go.set()


def test_that_parts_of_a_large_mask_are_found_one_after_the_other(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, held: Held
) -> None:
    path, mask = two_cars(tmp_path)
    said: list[str] = []

    def script(window: MainWindow) -> None:
        window.session.notified.connect(said.append)
        take_tool(window)
        click(window, 25, 15)
        click(window, 6, 42, shift=True)
        click(window, 35, 51, shift=True)
        # A key that comes before the parts are there erases nothing, no ROI either.
        key(window, Qt.Key.Key_Delete)
        key(window, Qt.Key.Key_2)
        assert len(said) == 2
        assert "on their way" in said[0]
        assert len(window.session.document.frame.annotations) == 3
        held.go.set()
        tool = window.canvas.tool
        qtbot.waitUntil(lambda: not tool.is_busy)
        assert sorted(piece.pixels for piece in tool.chosen) == [3, 32, 60]
        assert window.canvas._marks._marks == tool.marks
        window.session.select(0)
        key(window, Qt.Key.Key_Delete)
        expected = mask.copy()
        expected[25 - 3 : 28, 10:20] = expected[5:9, 40:48] = expected[35, 50:53] = ZERO
        assert np.array_equal(values(window), expected)

    assert run([str(path)], script) == 0


@pytest.mark.parametrize("way", ["esc", "tool", "edit", "frame", "click"])
def test_that_parts_that_are_looked_for_no_longer_are_not_chosen(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, held: Held, way: str
) -> None:
    path, _ = two_cars(tmp_path)
    other, _ = two_cars(tmp_path / "other")

    def script(window: MainWindow) -> None:
        session, tool = window.session, window.canvas.tools["parts"]
        take_tool(window)
        click(window, 25, 15)
        click(window, 35, 51, shift=True)
        if way == "esc":
            key(window, Qt.Key.Key_Escape)
        elif way == "tool":
            key(window, Qt.Key.Key_B)
        elif way == "edit":
            session.edit(
                "Paint", lambda e: e.paint(KEY, 0, 0, np.ones((2, 2), np.bool_), 0)
            )
        elif way == "frame":
            session.open(other)
        else:
            click(window, 6, 42)
        held.go.set()
        qtbot.waitUntil(lambda: not session.jobs.is_busy and not tool.is_busy)
        assert len(tool.chosen) == (1 if way == "click" else 0)
        assert len(tool.marks.lines) == len(tool.chosen)

    assert run([str(path)], script) == 0


def test_that_parts_of_two_masks_are_never_chosen_together(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path, [*ROIS, roi(["sign"], (7, 7, 7), mask="other")])
    other = np.zeros((40, 60, 3), np.uint8)
    other[2:6, 50:55] = 7
    PilImage.fromarray(other).save(tmp_path / "other.png")
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"].append({"id": "other", "uri": "other.png"})
    path.write_text(json.dumps(frame))

    def script(window: MainWindow) -> None:
        take_tool(window)
        click(window, 25, 15)
        tool = window.canvas.tool
        assert tool.key == KEY
        click(window, 3, 52, shift=True)
        assert tool.key == "front/other"
        assert [piece.pixels for piece in tool.chosen] == [20]
        key(window, Qt.Key.Key_Delete)
        assert np.array_equal(values(window), scene_mask())
        plane = window.session.document.planes["front/other"]
        assert not plane.table[plane.indices].any()

    assert run([str(path)], script) == 0


def test_that_parts_stay_chosen_while_they_are_worked_on(
    run: Callable[..., int], tmp_path: Path
) -> None:
    expected = scene_mask()
    expected[22:28, 10:20] = ZERO
    expected[30:36, 30:40] = ROAD

    def script(window: MainWindow) -> None:
        take_tool(window)
        click(window, 25, 15)
        tool = window.canvas.tool
        for name in (Qt.Key.Key_3, Qt.Key.Key_2):
            key(window, name)
            assert [piece.pixels for piece in tool.chosen] == [60]
            assert tool.marks.lines
        drag(window, (25, 15), (33, 35))
        assert [(piece.row0, piece.col0) for piece in tool.chosen] == [(30, 30)]
        # Its border went with it.
        xs = [x for line in tool.marks.lines for x, _ in line]
        assert 29.5 <= min(xs) < 31
        assert 39 < max(xs) <= 40.5
        assert np.array_equal(values(window), expected)
        assert len(window.session.document.undo_labels) == 3

    assert run([str(write_scene(tmp_path, ROIS))], script) == 0
