"""What the window remembers from one day to the next, in the platform's place for settings."""

from __future__ import annotations

import json
from pathlib import Path
from secrets import token_hex
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from platformdirs import user_config_path
from PySide6.QtCore import QSettings

from chromask.media import DECODE_LIMITS, DecodeLimits
from chromask.storage.look import is_folder

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray

    from chromask_gui.look.theme import Scheme


UNDO_MEGABYTES = (16, 8192)
"""The least and the most memory that undoing may take."""

LIMIT_PIXELS = (1_000_000, (1 << 31) - 1)
"""The least and the most that the limit of pixels may be."""

LIMIT_PIXELS_PER_BYTE = (1_000, 1_000_000_000)
"""The same for the limit of pixels for each byte of a file."""

MOST_RECENT = 10
"""So many files and folders are remembered."""

SCHEMES: dict[str, Scheme] = {"system": "system", "light": "light", "dark": "dark"}


class Settings:
    """The user's settings; reading never fails, a value that makes no sense is the default."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or user_config_path("chromask", appauthor=False) / "chromask.ini"
        self._stored = QSettings(str(path), QSettings.Format.IniFormat)

    @classmethod
    def fresh(cls) -> Settings:
        """Give settings that nothing was ever stored in, and that are not kept."""
        return cls(Path(gettempdir()) / f"chromask-{token_hex()}.ini")

    @property
    def last_folder(self) -> Path:
        """Where the last file was opened."""
        folder = Path(str(self._stored.value("last_folder", "")) or Path.home())
        return folder if is_folder(folder) else Path.home()

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self._stored.setValue("last_folder", str(folder))

    @property
    def opacity(self) -> float:
        """The overlay's opacity, 0..1."""
        try:
            opacity = float(str(self._stored.value("opacity", "0.55")))
        except ValueError:
            return 0.55
        return opacity if 0 <= opacity <= 1 else 0.55

    @opacity.setter
    def opacity(self, opacity: float) -> None:
        self._stored.setValue("opacity", f"{opacity:.3f}")

    @property
    def theme(self) -> Scheme:
        """Light, dark, or as the system has it."""
        stored = str(self._stored.value("theme", ""))
        return SCHEMES.get(stored, "system")

    @theme.setter
    def theme(self, scheme: Scheme) -> None:
        self._stored.setValue("theme", scheme)

    @property
    def language(self) -> str:
        """The code of the language, or ``system``."""
        return str(self._stored.value("language", "system"))

    @language.setter
    def language(self, code: str) -> None:
        self._stored.setValue("language", code)

    @property
    def undo_megabytes(self) -> int:
        """How much memory undoing may take, in MB of a million bytes."""
        return _number(self._stored, "undo_megabytes", 512, UNDO_MEGABYTES)

    @undo_megabytes.setter
    def undo_megabytes(self, size: int) -> None:
        self._stored.setValue("undo_megabytes", size)

    @property
    def undo_bytes(self) -> int:
        """The same in bytes."""
        return self.undo_megabytes * 1_000_000

    @property
    def limits(self) -> DecodeLimits:
        """How large the images may be that are decoded."""
        return DecodeLimits(
            _number(self._stored, "limit_pixels", DECODE_LIMITS.pixels, LIMIT_PIXELS),
            _number(
                self._stored,
                "limit_pixels_per_byte",
                DECODE_LIMITS.pixels_per_byte,
                LIMIT_PIXELS_PER_BYTE,
            ),
        )

    @limits.setter
    def limits(self, limits: DecodeLimits) -> None:
        self._stored.setValue("limit_pixels", limits.pixels)
        self._stored.setValue("limit_pixels_per_byte", limits.pixels_per_byte)

    @property
    def saves_on_moving(self) -> bool:
        """Whether edits are saved without a question when another frame is opened."""
        return str(self._stored.value("saves_on_moving", "")) == "yes"

    @saves_on_moving.setter
    def saves_on_moving(self, does: bool) -> None:
        self._stored.setValue("saves_on_moving", "yes" if does else "no")

    @property
    def recent(self) -> list[Path]:
        """What was opened last, the latest first."""
        try:
            paths = json.loads(str(self._stored.value("recent", "[]")))
        except ValueError:
            return []
        if not isinstance(paths, list):
            return []
        return [Path(path) for path in paths if isinstance(path, str)][:MOST_RECENT]

    def add_recent(self, path: Path) -> None:
        """Remember what was opened."""
        paths = [path, *(known for known in self.recent if known != path)]
        texts = [str(each) for each in paths[:MOST_RECENT]]
        self._stored.setValue("recent", json.dumps(texts))

    def keys(self, action_id: str) -> tuple[str, ...] | None:
        """Give the keys that the user chose for an action; None where nothing was chosen."""
        stored = self._stored.value(f"keys/{action_id}")
        if stored is None:
            return None
        try:
            keys = json.loads(str(stored))
        except ValueError:
            return None
        if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
            return tuple(keys)
        return None

    def set_keys(self, action_id: str, keys: tuple[str, ...] | None) -> None:
        """Remember an action's keys; None forgets them."""
        name = f"keys/{action_id}"
        if keys is None:
            self._stored.remove(name)
        else:
            # In ASCII and without a comma of its own: an INI file would take it apart.
            self._stored.setValue(name, json.dumps(keys))

    def stored(self, name: str) -> dict[str, Any]:
        """Give what `store` kept under a name; empty where that makes no sense."""
        try:
            found = json.loads(str(self._stored.value(name, "{}")))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def store(self, name: str, values: dict[str, Any]) -> None:
        """Remember values by their names."""
        self._stored.setValue(name, json.dumps(values))

    def layout(self, name: str) -> QByteArray | None:
        """Give what `set_layout` stored under a name, or None."""
        from PySide6.QtCore import QByteArray

        stored = self._stored.value(f"layout/{name}")
        return stored if isinstance(stored, QByteArray) else None

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remember the geometry or state of a widget."""
        self._stored.setValue(f"layout/{name}", state)


def _number(stored: QSettings, name: str, default: int, span: tuple[int, int]) -> int:
    """Give a stored whole number; the default where there is none in the span."""
    try:
        number = int(str(stored.value(name, default)))
    except ValueError:
        return default
    return number if span[0] <= number <= span[1] else default
