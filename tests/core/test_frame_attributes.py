"""What is assigned to a frame or written into what it gives: done, or refused, but never lost."""

from __future__ import annotations

import copy
import json
import pickle
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from chromask import FrameError, FrameGroup, SingleFrame, load_frame
from chromask.document.document import Document
from chromask.errors import EditError, ReadOnlyError

if TYPE_CHECKING:
    from pathlib import Path

VALUE: dict[str, Any] = {
    "context_id": "c",
    "meta": {"k": 1, "a": {"b": [1, {"c": 2}]}},
    "sources": [
        {
            "id": "front",
            "uri": "f.png",
            "width": 8,
            "height": 6,
            "preview": "small.png",
            "meta": {"lens": {"mm": 35}},
            "masks": [{"id": "seg", "uri": "s.png", "content_type": "png"}],
        }
    ],
    "rois": [
        {"label": ["a"], "meta": {"_type": "mask", "n": [1]}, "mask": {"id": "seg"}}
    ],
}


@pytest.fixture
def frame() -> SingleFrame:
    return SingleFrame.from_dict(VALUE)


# --- metadata is live --------------------------------------------------------------------


def test_that_metadata_written_at_any_depth_is_the_frames(frame: SingleFrame):
    frame.meta["new"] = (1, np.int64(2))
    frame.metadata["a"]["x"] = {"y": {}}
    frame.meta["a"]["x"]["y"]["z"] = None
    frame.meta["a"]["b"][1]["c"] += 1
    frame.meta["a"]["b"].append([])
    frame.meta["a"]["b"][-1].extend("ab")
    frame.meta["a"]["b"] += [True]
    frame.meta.setdefault("list", []).insert(0, "i")
    frame.meta.setdefault("k", 7)
    frame.meta.update({"u": 1}, v=2)
    frame.meta |= {"w": 3}
    del frame.meta["k"], frame.meta["a"]["b"][0]

    assert frame.to_dict()["meta"] == {
        "a": {"b": [{"c": 3}, ["a", "b"], True], "x": {"y": {"z": None}}},
        "new": [1, 2],
        "list": ["i"],
        "u": 1,
        "v": 2,
        "w": 3,
    }


def test_that_metadata_reads_like_the_dictionary_that_it_is(frame: SingleFrame):
    meta = frame.meta

    assert meta == VALUE["meta"]
    assert VALUE["meta"] == frame.metadata
    assert meta["a"]["b"] == [1, {"c": 2}]
    assert meta["a"]["b"][1:] == [{"c": 2}]
    assert (list(meta), len(meta), "k" in meta, meta.get("no", 5)) == (
        ["k", "a"],
        2,
        True,
        5,
    )
    assert repr(meta) == repr(VALUE["meta"])
    for taken in (copy.deepcopy(meta), copy.copy(meta)):
        assert type(taken) is dict
        assert json.dumps(taken) == json.dumps(VALUE["meta"])
    with pytest.raises(KeyError, match="nothing"):
        _ = meta["nothing"]
    with pytest.raises(KeyError, match="nothing"):
        del meta["nothing"]
    with pytest.raises(TypeError, match="unhashable"):
        hash(meta)


def test_that_what_was_taken_shows_later_edits_and_is_not_written_once_it_is_replaced(
    frame: SingleFrame,
):
    meta, inner, items = frame.meta, frame.meta["a"], frame.meta["a"]["b"]

    frame.meta["a"]["q"] = 1
    frame.context_id = "other"
    frame.meta["k"] = 2
    inner["r"] = 2
    assert (inner["q"], meta["a"]["q"], meta["a"]["r"]) == (1, 1, 2)
    frame.metadata = {"a": {"b": [7]}}

    assert dict(meta) == {"a": {"b": [7]}}
    assert (inner["q"], items[0]) == (1, 1)
    for lost in (
        lambda: inner.update(q=2),
        lambda: items.append(1),
        lambda: inner.pop("q"),
        items.clear,
    ):
        with pytest.raises(FrameError, match="was replaced or moved"):
            lost()
    assert frame.to_dict()["meta"] == {"a": {"b": [7]}}


