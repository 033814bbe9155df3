"""Mounts that know no modes, owners, attributes or flushing: saved, and never read by more people."""

import errno
import os
import stat
import sys

import pytest

from chromask.errors import StorageError
from chromask.storage.atomic import Stamp, atomic_write
from chromask.storage.opened import Opened

OLD, NEW = b"the old file", b"the new file, which is longer"
NOT_KNOWN = [errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="attributes of Linux")
UNIX = pytest.mark.skipif(os.name == "nt", reason="modes of Unix")


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "frame.json"
    path.write_bytes(OLD)
    return path


def write(path):
    return atomic_write(path, NEW, Opened.named(path))


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def refuse(monkeypatch, call, code):
    def refused(*_args, **_options):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, refused)


@UNIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666])
@pytest.mark.parametrize("code", [*NOT_KNOWN, errno.EPERM, errno.EACCES])
def test_that_a_mount_without_modes_is_saved_to_and_widens_nothing(
    target, monkeypatch, code, mode
):
    target.chmod(mode)
    refuse(monkeypatch, "fchmod", code)

    write(target)

    assert target.read_bytes() == NEW
    assert mode_of(target) & ~mode == 0
    assert mode_of(target) & 0o600 == 0o600


@UNIX
def test_that_a_disk_that_fails_at_the_mode_keeps_the_old_file(target, monkeypatch):
    refuse(monkeypatch, "fchmod", errno.EIO)
    with pytest.raises(StorageError, match="disk reports an error"):
        write(target)
    assert target.read_bytes() == OLD
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("code", NOT_KNOWN)
def test_that_a_mount_that_cannot_flush_is_saved_to(target, monkeypatch, code):
    refuse(monkeypatch, "fsync", code)

    write(target)

    assert target.read_bytes() == NEW


@LINUX
@pytest.mark.parametrize("call", ["listxattr", "getxattr", "setxattr"])
@pytest.mark.parametrize("code", [*NOT_KNOWN, errno.EPERM, errno.ENOSPC])
def test_that_attributes_that_cannot_be_kept_refuse_nothing(
    target, monkeypatch, call, code
):
    target.chmod(0o664)
    if call != "listxattr":
        monkeypatch.setattr(os, "listxattr", lambda _path: ["user.note"])
    if call == "setxattr":
        monkeypatch.setattr(os, "getxattr", lambda _path, _name: b"note")
    refuse(monkeypatch, call, code)

    write(target)

    assert (target.read_bytes(), mode_of(target)) == (NEW, 0o664)


@UNIX
@pytest.mark.parametrize(
    ("mode", "narrower"), [(0o664, 0o644), (0o660, 0o600), (0o666, 0o666)]
)
def test_that_another_group_gets_no_more_than_all_others(
    target, monkeypatch, mode, narrower
):
    target.chmod(mode)
    real = os.fstat

    def of_another_group(fd):
        found = real(fd)
        return os.stat_result((*found[:5], found.st_gid + 1, *found[6:10]))

    monkeypatch.setattr(os, "fstat", of_another_group)
    refuse(monkeypatch, "fchown", errno.EPERM)

    write(target)

    assert (target.read_bytes(), mode_of(target)) == (NEW, narrower)


@LINUX
def test_that_a_lost_access_list_gives_the_group_nothing_more(target, monkeypatch):
    # With a list the mode's group bits are the list's bounds, not what the group may.
    target.chmod(0o660)
    monkeypatch.setattr(os, "listxattr", lambda _path: ["system.posix_acl_access"])
    monkeypatch.setattr(os, "getxattr", lambda _path, _name: b"list")
    refuse(monkeypatch, "setxattr", errno.ENOTSUP)

    write(target)

    assert (target.read_bytes(), mode_of(target)) == (NEW, 0o600)


def test_that_a_stamp_tells_what_was_written_from_another_program_s_file(target):
    stamp = write(target)
    assert stamp is not None
    assert Stamp.of(target) == stamp
    other = target.with_name("other")
    other.write_bytes(NEW)
    other.replace(target)
    assert Stamp.of(target) != stamp
    target.unlink()
    assert Stamp.of(target) is None
