"""Which mask belongs to which image, told by their names alone.

Nothing is opened here: a hundred thousand names are paired in a second. Imported by
`dataset`, which finds the names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

_BETWEEN = re.compile(r"[_\-. ]+")

_MASK_FOLDER = re.compile(
    r"masks?|labels?(rgb|ids|color)?|(.*_)?annot(ation)?s?|(train|val|test)annot"
    r"|seg(mentation)?s?(class|object)?(raw|png|aug)?|gt(fine|coarse)?|groundtruth"
    r"|instances?|panoptic|semantic|trimaps?|mattes?|alphas?"
)
"""The name of a folder of masks begins or ends with one of these."""

_PLAIN_WORDS = frozenset(
    ("mask", "masks", "label", "labels", "gt", "annotation", "annotations")
)
"""These say that it is a mask, and not which one."""

_MASK_WORDS = frozenset(
    [
        "mask",
        "masks",
        "seg",
        "segm",
        "segmentation",
        "semantic",
        "instance",
        "instances",
        "panoptic",
        "label",
        "labels",
        "labelids",
        "labeltrainids",
        "instanceids",
        "color",
        "colour",
        "colors",
        "gt",
        "gtfine",
        "gtcoarse",
        "trimap",
        "alpha",
        "matte",
        "annotation",
        "class",
        "classes",
        "object",
        "objects",
        "watershed",
    ]
)
"""A file beside its image is its mask when one of these stands behind the image's name."""

_IMAGE_WORDS = frozenset(
    [
        "image",
        "images",
        "img",
        "imgs",
        "leftimg8bit",
        "rgb",
        "sat",
        "input",
        "video",
        "source",
        "src",
        "orig",
        "original",
        "photo",
        "frame",
        "camera",
        "picture",
    ]
)
"""What an image's name may hold instead of the words of its mask's name."""

_BARE = re.compile(
    r"^(?P<first>image|img|photo|mask|labels?|seg|gt)?[_\-. ]?(?P<rest>.*)$",
    re.IGNORECASE,
)
_LOSSY = frozenset((".jpg", ".jpeg", ".jpe", ".jfif"))
_VIDEO = frozenset((".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi"))


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


@dataclass(frozen=True, slots=True)
class PairedMask:
    """A mask of an image, and the id by which the image's frame knows it."""

    id: str
    file: MediaFile


@dataclass(frozen=True, slots=True)
class Pairs:
    """Images with their masks.

    Attributes
    ----------
    images
        Every image in the order of its name, numbers by their value.
    masks
        For each image that has masks, these.
    orphans
        The masks whose image is not there, or may be one of several.
    """

    images: tuple[MediaFile, ...]
    masks: dict[MediaFile, tuple[PairedMask, ...]]
    orphans: tuple[MediaFile, ...]


@dataclass(slots=True)
class _Index:
    """The images by what a mask's name may say of them."""

    by_key: dict[str, list[MediaFile]] = field(
        default_factory=dict[str, "list[MediaFile]"]
    )
    by_end: dict[str, list[MediaFile]] = field(
        default_factory=dict[str, "list[MediaFile]"]
    )
    by_rest: dict[str, list[MediaFile]] = field(
        default_factory=dict[str, "list[MediaFile]"]
    )

    def add(self, image: MediaFile) -> None:
        for key in {image.stem, _key(image.stem)}:
            self.by_key.setdefault(key, []).append(image)
        stem = image.stem
        for match in _BETWEEN.finditer(stem):
            self.by_end.setdefault(stem[match.end() :], []).append(image)
        rest = _rest(stem)
        if rest is not None:
            self.by_rest.setdefault(rest, []).append(image)


@lru_cache(maxsize=4096)
def is_mask_folder(folder: str) -> bool:
    """Tell by a folder's path whether it holds masks: ``masks``, ``SegmentationClass``, ...

    The innermost folder whose name speaks of masks or of images decides.
    """
    for name in reversed(folder.split("/")):
        words = _words(name)
        if any(_MASK_FOLDER.fullmatch(word) for word in (*words[:1], *words[-1:])):
            return True
        if _IMAGE_WORDS.intersection(words) or "jpegimages" in words:
            return False
    return False


def words_of(folder: str) -> frozenset[str]:
    """Give the words of a path's folders that are no words for masks or images."""
    return frozenset(_words(folder)) - _PLAIN_WORDS - _IMAGE_WORDS


def natural(text: str) -> list[tuple[int, int, str]]:
    """Give the key by which names sort, numbers by their value: ``2`` before ``10``."""
    return [
        (0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part)
        for part in re.split(r"([0-9]+)", text.lower())
        if part
    ]


def pair(
    files: Iterable[MediaFile], mask_folders: Container[str] | None = None
) -> Pairs:
    """Pair masks with their images.

    Parameters
    ----------
    files
        Every image, mask and video below a folder.
    mask_folders
        The folders whose files are masks; None tells them, and masks beside their images,
        by their names.
    """
    images: list[MediaFile] = []
    beside: list[tuple[MediaFile, MediaFile, str]] = []
    masks: list[MediaFile] = []
    for folder, inside in _by_folder(files).items():
        if mask_folders is not None:
            (masks if folder in mask_folders else images).extend(inside)
        elif folder and is_mask_folder(folder):
            masks += inside
        else:
            found = _split_folder(inside)
            beside += found
            taken = {mask for _, mask, _ in found}
            images += [file for file in inside if file not in taken]
    index = _Index()
    for image in images:
        index.add(image)
    orphans: list[MediaFile] = []
    found_masks: dict[MediaFile, list[tuple[str, MediaFile]]] = {}
    for image, mask, added in beside:
        found_masks.setdefault(image, []).append((added, mask))
    for mask in masks:
        image, added = _find_image(mask, index)
        if image is None:
            orphans.append(mask)
        else:
            found_masks.setdefault(image, []).append((added, mask))
    order = sorted(images, key=lambda image: natural(image.path))
    named = {image: _with_ids(found) for image, found in found_masks.items()}
    return Pairs(
        tuple(order), named, tuple(sorted(orphans, key=lambda f: natural(f.path)))
    )


