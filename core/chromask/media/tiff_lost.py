"""Whether a TIFF holds data for every row that it declares.

Decoders give zeros for a strip or tile that is not there, and a mask would look empty there.
Layout: TIFF 6.0, sections 3 and 15.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chromask.errors import MediaError, say
from chromask.media import jpeg, jpeg_lost, tiff

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

_STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_COUNTS = 273, 278, 279
_TILE_OFFSETS, _TILE_COUNTS = 324, 325
_FILL_ORDER, _JPEG_TABLES = 266, 347
_PLAIN, _FAX_3, _FAX_4, _JPEG = 1, 3, 4, 7
_WARNED = (_FAX_3, _FAX_4, _JPEG)
"""Coders of which libtiff fills what is missing with white or grey, and only warns."""

_YCBCR = 6
_END_OF_LINE = "000000000001"
"""It is before each row of T.4 (fax, group 3), and twice at the end of T.6 (group 4)."""

_MIRRORED = bytes(int(f"{each:08b}"[::-1], 2) for each in range(256))


def lost_data(tags: tiff.Tags, *, uri: str) -> MediaError | None:
    """Return the error for a TIFF whose strips or tiles do not reach all rows, else None.

    Raises
    ------
    ValueError
        A tag is outside the file, or a part is a JPEG of too many scans.
    """
    rows, cols = tags.number(tiff.HEIGHT), tags.number(tiff.WIDTH)
    is_tiled = tags.number(tiff.TILE_WIDTH) > 0
    if is_tiled:
        each_rows, each_cols = (
            tags.number(tiff.TILE_LENGTH),
            tags.number(tiff.TILE_WIDTH),
        )
        offsets, counts = tags.array(_TILE_OFFSETS), tags.array(_TILE_COUNTS)
    else:
        each_rows = min(tags.number(_ROWS_PER_STRIP, rows), rows) or rows
        each_cols = cols
        offsets, counts = tags.array(_STRIP_OFFSETS), tags.array(_STRIP_COUNTS)
    if each_rows < 1:
        return None  # the decoder says what is wrong with it
    down, across = -(-rows // each_rows), -(-cols // each_cols)
    is_split = tags.number(tiff.PLANAR, 1) == 2
    parts = down * across * (tags.number(tiff.SAMPLES, 1) if is_split else 1)
    is_lost = np.ones(parts, bool)
    known = min(parts, len(offsets))
    is_lost[:known] = _beyond(tags, offsets[:known], counts[:known], is_tiled=is_tiled)
    row = np.arange(parts) // across % down
    if tags.number(tiff.COMPRESSION, 1) in _WARNED and len(counts) >= parts:
        height = np.minimum(each_rows, rows - row * each_rows)
        for n in np.flatnonzero(~is_lost):
            is_lost[n] = _is_cut(tags, int(offsets[n]), int(counts[n]), int(height[n]))
    found = row[is_lost]
    if not len(found):
        return None
    first = int(found.min()) * each_rows
    last = min((int(found.max()) + 1) * each_rows, rows) - 1
    what = "tiles" if is_tiled else "strips"
    return MediaError(
        say(
            "the file is damaged or cut off: {} of its {} {} are missing or cut off, in rows {} to {}",
            len(found),
            parts,
            say(what),
            first,
            last,
        ),
        uri=uri,
        hint="Put it back from a copy; nothing of it is shown",
    )


def _beyond(
    tags: tiff.Tags, offsets: Numbers, counts: Numbers, *, is_tiled: bool
) -> npt.NDArray[np.bool_]:
    """Mark the parts that are left out, or that go beyond the end of the file."""
    is_plain = tags.number(tiff.COMPRESSION, 1) == _PLAIN
    if len(counts) < len(offsets) or (is_plain and not counts.any()):
        # Old writers leave the counts out: then only the offsets say where the parts are.
        counts = np.ones_like(offsets)
    needed = counts
    if is_plain:
        needed = _plain_bytes(tags, len(offsets), is_tiled=is_tiled)
        counts = np.where(counts == 1, needed, counts)
        # Some writers round up: bytes that no pixel needs may be missing.
        needed = np.where(counts > needed, needed, counts)
        is_short = counts < _plain_bytes(tags, len(offsets), is_tiled=is_tiled)
    else:
        is_short = counts < 1
    return (offsets == 0) | is_short | (offsets + needed > len(tags.data))


def _plain_bytes(tags: tiff.Tags, parts: int, *, is_tiled: bool) -> Numbers:
    """Give the bytes of each part that is not compressed."""
    rows, cols = tags.number(tiff.HEIGHT), tags.number(tiff.WIDTH)
    samples = tags.number(tiff.SAMPLES, 1)
    samples = 1 if tags.number(tiff.PLANAR, 1) == 2 else samples
    if tags.number(tiff.PHOTOMETRIC) == _YCBCR:
        samples = 1  # its colours may be fewer than its pixels
    bits = samples * tags.number(tiff.BITS, 1)
    if is_tiled:
        whole = tags.number(tiff.TILE_LENGTH) * -(
            -tags.number(tiff.TILE_WIDTH) * bits // 8
        )
        return np.full(parts, whole, np.int64)
    each = min(tags.number(_ROWS_PER_STRIP, rows), rows) or rows
    down = -(-rows // each)
    heights = np.full(parts, each, np.int64)
    heights[np.arange(parts) % down == down - 1] = rows - (down - 1) * each
    return heights * -(-cols * bits // 8)


def _is_cut(tags: tiff.Tags, start: int, size: int, rows: int) -> bool:
    """Whether a part's codes end early, of the coders that libtiff only warns of."""
    data = bytes(tags.data[start : start + size])
    coder = tags.number(tiff.COMPRESSION, 1)
    if coder == _JPEG:
        tables = tags.array(_JPEG_TABLES).astype(np.uint8).tobytes()
        whole = tables[:-2] + data[2:] if tables else data
        jpeg.read_facts(whole)  # refuses one of very many scans
        return not jpeg_lost.is_whole(whole)
    if tags.number(_FILL_ORDER, 1) == 2:  # the lowest bit comes first
        data = data.translate(_MIRRORED)
    if coder == _FAX_4:
        return 2 * _END_OF_LINE not in _bits(data[-8:])
    return _bits(data).count(_END_OF_LINE) < rows


def _bits(data: bytes) -> str:
    return f"{int.from_bytes(data, 'big'):0{8 * len(data)}b}" if data else ""
