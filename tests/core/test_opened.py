"""Which files may be written, and that the one write asks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from chromask.errors import StorageError
from chromask.storage.atomic import atomic_write
from chromask.storage.opened import Images, Opened

if TYPE_CHECKING:
    from pathlib import Path

OLD = b"as it was"


def folder_of(path: Path, *names: str) -> Path:
    path.mkdir(parents=True)
    for name in names:
        (path / name).write_bytes(OLD)
    return path


def refusal_of(path: Path, opened: Opened) -> str:
    with pytest.raises(StorageError) as caught:
        atomic_write(path, b"new", opened)
    assert caught.value.problem.uri == str(path)
    assert caught.value.problem.hint
    return caught.value.problem.seen


@pytest.mark.parametrize("form", ["beside", "dots", "link", "link folder", "new"])
def test_that_nothing_outside_is_written(tmp_path: Path, form: str) -> None:
    opened = folder_of(tmp_path / "opened")
    other = folder_of(tmp_path / "opened2", "m.png")  # its name begins alike
    (opened / "m.png").symlink_to(other / "m.png")
    (opened / "masks").symlink_to(other, target_is_directory=True)
    path = {
        "beside": other / "m.png",
        "dots": opened / ".." / "opened2" / "m.png",
        "link": opened / "m.png",
        "link folder": opened / "masks" / "m.png",
        "new": opened / "masks" / "new.png",
    }[form]

    assert "outside" in refusal_of(path, Opened.of(opened))

    assert {p.name: p.read_bytes() for p in other.iterdir()} == {"m.png": OLD}
    atomic_write(path, b"new", Opened.of(opened, [other]))
    assert path.read_bytes() == b"new"


def test_that_opening_a_file_opens_its_folder_and_what_it_links_to(
    tmp_path: Path,
) -> None:
    opened = folder_of(tmp_path / "opened", "a.json")
    other = folder_of(tmp_path / "other", "b.json", "c.json")
    (opened / "b.json").symlink_to(other / "b.json")

    permit = Opened.of(opened / "b.json")

    assert permit.may_write(opened / "a.json")
    assert permit.may_write(opened / "b.json")
    assert not permit.may_write(other / "c.json")


def test_that_an_opened_link_opens_the_folder_it_leads_to(tmp_path: Path) -> None:
    real = folder_of(tmp_path / "real", "a.png")
    (tmp_path / "link").symlink_to(real, target_is_directory=True)

    assert Opened.of(tmp_path / "link").may_write(real / "a.png")


def test_that_a_named_file_permits_itself_alone(tmp_path: Path) -> None:
    permit = Opened.named(tmp_path / "out.png")

    atomic_write(tmp_path / "out.png", b"new", permit)

    assert "outside" in refusal_of(tmp_path / "out2.png", permit)


@pytest.mark.parametrize("form", ["itself", "dots", "link", "hard link"])
@pytest.mark.parametrize("others", [0, 100])
def test_that_a_source_image_is_never_written(
    tmp_path: Path, form: str, others: int
) -> None:
    opened = folder_of(tmp_path / "opened", "a.png", "m.png")
    (opened / "in").mkdir()
    (opened / "link.png").symlink_to("a.png")
    os.link(opened / "a.png", opened / "hard.png")
    path = {
        "itself": opened / "a.png",
        "dots": opened / "in" / ".." / "a.png",
        "link": opened / "link.png",
        "hard link": opened / "hard.png",
    }[form]
    many = [opened / f"{number}.png" for number in range(others)]
    permit = Opened.of(opened).keeping(Images([*many, opened / "a.png"]))

    assert "source image" in refusal_of(path, permit)
    assert "source image" in refusal_of(path, permit.naming(path))

    assert (opened / "a.png").read_bytes() == OLD
    assert permit.may_write(opened / "m.png")


@pytest.mark.parametrize("others", [0, 100])
def test_that_the_file_behind_a_listed_link_is_never_written(
    tmp_path: Path, others: int
) -> None:
    opened = folder_of(tmp_path / "opened", "m.png")
    (opened / "a.png").symlink_to("m.png")
    many = [opened / f"{number}.png" for number in range(others)]
    permit = Opened.of(opened).keeping(Images([*many, opened / "a.png"]))

    assert not permit.may_write(opened / "m.png")
