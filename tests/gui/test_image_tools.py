"""The tools that look at the image, without a window: held against plain rectangles.

The scene's image has its column as red and its row as green, so that what looks like a pixel
within a tolerance is a rectangle around it. The finders of the other tools are replaced by
ones that a test can foresee.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.pixels.raster import Patch
from chromask_gui.tools import TOOLS, grabcut, scissors, superpixels, wand
from chromask_gui.tools.tool import Pointer
from scenes import CAR, COLS, ROAD, ROWS, roi, scene_mask, write_scene
from tool_hands import KEY, assert_nothing_stays, clicks, gesture, pixels, show

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.session.session import Session

Array = np.ndarray[Any, Any]
Box = tuple[int, int, int, int]


def box_of(top: int, left: int, bottom: int, right: int) -> Array:
    """Give a rectangle, half open, as far as it lies in the scene."""
    where = np.zeros((ROWS, COLS), np.bool_)
    where[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = True
    return where


def alike(row: int, col: int, tolerance: int) -> Array:
    """Give what the wand takes of the scene's image."""
    near = tolerance + 1
    return box_of(row - tolerance, col - tolerance, row + near, col + near)


def with_car(where: Array) -> Array:
    expected = scene_mask()
    expected[where] = CAR
    return expected


def set_options(session: Session, **options: Any) -> None:
    session.set_view(options=replace(session.view.options, **options))


def assert_step(session: Session, tool: Any, expected: Array, steps: int = 1) -> None:
    assert np.array_equal(pixels(session), expected)
    assert len(session.document.undo_labels) == steps
    assert not session.has_gesture
    assert not tool.is_busy


def settle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.jobs.is_busy)


