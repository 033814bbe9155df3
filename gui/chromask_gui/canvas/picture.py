"""The picture of the canvas: its layers, drawn once and kept as the screen shows them.

What moves over it (the cursor of a tool, handles) uncovers much and changes nothing of it:
then what is kept is shown again. Only where a layer says that it looks different are the
layers drawn anew, one over the other.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

if TYPE_CHECKING:
    import numpy.typing as npt
    from PySide6.QtWidgets import QGraphicsView, QWidget

    from chromask_gui.canvas.navigation import ImageBox

AROUND_PX = 1
"""What is rounded may reach so far beyond a rectangle that changed."""


class Screen(NamedTuple):
    """How the image lies on the screen."""

    to_device: QTransform  # image coordinates to device pixels
    rect: QRect  # all of the canvas, in device pixels
    ratio: float  # device pixels per logical pixel

    @property
    def pixel(self) -> float:
        """The width of a logical pixel of the screen, in image pixels."""
        return self.ratio / self.to_device.m11()


class Part(NamedTuple):
    """The part of an image that is to be drawn, in the device's pixels."""

    scale: float  # image pixels per device pixel
    row0: float
    col0: float
    rect: QRect  # in device pixels
    ratio: float  # device pixels per logical pixel

    def within(self, rect: QRect) -> Part:
        """Give the part of it that lies in a rectangle of device pixels."""
        rect = self.rect.intersected(rect)
        return self._replace(
            row0=self.row0 + (rect.y() - self.rect.y()) * self.scale,
            col0=self.col0 + (rect.x() - self.rect.x()) * self.scale,
            rect=rect,
        )


def visible_part(screen: Screen, rows: int, cols: int) -> Part:
    """Find what of an image of (rows, cols) pixels is on the screen."""
    to_device = screen.to_device
    whole = to_device.mapRect(QRectF(0, 0, cols, rows))
    rect = _rounded(whole.intersected(QRectF(screen.rect)))
    scale = 1 / to_device.m11()
    return Part(
        scale,
        (rect.y() - to_device.dy()) * scale,
        (rect.x() - to_device.dx()) * scale,
        rect,
        screen.ratio,
    )


def _rounded(rect: QRectF) -> QRect:
    """Give the device pixels whose centres lie in a rectangle."""
    left, top = floor(rect.left() + 0.5), floor(rect.top() + 0.5)
    right, bottom = floor(rect.right() + 0.5), floor(rect.bottom() + 0.5)
    return QRect(left, top, right - left, bottom - top)


def grown(rect: QRect, by: int) -> QRect:
    """Give a rectangle that reaches further on all sides."""
    return rect.adjusted(-by, -by, by, by)


def draw_device_image(
    painter: QPainter, image: QImage, part: Part, cut: QRect | None = None
) -> None:
    """Draw an image, or a rectangle of it, whose pixels are device pixels at the part's place."""
    image.setDevicePixelRatio(part.ratio)
    place = QPointF(part.rect.x(), part.rect.y()) / part.ratio
    painter.save()
    painter.resetTransform()
    painter.drawImage(place, image, QRectF(cut or image.rect()))
    painter.restore()


def indexed_image(indices: npt.NDArray[Any], table: npt.NDArray[np.uint32]) -> QImage:
    """Make an image of (rows, cols) uint8 and a table of at most 256 colours 0xAARRGGBB.

    An index beyond the table is transparent. The image is not left indexed: Qt would turn
    its pixels into colours while it draws, which takes far longer and two threads.
    """
    rows, cols = indices.shape
    kind = QImage.Format.Format_Indexed8
    image = QImage(indices.data, cols, rows, indices.strides[0], kind)
    image.setColorTable(table.tolist())
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


