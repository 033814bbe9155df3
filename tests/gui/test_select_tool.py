"""The tool that selects, without a window: what a click takes, adds, and takes away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from chromask_gui.tools import TOOLS
from chromask_gui.tools.tool import Pointer
from scenes import CAR, ROAD, ROWS, SKY, roi, scene_mask, write_scene
from tool_hands import show

if TYPE_CHECKING:
    from pathlib import Path

    from chromask_gui.session.session import Session

ON_CAR, ON_ROAD, ON_SKY = (15.5, 25.5), (5.5, 35.5), (5.5, 5.5)
OUTSIDE = (5.5, ROWS + 3.5)


def press(session: Session, at: tuple[float, float], **held: Any) -> tuple[int, ...]:
    """Click and give what is selected then."""
    TOOLS["select"](session).press(Pointer(*at, **held))
    return session.view.selected


@pytest.mark.parametrize("held", ["shift", "ctrl"])
def test_that_shift_or_ctrl_adds_a_roi_and_takes_it_away(
    scene_session: Session, held: str
) -> None:
    assert press(scene_session, ON_ROAD, **{held: True}) == (0, 1)
    assert press(scene_session, ON_CAR, **{held: True}) == (1,)
    assert press(scene_session, ON_SKY, **{held: True}) == (1,)
    assert press(scene_session, OUTSIDE, **{held: True}) == (1,)
    assert scene_session.view.in_hand is None


def test_that_a_click_on_one_of_several_selects_it_alone(
    scene_session: Session,
) -> None:
    scene_session.select(0, 1)

    assert press(scene_session, ON_ROAD) == (1,)
    assert press(scene_session, ON_CAR) == (0,)


def test_that_a_colour_that_nobody_claims_is_taken_and_outside_nothing_is(
    scene_session: Session,
) -> None:
    assert press(scene_session, ON_SKY) == ()
    assert scene_session.view.in_hand is not None
    assert scene_session.view.in_hand.value == SKY

    scene_session.select(0)
    assert press(scene_session, OUTSIDE) == ()
    assert scene_session.view.in_hand is None


@pytest.mark.parametrize(
    ("value", "is_taken"), [((0, 0, 0), False), ((0, 0, 7), True)], ids=str
)
def test_that_the_background_is_nothing_to_be_taken(
    scene_session: Session, tmp_path: Path, value: tuple[int, ...], *, is_taken: bool
) -> None:
    mask = scene_mask()
    mask[:20] = value
    show(scene_session, write_scene(tmp_path / "black", mask=mask))

    assert press(scene_session, ON_SKY) == ()
    assert (scene_session.view.in_hand is not None) is is_taken


def with_zone(folder: Path) -> Path:
    """Write the scene with a polygon from (5, 5) to (25, 30), the car inside it."""
    corners = [5, 5, 25, 5, 25, 30, 5, 30]
    zone = {"label": ["zone"], "poly": corners, "sources": ["front"]}
    zone["meta"] = {"_type": "p2d"}
    return write_scene(folder, [roi(["car"], CAR), roi(["road"], ROAD), zone])


def test_that_a_line_lies_over_the_mask_and_its_inside_below(
    scene_session: Session, tmp_path: Path
) -> None:
    show(scene_session, with_zone(tmp_path / "zone"))

    assert press(scene_session, (5.0, 25.5)) == (2,)
    assert press(scene_session, (15.5, 25.5), zoom=10.0) == (0,)
    assert press(scene_session, (15.5, 12.5), zoom=10.0) == (2,)
    assert press(scene_session, (40.5, 35.5), zoom=10.0) == (1,)


def test_that_a_line_is_reached_by_the_measure_of_the_hand(
    scene_session: Session, tmp_path: Path
) -> None:
    show(scene_session, with_zone(tmp_path / "zone"))

    # Two pixels of the image away: 2 px on the screen, or 20.
    assert press(scene_session, (3.0, 25.5), zoom=1.0) == (2,)
    assert press(scene_session, (3.0, 25.5), zoom=10.0) == (1,)


def test_that_roi_0_and_its_neighbours_are_told_apart_by_the_picker(
    scene_session: Session, tmp_path: Path
) -> None:
    scene_session.select(1)
    picker = TOOLS["picker"](scene_session)

    picker.press(Pointer(*ON_CAR))
    assert scene_session.view.selected == (0,)
    picker.press(Pointer(*ON_ROAD))
    assert scene_session.view.selected == (1,)


def test_that_a_picked_colour_has_the_name_that_the_data_set_gives_it(
    scene_session: Session, tmp_path: Path
) -> None:
    path = write_scene(tmp_path / "named")
    legend = tmp_path / "named" / "_mask_legend.json"
    legend.write_text(json.dumps({"heaven": SKY}))
    show(scene_session, path)
    said: list[str] = []
    scene_session.notified.connect(said.append)

    TOOLS["picker"](scene_session).press(Pointer(*ON_SKY))

    assert scene_session.view.in_hand is not None
    assert scene_session.view.in_hand.labels == ("heaven",)
    assert len(said) == 1
    assert "heaven" in said[0]
    assert np.array_equal(scene_session.view.in_hand.value, SKY)


def test_that_selecting_alone_leaves_a_drag_to_the_image() -> None:
    assert [name for name, tool in TOOLS.items() if tool.drags_image] == ["select"]
