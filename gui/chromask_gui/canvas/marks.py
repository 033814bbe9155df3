"""Draws a tool's marks: lines, handles and its cursor, in screen pixels over everything."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem

from chromask_gui.canvas.navigation import screen_pixel
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

HANDLE_PX = 4.0


CIRCLE_POINTS = 64


def _polygon(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


_SQUARE = _polygon((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
_TURNS = [2 * pi * step / CIRCLE_POINTS for step in range(CIRCLE_POINTS + 1)]
_CIRCLE = _polygon(*((cos(turn), sin(turn)) for turn in _TURNS))


class MarksItem(QGraphicsItem):
    """The marks of the current tool."""

    def __init__(self) -> None:
        super().__init__()
        self._marks = Marks()
        self._bounds = QRectF()

    def show_marks(self, marks: Marks) -> None:
        """Draw these marks instead of the last ones."""
        if marks == self._marks:
            return
        self.prepareGeometryChange()
        self._marks = marks
        points = list(marks.handles)
        for line in marks.lines:
            points += line
        self._bounds = QPolygonF([QPointF(x, y) for x, y in points]).boundingRect()
        if marks.cursor is not None:
            x, y, half, _ = marks.cursor
            cursor = QRectF(x - half, y - half, 2 * half, 2 * half)
            self._bounds = self._bounds.united(cursor)
        self.update()

    def boundingRect(self) -> QRectF:
        # The pens are as thick on the screen at every zoom.
        pixel = screen_pixel(self)
        margin = (HANDLE_PX + 3) * pixel
        return self._bounds.adjusted(-margin, -margin, margin, margin)

    def _draw_cursor(self, painter: QPainter, to_screen: QTransform) -> None:
        """Draw it thin and hard: a smooth line costs more than all the rest of a stroke."""
        if self._marks.cursor is None:
            return
        x, y, half, is_square = self._marks.cursor
        place = QTransform(half, 0, 0, half, x, y) * to_screen
        shape = place.map(_SQUARE if is_square else _CIRCLE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for color, off in ((QColor(0, 0, 0), 1.0), (QColor(255, 255, 255), 0.0)):
            painter.setPen(QPen(color, 0))
            painter.drawPolyline(shape.translated(off, off))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        to_screen = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shapes = [
            to_screen.map(QPolygonF([QPointF(x, y) for x, y in line]))
            for line in self._marks.lines
            if len(line) > 1
        ]
        self._draw_cursor(painter, to_screen)
        # A white line in a dark halo is seen on every colour.
        for color, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255), 1.2)):
            pen = QPen(color, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            for shape in shapes:
                painter.drawPolyline(shape)
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1.0))
        painter.setBrush(QColor(255, 255, 255))
        for x, y in self._marks.handles:
            painter.drawEllipse(to_screen.map(QPointF(x, y)), HANDLE_PX, HANDLE_PX)
        painter.restore()
