"""The actions that help: commands, keys, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action
from chromask_gui.dialogs.key_help import KeyHelp
from chromask_gui.dialogs.palette import CommandPalette

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk

_ = QT_TRANSLATE_NOOP


def show_palette(desk: Desk) -> None:
    """Open the command palette over the window."""
    CommandPalette(desk.window, desk.session).pop_up()


def show_keys(desk: Desk) -> None:
    """Show the page of all keys; one that is open already comes to the front."""
    page = desk.window.findChild(KeyHelp) or KeyHelp(desk.window, desk.keys)
    page.show()
    page.raise_()
    page.activateWindow()
    page.field.setFocus()


ROWS: tuple[Action, ...] = (
    Action(
        "palette",
        _("actions", "Commands..."),
        ("Ctrl+Shift+P",),
        "search",
        show_palette,
        "help",
    ),
    Action("keys", _("actions", "Keys"), ("F1",), "help", show_keys, "help"),
)
