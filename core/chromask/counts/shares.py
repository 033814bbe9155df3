"""How the pixels of a frame are shared out: the numbers of the window's plots.

Counts of pixels come from the planes and the census, which have them already: no pixel is
looked at but for the sizes of components.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chromask.counts.pixel_counts import NOBODY
from chromask.pixels.components import bounding_rect, find_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import numpy.typing as npt

    from chromask.counts.pixel_counts import Census
    from chromask.pixels.plane import Indices, Plane

    Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class RoiShares:
    """The pixels of each ROI that has some.

    Attributes
    ----------
    rois
        (n,) the indices of the ROIs, most pixels first.
    pixels
        (n,) what they have, in all their masks.
    empty
        How many ROIs have no pixels.
    """

    rois: Ints
    pixels: Ints
    empty: int


@dataclass(frozen=True, slots=True, eq=False)
class Leftover:
    """The pixels of some masks that belong to no ROI.

    Attributes
    ----------
    labels
        The pixels of each entry of the dataset's legend that has some, by its number.
    zeros
        Pixels of the value of zeros that neither a ROI nor the legend claims.
    unclaimed
        Pixels of other values that neither claims.
    """

    labels: Mapping[int, int]
    zeros: int
    unclaimed: int


@dataclass(frozen=True, slots=True, eq=False)
class ValueShares:
    """The pixels of each value that neither a ROI nor the legend claims, zeros apart.

    Attributes
    ----------
    keys
        The masks that were looked at.
    mask
        (n,) the place of each value's mask in ``keys``; most pixels first.
    entries
        (n,) the first entry of the mask's table that holds the value.
    pixels
        (n,) how many pixels have it.
    """

    keys: tuple[str, ...]
    mask: Ints
    entries: Ints
    pixels: Ints


@dataclass(frozen=True, slots=True, eq=False)
class ComponentSizes:
    """The connected components of some entries of a plane, the largest first.

    Attributes
    ----------
    pixels
        (n,) how many pixels each has.
    row, col
        (n,) the first pixel of each in reading order.
    """

    pixels: Ints
    row: Ints
    col: Ints


def roi_shares(census: Census) -> RoiShares:
    """Sort the ROIs by their pixels; of equal ones the first comes first."""
    counts = np.array([count.pixels or 0 for count in census.rois], np.int64)
    rois = _sorted(counts)
    return RoiShares(rois, counts[rois], len(counts) - len(rois))


def leftover(
    census: Census, planes: Mapping[str, Plane], keys: Collection[str]
) -> Leftover:
    """Count the pixels of some masks that belong to no ROI."""
    labels: dict[int, int] = {}
    zeros = unclaimed = 0
    for key in keys:
        plane, owner = planes[key], census.owners[key]
        pixels = plane.pixels[: len(owner)]
        is_mapped = owner < NOBODY
        if is_mapped.any():
            sums = np.bincount(-2 - owner[is_mapped], pixels[is_mapped])
            for number in np.flatnonzero(sums).tolist():
                labels[number] = labels.get(number, 0) + int(sums[number])
        is_free = owner == NOBODY
        is_zero = plane.zeros()[: len(owner)] & is_free
        zeros += int(pixels[is_zero].sum())
        unclaimed += int(pixels[is_free & ~is_zero].sum())
    return Leftover(labels, zeros, unclaimed)


def value_shares(
    census: Census, planes: Mapping[str, Plane], keys: Collection[str]
) -> ValueShares:
    """Sort the values of some masks that nobody claims by their pixels, zeros apart.

    Arrays and no objects: a noisy mask has a million of them.
    """
    masks: list[Ints] = []
    entries: list[Ints] = []
    pixels: list[Ints] = []
    for number, key in enumerate(keys):
        plane, owner = planes[key], census.owners[key]
        is_wanted = (owner == NOBODY) & ~plane.zeros()[: len(owner)]
        counts = np.where(is_wanted, plane.pixels[: len(owner)], 0)
        if plane.format.mode == "P":
            # A palette may hold a value several times: the first entry stands for all.
            _, first, same = np.unique(
                plane.table[: len(owner)],
                axis=0,
                return_index=True,
                return_inverse=True,
            )
            summed = np.bincount(same.ravel(), counts, len(first))
            counts = np.zeros_like(counts)
            counts[first] = summed.astype(np.int64)
        found = np.flatnonzero(counts)
        masks.append(np.full(len(found), number, np.int64))
        entries.append(found)
        pixels.append(counts[found])
    if not masks:
        nothing = np.zeros(0, np.int64)
        return ValueShares((), nothing, nothing, nothing)
    every = np.concatenate(pixels)
    order = _sorted(every)
    return ValueShares(
        tuple(keys),
        np.concatenate(masks)[order],
        np.concatenate(entries)[order],
        every[order],
    )


def component_sizes(indices: Indices, inside: npt.NDArray[np.bool_]) -> ComponentSizes:
    """Measure the connected components of some entries of a plane.

    Pixels that touch at a corner belong together, as in `chromask.pixels.components.parts_of`.

    Parameters
    ----------
    indices
        (rows, cols).
    inside
        (table,) which entries.
    """
    rect = bounding_rect(indices, inside)
    if rect is None:
        nothing = np.zeros(0, np.int64)
        return ComponentSizes(nothing, nothing, nothing)
    row0, col0, row1, col1 = rect
    part = indices[row0:row1, col0:col1]
    parts = find_parts(part, inside.astype(np.intp), diagonal=True)
    is_wanted = inside[parts.first_entries()]
    sizes = np.where(is_wanted, parts.pixels(), 0)
    order = _sorted(sizes)
    first_run = np.zeros(parts.count, np.intp)
    first_run[parts.part[::-1]] = np.arange(len(parts.part))[::-1]
    row, col = np.divmod(parts.starts[first_run[order]], col1 - col0)
    return ComponentSizes(sizes[order], row + row0, col + col0)


def _sorted(counts: Ints) -> Ints:
    """Give the places of the counts above zero, the largest first."""
    found = np.flatnonzero(counts)
    return found[np.argsort(-counts[found], kind="stable")]
