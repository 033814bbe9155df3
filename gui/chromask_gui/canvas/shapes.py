"""Draws polygons, boxes, ellipses and keypoints, with lines of constant breadth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from chromask_gui.canvas.picture import Layer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtCore import QRect

    from chromask.drawing.display import Rgb
    from chromask.drawing.shapes import Shape
    from chromask_gui.canvas.picture import Screen

LINE_PX, SELECTED_PX, HALO_PX = 2.0, 3.0, 2.0
DARK_BELOW = 90
"""A colour that is darker (0..255) has a white halo, others a black one."""

POINT_PX = 5.0
"""The radius of a keypoint."""


class ShapesLayer(Layer):
    """All shapes of the shown source; what is off the screen costs nothing."""

    margin_px = SELECTED_PX + HALO_PX + POINT_PX

    def __init__(self, z: float) -> None:
        super().__init__(0, 0, z)
        self._shapes: Sequence[Shape] = ()
        self._paths: dict[int, QPainterPath] = {}
        self._colors: Sequence[Rgb] = ()
        self._hidden: Collection[int] = ()
        self._selected: Collection[int] = ()
        self._strengths: Mapping[int, float] = {}
        self._rest = 1.0
        self._bounds = QRectF()

    def show_shapes(self, shapes: Sequence[Shape]) -> None:
        """Draw other shapes."""
        if shapes is self._shapes:
            return
        self.update()
        self._shapes, self._paths = shapes, {}
        self._bounds = QRectF()
        for shape in shapes:
            self._bounds = self._bounds.united(_rect(shape))
        self.update()

    def show_look(
        self,
        colors: Sequence[Rgb],
        hidden: Collection[int],
        selected: Collection[int],
        solo: int | None,
        dim: float,
    ) -> None:
        """Draw them in other colours, and others of them."""
        self._colors, self._hidden, self._selected = colors, hidden, selected
        self._strengths = {} if solo is None else {solo: 1.0}
        self._rest = 1.0 if solo is None else 1 - dim
        self.update()

    @property
    def bounds(self) -> QRectF:
        return self._bounds

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        pixel, margin = screen.pixel, self.margin_px * screen.pixel
        exposed = screen.to_device.inverted()[0].mapRect(QRectF(rect))
        exposed.adjust(-margin, -margin, margin, margin)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on_top = [shape for shape in self._shapes if shape.index in self._selected]
        below = [shape for shape in self._shapes if shape.index not in self._selected]
        for shape in (*below, *on_top):
            strength = self._strengths.get(shape.index, self._rest)
            is_drawn = shape.index not in self._hidden and strength > 0
            if is_drawn and exposed.intersects(_grown(_rect(shape), pixel)):
                painter.setOpacity(strength)
                self._draw(painter, shape, pixel)

    def _draw(self, painter: QPainter, shape: Shape, pixel: float) -> None:
        is_selected = shape.index in self._selected
        color = QColor(*self._colors[shape.index])
        width = SELECTED_PX if is_selected else LINE_PX
        is_dark = color.lightness() < DARK_BELOW
        halo = QColor(255, 255, 255, 220 if is_selected else 140)
        if not is_selected and not is_dark:
            halo = QColor(0, 0, 0, 140)
        path = self._paths.get(shape.index)
        if path is None:
            path = self._paths[shape.index] = _path(shape)
        fill = QColor(color)
        fill.setAlpha(50)
        painter.setBrush(QBrush(fill) if is_selected else Qt.BrushStyle.NoBrush)
        for ink, breadth in ((halo, width + HALO_PX), (color, width)):
            pen = QPen(ink, breadth)
            pen.setCosmetic(True)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(path)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(halo, HALO_PX)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(color)
        radius = (POINT_PX + (2 if is_selected else 0)) * pixel
        for x, y in shape.points.tolist():
            painter.drawEllipse(QPointF(x, y), radius, radius)


def _path(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for line in shape.lines:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))
        path.closeSubpath()
    return path


def _rect(shape: Shape) -> QRectF:
    left, top, right, bottom = shape.bounds
    return QRectF(left, top, right - left, bottom - top)


def _grown(rect: QRectF, by: float) -> QRectF:
    # A line along one axis has an empty rectangle, which intersects nothing.
    return rect.adjusted(-by, -by, by, by)
