"""Files into arrays: the one place that decodes whole files, with OpenCV and `pillow`.

Which decoder reads what, and why:

- PNG of 8-bit grey, RGB and RGBA and all 16-bit ones: OpenCV. It is a third faster than
  Pillow, which reads 16-bit colour as 8 bits.
- PNG with a palette, of 8-bit grey with alpha, or of 1, 2 and 4 bits: Pillow, which
  keeps palette indices. Grey of 1, 2 and 4 bits is scaled to 0..255.
- JPEG of 8-bit grey and of three channels: OpenCV, which needs half the memory.
- TIFF of 16 bits with several samples: OpenCV; other TIFF, and all the rest: Pillow.

Pillow is loaded when the first file needs it: most frames are a JPEG with masks in PNG.
Nothing is turned, colour-managed or divided by alpha here. Masks in PNG files are read from
their rows (`png_rows`) and come here only where that cannot be.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np

from chromask.errors import MediaError, Problem, say
from chromask.media import gif, jpeg, jpeg_lost, tiff, tiff_lost, webp
from chromask.media.limits import DECODE_LIMITS, DecodeLimits
from chromask.media.png import PngFile, parse_png
from chromask.media.png_rows import is_png_whole
from chromask.media.sniff import check_size, damaged, no_memory

if TYPE_CHECKING:
    import numpy.typing as npt

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2
# What it refuses becomes an error here; its own lines would stand next to ours.
_cv.utils.logging.setLogLevel(_cv.utils.logging.LOG_LEVEL_SILENT)

_OPENCV_SIDE = 1 << 20
"""The longest side that OpenCV decodes."""

_JPEG_PIXELS = 512
"""No Huffman code is shorter than a bit, and each 64 pixels take one at least."""

_MOST_SAMPLES = 6
"""Samples a pixel of a TIFF that Pillow's tables know."""

