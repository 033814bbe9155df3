"""The preview of refining, without its bar: what is shown, kept, given up and refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.errors import EditError
from chromask.pixels.refine import OPERATIONS
from chromask_gui.tools import refining
from chromask_gui.tools.refining import Preview, Wish
from scenes import CAR, COLS, ROAD, ROWS, SKY, roi, scene_mask, write_scene
from tool_hands import KEY, pixels, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.session.session import Session

Array = np.ndarray[Any, Any]
ROIS = [roi(["car"], CAR), roi(["road"], ROAD), roi(["sky"], SKY)]
GROW = Wish("grow", 1, KEY, 0, "Grow")


@pytest.fixture
def session(scene_session: Session, tmp_path: Path) -> Session:
    show(scene_session, write_scene(tmp_path / "refine", ROIS))
    return scene_session


@pytest.fixture
def preview(session: Session) -> Iterator[Preview]:
    preview = Preview(session)
    yield preview
    preview.stop()


@pytest.fixture
def started(session: Session) -> list[Any]:
    started: list[Any] = []
    session.jobs.started.connect(started.append)
    return started


@pytest.fixture
def failed(session: Session) -> list[str]:
    failed: list[str] = []
    session.failed.connect(lambda problem: failed.append(str(problem)))
    return failed


def wait(qtbot: QtBot, preview: Preview, state: str = "shown") -> None:
    qtbot.waitUntil(lambda: preview.state != "working")
    assert preview.state == state


def grown(mask: Array, times: int = 1) -> Array:
    """Let the car take its four neighbours, so many times."""
    mask = mask.copy()
    for _ in range(times):
        where = np.pad((mask == CAR).all(axis=2), 1)
        near = where.copy()
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            near |= np.roll(where, step, (0, 1))
        mask[near[1:-1, 1:-1]] = CAR
    return mask


def test_that_a_wish_is_shown_and_kept_as_one_step(
    session: Session, preview: Preview, qtbot: QtBot
) -> None:
    states: list[tuple[str, int]] = []
    preview.updated.connect(lambda: states.append((preview.state, preview.pixels)))
    preview.show(GROW)
    wait(qtbot, preview)
    assert np.array_equal(pixels(session), grown(scene_mask()))
    assert session.document.undo_labels == ()

    assert preview.apply() == 32

    assert states == [("working", 0), ("shown", 32), ("off", 0)]
    assert session.document.undo_labels == ("Grow",)
    assert not session.has_gesture
    assert np.array_equal(pixels(session), grown(scene_mask()))
    assert preview.apply() == 0
    assert len(session.document.undo_labels) == 1


def test_that_what_is_given_up_leaves_the_mask_as_it_was(
    session: Session, preview: Preview, qtbot: QtBot
) -> None:
    preview.show(GROW)
    wait(qtbot, preview)

    preview.stop()

    assert (preview.state, preview.pixels) == ("off", 0)
    assert np.array_equal(pixels(session), scene_mask())
    assert not session.has_gesture
    assert not session.document.is_edited


def test_that_the_next_wish_starts_from_the_mask_and_not_from_the_preview(
    session: Session, preview: Preview, qtbot: QtBot
) -> None:
    preview.show(GROW)
    wait(qtbot, preview)
    preview.show(Wish("shrink", 1, KEY, 0, "Shrink"))
    # The last preview stays until the next is there.
    assert np.array_equal(pixels(session), grown(scene_mask()))
    wait(qtbot, preview)

    expected = scene_mask()
    expected[22:28, 10:20] = ROAD
    expected[23:27, 11:19] = CAR
    assert np.array_equal(pixels(session), expected)
    preview.apply()
    assert session.document.undo_labels == ("Shrink",)


def test_that_amounts_that_are_still_turned_start_one_job(
    preview: Preview, qtbot: QtBot, started: list[Any]
) -> None:
    for amount in (3, 2, 1):
        preview.show(replace(GROW, amount=amount))
    wait(qtbot, preview)

    assert len(started) == 1
    assert preview.pixels == 32


@pytest.mark.parametrize("way", ["show", "stop", "edit"])
def test_that_a_job_is_dropped_with_its_wish(
    session: Session, preview: Preview, qtbot: QtBot, started: list[Any], way: str
) -> None:
    preview.show(replace(GROW, amount=9))
    qtbot.waitUntil(lambda: bool(started))
    if way == "show":
        preview.show(GROW)
    elif way == "stop":
        preview.stop()
    else:
        session.edit(
            "Rename", lambda edit: edit.frame.update_annotation(1, labels=["way"])
        )

    # A job that was quick enough has been shown before.
    assert started[0].is_cancelled() or not session.jobs.is_busy
    qtbot.waitUntil(lambda: not session.jobs.is_busy and preview.state != "working")
    expected = grown(scene_mask()) if way == "show" else scene_mask()
    assert np.array_equal(pixels(session), expected)
    assert preview.state == {"show": "shown", "stop": "off", "edit": "stopped"}[way]


def two_masks(folder: Path) -> Path:
    """Write the scene with a second mask, whose car lies elsewhere."""
    path = write_scene(folder, [*ROIS, roi(["bus"], CAR, mask="other")])
    other = np.full((ROWS, COLS, 3), SKY, np.uint8)
    other[5:8, 40:45] = CAR
    PilImage.fromarray(other).save(folder / "other.png")
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"].append({"id": "other", "uri": "other.png"})
    path.write_text(json.dumps(frame))
    return path


def test_that_a_wish_for_another_mask_gives_the_first_up(
    session: Session, preview: Preview, qtbot: QtBot, tmp_path: Path
) -> None:
    show(session, two_masks(tmp_path / "two"))
    preview.show(GROW)
    wait(qtbot, preview)

    preview.show(Wish("grow", 1, "front/other", 3, "Grow"))
    wait(qtbot, preview)

    assert np.array_equal(pixels(session), scene_mask())
    assert preview.pixels == 16
    expected = np.full((ROWS, COLS, 3), SKY, np.uint8)
    expected[5:8, 40:45] = CAR
    assert np.array_equal(pixels(session, "front/other"), grown(expected))


def test_that_a_whole_mask_is_refined(
    session: Session, preview: Preview, qtbot: QtBot
) -> None:
    preview.show(Wish("islands", 10, KEY, None, "Islands"))
    wait(qtbot, preview)

    expected = scene_mask()
    expected[35, 50:53] = ROAD
    assert np.array_equal(pixels(session), expected)
    assert preview.pixels == 3


def test_that_where_nothing_changes_nothing_is_kept(
    session: Session, preview: Preview, qtbot: QtBot
) -> None:
    preview.show(GROW)
    wait(qtbot, preview)
    session.set_view(locked_rois=frozenset({0, 1, 2}))
    preview.show(GROW)
    wait(qtbot, preview)

    assert preview.pixels == 0
    assert np.array_equal(pixels(session), scene_mask())
    assert preview.apply() == 0
    assert session.document.undo_labels == ()


def test_that_a_lossy_mask_becomes_a_png_in_the_same_step(
    session: Session, preview: Preview, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path / "lossy", ROIS, mask_name="scene_seg.jpg")
    show(session, path)
    preview.show(replace(GROW, operation="shrink"))
    wait(qtbot, preview)

    preview.apply()

    assert session.document.mask_uri(KEY).endswith(".png")
    session.undo()
    assert session.document.mask_uri(KEY).endswith(".jpg")


# -- other edits


def rename(session: Session) -> None:
    session.edit("Rename", lambda edit: edit.frame.update_annotation(1, labels=["way"]))


@pytest.mark.parametrize("way", ["edit", "undo", "redo"])
def test_that_a_finished_edit_takes_its_place_and_is_started_from(
    session: Session, preview: Preview, qtbot: QtBot, way: str
) -> None:
    def paint(edit: Any) -> None:
        car = edit.entry_for(KEY, CAR)
        edit.paint(KEY, 0, 0, np.ones((3, 3), np.bool_), car)

    # Of an undo and a redo the preview itself would be the step.
    if way != "edit":
        session.edit("Paint", paint)
    if way == "redo":
        session.undo()
    now = pixels(session)
    outdated: list[None] = []
    preview.outdated.connect(lambda: outdated.append(None))
    preview.show(GROW)
    qtbot.waitUntil(lambda: session.jobs.is_busy or preview.state == "shown")
    if preview.state == "shown":
        session.cancel_gesture()
        outdated.clear()
        preview.show(GROW)
    if way == "edit":
        session.edit("Paint", paint)
    else:
        getattr(session, way)()

    assert preview.state == "stopped"
    assert len(outdated) == 1
    assert not session.has_gesture
    after = scene_mask()
    if way != "undo":
        after[:3, :3] = CAR
    assert not np.array_equal(after, now)
    assert np.array_equal(pixels(session), after)
    preview.show(GROW)
    wait(qtbot, preview)
    assert np.array_equal(pixels(session), grown(after))


def test_that_a_stroke_stops_the_preview_and_only_its_end_outdates_it(
    session: Session, preview: Preview, qtbot: QtBot
) -> None:
    outdated: list[None] = []
    preview.outdated.connect(lambda: outdated.append(None))
    preview.show(GROW)
    wait(qtbot, preview)

    stroke = session.begin("Stroke")
    assert np.array_equal(pixels(session), scene_mask())
    assert preview.state == "stopped"
    stroke.show(stroke.edit.paint(KEY, 0, 0, np.ones((2, 2), np.bool_), 0))
    preview.show(GROW)
    wait(qtbot, preview, "stopped")
    assert stroke.is_open
    assert outdated == []
    stroke.commit()

    assert len(outdated) == 1
    assert session.document.undo_labels == ("Stroke",)


def test_that_a_stroke_that_begins_while_it_is_computed_goes_on(
    session: Session, preview: Preview, qtbot: QtBot, started: list[Any]
) -> None:
    preview.show(GROW)
    qtbot.waitUntil(lambda: bool(started))
    stroke = session.begin("Stroke")

    qtbot.waitUntil(lambda: not session.jobs.is_busy)

    assert stroke.is_open
    stroke.cancel()
    assert np.array_equal(pixels(session), scene_mask())
    assert session.document.undo_labels == ()


def test_that_nobody_is_told_of_edits_when_nothing_is_wished(
    session: Session, preview: Preview, qtbot: QtBot
) -> None:
    told: list[str] = []
    preview.show(GROW)
    wait(qtbot, preview)
    preview.stop()
    preview.outdated.connect(lambda: told.append("outdated"))
    preview.updated.connect(lambda: told.append("updated"))

    rename(session)

    assert told == []
    assert preview.state == "off"


def test_that_another_job_that_is_cancelled_does_not_stop_it(
    session: Session, preview: Preview, qtbot: QtBot
) -> None:
    preview.show(GROW)
    session.jobs.start("Other", lambda _job: None, print, print).cancel()

    wait(qtbot, preview)

    assert preview.pixels == 32


# -- what goes wrong


def breaks(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let shrinking fail."""

    def run(*_: object) -> Any:
        raise error

    made = {**OPERATIONS, "shrink": replace(OPERATIONS["shrink"], run=run)}
    monkeypatch.setattr(refining, "OPERATIONS", made)


