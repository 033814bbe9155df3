"""What is on the disk, asked by names that data gave: the one place that looks names up.

A name can be too long, a folder closed, a link a circle, a letter none that a file may have.
For each of these the system raises an error of its own. To a question they are a plain no; the
file's own reading, by `local`, says later what is wrong with it.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.errors import StorageError, say

if TYPE_CHECKING:
    Place = Path | str | os.DirEntry[str]

MAX_NAME_BYTES = 255
"""The longest name of a file on the usual disks, in bytes; Windows counts 255 UTF-16 units."""

_MAX_PATH = 1 << 12

_HALF = re.compile("[\ud800-\udfff]")
"""How Python writes the bytes of a file's name that are not UTF-8."""


def state_of(path: Place) -> os.stat_result | None:
    """Return what the system says of a file or folder; None where there is nothing."""
    try:
        return os.stat(path)
    except (OSError, ValueError):  # a null byte, or half a character
        return None


def exists(path: Place) -> bool:
    """Whether there is a file or folder; a link counts as what it leads to."""
    return state_of(path) is not None


def is_file(path: Place) -> bool:
    """Whether this is a regular file, or a link to one."""
    found = state_of(path)
    return found is not None and stat.S_ISREG(found.st_mode)


def is_folder(path: Place) -> bool:
    """Whether this is a folder, or a link to one."""
    try:
        if isinstance(path, os.DirEntry) and not path.is_symlink():
            return path.is_dir(follow_symlinks=False)  # listing the folder has shown it
    except OSError:
        return False
    found = state_of(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def is_link(path: Place) -> bool:
    """Whether this is a symbolic link, wherever it leads."""
    return os.path.islink(path)


def is_taken(path: Place) -> bool:
    """Whether a name is no longer free; a link that leads nowhere takes it as well."""
    return os.path.lexists(path)


def stamp_of(path: Place) -> tuple[int, int] | None:
    """Return (time of the last change in ns, size in bytes); None where there is nothing."""
    found = state_of(path)
    return None if found is None else (found.st_mtime_ns, found.st_size)


def real_path(path: Path) -> Path:
    """Return the absolute path without ``..`` and symbolic links, as far as it exists."""
    # No system opens a longer one, and each of its folders would be asked for.
    if len(str(path)) < _MAX_PATH:
        try:
            return Path(os.path.realpath(path))
        except (OSError, ValueError):
            pass
    return Path(os.path.normpath(path.absolute()))


def list_folder(folder: Path, *, uri: str | None = None) -> tuple[list[str], list[str]]:
    """List a folder.

    Parameters
    ----------
    folder
        The folder.
    uri
        Its name in messages; None is its path.

    Returns
    -------
    The names of the folders in it, and of everything else, each in the system's order. A link
    that leads nowhere is not a folder.

    Raises
    ------
    StorageError
        There is no such folder, or it cannot be read.
    """
    folders: list[str] = []
    files: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                (folders if is_folder(entry) else files).append(entry.name)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StorageError(
            say("the folder cannot be read ({})", reason),
            uri=uri or str(folder),
            hint="Check the path, or ask for permission to read it",
        ) from error
    return folders, files


def fitting_name(stem: str, ending: str) -> str:
    """Return ``stem + ending`` as a name that a new file can have and JSON can write.

    Parameters
    ----------
    stem
        What is cut at its end where the name is too long, never inside a character. Bytes of
        it that are not UTF-8 become ``_``.
    ending
        What stays: a suffix, and what tells this name from others.
    """
    stem = _HALF.sub("_", stem)
    while stem and len((stem + ending).encode()) > MAX_NAME_BYTES:
        stem = stem[:-1]
    return stem + ending
