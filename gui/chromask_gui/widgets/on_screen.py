"""Keeping windows and dialogs on their screen, and what was stored on a larger one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPoint, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QShowEvent

FRAME = QMargins(4, 40, 4, 4)
"""Room for the window's frame: no window system tells its size before the window is shown."""


class FittingDialog(QDialog):
    """A dialog that is never larger than its screen: its lowest buttons can be reached."""

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            fit_to_screen(self)
        super().showEvent(event)


def scrolling(page: QWidget, name: str) -> QScrollArea:
    """Let a page be seen in a place that is smaller than it; screen readers say its name."""
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area


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
    parent = window.parentWidget()
    place = window if parent is None else parent.window()
    screen = QGuiApplication.screenAt(place.geometry().center())
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
