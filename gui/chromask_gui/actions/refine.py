"""The actions that refine, and those on the history and on connected parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action
from chromask_gui.panels.refine import RefineBar

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk

_ = QT_TRANSLATE_NOOP


def refine(desk: Desk) -> None:
    """Open the bar that refines."""
    bar = desk.window.findChild(RefineBar)
    if bar is not None:
        bar.open()


ROWS: tuple[Action, ...] = (
    Action(
        "refine",
        _("actions", "Refine..."),
        ("Ctrl+R",),
        "refine",
        refine,
        "edit",
        "document",
    ),
)
