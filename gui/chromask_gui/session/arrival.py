"""The frame that was asked for and is on its way: it comes once the shown one may go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask.document.document import Document
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Session

    State = tuple[Document | None, int]
    Settle = Callable[[Callable[[], None], Callable[[], bool]], None]


class Arrival(QObject):
    """One opening at a time. Edits that were made since it was asked for are not lost to it.

    Attributes
    ----------
    settle
        Calls what loses the document, once its edits are saved or given up; it can ask
        whether they were given up already, when the frame was asked for.

    Signals
    -------
    cancelled()
        The user stopped the opening in the bar of jobs.
    """

    cancelled = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.settle: Settle = lambda then, _is_agreed: then()
        self._job: Job | None = None
        self._left: State = (None, 0)
        self._waiting: Callable[[], None] | None = None
        session.jobs.ended.connect(self._on_jobs_ended)

    @property
    def is_on_its_way(self) -> bool:
        """Whether a frame is being opened."""
        return self._job is not None

    def is_left(self) -> bool:
        """Whether the shown frame is being left: its edits as they are were given up."""
        return self.is_on_its_way and state_of(self._session) == self._left

    def start(
        self,
        text: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Open something in a job instead of what was on its way."""
        self.cancel()
        self._left = state_of(self._session)

        def ended(then: Callable[[Any], None], result: object) -> None:
            self._job = None
            then(result)

        self._job = self._session.jobs.start(
            text,
            work,
            lambda result: ended(done, result),
            lambda error: ended(failed, error),
        )

    def let_in(self, then: Callable[[], None]) -> None:
        """Show what has arrived, unless something else is asked for before that can be."""
        left, self._waiting = self._left, then

        def go() -> None:
            if self._waiting is then:
                self._waiting = None
                then()

        self.settle(go, lambda: state_of(self._session) == left)

    def cancel(self) -> None:
        """Forget what is on its way, or has arrived and waits."""
        self._waiting = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_jobs_ended(self, job: Job) -> None:
        if job is self._job and job.is_cancelled():
            self._job = None
            self.cancelled.emit()


def state_of(session: Session) -> State:
    """Give the document and its revision: any edit gives another state."""
    document = session.document
    return document, document.revision if document is not None else 0
