"""The table's actions as Qt's, bound to a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from chromask_gui.actions import ACTIONS
from chromask_gui.look.icons import icon
from chromask_gui.session.previews import can_choose
from chromask_gui.shortcuts.filters import FocusKeyFilter
from chromask_gui.shortcuts.keymap import NATIVE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chromask.document.change import Change
    from chromask_gui.actions.action import Action, Desk

ROLES = {
    "settings": QAction.MenuRole.PreferencesRole,
    "close": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
}
"""What macOS moves into the menu of the program; Qt would guess others by their words."""


STEPS = ("undo", "redo")
"""What needs and names a step of the document: all that pixels alone change."""


class ActionSet(QObject):
    """Every action of the table; enabled and checked by what the session holds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._there: dict[str, bool] = {}
        self.by_id: Mapping[str, QAction] = {row.id: self._make(row) for row in ACTIONS}
        session = desk.session
        session.document_opened.connect(self.refresh)
        session.changed.connect(self._on_session_changed)
        session.counted.connect(self._show_steps)
        session.view_changed.connect(self.refresh)
        desk.files.frames.listed.connect(self.refresh)
        desk.keys.changed.connect(self._on_keys_changed)
        self._on_keys_changed()
        self.refresh()
        # Not before they have keys and names: a window hears of each change of its actions.
        desk.window.addActions(list(self.by_id.values()))
        self._guard = FocusKeyFilter(desk.window)

    def _make(self, row: Action) -> QAction:
        action = QAction(_translated(row.text), self._desk.window)
        action.setObjectName(row.id)
        action.setMenuRole(ROLES.get(row.id, QAction.MenuRole.NoRole))
        if row.icon:
            action.setIcon(icon(row.icon))
        action.setCheckable(row.is_checked is not None)
        action.triggered.connect(lambda: self._run(row))
        return action

    def _run(self, row: Action) -> None:
        row.run(self._desk)
        if row.is_checked is not None:
            # Qt has turned its check mark over already, also where nothing was done.
            self.by_id[row.id].setChecked(row.is_checked(self._desk.session))

    def _on_keys_changed(self) -> None:
        for action_id, action in self.by_id.items():
            keys = self._desk.keys.keys(action_id)
            action.setShortcuts([QKeySequence(key) for key in keys])
            self._name(action)

    def _name(self, action: QAction) -> None:
        """Say the action and its key in its tooltip, whatever it is called just now."""
        text = action.text().replace("&", "")
        keys = action.shortcut().toString(NATIVE)
        action.setToolTip(f"{text} ({keys})" if keys else text)

    def _on_session_changed(self, change: Change) -> None:
        if change.phase == "preview":
            return
        if change.is_pixels:
            # What can be done now must not wait; `counted` takes back and names the rest.
            for _, action, label in self._steps():
                if label is not None:
                    action.setEnabled(True)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Enable, check and name every action after what is there."""
        session = self._desk.session
        document = session.document
        there = {
            "": True,
            "document": document is not None,
            "list": self._desk.files.frames.count > 0,
            "frames": self._desk.files.frames.count > 1,
            "selection": bool(session.view.selected),
            "preview": can_choose(session),
            "choice": bool(session.view.selected) or session.view.in_hand is not None,
        }
        before, self._there = self._there, there
        new = {need for need in there if there[need] != before.get(need)}
        for row in ACTIONS:
            if row.needs in new and row.id not in STEPS:
                self.by_id[row.id].setEnabled(there[row.needs])
            if row.is_checked is not None:
                self.by_id[row.id].setChecked(row.is_checked(session))
        self._show_steps()

    def _steps(self) -> Iterator[tuple[str, QAction, str | None]]:
        document = self._desk.session.document
        labels = document and document.undo_label, document and document.redo_label
        for row_id, label in zip(STEPS, labels, strict=True):
            yield row_id, self.by_id[row_id], label

    def _show_steps(self) -> None:
        for row_id, action, label in self._steps():
            action.setEnabled(label is not None)
            text = _translated(self._desk.keys.rows[row_id].text)
            text = f"{text} {label}" if label else text
            if action.text() != text:
                action.setText(text)
                self._name(action)


def _translated(text: object) -> str:
    return QCoreApplication.translate("actions", str(text))
