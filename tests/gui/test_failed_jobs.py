"""After a job that failed in any way, what waits behind it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.dataset.discover import list_frames
from chromask.dataset.query import FrameItem
from chromask_gui.runtime.jobs import Job, Jobs
from chromask_gui.session import ahead as ahead_module
from chromask_gui.session import reviews as reviews_module
from chromask_gui.session import thumbs as thumbs_module
from chromask_gui.session.reviews import Reviews
from chromask_gui.session.session import Session
from chromask_gui.session.thumbs import Thumbs
from chromask_gui.session.walk import Frames
from chromask_gui.tools.refining import Preview, Wish
from scenes import write_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session(Jobs())
    yield session
    session.show(None)
    session.jobs.shut_down()


def fails_for(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that fails, as nobody foresaw, for the frames of one name."""

    def run(given: Any, *rest: Any, **options: Any) -> Any:
        item = given if isinstance(given, FrameItem) else given[0]
        if name in item.path:
            raise ZeroDivisionError(name)
        return work(given, *rest, **options)

    return run


@pytest.mark.parametrize("where", ["work", "done", "failed", "cancelled"])
def test_that_the_next_quiet_job_starts_whatever_happened_to_the_last(
    qtbot: QtBot, where: str
) -> None:
    jobs = Jobs()
    calls: list[str] = []

    def fail(place: str) -> None:
        calls.append(place)
        if where == place or (where == "failed" and place == "work"):
            raise ZeroDivisionError(place)

    def ended() -> None:
        calls.append("ended" if job.is_over else "too early")

    with qtbot.capture_exceptions():
        job = jobs.prepare(
            lambda _job: fail("work"),
            lambda _result: fail("done"),
            lambda _error: fail("failed"),
            ended,
        )
        if where == "cancelled":
            job.cancel()
        qtbot.waitUntil(lambda: "ended" in calls)
    jobs.shut_down()
    work = [] if where == "cancelled" and "work" not in calls else ["work"]
    expected = {
        "work": ["failed"],
        "done": ["done", "failed"],
        "failed": ["failed"],
        "cancelled": [],
    }
    assert calls == [*work, *expected[where], "ended"]


def test_that_an_error_in_using_a_result_fails_the_job(qtbot: QtBot) -> None:
    jobs = Jobs()
    errors: list[BaseException] = []

    def use(_result: object) -> None:
        raise ZeroDivisionError

    job = jobs.start("Work", lambda _job: 1, use, errors.append)
    qtbot.waitUntil(lambda: job.is_over)
    jobs.shut_down()
    assert [type(error) for error in errors] == [ZeroDivisionError]
    assert not jobs.is_busy


@pytest.mark.parametrize("place", ["open_frame", "draw", "_pixmap"])
def test_that_thumbnails_go_on_after_one_that_fails(
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    listed = list_frames(write_frames(tmp_path, 5))
    frames = Frames(session)
    frames.list = listed
    thumbs = Thumbs(frames)
    work = getattr(thumbs_module, place)
    count = iter(range(9))

    def fail(*given: Any) -> Any:
        if next(count) == 2:
            raise ZeroDivisionError
        return work(*given)

    monkeypatch.setattr(thumbs_module, place, fail)
    ready: list[str] = []
    thumbs.ready.connect(ready.append)
    with qtbot.capture_exceptions() as raised:
        for item in listed.items:
            thumbs.get(item)
        qtbot.waitUntil(lambda: len(ready) == 4)
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    failed = [item.key for item in listed.items if thumbs.peek(item.key) is None]
    assert len(failed) == 1
    assert frames.marks[failed[0]] == {"missing"}


def test_that_frames_are_opened_ahead_past_one_that_fails(
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frames = Frames(session)
    work = ahead_module.open_frame
    opened: list[str] = []
    failing = fails_for("f01", work)

    def count(item: FrameItem, *rest: Any) -> Any:
        opened.append(item.name)
        return failing(item, *rest)

    monkeypatch.setattr(ahead_module, "open_frame", count)
    frames.open(write_frames(tmp_path, 4))
    qtbot.waitUntil(lambda: "f02.json" in opened)
    qtbot.waitUntil(lambda: not session.jobs.is_busy)
    qtbot.wait(50)
    assert opened == ["f01.json", "f02.json"]
    frames.go_to(2)
    assert not frames.is_opening


def test_that_review_marks_are_read_past_a_file_that_fails(
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frames = Frames(session)
    write_frames(tmp_path, 4)
    text = (tmp_path / "f03.json").read_text()
    (tmp_path / "f03.json").write_text(
        '{"meta": {"reviewed": true},' + text.lstrip()[1:]
    )
    monkeypatch.setattr(
        reviews_module, "read_reviewed", fails_for("f01", reviews_module.read_reviewed)
    )
    reviews = Reviews(frames)
    with qtbot.capture_exceptions() as raised:
        frames.open(tmp_path)
        qtbot.waitUntil(
            lambda: (
                frames.list is not None
                and "reviewed" in frames.marks.get(frames.list.items[3].key, ())
            )
        )
    assert reviews.parent() is frames
    assert {kind for kind, *_ in raised} == {ZeroDivisionError}


@pytest.mark.parametrize("place", ["constraints_of", "prepare_mask"])
def test_that_a_preview_that_fails_is_not_waited_for(
    scene_session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    preview = Preview(scene_session)
    wish = Wish("grow", 2, "front/seg", 0, "Grow")
    with monkeypatch.context() as broken, qtbot.capture_exceptions() as raised:
        broken.setattr(f"chromask_gui.tools.refining.{place}", fail)
        preview.show(wish)
        qtbot.waitUntil(lambda: preview.state == "stopped")
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert not scene_session.has_gesture
    preview.show(wish)
    qtbot.waitUntil(lambda: preview.state == "shown")
    preview.stop()


def test_that_the_thumbnail_of_a_lower_mask_is_drawn(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)
    PilImage.fromarray(np.zeros((3, 60, 3), np.uint8)).save(tmp_path / "f01_seg.png")
    listed = list_frames(tmp_path)
    frames = Frames(session)
    frames.list = listed
    thumbs = Thumbs(frames)
    for item in listed.items:
        thumbs.get(item)
    qtbot.waitUntil(lambda: all(thumbs.peek(item.key) for item in listed.items))


def test_that_a_job_is_over_only_when_it_has_ended(qtbot: QtBot) -> None:
    jobs = Jobs()
    seen: list[tuple[str, bool]] = []
    job: list[Job] = []

    def work(running: Job) -> None:
        seen.append(("work", running.is_over))

    def note(what: str) -> None:
        seen.append((what, job[0].is_over))

    job.append(jobs.start("Work", work, lambda _: note("done"), lambda _: note("bad")))
    qtbot.waitUntil(lambda: len(seen) == 2)
    jobs.shut_down()
    assert seen == [("work", False), ("done", True)]
    assert jobs.prepare(work, note, lambda _error: None).is_over
