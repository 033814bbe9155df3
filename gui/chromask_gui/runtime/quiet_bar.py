"""A tool bar that is not laid out anew where an action is merely enabled or disabled.

Qt lays out the bar and with it the whole window for whatever changes in an action; of undo
and redo that happens in the middle of the work, where a millisecond counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QToolBar, QToolButton

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QActionEvent

Looks = tuple[object, ...]


class QuietBar(QToolBar):
    """Lays itself out when an action looks different, and enables its buttons by itself."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._looks: dict[tuple[QObject, QAction], Looks] = {}

    def actionEvent(self, event: QActionEvent) -> None:
        action = event.action()
        is_change = event.type() == QEvent.Type.ActionChanged
        if not self._looks_different(self, action) and is_change:
            return
        super().actionEvent(event)
        button = self.widgetForAction(action)
        if event.type() == QEvent.Type.ActionAdded and isinstance(button, QToolButton):
            self._looks_different(button, action)
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_change = event.type() == QEvent.Type.ActionChanged
        if not (is_change and isinstance(watched, QToolButton)):
            return False
        action = watched.defaultAction()
        if action is None or self._looks_different(watched, action):
            return False
        watched.setEnabled(action.isEnabled())
        return True

    def _looks_different(self, shower: QObject, action: QAction) -> bool:
        """Whether more than its being enabled changed since what shows it was last asked."""
        looks: Looks = (
            action.text(),
            action.iconText(),
            action.toolTip(),
            action.icon().cacheKey(),
            action.isVisible(),
            action.isCheckable(),
            action.isChecked(),
        )
        before = self._looks.get((shower, action))
        self._looks[shower, action] = looks
        return looks != before
