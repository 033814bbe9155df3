"""The one way a file is written: the old file or the new one is on disk, never half of one.

Every writer of chromask goes through `atomic_write`. Reading and URIs do not live here.
"""

from __future__ import annotations

import errno
import logging
import os
import secrets
import stat
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.errors import StorageError, say

if TYPE_CHECKING:
    from chromask.storage.opened import Opened

_log = logging.getLogger(__name__)

_IS_WINDOWS = os.name == "nt"
# A virus scanner, an indexer or a viewer holds a file for a moment on Windows only.
_HELD_RETRY_S = 2.5
_HELD_PAUSE_S = 0.05
# macOS refuses one write of 2 GiB and more.
_WRITE_BYTES = 1 << 26
_TEMP_TRIES = 100
_TEMP_FLAGS = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
# Mounts (FUSE, FAT, some network drives) that know no mode, owner, attribute or flush say so
# by these: the bytes are written all the same.
_NOT_KNOWN = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_NO_MODE = {*_NOT_KNOWN, errno.EPERM, errno.EACCES}
_NO_FOLDER_FLUSH = {*_NOT_KNOWN, errno.EACCES, errno.EPERM}
_ACCESS_LIST = "system.posix_acl_access"

_ANOTHER_FOLDER = "Save to another folder, or ask for permission to write there"
_OTHER_NAME = "Save under another name"
_CAUSES: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Free some space and save again"),
    errno.EDQUOT: ("the disk quota is used up", "Free some space and save again"),
    errno.EROFS: ("the disk is mounted read-only", "Save to another folder"),
    errno.EACCES: ("writing is not permitted", _ANOTHER_FOLDER),
    errno.EPERM: ("writing is not permitted", _ANOTHER_FOLDER),
    errno.ENOENT: ("the folder does not exist", "Make the folder, or save elsewhere"),
    errno.ENOTDIR: ("a part of the path is no folder", "Save to another folder"),
    errno.EISDIR: ("the path is a folder", _OTHER_NAME),
    errno.ENAMETOOLONG: ("the name is too long", "Save under a shorter name"),
    errno.ELOOP: ("the symbolic links run in a circle", _OTHER_NAME),
    errno.EFBIG: ("the file is too large for this disk", "Save to another disk"),
    errno.EIO: ("the disk reports an error", "Save to another disk and check this one"),
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which file it is and in which state: another program's write gives another one.

    Attributes
    ----------
    device, inode
        The file itself: one that was renamed over it differs.
    changed_ns
        When its bytes changed last.
    size
        In bytes.
    """

    device: int
    inode: int
    changed_ns: int
    size: int

    @classmethod
    def of(cls, file: Path | int) -> Stamp | None:
        """Return the stamp of a path or an open file; None where there is none."""
        try:
            state = os.stat(file)
        except OSError:
            return None
        return cls(state.st_dev, state.st_ino, state.st_mtime_ns, state.st_size)


def atomic_write(path: Path, data: bytes, opened: Opened) -> Stamp | None:
    """Replace the file at ``path`` by ``data``, or leave it exactly as it was.

    The bytes go to a new file of a random name in the same folder, are flushed to the
    disk and then renamed over the target. A symbolic link stays one: its target is
    replaced. An existing file keeps its mode, its owner and its extended attributes where
    the system permits it; where it does not, fewer people may read it, never more. A new
    one gets the default of the umask. A hard link is
    cut: the other names keep the old bytes. A process that is killed on the way can
    leave a file ``.chromask-*.tmp`` behind, and never touches the target.

    Parameters
    ----------
    path
        The file; its folder must exist.
    data
        All of the new content.
    opened
        What may be written; `Opened.named` for a file whose path the user gave.

    Returns
    -------
    Stamp | None
        That of the new file as it was renamed; None where the system tells none.

    Raises
    ------
    StorageError
        When the file was not written: ``opened`` refuses it, the folder is missing or
        read-only, the disk is full, the path is a folder or a device, or the file itself
        is read-only (a rename would replace it all the same, but nobody who protects a
        file wants that). Only when the folder's own flush fails is the new file in place,
        and the message says so.
    """
    try:
        target = Path(os.path.realpath(path))
        opened.check(target, uri=str(path))
        old = _writable_target(path, target)
        stamp = _write_beside(target, data, old)
    except (OSError, ValueError) as error:
        raise _as_storage_error(path, error) from error
    try:
        _flush_folder(target.parent)
    except OSError as error:
        message = say(
            "the new file is in place, but the disk did not confirm it ({})",
            error.strerror,
        )
        raise StorageError(
            message, uri=str(path), hint="Save again, and check the disk"
        ) from error
    return stamp


def _writable_target(path: Path, target: Path) -> os.stat_result | None:
    """Return the old file's state, None when there is none; raise when it must stay."""
    folder = target.parent.stat()
    # The mode counts for root too, whom the system would let through.
    if not _IS_WINDOWS and not folder.st_mode & 0o222:
        raise StorageError(
            "the folder is read-only", uri=str(path), hint=_ANOTHER_FOLDER
        )
    try:
        old = target.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(old.st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(old.st_mode):
        raise StorageError("this is no regular file", uri=str(path), hint=_OTHER_NAME)
    if not old.st_mode & 0o222 or not os.access(target, os.W_OK):
        hint = "Save under another name, or make the file writable"
        raise StorageError("the file is read-only", uri=str(path), hint=hint)
    return old


def _write_beside(
    target: Path, data: bytes, old: os.stat_result | None
) -> Stamp | None:
    # Nobody may read the new bytes who could not read the old ones, not for a moment.
    fd, temp = _make_temp(target.parent, 0o666 if old is None else 0o600 & old.st_mode)
    done = False
    try:
        try:
            _write_all(fd, data)
            if old is not None:
                _keep_attributes(fd, target, old)
            _flush(fd)
            stamp = Stamp.of(fd)
        finally:
            # Network drives report a full disk as late as here: before the rename.
            os.close(fd)
        _replace(temp, target)
        done = True
    finally:
        if not done:
            _remove(temp)
    return stamp


def _make_temp(folder: Path, mode: int) -> tuple[int, Path]:
    """Make a new file of an unguessable name; it must be in ``folder`` to be renamed."""
    for _ in range(_TEMP_TRIES):
        temp = folder / f".chromask-{secrets.token_hex(8)}.tmp"
        try:
            return os.open(temp, _TEMP_FLAGS, mode), temp
        except FileExistsError:
            continue
    raise FileExistsError(errno.EEXIST, "no free name for a temporary file")


def _write_all(fd: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        written = os.write(fd, left[:_WRITE_BYTES])
        if written <= 0:
            raise OSError(errno.EIO, "the disk takes no more bytes")
        left = left[written:]


def _keep_attributes(fd: int, target: Path, old: os.stat_result) -> None:
    """Give the new file what the old one had; what is refused makes it narrower, not wider."""
    if sys.platform == "win32":
        return  # a new file takes the access list of its folder
    mode = stat.S_IMODE(old.st_mode)
    has_group = _keep_owner(fd, old)
    has_list = _keep_extended(fd, target, has_group=has_group)
    if not (has_group and has_list):
        # These bits meant another group, or were the bounds of a list that is not kept.
        mode &= ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
        mode &= ~(stat.S_ISUID | stat.S_ISGID)
    try:
        # After the owner: changing that clears bits of the mode.
        os.fchmod(fd, mode)
    except OSError as error:
        if error.errno not in _NO_MODE:
            raise
        _log.debug("mode %o of %s not kept: %s", mode, target, error)


def _keep_owner(fd: int, old: os.stat_result) -> bool:
    """Keep owner and group as far as the system permits; returns whether the group is kept."""
    if sys.platform == "win32":
        return True
    new = os.fstat(fd)
    if (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid):
        return True
    # Only root gives files away; a member of the group may still keep the group.
    for uid in (old.st_uid, -1):
        try:
            os.fchown(fd, uid, old.st_gid)
        except OSError as error:
            _log.debug("owner %s:%s not kept: %s", uid, old.st_gid, error)
        else:
            return True
    return new.st_gid == old.st_gid


def _keep_extended(fd: int, target: Path, *, has_group: bool) -> bool:
    """Copy the extended attributes; returns whether the access list is kept, if there is one."""
    if sys.platform != "linux":
        return True
    try:
        names = os.listxattr(target)
    except OSError as error:
        _log.debug("%s has no extended attributes: %s", target, error)
        return True
    for name in names:
        if name == _ACCESS_LIST and not has_group:
            continue
        try:
            os.setxattr(fd, name, os.getxattr(target, name))
        except OSError as error:
            _log.debug("extended attribute %s not kept: %s", name, error)
            if name == _ACCESS_LIST:
                return False
    return True


def _flush(fd: int) -> None:
    """Wait until the disk, not only the system, has the bytes."""
    if sys.platform == "darwin":
        import fcntl

        try:
            # fsync leaves the bytes in the drive's own cache on macOS.
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        except OSError as error:
            _log.debug("no F_FULLFSYNC on this disk: %s", error)
        else:
            return
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in _NOT_KNOWN:
            raise
        _log.debug("this disk cannot be flushed: %s", error)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last; Windows has no handle for it."""
    if _IS_WINDOWS:
        return
    try:
        fd = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except PermissionError as error:
        _log.debug("%s cannot be opened to flush it: %s", folder, error)
        return
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FLUSH:
            raise
        _log.debug("%s cannot be flushed: %s", folder, error)
    finally:
        os.close(fd)


def _replace(temp: Path, target: Path) -> None:
    give_up = time.monotonic() + _HELD_RETRY_S
    while True:
        try:
            os.replace(temp, target)
        except PermissionError:
            if not _IS_WINDOWS or time.monotonic() >= give_up:
                raise
            time.sleep(_HELD_PAUSE_S)
        else:
            return


def _remove(temp: Path) -> None:
    try:
        temp.unlink()
    except OSError as error:
        # The first error is the one to report; this file harms nobody.
        _log.warning("the temporary file %s stays: %s", temp, error)


def _as_storage_error(path: Path, error: OSError | ValueError) -> StorageError:
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        known = _CAUSES.get(error.errno or 0)
        if known:
            return StorageError(known[0], uri=str(path), hint=known[1])
    else:
        reason = str(error)  # a null byte, or a character no file name can hold
    return StorageError(
        say("the file cannot be written ({})", reason), uri=str(path), hint=_OTHER_NAME
    )
