"""Folders outside what was opened: offered by their whole names, and used once they are allowed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from chromask.dataset.discover import list_frames
from chromask.dataset.query import Choice, FrameList
from chromask.workspace.opening import open_document


def write(folder: Path, *names: str) -> Path:
    """Write empty files: listing decodes nothing."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return folder


def shown(listed: FrameList, base: Path) -> dict[str, list[str]]:
    """Return the frames of a list with their masks, as paths from a folder."""
    return {
        os.path.relpath(item.path, base): [
            os.path.relpath(mask, base) for _, mask in item.masks
        ]
        for item in listed.items
    }


def offered(path: Path, base: Path, *allowed: Path) -> list[str]:
    report = list_frames(path, Choice(allowed=allowed)).report
    return [os.path.relpath(folder, base) for folder in report.suggested]


TREES = {
    "masks next to images": (
        ("images/a.jpg", "masks/a.png"),
        "images",
        ["masks"],
        {"images/a.jpg": ["masks/a.png"]},
    ),
    "one of several sequences": (
        ("seq1/1.png", "seq1_mask/1.png", "seq2/1.png", "seq2_mask/1.png"),
        "seq1",
        ["seq1_mask"],
        {"seq1/1.png": ["seq1_mask/1.png"]},
    ),
    "shared starts": (
        ("img_1/1.png", "img_1_gt/1.png", "img_10/1.png", "img_10_gt/1.png"),
        "img_10",
        ["img_10_gt"],
        {"img_10/1.png": ["img_10_gt/1.png"]},
    ),
    "the deepest folder of Cityscapes": (
        (
            "leftImg8bit/train/bonn/b_1_leftImg8bit.png",
            "leftImg8bit/val/ulm/u_1_leftImg8bit.png",
            "gtFine/train/bonn/b_1_gtFine_labelIds.png",
            "gtFine/val/ulm/u_1_gtFine_labelIds.png",
        ),
        "leftImg8bit/train/bonn",
        ["gtFine/train/bonn"],
        {
            "leftImg8bit/train/bonn/b_1_leftImg8bit.png": [
                "gtFine/train/bonn/b_1_gtFine_labelIds.png"
            ]
        },
    ),
    "a part of a split": (
        (
            "images/train/a.jpg",
            "images/val/a.jpg",
            "masks/train/a.png",
            "masks/val/a.png",
        ),
        "images/train",
        ["masks/train"],
        {"images/train/a.jpg": ["masks/train/a.png"]},
    ),
    "all parts of a split": (
        (
            "images/train/a.jpg",
            "images/val/a.jpg",
            "masks/train/a.png",
            "masks/val/a.png",
        ),
        "images",
        ["masks"],
        {
            "images/train/a.jpg": ["masks/train/a.png"],
            "images/val/a.jpg": ["masks/val/a.png"],
        },
    ),
    "truth and predictions": (
        ("images/a.jpg", "gt/a.png", "predictions/a.png"),
        "images",
        ["gt", "predictions"],
        {"images/a.jpg": ["gt/a.png", "predictions/a.png"]},
    ),
    "both masks of VOC": (
        ("JPEGImages/a.jpg", "SegmentationClass/a.png", "SegmentationObject/a.png"),
        "JPEGImages",
        ["SegmentationClass", "SegmentationObject"],
        {"JPEGImages/a.jpg": ["SegmentationClass/a.png", "SegmentationObject/a.png"]},
    ),
    "CamVid": (
        ("train/a.png", "trainannot/a.png", "val/a.png", "valannot/a.png"),
        "val",
        ["valannot"],
        {"val/a.png": ["valannot/a.png"]},
    ),
    "Supervisely": (
        ("ds0/img/a.png", "ds0/masks_machine/a.png"),
        "ds0/img",
        ["ds0/masks_machine"],
        {"ds0/img/a.png": ["ds0/masks_machine/a.png"]},
    ),
    "a folder of masks": (
        ("images/a.jpg", "images/b.jpg", "masks/a.png"),
        "masks",
        ["images"],
        {"images/a.jpg": ["masks/a.png"]},
    ),
    "the deepest folder of masks": (
        ("images/val/a.jpg", "masks/val/a.png"),
        "masks/val",
        ["images/val"],
        {"images/val/a.jpg": ["masks/val/a.png"]},
    ),
}


