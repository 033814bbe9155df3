"""Pixels as runs of equal values: how a mask's values are found without sorting its pixels.

A mask is piecewise constant: only the first pixel of each run is looked at twice. Values are
numbers here, one a pixel, whose bytes are the pixel's; `plane` makes tables of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from math import isqrt
from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8 | np.uint16]
    Bytes = npt.NDArray[np.uint8]
    Indices = npt.NDArray[np.uint8 | np.uint16 | np.uint32]
    Keys = npt.NDArray[np.unsignedinteger[Any]]

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

BAND_PIXELS = 1 << 18
"""Pixels worked on at once: the band and its borders stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Band:
    """A band of pixels as runs: run i has the value ``keys[i]`` and ``lengths[i]`` pixels.

    Without ``lengths`` each has one.
    """

    keys: Keys
    lengths: npt.NDArray[np.intp] | None


_TURNED = {1: "u1", 2: "u2", 4: "i4", 8: "f8"}
"""What OpenCV takes numbers of so many bytes for, to move them."""

_SLOTS_A_KEY = 2
"""Slots of a hash table at least: fewer are more often taken by another key."""

_TURNS = 64
"""So many slots in a row are taken by others only where keys are ill spread."""

_FACTOR = 0x9E3779B97F4A7C15
"""Multiplied by it numbers spread evenly (2**64 over the golden ratio)."""

LEAST_BANDS = 4
"""A small image is worked on in so many bands: the memory in use stays small beside it."""


