"""What a census was taken of, and how that differs from what the one before it saw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from itertools import count as numbers
from operator import attrgetter, is_not
from typing import TYPE_CHECKING

import numpy as np

from chromask.counts.value_matches import is_exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chromask.frame.annotation import Annotation
    from chromask.frame.editable import Frame
    from chromask.frame.source import Source
    from chromask.pixels.plane import Plane


@dataclass(frozen=True, slots=True)
class Basis:
    """What a census was taken of; all frozen, so that the same object means the same.

    Attributes
    ----------
    sources, annotations, planes
        Of the frame; the planes with the counts that they had.
    before
        The ROIs of the basis before it.
    changed
        Which of them differ; None where their numbers do.
    inexact
        The ROIs whose value is not one exact RGB: they may claim many entries.
    """

    sources: tuple[Source, ...]
    annotations: tuple[Annotation, ...]
    planes: Mapping[str, Plane]
    before: tuple[Annotation, ...]
    changed: list[int] | None
    inexact: frozenset[int]

    @classmethod
    def of(
        cls, frame: Frame, planes: Mapping[str, Plane], previous: Basis | None
    ) -> Basis:
        """Give the basis of a frame and its planes after an earlier one."""
        rois, before = frame.annotations, ()
        inexact: frozenset[int] = frozenset()
        if previous is not None:
            before, inexact = previous.annotations, previous.inexact
        changed = changed_places(before, rois)
        if changed is None:
            inexact = _inexact(rois, range(len(rois)))
        else:
            inexact = inexact.difference(changed) | _inexact(rois, changed)
        return cls(frame.sources, rois, frozen(planes), before, changed, inexact)

    def moved_values(self, other: Basis) -> set[tuple[int, ...]] | None:
        """Give the exact values that may claim other pixels in the other; None: any may."""
        if (
            self.sources is not other.sources
            or self.planes.keys() != other.planes.keys()
        ):
            return None
        moved: set[tuple[int, ...]] = set()
        for key, plane in self.planes.items():
            now = other.planes[key]
            # Near values go to the nearest of all ROIs, not to each by itself.
            if plane.format.lossy or not np.array_equal(plane.pixels, now.pixels):
                return None
            if plane.table is now.table:
                continue
            if plane.table.shape != now.table.shape or not is_exact(plane):
                return None
            changed = (plane.table != now.table).any(axis=1)
            for table in (plane.table, now.table):
                moved.update(map(tuple, table[changed].tolist()))
        return moved

    def movable(self, moved: set[tuple[int, ...]]) -> set[int]:
        """List the ROIs that may claim other entries, where some exact values moved."""
        values = map(attrgetter("mask_value"), self.annotations)
        return {*self.inexact, *compress(numbers(), map(moved.__contains__, values))}


def frozen(planes: Mapping[str, Plane]) -> dict[str, Plane]:
    """Keep the planes' counts as they are: a transaction goes on counting in place."""
    return {
        key: replace(plane, pixels=plane.pixels.copy()) for key, plane in planes.items()
    }


def _inexact(rois: tuple[Annotation, ...], places: Iterable[int]) -> frozenset[int]:
    return frozenset(
        place
        for place in places
        if (value := rois[place].mask_value) is not None
        and (len(value) != 3 or min(value) < 0)
    )


def changed_places(
    before: Sequence[object], after: Sequence[object]
) -> list[int] | None:
    """List the places at which another object stands; None where the lengths differ.

    ROIs, and what is counted of them, are frozen: one that was not edited is the same
    object. Whoever follows an edit of 10 000 asks this first, so it runs without Python.
    """
    if before is after:
        return []
    if len(before) != len(after):
        return None
    return list(compress(numbers(), map(is_not, before, after)))