_BITS = {"1": 1, "I;16": 16, "LA;16": 16, "RGB;16": 16, "RGBA;16": 16, "I": 32, "F": 32}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a file's first picture beside its pixels.

    Attributes
    ----------
    container, mode, bit_depth
        As in `chromask.pixels.plane.MaskFormat`; also the modes ``I`` and ``F``.
    palette
        (n, 3 or 4) uint8 for mode ``P``.
    transparent
        The one value that a PNG without alpha declares transparent (tRNS), as stored.
    orientation
        1 to 8, as Exif numbers them; the pixels are not turned.
    lossy
        Whether the coder loses values.
    problems
        Warnings: more pictures in the file, oddities that the decoder noticed.
    """

    container: str
    mode: str
    bit_depth: int = 8
    palette: npt.NDArray[np.uint8] | None = None
    transparent: tuple[int, ...] | None = None
    orientation: int = 1
    lossy: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded(Facts):
    """A file's first picture as its coder holds it.

    Attributes
    ----------
    pixels
        (rows, cols) or (rows, cols, channels); uint8, uint16, int32 (mode ``I``) or
        float32 (mode ``F``). RGB order; the indices of a palette; grey of fewer than 8
        bits scaled to 0..255.
    """

    pixels: npt.NDArray[Any] = field(kw_only=True)


def decode(
    data: bytes, container: str, *, uri: str, limits: DecodeLimits = DECODE_LIMITS
) -> Decoded:
    """Decode the first picture of a file.

    Parameters
    ----------
    data
        The whole file.
    container
        What `chromask.media.sniff.container_of` says it is; no video.
    uri
        The file's name in messages.
    limits
        How large it may be: a larger one is refused before a decoder is called.

    Raises
    ------
    MediaError
        The file is damaged, cut off, too large, or of a kind that is not read. Half a
        picture is never returned.
    """
    try:
        if container == "PNG":
            return decode_png(parse_png(data, uri=uri, limits=limits), uri=uri)
        if container == "TIFF":
            try:
                return _decode_tiff(data, limits, uri)
            except ValueError as error:  # a tag that lies outside of the file
                raise damaged(str(error), uri=uri) from error
        if container == "JPEG":
            return _decode_jpeg(data, limits, uri)
        return _decode_other(data, container, limits, uri)
    except MemoryError as error:
        if container == "PNG":
            png = parse_png(data, uri=uri, limits=limits)
            raise no_memory(png.rows, png.cols, uri=uri) from error
        raise MediaError(
            "there is not enough memory to decode it",
            uri=uri,
            hint="Close other programs, or cut the image into tiles",
        ) from error


def decode_png(png: PngFile, *, uri: str) -> Decoded:
    """Decode a PNG; like `decode`."""
    facts = png_facts(png, uri=uri)
    values = {each.name: getattr(facts, each.name) for each in fields(facts)}
    return Decoded(**values, pixels=_png_pixels(png, uri))


def png_facts(png: PngFile, *, uri: str) -> Facts:
    """Give what a PNG says of its pixels."""
    exif = png.find(b"eXIf")
    frames = png.find(b"acTL")
    count = int.from_bytes(frames[:4], "big") if frames else 1
    return Facts(
        "PNG",
        png.mode,
        png.bit_depth,
        png.palette() if png.mode == "P" else None,
        _transparent(png),
        tiff.exif_orientation(exif) if exif else 1,
        problems=_more_pictures(count, uri),
    )


def _png_pixels(png: PngFile, uri: str) -> npt.NDArray[Any]:
    bare = png.bare()
    is_long = png.bit_depth == 8 and max(png.rows, png.cols) > _OPENCV_SIDE
    if png.bit_depth < 8 or png.mode in ("P", "LA") or is_long:
        from chromask.media import pillow

        # Pillow gives zeros for rows that the data does not reach.
        if not is_png_whole(png):
            raise damaged("there is no data for its last rows", uri=uri)
        loaded = pillow.load("PNG", bare, DecodeLimits(png.rows * png.cols), uri)
        return pillow.pixels_of(loaded.picture)
    pixels = _opencv(bare, uri)
    if png.mode == "LA;16":
        return np.ascontiguousarray(pixels[:, :, ::3])
    return pixels


def _transparent(png: PngFile) -> tuple[int, ...] | None:
    key = png.find(b"tRNS")
    samples = {0: 1, 2: 3}.get(png.color_type)
    if key is None or samples is None or len(key) != 2 * samples:
        return None
    return tuple(
        sample * (255 // (2**png.bit_depth - 1) if png.bit_depth < 8 else 1)
        for sample in struct.unpack(f">{samples}H", key)
    )


def _decode_tiff(data: bytes, limits: DecodeLimits, uri: str) -> Decoded:
    copy = bytearray(data)
    tags = tiff.Tags(copy)
    problems = _more_pictures(tiff.count_pages(data), uri)
    for rows, cols in tiff.declared_sizes(tags):
        check_size(rows, cols, len(data), limits, uri=uri)
    lost = tiff_lost.lost_data(tags, uri=uri)
    if lost is not None:
        raise lost
    samples = tags.number(tiff.SAMPLES, 1)
    if samples > _MOST_SAMPLES:
        raise MediaError(
            say("it has {} samples a pixel", samples),
            uri=uri,
            hint="Save the ones that are colours as an image of 1 to 4 samples",
        )
    orientation = tags.number(tiff.ORIENTATION, 1)
    lossy = tags.number(tiff.COMPRESSION, 1) in (6, 7, 34712, 34887, 34892, 50001)
    tags.patch(tiff.ORIENTATION, 1)
    # 2 is plain alpha: samples that are data are neither divided nor dropped.
    if tags.number(tiff.PLANAR, 1) == 1:
        tags.patch(tiff.EXTRA_SAMPLES, 2)
    if tags.number(tiff.BITS, 1) == 16 and samples > 1:
        pixels, mode = _tiff_of_16_bits(bytes(copy), tags, uri)
        decoded = Decoded("TIFF", mode, 16, pixels=pixels)
    else:
        decoded = _decode_other(bytes(copy), "TIFF", limits, uri)
        depth = min(tags.number(tiff.BITS, 1), 32)
        decoded = replace(decoded, bit_depth=depth)
    return replace(
        decoded,
        orientation=orientation if 1 <= orientation <= 8 else 1,
        lossy=lossy,
        problems=problems + decoded.problems,
    )


def _tiff_of_16_bits(
    data: bytes, tags: tiff.Tags, uri: str
) -> tuple[npt.NDArray[Any], str]:
    samples = tags.number(tiff.SAMPLES, 1)
    mode = {(2, 3): "RGB;16", (2, 4): "RGBA;16"}.get(
        (tags.number(tiff.PHOTOMETRIC), samples)
    )
    is_plain = (
        tags.number(tiff.SAMPLE_FORMAT, 1) == 1 and tags.number(tiff.PLANAR, 1) == 1
    )
    if mode is None or not is_plain:
        raise MediaError(
            say(
                "it is a TIFF of {} samples of 16 bits in a layout that is not read",
                samples,
            ),
            uri=uri,
            hint="Save it as a 16-bit PNG",
        )
    pixels = _opencv(data, uri)
    if pixels.dtype != np.uint16 or pixels.shape[2:] != (samples,):
        raise damaged("the decoder gives another depth than its tags say", uri=uri)
    return pixels, mode


def _decode_jpeg(data: bytes, limits: DecodeLimits, uri: str) -> Decoded:
    """Decode a JPEG, and refuse one whose data ends before its pixels do."""
    try:
        facts = jpeg.read_facts(data)
    except ValueError as error:
        raise damaged(error.args[0], uri=uri) from error
    if facts is None:
        decoded = _decode_other(data, "JPEG", limits, uri)
        if not jpeg_lost.is_whole(data):
            raise damaged("the data of its pixels ends early", uri=uri)
        return decoded
    check_size(facts.rows, facts.cols, len(data), limits, uri=uri)
    if facts.is_huffman and facts.rows * facts.cols > _JPEG_PIXELS * facts.size:
        raise damaged(
            say("{} bytes cannot make {} x {}", facts.size, facts.cols, facts.rows),
            uri=uri,
        )
    decoded = _decode_plain_jpeg(data, facts)
    own = decoded.pixels if decoded is not None else None
    decoded = decoded or _decode_other(data, "JPEG", limits, uri)
    lost = jpeg_lost.lost_data(data, facts, own, uri=uri)
    if lost is not None:
        raise lost
    return decoded


def _decode_plain_jpeg(data: bytes, facts: jpeg.JpegFacts) -> Decoded | None:
    """Decode a JPEG of the usual kinds; None where another decoder must see to it.

    Both decoders rest on one library. Pillow keeps 4 bytes a pixel, and copies them twice
    while it holds the interpreter's lock; OpenCV shows half of a file that is cut off.
    """
    if not facts.is_plain or not hasattr(cv2, "IMREAD_COLOR_RGB"):
        return None
    color = _cv.IMREAD_GRAYSCALE if facts.channels == 1 else _cv.IMREAD_COLOR_RGB
    flags = color | _cv.IMREAD_IGNORE_ORIENTATION
    try:
        pixels = _cv.imdecode(np.frombuffer(data, np.uint8), flags)
    except cv2.error:
        return None
    if pixels is None or pixels.shape[:2] != (facts.rows, facts.cols):
        return None
    return Decoded(
        "JPEG",
        "L" if facts.channels == 1 else "RGB",
        8,
        pixels=pixels,
        orientation=tiff.exif_orientation(facts.exif) if facts.exif else 1,
        lossy=True,
    )


def _decode_other(
    data: bytes, container: str, limits: DecodeLimits, uri: str
) -> Decoded:
    from chromask.media import pillow

    size = webp.canvas_size(data) if container == "WEBP" else None
    if size is not None:
        check_size(*size, len(data), limits, uri=uri)
    if container == "GIF" and (size := gif.canvas_size(data)) is not None:
        check_size(*size, gif.first_end(data), limits, uri=uri)
    loaded = pillow.load(container, data, limits, uri)
    mode = loaded.picture.mode
    mode = "I;16" if mode.startswith("I;16") else mode
    is_lossy_webp = container == "WEBP" and not webp.is_lossless(data)
    return Decoded(
        container,
        mode,
        _BITS.get(mode, 8),
        pillow.palette_of(loaded.picture),
        pixels=pillow.pixels_of(loaded.picture),
        orientation=tiff.exif_orientation(loaded.exif),
        lossy=container == "JPEG" or is_lossy_webp,
        problems=_more_pictures(1 + loaded.is_animated, uri) + loaded.problems,
    )


def _opencv(data: bytes, uri: str) -> npt.NDArray[Any]:
    """Decode without turning or scaling; BGR becomes RGB."""
    try:
        pixels = _cv.imdecode(np.frombuffer(data, np.uint8), _cv.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise damaged(str(error), uri=uri) from error
    if pixels is None:
        raise damaged("its pixels cannot be decoded", uri=uri)
    if pixels.ndim == 3:
        code = _cv.COLOR_BGR2RGB if pixels.shape[2] == 3 else _cv.COLOR_BGRA2RGBA
        _cv.cvtColor(pixels, code, dst=pixels)
    return cast("npt.NDArray[Any]", pixels)


def _more_pictures(count: int, uri: str) -> tuple[Problem, ...]:
    if count < 2:
        return ()
    return (
        Problem(
            "the file holds more than one picture; the first is used",
            uri=uri,
            hint="Save the others as files of their own, if you need them",
            severity="warning",
        ),
    )
