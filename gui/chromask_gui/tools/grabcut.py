"""Cut out: a rough box around an object, and its pixels are found (GrabCut)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.pixels.image_regions import cut_out
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.region_tool import RegionTool
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    from chromask.document.constraints import Mode
    from chromask.pixels.raster import Patch
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Session
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

    @property
    def is_busy(self) -> bool:
        return self._start is not None or self.beside.is_busy

    def press(self, pointer: Pointer) -> None:
        self.cancel()
        if self.source() is not None:
            self._start = pointer

    def drag(self, pointer: Pointer) -> None:
        if self._start is not None:
            (x0, y0), (x1, y1) = self._start.xy, pointer.xy
            self.marks = Marks((((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)),))

    def release(self, pointer: Pointer) -> None:
        start, self._start = self._start, None
        image = self.source()
        if start is None or image is None:
            return
        (row0, col0), (row1, col1) = start.pixel, pointer.pixel
        rows, cols = image.pixels.shape[:2]
        box = (
            max(min(row0, row1), 0),
            max(min(col0, col1), 0),
            min(max(row0, row1) + 1, rows),
            min(max(col0, col1) + 1, cols),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            self.marks = Marks()
            return
        mode = self.mode_of(start)
        if self.begin_early(tr("Cut out {}")) is None:
            self.marks = Marks()
            return

        def work(job: Job) -> Patch:
            return cut_out(self.pixels_of(image), box, job.is_cancelled)

        self.beside.start(tr("Cutting out"), work, lambda patch: self._end(patch, mode))

    def cancel(self) -> bool:
        had = self.is_busy
        self.beside.drop()
        self._start = None
        self.marks = Marks()
        return super().cancel() or had

    def _end(self, patch: Patch, mode: Mode) -> None:
        self.marks = Marks()
        if self.painter is None:
            text = tr("Another edit went on: nothing was cut out")
            self.session.notified.emit(text)
        elif patch.where.any():
            self.paint_found(patch, mode)
        else:
            self.cancel()
            self.session.notified.emit(tr("Nothing stands out in this box"))
