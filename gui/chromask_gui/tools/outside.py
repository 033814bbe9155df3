"""Asking before an edit of a mask outside the opened folder begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from chromask.document.edits import folder_to_ask

if TYPE_CHECKING:
    from pathlib import Path

    from chromask_gui.session.session import Session


def may_begin(session: Session, key: str | None) -> bool:
    """Whether an edit of a mask may begin; asks about folders outside the opened one.

    False also where the question has used up the press that would have begun a stroke.

    Parameters
    ----------
    key
        The mask; None is one that the edit makes.
    """
    was_held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
    asked: set[Path] = set()
    document = session.document
    # Another frame may come while the question is open: it was not asked about.
    while document is not None and session.document is document:
        folder = folder_to_ask(document, key)
        if folder is None:
            return not (asked and was_held)
        if folder in asked or not session.ask_outside(folder):
            return False
        asked.add(folder)
    return False
