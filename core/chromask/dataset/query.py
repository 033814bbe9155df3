"""The frames of a folder or a file as values: what `dataset` lists and `opening` opens."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.dataset.frames_file import LINES_SUFFIXES
from chromask.dataset.named_files import NamedFiles
from chromask.media import DECODE_LIMITS, DecodeLimits
from chromask.storage.look import is_folder
from chromask.storage.opened import Images, Opened

if TYPE_CHECKING:
    from chromask.errors import Problem

_FRAMES = (".json", *LINES_SUFFIXES)


@dataclass(frozen=True, slots=True)
class FrameItem:
    """One frame of a list; nothing of it was decoded.

    Attributes
    ----------
    key
        It stays the same when the list is read anew, also when an image has got its JSON.
    path
        The frame's JSON, the file that holds it among others, or the image.
    name
        What the list shows.
    number
        Its place in a file of several frames, from 0; None in a file of its own.
    masks
        Of an image its masks: (id, path).
    is_mask
        Whether it is a mask without an image, which stands for itself.
    guesses
        The ids of masks that may be images: only their names continue the image's.
    shared
        The paths of masks that belong to several images.
    json
        Where its frame is saved, where ``<stem>.json`` belongs to another image.
    """

    key: str
    path: str
    name: str
    number: int | None = None
    masks: tuple[tuple[str, str], ...] = ()
    is_mask: bool = False
    guesses: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    json: str = ""

    @property
    def is_image(self) -> bool:
        """Whether it is an image or a video without a frame's JSON."""
        return not self.is_mask and not self.path.lower().endswith(_FRAMES)

    @property
    def frame_path(self) -> str:
        """The file that its frame is read from, or of an image is saved to."""
        if not self.is_mask and not self.is_image:
            return self.path
        return self.json or os.path.splitext(self.path)[0] + ".json"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user says instead of what was recognised.

    Attributes
    ----------
    mask_folders
        The folders that hold masks, empty for no masks at all; None leaves it to the
        names and to what is allowed.
    legend
        The file that names the colours; None leaves it to what lies there.
    allowed
        Folders outside the opened one that are used and may be written.
    images
        Files that are images, though their names would make masks of them.
    limits
        How large the images may be that are decoded.
    """

    mask_folders: tuple[Path, ...] | None = None
    legend: Path | None = None
    allowed: tuple[Path, ...] = ()
    images: tuple[Path, ...] = ()
    limits: DecodeLimits = DECODE_LIMITS


@dataclass(frozen=True, slots=True)
class Report:
    """What was recognised.

    Attributes
    ----------
    images, videos, frames
        How many frames are an image, a video, a JSON.
    masks
        How many masks belong to images, by their folder; empty is the listed one itself.
    without_mask
        How many images have no mask.
    orphans
        How many masks have no image.
    legends
        The legends that name the colours: (path, number of colours).
    own_legends
        How many masks or frames have a legend of their own.
    problems
        What could not be read.
    suggested
        Folders of masks outside what was opened that only their names suggest: they are
        not used until the user allows it.
    suggests_images
        Whether these folders hold the images of masks that were opened instead.
    """

    images: int = 0
    videos: int = 0
    frames: int = 0
    masks: tuple[tuple[str, int], ...] = ()
    without_mask: int = 0
    orphans: int = 0
    legends: tuple[tuple[str, int], ...] = ()
    own_legends: int = 0
    problems: tuple[Problem, ...] = ()
    suggested: tuple[Path, ...] = ()
    suggests_images: bool = False

    def __str__(self) -> str:
        parts = [
            _counted(self.frames, "frame"),
            _counted(self.images, "image"),
            _counted(self.videos, "video"),
        ]
        parts += [
            _counted(count, "mask") + (f" in {folder}/" if folder else "")
            for folder, count in self.masks
        ]
        parts += [
            f"legend {Path(path).name}: {_counted(count, 'colour')}"
            for path, count in self.legends
        ]
        if self.own_legends:
            parts.append(f"{_counted(self.own_legends, 'legend')} of single masks")
        text = ", ".join(part for part in parts if part) or "no frame"
        for count, what in (
            (self.without_mask, "without a mask"),
            (self.orphans, "without an image"),
        ):
            if count:
                kind = "image" if "mask" in what else "mask"
                text += f"; {_counted(count, kind)} {what}"
        return text


@dataclass(frozen=True)
class FrameList:
    """The frames of a folder or a file.

    Attributes
    ----------
    root
        The folder or file.
    items
        Its frames, in the order of their names.
    report
        What was recognised.
    choice
        What the user chose.
    is_complete
        Whether the folder was looked at: an image is shown before its masks are known.
    photos
        Images that have masks by their names; some may be no frames of the list, since a
        frame names them as its masks.
    """

    root: Path
    items: tuple[FrameItem, ...] = ()
    report: Report = field(default_factory=Report)
    choice: Choice = field(default_factory=Choice)
    is_complete: bool = True
    photos: frozenset[str] = frozenset()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {item.key: n for n, item in reversed(list(enumerate(self.items)))}

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def opened(self) -> Opened:
        """What may be written: the opened folder, and those that were allowed for it.

        Its images never are, whatever names them as a mask, nor what another frame names.
        """
        images = [item.path for item in self.items if item.is_image]
        images += self.photos
        for item in self.items:
            images += item.shared
        chosen = self.choice.mask_folders or ()
        allowed = Opened.of(self.root, (*self.choice.allowed, *chosen))
        return replace(allowed.keeping(Images(images)), others=self.named)

    @cached_property
    def named(self) -> NamedFiles:
        """The files that its frames name."""
        files = [
            item.path for item in self.items if item.path.lower().endswith(_FRAMES)
        ]
        paired = [
            (item.json or os.path.splitext(item.path)[0] + ".json", masks)
            for item in self.items
            if (masks := [mask for _, mask in item.masks])
        ]
        around = None if is_folder(self.root) else self.root.absolute()
        return NamedFiles(files, paired, around)

    def choosing(self, choice: Choice) -> FrameList:
        """Return the same frames with another choice; what they name is not read again."""
        other = replace(self, choice=choice)
        vars(other)["named"] = self.named
        return other

    def place(self, key: str) -> int | None:
        """Find a frame by its key; None where it is gone."""
        return self._places.get(key)

    def get(self, key: str) -> FrameItem | None:
        """Give the frame of a key; None where it is gone."""
        place = self.place(key)
        return None if place is None else self.items[place]

    def current(self, item: FrameItem) -> FrameItem:
        """Give a frame of an earlier list as it is in this one; itself where it is gone."""
        return self.get(item.key) or item

    def find(self, path: Path) -> FrameItem | None:
        """Find the frame whose file, image or mask this is."""
        text = str(path.absolute())
        own = (item for item in self.items if item.path == text)
        having = (
            item for item in self.items if any(mask == text for _, mask in item.masks)
        )
        return next(own, None) or next(having, None)

    @cached_property
    def folders(self) -> list[Path]:
        """The folders in which its files lie, for whoever watches them."""
        found = {os.path.dirname(item.path) for item in self.items}
        found |= {os.path.dirname(m) for item in self.items for _, m in item.masks}
        root = self.root if is_folder(self.root) else self.root.parent
        return sorted({root, *map(Path, found)})


def _counted(count: int, noun: str) -> str:
    if not count:
        return ""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