def bounds(lines: Any) -> list[float]:
    """Give the left, upper, right and lower edge of lines."""
    xy = np.array([point for line in lines for point in line])
    return [*xy.min(axis=0).tolist(), *xy.max(axis=0).tolist()]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be found beside the window: its result waits until the test settles."""
    for module in (wand, scissors, superpixels):
        monkeypatch.setattr(module, "AT_ONCE_PIXELS", -1)


# -- what they share


@pytest.mark.parametrize("mode", ["subtract", "clip"])
def test_that_the_bars_mode_holds_where_no_key_is_held(
    scene_session: Session, mode: str
) -> None:
    set_options(scene_session, mode=mode)
    tool = TOOLS["wand"](scene_session)

    gesture(tool, (0.5, 8.5))

    own = (scene_mask() == CAR).all(axis=2)
    inside = alike(8, 0, 16)
    expected = scene_mask()
    expected[own & (inside if mode == "subtract" else ~inside)] = 0
    assert_step(scene_session, tool, expected)


@pytest.mark.parametrize("name", ["wand", "grabcut"])
def test_that_the_keys_that_count_are_those_of_the_press(
    scene_session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(grabcut, "cut_out", lambda *_: Patch(*PATCH))
    tool = TOOLS[name](scene_session)

    tool.press(Pointer(5.5, 15.5, alt=True))
    tool.release(Pointer(5.5, 15.5))

    settle(scene_session, qtbot)
    where = alike(15, 5, 16) if name == "wand" else PATCH_WHERE
    expected = scene_mask()
    expected[where & (expected == CAR).all(axis=2)] = 0
    assert_step(scene_session, tool, expected)


def test_that_another_image_is_looked_at_anew(
    scene_session: Session, tmp_path: Path
) -> None:
    tool = TOOLS["wand"](scene_session)
    gesture(tool, (30.5, 10.5))
    assert_step(scene_session, tool, with_car(alike(10, 30, 16)))
    path = write_scene(tmp_path / "flat")
    PilImage.new("RGB", (COLS, ROWS), (9, 9, 9)).save(tmp_path / "flat" / "scene.png")
    show(scene_session, path)

    gesture(tool, (30.5, 10.5))

    assert (pixels(scene_session) == CAR).all()


@pytest.mark.parametrize("kind", ["alpha", "16 bit"])
def test_that_alpha_and_fine_steps_do_not_tell_pixels_apart(
    scene_session: Session, tmp_path: Path, kind: str
) -> None:
    path = write_scene(tmp_path / kind)
    if kind == "alpha":
        image = np.full((ROWS, COLS, 4), 90, np.uint8)
        image[:, ::2, 3] = 255
        image[:, 30:, 0] = 160
    else:
        # Of the two halves one is twice as bright; the last bits are noise.
        image = np.full((ROWS, COLS), 20000, np.uint16)
        image[:, 30:] = 40000
        image[::2] += 40
    PilImage.fromarray(image).save(tmp_path / kind / "scene.png")
    show(scene_session, path)
    tool = TOOLS["wand"](scene_session)

    gesture(tool, (5.5, 5.5))

    assert_step(scene_session, tool, with_car(box_of(0, 0, ROWS, 30)))


def test_that_what_a_released_region_makes_is_told_before_it_is_found(
    scene_session: Session, qtbot: QtBot, tmp_path: Path, later: None
) -> None:
    path = write_scene(tmp_path / "bare", [roi(["car"], CAR)])
    frame = json.loads(path.read_text())
    del frame["sources"][0]["masks"]
    path.write_text(json.dumps(frame))
    show(scene_session, path)
    told: list[Any] = []
    scene_session.changed.connect(told.append)

    gesture(TOOLS["wand"](scene_session), (30.5, 10.5))

    # The new mask is there, and whoever shows it knows.
    assert [change.phase for change in told] == ["preview"]
    assert list(scene_session.document.planes) == [KEY]
    assert not pixels(scene_session).any()
    settle(scene_session, qtbot)
    found = (pixels(scene_session) == CAR).all(axis=2)
    assert np.array_equal(found, alike(10, 30, 16))


@pytest.mark.parametrize("bits", [8, 16])
def test_that_a_large_image_is_turned_into_8_bits_beside_the_window(
    scene_session: Session, qtbot: QtBot, tmp_path: Path, bits: int
) -> None:
    rows, cols = 1100, 1030
    mask = np.full((rows, cols, 3), ROAD, np.uint8)
    path = write_scene(tmp_path / "large", mask=mask)
    if bits == 16:
        image = np.full((rows, cols), 700, np.uint16)
        PilImage.fromarray(image).save(tmp_path / "large" / "scene.png")
    show(scene_session, path)
    tool = TOOLS["superpixels"](scene_session)

    # The last block is small: its patches alone take no time that anybody feels.
    tool.hover(Pointer(cols - 0.5, rows - 0.5))

    assert tool.beside.is_busy is (bits == 16)
    settle(scene_session, qtbot)
    assert tool.marks.lines


# -- the wand


@pytest.mark.parametrize(
    ("way", "zoom", "tolerance"),
    [(0.0, 4.0, 16), (3.0, 4.0, 22), (-2.0, 4.0, 12), (3.0, 8.0, 28)],
)
def test_that_a_drag_of_two_pixels_of_the_screen_is_one_more_of_tolerance(
    scene_session: Session, way: float, zoom: float, tolerance: int
) -> None:
    tool = TOOLS["wand"](scene_session)

    gesture(tool, (5.5, 5.5), (5.5 + way, 5.5), zoom=zoom)

    assert tool.tolerance == tolerance
    assert_step(scene_session, tool, with_car(alike(5, 5, tolerance)))


@pytest.mark.parametrize(("way", "tolerance"), [(900.0, 255), (-900.0, 0)])
def test_that_the_tolerance_has_its_bounds_and_stays_for_the_next_press(
    scene_session: Session, way: float, tolerance: int
) -> None:
    tool = TOOLS["wand"](scene_session)
    gesture(tool, (30.5, 10.5), (30.5 + way, 10.5))
    assert tool.tolerance == tolerance
    assert_step(scene_session, tool, with_car(alike(10, 30, tolerance)))
    scene_session.undo()

    gesture(tool, (40.5, 30.5))

    assert_step(scene_session, tool, with_car(alike(30, 40, tolerance)))


def test_that_the_wand_outlines_its_region_while_it_is_pressed(
    scene_session: Session,
) -> None:
    tool = TOOLS["wand"](scene_session)

    tool.press(Pointer(5.5, 5.5, zoom=4.0))
    assert np.allclose(bounds(tool.marks.lines), [0, 0, 22, 22], atol=0.5)
    tool.drag(Pointer(8.5, 5.5, zoom=4.0))
    assert np.allclose(bounds(tool.marks.lines), [0, 0, 28, 28], atol=0.5)
    tool.release(Pointer(8.5, 5.5, zoom=4.0))
    assert not tool.marks.lines


def test_that_esc_forgets_the_tolerance_that_was_dragged(
    scene_session: Session,
) -> None:
    tool = TOOLS["wand"](scene_session)
    tool.press(Pointer(5.5, 5.5))
    tool.drag(Pointer(45.5, 5.5))
    assert tool.cancel()
    assert not tool.marks.lines
    assert not tool.cancel()
    assert_nothing_stays(scene_session, tool)

    gesture(tool, (30.5, 10.5))

    assert tool.tolerance == wand.FIRST_TOLERANCE
    assert_step(scene_session, tool, with_car(alike(10, 30, 16)))


def test_that_the_next_press_finds_its_own_region(scene_session: Session) -> None:
    tool = TOOLS["wand"](scene_session)
    gesture(tool, (5.5, 5.5))
    scene_session.undo()

    gesture(tool, (50.5, 30.5))

    assert_step(scene_session, tool, with_car(alike(30, 50, 16)))


def test_that_the_hand_that_goes_on_changes_nothing_of_what_was_released(
    scene_session: Session, qtbot: QtBot, later: None
) -> None:
    tool = TOOLS["wand"](scene_session)
    gesture(tool, (5.5, 5.5))
    tool.drag(Pointer(45.5, 5.5))
    tool.release(Pointer(45.5, 5.5))
    tool.press(Pointer(50.5, 30.5))

    settle(scene_session, qtbot)

    assert tool.tolerance == wand.FIRST_TOLERANCE
    assert_step(scene_session, tool, with_car(alike(5, 5, 16)))


def test_that_a_wand_that_is_given_up_leaves_the_next_press_alone(
    scene_session: Session, qtbot: QtBot, later: None
) -> None:
    tool = TOOLS["wand"](scene_session)
    gesture(tool, (5.5, 5.5))
    assert scene_session.has_gesture
    assert tool.cancel()
    assert_nothing_stays(scene_session, tool)

    gesture(tool, (50.5, 30.5))
    settle(scene_session, qtbot)

    assert_step(scene_session, tool, with_car(alike(30, 50, 16)))


# -- the scissors: along the row first, then along the column


class Corners:
    """Goes from its point along the columns, then along the rows."""

    def __init__(self, _pixels: Array, row: int, col: int) -> None:
        self.at = row, col

    def path(self, row: int, col: int) -> list[tuple[int, int]]:
        row0, col0 = self.at
        across = range(col0, col, 1 if col > col0 else -1)
        along = range(row0, row, 1 if row > row0 else -1)
        return [*((row0, c) for c in across), *((r, col) for r in along), (row, col)]


@pytest.fixture
def cut(scene_session: Session, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give the scissors, with paths that go around corners."""
    monkeypatch.setattr(scissors, "Scissors", Corners)
    return TOOLS["scissors"](scene_session)


