"""The published example frames: the right ROIs by the right rule, and to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chromask import FrameError, FrameGroup, SingleFrame, load_frame
from chromask.frame.resolve import resolve

if TYPE_CHECKING:
    from pathlib import Path

FRAMES = (
    "example1_published.json",
    "example2_completed.json",
    "example3_published.json",
    "car_1/image_frame.json",
    "car_1/video_frame.json",
)
OLD_NAMES = ["car", "person", "road", "street", "building"]


@pytest.fixture
def examples(real_data: Path) -> Path:
    return real_data / "examples"


@pytest.mark.parametrize("name", FRAMES)
def test_that_a_frame_survives_load_and_save_to_the_byte(
    examples: Path, tmp_path: Path, name: str
):
    data = (examples / name).read_bytes()
    copy = tmp_path / "frame.json"
    copy.write_bytes(data)

    frame = load_frame(copy)
    frame.save()

    assert copy.read_bytes() == data
    assert frame.problems == ()


@pytest.mark.parametrize("name", FRAMES)
def test_that_an_edit_that_is_taken_back_gives_the_same_bytes(
    examples: Path, name: str
):
    frame = load_frame(examples / name)

    (index,) = frame.add_annotation(mask_rgb=[1, 2, 3], labels=["new"])
    assert frame.to_bytes() != (examples / name).read_bytes()
    frame.remove_annotation(index)

    assert frame.to_bytes() == (examples / name).read_bytes()


@pytest.mark.parametrize("name", [FRAMES[0], FRAMES[3], FRAMES[4]])
def test_that_the_older_form_is_resolved_by_rule_2(examples: Path, name: str):
    frame = SingleFrame.load(examples / name)

    found = resolve(frame)

    assert [resolution.name for resolution in found] == OLD_NAMES
    assert {(r.rule, r.masks) for r in found} == {(2, ("front/seg",))}


def test_that_a_new_name_in_the_older_form_changes_one_text(examples: Path):
    path = examples / FRAMES[0]
    frame = SingleFrame.load(path)

    frame.update_annotation(0, labels=["van"])

    expected = path.read_bytes().replace(b'"id": "car"', b'"id": "van"')
    assert frame.to_bytes() == expected


def test_that_two_rois_of_one_label_differ_in_mask_and_colour(examples: Path):
    frame = SingleFrame.load(examples / FRAMES[1])

    found = resolve(frame)

    assert [(r.rule, r.masks) for r in found] == [
        (1, ("front/car",)),
        (1, ("front/road",)),
    ]
    assert {r.name for r in found} == {"right_lane"}
    assert [roi.mask_value for roi in frame.annotations] == [
        (210, 210, 120),
        (197, 135, 146),
    ]


def test_that_the_group_keeps_its_wildcard_preview_and_shared_roi(examples: Path):
    frame = load_frame(examples / FRAMES[2])

    assert isinstance(frame, FrameGroup)
    assert list(frame) == ["front", "rear"]
    assert frame.annotations[0].mask_value == (-1, 1, 255)
    preview = frame["front"].preview_uri
    assert preview is not None
    assert preview.endswith("front_preview.jpg")
    assert [len(one.annotations) for one in frame.values()] == [3, 1]
    assert [r.rule for r in resolve(frame)] == [1, None, None]
    assert frame.annotations[1].meta == {"velocity": 5.4}


def test_that_the_fragment_is_refused_with_line_and_column(examples: Path):
    path = examples / "example2_published_fragment.txt"
    before = path.read_bytes()

    with pytest.raises(FrameError, match=r"line 1, column 10"):
        load_frame(path)

    assert path.read_bytes() == before
