"""Which mask belongs to which image, by the names of every layout that is met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from chromask.dataset import file_names, image_index, pairing
from chromask.dataset.file_names import MediaFile, natural
from chromask.dataset.folder_names import Given, belongs, is_mask_folder
from chromask.dataset.pairing import pair

if TYPE_CHECKING:
    from collections.abc import Callable


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


@pytest.mark.parametrize(
    ("folders", "ids"),
    [
        (["masks", "predictions"], ["masks", "predictions"]),
        (["gt", "pred"], ["gt", "pred"]),
        (["Masks", "Outputs"], ["Masks", "Outputs"]),
        (["ground_truth", "preds"], ["ground_truth", "preds"]),
        (["masks", "masks_instance"], ["masks", "masks_instance"]),
        (["predictions/a", "predictions/b"], ["a", "b"]),
        (["a/predictions", "b/predictions"], ["a", "b"]),
        (["predictions"], ["00"]),
    ],
)
def test_that_masks_of_several_folders_are_named_after_them(
    folders: list[str], ids: list[str]
) -> None:
    masks = [f"{folder}/x.png" for folder in folders]
    assert paired("images/x.png", *masks) == {
        "images/x.png": list(zip(ids, masks, strict=True))
    }


def test_that_a_mask_keeps_its_folders_name_where_the_other_folder_has_none() -> None:
    found = paired(
        "images/1.jpg", "images/2.jpg", "gt/1.png", "gt/2.png", "preds/1.png"
    )
    assert found["images/2.jpg"] == [("gt", "gt/2.png")]


def test_that_several_masks_of_one_folder_are_told_apart_by_what_their_names_add() -> (
    None
):
    assert paired(
        "rgb/a.png", "gtFine/a_color.png", "gtFine/a_labelIds.png", "preds/a.png"
    ) == {
        "rgb/a.png": [
            ("color", "gtFine/a_color.png"),
            ("labelIds", "gtFine/a_labelIds.png"),
            ("preds", "preds/a.png"),
        ]
    }


def test_that_ids_from_names_are_trimmed() -> None:
    assert paired("a.jpg", "a__seg .png") == {"a.jpg": [("seg", "a__seg .png")]}


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
    found = pair(
        files("x/a.jpg", "drawn/a.png", "masks/a.jpg"), Given(mask_folders={"drawn"})
    )
    assert [image.path for image in found.images] == ["masks/a.jpg", "x/a.jpg"]
    found = pair(files("x/a.jpg", "drawn/a.png"), Given(mask_folders={"drawn"}))
    assert [m.file.path for m in found.masks[found.images[0]]] == ["drawn/a.png"]


@pytest.mark.parametrize(
    ("image", "mask"),
    [
        ("cats/1.jpg", "dogs_mask/1.png"),
        ("seq_1/1.png", "seq_10_mask/1.png"),
        ("cats/images/1.jpg", "dogs/masks/1.png"),
        ("images/train/1.jpg", "masks/val/1.png"),
        ("train/1.png", "valannot/1.png"),
        ("imagesTr/1.png", "labelsTs/1.png"),
    ],
)
def test_that_the_masks_of_another_folder_have_no_image(image: str, mask: str) -> None:
    assert paired(image, mask) == {image: [], mask: [("-", "")]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("seq1/1.png", "seq1_mask/1.png"), ("seq10/1.png", "seq10_mask/1.png")),
        (("train/1.png", "trainannot/1.png"), ("val/1.png", "valannot/1.png")),
        (("train/img/1.png", "train/gt/1.png"), ("val/img/1.png", "val/gt/1.png")),
        (("img/a/1.png", "preds/a/1.png"), ("img/b/1.png", "preds/b/1.png")),
        (("imagesTr/1.png", "labelsTr/1.png"), ("imagesTs/1.png", "labelsTs/1.png")),
        (
            ("leftImg8bit/train/aa/1_leftImg8bit.png", "gtFine/train/aa/1_gtFine.png"),
            ("leftImg8bit/val/bb/1_leftImg8bit.png", "gtFine/val/bb/1_gtFine.png"),
        ),
    ],
)
def test_that_files_of_one_name_keep_to_their_own_part_of_the_tree(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    found = paired(*one, *other)
    for image, mask in (one, other):
        assert [path for _, path in found[image]] == [mask]


@pytest.mark.parametrize(
    ("image", "mask"),
    [
        ("Images/Cat.JPG", "Masks/cat.png"),
        ("IMG_2.JPG", "img_2_mask.png"),
        ("trail .jpg", "trail _mask.png"),
        ("IMG_1_.jpg", "IMG_1__mask.png"),
        ("images/a .jpg", "masks/a.png"),
        ("images/b.jpg", "masks/b_.png"),
        ("images/Caf\u00e9.jpg", "masks/Cafe\u0301.png"),
        ("Cafe\u0301.jpg", "Caf\u00e9_mask.png"),
        ("images/STRASSE.jpg", "masks/stra\u00dfe.png"),
    ],
)
def test_that_names_pair_that_differ_in_spelling_alone(image: str, mask: str) -> None:
    assert paired(image, mask) == {image: [("00", mask)]}


def test_that_the_name_in_the_same_spelling_counts_first() -> None:
    assert paired("images/a.jpg", "images/A.jpg", "masks/a.png", "masks/A.png") == {
        "images/A.jpg": [("00", "masks/A.png")],
        "images/a.jpg": [("00", "masks/a.png")],
    }
    assert paired("IMG_1.jpg", "IMG_1_.jpg", "IMG_1_mask.png", "IMG_1__mask.png") == {
        "IMG_1.jpg": [("00", "IMG_1_mask.png")],
        "IMG_1_.jpg": [("00", "IMG_1__mask.png")],
    }


def test_that_two_names_that_differ_in_case_are_not_chosen_from() -> None:
    assert paired("images/Ab.jpg", "images/aB.jpg", "masks/ab.png") == {
        "images/Ab.jpg": [],
        "images/aB.jpg": [],
        "masks/ab.png": [("-", "")],
    }
    assert paired("images/Ab.jpg", "masks/Ab.png", "masks/ab.png") == {
        "images/Ab.jpg": [("00", "masks/Ab.png")],
        "masks/ab.png": [("-", "")],
    }


def test_that_a_photo_in_a_folder_of_images_is_never_a_mask() -> None:
    both = [("00", "masks/a.png")]
    assert paired("images/a.jpg", "images/a.png", "masks/a.png") == {
        "images/a.jpg": both,
        "images/a.png": both,
    }
    assert paired("photos/a.jpg", "photos/a_edited.png") == {
        "photos/a.jpg": [],
        "photos/a_edited.png": [],
    }
    assert paired("images/a.jpg", "images/a_mask.png") == {
        "images/a.jpg": [("00", "images/a_mask.png")]
    }
    found = pair(files("a.jpg", "a.png"), Given(root="/data/images"))
    assert not found.masks


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("images", True),
        ("JPEGImages", True),
        ("train_images", True),
        ("images_png", True),
        ("image_2", True),
        ("leftImg8bit/train/bonn", True),
        ("my photos", True),
        ("image_dataset", False),
        ("photo_next_to_masks", False),
        ("cats", False),
    ],
)
def test_that_only_a_folder_of_images_keeps_a_png_of_the_same_name_as_an_image(
    folder: str, expected: bool
) -> None:
    photo, png = f"{folder}/a.jpg", f"{folder}/a.png"
    assert paired(photo, png) == (
        {photo: [], png: []} if expected else {photo: [("00", png)]}
    )
    found = pair(files("a.jpg", "a.png"), Given(root=f"/data/{folder}".rstrip("/")))
    if "/" not in folder:
        assert bool(found.masks) != expected


def test_that_only_a_name_that_says_nothing_is_a_guess() -> None:
    found = pair(files("a.jpg", "a.png", "b.jpg", "b_mask.png", "c.jpg", "masks/c.png"))
    guesses = {m.file.path: m.is_guess for some in found.masks.values() for m in some}
    assert guesses == {"a.png": True, "b_mask.png": False, "masks/c.png": False}


def test_that_results_without_images_elsewhere_are_images() -> None:
    assert paired("outputs/a.jpg", "outputs/a_mask.png", "x/b.png") == {
        "outputs/a.jpg": [("00", "outputs/a_mask.png")],
        "x/b.png": [],
    }


def test_that_pictures_of_masks_are_no_masks() -> None:
    found = paired(
        "JPEGImages/a.jpg",
        "SegmentationClass/a.png",
        "SegmentationClassVisualization/a.jpg",
    )
    assert found["JPEGImages/a.jpg"] == [("00", "SegmentationClass/a.png")]


@pytest.mark.parametrize(
    ("masks", "own", "others", "expected"),
    [
        ("masks", "cats", (), True),
        ("SegmentationClass", "JPEGImages", (), True),
        ("gtFine", "leftImg8bit", (), True),
        ("ground_truth", "images", (), True),
        ("masks_machine", "img", (), True),
        ("seq1_mask", "seq1", (), True),
        ("mask-Seq1", "seq1", (), True),
        ("trainannot", "train", (), True),
        ("train_masks", "train_images", (), True),
        ("masks_png", "images_png", (), True),
        ("labelsTr", "imagesTr", (), True),
        ("dogs_mask", "cats", (), False),
        ("seq10_mask", "seq1", (), False),
        ("seq_1_mask", "seq", (), False),
        ("bar_masks", "foo", (), False),
        ("valannot", "train", (), False),
        ("object_mask", "cats", ("object",), False),
        ("object_mask", "cats", (), True),
        ("object_mask", "object", ("object", "cats"), True),
        ("demask", "cats", (), False),
        ("masks", "labels", (), False),
    ],
)
def test_that_a_folder_of_masks_belongs_by_its_whole_name(
    masks: str, own: str, others: tuple[str, ...], expected: bool
) -> None:
    assert belongs(masks, own, (masks, own, *others)) == expected


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
        ("train_preds", True),
        ("SegmentationClassVisualization", False),
    ],
)
def test_that_a_folder_of_masks_is_known_by_its_name(
    folder: str, expected: bool
) -> None:
    assert is_mask_folder(folder) == expected


def test_that_numbers_in_names_sort_by_their_value() -> None:
    names = ["a10", "a2", "a", "b1", "a2b"]
    assert sorted(names, key=natural) == ["a", "a2", "a2b", "a10", "b1"]


class Counted:
    """Counts how often images are compared while files are paired."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        for module, name in (
            (image_index, "closest"),
            (image_index, "starts_of"),
            (image_index._Table, "add"),
            (image_index._Names, "likeness"),
            (image_index._Names, "is_at_odds"),
            (pairing, "_is_added"),
            (file_names, "closeness"),
        ):
            monkeypatch.setattr(module, name, self._counting(getattr(module, name)))

    def _counting(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any) -> Any:
            self.calls += 1
            return work(*args)

        return counted


