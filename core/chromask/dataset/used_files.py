"""Which files of a folder are no frames of their own, since a frame's JSON names them.

This only sorts the list: what may be written `named_files` decides.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.dataset.frames_file import head_of_frame
from chromask.dataset.named_files import Uris, frames_in, uris_of
from chromask.errors import StorageError
from chromask.media import is_media
from chromask.storage.local import read_bytes
from chromask.storage.uri import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chromask.dataset.file_names import MediaFile
    from chromask.dataset.pairing import Pairs
    from chromask.dataset.query import FrameItem

MOST_READ = 2000
"""Of so many JSON files all are looked into; of more, the first ones of each folder."""

_WHOLE_BYTES = 1 << 24
"""Of a larger file of frames its head says what it names."""

_URI = re.compile(rb'"uri"\s*:\s*"((?:[^"\\]|\\.)*)"')


def named_by(items: Iterable[FrameItem]) -> dict[str, bool]:
    """Find the files that JSON files name, and whether one is named as an image.

    Of very many JSON files the first ones are read.
    """
    found: dict[str, bool] = {}
    for text in list(dict.fromkeys(item.path for item in items))[:MOST_READ]:
        path = Path(text)
        for uris in _uris_in(path) if not is_media(path) else ():
            for uri in (*uris.masks, *uris.images):
                try:
                    named = os.path.normpath(locate(uri, path.parent))
                except StorageError:
                    continue
                found[named] = found.get(named, False) or uri in uris.images
    return found


def _uris_in(path: Path) -> Iterator[Uris]:
    """Give what the frames of a file name; of a very large file what its head names."""
    try:
        data = read_bytes(path, uri=str(path), max_bytes=_WHOLE_BYTES)
    except StorageError:
        yield Uris(images=tuple(_uris_of_text(head_of_frame(path) or b"")))
        return
    for _, value in frames_in(data, path):
        yield uris_of(value)


def _uris_of_text(text: bytes) -> Iterator[str]:
    for match in _URI.finditer(text):
        try:
            yield json.loads(b'"' + match[1] + b'"')
        except ValueError:
            yield match[1].decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Used:
    """What frames name: as images, and as masks alone; files, or whole folders."""

    images: frozenset[str]
    masks: frozenset[str]

    @classmethod
    def of(cls, named: Mapping[str, bool], jsons: Sequence[MediaFile]) -> Used:
        """Of very many frames the folders count that the first ones name."""
        images = {path for path, is_image in named.items() if is_image}
        masks = set(named) - images
        if len(jsons) > MOST_READ:
            images |= {os.path.dirname(path) for path in images}
            masks |= {os.path.dirname(path) for path in masks}
        return cls(frozenset(images), frozenset(masks))

    def is_named(self, path: str) -> bool:
        """Whether a file is not a frame of its own, since a frame names it."""
        return self.is_image(path) or _is_among(path, self.masks)

    def is_image(self, path: str) -> bool:
        """Whether a frame names a file as its image."""
        return _is_among(path, self.images)


NOTHING = Used(frozenset(), frozenset())


def _is_among(path: str, used: frozenset[str]) -> bool:
    return path in used or os.path.dirname(path) in used


def photos_among(root: Path, pairs: Pairs, named: Mapping[str, bool]) -> frozenset[str]:
    """Find the images with masks of their own, by their names: they are never written.

    A frame may name one as its mask; it stays an image while no frame names its masks.
    """
    found: set[str] = set()
    for image, masks in pairs.masks.items():
        files = (absolute_path(root, mask.file) for mask in masks)
        if not any(file in named for file in files):
            found.add(absolute_path(root, image))
    return frozenset(found)


def absolute_path(root: Path, file: MediaFile) -> str:
    """Give the path of a file that was found from a root."""
    path = os.path.join(root, file.path)
    return os.path.normpath(path) if ".." in file.folder else path
