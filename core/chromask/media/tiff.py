"""The tags of a TIFF file (and of Exif, which is one): read and patched in memory.

Pillow turns a TIFF by its orientation and divides by its alpha while loading. Masks are
data: what they hold is read as it stands, so those two tags are overwritten in a copy of
the bytes first. Layout: TIFF 6.0, sections 2 and 8; BigTIFF as libtiff documents it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

WIDTH, HEIGHT, BITS, COMPRESSION = 256, 257, 258, 259
PHOTOMETRIC, ORIENTATION, SAMPLES, PLANAR = 262, 274, 277, 284
PREDICTOR, TILE_WIDTH, TILE_LENGTH = 317, 322, 323
EXTRA_SAMPLES, SAMPLE_FORMAT = 338, 339
SUBFILE = 254

MAX_PAGES = 1000
_REDUCED_OR_MASK = 0b101
_NUMBERS = {1: "B", 3: "H", 4: "I", 7: "B", 16: "Q"}
_DTYPES = {"B": "u1", "H": "u2", "I": "u4", "Q": "u8"}


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    count: int
    offset: int


class Tags:
    """The tags of one directory of a TIFF.

    Parameters
    ----------
    data
        The whole file (of Exif: from the byte order on).
    start
        Where the directory begins; None: the first one.

    Raises
    ------
    ValueError
        The bytes are no TIFF, or the directory leaves the file.
    """

    def __init__(self, data: bytes | bytearray, start: int | None = None) -> None:
        self.data = data
        self._order = {b"II": "<", b"MM": ">"}.get(bytes(data[:2]), "")
        if not self._order or len(data) < 8:
            raise ValueError("no TIFF header")
        self._is_big = self._unpack("H", 2) == 43
        if start is None:
            start = self._unpack("Q", 8) if self._is_big else self._unpack("I", 4)
        self.start = start
        self._entries, self.next = self._read(start)

    def number(self, tag: int, default: int = 0) -> int:
        """Give the first number of a tag; the default where it is absent."""
        numbers = self.numbers(tag)
        return numbers[0] if numbers else default

    def numbers(self, tag: int) -> tuple[int, ...]:
        """Give up to 16 whole numbers of a tag; empty where it is absent or of another type."""
        entry = self._entries.get(tag)
        if entry is None:
            return ()
        size = struct.calcsize(entry.kind)
        return tuple(
            self._unpack(entry.kind, entry.offset + size * place)
            for place in range(min(entry.count, 16))
        )

    def array(self, tag: int) -> npt.NDArray[np.int64]:
        """Give all whole numbers of a tag; none where it is absent or of another type.

        Raises
        ------
        ValueError
            They are outside the file.
        """
        entry = self._entries.get(tag)
        if entry is None:
            return np.zeros(0, np.int64)
        kind = np.dtype(self._order + _DTYPES[entry.kind])
        if entry.offset + entry.count * kind.itemsize > len(self.data):
            raise ValueError("a tag lies outside of the file")
        found = np.frombuffer(self.data, kind, entry.count, entry.offset)
        # A number beyond 63 bits is beyond the end of any file.
        return np.minimum(found.astype(np.uint64), 1 << 62).astype(np.int64)

    def patch(self, tag: int, value: int) -> None:
        """Overwrite every number of a tag in ``data``, which must be a bytearray."""
        entry = self._entries.get(tag)
        if entry is None or not isinstance(self.data, bytearray):
            return
        size = struct.calcsize(entry.kind)
        for place in range(min(entry.count, 16)):
            struct.pack_into(
                self._order + entry.kind, self.data, entry.offset + size * place, value
            )

    def _unpack(self, kind: str, offset: int) -> int:
        try:
            return int(struct.unpack_from(self._order + kind, self.data, offset)[0])
        except struct.error as error:
            raise ValueError("a tag lies outside of the file") from error

    def _read(self, start: int) -> tuple[dict[int, _Entry], int]:
        count_kind, word, step = ("Q", "Q", 20) if self._is_big else ("H", "I", 12)
        first = start + struct.calcsize(count_kind)
        count = self._unpack(count_kind, start)
        if first + count * step > len(self.data):
            raise ValueError("the directory of tags is cut off")
        entries: dict[int, _Entry] = {}
        for place in range(first, first + count * step, step):
            kind = _NUMBERS.get(self._unpack("H", place + 2))
            if kind is None:
                continue
            number = self._unpack(word, place + 4)
            inline = place + 4 + struct.calcsize(word)
            fits = number * struct.calcsize(kind) <= struct.calcsize(word)
            offset = inline if fits else self._unpack(word, inline)
            entries[self._unpack("H", place)] = _Entry(kind, number, offset)
        end = first + count * step
        following = self._unpack(word, end) if end + 4 <= len(self.data) else 0
        return entries, following


def declared_sizes(tags: Tags) -> list[tuple[int, int]]:
    """Give (rows, cols) of a page, and of its tiles: a decoder takes memory for both."""
    sizes = [(tags.number(HEIGHT), tags.number(WIDTH))]
    if tags.number(TILE_WIDTH):
        sizes.append((tags.number(TILE_LENGTH), tags.number(TILE_WIDTH)))
    return sizes


def count_pages(data: bytes) -> int:
    """Count the pictures of a TIFF; overviews and transparency masks of one are none."""
    seen: set[int] = set()
    tags = Tags(data)
    pages = 1
    while tags.next and tags.next not in seen and len(seen) < MAX_PAGES:
        seen.add(tags.next)
        try:
            tags = Tags(data, tags.next)
        except ValueError:
            break
        pages += not tags.number(SUBFILE) & _REDUCED_OR_MASK
    return pages


def exif_orientation(exif: bytes) -> int:
    """Give the orientation 1 to 8 of an Exif block; 1 where it says none."""
    try:
        value = Tags(exif.removeprefix(b"Exif\0\0")).number(ORIENTATION, 1)
    except ValueError:
        return 1
    return value if 1 <= value <= 8 else 1
