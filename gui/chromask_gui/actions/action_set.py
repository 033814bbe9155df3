"""The table's actions as Qt's, bound to a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from chromask_gui.actions import ACTIONS
from chromask_gui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chromask_gui.actions.action import Action, Desk


class ActionSet(QObject):
    """Every action of the table; enabled and checked by what the session holds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self.by_id: Mapping[str, QAction] = {row.id: self._make(row) for row in ACTIONS}
        session = desk.session
        session.document_opened.connect(self.refresh)
        session.changed.connect(self.refresh)
        session.view_changed.connect(self.refresh)
        self.refresh()

    def _make(self, row: Action) -> QAction:
        text = _translated(row.text)
        action = QAction(text, self._desk.window)
        if row.icon:
            action.setIcon(icon(row.icon))
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text}  {keys}" if keys else text)
        action.setCheckable(row.is_checked is not None)
        action.triggered.connect(lambda: row.run(self._desk))
        self._desk.window.addAction(action)
        return action

    def refresh(self) -> None:
        """Enable, check and name every action after what is there."""
        session = self._desk.session
        document = session.document
        there = {
            "": True,
            "document": document is not None,
            "undo": document is not None and document.undo_label is not None,
            "redo": document is not None and document.redo_label is not None,
            "selection": bool(session.view.selected),
        }
        for row in ACTIONS:
            action = self.by_id[row.id]
            action.setEnabled(there[row.needs])
            if row.is_checked is not None:
                action.setChecked(row.is_checked(session))
        for name, label in (
            ("undo", document and document.undo_label),
            ("redo", document and document.redo_label),
        ):
            text = QCoreApplication.translate("actions", name.capitalize())
            self.by_id[name].setText(f"{text} {label}" if label else text)


def _translated(text: object) -> str:
    return QCoreApplication.translate("actions", str(text))
