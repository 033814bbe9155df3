"""Keys that a widget needs itself, though the window has a shortcut for them.

Qt asks the focused widget first by a `ShortcutOverride`. Text fields claim what they would
write. Lists, sliders and combo boxes do not claim the keys that move in them: `FocusKeyFilter`
does, for every widget of a window. `WidgetKeyFilter` claims what a single widget has a use for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QMenuBar,
    QTabBar,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_Key = Qt.Key
_MOVES = frozenset(
    {
        _Key.Key_Up,
        _Key.Key_Down,
        _Key.Key_PageUp,
        _Key.Key_PageDown,
        _Key.Key_Home,
        _Key.Key_End,
    }
)
_SIDEWAYS = frozenset({_Key.Key_Left, _Key.Key_Right})
_KEYS: tuple[tuple[type[QWidget], frozenset[Qt.Key]], ...] = (
    (QAbstractItemView, _MOVES | {_Key.Key_Space, _Key.Key_F2}),
    (QAbstractSlider, _MOVES | _SIDEWAYS),
    (QComboBox, _MOVES | {_Key.Key_Space, _Key.Key_F4}),
    (QTabBar, _SIDEWAYS),
    (QMenuBar, _SIDEWAYS | _MOVES),
)


class WidgetKeyFilter(QObject):
    """Keeps keys from the window's shortcuts while a widget, or what is in it, wants them.

    A filter and no override of ``event``: below Python 3.12 an error of a handler that is
    called from within another one, as ``super().event(...)`` does, ends the process.

    Parameters
    ----------
    widget
        The widget; it becomes the parent, too.
    wants
        Whether the widget has a use for a key that was pressed.
    """

    def __init__(self, widget: QWidget, wants: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(widget)
        self._wants = wants
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._wants(event)
        ):
            event.accept()
            return True
        return False


class FocusKeyFilter(QObject):
    """Claims the keys that the focused widget of a window moves by."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Qt passes it up from the focused widget until one claims the key.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(
            event, QKeyEvent
        ):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if not plain and needs(QApplication.focusWidget(), event.key()):
                event.accept()
                return True
        return False


def needs(widget: QWidget | None, key: int) -> bool:
    """Whether a widget uses a key to move in it."""
    return any(isinstance(widget, kind) and key in keys for kind, keys in _KEYS)
