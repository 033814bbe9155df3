"""The actions that edit the frame."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt

from chromask_gui.actions.action import Action

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk

_ = QT_TRANSLATE_NOOP


def delete_rois(desk: Desk) -> None:
    """Delete the selected ROIs, as one step; what the tool has chosen goes first."""
    if desk.canvas.tool.delete():
        return
    selected = sorted(desk.session.view.selected, reverse=True)
    label = QCoreApplication.translate(
        "actions", "Delete %n ROI(s)", None, len(selected)
    )
    desk.session.edit(label, lambda edit: edit.frame.remove_annotations(selected))


def select_number(desk: Desk, number: int) -> None:
    """Select the ROI of a number key, 1 for the first, and give it what the tool has chosen.

    Behind the ROIs, the numbers go on with the labels of the data set: they are painted with.
    """
    if number <= len(desk.session.census.rois):
        desk.canvas.tool.give_to(number - 1)
        desk.session.select(number - 1)
        return
    desk.panels.rois.take_row(number - 1)


def search_rois(desk: Desk) -> None:
    """Put the cursor into the line that filters the ROIs."""
    field = desk.panels.rois.filter
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    field.selectAll()


CHOOSE = (
    _("actions", "Choose ROI 1"),
    _("actions", "Choose ROI 2"),
    _("actions", "Choose ROI 3"),
    _("actions", "Choose ROI 4"),
    _("actions", "Choose ROI 5"),
    _("actions", "Choose ROI 6"),
    _("actions", "Choose ROI 7"),
    _("actions", "Choose ROI 8"),
    _("actions", "Choose ROI 9"),
)

ROWS: tuple[Action, ...] = (
    Action(
        "undo",
        _("actions", "Undo"),
        ("Ctrl+Z",),
        "undo",
        lambda desk: desk.session.undo(),
        "edit",
        "undo",
    ),
    Action(
        "redo",
        _("actions", "Redo"),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        lambda desk: desk.session.redo(),
        "edit",
        "redo",
    ),
    Action(
        "delete",
        _("actions", "Delete ROI"),
        ("Delete",),
        "delete",
        delete_rois,
        "edit",
        "selection",
    ),
    Action(
        "select_none",
        _("actions", "Select none"),
        ("Esc",),
        "",
        lambda desk: desk.session.select(),
        "edit",
        "choice",
    ),
    *(
        Action(
            f"roi_{number}",
            text,
            (str(number),),
            "",
            partial(select_number, number=number),
            "",
            "document",
            group="roi",
        )
        for number, text in enumerate(CHOOSE, 1)
    ),
    Action(
        "search",
        _("actions", "Search the ROIs"),
        ("/",),
        "search",
        search_rois,
        "edit",
        "document",
        group="roi",
    ),
)
