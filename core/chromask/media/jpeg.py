"""The segments of a JPEG file: what is stored in it, and whether it is whole.

Layout: ITU-T T.81, annex B; Exif lies in APP1 (Exif 2.3, 4.7.2).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chromask.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterator

_EOI, _SOS, _APP1, _DRI = 0xD9, 0xDA, 0xE1, 0xDD
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_PLAIN_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended and progressive, with Huffman codes."""

_PROGRESSIVE = 0xC2
_COEFFICIENTS = 64

MOST_SCANS = 100
"""A decoder goes through all pixels for each scan: a file of many takes minutes. libjpeg's
own tools write no more than these; encoders use about 10."""

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
    is_huffman
        Whether it is baseline, extended or progressive, coded by Huffman's codes.
    mcu_rows, mcu_cols
        Pixels of what is coded together (T.81, A.2.4).
    exif
        Its Exif block, or nothing.
    restart
        So many of these are an interval after which the coder restarts; 0 is never.
    is_sequential
        Whether the pixels are coded in one pass from the top down.
    is_refined
        Whether the scans of a progressive one bring every coefficient to its last bit.
    size
        Bytes up to its end; more may follow, a second picture for instance.
    """

    rows: int
    cols: int
    channels: int
    is_plain: bool
    is_huffman: bool
    mcu_rows: int
    mcu_cols: int
    exif: bytes = b""
    restart: int = 0
    is_sequential: bool = False
    is_refined: bool = True
    size: int = 0


def read_facts(data: bytes) -> JpegFacts | None:
    """Walk through the segments of a JPEG; None where they are odd, or cut off.

    Raises
    ------
    ValueError
        It has more than `MOST_SCANS` scans.
    """
    frame: JpegFacts | None = None
    exif, restart, is_progressive = b"", 0, False
    scans: list[bytes] = []
    for marker, content, end in _segments(data):
        if marker == _EOI:
            if frame is None:
                return None
            one_pass = len(scans) == 1 and scans[0][:1] == bytes((frame.channels,))
            return replace(
                frame,
                exif=exif,
                restart=restart,
                is_sequential=one_pass and not is_progressive,
                is_refined=not is_progressive or _are_refined(scans, frame.channels),
                size=end,
            )
        if marker in _FRAMES:
            frame, is_progressive = _read_frame(marker, content), marker == _PROGRESSIVE
        elif marker == _SOS:
            scans.append(content)
            if len(scans) > MOST_SCANS:
                raise ValueError(say("it has more than {} scans", MOST_SCANS))
        elif marker == _DRI and len(content) == 2:
            restart = int.from_bytes(content, "big")
        elif marker == _APP1 and content.startswith(b"Exif\0\0") and not exif:
            exif = content
    return None


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Give the segments as (marker, content, end); as decoders do, skip what is between them."""
    place = 2
    while place + 2 <= len(data):
        marker = data[place + 1]
        if data[place] != 0xFF or marker == 0 or 0xD0 <= marker < 0xD8:
            place = _next_marker(data, place)
            continue
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        end = place + 4
        if marker != _EOI:
            end = place + 2 + int.from_bytes(data[place + 2 : end], "big")
        yield marker, data[place + 4 : end], place + 2 if marker == _EOI else end
        if marker == _EOI:
            return
        place = end
        if marker == _SOS:
            place = _next_marker(data, place)


def _next_marker(data: bytes, place: int) -> int:
    found = _MARKER.search(data, place)
    return found.start() if found is not None else len(data)


def _read_frame(marker: int, content: bytes) -> JpegFacts | None:
    if len(content) < 6:
        return None
    bits, rows, cols, channels = struct.unpack_from(">BHHB", content)
    factors = content[7 : 6 + 3 * channels : 3]
    if len(factors) != channels or not all(factors):
        return None
    is_huffman = marker in _PLAIN_FRAMES
    is_plain = is_huffman and bits == 8 and channels in (1, 3)
    # A single channel is not interleaved: its factors mean nothing.
    many = channels > 1
    return JpegFacts(
        rows,
        cols,
        channels,
        is_plain and rows > 0,
        is_huffman,
        8 * max(each & 15 for each in factors) if many else 8,
        8 * max(each >> 4 for each in factors) if many else 8,
    )


def _are_refined(scans: list[bytes], channels: int) -> bool:
    """Whether the scans code each coefficient of each channel down to its last bit."""
    left: dict[int, set[int]] = {}
    for scan in scans:
        count = scan[0] if scan else 0
        if len(scan) < 4 + 2 * count:
            return False
        first, last, bits = scan[1 + 2 * count : 4 + 2 * count]
        for channel in scan[1 : 1 + 2 * count : 2]:
            coded = set(range(first, min(last, _COEFFICIENTS - 1) + 1))
            rest = left.setdefault(channel, set(range(_COEFFICIENTS)))
            left[channel] = rest | coded if bits & 15 else rest - coded
    return len(left) == channels and not any(left.values())
