"""Brush and eraser: exact pixels along the pointer's way, in a disc or a square."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.errors import ChromaskError
from chromask.pixels import raster
from chromask_gui.session.view_state import MIN_SIZE
from chromask_gui.tools.paint_tool import PaintTool, tr
from chromask_gui.tools.picker import pick
from chromask_gui.tools.tool import Cursor, Marks

if TYPE_CHECKING:
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Point, Pointer


class BrushTool(PaintTool):
    """Paints the active ROI. Shift draws a straight line from the last point."""

    id = "brush"
    options = ("size", "tip", "over")
    hint = QT_TRANSLATE_NOOP(
        "tools", "Drag to paint. Shift: straight line. Ctrl or Alt: pick the ROI."
    )
    label = QT_TRANSLATE_NOOP("tools", "Paint {}")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._last: Point | None = None
        self._entry: int | None = None

    def press(self, pointer: Pointer) -> None:
        if pointer.ctrl or pointer.alt:
            pick(self.session, pointer)
            return
        painter = self.begin(tr(self.label))
        if painter is None:
            return
        try:
            self._entry = self.entry()
        except ChromaskError as error:
            self.cancel()
            self.say(error)
            return
        start = self._last if pointer.shift and self._last else pointer.xy
        self._draw(start, pointer)

    def drag(self, pointer: Pointer) -> None:
        if self.painter is not None and self._last is not None:
            self._draw(self._last, pointer)
        self._show_cursor(pointer)

    def release(self, pointer: Pointer) -> None:
        if self.painter is not None:
            self.drag(pointer)
        self.end()

    def hover(self, pointer: Pointer | None) -> None:
        super().hover(pointer)
        self._show_cursor(pointer)

    def entry(self) -> int | None:
        """Give the entry that is painted; None: the ROI's."""
        return None

    def _draw(self, start: Point, pointer: Pointer) -> None:
        painter, options = self.painter, self.session.view.options
        if painter is None:
            return
        rows, cols = painter.plane.rows, painter.plane.cols
        size = max(options.size * pointer.pressure, MIN_SIZE)
        patch = raster.stroke(
            start, pointer.xy, size, rows, cols, is_square=options.is_square
        )
        self._last = pointer.xy
        self.show(painter.paint(patch, self._entry))
        self._show_cursor(pointer)

    def _show_cursor(self, pointer: Pointer | None) -> None:
        if pointer is None:
            self.marks = Marks()
            return
        options = self.session.view.options
        half = options.size * pointer.pressure / 2
        self.marks = Marks(cursor=Cursor(*pointer.xy, half, options.is_square))


class EraserTool(BrushTool):
    """Paints the background: the value of zeros, which no ROI should claim."""

    id = "eraser"
    hint = QT_TRANSLATE_NOOP(
        "tools", "Drag to erase to the background. Shift: straight line."
    )
    label = QT_TRANSLATE_NOOP("tools", "Erase in the mask of {}")
    claims = False

    def entry(self) -> int | None:
        return self.painter.background() if self.painter is not None else None
