"""What the names of folders say: which hold masks, which hold images, and which belong together.

Only names are compared here; nothing is opened. Imported by `pairing`, which pairs files, and
by `dataset` and `legend_search`, which look for folders.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

BETWEEN = re.compile(r"[_\-. ]+")
"""What separates the words of a name."""

_MASK_FOLDER = re.compile(
    r"masks?|labels?(rgb|ids|color)?|(.*_)?annot(ation)?s?"
    r"|seg(mentation)?s?(class|object)?(raw|png|aug)?|gt(fine|coarse)?s?|groundtruths?"
    r"|instances?|panoptic|semantic|trimaps?|mattes?|alphas?"
    r"|pred(iction|icted)?s?|outputs?|results?"
)
"""The name of a folder of masks begins or ends with one of these."""

_WEAK = re.compile(r"pred(iction|icted)?s?|outputs?|results?")
"""These alone name a folder of masks only where its files have images elsewhere."""

PLAIN_WORDS = frozenset(
    ("mask", "masks", "label", "labels", "gt", "annotation", "annotations")
)
"""These say that it is a mask, and not which one."""

MASK_WORDS = frozenset(
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
"""A file next to its image is its mask when one of these follows the image's name."""

_MAKERS = frozenset(("machine", "human"))
"""Supervisely writes ``masks_machine`` and ``masks_human``."""

IMAGE_WORDS = frozenset(
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

_IMAGE_FOLDER_WORDS = IMAGE_WORDS | frozenset(
    [
        "inputs",
        "videos",
        "sources",
        "originals",
        "photos",
        "frames",
        "cameras",
        "pictures",
        "jpegimages",
        "pngimages",
    ]
)

_VIEWS = frozenset(
    [
        "vis",
        "visualization",
        "visualizations",
        "visualisation",
        "overlay",
        "overlays",
        "preview",
        "previews",
    ]
)
"""A folder of these shows masks to people: its files are pictures, not masks."""

_SPLITS = (
    "train",
    "trainval",
    "training",
    "val",
    "valid",
    "validation",
    "test",
    "testing",
    "dev",
)
_PARTS = frozenset((*_SPLITS, "tr", "ts", "png", "jpg", "jpeg", "tif", "tiff", "left"))
"""Words that a folder of images has besides: which part it is, and in which format."""

_GLUED = re.compile(
    rf"({'|'.join(_SPLITS)})(annots?|annotations?|masks?|labels?|gt|images?|imgs?)"
)
_NUMBERED = re.compile(r"([a-z]+?)([0-9]+)")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^A-Za-z0-9]+")

Kind = Literal["mask", "image", ""]


def fold(text: str) -> str:
    """Return a name as names are compared: composed (NFC), and without case."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """Split the name of one folder into words in lower case.

    Words that are written together are taken apart where one of them is known:
    ``trainannot``, ``imagesTr``, ``masks2``.
    """
    found: list[str] = []
    for token in BETWEEN.split(name):
        if token:
            found += _parts(token)
    joined = " ".join(found).replace("ground truth", "groundtruth")
    return tuple(joined.split())


def _parts(token: str) -> list[str]:
    lower = fold(token)
    if _is_known(lower):
        return [lower]
    for pattern in (_GLUED, _NUMBERED):
        match = pattern.fullmatch(lower)
        if match and any(map(_is_known, match.groups())):
            return [*match.groups()]
    parts = [fold(part) for part in _CAMEL.findall(token)]
    return parts if any(map(_is_known, parts)) else [lower]


def _is_known(word: str) -> bool:
    return _is_mask_word(word) or word in _IMAGE_FOLDER_WORDS


def _is_mask_word(word: str) -> bool:
    return bool(_MASK_FOLDER.fullmatch(word)) or word in MASK_WORDS


def kind_of_name(name: str) -> Kind:
    """Tell by the name of one folder whether it holds masks or images, or says neither."""
    found = words(name)
    if not _VIEWS.isdisjoint(found):
        return "image"
    if any(_MASK_FOLDER.fullmatch(word) for word in (*found[:1], *found[-1:])):
        return "mask"
    return "" if _IMAGE_FOLDER_WORDS.isdisjoint(found) else "image"


@lru_cache(maxsize=8192)
def is_of_images(name: str) -> bool:
    """Whether the name of one folder says that all of its files are images."""
    found = words(name)
    if kind_of_name(name) != "image" or not found:
        return False
    if found[-1] in _IMAGE_FOLDER_WORDS or found[0] in ("images", "imgs", "photos"):
        return True
    return all(
        word in _IMAGE_FOLDER_WORDS or word in _PARTS or word.isdecimal()
        for word in found
    )


@lru_cache(maxsize=8192)
def kind_of(folder: str) -> Kind:
    """Tell by a folder's path what it holds: the innermost name that says so decides."""
    for name in reversed(folder.split("/")):
        kind = kind_of_name(name)
        if kind:
            return kind
    return ""


