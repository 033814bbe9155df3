"""A PNG next to a JPEG whose name says nothing: a mask by its name, until it is opened."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from chromask.dataset.discover import image_alone, list_frames
from chromask.dataset.query import Choice
from chromask.workspace.contact_sheet import (
    CAPTION_ROWS,
    MARGIN,
    PICTURE_RC,
    contact_sheet,
)
from chromask.workspace.opening import items_of_images, open_document, open_item
from photos import write_photos
from scenes import write_frames

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("other", ["a", "a_edited"])
def test_that_a_photo_next_to_a_photo_is_a_second_image(
    tmp_path: Path, other: str
) -> None:
    write_photos(tmp_path, other=other)
    listed = list_frames(tmp_path)
    (item,) = listed.items
    document = open_item(item, opened=listed.opened)
    photo = tmp_path / f"{other}.png"
    assert document.second_images == (photo,)
    assert not document.planes
    assert not document.frame.masks()
    (problem,) = document.problems
    assert (problem.uri, problem.severity) == (str(photo), "note")
    assert "4800" in problem.seen
    assert not open_document(tmp_path / "a.jpg").planes

    again = list_frames(tmp_path, Choice(images=document.second_images))
    assert [each.path for each in again.items] == [
        str(tmp_path / "a.jpg"),
        str(photo),
    ]
    assert [each.masks for each in again.items] == [(), ()]


@pytest.mark.parametrize(("values", "is_mask"), [(256, True), (257, False)])
def test_that_the_number_of_values_decides(
    tmp_path: Path, values: int, is_mask: bool
) -> None:
    document = open_document(write_photos(tmp_path, values=values) / "a.jpg")
    assert bool(document.planes) == is_mask
    assert bool(document.second_images) != is_mask


@pytest.mark.parametrize(("value", "is_mask"), [("5 0 7", True), ("5 200 7", False)])
def test_that_a_legend_that_names_a_value_makes_it_a_mask(
    tmp_path: Path, value: str, is_mask: bool
) -> None:
    write_photos(tmp_path)
    (tmp_path / "label_colors.txt").write_text(f"{value} car\n")
    assert bool(open_document(tmp_path / "a.jpg").planes) == is_mask


@pytest.mark.parametrize("other", ["a_mask", "a_seg"])
def test_that_a_name_that_says_mask_is_not_doubted(tmp_path: Path, other: str) -> None:
    document = open_document(write_photos(tmp_path, other=other) / "a.jpg")
    assert len(document.planes) == 1
    assert not document.second_images


def test_that_a_folder_that_says_masks_is_not_doubted(tmp_path: Path) -> None:
    write_photos(tmp_path)
    (tmp_path / "masks").mkdir()
    (tmp_path / "a.png").rename(tmp_path / "masks/a.png")
    assert len(open_document(tmp_path / "a.jpg").planes) == 1


def test_that_the_second_image_is_saved_under_its_own_name(tmp_path: Path) -> None:
    write_photos(tmp_path)
    document = open_document(tmp_path / "a.jpg")
    (own,) = items_of_images(document.second_images)
    listed = list_frames(tmp_path, Choice(images=document.second_images))
    assert [item.key for item in listed.items] == ["a", "a.png"]
    for item in (own, listed.items[1]):
        frame = open_item(item).frame
        assert frame.uri == str(tmp_path / "a.png.json")
        (tmp_path / "a.png.json").write_bytes(frame.to_bytes())
    again = list_frames(tmp_path)
    assert [(item.key, item.name) for item in again.items] == [
        ("a", "a.jpg"),
        ("a.png", "a.png.json"),
    ]
    assert open_document(tmp_path / "a.png").path == tmp_path / "a.png.json"


def test_that_a_frame_of_another_image_is_not_taken_as_its_own(tmp_path: Path) -> None:
    write_photos(tmp_path)
    frame = open_document(tmp_path / "a.jpg").frame
    (tmp_path / "a.json").write_bytes(frame.to_bytes())
    document = open_document(tmp_path / "a.png")
    assert document.path is None
    assert document.frame.uri == str(tmp_path / "a.png.json")


def test_that_a_mask_of_two_images_is_written_for_neither(tmp_path: Path) -> None:
    write_photos(tmp_path / "images")
    write_photos(tmp_path / "masks", values=3)
    (tmp_path / "masks/a.jpg").unlink()
    listed = list_frames(tmp_path)
    assert [item.path for item in listed.items] == [
        str(tmp_path / "images" / name) for name in ("a.jpg", "a.png")
    ]
    assert listed.report.masks == (("masks", 1),)
    mask = tmp_path / "masks/a.png"
    for item in listed.items:
        document = open_item(item, opened=listed.opened)
        assert [path for _, path in item.masks] == [str(mask)]
        assert not document.permit.may_write(mask)


def test_that_a_contact_sheet_draws_the_second_image(tmp_path: Path) -> None:
    write_photos(tmp_path)
    sheet = contact_sheet(list_frames(tmp_path), columns=1)
    row = PICTURE_RC[0] + CAPTION_ROWS + MARGIN
    assert sheet.shape[0] == 2 * row + MARGIN
    write_frames(tmp_path / "more", 3)
    assert contact_sheet(list_frames(tmp_path), columns=1, most=2).shape == sheet.shape


def test_that_an_image_is_opened_before_any_folder_is_read(tmp_path: Path) -> None:
    path = write_photos(tmp_path) / "a.jpg"
    listings: list[str] = []
    is_on = True

    def hook(event: str, args: tuple[object, ...]) -> None:
        if is_on and event in ("os.listdir", "os.scandir"):
            listings.append(str(args[0]))

    sys.addaudithook(hook)
    try:
        listed = image_alone(path)
        assert listed is not None
        (item,) = listed.items
        document = open_item(item, opened=listed.opened, looks_around=False)
        assert document.images
        assert listings == []
        list_frames(path)
        assert str(tmp_path) in listings
    finally:
        is_on = False


def test_that_an_image_with_its_own_frame_or_a_frame_is_not_alone(
    tmp_path: Path,
) -> None:
    path = write_photos(tmp_path) / "a.jpg"
    assert image_alone(tmp_path) is None
    assert image_alone(tmp_path / "gone.jpg") is None
    frame = open_document(path).frame
    (tmp_path / "a.json").write_bytes(frame.to_bytes())
    assert image_alone(path) is None
    assert image_alone(tmp_path / "a.json") is None