@pytest.mark.parametrize("name", TREES)
def test_that_a_folder_outside_is_offered_and_used_once_it_is_allowed(
    tmp_path: Path, name: str
) -> None:
    files, start, outside, pairs = TREES[name]
    write(tmp_path, *files)
    folder = tmp_path / start
    before = shown(list_frames(folder), tmp_path)
    assert offered(folder, tmp_path) == outside
    assert all(Path(path).is_relative_to(start) for path in before)
    assert all(
        Path(mask).is_relative_to(start) for masks in before.values() for mask in masks
    )
    allowed = tuple(tmp_path / each for each in outside)
    listed = list_frames(folder, Choice(allowed=allowed))
    assert shown(listed, tmp_path) == pairs
    assert not listed.report.suggested
    assert listed.root == folder


@pytest.mark.parametrize("name", [each for each in TREES if "all parts" not in each])
def test_that_one_file_is_offered_the_folder_that_its_own_folder_is(
    tmp_path: Path, name: str
) -> None:
    files, start, outside, pairs = TREES[name]
    write(tmp_path, *files)
    (first, masks), *_ = pairs.items()
    path = tmp_path / (first if Path(first).is_relative_to(start) else masks[0])
    assert offered(path, tmp_path) == outside
    allowed = tuple(tmp_path / each for each in outside)
    listed = list_frames(path, Choice(allowed=allowed))
    assert shown(listed, tmp_path) == {first: masks}


@pytest.mark.parametrize(
    ("files", "start"),
    [
        (("cats/1.jpg", "dogs/1.jpg", "dogs_mask/1.png"), "cats"),
        (("foo/a.jpg", "bar_masks/a.png", "bar_masks/z.png"), "foo"),
        (("foo/a.jpg", "masks/y.png"), "foo"),
        (("cats/1.jpg", "object/1.jpg", "object_mask/1.png"), "cats"),
        (("cats/train/1.jpg", "dogs_mask/train/1.png"), "cats/train"),
        (("x/images/1.jpg", "x/images/1_mask.png", "x/masks/1.png"), "x/images"),
        (("masks/1.png", "other_masks/1.png"), "masks"),
    ],
)
def test_that_a_folder_that_adds_nothing_is_not_offered(
    tmp_path: Path, files: tuple[str, ...], start: str
) -> None:
    write(tmp_path, *files)
    for path in (tmp_path / start, next((tmp_path / start).iterdir())):
        listed = list_frames(path)
        assert not listed.report.suggested
        for frame, masks in shown(listed, tmp_path).items():
            assert Path(frame).is_relative_to(start)
            assert all(Path(mask).is_relative_to(start) for mask in masks)


def test_that_what_is_allowed_is_not_offered_again(tmp_path: Path) -> None:
    write(
        tmp_path, "images/a.jpg", "images/b.jpg", "gt/a.png", "preds/a.png", "gt/c.png"
    )
    listed = list_frames(tmp_path / "images", Choice(allowed=(tmp_path / "gt",)))
    assert shown(listed, tmp_path) == {
        "images/a.jpg": ["gt/a.png"],
        "images/b.jpg": [],
    }
    assert not listed.report.suggested
    assert (listed.report.without_mask, listed.report.orphans) == (1, 1)


def test_that_an_allowed_folder_holds_masks_whatever_its_name_says(
    tmp_path: Path,
) -> None:
    write(tmp_path, "cats/1.jpg", "cats/2.jpg", "dogs_mask/deep/1.png", "drawn/2.png")
    allowed = (tmp_path / "dogs_mask", tmp_path / "drawn")
    assert shown(list_frames(tmp_path / "cats", Choice(allowed=allowed)), tmp_path) == {
        "cats/1.jpg": ["dogs_mask/deep/1.png"],
        "cats/2.jpg": ["drawn/2.png"],
    }


def test_that_masks_without_their_images_are_masks_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, "images/a.jpg", "masks/a.png", "masks/b.png")
    listed = list_frames(tmp_path / "masks")
    assert [item.is_mask for item in listed.items] == [True, True]
    assert listed.report.suggests_images
    assert listed.root == tmp_path / "masks"


