"""Frames of one source: reading, keeping, copying, editing and storing them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromask import FrameError, FrameGroup, SingleFrame, frame_from_dict
from chromask.errors import ReadOnlyError
from chromask.frame.resolve import resolve

ODD = {
    "zeta": 2**64,
    "id": "f",
    "sources": [
        {
            "unknown": [1, 1.0, True, None, -0.0, 1e-7],
            "id": "front",
            "content_type": "Image / PNG",
            "uri": "a.png",
            "timestamp": 33,
            "masks": [
                {"id": 0, "uri": "m0.png", "x": {}},
                {"uri": "m1.png", "id": "ID 1 ", "timestamp": 40},
            ],
            "preview": "small.jpg",
            "meta": {"angle": 45},
        }
    ],
    "alpha": "Größe 😀",
    "rois": [{"sources": ["front"], "label": "a", "y": 1}],
}

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
    ),
    max_leaves=8,
)


def objects(*keys: str, **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Objects with known keys of right and wrong values, and unknown ones, in any order."""
    entries = [st.tuples(st.just(key), known.get(key, values) | values) for key in keys]
    anything = st.tuples(texts, values)
    return st.lists(st.one_of(anything, *entries), max_size=6).map(dict)


masks = objects("id", "uri", "content_type", "timestamp", "width") | values
sources = objects(
    "id", "uri", "masks", "preview", "meta", "timestamp", masks=st.lists(masks)
)
rois = objects(
    "label",
    "labels",
    "sources",
    "mask",
    "poly",
    "meta",
    "confidence",
    mask=objects("id", "value", value=st.lists(st.integers(-3, 300))),
    poly=st.lists(st.integers() | st.floats(allow_nan=False, allow_infinity=False)),
    meta=objects("_type", "_id", _type=st.sampled_from(["p2d", "elp", "b2d", "mask"])),
)
frames = st.builds(
    lambda rest, listed, extra: {**rest, "sources": listed, **extra},
    objects("id", "context_id", "timestamp", "meta"),
    st.lists(sources | values, max_size=3),
    st.just({}) | st.builds(lambda r: {"rois": r}, st.lists(rois | values) | values),
)


@given(frames)
def test_that_any_object_with_a_list_of_sources_comes_back_the_same(
    value: dict[str, Any],
):
    frame = frame_from_dict(value)
    for roi in frame.annotations:
        assert roi.parts is not None
    resolutions = resolve(frame)

    assert repr(frame.to_dict()) == repr(value)
    count = len(value["rois"]) if isinstance(value.get("rois"), list) else 0
    assert len(frame.annotations) == len(resolutions) == count


@given(frames)
def test_that_any_frame_survives_the_bytes(value: dict[str, Any]):
    data = frame_from_dict(value).to_bytes()

    assert repr(json.loads(data)) == repr(value)


@given(frames, st.integers(0, 9))
def test_that_removing_a_roi_removes_nothing_else(value: dict[str, Any], index: int):
    frame = frame_from_dict(value)
    if index >= len(frame.annotations):
        return

    frame.remove_annotation(index)

    expected = {**value, "rois": [*value["rois"][:index], *value["rois"][index + 1 :]]}
    assert repr(frame.to_dict()) == repr(expected)


