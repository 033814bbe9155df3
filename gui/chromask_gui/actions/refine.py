"""The actions that refine, and those on the history and on connected parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt

from chromask_gui.actions.action import Action
from chromask_gui.tools.parts import PartsTool

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk

_ = QT_TRANSLATE_NOOP


def refine(desk: Desk) -> None:
    """Open the bar that refines."""
    desk.panels.refine.open()


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


def parts_of_roi(desk: Desk) -> None:
    """Choose all parts of the selected ROI with the tool for parts."""
    choose_components(desk, desk.session.view.selected[0], None)
    desk.canvas.setFocus()


def choose_components(
    desk: Desk, roi: int, places: frozenset[tuple[int, int]] | None
) -> None:
    """Choose the components of an ROI that begin at some pixels; None: all of them."""
    desk.session.set_view(tool="parts")
    _parts(desk).choose_roi(roi, places)


def show_history(desk: Desk) -> None:
    """Bring the panel of undo steps to the front."""
    panel = desk.panels.history
    desk.panels.show(panel)
    panel.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


ROWS: tuple[Action, ...] = (
    Action(
        "history",
        _("actions", "History"),
        ("Ctrl+H",),
        "history",
        show_history,
        "edit",
        "document",
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
    Action(
        "parts_of_roi",
        _("actions", "All parts of the ROI"),
        ("Shift+Q",),
        "parts",
        parts_of_roi,
        "edit",
        "selection",
        group="roi",
    ),
)
