"""Which mask belongs to which image, by their names alone.

Nothing is opened here, and the work grows with the number of names only: each name is looked
up, never compared with all the others. Imported by `dataset`, which finds the names.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from chromask.dataset.file_names import (
    ENDS,
    LOSSY,
    MediaFile,
    closeness,
    closest,
    first_word,
    is_named_mask,
    key_of,
    keys_of,
    natural,
    of_one_name,
    rest_of,
    starts_of,
)
from chromask.dataset.folder_names import (
    PLAIN_WORDS,
    Given,
    belongs,
    fold,
    is_of_mask_words,
    is_weak,
    mask_name,
    naming,
)
from chromask.dataset.image_index import ImageIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class PairedMask:
    """A mask of an image.

    Attributes
    ----------
    id
        The id by which the image's frame knows it.
    file
        The mask.
    is_guess
        Whether neither a mask word nor a folder says that it is a mask: it is one only
        because its name continues the name of a lossy image.
    """

    id: str
    file: MediaFile
    is_guess: bool = False


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


@dataclass(frozen=True, slots=True)
class _Match:
    """A mask that was found for an image: what its name adds, and whether that is a guess."""

    image: MediaFile
    mask: MediaFile
    added: str
    is_guess: bool = False


def pair(files: Iterable[MediaFile], given: Given | None = None) -> Pairs:
    """Pair masks with their images.

    Parameters
    ----------
    files
        Every image, mask and video below a folder.
    given
        What is known besides the names.
    """
    given = given or Given()
    images: list[MediaFile] = []
    matches: list[_Match] = []
    masks: dict[str, list[MediaFile]] = {}
    for folder, inside in _by_folder(files).items():
        held = given.kind(folder)
        if held == "mask":
            masks[folder] = [file for file in inside if file.path not in given.images]
            images += [file for file in inside if file.path in given.images]
        elif given.mask_folders is not None:
            images += inside
        else:
            _take_folder(inside, held == "image", given, images, matches)
    index = ImageIndex(given)
    # Without a folder of masks no image is looked up.
    for image in images if masks else ():
        index.add(image)
    for folder in _of_images(masks, index):
        before = len(images)
        _take_folder(masks.pop(folder), False, given, images, matches)
        for image in images[before:]:
            index.add(image)
    for inside in masks.values():
        for mask in inside:
            matches += [_Match(image, mask, added) for image, added in index.find(mask)]
    matches = list(_without_case_doubles(matches))
    placed = {match.mask for match in matches}
    orphans = (mask for inside in masks.values() for mask in inside)
    return Pairs(
        tuple(sorted(images, key=lambda image: natural(image.path))),
        _with_ids(matches),
        tuple(
            sorted(
                (mask for mask in orphans if mask not in placed),
                key=lambda mask: natural(mask.path),
            )
        ),
    )


def _by_folder(files: Iterable[MediaFile]) -> dict[str, list[MediaFile]]:
    found: dict[str, list[MediaFile]] = {}
    for file in files:
        found.setdefault(file.folder, []).append(file)
    return found


def _take_folder(
    inside: list[MediaFile],
    is_of_images: bool,
    given: Given,
    images: list[MediaFile],
    matches: list[_Match],
) -> None:
    """Take the files of a folder that holds images, and perhaps their masks next to them."""
    found = _SameFolder(inside, is_of_images, given.images).matches()
    taken = {match.mask for match in found}
    matches += found
    images += [file for file in inside if file not in taken]


def _of_images(masks: dict[str, list[MediaFile]], index: ImageIndex) -> Iterator[str]:
    """Give the folders that hold images all the same, each after those before were taken.

    A folder may be one of masks only because of a name above it, which may as well be a
    project's (``brain_segmentation/train``). Of three signs two make images of it: a folder
    of masks belongs to it, none belongs to the name above, and no file has an image.
    """
    given = index.given
    around: dict[str, set[str]] = {}
    for folder in (*masks, *index.folders):
        for each in _with_parents(folder):
            above, _, name = each.rpartition("/")
            around.setdefault(above, set()).add(name)
    by_name: dict[str, list[str]] = {}
    for folder in masks:
        name = naming(folder)
        if name != folder and not given.says(folder):
            by_name.setdefault(name, []).append(folder)
    for name, folders in by_name.items():
        above, _, own = name.rpartition("/")
        is_project = not is_of_mask_words(own) and not any(
            belongs(own, other) for other in around[above] if other != own
        )
        is_alone = not any(index.find(file) for each in folders for file in masks[each])
        for folder in folders:
            has_masks = any(
                belongs(other, each.rpartition("/")[2], around[each.rpartition("/")[0]])
                for each in _with_parents(folder)
                if len(each) > len(name)
                for other in around[each.rpartition("/")[0]]
            )
            if is_project + is_alone + has_masks >= 2:
                yield folder
    for folder in list(masks):
        if not given.says(folder) and _is_of_images(masks[folder], index):
            yield folder


def _with_parents(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _is_of_images(inside: list[MediaFile], index: ImageIndex) -> bool:
    """Whether a folder holds images all the same, though its name speaks of masks.

    None of its files has an image elsewhere, and it holds photos with masks of their own or,
    where its name is weak (``outputs``), anything.
    """
    if any(index.find(file) for file in inside):
        return False
    own = _SameFolder(inside, False, ()).matches()
    return any(match.image.suffix in LOSSY for match in own) or any(
        is_weak(file.folder) for file in inside[:1]
    )


# -- masks next to their images


class _SameFolder:
    """The files of one folder: which of them are masks of others.

    Parameters
    ----------
    inside
        The files.
    is_of_images
        Whether the folder's name says that it holds images.
    never
        The paths of files that are images, whatever their names say.
    """

    def __init__(
        self, inside: Sequence[MediaFile], is_of_images: bool, never: Collection[str]
    ) -> None:
        self._inside = inside
        self._is_of_images = is_of_images
        self._never = never
        self._by_key: dict[str, list[MediaFile]] = {}
        self._by_rest: dict[str, list[MediaFile]] = {}
        self._known: dict[MediaFile, list[_Match]] = {}
        for file in inside:
            stem = file.stem
            for key in keys_of(stem):
                self._by_key.setdefault(key, []).append(file)
            if not first_word(stem):
                for rest in {key_of(stem), rest_of(stem) or ""}:
                    self._by_rest.setdefault(rest, []).append(file)

    def matches(self) -> list[_Match]:
        """List the masks with their images."""
        return [match for file in self._inside for match in self._matches_of(file)]

    def _matches_of(self, file: MediaFile) -> list[_Match]:
        if file in self._known:
            return self._known[file]
        self._known[file] = []
        if file.path in self._never:
            return []
        for found, added in self._candidates(file.stem):
            images = [each for each in found if self._is_image_of(each, file, added)]
            if images:
                is_guess = not is_named_mask(added)
                self._known[file] = [
                    _Match(image, file, added, is_guess)
                    for image in of_one_name(closest(images, file))
                ]
                break
        return self._known[file]

    def _candidates(self, stem: str) -> Iterator[tuple[list[MediaFile], str]]:
        for start, added in starts_of(stem):
            yield self._by_key.get(key_of(start), []), added
        first = first_word(stem)
        if first:
            rest = key_of(stem[len(first) :].lstrip(ENDS))
            yield self._by_rest.get(rest, []), first

    def _is_image_of(self, image: MediaFile, mask: MediaFile, added: str) -> bool:
        return (
            image is not mask
            and _is_added(image, mask, added, self._is_of_images)
            and not self._matches_of(image)
        )


def _is_added(
    image: MediaFile, mask: MediaFile, added: str, is_of_images: bool
) -> bool:
    """Whether what a name adds to an image's makes it the name of a mask."""
    if added and is_named_mask(added):
        return True
    # In a folder of images only a word makes a mask of a file.
    is_lossless = mask.suffix not in LOSSY and not mask.is_video
    if is_of_images or image.suffix not in LOSSY or not is_lossless:
        return False
    # A frame's masks are <stem>_<mask id>.png, whatever the id; next to a lossy image a
    # lossless one of the same or a longer name is hardly anything else.
    return bool(added) or key_of(image.stem) == key_of(mask.stem)