def _by_folder(files: Iterable[MediaFile]) -> dict[str, list[MediaFile]]:
    found: dict[str, list[MediaFile]] = {}
    for file in files:
        found.setdefault(file.folder, []).append(file)
    return found


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(
        word for word in _BETWEEN.split(text.replace("/", " ").lower()) if word
    )


def _key(stem: str) -> str:
    """Take the words for images off the end: ``a_leftImg8bit`` -> ``a``."""
    parts = _BETWEEN.split(stem)
    extra = list(takewhile(lambda word: word.lower() in _IMAGE_WORDS, reversed(parts)))
    if not extra or len(extra) == len(parts):
        return stem
    for word in extra:
        stem = stem[: -len(word)].rstrip("_-. ")
    return stem


def _rest(stem: str) -> str | None:
    """Take the word for an image or a mask off the start; None where there is none."""
    match = _BARE.match(stem)
    return match["rest"].lower() if match and match["first"] else None


def _starts(stem: str) -> Iterator[tuple[str, str]]:
    """Give (start, rest) for each place where a name can be split, the longest start first."""
    for match in reversed(list(_BETWEEN.finditer(stem))):
        if match.start() and match.end() < len(stem):
            yield stem[: match.start()], stem[match.end() :]


def _split_folder(inside: list[MediaFile]) -> list[tuple[MediaFile, MediaFile, str]]:
    """Find the masks that lie beside their images: (image, mask, what the name adds)."""
    by_key: dict[str, list[MediaFile]] = {}
    for file in inside:
        for key in {file.stem, _key(file.stem)}:
            by_key.setdefault(key, []).append(file)
    known: dict[MediaFile, tuple[MediaFile, str] | None] = {}

    def image_of(file: MediaFile) -> tuple[MediaFile, str] | None:
        if file in known:
            return known[file]
        known[file] = None
        for start, added in ((file.stem, ""), *_starts(file.stem)):
            for other in by_key.get(start, ()):
                if other is file or not _is_added(other, file, added):
                    continue
                if image_of(other) is None:
                    known[file] = (other, added)
                    return known[file]
        return None

    return [
        (found[0], file, found[1])
        for file in inside
        if (found := image_of(file)) is not None
    ]


def _is_added(image: MediaFile, mask: MediaFile, added: str) -> bool:
    """Whether what a name adds to an image's makes it the name of a mask."""
    is_lossless = mask.suffix not in _LOSSY and not mask.is_video
    if not added:
        return image.stem == mask.stem and image.suffix in _LOSSY and is_lossless
    words = _BETWEEN.split(added)
    if added == "L" or any(word.lower() in _MASK_WORDS for word in words):
        return True
    # A frame's masks are <stem>_<mask id>.png, whatever the id; beside a lossy image a
    # lossless one of a longer name can hardly be anything else.
    return image.suffix in _LOSSY and is_lossless


def _find_image(mask: MediaFile, index: _Index) -> tuple[MediaFile | None, str]:
    """Find the image of a mask that lies in a folder of masks, and what the name adds."""
    for start, added in ((mask.stem, ""), *_starts(mask.stem)):
        image = _nearest(mask, index.by_key.get(start, ()))
        if image is not None:
            return image, added
    image = _nearest(mask, index.by_end.get(mask.stem, ()))
    if image is None:
        rest = _rest(mask.stem)
        image = (
            _nearest(mask, index.by_rest.get(rest, ())) if rest is not None else None
        )
    return image, ""


def _nearest(mask: MediaFile, images: Sequence[MediaFile]) -> MediaFile | None:
    """Choose the image whose folder is most like the mask's; None where two are alike."""
    if len(images) < 2:
        return images[0] if images else None
    words, parts = words_of(mask.folder), PurePosixPath(mask.folder).parts

    def likeness(image: MediaFile) -> tuple[int, int]:
        common = takewhile(
            lambda pair: pair[0] == pair[1],
            zip(PurePosixPath(image.folder).parts, parts, strict=False),
        )
        return len(words & words_of(image.folder)), len(list(common))

    ranked = sorted(
        ((likeness(image), n) for n, image in enumerate(images)), reverse=True
    )
    if ranked[0][0] == ranked[1][0]:
        return None
    return images[ranked[0][1]]


def _with_ids(found: list[tuple[str, MediaFile]]) -> tuple[PairedMask, ...]:
    """Name an image's masks by what their names add, by their folders, or by numbers."""
    masks: list[PairedMask] = []
    taken: set[str] = set()
    found = sorted(found, key=lambda pair: natural(pair[1].path))
    for number, (added, file) in enumerate(found):
        mask_id = "" if added.lower() in _PLAIN_WORDS else added
        if not mask_id and len(found) > 1:
            words = _BETWEEN.split(file.folder.rpartition("/")[2])
            mask_id = "_".join(w for w in words if w.lower() not in _PLAIN_WORDS)
        if not mask_id or mask_id in taken:
            mask_id = f"{number:02d}"
        taken.add(mask_id)
        masks.append(PairedMask(mask_id, file))
    return tuple(masks)
