"""The history: every step that can be undone or done again; a click goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from chromask_gui.look.icons import icon
from chromask_gui.look.texts import one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from chromask_gui.session.session import Session

    Index = QModelIndex | QPersistentModelIndex

Role = Qt.ItemDataRole


class HistoryModel(QAbstractListModel):
    """The states of the document: first as it was opened, then after each step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.labels: tuple[str, ...] = ()
        self.current = 0

    def show_steps(self, done: tuple[str, ...], undone: tuple[str, ...]) -> None:
        """Show the steps that are done, the oldest first, and those to be done again."""
        self.beginResetModel()
        self.labels = (*done, *reversed(undone))
        self.current = len(done)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.labels) + 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row = index.row()
        if not 0 <= row <= len(self.labels):
            return None
        text = one_line(self.labels[row - 1]) if row else self.tr("Start")
        if role == Role.DisplayRole:
            return text
        if role == Role.AccessibleTextRole:
            return self._spoken(row, text)
        if role == Role.DecorationRole:
            tone = "accent" if row == self.current else "muted"
            return icon("check" if row == self.current else "history", tone)
        if role == Role.FontRole:
            font = QFont()
            font.setBold(row == self.current)
            font.setItalic(row > self.current)
            return font
        return None

    def _spoken(self, row: int, text: str) -> str:
        if row == self.current:
            return self.tr("{}, current state").format(text)
        return text if row < self.current else self.tr("{}, undone").format(text)


class HistoryPanel(QFrame):
    """Lists the steps and marks the current state; a click or Enter goes to any."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_jumping = False
        self.setProperty("kind", "panel")
        self.setWindowTitle(self.tr("History"))
        self.setAccessibleName(self.windowTitle())
        self.model = HistoryModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Steps"))
        self.list.setMinimumHeight(96)
        self.list.clicked.connect(self._on_list_chosen)
        self.list.activated.connect(self._on_list_chosen)
        title = QLabel(self.windowTitle())
        title.setProperty("kind", "panelTitle")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(title)
        layout.addWidget(self.list, 1)
        session.document_opened.connect(self._update)
        session.changed.connect(self._update)

    def jump(self, row: int) -> None:
        """Undo or redo until the document is as after that many steps."""
        session = self._session
        session.cancel_gesture()
        steps = row - self.model.current
        self._is_jumping = True
        try:
            for _ in range(abs(steps)):
                (session.redo if steps > 0 else session.undo)()
        finally:
            self._is_jumping = False
        self._update()

    def _on_list_chosen(self, index: QModelIndex) -> None:
        self.jump(index.row())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update()

    def _update(self, change: object = None) -> None:
        # Behind another tab it costs nothing; it is up to date when it is shown.
        if self._is_jumping or not self.isVisible():
            return
        if getattr(change, "phase", "") == "preview":
            return
        document = self._session.document
        if document is None:
            self.model.show_steps((), ())
            return
        self.model.show_steps(document.undo_labels, document.redo_labels)
        current = self.model.index(self.model.current)
        self.list.selectionModel().setCurrentIndex(
            current, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.list.scrollTo(current)
