"""Refining: what is wrong at the borders of a mask is put right, by rules that say exactly how.

Each function looks at a plane and gives pieces; nothing here edits. All work in the rectangle
around what they refine, or tile by tile, so that no array as large as the mask is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from chromask.pixels.components import Parts, Piece, bounding_rect, find_parts
from chromask.pixels.neighbourhood import (
    NEARLY,
    Cancelled,
    by_tiles,
    count_around,
    disk_of,
    distance_to,
    is_even,
    solid,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy.typing as npt

    from chromask.pixels.plane import Indices, Plane

    Bools = npt.NDArray[np.bool_]

NOBODY = -1
"""The owner of an entry that nobody claims, as in a census."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is refined: a ROI, or the whole mask.

    Attributes
    ----------
    inside
        (table,) bool: the entries that are refined.
    classes
        (table,) intp: entries of one class are one thing; of a ROI: 1 inside, else 0.
    claimed
        (table,) bool: the entries that somebody claims.
    is_whole
        Whether it is the whole mask.
    """

    inside: Bools
    classes: npt.NDArray[np.intp]
    claimed: Bools
    is_whole: bool

    @property
    def within(self) -> Bools | None:
        """The entries around which something may change; None: anywhere."""
        return None if self.is_whole else self.inside


def roi_target(owners: npt.NDArray[np.int32], entries: npt.NDArray[np.intp]) -> Target:
    """Give the target for the entries of one ROI; ``owners`` as in a census."""
    inside = np.zeros(len(owners), np.bool_)
    inside[entries] = True
    return Target(
        inside, inside.astype(np.intp), (owners != NOBODY) | inside, is_whole=False
    )


def whole_target(owners: npt.NDArray[np.int32]) -> Target:
    """Give the target for a whole mask; ``owners`` as in a census.

    The entries of one ROI are one class; each entry that nobody claims is one of its own.
    """
    classes = np.arange(len(owners), dtype=np.intp)
    claimed = owners != NOBODY
    _, first, which = np.unique(owners, return_index=True, return_inverse=True)
    classes[claimed] = first[which][claimed]
    return Target(np.ones(len(owners), np.bool_), classes, claimed, is_whole=True)


def never() -> bool:
    """Go on, whatever happens."""
    return False


def grow(
    plane: Plane, target: Target, amount: int, cancelled: Cancelled = never
) -> list[Piece]:
    """Let the target take every pixel within ``amount`` px of it (centre to centre).

    Such a pixel gets the entry of the nearest pixel of the target; of several equally near
    the lowest. Of a whole mask, what is claimed grows over what nobody claims.
    """
    inside = target.claimed if target.is_whole else target.inside
    return _spread(plane, target, inside, amount, cancelled)


def shrink(
    plane: Plane, target: Target, amount: int, cancelled: Cancelled = never
) -> list[Piece]:
    """Take from the target every pixel within ``amount`` px of what is not the target.

    Such a pixel gets the entry of the nearest pixel outside; the image's edge is no border.
    """
    inside = target.claimed if target.is_whole else target.inside
    return _spread(plane, target, ~inside, amount, cancelled)


def smooth(
    plane: Plane, target: Target, amount: int, cancelled: Cancelled = never
) -> list[Piece]:
    """Give each pixel the entry that most pixels within ``amount`` px of it have.

    Where several have most, a pixel keeps its own or takes the lowest. Of a ROI, only
    pixels change that it gains or loses.
    """
    disk = disk_of(amount)

    def may_change(outer: Indices) -> Bools:
        if not target.inside[outer].any():
            return np.zeros(outer.shape, np.bool_)
        return ~is_even(outer, amount)

    def work(outer: Indices) -> tuple[Indices, Bools]:
        best = outer.copy()
        most = np.zeros(outer.shape, np.float32)
        own = np.zeros(outer.shape, np.float32)
        for entry in np.unique(outer).tolist():
            count = count_around(outer == entry, disk)
            np.copyto(own, count, where=outer == entry)
            more = count > most
            np.copyto(most, count, where=more)
            best[more] = entry
        where = most > own
        if not target.is_whole:
            where &= target.inside[outer] | target.inside[best]
        return best, where

    return by_tiles(plane, target.within, amount, (may_change, work), cancelled)


def fill_holes(
    plane: Plane, target: Target, amount: int, cancelled: Cancelled = never
) -> list[Piece]:
    """Fill the holes of at most ``amount`` pixels, whatever is in them.

    A hole of a ROI is what it encloses (pixels that touch at a corner only do not connect);
    a hole in a whole mask is a part with one single class all around it. It gets the entry
    that most of its border has.
    """
    found = _parts_around(plane, target, diagonal=False)
    if found is None or cancelled():
        return []
    parts, row0, col0 = found
    class_of = target.classes[parts.first_entries()]
    holes = ~parts.at_edge() & (parts.pixels() <= amount)
    if not target.is_whole:
        holes &= class_of == 0
    else:
        first, second = _borders(parts)
        around = np.full(parts.count, -1)
        around[first] = class_of[second]
        several = around[first] != class_of[second]
        holes[first[several]] = False
    return _absorb(parts, holes, plane, row0, col0)


def remove_islands(
    plane: Plane, target: Target, amount: int, cancelled: Cancelled = never
) -> list[Piece]:
    """Give parts of fewer than ``amount`` pixels to the neighbour with the longest border.

    Pixels that touch at a corner are one part. Of a group of islands those go first that
    border on something larger.
    """
    found = _parts_around(plane, target, diagonal=True)
    if found is None or cancelled():
        return []
    parts, row0, col0 = found
    small = parts.pixels() < amount
    small &= target.inside[parts.first_entries()]
    return _absorb(parts, small, plane, row0, col0)


def keep_largest(
    plane: Plane, target: Target, amount: int = 0, cancelled: Cancelled = never
) -> list[Piece]:
    """Keep the largest part of the target, of a whole mask that of every claimed class.

    The others go to their neighbour with the longest border. ``amount`` has no meaning.
    """
    found = _parts_around(plane, target, diagonal=True)
    if found is None or cancelled():
        return []
    parts, row0, col0 = found
    entries = parts.first_entries()
    class_of, pixels = target.classes[entries], parts.pixels()
    order = np.lexsort((np.arange(parts.count), -pixels, class_of))
    others = np.zeros(parts.count, np.bool_)
    others[order[1:]] = class_of[order[1:]] == class_of[order[:-1]]
    others &= (target.claimed if target.is_whole else target.inside)[entries]
    return _absorb(parts, others, plane, row0, col0)


def close_gaps(
    plane: Plane, target: Target, amount: int, cancelled: Cancelled = never
) -> list[Piece]:
    """Fill what nobody claims between two classes that lie at most ``amount`` px apart.

    A pixel is in such a gap where its distances to the two nearest classes add up to at
    most ``amount + 1``. It gets the entry of the nearest pixel, of several the lowest. Of a
    ROI: the gaps between it and anything else that is claimed.
    """

    def may_change(outer: Indices) -> Bools:
        claimed = target.claimed[outer]
        if claimed.all() or not claimed.any():
            return np.zeros(outer.shape, np.bool_)
        return ~claimed & (distance_to(claimed) <= (amount + 1) / 2 + NEARLY)

    def work(outer: Indices) -> tuple[Indices, Bools]:
        free = ~target.claimed[outer]
        best = outer.copy()
        nearest = np.full(outer.shape, np.inf, np.float32)
        second = nearest.copy()
        kind = np.full(outer.shape, -1, np.intp)
        entries = np.unique(outer)
        for entry in entries[target.claimed[entries]].tolist():
            away, own = distance_to(outer == entry), target.classes[entry]
            is_nearer, is_kind = away < nearest, kind == own
            np.copyto(second, nearest, where=is_nearer & ~is_kind)
            np.copyto(second, np.minimum(second, away), where=~is_nearer & ~is_kind)
            np.copyto(nearest, away, where=is_nearer)
            kind[is_nearer] = own
            best[is_nearer] = entry
        return best, free & (nearest + second <= amount + 1 + NEARLY)

    return by_tiles(plane, target.within, amount + 1, (may_change, work), cancelled)


def snap_edges(
    plane: Plane, target: Target, amount: int, cancelled: Cancelled = never
) -> list[Piece]:
    """Give blended pixels along borders, at most ``amount`` px broad, the nearest claimed colour.

    A pixel is blended where nobody claims its value and it lies in no square of
    ``amount + 1`` px that has one value. Of the claimed entries within ``amount + 1`` px it
    gets the one with the least squared distance of colour; of several the one with most
    pixels there, then the lowest. Without any it stays. Of a ROI: the pixels it gains.
    """
    disk = disk_of(amount + 1)
    values = plane.table.astype(np.int64)

    def soft_pixels(outer: Indices) -> Bools:
        soft = ~target.claimed[outer]
        return soft & ~solid(outer, amount + 1) if soft.any() else soft

    def work(outer: Indices) -> tuple[Indices, Bools]:
        best = outer.copy()
        soft = soft_pixels(outer)
        where = np.nonzero(soft)
        own = values[outer[where]]
        choice = np.full(len(own), -1)
        least = np.full(len(own), np.iinfo(np.int64).max)
        most = np.zeros(len(own), np.float32)
        entries = np.unique(outer)
        for entry in entries[target.claimed[entries]].tolist():
            count = count_around(outer == entry, disk)[where]
            away = ((own - values[entry]) ** 2).sum(axis=1)
            wins = (away < least) | ((away == least) & (count > most))
            wins &= count > 0.5
            choice[wins], least[wins], most[wins] = entry, away[wins], count[wins]
        chosen = choice >= 0
        if not target.is_whole:
            chosen &= target.inside[choice]
        best[where] = np.where(chosen, choice, best[where])
        soft[where] = chosen
        return best, soft

    return by_tiles(
        plane, target.within, 2 * (amount + 1), (soft_pixels, work), cancelled
    )


@dataclass(frozen=True, slots=True)
class Operation:
    """One way of refining.

    Attributes
    ----------
    id
        Its name in code and settings.
    run
        ``run(plane, target, amount, cancelled)``.
    unit
        What the amount counts: ``px`` (a length), ``pixels`` (an area) or empty: none.
    lowest, highest, start
        The bounds of the amount, and what it is at first.
    """

    id: str
    run: Callable[[Plane, Target, int, Cancelled], list[Piece]]
    unit: str
    lowest: int = 0
    highest: int = 0
    start: int = 0


OPERATIONS: Mapping[str, Operation] = {
    operation.id: operation
    for operation in (
        Operation("smooth", smooth, "px", 1, 50, 3),
        Operation("islands", remove_islands, "pixels", 1, 1_000_000, 50),
        Operation("holes", fill_holes, "pixels", 1, 1_000_000, 50),
        Operation("largest", keep_largest, ""),
        Operation("grow", grow, "px", 1, 100, 1),
        Operation("shrink", shrink, "px", 1, 100, 1),
        Operation("gaps", close_gaps, "px", 1, 50, 2),
        Operation("snap", snap_edges, "px", 1, 20, 2),
    )
}
"""Every operation by its id, in the order in which they are offered."""


def _spread(
    plane: Plane, target: Target, inside: Bools, amount: int, cancelled: Cancelled
) -> list[Piece]:
    """Give pixels outside within ``amount`` px of some entries the nearest of those."""

    def may_change(outer: Indices) -> Bools:
        found = inside[outer]
        if found.all() or not found.any():
            return np.zeros(outer.shape, np.bool_)
        return ~found & (distance_to(found) <= amount + NEARLY)

    def work(outer: Indices) -> tuple[Indices, Bools]:
        best = outer.copy()
        nearest = np.full(outer.shape, np.inf, np.float32)
        entries = np.unique(outer)
        for entry in entries[inside[entries]].tolist():
            away = distance_to(outer == entry)
            is_nearer = away < nearest
            np.copyto(nearest, away, where=is_nearer)
            best[is_nearer] = entry
        return best, ~inside[outer] & (nearest <= amount + NEARLY)

    return by_tiles(plane, target.within, amount, (may_change, work), cancelled)


def _parts_around(
    plane: Plane, target: Target, *, diagonal: bool
) -> tuple[Parts, int, int] | None:
    """Find the parts in the target's rectangle and one pixel around it."""
    rect: tuple[int, int, int, int] | None = (0, 0, *plane.indices.shape)
    if not target.is_whole:
        rect = bounding_rect(plane.indices, target.inside, margin=1)
    if rect is None:
        return None
    part = plane.indices[rect[0] : rect[2], rect[1] : rect[3]]
    return find_parts(part, target.classes, diagonal=diagonal), rect[0], rect[1]


