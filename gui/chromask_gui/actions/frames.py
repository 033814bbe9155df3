"""The actions that walk through the frames."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from chromask.workspace.review import is_reviewed, set_reviewed
from chromask_gui.actions.action import Action

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk
    from chromask_gui.session.session import Session

_ = QT_TRANSLATE_NOOP

TEN = 10


def step(desk: Desk, count: int) -> None:
    """Go on or back by some frames."""
    desk.files.step(count)


def to_end(desk: Desk, *, is_last: bool) -> None:
    """Go to the first or the last frame."""
    desk.files.go_to(desk.files.frames.count - 1 if is_last else 0)


def has_mark(session: Session) -> bool:
    """Tell whether the open frame is reviewed."""
    return session.document is not None and is_reviewed(session.document.frame)


def toggle_reviewed(desk: Desk) -> None:
    """Mark the open frame as reviewed, or take the mark away."""
    wanted = not has_mark(desk.session)
    text = (
        _("actions", "Mark the frame as reviewed")
        if wanted
        else _("actions", "Take the review mark away")
    )
    desk.session.edit(
        QCoreApplication.translate("actions", str(text)),
        lambda edit: set_reviewed(edit, is_reviewed=wanted),
    )


def ask_recognised(desk: Desk) -> None:
    """Show what was recognised; other masks and another legend can be chosen."""
    from chromask_gui.dialogs.recognition import ask_choice

    ask_choice(desk.files)


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
        "mark_reviewed",
        _("actions", "Mark as reviewed"),
        ("Shift+D",),
        "reviewed",
        toggle_reviewed,
        "frame",
        "document",
        has_mark,
    ),
    Action(
        "next_unreviewed",
        _("actions", "Next frame that is not reviewed"),
        ("Ctrl+Shift+D",),
        "next-unreviewed",
        lambda desk: desk.files.reviews.find_next(desk.files.go_to),
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
    Action(
        "masks_and_legend",
        _("actions", "Masks and legend..."),
        (),
        "",
        ask_recognised,
        "frame",
        "list",
    ),
)
