"""A PNG's rows as differences of neighbouring pixels: what a mask is read from.

A decoder gives pixels, and finding the runs in them costs as much again. PNG's filter *sub*
already holds the differences of neighbours, and *up*, on them, is a sum of two rows: so a band
of rows becomes runs without ever being pixels. Only the filters *average* and *Paeth* need the
pixels above; those rows alone are decoded. What does not fit here (interlaced, damaged) goes
to the decoders, and they say what is wrong.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from chromask.media.png import ZLIB, Chunk, header_chunk, join_chunks
from chromask.pixels.plane import plane_of_bands
from chromask.pixels.runs import Band, band_rows, read_differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from chromask.media.png import Data, PngFile
    from chromask.pixels.plane import MaskFormat, Plane

    Bytes2D = npt.NDArray[np.uint8]

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

_DECODED_SIDE = 1 << 20
"""The longest side that OpenCV decodes."""

_GAP_BYTES = 12_000
"""Rows between two that are decoded, so few that decoding them too costs less than a call."""

_INPUT_BYTES = 1 << 13
"""What is handed over at a time: what is left of it is copied at each call."""

_OUTPUT_BYTES = 1 << 16
"""What is asked for at a time: the memory that the last call took is taken again."""

_LIKE = {1: (0, 8), 2: (0, 16), 3: (2, 8), 4: (6, 8), 6: (2, 16), 8: (6, 16)}
"""By the bytes of a pixel: a colour type and depth of which OpenCV gives every byte back."""


_PASSES = (
    (0, 0, 8, 8),
    (0, 4, 8, 8),
    (4, 0, 8, 4),
    (0, 2, 4, 4),
    (2, 0, 4, 2),
    (0, 1, 2, 2),
    (1, 0, 2, 1),
)
"""Adam7: where each pass begins (row, column), and its steps (down, across)."""


class NotPlainError(Exception):
    """The rows are not read here: a decoder must do it, or say what is wrong with them."""


# Plain numbers: members of an enumeration are slow to look up for each row.
_NONE, _SUB, _UP, _AVERAGE, _PAETH = range(5)


def read_rows(
    png: PngFile, kind: MaskFormat, palette: npt.NDArray[np.uint8] | None
) -> Plane:
    """Read a PNG as a plane; raises `NotPlainError` where a decoder must do it."""
    read = partial(_read_packed, depth=png.bit_depth, cols=png.cols)
    if png.bit_depth >= 8:
        sample = png.bit_depth // 8
        read = partial(read_differences, each=png.pixel_bytes, sample=sample)
    bands = map(read, differences(png))
    plane = plane_of_bands(bands, png.rows, png.cols, kind, palette)
    if palette is None and png.bit_depth < 8:
        plane.table *= np.uint8(kind.grey_step)
    return plane


def _read_packed(rows: Bytes2D, *, depth: int, cols: int) -> Band:
    """Read a band of several pixels a byte; only bytes with a border are taken apart."""
    each, mask = 8 // depth, np.uint8(2**depth - 1)
    unused = rows.shape[1] * each - cols
    borders = rows ^ rows >> depth
    borders[:, 1:] ^= rows[:, :-1] << (8 - depth)
    borders[:, 0] |= mask << (8 - depth)
    borders[:, -1] &= 256 - (1 << unused * depth)
    places = np.arange(8 - depth, -1, -depth, dtype=np.uint8)
    found = np.flatnonzero(borders != 0)
    row, place = (borders.take(found)[:, np.newaxis] >> places & mask).nonzero()
    at = found[row]
    if 2 * len(at) > len(rows) * cols:
        levels = rows[:, :, np.newaxis] >> places & mask
        return Band(levels.reshape(len(rows), -1)[:, :cols].reshape(-1), None)
    starts = at * each + place - at // rows.shape[1] * unused
    levels = rows.take(at) >> places[place] & mask
    return Band(levels, np.diff(starts, append=len(rows) * cols))


def differences(png: PngFile) -> Iterator[Bytes2D]:
    """Inflate a PNG and give its rows band by band, from the top down.

    Yields
    ------
    (rows, bytes of a row) uint8: every byte less the same byte of the pixel on its left,
    modulo 256; of fewer than 8 bits a pixel, the bytes themselves. The next band takes the
    same memory.

    Raises
    ------
    NotPlainError
        It is interlaced, cut off, damaged, or too wide.
    """
    size, each = png.row_bytes, png.pixel_bytes
    if png.is_interlaced or size // each > _DECODED_SIDE:
        raise NotPlainError
    source = _Inflater(chunk.data for chunk in png.chunks if chunk.name == b"IDAT")
    above = np.zeros(size, np.uint8)
    step = band_rows(png.rows, png.cols)
    memory = np.empty((step, size + 1), np.uint8)
    for r0 in range(0, png.rows, step):
        raw = memory[: png.rows - r0]
        source.fill(raw.data.cast("B"))
        band = _unfiltered(raw, above, 0 if png.bit_depth < 8 else each)
        yield band
        above = band[-1].copy()
    source.finish()


def is_png_whole(png: PngFile) -> bool:
    """Whether a PNG's stream holds all of its rows, interlaced or not."""
    source = _Inflater(chunk.data for chunk in png.chunks if chunk.name == b"IDAT")
    left = raw_bytes(png)
    memory = memoryview(bytearray(min(left, _OUTPUT_BYTES)))
    try:
        while left:
            part = memory[: min(left, len(memory))]
            source.fill(part)
            left -= len(part)
    except NotPlainError:
        return False
    return True


