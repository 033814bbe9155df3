"""Drawing without a window: sampling, colour tables, and the picture of a frame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.cli import main
from chromask.counts.pixel_counts import take_census
from chromask.document.document import Document
from chromask.drawing import render as render_module
from chromask.drawing.render import (
    Display,
    color_table,
    outline,
    render_frame,
    render_small,
)
from chromask.errors import FrameError
from chromask.media import Image
from chromask.pixels.plane import MaskFormat, build_plane
from chromask.workspace.opening import open_document
from scenes import CAR, ROAD, SKY, STRAY, read_pixels, roi, scene_mask, write_scene

if TYPE_CHECKING:
    from pathlib import Path

KEY = "front/seg"


def test_that_an_outline_is_the_inner_border_and_open_at_the_edge() -> None:
    inside = np.zeros((6, 6), np.bool_)
    inside[1:5, 1:6] = True
    expected = inside.copy()
    expected[2:4, 2:6] = False
    assert (outline(inside) == expected).all()


def test_that_hidden_solo_and_background_decide_what_is_drawn(tmp_path: Path) -> None:
    mask = scene_mask()
    mask[0, 0] = 0
    document = open_document(write_scene(tmp_path, mask=mask))
    census = take_census(document.frame, document.planes)
    plane = document.planes[KEY]

    def drawn(**options: object) -> set[tuple[int, ...]]:
        table = color_table(KEY, plane, census, Display(**options))
        values = {plane.value(index) for index in np.flatnonzero(table)}
        assert all(
            int(table[index]) == 0xFF000000 | r << 16 | g << 8 | b
            for index in np.flatnonzero(table).tolist()
            for r, g, b in [plane.value(index)]
        )
        return values

    assert drawn() == {CAR, ROAD, SKY, STRAY}
    assert drawn(hidden_rois=frozenset([0])) == {ROAD, SKY, STRAY}
    assert drawn(solo=0) == {CAR}


def test_that_the_value_of_zeros_is_drawn_when_a_roi_claims_it(tmp_path: Path) -> None:
    mask = np.zeros((4, 4, 3), np.uint8)
    document = open_document(
        write_scene(tmp_path, [roi(["black"], (0, 0, 0))], mask=mask)
    )
    census = take_census(document.frame, document.planes)
    table = color_table(KEY, document.planes[KEY], census, Display())
    assert table.tolist() == [0xFF000000]


def test_that_a_rendered_frame_is_source_and_mask_mixed(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path))
    census = take_census(document.frame, document.planes)
    source = read_pixels(tmp_path / "scene.png").astype(float)
    expected = 0.25 * scene_mask() + 0.75 * source
    picture = render_frame(document, census, Display(0.25))

    assert np.abs(picture - expected).max() <= 0.51
    hidden = render_frame(document, census, Display(hidden_masks=frozenset([KEY])))
    assert (hidden == source).all()


def test_that_a_missing_source_is_grey_of_the_masks_size(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene.png").unlink()
    document = open_document(path)
    census = take_census(document.frame, document.planes)
    picture = render_frame(document, census, Display(1.0))
    assert (picture == scene_mask()).all()
    assert (render_frame(document, census, Display(0.0)) == 128).all()


def test_that_nothing_to_draw_is_an_error_that_says_why(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene.png").unlink()
    (tmp_path / "scene_seg.png").unlink()
    document = open_document(path)
    census = take_census(document.frame, document.planes)
    with pytest.raises(FrameError, match="neither source front nor a mask"):
        render_frame(document, census, Display())
    with pytest.raises(FrameError, match="no source 'rear'"):
        render_frame(document, census, Display(), "rear")


def write_masks(
    folder: Path, source_rc: tuple[int, int], masks_rc: list[tuple[int, int]], mode: str
) -> Path:
    """Write a source and masks of other sizes, each of one value; returns the frame."""
    rng = np.random.default_rng(len(masks_rc))
    picture = rng.integers(0, 256, (*source_rc, 3), np.uint8)
    PilImage.fromarray(picture).save(folder / "a.png")
    masks = []
    for number, (rows, cols) in enumerate(masks_rc):
        if mode == "RGBA":
            pixels = np.zeros((rows, cols, 4), np.uint8)
            pixels[..., 3] = 40 * (number + 1)
        else:
            pixels = np.full((rows, cols, 3), (number + 1, 90, 30), np.uint8)
        PilImage.fromarray(pixels).save(folder / f"m{number}.png")
        masks.append({"id": f"m{number}", "uri": f"m{number}.png"})
    rois = [
        {"label": [f"roi{n}"], "mask": {"id": f"m{n}", "value": [n + 1, 90, 30]}}
        for n in range(len(masks_rc))
    ]
    frame = {"sources": [{"id": "s", "uri": "a.png", "masks": masks}], "rois": rois}
    path = folder / "a.json"
    path.write_text(json.dumps(frame))
    return path


SIZES = [
    pytest.param((8, 8), [(4, 8)], id="lower"),
    pytest.param((8, 8), [(8, 4)], id="narrower"),
    pytest.param((8, 8), [(1, 8)], id="one row"),
    pytest.param((8, 8), [(8, 1)], id="one column"),
    pytest.param((8, 8), [(1, 1)], id="one pixel"),
    pytest.param((8, 8), [(3, 20)], id="lower and wider"),
    pytest.param((8, 8), [(20, 3)], id="higher and narrower"),
    pytest.param((8, 8), [(50, 70)], id="larger"),
    pytest.param((1, 9), [(9, 1)], id="across"),
    pytest.param((900, 700), [(1, 1), (3, 900), (700, 2)], id="tiny ones of a large"),
    pytest.param((8, 8), [(4, 8), (8, 4), (12, 2), (8, 8), (1, 1)], id="several"),
]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize(("source", "masks"), SIZES)
def test_that_masks_of_other_sizes_are_drawn_from_the_top_left_corner(
    tmp_path: Path,
    source: tuple[int, int],
    masks: list[tuple[int, int]],
    mode: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(render_module, "BAND_PIXELS", 24)
    path = write_masks(tmp_path, source, masks, mode)
    document = open_document(path)
    census = take_census(document.frame, document.planes)
    expected = read_pixels(tmp_path / "a.png").astype(float)
    for ref in document.frame.masks():
        plane = document.planes[ref.key]
        rows, cols = min(source[0], plane.rows), min(source[1], plane.cols)
        table = color_table(ref.key, plane, census, Display())[
            plane.indices[:rows, :cols]
        ]
        alpha = ((table >> 24) / 255 * 0.5)[..., None]
        colors = np.stack([table >> 16 & 255, table >> 8 & 255, table & 255], axis=-1)
        below = expected[:rows, :cols]
        expected[:rows, :cols] = np.rint(alpha * colors + (1 - alpha) * below)
    picture = render_frame(document, census, Display(0.5))
    assert picture.shape == (*source, 3)
    assert np.abs(picture - expected).max() <= len(masks)
    if mode == "RGB":
        assert (picture != read_pixels(tmp_path / "a.png")).any()
        alone = render_frame(document, census, Display(1.0, solo=0))
        rows, cols = min(source[0], masks[0][0]), min(source[1], masks[0][1])
        assert (alone[:rows, :cols] == (1, 90, 30)).all()
        rest = alone.copy()
        rest[:rows, :cols] = read_pixels(tmp_path / "a.png")[:rows, :cols]
        assert (rest == read_pixels(tmp_path / "a.png")).all()
    for box in ((5, 5), (1, 40), (300, 300)):
        small = render_small(document, census, Display(0.5), *box)
        assert 1 <= small.shape[0] <= box[0]
        assert 1 <= small.shape[1] <= box[1]


def test_that_the_command_draws_a_lower_mask_and_says_that_the_sizes_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_masks(tmp_path, (8, 8), [(4, 8)], "RGB")
    out = tmp_path / "out.png"
    assert main(["render", str(path), "-o", str(out), "--opacity", "1"]) == 0
    assert (read_pixels(out)[:4] == (1, 90, 30)).all()
    said = capsys.readouterr().err
    assert "a.json" in said
    assert "the mask is 8 x 4 pixels, its source 8 x 8" in said


@pytest.mark.parametrize(("rows", "cols"), [(777, 1001), (1001, 13), (5, 7), (64, 64)])
def test_that_source_and_mask_agree_to_the_pixel_when_drawn_small(
    tmp_path: Path, rows: int, cols: int
) -> None:
    """The mean of a device pixel is bright where its middle is: where the mask is bright."""
    frame = open_document(write_scene(tmp_path, [])).frame
    for axis, size in enumerate((rows, cols)):
        for border in sorted({1, size // 3, size // 2, size - 3, size - 1}):
            bright = np.ones((rows, cols, 3), np.uint8)
            bright[(slice(None),) * axis + (slice(border, None),)] = 255
            plane = build_plane(bright, MaskFormat("PNG", "RGB", 8, 3, 255))
            images = {"front": Image(bright, "RGB", "front.png")}
            document = Document(frame, {KEY: plane}, images)
            census = take_census(document.frame, document.planes)
            hidden = Display(hidden_masks=frozenset([KEY]))
            source = render_small(document, census, hidden, 64, 64)
            mask = render_small(document, census, Display(1.0), 64, 64)
            # Half a pixel on either side is no majority.
            clear = np.abs(source.astype(int) - 128) > 3
            assert np.array_equal((source > 128)[clear], (mask > 128)[clear])
            assert clear.any()
