"""PNG files chunk by chunk: their header, and a writer that keeps all but the pixels.

The writer keeps colour type, bit depth and every ancillary chunk of the original, byte by
byte and in place. Layout and filters: the W3C's PNG Specification (Third Edition).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from zlib_ng import zlib_ng

from chromask.errors import MediaError, say
from chromask.media.limits import DECODE_LIMITS
from chromask.media.sniff import check_size, damaged
from chromask.pixels.plane import expand, look_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from chromask.media.limits import DecodeLimits
    from chromask.pixels.plane import Plane

    Bytes2D = npt.NDArray[np.uint8]

Data = bytes | memoryview
"""Bytes, or those of a file without a copy."""

ZLIB: Any = zlib_ng
"""zlib-ng in the names of Python's zlib; its own stubs leave half of them unknown."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BAND_BYTES = 1 << 19
"""Raw bytes that are filtered and compressed at a time: they stay in the processor's cache, and
the window need not wait for long while numpy holds the interpreter's lock."""

SAMPLES, SAMPLED_PART = 12, 8
"""At how many places, and on what part of the rows, filters are tried first: 1 in 8."""

_CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_MODES = {
    (0, 1): "1",
    (0, 2): "L",
    (0, 4): "L",
    (0, 8): "L",
    (0, 16): "I;16",
    (2, 8): "RGB",
    (2, 16): "RGB;16",
    (3, 1): "P",
    (3, 2): "P",
    (3, 4): "P",
    (3, 8): "P",
    (4, 8): "LA",
    (4, 16): "LA;16",
    (6, 8): "RGBA",
    (6, 16): "RGBA;16",
}
_COLOR_TYPES = {mode: color_type for (color_type, _), mode in _MODES.items()}


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk of a PNG: its four-letter name and its data."""

    name: bytes
    data: Data

    def encode(self) -> bytes:
        """Give the chunk as it stands in a file."""
        crc = ZLIB.crc32(self.data, ZLIB.crc32(self.name))
        return (
            struct.pack(">I", len(self.data))
            + self.name
            + self.data
            + struct.pack(">I", crc)
        )


@dataclass(frozen=True, slots=True)
class PngFile:
    """A PNG, taken apart.

    Attributes
    ----------
    rows, cols, bit_depth, color_type
        From the header.
    mode
        The mask mode of colour type and bit depth.
    is_interlaced
        Whether its rows come in seven passes.
    chunks
        All chunks up to IEND in their order.
    """

    rows: int
    cols: int
    bit_depth: int
    color_type: int
    mode: str
    is_interlaced: bool
    chunks: tuple[Chunk, ...]

    @property
    def samples(self) -> int:
        """Samples of a pixel."""
        return {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[self.color_type]

    @property
    def pixel_bytes(self) -> int:
        """Bytes of a pixel, as filters count them: at least one."""
        return max(1, self.samples * self.bit_depth // 8)

    @property
    def row_bytes(self) -> int:
        """Bytes of a row, without that of its filter."""
        return (self.cols * self.samples * self.bit_depth + 7) // 8

    def find(self, name: bytes) -> bytes | None:
        """Give the data of the first chunk of that name; None where there is none."""
        found = (chunk.data for chunk in self.chunks if chunk.name == name)
        data = next(found, None)
        return None if data is None else bytes(data)

    def palette(self) -> npt.NDArray[np.uint8]:
        """Give the palette, (n, 3), or (n, 4) where tRNS gives it alpha."""
        entries = np.frombuffer(self.find(b"PLTE") or b"", np.uint8).reshape(-1, 3)
        alpha = self.find(b"tRNS")
        if alpha is None:
            return entries
        full = np.full((len(entries), 4), 255, np.uint8)
        full[:, :3] = entries
        alpha = alpha[: len(entries)]
        full[: len(alpha), 3] = np.frombuffer(alpha, np.uint8)
        return full

    def bare(self) -> bytes:
        """Give the file with nothing but header, palette and pixels.

        Decoders then have no gamma, profile, text or transparent colour to act upon or
        to complain about.
        """
        return join_chunks(chunk for chunk in self.chunks if chunk.name in _CRITICAL)


def parse_png(
    data: bytes, *, uri: str, limits: DecodeLimits | None = DECODE_LIMITS
) -> PngFile:
    """Take a PNG apart and check it, without decoding a pixel.

    Parameters
    ----------
    data
        The whole file.
    uri
        The file's name in messages.
    limits
        Of these its pixels count; None for a file that has been decoded already.

    Raises
    ------
    MediaError
        The file is cut off, a checksum of a critical chunk is wrong, the header is none,
        or the image is too large.
    """
    chunks = tuple(_read_chunks(data, uri))
    if not chunks or chunks[0].name != b"IHDR" or len(chunks[0].data) != 13:
        raise damaged("it does not begin with a header", uri=uri)
    cols, rows, depth, color_type, coder, filters, interlace = struct.unpack(
        ">IIBBBBB", chunks[0].data
    )
    if limits is not None:
        check_size(rows, cols, None, limits, uri=uri)
    mode = _MODES.get((color_type, depth))
    if mode is None or coder or filters or interlace > 1:
        raise damaged(
            say("colour type {} of {} bits is no PNG", color_type, depth), uri=uri
        )
    png = PngFile(rows, cols, depth, color_type, mode, bool(interlace), chunks)
    if mode == "P":
        palette = png.find(b"PLTE")
        if not palette or len(palette) % 3 or len(palette) > 768:
            raise damaged("it has no valid palette", uri=uri)
    _check_pixels(png, uri)
    return png


def write_png(plane: Plane, original: bytes | None = None, *, uri: str = "") -> bytes:
    """Write a plane as PNG.

    Parameters
    ----------
    plane
        The pixels and values; pixel-exact in every mode.
    original
        The PNG the plane was read from: its ancillary chunks stay, byte by byte and in
        their places, and a palette that did not change keeps its PLTE and tRNS.
    uri
        The original's name in messages.

    Raises
    ------
    MediaError
        The original is no readable PNG, or the plane's format is not a PNG's.
    """
    if original is None:
        return encode_new_png(plane)
    png = parse_png(original, uri=uri, limits=None)
    if png.mode != plane.format.mode or png.bit_depth != plane.format.bit_depth:
        raise MediaError(
            say(
                "the mask is {} of {} bits, the file {} of {}",
                plane.format.mode,
                plane.format.bit_depth,
                png.mode,
                png.bit_depth,
            ),
            uri=uri,
            hint="The file changed on disk; load it again",
        )
    return join_chunks(_replaced(plane, png))


def encode_new_png(plane: Plane) -> bytes:
    """Write a plane that came from another kind of file as a new PNG.

    The mode stays; samples of a palette take 8 bits.
    """
    if plane.format.mode == "P":
        plane = replace(plane, format=replace(plane.format, bit_depth=8))
    chunks: list[Chunk] = [_header(plane)]
    if plane.format.mode == "P":
        chunks += _palette_chunks(plane)
    return join_chunks([*chunks, *_idat(plane), Chunk(b"IEND", b"")])


def header_chunk(cols: int, rows: int, depth: int, color_type: int) -> Chunk:
    """Give the header of a PNG that is not interlaced."""
    fields = (cols, rows, depth, color_type, 0, 0, 0)
    return Chunk(b"IHDR", struct.pack(">IIBBBBB", *fields))


def join_chunks(chunks: Iterable[Chunk]) -> bytes:
    """Give the file that chunks make."""
    return SIGNATURE + b"".join(chunk.encode() for chunk in chunks)


def _check_pixels(png: PngFile, uri: str) -> None:
    """Refuse a header that promises more pixels than its data can hold, before decoding.

    Deflate packs at most 1032 bytes into one, so a few bytes cannot ask for gigabytes.
    """
    packed = sum(len(chunk.data) for chunk in png.chunks if chunk.name == b"IDAT")
    if png.rows * png.cols * png.samples * png.bit_depth // 8 > 1032 * packed:
        raise damaged(
            say("{} bytes of pixels cannot make {} x {}", packed, png.cols, png.rows),
            uri=uri,
        )


def _read_chunks(data: bytes, uri: str) -> Iterator[Chunk]:
    offset, view = len(SIGNATURE), memoryview(data)
    while True:
        if offset + 12 > len(data):
            raise damaged("the end is missing", uri=uri)
        size, name = struct.unpack_from(">I4s", data, offset)
        end = offset + 12 + size
        if end > len(data):
            raise damaged(say("chunk {} is cut off", name.decode("latin-1")), uri=uri)
        chunk = Chunk(name, view[offset + 8 : end - 4])
        if name in _CRITICAL:
            (crc,) = struct.unpack_from(">I", data, end - 4)
            if crc != ZLIB.crc32(chunk.data, ZLIB.crc32(name)):
                raise damaged(say("checksum of {}", name.decode("latin-1")), uri=uri)
        yield chunk
        if name == b"IEND":
            return
        offset = end


def _replaced(plane: Plane, png: PngFile) -> Iterator[Chunk]:
    """Give the original's chunks with the header, palette and pixels of the plane."""
    is_palette_new = plane.format.mode == "P" and not _same_palette(plane, png)
    has_alpha = png.find(b"tRNS") is not None
    is_written = False
    for chunk in png.chunks:
        if chunk.name == b"IHDR":
            yield _header(plane)
        elif chunk.name == b"PLTE" and is_palette_new:
            yield _palette_chunks(plane)[0]
            if not has_alpha and plane.format.channels == 4:
                yield _palette_chunks(plane)[1]
        elif chunk.name == b"tRNS" and is_palette_new:
            yield _palette_chunks(plane)[1]
        elif chunk.name != b"IDAT":
            yield chunk
        elif not is_written:
            is_written = True
            yield from _idat(plane)


