"""What stands over the canvas in screen pixels: minimap, divider, rulers and pixel grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from chromask_gui.canvas.layers import ABOVE_MASKS
from chromask_gui.canvas.picture import Layer, grown, use_device_pixels
from chromask_gui.look.theme import tokens
from chromask_gui.session.view_state import with_look

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from chromask_gui.canvas.layers import Layers
    from chromask_gui.canvas.navigation import ImageBox
    from chromask_gui.canvas.picture import Picture, Screen
    from chromask_gui.session.session import Session

GRID_ZOOM = 8.0
"""Beyond it, in device pixels per image pixel, single pixels are looked at: 800 %."""

MINIMAP_PX = 160
MARGIN_PX = 12
RULER_PX = 18
LABEL_PX = 56
"""Numbers of a ruler are at least so far apart."""

REFRESH_MS = 150
"""The minimap follows edits that late: a stroke must not wait for it."""


class GridLayer(Layer):
    """Lines between the pixels of the image, one device pixel thick."""

    margin_px = 1.0

    def set_size(self, rows: int, cols: int) -> None:
        """Cover an image of this size."""
        if (rows, cols) != (self.rows, self.cols):
            self.update()
            self.rows, self.cols = rows, cols
            self.update()

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        place = screen.place(self.rows, self.cols)
        # The last line is right behind the image.
        part = place.adjusted(0, 0, 1, 1) & grown(rect, 1)
        if place.isEmpty() or part.isEmpty():
            return
        down, across = screen.rows, screen.cols
        numbers = range(across.index(part.left()), across.index(part.right()) + 1)
        lines = [QRect(across.first(n), part.y(), 1, part.height()) for n in numbers]
        numbers = range(down.index(part.top()), down.index(part.bottom()) + 1)
        lines += [QRect(part.x(), down.first(n), part.width(), 1) for n in numbers]
        use_device_pixels(painter, screen.ratio)
        # Seen on dark and on bright pixels, and quiet on both.
        for color in (QColor(0, 0, 0, 70), QColor(255, 255, 255, 50)):
            for line in lines:
                painter.fillRect(line, color)


class Ruler(QWidget):
    """Pixel numbers along the upper or the left edge of the canvas."""

    def __init__(
        self, box: ImageBox, orientation: Qt.Orientation, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._box = box
        self._orientation = orientation
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = tokens(), QPainter(self)
        ground = QColor(look.raised)
        ground.setAlpha(225)
        painter.fillRect(self.rect(), ground)
        font = painter.font()
        font.setPixelSize(look.font_size_small - 1)
        painter.setFont(font)
        seen = self._box.seen_rect()
        is_level = self._orientation == Qt.Orientation.Horizontal
        # The ruler begins somewhere in the viewport, which shows what is seen.
        start, span, place = (
            (seen.left(), seen.width(), self.x())
            if is_level
            else (seen.top(), seen.height(), self.y())
        )
        scale = self._box.zoom / self.devicePixelRatioF()
        step = ruler_step(scale, LABEL_PX)
        first = int(np.floor(start / step)) * step
        for number in range(first, int(start + span) + step, step):
            # A number stands at the middle of its pixel.
            at = (number + 0.5 - start) * scale - place
            if is_level and at < RULER_PX:
                continue  # the corner, where the other ruler ends
            self._draw_tick(painter, at, str(number), is_level=is_level)

    def _draw_tick(
        self, painter: QPainter, at: float, text: str, *, is_level: bool
    ) -> None:
        painter.save()
        if not is_level:
            painter.translate(0, self.height())
            painter.rotate(-90)
            at = self.height() - at
        painter.setPen(QColor(tokens().border_strong))
        painter.drawLine(QPointF(at, RULER_PX - 4), QPointF(at, RULER_PX))
        painter.setPen(QColor(tokens().text_muted))
        place = QRectF(at - LABEL_PX / 2, 0, LABEL_PX, RULER_PX - 4)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


class DividerHandle(QWidget):
    """The line between the two sides that are compared; it is dragged."""

    WIDTH_PX = 14

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setToolTip(self.tr("Drag to compare"))
        self.setAccessibleName(self.tr("Divider of the comparison"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        for color, width in ((QColor(0, 0, 0, 160), 4.0), (QColor(255, 255, 255), 2.0)):
            painter.setPen(QPen(color, width))
            painter.drawLine(QPointF(middle, 0), QPointF(middle, self.height()))
        painter.setPen(QPen(QColor(0, 0, 0, 160), 1))
        painter.setBrush(QColor(255, 255, 255))
        painter.drawEllipse(QPointF(middle, self.height() / 2), 6, 12)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        parent = self.parentWidget()
        if parent is not None and event.buttons() & Qt.MouseButton.LeftButton:
            at = parent.mapFromGlobal(event.globalPosition()).x()
            share = min(max(at / max(parent.width(), 1), 0.0), 1.0)
            view = self._session.view
            self._session.set_view(**with_look(view, divider=share))


class Minimap(QWidget):
    """The whole image small, with the part that is seen; a click or drag goes there."""

    def __init__(self, box: ImageBox, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = box
        self._picture: QImage | None = None
        self._size_rc = (1, 1)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Minimap"))
        self.setToolTip(self.tr("Click or drag to move the view"))

    def show_picture(self, picture: QImage, size_rc: tuple[int, int]) -> None:
        """Show another image of (rows, cols) pixels, drawn small."""
        self._picture, self._size_rc = picture, size_rc
        rows, cols = size_rc
        scale = MINIMAP_PX / max(rows, cols)
        self.resize(max(24, round(cols * scale)), max(24, round(rows * scale)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._picture)
        rows, cols = self._size_rc
        seen, wide, high = self._box.seen_rect(), self.width(), self.height()
        rect = QRectF(
            seen.left() / cols * wide,
            seen.top() / rows * high,
            seen.width() / cols * wide,
            seen.height() / rows * high,
        ).intersected(QRectF(self.rect()).adjusted(1, 1, -2, -2))
        for color, width in ((QColor(0, 0, 0, 180), 3.0), (QColor(255, 255, 255), 1.4)):
            painter.setPen(QPen(color, width))
            painter.drawRect(rect)
        painter.setPen(QPen(QColor(tokens().border_strong), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        rows, cols = self._size_rc
        x = min(max(event.position().x() / self.width(), 0.0), 1.0) * cols
        y = min(max(event.position().y() / self.height(), 0.0), 1.0) * rows
        self._box.look_at(QPointF(x, y), self._box.zoom)
        event.accept()


class Overlays(QObject):
    """Places all of them over a viewport and shows those that the view asks for."""

    def __init__(
        self, session: Session, layers: Layers, box: ImageBox, picture: Picture
    ) -> None:
        viewport = picture.viewport
        super().__init__(viewport)
        self._session, self._layers, self._box = session, layers, box
        self._viewport = viewport
        self.minimap = Minimap(box, viewport)
        self.divider = DividerHandle(session, viewport)
        self.rulers = (
            Ruler(box, Qt.Orientation.Horizontal, viewport),
            Ruler(box, Qt.Orientation.Vertical, viewport),
        )
        self.grid = GridLayer(0, 0, ABOVE_MASKS - 2)
        picture.add(self.grid)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.update_picture)
        viewport.installEventFilter(self)
        box.moved.connect(self.update_places)
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._refresh.start)
        session.view_changed.connect(self._on_session_view_changed)
        self._is_picture_old = True
        self.update_places()

    def update_picture(self) -> None:
        """Draw the minimap anew; while it is not shown, when it is shown again."""
        self._is_picture_old = True
        self.update_places()

    def _draw_picture(self) -> None:
        self._is_picture_old = False
        picture = self._layers.thumbnail(MINIMAP_PX)
        if picture is not None:
            self.minimap.show_picture(picture, self._layers.size_rc)

    def update_places(self) -> None:
        """Show what is wanted, where it belongs."""
        session, look = self._session, self._session.view.look
        has_document = session.document is not None
        wide, high = self._viewport.width(), self._viewport.height()
        rows, cols = self._layers.size_rc
        is_near = has_document and self._box.zoom > GRID_ZOOM * 1.001
        self.grid.set_visible(is_visible=is_near and look.has_grid)
        level, upright = self.rulers
        level.setGeometry(0, 0, wide, RULER_PX)
        upright.setGeometry(0, RULER_PX, RULER_PX, high - RULER_PX)
        for ruler in self.rulers:
            ruler.setVisible(is_near and look.has_grid)
            ruler.update()
        seen = self._box.seen_rect()
        has_all = seen.contains(QRectF(0, 0, cols, rows))
        has_minimap = has_document and look.has_minimap and not has_all
        if has_minimap and self._is_picture_old:
            self._draw_picture()
        self.minimap.setVisible(has_minimap)
        self.minimap.move(
            wide - self.minimap.width() - MARGIN_PX,
            high - self.minimap.height() - MARGIN_PX,
        )
        self.minimap.update()
        self.divider.setVisible(has_document and look.compare != "off")
        width = DividerHandle.WIDTH_PX
        place = QRect(round(wide * look.divider) - width // 2, 0, width, high)
        self.divider.setGeometry(place)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.update_places()
        return False

    def _on_session_document_opened(self) -> None:
        self.grid.set_size(*self._layers.size_rc)
        self.update_picture()

    def _on_session_view_changed(self) -> None:
        self.grid.set_size(*self._layers.size_rc)
        self._refresh.start()
        self.update_places()


def ruler_step(scale: float, least_px: float) -> int:
    """Give the round number of pixels between two numbers of a ruler."""
    step = 1
    while step * scale < least_px:
        digits = int(str(step)[0])
        step = step * 5 // 2 if digits == 2 else step * 2
    return step
