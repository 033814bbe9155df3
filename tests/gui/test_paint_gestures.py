"""What a tool that paints tells while it paints: names, previews, cursors and warnings."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask_gui.tools import TOOLS
from chromask_gui.tools.tool import Cursor, Pointer
from scenes import CAR, ROAD, SKY, roi, scene_mask, write_scene
from tool_hands import KEY, assert_nothing_stays, gesture, pixels, show

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.document.change import Change
    from chromask_gui.session.session import Session

ON_SKY = (5.5, 5.5)


@pytest.fixture
def session(scene_session: Session) -> Session:
    options = replace(scene_session.view.options, size=4.0, is_square=True)
    scene_session.set_view(options=options)
    return scene_session


@pytest.fixture
def said(session: Session) -> list[str]:
    said: list[str] = []
    session.notified.connect(said.append)
    return said


def take_sky(session: Session) -> None:
    TOOLS["picker"](session).press(Pointer(*ON_SKY))
    assert session.view.in_hand is not None


@pytest.mark.parametrize("name", ["brush", "fill", "wand", "grabcut", "superpixels"])
def test_that_a_locked_roi_leaves_no_open_gesture(
    session: Session, said: list[str], name: str
) -> None:
    session.set_view(locked_rois=frozenset({0}))
    tool = TOOLS[name](session)

    gesture(tool, (5.5, 25.5), (25.5, 38.5))
    tool.finish()

    assert len(said) == 1
    assert "locked" in said[0]
    assert_nothing_stays(session, tool)


def test_that_the_first_selected_roi_is_painted(session: Session) -> None:
    session.select(1, 0)

    gesture(TOOLS["brush"](session), (30.0, 10.0))

    expected = scene_mask()
    expected[8:12, 28:32] = ROAD
    assert np.array_equal(pixels(session), expected)
    assert session.document.undo_labels == ("Paint road",)


def test_that_a_step_is_named_after_the_value_or_the_number_without_a_label(
    session: Session, tmp_path: Path
) -> None:
    show(session, write_scene(tmp_path / "bare", [roi([], CAR), roi(["road"], ROAD)]))
    gesture(TOOLS["brush"](session), (30.0, 10.0))
    take_sky(session)
    gesture(TOOLS["brush"](session), (30.0, 30.0))

    assert session.document.undo_labels == ("Paint 0", "Paint 70 130 180")


def test_that_a_made_roi_is_selected_once_and_stays_in_hand(session: Session) -> None:
    tool = TOOLS["brush"](session)
    take_sky(session)
    value = session.view.in_hand

    gesture(tool, (30.0, 30.0))
    assert session.view.selected == (2,)
    assert session.view.in_hand == value
    session.select(0)
    gesture(tool, (40.0, 30.0))

    assert session.view.selected == (0,)
    assert (pixels(session)[28:32, 28:32] == SKY).all()
    assert (pixels(session)[28:32, 38:42] == CAR).all()


def test_that_a_stroke_is_told_while_it_goes_on(session: Session) -> None:
    told: list[Change] = []
    session.changed.connect(told.append)
    tool = TOOLS["brush"](session)

    tool.press(Pointer(30.0, 10.0))
    assert [(change.phase, *change.rects) for change in told] == [("preview", KEY)]
    tool.drag(Pointer(34.0, 10.0))
    assert len(told) == 2
    tool.release(Pointer(34.0, 10.0))

    assert told[-1].phase == "commit"


def test_that_esc_tells_whether_there_was_a_stroke(session: Session) -> None:
    tool = TOOLS["brush"](session)
    assert not tool.cancel()
    tool.press(Pointer(30.0, 10.0))
    assert tool.is_busy

    assert tool.cancel()

    assert not tool.cancel()
    assert_nothing_stays(session, tool)


def test_that_a_stroke_that_changes_nothing_is_no_step(session: Session) -> None:
    tool = TOOLS["brush"](session)

    gesture(tool, (15.0, 25.0), (15.0, 26.0))

    assert_nothing_stays(session, tool)


# -- the cursor


def test_that_the_cursor_is_there_from_the_press_as_large_as_the_pen_is_pressed(
    session: Session,
) -> None:
    tool = TOOLS["brush"](session)

    tool.press(Pointer(30.0, 10.0, pressure=0.5))
    assert tool.marks.cursor == Cursor(30.0, 10.0, 1.0, is_square=True)
    tool.drag(Pointer(33.0, 11.0, pressure=1.0))

    assert tool.marks.cursor == Cursor(33.0, 11.0, 2.0, is_square=True)


def test_that_the_cursor_follows_a_drag_that_paints_nothing(session: Session) -> None:
    session.select()
    tool = TOOLS["brush"](session)
    tool.press(Pointer(30.0, 10.0))

    tool.drag(Pointer(33.0, 11.0))

    assert tool.marks.cursor == Cursor(33.0, 11.0, 2.0, is_square=True)


# -- warnings before the first stroke


def hover(session: Session) -> None:
    TOOLS["brush"](session).hover(Pointer(*ON_SKY))


def two_sources(folder: Path, **second: Any) -> Path:
    """Write a frame of two sources without masks."""
    path = write_scene(folder, [{**roi(["car"], CAR), "sources": ["front", "rear"]}])
    frame = json.loads(path.read_text())
    del frame["sources"][0]["masks"]
    frame["sources"].append({**frame["sources"][0], "id": "rear", **second})
    path.write_text(json.dumps(frame))
    return path


def test_that_a_new_mask_is_announced_once_for_each_source(
    session: Session, said: list[str], tmp_path: Path
) -> None:
    show(session, two_sources(tmp_path / "two"))
    tool = TOOLS["brush"](session)
    tool.hover(None)
    session.select()
    tool.hover(Pointer(*ON_SKY))
    assert said == []
    session.select(0)

    for source in ("front", "rear", "front", "rear"):
        session.set_view(source=source)
        tool.hover(Pointer(*ON_SKY))

    assert len(said) == 2
    assert all("adds a mask" in text for text in said)


def test_that_each_mask_that_is_not_written_itself_is_announced(
    session: Session, said: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "lossy"
    rois = [roi(["car"], CAR), roi(["road"], ROAD, mask="other")]
    path = write_scene(folder, rois, mask_name="scene_seg.jpg")
    PilImage.fromarray(scene_mask()).save(folder / "other.jpg")
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"].append({"id": "other", "uri": "other.jpg"})
    path.write_text(json.dumps(frame))
    show(session, path)
    tool = TOOLS["brush"](session)

    for index in (0, 1, 0, 1):
        session.select(index)
        tool.hover(Pointer(*ON_SKY))

    assert len(said) == 2
    assert all("is not written itself" in text for text in said)
    assert "seg" in said[0]
    assert "other" in said[1]


def test_that_who_paints_without_a_hover_is_told_as_well(
    session: Session, said: list[str], tmp_path: Path
) -> None:
    show(session, two_sources(tmp_path / "two"))

    gesture(TOOLS["box"](session), (5.0, 5.0), (9.0, 9.0))
    tool = TOOLS["fill"](session)
    gesture(tool, ON_SKY)

    assert len(said) == 1
    assert "adds a mask" in said[0]
    assert len(session.document.undo_labels) == 1


# -- fill


CHEQUERS = np.add.outer(np.arange(40), np.arange(60)) % 2 == 0


@pytest.mark.parametrize(
    ("neighbours", "is_connected"), [(4, True), (8, True), (4, False)]
)
def test_that_fill_takes_what_its_options_say_up_to_the_last_pixel(
    session: Session, tmp_path: Path, neighbours: int, *, is_connected: bool
) -> None:
    mask = np.full((40, 60, 3), ROAD, np.uint8)
    mask[CHEQUERS] = SKY
    mask[:, 30] = ROAD
    mask[:, 31] = ROAD
    show(session, write_scene(tmp_path / "chequers", mask=mask))
    options = replace(
        session.view.options, neighbours=neighbours, is_connected=is_connected
    )
    session.set_view(options=options)
    row, col = 39, 59
    assert CHEQUERS[row, col]

    gesture(TOOLS["fill"](session), (col + 0.5, row + 0.5))

    wanted = (mask == SKY).all(axis=2)
    if is_connected:
        # By corners it reaches to the wall; by edges it is one pixel.
        wanted[:, :32] = False
    if is_connected and neighbours == 4:
        wanted[:] = False
        wanted[row, col] = True
    expected = mask.copy()
    expected[wanted] = CAR
    assert np.array_equal(pixels(session), expected)
    assert session.document.undo_labels == ("Fill with car",)