class Layer:
    """Something that the picture is made of, over an image of (rows, cols) pixels.

    Attributes
    ----------
    z
        Layers with a larger number lie above.
    margin_px
        How far its lines reach beyond what they are drawn around, in logical pixels.
    """

    margin_px = 0.0

    def __init__(self, rows: int, cols: int, z: float = 0.0) -> None:
        self.rows, self.cols, self.z = rows, cols, z
        self.picture: Picture | None = None
        self.is_visible = True

    @property
    def bounds(self) -> QRectF:
        """Where it draws at most, in image coordinates."""
        return QRectF(0, 0, self.cols, self.rows)

    def set_visible(self, *, is_visible: bool) -> None:
        """Show or hide it."""
        if is_visible != self.is_visible and self.picture is not None:
            self.picture.update(self.bounds, self.margin_px)
        self.is_visible = is_visible

    def update(self, rect: QRectF | None = None) -> None:
        """Have a rectangle (image coordinates) drawn anew, or all of it."""
        if self.picture is not None and self.is_visible:
            changed = self.bounds if rect is None else rect
            self.picture.update(changed, self.margin_px)

    def covers(self, screen: Screen, rect: QRect) -> bool:
        """Whether nothing below is seen in a rectangle of device pixels."""
        del screen, rect
        return False

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        """Draw what lies in a rectangle of device pixels; the painter cuts off the rest.

        Parameters
        ----------
        painter
            In image coordinates; nothing of its state needs to be put back.
        """
        raise NotImplementedError


class Picture(QObject):
    """Keeps the layers as they look on the screen, and shows them.

    Parameters
    ----------
    view
        Shows the picture as the background of its scene.
    box
        Says where the image lies.
    """

    def __init__(self, view: QGraphicsView, box: ImageBox) -> None:
        super().__init__(view)
        self._view, self._box = view, box
        self._layers: list[Layer] = []
        self._kept = QImage()
        self._old = QRect()
        self._ground = QColor()
        box.moved.connect(self.update_all)

    @property
    def viewport(self) -> QWidget:
        """What shows it."""
        return self._view.viewport()

    def add(self, layer: Layer) -> None:
        """Show a layer, above those with the same z."""
        self._layers.append(layer)
        self._layers.sort(key=lambda each: each.z)
        layer.picture = self
        layer.update()

    def remove(self, layer: Layer) -> None:
        """Show it no longer."""
        layer.update()
        layer.picture = None
        self._layers.remove(layer)

    def update(self, rect: QRectF, margin_px: float = 0) -> None:
        """Have a rectangle (image coordinates) drawn anew, and so many logical pixels around."""
        screen = self._screen()
        more = int(np.ceil(margin_px * screen.ratio)) + AROUND_PX
        old = grown(screen.to_device.mapRect(rect).toAlignedRect(), more)
        old = old.intersected(screen.rect)
        self._old = self._old.united(old)
        self._view.scene().update(_logical(old, screen.ratio))

    def update_all(self) -> None:
        """Have all of it drawn anew."""
        self._old = self._screen().rect
        self._view.scene().update()

    def draw(self, painter: QPainter, rect: QRectF | QRect, ground: QColor) -> None:
        """Show a rectangle of the picture, in logical pixels of the view.

        Parameters
        ----------
        ground
            What lies around the image.
        """
        screen = self._screen()
        if self._kept.size() != screen.rect.size() or self._ground != ground:
            kind = QImage.Format.Format_RGB32
            self._kept = QImage(screen.rect.size(), kind)
            self._old, self._ground = screen.rect, ground
        self._kept.setDevicePixelRatio(screen.ratio)
        if not self._old.isEmpty():
            old, self._old = self._old, QRect()
            self._draw_layers(screen, old)
        shown = QRectF(rect).intersected(_logical(screen.rect, screen.ratio))
        cut = QRectF(shown.topLeft() * screen.ratio, shown.size() * screen.ratio)
        painter.drawImage(shown, self._kept, cut)

    def _draw_layers(self, screen: Screen, rect: QRect) -> None:
        painter = QPainter(self._kept)
        try:
            place = _logical(rect, screen.ratio)
            painter.setClipRect(place)
            shown = [layer for layer in self._layers if layer.is_visible]
            if not any(layer.covers(screen, rect) for layer in shown):
                painter.fillRect(place, self._ground)
            for layer in shown:
                painter.save()
                painter.setTransform(self._box.sceneTransform())
                try:
                    layer.draw(painter, screen, rect)
                finally:
                    painter.restore()
        finally:
            painter.end()

    def _screen(self) -> Screen:
        viewport = self.viewport
        ratio = viewport.devicePixelRatioF()
        size = viewport.size() * ratio
        to_device = self._box.sceneTransform() * QTransform.fromScale(ratio, ratio)
        rect = QRect(0, 0, size.width(), size.height())
        return Screen(to_device, rect, ratio)


def _logical(rect: QRect, ratio: float) -> QRectF:
    """Turn device pixels into logical ones."""
    return QRectF(
        rect.x() / ratio,
        rect.y() / ratio,
        rect.width() / ratio,
        rect.height() / ratio,
    )
