"""A session for tests of panels: small, recording, and specced on the real one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from chromask.counts.pixel_counts import Census, take_census
from chromask.workspace.opening import open_document
from chromask_gui.session.session import Session
from chromask_gui.session.view_state import ViewState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask.counts.pixel_counts import ValueCount
    from chromask.document.document import Change, Document, Transaction


class FakeSession(QObject):
    """What the panels may ask of a session; it keeps what they asked for."""

    document_opened = Signal()
    changed = Signal(object)
    counted = Signal()
    view_changed = Signal(object)
    save_state_changed = Signal()
    failed = Signal(object)
    notified = Signal(str)
    permitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.document: Document | None = None
        self.census = Census()
        self.view = ViewState()
        self.saved_at: str | None = None
        self.save_state = "none"
        self._asked: list[tuple[str, Any]] = []
        self._refuses = False

    @property
    def asked(self) -> list[tuple[str, Any]]:
        """What was asked for: ("set_view", values), ("edit", label), ("select", indices)."""
        return self._asked

    def refuse_edits(self) -> None:
        """Let every edit fail, as one that a mask cannot hold."""
        self._refuses = True

    def show(self, document: Document | None, **view: Any) -> None:
        self.document = document
        self.census = Census()
        self.view = ViewState()
        if document is not None:
            self.census = take_census(document.frame, document.planes, document.mapping)
            self.view = replace(
                self.view, **{"source": document.frame.sources[0].id, **view}
            )
        self.document_opened.emit()
        self.save_state_changed.emit()

    def open(self, path: Path) -> Document:
        """Open a frame at once and show it."""
        document = open_document(path)
        self.show(document)
        return document

    def edit(self, label: str, work: Callable[[Transaction], Any]) -> bool:
        self._asked.append(("edit", label))
        if self._refuses or self.document is None:
            return False
        with self.document.edit(label) as transaction:
            work(transaction)
            change = transaction.commit()
        self._tell(change)
        return True

    def undo(self) -> None:
        assert self.document is not None
        self._tell(self.document.undo())

    def set_view(self, **values: Any) -> None:
        self._asked.append(("set_view", values))
        before, self.view = self.view, replace(self.view, **values)
        if self.view != before:
            self.view_changed.emit(before)

    def select(self, *indices: int) -> None:
        self._asked.append(("select", indices))
        self.set_view(selected=indices, highlight=None, in_hand=None)

    def take(self, count: ValueCount) -> None:
        self._asked.append(("take", count))
        highlight = (count.key, count.indices)
        self.set_view(selected=(), highlight=highlight, in_hand=count)

    def _tell(self, change: Change) -> None:
        assert self.document is not None
        self.census = take_census(
            self.document.frame, self.document.planes, self.document.mapping
        )
        self.changed.emit(change)
        if change.is_pixels:
            self.counted.emit()


_OWN = {"asked", "refuse_edits"}
_INSTANCE = {"document", "view", "saved_at"}
_unknown = {
    name
    for name in vars(FakeSession)
    if not name.startswith("_") and name not in _OWN and not hasattr(Session, name)
} - {"staticMetaObject"}
assert not _unknown, f"the real session has no {sorted(_unknown)}"
assert set(Session.__init__.__code__.co_names) >= _INSTANCE
