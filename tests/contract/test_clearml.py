"""The public SDK loads what we write: the same masks and the same ROIs."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

import pytest

from chromask import FrameGroup, SingleFrame, frame_from_dict, load_frame
from chromask.frame.resolve import resolve

if TYPE_CHECKING:
    from pathlib import Path

TRIANGLE = [(0, 0), (4, 0), (4, 3)]


@pytest.fixture(scope="module")
def sdk() -> Any:
    return pytest.importorskip("clearml.hyperdatasets")


def frame() -> SingleFrame:
    made = SingleFrame(
        "woof.jpg",
        640,
        480,
        "https://example.com/woof.jpg",
        {"k": 1},
        mask_source={"seg": "s.png", "inst": "i.png"},
        context_id="c",
        id="f1",
        timestamp=33,
    )
    made.add_annotation(mask_rgb=[-1, 2, 3], labels=["cat"], mask_id="inst", id="x")
    made.add_annotation(poly2d_xy=[TRIANGLE, TRIANGLE], labels=["a"], confidence=0.5)
    made.add_annotation(box2d_xywh=[1, 2, 3, 4, 0.5], ellipse2d_xyrrt=[5, 6, 2, 1, 0])
    made.add_annotation(frame_class=["night"])
    return made


def loaded(sdk: Any, path: Path, made: SingleFrame | FrameGroup) -> Any:
    made.save(path)
    return sdk.DataEntryImage.from_api_object(json.loads(path.read_bytes()))


def test_that_a_single_frame_has_the_same_masks_and_rois_in_the_sdk(
    sdk: Any, tmp_path: Path
):
    made = frame()

    entry = loaded(sdk, tmp_path / "frame.json", made)

    (sub,) = entry.sub_data_entries
    assert entry.id == "f1"
    assert (sub.name, sub.get_source("source")) == ("default", "woof.jpg")
    assert sub.get_source("preview_source") == "https://example.com/woof.jpg"
    assert (sub.width, sub.height, sub.context_id) == (640, 480, "c")
    assert sub.get_masks_source_dict() == made.masks_source
    assert repr(sub.get_all_annotations()) == repr(made.to_dict()["rois"])


def test_that_a_group_has_the_same_masks_and_rois_in_the_sdk(sdk: Any, tmp_path: Path):
    group = FrameGroup({"front": frame(), "rear": SingleFrame("r.png")})
    group.add_annotation(labels=["rain"])

    entry = loaded(sdk, tmp_path / "group.json", group)

    assert [sub.name for sub in entry.sub_data_entries] == ["front", "rear"]
    for sub in entry.sub_data_entries:
        ours = group[sub.name]
        assert sub.get_masks_source_dict() == ours.masks_source
        assert sub.get_all_annotations() == [roi.to_dict() for roi in ours.annotations]


@pytest.mark.parametrize(
    "arguments",
    [
        {"mask_rgb": [1, 2, 3], "labels": ["a"], "id": "x", "confidence": 1},
        {"poly2d_xy": TRIANGLE, "labels": ["a"], "metadata": {"k": 1}},
        {"poly2d_xy": [0, 0, 4, 0, 4, 3]},
        {"box2d_xywh": [1, 2, 3, 4], "labels": ["a"]},
        {"points2d_xy": [(1, 2), (3, 4)], "labels": []},
        {"ellipse2d_xyrrt": [5, 6, 2, 1, 0.5], "labels": ["a"]},
        {"points3d_xyz": [1, 2, 3]},
        {
            "mask_rgb": [1, 2, 3],
            "ellipse2d_xyrrt": [5, 6, 2, 1, 0.5],
            "points2d_xy": [1, 2],
            "box2d_xywh": [1, 2, 3, 4],
            "poly2d_xy": TRIANGLE,
            "poly3d_xyz": [0, 0, 0, 1, 0, 0, 1, 1, 1],
            "points3d_xyz": [1, 2, 3],
            "box3d_xyzwhxyzwh": list(range(10)),
            "id": "x",
        },
    ],
)
def test_that_a_call_writes_what_the_sdk_writes(sdk: Any, arguments: dict[str, Any]):
    theirs = sdk.DataSubEntryImage(name="default", source="a.png")
    expected_indices = theirs.add_annotation(**arguments)
    ours = SingleFrame("a.png")

    assert ours.add_annotation(**arguments) == expected_indices

    assert repr(ours.to_dict()["rois"]) == repr(list(theirs.get_all_annotations()))


def test_that_a_guessed_mask_is_one_that_the_sdk_finds_too(sdk: Any, tmp_path: Path):
    made = SingleFrame("a.png", mask_source={"seg": "s.png", "inst": "i.png"})
    made.add_annotation(mask_rgb=[1.0, 2.0, 3.0], labels=["a"])

    (sub,) = loaded(sdk, tmp_path / "frame.json", made).sub_data_entries

    (roi,) = sub.get_all_annotations()
    assert repr(roi["mask"]) == repr({"id": "seg", "value": [1, 2, 3]})
    assert roi["mask"]["id"] in sub.get_masks_source_dict()


def test_that_what_the_sdk_writes_for_named_masks_resolves_to_the_first_of_each_source(
    sdk: Any,
):
    entry = sdk.DataEntryImage(metadata={"city": "Bern"})
    for name, masks in (
        ("front", {"seg": "s.png"}),
        ("rear", {"seg": "i.png", "z": "z.png"}),
    ):
        sub = sdk.DataSubEntryImage(name=name, source=f"{name}.jpg", masks_source=masks)
        sub.add_annotation(mask_rgb=[1, 2, 3], labels=[name])
        entry.add_sub_entries([sub])

    frame = frame_from_dict(entry.to_api_object())

    assert {roi.mask_id for roi in frame.annotations} == {"00"}
    assert [(found.rule, found.masks) for found in resolve(frame)] == [
        (3, ("front/seg",)),
        (5, ("rear/seg",)),
    ]


def test_that_the_arguments_of_add_annotation_stand_in_the_sdks_order(sdk: Any):
    theirs = inspect.signature(sdk.DataSubEntryImage.add_annotation).parameters
    ours = inspect.signature(SingleFrame.add_annotation).parameters

    assert list(ours)[: len(theirs)] == list(theirs)


def test_that_published_frames_mean_the_same_in_the_sdk(
    sdk: Any, real_data: Path, tmp_path: Path
):
    for path in sorted((real_data / "examples").glob("*.json")):
        group = load_frame(path)

        entry = loaded(sdk, tmp_path / path.name, group)

        found = {
            sub.name: sub.get_masks_source_dict() for sub in entry.sub_data_entries
        }
        ours = {s.id: {m.id: m.uri for m in s.masks} for s in group.sources}
        assert found == ours
        assert sum(
            len(sub.get_all_annotations()) for sub in entry.sub_data_entries
        ) == sum(len(roi.sources) for roi in group.annotations)
