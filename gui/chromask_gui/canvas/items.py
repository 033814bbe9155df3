"""What the canvas draws: the source and its masks, at the cost of the screen.

Each item samples its image for the visible part at screen resolution. The sampled source is
kept while only the overlay changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from chromask.render import outline, sample

if TYPE_CHECKING:
    import numpy.typing as npt
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from chromask.change import Rect
    from chromask.plane import Indices, Plane

INDEXED_COLORS = 256
"""As many colours an indexed QImage has; planes with more are looked up in numpy."""

OUTLINE_PX = 2
"""How far an outline reaches beyond the pixels that it is drawn around."""

SMOOTH_BELOW = 1.0
"""A source smaller than 1:1 is drawn smoothly; from 1:1 on its pixels are squares."""


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


def visible_part(painter: QPainter, rows: int, cols: int) -> Part:
    """Find what of an image of (rows, cols) pixels at the item's origin is on the screen."""
    device = painter.device()
    ratio = device.devicePixelRatioF()
    to_screen = painter.worldTransform() * QTransform.fromScale(ratio, ratio)
    screen = QRectF(0, 0, device.width() * ratio, device.height() * ratio)
    rect = _rounded(to_screen.mapRect(QRectF(0, 0, cols, rows)).intersected(screen))
    scale = 1 / to_screen.m11()
    return Part(
        scale,
        (rect.y() - to_screen.dy()) * scale,
        (rect.x() - to_screen.dx()) * scale,
        rect,
        ratio,
    )


def exposed_rect(
    painter: QPainter, option: QStyleOptionGraphicsItem, margin: int = 1
) -> QRect:
    """Give what of an item must be drawn again, in device pixels, with some margin."""
    ratio = painter.device().devicePixelRatioF()
    to_screen = painter.worldTransform() * QTransform.fromScale(ratio, ratio)
    exposed = to_screen.mapRect(QRectF(option.exposedRect)).toAlignedRect()  # pyright: ignore[reportAttributeAccessIssue]
    return exposed.adjusted(-margin, -margin, margin, margin)


def _rounded(rect: QRectF) -> QRect:
    """Give the device pixels whose centres lie in a rectangle."""
    left, top = int(np.floor(rect.left() + 0.5)), int(np.floor(rect.top() + 0.5))
    right, bottom = (
        int(np.floor(rect.right() + 0.5)),
        int(np.floor(rect.bottom() + 0.5)),
    )
    return QRect(left, top, right - left, bottom - top)


def draw_device_image(painter: QPainter, image: QImage, part: Part) -> None:
    """Draw an image whose pixels are device pixels at the part's place."""
    image.setDevicePixelRatio(part.ratio)
    painter.save()
    painter.resetTransform()
    painter.drawImage(QPointF(part.rect.x(), part.rect.y()) / part.ratio, image)
    painter.restore()


class _ImageItem(pg.GraphicsObject):
    """An item that covers (rows, cols) image pixels from the origin."""

    def __init__(self, rows: int, cols: int) -> None:
        super().__init__()
        self.rows, self.cols = rows, cols
        # Without this flag Qt tells every item to draw all of itself.
        self.setFlag(self.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.cols, self.rows)


