"""Legends of every kind that is met: their colours and names, and errors that name the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from chromask.errors import FrameError
from chromask.legends import (
    LEGENDS,
    find_legend,
    find_mapping,
    read_chosen,
    read_legend,
)

if TYPE_CHECKING:
    from pathlib import Path

ROAD, CAR = ((None, (128, 64, 128), "road"), (None, (0, 0, 142), "my car"))

TEXTS = [
    ("_mask_legend.json", '{"road": [128, 64, 128], "my car": [0, 0, 142]}'),
    (
        "labelmap.json",
        '[{"value": [128, 64, 128], "labels": ["road"]},'
        ' {"value": [0, 0, 142], "label": "my car"}]',
    ),
    (
        "labelmap.txt",
        "# label:color_rgb:parts:actions\nroad:128,64,128::\nmy car:0,0,142:a,b:c\n",
    ),
    ("label_colors.txt", "128 64 128 road\n0 0 142 my car\n"),
    ("label_colors.txt", "\ufeff128 64 128\t\troad\r\n\r\n0 0 142\tmy car"),
    ("label_colors.txt", "128,64,128,road\n0, 0, 142, my car\n"),
    ("label_colors.txt", "road 128 64 128\nmy car 0 0 142\n"),
    ("class_dict.csv", 'name,r,g,b\nroad,128,64,128\n"my car",0,0,142\n'),
    (
        "class_dict.csv",
        "R; G".replace("; ", ",") + ",B,Class\n128,64,128,road\n0,0,142.0,my car",
    ),
    ("class_dict.csv", "road,128,64,128\nmy car,0,0,142\n"),
    (
        "mask_color_map.json",
        '{"type": "rgb", "colors": {"road": [128, 64, 128], "my car": [0, 0, 142]}}',
    ),
    (
        "dataset_meta.json",
        '{"label_map": {"0": "road", "1": "my car"},'
        ' "segmentation_colors": [[128, 64, 128], [0, 0, 142]]}',
    ),
    (
        "annotation_definitions.json",
        '{"annotationDefinitions": [{"id": "k"}, {"spec": ['
        '{"label_name": "road", "pixel_value": [128, 64, 128]},'
        ' {"label_name": "my car", "pixel_value": [0, 0, 142]}]}]}',
    ),
]


def read(path: Path) -> list[tuple[str | None, tuple[int, ...], str]]:
    mapping = read_legend(path)
    assert mapping.uri == str(path)
    return [(e.mask_id, e.value, ", ".join(e.labels)) for e in mapping.entries]


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_that_a_legend_gives_its_colours_and_names(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read(tmp_path / name) == [ROAD, CAR]
    assert find_legend(tmp_path) == tmp_path / name
    mapping = find_mapping(tmp_path)
    assert mapping is not None
    assert mapping.problems == ()


def test_that_every_legend_of_the_table_is_tested() -> None:
    names = {name for name, _ in TEXTS} | {"config_v1.2.json"}
    assert all(any(each.is_named(name) for name in names) for each in LEGENDS)


def test_that_a_class_of_mapillary_has_its_number_and_its_colour(
    tmp_path: Path,
) -> None:
    path = tmp_path / "config_v1.2.json"
    classes = [{"color": [128, 64, 128], "readable": "Road", "name": "flat--road"}]
    path.write_text(json.dumps({"labels": classes}))
    assert read(path) == [(None, (0,), "Road"), (None, (128, 64, 128), "Road")]


def test_that_grey_levels_are_values_of_one_number(tmp_path: Path) -> None:
    path = tmp_path / "mask_color_map.json"
    path.write_text('{"type": "grayscale", "colors": {"road": 7}}')
    assert read(path) == [(None, (7,), "road")]
    path = tmp_path / "x.labelmap.json"
    path.write_text('[{"value": 7, "labels": ["road"]}]')
    assert read(path) == [(None, (7,), "road")]
    path = tmp_path / "dataset_meta.json"
    path.write_text('{"label_map": {"7": "road"}}')
    assert read(path) == [(None, (7,), "road")]


def test_that_a_solo_frame_names_the_colours_of_each_mask(tmp_path: Path) -> None:
    path = tmp_path / "step0.frame_data.json"
    crate = {"labelName": "Crate", "pixelValue": [0, 255, 43, 255]}
    one = {"labelName": "Crate", "instanceId": 3, "color": [149, 255, 0, 255]}
    annotations = [
        {"filename": "step0.camera.semantic segmentation.png", "instances": [crate]},
        {"filename": "step0.camera.instance segmentation.png", "instances": [one]},
        {"values": []},
    ]
    capture = {"filename": "step0.camera.png", "annotations": annotations}
    path.write_text(json.dumps({"captures": [capture]}))
    assert read(path) == [
        ("semantic segmentation", (0, 255, 43, 255), "Crate"),
        ("instance segmentation", (149, 255, 0, 255), "Crate#3"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "line", "seen"),
    [
        ("labelmap.txt", "a:1,2,3::\nroad:1,2::\n", 2, "road:1,2"),
        ("labelmap.txt", "a:1,2,3::\n:1,2,3::\n", 2, "no name"),
        ("label_colors.txt", "1 2 3 a\n# x\n1 2 sky b\n", 3, "1 2 sky b"),
        ("label_colors.txt", "1 2 3 a\n1 2 99999 b\n", 2, "99999"),
        ("label_colors.txt", "1 2 3 a\n4 5 6\n", 2, "no name"),
        ("class_dict.csv", "name,r,g,b\na,1,2,3\nb,1,2\n", 3, "b,1,2"),
    ],
)
def test_that_a_line_that_cannot_be_read_is_named_and_the_rest_counts(
    tmp_path: Path, name: str, text: str, line: int, seen: str
) -> None:
    (tmp_path / name).write_text(text)
    mapping = read_legend(tmp_path / name)
    (problem,) = mapping.problems
    assert len(mapping.entries) == 1
    assert problem.uri == str(tmp_path / name)
    assert problem.place == f"line {line}"
    assert seen in problem.seen
    assert problem.hint


@pytest.mark.parametrize(
    ("name", "text", "seen"),
    [
        ("labelmap.txt", "", "no colour"),
        ("labelmap.txt", "what is this\n", "line 1"),
        ("class_dict.csv", "name,r,g\na,1,2\n", "without b"),
        ("mask_color_map.json", "[]", "colors"),
        ("mask_color_map.json", '{"type": "rgb"}', "colors"),
        ("dataset_meta.json", "{}", "label_map"),
        ("dataset_meta.json", '{"label_map": {"one": "a"}}', "'one'"),
        ("config_v2.0.json", '{"version": 1}', "labels"),
        ("labelmap.json", "{", "line 1"),
    ],
)
def test_that_a_legend_without_colours_is_an_error_that_names_it(
    tmp_path: Path, name: str, text: str, seen: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(FrameError, match=name.replace(".", r"\.")) as caught:
        read_legend(tmp_path / name)
    assert seen in str(caught.value)


def test_that_the_mask_legend_counts_before_all_others(tmp_path: Path) -> None:
    for name, text in reversed(TEXTS):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert find_legend(tmp_path) == tmp_path / "_mask_legend.json"
    (tmp_path / "_mask_legend.json").unlink()
    (tmp_path / "labelmap.json").unlink()
    assert find_legend(tmp_path) == tmp_path / "labelmap.txt"


def test_that_a_text_of_any_name_can_be_chosen_as_the_legend(tmp_path: Path) -> None:
    path = tmp_path / "my colours.txt"
    for _, text in [each for each in TEXTS if each[0].endswith((".txt", ".csv"))][:4]:
        path.write_text(text, encoding="utf-8")
        assert read(path) == [ROAD, CAR]


FRAME = {"sources": [{"id": "a", "uri": "a.png"}], "rois": [], "width": 4}
NO_LEGENDS = {
    "0001.json": json.dumps(FRAME),
    "list.json": json.dumps([FRAME, FRAME]),
    "labelmap.json": json.dumps(FRAME),
    "empty.json": "{}",
    "number.json": "7",
    "shapes.json": json.dumps(
        {
            "version": "5.0",
            "shapes": [{"label": "car", "points": [[1, 2]]}],
            "lineColor": [0, 255, 0, 128],
            "imagePath": "a.png",
        }
    ),
    "notes.txt": "to do: the second camera\n",
    "frames.jsonl": json.dumps(FRAME) + "\n",
    "a.png": "\x89PNG\r\n",
}


@pytest.mark.parametrize("name", NO_LEGENDS)
def test_that_a_file_that_is_no_legend_is_refused_by_its_name(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(NO_LEGENDS[name], encoding="latin-1")
    with pytest.raises(FrameError) as caught:
        read_chosen(path)
    problem = caught.value.problem
    kind = "a frame, not a legend" if "sources" in NO_LEGENDS[name] else "not a legend"
    if name != "frames.jsonl":
        assert problem.seen.startswith(f"{name} is {kind}")
    assert problem.uri == str(path)
    assert problem.hint == (
        "Choose a JSON, text or CSV file that gives colours their names"
    )


@pytest.mark.parametrize(
    "text",
    [
        '{"sources": [1, 2, 3]}',
        '{"sources": [{"value": [1, 2, 3], "labels": ["car"]}]}',
        '{"car": [1, 2, 3], "road": [4, 5, 6], "bad": null}',
    ],
)
def test_that_a_legend_of_another_name_is_chosen(tmp_path: Path, text: str) -> None:
    path = tmp_path / "colours of the team.json"
    path.write_text(text)
    assert read_chosen(path).entries[0].value == (1, 2, 3)
