"""Polygon, box, ellipse and lasso: shapes that add to a ROI's pixels, take away, or clip.

A shape waits, with vertices that can be dragged, until Enter, a double-click, or the first
point of the next shape; then it is painted as one step. Until then nothing is edited.
"""

from __future__ import annotations

from functools import partial
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.pixels import raster
from chromask_gui.tools.paint_tool import PaintTool, tr
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask.document.constraints import Mode
    from chromask.pixels.raster import Patch
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Point, Pointer

REACH_PX = 8.0
"""How near to a vertex a press takes it, in pixels of the screen."""

LASSO_STEP_PX = 3.0
ELLIPSE_POINTS = 72


class ShapeTool(PaintTool):
    """What the shapes share: their vertices, dragging them, and what becomes of them."""

    options = ("mode", "over")
    label = ""
    least = 2
    """How many vertices a shape needs to be painted."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.points: list[Point] = []
        self._held: int | None = None
        self._mode: Mode = "add"

    @property
    def is_busy(self) -> bool:
        return bool(self.points) or super().is_busy

    @staticmethod
    def patch(points: Sequence[Point], rows: int, cols: int) -> Patch:
        """Give the pixels of a shape; a job may ask for them."""
        return raster.polygon(points, rows, cols)

    def outline(self) -> tuple[Point, ...]:
        """Give the shape's closed outline."""
        return (*self.points, *self.points[:1])

    def press(self, pointer: Pointer) -> None:
        self._held = self._near(pointer)
        if self._held is None:
            self._start(pointer)
        self._show_marks()

    def drag(self, pointer: Pointer) -> None:
        if self._held is not None and self._held < len(self.points):
            self.points[self._held] = pointer.xy
        self._show_marks()

    def release(self, pointer: Pointer) -> None:
        self._held = None
        if len(self.points) == 2 and self.points[0] == self.points[1]:
            self.points = []  # a click is no shape
        self._show_marks()

    def double_click(self, pointer: Pointer) -> None:
        self.finish()

    def finish(self) -> bool:
        was_busy = self.is_busy
        if len(self.points) >= self.least and not self._paint():
            return was_busy  # the shape waits until a ROI is chosen
        self.points, self._held = [], None
        self._show_marks()
        return was_busy

    def step_back(self) -> bool:
        if not self.points:
            return False
        self.points.pop()
        if len(self.points) < 2 and self.least == 2:
            self.points = []
        self._held = None
        self._show_marks()
        return True

    def cancel(self) -> bool:
        was_busy = self.is_busy
        self.points, self._held = [], None
        self._show_marks()
        return super().cancel() or was_busy

    def _start(self, pointer: Pointer) -> None:
        """Begin a new shape where there is no vertex; one that waits is painted first."""
        self.finish()
        self._choose_mode(pointer)
        self.points = [pointer.xy, pointer.xy]
        self._held = 1

    def _choose_mode(self, pointer: Pointer) -> None:
        self._mode = self.session.view.options.mode
        if pointer.shift and pointer.alt:
            self._mode = "clip"
        elif pointer.shift or pointer.alt:
            self._mode = "add" if pointer.shift else "subtract"

    def _near(self, pointer: Pointer) -> int | None:
        """Find the vertex under the pointer, the last one first."""
        for place in reversed(range(len(self.points))):
            x, y = self.points[place]
            if hypot(pointer.x - x, pointer.y - y) * pointer.zoom <= REACH_PX:
                return place
        return None

    def _paint(self) -> bool:
        """Paint the shape; False where there is nothing to paint with."""
        labels = {
            "add": tr("Add {} to {{}}"),
            "subtract": tr("Take {} from {{}}"),
            "clip": tr("Clip {{}} to {}"),
        }
        if self.must_wait():
            return False
        painter = self.begin(labels[self._mode].format(tr(self.label)))
        if painter is None:
            return False
        points, (rows, cols) = list(self.points), painter.plane.indices.shape
        self.end_region(
            tr("Painting the region"),
            partial(self.patch, points, rows, cols),
            self._mode,
            _pixels_around(points, rows, cols),
        )
        return True

    def _show_marks(self) -> None:
        outline = self.outline() if self.points else ()
        lines = (outline,) if len(outline) > 2 else ()
        self.marks = Marks(lines=lines, handles=tuple(self.points))