def test_that_the_keys_of_every_level_are_read():
    frame = SingleFrame.from_dict(ODD)

    (source,) = frame.sources
    assert (source.id, source.uri, source.content_type) == (
        "front",
        "a.png",
        "image/png",
    )
    assert source.preview_uri == "small.jpg"
    assert source.meta == {"angle": 45}
    assert [(mask.id, mask.raw_id, mask.timestamp) for mask in source.masks] == [
        ("0", 0, 33),
        ("ID 1 ", "ID 1 ", 40),
    ]
    assert [ref.key for ref in frame.masks()] == ["front/0", "front/ID 1 "]
    assert dict(frame.properties) == {"zeta": 2**64, "id": "f", "alpha": "Größe 😀"}
    assert frame.problems == ()


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"sources": []}, "sources"),
        ({"sources": [7]}, "sources[0]"),
        ({"sources": [{}]}, "sources[0].uri"),
        ({"sources": [{"uri": "a", "id": []}]}, "sources[0].id"),
        ({"sources": [{"uri": "a", "masks": {}}]}, "sources[0].masks"),
        ({"sources": [{"uri": "a", "masks": [7]}]}, "sources[0].masks[0]"),
        (
            {"sources": [{"uri": "a", "masks": [{"uri": "m"}]}]},
            "sources[0].masks[0].id",
        ),
        (
            {"sources": [{"uri": "a", "masks": [{"id": "m"}]}]},
            "sources[0].masks[0].uri",
        ),
        (
            {"sources": [{"uri": "a", "masks": [{"id": 1, "uri": "m"}] * 2}]},
            "sources[0].masks[1]",
        ),
        ({"sources": [{"uri": "a", "width": -1}]}, "sources[0].width"),
        ({"sources": [{"uri": "a", "height": "9"}]}, "sources[0].height"),
        ({"sources": [{"uri": "a", "timestamp": "0"}]}, "sources[0].timestamp"),
        ({"sources": [{"uri": "a", "content_type": 1}]}, "sources[0].content_type"),
        ({"sources": [{"uri": "a", "preview": {}}]}, "sources[0].preview.uri"),
        ({"sources": [{"uri": "a", "preview": 7}]}, "sources[0].preview"),
        ({"sources": [{"uri": "a", "meta": 7}]}, "sources[0].meta"),
        ({"sources": [{"uri": "a"}], "rois": {}}, "rois"),
        ({"sources": [{"uri": "a"}], "rois": [{}, 7]}, "rois[1]"),
        ({"sources": [{"uri": "a"}], "meta": []}, "meta"),
        ({"sources": [{"uri": "a"}], "timestamp": "x"}, "timestamp"),
        ({"sources": [{"uri": "a"}], "context_id": {}}, "context_id"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_that_what_is_malformed_is_named_and_kept(value: dict[str, Any], place: str):
    frame = SingleFrame.from_dict(value, "frame.json")

    assert [(p.uri, p.place) for p in frame.problems] == [("frame.json", place)]
    assert repr(frame.to_dict()) == repr(value)


def test_that_a_second_source_of_one_id_is_named_and_its_masks_have_their_own_keys():
    source = {"uri": "a", "masks": [{"id": "m", "uri": "m.png"}]}

    group = FrameGroup.from_dict({"sources": [source, source]})

    assert [ref.key for ref in group.masks()] == ["default/m", "default/m#2"]
    assert [problem.place for problem in group.problems] == ["sources[1]"]


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ({}, "the key sources is missing"),
        ({"source": []}, "the key sources is missing"),
        ({"sources": None}, "sources is null, not a list"),
        ({"sources": {}}, "sources is an object, not a list"),
        ([{"sources": []}], "is no frame"),
        ("text", "is no frame"),
    ],
)
def test_that_what_is_no_frame_is_refused_with_the_reason(value: Any, seen: str):
    for read in (SingleFrame.from_dict, FrameGroup.from_dict, frame_from_dict):
        with pytest.raises(FrameError, match=seen) as caught:
            read(value, "x.json")
        assert caught.value.problem.uri == "x.json"


@pytest.mark.parametrize(
    "bad",
    [float("nan"), {1: 2}, {1, 2}, "\ud800", 10**5000],
    ids=["nan", "key", "set", "surrogate", "digits"],
)
def test_that_what_json_cannot_hold_is_refused_with_its_place(bad: object):
    with pytest.raises(FrameError, match=r"sources\[0\]\.meta\.k"):
        SingleFrame.from_dict({"sources": [{"uri": "a", "meta": {"k": bad}}]})


