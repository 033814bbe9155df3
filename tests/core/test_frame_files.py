"""Frames on disk: lossless loading and saving, moving, and files that are no frame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import chromask
from chromask import FrameError, FrameGroup, SingleFrame, load_frame

if TYPE_CHECKING:
    from pathlib import Path


def test_that_an_unedited_file_is_saved_to_the_same_bytes(tmp_path: Path):
    path = tmp_path / "frame.json"
    data = b'\xef\xbb\xbf{"sources" : [ {"uri":"a.png",}, ], // why\r\n "n": 1e2}'
    path.write_bytes(data)

    frame = SingleFrame.load(path)
    frame.add_annotation(labels=["a"])
    frame.remove_annotation(0)
    frame = SingleFrame.load(path)
    frame.save()

    assert path.read_bytes() == data
    assert frame.problems != ()


def test_that_an_edit_changes_the_edited_values_alone(tmp_path: Path):
    path = tmp_path / "frame.json"
    text = """{
  "n": 1.50e+2, "sources": [{"uri": "a.png", "masks": [{"id": 0, "uri": "m.png"}]}],
  "rois": [
    {"labels": "a", "mask": {"value": [1,2,3], "id": 0}},
    {"label": ["b"], "mask": {"id": 0, "value": [4, 5,  6]}}
  ], "big": 18446744073709551616, "u": "\\u00e9"
}"""
    path.write_text(text, encoding="utf-8")

    frame = SingleFrame.load(path)
    frame.update_annotation(0, labels=["c"], mask_rgb=[1, 2, 9])
    frame.save()

    expected = text.replace('"labels": "a"', '"labels": "c"').replace(
        "[1,2,3]", "[1,2,9]"
    )
    assert path.read_text(encoding="utf-8") == expected


def test_that_a_saved_frame_is_unedited_again(tmp_path: Path):
    path = tmp_path / "frame.json"
    frame = SingleFrame("a.png")
    frame.save(path)
    frame.add_annotation(labels=["a"])
    frame.save()
    saved = path.read_bytes()

    frame.add_annotation(labels=["b"])
    frame.remove_annotation(1)
    frame.save()

    assert path.read_bytes() == saved
    assert frame.uri == str(path)


def test_that_saving_to_another_folder_keeps_relative_uris_leading_to_the_same_files(
    tmp_path: Path,
):
    (tmp_path / "data").mkdir()
    (tmp_path / "out" / "deep").mkdir(parents=True)
    source = {
        "uri": "a.png",
        "preview": {"uri": "../p.jpg"},
        "masks": [
            {"id": "m", "uri": "sub/m.png"},
            {"id": "w", "uri": "https://example.com/w.png"},
            {"id": "f", "uri": "file:///x/f.png"},
            {"id": "abs", "uri": "/x/abs.png"},
            7,
        ],
    }
    frame = SingleFrame.from_dict(
        {"sources": [source]}, str(tmp_path / "data" / "frame.json")
    )

    frame.save(tmp_path / "out" / "deep" / "frame.json")

    (saved,) = json.loads((tmp_path / "out/deep/frame.json").read_bytes())["sources"]
    assert saved["uri"] == "../../data/a.png"
    assert saved["preview"] == {"uri": "../../p.jpg"}
    assert [mask["uri"] for mask in saved["masks"][:4]] == [
        "../../data/sub/m.png",
        "https://example.com/w.png",
        "file:///x/f.png",
        "/x/abs.png",
    ]
    assert saved["masks"][4] == 7
    assert frame.sources[0].uri == "../../data/a.png"


def test_that_saving_beside_the_old_file_changes_no_uri(tmp_path: Path):
    path = tmp_path / "frame.json"
    data = b'{"sources": [{"uri": "./a.png"}]}'
    path.write_bytes(data)

    SingleFrame.load(path).save(tmp_path / "other.json")

    assert (tmp_path / "other.json").read_bytes() == data


def test_that_to_bytes_for_another_place_changes_neither_frame_nor_disk(tmp_path: Path):
    frame = SingleFrame("a.png")
    frame.uri = str(tmp_path / "frame.json")

    data = frame.to_bytes(tmp_path / "sub" / "frame.json")

    assert json.loads(data)["sources"][0]["uri"] == "../a.png"
    assert frame.source == "a.png"
    assert list(tmp_path.iterdir()) == []


def test_that_a_save_that_fails_leaves_frame_and_file_as_they_were(tmp_path: Path):
    frame = SingleFrame("a.png")
    frame.uri = str(tmp_path / "frame.json")

    with pytest.raises(chromask.StorageError, match="missing"):
        frame.save(tmp_path / "missing" / "frame.json")

    assert frame.uri == str(tmp_path / "frame.json")
    assert frame.source == "a.png"


def test_that_a_frame_without_a_place_asks_for_one():
    with pytest.raises(FrameError, match="no file yet"):
        SingleFrame("a.png").save()


def test_that_load_frame_goes_by_the_number_of_sources(tmp_path: Path):
    path = tmp_path / "frame.json"
    for count, kind in [(0, SingleFrame), (1, SingleFrame), (2, FrameGroup)]:
        path.write_text(
            json.dumps({"sources": [{"id": str(n), "uri": "a"} for n in range(count)]})
        )

        assert type(load_frame(path)) is kind


def test_that_a_single_frame_refuses_a_group_and_names_load_frame(tmp_path: Path):
    path = tmp_path / "frame.json"
    value = {"sources": [{"id": "front", "uri": "a"}, {"id": "rear", "uri": "b"}]}
    path.write_text(json.dumps(value))

    with pytest.raises(FrameError, match=r"frame\.json.*2 sources.*load_frame"):
        SingleFrame.load(path)
    with pytest.raises(FrameError, match="FrameGroup"):
        SingleFrame.from_dict(value)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "line 1, column 1"),
        (b'{\n"sources": [{"uri": "a"}', "line 2, column"),
        (b'"sources": [], "rois": []', "line 1, column 10"),
        (b'{"sources": [NaN]}', "line 1, column 14"),
        (b'{"sources": [], "sources": []}', "line 1, column 17"),
    ],
)
def test_that_broken_json_names_the_file_and_the_place(
    tmp_path: Path, data: bytes, place: str
):
    path = tmp_path / "broken.json"
    path.write_bytes(data)

    for load in (load_frame, SingleFrame.load, FrameGroup.load):
        with pytest.raises(FrameError) as caught:
            load(path)
        assert str(path) in str(caught.value)
        assert place in str(caught.value)
    assert path.read_bytes() == data


def test_that_a_list_of_frames_says_so(tmp_path: Path):
    path = tmp_path / "frames.json"
    path.write_bytes(b'[{"sources": []}, {"sources": []}]')

    with pytest.raises(FrameError, match="list of 2 frames"):
        load_frame(path)


def test_that_a_missing_file_is_a_storage_error_that_names_it(tmp_path: Path):
    with pytest.raises(chromask.StorageError, match=r"nowhere\.json"):
        load_frame(tmp_path / "nowhere.json")


def test_that_a_frame_is_found_by_a_file_uri(tmp_path: Path):
    path = tmp_path / "a frame.json"
    SingleFrame("a.png").save(path)

    assert load_frame(path.as_uri()).sources[0].uri == "a.png"
