"""Images to look at: upright as people see them, 8 or 16 bits, grey, RGB or RGBA."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from chromask.errors import MediaError, Problem, say
from chromask.media.decode import decode
from chromask.media.limits import DECODE_LIMITS
from chromask.media.sniff import VIDEO, disguise, read_media

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from chromask.media.decode import Decoded
    from chromask.media.limits import DecodeLimits

    Pixels = npt.NDArray[np.uint8 | np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A decoded image.

    Attributes
    ----------
    pixels
        (rows, cols), (rows, cols, 3) RGB or (rows, cols, 4) RGBA; uint8 or uint16,
        contiguous, upright. ICC profiles are not applied.
    mode
        The file's mode; ``I`` and ``F`` for 32-bit numbers, which are scaled to 16 bits.
    uri
        The file as the user knows it.
    orientation
        1 to 8, as Exif numbers them; already applied to the pixels.
    problems
        What was odd about the file.
    """

    pixels: Pixels
    mode: str
    uri: str
    orientation: int = 1
    problems: tuple[Problem, ...] = ()


def read_image(
    path: Path,
    content_type: str | None = None,
    *,
    uri: str,
    limits: DecodeLimits = DECODE_LIMITS,
) -> Image:
    """Read the first picture of an image file.

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
        The file is missing, empty, cut off, damaged, too large, a video, or of a kind
        that is not read.
    """
    data, container = read_media(path, uri=uri)
    if container == VIDEO:
        raise MediaError("the file is a video", uri=uri, hint="Name an image")
    decoded = decode(data, container, uri=uri, limits=limits)
    pixels, problems = _visible(decoded, uri)
    return Image(
        orient(pixels, decoded.orientation),
        decoded.mode,
        uri,
        decoded.orientation,
        (
            *disguise(container, path, content_type, uri=uri),
            *decoded.problems,
            *problems,
        ),
    )


def to_8bit(image: Image) -> npt.NDArray[np.uint8]:
    """Give the pixels as uint8 to show them: of 16 bits the upper 8, else no copy."""
    if image.pixels.dtype == np.uint8:
        return cast("npt.NDArray[np.uint8]", image.pixels)
    return (image.pixels >> 8).astype(np.uint8)


def orient(pixels: Pixels, orientation: int) -> Pixels:
    """Turn pixels upright.

    Parameters
    ----------
    pixels
        (rows, cols) or (rows, cols, channels) as stored.
    orientation
        1 to 8: where row 0 and column 0 lie in the scene (Exif 2.3, tag 274).

    Returns
    -------
    Contiguous pixels; the same array where there is nothing to turn.
    """
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


def _visible(decoded: Decoded, uri: str) -> tuple[Pixels, tuple[Problem, ...]]:
    """Turn what a file holds into grey, RGB or RGBA."""
    pixels: Any = decoded.pixels
    if decoded.palette is not None:
        table = np.zeros((256, decoded.palette.shape[1]), np.uint8)
        table[:, 3:] = 255
        table[: len(decoded.palette)] = decoded.palette
        return table[pixels], ()
    if decoded.mode in ("I", "F"):
        return _scaled(pixels, uri)
    if decoded.mode in ("LA", "LA;16"):
        return np.ascontiguousarray(pixels[:, :, [0, 0, 0, 1]]), ()
    if decoded.transparent is not None:
        return _keyed(pixels, decoded.transparent), ()
    return pixels, ()


def _keyed(pixels: Pixels, transparent: tuple[int, ...]) -> Pixels:
    """Give RGBA pixels in which the transparent value has alpha 0."""
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, np.newaxis], 3, axis=2)
    keyed = np.empty((*pixels.shape[:2], 4), pixels.dtype)
    keyed[:, :, :3] = pixels
    is_clear = np.all(pixels == np.array(transparent * (3 // len(transparent))), axis=2)
    keyed[:, :, 3] = np.where(is_clear, 0, np.iinfo(pixels.dtype).max)
    return keyed


def _scaled(pixels: npt.NDArray[Any], uri: str) -> tuple[Pixels, tuple[Problem, ...]]:
    """Scale 32-bit numbers to 16 bits: whole ones that fit stay, else smallest to largest."""
    numbers = pixels.astype(np.float64)
    finite = np.isfinite(numbers)
    if not finite.any():
        raise MediaError(
            "it holds no finite number", uri=uri, hint="Save it as an 8 or 16-bit image"
        )
    low, high = float(numbers[finite].min()), float(numbers[finite].max())
    if pixels.dtype.kind in "iu" and low >= 0 and high <= 65535:
        return pixels.astype(np.uint16), ()
    numbers = np.where(finite, numbers, low)
    scaled = (numbers - low) * (65535 / (high - low) if high > low else 0)
    problem = Problem(
        say("it holds numbers from {:g} to {:g}, scaled to be shown", low, high),
        uri=uri,
        severity="note",
    )
    return np.rint(scaled).astype(np.uint16), (problem,)
