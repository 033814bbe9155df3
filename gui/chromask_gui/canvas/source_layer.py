"""The lowest layer: the source image, sampled for the screen, or what stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen

from chromask.tone import Tone, auto_window, tone_table
from chromask_gui.canvas.picture import Layer, Part, draw_device_image, visible_part
from chromask_gui.canvas.sides import Sides

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask_gui.canvas.picture import Screen

SMOOTH_BELOW = 1.0
"""A source smaller than 1:1 is drawn smoothly; from 1:1 on its pixels are squares."""

KEPT_BYTES = 16 << 20
"""A smaller size of the source that was only a step to a still smaller one is kept up to this."""


class SourceLayer(Layer):
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

    def covers(self, screen: Screen, rect: QRect) -> bool:
        return visible_part(screen, self.rows, self.cols).rect.contains(rect)

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

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        part = visible_part(screen, self.rows, self.cols)
        exposed = part.within(rect)
        if exposed.rect.isEmpty():
            return
        if self._drawn is None or self._drawn[0] != part:
            self._drawn = (part, self._sampled(part))
        corner = -part.rect.topLeft()
        if min(self._sides.left, self._sides.right) <= 0:
            black = QImage(exposed.rect.size(), QImage.Format.Format_RGB32)
            black.fill(0)
            draw_device_image(painter, black, exposed)
        for side, _strength in self._sides.parts(screen, exposed):
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
