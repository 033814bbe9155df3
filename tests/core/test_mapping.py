"""Labels from outside the frame, in every published spelling."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from chromask import FrameError, find_mapping, read_mapping
from chromask.legends.legend import FILE_NAMES, MappingEntry

if TYPE_CHECKING:
    from pathlib import Path

ROAD = {"value": [1, 2, 3], "labels": ["road"]}
CAR = {"value": [4, 5, 6, 255], "labels": ["car", "vehicle"]}
ROAD_ENTRY = MappingEntry(None, (1, 2, 3), ("road",))
CAR_ENTRY = MappingEntry(None, (4, 5, 6, 255), ("car", "vehicle"))


@pytest.mark.parametrize(
    ("value", "entries"),
    [
        ([ROAD, CAR], (ROAD_ENTRY, CAR_ENTRY)),
        ({"_all_": [ROAD]}, (ROAD_ENTRY,)),
        ({"seg": [ROAD]}, (MappingEntry("seg", (1, 2, 3), ("road",)),)),
        ({"mask_labels": [ROAD]}, (ROAD_ENTRY,)),
        ({"mask_labels": {"_all_": [ROAD]}}, (ROAD_ENTRY,)),
        ({"road": [1, 2, 3]}, (ROAD_ENTRY,)),
        (
            {"mask_labels": [1, 2, 3]},
            (MappingEntry(None, (1, 2, 3), ("mask_labels",)),),
        ),
        ([{"value": [7], "label": "a"}], (MappingEntry(None, (7,), ("a",)),)),
        (
            [{"value": [-1, 0, 0], "labels": ["a"]}],
            (MappingEntry(None, (-1, 0, 0), ("a",)),),
        ),
        ([], ()),
        ({}, ()),
    ],
)
def test_that_every_spelling_is_read(value: Any, entries: tuple[MappingEntry, ...]):
    mapping = read_mapping(value, "labels.json")

    assert mapping.entries == entries
    assert mapping.problems == ()
    assert mapping.uri == "labels.json"


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (7, None),
        ([7], "[0]"),
        ([{"value": "red", "labels": ["a"]}], "[0].value"),
        ([{"value": [1, 2], "labels": ["a"]}], "[0].value"),
        ([{"value": [1, 2, 2.5], "labels": ["a"]}], "[0].value"),
        ([{"value": [1, 2, 99999], "labels": ["a"]}], "[0].value"),
        ([{"value": [1, 2, 3]}], "[0].label"),
        ([{"value": [1, 2, 3], "labels": [7]}], "[0].labels"),
        ({"person": "#ff0000"}, "person"),
        ({"person": [1, 2, 300000]}, "person"),
        ({"mask_labels": {"seg": ["x"]}}, "mask_labels.seg[0]"),
    ],
)
def test_that_what_cannot_be_read_is_named_and_the_rest_counts(
    value: Any, place: str | None
):
    if isinstance(value, list):
        value = [*value, ROAD]

    mapping = read_mapping(value, "labels.json")

    assert [(p.uri, p.place) for p in mapping.problems] == [("labels.json", place)]
    assert mapping.entries == ((ROAD_ENTRY,) if isinstance(value, list) else ())


@pytest.mark.parametrize("name", FILE_NAMES)
def test_that_a_mapping_is_found_in_its_folder(tmp_path: Path, name: str):
    (tmp_path / name).write_text(json.dumps([ROAD]))

    mapping = find_mapping(tmp_path)

    assert mapping is not None
    assert mapping.entries == (ROAD_ENTRY,)
    assert mapping.uri == str(tmp_path / name)


def test_that_a_folder_without_a_mapping_gives_none(tmp_path: Path):
    assert find_mapping(tmp_path) is None


def test_that_the_legend_counts_before_other_files(tmp_path: Path):
    (tmp_path / "labelmap.json").write_text(json.dumps([CAR]))
    (tmp_path / "_mask_legend.json").write_text(json.dumps({"road": [1, 2, 3]}))

    mapping = find_mapping(tmp_path)

    assert mapping is not None
    assert mapping.entries == (ROAD_ENTRY,)


def test_that_a_broken_mapping_is_an_error_that_names_file_and_place(tmp_path: Path):
    (tmp_path / "labelmap.json").write_text('[\n{"value": [1,')

    with pytest.raises(FrameError, match=r"labelmap\.json: line 2"):
        find_mapping(tmp_path)


def test_that_real_label_maps_are_read_without_a_problem(real_data: Path):
    found = sorted((real_data / "data").rglob("labelmap.json"))

    assert found
    for path in found:
        mapping = find_mapping(path.parent)
        assert mapping is not None
        assert len(mapping.entries) == len(json.loads(path.read_bytes()))
        assert mapping.problems == ()
