"""Shapes without a window: their marks, their corners, and what ends them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from chromask_gui.tools import TOOLS
from chromask_gui.tools.tool import Pointer
from scenes import CAR, ROAD, scene_mask
from tool_hands import assert_nothing_stays, clicks, gesture, pixels

if TYPE_CHECKING:
    from chromask_gui.session.session import Session

CORNERS = ((30.0, 4.0), (50.0, 4.0), (50.0, 12.0))
NEAR = 4.0
"""A zoom at which a vertex is taken from 2 px away."""


def with_box(top: int, left: int, bottom: int, right: int) -> np.ndarray[Any, Any]:
    """Give the scene with a box of the car's colour."""
    expected = scene_mask()
    expected[top:bottom, left:right] = CAR
    return expected


def set_mode(session: Session, mode: str) -> None:
    session.set_view(options=replace(session.view.options, mode=mode))


# -- marks


def test_that_a_box_shows_its_edges_and_its_two_corners(scene_session: Session) -> None:
    tool = TOOLS["box"](scene_session)
    tool.press(Pointer(30.0, 4.0))
    tool.drag(Pointer(50.0, 12.0))

    edges = ((30.0, 4.0), (50.0, 4.0), (50.0, 12.0), (30.0, 12.0), (30.0, 4.0))
    assert tool.marks.lines == (edges,)
    assert tool.marks.handles == ((30.0, 4.0), (50.0, 12.0))


def test_that_an_ellipse_shows_the_ellipse_that_fills_its_box(
    scene_session: Session,
) -> None:
    tool = TOOLS["ellipse"](scene_session)
    gesture(tool, (30.0, 4.0), (50.0, 12.0))

    (line,) = tool.marks.lines
    xy = np.array(line)
    assert np.allclose(((xy - (40, 8)) / (10, 4)) ** 2 @ (1, 1), 1)
    assert np.allclose(xy.min(axis=0), (30, 4))
    assert np.allclose(xy.max(axis=0), (50, 12))
    assert np.allclose(xy[0], xy[-1])


@pytest.mark.parametrize("name", ["box", "ellipse", "polygon", "lasso"])
@pytest.mark.parametrize("end", ["finish", "cancel"])
def test_that_no_marks_stay_of_a_shape_that_ended(
    scene_session: Session, name: str, end: str
) -> None:
    tool = TOOLS[name](scene_session)
    if name == "polygon":
        clicks(tool, *CORNERS, zoom=NEAR)
    else:
        gesture(tool, *CORNERS, zoom=NEAR)
    assert tool.marks.handles

    assert getattr(tool, end)()

    assert not tool.is_busy
    assert not tool.marks.lines
    assert not tool.marks.handles
    assert not getattr(tool, end)()
    assert len(scene_session.document.undo_labels) == (1 if end == "finish" else 0)


def test_that_a_corner_that_is_pressed_hides_the_way_to_the_pointer(
    scene_session: Session,
) -> None:
    tool = TOOLS["polygon"](scene_session)
    clicks(tool, *CORNERS[:2], zoom=NEAR)
    tool.hover(Pointer(40.0, 30.0, zoom=NEAR))
    tool.press(Pointer(50.0, 12.0, zoom=NEAR))

    assert tool.marks.lines == ((*CORNERS, CORNERS[0]),)


# -- corners


@pytest.mark.parametrize("name", ["box", "polygon"])
def test_that_a_corner_is_dragged_until_it_is_let_go(
    scene_session: Session, name: str
) -> None:
    tool = TOOLS[name](scene_session)
    if name == "box":
        gesture(tool, (30.0, 4.0), (40.0, 12.0), zoom=NEAR)
    else:
        box = ((30.0, 4.0), (40.0, 4.0), (40.0, 12.0), (30.0, 12.0))
        clicks(tool, *box, zoom=NEAR)
    gesture(tool, (41.0, 13.0), (50.0, 16.0), zoom=NEAR)
    tool.drag(Pointer(55.0, 19.0, zoom=NEAR))
    points = [(30.0, 4.0), (50.0, 16.0)]
    if name == "polygon":
        points = [(30.0, 4.0), (40.0, 4.0), (50.0, 16.0), (30.0, 12.0)]

    assert tool.points == points


def test_that_a_new_corner_is_dragged_before_it_is_let_go(
    scene_session: Session,
) -> None:
    tool = TOOLS["polygon"](scene_session)

    gesture(tool, (30.0, 4.0), (35.0, 8.0), zoom=NEAR)
    gesture(tool, (50.0, 4.0), (52.0, 9.0), zoom=NEAR)

    assert tool.points == [(35.0, 8.0), (52.0, 9.0)]


