"""The actions that walk through the frames."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk

_ = QT_TRANSLATE_NOOP

TEN = 10


def step(desk: Desk, count: int) -> None:
    """Go on or back by some frames."""
    desk.files.go_to(desk.files.frames.place + count)


def to_end(desk: Desk, *, is_last: bool) -> None:
    """Go to the first or the last frame."""
    desk.files.go_to(desk.files.frames.count - 1 if is_last else 0)


ROWS: tuple[Action, ...] = (
    Action(
        "previous_frame",
        _("actions", "Previous frame"),
        ("A", "Left"),
        "previous",
        partial(step, count=-1),
        "frame",
        "frames",
    ),
    Action(
        "next_frame",
        _("actions", "Next frame"),
        ("D", "Right"),
        "next",
        partial(step, count=1),
        "frame",
        "frames",
    ),
    Action(
        "ten_back",
        _("actions", "Ten frames back"),
        ("Ctrl+Left",),
        "",
        partial(step, count=-TEN),
        "frame",
        "frames",
    ),
    Action(
        "ten_on",
        _("actions", "Ten frames on"),
        ("Ctrl+Right",),
        "",
        partial(step, count=TEN),
        "frame",
        "frames",
    ),
    Action(
        "first_frame",
        _("actions", "First frame"),
        ("Ctrl+Home",),
        "",
        partial(to_end, is_last=False),
        "frame",
        "frames",
    ),
    Action(
        "last_frame",
        _("actions", "Last frame"),
        ("Ctrl+End",),
        "",
        partial(to_end, is_last=True),
        "frame",
        "frames",
    ),
    Action(
        "go_to_frame",
        _("actions", "Go to frame..."),
        ("Ctrl+G",),
        "",
        lambda desk: desk.files.ask_place(),
        "frame",
        "frames",
    ),
    Action(
        "reload_frame",
        _("actions", "Read the frame anew"),
        ("F5",),
        "refresh",
        lambda desk: desk.files.reload(),
        "frame",
        "document",
    ),
)
