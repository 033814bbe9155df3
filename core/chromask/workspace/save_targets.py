"""Where a frame may be saved: never over an image, a legend or a file of several frames.

By its name, and by what is there: a frame's JSON in its place would destroy it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.dataset.frames_file import LINES_SUFFIXES, head_of_frame, holds_frames
from chromask.errors import ChromaskError, MediaError, StorageError
from chromask.legends import is_about_labels, read_legend
from chromask.media import is_media
from chromask.media.sniff import sniff
from chromask.storage.look import is_file

if TYPE_CHECKING:
    from pathlib import Path


def check_target(path: Path) -> None:
    """Refuse a file that is no frame's own.

    Raises
    ------
    StorageError
        It is an image, a mask, a video, a legend, or a file of several frames.
    """
    if is_media(path) or _holds_media(path):
        seen = "this is the name of an image, a mask or a video"
    elif is_about_labels(path.name) or _holds_legend(path):
        seen = "this is a legend: it names the colours of masks"
    elif path.suffix.lower() in LINES_SUFFIXES or holds_frames(path):
        seen = "this is a file of several frames, and one would replace them all"
    else:
        return
    hint = "Save under a name of its own that ends with .json"
    raise StorageError(seen, uri=str(path), hint=hint)


def _holds_media(path: Path) -> bool:
    try:
        return is_file(path) and bool(sniff(path, uri=str(path)))
    except MediaError:
        return False


def _holds_legend(path: Path) -> bool:
    if not is_file(path) or head_of_frame(path) is not None:
        return False
    try:
        return bool(read_legend(path).entries)
    except ChromaskError:
        return False
