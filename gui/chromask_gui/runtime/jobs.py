"""Every thread of the window: a plain function runs beside it, its result comes back to it.

A job is a function on a snapshot. Its result is posted to the main thread, and dropped when
the job was cancelled meanwhile (the document has moved on). Nothing else starts threads.

Whatever fails, what waits behind a job goes on: `Job.is_over` is true before anything is called,
an error in ``done`` reaches ``failed``, and ``ended`` is called after either of them.
"""

from __future__ import annotations

import sys
import threading
from concurrent.futures import wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from chromask_gui.runtime.workers import Workers

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
        self.is_over = False
        """Whether it has ended: it was done, it failed, or it was cancelled and stopped."""
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next convenient place; its result is dropped."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._cancelled.is_set()


@dataclass(frozen=True, slots=True)
class _End:
    """What is called when a job has ended."""

    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    ended: Callable[[], None] = lambda: None

    def call(self, result: object, error: BaseException | None) -> None:
        """Give the result to ``done``, or the error to ``failed``; that of ``done`` as well."""
        if error is None:
            try:
                self.done(result)
            except Exception as raised:  # noqa: BLE001 - it is passed on
                error = raised
        if error is not None:
            self.failed(error)


class Jobs(QObject):
    """Runs jobs and posts their results to the thread that this object lives in.

    Signals
    -------
    started(Job), ended(Job)
        For whatever shows progress.
    """

    started = Signal(object)
    ended = Signal(object)
    _finished = Signal(object, object, object)

    def __init__(
        self, parent: QObject | None = None, workers: Workers | None = None
    ) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_S)
        self._workers = workers or Workers()
        self._running: dict[Job, Future[None]] = {}
        self._ahead: set[Job] = set()
        self._ends: dict[Job, _End] = {}
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
        """Run ``work(job)`` in the background, then ``done(result)`` or ``failed(error)`` here.

        Neither is called for a job that was cancelled. An error in ``done`` is given to
        ``failed``: a result that cannot be used is a failure of the job.
        """
        job = Job(text, can_cancel=can_cancel)
        self._ends[job] = _End(done, failed)
        self._running[job] = self._workers.runner.submit(self._run, job, work)
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
        ended: Callable[[], None] = lambda: None,
    ) -> Job:
        """Run a job of the lowest priority; no progress is shown.

        ``ended`` is called last and always, also after an error or a cancelled job: a queue
        starts its next job there. After `shut_down` nothing runs and nothing is called.
        """
        job = Job("", is_quiet=True)
        job.is_over = self._is_shut
        if not self._is_shut:
            self._ahead.add(job)
            self._ends[job] = _End(done, failed, ended)
            self._workers.quiet.submit(self._run, job, work)
        return job

    def _run(self, job: Job, work: Callable[[Job], Any]) -> None:
        result: object = None
        error: BaseException | None = None
        try:
            if not job.is_cancelled():
                result = work(job)
        except BaseException as raised:  # noqa: BLE001 - it is delivered, not swallowed
            error = raised
        self._finished.emit(job, result, error)

    @Slot(object, object, object)
    def _deliver(self, job: Job, result: object, error: BaseException | None) -> None:
        job.is_over = True
        end = self._ends.pop(job)
        if job.is_quiet:
            self._ahead.discard(job)
        else:
            self._running.pop(job, None)
            self.ended.emit(job)
        try:
            if not job.is_cancelled():
                end.call(result, error)
        finally:
            end.ended()

    def shut_down(self) -> None:
        """Drop what waits and wait for what runs; call it before the application ends."""
        self._is_shut = True
        for job in (*self._running, *self._ahead):
            job.cancel()
        self._workers.shut_down()
