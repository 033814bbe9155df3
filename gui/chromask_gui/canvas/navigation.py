"""Zoom and pan: where the view stands over the image, and how the mouse moves it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject

from chromask.drawing.sampling import Axis

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QGraphicsView, QStyleOptionGraphicsItem, QWidget

MAX_ZOOM = 64.0
"""6 400 %: a pixel of the image is 64 pixels of the screen wide."""

MIN_SHARE = 0.02
"""The image never gets smaller than this share of the fitted size."""

PARTS = 2**24
"""Of a device pixel: what is smaller is what was rounded."""

FIT_MARGIN = 0.97
NEAR_WHOLE = 1e-9
"""A zoom that is off by no more than this share of a whole number is that number."""

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
        self._zoom = 1.0
        self._is_fitted = True
        self._center = QPointF()
        self._axes = Axis(Fraction(1)), Axis(Fraction(1))

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
        return self._zoom

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """Where the image's pixels are on the screen, down and across, exactly."""
        return self._axes

    @property
    def center(self) -> QPointF:
        """The image point (x, y) that was asked to be in the middle.

        What is in the middle may be half a device pixel away: who moves on from there would
        slowly drift.
        """
        return QPointF(self._center)

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
        self._is_fitted = True

    def stay(self) -> None:
        """Show the same in a view of another size, or on another screen."""
        if self._is_fitted:
            self.fit()
        else:
            self.look_at(self.center, self.zoom)

    def look_at(self, center: QPointF, zoom: float) -> None:
        """Put an image point (x, y) into the middle at a zoom in device pixels a pixel."""
        self._is_fitted = False
        zoom, ratio = self._bounded(zoom), self._ratio()
        across = _offset(self._wide, ratio, center.x(), zoom)
        down = _offset(self._high, ratio, center.y(), zoom)
        self._center, self._zoom = QPointF(center), zoom
        axes = Axis(Fraction(zoom), down), Axis(Fraction(zoom), across)
        scale, dx, dy = zoom / ratio, float(across) / ratio, float(down) / ratio
        transform = QTransform(scale, 0, 0, scale, dx, dy)
        if transform != self.transform() or self._axes != axes:
            self._axes = axes
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
        before = self.zoom
        after = self._bounded(before * factor)
        if at is None:
            self.look_at(self.center, after)
            return
        seen = self.seen_rect().center()
        self.look_at(at + (seen - at) * (before / after), after)

    def pan_by(self, delta: QPointF) -> None:
        """Move the image by logical screen pixels; some of it always stays in sight."""
        center = self.center - delta / self._scale
        rows, cols = self._size
        center.setX(min(max(center.x(), 0), cols))
        center.setY(min(max(center.y(), 0), rows))
        self.look_at(center, self.zoom)

    def _bounded(self, zoom: float) -> float:
        least = min(self.fit_zoom * MIN_SHARE * 10, 1.0)
        zoom = float(min(max(zoom, least), MAX_ZOOM))
        # Steps there and back again end where they began.
        whole = float(round(zoom))
        return whole if abs(zoom - whole) < NEAR_WHOLE * whole else zoom

    @property
    def _scale(self) -> float:
        """Logical pixels of the screen per image pixel."""
        return self.transform().m11()

    def _ratio(self) -> float:
        return self._view.devicePixelRatioF()


def _offset(span: int, ratio: float, center: float, zoom: float) -> Fraction:
    """Find where the image begins, in device pixels of a view with so many logical ones.

    At a whole zoom its pixels are squares of whole device pixels. There it begins where it is
    seen to begin: nothing else is seen, and lines and the pointer meet the borders.
    """
    offset = span * Fraction(ratio) / 2 - Fraction(center) * Fraction(zoom)
    if not zoom.is_integer():
        return offset
    # A half has to be one, whatever floats added to it on the way here.
    return Fraction(ceil(Fraction(round(offset * PARTS), PARTS) - Fraction(1, 2)))


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
