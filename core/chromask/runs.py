"""Pixels as runs of equal values: how a mask's values are found without sorting its pixels.

A mask is piecewise constant: only the first pixel of each run is looked at twice. Values are
numbers here, one a pixel, whose bytes are the pixel's; `plane` makes tables of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8 | np.uint16]
    Bytes = npt.NDArray[np.uint8]
    Indices = npt.NDArray[np.uint8 | np.uint16 | np.uint32]
    Keys = npt.NDArray[np.unsignedinteger[Any]]

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

BAND_PIXELS = 1 << 18
"""Pixels worked on at once: the band and its borders stay in the processor's cache."""

_LITTLE = 1 << 12
"""So many keys are sorted fastest as they are."""


@dataclass(frozen=True, slots=True)
class Band:
    """A band of pixels as runs.

    ``values`` are its distinct keys, ascending; run i has ``values[which[i]]`` and
    ``lengths[i]`` pixels (None: one each); ``counts`` are the pixels of each value.
    """

    values: Keys
    which: npt.NDArray[np.unsignedinteger[Any]]
    lengths: npt.NDArray[np.intp] | None
    counts: npt.NDArray[np.int64]


LEAST_BANDS = 4
"""A small image is worked on in so many bands: the memory in use stays small beside it."""


def band_rows(rows: int, cols: int) -> int:
    """Give the rows of a band of at most `BAND_PIXELS`, at least one."""
    return max(1, min(BAND_PIXELS // max(1, cols), -(-rows // LEAST_BANDS)))


def bands_of(pixels: Pixels) -> Iterator[Band]:
    """Read (rows, cols) or (rows, cols, channels) band by band.

    A band in which runs do not pay (noise) has its pixels sorted, once.
    """
    step = band_rows(*pixels.shape[:2])
    for r0 in range(0, len(pixels), step):
        yield read_band(pixels[r0 : r0 + step])


def read_band(pixels: Pixels) -> Band:
    """Read a band of pixels."""
    keys = pack(pixels)
    borders = (keys[1:] != keys[:-1]).nonzero()[0]
    if 2 * len(borders) > len(keys):
        return _band_of(keys, None)
    starts = np.concatenate((np.zeros(1, np.intp), borders + 1))
    return _band_of(keys[starts], _lengths(starts, len(keys)))


def read_differences(rows: Bytes, each: int, sample: int) -> Band:
    """Read a band from the differences of neighbouring pixels, without its pixels.

    Parameters
    ----------
    rows
        (rows, cols * each): every byte of a pixel less the same one of the pixel on its
        left, modulo 256; a row's first pixel as it is.
    each
        Bytes of a pixel: 1, 2, 3, 4, 6 or 8.
    sample
        Bytes of a sample, 1 or 2; of two the higher comes first.
    """
    count, cols = len(rows), rows.shape[1] // each
    parts = rows.reshape(count, cols, each)
    # An alpha that is filled in is no difference, whatever it is.
    steps = pack(parts if each != 6 else np.ascontiguousarray(parts).view(np.uint16))
    blank = np.zeros(steps.itemsize, np.uint8)
    blank[each:] = 255
    is_start = steps != blank.view(steps.dtype)[0]
    is_start[::cols] = True
    starts = is_start.nonzero()[0]
    if 2 * len(starts) > len(steps):
        pixels = np.cumsum(parts, axis=1, dtype=np.uint8)
        return read_band(_native(pixels, sample))
    first = starts.searchsorted(np.arange(count) * cols)
    values = _sums(steps[starts].view(np.uint8).reshape(len(starts), -1), first, each)
    keys = _native(values, sample).reshape(-1).view(steps.dtype)
    return _band_of(keys, _lengths(starts, len(steps)))


def _lengths(starts: npt.NDArray[np.intp], end: int) -> npt.NDArray[np.intp]:
    lengths = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
    lengths[-1] = end - starts[-1]
    return lengths


def _sums(values: Bytes, first: npt.NDArray[np.intp], each: int) -> Bytes:
    """Add up the differences (runs, bytes) of a band; each row's first run begins anew."""
    # OpenCV takes bytes apart and together several times as fast as numpy copies columns.
    columns = np.array(_cv.split(values[np.newaxis])).reshape(-1, len(values))
    ends = np.add.reduceat(columns, first, axis=1, dtype=np.uint8)
    columns[:, first[1:]] -= ends[:, :-1]
    columns[:each].cumsum(axis=1, dtype=np.uint8, out=columns[:each])
    columns[each:] = 255
    return cast("Bytes", _cv.merge(list(columns))).reshape(values.shape)


def _native(pixels: Bytes, sample: int) -> Pixels:
    return pixels if sample == 1 else pixels.view(">u2").astype(np.uint16)


def _band_of(keys: Keys, lengths: npt.NDArray[np.intp] | None) -> Band:
    values, which = distinct(keys)
    counts = np.bincount(which, weights=lengths, minlength=len(values))
    return Band(values, which, lengths, counts.astype(np.int64))


def join(
    bands: Sequence[Band], keys: Keys | None = None
) -> tuple[Indices, Keys, npt.NDArray[np.int64]]:
    """Join bands to one array of indices.

    Parameters
    ----------
    bands
        All bands of an image.
    keys
        The table that the indices are for; None means the distinct keys, ascending.

    Returns
    -------
    The indices of all pixels in a row, of the smallest type; the keys; the pixels of each.
    """
    values = np.concatenate([band.values for band in bands])
    keys, places = distinct(values) if keys is None else (keys, values)
    size = sum(int(band.counts.sum()) for band in bands)
    indices = np.empty(size, index_type(len(keys)))
    counts = np.zeros(len(keys), np.int64)
    start = first = 0
    for band in bands:
        where = places[first : first + len(band.values)]
        first += len(band.values)
        counts[where] += band.counts
        part = band.which
        if not np.array_equal(where, np.arange(len(where))):
            part = where.astype(indices.dtype)[part]
        if band.lengths is not None:
            part = np.repeat(part.astype(indices.dtype, copy=False), band.lengths)
        indices[start : start + len(part)] = part
        start += len(part)
    return indices, keys, counts


def index_type(count: int) -> type[np.uint8 | np.uint16 | np.uint32]:
    """Give the smallest type that holds the indices of a table of so many rows."""
    if count <= 1 << 8:
        return np.uint8
    return np.uint16 if count <= 1 << 16 else np.uint32


def distinct(keys: Keys) -> tuple[Keys, npt.NDArray[np.unsignedinteger[Any]]]:
    """Give the distinct keys in ascending order, and for each key its place among them."""
    if keys.dtype.itemsize <= 2:
        seen = np.zeros(1 << 8 * keys.dtype.itemsize, np.bool_)
        seen[keys] = True
        values = np.flatnonzero(seen).astype(keys.dtype)
        place = np.zeros(len(seen), np.uint16)
        place[values] = np.arange(len(values), dtype=np.uint16)
        return values, place[keys]
    # numpy's unique takes ten times as long: it hashes, and returns 64-bit places.
    order, keys = _sorted(keys)
    is_new = np.empty(len(keys), np.bool_)
    is_new[0] = True
    np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
    which = np.empty(len(keys), np.uint32)
    which[order] = np.cumsum(is_new, dtype=np.uint32) - np.uint32(1)
    return keys[is_new], which


def _sorted(keys: Keys) -> tuple[npt.NDArray[np.integer[Any]], Keys]:
    """Give the order that sorts keys, and the sorted keys."""
    if keys.itemsize > 4 or len(keys) < _LITTLE:
        order = np.argsort(keys)
        return order, keys[order]
    # Key and place in one number: sorting numbers is faster than sorting places by them.
    both = keys.astype(np.uint64) << np.uint64(32)
    both |= np.arange(len(keys), dtype=np.uint64)
    both.sort()
    order = both.astype(np.uint32).astype(np.intp)
    return order, (both >> np.uint64(32)).astype(np.uint32)


def pack(pixels: Pixels) -> Keys:
    """Give each pixel as one number whose bytes are the pixel's, filled up to 2**k bytes."""
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    if channels == 3:
        pixels = cast("Pixels", _cv.cvtColor(pixels, _cv.COLOR_RGB2RGBA))
        channels = 4
    kind = np.dtype(f"u{channels * pixels.dtype.itemsize}")
    return np.ascontiguousarray(pixels).reshape(-1).view(kind)


def unpack(keys: Keys, channels: int, dtype: npt.DTypeLike) -> Pixels:
    """Give keys as rows of channels; the inverse of `pack`."""
    return np.ascontiguousarray(keys.view(dtype).reshape(len(keys), -1)[:, :channels])