SQUARE = ((25.5, 3.5), (45.5, 3.5), (45.5, 15.5))
IN_SQUARE = box_of(3, 25, 16, 46)


@pytest.mark.parametrize("end", ["enter", "double click", "first point"])
def test_that_the_scissors_close_with_a_path_back_to_their_first_point(
    scene_session: Session, cut: Any, end: str
) -> None:
    clicks(cut, *SQUARE, zoom=4.0)
    if end == "enter":
        assert cut.finish()
    elif end == "double click":
        cut.double_click(Pointer(*SQUARE[-1], zoom=4.0))
    else:
        clicks(cut, (26.9, 4.9), zoom=4.0)

    assert_step(scene_session, cut, with_car(IN_SQUARE))
    assert scene_session.document.undo_labels == ("Scissors in car",)
    assert not cut.marks.lines
    assert not cut.marks.handles
    cut.hover(Pointer(30.5, 10.5))
    assert not cut.marks.lines
    assert not cut.finish()


@pytest.mark.parametrize(
    ("place", "zoom"),
    [((27.5, 3.5), 10.0), ((25.5, 12.5), 4.0), ((40.5, 3.5), 4.0)],
)
def test_that_a_click_beside_the_first_point_is_one_more_point(
    scene_session: Session, cut: Any, place: tuple[float, float], zoom: float
) -> None:
    clicks(cut, *SQUARE, zoom=4.0)

    clicks(cut, place, zoom=zoom)

    assert cut.marks.handles == (*SQUARE, place)
    assert scene_session.document.undo_labels == ()


