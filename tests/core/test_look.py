"""Looking names up on the disk never raises: what cannot be found is not there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from chromask.errors import StorageError
from chromask.storage import look
from chromask.storage.opened import Opened

if TYPE_CHECKING:
    from pathlib import Path

ODD = [
    "x" * 300,
    "a/" * 3000 + "x",
    "nul\0inside",
    "half \ud800 letter",
    "circle",
    "circle/x",
    "file/inside",
    "closed/x",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a file, a folder, a circle of links and a closed folder."""
    (tmp_path / "file").write_bytes(b"abc")
    (tmp_path / "inner").mkdir()
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "nowhere").symlink_to("none")
    (tmp_path / "link").symlink_to("inner")
    os.mkfifo(tmp_path / "pipe")
    real = os.stat

    def closed(path: str | Path | int, **rest: object) -> os.stat_result:
        # root is let into every folder: the system's answer to others is planted.
        if "closed" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", closed)
    return tmp_path


@pytest.mark.parametrize("name", ODD)
def test_that_a_name_that_no_file_can_have_is_not_there(
    folder: Path, name: str
) -> None:
    path = folder / name
    assert not look.exists(path)
    assert not look.is_file(path)
    assert not look.is_folder(path)
    assert look.stamp_of(path) is None
    assert look.is_link(path) == (name == "circle")
    with pytest.raises(StorageError, match="cannot be read"):
        look.list_folder(path)


def test_that_files_folders_and_links_are_told_apart(folder: Path) -> None:
    found = {
        name: (
            look.exists(folder / name),
            look.is_file(folder / name),
            look.is_folder(folder / name),
        )
        for name in ("file", "inner", "link", "pipe", "nowhere", "none")
    }
    assert found == {
        "file": (True, True, False),
        "inner": (True, False, True),
        "link": (True, False, True),
        "pipe": (True, False, False),
        "nowhere": (False, False, False),
        "none": (False, False, False),
    }
    links = {name for name in os.listdir(folder) if look.is_link(folder / name)}
    assert links == {"circle", "link", "nowhere"}
    taken = {name: look.is_taken(folder / name) for name in ("nowhere", "none")}
    assert taken == {"nowhere": True, "none": False}
    stamp = look.stamp_of(folder / "file")
    assert stamp is not None
    assert stamp[1] == 3


def test_that_a_link_that_leads_nowhere_does_not_end_a_listing(folder: Path) -> None:
    folders, files = look.list_folder(folder)
    assert sorted(folders) == ["inner", "link"]
    assert sorted(files) == ["circle", "file", "nowhere", "pipe"]


def test_that_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        look.list_folder(tmp_path / "none", uri="shown")
    assert caught.value.problem.uri == "shown"
    assert caught.value.problem.hint


def test_that_a_real_path_follows_links_as_far_as_it_can(folder: Path) -> None:
    real = look.real_path(folder)
    assert look.real_path(folder / "link" / ".." / "file") == real / "file"
    assert look.real_path(folder / "link" / "none") == real / "inner" / "none"
    assert look.real_path(folder / "a\0b" / ".." / "c") == folder / "c"


@pytest.mark.parametrize("name", ODD)
def test_that_what_was_opened_answers_for_any_name(folder: Path, name: str) -> None:
    opened = Opened.of(folder)
    assert isinstance(opened.contains(folder / name), bool)
    assert not opened.contains(folder.parent / name)


@pytest.mark.parametrize(
    ("stem", "ending", "name"),
    [
        ("a", "_seg.png", "a_seg.png"),
        ("x" * 251, ".png", "x" * 251 + ".png"),
        ("x" * 252, ".png", "x" * 251 + ".png"),
        ("漢" * 80, "_0123456789.png", "漢" * 80 + "_0123456789.png"),
        ("漢" * 90, "_2.png", "漢" * 83 + "_2.png"),
        ("caf\udce9", "_2.png", "caf__2.png"),
    ],
)
def test_that_a_new_name_fits_and_keeps_its_ending(
    tmp_path: Path, stem: str, ending: str, name: str
) -> None:
    assert look.fitting_name(stem, ending) == name
    (tmp_path / name).write_bytes(b"")
