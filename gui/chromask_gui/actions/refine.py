"""The actions that refine, and those on the history and on connected parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action
from chromask_gui.panels.refine import RefineBar
from chromask_gui.tools.parts import PartsTool
from chromask_gui.view_state import with_look

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk

_ = QT_TRANSLATE_NOOP


def refine(desk: Desk) -> None:
    """Open the bar that refines."""
    bar = desk.window.findChild(RefineBar)
    if bar is not None:
        bar.open()


def _parts(desk: Desk) -> PartsTool:
    tool = desk.canvas.tools["parts"]
    assert isinstance(tool, PartsTool)
    return tool


def copy_parts(desk: Desk) -> bool:
    """Copy the parts that the tool for parts has chosen; returns whether there are any."""
    return desk.session.view.tool == "parts" and _parts(desk).copy()


def paste_parts(desk: Desk) -> bool:
    """Put what was copied into the mask on top, to be moved with the tool for parts."""
    if _parts(desk).clip is None:
        return False
    desk.session.set_view(tool="parts")
    _parts(desk).paste()
    desk.canvas.setFocus()
    return True


def toggle_history(desk: Desk) -> None:
    """Show or hide the panel of undo steps."""
    view = desk.session.view
    desk.session.set_view(**with_look(view, has_history=not view.look.has_history))


ROWS: tuple[Action, ...] = (
    Action(
        "has_history",
        _("actions", "History"),
        ("Ctrl+H",),
        "history",
        toggle_history,
        "edit",
        "document",
        lambda session: session.view.look.has_history,
    ),
    Action(
        "refine",
        _("actions", "Refine..."),
        ("Ctrl+R",),
        "refine",
        refine,
        "edit",
        "document",
    ),
    Action(
        "roi_from_parts",
        _("actions", "New ROI from parts"),
        ("Ctrl+J",),
        "add",
        lambda desk: _parts(desk).make_roi(),
        "edit",
        "document",
    ),
)
