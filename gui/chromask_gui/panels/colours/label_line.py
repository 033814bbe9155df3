"""The line that asks for the labels of a new ROI, with completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chromask_gui.widgets.labels import LabelCompleter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent


class LabelsEdit(QLineEdit):
    """A line for one or several labels.

    Signals
    -------
    entered(list)
        Enter was pressed on at least one label.
    cancelled()
        Escape was pressed.
    """

    entered = Signal(list)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._completer = LabelCompleter((), self)
        self.setCompleter(self._completer)
        self.setMaxLength(10_000)
        self.returnPressed.connect(self.enter)

    def set_known(self, labels: Sequence[str]) -> None:
        """Offer these labels."""
        self._completer.set_labels(labels)

    def close_popup(self) -> None:
        """Take the list of completions away."""
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()

    def texts(self) -> list[str]:
        """Give the labels: those between commas, or a known one that holds a comma itself."""
        text = self.text().strip()
        if text in self._completer.labels():
            return [text]
        return [part for part in map(str.strip, text.split(",")) if part]

    def enter(self) -> None:
        """Tell the labels, if there are any."""
        if labels := self.texts():
            self.close_popup()
            self.entered.emit(labels)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # Accepted, or the window would leave what it is doing as well.
            event.accept()
            self.close_popup()
            self.cancelled.emit()
            return
        super().keyPressEvent(event)
