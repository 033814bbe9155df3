import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from chromask.errors import StorageError
from chromask.storage import local
from chromask.storage.local import fingerprint, open_regular, read_bytes


def message_of(path, max_bytes=1000):
    with pytest.raises(StorageError) as caught:
        read_bytes(path, uri="shown.json", max_bytes=max_bytes)
    problem = caught.value.problem
    assert problem.uri == "shown.json"
    assert problem.hint
    return problem.seen


@pytest.mark.parametrize("data", [b"", b"\r\n\x00\x1a", b"x" * 1000])
def test_that_exactly_the_bytes_are_read(tmp_path, data):
    (tmp_path / "a").write_bytes(data)

    assert read_bytes(tmp_path / "a", uri="a", max_bytes=1000) == data


def test_that_a_file_longer_than_one_chunk_is_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(local, "_CHUNK_BYTES", 3)
    real = os.fstat
    # A file of /proc, or one that grows, is longer than its size says.
    monkeypatch.setattr(
        os,
        "fstat",
        lambda fd: os.stat_result((*real(fd)[:6], 0, *real(fd)[7:10])),
    )
    (tmp_path / "a").write_bytes(b"0123456789")

    assert read_bytes(tmp_path / "a", uri="a", max_bytes=10) == b"0123456789"
    assert "at most 9" in message_of(tmp_path / "a", max_bytes=9)


def test_that_a_symbolic_link_is_followed(tmp_path):
    (tmp_path / "a").write_bytes(b"data")
    (tmp_path / "link").symlink_to("a")

    assert read_bytes(tmp_path / "link", uri="a", max_bytes=4) == b"data"


def test_that_one_byte_above_the_limit_is_too_much(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 1001)

    assert "at most 1000" in message_of(tmp_path / "a")


def test_that_a_huge_file_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(1 << 40)  # sparse: it takes no space

    assert str(1 << 40) in message_of(tmp_path / "huge")


def test_that_a_missing_file_is_named(tmp_path):
    assert "no such file" in message_of(tmp_path / "none.json")


def test_that_a_link_to_nothing_is_named(tmp_path):
    (tmp_path / "link").symlink_to("none")

    assert "no such file" in message_of(tmp_path / "link")


def test_that_links_in_a_circle_are_named(tmp_path):
    (tmp_path / "link").symlink_to("link")

    assert "circle" in message_of(tmp_path / "link")


def test_that_a_folder_is_named(tmp_path):
    assert "folder, not a file" in message_of(tmp_path)


def test_that_a_file_used_as_a_folder_is_named(tmp_path):
    (tmp_path / "a").write_bytes(b"")

    assert "no folder" in message_of(tmp_path / "a" / "b")


@pytest.mark.timeout(10)
def test_that_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    assert "pipe" in message_of(tmp_path / "pipe")


@pytest.mark.timeout(10)
def test_that_a_file_exchanged_for_a_pipe_does_not_hang(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"")
    regular = os.stat(tmp_path / "file")
    monkeypatch.setattr(os, "stat", lambda path: regular)

    assert "pipe" in message_of(tmp_path / "pipe")


def test_that_a_device_is_named_and_not_opened(monkeypatch):
    opened = []
    monkeypatch.setattr(os, "open", lambda *args: opened.append(args))

    assert "device" in message_of(Path("/dev/zero"))
    assert opened == []


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.EACCES, "not permitted"), (errno.EIO, "disk"), (errno.EBADMSG, "cannot")],
)
def test_that_a_failed_open_is_named(tmp_path, monkeypatch, code, words):
    (tmp_path / "a").write_bytes(b"data")

    def fail(*args):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", fail)

    assert words in message_of(tmp_path / "a")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="root only")
def test_that_a_file_of_another_user_is_named(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"data")
    (tmp_path / "a").chmod(0o600)
    monkeypatch.chdir(tmp_path)
    os.seteuid(65534)
    try:
        assert "not permitted" in message_of(Path("a"))
    finally:
        os.seteuid(0)


def test_that_a_disk_error_while_reading_is_named(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"data")

    def fail(*args):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(local, "_read_at_most", fail)

    assert "disk reports an error" in message_of(tmp_path / "a")


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b", "n" * 300])
def test_that_a_name_no_disk_takes_is_an_error_of_ours(tmp_path, name):
    assert message_of(tmp_path / name)


def test_that_an_open_file_is_closed_when_it_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"data")
    closed = []
    close = os.close
    monkeypatch.setattr(os, "close", lambda fd: (closed.append(fd), close(fd)))
    monkeypatch.setattr(
        os, "fstat", lambda fd: os.stat_result((stat.S_IFIFO, *[0] * 9))
    )

    assert "pipe" in message_of(tmp_path / "a")
    assert len(closed) == 1


def test_that_an_opened_file_gives_bytes_and_can_seek(tmp_path):
    (tmp_path / "a").write_bytes(b"data")

    with open_regular(tmp_path / "a", uri="a") as file:
        assert file.read() == b"data"
        assert file.seek(1) == 1
        assert file.read() == b"ata"


def test_that_the_fingerprint_is_the_sha256_of_the_bytes():
    assert fingerprint(b"") == hashlib.sha256(b"").hexdigest()
    assert fingerprint(b"abc").startswith("ba7816bf8f01cfea")
    assert fingerprint(b"abc") != fingerprint(b"abd")
