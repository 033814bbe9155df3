"""The bar of a running job: not at once, with its text, until it has really ended."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from chromask_gui.runtime.jobs import Job, Jobs
from chromask_gui.window.job_bar import MARGIN_PX, JobBar
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.shut_down()


@pytest.fixture
def bar(jobs: Jobs, qtbot: QtBot) -> JobBar:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(600, 200)
    over.show()
    return JobBar(jobs, over)


def test_that_it_waits_before_it_appears_and_goes_at_the_end(
    bar: JobBar, jobs: Jobs, qtbot: QtBot
) -> None:
    job = Job("Opening a.json")
    jobs.started.emit(job)
    assert bar.isHidden()
    qtbot.waitUntil(bar.isVisible)
    assert bar.text.text() == "Opening a.json"
    jobs.ended.emit(job)
    assert bar.isHidden()


def test_that_a_short_job_never_shows_it(bar: JobBar, jobs: Jobs, qtbot: QtBot) -> None:
    job = Job("Saving")
    jobs.started.emit(job)
    jobs.ended.emit(job)
    qtbot.wait(400)
    assert bar.isHidden()


def test_that_cancel_cancels_the_job_and_waits_for_its_end(
    bar: JobBar, jobs: Jobs, qtbot: QtBot
) -> None:
    job = Job("Opening a.json")
    jobs.started.emit(job)
    qtbot.waitUntil(bar.isVisible)
    qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
    assert job.is_cancelled()
    assert bar.isVisible()
    assert bar.text.text() == "Stopping: Opening a.json"
    assert not bar.cancel_button.isEnabled()
    jobs.ended.emit(job)
    assert bar.isHidden()


def test_that_the_running_job_is_named_while_others_wait(
    bar: JobBar, jobs: Jobs, qtbot: QtBot
) -> None:
    first, second = Job("Saving"), Job("Opening b.json")
    jobs.started.emit(first)
    jobs.started.emit(second)
    qtbot.waitUntil(bar.isVisible)
    assert bar.text.text() == "Saving, 1 more waiting"
    jobs.ended.emit(first)
    assert bar.text.text() == "Opening b.json"
    qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
    assert second.is_cancelled()
    assert not first.is_cancelled()


def test_that_a_job_that_must_not_stop_halfway_offers_no_cancel(
    bar: JobBar, jobs: Jobs, qtbot: QtBot
) -> None:
    job = Job("Saving")
    job.can_cancel = False  # type: ignore[attr-defined]
    jobs.started.emit(job)
    qtbot.waitUntil(bar.isVisible)
    assert not bar.cancel_button.isVisible()


def test_that_a_real_job_is_shown_while_it_runs(
    bar: JobBar, jobs: Jobs, qtbot: QtBot
) -> None:
    import threading

    release = threading.Event()
    jobs.start("Working", lambda _job: release.wait(30), lambda _: None, lambda _: None)
    qtbot.waitUntil(bar.isVisible)
    release.set()
    qtbot.waitUntil(bar.isHidden)


def test_that_it_lies_over_the_image_and_moves_nothing(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        canvas = window.canvas
        size, zoom = canvas.size(), canvas.box.zoom
        (bar,) = window.findChildren(JobBar)
        job = Job("Opening a.json")
        window.session.jobs.started.emit(job)
        qtbot.waitUntil(bar.isVisible)
        assert (canvas.size(), canvas.box.zoom) == (size, zoom)
        window.resize(900, 700)
        qtbot.wait(50)
        assert window.stage.rect().contains(bar.geometry())
        assert bar.y() == MARGIN_PX
        middle = bar.mapTo(window, bar.rect().center())
        assert bar.isAncestorOf(window.childAt(middle))
        window.session.jobs.ended.emit(job)
        assert bar.isHidden()

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_the_window_never_waits_long_for_a_job_in_python(jobs: Jobs) -> None:
    assert sys.getswitchinterval() <= 0.001


def test_that_nothing_is_prepared_once_all_was_shut_down(qtbot: QtBot) -> None:
    jobs, done = Jobs(), list[object]()
    jobs.shut_down()
    jobs.prepare(lambda _job: 1, done.append, done.append)
    qtbot.wait(20)
    assert not done
