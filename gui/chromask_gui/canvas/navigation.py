"""Zoom and pan: where the view stands over the image, and how the mouse moves it."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt

MAX_ZOOM = 64.0
"""6 400 %: a pixel of the image is 64 pixels of the screen wide."""

MIN_SHARE = 0.02
"""The image never gets smaller than this share of the fitted size."""

FIT_MARGIN = 0.97
WHEEL_STEP = 1.25
"""The zoom of one notch of the wheel (120 eighths of a degree)."""


class ImageBox(pg.ViewBox):
    """A view box over an image of some size; one image pixel is as wide as it is high."""

    def __init__(self) -> None:
        super().__init__(lockAspect=True, invertY=True, enableMenu=False, border=None)
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.setDefaultPadding(0)
        self._size = (1, 1)

    def set_image_size(self, rows: int, cols: int) -> None:
        """Say how large the image is: the zoom is bounded by it."""
        self._size = (max(rows, 1), max(cols, 1))

    @property
    def zoom(self) -> float:
        """Device pixels per image pixel: 1.0 is 1:1 on every screen."""
        return self._logical_zoom() * self._ratio()

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole image is seen."""
        rows, cols = self._size
        return (
            self._ratio() * FIT_MARGIN * min(self.width() / cols, self.height() / rows)
        )

    def fit(self) -> None:
        """Show the whole image; a small one is not blown up beyond eight times."""
        rows, cols = self._size
        self.look_at(QPointF(cols / 2, rows / 2), min(self.fit_zoom, 8.0))

    def look_at(self, center: QPointF, zoom: float) -> None:
        """Put an image point (x, y) into the middle at a zoom in device pixels a pixel."""
        scale = self._bounded(zoom) / self._ratio()
        width, height = self.width() / scale, self.height() / scale
        rect = QRectF(center.x() - width / 2, center.y() - height / 2, width, height)
        self.setRange(rect=rect, padding=0, disableAutoRange=True)

    def show_rect(self, rect: QRectF) -> None:
        """Zoom to a rectangle of the image, with its surroundings."""
        zoom = 0.6 * min(
            self.width() / max(rect.width(), 1), self.height() / max(rect.height(), 1)
        )
        self.look_at(rect.center(), min(zoom * self._ratio(), 32.0))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom so that the image point `at` (x, y) stays where it is on the screen."""
        seen = self.viewRect()
        at = at or seen.center()
        before = self.zoom
        after = self._bounded(before * factor)
        moved = at + (seen.center() - at) * (before / after)
        self.look_at(moved, after)

    def pan_by(self, delta: QPointF) -> None:
        """Move the image by logical screen pixels; some of it always stays in sight."""
        scale = self._logical_zoom()
        center = self.viewRect().center() - delta / scale
        rows, cols = self._size
        center.setX(min(max(center.x(), 0), cols))
        center.setY(min(max(center.y(), 0), rows))
        self.look_at(center, self.zoom)

    def _bounded(self, zoom: float) -> float:
        least = min(self.fit_zoom * MIN_SHARE * 10, 1.0)
        return min(max(zoom, least), MAX_ZOOM)

    def _logical_zoom(self) -> float:
        return self.width() / max(self.viewRect().width(), 1e-9)

    def _ratio(self) -> float:
        view = self.getViewWidget()
        return view.devicePixelRatioF() if view is not None else 1.0


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
