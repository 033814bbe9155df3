"""Which files may be written: those in the opened folder and in the folders allowed for it.

A frame's JSON can name any file. Only what the user opened, allowed or named is written, and
a source image never is. `atomic_write` asks this value before each write.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from chromask.errors import StorageError, say
from chromask.storage.look import is_folder, real_path, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_FEW = 64
"""In a folder with more paths than this, one scan is cheaper than a question for each."""


class Images:
    """Files that are never written, whatever name leads to them.

    Nothing is looked up before the first question.

    Parameters
    ----------
    paths
        Their absolute paths.
    """

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._paths = tuple(paths)

    def holds(self, path: Path) -> bool:
        """Whether a path leads to one of them, also by a symbolic or a hard link."""
        real = str(real_path(path))
        if real in self.real_paths:
            return True
        found = state_of(real)
        if found is None:
            return False
        # Only a file of several names needs to be compared with each of them.
        return found.st_nlink > 1 and any(
            (other.st_ino, other.st_dev) == (found.st_ino, found.st_dev)
            for other in map(state_of, self.real_paths)
            if other is not None
        )

    @cached_property
    def real_paths(self) -> frozenset[str]:
        """Where the paths lead, symbolic links resolved."""
        by_folder: dict[str, list[str]] = {}
        for path in self._paths:
            folder, name = os.path.split(path)
            by_folder.setdefault(folder, []).append(name)
        real: set[str] = set()
        for folder, names in by_folder.items():
            there, links = str(real_path(Path(folder))), _links_among(folder, names)
            for name in names:
                path = os.path.join(there, name)
                is_plain = name not in links and name not in ("", ".", "..")
                real.add(path if is_plain else str(real_path(Path(path))))
        return frozenset(real)


def _links_among(folder: str, names: list[str]) -> set[str]:
    """Find the symbolic links among the names of a folder."""
    if len(names) <= _FEW:
        return {name for name in names if os.path.islink(os.path.join(folder, name))}
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.is_symlink()}
    except OSError:
        return set(names)


class Named(Protocol):
    """The files that frames name."""

    def holds(self, path: Path, frame: str) -> bool:
        """Whether another frame than this one names a file."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """What the user opened: folders with everything in them.

    Attributes
    ----------
    folders
        The opened folder first, then those that were allowed for it: absolute, symbolic
        links resolved.
    files
        Single files that the user named, likewise.
    images
        What is never written, wherever it is.
    declined
        Folders outside that the user does not want to be written; None where there is no
        user to ask, as in a script.
    others
        What frames name; None where no other frame is known.
    frame
        The frame that writes: only what other frames name is kept from it.
    """

    folders: tuple[Path, ...] = ()
    files: frozenset[Path] = frozenset()
    images: tuple[Images, ...] = ()
    declined: frozenset[Path] | None = None
    others: Named | None = None
    frame: str = ""

    @classmethod
    def of(cls, path: Path, allowed: Iterable[Path] = ()) -> Opened:
        """Return what is opened by opening ``path``: a folder, or a file and its folder."""
        if is_folder(path):
            return cls().allowing(path, *allowed)
        return cls().allowing(path.parent, *allowed).naming(path)

    @classmethod
    def named(cls, path: Path) -> Opened:
        """Return the permit for one file whose path the user gave, and for no other."""
        return cls().naming(path)

    def contains(self, path: Path) -> bool:
        """Whether a file is in an opened folder, where its symbolic links lead."""
        real = real_path(path)
        if real in self.files:
            return True
        return any(real.is_relative_to(folder) for folder in self.folders)

    def folder_to_ask(self, path: Path) -> Path | None:
        """Return the folder that the user may allow, so that a file there can be written.

        None where the file is opened, is a source image, or was asked about already.
        """
        folder = real_path(path).parent
        if self.declined is None or folder in self.declined:
            return None
        return None if self.contains(path) or self._is_image(path) else folder

    def may_write(self, path: Path) -> bool:
        """Whether a file may be written: it is opened, and not a source image."""
        return self.contains(path) and not self._is_image(path)

    def check(self, path: Path, *, uri: str) -> None:
        """Refuse a file that may not be written; ``uri`` is its name in the message.

        Raises
        ------
        StorageError
            It is a source image, or outside what was opened.
        """
        if self._is_image(path):
            raise StorageError(
                "it is a source image, or used by another frame: it is never written",
                uri=uri,
                hint="Save under another name",
            )
        if not self.contains(path):
            seen = "it is outside the files that were opened"
            if self.folders:
                seen = say("it is outside the opened folder {}", self.folders[0])
            hint = "Save in the opened folder, or open the folder of this file"
            raise StorageError(seen, uri=uri, hint=hint)

    def allowing(self, *folders: Path) -> Opened:
        """Return the same with more folders."""
        real = dict.fromkeys((*self.folders, *map(real_path, folders)))
        return replace(self, folders=tuple(real))

    def naming(self, path: Path) -> Opened:
        """Return the same with a file whose path the user gave."""
        return replace(self, files=self.files | {real_path(path)})

    def keeping(self, *images: Images) -> Opened:
        """Return the same with more files that are never written."""
        return replace(self, images=(*self.images, *images))

    def for_frame(self, frame: str) -> Opened:
        """Return the same for a frame, which may write what it names alone."""
        return replace(self, frame=frame)

    def _is_image(self, path: Path) -> bool:
        if any(images.holds(path) for images in self.images):
            return True
        return self.others is not None and self.others.holds(path, self.frame)
