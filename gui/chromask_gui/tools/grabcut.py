"""Cut out: a rough box around an object, and its pixels are found (GrabCut)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.errors import ChromaskError
from chromask.regions import cut_out
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.region_tool import RegionTool
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    from chromask.raster import Patch
    from chromask_gui.jobs import Job
    from chromask_gui.session import Session
    from chromask_gui.tools.tool import Pointer


class GrabCutTool(RegionTool):
    """Drag a box; the object in it is found beside the window, then painted."""

    id = "grabcut"
    options = ("mode", "over")
    hint = QT_TRANSLATE_NOOP(
        "tools", "Drag a rough box around an object; leave some room around it."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._start: Pointer | None = None
        self._job: Job | None = None
        session.document_opened.connect(self.cancel)
        session.jobs.ended.connect(self._on_jobs_ended)

    @property
    def is_busy(self) -> bool:
        return self._start is not None or self._job is not None

    def press(self, pointer: Pointer) -> None:
        self.cancel()
        if self.image() is not None:
            self._start = pointer

    def drag(self, pointer: Pointer) -> None:
        if self._start is not None:
            (x0, y0), (x1, y1) = self._start.xy, pointer.xy
            self.marks = Marks((((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)),))

    def release(self, pointer: Pointer) -> None:
        start, self._start = self._start, None
        image, document = self.image(), self.session.document
        if start is None or image is None or document is None:
            return
        (row0, col0), (row1, col1) = start.pixel, pointer.pixel
        rows, cols = image.shape[:2]
        box = (
            max(min(row0, row1), 0),
            max(min(col0, col1), 0),
            min(max(row0, row1) + 1, rows),
            min(max(col0, col1) + 1, cols),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            self.marks = Marks()
            return
        mode, selected = self.mode_of(start), self.session.view.selected
        source = self.session.view.source

        def work(job: Job) -> Patch:
            return cut_out(image, box, job.is_cancelled)

        def done(patch: Patch) -> None:
            self._job = None
            self._forget()
            view = self.session.view
            if (view.selected, view.source) != (selected, source):
                return
            if self.session.has_gesture:
                text = tr("Another edit went on: nothing was cut out")
                self.session.notified.emit(text)
                return
            if not patch.where.any():
                self.session.notified.emit(tr("Nothing stands out in this box"))
                return
            self.paint_region(tr("Cut out {}"), patch, mode)

        def failed(error: BaseException) -> None:
            self._job = None
            self._forget()
            if not isinstance(error, ChromaskError):
                raise error
            self.say(error)

        self._job = self.session.jobs.start(tr("Cutting out"), work, done, failed)

    def cancel(self) -> bool:
        had = self.is_busy
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._start = None
        self._forget()
        return super().cancel() or had

    def _on_jobs_ended(self, job: Job) -> None:
        if job is self._job and job.is_cancelled():
            self._job = None
            self._forget()

    def _forget(self) -> None:
        self.marks = Marks()
