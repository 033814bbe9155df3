"""Edits: one small function for each thing a user means to do, on an open transaction.

The window's panels, the command line and scripts call the same functions.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from chromask.colors import farthest_color
from chromask.errors import EditError, OutsideError, say
from chromask.pixels.id_masks import is_id_mask
from chromask.storage.look import fitting_name, is_taken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from chromask.counts.pixel_counts import Census, ValueCount
    from chromask.document.document import Document
    from chromask.document.transaction import Transaction
    from chromask.frame.editable import Frame
    from chromask.frame.source import MaskRef
    from chromask.pixels.plane import Plane


def change_value(edit: Transaction, index: int, value: Sequence[int]) -> None:
    """Let a ROI claim another value; no pixel changes, so it may lose its pixels."""
    edit.frame.update_annotation(index, mask_rgb=list(value))


def repaint(
    edit: Transaction,
    document: Document,
    census: Census,
    index: int,
    value: Sequence[int],
) -> None:
    """Give a ROI another value together with all its pixels: O(1) in pixels.

    A mask that cannot be written (lossy, a video, no PNG) becomes a new PNG mask of this
    frame in the same step.

    Raises
    ------
    EditError
        The value has a -1, the ROI has no pixels, or a mask's mode cannot hold the value.
    """
    if min(value) < 0:
        raise EditError(
            say("pixels cannot be painted in {}: -1 means any value", list(value)),
            hint="Give every channel a number, or change the ROI only",
        )
    claimed = census.rois[index].indices
    if not any(len(indices) for indices in claimed.values()):
        raise EditError(
            say("ROI {} has no pixels to repaint", index), hint="Change the ROI only"
        )
    for key, indices in claimed.items():
        if len(indices):
            own_mask(edit, document, key)
        for entry in indices.tolist():
            edit.set_value(key, entry, tuple(value))
    change_value(edit, index, value)


def make_roi(
    edit: Transaction, document: Document, count: ValueCount, labels: Sequence[str]
) -> int:
    """Add a ROI that claims a value which nobody claims; returns its index."""
    ref = mask_of(document.frame, count.key)
    value = claim_for(document.planes[count.key], count.value)
    (index,) = edit.frame.add_annotation(
        mask_rgb=list(value),
        labels=list(labels),
        mask_id=ref.mask.id,
        sources=[ref.source.id],
    )
    return index


def merge_into_nearest(
    edit: Transaction,
    document: Document,
    census: Census,
    count: ValueCount,
    locked: Collection[int] = (),
) -> int:
    """Give the pixels of a value that nobody claims to the ROI of the nearest colour.

    Nearest is the least squared distance among the values with pixels in the same mask that
    a ROI owns; of several the one with most pixels. Only the colour table changes: O(1) in
    pixels. A mask that cannot be written becomes a new one, as with `repaint`.

    Parameters
    ----------
    locked
        ROIs that get no pixels.

    Returns
    -------
    index
        The ROI that has them now.

    Raises
    ------
    EditError
        No ROI that may get them has pixels in the mask.
    """
    plane, owners = document.planes[count.key], census.owners[count.key]
    may = (owners >= 0) & (plane.pixels > 0) & ~np.isin(owners, list(locked))
    entries = np.flatnonzero(may)
    if not len(entries):
        raise EditError(
            "there is no ROI with pixels that it could be merged into",
            hint="Unlock one, or make a ROI of the colour",
        )
    away = plane.table[entries].astype(np.int64) - np.array(count.value)
    order = np.lexsort((entries, -plane.pixels[entries], (away**2).sum(axis=1)))
    nearest = int(entries[order[0]])
    owner, value = int(owners[nearest]), plane.value(nearest)
    own_mask(edit, document, count.key)
    for entry in count.indices:
        edit.set_value(count.key, entry, value)
    return owner


def claim_for(plane: Plane, exact: tuple[int, ...]) -> tuple[int, ...]:
    """Find the shortest value that claims an exact one of a plane, and no other.

    Three channels claim every alpha; a fourth is added only where one RGB has several.
    """
    if len(exact) == 2:
        exact = (exact[0], exact[0], exact[0], exact[1])
    grey = exact * 3 if len(exact) == 1 else exact
    rgb = grey[:3]
    same = {plane.value(index) for index in plane.claimed_by(rgb).tolist()}
    return rgb if len(same) <= 1 else grey


def next_free_value(
    plane: Plane, taken: Iterable[Sequence[int]] = ()
) -> tuple[int, ...] | None:
    """Find a value for a new ROI: free, one that the mask can hold, and easy to tell apart.

    Parameters
    ----------
    taken
        Values that ROIs claim, with pixels or without; those with pixels in the mask are
        taken as well. Zeros never come out: they mean the background.

    Returns
    -------
    value
        R, G, B. In a mask of ids the lowest free one, else the one farthest from all that
        are taken; None where the mask has no free value left.
    """
    used = {plane.value(index) for index in np.flatnonzero(plane.pixels).tolist()}
    claimed = {tuple(value) for value in taken if value and min(value) >= 0}
    if not plane.format.is_grey:
        colors = {value[:3] for value in used | claimed if len(value) >= 3}
        if is_id_mask(plane):
            levels = (n for n in range(1, 256) if (n, n, n) not in colors)
            level = next(levels, None)
            return None if level is None else (level,) * 3
        steps = np.linspace(0, plane.format.maximum, 18).astype(np.int64)
        candidates = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1)
        candidates = candidates.reshape(-1, 3)[1:]
        shown = candidates * (255 / plane.format.maximum)
        seen = np.array([(0, 0, 0), *colors]) * (255 / plane.format.maximum)
        best = farthest_color(shown, seen)
        return None if best is None else tuple(candidates[best].tolist())
    levels_used = {value[0] for value in used | claimed}
    top, step = plane.format.maximum, plane.format.grey_step
    free = [n for n in range(step, top + 1, step) if n not in levels_used]
    if not free:
        return None
    if is_id_mask(plane):
        return (free[0],) * 3
    around = np.array(sorted(levels_used | {0}))
    gap = np.full(len(free), top)
    for level in around:
        gap = np.minimum(gap, np.abs(np.array(free) - level))
    return (free[int(np.argmax(gap))],) * 3


def own_mask(edit: Transaction, document: Document, key: str) -> None:
    """Make sure that an edited mask can be written: as a PNG that is this frame's alone.

    A mask is never written in a lossy format, and a TIFF or GIF would lose tags that
    chromask does not know; a source image is never written, nor a file of another frame,
    nor one outside what was opened. Their edits go to a new PNG mask next to the frame.

    Raises
    ------
    OutsideError
        The mask is outside, and the user can be asked whether it may be written.
    EditError
        The new mask would be outside as well.
    """
    plane = document.planes[key]
    if fate_of_mask(document, key) == "written":
        return
    folder = folder_to_ask(document, key)
    if folder is not None:
        raise OutsideError(folder)
    ref = mask_of(edit.frame, key)
    edit.frame.set_mask_uri(key, name_of_new_mask(document, ref.mask.id), "image/png")
    edit.set_format(key, replace(plane.format, container="PNG", lossy=False))


def name_of_new_mask(document: Document, mask_id: str) -> str:
    """Find a name for a new mask next to the frame of a document.

    Raises
    ------
    OutsideError, EditError
        The frame itself is outside what was opened, as in `own_mask`.
    """
    frame_path = Path(document.frame.uri or "frame.json")
    name = new_mask_name(document.frame, mask_id, frame_path)
    path, permit = frame_path.with_name(name), document.permit
    if permit.may_write(path):
        return name
    folder = permit.folder_to_ask(path)
    if folder is not None:
        raise OutsideError(folder)
    raise EditError(
        "the frame is outside the opened folder, so it gets no new mask",
        uri=str(frame_path),
        hint="Open the frame's own folder, or save the frame in the opened one",
    )


def mask_of(frame: Frame, key: str) -> MaskRef:
    """Give the mask of a plane's key.

    Raises
    ------
    EditError
        The frame has no mask of this key.
    """
    ref = frame.mask(key)
    if ref is None:
        raise EditError(say("the frame has no mask {}", key), uri=frame.uri)
    return ref


def new_mask_name(frame: Frame, mask_id: str, frame_path: Path) -> str:
    """Find a free name for a mask next to a frame's JSON: ``<stem>_<mask id>.png``."""
    safe_id = re.sub(r"[^\w.-]+", "_", mask_id).strip("_.")
    taken = {other.mask.uri for other in frame.masks()}
    stem = f"{frame_path.stem}_{safe_id}"
    name, number = fitting_name(stem, ".png"), 2
    while name in taken or is_taken(frame_path.with_name(name)):
        name, number = fitting_name(stem, f"_{number}.png"), number + 1
    return name


