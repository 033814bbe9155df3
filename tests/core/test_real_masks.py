"""Every mask of the real data against what others measured on it."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromask.media import (
    encode_new_png,
    load_mask,
    load_source,
    read_image,
    write_png,
)
from chromask.pixels.plane import expand


def _pairs() -> list[dict]:
    named = os.environ.get("CHROMASK_REAL_DATA")
    if not named:
        return []
    manifest = json.loads((Path(named) / "data" / "MANIFEST.json").read_text("utf-8"))
    return [pair for dataset in manifest["datasets"] for pair in dataset["pairs"]]


MASKS = [
    pytest.param(mask, id=mask["path"]) for pair in _pairs() for mask in pair["masks"]
]
IMAGES = [
    pytest.param(pair, id=pair["image"]) for pair in _pairs() if pair.get("image")
]


def _expected(measured: dict) -> list[tuple[tuple[int, ...], int]]:
    def value(entry: dict) -> tuple[int, ...]:
        if measured["value_kind"] == "index":
            return tuple(entry["rgb"])
        found = entry["v"]
        if measured["value_kind"] == "bit":
            found *= 255  # measured as stored; a reader shows PNG's one bit as 0 or 255
        return tuple(found) if isinstance(found, list) else (int(found),)

    return sorted((value(entry), entry["px"]) for entry in measured["values"])


@pytest.mark.parametrize("mask", MASKS)
def test_that_a_plane_has_the_measured_values_and_counts(mask, real_data):
    measured = mask["measured"]

    loaded = load_mask(real_data / "data" / mask["path"], uri=mask["path"])

    plane = loaded.plane
    used = np.flatnonzero(plane.pixels)
    found = sorted((plane.value(i)[:4], int(plane.pixels[i])) for i in used.tolist())
    assert loaded.sha256 == mask["sha256"]
    assert plane.format.mode == measured["mode"]
    assert [plane.cols, plane.rows] == measured["size"]
    assert plane.pixels.sum() == plane.rows * plane.cols
    assert len(used) == measured["distinct"]
    if measured["values_truncated"]:
        assert set(_expected(measured)) <= set(found)
    else:
        assert found == _expected(measured)


@pytest.mark.parametrize("mask", MASKS)
def test_that_a_png_written_back_has_its_mode_and_pixels(mask, real_data):
    if mask["measured"]["format"] != "PNG":
        pytest.skip("not a PNG")
    path = real_data / "data" / mask["path"]
    data = path.read_bytes()

    written = write_png(load_mask(path, uri=mask["path"]).plane, data)

    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(written))
    assert after.mode == before.mode
    assert np.array_equal(np.asarray(after), np.asarray(before))
    assert after.getpalette() == before.getpalette()
    assert after.info == before.info


@pytest.mark.parametrize("mask", MASKS)
def test_that_a_plane_expands_to_what_pillow_reads(mask, real_data):
    path = real_data / "data" / mask["path"]
    plane = load_mask(path, uri=mask["path"]).plane

    with Image.open(path) as picture:
        pixels = np.asarray(picture)
    if pixels.dtype == np.bool_:
        pixels = np.where(pixels, 255, 0)
    assert np.array_equal(expand(plane, 0, plane.rows), pixels)


@pytest.mark.parametrize("pair", IMAGES)
def test_that_an_image_has_its_size_as_people_see_it(pair, real_data):
    cols, rows = pair["image_info"]["size"]
    turned = pair["image_info"].get("exif_orientation", 1)

    image = read_image(real_data / "data" / pair["image"], uri=pair["image"])

    assert image.orientation == turned
    assert image.pixels.shape[:2] == ((cols, rows) if turned >= 5 else (rows, cols))


def test_that_a_mask_from_a_video_is_a_lossy_plane_of_its_frame(real_data):
    path = real_data / "data/example1_video/videos/example1_seg.mp4"

    plane = load_mask(path, "video/mp4", 500, uri="seg.mp4").plane

    shown = load_source(path, "video/mp4", 500, uri="seg.mp4")
    assert np.array_equal(expand(plane, 0, plane.rows), shown.pixels)
    assert plane.format.lossy
    assert plane.format.container == "VIDEO"
    assert encode_new_png(plane).startswith(b"\x89PNG")
