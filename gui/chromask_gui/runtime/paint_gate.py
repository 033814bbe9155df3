"""Before the window is painted, all that still moves is moved: so that it is painted once.

Qt posts what a change does to the layout and to scroll bars, and paints as soon as a scene has
changed. What a layout brings about in turn would come behind that paint, and paint again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LAYOUT_ROUNDS = 4
"""Each lays out what the one before it has moved; a layout that finds no end is painted."""


class PaintGate(QObject):
    """Lays out a window right before it is painted.

    Parameters
    ----------
    window
        The window.
    parts
        What in it posts calls to itself when it changes: tables their scroll bars, scenes the
        items that are to be drawn again.
    """

    def __init__(self, window: QWidget, *parts: QObject) -> None:
        super().__init__(window)
        self._parts = parts
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            self._settle()
        return False

    def _settle(self) -> None:
        send = QCoreApplication.sendPostedEvents
        for _round in range(LAYOUT_ROUNDS):
            send(None, QEvent.Type.LayoutRequest)
        for part in self._parts:
            send(part, QEvent.Type.MetaCall)
        # What has just been shown asks for its paint by an event of its own.
        send(None, QEvent.Type.UpdateLater)
