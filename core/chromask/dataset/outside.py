"""The images of what was opened with their masks, also those in folders outside.

A folder outside is used where the user chose or allowed it; what only a name suggests is
looked at by its names and reported. Imported by `discover`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.dataset.folder_names import Given, is_inside, is_mask_folder, is_weak
from chromask.dataset.folder_walk import Found, Partners, Walk, partners
from chromask.dataset.pairing import Pairs, pair
from chromask.errors import Problem
from chromask.storage.look import is_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chromask.dataset.query import Choice


@dataclass(frozen=True, slots=True)
class Paired:
    """The images and masks that were found, and which folders outside would add masks.

    Attributes
    ----------
    pairs
        The images with their masks.
    suggested
        The folders outside that only their names suggest.
    are_images
        Whether these hold the images of masks that were opened.
    problems
        The folders outside that cannot be read.
    """

    pairs: Pairs
    suggested: tuple[Path, ...] = ()
    are_images: bool = False
    problems: tuple[Problem, ...] = ()


def pair_with_outside(
    root: Path,
    found: Found,
    choice: Choice,
    cancelled: Callable[[], bool],
    own: str | None = None,
) -> Paired:
    """Pair what lies in a folder, and in those outside that were chosen or allowed.

    What only a name suggests is looked at by its names, and never used. `own` is the name
    of the one file that it is about.
    """
    by_name = Partners() if choice.mask_folders is not None else partners(root)
    outside, are_images = by_name.folders, False
    # Folders that were allowed stay so for writing; those that were chosen hold the masks.
    using = choice.allowed if choice.mask_folders is None else ()
    allowed = {_from(root, folder) for folder in using}
    chosen = None
    if choice.mask_folders is not None:
        chosen = {_from(root, folder) for folder in choice.mask_folders}
    holding = {name for name in (*allowed, *(chosen or ())) if _holds_root(name)}
    allowed -= holding
    chosen = chosen and chosen - holding
    images = {_from(root, path) for path in choice.images}
    given = Given(root.as_posix(), chosen, allowed, images)
    if by_name.are_images:
        are_images = _holds_masks(root, found, by_name, given, cancelled)
        outside = outside if are_images else ()
    if are_images:
        also = {folder for folder in allowed if is_mask_folder(folder)}
        given = replace(given, also={"", *also})
    problems = tuple(_not_of_masks(root / name) for name in sorted(holding))
    problems += _walk_outside(root, {*allowed, *(chosen or ())}, found, cancelled)
    pairs = pair(found.media, given)
    left = {_from(root, path): path for path in outside}
    left = {name: path for name, path in left.items() if name not in allowed}
    more = Found(list(found.media), seen=set(found.seen))
    _walk_outside(root, left, more, cancelled)
    if len(more.media) == len(found.media):
        return Paired(pairs, (), are_images, problems)
    also = given.also if are_images else {*given.also, *left}
    others = pair(more.media, replace(given, also=also))
    adding: set[str] = set()
    for image, masks in others.masks.items():
        files = [image, *(mask.file for mask in masks)]
        if image not in pairs.masks and own in (None, *(f.path for f in files)):
            adding.update(file.folder for file in files)
    suggested = [
        path
        for name, path in left.items()
        if any(is_inside(each, {name}) for each in adding)
    ]
    return Paired(pairs, tuple(suggested), are_images, problems)


def _holds_masks(
    root: Path,
    found: Found,
    by_name: Partners,
    given: Given,
    cancelled: Callable[[], bool],
) -> bool:
    """Whether what was opened are masks, as its own name or one above it says.

    The name of the folder that holds the files is believed. What may as well be the name
    of a project counts only where a folder outside holds images of the masks' names.
    """
    if pair(found.media, given).masks:
        return False
    if not (
        by_name.is_by_parent
        or is_weak(root.name)
        or all(file.folder for file in found.media)
    ):
        return True
    more = Found(list(found.media), seen=set(found.seen))
    _walk_outside(
        root, (_from(root, each) for each in by_name.folders), more, cancelled
    )
    return bool(pair(more.media, replace(given, also={""})).masks)


def _walk_outside(
    root: Path,
    folders: Iterable[str],
    found: Found,
    cancelled: Callable[[], bool],
) -> tuple[Problem, ...]:
    """Note the files of folders outside; returns what is wrong with those folders."""
    problems: list[Problem] = []
    for name in sorted(folders):
        if not name.startswith(".."):
            continue
        folder = Path(os.path.normpath(root / name))
        if is_folder(folder):
            Walk(found, cancelled).through(folder, name)
        else:
            seen, hint = "there is no such folder", "Choose the folder of masks again"
            problems.append(Problem(seen, str(folder), None, hint, "warning"))
    return tuple(problems)


def _holds_root(name: str) -> bool:
    """Whether a folder, by its path from what was opened, is that one or one around it."""
    return set(name.split("/")) <= {"", ".."}


def _not_of_masks(folder: Path) -> Problem:
    seen = "this folder holds the opened images, so it is not used as a folder of masks"
    hint = "Choose the folder that holds masks alone"
    return Problem(seen, os.path.normpath(folder), None, hint, "warning")


def _from(root: Path, folder: Path) -> str:
    """Return the path from a folder to another one, as `MediaFile.folder` says it."""
    path = Path(os.path.relpath(folder, root)).as_posix()
    return "" if path == "." else path
