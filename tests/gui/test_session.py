"""The session: opening and saving beside the window, one signal a change, the view's state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from chromask_gui.runtime.jobs import Jobs
from chromask_gui.session.session import Session
from scenes import CAR, PIXELS, ROAD, roi, write_scene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask.document.change import Change


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    jobs = Jobs()
    yield Session(jobs)
    jobs.shut_down()


def opened(session: Session, qtbot: QtBot, path: Path) -> Session:
    with qtbot.waitSignal(session.document_opened):
        session.open(path)
    return session


def test_that_opening_counts_and_selects_the_first_source(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(session, qtbot, write_scene(tmp_path))
    assert [count.pixels for count in session.census.rois] == [
        PIXELS[CAR],
        PIXELS[ROAD],
    ]
    assert session.view.source == "front"
    assert session.view.hidden_masks == frozenset()
    assert session.save_state == "saved"


def test_that_a_mask_without_a_roi_starts_hidden_beside_one_that_has_some(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"].append({"id": "other", "uri": "scene_seg.png"})
    path.write_text(json.dumps(frame))
    opened(session, qtbot, path)
    assert session.view.hidden_masks == {"front/other"}


def test_that_a_failed_opening_keeps_the_open_document(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(session, qtbot, write_scene(tmp_path))
    document = session.document
    (tmp_path / "bad.json").write_text("{")
    with qtbot.waitSignal(session.failed) as failed:
        session.open(tmp_path / "bad.json")
    assert "bad.json" in str(failed.args[0])
    assert session.document is document


def test_that_the_last_of_two_openings_wins(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = write_scene(tmp_path, name="a"), write_scene(tmp_path, name="b")
    shown: list[object] = []
    session.document_opened.connect(
        lambda: shown.append(session.document and session.document.path)
    )
    session.open(first)
    session.open(second)
    qtbot.waitUntil(lambda: not session.jobs.is_busy)
    assert shown == [second]


def test_that_an_edit_tells_one_change_with_the_census_up_to_date(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(session, qtbot, write_scene(tmp_path))
    heard: list[tuple[Change, int | None]] = []
    session.changed.connect(
        lambda change: heard.append((change, session.census.rois[0].pixels))
    )
    done = session.edit(
        "Take the road", lambda e: e.frame.update_annotation(0, mask_rgb=list(ROAD))
    )
    assert done
    ((change, pixels),) = heard
    assert change.fields == {"annotations"}
    assert pixels == PIXELS[ROAD]
    assert session.save_state == "edited"
    session.undo()
    assert heard[-1][1] == PIXELS[CAR]
    assert session.save_state == "saved"
    session.redo()
    assert heard[-1][1] == PIXELS[ROAD]


def test_that_an_edit_that_fails_is_reported_and_leaves_nothing(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(session, qtbot, write_scene(tmp_path))
    heard: list[object] = []
    session.changed.connect(heard.append)
    with qtbot.waitSignal(session.failed) as failed:
        done = session.edit(
            "Bad", lambda e: e.frame.update_annotation(0, mask_rgb=[300, 0, 0])
        )
    assert not done
    assert "300" in str(failed.args[0])
    assert heard == []
    assert session.save_state == "saved"


def test_that_an_edit_while_a_change_is_told_is_refused(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(session, qtbot, write_scene(tmp_path))
    refused: list[str] = []

    def edits_again(_change: Change) -> None:
        from chromask.errors import EditError

        with pytest.raises(EditError) as caught:
            session.edit("Again", lambda e: e.frame.remove_annotation(0))
        refused.append(str(caught.value))

    session.changed.connect(edits_again)
    session.edit("Once", lambda e: e.frame.update_annotation(0, labels=["bus"]))
    assert len(refused) == 1
    assert "being told" in refused[0]


def test_that_selection_and_hiding_follow_rois_that_move(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    rois = [roi([name], (1, 1, number)) for number, name in enumerate("abcd")]
    opened(session, qtbot, write_scene(tmp_path, rois))
    session.set_view(selected=(1, 3), hidden_rois=frozenset([0, 2]))
    session.edit("Delete b", lambda e: e.frame.remove_annotation(1))
    assert session.view.selected == (2,)
    assert session.view.hidden_rois == {0, 1}
    session.undo()
    assert session.view.selected == (3,)
    assert session.view.hidden_rois == {0, 2}


def test_that_the_state_of_saving_is_told_when_it_is_another_one(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(session, qtbot, write_scene(tmp_path))
    states: list[str] = []
    session.save_state_changed.connect(lambda: states.append(session.save_state))
    for name in ("bus", "lorry"):
        session.edit(name, lambda e, n=name: e.frame.update_annotation(0, labels=[n]))
    session.undo()
    session.undo()
    session.redo()
    assert states == ["edited", "saved", "edited"]


def test_that_undo_is_made_ready_when_the_hand_rests(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(session, qtbot, write_scene(tmp_path))
    assert session.document is not None
    (key,) = session.document.planes

    session.edit("Paint", lambda e: e.paint(key, 0, 0, np.ones((3, 3), np.bool_), 1))
    step = session.document._contents.undo[-1]

    assert not step.here
    qtbot.waitUntil(lambda: bool(step.here))


def test_that_saving_writes_and_says_so(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    opened(session, qtbot, path)
    states: list[str] = []
    session.save_state_changed.connect(lambda: states.append(session.save_state))
    session.edit("Rename", lambda e: e.frame.update_annotation(0, labels=["bus"]))
    with qtbot.waitSignal(session.notified) as told:
        session.save()
    assert states == ["edited", "saving", "saved"]
    assert "scene.json" in told.args[0]
    assert json.loads(path.read_text())["rois"][0]["label"] == ["bus"]
    assert session.saved_at is not None


def test_that_a_conflict_is_told_apart_and_nothing_is_written(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    opened(session, qtbot, path)
    session.edit("Rename", lambda e: e.frame.update_annotation(0, labels=["bus"]))
    path.write_text(path.read_text() + "\n")
    theirs = path.read_text()
    with qtbot.waitSignal(session.failed):
        session.save()
    assert path.read_text() == theirs
    assert session.save_state == "edited"
    with qtbot.waitSignal(session.notified):
        session.save(replace_changed=True)
    assert json.loads(path.read_text())["rois"][0]["label"] == ["bus"]


def test_that_an_unforeseen_error_in_a_job_reaches_the_user_and_the_log(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chromask_gui.session import session as module

    def broken(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(module, "open_document", broken)
    with qtbot.capture_exceptions() as raised, qtbot.waitSignal(session.failed) as told:
        session.open(tmp_path / "scene.json")
    assert "planted" in str(told.args[0])
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]


def test_that_a_view_that_does_not_change_tells_nothing(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(session, qtbot, write_scene(tmp_path))
    heard: list[object] = []
    session.view_changed.connect(heard.append)
    session.set_view(opacity=session.view.opacity)
    assert heard == []
    before = session.view
    session.set_view(opacity=0.1)
    assert heard == [before]
