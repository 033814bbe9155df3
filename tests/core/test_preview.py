"""Previews of sources: read where the source is gone, drawn at the source's size, and said to be one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.cli import main
from chromask.counts.pixel_counts import take_census
from chromask.document.constraints import Constraints
from chromask.document.painting import Painter, find_target
from chromask.document.preview import load_preview, shown_image, source_size
from chromask.drawing.display import Display
from chromask.drawing.render import render_frame, render_small
from chromask.errors import EditError, MediaError
from chromask.pixels.raster import Patch
from chromask.workspace.opening import open_document
from scenes import CAR, COLS, ROWS, read_pixels, write_scene
from videos import make_video

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.document.document import Document

LEFT, RIGHT = (250, 10, 10), (10, 10, 250)


def write_halves(path: Path, rows: int, cols: int) -> None:
    """Write a picture whose left half is red and whose right half is blue."""
    pixels = np.empty((rows, cols, 3), np.uint8)
    pixels[:, : cols // 2], pixels[:, cols // 2 :] = LEFT, RIGHT
    PilImage.fromarray(pixels).save(path)


def write_lost(folder: Path, preview: Any = "small.png", **source: Any) -> Path:
    """Write the scene without its image, with a preview of a fifth of its size."""
    path = write_scene(folder)
    (folder / "scene.png").unlink()
    write_halves(folder / "small.png", ROWS // 5, COLS // 5)
    frame = json.loads(path.read_text())
    found = {**frame["sources"][0], "preview": preview, **source}
    frame["sources"][0] = {key: item for key, item in found.items() if item is not None}
    path.write_text(json.dumps(frame))
    return path


def severities(document: Document) -> list[str]:
    return [problem.severity for problem in document.problems]


@pytest.mark.parametrize(
    "preview", ["small.png", {"uri": "small.png"}, {"uri": "small.png", "timestamp": 5}]
)
def test_that_the_preview_of_a_source_that_is_gone_is_shown_and_named(
    tmp_path: Path, preview: Any
):
    document = open_document(write_lost(tmp_path, preview))

    found = shown_image(document, "front")
    assert found is not None
    assert (found.is_preview, found.size) == (True, (ROWS, COLS))
    assert document.images == {}
    assert severities(document) == ["error", "warning"]
    assert "its preview small.png is shown instead" in document.problems[1].seen
    assert document.problems[1].place == "source front"


def test_that_a_preview_that_cannot_be_read_either_is_a_warning(tmp_path: Path):
    document = open_document(write_lost(tmp_path, "nowhere.png"))

    assert shown_image(document, "front") is None
    assert severities(document) == ["error", "warning"]
    assert document.problems[1].place == "preview of source front"
    assert document.problems[1].uri == "nowhere.png"


def test_that_no_preview_is_read_of_a_source_that_can_be(tmp_path: Path):
    path = write_scene(tmp_path)
    frame = json.loads(path.read_text())
    frame["sources"][0]["preview"] = "nowhere.png"
    path.write_text(json.dumps(frame))

    document = open_document(path)

    assert (document.problems, document.previews) == ((), {})
    found = shown_image(document, "front", wants_preview=True)
    assert found is not None
    assert not found.is_preview


def test_that_a_preview_that_was_asked_for_stands_at_the_sources_own_size(
    tmp_path: Path,
):
    path = write_scene(tmp_path)
    write_halves(tmp_path / "odd.png", 7, 5)
    frame = json.loads(path.read_text())
    frame["sources"][0] |= {"preview": {"uri": "odd.png"}, "width": 9, "height": 9}
    path.write_text(json.dumps(frame))
    document = open_document(path)
    document.previews["front"] = load_preview(document.frame.sources[0], tmp_path)

    wanted = shown_image(document, "front", wants_preview=True)
    other = shown_image(document, "front")
    assert wanted is not None
    assert other is not None
    assert (wanted.is_preview, wanted.size) == (True, (ROWS, COLS))
    assert (other.is_preview, other.size) == (False, (ROWS, COLS))


@pytest.mark.parametrize(
    ("source", "preview_rc", "size"),
    [
        # The declared size, and where there is none that of the mask.
        ({"width": 120, "height": 80}, (8, 12), (80, 120)),
        ({"width": None, "height": None}, (8, 12), (ROWS, COLS)),
        ({"width": 120, "height": None}, (8, 12), (ROWS, COLS)),
        # A size from before an image was turned upright: the mask is of the preview's shape.
        ({"width": ROWS, "height": COLS}, (8, 12), (ROWS, COLS)),
        # A mask that is lower than its source does not squeeze the preview.
        ({"width": COLS, "height": 2 * ROWS}, (16, 12), (2 * ROWS, COLS)),
        # Neither has the preview's shape.
        ({"width": 90, "height": 90}, (8, 24), (90, 90)),
        # What no image can have.
        ({"width": 10**6, "height": 10**6}, (8, 12), (ROWS, COLS)),
        # Without any size, the preview's own.
        ({"width": None, "height": None, "masks": []}, (8, 12), (8, 12)),
    ],
)
def test_that_a_preview_stands_at_the_size_of_its_source(
    tmp_path: Path,
    source: dict[str, Any],
    preview_rc: tuple[int, int],
    size: tuple[int, int],
):
    path = write_lost(tmp_path, **source)
    write_halves(tmp_path / "small.png", *preview_rc)

    document = open_document(path)

    found = shown_image(document, "front")
    assert found is not None
    assert found.size == size
    census = take_census(document.frame, document.planes)
    assert render_frame(document, census, Display()).shape == (*size, 3)


def test_that_a_preview_may_be_a_video(tmp_path: Path):
    path = write_lost(tmp_path, {"uri": "small.mp4", "content_type": "video/mp4"})
    make_video(tmp_path / "small.mp4", count=3)

    document = open_document(path)

    found = shown_image(document, "front")
    assert found is not None
    assert found.image.pixels.shape == (48, 64, 3)
    assert found.size == (ROWS, COLS)


def test_that_the_mask_lies_on_the_preview_as_on_the_source(tmp_path: Path):
    document = open_document(write_lost(tmp_path))
    census = take_census(document.frame, document.planes)

    whole = render_frame(document, census, Display(opacity=1.0))
    below = render_frame(document, census, Display(opacity=0.0))
    small = render_small(document, census, Display(opacity=0.0), 20, 30)

    assert (whole[22:28, 10:20] == CAR).all()
    assert (below[:, : COLS // 2 - 3] == LEFT).all()
    assert (below[:, COLS // 2 + 3 :] == RIGHT).all()
    assert small.shape == (20, 30, 3)
    assert (small[:, :13] == LEFT).all()
    assert (small[:, 17:] == RIGHT).all()


def test_that_the_command_line_draws_the_preview_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path, picture = write_lost(tmp_path), tmp_path / "out.png"

    assert main(["render", str(path), "-o", str(picture), "--opacity", "0"]) == 0
    assert "preview small.png is shown instead" in capsys.readouterr().err
    assert tuple(read_pixels(picture)[5, 5]) == LEFT
    assert main(["contact-sheet", str(path), "-o", str(picture)]) == 0
    assert "preview small.png is shown instead" in capsys.readouterr().err
    assert main(["info", str(path)]) == 0
    out = capsys.readouterr().out
    assert f"preview small.png  {COLS // 5} x {ROWS // 5}" in out
    assert main(["info", str(path), "--json"]) == 0
    (frame,) = json.loads(capsys.readouterr().out)["frames"]
    assert frame["sources"] == [
        {
            "id": "front",
            "uri": "scene.png",
            "size": None,
            "preview": "small.png",
            "shown": "preview",
        }
    ]


def test_that_a_mask_is_painted_over_a_preview(tmp_path: Path):
    document = open_document(write_lost(tmp_path))
    census = take_census(document.frame, document.planes)
    target = find_target(document, census, 0, "front")

    with document.edit("Paint") as edit:
        painter = Painter(edit, document, census, target, Constraints())
        painter.paint(Patch(0, 0, np.ones((2, 3), np.bool_)))

    assert take_census(document.frame, document.planes).rois[0].pixels == 66


def test_that_a_new_mask_over_a_preview_has_the_declared_size_or_is_refused(
    tmp_path: Path,
):
    known = open_document(write_lost(tmp_path / "a", masks=[], width=90, height=30))
    unknown = open_document(write_lost(tmp_path / "b", masks=[], width=None, height=30))
    census = take_census(known.frame, known.planes)

    target = find_target(known, census, 0, "front")
    with known.edit("Paint") as edit:
        painter = Painter(edit, known, census, target, Constraints())
        painter.paint(Patch(0, 0, np.ones((2, 3), np.bool_)))

    (plane,) = known.planes.values()
    assert (plane.rows, plane.cols) == (30, 90)
    assert source_size(unknown, "front") is None
    with pytest.raises(EditError, match="width and height"):
        find_target(unknown, take_census(unknown.frame, unknown.planes), 0, "front")


def test_that_a_preview_says_what_keeps_it_from_being_read(tmp_path: Path):
    document = open_document(write_lost(tmp_path))
    (tmp_path / "small.png").write_bytes(b"no picture")

    with pytest.raises(MediaError):
        load_preview(document.frame.sources[0], tmp_path)


def test_that_the_published_case_shows_its_preview(real_data: Path):
    document = open_document(real_data / "cases" / "preview_only" / "f.json")

    found = shown_image(document, "default")
    assert found is not None
    assert found.is_preview
