"""The window's first and least size, and the side bar's share of its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QResizeEvent

FIRST_SIZE = QSize(1440, 900)
LEAST_SIZE = QSize(720, 400)
"""What fits into 1280 x 720 at a scale of 1.5, with a title bar and a task bar."""

SIDE_WIDTH_PX = 520
SIDE_SHARE = 0.4
"""The side bar's share of a window in which its usual width would leave too little image."""

LARGEST_SHARE = 0.6
"""A side bar that takes more of the width was as wide on a larger screen."""


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
