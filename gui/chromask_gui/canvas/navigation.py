"""Zoom and pan: where the view stands over the image, and how the mouse moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QGraphicsView, QStyleOptionGraphicsItem, QWidget

MAX_ZOOM = 64.0
"""6 400 %: a pixel of the image is 64 pixels of the screen wide."""

MIN_SHARE = 0.02
"""The image never gets smaller than this share of the fitted size."""

FIT_MARGIN = 0.97
WHEEL_STEP = 1.25
"""The zoom of one notch of the wheel (120 eighths of a degree)."""


class ImageBox(QGraphicsObject):
    """The item that holds all others of the scene, in image coordinates.

    The scene's coordinates are logical pixels of the viewport: this item's transform alone
    zooms and moves the image, exact to fractions of a pixel.

    Signals
    -------
    moved()
        Another part of the image is seen, or the same at another zoom.
    """

    moved = Signal()

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__()
        self.setFlag(self.GraphicsItemFlag.ItemHasNoContents)
        self._view = view
        self._size = (1, 1)
        self._wide, self._high = 1, 1

    def boundingRect(self) -> QRectF:
        return QRectF()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw nothing: only what it holds is seen."""

    def add(self, item: QGraphicsItem) -> None:
        """Show an item over the image."""
        item.setParentItem(self)

    def remove(self, item: QGraphicsItem) -> None:
        """Show it no longer."""
        self.scene().removeItem(item)

    def set_view_size(self, wide: int, high: int) -> None:
        """Say how large the viewport is, in logical pixels."""
        self._wide, self._high = max(wide, 1), max(high, 1)

    def set_image_size(self, rows: int, cols: int) -> None:
        """Say how large the image is: the zoom is bounded by it."""
        self._size = (max(rows, 1), max(cols, 1))

    @property
    def zoom(self) -> float:
        """Device pixels per image pixel: 1.0 is 1:1 on every screen."""
        return self._scale * self._ratio()

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole image is seen."""
        rows, cols = self._size
        return self._ratio() * FIT_MARGIN * min(self._wide / cols, self._high / rows)

    def seen_rect(self) -> QRectF:
        """Give what the viewport shows, in image coordinates; it may reach beyond the image."""
        return self.mapRectFromScene(QRectF(0, 0, self._wide, self._high))

    def fit(self) -> None:
        """Show the whole image; a small one is not blown up beyond eight times."""
        rows, cols = self._size
        self.look_at(QPointF(cols / 2, rows / 2), min(self.fit_zoom, 8.0))

    def look_at(self, center: QPointF, zoom: float) -> None:
        """Put an image point (x, y) into the middle at a zoom in device pixels a pixel."""
        scale = self._bounded(zoom) / self._ratio()
        dx = self._wide / 2 - center.x() * scale
        dy = self._high / 2 - center.y() * scale
        transform = QTransform(scale, 0, 0, scale, dx, dy)
        if transform != self.transform():
            self.setTransform(transform)
            self.moved.emit()

    def show_rect(self, rect: QRectF) -> None:
        """Zoom to a rectangle of the image, with its surroundings."""
        zoom = 0.6 * min(
            self._wide / max(rect.width(), 1), self._high / max(rect.height(), 1)
        )
        self.look_at(rect.center(), min(zoom * self._ratio(), 32.0))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom so that the image point `at` (x, y) stays where it is on the screen."""
        seen = self.seen_rect()
        at = at or seen.center()
        before = self.zoom
        after = self._bounded(before * factor)
        moved = at + (seen.center() - at) * (before / after)
        self.look_at(moved, after)

    def pan_by(self, delta: QPointF) -> None:
        """Move the image by logical screen pixels; some of it always stays in sight."""
        center = self.seen_rect().center() - delta / self._scale
        rows, cols = self._size
        center.setX(min(max(center.x(), 0), cols))
        center.setY(min(max(center.y(), 0), rows))
        self.look_at(center, self.zoom)

    def _bounded(self, zoom: float) -> float:
        least = min(self.fit_zoom * MIN_SHARE * 10, 1.0)
        return min(max(zoom, least), MAX_ZOOM)

    @property
    def _scale(self) -> float:
        """Logical pixels of the screen per image pixel."""
        return self.transform().m11()

    def _ratio(self) -> float:
        return self._view.devicePixelRatioF()


def screen_pixel(item: QGraphicsItem) -> float:
    """Give the width of a logical pixel of the screen in an item's coordinates."""
    return 1 / max(item.sceneTransform().m11(), 1e-6)


class PanGesture:
    """Dragging the image: with the middle button, with Space held, or with the left one."""

    THRESHOLD_PX = 4
    """A press that moves less is a click."""

    def __init__(self, box: ImageBox) -> None:
        self._box = box
        self._last: QPointF | None = None
        self._start = QPointF()
        self.button = Qt.MouseButton.NoButton
        self.is_dragging = False

    @property
    def is_active(self) -> bool:
        """Whether a button is held for it."""
        return self._last is not None

    def press(self, position: QPointF, button: Qt.MouseButton) -> None:
        """Begin at a position in the viewport."""
        self._last = self._start = position
        self.button = button
        self.is_dragging = button == Qt.MouseButton.MiddleButton

    def move(self, position: QPointF) -> bool:
        """Follow the pointer; returns whether the image moved."""
        if self._last is None:
            return False
        way = (position - self._start).manhattanLength()
        self.is_dragging = self.is_dragging or way >= self.THRESHOLD_PX
        if self.is_dragging:
            self._box.pan_by(position - self._last)
            self._last = position
        return self.is_dragging

    def release(self) -> bool:
        """End; returns whether it was a click."""
        was_click = self._last is not None and not self.is_dragging
        self._last, self.is_dragging = None, False
        return was_click
