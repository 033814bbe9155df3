"""The source on the canvas: what it keeps in memory beside its pixels."""

from __future__ import annotations

import numpy as np

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
