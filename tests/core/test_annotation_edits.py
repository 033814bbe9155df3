"""Changing and removing ROIs: only what is given, in the file's own spelling."""

from __future__ import annotations

import pytest

from chromask import AnnotationError, FrameError, SingleFrame

TRIANGLE = [(0, 0), (4, 0), (4, 3)]


@pytest.fixture
def frame() -> SingleFrame:
    return SingleFrame("a.png", mask_source={"seg": "a_seg.png"})


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ({"label": ["a"]}, ["b"], {"label": ["b"]}),
        ({"labels": ["a"]}, ["b"], {"labels": ["b"]}),
        ({"label": "a"}, ["b"], {"label": "b"}),
        ({"labels": "a"}, ["b"], {"labels": "b"}),
        ({"labels": "a"}, ["b", "c"], {"labels": ["b", "c"]}),
        ({"label": ["a"], "labels": ["a"]}, ["b"], {"label": ["b"], "labels": ["b"]}),
        ({}, ["b"], {"label": ["b"]}),
        ({"label": ["a"]}, None, {}),
        ({"label": [5, "a"]}, ["5", "b"], {"label": [5, "b"]}),
    ],
)
def test_that_changed_labels_keep_the_spelling_that_was_read(
    before: dict[str, object], new: list[str] | None, after: dict[str, object]
):
    rest = {"poly": [0, 0, 1, 1, 2, 0], "extra": 2**64}
    roi = {"extra0": None, **before, **rest}
    frame = SingleFrame.from_dict({"sources": [{"uri": "a"}], "rois": [roi]})

    frame.update_annotation(0, labels=new)

    assert frame.to_dict()["rois"] == [{"extra0": None, **after, **rest}]


def test_that_update_changes_the_given_parts_alone(frame: SingleFrame):
    frame.add_annotation(
        mask_rgb=[1, 2, 3], labels=["a"], id="x", confidence=0.5, metadata={"k": 1}
    )
    before = frame.to_dict()["rois"][0]

    frame.update_annotation(0, mask_rgb=(4, 5, 6))

    expected = {**before, "mask": {"id": "seg", "value": [4, 5, 6]}}
    assert repr(frame.to_dict()["rois"]) == repr([expected])


def test_that_none_removes_a_part(frame: SingleFrame):
    frame.add_annotation(
        mask_rgb=[1, 2, 3], labels=["a"], id="x", confidence=0.5, metadata={"k": 1}
    )

    frame.update_annotation(
        0, labels=None, sources=None, confidence=None, metadata=None, id=None
    )

    assert frame.to_dict()["rois"] == [
        {"meta": {"_type": "mask"}, "mask": {"id": "seg", "value": [1, 2, 3]}}
    ]


def test_that_new_metadata_keeps_type_and_id(frame: SingleFrame):
    frame.add_annotation(mask_rgb=[1, 2, 3], id="x", metadata={"k": 1})

    frame.update_annotation(0, metadata={"j": 2})

    assert frame.annotations[0].meta == {"j": 2, "_type": "mask", "_id": "x"}


@pytest.mark.parametrize("index", [-1, 1, True, "0", None, 0.0], ids=repr)
def test_that_an_index_out_of_range_is_refused_and_named(
    frame: SingleFrame, index: object
):
    frame.add_annotation(labels=["a"])

    with pytest.raises(AnnotationError, match=r"index is .*Give 0 to 0"):
        frame.remove_annotation(index)  # type: ignore[arg-type]
    with pytest.raises(AnnotationError, match=r"index is"):
        frame.update_annotation(index, labels=["b"])  # type: ignore[arg-type]

    assert [roi.labels for roi in frame.annotations] == [("a",)]


def test_that_remove_takes_one_roi_and_gives_it_back(frame: SingleFrame):
    for label in "abc":
        frame.add_annotation(labels=[label])

    removed = frame.remove_annotation(1)

    assert removed.labels == ("b",)
    assert [roi.labels for roi in frame.annotations] == [("a",), ("c",)]


@pytest.mark.parametrize(
    "arguments",
    [
        {"mask_rgb": [1, 2]},
        {"labels": "b"},
        {"confidence": 7},
        {"sources": ["nowhere"]},
        {"metadata": 3},
        {"id": 1.5},
        {"mask_id": None},
    ],
    ids=repr,
)
def test_that_a_refused_update_changes_nothing(
    frame: SingleFrame, arguments: dict[str, object]
):
    frame.add_annotation(mask_rgb=[1, 2, 3], labels=["a"])
    before = frame.annotations

    with pytest.raises(AnnotationError, match=next(iter(arguments))):
        frame.update_annotation(0, **arguments)  # type: ignore[arg-type]

    assert frame.annotations is before


def test_that_a_polygon_gets_no_mask_by_an_update(frame: SingleFrame):
    frame.add_annotation(poly2d_xy=TRIANGLE)

    with pytest.raises(AnnotationError, match=r"mask_rgb was given for a ROI without"):
        frame.update_annotation(0, mask_rgb=[1, 2, 3])


def test_that_a_roi_that_is_no_object_can_be_removed_but_not_changed():
    frame = SingleFrame.from_dict({"sources": [{"uri": "a"}], "rois": [7, {}]})

    with pytest.raises(AnnotationError, match=r"the ROI is 7, not an object"):
        frame.update_annotation(0, labels=["a"])
    frame.remove_annotation(0)

    assert frame.to_dict()["rois"] == [{}]


def test_that_rois_that_are_no_list_are_never_replaced():
    frame = SingleFrame.from_dict({"sources": [{"uri": "a"}], "rois": {"a": 1}})

    with pytest.raises(FrameError, match=r"rois is an object, not a list"):
        frame.add_annotation(labels=["a"])

    assert frame.to_dict()["rois"] == {"a": 1}


def test_that_editing_one_of_many_rois_leaves_the_other_objects_alone():
    frame = SingleFrame("a.png", mask_source="m.png")
    for number in range(100):
        frame.add_annotation(mask_rgb=[number, 0, 0], labels=["a"])
    before = frame.annotations

    frame.update_annotation(50, labels=["b"])

    same = [old is new for old, new in zip(before, frame.annotations, strict=True)]
    assert same.count(False) == 1
    assert not same[50]
