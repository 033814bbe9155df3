"""Which frame of a list the open document is: by its file, also after it was saved elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.dataset.query import FrameItem
from chromask.storage.look import fitting_name, is_taken, real_path

if TYPE_CHECKING:
    from collections.abc import Container

    from chromask.dataset.query import FrameList
    from chromask.document.document import Document


def path_of(document: Document) -> Path:
    """Give the file that a document is in, or would be saved to."""
    return (document.path or Path(document.frame.uri or "")).absolute()


def own_item(
    document: Document, listed: FrameList, likely: FrameItem
) -> FrameItem | None:
    """Find the frame of a list whose file is the document's; `likely` is looked at first."""
    known = listed.get(likely.key)
    if known is not None and _is_of(document, known, _names(document)):
        return known
    # The name may lead there through links, which the list's names do not.
    names = _names(document)
    root = real_path(listed.root)
    names |= {
        str(listed.root / real_path(Path(name)).relative_to(root))
        for name in names
        if real_path(Path(name)).is_relative_to(root)
    }
    stems = tuple(os.path.splitext(name)[0] for name in names)
    alike = (item for item in listed.items if item.path.startswith(stems))
    found = [item for item in alike if _is_of(document, item, names)]
    # A JSON rather than an image that would be saved there.
    return next((item for item in found if item.path in names), next(iter(found), None))


def item_elsewhere(document: Document) -> FrameItem:
    """Give a document that is in no list as a frame that can be opened again."""
    path = path_of(document)
    return FrameItem(str(path), str(path), path.name, document.number)


def free_path(path: Path, reserved: Container[str]) -> Path:
    """Find a free name for a frame's JSON next to another: ``<stem>_2.json``.

    `reserved` are files that images would be saved to.
    """
    number = 2
    while True:
        found = path.with_name(fitting_name(path.stem, f"_{number}.json"))
        if not is_taken(found) and str(found) not in reserved:
            return found
        number += 1


def follow_gap(old: FrameList, new: FrameList, gap: int) -> int:
    """Find where a gap before a place is, once the list was read again."""
    for item in reversed(old.items[:gap]):
        place = new.place(item.key)
        if place is not None:
            return place + 1
    return 0


def _names(document: Document) -> set[str]:
    return {str(path_of(document))}


def _is_of(document: Document, item: FrameItem, names: set[str]) -> bool:
    return item.number == document.number and item.frame_path in names
