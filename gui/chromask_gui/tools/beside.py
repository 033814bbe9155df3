"""Work of a tool that would hold the window: one job at a time, whose result may be dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from chromask.errors import ChromaskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Tool

    T = TypeVar("T")


class Beside:
    """Computes for a tool beside the window.

    What ends the job from outside (its button in the bar of jobs, another document, an error)
    cancels the tool, so that it never waits for what will not come.
    """

    def __init__(self, tool: Tool) -> None:
        self._tool = tool
        self._session: Session = tool.session
        self._job: Job | None = None
        self._session.document_opened.connect(tool.cancel)
        self._session.jobs.ended.connect(self._on_jobs_ended)

    @property
    def is_busy(self) -> bool:
        """Whether something is computed, or waits for it."""
        return self._job is not None

    def start(
        self, text: str, work: Callable[[Job], T], done: Callable[[T], object]
    ) -> None:
        """Compute ``work(job)`` instead of what went on, then call ``done(result)``."""
        self.drop()

        def finished(result: T) -> None:
            self._job = None
            done(result)
            self._tool.redraw()

        def failed(error: BaseException) -> None:
            self._stop()
            if not isinstance(error, ChromaskError):
                raise error
            self._tool.say(error)

        self._job = self._session.jobs.start(text, work, finished, failed)

    def run(
        self,
        text: str,
        work: Callable[[], T],
        done: Callable[[T], object],
        *,
        at_once: bool,
    ) -> None:
        """Run ``done(work())``, here where it takes no time that anybody feels."""
        if at_once:
            self.drop()
            done(work())
        else:
            self.start(text, lambda _job: work(), done)

    def drop(self) -> None:
        """Give up what goes on."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _stop(self) -> None:
        self._job = None
        self._tool.cancel()
        self._tool.redraw()

    def _on_jobs_ended(self, job: Job) -> None:
        if job is self._job and job.is_cancelled():
            self._stop()