def test_that_a_second_click_near_the_first_closes_nothing(
    scene_session: Session, cut: Any
) -> None:
    clicks(cut, SQUARE[0], (26.5, 4.5), zoom=4.0)

    assert cut.marks.handles == (SQUARE[0], (26.5, 4.5))


def test_that_two_points_are_enough_and_one_is_not(
    scene_session: Session, cut: Any
) -> None:
    clicks(cut, (25.5, 3.5), zoom=4.0)
    assert not cut.finish()
    assert cut.marks.handles == ((25.5, 3.5),)
    clicks(cut, (45.5, 15.5), zoom=4.0)

    assert cut.finish()

    # There along the row, then the column; back along the row, then the column.
    assert_step(scene_session, cut, with_car(IN_SQUARE))


@pytest.mark.parametrize("moves", ["hover", "drag"])
def test_that_the_way_to_the_pointer_is_shown(cut: Any, moves: str) -> None:
    clicks(cut, (25.5, 3.5), (45.5, 3.5), zoom=4.0)

    getattr(cut, moves)(Pointer(45.9, 6.2))

    ways = (
        tuple((x + 0.5, 3.5) for x in range(25, 46)),
        ((45.5, 3.5), (45.5, 4.5), (45.5, 5.5), (45.5, 6.5)),
    )
    assert cut.marks.lines == ways
    cut.hover(None)
    cut.hover(Pointer(70.0, 6.2))
    assert cut.marks.lines == ways


def test_that_backspace_goes_back_to_the_point_before(
    scene_session: Session, cut: Any
) -> None:
    assert not cut.step_back()
    clicks(cut, (25.5, 3.5), (45.5, 3.5), (45.5, 30.5), zoom=4.0)

    assert cut.step_back()

    assert cut.marks.handles == SQUARE[:2]
    assert len(cut.marks.lines) == 1
    clicks(cut, SQUARE[2], zoom=4.0)
    assert cut.marks.lines[1][0] == SQUARE[1]
    cut.finish()
    assert_step(scene_session, cut, with_car(IN_SQUARE))


def test_that_backspace_takes_back_every_point(
    scene_session: Session, cut: Any
) -> None:
    clicks(cut, *SQUARE, zoom=4.0)

    left = []
    while cut.step_back():
        left.append(cut.marks.handles)

    assert left == [SQUARE[:2], SQUARE[:1], ()]
    cut.hover(Pointer(30.5, 10.5))
    assert not cut.marks.lines
    assert_nothing_stays(scene_session, cut)


def test_that_clicks_that_wait_are_taken_in_their_order(
    scene_session: Session, qtbot: QtBot, cut: Any, later: None
) -> None:
    clicks(cut, *SQUARE, (5.5, 30.5), zoom=4.0)
    assert cut.marks.handles == (*SQUARE, (5.5, 30.5))
    assert cut.step_back()
    assert cut.marks.handles == SQUARE
    assert cut.finish()
    # What was closed is not taken back.
    assert not cut.step_back()

    qtbot.waitUntil(lambda: not cut.is_busy)

    settle(scene_session, qtbot)
    assert_step(scene_session, cut, with_car(IN_SQUARE))


def test_that_edges_that_are_found_after_esc_are_dropped(
    scene_session: Session, qtbot: QtBot, cut: Any, later: None
) -> None:
    clicks(cut, SQUARE[0], zoom=4.0)
    assert cut.cancel()
    assert not cut.cancel()
    settle(scene_session, qtbot)

    cut.hover(Pointer(30.5, 10.5))

    assert not cut.marks.lines
    assert not cut.marks.handles
    assert_nothing_stays(scene_session, cut)


def test_that_edges_from_a_point_that_was_taken_back_are_dropped(
    scene_session: Session, qtbot: QtBot, cut: Any, later: None
) -> None:
    clicks(cut, SQUARE[0], zoom=4.0)
    assert cut.step_back()
    clicks(cut, SQUARE[1], zoom=4.0)
    settle(scene_session, qtbot)

    cut.hover(Pointer(45.5, 5.5))

    assert cut.marks.lines == (((45.5, 3.5), (45.5, 4.5), (45.5, 5.5)),)


