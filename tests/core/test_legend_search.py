"""Which legend speaks of a frame's masks: the nearest one, within what was opened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from chromask.dataset.discover import list_frames
from chromask.dataset.query import Choice, FrameList
from chromask.workspace.opening import open_item
from scenes import write_scene

if TYPE_CHECKING:
    from pathlib import Path

LEGEND = "label_colors.txt"


def write(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (4, 3), (1, 2, 3)).save(path)
    return folder


def name_colors(folder: Path, label: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LEGEND
    path.write_text(f"1 2 3 {label}\n")
    return path


def labels(listed: FrameList, number: int = 0) -> list[str]:
    document = open_item(
        listed.items[number], listed.choice.legend, opened=listed.opened
    )
    entries = document.mapping.entries if document.mapping is not None else ()
    return [entry.labels[0] for entry in entries]


SPLIT = (
    "images/train/a.png",
    "images/val/b.png",
    "masks/train/a.png",
    "masks/val/b.png",
)


@pytest.mark.parametrize("place", ["", "masks", "masks/val", "images", "images/val"])
def test_that_a_legend_anywhere_above_the_frame_counts(
    tmp_path: Path, place: str
) -> None:
    legend = name_colors(write(tmp_path, *SPLIT) / place, "car")
    listed = list_frames(tmp_path)
    assert listed.report.legends == ((str(legend), 1),)
    assert labels(listed, 1) == ["car"]


def test_that_the_nearest_legend_counts(tmp_path: Path) -> None:
    write(tmp_path, *SPLIT)
    for place in ("", "masks", "masks/val"):
        name_colors(tmp_path / place, place or "root")
    listed = list_frames(tmp_path)
    assert [labels(listed, number) for number in (0, 1)] == [["masks"], ["masks/val"]]
    name_colors(tmp_path / "images/train", "of the image")
    assert labels(listed, 0) == ["masks"]


@pytest.mark.parametrize("start", ["in", "in/images", "in/images/a.png"])
def test_that_no_legend_is_looked_for_outside(tmp_path: Path, start: str) -> None:
    write(tmp_path, "in/images/a.png", "in/masks/a.png")
    name_colors(tmp_path, "of the parent")
    name_colors(tmp_path / "in/masks", "of the masks")
    (tmp_path / "in/images/a.json").write_text(
        json.dumps(
            {
                "sources": [
                    {
                        "id": "x",
                        "uri": "a.png",
                        "masks": [{"id": "00", "uri": "../masks/a.png"}],
                    }
                ]
            }
        )
    )
    own = tmp_path / "in/masks/a.labelmap.json"
    own.write_text('[{"value": [4, 5, 6], "labels": ["own"]}]')
    listed = list_frames(tmp_path / start)
    inside = start == "in"
    assert labels(listed) == (["own", "of the masks"] if inside else [])
    assert str(tmp_path / LEGEND) not in dict(listed.report.legends)


def test_that_an_allowed_folder_brings_its_legend(tmp_path: Path) -> None:
    write(tmp_path, "images/a.png", "masks/a.png")
    name_colors(tmp_path, "of the parent")
    legend = name_colors(tmp_path / "masks", "car")
    listed = list_frames(tmp_path / "images", Choice(allowed=(tmp_path / "masks",)))
    assert listed.report.legends == ((str(legend), 1),)
    assert labels(listed) == ["car"]


def test_that_a_chosen_legend_may_be_anywhere(tmp_path: Path) -> None:
    write(tmp_path, "in/a.png", "in/a_mask.png")
    legend = name_colors(tmp_path / "elsewhere", "car")
    assert labels(list_frames(tmp_path / "in", Choice(legend=legend))) == ["car"]


def test_that_a_frames_own_legend_counts_inside_alone(tmp_path: Path) -> None:
    path = write_scene(tmp_path / "in")
    listed = list_frames(path)
    name_colors(tmp_path, "of the parent")
    assert labels(listed) == []
    name_colors(tmp_path / "in", "car")
    assert labels(list_frames(path)) == ["car"]