def _borders(parts: Parts) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Give the pairs of different parts with a common border, in both orders."""
    touch = parts.touch
    first, second = parts.part[touch.first], parts.part[touch.second]
    differ = first != second
    first, second = first[differ], second[differ]
    return np.concatenate((first, second)), np.concatenate((second, first))


def _absorb(
    parts: Parts, goes: Bools, plane: Plane, row0: int, col0: int
) -> list[Piece]:
    """Give parts to the neighbours with the longest borders, from the outside in."""
    touch = parts.touch
    first = np.concatenate((touch.first, touch.second))
    second = np.concatenate((touch.second, touch.first))
    length = np.concatenate((touch.length, touch.length))
    waits = goes[parts.part[first]] & (parts.part[first] != parts.part[second])
    first, second, length = first[waits], second[waits], length[waits]
    part, other = parts.part[first], parts.part[second]
    entries = parts.entries[second].copy()
    size = len(plane.table)
    taken = np.full(parts.count, -1)
    while goes.any():
        ready = goes[part] & ~goes[other]
        if not ready.any():
            break
        pairs, which = np.unique(
            part[ready].astype(np.int64) * size + entries[ready], return_inverse=True
        )
        borders = np.bincount(which, length[ready])
        owner, entry = np.divmod(pairs, size)
        order = np.lexsort((-entry, borders, owner))
        # The last of each owner has the longest border, and of those the lowest entry.
        taken[owner[order]] = entry[order]
        goes = goes & (taken < 0)
        entries = np.where(taken[other] >= 0, taken[other], entries)
    return parts.pieces(taken[parts.part], row0, col0, plane.indices)
