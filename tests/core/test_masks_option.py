"""``--masks DIR``: folders outside that are used, and the output that names the option."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from chromask.cli import main
from chromask.dataset.discover import list_frames
from chromask.workspace.opening import open_document
from outside import digests, write_outside
from scenes import read_pixels, write_scene

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Give a folder of images and the folder of their masks next to it."""
    images, masks = tmp_path / "images", tmp_path / "masks"
    masks.mkdir()
    write_scene(images, name="a").unlink()
    (images / "a_seg.png").rename(masks / "a.png")
    return images, masks


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[str, str]:
    assert main([str(word) for word in words]) == 0
    told = capsys.readouterr()
    return told.out, told.err


@pytest.mark.parametrize("what", ["folder", "file"])
def test_that_info_names_the_option_and_uses_it(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], what: str
) -> None:
    images, masks = pair
    path = images if what == "folder" else images / "a.png"

    out, _ = run(capsys, "info", path)
    assert f"--masks {masks}\n" in out
    assert "mask " not in out.replace(f"--masks {masks}", "")
    out, _ = run(capsys, "info", path, "--json")
    assert json.loads(out)["suggested"] == [
        {"folder": str(masks), "option": f"--masks {masks}"}
    ]
    assert json.loads(out)["frames"][0]["masks"] == []

    out, err = run(capsys, "info", path, "--json", "--masks", masks)
    assert json.loads(out)["suggested"] == []
    assert [mask["uri"] for mask in json.loads(out)["frames"][0]["masks"]] == [
        "../masks/a.png"
    ]
    assert "--masks" not in err


def test_that_a_blank_in_the_name_is_quoted(
    tmp_path: Path, pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    images, masks = pair
    (tmp_path / "my set").mkdir()
    images.rename(tmp_path / "my set" / "images")
    masks.rename(tmp_path / "my set" / "masks")

    out, _ = run(capsys, "info", tmp_path / "my set" / "images")

    assert f"--masks '{tmp_path / 'my set' / 'masks'}'\n" in out


@pytest.mark.parametrize("command", ["render", "contact-sheet"])
def test_that_pictures_name_the_option_on_stderr_and_use_it(
    tmp_path: Path,
    pair: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    images, masks = pair
    path = images / "a.png" if command == "render" else images
    plain, masked = tmp_path / "plain.png", tmp_path / "masked.png"

    _, err = run(capsys, command, path, "-o", plain)
    assert f"--masks {masks}\n" in err
    _, err = run(capsys, command, path, "-o", masked, "--masks", masks)
    assert "--masks" not in err

    assert (read_pixels(plain) != read_pixels(masked)).any()


def test_that_the_option_can_be_given_twice(
    tmp_path: Path, pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    images, masks = pair
    other = tmp_path / "predictions"
    other.mkdir()
    (other / "a.png").write_bytes((masks / "a.png").read_bytes())

    out, _ = run(capsys, "info", images, "--json", "--masks", masks, "--masks", other)

    (frame,) = json.loads(out)["frames"]
    assert sorted(mask["uri"] for mask in frame["masks"]) == [
        "../masks/a.png",
        "../predictions/a.png",
    ]


def test_that_a_folder_that_is_not_there_is_an_error(
    tmp_path: Path, pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["info", str(pair[0]), "--masks", str(tmp_path / "none")])

    assert ended.value.code == 2
    assert "is not a folder" in capsys.readouterr().err


def test_that_info_marks_files_outside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, mask = write_outside(tmp_path, "dots")

    out, _ = run(capsys, "info", path)
    assert "note: ../masks/scene_seg.png: this file is outside the opened folder" in out
    out, _ = run(capsys, "info", path, "--masks", mask.parent)
    assert "note:" not in out


@pytest.mark.parametrize("command", ["render", "contact-sheet"])
def test_that_a_picture_is_never_written_over_an_image(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    write_scene(tmp_path, name="a").unlink()
    (tmp_path / "a_seg.png").unlink()
    path = tmp_path / "a.png" if command == "render" else tmp_path
    before = digests(tmp_path)

    assert main([command, str(path), "-o", str(tmp_path / "a.png")]) == 2

    assert "source image" in capsys.readouterr().err
    assert digests(tmp_path) == before


def test_that_scripts_allow_folders_too(pair: tuple[Path, Path]) -> None:
    images, masks = pair

    assert not open_document(images / "a.png").planes
    document = open_document(images / "a.png", allowed=[masks])

    assert len(document.planes) == 1
    assert document.permit.may_write(masks / "a.png")
    assert list_frames(images).report.suggested == (masks,)
