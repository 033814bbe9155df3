"""Parts in the real window: chosen, moved, copied, erased and given to ROIs with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from scenes import CAR, ROAD, SKY, STRAY, read_pixels, roi, scene_mask, write_scene
from windows import view_point

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.main_window import MainWindow

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
