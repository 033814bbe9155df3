"""Every thread of the window: a plain function runs beside it, its result comes back to it.

A job is a function on a snapshot. Its result is posted to the main thread, and dropped when
the job was cancelled meanwhile (the document has moved on). Nothing else starts threads.
"""

from __future__ import annotations

import sys
import threading
from concurrent.futures import wait
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from chromask_gui.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from concurrent.futures import Executor, Future

SWITCH_S = 0.001
"""How long the window waits for a job that computes in Python: Python's own 5 ms is a third of
a frame on the screen."""


class Job:
    """A piece of work on its way; `cancel` makes its result be dropped.

    One that cannot be cancelled (a save: its result says what is on disk) shows no button.
    Nobody waits for a quiet one: no progress is shown.
    """

    def __init__(
        self, text: str, *, can_cancel: bool = True, is_quiet: bool = False
    ) -> None:
        self.text = text
        self.can_cancel = can_cancel
        self.is_quiet = is_quiet
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next convenient place; its result is dropped."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._cancelled.is_set()


class Jobs(QObject):
    """Runs jobs and posts their results to the thread that this object lives in.

    Signals
    -------
    started(Job), ended(Job)
        For whatever shows progress.
    """

    started = Signal(object)
    ended = Signal(object)
    _finished = Signal(object, object, object, object)

    def __init__(
        self, parent: QObject | None = None, workers: Workers | None = None
    ) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_S)
        self._workers = workers or Workers()
        self._running: dict[Job, Future[None]] = {}
        self._ahead: set[Job] = set()
        self._is_shut = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def decoders(self) -> Executor:
        """Where a job may spread its decoding; never the executor that runs jobs itself."""
        return self._workers.decoders

    def begun(self, what: Hashable) -> Future[Any] | None:
        """Give what was begun under a name before there was a window; a job waits for it."""
        return self._workers.take(what)

    @property
    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._running)

    def start(
        self,
        text: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        *,
        can_cancel: bool = True,
    ) -> Job:
        """Run ``work(job)`` beside the window, then ``done(result)`` or ``failed(error)`` in it.

        Neither is called for a job that was cancelled.
        """
        job = Job(text, can_cancel=can_cancel)
        run = self._workers.runner.submit
        self._running[job] = run(self._run, job, work, done, failed)
        self.started.emit(job)
        return job

    def wait(self, most_ms: int) -> None:
        """Wait until what runs has ended, and deliver it; no longer than that, and for nothing else."""
        wait(self._running.values(), timeout=most_ms / 1000)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def prepare(
        self,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> Job:
        """Do what nobody waits for yet, behind everything else; no progress is shown.

        Once all was shut down, nobody ever will: it is left out.
        """
        job = Job("", is_quiet=True)
        if not self._is_shut:
            self._ahead.add(job)
            self._workers.quiet.submit(self._run, job, work, done, failed)
        return job

    def _run(
        self,
        job: Job,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        if job.is_cancelled():
            self._finished.emit(job, None, done, None)
            return
        try:
            result = work(job)
        except BaseException as error:  # noqa: BLE001 - it is delivered, not swallowed
            self._finished.emit(job, error, failed, True)
        else:
            self._finished.emit(job, result, done, True)

    @Slot(object, object, object, object)
    def _deliver(
        self, job: Job, result: object, callback: Callable[[Any], None], ran: object
    ) -> None:
        if job.is_quiet:
            self._ahead.discard(job)
        else:
            self._running.pop(job, None)
            self.ended.emit(job)
        if ran and not job.is_cancelled():
            callback(result)

    def shut_down(self) -> None:
        """Drop what waits and wait for what runs; call it before the application ends."""
        self._is_shut = True
        for job in (*self._running, *self._ahead):
            job.cancel()
        self._workers.shut_down()
