"""Where one is among the frames: ``frame 12 / 340`` in the toolbar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolButton, QWidget

from chromask_gui.look.texts import number_text

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from chromask_gui.session.walk import Frames


class PositionButton(QToolButton):
    """Says which frame is shown, of how many; a click asks for another."""

    def __init__(
        self, frames: Frames, go_to: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._frames = frames
        self._go_to = go_to
        self.setAutoRaise(True)
        self.setToolTip(go_to.toolTip())
        self.clicked.connect(go_to.trigger)
        frames.listed.connect(self.refresh)
        frames.moved.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say it anew."""
        count = self._frames.count
        place = self._frames.place
        # A frame that was saved elsewhere, or is gone, has no number.
        number = number_text(place + 1) if place >= 0 else "–"
        text = self.tr("frame {} / {}").format(number, number_text(count))
        self.setText(text if count > 1 else self.tr("frame – / –"))
        self.setAccessibleName(text)
        self.setEnabled(count > 1)