def test_that_a_corner_is_taken_by_the_measure_of_the_hand(
    scene_session: Session,
) -> None:
    tool = TOOLS["polygon"](scene_session)

    # Three pixels of the image apart: 6 px on the screen, or 30.
    clicks(tool, (30.0, 4.0), (33.0, 4.0), zoom=2.0)
    assert tool.points == [(30.0, 4.0)]
    clicks(tool, (33.0, 4.0), zoom=10.0)
    assert tool.points == [(30.0, 4.0), (33.0, 4.0)]


def test_that_of_two_corners_within_reach_the_last_is_taken(
    scene_session: Session,
) -> None:
    tool = TOOLS["polygon"](scene_session)
    clicks(tool, (30.0, 4.0), (40.0, 4.0), (31.0, 4.0), zoom=20.0)

    gesture(tool, (30.5, 4.0), (35.0, 12.0), zoom=1.0)

    assert tool.points == [(30.0, 4.0), (40.0, 4.0), (35.0, 12.0)]


def test_that_a_press_on_a_later_corner_takes_it_and_ends_nothing(
    scene_session: Session,
) -> None:
    tool = TOOLS["polygon"](scene_session)
    clicks(tool, *CORNERS, zoom=NEAR)

    gesture(tool, CORNERS[2], (50.0, 14.0), zoom=NEAR)

    assert tool.points == [*CORNERS[:2], (50.0, 14.0)]
    assert scene_session.document.undo_labels == ()


def test_that_the_first_corner_ends_a_polygon_from_three_corners_on(
    scene_session: Session,
) -> None:
    tool = TOOLS["polygon"](scene_session)
    clicks(tool, *CORNERS[:2], CORNERS[0], zoom=NEAR)

    assert tool.points == list(CORNERS[:2])
    clicks(tool, CORNERS[2], CORNERS[0], zoom=NEAR)
    assert not tool.is_busy
    assert scene_session.document.undo_labels == ("Add polygon to car",)


def test_that_backspace_while_a_corner_is_dragged_lets_it_go(
    scene_session: Session,
) -> None:
    tool = TOOLS["polygon"](scene_session)
    clicks(tool, *CORNERS, zoom=NEAR)
    tool.press(Pointer(*CORNERS[1], zoom=NEAR))
    assert tool.step_back()
    tool.drag(Pointer(45.0, 15.0, zoom=NEAR))
    tool.release(Pointer(45.0, 15.0, zoom=NEAR))

    assert tool.points == list(CORNERS[:2])
    assert tool.marks.handles == CORNERS[:2]


def test_that_backspace_takes_corner_after_corner_until_none_is_left(
    scene_session: Session,
) -> None:
    tool = TOOLS["polygon"](scene_session)
    clicks(tool, *CORNERS, zoom=NEAR)

    left = []
    while tool.step_back():
        left.append(len(tool.points))
        assert len(tool.marks.handles) == len(tool.points)

    assert left == [2, 1, 0]
    assert_nothing_stays(scene_session, tool)


@pytest.mark.parametrize("corners", [1, 2])
def test_that_too_few_corners_are_no_shape(
    scene_session: Session, corners: int
) -> None:
    tool = TOOLS["polygon"](scene_session)
    clicks(tool, *CORNERS[:corners], zoom=NEAR)

    assert tool.finish()

    assert_nothing_stays(scene_session, tool)


# -- what becomes of them


@pytest.mark.parametrize("name", ["box", "polygon", "lasso"])
@pytest.mark.parametrize("mode", ["subtract", "clip"])
def test_that_the_mode_is_that_of_the_first_press(
    scene_session: Session, name: str, mode: str
) -> None:
    box = ((10.0, 22.0), (15.0, 22.0), (15.0, 28.0), (10.0, 28.0))
    held = {"alt": True, "shift": mode == "clip"}
    tool = TOOLS[name](scene_session)
    if name == "polygon":
        clicks(tool, box[0], zoom=20.0, **held)
        clicks(tool, *box[1:], zoom=20.0)
    else:
        tool.press(Pointer(*box[0], zoom=20.0, **held))
        places = box[2:3] if name == "box" else box[1:]
        for place in places:
            tool.drag(Pointer(*place, zoom=20.0))
        tool.release(Pointer(*places[-1], zoom=20.0))

    tool.finish()

    expected = scene_mask()
    gone = slice(10, 15) if mode == "subtract" else slice(15, 20)
    expected[22:28, gone] = 0
    assert np.array_equal(pixels(scene_session), expected)
    word = "Take" if mode == "subtract" else "Clip"
    (label,) = scene_session.document.undo_labels
    assert label.startswith(word)
    assert "car" in label


@pytest.mark.parametrize(
    ("mode", "held", "value"),
    [("subtract", {}, 0), ("clip", {"shift": True}, CAR), ("add", {"alt": True}, 0)],
)
def test_that_keys_come_before_the_bars_mode(
    scene_session: Session, mode: str, held: dict[str, bool], value: Any
) -> None:
    set_mode(scene_session, mode)
    tool = TOOLS["box"](scene_session)

    gesture(tool, (18.0, 22.0), (24.0, 28.0), **held)
    tool.finish()

    expected = scene_mask()
    expected[22:28, 18 : 24 if value == CAR else 20] = value
    assert np.array_equal(pixels(scene_session), expected)