def test_that_live_values_are_swapped_moved_and_sorted_like_plain_ones():
    def rearranged(meta: Any) -> Any:
        meta["a"], meta["b"] = meta["b"], meta["a"]
        items = meta["l"]
        items[0], items[2] = items[2], items[0]
        items.reverse()
        items[:] = sorted(items, key=lambda item: item["n"])
        meta["moved"] = meta.pop("c")
        meta["l"].append(items.pop(0))
        meta["twice"] = meta["l"]
        meta["twice"][0]["n"] = 99
        key, last = meta.popitem()
        meta[key] = last
        return meta

    value = {
        "a": {"x": [1]},
        "b": {"y": 2},
        "c": {"z": {}},
        "l": [{"n": 2}, {"n": 1}, {"n": 3}],
    }
    frame = SingleFrame("a.png", metadata=value)
    rearranged(frame.meta)

    plain = copy.deepcopy(value)
    plain["a"], plain["b"] = plain["b"], plain["a"]
    moved = plain.pop("c")
    assert frame.to_dict()["meta"] == {
        **plain,
        "l": [{"n": 2}, {"n": 3}, {"n": 1}],
        "moved": moved,
        # What is assigned is copied: the frame holds a tree, as its file does.
        "twice": [{"n": 99}, {"n": 3}, {"n": 1}],
    }


@pytest.mark.parametrize(
    "bad",
    [float("nan"), {1: 2}, {"x": {3}}, "\ud800", object()],
    ids=["nan", "number as key", "set", "surrogate", "object"],
)
def test_that_what_json_cannot_hold_is_refused_by_its_place_and_changes_nothing(
    frame: SingleFrame, bad: Any
):
    with pytest.raises(FrameError, match=r"meta\.a"):
        frame.meta["a"]["x"] = bad
    with pytest.raises(FrameError):
        frame.meta["a"]["b"].append(bad)
    with pytest.raises(FrameError):
        frame.meta.update(good=1, worse=bad)
    with pytest.raises(FrameError):
        frame.metadata = {"x": bad}
    with pytest.raises(FrameError):
        frame.meta[5] = 1  # type: ignore[index]

    assert frame.to_dict() == VALUE


def test_that_metadata_cannot_grow_deeper_than_can_be_read_again(
    frame: SingleFrame, tmp_path: Path
):
    def nest() -> None:
        here = frame.meta
        for _ in range(200):
            here["in"] = {}
            here = here["in"]

    with pytest.raises(FrameError, match="deep"):
        nest()

    frame.save(tmp_path / "deep.json")
    assert load_frame(tmp_path / "deep.json").to_dict() == frame.to_dict()


def test_that_a_frame_without_metadata_gets_some_and_none_removes_it():
    frame = SingleFrame("a.png")

    assert frame.meta == {}
    frame.meta["k"] = 1
    assert frame.to_dict()["meta"] == {"k": 1}
    frame.metadata = None
    assert "meta" not in frame.to_dict()
    frame.meta = {"x": {}}
    frame.meta["x"]["y"] = 1
    assert frame.to_dict()["meta"] == {"x": {"y": 1}}


def test_that_metadata_that_is_no_object_is_named_and_not_replaced():
    frame = SingleFrame.from_dict({"sources": [{"uri": "a"}], "meta": [1]})

    assert frame.meta == {}
    with pytest.raises(FrameError, match="not an object"):
        frame.meta["k"] = 1
    assert frame.to_dict()["meta"] == [1]


