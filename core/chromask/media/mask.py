"""Masks as data: a file's exact values as a plane, never turned, blended or scaled."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from chromask.errors import MediaError, Problem, say
from chromask.media.decode import decode, decode_png, png_facts
from chromask.media.limits import DECODE_LIMITS
from chromask.media.png import parse_png
from chromask.media.png_rows import NotPlainError, read_rows
from chromask.media.sniff import VIDEO, disguise, no_memory, read_media
from chromask.pixels.plane import MaskFormat, build_plane

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from chromask.media.decode import Decoded, Facts
    from chromask.media.limits import DecodeLimits
    from chromask.pixels.plane import Plane

_CHANNELS = {
    "1": 1,
    "L": 1,
    "LA": 2,
    "RGB": 3,
    "RGBA": 4,
    "I;16": 1,
    "LA;16": 2,
    "RGB;16": 3,
    "RGBA;16": 4,
}


@dataclass(frozen=True, slots=True, eq=False)
class MaskFile:
    """A mask as it was read.

    Attributes
    ----------
    plane
        Its pixels and values.
    problems
        What was odd about the file.
    sha256
        The fingerprint of the file's bytes, 64 hexadecimal digits; empty for a video.
    """

    plane: Plane
    problems: tuple[Problem, ...] = ()
    sha256: str = ""


def read_mask(
    path: Path,
    content_type: str | None = None,
    *,
    uri: str,
    limits: DecodeLimits = DECODE_LIMITS,
) -> Plane:
    """Read a mask's plane; like `read_mask_file`, without what was odd about the file."""
    return read_mask_file(path, content_type, uri=uri, limits=limits).plane


def read_mask_file(
    path: Path,
    content_type: str | None = None,
    *,
    uri: str,
    limits: DecodeLimits = DECODE_LIMITS,
) -> MaskFile:
    """Read the first picture of an image file as a mask.

    Parameters
    ----------
    path
        Where the file lies.
    content_type
        What the frame says it is; a warning where it holds something else.
    uri
        The file's name in messages.
    limits
        How large the image may be.

    Raises
    ------
    MediaError
        The file is missing, empty, cut off, damaged, too large, a video, or holds values
        that no mask has (fractions, or whole numbers beyond 16 bits).
    """
    data, container = read_media(path, uri=uri)
    if container == VIDEO:
        raise MediaError("the file is a video", uri=uri, hint="Name an image")
    facts, plane, notes = _read(data, container, limits, uri)
    return MaskFile(
        plane,
        (
            *disguise(container, path, content_type, uri=uri),
            *facts.problems,
            *notes,
            *_turned(facts, uri),
        ),
        hashlib.sha256(data).hexdigest(),
    )


def _read(
    data: bytes, container: str, limits: DecodeLimits, uri: str
) -> tuple[Facts, Plane, tuple[Problem, ...]]:
    if container == "PNG":
        png = parse_png(data, uri=uri, limits=limits)
        facts = png_facts(png, uri=uri)
        wide = png.bit_depth == 16
        try:
            kind = _format(facts, facts.mode, is_wide=wide)
            return facts, read_rows(png, kind, facts.palette), ()
        except NotPlainError:
            decoded = decode_png(png, uri=uri)
        except MemoryError as error:
            raise no_memory(png.rows, png.cols, uri=uri) from error
    else:
        decoded = decode(data, container, uri=uri, limits=limits)
    pixels, mode, notes = _values(decoded, uri)
    kind = _format(decoded, mode, is_wide=pixels.dtype == np.uint16)
    return decoded, build_plane(pixels, kind, decoded.palette), notes


def _format(facts: Facts, mode: str, *, is_wide: bool) -> MaskFormat:
    """Give how values are stored; samples of other widths were unpacked to 8 bits."""
    depth = 16 if is_wide else 8
    if mode in ("1", "L", "P") and facts.bit_depth in (1, 2, 4):
        depth = facts.bit_depth
    palette = facts.palette
    return MaskFormat(
        facts.container,
        mode,
        depth,
        palette.shape[1] if palette is not None else _CHANNELS[mode],
        65535 if is_wide else 255,
        facts.lossy,
    )


def plane_of_video(pixels: npt.NDArray[np.uint8]) -> Plane:
    """Build the plane of one frame of a mask video, (rows, cols, 3) RGB."""
    return build_plane(pixels, MaskFormat("VIDEO", "RGB", 8, 3, 255, lossy=True))


def _values(
    decoded: Decoded, uri: str
) -> tuple[npt.NDArray[Any], str, tuple[Problem, ...]]:
    """Give the pixels as uint8 or uint16; 32-bit ones only where nothing is lost."""
    pixels = decoded.pixels
    if decoded.mode not in ("I", "F"):
        return pixels, decoded.mode, ()
    with np.errstate(invalid="ignore"):
        values = pixels.astype(np.uint16)
    if not np.array_equal(values, pixels):
        what = "fractions or" if decoded.mode == "F" else "numbers below 0 or"
        raise MediaError(
            say("its 32-bit pixels hold {} numbers above 65535", what),
            uri=uri,
            hint="A mask has whole numbers from 0 to 65535; save it as a 16-bit image",
        )
    note = Problem(
        "its 32-bit pixels all are whole numbers of 16 bits and were read as those",
        uri=uri,
        severity="note",
    )
    return values, "I;16", (note,)


def _turned(facts: Facts, uri: str) -> tuple[Problem, ...]:
    if facts.orientation == 1:
        return ()
    return (
        Problem(
            say(
                "it says that it is stored turned (orientation {}); a mask is read as it is stored",
                facts.orientation,
            ),
            uri=uri,
            severity="note",
        ),
    )
