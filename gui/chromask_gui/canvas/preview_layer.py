"""The preview as the lowest layer: drawn at the size of its source, with a mark that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from chromask_gui.canvas.source_layer import SourceLayer, rgb32

if TYPE_CHECKING:
    import numpy.typing as npt
    from PySide6.QtCore import QRect

    from chromask.drawing.sampling import Axis
    from chromask_gui.canvas.picture import Screen

_MARGIN_PX = 8


class PreviewLayer(SourceLayer):
    """A preview; its pixels are spread over the (rows, cols) of the source.

    Parameters
    ----------
    pixels
        As for `SourceLayer`, of any size.
    rows, cols
        The size of the source.
    mark
        What stands in its upper left corner.
    """

    def __init__(
        self,
        pixels: npt.NDArray[np.uint8 | np.uint16],
        rows: int,
        cols: int,
        mark: str,
    ) -> None:
        super().__init__(pixels)
        self.rows, self.cols = rows, cols
        self._mark = mark

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        painter.save()
        super().draw(painter, screen, rect)
        painter.restore()
        whole = painter.worldTransform().mapRect(self.bounds)
        painter.save()
        painter.resetTransform()
        metrics = painter.fontMetrics()
        size = metrics.size(Qt.TextFlag.TextSingleLine, self._mark)
        box = QRectF(
            whole.left() + _MARGIN_PX,
            whole.top() + _MARGIN_PX,
            size.width() + 2 * _MARGIN_PX,
            size.height() + _MARGIN_PX,
        )
        if whole.contains(box):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            # The same in both themes: it lies on a picture.
            painter.setBrush(QColor(20, 22, 26, 190))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(255, 255, 255))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._mark)
        painter.restore()

    def _sampled(
        self,
        rows: Axis,
        cols: Axis,
        rect: QRect,
        numbers: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]],
    ) -> npt.NDArray[np.uint32]:
        del numbers  # of the source's pixels, which a preview does not have
        high, wide = self._levels[0].shape[:2]
        # Pixels of the preview for each pixel of the screen.
        steps = high / (self.rows * rows.zoom), wide / (self.cols * cols.zoom)
        pixels, _ = self._level(max(1.0, float(min(steps))))
        near, warp = pixels, np.zeros((2, 3))
        sides = ((1, rows, rect.y(), rect.height()), (0, cols, rect.x(), rect.width()))
        for row, axis, first, count in sides:
            whole = pixels.shape[0] / self.rows if row else pixels.shape[1] / self.cols
            step = whole / float(axis.zoom)
            start = (first + 0.5 - float(axis.offset)) * step - 0.5
            begin = max(0, int(start) - 1)
            end = int(start + count * step) + 3
            near = near[begin:end] if row else near[:, begin:end]
            warp[row, row], warp[row, 2] = step, start - begin
        sampled = cv2.warpAffine(
            near,
            warp,
            (rect.width(), rect.height()),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return rgb32(self._toned(sampled))