@pytest.mark.parametrize("value", [[1], "text", 7])
def test_that_metadata_is_a_dictionary(frame: SingleFrame, value: Any):
    with pytest.raises(FrameError, match="metadata"):
        frame.metadata = value


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, item in steps:
        if isinstance(item, (dict, list)):
            found += paths_of(item, (*path, step))
    return found


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def test_that_live_metadata_follows_a_plain_dictionary_through_any_edits(
    tmp_path: Path,
):
    randomly = random.Random(11)
    path = tmp_path / "f.json"
    path.write_text(json.dumps(VALUE, indent=3))
    frame = load_frame(path)
    model: Any = copy.deepcopy(VALUE["meta"])
    old: list[tuple[Any, Any]] = []
    for _ in range(400):
        place = randomly.choice(paths_of(model))
        live, plain = at(frame.meta, place), at(model, place)
        new = randomly.choice([1, 1.5, None, "t", {"k": {"n": 1}}, [], [[2]], {}])
        key: Any = randomly.choice("abck")
        if isinstance(plain, list):
            key = randomly.randrange(len(plain)) if plain else 0
            if plain and randomly.random() < 0.6:
                what = randomly.randrange(3)
                for each in (live, plain):
                    if what == 0:
                        each[key] = copy.deepcopy(new)
                    elif what == 1:
                        del each[key]
                    else:
                        each.reverse()
            else:
                live.insert(key, new)
                plain.insert(key, copy.deepcopy(new))
        elif key in plain and randomly.random() < 0.4:
            assert copy.deepcopy(live.pop(key)) == plain.pop(key)
        else:
            live[key] = new
            plain[key] = copy.deepcopy(new)
        assert frame.meta == model
        assert json.dumps(frame.to_dict()["meta"]) == json.dumps(model)
        old.append((frame.copy(), copy.deepcopy(model)))
    assert all(before.to_dict()["meta"] == meta for before, meta in old)
    frame.save()
    assert load_frame(path).meta == model


def test_that_what_was_not_edited_is_saved_as_it_was(tmp_path: Path):
    path = tmp_path / "f.json"
    text = (
        '{"meta" : {"a": {"x":1.50, "y": 2E1}, "b":[ 1,2 ]},\n "sources":[{"uri":"a"}]}'
    )
    path.write_text(text)
    frame = load_frame(path)

    frame.meta["a"]["x"] = 7
    frame.save()

    assert path.read_text() == text.replace("1.50", "7")


# --- attributes --------------------------------------------------------------------------


def test_that_the_documented_attributes_can_be_set(frame: SingleFrame):
    before = frame.copy()
    frame.width, frame.height = np.int64(80), 60
    frame.source = "other.png"
    frame.preview_uri = "tiny.png"
    frame.context_id = "d"
    frame.timestamp = 33.5
    frame.mask_source = {"seg": "new.png", "inst": "i.png"}

    assert (frame.width, frame.height, frame.source) == (80, 60, "other.png")
    assert (frame.preview_uri, frame.context_id, frame.timestamp) == (
        "tiny.png",
        "d",
        33.5,
    )
    assert frame.sort_key == ("d", 33.5)
    (source,) = frame.to_dict()["sources"]
    assert source == {
        **VALUE["sources"][0],
        "uri": "other.png",
        "width": 80,
        "height": 60,
        "preview": "tiny.png",
        "timestamp": 33.5,
        "masks": [
            {"id": "seg", "uri": "new.png", "content_type": "png"},
            {"id": "inst", "uri": "i.png"},
        ],
    }
    assert before.to_dict() == VALUE


def test_that_none_removes_what_may_be_missing(frame: SingleFrame):
    for name in ("width", "height", "preview_uri", "context_id", "timestamp"):
        setattr(frame, name, None)

    assert frame.to_dict()["sources"][0].keys() == {"id", "uri", "meta", "masks"}
    assert (frame.width, frame.preview_uri, frame.context_id) == (None, None, "f.png")
    frame.mask_source = None
    assert (frame.mask_source, frame.masks_source) == (None, {})


