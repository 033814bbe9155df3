"""Which mask belongs to which image, by the names of every layout that is met."""

from __future__ import annotations

import pytest

from chromask.pairing import MediaFile, is_mask_folder, natural, pair


def files(*paths: str) -> list[MediaFile]:
    return [
        MediaFile(path.rpartition("/")[0], path.rpartition("/")[2]) for path in paths
    ]


def paired(*paths: str) -> dict[str, list[tuple[str, str]]]:
    found = pair(files(*paths))
    shown = {
        image.path: [(m.id, m.file.path) for m in found.masks.get(image, ())]
        for image in found.images
    }
    return shown | {mask.path: [("-", "")] for mask in found.orphans}


@pytest.mark.parametrize(
    ("image", "mask", "mask_id"),
    [
        # beside the image
        ("a.png", "a_mask.png", "00"),
        ("a.jpg", "a.png", "00"),
        ("a.png", "a_color.png", "color"),
        ("a.png", "a_labelIds.png", "labelIds"),
        ("a.png", "a_L.png", "L"),
        ("a.jpg", "a_car.png", "car"),
        ("a.jpg", "a_00.png", "00"),
        ("a.camera.png", "a.camera.semantic segmentation.png", "semantic segmentation"),
        ("a_input_video.mp4", "a_seg.mp4", "seg"),
        # in a folder of masks
        ("images/a.png", "masks/a.png", "00"),
        ("images/a.jpg", "labels/a_L.png", "L"),
        ("JPEGImages/a.jpg", "SegmentationClass/a.png", "00"),
        ("images/train/a.jpg", "masks/train/a.png", "00"),
        ("x/images/a.jpg", "x/gt/a.tif", "00"),
        ("a.jpg", "masks/a.png", "00"),
        ("leftImg8bit/a_leftImg8bit.png", "gtFine/a_gtFine_color.png", "gtFine_color"),
        ("images/img2d.tif", "masks/mask2d.tif", "00"),
        ("images/image.tif", "masks/labels.tif", "00"),
        ("images/area_M-33.tif", "masks/M-33.tif", "00"),
        ("images/a b.png", "masks_semantic/a b.c.png", "c"),
    ],
)
def test_that_a_mask_finds_its_image(image: str, mask: str, mask_id: str) -> None:
    assert paired(image, mask) == {image: [(mask_id, mask)]}


@pytest.mark.parametrize(
    "paths",
    [
        ("a.png", "b.png"),
        ("a_1.png", "a_2.png"),
        ("a.png", "a_1.png"),
        ("a.png", "a_sleeping.png"),
        ("a.jpg", "a_b.jpg"),
        ("a.jpg", "ab.png"),
        ("front.mp4", "front_0500ms.png"),
    ],
)
def test_that_images_of_like_names_are_no_masks_of_each_other(
    paths: tuple[str, ...],
) -> None:
    assert paired(*paths) == {path: [] for path in paths}


def test_that_the_longest_image_name_gets_the_mask() -> None:
    assert paired("v.mp4", "v_5.png", "v_5_seg.png", "v_5_seg_instance.png") == {
        "v.mp4": [],
        "v_5.png": [
            ("seg", "v_5_seg.png"),
            ("seg_instance", "v_5_seg_instance.png"),
        ],
    }


def test_that_masks_of_one_name_are_told_apart_by_their_folders() -> None:
    assert paired(
        "images/a.png", "masks/a.png", "masks_wrong/a.png", "masks_instance/a.png"
    ) == {
        "images/a.png": [
            ("00", "masks/a.png"),
            ("instance", "masks_instance/a.png"),
            ("wrong", "masks_wrong/a.png"),
        ]
    }


def test_that_images_of_one_name_get_the_masks_of_the_folder_like_theirs() -> None:
    assert paired(
        "images/synthia/0.png",
        "images/kitti/0.png",
        "masks_synthia/0.png",
        "masks_kitti_instance/0.png",
    ) == {
        "images/kitti/0.png": [("00", "masks_kitti_instance/0.png")],
        "images/synthia/0.png": [("00", "masks_synthia/0.png")],
    }


def test_that_a_mask_of_two_possible_images_goes_to_neither() -> None:
    assert paired("a/0.png", "b/0.png", "masks/0.png") == {
        "a/0.png": [],
        "b/0.png": [],
        "masks/0.png": [("-", "")],
    }


def test_that_chosen_folders_are_masks_and_no_others() -> None:
    found = pair(files("x/a.jpg", "drawn/a.png", "masks/a.jpg"), {"drawn"})
    assert [image.path for image in found.images] == ["masks/a.jpg", "x/a.jpg"]
    found = pair(files("x/a.jpg", "drawn/a.png"), {"drawn"})
    assert [m.file.path for m in found.masks[found.images[0]]] == ["drawn/a.png"]


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("masks", True),
        ("train_masks", True),
        ("masks_v1.2_labels", True),
        ("SegmentationClassPNG", True),
        ("labelsRGB", True),
        ("gtFine/train/city", True),
        ("CamVid/trainannot", True),
        ("images", False),
        ("semantic_set/images", False),
        ("photo_of_a_mask_in_venice", False),
        ("demask", False),
    ],
)
def test_that_a_folder_of_masks_is_known_by_its_name(
    folder: str, expected: bool
) -> None:
    assert is_mask_folder(folder) == expected


def test_that_numbers_in_names_sort_by_their_value() -> None:
    names = ["a10", "a2", "a", "b1", "a2b"]
    assert sorted(names, key=natural) == ["a", "a2", "a2b", "a10", "b1"]
