"""Which files may be written: those in the folder that was opened, and in folders that were allowed.

A frame's JSON may name any file. Only what the user opened or allowed is ever written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Opened:
    """What the user opened: folders with everything in them.

    Attributes
    ----------
    folders
        The opened folder first, then those that were allowed for it: absolute, symbolic
        links resolved.
    """

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, path: Path, allowed: Iterable[Path] = ()) -> Opened:
        """Return what is opened by opening ``path``: a folder, or the folder of a file."""
        root = path if path.is_dir() else path.parent
        real = (Path(os.path.realpath(folder)) for folder in (root, *allowed))
        return cls(tuple(dict.fromkeys(real)))

    def contains(self, path: Path) -> bool:
        """Whether a file is in an opened folder, where its symbolic links lead."""
        real = Path(os.path.realpath(path))
        return any(real.is_relative_to(folder) for folder in self.folders)

    def allowing(self, folder: Path) -> Opened:
        """Return the same with one more folder."""
        return Opened.of(self.folders[0], (*self.folders[1:], folder))
