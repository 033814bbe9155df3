"""The images of a list by what a mask's name, and the names of its folders, may say of them.

Each mask is looked up: the work does not grow with the number of images or of folders.
Imported by `pairing`.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from chromask.dataset.file_names import (
    closest,
    key_of,
    keys_of,
    of_one_name,
    rest_of,
    starts_of,
)
from chromask.dataset.folder_names import BETWEEN, bare_words

if TYPE_CHECKING:
    from chromask.dataset.file_names import MediaFile
    from chromask.dataset.folder_names import Given

MOST_ALIKE = 64
"""A word that names more folders than these tells none of them from the others."""


class ImageIndex:
    """The images by what a mask's name may say of them.

    Attributes
    ----------
    given
        What is known besides the names.
    folders
        The folders of the images.
    """

    def __init__(self, given: Given) -> None:
        self.given = given
        self._by_key = _Table()
        self._by_end = _Table()
        self._by_rest = _Table()
        self._names: dict[str, _Names] = {}
        self.folders: set[str] = set()
        self._by_word: dict[str, list[str]] = {}
        self._ranked: dict[str, list[tuple[tuple[int, int, int], str]]] = {}

    def names(self, folder: str) -> _Names:
        """Return what the names of a folder say."""
        if folder not in self._names:
            path = posixpath.normpath(posixpath.join(self.given.root, folder))
            self._names[folder] = _Names.of(path, self.given.says(folder))
        return self._names[folder]

    def add(self, image: MediaFile) -> None:
        """Take an image."""
        names = self.names(image.folder)
        if image.folder not in self.folders:
            self.folders.add(image.folder)
            self._ranked.clear()
            for word in names.words:
                self._by_word.setdefault(word, []).append(image.folder)
        stem = image.stem
        for key in keys_of(stem):
            self._by_key.add(names, key, image)
        for match in BETWEEN.finditer(stem):
            self._by_end.add(names, key_of(stem[match.end() :]), image)
        rest = rest_of(stem)
        if rest is not None:
            self._by_rest.add(names, rest, image)

    def find(self, mask: MediaFile) -> list[tuple[MediaFile, str]]:
        """Find the images of a mask, and what its name adds to theirs.

        They are several only where one name is there in several formats.
        """
        stem = mask.stem
        starts = [(key_of(start), added) for start, added in starts_of(stem)]
        rest = rest_of(stem)
        tries: list[tuple[_Table, list[tuple[str, str]]]] = [
            (self._by_key, starts),
            (self._by_end, [(key_of(stem), "")]),
            (self._by_rest, [] if rest is None else [(rest, "")]),
        ]
        for table, keys in tries:
            for look in (self._in_own_folder, self._in_any_folder):
                for key, added in keys:
                    found = look(table, key, mask)
                    if found:
                        return [(image, added) for image in found]
        return []

    def _in_own_folder(
        self, table: _Table, key: str, mask: MediaFile
    ) -> list[MediaFile]:
        """Look in the folders whose names say the same, apart from masks and images."""
        found = table.alike.get((self.names(mask.folder).bare, key), [])
        if len(found) < 2:
            return found
        images = [each for each in found if self.given.kind(each.folder) == "image"]
        return of_one_name(closest(images or found, mask))

    def _in_any_folder(
        self, table: _Table, key: str, mask: MediaFile
    ) -> list[MediaFile]:
        """Look in the one folder that has the name, or that is most like the mask's."""
        by_folder = table.any.get(key)
        if by_folder is None:
            return []
        if len(by_folder) == 1:
            ((folder, found),) = by_folder.items()
            if self._is_at_odds(mask.folder, folder):
                return []
            return of_one_name(closest(found, mask))
        best: tuple[int, int, int] | None = None
        chosen: list[MediaFile] = []
        for score, folder in self._folders_like(mask.folder):
            if best is not None and score < best:
                break
            if folder in by_folder:
                if best is not None:
                    return []  # two are alike
                best, chosen = score, by_folder[folder]
        return of_one_name(closest(chosen, mask))

    def _folders_like(self, folder: str) -> list[tuple[tuple[int, int, int], str]]:
        """Rank the folders of images by the words that they share with one of masks."""
        if folder not in self._ranked:
            names = self.names(folder)
            rare = [self._by_word.get(word, []) for word in names.words]
            near = {each for some in rare if len(some) <= MOST_ALIKE for each in some}
            self._ranked[folder] = sorted(
                (
                    (names.likeness(self.names(each)), each)
                    for each in near
                    if not self._is_at_odds(folder, each)
                ),
                reverse=True,
            )
        return self._ranked[folder]

    def _is_at_odds(self, masks: str, images: str) -> bool:
        """Whether two folders are built alike and are named after different things."""
        return self.names(masks).is_at_odds(self.names(images))


@dataclass(slots=True)
class _Table:
    """Images by a part of their names: with what their folders say, and in any folder."""

    alike: dict[tuple[object, str], list[MediaFile]] = field(
        default_factory=dict[tuple[object, str], "list[MediaFile]"]
    )
    any: dict[str, dict[str, list[MediaFile]]] = field(
        default_factory=dict[str, "dict[str, list[MediaFile]]"]
    )

    def add(self, names: _Names, key: str, image: MediaFile) -> None:
        """Take an image whose name says this."""
        self.alike.setdefault((names.bare, key), []).append(image)
        self.any.setdefault(key, {}).setdefault(image.folder, []).append(image)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the names of a folder's path say.

    Attributes
    ----------
    parts
        The words of each name that are no words for masks or images.
    bare
        Those parts that have any.
    words
        The words of all names.
    is_given
        Whether the user said what the folder holds.
    """

    parts: tuple[tuple[str, ...], ...]
    bare: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    is_given: bool

    @classmethod
    def of(cls, path: str, is_given: bool) -> _Names:
        parts = tuple(bare_words(name) for name in path.split("/") if name)
        bare = tuple(part for part in parts if part)
        return cls(parts, bare, frozenset(w for p in bare for w in p), is_given)

    def likeness(self, other: _Names) -> tuple[int, int, int]:
        """Tell how much of the names is the same: more is more alike."""
        shared = self.words & other.words
        common = takewhile(
            lambda pair: pair[0] == pair[1],
            zip(self.parts, other.parts, strict=False),
        )
        return len(shared), -len(self.words ^ other.words), len(list(common))

    def is_at_odds(self, images: _Names) -> bool:
        """Whether both are built alike and are named after different things."""
        if self.is_given or len(self.parts) != len(images.parts):
            return False
        pairs = [p for p in zip(self.parts, images.parts, strict=True) if p[0] != p[1]]
        mine = {word for part, _ in pairs for word in part}
        theirs = {word for _, part in pairs for word in part}
        return not (mine <= theirs or theirs <= mine)
