"""Histograms of images: how many pixels have each level, by channel and by luminance.

Pixels in, counts out; nothing here knows files or frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from chromask.drawing.tone import CLIPPED_PERCENT, SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8 | np.uint16]
    Counts = npt.NDArray[np.int64]

BAND_PIXELS: Final = 1 << 18
"""Pixels that are counted at once: numpy keeps the interpreter's lock while it counts."""

LUMINANCE_WEIGHTS: Final = (19595, 38470, 7471)
"""ITU-R BT.601 in 65536ths, as Pillow's mode ``L`` and the window's own greys have it."""

_HALF: Final = 1 << 15


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How many pixels of an image have each level.

    Attributes
    ----------
    channels
        (c, levels) int64: grey alone, or red, green and blue. 256 or 65536 levels. Alpha
        is left out.
    luminance
        (levels,) int64, by `LUMINANCE_WEIGHTS`; of a grey image its only channel.
    pixels
        How many pixels the image has.
    counted
        How many of them were counted; fewer in a sample.
    """

    channels: Counts
    luminance: Counts
    pixels: int
    counted: int

    @property
    def is_exact(self) -> bool:
        """Whether every pixel was counted."""
        return self.counted == self.pixels

    @property
    def maximum(self) -> int:
        """The largest level that an image of this depth can have."""
        return len(self.luminance) - 1

    def span(self) -> tuple[int, int]:
        """Give the lowest and the highest level that any channel uses."""
        used = np.flatnonzero(self.channels.any(axis=0))
        return (int(used[0]), int(used[-1])) if len(used) else (0, 0)


def count_levels(
    pixels: Pixels,
    *,
    step: int = 1,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Histogram:
    """Count the levels of an image.

    Parameters
    ----------
    pixels
        (rows, cols), (rows, cols, 3) RGB or (rows, cols, 4) RGBA; uint8 or uint16.
    step
        Count only every so many rows and columns; 1 counts all.
    is_cancelled
        Asked between bands of rows; the counts so far are given where it says yes.
    """
    rows, cols = pixels.shape[:2]
    some = pixels[::step, ::step]
    levels = 256 if pixels.dtype == np.uint8 else 65536
    is_grey = pixels.ndim == 2
    channels = np.zeros((1 if is_grey else 3, levels), np.int64)
    luminance = np.zeros(levels, np.int64)
    counted = 0
    band = max(1, BAND_PIXELS // max(1, some.shape[1]))
    for top in range(0, some.shape[0], band):
        if is_cancelled():
            break
        part = some[top : top + band]
        counted += part.shape[0] * part.shape[1]
        if is_grey:
            channels[0] += _counts(part, levels)
            continue
        for channel in range(3):
            channels[channel] += _counts(part[..., channel], levels)
        luminance += _counts(luminance_of(part), levels)
    return Histogram(
        channels, channels[0].copy() if is_grey else luminance, rows * cols, counted
    )


def sample_step(pixels: Pixels) -> int:
    """Give the step of `count_levels` that counts about as many pixels as a sample has."""
    return max(1, int(np.sqrt(pixels.shape[0] * pixels.shape[1] / SAMPLES)))


def luminance_of(pixels: Pixels) -> npt.NDArray[np.uint16]:
    """Give the luminance of RGB or RGBA pixels, (..., ch) -> (...), rounded to whole levels."""
    red, green, blue = LUMINANCE_WEIGHTS
    # 65535 * 65536 just fits into 32 bits.
    total = pixels[..., 0] * np.uint32(red)
    total += pixels[..., 1] * np.uint32(green)
    total += pixels[..., 2] * np.uint32(blue)
    total += np.uint32(_HALF)
    return (total >> np.uint32(16)).astype(np.uint16)


def fitted_window(histogram: Histogram) -> tuple[int, int]:
    """Give the levels that are shown as black and white to use what the image uses.

    As the automatic window of 16 bits (`chromask.drawing.tone.auto_window`) it leaves out
    `CLIPPED_PERCENT` of the values at each end: a few dead pixels must not set it.
    """
    counts = histogram.channels.sum(axis=0)
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    if not total:
        return 0, histogram.maximum
    cut = total * CLIPPED_PERCENT / 100
    low = int(np.searchsorted(ends, cut, "right"))
    high = int(np.searchsorted(ends, total - cut, "left"))
    if high > low:
        return low, high
    return (low, low + 1) if low < histogram.maximum else (low - 1, low)


def binned(counts: Counts, width: int) -> Counts:
    """Sum levels into bins of so many, (levels,) -> (levels / width,).

    Raises
    ------
    ValueError
        The bins do not fit the levels exactly.
    """
    return counts.reshape(-1, width).sum(axis=1)


def _counts(levels: npt.NDArray[Any], count: int) -> Counts:
    return np.bincount(levels.ravel(), minlength=count)
