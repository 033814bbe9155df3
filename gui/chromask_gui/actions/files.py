"""The actions on files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QUrl
from PySide6.QtGui import QDesktopServices

from chromask_gui.actions.action import Action

if TYPE_CHECKING:
    from chromask_gui.actions.action import Desk

_ = QT_TRANSLATE_NOOP


def show_folder(desk: Desk) -> None:
    """Open the folder of the frame's JSON in the desktop's file manager."""
    document = desk.session.document
    if document is not None:
        path = document.path or Path(document.frame.uri or "")
        folder = path.absolute().parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


ROWS: tuple[Action, ...] = (
    Action(
        "open",
        _("actions", "Open..."),
        ("Ctrl+O",),
        "open",
        lambda desk: desk.files.choose(),
        "file",
    ),
    Action(
        "open_folder",
        _("actions", "Open a folder..."),
        ("Ctrl+Shift+O",),
        "folder",
        lambda desk: desk.files.choose_folder(),
        "file",
    ),
    Action(
        "open_example",
        _("actions", "Open the example"),
        (),
        "image",
        lambda desk: desk.files.open_example(),
        "file",
    ),
    Action(
        "save",
        _("actions", "Save"),
        ("Ctrl+S",),
        "save",
        lambda desk: desk.files.save(),
        "file",
        "document",
    ),
    Action(
        "save_as",
        _("actions", "Save as..."),
        ("Ctrl+Shift+S",),
        "save-as",
        lambda desk: desk.files.save_as(),
        "file",
        "document",
    ),
    Action(
        "show_folder",
        _("actions", "Show the folder"),
        (),
        "folder",
        show_folder,
        "file",
        "document",
    ),
    Action(
        "close",
        _("actions", "Quit"),
        ("Ctrl+Q",),
        "",
        lambda desk: desk.window.close(),
        "file",
    ),
)
