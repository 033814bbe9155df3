"""The tool for parts without a window: what is chosen, what is shown, and what it becomes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask_gui.tools import TOOLS, parts
from chromask_gui.tools.tool import Pointer
from scenes import (
    CAR,
    COLS,
    ROAD,
    ROWS,
    SKY,
    read_pixels,
    roi,
    scene_mask,
    write_scene,
)
from tool_hands import KEY, clicks, gesture, pixels, show

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.session.session import Session

Array = np.ndarray[Any, Any]
ROIS = [roi(["car"], CAR), roi(["road"], ROAD), roi(["sky"], SKY)]
ON_CAR, ON_STRAY, ON_ROAD = (15.5, 25.5), (51.5, 35.5), (5.5, 35.5)
OUTSIDE = (5.5, ROWS + 3.5)
CAR_ALONE, STRAY_ALONE, BOTH = [60], [3], [3, 60]
ZOOM = 10.0


@pytest.fixture
def session(scene_session: Session, tmp_path: Path) -> Session:
    show(scene_session, write_scene(tmp_path / "parts", ROIS))
    return scene_session


@pytest.fixture
def tool(session: Session) -> Any:
    return TOOLS["parts"](session)


@pytest.fixture
def said(session: Session) -> list[str]:
    said: list[str] = []
    session.notified.connect(said.append)
    return said


def sizes(tool: Any) -> list[int]:
    return sorted(piece.pixels for piece in tool.chosen)


def bounds(lines: Any) -> list[float]:
    """Give the left, upper, right and lower edge of lines."""
    xy = np.array([point for each in lines for point in each])
    return [*xy.min(axis=0).tolist(), *xy.max(axis=0).tolist()]


def at_car(**moved: int) -> Array:
    """Give the scene with the car moved, and background where it was."""
    down, right = moved.get("down", 0), moved.get("right", 0)
    expected = scene_mask()
    expected[22:28, 10:20] = 0
    expected[22 + down : 28 + down, 10 + right : 20 + right] = CAR
    return expected


# -- choosing


@pytest.mark.parametrize("held", ["shift", "ctrl"])
def test_that_shift_or_ctrl_adds_a_part_and_takes_it_away(tool: Any, held: str) -> None:
    keys = {held: True}
    clicks(tool, ON_CAR)
    assert sizes(tool) == CAR_ALONE
    clicks(tool, ON_STRAY, **keys)
    assert sizes(tool) == BOTH
    clicks(tool, OUTSIDE, **keys)
    assert sizes(tool) == BOTH
    clicks(tool, ON_CAR, **keys)
    assert sizes(tool) == STRAY_ALONE
    assert np.allclose(bounds(tool.marks.lines), [50, 35, 53, 36], atol=0.5)
    clicks(tool, OUTSIDE)
    assert sizes(tool) == []
    assert not tool.marks.lines


def test_that_a_click_chooses_one_part_alone_and_its_roi(
    session: Session, tool: Any
) -> None:
    clicks(tool, ON_CAR)
    assert session.view.selected == (0,)
    clicks(tool, ON_STRAY)
    assert sizes(tool) == STRAY_ALONE
    assert session.view.selected == ()
    clicks(tool, ON_STRAY)
    assert sizes(tool) == STRAY_ALONE


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ((10.5, 22.5), (19.5, 27.5), CAR_ALONE),
        ((11.5, 22.5), (19.5, 27.5), []),
        ((10.5, 23.5), (19.5, 27.5), []),
        ((10.5, 22.5), (18.5, 27.5), []),
        ((10.5, 22.5), (19.5, 26.5), []),
        ((5.5, 21.5), (55.5, 37.5), BOTH),
        ((-9.5, -9.5), (COLS + 9.5, ROWS + 9.5), [3, 60, 1137, 1200]),
    ],
)
def test_that_a_box_chooses_what_lies_wholly_in_its_pixels(
    tool: Any,
    first: tuple[float, float],
    last: tuple[float, float],
    found: list[int],
    turn: int,
) -> None:
    gesture(tool, *(first, last)[::turn], zoom=ZOOM)

    assert sizes(tool) == found


@pytest.mark.parametrize("held", ["shift", "ctrl"])
def test_that_a_box_with_a_key_held_adds_and_moves_nothing(
    session: Session, tool: Any, held: str
) -> None:
    clicks(tool, ON_CAR)
    gesture(tool, (49.5, 34.5), (53.5, 36.5), zoom=ZOOM, **{held: True})
    assert sizes(tool) == BOTH

    # From inside a chosen part, too.
    gesture(tool, ON_CAR, (18.5, 26.5), zoom=ZOOM, **{held: True})

    assert sizes(tool) == BOTH
    assert session.document.undo_labels == ()


def test_that_a_box_without_a_key_chooses_anew(tool: Any) -> None:
    clicks(tool, ON_CAR)

    gesture(tool, (49.5, 34.5), (53.5, 36.5), zoom=ZOOM)

    assert sizes(tool) == STRAY_ALONE


@pytest.mark.parametrize(
    ("way", "zoom", "is_box"),
    [
        ((2.0, 0.0), 1.0, False),
        ((2.0, 0.0), 10.0, True),
        ((0.0, 2.0), 10.0, True),
        ((3.0, 0.5), 1.0, False),
    ],
)
def test_that_a_pointer_that_hardly_moves_on_the_screen_has_clicked(
    tool: Any, way: tuple[float, float], zoom: float, *, is_box: bool
) -> None:
    tool.press(Pointer(5.5, 25.5, zoom=zoom))
    tool.drag(Pointer(5.5 + way[0], 25.5 + way[1], zoom=zoom))
    assert len(tool.marks.lines) == is_box
    tool.release(Pointer(5.5 + way[0], 25.5 + way[1], zoom=zoom))

    # The road is chosen by the click; no part lies in the box.
    assert sizes(tool) == ([] if is_box else [1137])


def test_that_background_is_chosen_by_a_click_and_by_no_box(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    mask = scene_mask()
    mask[5:8, 5:9] = 0
    show(session, write_scene(tmp_path / "void", ROIS, mask=mask))
    gesture(tool, (2.5, 2.5), (12.5, 12.5), zoom=ZOOM)
    assert sizes(tool) == []
    clicks(tool, (6.5, 6.5))
    assert sizes(tool) == [12]

    rois = [*ROIS, roi(["void"], (0, 0, 0))]
    show(session, write_scene(tmp_path / "claimed", rois, mask=mask))
    gesture(tool, (2.5, 2.5), (12.5, 12.5), zoom=ZOOM)

    assert sizes(tool) == [12]


def test_that_black_that_is_not_seen_through_is_background_too(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    mask = np.dstack((scene_mask(), np.full((ROWS, COLS), 255, np.uint8)))
    mask[5:8, 5:9] = (0, 0, 0, 255)
    rois = [roi(["sky"], (*SKY, 255))]
    show(session, write_scene(tmp_path / "alpha", rois, mask=mask))

    gesture(tool, (2.5, 2.5), (12.5, 12.5), zoom=ZOOM)

    assert sizes(tool) == []


def two_masks(folder: Path, rois: list[dict[str, Any]] | None = None) -> Path:
    """Write the scene with a second mask on top: a sign of 4 x 5 pixels in black."""
    made = [*ROIS, roi(["sign"], (7, 7, 7), mask="other")] if rois is None else rois
    path = write_scene(folder, made)
    other = np.zeros((ROWS, COLS, 3), np.uint8)
    other[2:6, 50:55] = 7
    PilImage.fromarray(other).save(folder / "other.png")
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"].append({"id": "other", "uri": "other.png"})
    path.write_text(json.dumps(frame))
    return path


WHOLE = ((-9.5, -9.5), (COLS + 9.5, ROWS + 9.5))


def test_that_a_box_looks_into_the_mask_on_top_that_is_shown(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    show(session, two_masks(tmp_path / "two"))
    gesture(tool, *WHOLE, zoom=ZOOM)
    assert (tool.key, sizes(tool)) == ("front/other", [20])

    session.set_view(hidden_masks=frozenset({"front/other"}))
    gesture(tool, *WHOLE, zoom=ZOOM)

    assert (tool.key, sizes(tool)) == (KEY, [3, 60, 1137, 1200])


def test_that_all_parts_of_a_roi_are_those_of_the_mask_on_top_that_is_shown(
    session: Session, tool: Any, said: list[str], tmp_path: Path
) -> None:
    rois = [*ROIS, roi(["sign"], (7, 7, 7), mask="other")]
    show(session, two_masks(tmp_path / "two", rois))
    tool.choose_roi(3)
    assert (tool.key, sizes(tool)) == ("front/other", [20])
    tool.choose_roi(0)
    assert (tool.key, sizes(tool)) == (KEY, CAR_ALONE)
    assert said == []

    session.set_view(hidden_masks=frozenset({KEY}))
    tool.choose_roi(2)

    assert said == ["sky has no pixels in a mask shown here"]
    assert sizes(tool) == CAR_ALONE


# -- moving


def test_that_the_borders_go_with_the_pointer_and_the_part_follows(
    session: Session, tool: Any
) -> None:
    clicks(tool, ON_CAR)
    assert np.allclose(bounds(tool.marks.lines), [10, 22, 20, 28], atol=0.5)

    tool.press(Pointer(*ON_CAR))
    assert tool.is_busy
    tool.drag(Pointer(15.5 + 20, 25.5 - 13))
    assert np.allclose(bounds(tool.marks.lines), [30, 9, 40, 15], atol=0.5)
    tool.release(Pointer(15.5 + 20, 25.5 - 13))

    assert not tool.is_busy
    assert np.array_equal(pixels(session), at_car(down=-13, right=20))
    assert np.allclose(bounds(tool.marks.lines), [30, 9, 40, 15], atol=0.5)
    # Let go, the hand moves nothing.
    tool.drag(Pointer(5.5, 5.5))
    tool.release(Pointer(5.5, 5.5))
    assert session.document.undo_labels == ("Move parts",)
    assert sizes(tool) == CAR_ALONE


def test_that_a_part_is_moved_by_one_pixel_and_by_none_in_place(
    session: Session, tool: Any
) -> None:
    clicks(tool, ON_CAR)
    gesture(tool, ON_CAR, (15.9, 25.9), zoom=ZOOM)
    assert session.document.undo_labels == ()
    assert sizes(tool) == CAR_ALONE

    gesture(tool, ON_CAR, (16.1, 25.5), zoom=1.0)

    assert np.array_equal(pixels(session), at_car(right=1))


@pytest.mark.parametrize(
    "start", [(9.5, 25.5), (15.5, 21.5), (20.5, 25.5), (15.5, 28.5)]
)
def test_that_a_drag_from_beside_a_part_is_a_box(
    session: Session, tool: Any, start: tuple[float, float]
) -> None:
    clicks(tool, ON_CAR)

    tool.press(Pointer(*start, zoom=ZOOM))
    tool.drag(Pointer(start[0] + 30, start[1] - 20, zoom=ZOOM))

    # The borders of what is chosen stay, and a box is drawn.
    assert len(tool.marks.lines) == 2
    assert bounds(tool.marks.lines[1:]) == [
        start[0],
        start[1] - 20,
        start[0] + 30,
        start[1],
    ]
    tool.release(Pointer(start[0] + 30, start[1] - 20, zoom=ZOOM))
    assert session.document.undo_labels == ()


def corner(folder: Path) -> tuple[Path, Array]:
    """Write the scene with a car that is an L: nothing of it in its box's first pixel."""
    mask = scene_mask()
    mask[22:27, 10:19] = ROAD
    return write_scene(folder, ROIS, mask=mask), mask


