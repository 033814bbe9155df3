"""The actions that choose a tool and set the brush; the tool rail shows the tools in this order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action
from chromask_gui.session.view_state import MAX_SIZE, MIN_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask_gui.actions.action import Desk
    from chromask_gui.session.session import Session

_ = QT_TRANSLATE_NOOP

SIZE_STEP = 1.2
"""How much larger the next brush is."""


def choose_tool(desk: Desk, tool: str) -> None:
    """Take a tool in hand; the canvas hears its keys from then on."""
    desk.session.set_view(tool=tool)
    desk.canvas.setFocus()


def resize_brush(session: Session, notches: float) -> None:
    """Make the brush larger, or smaller with a negative number of notches."""
    options = session.view.options
    size = options.size * SIZE_STEP**notches
    # At least half a pixel a notch, in halves: what the number field can show.
    least = options.size + notches * 0.5
    size = max(size, least) if notches > 0 else min(size, least)
    size = round(min(max(size, MIN_SIZE), MAX_SIZE) * 2) / 2
    session.set_view(options=replace(options, size=size))


def _tool(tool: str, text: object, key: str, icon: str = "") -> Action:
    return Action(
        f"tool_{tool}",
        text,
        (key,),
        icon or tool,
        partial(choose_tool, tool=tool),
        "tools",
        "document",
        _is_tool(tool),
    )


def _is_tool(tool: str) -> Callable[[Session], bool]:
    return lambda session: session.view.tool == tool


TOOL_ROWS: tuple[Action, ...] = (
    _tool("select", _("actions", "Select"), "V"),
    _tool("brush", _("actions", "Brush"), "B"),
    _tool("eraser", _("actions", "Eraser"), "E"),
    _tool("fill", _("actions", "Fill"), "G"),
    _tool("picker", _("actions", "Pick ROI"), "I"),
    _tool("polygon", _("actions", "Polygon"), "P"),
    _tool("box", _("actions", "Box"), "R"),
    _tool("ellipse", _("actions", "Ellipse"), "O"),
    _tool("lasso", _("actions", "Lasso"), "L"),
    _tool("keypoints", _("actions", "Keypoints"), "K"),
    _tool("parts", _("actions", "Parts"), "Q"),
    _tool("wand", _("actions", "Magic wand"), "W"),
    _tool("scissors", _("actions", "Intelligent scissors"), "X"),
    _tool("grabcut", _("actions", "Cut out of a box"), "Y"),
    _tool("superpixels", _("actions", "Superpixels"), "Shift+W"),
)

ROWS: tuple[Action, ...] = (
    *TOOL_ROWS,
    Action(
        "brush_smaller",
        _("actions", "Smaller brush"),
        ("[",),
        "",
        lambda desk: resize_brush(desk.session, -1),
        "tools",
        "document",
    ),
    Action(
        "brush_larger",
        _("actions", "Larger brush"),
        ("]",),
        "",
        lambda desk: resize_brush(desk.session, 1),
        "tools",
        "document",
    ),
)