def test_that_endless_nesting_is_a_frame_error():
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]

    with pytest.raises(FrameError, match="more than 100 deep"):
        SingleFrame.from_dict({"sources": [], "deep": deep})


def test_that_a_frame_shares_nothing_with_the_object_it_came_from():
    value: dict[str, Any] = {"sources": [{"uri": "a"}], "meta": {"k": [1]}}
    frame = SingleFrame.from_dict(value)

    value["meta"]["k"].append(2)
    frame.to_dict()["sources"][0]["uri"] = "b"
    with pytest.raises(ReadOnlyError):
        frame.properties["meta"]["other"] = 4

    assert frame.to_dict() == {"sources": [{"uri": "a"}], "meta": {"k": [1]}}


def test_that_properties_stay_the_same_object_until_one_changes():
    frame = SingleFrame("a.png", metadata={"k": 1})
    before = frame.properties

    frame.add_annotation(labels=["a"])
    assert frame.properties is before
    frame.set_property("context_id", "car_1")

    assert frame.properties is not before
    assert frame.context_id == "car_1"


def test_that_an_old_copy_is_untouched_by_every_edit():
    frame = SingleFrame("a.png", mask_source="m.png", metadata={"k": 1})
    frame.add_annotation(mask_rgb=[1, 2, 3], labels=["a"])
    old, before = frame.copy(), frame.to_dict()

    frame.add_annotation(labels=["b"])
    frame.update_annotation(0, labels=["c"])
    frame.remove_annotation(1)
    frame.set_properties(meta={"k": 2}, context_id="x")
    frame.add_mask("default", "new", "n.png")
    frame.set_mask_uri("default/00", "other.png", "image/tiff")
    frame.masks_source = ["z.png"]

    assert repr(old.to_dict()) == repr(before)
    assert frame.to_dict() != before


@pytest.mark.parametrize("make", [SingleFrame.copy, copy.copy, copy.deepcopy])
def test_that_a_copy_shares_the_tuples(make: Any):
    frame = SingleFrame.from_dict(ODD)

    twin = make(frame)

    assert twin.annotations is frame.annotations
    assert twin.sources is frame.sources
    assert twin.properties is frame.properties


@pytest.mark.parametrize("key", ["sources", "rois", 7])
def test_that_a_key_with_its_own_methods_is_not_set(key: Any):
    frame = SingleFrame("a.png")

    with pytest.raises(FrameError, match=repr(key)):
        frame.set_property(key, [])


def test_that_set_properties_sets_all_or_none():
    frame = SingleFrame("a.png")

    with pytest.raises(FrameError, match="meta"):
        frame.set_properties(context_id="x", meta=float("nan"))

    assert dict(frame.properties) == {}


@pytest.mark.parametrize(
    ("top", "source", "expected"),
    [
        ({}, {}, ("a.png", 0)),
        ({}, {"timestamp": 33}, ("a.png", 33)),
        ({"timestamp": 7}, {"timestamp": 33}, ("a.png", 7)),
        ({"context_id": "c", "timestamp": 0}, {"timestamp": 33}, ("c", 0)),
        ({"context_id": 5}, {}, ("5", 0)),
    ],
)
def test_that_context_and_timestamp_default_to_those_of_the_first_source(
    top: dict[str, Any], source: dict[str, Any], expected: tuple[str, float]
):
    frame = SingleFrame.from_dict({**top, "sources": [{"uri": "a.png", **source}]})

    assert frame.sort_key == expected


def test_that_frames_sort_by_context_then_timestamp():
    keys = [("b", 0), ("a", 33), ("a", 9)]
    frames = [SingleFrame("x", context_id=c, timestamp=t) for c, t in keys]

    frames.sort(key=lambda frame: frame.sort_key)

    assert [frame.sort_key for frame in frames] == [("a", 9), ("a", 33), ("b", 0)]