def test_that_a_preview_keeps_its_spelling_and_its_other_keys():
    given = {"uri": "a.png", "preview": {"content_type": "image/jpeg", "uri": "p.jpg"}}
    frame = SingleFrame.from_dict({"sources": [given]})

    frame.preview_uri = "q.jpg"

    assert frame.to_dict()["sources"][0]["preview"] == {
        "content_type": "image/jpeg",
        "uri": "q.jpg",
    }
    frame.preview_uri = None
    frame.preview_uri = "r.jpg"
    assert frame.to_dict()["sources"][0]["preview"] == {"uri": "r.jpg"}


@pytest.mark.parametrize(
    "given",
    [None, "m.png", ["a.png", "b.png"], {"seg": "m.png"}, {"01": "b", "00": "a"}],
)
def test_that_mask_source_gives_what_the_argument_of_that_name_would_be(given: Any):
    frame = SingleFrame("a.png", mask_source=given)
    again = SingleFrame("a.png", mask_source=frame.mask_source)

    assert again.to_dict() == frame.to_dict()
    if not isinstance(given, list):
        assert frame.mask_source == given


def test_that_the_sources_timestamp_follows_unless_it_was_another_one():
    moment = SingleFrame("v.mp4", timestamp=10)
    still = SingleFrame("a.png")
    epoch = SingleFrame.from_dict(
        {"timestamp": 1700, "sources": [{"uri": "v.mp4", "timestamp": 5}]}
    )
    for frame in (moment, still, epoch):
        frame.timestamp = 20

    assert [frame.sources[0].timestamp for frame in (moment, still, epoch)] == [
        20,
        20,
        5,
    ]
    assert [frame.timestamp for frame in (moment, still, epoch)] == [20, 20, 20]


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("width", 0),
        ("width", 1.5),
        ("height", True),
        ("height", "8"),
        ("source", None),
        ("source", ""),
        ("source", 7),
        ("preview_uri", ""),
        ("preview_uri", {"uri": "a"}),
        ("timestamp", "5"),
        ("timestamp", float("nan")),
        ("timestamp", True),
        ("context_id", 1.5),
        ("context_id", ["a"]),
        ("mask_source", 7),
        ("mask_source", {"a": None}),
        ("masks_source", {"a": ""}),
    ],
)
def test_that_a_bad_value_is_refused_by_its_name_and_changes_nothing(
    frame: SingleFrame, name: str, bad: Any
):
    with pytest.raises(FrameError, match=name):
        setattr(frame, name, bad)

    assert frame.to_dict() == VALUE


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("metdata", "metadata"),
        ("mask_sources", "masks_source"),
        ("widht", "width"),
        ("preview", "preview_uri"),
        ("contextid", "context_id"),
    ],
)
def test_that_a_misspelt_attribute_is_refused_with_the_names_that_look_alike(
    frame: SingleFrame, name: str, near: str
):
    group = FrameGroup({"front": frame, "rear": frame})
    for each in (frame, group["rear"]):
        with pytest.raises(AttributeError, match=f"no attribute '{name}'.*{near}"):
            setattr(each, name, 1)
        with pytest.raises(AttributeError, match=f"no attribute '{name}'.*{near}"):
            getattr(each, name)
    with pytest.raises(AttributeError, match="'width'"):
        group.width = 5  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="metadata"):
        group.metdata = {}  # type: ignore[attr-defined]
    assert not hasattr(frame, "nothing_like_it")


@pytest.mark.parametrize(
    "name",
    ["annotations", "sources", "properties", "masks", "problems", "save", "copy"],
)
def test_that_what_has_its_own_methods_says_so(frame: SingleFrame, name: str):
    with pytest.raises(AttributeError, match=f"{name} cannot be set.*add_annotation"):
        setattr(frame, name, [])
    assert frame.to_dict() == VALUE