def _pixels_around(points: Sequence[Point], rows: int, cols: int) -> int:
    """Count the pixels of an image in the rectangle around points."""
    xs, ys = zip(*points, strict=True)
    wide = min(max(xs), cols) - max(min(xs), 0)
    high = min(max(ys), rows) - max(min(ys), 0)
    return int(max(wide, 0) * max(high, 0))


class PolygonTool(ShapeTool):
    """Each click adds a vertex; a click on the first one, a double-click or Enter paints."""

    id = "polygon"
    label = QT_TRANSLATE_NOOP("tools", "polygon")
    hint = QT_TRANSLATE_NOOP(
        "tools", "Click corners, drag to move them. Enter paints, Backspace takes back."
    )
    least = 3

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._tip: Point | None = None

    def outline(self) -> tuple[Point, ...]:
        """Give the outline as it would be with a corner at the pointer."""
        tip = () if self._tip is None or not self.points else (self._tip,)
        return (*self.points, *tip, *self.points[:1])

    def hover(self, pointer: Pointer | None) -> None:
        super().hover(pointer)
        # Over a corner a press takes that one: there comes no new one.
        is_new = pointer is not None and self._near(pointer) is None
        self._tip = pointer.xy if pointer is not None and is_new else None
        self._show_marks()

    def press(self, pointer: Pointer) -> None:
        self._tip = None
        near = self._near(pointer)
        if near == 0 and len(self.points) >= self.least:
            self.finish()
            return
        if near is None:
            if not self.points:
                self._choose_mode(pointer)
            self.points.append(pointer.xy)
            near = len(self.points) - 1
        self._held = near
        self._show_marks()

    def release(self, pointer: Pointer) -> None:
        self._held = None
        self._show_marks()


class BoxTool(ShapeTool):
    """A drag from corner to corner."""

    id = "box"
    label = QT_TRANSLATE_NOOP("tools", "box")
    hint = QT_TRANSLATE_NOOP(
        "tools", "Drag a box, then its corners. Enter paints, Esc gives up."
    )

    @staticmethod
    def patch(points: Sequence[Point], rows: int, cols: int) -> Patch:
        return raster.box(points[0], points[1], rows, cols)

    def outline(self) -> tuple[Point, ...]:
        (x0, y0), (x1, y1) = self.points
        return (x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)


class EllipseTool(BoxTool):
    """The ellipse that fills the box of a drag."""

    id = "ellipse"
    label = QT_TRANSLATE_NOOP("tools", "ellipse")
    hint = QT_TRANSLATE_NOOP(
        "tools", "Drag the box around an ellipse. Enter paints, Esc gives up."
    )

    @staticmethod
    def patch(points: Sequence[Point], rows: int, cols: int) -> Patch:
        return raster.ellipse(points[0], points[1], rows, cols)

    def outline(self) -> tuple[Point, ...]:
        (x0, y0), (x1, y1) = self.points
        turns = (2 * pi * step / ELLIPSE_POINTS for step in range(ELLIPSE_POINTS + 1))
        return tuple(
            (
                (x0 + x1) / 2 + (x1 - x0) / 2 * cos(turn),
                (y0 + y1) / 2 + (y1 - y0) / 2 * sin(turn),
            )
            for turn in turns
        )


class LassoTool(ShapeTool):
    """A shape drawn by hand; its points can still be moved before Enter."""

    id = "lasso"
    label = QT_TRANSLATE_NOOP("tools", "lasso")
    hint = QT_TRANSLATE_NOOP(
        "tools", "Draw around pixels, then drag points. Enter paints, Esc gives up."
    )
    least = 3

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._is_drawing = False

    def drag(self, pointer: Pointer) -> None:
        if not self._is_drawing:
            super().drag(pointer)
            return
        x, y = self.points[-1] if self.points else pointer.xy
        way = hypot(pointer.x - x, pointer.y - y) * pointer.zoom
        if self.points and way >= LASSO_STEP_PX:
            self.points.append(pointer.xy)
        self._show_marks()

    def release(self, pointer: Pointer) -> None:
        was_drawing, self._is_drawing = self._is_drawing, False
        self._held = None
        if was_drawing and len(self.points) < self.least:
            self.points = []
        self._show_marks()

    def cancel(self) -> bool:
        self._is_drawing = False
        return super().cancel()

    def _start(self, pointer: Pointer) -> None:
        self.finish()
        self._choose_mode(pointer)
        self.points = [pointer.xy]
        self._is_drawing = True
