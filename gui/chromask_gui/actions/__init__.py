"""The actions: one table of everything that has a name, an icon or a key.

A new subject is one module with ``ROWS``, and one line in `ACTIONS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions import (
    display,
    edit,
    files,
    frames,
    help_rows,
    refine,
    rois,
    tools,
    view,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chromask_gui.actions.action import Action

MENUS: Mapping[str, object] = {
    "file": QT_TRANSLATE_NOOP("actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("actions", "&Edit"),
    "view": QT_TRANSLATE_NOOP("actions", "&View"),
    "frame": QT_TRANSLATE_NOOP("actions", "F&rames"),
    "display": QT_TRANSLATE_NOOP("actions", "&Display"),
    "tools": QT_TRANSLATE_NOOP("actions", "&Tools"),
    "help": QT_TRANSLATE_NOOP("actions", "&Help"),
}
"""The menus by their names in the table, in their order."""

ACTIONS: tuple[Action, ...] = (
    *files.ROWS,
    *frames.ROWS,
    *edit.ROWS,
    *refine.ROWS,
    *rois.ROWS,
    *view.ROWS,
    *display.ROWS,
    *tools.ROWS,
    *help_rows.ROWS,
)
