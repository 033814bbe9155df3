"""Frames of several sources: a dictionary of live views, and one JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from chromask import FrameError, FrameGroup, SingleFrame, load_frame

if TYPE_CHECKING:
    from pathlib import Path

VALUE: dict[str, Any] = {
    "context_id": "car_1",
    "sources": [
        {"id": "front", "uri": "f.png", "masks": [{"id": "seg", "uri": "fs.png"}]},
        {"id": "rear", "uri": "r.png", "extra": 1},
    ],
    "rois": [
        {"sources": ["front"], "label": ["bike"]},
        {"sources": ["rear"], "label": ["tree"]},
        {"sources": ["front", "rear"], "label": ["car"]},
        {"label": ["night"]},
        {"sources": ["nowhere"], "label": ["lost"]},
    ],
}


@pytest.fixture
def group() -> FrameGroup:
    return FrameGroup.from_dict(VALUE)


def labels(frame: SingleFrame | FrameGroup) -> list[str]:
    return [roi.labels[0] for roi in frame.annotations]


def test_that_a_group_is_a_dictionary_of_single_frames(group: FrameGroup):
    assert list(group) == ["front", "rear"]
    assert len(group) == 2
    assert isinstance(group["front"], SingleFrame)
    assert group["rear"].source == "r.png"
    assert "left" not in group
    with pytest.raises(KeyError, match="left"):
        _ = group["left"]


def test_that_a_group_is_true_and_equal_to_itself_even_when_empty():
    group = FrameGroup()

    assert group
    assert group == group
    assert group != FrameGroup()
    assert group == group


def test_that_a_view_shows_the_rois_of_its_source(group: FrameGroup):
    assert labels(group["front"]) == ["bike", "car", "night"]
    assert labels(group["rear"]) == ["tree", "car", "night"]


def test_that_adding_in_a_view_adds_to_the_group_for_that_source(group: FrameGroup):
    front = group["front"]

    indices = front.add_annotation(mask_rgb=[1, 2, 3], labels=["road"])

    assert indices == [3]
    assert labels(front)[3] == "road"
    assert group.to_dict()["rois"][-1] == {
        "label": ["road"],
        "meta": {"_type": "mask"},
        "mask": {"id": "seg", "value": [1, 2, 3]},
        "sources": ["front"],
    }


def test_that_changing_a_shared_roi_in_a_view_changes_it_once_for_all(
    group: FrameGroup,
):
    group["rear"].update_annotation(1, labels=["van"])

    assert labels(group) == ["bike", "tree", "van", "night", "lost"]
    assert labels(group["front"]) == ["bike", "van", "night"]


def test_that_removing_a_shared_roi_in_a_view_leaves_it_to_the_others(
    group: FrameGroup,
):
    front = group["front"]

    front.remove_annotation(2)
    front.remove_annotation(1)
    front.remove_annotation(0)

    assert labels(front) == []
    assert group.to_dict()["rois"] == [
        {"sources": ["rear"], "label": ["tree"]},
        {"sources": ["rear"], "label": ["car"]},
        {"label": ["night"], "sources": ["rear"]},
        {"sources": ["nowhere"], "label": ["lost"]},
    ]


def test_that_masks_and_keys_set_in_a_view_are_the_groups(group: FrameGroup):
    group["rear"].masks_source = ["m.png"]
    group["rear"].add_mask("rear", "inst", "i.png")
    group["rear"].set_property("timestamp", 5)

    assert [ref.key for ref in group.masks()] == ["front/seg", "rear/00", "rear/inst"]
    assert group.timestamp == 5
    assert group.to_dict()["sources"][0] == VALUE["sources"][0]


def test_that_a_roi_added_to_the_group_is_stored_once_for_all_its_sources(
    group: FrameGroup,
):
    group.add_annotation(poly2d_xy=[0, 0, 1, 0, 1, 1], labels=["car"])
    group.add_annotation(labels=["rain"], sources=["rear"])

    assert [roi["sources"] for roi in group.to_dict()["rois"][5:]] == [
        ["front", "rear"],
        ["rear"],
    ]


def test_that_a_group_is_built_from_frames_and_writes_one_json():
    front = SingleFrame("f.png", 8, 6, mask_source={"seg": "fs.png"}, metadata={"k": 1})
    front.add_annotation(mask_rgb=[1, 2, 3], labels=["road"])
    rear = SingleFrame("r.png", context_id="car_1")

    group = FrameGroup({"front": front, "rear": rear}, metadata={"speed": 60})

    masks = [{"id": "seg", "uri": "fs.png"}]
    assert group.to_dict() == {
        "meta": {"speed": 60, "front": {"k": 1}},
        "context_id": "car_1",
        "sources": [
            {"id": "front", "uri": "f.png", "width": 8, "height": 6, "masks": masks},
            {"id": "rear", "uri": "r.png"},
        ],
        "rois": [
            {
                "label": ["road"],
                "meta": {"_type": "mask"},
                "mask": {"id": "seg", "value": [1, 2, 3]},
                "sources": ["front"],
            }
        ],
    }
    assert front.source_id == "default"


def test_that_setting_a_name_replaces_that_source_and_its_rois(group: FrameGroup):
    new = SingleFrame("new.png")
    new.add_annotation(labels=["dog"])

    group["front"] = new

    assert list(group) == ["front", "rear"]
    assert group["front"].source == "new.png"
    assert labels(group) == ["tree", "car", "night", "lost", "dog"]
    assert labels(group["rear"]) == ["tree", "car", "night"]


def test_that_deleting_a_name_removes_what_belongs_to_it_alone(group: FrameGroup):
    del group["front"]

    assert group.to_dict() == {
        "context_id": "car_1",
        "sources": [VALUE["sources"][1]],
        "rois": [
            {"sources": ["rear"], "label": ["tree"]},
            {"sources": ["rear"], "label": ["car"]},
            {"label": ["night"]},
            {"sources": ["nowhere"], "label": ["lost"]},
        ],
    }
    with pytest.raises(KeyError, match="front"):
        del group["front"]


@pytest.mark.parametrize("value", [None, "a.png", {"uri": "a.png"}])
def test_that_a_group_takes_single_frames_only(group: FrameGroup, value: Any):
    with pytest.raises(FrameError, match=r"group\['left'\]"):
        group["left"] = value


def test_that_a_view_cannot_overwrite_the_groups_file(tmp_path: Path):
    path = tmp_path / "group.json"
    path.write_text(json.dumps(VALUE))
    group = FrameGroup.load(path)

    with pytest.raises(FrameError, match="view of a group"):
        group["front"].save()
    with pytest.raises(FrameError, match="no file yet"):
        group["front"].copy().save()

    assert path.read_text() == json.dumps(VALUE)


def test_that_a_copy_of_a_view_is_a_frame_of_its_own(tmp_path: Path):
    (tmp_path / "sub").mkdir()
    group = FrameGroup.from_dict(VALUE, str(tmp_path / "group.json"))

    alone = group["front"].copy()
    alone.add_annotation(labels=["mine"])
    alone.save(tmp_path / "sub" / "front.json")

    saved = load_frame(tmp_path / "sub" / "front.json")
    assert isinstance(saved, SingleFrame)
    assert labels(saved) == ["bike", "car", "night", "mine"]
    assert saved.source == "../f.png"
    assert group.to_dict() == VALUE


def test_that_an_old_copy_of_a_group_is_untouched(group: FrameGroup):
    old = group.copy()

    group["front"].add_annotation(labels=["new"])
    del group["rear"]

    assert old.to_dict() == VALUE


def test_that_a_frame_from_another_folder_leads_to_the_same_files_in_the_group(
    tmp_path: Path,
):
    frame = SingleFrame("a.png")
    frame.uri = str(tmp_path / "sub" / "frame.json")
    group = FrameGroup()
    group.uri = str(tmp_path / "group.json")

    group["front"] = frame

    assert group["front"].source == "sub/a.png"
