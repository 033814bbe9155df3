"""What Pillow decodes, and the guard around it. Only `decode` asks for this module, and late."""

from __future__ import annotations

import io
import struct
import threading
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image as PilImage
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from chromask.errors import Problem, say
from chromask.media.sniff import check_size, damaged

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy.typing as npt
    from PIL.ImageFile import ImageFile

    from chromask.media.limits import DecodeLimits

# What Pillow's plugins raise on damaged bytes, beside OSError.
_PILLOW_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    RuntimeError,
    struct.error,
    PilImage.DecompressionBombError,
)

# Python's warning filters and Pillow's pixel limit belong to the whole process.
_pillow_lock = threading.Lock()

_PLUGINS: dict[str, type[ImageFile]] = {
    "PNG": PngImageFile,
    "JPEG": JpegImageFile,
    "BMP": BmpImageFile,
    "GIF": GifImageFile,
    "TIFF": TiffImageFile,
    "WEBP": WebPImageFile,
}

_CONVERTED = {
    "CMYK": "RGB",
    "YCbCr": "RGB",
    "LAB": "RGB",
    "HSV": "RGB",
    "RGBX": "RGB",
    "RGBa": "RGBA",
    "La": "LA",
    "PA": "RGBA",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A picture that Pillow decoded whole, and what else its file holds."""

    picture: PilImage.Image
    exif: bytes
    is_animated: bool
    problems: tuple[Problem, ...]


def load(container: str, data: bytes, limits: DecodeLimits, uri: str) -> Loaded:
    """Decode a file of a container with Pillow's plugin; all its errors become MediaErrors.

    The plugin is called directly: `PIL.Image.open` would try the others too, and holds
    a limit of pixels of its own that is lower than ours.
    """
    plugin = _PLUGINS[container]
    try:
        with _pillow_guarded() as caught:
            picture = plugin(io.BytesIO(data))
            size = None if container == "PNG" else len(data)
            check_size(picture.height, picture.width, size, limits, uri=uri)
            # Of a TIFF, pages are counted by its directories: an overview is no picture.
            is_tiff = plugin is TiffImageFile
            is_animated = not is_tiff and getattr(picture, "is_animated", False)
            if is_tiff:
                picture.load()
        exif = picture.info.get("exif")
        picture.load()
        other = _CONVERTED.get(picture.mode)
        converted = picture.convert(other) if other else picture
    except _PILLOW_ERRORS as error:
        raise damaged(str(error) or type(error).__name__, uri=uri) from error
    return Loaded(
        converted,
        exif if isinstance(exif, bytes) else b"",
        bool(is_animated),
        _notes(caught, uri),
    )


@contextmanager
def _pillow_guarded() -> Generator[list[warnings.WarningMessage]]:
    """Catch Pillow's warnings, without its limit of pixels; one thread at a time."""
    with _pillow_lock, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        limit = PilImage.MAX_IMAGE_PIXELS
        PilImage.MAX_IMAGE_PIXELS = None
        try:
            yield caught
        finally:
            PilImage.MAX_IMAGE_PIXELS = limit


def _notes(caught: list[warnings.WarningMessage], uri: str) -> tuple[Problem, ...]:
    texts = dict.fromkeys(str(warning.message).strip(". ") for warning in caught)
    return tuple(
        Problem(
            say("the decoder says: {}", text),
            uri=uri,
            hint="The pixels were read; other parts of the file may be odd",
            severity="note",
        )
        for text in texts
    )


def pixels_of(picture: PilImage.Image) -> npt.NDArray[Any]:
    """Give the pixels as an array of the machine's byte order; of 1 bit as 0 and 255."""
    pixels = np.asarray(picture)
    if pixels.dtype == np.bool_:
        return np.where(pixels, np.uint8(255), np.uint8(0))
    return np.ascontiguousarray(pixels, pixels.dtype.newbyteorder("="))


def palette_of(picture: PilImage.Image) -> npt.NDArray[np.uint8] | None:
    """Give the palette as (n, 3), or (n, 4) where an entry is transparent; None without one."""
    if picture.mode != "P":
        return None
    colors = picture.getpalette("RGB") or []
    palette = np.array(colors, np.uint8).reshape(-1, 3)
    index = picture.info.get("transparency")
    if not isinstance(index, int) or index >= len(palette):
        return palette
    alpha = np.full((len(palette), 1), 255, np.uint8)
    alpha[index] = 0
    return np.hstack((palette, alpha))
