"""The line that asks for the labels of a new ROI, with completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from chromask.document import Document

    Index = QModelIndex | QPersistentModelIndex


class LabelsCompleter(QCompleter):
    """Completes the last of several labels that are separated by commas."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.labels = QStringListModel(self)
        self.setModel(self.labels)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: Index) -> str:
        label = str(index.data(self.completionRole()))
        editor = self.widget()
        before = (
            editor.text().rpartition(",")[0] if isinstance(editor, QLineEdit) else ""
        )
        return f"{before}, {label}" if before else label


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
        self._completer = LabelsCompleter(self)
        self.setCompleter(self._completer)
        self.setMaxLength(10_000)
        self.returnPressed.connect(self.enter)

    def set_known(self, labels: Sequence[str]) -> None:
        """Offer these labels."""
        self._completer.labels.setStringList(list(labels))

    def close_popup(self) -> None:
        """Take the list of completions away."""
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()

    def texts(self) -> list[str]:
        """Give the labels: those between commas, or a known one that holds a comma itself."""
        text = self.text().strip()
        if text in self._completer.labels.stringList():
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


def known_labels(document: Document) -> list[str]:
    """List the labels that the frame and the data set use, for completion."""
    labels = {
        label
        for annotation in document.frame.annotations
        for label in annotation.labels
    }
    if document.mapping is not None:
        for entry in document.mapping.entries:
            labels.update(entry.labels)
    return sorted(labels, key=str.casefold)