def folder_to_ask(document: Document, key: str | None) -> Path | None:
    """Return the folder outside that the user is asked about before a mask is edited.

    Parameters
    ----------
    key
        The mask; None is one that the edit makes.

    Returns
    -------
    folder
        None where there is nothing to ask.
    """
    permit, fate = document.permit, "copied"
    if key is not None:
        fate, path = fate_of_mask(document, key), document.mask_path(key)
        if fate == "asked" and path is not None:
            return permit.folder_to_ask(path)
    if fate == "written":
        return None
    frame_path = Path(document.frame.uri or "frame.json")
    return permit.folder_to_ask(frame_path.with_name(f"{frame_path.stem}_.png"))


def fate_of_mask(document: Document, key: str) -> Literal["written", "copied", "asked"]:
    """Say what the first edit of a mask's pixels means for its file.

    ``written``: it is written in place, a PNG of only this mask that was opened.
    ``copied``: it stays, and the frame gets a new PNG. ``asked``: the user is asked which.
    """
    kind, path = document.planes[key].format, document.mask_path(key)
    is_png = kind.container == "PNG" and not kind.lossy
    if (
        path is None
        or not is_png
        or document.places.is_mask_shared(document.mask_uri(key))
    ):
        return "copied"
    permit = document.permit
    if permit.may_write(path):
        return "written"
    return "copied" if permit.folder_to_ask(path) is None else "asked"
