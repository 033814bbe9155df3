"""The actions on what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action
from chromask_gui.canvas.navigation import WHEEL_STEP
from chromask_gui.session.previews import is_preview_shown, toggle_preview

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk

_ = QT_TRANSLATE_NOOP


def toggle_overlay(desk: Desk) -> None:
    """Show or hide the masks: for good, or while the key is held."""
    desk.canvas.peek.press()


def toggle_outline(desk: Desk) -> None:
    """Show or hide the outline of the selected ROIs."""
    desk.session.set_view(has_outline=not desk.session.view.has_outline)


ROWS: tuple[Action, ...] = (
    Action(
        "fit",
        _("actions", "Fit"),
        ("F",),
        "fit",
        lambda desk: desk.canvas.fit(),
        "view",
        "document",
    ),
    Action(
        "one_to_one",
        _("actions", "1:1"),
        ("Ctrl+0",),
        "one-to-one",
        lambda desk: desk.canvas.one_to_one(),
        "view",
        "document",
    ),
    Action(
        "zoom_in",
        _("actions", "Zoom in"),
        ("+", "="),
        "zoom-in",
        lambda desk: desk.canvas.zoom_by(WHEEL_STEP**2),
        "view",
        "document",
    ),
    Action(
        "zoom_out",
        _("actions", "Zoom out"),
        ("-",),
        "zoom-out",
        lambda desk: desk.canvas.zoom_by(WHEEL_STEP**-2),
        "view",
        "document",
    ),
    Action(
        "overlay",
        _("actions", "Overlay"),
        ("H",),
        "overlay",
        toggle_overlay,
        "view",
        "document",
        lambda session: session.view.has_overlay,
    ),
    Action(
        "preview",
        _("actions", "Source / Preview"),
        ("Shift+P",),
        "",
        lambda desk: toggle_preview(desk.session),
        "view",
        "preview",
        is_preview_shown,
    ),
    Action(
        "outline",
        _("actions", "Outline the selected ROI"),
        ("Shift+H",),
        "outline",
        toggle_outline,
        "view",
        "document",
        lambda session: session.view.has_outline,
    ),
)