def _without_case_doubles(matches: Iterable[_Match]) -> Iterator[_Match]:
    """Leave out masks that differ from another of the image in the case of letters alone."""
    groups: dict[tuple[MediaFile, str, str], list[_Match]] = {}
    for match in matches:
        name = (match.image, match.mask.folder, fold(match.mask.name))
        groups.setdefault(name, []).append(match)
    for group in groups.values():
        exact = [each for each in group if closeness(each.image, each.mask)[0] == 2]
        yield from exact or (group if len(group) == 1 else [])


# -- ids


def _with_ids(
    matches: Iterable[_Match],
) -> dict[MediaFile, tuple[PairedMask, ...]]:
    """Name the masks of each image by their folders, by what their names add, or by numbers."""
    by_image: dict[MediaFile, list[_Match]] = {}
    most: dict[tuple[str, str], int] = {}
    for match in matches:
        by_image.setdefault(match.image, []).append(match)
    for image, found in by_image.items():
        counts = Counter(each.mask.folder for each in found)
        for folder, count in counts.items():
            key = (image.folder, folder)
            most[key] = max(most.get(key, 0), count)
    folders: dict[str, list[str]] = {}
    for of_images, of_masks in most:
        if of_masks != of_images:
            folders.setdefault(of_images, []).append(of_masks)
    labels = {each: _labels(tuple(sorted(some))) for each, some in folders.items()}

    def named(match: _Match) -> str:
        folder, own = match.mask.folder, match.image.folder
        label = labels.get(own, {}).get(folder, "")
        if label and most[own, folder] == 1:
            return label
        added = match.added.strip(ENDS)
        return label if added.lower() in PLAIN_WORDS | {""} else added

    return {image: _numbered(found, named) for image, found in by_image.items()}


def _numbered(
    found: Sequence[_Match], named: Callable[[_Match], str]
) -> tuple[PairedMask, ...]:
    masks: list[PairedMask] = []
    taken: set[str] = set()
    ordered = sorted(found, key=lambda match: natural(match.mask.path))
    for number, match in enumerate(ordered):
        mask_id = named(match)
        if not mask_id or mask_id in taken:
            mask_id = f"{number:02d}"
        taken.add(mask_id)
        masks.append(PairedMask(mask_id, match.mask, match.is_guess))
    return tuple(masks)


@lru_cache(maxsize=1024)
def _labels(folders: tuple[str, ...]) -> dict[str, str]:
    """Name several folders of masks as they are written; none where there is one alone."""
    if len(folders) < 2:
        return {}
    labels = {folder: mask_name(folder) for folder in folders}
    counts = Counter(labels.values())
    alike = [folder for folder in folders if counts[labels[folder]] > 1]
    parts = {folder: folder.split("/") for folder in alike}
    for folder in alike:
        others = [set(parts[other]) for other in alike if other != folder]
        own = [name for name in parts[folder] if any(name not in o for o in others)]
        labels[folder] = "_".join(own) or labels[folder]
    return labels
