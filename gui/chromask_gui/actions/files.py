"""The actions on files."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action

_ = QT_TRANSLATE_NOOP

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
        "close",
        _("actions", "Quit"),
        ("Ctrl+Q",),
        "",
        lambda desk: desk.window.close(),
        "file",
    ),
)