@pytest.mark.parametrize("name", ["box", "lasso"])
def test_that_the_next_shape_paints_the_one_that_waits_and_has_its_own_mode(
    scene_session: Session, name: str
) -> None:
    tool = TOOLS[name](scene_session)
    ring = ((30.0, 4.0), (40.0, 4.0), (40.0, 12.0), (30.0, 12.0))
    gesture(tool, *(ring if name == "lasso" else (ring[0], ring[2])), zoom=NEAR)

    tool.press(Pointer(10.0, 22.0, zoom=NEAR, alt=True))

    assert np.array_equal(pixels(scene_session), with_box(4, 30, 12, 40))
    assert len(scene_session.document.undo_labels) == 1
    for place in ((20.0, 22.0), (20.0, 28.0), (10.0, 28.0)):
        tool.drag(Pointer(*place, zoom=NEAR))
    if name == "box":
        tool.drag(Pointer(20.0, 28.0, zoom=NEAR))
    tool.release(Pointer(20.0, 28.0, zoom=NEAR))
    tool.finish()
    expected = with_box(4, 30, 12, 40)
    expected[22:28, 10:20] = 0
    assert np.array_equal(pixels(scene_session), expected)


# -- the lasso


def test_that_a_lasso_keeps_points_three_pixels_of_the_screen_apart(
    scene_session: Session,
) -> None:
    tool = TOOLS["lasso"](scene_session)
    tool.press(Pointer(30.0, 4.0, zoom=2.0))

    for x in (31.0, 31.4, 31.5, 32.0, 33.0):
        tool.drag(Pointer(x, 4.0, zoom=2.0))

    assert tool.points == [(30.0, 4.0), (31.5, 4.0), (33.0, 4.0)]


def test_that_a_lasso_of_two_points_is_given_up(scene_session: Session) -> None:
    tool = TOOLS["lasso"](scene_session)

    gesture(tool, *CORNERS[:2], zoom=NEAR)

    assert not tool.marks.handles
    assert_nothing_stays(scene_session, tool)


def test_that_a_point_of_a_lasso_is_dragged_and_others_stay(
    scene_session: Session,
) -> None:
    tool = TOOLS["lasso"](scene_session)
    gesture(tool, *CORNERS, zoom=NEAR)

    gesture(tool, (50.5, 12.0), (52.0, 15.0), zoom=NEAR)

    assert tool.points == [*CORNERS[:2], (52.0, 15.0)]
    assert tool.step_back()
    # Two points wait to be drawn on, or to be taken back.
    gesture(tool, CORNERS[1], (45.0, 6.0), zoom=NEAR)
    assert tool.points == [CORNERS[0], (45.0, 6.0)]


def test_that_a_lasso_that_was_cancelled_is_not_drawn_on(
    scene_session: Session,
) -> None:
    tool = TOOLS["lasso"](scene_session)
    tool.press(Pointer(*CORNERS[0], zoom=NEAR))
    tool.cancel()
    for place in CORNERS:
        tool.drag(Pointer(*place, zoom=NEAR))
    assert not tool.points
    tool.release(Pointer(*CORNERS[2], zoom=NEAR))

    assert_nothing_stays(scene_session, tool)


# -- keypoints


def test_that_keypoints_are_dragged_and_one_outside_is_none(
    scene_session: Session,
) -> None:
    tool = TOOLS["keypoints"](scene_session)
    clicks(tool, (-0.5, 5.0), (5.0, 40.5), (60.5, 5.0), zoom=NEAR)
    assert not tool.points

    clicks(tool, (0.0, 0.0), (60.0, 40.0), zoom=NEAR)
    gesture(tool, (59.0, 39.0), (-5.0, 20.0), zoom=NEAR)
    tool.drag(Pointer(30.0, 30.0, zoom=NEAR))

    assert tool.points == [(0.0, 0.0), (0.0, 20.0)]
    assert not tool.marks.lines
    assert tool.step_back()
    assert tool.points == [(0.0, 0.0)]


def test_that_enter_without_keypoints_is_not_taken(
    scene_session: Session,
) -> None:
    assert not TOOLS["keypoints"](scene_session).finish()
    assert scene_session.document.undo_labels == ()


def test_that_a_roi_that_is_painted_later_takes_the_shape_that_waited(
    scene_session: Session,
) -> None:
    scene_session.set_view(locked_rois=frozenset({0}))
    tool = TOOLS["box"](scene_session)
    gesture(tool, (30.0, 4.0), (40.0, 12.0))
    assert tool.finish()
    assert tool.is_busy
    assert not scene_session.has_gesture

    scene_session.select(1)
    assert tool.finish()

    expected = scene_mask()
    expected[4:12, 30:40] = ROAD
    assert np.array_equal(pixels(scene_session), expected)