def is_mask_folder(folder: str) -> bool:
    """Tell by a folder's path whether it holds masks: ``masks``, ``SegmentationClass``, ..."""
    return kind_of(folder) == "mask"


@lru_cache(maxsize=8192)
def is_weak(folder: str) -> bool:
    """Whether a folder's path names results only, which may be images as well as masks."""
    name = mask_name(folder)
    found = [word for word in words(name) if _MASK_FOLDER.fullmatch(word)]
    return bool(found) and all(_WEAK.fullmatch(word) for word in found)


def mask_name(folder: str) -> str:
    """Return the name in a folder's path that says it holds masks, as it is written.

    Without any, the innermost one.
    """
    return naming(folder).rpartition("/")[2] or folder.rpartition("/")[2]


def naming(folder: str) -> str:
    """Return the path up to the innermost name that says it holds masks; else nothing."""
    while folder and kind_of_name(folder.rpartition("/")[2]) != "mask":
        folder = folder.rpartition("/")[0]
    return folder


def belongs(masks: str, own: str, others: Iterable[str] = ()) -> bool:
    """Whether a folder of masks belongs to the folder next to it, by both names.

    It does where every word of its name is a mask word, or the rest of its name equals the
    other's own name.

    Parameters
    ----------
    masks, own
        The names of the folder of masks and of the folder next to it.
    others
        The names of the other folders there: one of them that the rest of the name equals
        is the better owner.
    """
    if kind_of_name(masks) != "mask" or kind_of_name(own) == "mask":
        return False
    if _is_named_after(masks, own):
        return True
    if not is_of_mask_words(masks):
        return False
    return not any(
        other != masks and kind_of_name(other) != "mask" and _is_rest(masks, other)
        for other in others
    )


def is_of_mask_words(name: str) -> bool:
    """Whether every word of one folder's name is a mask word."""
    return all(_is_mask_word(word) or word in _MAKERS for word in words(name))


def _is_named_after(masks: str, own: str) -> bool:
    """Whether the rest of a name equals the other one, with or without its image words."""
    if _is_rest(masks, own):
        return True
    rest, bare = bare_words(masks), bare_words(own)
    return bool(rest) and rest == bare


def _is_rest(masks: str, own: str) -> bool:
    """Whether a name is the other one and mask words around it."""
    outer, inner = words(masks), words(own)
    for start in range(len(outer) - len(inner) + 1):
        end = start + len(inner)
        around = (*outer[:start], *outer[end:])
        if outer[start:end] == inner and around and all(map(_is_mask_word, around)):
            return True
    return False


@lru_cache(maxsize=8192)
def bare_words(name: str) -> tuple[str, ...]:
    """Return the words of one folder's name that are no words for masks or images."""
    return tuple(
        word
        for word in words(name)
        if not _is_mask_word(word)
        and word not in _MAKERS
        and word not in _IMAGE_FOLDER_WORDS
    )


def words_of(folder: str) -> frozenset[str]:
    """Return the words of a path's folders that are no words for masks or images."""
    return frozenset(word for name in folder.split("/") for word in bare_words(name))


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the folders besides their names.

    Attributes
    ----------
    root
        The path of the folder that was listed, with slashes: its own names count too.
    mask_folders
        The folders that hold masks, as `MediaFile.folder`, with those inside them; None
        leaves it to the names.
    also
        Folders that hold masks besides those that the names tell.
    images
        The paths of files that are images, whatever their names say.
    """

    root: str = ""
    mask_folders: Collection[str] | None = None
    also: Collection[str] = ()
    images: Collection[str] = frozenset()

    def says(self, folder: str) -> bool:
        """Whether the user said that a folder holds masks."""
        return is_inside(folder, self.also) or is_inside(
            folder, self.mask_folders or ()
        )

    def kind(self, folder: str) -> Kind:
        """Tell what a folder holds; the name of the listed one counts where it has none.

        Images only where the whole name says so: ``image_dataset`` may hold both.
        """
        if self.says(folder):
            return "mask"
        if self.mask_folders is not None:
            return ""
        if folder and is_mask_folder(folder):
            return "mask"
        names = (posixpath.basename(self.root), *folder.split("/"))
        kinds = [(kind_of_name(name), name) for name in names]
        deciding = [name for kind, name in kinds if kind]
        return "image" if deciding and is_of_images(deciding[-1]) else ""


def is_inside(folder: str, folders: Collection[str]) -> bool:
    """Whether a folder is one of several, or lies inside one of them."""
    if not folders:
        return False
    while folder not in folders:
        rest, _, name = folder.rpartition("/")
        if name in ("", ".."):
            return False
        folder = rest
    return True
