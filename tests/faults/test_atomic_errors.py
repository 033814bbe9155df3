import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from chromask.errors import StorageError
from chromask.storage import atomic
from chromask.storage.atomic import atomic_write
from chromask.storage.opened import Opened

OLD = b"the old file, whole"
NEW = b"the new file, which is longer than the old one" * 50


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "frame.json"
    path.write_bytes(OLD)
    return path


def write(path, data):
    atomic_write(path, data, Opened.named(path))


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def message_of(path, data=NEW):
    with pytest.raises(StorageError) as caught:
        write(path, data)
    problem = caught.value.problem
    assert problem.uri == str(path)
    assert problem.hint
    return problem.seen


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EIO, "disk reports an error"),
        (errno.EROFS, "read-only"),
        (errno.EBADMSG, "cannot be written"),
    ],
    ids=lambda value: errno.errorcode.get(value) if isinstance(value, int) else "",
)
@pytest.mark.parametrize("call", ["open", "write", "fsync", "close", "replace"])
def test_that_any_failure_keeps_the_old_file_and_no_rest(
    target, monkeypatch, call, code, words
):
    real = getattr(os, call)
    failed = []

    def fail_once(*args, **kwargs):
        if call == "close":
            real(*args)
        if call != "open" or ".chromask-" in str(args[0]):
            failed.append(call)
            raise OSError(code, os.strerror(code))
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail_once)
        seen = message_of(target)

    assert failed == [call]
    assert words in seen
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


def test_that_a_disk_that_takes_nothing_is_no_endless_loop(target, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda fd, data: 0)
        assert "disk reports an error" in message_of(target)

    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


def test_that_an_interruption_leaves_no_rest(target, monkeypatch):
    def interrupted(fd):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write(target, NEW)

    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


@pytest.mark.expected_log("temporary file .* stays")
def test_that_the_first_error_is_told_when_the_rest_cannot_be_removed(
    target, monkeypatch
):
    def no_unlink(self, *args, **kwargs):
        raise PermissionError(errno.EACCES, "held")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda fd, data: 0)
        patch.setattr(Path, "unlink", no_unlink)
        assert "disk reports an error" in message_of(target)


def fail_folder_flush(monkeypatch, code):
    real = os.fsync

    def fsync(fd):
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(code, os.strerror(code))
        real(fd)

    monkeypatch.setattr(os, "fsync", fsync)


def test_that_an_unconfirmed_rename_is_told_and_keeps_the_new_file(target, monkeypatch):
    fail_folder_flush(monkeypatch, errno.EIO)

    assert "in place" in message_of(target)
    assert target.read_bytes() == NEW


def test_that_a_disk_without_folder_flush_can_be_saved_to(target, monkeypatch):
    fail_folder_flush(monkeypatch, errno.EINVAL)

    write(target, NEW)

    assert target.read_bytes() == NEW


def test_that_macos_is_asked_for_a_full_flush(target, monkeypatch):
    import fcntl

    asked, synced = [], []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda fd, command: asked.append(command))
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(os.fstat(fd).st_mode))

    write(target, NEW)

    assert asked == [51]
    assert [stat.S_ISDIR(mode) for mode in synced] == [True]


class Clock:
    def __init__(self, monkeypatch):
        self.now = 0.0
        monkeypatch.setattr(atomic.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(atomic.time, "sleep", self.sleep)

    def sleep(self, seconds):
        self.now += seconds


def hold_file(monkeypatch, clock, until_s):
    real = os.replace

    def replace(source, target):
        if clock.now < until_s:
            raise PermissionError(errno.EACCES, "held by another process")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_that_windows_waits_for_a_file_that_is_held_two_seconds(target, monkeypatch):
    monkeypatch.setattr(atomic, "_IS_WINDOWS", True)
    hold_file(monkeypatch, Clock(monkeypatch), until_s=2.0)

    write(target, NEW)

    assert target.read_bytes() == NEW


def test_that_windows_gives_up_after_two_and_a_half_seconds(target, monkeypatch):
    monkeypatch.setattr(atomic, "_IS_WINDOWS", True)
    clock = Clock(monkeypatch)
    hold_file(monkeypatch, clock, until_s=1e9)

    message_of(target)

    assert 2.5 <= clock.now < 3
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


def test_that_other_systems_do_not_wait(target, monkeypatch):
    clock = Clock(monkeypatch)
    hold_file(monkeypatch, clock, until_s=1e9)

    assert "not permitted" in message_of(target)
    assert clock.now == 0
