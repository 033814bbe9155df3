"""Refining with a preview: computed beside the window, shown on the canvas, then kept or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chromask.document.constraints import allowed_pieces
from chromask.document.painting import prepare_mask
from chromask.errors import ChromaskError
from chromask.pixels.refine import OPERATIONS, roi_target, whole_target
from chromask.pixels.tiles import repainted
from chromask_gui.tools.outside import may_begin
from chromask_gui.tools.paint_tool import constraints_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from chromask.document.change import Change
    from chromask.pixels.plane import Plane
    from chromask.pixels.refine import Target
    from chromask.pixels.tiles import Repaint
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Gesture, Session

WAIT_MS = 60
"""Amounts that are still being turned do not each start a job."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants refined.

    Attributes
    ----------
    operation
        The id of one of `OPERATIONS`.
    amount
        See there.
    key
        The mask.
    roi
        The ROI, by index; None: the whole mask.
    label
        The name of the undo step.
    """

    operation: str
    amount: int
    key: str
    roi: int | None
    label: str


class Preview(QObject):
    """Shows on the canvas what a wish would do, as a gesture that is kept or given up.

    The job works on the plane without the preview, and gives all its new pixels: they are
    swapped in as a whole, and the last preview stays on the screen until the next is there.

    Signals
    -------
    updated()
        ``state`` or ``pixels`` is another.
    outdated()
        Somebody else's edit is finished: what is wished is to be asked for anew.
    """

    updated = Signal()
    outdated = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.state = "off"
        """``off``, ``working``, ``shown``, or ``stopped``: another edit came between."""
        self.pixels = 0
        self._wish: Wish | None = None
        self._base: tuple[str, Plane, npt.NDArray[np.int32]] | None = None
        self._gesture: Gesture | None = None
        self._job: Job | None = None
        self._is_own = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        session.changed.connect(self._on_session_changed)
        session.jobs.ended.connect(self._on_jobs_ended)

    def show(self, wish: Wish) -> None:
        """Show a wish instead of the last one, as soon as it is computed."""
        if not may_begin(self._session, wish.key):
            return
        self._wish = wish
        self._drop_job()
        self._set("working")
        self._timer.start()

    def apply(self) -> int:
        """Keep what is shown as one step; gives how many pixels it changed."""
        kept = self.pixels
        if self._gesture is not None and self._gesture.is_open and kept:
            self._tell(self._gesture.commit)
            self._gesture = None
        self.stop()
        return kept

    def stop(self) -> None:
        """Give up what is shown."""
        self._drop_job()
        self._drop_gesture()
        self._wish = self._base = None
        self._set("off")

    # -- inside

    def _set(self, state: str, pixels: int = 0) -> None:
        self.state, self.pixels = state, pixels
        self.updated.emit()

    def _on_timer_timeout(self) -> None:
        try:
            self._start()
        except Exception as error:  # noqa: BLE001 - no job will come that ends the waiting
            self._fail(error)

    def _start(self) -> None:
        wish, session = self._wish, self._session
        if wish is None or session.document is None:
            return
        if session.has_gesture and not self._is_shown():
            self._set("stopped")
            return
        if self._base is None or self._base[0] != wish.key:
            self._drop_gesture()
            # Its pixels stay as they are while the job reads them: the preview has others,
            # and whatever else is painted is told, and drops the job.
            plane = replace(session.document.planes[wish.key])
            self._base = (wish.key, plane, session.census.owners[wish.key])
        _, plane, owners = self._base
        target = self._target(wish, owners)
        operation = OPERATIONS[wish.operation]

        census, constraints = session.census, constraints_of(session)

        def work(job: Job) -> Repaint | None:
            pieces = operation.run(plane, target, wish.amount, job.is_cancelled)
            pieces = allowed_pieces(wish.key, plane, census, constraints, pieces)
            return repainted(plane, pieces) if pieces else None

        self._job = session.jobs.start(wish.label, work, self._show, self._fail)

    def _target(self, wish: Wish, owners: npt.NDArray[np.int32]) -> Target:
        if wish.roi is None:
            return whole_target(owners)
        return roi_target(owners, self._session.census.rois[wish.roi].indices[wish.key])

    def _show(self, repaint: Repaint | None) -> None:
        wish, session, base = self._wish, self._session, self._base
        self._job = None
        document = session.document
        if wish is None or base is None or document is None:
            return
        if session.has_gesture and not self._is_shown():
            self._set("stopped")
            return
        self._drop_gesture()
        if repaint is not None:
            # An error in it comes back to `_fail`, as every error of a job.
            self._tell(lambda: self._put(wish, repaint))
        self._set("shown", repaint.changed if repaint is not None else 0)

    def _put(self, wish: Wish, repaint: Repaint) -> None:
        session = self._session
        self._gesture = gesture = session.begin(wish.label, is_preview=True)
        assert session.document is not None
        prepare_mask(gesture.edit, session.document, session.census, wish.key)
        gesture.show(gesture.edit.repaint(wish.key, repaint))

    def _fail(self, error: BaseException) -> None:
        self._job = None
        self._drop_gesture()
        self._set("stopped")
        if not isinstance(error, ChromaskError):
            raise error
        self._session.failed.emit(error.problem)

    def _is_shown(self) -> bool:
        return self._gesture is not None and self._gesture.is_open

    def _drop_job(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _drop_gesture(self) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None and gesture.is_open:
            self._tell(gesture.cancel)

    def _tell(self, work: object) -> None:
        """Do what the session tells of, without taking it for somebody else's edit."""
        self._is_own = True
        try:
            work()  # pyright: ignore[reportCallIssue]
        finally:
            self._is_own = False

    def _on_jobs_ended(self, job: Job) -> None:
        """Say it where the user cancelled the job in the bar of jobs."""
        if job is self._job and job.is_cancelled():
            self._job = None
            self._set("stopped")

    def _on_session_changed(self, change: Change) -> None:
        """Follow what others edit: what was computed holds no longer."""
        if self._is_own or self._wish is None:
            return
        self._drop_job()
        self._base = self._gesture = None
        self._set("stopped")
        if change.phase in ("commit", "undo", "redo"):
            self.outdated.emit()