def test_that_the_path_waits_for_a_roi_and_goes_on_meanwhile(
    scene_session: Session, cut: Any
) -> None:
    scene_session.select()
    clicks(cut, *SQUARE[:2], zoom=4.0)
    assert cut.finish()
    clicks(cut, SQUARE[2], zoom=4.0)
    assert cut.marks.handles == SQUARE
    scene_session.select(0)

    assert cut.finish()

    assert_step(scene_session, cut, with_car(IN_SQUARE))


# -- the object in a box

PATCH = (24, 12, np.ones((3, 20), np.bool_))
PATCH_WHERE = box_of(24, 12, 27, 32)


class CutOut:
    """Stands for GrabCut: notes what it is asked, and finds the same pixels."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.cancelled: list[Callable[[], bool]] = []
        self.patch = Patch(*PATCH)

    def __call__(
        self, _pixels: Array, box: Box, cancelled: Callable[[], bool]
    ) -> Patch:
        self.boxes.append(box)
        self.cancelled.append(cancelled)
        return self.patch


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> CutOut:
    finds = CutOut()
    monkeypatch.setattr(grabcut, "cut_out", finds)
    return finds


@pytest.fixture
def said(scene_session: Session) -> list[str]:
    said: list[str] = []
    scene_session.notified.connect(said.append)
    return said


@pytest.mark.parametrize(
    ("start", "end", "box"),
    [
        ((10.5, 5.5), (30.5, 20.5), (5, 10, 21, 31)),
        ((30.5, 5.5), (10.5, 20.5), (5, 10, 21, 31)),
        ((10.5, 20.5), (30.5, 5.5), (5, 10, 21, 31)),
        ((-9.0, -5.0), (99.0, 88.0), (0, 0, ROWS, COLS)),
        ((59.5, 39.5), (59.5, 39.5), (39, 59, 40, 60)),
    ],
)
def test_that_the_box_has_the_pixels_from_corner_to_corner(
    scene_session: Session,
    qtbot: QtBot,
    finds: CutOut,
    start: tuple[float, float],
    end: tuple[float, float],
    box: Box,
) -> None:
    tool = TOOLS["grabcut"](scene_session)
    tool.press(Pointer(*start))
    assert tool.is_busy
    tool.drag(Pointer(*end))
    (x0, y0), (x1, y1) = start, end
    assert tool.marks.lines == (((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)),)
    tool.release(Pointer(*end))
    assert tool.is_busy

    settle(scene_session, qtbot)

    assert finds.boxes == [box]
    assert not tool.marks.lines
    assert_step(scene_session, tool, with_car(PATCH_WHERE))


@pytest.mark.parametrize(
    "far", [((-9.0, 5.0), (-2.0, 20.0)), ((5.0, 40.5), (20.0, 60.0))]
)
def test_that_a_box_outside_the_image_is_none(
    scene_session: Session, finds: CutOut, far: Any
) -> None:
    tool = TOOLS["grabcut"](scene_session)

    gesture(tool, *far)

    assert not tool.marks.lines
    assert not scene_session.jobs.is_busy
    assert_nothing_stays(scene_session, tool)


def test_that_it_says_where_nothing_stands_out(
    scene_session: Session, qtbot: QtBot, finds: CutOut, said: list[str]
) -> None:
    finds.patch = Patch(5, 5, np.zeros((4, 4), np.bool_))
    tool = TOOLS["grabcut"](scene_session)
    gesture(tool, (5.5, 5.5), (30.5, 20.5))

    settle(scene_session, qtbot)

    assert said == ["Nothing stands out in this box"]
    assert_nothing_stays(scene_session, tool)


def test_that_it_says_where_another_edit_took_its_place(
    scene_session: Session, qtbot: QtBot, finds: CutOut, said: list[str]
) -> None:
    tool = TOOLS["grabcut"](scene_session)
    gesture(tool, (5.5, 5.5), (30.5, 20.5))
    scene_session.edit(
        "Rename", lambda edit: edit.frame.update_annotation(1, labels=["way"])
    )

    settle(scene_session, qtbot)

    assert said == ["Another edit went on: nothing was cut out"]
    assert not tool.marks.lines
    assert not tool.is_busy
    assert scene_session.document.undo_labels == ("Rename",)
    assert np.array_equal(pixels(scene_session), scene_mask())


def test_that_esc_stops_the_work_and_the_box_that_is_drawn(
    scene_session: Session, qtbot: QtBot, finds: CutOut
) -> None:
    tool = TOOLS["grabcut"](scene_session)
    tool.press(Pointer(5.5, 5.5))
    tool.drag(Pointer(30.5, 20.5))
    assert tool.cancel()
    assert not tool.marks.lines
    tool.release(Pointer(30.5, 20.5))
    assert not scene_session.jobs.is_busy
    gesture(tool, (5.5, 5.5), (30.5, 20.5))
    qtbot.waitUntil(lambda: bool(finds.cancelled) or not tool.is_busy)
    asked = finds.cancelled[0]
    was_asked = asked()

    had = tool.cancel()

    settle(scene_session, qtbot)
    if had:
        assert not was_asked
        assert asked()
        assert_nothing_stays(scene_session, tool)


def test_that_the_next_box_takes_the_place_of_the_last(
    scene_session: Session, qtbot: QtBot, finds: CutOut
) -> None:
    tool = TOOLS["grabcut"](scene_session)
    gesture(tool, (5.5, 5.5), (30.5, 20.5))
    tool.press(Pointer(10.5, 10.5))
    # It is given up with the press, not when the next box is there.
    assert not scene_session.has_gesture
    tool.release(Pointer(20.5, 20.5))

    settle(scene_session, qtbot)

    assert finds.boxes[-1] == (10, 10, 21, 21)
    assert_step(scene_session, tool, with_car(PATCH_WHERE))


# -- superpixels: squares of a grid


class Grid:
    """Stands for the superpixels: squares, counted from each block's first pixel."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def __call__(self, pixels: Array, size: int) -> Array:
        self.shapes.append(pixels.shape[:2])
        row, col = np.indices(pixels.shape[:2]) // size
        return (row * 100 + col + 1).astype(np.int32)


