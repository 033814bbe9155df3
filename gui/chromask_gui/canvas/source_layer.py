"""The lowest layer: the source image, sampled for the screen, or what stands for it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen

from chromask.drawing.sampling import sample
from chromask.drawing.tone import Tone, auto_window, tone_table
from chromask_gui.canvas.picture import Layer, draw_device_image
from chromask_gui.canvas.sides import Sides

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.drawing.sampling import Axis
    from chromask_gui.canvas.picture import Screen

SMOOTH_BELOW = 1
"""A source smaller than 1:1 is drawn smoothly; from 1:1 on its pixels are squares."""

HALF = Fraction(1, 2)

KEPT_BYTES = 16 << 20
"""A smaller size of the source that was only a step to a still smaller one is kept up to this."""


class SourceLayer(Layer):
    """The source image: (rows, cols) or (rows, cols, 3), 8 or 16 bits, kept by reference."""

    def __init__(self, pixels: npt.NDArray[np.uint8 | np.uint16]) -> None:
        super().__init__(pixels.shape[0], pixels.shape[1])
        self._levels: dict[int, npt.NDArray[Any]] = {0: pixels}
        self._drawn: tuple[Screen, npt.NDArray[np.uint32]] | None = None
        self.auto_window = auto_window(pixels)
        self._tone: Tone | None = None
        self._table = np.empty(0, np.uint8)
        self._sides = Sides()
        self.set_tone(Tone())

    def covers(self, screen: Screen, rect: QRect) -> bool:
        return screen.place(self.rows, self.cols).contains(rect)

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

    def small(self, rows: Axis, cols: Axis, rect: QRect) -> QImage:
        """Draw a rectangle of device pixels, all of which show it."""
        numbers = (
            rows.indices(rect.y(), rect.height()),
            cols.indices(rect.x(), rect.width()),
        )
        return _image_of(self._sampled(rows, cols, rect, numbers)).copy()

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        place = screen.place(self.rows, self.cols)
        exposed = place & rect
        if exposed.isEmpty():
            return
        if self._drawn is None or self._drawn[0] is not screen:
            numbers = screen.numbers(place)
            sampled = self._sampled(screen.rows, screen.cols, place, numbers)
            self._drawn = (screen, sampled)
        if min(self._sides.left, self._sides.right) <= 0:
            black = QImage(exposed.size(), QImage.Format.Format_RGB32)
            black.fill(0)
            draw_device_image(painter, black, screen, exposed)
        image = _image_of(self._drawn[1])
        for side, _strength in self._sides.parts(screen, exposed):
            cut = side.translated(-place.topLeft())
            draw_device_image(painter, image, screen, side, cut)

    def _toned(self, pixels: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
        if pixels.dtype == np.uint8:
            return pixels if self._tone == Tone() else np.take(self._table, pixels)
        return np.take(self._table, pixels)

    def _sampled(
        self,
        rows: Axis,
        cols: Axis,
        rect: QRect,
        numbers: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]],
    ) -> npt.NDArray[np.uint32]:
        if max(rows.zoom, cols.zoom) < SMOOTH_BELOW:
            return rgb32(self._toned(self._smooth(rows, cols, rect)))
        # As Qt keeps them: four bytes are moved at once, three are not.
        (top, bottom), (left, right) = ((each[0], each[-1] + 1) for each in numbers)
        near = rgb32(self._toned(self._levels[0][top:bottom, left:right]))
        return np.ascontiguousarray(sample(near, numbers[0] - top, numbers[1] - left))

    def _smooth(self, rows: Axis, cols: Axis, rect: QRect) -> npt.NDArray[Any]:
        """Take the mean of the pixels around the middle of each device pixel."""
        pixels, shrink = self._level(float(1 / max(rows.zoom, cols.zoom)))
        near, warp = pixels, np.zeros((2, 3))
        sides = ((1, rows, rect.y(), rect.height()), (0, cols, rect.x(), rect.width()))
        for row, axis, first, count in sides:
            # A pixel of the smaller size has its middle at a whole number for OpenCV.
            step = 1 / (axis.zoom * shrink)
            start = (first + HALF - axis.offset) * step - HALF
            begin = max(0, int(start) - 1)
            end = int(start + count * step) + 3
            near = near[begin:end] if row else near[:, begin:end]
            warp[row, row], warp[row, 2] = float(step), float(start - begin)
        return cv2.warpAffine(
            near,
            warp,
            (rect.width(), rect.height()),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )

    def _level(self, scale: float) -> tuple[npt.NDArray[Any], int]:
        """Choose the half, quarter, ... size that a scale needs; each is made once."""
        most = (max(self.rows, self.cols) - 1).bit_length()
        wanted = min(max(0, int(np.floor(np.log2(max(scale, 1))))), most)
        number = max(known for known in self._levels if known <= wanted)
        pixels = self._levels[number]
        while number < wanted:
            number += 1
            pixels = _halved(pixels)
            # A large one on the way is made again where it is wanted itself.
            if number == wanted or pixels.nbytes <= KEPT_BYTES:
                self._levels[number] = pixels
        return pixels, 1 << number


def _halved(pixels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Take the mean of each two by two pixels, and of those that are left at the far edges.

    Pixel (r, c) of level n is then the mean of the source's from (r, c) * 2**n on: were an
    odd size rounded down, the source would slowly drift away from its masks.
    """
    rows, cols = pixels.shape[:2]
    if not rows % 2 and not cols % 2:
        return cv2.resize(pixels, (cols // 2, rows // 2), interpolation=cv2.INTER_AREA)
    half = np.empty(((rows + 1) // 2, (cols + 1) // 2, *pixels.shape[2:]), pixels.dtype)
    for top, bottom in ((0, rows & ~1), (rows & ~1, rows)):
        for left, right in ((0, cols & ~1), (cols & ~1, cols)):
            part = pixels[top:bottom, left:right]
            if part.size:
                into = half[top // 2 : (bottom + 1) // 2, left // 2 : (right + 1) // 2]
                size = (into.shape[1], into.shape[0])
                into[...] = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return half


def rgb32(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """Make (rows, cols) 0xFFRRGGBB of grey or of RGB."""
    way = cv2.COLOR_GRAY2BGRA if pixels.ndim == 2 else cv2.COLOR_RGB2BGRA
    return np.asarray(cv2.cvtColor(pixels, way)).view(np.uint32)[..., 0]


def _image_of(rgb32: npt.NDArray[np.uint32]) -> QImage:
    """Show an array, which has to outlive the image."""
    rows, cols = rgb32.shape
    kind = QImage.Format.Format_RGB32
    return QImage(rgb32.data, cols, rows, rgb32.strides[0], kind)


class PlaceholderLayer(Layer):
    """Stands for a source that cannot be read: a quiet sheet of its size that says so."""

    def __init__(self, rows: int, cols: int, text: str) -> None:
        super().__init__(rows, cols)
        self._text = text

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        whole = self.bounds
        pen = QPen(QColor(128, 128, 128, 160))
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.fillRect(whole, QColor(128, 128, 128, 40))
        painter.drawRect(whole)
        seen = painter.worldTransform().mapRect(whole).adjusted(24, 24, -24, -24)
        painter.resetTransform()
        # Asked for now: the theme may change while the frame is open.
        painter.setPen(QGuiApplication.palette().placeholderText().color())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(seen, int(flags), self._text)
