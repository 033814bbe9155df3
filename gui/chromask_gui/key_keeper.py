"""Keys that a control needs itself, though the window has a shortcut for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class KeyKeeper(QObject):
    """Keeps keys from the window's shortcuts while a control, or what it holds, wants them.

    A filter and no override of ``event``: below Python 3.12 an error of a handler that is
    called from within another one, as ``super().event(...)`` does, ends the process.

    Parameters
    ----------
    control
        The control; its parent, too.
    wants
        Tells of a key that went down whether the control has a use for it.
    """

    def __init__(self, control: QWidget, wants: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(control)
        self._wants = wants
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._wants(event)
        ):
            event.accept()
            return True
        return False