def test_that_the_constructor_takes_the_arguments_of_the_public_sdk_in_order():
    frame = SingleFrame(
        "woof.jpg",
        640,
        480,
        "https://example.com/woof.jpg",
        {"k": 1},
        [{"label": ["a"]}],
        {"seg": "s.png", "inst": "i.png"},
    )

    assert frame.to_dict() == {
        "meta": {"k": 1},
        "sources": [
            {
                "id": "default",
                "uri": "woof.jpg",
                "width": 640,
                "height": 480,
                "preview": {"uri": "https://example.com/woof.jpg"},
                "masks": [
                    {"id": "seg", "uri": "s.png"},
                    {"id": "inst", "uri": "i.png"},
                ],
            }
        ],
        "rois": [{"label": ["a"]}],
    }
    assert (frame.source, frame.source_id) == ("woof.jpg", "default")
    assert (frame.width, frame.height) == (640, 480)
    assert frame.preview_uri == "https://example.com/woof.jpg"


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"source": ""}, "source"),
        ({"source": None}, "source"),
        ({"width": 0}, "width"),
        ({"height": 1.5}, "height"),
        ({"preview_uri": 7}, "preview_uri"),
        ({"metadata": [1]}, "metadata"),
        ({"annotations": [7]}, r"annotations\[0\]"),
        ({"annotations": "a"}, "annotations"),
        ({"mask_source": 7}, "masks_source"),
        ({"mask_source": [7]}, "masks_source"),
        ({"mask_source": "a", "masks_source": "b"}, "mask_source and masks_source"),
        ({"source_id": 1.5}, "source_id"),
        ({"timestamp": float("inf")}, "timestamp"),
    ],
)
def test_that_a_refused_constructor_argument_is_named(
    arguments: dict[str, Any], name: str
):
    with pytest.raises(FrameError, match=name):
        SingleFrame(**{"source": "a.png", **arguments})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["a.png", "b.png"], {"00": "a.png", "01": "b.png"}),
        ({"seg": "a.png"}, {"seg": "a.png"}),
        ("a.png", {"00": "a.png"}),
        (None, {}),
        ({0: "a.png"}, {"0": "a.png"}),
    ],
)
def test_that_masks_source_takes_a_list_a_dictionary_or_one_uri(
    given: Any, expected: dict[str, str]
):
    frame = SingleFrame("x.png", mask_source=["old.png"])

    frame.masks_source = given

    assert frame.masks_source == expected


def test_that_a_mask_whose_id_stays_keeps_its_other_keys():
    frame = SingleFrame.from_dict(ODD)

    frame.masks_source = {"0": "new.png", "seg": "s.png"}

    assert frame.to_dict()["sources"][0]["masks"] == [
        {"id": 0, "uri": "new.png", "x": {}},
        {"id": "seg", "uri": "s.png"},
    ]


def test_that_a_mask_is_added_and_named():
    frame = SingleFrame("a.png")

    ref = frame.add_mask("default", "seg", "s.png")

    assert (ref.key, ref.mask.uri, ref.mask.content_type) == (
        "default/seg",
        "s.png",
        "image/png",
    )
    assert frame.masks() == (ref,)
    with pytest.raises(FrameError, match="already has a mask 'seg'"):
        frame.add_mask("default", "seg", "t.png")
    with pytest.raises(FrameError, match=r"source_id is 'rear'.*'default'"):
        frame.add_mask("rear", "seg", "t.png")


def test_that_a_mask_is_moved_by_its_key():
    frame = SingleFrame.from_dict(ODD)

    frame.set_mask_uri("front/ID 1 ", "new.png", "image/png")

    assert frame.to_dict()["sources"][0]["masks"][1] == {
        "uri": "new.png",
        "id": "ID 1 ",
        "timestamp": 40,
        "content_type": "image/png",
    }
    with pytest.raises(FrameError, match=r"'front/1'.*front/0, front/ID 1"):
        frame.set_mask_uri("front/1", "x.png")
