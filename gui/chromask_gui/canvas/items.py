"""What the canvas draws: the source and its masks, at the cost of the screen.

Each item samples its image for the visible part at screen resolution. The sampled source is
kept while only the overlay changes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPainter,
    QPen,
    QTransform,
)
from PySide6.QtWidgets import QGraphicsItem

from chromask.render import outline, sample
from chromask.tone import Tone, auto_window, tone_table
from chromask_gui.canvas.mask_paint import BORDER_PX, MaskLook, pictures
from chromask_gui.canvas.navigation import screen_pixel

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


KEPT_BYTES = 16 << 20
"""A smaller size of the source that was only a step to a still smaller one is kept up to this."""


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


def indexed_image(indices: npt.NDArray[Any], table: npt.NDArray[Any]) -> QImage:
    """Make an image of (rows, cols) uint8 and a table of at most 256 colours 0xAARRGGBB.

    An index beyond the table is transparent. The image is not left indexed: Qt would turn
    its pixels into colours while it draws, which takes five times as long and two threads.
    """
    rows, cols = indices.shape
    kind = QImage.Format.Format_Indexed8
    image = QImage(indices.data, cols, rows, indices.strides[0], kind)
    image.setColorTable(table.tolist())
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


class _ImageItem(QGraphicsItem):
    """An item that covers (rows, cols) image pixels from the origin."""

    def __init__(self, rows: int, cols: int) -> None:
        super().__init__()
        self.rows, self.cols = rows, cols
        # Without this flag Qt tells every item to draw all of itself.
        self.setFlag(self.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.cols, self.rows)


class Sides(NamedTuple):
    """How strongly an item is drawn on both sides of the divider, 0..1 each."""

    left: float = 1.0
    right: float = 1.0
    divider: float = 0.5  # of the screen's width

    def parts(self, painter: QPainter, part: Part) -> list[tuple[Part, float]]:
        """Split what is drawn; sides of no strength are left out."""
        if self.left == self.right:
            return [(part, self.left)] if self.left > 0 else []
        device = painter.device()
        at = round(device.width() * device.devicePixelRatioF() * self.divider)
        rect = part.rect
        left = QRect(rect.x(), rect.y(), at - rect.x(), rect.height())
        right = QRect(at, rect.y(), rect.right() + 1 - at, rect.height())
        found = [(part.within(left), self.left), (part.within(right), self.right)]
        return [
            (side, strength)
            for side, strength in found
            if strength > 0 and not side.rect.isEmpty()
        ]


class SourceItem(_ImageItem):
    """The source image: (rows, cols) or (rows, cols, 3), 8 or 16 bits, kept by reference."""

    def __init__(self, pixels: npt.NDArray[np.uint8 | np.uint16]) -> None:
        super().__init__(pixels.shape[0], pixels.shape[1])
        self._levels: dict[int, npt.NDArray[Any]] = {0: pixels}
        self._drawn: tuple[Part, QImage] | None = None
        self.auto_window = auto_window(pixels)
        self._tone: Tone | None = None
        self._table = np.empty(0, np.uint8)
        self._sides = Sides()
        self.set_tone(Tone())

    def set_tone(self, tone: Tone) -> None:
        """Show it in another tone."""
        if tone != self._tone:
            maximum = int(np.iinfo(self._levels[0].dtype).max)
            self._tone, self._drawn = tone, None
            self._table = tone_table(tone, maximum, self.auto_window)
            self.update()

    def set_sides(self, sides: Sides) -> None:
        """Show it on other sides of the divider; black stands where it is not shown."""
        if sides != self._sides:
            self._sides = sides
            self.update()

    def thumbnail(self, most_px: int) -> QImage:
        """Give it small, no side longer than about twice ``most_px``."""
        longest = max(self.rows, self.cols)
        pixels, _ = self._level(max(1.0, longest / most_px))
        return _rgb_image(self._toned(pixels))

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
        if min(self._sides.left, self._sides.right) <= 0:
            black = QImage(exposed.rect.size(), QImage.Format.Format_RGB32)
            black.fill(0)
            draw_device_image(painter, black, exposed)
        for side, _strength in self._sides.parts(painter, exposed):
            cut = side.rect.translated(corner)
            draw_device_image(painter, self._drawn[1], side, cut)

    def _toned(self, pixels: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
        if pixels.dtype == np.uint8:
            return pixels if self._tone == Tone() else np.take(self._table, pixels)
        return np.take(self._table, pixels)

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
        return _rgb_image(self._toned(sampled))

    def _level(self, scale: float) -> tuple[npt.NDArray[Any], int]:
        """Choose the half, quarter, ... size that a scale needs; each is made once."""
        most = max(0, int(np.log2(max(min(self.rows, self.cols), 1))))
        wanted = min(max(0, int(np.floor(np.log2(max(scale, 1))))), most)
        number = max(known for known in self._levels if known <= wanted)
        pixels = self._levels[number]
        while number < wanted:
            number += 1
            half = (max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2))
            pixels = cv2.resize(pixels, half, interpolation=cv2.INTER_AREA)
            # A large one on the way is made again where it is wanted itself.
            if number == wanted or pixels.nbytes <= KEPT_BYTES:
                self._levels[number] = pixels
        return pixels, 1 << number


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


class _Sample(NamedTuple):
    """Sampled indices, and what they were sampled of."""

    of: Indices
    whole: Part
    rect: QRect
    found: Indices


class PlaneItem(_ImageItem):
    """A mask over the source: a plane's indices in the colours and lines of a look."""

    def __init__(self, plane: Plane) -> None:
        super().__init__(plane.rows, plane.cols)
        self.plane = plane
        none = np.zeros(len(plane.table), np.uint32)
        self.look = MaskLook(none, none.astype(np.int32))
        self._sides = Sides()
        self._sample: _Sample | None = None

    def set_look(self, plane: Plane, look: MaskLook, sides: Sides) -> None:
        """Show the plane in another look; what looks the same is not drawn again."""
        is_same = (
            plane.indices is self.plane.indices
            and sides == self._sides
            and look.is_same(self.look)
        )
        self.plane, self.look, self._sides = plane, look, sides
        if not is_same:
            self.update()

    def sampled(self, whole: Part, rect: QRect) -> Indices:
        """Sample the indices in a rectangle of the visible part; the last ones are kept.

        Parameters
        ----------
        whole
            All of the plane that is on the screen, see `visible_part`.
        rect
            A rectangle of it, in device pixels.
        """
        known, indices = self._sample, self.plane.indices
        if (
            known is None
            or known.of is not indices
            or known.whole != whole
            or not known.rect.contains(rect)
        ):
            part = whole.within(rect)
            rows, cols = rect.height(), rect.width()
            found = sample(indices, part.scale, part.row0, part.col0, rows, cols)
            known = self._sample = _Sample(indices, whole, rect, found)
        x, y = rect.x() - known.rect.x(), rect.y() - known.rect.y()
        found = known.found[y : y + rect.height(), x : x + rect.width()]
        return np.ascontiguousarray(found)

    def show_pixels(
        self, plane: Plane, rect: Rect, rgb: npt.NDArray[np.uint8] | None = None
    ) -> None:
        """Draw a rectangle of the plane again, whose pixels changed.

        Parameters
        ----------
        rgb
            (n, 3) the display colours of the table, where it has grown.
        """
        self.plane, self._sample = plane, None
        known = len(self.look.table)
        if len(plane.table) > known:
            added = np.full((len(plane.table) - known, 4), 255, np.uint8)
            added[:, :3] = (plane.rgba()[:, :3] if rgb is None else rgb)[known:, ::-1]
            colors = added.view("<u4")[:, 0].astype(np.uint32)
            groups = np.arange(known, len(plane.table), dtype=np.int32)
            self.look = replace(
                self.look,
                table=np.concatenate((self.look.table, colors)),
                groups=np.concatenate((self.look.groups, groups + known)),
            )
        x, y, width, height = _item_rect(rect)
        if not self.look.is_plain:
            # Borders reach a few pixels of the screen beyond the pixels that changed.
            more = (BORDER_PX + 2) * screen_pixel(self) + 1
            x, y, width, height = (
                x - more,
                y - more,
                width + 2 * more,
                height + 2 * more,
            )
        self.update(x, y, width, height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        whole = visible_part(painter, self.rows, self.cols)
        part = whole.within(exposed_rect(painter, option, 2 * BORDER_PX + 2))
        if part.rect.isEmpty():
            return
        for side, strength in self._sides.parts(painter, part):
            sampled = self.sampled(whole, side.rect)
            self._paint_side(painter, side, strength, sampled)
        painter.setOpacity(1.0)

    def _paint_side(
        self, painter: QPainter, part: Part, strength: float, sampled: Indices
    ) -> None:
        look = self.look
        rows, cols = sampled.shape[0], sampled.shape[1]
        is_small = len(look.table) <= INDEXED_COLORS and sampled.dtype == np.uint8
        if is_small and look.is_plain:
            # A value of a palette file beyond its palette stays transparent.
            image = indexed_image(sampled, look.table)
            painter.setOpacity(min(1.0, look.opacity * strength))
            draw_device_image(painter, image, part)
            return
        at = (part.rect.x(), part.rect.y())
        for picture, opacity in pictures(sampled, look, at, part.ratio):
            image = QImage(
                picture.data,
                cols,
                rows,
                picture.strides[0],
                QImage.Format.Format_ARGB32_Premultiplied,
            )
            painter.setOpacity(min(1.0, opacity * strength))
            draw_device_image(painter, image, part)


class OutlineItem(_ImageItem):
    """The outline of some entries of a plane's table, in screen pixels of constant breadth."""

    def __init__(self, mask: PlaneItem, entries: list[int]) -> None:
        super().__init__(mask.rows, mask.cols)
        self._mask = mask
        self.entries = entries

    def show_pixels(self, rect: Rect) -> None:
        """Draw the outline again around a rectangle whose pixels changed."""
        # The outline reaches beyond the rectangle by pixels of the screen, not of the image.
        more = (OUTLINE_PX + 3) * screen_pixel(self) + 1
        x, y, width, height = _item_rect(rect)
        self.update(x - more, y - more, width + 2 * more, height + 2 * more)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        whole = visible_part(painter, self.rows, self.cols)
        part = whole.within(exposed_rect(painter, option, OUTLINE_PX + 1))
        if part.rect.isEmpty():
            return
        sampled, count = (
            self._mask.sampled(whole, part.rect),
            len(self._mask.plane.table),
        )
        is_inside = np.zeros(max(count, INDEXED_COLORS), np.uint8)
        is_inside[self.entries] = 1
        is_small = sampled.dtype == np.uint8
        inside = (
            cv2.LUT(sampled, is_inside) if is_small else np.take(is_inside, sampled)
        )
        x, y, cols, rows = cv2.boundingRect(inside)
        # The halo reaches a pixel beyond the shape.
        near = QRect(x - 1, y - 1, cols + 2, rows + 2).translated(part.rect.topLeft())
        part, corner = part.within(near), part.rect.topLeft()
        if not cols or part.rect.isEmpty():
            return
        x, y = part.rect.x() - corner.x(), part.rect.y() - corner.y()
        inside = inside[y : y + part.rect.height(), x : x + part.rect.width()]
        line = outline(inside.view(np.bool_)).view(np.uint8)
        halo = cv2.dilate(line, np.ones((3, 3), np.uint8))
        # A white line in a dark halo is seen on every colour.
        colors = np.array([0, 0xB0000000, 0xFFFFFFFF], np.uint32)
        image = indexed_image(cv2.add(line, halo), colors)
        draw_device_image(painter, image, part)


class PlaceholderItem(_ImageItem):
    """Stands for a source that cannot be read: a quiet sheet of its size that says so."""

    def __init__(self, rows: int, cols: int, text: str) -> None:
        super().__init__(rows, cols)
        self._text = text

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
        # Asked for now: the theme may change while the frame is open.
        painter.setPen(QGuiApplication.palette().placeholderText().color())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(seen, int(flags), self._text)
        painter.restore()
