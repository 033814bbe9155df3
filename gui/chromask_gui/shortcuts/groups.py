"""Under which headings the keys are listed, and the keys that are no action's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chromask_gui.shortcuts.keymap import ShortcutRow

_ = QT_TRANSLATE_NOOP

GROUPS: Mapping[str, object] = {
    "file": _("actions", "Files"),
    "frame": _("actions", "Frames"),
    "edit": _("actions", "Editing"),
    "tools": _("actions", "Tools"),
    "roi": _("actions", "ROIs"),
    "view": _("actions", "View"),
    "display": _("actions", "Display"),
    "mouse": _("actions", "Mouse"),
    "help": _("actions", "Help and settings"),
    "other": _("actions", "More"),
}
"""The headings by their names in the table, in their order."""

GESTURES: tuple[tuple[str, object, object], ...] = (
    ("mouse", _("actions", "Zoom at the cursor"), _("actions", "Wheel")),
    (
        "mouse",
        _("actions", "Move the image"),
        _("actions", "Space+drag, middle drag"),
    ),
    ("mouse", _("actions", "Add to the selection"), _("actions", "Ctrl+click")),
    ("tools", _("actions", "Finish a shape"), _("actions", "Enter")),
    ("tools", _("actions", "Give up what is half done"), _("actions", "Esc")),
    ("tools", _("actions", "Take back the last point"), _("actions", "Backspace")),
    ("roi", _("actions", "Show or hide the chosen rows"), _("actions", "Space")),
    ("roi", _("actions", "Zoom to the chosen row"), _("actions", "Enter")),
    ("roi", _("actions", "Type into the chosen cell"), _("actions", "F2")),
)
"""What keys and mouse do that is no action and stays as it is: group, what, how."""


def group_of(row: ShortcutRow) -> str:
    """Give the heading of an action."""
    name = row.group or row.menu
    return name if name in GROUPS else "other"
