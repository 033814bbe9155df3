"""The actions that help: commands, keys, settings. Their dialogs are loaded when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk

_ = QT_TRANSLATE_NOOP


def show_palette(desk: Desk) -> None:
    """Open the command palette over the window."""
    from chromask_gui.dialogs.palette import CommandPalette

    CommandPalette(desk.window, desk.session).pop_up()


def show_keys(desk: Desk) -> None:
    """Show the page of all keys; one that is open already comes to the front."""
    from chromask_gui.dialogs.key_help import KeyHelp

    page = desk.window.findChild(KeyHelp) or KeyHelp(desk.window, desk.keys)
    page.show()
    page.raise_()
    page.activateWindow()
    page.field.setFocus()


def show_settings(desk: Desk) -> None:
    """Show the settings; a dialog that is open already comes to the front."""
    from chromask_gui.dialogs.settings import SettingsDialog

    dialog = desk.window.findChild(SettingsDialog) or SettingsDialog(
        desk.window, desk.session, desk.settings, desk.keys
    )
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


ROWS: tuple[Action, ...] = (
    Action(
        "palette",
        _("actions", "Commands..."),
        ("Ctrl+Shift+P",),
        "search",
        show_palette,
        "help",
    ),
    Action(
        "settings",
        _("actions", "Settings..."),
        ("Ctrl+,",),
        "settings",
        show_settings,
        "edit",
        group="help",
    ),
    Action("keys", _("actions", "Keys"), ("F1",), "help", show_keys, "help"),
)
