"""The chunks of a WebP file. Layout: RFC 9649."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def canvas_size(data: bytes) -> tuple[int, int] | None:
    """Return the largest (rows, cols) that a WebP declares; None where it declares none.

    The decoder takes memory for all of it as soon as it begins.
    """
    sizes = [
        size for name, place in _chunks(data) if (size := _size(name, data, place))
    ]
    if not sizes:
        return None
    return max(rows for rows, _ in sizes), max(cols for _, cols in sizes)


def is_lossless(data: bytes) -> bool:
    """Whether a picture of a WebP is coded without loss."""
    return any(name == b"VP8L" for name, _ in _chunks(data))


def _chunks(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Give each chunk's name and the place of its content, those of frames included."""
    offset = 12
    while offset + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, offset)
        yield name, offset + 8
        # A frame's own chunks lie behind 16 bytes of where it is drawn.
        offset += 24 if name == b"ANMF" else 8 + size + size % 2


def _size(name: bytes, data: bytes, place: int) -> tuple[int, int] | None:
    head = data[place : place + 10]
    if len(head) < 10:
        head = head.ljust(10, b"\0")
    if name == b"VP8X":
        cols, rows = (int.from_bytes(head[n : n + 3], "little") for n in (4, 7))
        return rows + 1, cols + 1
    if name == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits >> 14 & 0x3FFF) + 1, (bits & 0x3FFF) + 1
    if name == b"VP8 ":
        cols, rows = struct.unpack_from("<HH", head, 6)
        return rows & 0x3FFF, cols & 0x3FFF
    return None
