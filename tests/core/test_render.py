"""Drawing without a window: sampling, colour tables, and the picture of a frame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as PilImage

from chromask import render as render_module
from chromask.census import take_census
from chromask.cli import main
from chromask.errors import FrameError
from chromask.opening import open_document
from chromask.render import (
    Display,
    color_table,
    outline,
    render_frame,
    render_small,
    sample,
)
from scenes import CAR, ROAD, SKY, STRAY, read_pixels, roi, scene_mask, write_scene

if TYPE_CHECKING:
    from pathlib import Path

KEY = "front/seg"


@given(
    dtype=st.sampled_from([np.uint8, np.uint16, np.uint32]),
    scale=st.sampled_from([1 / 64, 1 / 7, 1 / 3, 1.0, 1.5, 4.0, 9.25]),
    share=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
)
def test_that_sampling_takes_the_pixel_under_each_screen_pixel(
    dtype: type, scale: float, share: tuple[float, float], size: tuple[int, int]
) -> None:
    rows, cols = size
    height, width = int(rows * scale) + 5, int(cols * scale) + 5
    indices = np.arange(height * width, dtype=np.uint32).reshape(height, width)
    indices = indices.astype(dtype)
    # Multiples of 1/8 keep the sums exact: no pixel lies on a border by rounding alone.
    row0 = round(share[0] * (height - rows * scale) * 8) / 8
    col0 = round(share[1] * (width - cols * scale) * 8) / 8
    row0, col0 = min(row0, height - rows * scale), min(col0, width - cols * scale)
    at_rows = np.floor(row0 + (np.arange(rows) + 0.5) * scale)
    at_cols = np.floor(col0 + (np.arange(cols) + 0.5) * scale)
    on_border = np.isclose((row0 + (np.arange(rows) + 0.5) * scale) % 1, 0, atol=0.01)
    beside = np.isclose((col0 + (np.arange(cols) + 0.5) * scale) % 1, 0, atol=0.01)
    expected = indices[at_rows.astype(int)[:, None], at_cols.astype(int)]
    found = sample(indices, scale, row0, col0, rows, cols)

    assert found.dtype == dtype
    assert found.shape == (rows, cols)
    clear = ~on_border[:, None] & ~beside
    assert (found == expected)[clear].all()


@given(
    dtype=st.sampled_from([np.uint8, np.uint16, np.uint32]),
    scale=st.sampled_from([1 / 8, 0.2, 1 / 3, 1.0, 1.1, 2.0, 2.4, 4.0]),
    start=st.tuples(st.integers(0, 80), st.integers(0, 80)),
    cut=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_that_a_part_is_sampled_as_in_the_whole(
    dtype: type, scale: float, start: tuple[int, int], cut: tuple[int, int]
) -> None:
    """Whole rows lie on borders at such places; the pieces must fit where they meet."""
    indices = np.arange(220 * 220, dtype=np.uint32).reshape(220, 220).astype(dtype)
    row0, col0 = start[0] * scale / 2, start[1] * scale / 2
    whole = sample(indices, scale, row0, col0, 40, 40)
    at = row0 + cut[0] * scale, col0 + cut[1] * scale
    part = sample(indices, scale, *at, 40 - cut[0], 40 - cut[1])
    assert (part == whole[cut[0] :, cut[1] :]).all()


def test_that_sampling_takes_sides_beyond_what_opencv_can() -> None:
    indices = np.zeros((2, 40_000), np.uint8)
    indices[:, 39_000:] = 7
    found = sample(indices, 40.0, 0.0, 0.0, 1, 1000)
    assert (found[0] == np.where(np.arange(1000) >= 975, 7, 0)).all()


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
