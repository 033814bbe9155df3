"""The segments of a JPEG file: what is stored in it, and whether it is whole.

Layout: ITU-T T.81, annex B; Exif lies in APP1 (Exif 2.3, 4.7.2).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_EOI, _SOS, _APP1 = 0xD9, 0xDA, 0xE1
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_PLAIN_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended and progressive, with Huffman codes."""

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""What ends the coded pixels: in them a byte of 255 is stuffed, or restarts the coder."""


@dataclass(frozen=True, slots=True)
class JpegFacts:
    """What a whole JPEG says of itself.

    Attributes
    ----------
    rows, cols, channels
        Of the pixels as stored.
    is_plain
        Whether it holds 8-bit grey, or 8-bit colour of three channels, as nearly all do.
    exif
        Its Exif block, or nothing.
    """

    rows: int
    cols: int
    channels: int
    is_plain: bool
    exif: bytes


def read_facts(data: bytes) -> JpegFacts | None:
    """Walk through the segments of a JPEG; None where they are odd, or cut off."""
    frame: JpegFacts | None = None
    exif = b""
    for marker, content in _segments(data):
        if marker == _EOI:
            return replace(frame, exif=exif) if frame is not None else None
        if marker in _FRAMES:
            frame = _read_frame(marker, content)
        elif marker == _APP1 and content.startswith(b"Exif\0\0") and not exif:
            exif = content
    return None


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the segments as (marker, content) as far as they follow each other."""
    place = 2
    while place + 2 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        end = place + 4
        if marker != _EOI:
            end = place + 2 + int.from_bytes(data[place + 2 : end], "big")
        yield marker, data[place + 4 : end]
        if marker == _EOI:
            return
        place = end
        if marker == _SOS:
            found = _MARKER.search(data, place)
            place = found.start() if found is not None else len(data)


def _read_frame(marker: int, content: bytes) -> JpegFacts | None:
    if len(content) < 6:
        return None
    bits, rows, cols, channels = struct.unpack_from(">BHHB", content)
    is_plain = marker in _PLAIN_FRAMES and bits == 8 and channels in (1, 3)
    return JpegFacts(rows, cols, channels, is_plain and rows > 0, b"")