@pytest.fixture
def grid(scene_session: Session, monkeypatch: pytest.MonkeyPatch) -> Grid:
    """Let patches be squares of 8 px, found in blocks of 16."""
    grid = Grid()
    monkeypatch.setattr(superpixels, "superpixels", grid)
    monkeypatch.setattr(superpixels, "BLOCK", 20)
    set_options(scene_session, size=8.0)
    return grid


def squares(*cells: tuple[int, int], size: int = 8) -> Array:
    where = np.zeros((ROWS, COLS), np.bool_)
    for row, col in cells:
        where[row * size :, col * size :][:size, :size] = True
    return where


@pytest.mark.parametrize("cell", [(0, 0), (0, 5), (3, 1), (1, 7)])
def test_that_a_click_paints_the_patch_under_the_pointer(
    scene_session: Session, grid: Grid, cell: tuple[int, int]
) -> None:
    tool = TOOLS["superpixels"](scene_session)
    scene_session.select(1 if cell[0] > 2 else 0)

    gesture(tool, (cell[1] * 8 + 3.5, cell[0] * 8 + 2.5))

    expected = scene_mask()
    expected[squares(cell)] = ROAD if cell[0] > 2 else CAR
    assert_step(scene_session, tool, expected)
    # Blocks hold whole patches, two by two of them, as far as the image reaches.
    first_row, first_col = cell[0] // 2 * 16, cell[1] // 2 * 16
    assert grid.shapes == [(min(16, ROWS - first_row), min(16, COLS - first_col))]


def test_that_a_fast_drag_paints_every_patch_on_its_way(
    scene_session: Session, grid: Grid
) -> None:
    tool = TOOLS["superpixels"](scene_session)
    tool.press(Pointer(1.5, 9.5))
    tool.drag(Pointer(57.5, 9.5))
    tool.drag(Pointer(57.5, 17.5))
    tool.release(Pointer(57.5, 31.5))

    cells = [*((1, col) for col in range(8)), (2, 7), (3, 7)]
    assert_step(scene_session, tool, with_car(squares(*cells)))


