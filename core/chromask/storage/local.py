"""Reading local files: bounded, regular files only, with a message for each way it fails."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from chromask.errors import StorageError, say
from chromask.storage.look import is_folder, real_path, state_of

if TYPE_CHECKING:
    from pathlib import Path

# A FIFO without a writer must not hang the open, nor a terminal become ours.
_READ_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_CHUNK_BYTES = 1 << 20
_CHECK_PATH = "Check the path"

_KINDS = (
    (stat.S_ISDIR, "this is a folder, not a file", "Name a file in the folder"),
    (stat.S_ISFIFO, "this is a pipe (FIFO), not a file", _CHECK_PATH),
    (stat.S_ISSOCK, "this is a socket, not a file", _CHECK_PATH),
    (stat.S_ISCHR, "this is a device, not a file", _CHECK_PATH),
    (stat.S_ISBLK, "this is a device, not a file", _CHECK_PATH),
)
_CAUSES: dict[int, tuple[str, str]] = {
    errno.ENOENT: (
        "there is no such file",
        "Check the path, or put the file back where the URI points",
    ),
    errno.ENOTDIR: ("a part of the path is no folder", _CHECK_PATH),
    errno.EACCES: ("reading is not permitted", "Ask for permission to read it"),
    errno.EPERM: ("reading is not permitted", "Ask for permission to read it"),
    errno.ELOOP: ("the symbolic links run in a circle", _CHECK_PATH),
    errno.ENAMETOOLONG: ("the name is too long for this system", _CHECK_PATH),
    errno.EIO: ("the disk reports an error", "Check the disk, and use a copy"),
}


def fingerprint(data: bytes) -> str:
    """Return the SHA-256 of ``data`` as 64 lower-case hexadecimal digits.

    It is the version token of a local file: equal tokens mean equal bytes.
    """
    return hashlib.sha256(data).hexdigest()


def open_regular(path: Path, *, uri: str) -> BinaryIO:
    """Open a regular file for reading bytes; the caller closes it.

    Parameters
    ----------
    path
        Where the file lies; a symbolic link is followed.
    uri
        The name of the file in messages.

    Raises
    ------
    StorageError
        When it is missing, not readable, or not a regular file. Never waits for a pipe.
    """
    try:
        # Opening a device can act on it (a tape rewinds): look first.
        _refuse_special(os.stat(path).st_mode, uri)
        fd = os.open(path, _READ_FLAGS)
        try:
            # And look again at what was opened: the name may have changed hands.
            _refuse_special(os.fstat(fd).st_mode, uri)
            return os.fdopen(fd, "rb")
        except BaseException:
            os.close(fd)
            raise
    except (OSError, ValueError) as error:
        raise _as_storage_error(uri, error) from error


def read_bytes(path: Path, *, uri: str, max_bytes: int) -> bytes:
    """Return all bytes of a regular file of at most ``max_bytes``.

    Parameters
    ----------
    path
        Where the file lies; a symbolic link is followed.
    uri
        The name of the file in messages.
    max_bytes
        The limit; a file that grows while it is read is held to it as well.

    Raises
    ------
    StorageError
        When the file is missing, not readable, not a regular file, or larger.
    """
    with open_regular(path, uri=uri) as file:
        try:
            size = os.fstat(file.fileno()).st_size
            if size > max_bytes:
                raise _too_large(uri, size, max_bytes)
            data = _read_at_most(file, max_bytes + 1, size)
        except OSError as error:
            raise _as_storage_error(uri, error) from error
    if len(data) > max_bytes:
        raise _too_large(uri, len(data), max_bytes)
    return data


@dataclass(frozen=True, slots=True)
class Found:
    """What is at a path where a file is to be written.

    Attributes
    ----------
    data
        The bytes of a readable file; else None.
    error
        Why there are none.
    is_missing
        Whether nothing is there.
    can_be_written
        Whether a file can take its place: not that of a folder, of a device or of a file
        that may not be read or written, nor in a folder that is not there.
    """

    data: bytes | None
    error: StorageError | None
    is_missing: bool
    can_be_written: bool


def find(path: Path, max_bytes: int) -> Found:
    """Look at what is where a file is to be written; never raises for what it finds.

    Parameters
    ----------
    path
        Where the file is to be; a symbolic link is followed.
    max_bytes
        A larger file is not read, and cannot be told from another one.
    """
    try:
        data = read_bytes(path, uri=str(path), max_bytes=max_bytes)
    except StorageError as error:
        reasons = (FileNotFoundError, NotADirectoryError)
        if isinstance(error.__cause__, reasons):
            can_be_written = is_folder(real_path(path).parent)
            return Found(None, error, is_missing=True, can_be_written=can_be_written)
        return Found(None, error, is_missing=False, can_be_written=_is_open(path))
    return Found(data, None, is_missing=False, can_be_written=_is_open(path))


def _is_open(path: Path) -> bool:
    """Whether a file may be read and replaced; its mode counts for root, too."""
    found = state_of(path)
    return (
        found is not None
        and stat.S_ISREG(found.st_mode)
        and bool(found.st_mode & 0o222)
        and os.access(path, os.R_OK | os.W_OK)
    )


def _read_at_most(file: BinaryIO, limit: int, size: int) -> bytes:
    # One byte more than the size shows the end without a second, joining read.
    step = max(size + 1, _CHUNK_BYTES)
    chunks: list[bytes] = []
    while limit > 0 and (chunk := file.read(min(limit, step))):
        chunks.append(chunk)
        limit -= len(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _refuse_special(mode: int, uri: str) -> None:
    if stat.S_ISREG(mode):
        return
    for is_kind, seen, hint in _KINDS:
        if is_kind(mode):
            raise StorageError(seen, uri=uri, hint=hint)
    raise StorageError("this is no regular file", uri=uri, hint=_CHECK_PATH)


def _too_large(uri: str, size: int, max_bytes: int) -> StorageError:
    return StorageError(
        say("the file has {} bytes or more; at most {} are read", size, max_bytes),
        uri=uri,
        hint="Check that this is the right file, or split it",
    )


def _as_storage_error(uri: str, error: OSError | ValueError) -> StorageError:
    if isinstance(error, OSError):
        known = _CAUSES.get(error.errno or 0)
        if known:
            return StorageError(known[0], uri=uri, hint=known[1])
        reason = error.strerror or str(error)
    else:
        reason = str(error)  # a null byte, or a character no file name can hold
    return StorageError(
        say("the file cannot be read ({})", reason), uri=uri, hint=_CHECK_PATH
    )
