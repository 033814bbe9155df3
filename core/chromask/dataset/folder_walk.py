"""The names of the files in folders, and the folders outside that belong to them by their names.

Only names are read. Imported by `dataset`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.dataset.file_names import MediaFile
from chromask.dataset.folder_names import belongs, is_mask_folder, kind_of_name, words
from chromask.dataset.frames_file import LINES_SUFFIXES
from chromask.errors import StorageError
from chromask.legends import OF_ONE_FRAME, OF_ONE_MASK, is_about_labels
from chromask.media import is_media
from chromask.storage.look import is_folder, is_link, list_folder, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST = 8
"""Folders inside each other that are looked into."""

_HIGHEST = 4
"""So many names of a folder's path are compared with those of folders outside."""

_SKIPPED = frozenset(
    (
        "__pycache__",
        "node_modules",
        "__macosx",
        "@eadir",
        "@tmp",
        "@recycle",
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "lost+found",
        "system volume information",
    )
)
_THUMBNAILS = frozenset(("thumb", "thumbs", "thumbnail", "thumbnails"))


@dataclass(slots=True)
class Found:
    """What a walk through folders found, by names.

    Attributes
    ----------
    media, jsons, lists, own_legends
        Images, masks and videos; JSON files that may be frames; JSON Lines; legends of one
        mask or of one frame.
    """

    media: list[MediaFile] = field(default_factory=list[MediaFile])
    jsons: list[MediaFile] = field(default_factory=list[MediaFile])
    lists: list[MediaFile] = field(default_factory=list[MediaFile])
    own_legends: list[MediaFile] = field(default_factory=list[MediaFile])
    seen: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])


@dataclass(slots=True)
class Walk:
    """A walk through a folder and those inside it: each is read once, also behind links.

    Attributes
    ----------
    found
        What is noted.
    cancelled
        Asked for each folder; when it says True an error is raised.
    only_masks
        Whether of the folders inside only those of masks are looked into.
    """

    found: Found
    cancelled: Callable[[], bool]
    only_masks: bool = False

    def through(self, folder: Path, name: str) -> None:
        """Note every file of a folder and of those inside.

        Parameters
        ----------
        folder
            The folder.
        name
            What `MediaFile.folder` says for it.

        Raises
        ------
        StorageError
            The folder cannot be read; those inside that cannot are left out.
        """
        links: list[tuple[Path, str, int]] = []
        self._look(folder, name, 0, links)
        # The folders themselves come first, so that a link to one of them adds nothing.
        while links:
            self._look(*links.pop(0), links)

    def _look(
        self, folder: Path, name: str, depth: int, links: list[tuple[Path, str, int]]
    ) -> None:
        if self.cancelled():
            raise StorageError("listing was cancelled", uri=str(folder))
        status = state_of(folder)
        if status is not None:
            own = (status.st_dev, status.st_ino)
            if own in self.found.seen:
                return
            self.found.seen.add(own)
        try:
            inner, files = list_folder(folder)
        except StorageError:
            if depth:
                return
            raise
        for each in files:
            _note(MediaFile(name, each), self.found)
        for each in sorted(inner):
            if depth < DEEPEST and self._is_wanted(each):
                inside = f"{name}/{each}" if name else each
                if is_link(folder / each):
                    links.append((folder / each, inside, depth + 1))
                else:
                    self._look(folder / each, inside, depth + 1, links)

    def _is_wanted(self, name: str) -> bool:
        if name.startswith(".") or name.lower() in _SKIPPED:
            return False
        if words(name)[-1:] and words(name)[-1] in _THUMBNAILS:
            return False
        return not self.only_masks or is_mask_folder(name)


def _note(file: MediaFile, found: Found) -> None:
    suffix = file.suffix
    if file.name.startswith("."):
        return
    if suffix == ".json":
        if file.name.lower().endswith((OF_ONE_MASK, OF_ONE_FRAME)):
            found.own_legends.append(file)
        elif not is_about_labels(file.name):
            found.jsons.append(file)
    elif suffix in LINES_SUFFIXES:
        found.lists.append(file)
    elif _is_media_suffix(suffix):
        found.media.append(file)


@lru_cache(maxsize=256)
def _is_media_suffix(suffix: str) -> bool:
    return is_media(Path(f"name{suffix}"))


@dataclass(frozen=True, slots=True)
class Partners:
    """The folders outside that belong to a folder by their names.

    Attributes
    ----------
    folders
        Those of its masks or, where its name speaks of masks, those of its images.
    are_images
        Whether they are those of its images.
    is_by_parent
        Whether only the name of a folder above it speaks of masks, which may be the name
        of a project as well.
    """

    folders: tuple[Path, ...] = ()
    are_images: bool = False
    is_by_parent: bool = False


def partners(folder: Path) -> Partners:
    """List the folders outside that belong to a folder by their names.

    They are next to it (``images`` and ``masks``), or have its place in a tree that is next
    to its own (``leftImg8bit/train/city`` and ``gtFine/train/city``). A name that says
    images counts more than the names above it.
    """
    inside = Path()
    says_images = False
    for anchor in [folder, *folder.parents][:_HIGHEST]:
        if anchor.parent == anchor:
            break
        kind = kind_of_name(anchor.name)
        if not (says_images and kind == "mask"):
            found = tuple(
                anchor.with_name(name) / inside
                for name in _partner_names(anchor)
                if is_folder(anchor.with_name(name) / inside)
            )
            if found:
                return Partners(found, kind == "mask", anchor != folder)
        says_images |= kind == "image"
        inside = Path(anchor.name) / inside
    return Partners()


def _partner_names(folder: Path) -> list[str]:
    """List the names of the folders next to one that belong to it."""
    try:
        names = sorted(list_folder(folder.parent)[0])
    except StorageError:
        return []
    own = folder.name
    others = [name for name in names if name != own]
    if kind_of_name(own) == "mask":
        return [name for name in others if belongs(own, name, names)]
    return [name for name in others if belongs(name, own, names)]