def test_that_the_patch_under_the_pointer_is_outlined(
    scene_session: Session, grid: Grid
) -> None:
    tool = TOOLS["superpixels"](scene_session)

    tool.hover(Pointer(42.5, 10.5))
    assert np.allclose(bounds(tool.marks.lines), [40, 8, 48, 16], atol=0.5)
    tool.press(Pointer(42.5, 10.5))
    tool.drag(Pointer(2.5, 26.5))
    assert np.allclose(bounds(tool.marks.lines), [0, 24, 8, 32], atol=0.5)
    tool.hover(Pointer(2.5, ROWS + 0.5))
    assert not tool.marks.lines
    tool.hover(Pointer(42.5, 10.5))
    tool.hover(None)
    assert not tool.marks.lines


def test_that_small_patches_are_four_pixels_across(
    scene_session: Session, grid: Grid
) -> None:
    set_options(scene_session, size=1.0)
    tool = TOOLS["superpixels"](scene_session)

    gesture(tool, (41.5, 10.5))

    assert_step(scene_session, tool, with_car(squares((2, 10), size=4)))


@pytest.mark.parametrize("way", ["size", "image"])
def test_that_patches_are_found_anew_for_another_size_or_image(
    scene_session: Session, grid: Grid, tmp_path: Path, way: str
) -> None:
    tool = TOOLS["superpixels"](scene_session)
    tool.hover(Pointer(2.5, 2.5))
    assert len(grid.shapes) == 1
    if way == "size":
        set_options(scene_session, size=5.0)
    else:
        show(scene_session, write_scene(tmp_path / "other"))

    gesture(tool, (2.5, 2.5))

    assert len(grid.shapes) == 2
    size = 5 if way == "size" else 8
    assert_step(scene_session, tool, with_car(squares((0, 0), size=size)))


def test_that_a_patch_is_painted_again_by_the_next_gesture(
    scene_session: Session, grid: Grid
) -> None:
    tool = TOOLS["superpixels"](scene_session)
    gesture(tool, (42.5, 10.5))
    scene_session.select(1)

    gesture(tool, (42.5, 10.5))

    expected = scene_mask()
    expected[squares((1, 5))] = ROAD
    assert_step(scene_session, tool, expected, steps=2)


@pytest.mark.parametrize("mode", ["add", "subtract", "clip"])
def test_that_patches_are_added_or_taken_away_but_never_alone_kept(
    scene_session: Session, grid: Grid, mode: str
) -> None:
    set_options(scene_session, mode=mode)
    tool = TOOLS["superpixels"](scene_session)

    gesture(tool, (12.5, 25.5), (25.5, 25.5))

    where = squares((3, 1), (3, 2), (3, 3))
    expected = scene_mask()
    if mode == "subtract":
        expected[where & (expected == CAR).all(axis=2)] = 0
    else:
        expected[where] = CAR
    assert_step(scene_session, tool, expected)


def test_that_few_blocks_may_be_remembered(
    scene_session: Session, grid: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(superpixels, "MOST_BLOCKS", 1)
    tool = TOOLS["superpixels"](scene_session)

    gesture(tool, (2.5, 2.5), (42.5, 2.5), (2.5, 2.5))

    assert_step(scene_session, tool, with_car(squares(*((0, c) for c in range(6)))))
    # Three blocks there, and what was forgotten is found again on the way back.
    assert len(grid.shapes) > 3


def test_that_a_hand_that_goes_on_paints_no_more_than_was_released(
    scene_session: Session, qtbot: QtBot, grid: Grid, later: None
) -> None:
    tool = TOOLS["superpixels"](scene_session)
    gesture(tool, (42.5, 10.5))
    tool.drag(Pointer(42.5, 2.5))

    settle(scene_session, qtbot)

    assert_step(scene_session, tool, with_car(squares((1, 5))))


def test_that_places_that_waited_are_forgotten_with_esc(
    scene_session: Session, qtbot: QtBot, grid: Grid, later: None
) -> None:
    tool = TOOLS["superpixels"](scene_session)
    tool.press(Pointer(42.5, 10.5))
    tool.drag(Pointer(2.5, 2.5))
    assert tool.cancel()
    assert not tool.cancel()
    settle(scene_session, qtbot)
    assert_nothing_stays(scene_session, tool)

    gesture(tool, (50.5, 18.5))
    qtbot.waitUntil(lambda: not tool.is_busy)
    settle(scene_session, qtbot)

    assert_step(scene_session, tool, with_car(squares((2, 6))))
