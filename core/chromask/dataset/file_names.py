"""What the names of files say: of which image a mask's name speaks.

Only names are compared here; nothing is opened. Imported by `image_index` and `pairing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from chromask.dataset.folder_names import BETWEEN, IMAGE_WORDS, MASK_WORDS, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BARE = re.compile(
    r"^(?P<first>image|img|photo|mask|labels?|seg|gt)?[_\-. ]?(?P<rest>.*)$",
    re.IGNORECASE,
)
_FIRST_WORDS = ("mask", "label", "labels", "seg", "gt")
"""In one folder ``mask_7`` is the mask of ``7`` and of ``image_7``."""

LOSSY = frozenset((".jpg", ".jpeg", ".jpe", ".jfif"))
_VIDEO = frozenset((".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi"))
ENDS = "_-. "


@dataclass(frozen=True, slots=True)
class MediaFile:
    """An image, mask or video by its name.

    Attributes
    ----------
    folder
        Its folder below the one that was listed, with slashes; empty for that one itself.
    name
        The file's name.
    """

    folder: str
    name: str

    @property
    def stem(self) -> str:
        """The name without its last suffix."""
        return self.name.rpartition(".")[0] or self.name

    @property
    def suffix(self) -> str:
        """The last suffix in lower case, with its dot."""
        return f".{self.name.rpartition('.')[2].lower()}"

    @property
    def is_video(self) -> bool:
        """Whether the name is a video's."""
        return self.suffix in _VIDEO

    @property
    def path(self) -> str:
        """Folder and name, with a slash."""
        return f"{self.folder}/{self.name}" if self.folder else self.name


def natural(text: str) -> list[tuple[int, int, str]]:
    """Return the key by which names sort, numbers by their value: ``2`` before ``10``."""
    return [
        (0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part)
        for part in re.split(r"([0-9]+)", text.lower())
        if part
    ]


def bare_stem(stem: str) -> str:
    """Take the words for images off the end: ``a_leftImg8bit`` -> ``a``."""
    parts = BETWEEN.split(stem)
    extra = list(takewhile(lambda word: word.lower() in IMAGE_WORDS, reversed(parts)))
    if not extra or len(extra) == len(parts):
        return stem
    for word in extra:
        stem = stem[: -len(word)].rstrip(ENDS)
    return stem


def key_of(stem: str) -> str:
    """Return a stem as stems are compared: without case, and without blanks at its ends."""
    return fold(stem).lstrip().rstrip(ENDS) or fold(stem)


def keys_of(stem: str) -> set[str]:
    """Return the keys of a stem, with and without the words for images at its end."""
    return {key_of(stem), key_of(bare_stem(stem))}


def rest_of(stem: str) -> str | None:
    """Take the word for an image or a mask off the start; None where there is none."""
    match = _BARE.match(stem)
    return key_of(match["rest"]) if match and match["first"] else None


def starts_of(stem: str) -> Iterator[tuple[str, str]]:
    """Give (start, rest) for each place where a name can be split, the longest start first."""
    yield stem, ""
    for match in reversed(list(BETWEEN.finditer(stem))):
        if match.start() and match.end() < len(stem):
            yield stem[: match.start()], stem[match.end() :]


def closeness(image: MediaFile, mask: MediaFile) -> tuple[int, int, int]:
    """Tell how exactly a mask's name continues an image's: more is closer."""
    is_alike = image.is_video == mask.is_video
    for rank, spell in ((2, str), (1, fold)):
        stem, longer = spell(image.stem), spell(mask.stem)
        rest = longer.removeprefix(stem)
        if longer.startswith(stem) and (not rest or rest[0] in ENDS):
            return rank, is_alike, len(stem)
    return 0, is_alike, 0


def closest(images: Sequence[MediaFile], mask: MediaFile) -> list[MediaFile]:
    """Keep the images whose names are closest to the mask's."""
    if len(images) < 2:
        return list(images)
    best = max(closeness(image, mask) for image in images)
    return [image for image in images if closeness(image, mask) == best]


def of_one_name(images: list[MediaFile]) -> list[MediaFile]:
    """Give several images only where they are one name in several formats; else none."""
    is_one = len({(image.folder, image.stem) for image in images}) == 1
    return images if is_one else []


def first_word(stem: str) -> str:
    """Return the word for a mask that a stem begins with; else nothing."""
    first = BETWEEN.split(stem, maxsplit=1)[0]
    return first if first.lower() in _FIRST_WORDS and len(first) < len(stem) else ""


def is_named_mask(added: str) -> bool:
    """Whether what a mask's name adds to its image's says that it is a mask."""
    words = BETWEEN.split(added)
    return added == "L" or any(word.lower() in MASK_WORDS for word in words)
