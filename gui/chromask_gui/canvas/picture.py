"""The picture of the canvas: its layers, drawn once and kept as the screen shows them.

What moves over it (the cursor of a tool, handles) uncovers much and changes nothing of it:
then what is kept is shown again. Only where a layer says that it looks different are the
layers drawn anew, one over the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PySide6.QtWidgets import QGraphicsView, QWidget

    from chromask.drawing.sampling import Axis
    from chromask_gui.canvas.navigation import ImageBox

AROUND_PX = 1
"""What is rounded may reach so far beyond a rectangle that changed."""


@dataclass(frozen=True, eq=False)
class Screen:
    """How the image lies on the screen.

    Device pixels are counted from the upper left corner of the canvas. Everything that is
    drawn of the image's pixels takes its place from ``rows`` and ``cols``.

    Attributes
    ----------
    to_device
        Image coordinates to device pixels, for lines.
    rows, cols
        The image pixels that device pixels show, down and across.
    rect
        All of the canvas, in device pixels.
    ratio
        Device pixels per logical pixel.
    """

    to_device: QTransform
    rows: Axis
    cols: Axis
    rect: QRect
    ratio: float

    @property
    def pixel(self) -> float:
        """The width of a logical pixel of the screen, in image pixels."""
        return self.ratio / self.to_device.m11()

    def place(self, rows: int, cols: int) -> QRect:
        """Find the device pixels that show an image of (rows, cols) pixels."""
        top, bottom = self.rows.shown(rows, self.rect.height())
        left, right = self.cols.shown(cols, self.rect.width())
        return QRect(left, top, right - left, bottom - top)

    def numbers(self, rect: QRect) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Return the rows and the columns of the image that a rectangle of the canvas shows."""
        rows, cols = self._numbers
        x, y = rect.x(), rect.y()
        return rows[y : y + rect.height()], cols[x : x + rect.width()]

    @cached_property
    def _numbers(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Those of the whole canvas: once for each place of the image."""
        rect = self.rect
        return self.rows.indices(0, rect.height()), self.cols.indices(0, rect.width())


def grown(rect: QRect, by: int) -> QRect:
    """Give a rectangle that reaches further on all sides."""
    return rect.adjusted(-by, -by, by, by)


def use_device_pixels(painter: QPainter, ratio: float) -> None:
    """Let a painter of the kept picture count in its device pixels, exactly."""
    painter.resetTransform()
    painter.scale(1 / ratio, 1 / ratio)


def draw_device_image(
    painter: QPainter,
    image: QImage,
    screen: Screen,
    rect: QRect,
    cut: QRect | None = None,
) -> None:
    """Draw an image, or a rectangle of it, pixel by pixel into a rectangle of the canvas."""
    painter.save()
    use_device_pixels(painter, screen.ratio)
    painter.drawImage(rect.topLeft(), image, cut or image.rect())
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
        self._known_screen: Screen | None = None
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
        more = ceil(margin_px * screen.ratio) + AROUND_PX
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
        if not self._old.isEmpty():
            old, self._old = self._old, QRect()
            self._draw_layers(screen, old)
        # On a screen of 150 % the canvas may begin between two device pixels. What is kept
        # goes to whole ones, else its pixels would be smeared, and differently in each piece.
        to_device, ratio = painter.deviceTransform(), screen.ratio
        x = whole_pixel(to_device.dx()) - to_device.dx()
        y = whole_pixel(to_device.dy()) - to_device.dy()
        painter.save()
        painter.translate(x / ratio, y / ratio)
        painter.scale(1 / ratio, 1 / ratio)
        size = QRectF(rect).size() * ratio
        shown = QRectF(rect.x() * ratio - x, rect.y() * ratio - y, 0, 0)
        shown.setSize(size)
        cut = shown.toAlignedRect().intersected(screen.rect)
        painter.drawImage(cut.topLeft(), self._kept, cut)
        painter.restore()

    def _draw_layers(self, screen: Screen, rect: QRect) -> None:
        # Lines and texts are as thick as elsewhere in the window.
        self._kept.setDevicePixelRatio(screen.ratio)
        painter = QPainter(self._kept)
        try:
            use_device_pixels(painter, screen.ratio)
            painter.setClipRect(rect)
            shown = [layer for layer in self._layers if layer.is_visible]
            if not any(layer.covers(screen, rect) for layer in shown):
                painter.fillRect(rect, self._ground)
            for layer in shown:
                painter.save()
                painter.setTransform(self._box.sceneTransform())
                try:
                    layer.draw(painter, screen, rect)
                finally:
                    painter.restore()
        finally:
            painter.end()
            self._kept.setDevicePixelRatio(1)

    def _screen(self) -> Screen:
        """Say where the image lies; the same value as long as it stays there."""
        viewport, known = self.viewport, self._known_screen
        ratio = viewport.devicePixelRatioF()
        wide, high = ceil(viewport.width() * ratio), ceil(viewport.height() * ratio)
        rows, cols = self._box.axes
        if (
            known is None
            or (known.rect.width(), known.rect.height()) != (wide, high)
            or (known.rows, known.cols, known.ratio) != (rows, cols, ratio)
        ):
            to_device = self._box.sceneTransform() * QTransform.fromScale(ratio, ratio)
            rect = QRect(0, 0, wide, high)
            known = self._known_screen = Screen(to_device, rows, cols, rect, ratio)
        return known


def whole_pixel(device: float) -> int:
    """Return the device pixel that something is drawn to that begins between two."""
    return floor(device + 0.5)


def _logical(rect: QRect, ratio: float) -> QRectF:
    """Turn device pixels into logical ones."""
    return QRectF(
        rect.x() / ratio,
        rect.y() / ratio,
        rect.width() / ratio,
        rect.height() / ratio,
    )
