import contextlib
import errno
import os
import socket
import stat
import subprocess
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


def save_in_place(path, data):
    """Bad on purpose: the old bytes are gone before the new ones are there."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]
    finally:
        os.close(fd)


def save_by_fixed_name(path, data):
    """Bad on purpose: everybody can guess, plant and share the temporary file."""
    temp = path.with_name(f"{path.name}.tmp")
    save_in_place(temp, data)
    os.replace(temp, path)


def save_by_one_write(path, data):
    """Bad on purpose: a short write passes for a whole one."""
    temp = path.with_name(f"{path.name}.{os.getpid()}")
    fd = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    os.write(fd, data)
    os.close(fd)
    os.replace(temp, path)


class Disk:
    """An `os.write` that takes a few bytes at a time, and fails after some."""

    def __init__(self, monkeypatch, *, step=7, room=None, error=errno.ENOSPC):
        self.step, self.room, self.error = step, room, error
        self.write = os.write
        monkeypatch.setattr(os, "write", self)

    def __call__(self, fd, data):
        if self.room is not None and self.room < self.step:
            raise OSError(self.error, os.strerror(self.error))
        written = self.write(fd, bytes(data[: self.step]))
        if self.room is not None:
            self.room -= written
        return written


# ------------------------------------------------ claims that also catch a bad saver


def assert_full_disk_keeps_the_old_file(save, target, monkeypatch):
    with monkeypatch.context() as patch:
        Disk(patch, room=100)
        with pytest.raises((OSError, StorageError)):
            save(target, NEW)
    assert target.read_bytes() == OLD


def assert_short_writes_are_continued(save, target, monkeypatch):
    with monkeypatch.context() as patch:
        Disk(patch, step=7)
        save(target, NEW)
    assert target.read_bytes() == NEW


def assert_planted_link_is_not_followed(save, target, monkeypatch):
    victim = target.parent / "victim"
    victim.write_bytes(b"not yours")
    for planted in (f"{target.name}.tmp", f".{target.name}.tmp", f"{target.name}~"):
        (target.parent / planted).symlink_to(victim)
    save(target, NEW)
    assert victim.read_bytes() == b"not yours"


def assert_fsync_comes_before_the_rename(save, target, monkeypatch):
    calls = []

    def note(name):
        real = getattr(os, name)

        def noted(*args):
            calls.append(name)
            return real(*args)

        return noted

    with monkeypatch.context() as patch:
        for name in ("fsync", "replace"):
            patch.setattr(os, name, note(name))
        save(target, NEW)
    assert calls == ["fsync", "replace", "fsync"]


CLAIMS = {
    "full disk": assert_full_disk_keeps_the_old_file,
    "short writes": assert_short_writes_are_continued,
    "planted link": assert_planted_link_is_not_followed,
    "fsync": assert_fsync_comes_before_the_rename,
}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_that_the_saver_holds(claim, target, monkeypatch):
    claim(write, target, monkeypatch)


@pytest.mark.parametrize(
    ("saver", "caught_by"),
    [
        (save_in_place, {"full disk", "fsync"}),
        (save_by_fixed_name, {"planted link", "fsync"}),
        (save_by_one_write, {"full disk", "short writes", "fsync"}),
    ],
)
def test_that_a_bad_saver_is_caught(saver, caught_by, tmp_path, monkeypatch):
    failed = set()
    for number, (name, claim) in enumerate(CLAIMS.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "frame.json").write_bytes(OLD)
        try:
            claim(saver, folder / "frame.json", monkeypatch)
        except (AssertionError, pytest.fail.Exception):
            failed.add(name)

    assert failed == caught_by


# ------------------------------------------------------------------- what is written


@pytest.mark.parametrize("data", [b"", b"x", NEW], ids=["empty", "one byte", "long"])
def test_that_a_new_file_holds_exactly_the_bytes(tmp_path, data):
    write(tmp_path / "new.json", data)

    assert names(tmp_path) == ["new.json"]
    assert (tmp_path / "new.json").read_bytes() == data


def test_that_a_relative_path_starts_at_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    write(Path("near.json"), NEW)

    assert (tmp_path / "near.json").read_bytes() == NEW


@pytest.mark.parametrize("name", ["a b.json", "ä漢😀.json", "100%20#.json", "n" * 255])
def test_that_any_name_a_folder_takes_can_be_saved(tmp_path, name):
    write(tmp_path / name, NEW)

    assert names(tmp_path) == [name]


def test_that_the_temporary_file_lies_in_the_target_folder(target, monkeypatch):
    seen = []
    replace = os.replace
    monkeypatch.setattr(
        os, "replace", lambda a, b: (seen.append(Path(a)), replace(a, b))
    )

    write(target, NEW)
    write(target, OLD)

    assert {path.parent for path in seen} == {target.parent}
    assert len(set(seen)) == 2  # never the same name twice


def test_that_a_taken_temporary_name_is_left_alone(target, monkeypatch):
    tokens = iter(["taken", "taken", "free"])
    monkeypatch.setattr(atomic.secrets, "token_hex", lambda _size: next(tokens))
    taken = target.parent / ".chromask-taken.tmp"
    taken.write_bytes(b"another's")

    write(target, NEW)

    assert target.read_bytes() == NEW
    assert taken.read_bytes() == b"another's"


# ---------------------------------------------------------------- links, mode, owner


def test_that_a_symbolic_link_stays_and_its_target_is_replaced(target):
    away = target.parent / "away"
    away.mkdir()
    link = away / "link.json"
    link.symlink_to(Path("..") / target.name)

    write(link, NEW)

    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert names(away) == ["link.json"]


def test_that_a_link_to_nothing_yet_makes_its_target(tmp_path):
    (tmp_path / "link.json").symlink_to("later.json")

    write(tmp_path / "link.json", NEW)

    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "later.json").read_bytes() == NEW


def test_that_links_in_a_circle_are_named(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    assert "circle" in message_of(tmp_path / "a")
    assert (tmp_path / "a").is_symlink()


@pytest.mark.parametrize("mode", [0o664, 0o600, 0o644, 0o666, 0o755])
def test_that_the_mode_of_the_old_file_is_kept(target, mode):
    target.chmod(mode)

    write(target, NEW)

    assert stat.S_IMODE(target.stat().st_mode) == mode


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o002, 0o664)])
def test_that_a_new_file_takes_the_mode_of_the_umask(tmp_path, umask, mode):
    before = os.umask(umask)
    try:
        write(tmp_path / "new.json", NEW)
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == mode


def test_that_the_new_bytes_are_never_more_readable_than_the_old(target, monkeypatch):
    target.chmod(0o600)
    modes = []
    system_write = os.write
    monkeypatch.setattr(
        os,
        "write",
        lambda fd, data: (
            modes.append(os.fstat(fd).st_mode),
            system_write(fd, data),
        )[1],
    )

    write(target, NEW)

    assert {stat.S_IMODE(mode) for mode in modes} == {0o600}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root only")
def test_that_root_keeps_the_owner_of_the_file(target):
    os.chown(target, 1234, 2345)
    target.chmod(0o640)

    write(target, NEW)

    state = target.stat()
    assert (state.st_uid, state.st_gid) == (1234, 2345)
    assert stat.S_IMODE(state.st_mode) == 0o640


def test_that_the_group_is_kept_where_the_owner_cannot_be(target, monkeypatch):
    asked = []

    def fchown(fd, uid, gid):
        asked.append((uid, gid))
        if uid != -1:
            raise PermissionError(errno.EPERM, "not yours")

    real = os.fstat
    monkeypatch.setattr(os, "fchown", fchown)
    monkeypatch.setattr(
        os,
        "fstat",
        lambda fd: os.stat_result((*real(fd)[:4], 4321, 4322, *real(fd)[6:10])),
    )

    write(target, NEW)

    state = target.stat()
    assert asked == [(state.st_uid, state.st_gid), (-1, state.st_gid)]
    assert target.read_bytes() == NEW


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes of Linux")
def test_that_extended_attributes_are_kept(target):
    try:
        os.setxattr(target, "user.note", b"checked by Ann")
    except OSError:
        pytest.skip("this file system has no extended attributes")

    write(target, NEW)

    assert os.getxattr(target, "user.note") == b"checked by Ann"


# -------------------------------------------------------------------- what is refused


def test_that_a_read_only_file_is_refused_for_root_too(target):
    target.chmod(0o444)

    assert "read-only" in message_of(target)
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


def test_that_a_file_the_system_protects_is_refused(target, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    assert "read-only" in message_of(target)
    assert target.read_bytes() == OLD


def test_that_a_read_only_folder_is_refused_for_root_too(target):
    target.parent.chmod(0o555)
    try:
        assert "folder is read-only" in message_of(target)
        assert target.read_bytes() == OLD
    finally:
        target.parent.chmod(0o755)


def test_that_a_folder_at_the_path_is_named(tmp_path):
    (tmp_path / "frame.json").mkdir()

    assert "is a folder" in message_of(tmp_path / "frame.json")
    assert names(tmp_path) == ["frame.json"]


def test_that_a_missing_folder_is_named(tmp_path):
    assert "folder does not exist" in message_of(tmp_path / "no" / "frame.json")
    assert names(tmp_path) == []


def test_that_a_file_used_as_a_folder_is_named(target):
    assert "no folder" in message_of(target / "frame.json")


def test_that_a_pipe_and_a_socket_are_refused_and_stay(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's whole path is short
    os.mkfifo(tmp_path / "pipe")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as server:
        server.bind("socket")

        for name in ("pipe", "socket"):
            assert "no regular file" in message_of(Path(name))
            assert not stat.S_ISREG((tmp_path / name).stat().st_mode)


@pytest.mark.parametrize(
    ("name", "words"),
    [("n" * 300, "too long"), ("a\0b", "null"), ("a\ud800b", "surrogates")],
    ids=["long", "null byte", "half a character"],
)
def test_that_a_name_no_disk_takes_is_an_error_of_ours(tmp_path, name, words):
    assert words in message_of(tmp_path / name)
    assert names(tmp_path) == []


def test_that_saving_needs_no_module_of_the_window():
    code = (
        "import sys, chromask.storage.atomic\n"
        "sys.exit(any(m.startswith(('PySide', 'av', 'PIL')) for m in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
