"""Decoding of images, masks and videos: every decode of the program goes through here.

The file's own first bytes decide what it is; names and content types are only compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.media.image import Image, read_image, to_8bit
from chromask.media.limits import DECODE_LIMITS, DecodeLimits
from chromask.media.mask import MaskFile, plane_of_video, read_mask, read_mask_file
from chromask.media.png import encode_new_png, write_png
from chromask.media.sniff import VIDEO, disguise, is_media, sniff

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "DECODE_LIMITS",
    "DecodeLimits",
    "Image",
    "MaskFile",
    "encode_new_png",
    "is_media",
    "load_mask",
    "load_source",
    "read_image",
    "read_mask",
    "read_mask_file",
    "to_8bit",
    "write_png",
]


def load_source(
    path: Path,
    content_type: str | None = None,
    timestamp: float = 0,
    *,
    uri: str,
    limits: DecodeLimits = DECODE_LIMITS,
) -> Image:
    """Read a source: an image, or the frame of a video at a moment.

    Parameters
    ----------
    path
        Where the file lies.
    content_type
        What the frame says it is; a warning where it holds something else.
    timestamp
        Milliseconds from the start of the video; no matter for an image.
    uri
        The file's name in messages.
    limits
        How large an image, or a frame of a video, may be.

    Raises
    ------
    MediaError
        The file cannot be read, or not as an image or video.
    """
    if sniff(path, uri=uri) != VIDEO:
        return read_image(path, content_type, uri=uri, limits=limits)
    from chromask.media.video import read_video_frame

    shown = read_video_frame(path, timestamp, uri=uri, limits=limits)
    odd = disguise(VIDEO, path, content_type, uri=uri)
    return Image(shown.pixels, "RGB", uri, shown.orientation, (*odd, *shown.problems))


def load_mask(
    path: Path,
    content_type: str | None = None,
    timestamp: float = 0,
    *,
    uri: str,
    limits: DecodeLimits = DECODE_LIMITS,
) -> MaskFile:
    """Read a mask: an image, or the frame of a video at a moment; like `load_source`.

    A mask from a video is lossy, so it is read-only; like any mask it is not turned.
    """
    if sniff(path, uri=uri) != VIDEO:
        return read_mask_file(path, content_type, uri=uri, limits=limits)
    from chromask.media.video import read_video_frame

    shown = read_video_frame(path, timestamp, uri=uri, upright=False, limits=limits)
    odd = disguise(VIDEO, path, content_type, uri=uri)
    return MaskFile(plane_of_video(shown.pixels), (*odd, *shown.problems))
