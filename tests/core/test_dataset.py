"""The frames of folders of every layout: which there are, what is said, what is chosen."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from chromask.dataset.discover import list_frames
from chromask.dataset.query import Choice
from chromask.errors import StorageError
from chromask.legends import read_legend
from chromask.workspace.opening import open_document, open_item
from scenes import write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.dataset.query import FrameList
    from chromask.document.document import Document


def write_pairs(
    folder: Path, count: int = 2, images: str = "images", masks: str = "masks"
) -> Path:
    """Write scenes as images and masks of one name in two folders, with a legend."""
    write_scene(folder / "made")
    for name in (images, masks):
        (folder / name).mkdir(exist_ok=True)
    for number in range(count):
        shutil.copy(folder / "made/scene.png", folder / images / f"{number}.png")
        shutil.copy(folder / "made/scene_seg.png", folder / masks / f"{number}.png")
    shutil.rmtree(folder / "made")
    (folder / "label_colors.txt").write_text("0 0 142 car\n128 64 128 road\n")
    return folder


def opened(listed: FrameList, number: int = 0) -> Document:
    return open_item(listed.items[number], listed.choice.legend, opened=listed.opened)


def labels(document: Document) -> list[str]:
    assert document.mapping is not None
    return [entry.labels[0] for entry in document.mapping.entries]


def test_that_a_folder_of_images_and_masks_is_listed_and_said(tmp_path: Path) -> None:
    write_pairs(tmp_path, 11)
    (tmp_path / "masks/3.png").unlink()
    listed = list_frames(tmp_path)
    assert [item.name for item in listed.items] == [
        f"images/{n}.png" for n in range(11)
    ]
    assert str(listed.report) == (
        "11 images, 10 masks in masks/, legend label_colors.txt: 2 colours;"
        " 1 image without a mask"
    )
    document = opened(listed, 10)
    assert labels(document) == ["car", "road"]
    (ref,) = document.frame.masks()
    assert (ref.mask.id, ref.mask.uri) == ("00", "../masks/10.png")
    assert not opened(listed, 3).planes


@pytest.mark.parametrize("start", ["", "masks", "images/0.png", "masks/0.png"])
def test_that_allowed_folders_are_used_as_if_they_were_opened(
    tmp_path: Path, start: str
) -> None:
    write_pairs(tmp_path)
    masks = [tmp_path / "masks"] if start.startswith("images") else []
    images = [tmp_path / "images"] if start.startswith("masks") else []
    listed = list_frames(tmp_path / start, Choice(allowed=(*masks, *images)))
    document = opened(listed)
    assert document.frame.sources[0].uri == "0.png"
    assert [ref.mask.uri for ref in document.frame.masks()] == ["../masks/0.png"]
    assert not listed.report.suggested


def test_that_a_folder_of_frames_lists_them_and_not_their_files(tmp_path: Path) -> None:
    for number in (10, 9):
        write_scene(tmp_path / "in" / "x", name=f"f{number}")
    (tmp_path / "in/x/notes.json").write_text('{"a": 1}')
    (tmp_path / "in/x/labelmap.json").write_text('{"car": [0, 0, 142]}')
    listed = list_frames(tmp_path / "in")
    assert [item.name for item in listed.items] == ["f9.json", "f10.json"]
    assert listed.report.frames == 2
    assert listed.report.images == 0
    assert labels(opened(listed)) == ["car"]


def test_that_an_image_with_a_json_of_its_own_is_one_frame(tmp_path: Path) -> None:
    write_pairs(tmp_path)
    before = list_frames(tmp_path)
    frame = {"sources": [{"id": "a", "uri": "1.png"}]}
    (tmp_path / "images/1.json").write_text(json.dumps(frame))
    after = list_frames(tmp_path)
    assert [item.key for item in after.items] == [item.key for item in before.items]
    assert after.items[1].path == str(tmp_path / "images/1.json")
    assert (after.report.frames, after.report.images) == (1, 1)
    # The legend of the folder above still names the colours.
    assert labels(opened(after, 1)) == ["car", "road"]


def test_that_lists_inside_a_folder_are_taken_apart(tmp_path: Path) -> None:
    frame = json.loads(write_scene(tmp_path).read_text())
    (tmp_path / "scene.json").unlink()
    (tmp_path / "all.json").write_text(json.dumps([frame, frame]))
    (tmp_path / "more.jsonl").write_text(json.dumps(frame))
    listed = list_frames(tmp_path)
    assert [item.key for item in listed.items] == ["all#0", "all#1", "more#0"]


def test_that_a_broken_list_is_said_and_the_rest_is_listed(tmp_path: Path) -> None:
    write_pairs(tmp_path)
    (tmp_path / "all.json").write_text('[{"sources": [')
    (tmp_path / "label_colors.txt").write_text("nothing\n")
    listed = list_frames(tmp_path)
    assert len(listed) == 2
    assert [problem.uri for problem in listed.report.problems] == [
        str(tmp_path / "all.json"),
        str(tmp_path / "label_colors.txt"),
    ]


def test_that_a_mask_without_an_image_stands_for_itself(tmp_path: Path) -> None:
    write_pairs(tmp_path)
    (tmp_path / "images/0.png").unlink()
    listed = list_frames(tmp_path)
    orphan = listed.items[-1]
    assert orphan.is_mask
    document = open_item(orphan)
    assert len(document.planes) == 1
    assert document.images
    assert "1 mask without an image" in str(listed.report)


def test_that_the_masks_and_the_legend_can_be_chosen(tmp_path: Path) -> None:
    write_pairs(tmp_path, masks="drawn")
    (tmp_path / "mine.txt").write_text("road 128 64 128\n")
    assert list_frames(tmp_path).report.images == 4
    choice = Choice((tmp_path / "drawn",), tmp_path / "mine.txt")
    listed = list_frames(tmp_path, choice)
    assert str(listed.report) == (
        "2 images, 2 masks in drawn/, legend mine.txt: 1 colour"
    )
    document = opened(listed)
    assert labels(document) == ["road"]
    assert len(document.planes) == 1


def test_that_masks_chosen_outside_the_folder_are_found(tmp_path: Path) -> None:
    write_pairs(tmp_path, masks="drawn")
    listed = list_frames(tmp_path / "images", Choice((tmp_path / "drawn",)))
    assert str(listed.report).startswith("2 images, 2 masks in ../drawn/")
    assert opened(listed).planes


def test_that_the_legend_of_a_mask_counts_before_that_of_the_folder(
    tmp_path: Path,
) -> None:
    write_pairs(tmp_path)
    own = tmp_path / "masks/0.labelmap.json"
    own.write_text('[{"value": [0, 0, 142], "labels": ["bus"]}]')
    listed = list_frames(tmp_path)
    document = opened(listed)
    assert document.mapping is not None
    assert document.mapping.uri == str(own)
    first = document.mapping.entries[0]
    assert (first.mask_id, first.labels) == ("00", ("bus",))
    assert labels(opened(listed, 1)) == ["car", "road"]


def test_that_a_folder_named_like_the_masks_may_hold_the_legend(tmp_path: Path) -> None:
    write_pairs(tmp_path, masks="masks_synthia")
    (tmp_path / "synthia").mkdir()
    legend = (tmp_path / "label_colors.txt").rename(
        tmp_path / "synthia/label_colors.txt"
    )
    assert list_frames(tmp_path).report.legends == ((str(legend), 2),)


def test_that_hidden_folders_and_files_are_left_out(tmp_path: Path) -> None:
    write_pairs(tmp_path)
    shutil.copytree(tmp_path / "images", tmp_path / ".cache")
    shutil.copy(tmp_path / "images/0.png", tmp_path / "images/._0.png")
    assert len(list_frames(tmp_path)) == 2


def test_that_a_folder_linked_into_itself_ends(tmp_path: Path) -> None:
    write_pairs(tmp_path)
    os.symlink(tmp_path, tmp_path / "images/again")
    assert len(list_frames(tmp_path)) >= 2


def test_that_an_empty_or_missing_folder_says_so(tmp_path: Path) -> None:
    assert str(list_frames(tmp_path).report) == "no frame"
    with pytest.raises(StorageError, match="none"):
        open_document(tmp_path / "none.json")


def test_that_listing_can_be_cancelled(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cancelled"):
        list_frames(write_pairs(tmp_path), cancelled=lambda: True)


def test_that_a_place_is_found_by_its_key(tmp_path: Path) -> None:
    listed = list_frames(write_pairs(tmp_path, 3))
    assert [listed.place(item.key) for item in listed.items] == [0, 1, 2]
    assert listed.place("gone") is None
    assert {str(path) for path in listed.folders} == {
        str(tmp_path / name) for name in ("", "images", "masks")
    } - {str(tmp_path / "")} | {str(tmp_path)}


def test_that_every_real_data_set_is_paired_as_measured(real_data: Path) -> None:
    root = real_data / "data"
    manifest = json.loads((root / "MANIFEST.json").read_text("utf-8"))
    for dataset in manifest["datasets"]:
        listed = list_frames(root / dataset["dataset"])
        found = {
            os.path.relpath(mask, root): os.path.relpath(item.path, root)
            for item in listed.items
            for _, mask in item.masks
        }
        for pair in dataset["pairs"]:
            for mask in pair["masks"]:
                image = pair.get("image") or mask["path"]
                if "masks_incorrect" not in mask["path"]:  # it has frame 0's name
                    assert found[mask["path"]] == image


def test_that_real_labels_have_the_measured_pixels(real_data: Path) -> None:
    root = real_data / "data"
    manifest = json.loads((root / "MANIFEST.json").read_text("utf-8"))
    checked = 0
    for dataset in manifest["datasets"]:
        listed = list_frames(root / dataset["dataset"])
        for pair in dataset["pairs"]:
            for mask in pair["masks"]:
                expected = mask["measured"].get("labelmap_check") or mask.get(
                    "labelmap_check"
                )
                if not expected:
                    continue
                path = str(root / mask["path"])
                number, mask_id = next(
                    (number, mask_id)
                    for number, item in enumerate(listed.items)
                    for mask_id, file in item.masks
                    if file == path
                )
                assert (
                    counted(opened(listed, number), mask_id) == expected["px_per_label"]
                )
                checked += 1
    assert checked > 20


def counted(document: Document, mask_id: str) -> dict[str, int]:
    """Count a mask's pixels by the labels that the legend gives them."""
    assert document.mapping is not None
    ref = next(ref for ref in document.frame.masks() if ref.mask.id == mask_id)
    plane = document.planes[ref.key]
    taken: set[int] = set()
    found: dict[str, int] = {}
    for entry in document.mapping.entries:
        if entry.mask_id in (None, mask_id):
            rows = set(plane.claimed_by(entry.value).tolist()) - taken
            taken |= rows
            pixels = int(plane.pixels[sorted(rows)].sum())
            if pixels:
                found[entry.labels[0]] = found.get(entry.labels[0], 0) + pixels
    return found


def test_that_both_legends_of_quintal_say_the_same(real_data: Path) -> None:
    folder = real_data / "data/quintal"
    one, other = (
        {entry.value: entry.labels for entry in read_legend(folder / name).entries}
        for name in ("labelmap.json", "label_colors.txt")
    )
    assert one == other


def test_that_no_chosen_folder_of_masks_means_no_masks(tmp_path: Path) -> None:
    write_pairs(tmp_path)
    images, masks = tmp_path / "images", (tmp_path / "masks",)
    assert all(
        item.masks for item in list_frames(images, Choice(None, None, masks)).items
    )
    for root in (images, images / "0.png"):
        listed = list_frames(root, Choice((), None, masks))
        assert [item.masks for item in listed.items] == [()] * len(listed.items)
        assert not listed.report.masks
        # What was allowed may be written all the same.
        assert listed.opened.may_write(masks[0] / "0.png")
