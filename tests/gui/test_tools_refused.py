"""Tools that cannot do what they are told: they say why, and nothing half-done stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from chromask.errors import EditError
from chromask_gui.tools import TOOLS
from chromask_gui.tools.beside import Beside
from chromask_gui.tools.tool import Pointer, Tool
from scenes import CAR, COLS, ROAD, ROWS, roi, write_scene
from tool_hands import assert_nothing_stays, clicks, gesture, show

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.session.session import Session

VOID = (0, 0, 0)
ROIS = [roi(["car"], CAR), roi(["road"], ROAD), roi(["void"], VOID)]
REGIONS = ("wand", "scissors", "grabcut", "superpixels")


@pytest.fixture
def session(scene_session: Session, tmp_path: Path) -> Session:
    show(scene_session, write_scene(tmp_path / "void", ROIS))
    return scene_session


@pytest.fixture
def said(session: Session) -> list[str]:
    said: list[str] = []
    session.notified.connect(said.append)
    return said


def erase(name: str, tool: Any) -> None:
    """Make the gesture that would give pixels of the car to the background."""
    if name == "polygon":
        clicks(tool, (11.0, 23.0), (18.0, 23.0), (18.0, 27.0), zoom=9.0, alt=True)
    elif name == "scissors":
        clicks(tool, (11.5, 23.5), (18.5, 23.5), (18.5, 26.5), zoom=9.0, alt=True)
    else:
        gesture(tool, (11.5, 23.5), (18.5, 26.5), alt=name != "eraser")
    tool.finish()


@pytest.mark.parametrize(
    "name", ["eraser", "box", "polygon", "wand", "scissors", "superpixels"]
)
def test_that_no_tool_erases_into_a_locked_background_and_each_says_so(
    session: Session, said: list[str], qtbot: QtBot, name: str
) -> None:
    session.set_view(locked_rois=frozenset({2}))
    tool = TOOLS[name](session)

    erase(name, tool)

    qtbot.waitUntil(lambda: not session.jobs.is_busy)
    assert len(said) == 1
    assert "background" in said[0]
    assert_nothing_stays(session, tool)


def test_that_patches_that_are_refused_end_the_gesture_at_once(
    session: Session, said: list[str]
) -> None:
    session.set_view(locked_rois=frozenset({2}))
    tool = TOOLS["superpixels"](session)

    tool.press(Pointer(11.5, 23.5, alt=True))
    assert_nothing_stays(session, tool)
    tool.drag(Pointer(50.5, 5.5, alt=True))

    assert len(said) == 1
    assert_nothing_stays(session, tool)


def test_that_an_eraser_that_is_refused_paints_nothing_when_the_hand_goes_on(
    session: Session, said: list[str]
) -> None:
    tool = TOOLS["eraser"](session)
    gesture(tool, (50.5, 5.5))
    session.undo()
    session.set_view(locked_rois=frozenset({2}))

    tool.press(Pointer(11.5, 23.5))
    assert_nothing_stays(session, tool)
    tool.drag(Pointer(18.5, 26.5))

    assert len(said) == 1
    assert_nothing_stays(session, tool)


@pytest.mark.parametrize("name", REGIONS)
def test_that_without_an_image_nothing_begins_and_it_says_so(
    session: Session, said: list[str], tmp_path: Path, name: str
) -> None:
    path = write_scene(tmp_path / "blind", ROIS)
    (tmp_path / "blind" / "scene.png").unlink()
    show(session, path)
    said.clear()
    tool = TOOLS[name](session)

    tool.press(Pointer(15.5, 25.5))

    assert len(said) == 1
    assert "source cannot be read" in said[0]
    assert_nothing_stays(session, tool)
    tool.drag(Pointer(19.5, 27.5))
    tool.release(Pointer(19.5, 27.5))
    tool.finish()
    assert not tool.marks.lines
    assert_nothing_stays(session, tool)


@pytest.mark.parametrize("name", ["wand", "grabcut", "superpixels"])
def test_that_without_a_roi_a_region_is_given_up(
    session: Session, said: list[str], name: str
) -> None:
    session.select()
    tool = TOOLS[name](session)

    gesture(tool, (5.5, 5.5), (30.5, 18.5))

    assert len(said) == 1
    assert "Select one" in said[0]
    assert not session.jobs.is_busy
    assert name == "superpixels" or not tool.marks.lines
    assert_nothing_stays(session, tool)
    session.select(0)
    tool.drag(Pointer(40.5, 5.5))
    tool.release(Pointer(40.5, 5.5))
    assert_nothing_stays(session, tool)


@pytest.mark.parametrize("held", ["ctrl", "alt"])
@pytest.mark.parametrize("name", ["brush", "eraser", "fill"])
def test_that_ctrl_or_alt_picks_and_paints_nothing(
    session: Session, name: str, held: str
) -> None:
    tool = TOOLS[name](session)

    gesture(tool, (5.5, 30.5), **{held: True})

    assert session.view.selected == (1,)
    assert_nothing_stays(session, tool)


@pytest.mark.parametrize(
    "place", [(-0.5, 5.5), (5.5, -0.5), (COLS + 0.5, 5.5), (5.5, ROWS + 0.5)]
)
@pytest.mark.parametrize("name", ["fill", "wand", "scissors", "grabcut", "superpixels"])
def test_that_a_press_one_pixel_outside_the_image_paints_nothing(
    session: Session, name: str, place: tuple[float, float]
) -> None:
    tool = TOOLS[name](session)

    gesture(tool, place)

    assert not session.jobs.is_busy
    assert not tool.marks.lines
    assert_nothing_stays(session, tool)


def test_that_the_picker_follows_a_drag_and_nothing_outside_is_picked(
    session: Session,
) -> None:
    tool = TOOLS["picker"](session)

    tool.press(Pointer(15.5, 25.5))
    assert session.view.selected == (0,)
    tool.drag(Pointer(5.5, 30.5))
    assert session.view.selected == (1,)
    tool.drag(Pointer(5.5, ROWS + 0.5))
    assert session.view.selected == (1,)


# -- work beside the window


class Recorder(Tool):
    """A tool that notes what it is told."""

    id = "recorder"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.told: list[str] = []
        self.redraw = lambda: self.told.append("redraw")
        self.beside = Beside(self)

    def cancel(self) -> bool:
        self.told.append("cancel")
        return True


def raises(error: Exception) -> Callable[..., None]:
    def work(*_: object) -> None:
        raise error

    return work


def test_that_work_that_is_refused_cancels_its_tool_and_says_why(
    session: Session, said: list[str], qtbot: QtBot
) -> None:
    tool = Recorder(session)

    tool.beside.start("Look", raises(EditError("nothing to see")), tool.told.append)

    assert tool.beside.is_busy
    qtbot.waitUntil(lambda: not session.jobs.is_busy)
    assert not tool.beside.is_busy
    assert tool.told == ["cancel", "redraw"]
    assert said == ["Nothing to see."]


def test_that_a_fault_in_the_work_cancels_its_tool_and_is_raised(
    session: Session, said: list[str], qtbot: QtBot
) -> None:
    tool = Recorder(session)

    with qtbot.capture_exceptions() as raised:
        tool.beside.start("Look", raises(ZeroDivisionError("by hand")), print)
        qtbot.waitUntil(lambda: not session.jobs.is_busy)

    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert tool.told == ["cancel", "redraw"]
    assert not tool.beside.is_busy
    assert said == []


def test_that_what_was_found_is_shown_and_the_next_work_may_start_from_there(
    session: Session, qtbot: QtBot
) -> None:
    tool = Recorder(session)

    def again(found: str) -> None:
        # What is done with a result may look for the next one.
        tool.told.append(found)
        tool.beside.start("Look", lambda _job: "second", tool.told.append)

    tool.beside.start("Look", lambda _job: "first", again)

    qtbot.waitUntil(lambda: "second" in tool.told and not session.jobs.is_busy)
    assert tool.told == ["first", "redraw", "second", "redraw"]
    assert not tool.beside.is_busy


@pytest.mark.parametrize("at_once", [True, False])
def test_that_new_work_takes_the_place_of_what_goes_on(
    session: Session, qtbot: QtBot, *, at_once: bool
) -> None:
    tool = Recorder(session)
    started: list[Any] = []
    session.jobs.started.connect(started.append)
    tool.beside.start("Look", lambda _job: "old", tool.told.append)

    tool.beside.run("Look", lambda: "new", tool.told.append, at_once=at_once)

    assert started[0].is_cancelled()
    assert len(started) == (1 if at_once else 2)
    qtbot.waitUntil(lambda: not session.jobs.is_busy)
    assert tool.told == (["new"] if at_once else ["new", "redraw"])
    assert not tool.beside.is_busy


def test_that_another_job_that_is_cancelled_does_not_cancel_the_tool(
    session: Session, qtbot: QtBot
) -> None:
    tool = Recorder(session)
    tool.beside.start("Look", lambda _job: "found", tool.told.append)

    session.jobs.start("Other", lambda _job: None, print, print).cancel()

    qtbot.waitUntil(lambda: not session.jobs.is_busy)
    assert tool.told == ["found", "redraw"]


def test_that_another_document_and_the_bar_of_jobs_cancel_the_tool(
    session: Session, qtbot: QtBot
) -> None:
    tool = Recorder(session)
    session.show(None)
    assert tool.told == ["cancel"]
    started: list[Any] = []
    session.jobs.started.connect(started.append)

    tool.beside.start("Look", lambda _job: "found", tool.told.append)
    started[0].cancel()

    qtbot.waitUntil(lambda: not session.jobs.is_busy)
    assert tool.told == ["cancel", "cancel", "redraw"]
    assert not tool.beside.is_busy


# -- keypoints where there is no image


@pytest.mark.parametrize("has_mask", [True, False])
def test_that_keypoints_keep_to_the_masks_size_where_the_image_is_not_read(
    session: Session, tmp_path: Path, *, has_mask: bool
) -> None:
    path = write_scene(tmp_path / "blind", ROIS)
    (tmp_path / "blind" / "scene.png").unlink()
    if not has_mask:
        (tmp_path / "blind" / "scene_seg.png").unlink()
    show(session, path)
    tool = TOOLS["keypoints"](session)

    gesture(tool, (30.0, 35.0), (COLS + 7.0, ROWS + 9.0))

    far = (COLS, ROWS) if has_mask else (COLS + 7.0, ROWS + 9.0)
    assert tool.points == [far]


def test_that_keypoints_announce_no_new_mask(
    session: Session, said: list[str], tmp_path: Path
) -> None:
    path = write_scene(tmp_path / "bare", ROIS)
    frame = json.loads(path.read_text())
    del frame["sources"][0]["masks"]
    path.write_text(json.dumps(frame))
    show(session, path)

    TOOLS["keypoints"](session).hover(Pointer(5.0, 5.0))

    assert said == []
    TOOLS["brush"](session).hover(Pointer(5.0, 5.0))
    assert len(said) == 1


def test_that_keypoints_are_written_to_the_hundredth_of_a_pixel(
    session: Session,
) -> None:
    tool = TOOLS["keypoints"](session)
    gesture(tool, (30.12345, 5.98765), zoom=9.0)

    tool.finish()

    raw = session.document.frame.to_dict()["rois"][3]
    (found,) = [raw[key] for key in ("points", "poly", "keypoints") if key in raw]
    assert [number for number in found if number > -999] == [30.12, 5.99]
    assert not tool.points
    assert not tool.marks.handles


def test_that_a_refused_annotation_keeps_the_keypoints(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = TOOLS["keypoints"](session)
    clicks(tool, (30.0, 5.0), (40.0, 5.0), zoom=9.0)
    monkeypatch.setattr(session, "edit", lambda *_: False)

    assert tool.finish()

    assert tool.points == [(30.0, 5.0), (40.0, 5.0)]
