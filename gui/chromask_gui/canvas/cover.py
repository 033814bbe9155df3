"""What stands over the canvas while a frame is on its way: its small picture, or why it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from chromask_gui.look.theme import tokens

if TYPE_CHECKING:
    from chromask_gui.canvas.view import Canvas


class Cover(QWidget):
    """Covers the canvas with the picture of a frame, where the frame itself will be."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._picture: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        canvas.installEventFilter(self)
        self.hide()

    def cover(self, picture: QPixmap | None) -> None:
        """Show a picture; without one what the canvas shows stays visible."""
        self._picture = picture
        self.resize(self._canvas.size())
        self.setVisible(picture is not None)
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.resize(self._canvas.size())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().canvas))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        target = self._place(self._picture)
        painter.drawPixmap(target, self._picture, QRectF(self._picture.rect()))

    def _place(self, picture: QPixmap) -> QRectF:
        """Find where the image of the frame before stands; one of another shape is fitted."""
        rows, cols = self._canvas.layers.size_rc
        wide, high = picture.width(), picture.height()
        if rows and abs(cols / rows - wide / high) < 0.02 * cols / rows:
            # The scene's coordinates are the viewport's, which fills the canvas.
            return self._canvas.box.mapRectToScene(QRectF(0, 0, cols, rows))
        scale = 0.97 * min(self.width() / wide, self.height() / high)
        place = QRectF(0, 0, wide * scale, high * scale)
        place.moveCenter(QRectF(self.rect()).center())
        return place