@pytest.mark.parametrize("name", ["labels", "uri", "id", "lables", "meta", "x"])
def test_that_values_of_a_frame_are_never_set(frame: SingleFrame, name: str):
    for value in (frame.annotations[0], frame.sources[0], frame.sources[0].masks[0]):
        with pytest.raises(AttributeError, match=name):
            setattr(value, name, "b")
        with pytest.raises(AttributeError, match=name):
            delattr(value, name)
    with pytest.raises(AttributeError, match="did you mean labels"):
        frame.annotations[0].lables = ["b"]  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="update_annotation"):
        frame.annotations[0].labels = ("b",)  # type: ignore[misc]
    assert frame.to_dict() == VALUE


def test_that_what_cannot_be_edited_in_place_refuses_every_way_of_it(
    frame: SingleFrame,
):
    roi, source = frame.annotations[0], frame.sources[0]
    frozen: list[Any] = [roi.meta, source.meta, source.meta["lens"], frame.masks_source]
    frozen += [frame.properties["meta"], frame.properties["meta"]["a"]]
    for value in frozen:
        for write in (
            lambda v: v.update(q=1),
            lambda v: v.__setitem__("q", 1),
            lambda v: v.setdefault("q", 1),
            lambda v: v.pop(next(iter(v))),
            lambda v: v.__delitem__(next(iter(v))),
            lambda v: v.popitem(),
            lambda v: v.clear(),
            lambda v: v.__ior__({"q": 1}),
        ):
            with pytest.raises(ReadOnlyError):
                write(value)
    for write in (
        lambda v: v.append(1),
        lambda v: v.extend([1]),
        lambda v: v.insert(0, 1),
        lambda v: v.remove(1),
        lambda v: v.pop(),
        lambda v: v.sort(),
        lambda v: v.reverse(),
        lambda v: v.clear(),
        lambda v: v.__setitem__(0, 2),
        lambda v: v.__delitem__(0),
        lambda v: v.__iadd__([1]),
        lambda v: v.__imul__(2),
    ):
        with pytest.raises(ReadOnlyError):
            write(roi.meta["n"])
    with pytest.raises(TypeError):
        frame.properties["k"] = 1  # type: ignore[index]
    assert frame.to_dict() == VALUE


def test_that_a_frozen_value_is_copied_as_a_plain_one(frame: SingleFrame):
    meta = frame.annotations[0].meta

    mine = copy.deepcopy(meta)
    mine["n"].append(2)

    assert (type(mine), mine["n"], meta["n"]) == (dict, [1, 2], [1])
    assert pickle.loads(pickle.dumps(meta)) == meta
    assert json.dumps(meta) == '{"_type": "mask", "n": [1]}'


# --- groups ------------------------------------------------------------------------------


def test_that_the_metadata_of_a_groups_source_is_its_own_and_live(tmp_path: Path):
    rear = SingleFrame("r.png", metadata={"k": 1})
    group = FrameGroup(
        {"front": SingleFrame("f.png"), "rear": rear}, metadata={"city": "Bern"}
    )

    group["front"].meta["a"] = {"b": 1}
    group["front"].metadata["a"]["c"] = 2
    group["rear"].meta["k"] += 1
    group.meta["city"] = "Basel"

    expected = {"city": "Basel", "rear": {"k": 2}, "front": {"a": {"b": 1, "c": 2}}}
    assert group.to_dict()["meta"] == expected
    assert group["front"].meta == expected["front"]
    assert group["rear"].copy().to_dict()["meta"] == {"k": 2}
    group.save(tmp_path / "g.json")
    loaded = load_frame(tmp_path / "g.json")
    assert isinstance(loaded, FrameGroup)
    assert loaded["rear"].metadata == {"k": 2}
    group["rear"].metadata = None
    assert group.meta == {"city": "Basel", "front": expected["front"]}
    group["front"] = SingleFrame("new.png", metadata={"n": 1})
    assert group["front"].meta == {"n": 1}
    group["front"] = SingleFrame("new.png")
    assert group.meta == {"city": "Basel"}