def test_that_an_allowed_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    write(tmp_path, "images/a.jpg")
    gone = tmp_path / "masks"
    for start in ("images", "images/a.jpg"):
        listed = list_frames(tmp_path / start, Choice(allowed=(gone,)))
        assert len(listed) == 1
        (problem,) = listed.report.problems
        assert (problem.uri, problem.severity) == (str(gone), "warning")


def test_that_allowed_folders_count_as_opened(tmp_path: Path) -> None:
    write(tmp_path, "images/a.jpg", "masks/a.png")
    mask = tmp_path / "masks/a.png"
    assert not list_frames(tmp_path / "images").opened.contains(mask)
    choice = Choice(allowed=(tmp_path / "masks",))
    assert list_frames(tmp_path / "images", choice).opened.contains(mask)


@pytest.mark.parametrize(
    "name",
    [
        "@eaDir",
        ".thumbnails",
        "Thumbs",
        "__MACOSX",
        ".AppleDouble",
        ".@__thumb",
        "a_thumbnails",
    ],
)
def test_that_folders_of_thumbnails_hold_no_frames(tmp_path: Path, name: str) -> None:
    write(
        tmp_path, "a.jpg", f"{name}/a.jpg", f"{name}/deep/b.jpg", f"masks/{name}/a.png"
    )
    assert shown(list_frames(tmp_path), tmp_path) == {"a.jpg": []}


def test_that_a_link_to_a_parent_lists_each_frame_once(tmp_path: Path) -> None:
    write(tmp_path, "x/a.jpg", "x/y/b.jpg")
    (tmp_path / "x/self").symlink_to(tmp_path / "x")
    (tmp_path / "x/y/up").symlink_to(Path("..") / "..")
    for start in ("x", "x/self"):
        listed = list_frames(tmp_path / start)
        assert [item.name for item in listed.items] == ["a.jpg", "y/b.jpg"]


def test_that_two_links_to_one_folder_list_it_once(tmp_path: Path) -> None:
    write(tmp_path, "x/b/1.jpg", "elsewhere/2.jpg")
    for name in ("a", "c"):
        (tmp_path / "x" / name).symlink_to(tmp_path / "x/b")
    for name in ("d", "e"):
        (tmp_path / "x" / name).symlink_to(tmp_path / "elsewhere")
    (tmp_path / "x/gone").symlink_to(tmp_path / "nowhere")
    listed = list_frames(tmp_path / "x")
    assert [item.name for item in listed.items] == ["b/1.jpg", "d/2.jpg"]


def test_that_the_published_cases_are_paired_as_they_say(
    real_data: Path, tmp_path: Path
) -> None:
    shutil.copytree(real_data / "cases", tmp_path / "in", symlinks=True)
    cases = tmp_path / "in"
    (cases / "symlink_cycle/x/self").symlink_to(cases / "symlink_cycle/x")
    (cases / "photo_beside_photo").rename(cases / "pair")
    expected: dict[str, dict[str, list[str]]] = {
        "neighbour/cats": {"cats/0001.jpg": []},
        "neighbour": {"cats/0001.jpg": [], "dogs/0001.jpg": ["dogs_mask/0001.png"]},
        "orphans_of_a_neighbour/foo": {"foo/a.jpg": []},
        "seqs": {
            "seq1/0001.png": ["seq1_mask/0001.png"],
            "seq2/0001.png": ["seq2_mask/0001.png"],
        },
        "seqs/seq1": {"seq1/0001.png": []},
        "images_folder_same_stem": {
            "images/a.jpg": ["masks/a.png"],
            "images/a.png": ["masks/a.png"],
        },
        "case_of_names": {
            "Images/Cat.JPG": ["Masks/cat.png"],
            "beside/IMG_2.JPG": ["beside/img_2_mask.png"],
        },
        "trailing_blank_name": {
            "trail .jpg": ["trail _mask.png"],
            "IMG_1_.jpg": ["IMG_1__mask.png"],
        },
        "synology_thumbs": {"a.jpg": []},
        "symlink_cycle": {"x/a.jpg": []},
    }
    for name, frames in expected.items():
        base = cases / name.partition("/")[0]
        assert shown(list_frames(cases / name), base) == frames, name
    assert offered(cases / "seqs/seq1", cases / "seqs") == ["seq1_mask"]
    assert not open_document(cases / "pair/a.jpg").planes