@pytest.mark.parametrize("where", ["job", "putting"])
def test_that_a_refusal_is_reported_and_nothing_is_shown(
    session: Session,
    preview: Preview,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    failed: list[str],
    where: str,
) -> None:
    preview.show(GROW)
    wait(qtbot, preview)
    error = EditError("no more")
    if where == "job":
        breaks(monkeypatch, error)
    else:

        def refuse(*_: object) -> None:
            raise error

        monkeypatch.setattr(refining, "prepare_mask", refuse)

    preview.show(replace(GROW, operation="shrink"))
    wait(qtbot, preview, "stopped")

    assert len(failed) == 1
    assert "no more" in failed[0]
    assert not session.has_gesture
    assert np.array_equal(pixels(session), scene_mask())
    assert preview.apply() == 0
    assert session.document.undo_labels == ()


def test_that_a_fault_is_raised_and_nothing_is_shown(
    session: Session,
    preview: Preview,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    failed: list[str],
) -> None:
    breaks(monkeypatch, ZeroDivisionError("by hand"))

    with qtbot.capture_exceptions() as raised:
        preview.show(replace(GROW, operation="shrink"))
        wait(qtbot, preview, "stopped")

    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert failed == []
    assert np.array_equal(pixels(session), scene_mask())


def test_that_after_a_refusal_another_wish_is_shown(
    session: Session,
    preview: Preview,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    failed: list[str],
) -> None:
    breaks(monkeypatch, EditError("no more"))
    preview.show(replace(GROW, operation="shrink"))
    wait(qtbot, preview, "stopped")

    preview.show(GROW)
    wait(qtbot, preview)

    assert preview.pixels == 32
    rename(session)
    assert preview.state == "stopped"
