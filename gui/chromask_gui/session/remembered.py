"""How everything is drawn, remembered from one day to the next.

What holds for all frames is remembered once; mode, opacity and tint of single masks by the
folder that was opened, since the same mask ids stand in many data sets.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import QObject

from chromask.drawing.display import MaskMode, Palette
from chromask.storage.look import is_folder
from chromask_gui.session.view_state import Look, Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask_gui.session.session import Session
    from chromask_gui.session.settings import Settings
    from chromask_gui.session.view_state import ViewState
    from chromask_gui.session.walk import Frames

MOST_FOLDERS = 50
"""Of so many folders the masks' looks are remembered."""


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_share(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= 1


def _is_rgb(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 3
        and all(isinstance(n, int) and 0 <= n <= 255 for n in value)
    )


OF_ALL: dict[str, Callable[[object], bool]] = {
    "palette": lambda value: value in get_args(Palette),
    "style": lambda value: value in get_args(Style),
    "has_hatch": _is_flag,
    "dim": _is_share,
    "has_minimap": _is_flag,
    "has_grid": _is_flag,
}
"""The fields of the look that hold for all frames, and which values make sense."""

OF_MASKS: dict[str, Callable[[object], bool]] = {
    "modes": lambda value: value in get_args(MaskMode),
    "opacities": _is_share,
    "tints": _is_rgb,
}
"""The fields that hold for single masks, by key, likewise."""


class LookMemory(QObject):
    """Keeps the look of a session in the settings, and gives it back."""

    def __init__(
        self, session: Session, frames: Frames, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._frames, self._settings = session, frames, settings
        self._folder: str | None = None
        known = settings.stored("look")
        found = {
            name: known[name]
            for name, makes_sense in OF_ALL.items()
            if name in known and makes_sense(known[name])
        }
        session.set_view(look=replace(session.view.look, **found))
        frames.listed.connect(self._on_frames_listed)
        session.view_changed.connect(self._on_session_view_changed)

    def _on_frames_listed(self) -> None:
        listed = self._frames.list
        if listed is None:
            return
        root = listed.root.absolute()
        folder = str(root if is_folder(root) else root.parent)
        if folder == self._folder:
            return
        self._folder = folder
        stored = self._settings.stored("mask_looks").get(folder)
        known = stored if isinstance(stored, dict) else {}
        found = {
            name: _sensible(known.get(name), makes_sense)
            for name, makes_sense in OF_MASKS.items()
        }
        look = replace(self._session.view.look, **found)
        self._session.set_view(look=look)

    def _on_session_view_changed(self, before: ViewState) -> None:
        look = self._session.view.look
        if _values(look, OF_ALL) != _values(before.look, OF_ALL):
            self._settings.store("look", _values(look, OF_ALL))
        masks = _values(look, OF_MASKS)
        if self._folder is None or masks == _values(before.look, OF_MASKS):
            return
        folders = self._settings.stored("mask_looks")
        folders.pop(self._folder, None)
        if any(masks.values()):
            folders[self._folder] = masks
        latest = list(folders.items())[-MOST_FOLDERS:]
        self._settings.store("mask_looks", dict(latest))


def _values(look: Look, names: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(look, name) for name in names}


def _sensible(
    values: object, makes_sense: Callable[[object], bool]
) -> dict[str, object]:
    """Keep what makes sense of values by mask; colours are tuples again."""
    members = values.items() if isinstance(values, dict) else ()
    return {
        str(key): tuple(value) if isinstance(value, list) else value
        for key, value in members
        if makes_sense(value)
    }
