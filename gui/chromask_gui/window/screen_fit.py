"""Fitting the window to its screen: its first size, and what was stored on a larger screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray, QRect
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

FIRST_SIZE = QSize(1440, 900)
LEAST_SIZE = QSize(720, 400)
"""What fits into 1280 x 720 at a scale of 1.5, with a title bar and a task bar."""

SIDE_WIDTH_PX = 520
SIDE_SHARE = 0.4
"""The side bar's share of a window in which its usual width would leave too little image."""

LARGEST_SHARE = 0.6
"""A side bar that takes more of the width was as wide on a larger screen."""

FRAME = QMargins(4, 40, 4, 4)
"""Room for the window's frame: no window system tells its size before the window is shown."""


class SideSplit(QSplitter):
    """Image and side bar next to each other.

    Until the user drags the handle, the side bar has its usual width, and in a narrow window
    its share of it.
    """

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._is_dragged = False
        self.splitterMoved.connect(self._on_splitter_moved)

    def restoreState(self, state: QByteArray | bytes | bytearray | memoryview) -> bool:
        self._is_dragged = super().restoreState(state)
        return self._is_dragged

    def share(self) -> None:
        """Share the width between the two parts, whatever was dragged or restored."""
        self._is_dragged = False
        side = min(SIDE_WIDTH_PX, round(self.width() * SIDE_SHARE))
        self.setSizes([self.width() - side, side])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_dragged or self.sizes()[1] > LARGEST_SHARE * self.width():
            self.share()

    def _on_splitter_moved(self, _position: int, _index: int) -> None:
        self._is_dragged = True


def fit_to_screen(window: QWidget) -> None:
    """Let all of a window be on its screen, before it is shown.

    A window that was stored on a larger screen, or on one that is gone, is made smaller and
    moved.
    """
    room = _room_for(window)
    size = window.size().boundedTo(room.size()).expandedTo(window.minimumSize())
    if _has_position(window):
        window.move(_moved_into(window.pos(), size, room))
    if size != window.size():
        window.resize(size)


def _room_for(window: QWidget) -> QRect:
    """Give where the inside of the window may be on its screen."""
    screen = QGuiApplication.screenAt(window.geometry().center())
    screen = screen or window.screen() or QGuiApplication.primaryScreen()
    return screen.availableGeometry().marginsRemoved(FRAME)


def _has_position(window: QWidget) -> bool:
    """Whether the window was given a position; else the window system chooses one."""
    return window.pos() != QPoint(0, 0)


def _moved_into(position: QPoint, size: QSize, room: QRect) -> QPoint:
    """Move a window's upper left corner so far that all of it is in the room."""
    # Its position is that of its frame, the room that of its inside.
    left, top = room.left() - FRAME.left(), room.top() - FRAME.top()
    return QPoint(
        max(min(position.x(), left + room.width() - size.width()), left),
        max(min(position.y(), top + room.height() - size.height()), top),
    )