LAYOUTS = {
    "one part of a split each": ("images/s{0}/{1}.jpg", "masks/s{0}/{1}.png"),
    "next to each other": ("s{0}/{1}.jpg", "s{0}_mask/{1}.png"),
    "inside": ("s{0}/img/{1}.jpg", "s{0}/gt/{1}.png"),
    "sharing a word": ("seq_{0}/{1}.jpg", "seq_{0}_left_mask/{1}.png"),
    "named alike": ("s{0}/{1}.jpg", "s{0}_left_mask/{1}.png"),
    "ambiguous": ("s{0}/{1}.jpg", "all/masks/{0}/{1}.png"),
    "in one folder": ("s{0}/{1}.jpg", "s{0}/{1}_mask.png"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_that_pairing_costs_the_same_for_each_file_in_any_number_of_folders(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    counted = Counted(monkeypatch)
    costs: list[float] = []
    for folders, per_folder in ((1, 240), (12, 20), (120, 10)):
        paths = [
            path.format(folder, number)
            for folder in range(folders)
            for number in range(per_folder)
            for path in LAYOUTS[name]
        ]
        counted.calls = 0
        found = pair(files(*paths))
        assert len(found.images) == folders * per_folder
        costs.append(counted.calls / len(paths))
    assert counted.calls
    assert costs[2] < 1.5 * costs[0] + 2