def raw_bytes(png: PngFile) -> int:
    """Give the bytes of all rows with their filters, before they are compressed."""
    if not png.is_interlaced:
        return png.rows * (png.row_bytes + 1)
    total = 0
    bits = png.samples * png.bit_depth
    for row, col, down, across in _PASSES:
        rows, cols = -(-(png.rows - row) // down), -(-(png.cols - col) // across)
        if rows > 0 and cols > 0:
            total += rows * (1 + (cols * bits + 7) // 8)
    return total


class _Inflater:
    """Inflates a stream, so much at a time that it stays in the cache."""

    def __init__(self, stream: Iterable[Data]) -> None:
        self._parts: Iterator[Data] = (
            data[start : start + _INPUT_BYTES]
            for data in stream
            for start in range(0, len(data), _INPUT_BYTES)
        )
        self._coder = ZLIB.decompressobj()
        self._rest: Data = b""

    def fill(self, memory: memoryview) -> None:
        """Fill some memory with the next bytes."""
        start = 0
        while start < len(memory):
            part = self._next(min(len(memory) - start, _OUTPUT_BYTES))
            if not part:
                raise NotPlainError
            memory[start : start + len(part)] = part
            start += len(part)

    def finish(self) -> None:
        """Check that nothing is left, and with it the stream's checksum."""
        if self._next(1):
            raise NotPlainError

    def _next(self, size: int) -> bytes:
        """Give up to so many bytes; none where the stream is over."""
        while not self._coder.eof:
            self._rest = self._rest or next(self._parts, b"")
            is_last = not self._rest
            try:
                part = self._coder.decompress(self._rest, size)
            except ZLIB.error as error:
                raise NotPlainError from error
            self._rest = self._coder.unconsumed_tail
            if part:
                return part
            if is_last:
                raise NotPlainError
        return b""


def _unfiltered(raw: Bytes2D, above: Bytes2D, each: int) -> Bytes2D:
    """Turn rows as they are in the file into differences of pixels of so many bytes.

    ``above`` are those of the row before; of 0 bytes a pixel all are bytes themselves.
    """
    kinds, rows = raw[:, 0], raw[:, 1:]
    lowest, highest = kinds.min(), kinds.max()
    if highest > _PAETH:
        raise NotPlainError
    if each and lowest == highest == _SUB:
        return rows
    band = _less_left(rows, each)
    if highest == _NONE:
        return band
    is_sub = kinds == _SUB
    band[is_sub] = rows[is_sub] if each else _sums(rows[is_sub], 1)
    if highest >= _AVERAGE:
        kinds = _marked(kinds, rows.shape[1])
    edges = (kinds[1:] != kinds[:-1]).nonzero()[0] + 1
    for start, end in zip((0, *edges), (*edges, len(kinds)), strict=True):
        before = band[start - 1] if start else above
        if kinds[start] == _UP:
            _add_down(band[start:end], before)
        elif kinds[start] == _PAETH:
            pixels = _sums(before[np.newaxis], each)
            found = _decoded(raw[start:end], pixels, each or 1)
            band[start:end] = _less_left(found, each)
    return band


def _marked(kinds: Bytes2D, size: int) -> Bytes2D:
    """Call Paeth all rows that are decoded, with the few between them."""
    hard = np.flatnonzero(kinds >= _AVERAGE)
    kinds = kinds.copy()
    ends = np.flatnonzero(np.diff(hard) > 1 + _GAP_BYTES // size)
    for first, last in zip((0, *(ends + 1)), (*ends, len(hard) - 1), strict=True):
        kinds[hard[first] : hard[last] + 1] = _PAETH
    return kinds


def _sums(rows: Bytes2D, each: int) -> Bytes2D:
    """Undo `_less_left`."""
    if not each:
        return rows
    parts = rows.reshape(len(rows), rows.shape[1] // each, each)
    return parts.cumsum(axis=1, dtype=np.uint8).reshape(rows.shape)


def _less_left(rows: Bytes2D, each: int) -> Bytes2D:
    if not each:
        return rows.copy()
    less = np.empty(rows.shape, np.uint8)
    less[:, :each] = rows[:, :each]
    np.subtract(rows[:, each:], rows[:, :-each], out=less[:, each:])
    return less


def _add_down(band: Bytes2D, above: Bytes2D) -> None:
    for row in band:
        np.add(row, above, out=row)
        above = row


def _decoded(raw: Bytes2D, above: Bytes2D, each: int) -> Bytes2D:
    """Give the bytes of rows as OpenCV decodes them, below a row that is known."""
    size = above.size
    rows = bytes((_NONE,)) + above.tobytes() + raw.tobytes()
    color_type, depth = _LIKE[each]
    header = header_chunk(size // each, len(raw) + 1, depth, color_type)
    stored = Chunk(b"IDAT", ZLIB.compress(rows, 0))
    file = join_chunks((header, stored, Chunk(b"IEND", b"")))
    found = _cv.imdecode(np.frombuffer(file, np.uint8), _cv.IMREAD_UNCHANGED)
    if found is None:
        raise NotPlainError
    if found.ndim == 3:
        found = found[:, :, [2, 1, 0, 3][: found.shape[2]]]
    if depth == 16:
        found = found.astype(">u2")
    return np.ascontiguousarray(found)[1:].view(np.uint8).reshape(len(raw), size)
