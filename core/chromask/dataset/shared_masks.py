"""Which masks several frames name: they are never written, a frame gets one of its own.

The frames of one file are all looked at; of frames in files of their own the neighbours in the
folder, by their names, so that a folder of a hundred thousand frames opens as quickly.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from chromask.dataset.discover import head_of_frame, uris_in
from chromask.errors import StorageError
from chromask.storage.look import list_folder, stamp_of
from chromask.storage.uri import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NEIGHBOURS = 25
"""So many frames before and behind it in the folder may share a frame's masks."""


def shared_masks(
    masks: Iterable[Path], path: Path, others: bytes | None
) -> frozenset[Path]:
    """Find which masks of a frame other frames name as well.

    Parameters
    ----------
    masks
        The files of the frame's masks.
    path
        The frame's JSON, the file that holds it among others, or the image.
    others
        The text of the other frames of the same file; None for a frame in a file of its own.
    """
    left = {Path(os.path.normpath(mask)) for mask in masks}
    found: set[Path] = set()
    texts = _texts_beside(path) if others is None else [others]
    for text in texts if left else ():
        named = [
            mask for mask in left if any(name in text for name in _spelt(mask.name))
        ]
        if named:
            there = set(_files_in(text, path.parent))
            found.update(there.intersection(named))
            left -= found
        if not left:
            break
    return frozenset(found)


def _spelt(name: str) -> tuple[bytes, ...]:
    """Give a file's name as JSON may spell it."""
    plain, quoted = name.encode("utf-8", "replace"), quote(os.fsencode(name))
    return plain, json.dumps(name)[1:-1].encode(), quoted.encode()


def _files_in(text: bytes, folder: Path) -> Iterator[Path]:
    for uri in dict.fromkeys(uris_in(text)):
        try:
            yield Path(os.path.normpath(locate(uri, folder)))
        except StorageError:
            continue


def _texts_beside(path: Path) -> Iterator[bytes]:
    """Give the heads of the frames that lie around one in its folder."""
    try:
        names = _jsons_in(path.parent, stamp_of(path.parent))
    except StorageError:
        return
    place = bisect_left(names, path.name)
    for name in names[max(place - NEIGHBOURS, 0) : place + NEIGHBOURS + 1]:
        head = head_of_frame(path.with_name(name)) if name != path.name else None
        if head is not None:
            yield head


@lru_cache(maxsize=8)
def _jsons_in(folder: Path, _stamp: tuple[int, int] | None) -> list[str]:
    """List the JSON files of a folder, again once its stamp is another."""
    return sorted(name for name in list_folder(folder)[1] if name.endswith(".json"))
