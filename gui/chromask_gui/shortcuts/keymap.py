"""Which keys run which action: the table's own, and what the user made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chromask_gui.session.settings import Settings

PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText


class ShortcutRow(Protocol):
    """What shortcuts know of an action: see the fields of `actions.action.Action`."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> object: ...
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def menu(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def context(self) -> str: ...


class KeyMap(QObject):
    """The keys in use; only what differs from the table is stored.

    Signals
    -------
    changed()
        Some action has other keys.
    """

    changed = Signal()

    def __init__(
        self,
        rows: Iterable[ShortcutRow],
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: Mapping[str, ShortcutRow] = {row.id: row for row in rows}
        self._settings = settings

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Give the keys of an action, the one that is shown first."""
        stored = self._settings.keys(action_id)
        found = self.rows[action_id].keys if stored is None else stored
        return tuple(key for key in map(portable, found) if key)

    def is_default(self, action_id: str) -> bool:
        """Whether an action has the keys of the table."""
        return self._settings.keys(action_id) is None

    def holder(self, key: str, beside: str = "") -> ShortcutRow | None:
        """Find the action that has a key already, where `beside` would fight with it."""
        wanted = portable(key)
        context = self.rows[beside].context if beside in self.rows else ""
        for action_id, row in self.rows.items():
            is_near = not context or row.context == context
            if action_id != beside and is_near and wanted in self.keys(action_id):
                return row
        return None

    def set_keys(self, action_id: str, keys: Iterable[str]) -> None:
        """Give an action other keys; whoever had one of them loses it."""
        wanted = tuple(dict.fromkeys(filter(None, map(portable, keys))))
        for key in wanted:
            while (other := self.holder(key, action_id)) is not None:
                left = [each for each in self.keys(other.id) if each != key]
                self._store(other.id, left)
        self._store(action_id, wanted)
        self.changed.emit()

    def reset(self, action_id: str) -> None:
        """Give an action its own keys back, from whoever has them now."""
        self.set_keys(action_id, self.rows[action_id].keys)

    def reset_all(self) -> None:
        """Give every action its own keys back."""
        for action_id in self.rows:
            self._settings.set_keys(action_id, None)
        self.changed.emit()

    def _store(self, action_id: str, keys: Iterable[str]) -> None:
        wanted = tuple(keys)
        own = tuple(map(portable, self.rows[action_id].keys))
        self._settings.set_keys(action_id, None if wanted == own else wanted)


def portable(key: str) -> str:
    """Write a key in the one way it is stored and compared; empty for what is no key."""
    return QKeySequence(key, PORTABLE).toString(PORTABLE)


def shown_key(key: str) -> str:
    """Write a key as this system's people know it."""
    return QKeySequence(key, PORTABLE).toString(NATIVE)
