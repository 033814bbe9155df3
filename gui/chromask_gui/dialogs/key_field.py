"""A field that takes down the key that is pressed in it."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from chromask_gui.shortcuts.filters import WidgetKeyFilter
from chromask_gui.shortcuts.keymap import PORTABLE, shown_key

_MODIFIERS = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
)
_LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class KeyField(QLineEdit):
    """Shows the last key that was pressed. Tab leaves it, so that nobody is caught in it.

    Signals
    -------
    pressed(str)
        A key, in Qt's portable words.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        self.setReadOnly(True)
        self.setProperty("kind", "keyField")
        self.setPlaceholderText(self.tr("Press a key"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        WidgetKeyFilter(self, lambda key: key.key() not in _LEAVING)

    def show_key(self, key: str) -> None:
        """Show a key; empty for none."""
        self.key = key
        self.setText(shown_key(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEAVING:
            super().keyPressEvent(event)
        elif event.key() not in _MODIFIERS:
            self.show_key(key_of(event))
            self.pressed.emit(self.key)


def key_of(event: QKeyEvent) -> str:
    """Write what was pressed as a key sequence has it.

    Shift counts only where it is not what makes the sign: + needs it on some keyboards.
    """
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    sign = event.text()[:1]
    if sign.isprintable() and sign and not sign.isalnum() and not sign.isspace():
        held &= ~Qt.KeyboardModifier.ShiftModifier
    combination = QKeyCombination(held, Qt.Key(event.key()))
    return QKeySequence(combination).toString(PORTABLE)