def band_rows(rows: int, cols: int) -> int:
    """Give the rows of a band of at most `BAND_PIXELS`, at least one."""
    return max(1, min(BAND_PIXELS // max(1, cols), -(-rows // LEAST_BANDS)))


def bands_of(pixels: Pixels) -> Iterator[Band]:
    """Read (rows, cols) or (rows, cols, channels) band by band.

    In a band in which runs do not pay (noise) each pixel is one.
    """
    step = band_rows(*pixels.shape[:2])
    for r0 in range(0, len(pixels), step):
        yield read_band(pixels[r0 : r0 + step])


def read_band(pixels: Pixels) -> Band:
    """Read a band of pixels."""
    keys = pack(pixels)
    is_start = np.empty(len(keys), np.bool_)
    is_start[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=is_start[1:])
    starts = is_start.nonzero()[0]
    if 2 * len(starts) > len(keys):
        return Band(keys, None)
    return Band(keys[starts], _lengths(starts, len(keys)))


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
    filled = blank.view(steps.dtype)
    is_start = steps != filled
    is_start[::cols] = True
    starts, lengths = is_start.nonzero()[0], None
    first = np.arange(count) * cols
    if 2 * len(starts) <= len(steps):
        first = starts.searchsorted(first)
        lengths = _lengths(starts, len(steps))
        steps = steps[starts]
    keys = _sums(steps, first)
    keys |= filled
    if sample == 2:
        keys.view(np.uint16).byteswap(inplace=True)
    return Band(keys, lengths)


def _lengths(starts: npt.NDArray[np.intp], end: int) -> npt.NDArray[np.intp]:
    lengths = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
    lengths[-1] = end - starts[-1]
    return lengths


def _sums(steps: Keys, first: npt.NDArray[np.intp]) -> Keys:
    """Add up differences byte by byte; each row, of which ``first`` begins, by itself."""
    keys = _running(steps)
    bytes_ = keys.view(np.uint8)
    before = np.zeros(len(first), keys.dtype)
    before[1:] = keys[first[1:] - 1]
    bytes_ -= before.repeat(_lengths(first, len(keys))).view(np.uint8)
    return keys


def _running(steps: Keys) -> Keys:
    """Add up differences byte by byte, from the first to the last.

    A sum waits for the one before it. So the differences are cut into pieces, and these
    are added up side by side.
    """
    deep = 1 + isqrt(len(steps)) // 4
    wide = -(-len(steps) // deep)
    pieces = np.zeros((wide, deep), steps.dtype)
    pieces.reshape(-1)[: len(steps)] = steps
    rows = _turned(pieces).view(np.uint8)
    for above, row in pairwise(rows):
        np.add(row, above, out=row)
    ends = rows[-1].reshape(wide, -1)[:-1]
    rows[:, steps.itemsize :] += ends.cumsum(axis=0, dtype=np.uint8).reshape(-1)
    return _turned(rows.view(steps.dtype)).reshape(-1)[: len(steps)]


def _turned(keys: Keys) -> Keys:
    """Give a copy, its rows as columns; OpenCV does it faster than numpy."""
    kind = np.dtype(_TURNED[keys.itemsize])
    return cast("Keys", _cv.transpose(keys.view(kind))).view(keys.dtype)


class _Bytes:
    """Numbers keys of one byte, and counts their pixels: they are numbers already."""

    def __init__(self) -> None:
        self.keys: Keys = np.arange(256, dtype=np.uint8)
        self.counts = np.zeros(256, np.int64)

    def add(self, band: Band) -> Indices:
        """Give the number of each run's key."""
        found = np.bincount(band.keys, band.lengths, minlength=256)
        self.counts += found.astype(np.int64, copy=False)
        return cast("Indices", band.keys)


class _Numbers:
    """Numbers keys as they come, and counts their pixels.

    It is a hash table whose slots hold numbers. A key that finds its slot taken by another
    takes the next one. Number 0 is in no slot: it is what an empty one says.
    """

    def __init__(self, first: Keys) -> None:
        self._keys = first.copy()
        self._counts = np.zeros(1, np.int64)
        self._count = 1
        self._slots = np.zeros(1, np.uint32)
        self._factor = _FACTOR

    @property
    def keys(self) -> Keys:
        """The keys in the order of their numbers."""
        return self._keys[: self._count]

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """The pixels of each key."""
        return self._counts[: self._count]

    def add(self, band: Band) -> Indices:
        """Give the number of each run's key."""
        keys = band.keys
        numbers = self._slots.take(self._places(keys)).astype(np.intp)
        wrong = (self._keys.take(numbers) != keys).nonzero()[0]
        if len(wrong):
            numbers[wrong] = self._search(keys[wrong])
        lengths = 1 if band.lengths is None else band.lengths
        np.add.at(self._counts, numbers, lengths)
        return numbers.astype(np.uint32)

    def _search(self, keys: Keys) -> npt.NDArray[np.intp]:
        """Give the numbers of keys that are new, or not in their first slot."""
        self._make_room(self._count + len(keys))
        numbers = np.empty(len(keys), np.intp)
        left, places = np.arange(len(keys)), self._places(keys)
        for _ in range(_TURNS):
            found = self._slots.take(places).astype(np.intp)
            numbers[left] = found
            is_other = self._keys.take(found) != keys[left]
            left, places = left[is_other], places[is_other]
            if not len(left):
                return numbers
            is_free = found[is_other] == 0
            self._claim(keys[left[is_free]], places[is_free])
            places = places + ~is_free & len(self._slots) - 1
        self._factor = self._factor * _FACTOR % (1 << 64)
        self._fill(len(self._slots))
        numbers[left] = self._search(keys[left])
        return numbers

    def _claim(self, keys: Keys, places: npt.NDArray[np.intp]) -> None:
        """Give each of these empty slots to the last key that wants it: it is numbered."""
        self._slots[places] = np.arange(len(places))
        is_last = self._slots.take(places) == np.arange(len(places))
        keys = keys[is_last]
        end = self._count + len(keys)
        self._slots[places[is_last]] = np.arange(self._count, end)
        self._keys[self._count : end] = keys
        self._count = end

    def _make_room(self, count: int) -> None:
        """Make room for so many keys."""
        if count > len(self._keys):
            more = 2 * count - len(self._keys)
            self._keys = np.append(self._keys, np.zeros(more, self._keys.dtype))
            self._counts = np.append(self._counts, np.zeros(more, np.int64))
        if count * _SLOTS_A_KEY > len(self._slots):
            self._fill(1 << (count * _SLOTS_A_KEY).bit_length())

    def _fill(self, size: int) -> None:
        """Make so many slots, a power of two, and give each number its own."""
        self._slots = np.zeros(size, np.uint32)
        numbers = np.arange(1, self._count, dtype=np.uint32)
        places = self._places(self.keys[1:])
        while len(numbers):
            is_free = self._slots.take(places) == 0
            self._slots[places[is_free]] = numbers[is_free]
            is_lost = self._slots.take(places) != numbers
            numbers, places = numbers[is_lost], places[is_lost] + 1 & size - 1

    def _places(self, keys: Keys) -> npt.NDArray[np.intp]:
        """Give the slots where keys are looked for first."""
        spread = keys.astype(np.uint64)
        spread *= np.uint64(self._factor)
        spread >>= np.uint64(65 - len(self._slots).bit_length())
        return spread.view(np.int64).astype(np.intp, copy=False)


def join(
    bands: Iterable[Band], *, keep_all: bool = False
) -> tuple[Indices, Keys, npt.NDArray[np.int64]]:
    """Join bands to one array of indices.

    Parameters
    ----------
    bands
        All bands of an image, at least one.
    keep_all
        Whether to keep keys without a pixel: of bytes all 256.

    Returns
    -------
    The indices of all pixels in a row, of the smallest type; the distinct keys, ascending;
    the pixels of each.
    """
    bands = iter(bands)
    first = next(bands)
    numbers = _Bytes() if first.keys.itemsize == 1 else _Numbers(first.keys[:1])
    parts = [(numbers.add(band), band.lengths) for band in chain((first,), bands)]
    order = _order(numbers.keys)
    if not keep_all:
        order = order[numbers.counts[order] > 0]
    return _written(parts, order), numbers.keys[order], numbers.counts[order]


def _order(keys: Keys) -> npt.NDArray[np.intp]:
    """Give the order that sorts keys."""
    if keys.itemsize > 4:
        return np.argsort(keys)
    # Key and place in one number: sorting numbers is faster than sorting places by them.
    both = keys.astype(np.uint64) << np.uint64(32)
    both |= np.arange(len(keys), dtype=np.uint64)
    both.sort()
    return both.astype(np.uint32).astype(np.intp)


def _written(
    parts: Sequence[tuple[Indices, npt.NDArray[np.intp] | None]],
    order: npt.NDArray[np.intp],
) -> Indices:
    """Write runs as pixels: the places that their numbers have in the order."""
    kind = index_type(len(order))
    places = np.zeros(order.max() + 1, kind)
    places[order] = np.arange(len(order), dtype=kind)
    is_same = np.array_equal(order, np.arange(len(order)))
    size = sum(len(part) if runs is None else int(runs.sum()) for part, runs in parts)
    indices, start = np.empty(size, kind), 0
    for part, lengths in parts:
        found = part.astype(kind, copy=False) if is_same else places.take(part)
        pixels = found if lengths is None else found.repeat(lengths)
        indices[start : start + len(pixels)] = pixels
        start += len(pixels)
    return indices


def index_type(count: int) -> type[np.uint8 | np.uint16 | np.uint32]:
    """Give the smallest type that holds the indices of a table of so many rows."""
    if count <= 1 << 8:
        return np.uint8
    return np.uint16 if count <= 1 << 16 else np.uint32


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
