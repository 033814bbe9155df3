"""What a file is, by its own first bytes, and the limits that hold before it is decoded.

Nothing here decodes pixels; the names of files and content types are only compared.
"""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

from chromask.errors import MediaError, Problem, StorageError, say
from chromask.media.limits import DECODE_LIMITS
from chromask.storage.local import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.media.limits import DecodeLimits

BYTES_A_PIXEL = 4
"""What opening takes at least: the samples of a picture, and the indices of a mask."""

MAX_BYTES = 1 << 31
"""The largest file of an image or mask."""

VIDEO = "VIDEO"

_READS = "chromask reads PNG, JPEG, TIFF, BMP, WebP, GIF, and MP4, WebM or AVI video"

_SUFFIXES = {
    "PNG": (".png", ".apng"),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "TIFF": (".tif", ".tiff", ".btf", ".tf8", ".gtiff"),
    "BMP": (".bmp", ".dib"),
    "WEBP": (".webp",),
    "GIF": (".gif",),
    VIDEO: (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi"),
}
_CONTENT_TYPES = {
    "png": "PNG",
    "apng": "PNG",
    "x-png": "PNG",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "pjpeg": "JPEG",
    "tiff": "TIFF",
    "tif": "TIFF",
    "bmp": "BMP",
    "x-bmp": "BMP",
    "x-ms-bmp": "BMP",
    "webp": "WEBP",
    "gif": "GIF",
}
_FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"8BPS", "a Photoshop document"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 image"),
    (b"\x76\x2f\x31\x01", "an OpenEXR image"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"version https://git-lfs", "a Git LFS pointer, not the file it stands for"),
    (b"#EXTM3U", "a playlist"),
    (b"<", "a text (HTML, XML or SVG)"),
    (b"{", "a text (JSON)"),
    (b"[", "a text (JSON)"),
)
_FOREIGN_BRANDS = {
    b"avif": "an AVIF image",
    b"avis": "an AVIF image",
    b"heic": "a HEIC image",
    b"heix": "a HEIC image",
    b"mif1": "a HEIF image",
}


def is_media(path: Path) -> bool:
    """Whether a file's name says that it is an image or a video; the file is not read."""
    return any(path.suffix.lower() in suffixes for suffixes in _SUFFIXES.values())


def container_of(head: bytes) -> str | None:
    """Name the container by a file's first bytes.

    Parameters
    ----------
    head
        At least the first 16 bytes.

    Returns
    -------
    ``PNG``, ``JPEG``, ``TIFF``, ``BMP``, ``WEBP``, ``GIF``, `VIDEO`; None for anything else.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF":
        return {b"WEBP": "WEBP", b"AVI ": VIDEO}.get(head[8:12])
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "BMP"
    if _is_video(head):
        return VIDEO
    return None


def read_media(path: Path, *, uri: str) -> tuple[bytes, str]:
    """Read an image file whole and name its container.

    Returns
    -------
    The bytes, and the container (see `container_of`). Of a video only the first bytes are
    returned: it is read frame by frame elsewhere.

    Raises
    ------
    MediaError
        The file is missing, empty, too large, no regular file, or not of a known kind.
    """
    container = sniff(path, uri=uri)
    if container == VIDEO:
        return b"", container
    try:
        return read_bytes(path, uri=uri, max_bytes=MAX_BYTES), container
    except StorageError as error:
        raise _as_media_error(error) from error


def sniff(path: Path, *, uri: str) -> str:
    """Name a file's container by its first bytes; raises like `read_media`."""
    from chromask.storage.local import open_regular

    try:
        with open_regular(path, uri=uri) as file:
            head = file.read(64)
    except StorageError as error:
        raise _as_media_error(error) from error
    except OSError as error:
        raise MediaError(
            say("the file cannot be read ({})", error.strerror), uri=uri
        ) from error
    if not head:
        raise MediaError(
            "the file is empty", uri=uri, hint="Put the file back from a copy"
        )
    container = container_of(head)
    if container is None:
        raise MediaError(say("the file is {}", _describe(head)), uri=uri, hint=_READS)
    return container