class SourceItem(_ImageItem):
    """The source image: (rows, cols) or (rows, cols, 3) uint8, kept by reference."""

    def __init__(self, pixels: npt.NDArray[np.uint8]) -> None:
        super().__init__(pixels.shape[0], pixels.shape[1])
        self._levels = [pixels]
        self._drawn: tuple[Part, QImage] | None = None

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        part = visible_part(painter, self.rows, self.cols)
        exposed = part.within(exposed_rect(painter, option))
        if exposed.rect.isEmpty():
            return
        if self._drawn is None or self._drawn[0] != part:
            self._drawn = (part, self._sampled(part))
        corner = -part.rect.topLeft()
        image = self._drawn[1].copy(exposed.rect.translated(corner))
        draw_device_image(painter, image, exposed)

    def _sampled(self, part: Part) -> QImage:
        size = (part.rect.width(), part.rect.height())
        pixels, shrink = self._level(part.scale)
        scale, row0, col0 = part.scale / shrink, part.row0 / shrink, part.col0 / shrink
        smooth = part.scale > SMOOTH_BELOW
        row, col = max(0, int(row0) - 1), max(0, int(col0) - 1)
        near = pixels[
            row : int(row0 + size[1] * scale) + 3, col : int(col0 + size[0] * scale) + 3
        ]
        warp = np.array(
            [
                [scale, 0, col0 - col + scale * 0.5 - 0.5],
                [0, scale, row0 - row + scale * 0.5 - 0.5],
            ]
        )
        flags = cv2.INTER_LINEAR if smooth else cv2.INTER_NEAREST
        sampled = cv2.warpAffine(
            near,
            warp,
            size,
            flags=flags | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return _rgb_image(sampled)

    def _level(self, scale: float) -> tuple[npt.NDArray[np.uint8], int]:
        """Choose the half, quarter, ... size that a scale needs; each is made once."""
        number = max(0, int(np.floor(np.log2(max(scale, 1)))))
        while len(self._levels) <= number and min(self._levels[-1].shape[:2]) >= 2:
            last = self._levels[-1]
            half = (max(1, last.shape[1] // 2), max(1, last.shape[0] // 2))
            self._levels.append(cv2.resize(last, half, interpolation=cv2.INTER_AREA))  # pyright: ignore[reportArgumentType]
        number = min(number, len(self._levels) - 1)
        return self._levels[number], 1 << number


def _rgb_image(pixels: npt.NDArray[Any]) -> QImage:
    rows, cols = pixels.shape[:2]
    kind = (
        QImage.Format.Format_Grayscale8
        if pixels.ndim == 2
        else QImage.Format.Format_RGB888
    )
    pixels = np.ascontiguousarray(pixels)
    # The copy owns its pixels, which the item keeps from one paint to the next, in the
    # format that draws fastest.
    return QImage(pixels.data, cols, rows, pixels.strides[0], kind).convertToFormat(
        QImage.Format.Format_RGB32
    )


def _item_rect(rect: Rect) -> tuple[float, float, float, float]:
    return rect.col0, rect.row0, rect.col1 - rect.col0, rect.row1 - rect.row0


class PlaneItem(_ImageItem):
    """A mask over the source: a plane's indices through a table of screen colours."""

    def __init__(self, plane: Plane) -> None:
        super().__init__(plane.rows, plane.cols)
        self.plane = plane
        self.table = np.zeros(len(plane.table), np.uint32)
        self.strength = 1.0

    def set_look(
        self, plane: Plane, table: npt.NDArray[np.uint32], opacity: float
    ) -> None:
        """Show the plane in other colours: (n,) uint32 0xAARRGGBB with alpha 0 or 255."""
        self.plane, self.table, self.strength = plane, table, opacity
        self.update()

    def show_pixels(self, plane: Plane, rect: Rect) -> None:
        """Draw a rectangle of the plane again, whose pixels changed."""
        self.plane = plane
        if len(plane.table) > len(self.table):
            # The colours of new entries come with the commit; until then: as they are.
            added = plane.rgba()[len(self.table) :, [2, 1, 0, 3]]
            added[:, 3] = 255
            colors = np.ascontiguousarray(added).view("<u4")[:, 0]
            self.table = np.concatenate((self.table, colors.astype(np.uint32)))
        self.update(*_item_rect(rect))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        part = visible_part(painter, self.rows, self.cols)
        part = part.within(exposed_rect(painter, option))
        if part.rect.isEmpty():
            return
        sampled = sample_part(self.plane, part)
        painter.setOpacity(self.strength)
        rows, cols = sampled.shape[0], sampled.shape[1]
        if len(self.table) <= INDEXED_COLORS and sampled.dtype == np.uint8:
            # A value of a palette file beyond its palette stays transparent.
            image = QImage(
                sampled.data,
                cols,
                rows,
                sampled.strides[0],
                QImage.Format.Format_Indexed8,
            )
            image.setColorTable(self.table.tolist())
        else:
            looked_up = self.table[sampled]
            image = QImage(
                looked_up.data,
                cols,
                rows,
                looked_up.strides[0],
                QImage.Format.Format_ARGB32_Premultiplied,
            )
        draw_device_image(painter, image, part)
        painter.setOpacity(1.0)


def sample_part(plane: Plane, part: Part) -> Indices:
    """Sample a plane's indices for the visible part."""
    return np.ascontiguousarray(
        sample(
            plane.indices,
            part.scale,
            part.row0,
            part.col0,
            part.rect.height(),
            part.rect.width(),
        )
    )


class OutlineItem(_ImageItem):
    """The outline of some entries of a plane's table, in screen pixels of constant breadth."""

    def __init__(self, plane: Plane, entries: npt.NDArray[np.intp]) -> None:
        super().__init__(plane.rows, plane.cols)
        self._plane = plane
        self._is_inside = np.zeros(max(len(plane.table), INDEXED_COLORS), np.bool_)
        self._is_inside[entries] = True

    def show_pixels(self, plane: Plane, rect: Rect) -> None:
        """Draw the outline again around a rectangle whose pixels changed."""
        self._plane = plane
        missing = len(plane.table) - len(self._is_inside)
        if missing > 0:
            self._is_inside = np.append(self._is_inside, np.zeros(missing, np.bool_))
        # The outline reaches beyond the rectangle by pixels of the screen, not of the image.
        self.update()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        part = visible_part(painter, self.rows, self.cols)
        part = part.within(exposed_rect(painter, option, OUTLINE_PX + 1))
        if part.rect.isEmpty():
            return
        inside = self._is_inside[sample_part(self._plane, part)]
        line = outline(inside).view(np.uint8)
        halo = cv2.dilate(line, np.ones((3, 3), np.uint8)).view(np.bool_)
        # A white line in a dark halo is seen on every colour.
        argb = np.zeros(line.shape, np.uint32)
        argb[halo] = 0xB0000000
        argb[line.view(np.bool_)] = 0xFFFFFFFF
        image = QImage(
            argb.data,
            part.rect.width(),
            part.rect.height(),
            argb.strides[0],
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        draw_device_image(painter, image, part)


class PlaceholderItem(_ImageItem):
    """Stands for a source that cannot be read: a quiet sheet of its size that says so."""

    def __init__(self, rows: int, cols: int, text: str, color: QColor) -> None:
        super().__init__(rows, cols)
        self._text = text
        self._color = color

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        rect = self.boundingRect()
        pen = QPen(QColor(128, 128, 128, 160))
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.fillRect(rect, QColor(128, 128, 128, 40))
        painter.drawRect(rect)
        seen = painter.worldTransform().mapRect(rect).adjusted(24, 24, -24, -24)
        painter.save()
        painter.resetTransform()
        painter.setPen(self._color)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(seen, int(flags), self._text)
        painter.restore()
