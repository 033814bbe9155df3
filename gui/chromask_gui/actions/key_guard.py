"""Keys that belong to the control with the focus before they belong to the window.

Fields that are typed into keep their letters by themselves: Qt asks the control with the
focus first, and a text field claims what it would write. Lists, sliders and boxes to choose
from do not claim the keys that they move by; this claims them in their name.
"""

from __future__ import annotations

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


class KeyGuard(QObject):
    """Watches a window for shortcuts that its focused control needs itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Qt passes it up from the focused control until somebody claims the key.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(
            event, QKeyEvent
        ):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if not plain and needs(QApplication.focusWidget(), event.key()):
                event.accept()
                return True
        return False


def needs(control: QWidget | None, key: int) -> bool:
    """Tell whether a control uses a key to be moved in."""
    return any(isinstance(control, kind) and key in keys for kind, keys in _KEYS)
