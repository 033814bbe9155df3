"""Adding, reading, changing and removing ROIs."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from chromask import AnnotationError, SingleFrame
from chromask.frame.annotation import read_annotation
from chromask.frame.geometry import SEPARATOR

TRIANGLE = [(0, 0), (4, 0), (4, 3)]
FLAT_TRIANGLE = [0.0, 0.0, 4.0, 0.0, 4.0, 3.0]


@pytest.fixture
def frame() -> SingleFrame:
    return SingleFrame("a.png", mask_source={"seg": "a_seg.png"})


def roi_of(frame: SingleFrame, **arguments: object) -> dict[str, object]:
    (index,) = frame.add_annotation(**arguments)  # type: ignore[arg-type]
    return frame.to_dict()["rois"][index]


def test_that_a_mask_roi_has_the_keys_of_the_public_sdk_in_their_order():
    frame = SingleFrame("a.png")

    roi = roi_of(frame, mask_rgb=[1, 2, 3], labels=["a"], id="x", confidence=1)

    expected = {
        "label": ["a"],
        "confidence": 1.0,
        "meta": {"_type": "mask", "_id": "x"},
        "mask": {"id": "00", "value": [1, 2, 3]},
        "sources": ["default"],
    }
    assert repr(roi) == repr(expected)


def test_that_metadata_stands_before_type_and_id_and_is_copied(frame: SingleFrame):
    metadata = {"speed": [1], "_type": "mine"}

    roi = roi_of(frame, mask_rgb=[1, 2, 3], id="x", metadata=metadata)
    metadata["speed"] = [2]

    assert repr(roi["meta"]) == repr({"speed": [1], "_type": "mask", "_id": "x"})


@pytest.mark.parametrize(
    ("masks", "mask_id", "expected"),
    [
        ({}, None, "00"),
        ({"seg": "s.png"}, None, "seg"),
        ({"seg": "s.png", "inst": "i.png"}, None, "seg"),
        ({"seg": "s.png", "inst": "i.png"}, "inst", "inst"),
        ({"seg": "s.png"}, "other", "other"),
    ],
)
def test_that_the_mask_is_the_given_one_or_the_only_or_first_one_or_00(
    masks: dict[str, str], mask_id: str | None, expected: str
):
    frame = SingleFrame("a.png", mask_source=masks)

    roi = roi_of(frame, mask_rgb=[1, 2, 3], mask_id=mask_id)

    assert roi["mask"]["id"] == expected  # type: ignore[index]


@pytest.mark.parametrize("arguments", [{"mask_id": "0"}, {"mask_id": 0}, {}])
def test_that_an_integer_mask_id_is_written_as_the_file_has_it(
    arguments: dict[str, object],
):
    source = {"id": 7, "uri": "a.png", "masks": [{"id": 0, "uri": "m.png"}]}
    frame = SingleFrame.from_dict({"sources": [source]})

    roi = roi_of(frame, mask_rgb=[1, 2, 3], **arguments)

    assert repr(roi["mask"]) == repr({"id": 0, "value": [1, 2, 3]})
    assert roi["sources"] == [7]


@pytest.mark.parametrize(
    "value",
    [
        (1.9, "2", 3, 255),
        [],
        [1, 2],
        [1, 2, 3, 4, 5],
        [1, 2, 256],
        [1, 2, -2],
        [True, 1, 1],
        [1.5, 2, 3],
        [1, 2, math.nan],
        [1, 2, math.inf],
        [1, "2", 3],
        [1, 2, np.True_],
        np.array([True, False, True]),
        np.array([1, 2, 3.25]),
        [1, None, 3],
        [1, 2, 10**400],
        [1, 2, 1e300],
        b"123",
        bytearray(b"123"),
        "123",
        7,
        [65_536] * 3,
        [300, 300, 301],
        {"r": 1},
    ],
    ids=repr,
)
def test_that_a_value_no_mask_can_hold_is_refused_and_named(
    frame: SingleFrame, value: object
):
    with pytest.raises(AnnotationError) as caught:
        frame.add_annotation(mask_rgb=value, labels=["a"])

    assert f"mask_rgb is {value!r}"[:80] in str(caught.value)
    assert "3 or 4 whole numbers from -1 to 255" in str(caught.value)
    assert frame.annotations == ()


@pytest.mark.parametrize(
    "value",
    [
        [-1, 1, 255],
        (0, 0, 0, 255),
        [65_535] * 3,
        [1.0, 2.0, 3.0],
        [-1.0, 2, -0.0],
        np.array([1, 2, 3], np.uint8),
        np.array([1, 2, 3], np.float32),
        [np.int64(1), np.float16(2), np.longdouble(3)],
        [Fraction(6, 2), np.array(2), np.uint8(255)],
    ],
    ids=repr,
)
def test_that_a_value_a_mask_can_hold_is_kept_as_plain_ints(
    frame: SingleFrame, value: object
):
    (index,) = frame.add_annotation(mask_rgb=value)

    expected = [int(channel) for channel in value]  # type: ignore[attr-defined]
    assert repr(frame.annotations[index].to_dict()["mask"]["value"]) == repr(expected)
    assert frame.annotations[index].mask_value == tuple(expected)


@pytest.mark.parametrize(
    ("bad", "named"),
    [([1.5, 2, 3], "1.5"), ([1, math.nan, 3], "nan"), ([1, 2, "2"], "'2'")],
)
def test_that_the_channel_that_is_no_whole_number_is_named(
    frame: SingleFrame, bad: object, named: str
):
    with pytest.raises(AnnotationError, match=f": {named} is not a whole number"):
        frame.add_annotation(mask_rgb=bad)
    (index,) = frame.add_annotation(mask_rgb=[1, 2, 3])
    with pytest.raises(AnnotationError, match=f": {named} is not a whole number"):
        frame.update_annotation(index, mask_rgb=bad)


def test_that_a_whole_float_of_a_file_stays_spelled_as_it_is_until_edited():
    roi = {"label": ["a"], "mask": {"id": "0", "value": [1.0, 2e0, 3]}}
    frame = SingleFrame.from_dict({"sources": [{"uri": "a"}], "rois": [roi]})
    assert frame.annotations[0].mask_value == (1, 2, 3)

    frame.update_annotation(0, labels=["b"])
    frame.update_annotation(0, mask_rgb=np.array([1.0, 2.0, 3.0]))
    kept = repr(frame.to_dict()["rois"][0]["mask"]["value"])
    frame.update_annotation(0, mask_rgb=[1.0, 2.0, 4.0])

    assert kept == "[1.0, 2.0, 3]"
    assert repr(frame.to_dict()["rois"][0]["mask"]["value"]) == "[1, 2, 4]"


@pytest.mark.parametrize(
    ("arguments", "kind", "poly"),
    [
        ({"poly2d_xy": TRIANGLE}, "p2d", FLAT_TRIANGLE),
        ({"poly2d_xy": FLAT_TRIANGLE}, "p2d", FLAT_TRIANGLE),
        ({"poly2d_xy": np.array(TRIANGLE)}, "p2d", FLAT_TRIANGLE),
        (
            {"poly2d_xy": [TRIANGLE, TRIANGLE]},
            "p2d",
            [*FLAT_TRIANGLE, SEPARATOR, *FLAT_TRIANGLE],
        ),
        (
            {"poly2d_xy": [FLAT_TRIANGLE, TRIANGLE]},
            "p2d",
            [*FLAT_TRIANGLE, SEPARATOR, *FLAT_TRIANGLE],
        ),
        ({"poly2d_xy": [-5, -5, 9999, 0, 3, 3]}, "p2d", [-5, -5, 9999, 0, 3, 3]),
        ({"box2d_xywh": [1, 2, 3, 4]}, "b2d", [1, 2, 4, 2, 4, 6, 1, 6]),
        ({"points2d_xy": [(1, 2)]}, "k2d", [1, 2]),
        ({"ellipse2d_xyrrt": (5, 6, 2, 1, 0.5)}, "elp", [5, 6, 2, 1, 0.5]),
        (
            {"poly3d_xyz": [(0, 0, 0), (1, 0, 0), (1, 1, 1)]},
            "p3d",
            [0] * 3 + [1, 0, 0] + [1] * 3,
        ),
        ({"points3d_xyz": [1, 2, 3]}, "k3d", [1, 2, 3]),
        ({"box3d_xyzwhxyzwh": range(10)}, "b3d", list(range(10))),
    ],
)
def test_that_each_geometry_is_a_flat_list_with_its_kind(
    frame: SingleFrame, arguments: dict[str, object], kind: str, poly: list[float]
):
    roi = roi_of(frame, labels=["a"], **arguments)

    assert roi == {
        "label": ["a"],
        "meta": {"_type": kind},
        "poly": poly,
        "sources": ["default"],
    }
    assert frame.annotations[0].kind == kind
    assert frame.problems == ()


def test_that_an_angle_turns_the_box_about_its_centre(frame: SingleFrame):
    frame.add_annotation(box2d_xywh=[0, 0, 4, 2, math.pi / 2])

    corners = frame.annotations[0].poly
    assert corners == pytest.approx([3, -1, 3, 3, 1, 3, 1, -1])


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("poly2d_xy", [(0, 0), (1, 1)]),
        ("poly2d_xy", [0, 0, 1, 1, 2]),
        ("poly2d_xy", []),
        ("poly2d_xy", "0,0,1,1"),
        ("poly2d_xy", [(0, 0), (1, 1), (2, "3")]),
        ("poly2d_xy", [(0, 0), (1, 1), (2, math.nan)]),
        ("poly2d_xy", [(0, 0), (1, 1), (2, 10**400)]),
        ("poly2d_xy", [TRIANGLE, [(0, 0)]]),
        ("poly3d_xyz", [(0, 0), (1, 1), (2, 2)]),
        ("points2d_xy", [1]),
        ("points3d_xyz", [1, 2]),
        ("box2d_xywh", [1, 2, 3]),
        ("box2d_xywh", [1, 2, 0, 4]),
        ("box2d_xywh", [1, 2, 3, -4]),
        ("box2d_xywh", [[1, 2, 3, 4]]),
        ("box3d_xyzwhxyzwh", [1, 2, 3]),
        ("ellipse2d_xyrrt", [1, 2, 3, 4]),
        ("ellipse2d_xyrrt", [1, 2, 0, 4, 0]),
        ("ellipse2d_xyrrt", [1, 2, True, 4, 0]),
        ("frame_class", "night"),
        ("frame_class", [7]),
        ("labels", "cat"),
        ("labels", 7),
        ("labels", ["a", ""]),
        ("labels", ["\ud800"]),
        ("confidence", 1.5),
        ("confidence", -0.1),
        ("confidence", math.nan),
        ("confidence", "0.5"),
        ("confidence", True),
        ("metadata", [1]),
        ("metadata", {"a": math.inf}),
        ("metadata", {1: 2}),
        ("metadata", {"a": {1}}),
        ("id", 1.5),
        ("mask_id", None.__class__),
        ("sources", ["rear"]),
        ("sources", "default"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_that_a_refused_argument_is_named_and_nothing_is_added(
    frame: SingleFrame, argument: str, value: object
):
    arguments: dict[str, object] = {"mask_rgb": [1, 2, 3], "labels": ["a"]}

    with pytest.raises(AnnotationError) as caught:
        frame.add_annotation(**{**arguments, argument: value})  # type: ignore[arg-type]

    assert argument in str(caught.value)
    assert caught.value.problem.hint or caught.value.problem.place
    assert frame.annotations == ()
    assert "rois" not in frame.to_dict()


@pytest.mark.parametrize(
    ("arguments", "labels"),
    [
        ({"labels": ["night"]}, ["night"]),
        ({"frame_class": ["night"]}, ["night"]),
        ({"frame_class": ["night"], "labels": ["rain", "night"]}, ["night", "rain"]),
    ],
)
def test_that_labels_without_geometry_make_one_frame_label(
    frame: SingleFrame, arguments: dict[str, object], labels: list[str]
):
    roi = roi_of(frame, **arguments)

    assert roi == {"label": labels, "sources": ["default"]}
    assert frame.annotations[0].kind == "frame"
    assert not frame.annotations[0].has_mask


def test_that_a_frame_class_beside_a_shape_is_a_frame_label_after_it(
    frame: SingleFrame,
):
    indices = frame.add_annotation(
        poly2d_xy=TRIANGLE, labels=["car"], frame_class=["night"]
    )

    assert indices == [0, 1]
    assert [roi.labels for roi in frame.annotations] == [("car",), ("night",)]
    assert [roi.kind for roi in frame.annotations] == ["p2d", "frame"]


@pytest.mark.parametrize(
    "arguments", [{}, {"id": "x"}, {"labels": []}, {"frame_class": []}]
)
def test_that_nothing_to_add_is_an_error(
    frame: SingleFrame, arguments: dict[str, object]
):
    with pytest.raises(AnnotationError, match=r"Give a geometry, mask_rgb"):
        frame.add_annotation(**arguments)  # type: ignore[arg-type]


def test_that_several_shapes_make_one_roi_each_sharing_the_id_in_the_sdks_order(
    frame: SingleFrame,
):
    frame.add_annotation(labels=["before"])

    indices = frame.add_annotation(
        mask_rgb=[1, 2, 3],
        points3d_xyz=[1, 2, 3],
        ellipse2d_xyrrt=[5, 6, 2, 1, 0],
        points2d_xy=[1, 2],
        box2d_xywh=[1, 2, 3, 4],
        poly2d_xy=TRIANGLE,
        id="x",
        labels=["a"],
    )

    added = frame.annotations[1:]
    assert indices == [1, 2, 3, 4, 5, 6]
    assert [roi.kind for roi in added] == ["p2d", "b2d", "k2d", "elp", "mask", "k3d"]
    assert {roi.id for roi in added} == {"x"}


@pytest.mark.parametrize(
    ("raw", "labels"),
    [
        ({"label": ["a", "b"]}, ("a", "b")),
        ({"labels": ["a"]}, ("a",)),
        ({"label": "a"}, ("a",)),
        ({"labels": "a"}, ("a",)),
        ({}, ()),
    ],
)
def test_that_labels_are_read_in_all_four_spellings(
    raw: dict[str, object], labels: tuple[str, ...]
):
    assert read_annotation(raw).labels == labels


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"mask": {"id": "m", "value": [1, 2, 3]}}, "mask"),
        ({"poly": [0, 0, 1, 0, 1, 1]}, "p2d"),
        ({"label": ["a"]}, "frame"),
        ({"meta": {"_type": "im"}, "label": ["a"]}, "frame"),
        ({"meta": {"_type": "elp"}, "poly": [1, 2, 3, 4, 0]}, "elp"),
        ({"meta": {"_type": "p3d"}, "poly": [1, 2, 3]}, "p3d"),
    ],
)
def test_that_the_kind_is_meta_type_or_follows_from_the_keys(
    raw: dict[str, object], kind: str
):
    annotation = read_annotation(raw)

    assert annotation.kind == kind
    assert annotation.problems == ()


def test_that_parts_are_split_at_the_separator():
    annotation = read_annotation(
        {"poly": [0, 0, 1, 0, 1, 1, SEPARATOR, 5, 5, 6, 5, 6, 6]}
    )

    assert annotation.parts == [[(0, 0), (1, 0), (1, 1)], [(5, 5), (6, 5), (6, 6)]]


def test_that_an_ellipse_is_five_numbers_and_no_vertices():
    raw = {"meta": {"_type": "elp"}, "poly": [5, 6, 2, 1, 0.5]}

    annotation = read_annotation(raw)

    assert annotation.ellipse == (5, 6, 2, 1, 0.5)
    assert annotation.parts == []


@pytest.mark.parametrize(
    "poly", [[1, 2, 3, 4], [1, 2, 3, 4, 0], [1, 2, 4, 2, 4, 6, 1, 6]]
)
def test_that_a_box_has_four_corners_whichever_way_it_is_written(poly: list[float]):
    annotation = read_annotation({"meta": {"_type": "b2d"}, "poly": poly})

    assert annotation.parts == [[(1, 2), (4, 2), (4, 6), (1, 6)]]
    assert annotation.poly == tuple(poly)


def test_that_the_users_id_is_not_the_servers():
    assert read_annotation({"id": "server", "meta": {"_id": "mine"}}).id == "mine"
    assert read_annotation({"id": "server"}).id is None


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (7, None),
        (None, None),
        ({"label": 7}, "label"),
        ({"label": ["a", None]}, "label[1]"),
        ({"label": ["a"], "labels": ["b"]}, "labels"),
        ({"sources": {}}, "sources"),
        ({"mask": "seg"}, "mask"),
        ({"mask": {"value": [1, 2, 3]}}, "mask.id"),
        ({"mask": {"id": "m"}}, "mask.value"),
        ({"mask": {"id": "m", "value": "red"}}, "mask.value"),
        ({"mask": {"id": "m", "value": [1, 2]}}, "mask.value"),
        ({"mask": {"id": "m", "value": [1, 2, 70_000]}}, "mask.value"),
        ({"mask": {"id": "m", "value": [1, 2, 2.5]}}, "mask.value"),
        ({"confidence": 2}, "confidence"),
        ({"meta": []}, "meta"),
        ({"meta": {"_type": "blob"}}, "meta._type"),
        ({"poly": ["a"]}, "poly"),
        ({"meta": {"_type": "elp"}, "poly": [1, 2]}, "poly"),
        ({"meta": {"_type": "b2d"}, "poly": [1, 2]}, "poly"),
        ({"meta": {"_type": "p2d"}}, "poly"),
    ],
    ids=repr,
)
def test_that_a_malformed_roi_is_kept_and_named(raw: object, place: str | None):
    annotation = read_annotation(raw)

    assert [problem.place for problem in annotation.problems] == [place]
    assert repr(annotation.to_dict()) == repr(raw)


def test_that_a_wildcard_channel_is_read_as_it_is():
    raw = {"mask": {"id": "m", "value": [-1, 1, 255]}}

    annotation = read_annotation(raw)

    assert annotation.mask_value == (-1, 1, 255)
    assert annotation.problems == ()
