"""Which pixel of an image each device pixel shows, exactly: for images, masks and pointers alike.

Imported by `render` and by the canvas. Positions are ratios of whole numbers, so that a
border between two pixels is where it is: rounding never moves it, and whatever is sampled
with the same numbers agrees to the pixel, drawn as a whole or piece by piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import nextafter
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.intp]

BAND_BYTES = 1 << 18
"""So much of the sampled rows is copied at a time: it stays in the processor's cache."""

NEAR_BORDER = 2**-20
"""In image pixels: far more than floats are off along any screen."""

_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Axis:
    """How an image lies along one axis of a screen.

    Device pixel ``d`` shows the image pixel that its middle is in,
    ``floor((d + 1/2 - offset) / zoom)``; a middle on a border shows the pixel behind it.

    Attributes
    ----------
    zoom
        Device pixels per image pixel, above 0.
    offset
        Device pixels from the first device pixel to the first image pixel.
    """

    zoom: Fraction
    offset: Fraction = Fraction(0)

    def index(self, device: int) -> int:
        """Return the image pixel that a device pixel shows; it may lie outside the image."""
        step, start, unit = self._terms()
        return (start + device * step) // unit

    def indices(self, first: int, count: int) -> Numbers:
        """Return the image pixels that ``count`` device pixels show, (count,) intp.

        Parameters
        ----------
        first
            The first of the device pixels.
        """
        step, start, unit = self._terms()
        start += first * step
        # Whole image pixels go first: what is left is small enough for 64 bits.
        at, left = divmod(start, unit)
        whole, rest = divmod(step, unit)
        if max(unit, left + rest * count) <= _MOST:
            each = np.arange(count, dtype=np.int64)
            return (at + each * whole + (left + each * rest) // unit).astype(np.intp)
        # Too large for 64 bits: floats find all but what is too near to a border for them.
        near = left / unit + np.arange(count) * (rest / unit)
        found = np.floor(near + NEAR_BORDER).astype(np.int64)
        for each in np.flatnonzero(np.floor(near - NEAR_BORDER) != found).tolist():
            found[each] = (left + each * rest) // unit
        return (at + np.arange(count) * whole + found).astype(np.intp)

    def middle(self, device: int) -> float:
        """Return where the middle of a device pixel is, in image pixels.

        ``floor`` of it is `index`, also where the middle is closer to a border than the
        numbers of a float are to each other.
        """
        index = self.index(device)
        at = float((device + Fraction(1, 2) - self.offset) / self.zoom)
        return min(max(at, index), nextafter(index + 1, index))

    def first(self, index: int) -> int:
        """Return the first device pixel that shows an image pixel or one behind it.

        Image pixels ``a`` to ``b - 1`` are shown by the device pixels from ``first(a)`` to
        ``first(b) - 1``: by none where the two are equal.
        """
        step, start, unit = self._terms()
        return -((start - index * unit) // step)

    def shown(self, size: int, most: int) -> tuple[int, int]:
        """Return the range of device pixels 0..most that shows an image of ``size`` pixels."""
        begin, end = max(self.first(0), 0), min(self.first(size), most)
        return begin, max(begin, end)

    def _terms(self) -> tuple[int, int, int]:
        """Return whole numbers (step, start, unit): the index is (start + d * step) // unit."""
        zoom, zooms = self.zoom.as_integer_ratio()
        offset, offsets = self.offset.as_integer_ratio()
        return 2 * offsets * zooms, (offsets - 2 * offset) * zooms, 2 * offsets * zoom


def sample(pixels: npt.NDArray[Any], rows: Numbers, cols: Numbers) -> npt.NDArray[Any]:
    """Take pixels by the numbers of their rows and columns.

    Parameters
    ----------
    pixels
        (h, w) or (h, w, channels).
    rows, cols
        (r,) and (c,), rising, inside of the image: see `Axis.indices`.

    Returns
    -------
    sampled
        (r, c) or (r, c, channels), the dtype of ``pixels``. It may share their memory.
    """
    if not len(rows) or not len(cols):
        return np.empty((len(rows), len(cols), *pixels.shape[2:]), pixels.dtype)
    top, left = int(rows[0]), int(cols[0])
    part = pixels[top : int(rows[-1]) + 1, left : int(cols[-1]) + 1]
    rows, cols = rows - top, cols - left
    has_each_row, has_each_col = (
        len(part) == len(rows),
        part.shape[1] == len(cols),
    )
    if has_each_row and has_each_col:
        return part
    if len(part) <= len(rows):
        # Nearer than 1:1 columns first: rows are repeated by copying them whole.
        wide = part if has_each_col else part.take(cols, axis=1)
        return wide if has_each_row else wide.take(rows, axis=0)
    step = max(1, BAND_BYTES // part[0].nbytes)
    if len(rows) <= step:
        return part[rows].take(cols, axis=1)
    found = np.empty((len(rows), len(cols), *part.shape[2:]), part.dtype)
    for row in range(0, len(rows), step):
        band = part[rows[row : row + step]]
        found[row : row + step] = band.take(cols, axis=1)
    return found