def _same_palette(plane: Plane, png: PngFile) -> bool:
    return np.array_equal(plane.table, png.palette())


def _header(plane: Plane) -> Chunk:
    kind = plane.format
    color_type = _COLOR_TYPES.get(kind.mode)
    if color_type is None or (color_type, kind.bit_depth) not in _MODES:
        raise MediaError(say("PNG has no {} of {} bits", kind.mode, kind.bit_depth))
    return header_chunk(plane.cols, plane.rows, kind.bit_depth, color_type)


def _palette_chunks(plane: Plane) -> list[Chunk]:
    chunks = [Chunk(b"PLTE", plane.table[:, :3].astype(np.uint8).tobytes())]
    if plane.format.channels == 4:
        chunks.append(Chunk(b"tRNS", plane.table[:, 3].astype(np.uint8).tobytes()))
    return chunks


class _Filter(IntEnum):
    """How rows are filtered: by one of PNG's filters, or each by the better of two."""

    NONE = 0
    SUB = 1
    UP = 2
    SUB_OR_UP = 5


def _compressor() -> Any:  # noqa: ANN401 - its type has no name
    # Of memory level 9 the tables leave the cache: slower, and no smaller.
    return ZLIB.compressobj(6, ZLIB.DEFLATED, 15, 8)


