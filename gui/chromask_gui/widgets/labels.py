"""The labels that a frame and its data set know, and the completion of what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)
from PySide6.QtWidgets import QCompleter, QLineEdit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chromask.document.document import Document

    Index = QModelIndex | QPersistentModelIndex


def known_labels(document: Document | None, labels: Iterable[str] = ()) -> list[str]:
    """List labels, and all of the data set's mapping, sorted; no blank ones."""
    known = set(labels)
    if document is not None and document.mapping is not None:
        known.update(
            label for entry in document.mapping.entries for label in entry.labels
        )
    return sorted(
        {label.strip() for label in known} - {""},
        key=lambda label: (label.casefold(), label),
    )


def frame_labels(document: Document | None) -> list[str]:
    """List the labels that the frame's ROIs and the data set use; likewise."""
    rois = document.frame.annotations if document is not None else ()
    return known_labels(document, (label for roi in rois for label in roi.labels))


class LabelCompleter(QCompleter):
    """Completes the label behind the last comma, and keeps what stands before it."""

    def __init__(self, labels: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels = QStringListModel(list(labels), self)
        self.setModel(self._labels)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(10)
        popup = self.popup()
        assert popup is not None
        popup.setObjectName("completer")

    def set_labels(self, labels: Sequence[str]) -> None:
        """Offer other labels; the same ones leave an open list as it is."""
        if self.labels() != list(labels):
            self._labels.setStringList(list(labels))

    def labels(self) -> list[str]:
        """Give the labels that are offered."""
        return self._labels.stringList()

    def is_choosing(self) -> bool:
        """Whether one of the offered labels is pointed at."""
        popup = self.popup()
        return (
            popup is not None and popup.isVisible() and popup.currentIndex().isValid()
        )

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: Index) -> str:
        label = str(index.data())
        widget = self.widget()
        text = widget.text() if isinstance(widget, QLineEdit) else ""
        before, comma, _ = text.rpartition(",")
        return f"{before.rstrip()}, {label}" if comma else label