def test_that_attributes_set_in_a_groups_view_are_the_groups():
    group = FrameGroup({"front": SingleFrame("f.png"), "rear": SingleFrame("r.png")})
    before = group.copy()

    group["rear"].width = 5
    group["rear"].source = "x.png"
    group["rear"].preview_uri = "p.png"
    group["rear"].mask_source = "m.png"
    group["front"].context_id = "c"

    assert group.to_dict() == {
        "sources": [
            {"id": "front", "uri": "f.png"},
            {
                "id": "rear",
                "uri": "x.png",
                "width": 5,
                "preview": {"uri": "p.png"},
                "masks": [{"id": "00", "uri": "m.png"}],
            },
        ],
        "context_id": "c",
    }
    assert before["rear"].width is None


def test_that_a_group_with_metadata_that_is_no_object_refuses_that_of_a_source():
    group = FrameGroup.from_dict({"sources": [{"id": "a"}, {"id": "b"}], "meta": 7})

    assert group["a"].meta == {}
    with pytest.raises(FrameError, match="not an object"):
        group["a"].meta["k"] = 1
    group["a"].set_property("context_id", "c")
    assert group.to_dict()["meta"] == 7


# --- documents ---------------------------------------------------------------------------


def test_that_metadata_is_edited_in_a_transaction_with_undo(frame: SingleFrame):
    document = Document(frame, {}, {})

    with document.edit("Metadata") as edit:
        edit.frame.meta["a"]["b"][1]["c"] = 9
        edit.frame.width = 80  # type: ignore[attr-defined]
        change = edit.commit()

    assert change.fields == {"properties", "sources"}
    assert document.frame.meta["a"]["b"][1] == {"c": 9}
    document.undo()
    assert document.frame.to_dict() == VALUE
    document.redo()
    assert document.frame.meta["a"]["b"][1] == {"c": 9}
    assert frame.to_dict() == VALUE


def test_that_the_frame_of_a_document_is_only_read(frame: SingleFrame, tmp_path: Path):
    document = Document(frame, {}, {})
    with document.edit("Edit") as edit:
        kept = edit.frame
        kept.meta["k"] = 2
    edit = document.edit("Give up")
    given_up = edit.frame
    edit.cancel()

    for each in (document.frame, kept, given_up):
        for write in (
            lambda f: f.meta.update(k=1),
            lambda f: f.meta["a"]["b"].append(1),
            lambda f: f.add_annotation(labels=["x"]),
            lambda f: f.remove_annotation(0),
            lambda f: f.update_annotation(0, labels=["x"]),
            lambda f: f.set_property("k", 1),
            lambda f: f.add_mask("front", "x", "x.png"),
            lambda f: f.save(tmp_path / "f.json"),
            lambda f: setattr(f, "metadata", {}),
            lambda f: setattr(f, "width", 1),
            lambda f: setattr(f, "uri", "x.json"),
        ):
            with pytest.raises(EditError, match="read only"):
                write(each)
    assert document.frame.meta["k"] == 2
    mine = document.frame.copy()
    mine.meta["k"] = 3
    assert document.frame.meta["k"] == 2
    document.undo()
    with pytest.raises(ReadOnlyError):
        document.frame.meta["k"] = 4
    assert document.frame.to_dict() == VALUE


def test_that_a_view_of_a_documents_group_is_only_read():
    group = FrameGroup({"a": SingleFrame("a.png"), "b": SingleFrame("b.png")})
    document = Document(group, {}, {})
    shown = document.frame
    assert isinstance(shown, FrameGroup)

    for write in (
        lambda: shown["a"].meta.update(k=1),
        lambda: setattr(shown["a"], "width", 1),
        lambda: shown.__delitem__("a"),
        lambda: shown["a"].add_annotation(labels=["x"]),
    ):
        with pytest.raises(ReadOnlyError):
            write()
    assert document.frame.to_dict() == group.to_dict()