def _idat(plane: Plane) -> Iterator[Chunk]:
    """Filter and compress the pixels band by band, one IDAT for each band with output."""
    rows = _choose(plane)
    coder = _compressor()
    step = max(1, BAND_BYTES // _row_bytes(plane))
    for r0 in range(0, plane.rows, step):
        part = coder.compress(_rows(plane, r0, min(plane.rows, r0 + step), rows))
        if part:
            yield Chunk(b"IDAT", part)
    yield Chunk(b"IDAT", coder.flush())


def _choose(plane: Plane) -> _Filter:
    """Try the filters on a few rows and take the one that makes them smallest.

    None is best for all masks: it depends on whether rows repeat, and on slanted outlines.
    """
    rows = max(8, plane.rows // (SAMPLED_PART * SAMPLES))
    places = [(2 * n + 1) * plane.rows // (2 * SAMPLES) for n in range(SAMPLES)]
    spans = [(r0, min(plane.rows, r0 + rows)) for r0 in places]

    def size(rows: _Filter) -> int:
        coder = _compressor()
        parts = [coder.compress(_rows(plane, r0, r1, rows)) for r0, r1 in spans]
        return sum(map(len, parts)) + len(coder.flush())

    is_packed = plane.format.mode == "P" or plane.format.bit_depth < 8
    filters = [_Filter.NONE, _Filter.UP] + [_Filter.SUB_OR_UP] * (not is_packed)
    return min(filters, key=size)


def _rows(plane: Plane, r0: int, r1: int, rows: _Filter) -> Bytes2D:
    """Give rows as they are compressed: a byte for the filter before each."""
    band = np.empty((r1 - r0, _row_bytes(plane) + 1), np.uint8)
    band[:, 0] = _Filter.NONE if rows == _Filter.NONE else _Filter.UP
    if rows == _Filter.NONE:
        band[:, 1:] = _raw_rows(plane, r0, r1)
        return band
    first = max(0, r0 - 1)
    raw = _raw_rows(plane, first, r1)
    if r0 == 0:
        band[0, 1:] = raw[0]
    np.subtract(raw[1:], raw[:-1], out=band[first + 1 - r0 :, 1:])
    if rows == _Filter.SUB_OR_UP:
        turned = np.flatnonzero(_is_sub_better(plane.band(first, r1))[r0 - first :])
        raw = raw[turned + (r0 - first)]
        step = max(1, _samples(plane) * plane.format.bit_depth // 8)
        band[turned, 0] = _Filter.SUB
        band[turned, 1 : step + 1] = raw[:, :step]
        band[turned, step + 1 :] = raw[:, step:] - raw[:, :-step]
    return band


def _is_sub_better(indices: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Tell for each row whether it changes less often along itself than from the one above."""
    along = np.count_nonzero(indices[:, 1:] != indices[:, :-1], axis=1)
    above = np.full(len(indices), indices.shape[1])
    above[1:] = np.count_nonzero(indices[1:] != indices[:-1], axis=1)
    return along < above


def _samples(plane: Plane) -> int:
    return 1 if plane.format.mode == "P" else plane.format.channels


def _row_bytes(plane: Plane) -> int:
    return (plane.cols * _samples(plane) * plane.format.bit_depth + 7) // 8


def _raw_rows(plane: Plane, r0: int, r1: int) -> Bytes2D:
    """Give rows as the bytes of the file before filtering, (rows, bytes of a row)."""
    kind = plane.format
    if kind.bit_depth < 8 and kind.mode != "P":
        levels = (plane.table[:, 0] // kind.grey_step).astype(np.uint8)
        pixels: npt.NDArray[Any] = look_up(levels, plane.band(r0, r1))
    else:
        pixels = expand(plane, r0, r1)
    if kind.bit_depth == 16:
        pixels = pixels.astype(">u2")
        return pixels.reshape(r1 - r0, -1).view(np.uint8)
    if kind.bit_depth == 8:
        return pixels.reshape(r1 - r0, -1)
    if kind.bit_depth == 1:
        return np.packbits(pixels, axis=1)
    each = 8 // kind.bit_depth
    full = np.zeros((r1 - r0, -(-plane.cols // each) * each), np.uint8)
    full[:, : plane.cols] = pixels
    packed = np.zeros((r1 - r0, full.shape[1] // each), np.uint8)
    for place in range(each):
        packed |= full[:, place::each] << (8 - kind.bit_depth * (place + 1))
    return packed
