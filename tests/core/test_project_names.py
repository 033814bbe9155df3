"""A name above a folder that speaks of masks is often a project's: its photos are images."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from chromask.dataset.discover import list_frames
from chromask.dataset.query import Choice

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.dataset.query import FrameList


def write(folder: Path, *names: str) -> None:
    """Write empty files: listing decodes nothing."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def shown(listed: FrameList, base: Path) -> dict[str, list[str]]:
    """Return the frames of a list with their masks, as paths from a folder."""
    return {
        os.path.relpath(item.path, base): [
            os.path.relpath(mask, base) for _, mask in item.masks
        ]
        for item in listed.items
    }


PROJECTS = [
    # the project, its folder of images, its folder of masks
    ("brain_segmentation", "train", "train_masks"),
    ("labels", "train", "trainannot"),
    ("results", "run1", "run1_mask"),
    ("outputs", "run1", "run1_masks"),
    ("gt", "cats", "cats_mask"),
    ("seg", "a", "a_gt"),
    ("mask_rcnn", "data", "data_mask"),
    ("gt_project", "train", "masks"),
    ("semantic_kitti", "seq00", "seq00_labels"),
    ("kitti_semantic", "train", "masks"),
    ("Segmentation", "Train", "Masks"),
    ("coco_panoptic", "val", "panoptic_val"),
    ("my_annotations", "batch1", "batch1_masks"),
    ("object_segmentation", "photos2020", "masks"),
    ("annotation_project", "pictures", "masks"),
    ("project_masks", "images", "masks"),
    ("instance", "left", "left_mask"),
    ("masks", "images", "labels"),
]


@pytest.mark.parametrize(("project", "images", "masks"), PROJECTS)
def test_that_photos_below_a_projects_name_are_images(
    tmp_path: Path, project: str, images: str, masks: str
) -> None:
    base = tmp_path / "data" / project
    write(base, f"{images}/1.png", f"{images}/2.png", f"{masks}/1.png")
    alone = {f"{images}/1.png": [], f"{images}/2.png": []}
    paired = alone | {f"{images}/1.png": [f"{masks}/1.png"]}
    listed = list_frames(base / images)
    assert shown(listed, base) == alone
    assert listed.report.suggested == (base / masks,)
    assert not listed.report.suggests_images
    allowed = Choice(allowed=(base / masks,))
    assert shown(list_frames(base / images, allowed), base) == paired
    one = list_frames(base / images / "1.png")
    assert shown(one, base) == {f"{images}/1.png": []}
    assert one.report.suggested == (base / masks,)
    for opened in (base, base.parent, tmp_path):
        assert shown(list_frames(opened), base) == paired


@pytest.mark.parametrize("project", [project for project, _, _ in PROJECTS])
def test_that_a_projects_name_makes_no_mask_of_a_photo_without_one(
    tmp_path: Path, project: str
) -> None:
    write(tmp_path, f"{project}/day1/1.png", "images/day1/7.png", "day1/8.png")
    base = tmp_path / project
    for opened in (base / "day1", base / "day1/1.png"):
        (item,) = list_frames(opened).items
        assert (item.is_mask, item.masks) == (False, ())


@pytest.mark.parametrize(
    ("images", "masks"),
    [
        ("images/train", "masks/train"),
        ("leftImg8bit/train/aachen", "gtFine/train/aachen"),
        ("images/training", "annotations/training"),
        ("image_2/00", "semantic/00"),
        ("images", "labels"),
    ],
)
def test_that_a_folder_below_one_of_masks_holds_masks_where_its_images_exist(
    tmp_path: Path, images: str, masks: str
) -> None:
    write(tmp_path, f"{images}/1.jpg", f"{masks}/1.png")
    listed = list_frames(tmp_path / masks)
    assert [item.is_mask for item in listed.items] == [True]
    assert listed.report.suggested == (tmp_path / images,)
    assert listed.report.suggests_images


def test_that_a_name_that_says_images_counts_more_than_those_above(
    tmp_path: Path,
) -> None:
    write(tmp_path, "seg/images/1.png", "pictures/images/1.png")
    (item,) = list_frames(tmp_path / "seg/images").items
    assert not item.is_mask


def test_that_masks_of_a_split_without_images_keep_to_their_folders_name(
    tmp_path: Path,
) -> None:
    write(tmp_path, "images/train/a.jpg", "masks/train/a.png", "masks/val/b.png")
    assert shown(list_frames(tmp_path), tmp_path) == {
        "images/train/a.jpg": ["masks/train/a.png"],
        "masks/val/b.png": ["masks/val/b.png"],
    }


@pytest.mark.parametrize("folder", [".", "..", "../.."])
@pytest.mark.parametrize("option", ["allowed", "mask_folders"])
def test_that_a_folder_that_holds_the_opened_images_is_none_of_masks(
    tmp_path: Path, folder: str, option: str
) -> None:
    opened = tmp_path / "preds/images"
    write(opened, "1.png", "2.png")
    given = (opened / folder,)
    choice = (
        Choice(allowed=given) if option == "allowed" else Choice(mask_folders=given)
    )
    for path in (opened, opened / "1.png"):
        listed = list_frames(path, choice)
        assert not any(item.masks or item.is_mask for item in listed.items)
        (problem,) = listed.report.problems
        assert problem.uri == os.path.normpath(opened / folder)
        assert problem.severity == "warning"
