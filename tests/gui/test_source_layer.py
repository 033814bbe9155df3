"""The source on the canvas: what it keeps in memory beside its pixels."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QRect

from chromask.drawing.sampling import Axis
from chromask_gui.canvas import source_layer
from chromask_gui.canvas.source_layer import SourceLayer


def test_that_a_large_step_to_a_small_size_is_not_kept(monkeypatch) -> None:
    monkeypatch.setattr(source_layer, "KEPT_BYTES", 32 * 32)
    pixels = np.random.default_rng(1).integers(0, 255, (128, 128), dtype=np.uint8)
    source = SourceLayer(pixels)
    small, shrink = source._level(8.0)
    assert (small.shape, shrink) == ((16, 16), 8)
    assert sorted(source._levels) == [0, 2, 3]
    half, shrink = source._level(2.0)
    assert (half.shape, shrink) == ((64, 64), 2)
    assert source._level(2.9)[0] is half
    assert source._level(8.0)[0] is small


def test_that_a_narrow_source_is_not_shrunk_to_nothing() -> None:
    pixels = np.zeros((3, 400), np.uint8)
    small, shrink = SourceLayer(pixels)._level(300.0)
    assert (small.shape, shrink) == ((1, 2), 256)


@pytest.mark.parametrize("size", [(17, 37), (23, 50), (45, 101)])
def test_that_a_small_source_is_centred_where_its_masks_are(
    size: tuple[int, int],
) -> None:
    """Of odd sizes as well: a level that drifts is a pixel aside at the far end."""
    rows, cols = 93, 203
    pixels = np.zeros((rows, cols, 3), np.uint8)
    pixels[..., 0] = 2 * np.arange(rows)[:, None]
    pixels[..., 1] = np.arange(cols)
    down, across = Axis(Fraction(size[0], rows)), Axis(Fraction(size[1], cols))
    image = SourceLayer(pixels).small(down, across, QRect(0, 0, size[1], size[0]))
    for number in range(1, size[0] - 1):
        middle = (number + 0.5) * rows / size[0]
        assert abs(image.pixelColor(9, number).red() / 2 + 0.5 - middle) < 0.8
    for number in range(1, size[1] - 1):
        middle = (number + 0.5) * cols / size[1]
        # Not doubled: rounding counts twice.
        assert abs(image.pixelColor(number, 9).green() + 0.5 - middle) < 1.3
