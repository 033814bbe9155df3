"""Histograms of images: every count against numpy, the fitted window, samples and bands."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chromask.drawing import histogram as module
from chromask.drawing.histogram import binned, count_levels, fitted_window, sample_step
from chromask.media import load_source


def counted(levels: np.ndarray[Any, Any], depth: int) -> list[int]:
    return [int(n) for n in np.histogram(levels, np.arange(depth + 1) - 0.5)[0]]


def grey_of(pixels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """BT.601 in floats; weights and rounding as Pillow's, so exact where no tie is near."""
    red, green, blue = (pixels[..., n].astype(np.float64) for n in range(3))
    return np.floor((red * 19595 + green * 38470 + blue * 7471) / 65536 + 0.5)


def noise(*shape: int, depth: int = 8) -> np.ndarray[Any, Any]:
    kind = np.uint8 if depth == 8 else np.uint16
    return np.random.default_rng(5).integers(0, 2**depth, shape, kind)


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("channels", [3, 4])
def test_that_colours_are_counted_by_channel_and_luminance(
    depth: int, channels: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Bands of three rows, the last one shorter.
    monkeypatch.setattr(module, "BAND_PIXELS", 60)
    pixels = noise(31, 20, channels, depth=depth)

    found = count_levels(pixels)

    for channel in range(3):
        wanted = counted(pixels[..., channel], 2**depth)
        assert found.channels[channel].tolist() == wanted
    assert len(found.channels) == 3
    assert found.luminance.tolist() == counted(grey_of(pixels), 2**depth)
    assert (found.pixels, found.counted, found.is_exact) == (620, 620, True)
    assert found.maximum == 2**depth - 1


@pytest.mark.parametrize("depth", [8, 16])
def test_that_grey_has_one_channel_which_is_its_luminance(depth: int) -> None:
    pixels = noise(7, 9, depth=depth)

    found = count_levels(pixels)

    assert found.channels.tolist() == [counted(pixels, 2**depth)]
    assert found.luminance.tolist() == counted(pixels, 2**depth)


def test_that_white_is_the_highest_luminance() -> None:
    for kind, most in ((np.uint8, 255), (np.uint16, 65535)):
        found = count_levels(np.full((2, 2, 3), most, kind))
        assert int(found.luminance[most]) == 4


def test_that_a_sample_counts_every_so_many_rows_and_columns() -> None:
    pixels = noise(50, 70)

    found = count_levels(pixels, step=3)

    assert found.channels[0].tolist() == counted(pixels[::3, ::3], 256)
    assert (found.pixels, found.counted, found.is_exact) == (3500, 17 * 24, False)


def test_that_a_large_image_is_sampled_and_a_small_one_is_not() -> None:
    small, large = np.zeros((400, 600), np.uint8), np.zeros((8192, 8192), np.uint8)

    assert sample_step(small) == 1
    assert 100_000 < large[:: sample_step(large), :: sample_step(large)].size < 600_000


def test_that_counting_ends_between_bands_when_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "BAND_PIXELS", 10)
    asked: list[int] = []

    def is_cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    found = count_levels(noise(10, 10), is_cancelled=is_cancelled)

    assert (found.counted, found.is_exact) == (20, False)


def test_that_the_window_fits_what_the_image_uses_but_for_dead_pixels() -> None:
    pixels = np.full((100, 100), 120, np.uint8)
    pixels[:50] = 40
    pixels[0, 0], pixels[0, 1] = 0, 255

    assert count_levels(pixels).span() == (0, 255)
    assert fitted_window(count_levels(pixels)) == (40, 120)


@pytest.mark.parametrize(
    ("level", "window"), [(0, (0, 1)), (9, (9, 10)), (255, (254, 255))]
)
def test_that_the_window_of_an_even_image_is_one_level_wide(
    level: int, window: tuple[int, int]
) -> None:
    assert fitted_window(count_levels(np.full((4, 4), level, np.uint8))) == window


def test_that_bins_sum_levels() -> None:
    counts = np.arange(12, dtype=np.int64)

    assert binned(counts, 4).tolist() == [6, 22, 38]
    with pytest.raises(ValueError, match="reshape"):
        binned(counts, 5)


def _images() -> list[Any]:
    named = os.environ.get("CHROMASK_REAL_DATA")
    if not named:
        return []
    manifest = json.loads((Path(named) / "data" / "MANIFEST.json").read_text("utf-8"))
    pairs = [pair for dataset in manifest["datasets"] for pair in dataset["pairs"]]
    return [
        pytest.param(pair["image"], id=pair["image"])
        for pair in pairs
        if pair.get("image")
    ]


@pytest.mark.parametrize("name", _images())
def test_that_real_images_are_counted_as_numpy_counts_them(
    name: str, real_data: Path
) -> None:
    pixels = load_source(real_data / "data" / name, uri=name).pixels
    found = count_levels(pixels)
    depth = 256 if pixels.dtype == np.uint8 else 65536

    planes = [pixels] if pixels.ndim == 2 else [pixels[..., n] for n in range(3)]
    assert [row.tolist() for row in found.channels] == [
        counted(plane, depth) for plane in planes
    ]
    grey = pixels if pixels.ndim == 2 else grey_of(pixels)
    assert found.luminance.tolist() == counted(grey, depth)