def test_that_a_part_is_taken_by_its_pixels_and_not_by_its_box(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    path, mask = corner(tmp_path / "corner")
    show(session, path)
    clicks(tool, (19.5, 24.5))
    assert sizes(tool) == [15]

    gesture(tool, (12.5, 23.5), (14.5, 5.5), zoom=ZOOM)

    assert np.array_equal(pixels(session), mask)


def test_that_esc_ends_a_move_and_then_the_choice(session: Session, tool: Any) -> None:
    clicks(tool, ON_CAR)
    tool.press(Pointer(*ON_CAR))
    tool.drag(Pointer(35.5, 10.5))

    assert tool.cancel()

    assert not tool.is_busy
    assert not tool.marks.lines
    tool.release(Pointer(35.5, 10.5))
    assert session.document.undo_labels == ()
    assert sizes(tool) == []
    assert not tool.cancel()
    clicks(tool, ON_CAR)
    assert tool.cancel()
    assert sizes(tool) == []


# -- copies


def test_that_a_copy_goes_where_the_pointer_is_its_middle_first(
    session: Session, tool: Any
) -> None:
    clicks(tool, ON_CAR)
    assert tool.copy()
    tool.hover(Pointer(40.5, 10.5))

    assert tool.paste()

    expected = scene_mask()
    expected[7:13, 35:45] = CAR
    assert np.array_equal(pixels(session), expected)
    # What was pasted is chosen, and what was copied is not.
    assert np.allclose(bounds(tool.marks.lines), [35, 7, 45, 13], atol=0.5)
    tool.delete()
    expected[7:13, 35:45] = 0
    assert np.array_equal(pixels(session), expected)


def test_that_a_copy_goes_where_it_was_without_a_pointer_or_in_another_frame(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    flat = np.full((ROWS, COLS, 3), SKY, np.uint8)
    clicks(tool, ON_CAR)
    tool.copy()
    tool.delete()
    tool.hover(None)
    tool.paste()
    assert np.array_equal(pixels(session), scene_mask())
    show(session, write_scene(tmp_path / "flat", ROIS, mask=flat))
    tool.hover(Pointer(40.5, 10.5))

    tool.paste()

    flat[22:28, 10:20] = CAR
    assert np.array_equal(pixels(session), flat)
    assert np.allclose(bounds(tool.marks.lines), [10, 22, 20, 28], atol=0.5)


def test_that_a_copy_goes_into_the_mask_on_top(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    show(session, two_masks(tmp_path / "two"))
    clicks(tool, ON_CAR)
    tool.copy()
    tool.hover(Pointer(40.5, 10.5))

    tool.paste()

    assert tool.key == "front/other"
    assert (pixels(session, "front/other")[22:28, 10:20] == CAR).all()
    assert np.array_equal(pixels(session), scene_mask())
    tool.delete()
    assert not pixels(session, "front/other")[22:28, 10:20].any()


def test_that_nothing_is_copied_or_pasted_where_there_is_nothing(
    session: Session, tool: Any, said: list[str]
) -> None:
    assert not tool.copy()
    assert not tool.paste()
    assert not tool.delete()
    assert not tool.give_to(1)
    assert not tool.make_roi()
    assert said == []
    clicks(tool, ON_CAR)
    tool.copy()
    assert len(said) == 1
    tool.hover(Pointer(500.5, 10.5))
    assert tool.paste()
    assert np.array_equal(pixels(session), scene_mask())
    assert session.document.undo_labels == ()
    assert sizes(tool) == CAR_ALONE


# -- ROIs


def test_that_a_new_roi_takes_no_colour_that_another_claims_without_pixels(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    clicks(tool, ON_CAR)
    tool.make_roi()
    made = session.document.frame.annotations[3]
    value = made.mask_value
    assert made.sources == ("front",)
    assert made.mask_id == "seg"
    rois = [*ROIS, roi(["ghost"], value)]
    show(session, write_scene(tmp_path / "ghost", rois))
    clicks(tool, ON_CAR)

    tool.make_roi()

    assert session.document.frame.annotations[4].mask_value not in (value, None)
    assert session.view.selected == (4,)
    assert session.census.rois[3].pixels == 0
    # What is chosen has the new colour.
    new = session.document.frame.annotations[4].mask_value
    tool.move((-15, 0))
    assert (pixels(session)[7:13, 10:20] == new).all()


def test_that_a_new_roi_has_the_labels_of_the_parts_own_pixels(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    path, _ = corner(tmp_path / "corner")
    show(session, path)
    clicks(tool, (19.5, 24.5))
    tool.make_roi()
    assert session.document.frame.annotations[3].labels == ("car",)
    clicks(tool, ON_STRAY)

    tool.make_roi()

    assert session.document.frame.annotations[4].labels == ("new",)


def test_that_it_says_where_no_colour_is_free(
    session: Session, tool: Any, said: list[str], tmp_path: Path
) -> None:
    mask = np.arange(ROWS * COLS).reshape(ROWS, COLS).astype(np.uint8)
    rois = [roi(["one"], (1, 1, 1))]
    show(session, write_scene(tmp_path / "full", rois, mask=mask))
    clicks(tool, (1.5, 0.5))
    assert tool.chosen

    assert tool.make_roi()

    assert said == ["The mask has no free colour left"]
    assert session.document.undo_labels == ()
    assert len(session.document.frame.annotations) == 1


def test_that_parts_are_not_given_to_a_roi_of_another_mask(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    show(session, two_masks(tmp_path / "two"))
    failed: list[Any] = []
    session.failed.connect(failed.append)
    clicks(tool, ON_CAR)

    assert tool.give_to(3)

    assert len(failed) == 1
    assert "another mask" in str(failed[0])
    assert np.array_equal(pixels(session), scene_mask())
    assert sizes(tool) == CAR_ALONE


def test_that_parts_that_were_given_away_are_moved_in_their_new_colour(
    session: Session, tool: Any
) -> None:
    clicks(tool, ON_CAR)
    assert tool.give_to(2)
    assert sizes(tool) == CAR_ALONE

    tool.move((2, 20))

    expected = scene_mask()
    expected[22:28, 10:20] = 0
    expected[24:30, 30:40] = SKY
    assert np.array_equal(pixels(session), expected)


def test_that_erased_parts_are_chosen_no_longer(session: Session, tool: Any) -> None:
    clicks(tool, ON_CAR)

    assert tool.delete()

    expected = scene_mask()
    expected[22:28, 10:20] = 0
    assert np.array_equal(pixels(session), expected)
    assert sizes(tool) == []
    assert not tool.marks.lines


# -- other edits, and masks that are not written themselves


def paint_corner(edit: Any) -> None:
    edit.paint(KEY, 0, 0, np.ones((2, 2), np.bool_), 0)


@pytest.mark.parametrize(
    ("name", "stays"), [("paint", False), ("rename", True), ("undo", False)]
)
def test_that_parts_stay_chosen_until_somebody_else_changes_their_mask(
    session: Session, tool: Any, name: str, *, stays: bool
) -> None:
    clicks(tool, ON_CAR)
    tool.move((-15, 0))
    assert sizes(tool) == CAR_ALONE

    if name == "paint":
        session.edit("Paint", paint_corner)
    elif name == "rename":
        session.edit(
            "Rename", lambda edit: edit.frame.update_annotation(1, labels=["way"])
        )
    else:
        session.undo()

    assert sizes(tool) == (CAR_ALONE if stays else [])
    assert bool(tool.marks.lines) is stays


def test_that_parts_of_another_mask_stay_chosen(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    show(session, two_masks(tmp_path / "two"))
    clicks(tool, (52.5, 3.5))
    assert tool.key == "front/other"

    session.edit("Paint", paint_corner)

    assert sizes(tool) == [20]


def test_that_a_failed_edit_leaves_the_next_one_to_others(
    session: Session, tool: Any
) -> None:
    session.set_view(locked_rois=frozenset({0}))
    failed: list[Any] = []
    session.failed.connect(failed.append)
    clicks(tool, ON_CAR)
    tool.move((3, 3))
    assert len(failed) == 1
    assert sizes(tool) == CAR_ALONE

    session.edit("Paint", paint_corner)

    assert sizes(tool) == []


def test_that_moving_a_part_of_a_lossy_mask_makes_a_png_of_it(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    path = write_scene(tmp_path / "lossy", ROIS, mask_name="scene_seg.jpg")
    show(session, path)
    seen = read_pixels(tmp_path / "lossy" / "scene_seg.jpg")
    assert seen.shape == (ROWS, COLS, 3)
    clicks(tool, ON_CAR)

    tool.delete()

    assert session.document.mask_uri(KEY).endswith(".png")
    assert session.document.undo_labels == ("Erase parts",)


@pytest.mark.parametrize("act", ["move", "delete", "give", "paste"])
def test_that_a_locked_roi_gets_no_pixels_of_parts(
    session: Session, tool: Any, tmp_path: Path, act: str
) -> None:
    mask = scene_mask()
    mask[5:8, 5:9] = 0
    path = write_scene(tmp_path / act, [*ROIS, roi(["void"], (0, 0, 0))], mask=mask)
    show(session, path)
    failed: list[Any] = []
    session.failed.connect(failed.append)
    # A move and a deletion leave background, which the void claims.
    locked = {"give": 1, "paste": 0}.get(act, 3)
    clicks(tool, ON_CAR)
    if act == "paste":
        tool.copy()
    session.set_view(locked_rois=frozenset({locked}))

    if act == "move":
        tool.move((-15, 0))
    elif act == "delete":
        tool.delete()
    elif act == "give":
        tool.give_to(1)
    else:
        tool.hover(Pointer(40.5, 10.5))
        tool.paste()

    assert np.array_equal(pixels(session), mask)
    assert session.document.undo_labels == ()
    if locked == 3:
        assert len(failed) == 1
        assert "claims the background" in str(failed[0])
        assert sizes(tool) == CAR_ALONE


def test_that_a_new_roi_of_one_without_a_label_is_called_new(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    show(session, write_scene(tmp_path / "bare", [roi([], CAR)]))
    clicks(tool, ON_CAR)

    tool.make_roi()

    assert session.document.frame.annotations[1].labels == ("new",)


def test_that_a_new_roi_lies_on_the_source_that_is_shown(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    path = write_scene(tmp_path / "two", ROIS)
    frame = json.loads(path.read_text())
    frame["sources"].append({**frame["sources"][0], "id": "rear"})
    path.write_text(json.dumps(frame))
    show(session, path)
    clicks(tool, ON_CAR)

    tool.make_roi()

    assert session.document.frame.annotations[3].sources == ("front",)


def test_that_a_click_on_one_of_two_chosen_parts_chooses_it_alone(tool: Any) -> None:
    clicks(tool, ON_CAR)
    clicks(tool, ON_STRAY, shift=True)

    clicks(tool, ON_CAR)

    assert sizes(tool) == CAR_ALONE


def test_that_no_box_stays_where_every_mask_is_hidden(
    session: Session, tool: Any
) -> None:
    session.set_view(hidden_masks=frozenset({KEY}))

    gesture(tool, (5.5, 5.5), (30.5, 30.5), zoom=ZOOM)

    assert not tool.marks.lines
    assert sizes(tool) == []


def test_that_a_pixel_of_another_mask_is_not_taken_for_a_chosen_one(
    session: Session, tool: Any, tmp_path: Path
) -> None:
    show(session, two_masks(tmp_path / "two"))
    session.set_view(hidden_masks=frozenset({"front/other"}))
    clicks(tool, (52.5, 3.5))
    assert (tool.key, sizes(tool)) == (KEY, [1200])
    session.set_view(hidden_masks=frozenset())

    clicks(tool, (52.5, 3.5), shift=True)

    assert (tool.key, sizes(tool)) == ("front/other", [20])


# -- while parts are found beside the window


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let parts be found in a job: its result waits until the test settles."""
    monkeypatch.setattr(parts, "AT_ONCE_PIXELS", -1)


def settle(session: Session, tool: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not tool.is_busy and not session.jobs.is_busy)


def test_that_clicks_in_a_large_mask_are_answered_in_their_order(
    session: Session, tool: Any, qtbot: QtBot, later: None
) -> None:
    clicks(tool, ON_CAR)
    clicks(tool, ON_STRAY, shift=True)
    assert tool.is_busy
    assert sizes(tool) == []

    settle(session, tool, qtbot)

    assert sizes(tool) == BOTH
    assert [piece.pixels for piece in tool.chosen] == [60, 3]
    assert np.allclose(bounds(tool.marks.lines), [10, 22, 53, 36], atol=0.5)


def test_that_a_click_without_a_key_forgets_what_waits(
    session: Session, tool: Any, qtbot: QtBot, later: None
) -> None:
    clicks(tool, ON_CAR)
    clicks(tool, ON_STRAY, shift=True)
    clicks(tool, ON_ROAD)

    settle(session, tool, qtbot)

    assert sizes(tool) == [1137]


@pytest.mark.parametrize("way", ["esc", "edit"])
def test_that_what_was_looked_for_is_not_chosen_after(
    session: Session, tool: Any, qtbot: QtBot, later: None, way: str
) -> None:
    clicks(tool, ON_CAR)
    clicks(tool, ON_STRAY, shift=True)

    if way == "esc":
        assert tool.cancel()
    else:
        session.edit("Paint", paint_corner)

    assert not tool.is_busy
    settle(session, tool, qtbot)
    assert sizes(tool) == []
    assert not tool.marks.lines


@pytest.mark.parametrize("act", ["delete", "copy", "make_roi", "give_to"])
def test_that_what_comes_too_early_is_said_and_not_done(
    session: Session,
    tool: Any,
    said: list[str],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
) -> None:
    clicks(tool, ON_CAR)
    monkeypatch.setattr(parts, "AT_ONCE_PIXELS", -1)
    clicks(tool, ON_STRAY, shift=True)

    assert getattr(tool, act)(*((1,) if act == "give_to" else ()))

    assert len(said) == 1
    assert "on their way" in said[0]
    settle(session, tool, qtbot)
    assert sizes(tool) == BOTH
    assert session.document.undo_labels == ()
    assert not tool.clip