def disguise(
    container: str, path: Path, content_type: str | None, *, uri: str
) -> tuple[Problem, ...]:
    """Warn where a file is not what its name or its frame's content type says."""
    problems: list[Problem] = []
    suffix = PurePath(path).suffix.lower()
    named = next((kind for kind, ends in _SUFFIXES.items() if suffix in ends), None)
    if named is not None and named != container:
        problems.append(
            Problem(
                say("the file is named {} and holds {}", suffix, _name(container)),
                uri=uri,
                hint="It was read as what it holds; rename it",
                severity="warning",
            )
        )
    declared = declared_container(content_type)
    if declared is not None and declared != container:
        problems.append(
            Problem(
                say(
                    "the frame says {} and the file holds {}",
                    content_type,
                    _name(container),
                ),
                uri=uri,
                place="content_type",
                hint="It was read as what it holds; correct the frame",
                severity="warning",
            )
        )
    return tuple(problems)


def declared_container(content_type: str | None) -> str | None:
    """Name the container that a content type means; None where it means none we know."""
    text = "".join((content_type or "").lower().split()).partition(";")[0]
    kind, _, name = text.rpartition("/")
    if kind == "video":
        return VIDEO
    return _CONTENT_TYPES.get(name) if kind in ("", "image") else None


def check_size(
    rows: int,
    cols: int,
    file_bytes: int | None = None,
    limits: DecodeLimits = DECODE_LIMITS,
    *,
    uri: str,
) -> None:
    """Refuse a size from a file's header before anything is decoded.

    Parameters
    ----------
    rows, cols
        What the header declares.
    file_bytes, limits
        See `DecodeLimits.check`.
    uri
        The file's name in messages.

    Raises
    ------
    MediaError
        The image has no pixel, is beyond the limits, or larger than the memory.
    """
    if rows < 1 or cols < 1:
        raise MediaError(
            say("its header says {} x {} pixels", cols, rows),
            uri=uri,
            hint="The file is damaged; put it back from a copy",
        )
    limits.check(rows, cols, file_bytes, uri=uri)
    memory = memory_bytes()
    if memory is not None and rows * cols * BYTES_A_PIXEL > memory:
        raise no_memory(rows, cols, uri=uri)


def memory_bytes() -> int | None:
    """Give the memory of this machine; None where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None


def no_memory(rows: int, cols: int, *, uri: str) -> MediaError:
    """Make the error for an image that is larger than the memory."""
    needed = rows * cols * BYTES_A_PIXEL / (1 << 30)
    return MediaError(
        say(
            "it has {} x {} pixels, which need about {:.1f} GB of memory: more than there is",
            cols,
            rows,
            needed,
        ),
        uri=uri,
        hint="Cut the image into tiles, or open it where there is more memory",
    )


def damaged(reason: str, *, uri: str) -> MediaError:
    """Make the error for a file that is cut off or broken inside."""
    return MediaError(
        say("the file is damaged or cut off ({})", reason),
        uri=uri,
        hint="Put it back from a copy; nothing of it is shown",
    )


def _is_video(head: bytes) -> bool:
    if head[4:8] == b"ftyp":
        return head[8:12] not in _FOREIGN_BRANDS
    return head.startswith(b"\x1a\x45\xdf\xa3") or head[4:8] in (b"moov", b"mdat")


def _describe(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return say(_FOREIGN_BRANDS[head[8:12]])
    for magic, name in _FOREIGN:
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic):
            return say(name)
    return say("no image or video that is known here")


def _name(container: str) -> str:
    return {VIDEO: say("a video"), "WEBP": "WebP"}.get(container, container)


def _as_media_error(error: StorageError) -> MediaError:
    problem = error.problem
    return MediaError(
        problem.seen, uri=problem.uri, place=problem.place, hint=problem.hint
    )
