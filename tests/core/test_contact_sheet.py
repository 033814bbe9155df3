"""The contact sheet: every frame small, with its masks over it, whatever is wrong with some."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.cli import main
from chromask.counts.pixel_counts import take_census
from chromask.dataset.discover import list_frames
from chromask.drawing.display import Display
from chromask.drawing.render import render_frame, render_small
from chromask.workspace.contact_sheet import (
    MARGIN,
    PICTURE_RC,
    quiet_masks,
    shown_labels,
)
from chromask.workspace.opening import open_document, open_item
from scenes import CAR, PIXELS, ROAD, read_pixels, scene_mask, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.document.document import Document


def test_that_a_small_picture_shows_what_the_large_one_shows(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path))
    census = take_census(document.frame, document.planes)
    large = render_frame(document, census, Display(1.0))
    small = render_small(document, census, Display(1.0), 20, 300)
    assert small.shape == (20, 30, 3)
    assert (small == large[1::2, 1::2]).mean() > 0.97
    huge = render_small(document, census, Display(1.0), 400, 600)
    assert np.array_equal(huge, large.repeat(10, axis=0).repeat(10, axis=1))


def test_that_a_sheet_has_a_cell_for_each_frame_and_goes_on_after_a_bad_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    for number in range(5):
        write_scene(data, name=f"f{number}")
    (data / "f3.json").write_text('{"sources": [')
    output = tmp_path / "sheet.png"
    assert main(["contact-sheet", str(data), "-o", str(output), "--columns", "2"]) == 0
    sheet = read_pixels(output)
    rows, cols = PICTURE_RC
    assert sheet.shape[0] > 3 * rows
    assert 2 * cols < sheet.shape[1] < 3 * cols
    said = capsys.readouterr().err
    assert "5 frames" in said
    assert "f3.json: error: " in said
    assert "f2.json" not in said.partition("\n")[2]


@pytest.mark.parametrize("error", [ZeroDivisionError("odd"), MemoryError()])
def test_that_a_frame_that_fails_unforeseen_gets_a_cell_and_the_sheet_is_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    data, output = tmp_path / "data", tmp_path / "sheet.png"
    for number in range(3):
        write_scene(data, name=f"f{number}")
    command = ["contact-sheet", str(data), "-o", str(output), "--columns", "3"]
    assert main(command) == 0
    whole = read_pixels(output).astype(int)

    def fail(document: Document, *rest: Any) -> Any:
        if "f1" in str(document.path):
            raise error
        return render_small(document, *rest)

    monkeypatch.setattr("chromask.workspace.contact_sheet.render_small", fail)
    assert main(command) == 0
    sheet = read_pixels(output).astype(int)
    width = PICTURE_RC[1] + MARGIN
    differs = (sheet != whole).any(axis=(0, 2))
    assert differs[width : 2 * width].any()
    assert not differs[:width].any()
    assert not differs[2 * width + MARGIN :].any()
    kind = type(error).__name__
    assert f"f1.json: error: {data / 'f1.json'}: it cannot be drawn: {kind}" in (
        capsys.readouterr().err
    )


def test_that_a_mask_of_another_size_is_drawn_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, output = tmp_path / "data", tmp_path / "sheet.png"
    for number in range(2):
        write_scene(data, name=f"f{number}")
    PilImage.fromarray(scene_mask()[:25]).save(data / "f1_seg.png")
    assert main(["contact-sheet", str(data), "-o", str(output)]) == 0
    sheet = read_pixels(output)
    left, right = (sheet[: PICTURE_RC[0], at : at + 320] for at in (10, 340))
    assert np.array_equal(left[:120], right[:120])
    assert not np.array_equal(left[170:], right[170:])
    said = capsys.readouterr().err
    assert "f1.json: warning: " in said
    assert "the mask is 60 x 25 pixels, its source 60 x 40" in said


def test_that_labels_of_rois_and_legends_are_shown_by_their_pixels(
    tmp_path: Path,
) -> None:
    document = open_document(write_scene(tmp_path))
    census = take_census(document.frame, document.planes)
    assert [
        (each.name, each.rgb, each.pixels) for each in shown_labels(document, census)
    ] == [
        ("road", ROAD, PIXELS[ROAD]),
        ("car", CAR, PIXELS[CAR]),
    ]
    (tmp_path / "scene.json").unlink()
    (tmp_path / "labelmap.txt").write_text("car:0,0,142::\n")
    document = open_item(list_frames(tmp_path).items[0])
    census = take_census(document.frame, document.planes, document.mapping)
    assert [each.name for each in shown_labels(document, census)] == ["car"]
    assert quiet_masks(document, census) == frozenset()


def test_that_info_tells_every_frame_of_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        write_scene(tmp_path, name=f"f{number}")
    assert main(["info", str(tmp_path), "--json"]) == 0
    frames = json.loads(capsys.readouterr().out)["frames"]
    assert [frame["uri"] for frame in frames] == [
        str(tmp_path / f"f{number}.json") for number in range(3)
    ]
