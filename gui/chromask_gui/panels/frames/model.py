"""The frames of a list as rows of a model: a name, a picture, marks; filtered by name and mark."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)

from chromask_gui.look.texts import in_order, name_in, one_line, plain_tip
from chromask_gui.session.thumbs import THUMB_RC

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from chromask.dataset.query import FrameItem
    from chromask_gui.session.thumbs import Thumbs
    from chromask_gui.session.walk import Frames

    Index = QModelIndex | QPersistentModelIndex

CELL = QSize(THUMB_RC[1] + 16, THUMB_RC[0] + 34)
"""A frame's picture with its name below it."""

FOLDER_PX = 18
"""The line of the folder, where frames are in several."""

MARKS_ROLE = Qt.ItemDataRole.UserRole
FOLDER_ROLE = MARKS_ROLE + 1
HEIGHT_ROLE = MARKS_ROLE + 2
MARKS = ("edited", "saved", "reviewed", "unresolved", "missing")

FILTER_AFTER_MS = 150
"""Marks that come in together are filtered by together."""


class FramesModel(QAbstractListModel):
    """Those frames of the list that the filter lets through.

    Signals
    -------
    row_changed(int)
        The picture or the marks of a row changed. Not ``dataChanged``: on that a list view
        lays out all its rows anew, a hundred thousand for every picture.
    """

    row_changed = Signal(int)

    def __init__(self, frames: Frames, thumbs: Thumbs, parent: QObject) -> None:
        super().__init__(parent)
        self._frames = frames
        self._thumbs = thumbs
        self._words: list[str] = []
        self._mark = ""
        self._places: list[int] = []
        self._rows: dict[int, int] = {}
        self._folders: dict[str, str] = {}
        self._filter_timer = QTimer(self)
        self._filter_timer.setSingleShot(True)
        self._filter_timer.setInterval(FILTER_AFTER_MS)
        self._filter_timer.timeout.connect(self.refresh)
        frames.listed.connect(self.refresh)
        frames.marks_changed.connect(self._on_frames_marks_changed)
        thumbs.ready.connect(self._on_changed)

    def set_filter(self, text: str, mark: str) -> None:
        """Show frames whose names hold each word, and that have the mark if one is named.

        With a minus before it, those that do not have it.
        """
        self._words = text.lower().split()
        self._mark = mark
        self.refresh()

    def refresh(self) -> None:
        """Filter the list anew."""
        self.beginResetModel()
        items = self._frames.list.items if self._frames.list is not None else ()
        self._places = [n for n, item in enumerate(items) if self._is_shown(item)]
        self._rows = {place: row for row, place in enumerate(self._places)}
        root = self._frames.list.root if self._frames.list is not None else Path()
        folders = {os.path.dirname(item.path) for item in items}
        self._folders = {
            each: in_order(one_line(name_in(Path(each), root)))
            for each in folders
            if len(folders) > 1
        }
        self.endResetModel()

    @property
    def cell_height(self) -> int:
        """The height of a frame: in a tree its folder has a line, too."""
        return CELL.height() + (FOLDER_PX if self._folders else 0)

    def place(self, row: int) -> int:
        """Give the frame's place in the whole list."""
        return self._places[row]

    def row(self, place: int) -> int | None:
        """Give the row of a place; None where it is filtered out."""
        return self._rows.get(place)

    def marks(self, item: FrameItem) -> list[str]:
        """List a frame's marks."""
        marks = self._frames.marks.get(item.key, frozenset())
        return [mark for mark in MARKS if mark in marks]

    def mark_text(self, mark: str) -> str:
        """Say a mark in words."""
        return {
            "edited": self.tr("unsaved edits"),
            "saved": self.tr("saved since it was opened"),
            "reviewed": self.tr("reviewed"),
            "unresolved": self.tr("a ROI names no mask"),
            "missing": self.tr("a file is missing or damaged"),
        }[mark]

    def _is_shown(self, item: FrameItem) -> bool:
        name = item.name.lower()
        if not all(word in name for word in self._words):
            return False
        if not self._mark:
            return True
        is_marked = self._mark.lstrip("-") in self._frames.marks.get(item.key, ())
        return is_marked is not self._mark.startswith("-")

    def _on_frames_marks_changed(self, key: str) -> None:
        self._on_changed(key)
        listed = self._frames.list
        place = listed.place(key) if listed is not None else None
        if listed is None or place is None or self._filter_timer.isActive():
            return
        if self._is_shown(listed.items[place]) != (place in self._rows):
            self._filter_timer.start()

    def _on_changed(self, key: str) -> None:
        place = self._frames.list.place(key) if self._frames.list is not None else None
        row = None if place is None else self._rows.get(place)
        if row is not None:
            self.row_changed.emit(row)

    # -- Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        listed = self._frames.list
        if listed is None or not 0 <= index.row() < len(self._places):
            return None
        item = listed.items[self._places[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(item.name.rpartition("/")[2])
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbs.get(item)
        if role == MARKS_ROLE:
            return self.marks(item)
        if role == FOLDER_ROLE:
            return self._folders.get(os.path.dirname(item.path), "")
        if role == HEIGHT_ROLE:
            return self.cell_height
        said = [self.mark_text(mark) for mark in self.marks(item)]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join([item.name, *said]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join([one_line(item.name), *said])
        return None
