"""The actions of the ROI panel that have a key or a name of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action
from chromask_gui.actions.refine import copy_parts, paste_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask_gui.actions.action import Desk
    from chromask_gui.panels.rois.panel import RoiPanel

_ = QT_TRANSLATE_NOOP


def _command(run: Callable[[RoiPanel], object]) -> Callable[[Desk], object]:
    return lambda desk: run(desk.panels.rois)


def copy(desk: Desk) -> None:
    """Copy the parts that a tool has chosen, else the selected ROIs."""
    if not copy_parts(desk):
        desk.panels.rois.commands.copy()


def paste(desk: Desk) -> None:
    """Paste parts while the tool for parts is there or alone was copied from, else ROIs."""
    panel = desk.panels.rois
    is_parts = desk.session.view.tool == "parts" or not panel.can_paste()
    if not (is_parts and paste_parts(desk)):
        panel.commands.paste()


def label_frame(desk: Desk) -> None:
    """Let the user type a label for the whole frame."""
    desk.panels.show(desk.panels.frame)
    desk.panels.frame.add_label()


def edit_frame_metadata(desk: Desk) -> None:
    """Let the user type metadata of the frame."""
    desk.panels.show(desk.panels.frame)
    desk.panels.frame.edit_metadata()


ROWS: tuple[Action, ...] = (
    Action(
        "duplicate",
        _("actions", "Duplicate ROI"),
        ("Ctrl+D",),
        "duplicate",
        _command(lambda panel: panel.commands.duplicate()),
        "edit",
        "selection",
        group="roi",
    ),
    Action(
        "copy",
        _("actions", "Copy"),
        ("Ctrl+C",),
        "copy",
        copy,
        "edit",
        "document",
    ),
    Action(
        "paste",
        _("actions", "Paste"),
        ("Ctrl+V",),
        "paste",
        paste,
        "edit",
        "document",
    ),
    Action(
        "lock",
        _("actions", "Lock or unlock ROI"),
        (),
        "lock",
        _command(lambda panel: panel.commands.toggle_locks()),
        "edit",
        "selection",
        group="roi",
    ),
    Action(
        "previous_label",
        _("actions", "Previous default label"),
        ("Alt+[",),
        "",
        _command(lambda panel: panel.commands.step(-1)),
        "edit",
        "document",
        group="roi",
    ),
    Action(
        "next_label",
        _("actions", "Next default label"),
        ("Alt+]",),
        "",
        _command(lambda panel: panel.commands.step(1)),
        "edit",
        "document",
        group="roi",
    ),
    Action(
        "frame_label",
        _("actions", "Frame label"),
        ("Shift+N",),
        "frame",
        label_frame,
        "edit",
        "document",
        group="frame",
    ),
    Action(
        "frame_metadata",
        _("actions", "Frame metadata"),
        ("Shift+M",),
        "frame",
        edit_frame_metadata,
        "edit",
        "document",
        group="frame",
    ),
)
