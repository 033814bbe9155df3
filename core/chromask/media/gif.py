"""The blocks of a GIF up to its first picture. Layout: GIF89a, sections 15 to 26."""

from __future__ import annotations

import struct

_EXTENSION, _IMAGE = 0x21, 0x2C
_HEADER, _DESCRIPTOR = 13, 10
_TRAILER = b";"


def canvas_size(data: bytes) -> tuple[int, int] | None:
    """Return (rows, cols) of the canvas that all pictures are drawn on; None where cut off.

    The decoder takes memory for all of it, however small the pictures are.
    """
    if len(data) < _HEADER:
        return None
    cols, rows = struct.unpack_from("<HH", data, 6)
    return (rows, cols) if rows and cols else None


def first_end(data: bytes) -> int:
    """Return where the first picture's data ends: later ones make none of its pixels."""
    place = _HEADER + _table_bytes(data, 10)
    while place + 1 < len(data):
        kind = data[place]
        if kind == _IMAGE:
            # Behind the descriptor: its table, and a byte of the coder.
            start = place + _DESCRIPTOR + _table_bytes(data, place + 9) + 1
            end = min(_blocks_end(data, start), len(data))
            return len(data) if data[end:] == _TRAILER else end
        if kind != _EXTENSION:
            place += 1  # decoders skip it
            continue
        place = _blocks_end(data, place + 2)
    return len(data)


def _table_bytes(data: bytes, place: int) -> int:
    flags = data[place] if place < len(data) else 0
    return 3 * (2 << (flags & 7)) if flags & 0x80 else 0


def _blocks_end(data: bytes, place: int) -> int:
    while place < len(data) and data[place]:
        place += 1 + data[place]
    return place + 1
