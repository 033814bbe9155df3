"""A frame's file: reading and writing its JSON, and its relative URIs when it moves.

Imported by `frame_base`; it knows bytes and places, and nothing of ROIs.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from chromask.errors import FrameError, StorageError, say
from chromask.frame.source_edits import (
    rebased,
)
from chromask.jsontext.read import DEFAULT_LIMITS, JsonText, read_json, write_json
from chromask.storage.atomic import atomic_write
from chromask.storage.local import read_bytes
from chromask.storage.look import real_path
from chromask.storage.opened import Images, Opened
from chromask.storage.uri import locate, relative_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask.frame.source import Source

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://|file:", re.IGNORECASE)


def name_of(uri: str | os.PathLike[str]) -> str:
    """Give a path or URI as text.

    Raises
    ------
    FrameError
        When it is neither, or empty.
    """
    given = cast("object", uri)
    text = cast("object", os.fspath(uri) if isinstance(given, os.PathLike) else given)
    if not isinstance(text, str) or not text:
        raise FrameError(say("uri is {!r}", uri), hint="Give the path of a JSON file")
    return text


def read(uri: str | os.PathLike[str]) -> tuple[JsonText, str]:
    """Read a frame's JSON file; give its text and its name.

    Raises
    ------
    FrameError, StorageError
        When it is broken JSON, or cannot be read.
    """
    name = name_of(uri)
    data = read_bytes(path_of(name), uri=name, max_bytes=DEFAULT_LIMITS.max_bytes)
    return parse(data, name), name


def parse(data: bytes, name: str) -> JsonText:
    """Read a frame's JSON from bytes."""
    return read_json(data, uri=name)


def encode(value: dict[str, Any], text: JsonText | None) -> bytes:
    """Give the bytes to write; those of `text` where its value is the same."""
    return write_json(value, text)


def write(name: str, data: bytes, sources: Sequence[Source]) -> None:
    """Write a frame's file, the whole of it or nothing; never over one of its images."""
    path, images = path_of(name), list[Path]()
    for source in sources:
        try:
            images.append(locate(source.uri, path.absolute().parent))
        except StorageError:
            continue  # it leads to no file
    atomic_write(path, data, Opened.named(path).keeping(Images(images)))


def path_of(name: str) -> Path:
    """Give the path of a frame's file from what the user named: a path, or ``file:``.

    Raises
    ------
    StorageError
        For other schemes.
    """
    # Anything else is taken as it is written: `locate` would try other spellings, and a
    # file must be written where the user said.
    return locate(name, None) if _SCHEME.match(name) else Path(name)


def rebase(sources: Sequence[Source], old: str, new: str) -> tuple[Source, ...]:
    """Give the sources with relative URIs that lead to the same files from another file.

    Nothing changes when both files lie in one folder. Absolute URIs stay, and so do
    those that could not be opened from here anyway.
    """
    old_folder = path_of(old).absolute().parent
    new_folder = path_of(new).absolute().parent
    if real_path(old_folder) == real_path(new_folder):
        return tuple(sources)

    def move(uri: str) -> str:
        try:
            if locate(uri, None).is_absolute():
                return uri
            return relative_to(locate(uri, old_folder), new_folder)
        except StorageError:
            return uri

    return tuple(rebased(source, move) for source in sources)
