"""Who claims which colour: the ROIs of a frame held against the colours of its planes.

It joins `resolve` (which mask a ROI means), `plane` (which values a mask has) and
`mapping` (labels from the data set), and changes none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from chromask.counts.count_inputs import Basis, changed_places, frozen
from chromask.counts.value_matches import Claims
from chromask.frame.resolve import MaskTable, Resolution, resolve_one

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from chromask.frame.annotation import Annotation
    from chromask.frame.editable import Frame
    from chromask.frame.source import MaskRef
    from chromask.legends.legend import LabelMapping
    from chromask.pixels.plane import Plane

LOSSY_TOLERANCE = 16
"""How far a channel of a lossy mask may lie from the value that a ROI claims.

Published frames name exact values for masks in mp4 files, where no exact value survives:
without a tolerance their ROIs would have no pixels. Inferred; H.264 at usual qualities
stays within it away from borders.
"""

NOBODY = -1
"""The owner of a value that neither a ROI nor the data set's mapping claims."""


@dataclass(frozen=True, slots=True)
class RoiCount:
    """A ROI with the pixels it claims.

    Attributes
    ----------
    resolution
        Which masks the ROI means, by which rule, and its display name.
    pixels
        How many pixels it claims in all its masks; None where none of its masks could
        be read, or where it has no mask at all.
    indices
        For each mask's key the entries of the plane's table that the ROI claims, (n,).
    is_near
        Whether some of them are only near the ROI's value: the mask is lossy.
    """

    resolution: Resolution
    pixels: int | None
    indices: Mapping[str, npt.NDArray[np.intp]]
    is_near: bool = False


_UNCOUNTED = RoiCount(Resolution(NOBODY, None, (), ""), None, {})
"""Stands for a ROI until it is counted."""


@dataclass(frozen=True, slots=True)
class ValueCount:
    """One value of a mask that has pixels.

    Attributes
    ----------
    key
        The mask's key.
    indices
        The entries of the plane's table that hold this value (a palette can repeat one).
    value
        The exact value in the mask's own channels.
    rgb
        How the value looks.
    pixels
        How many pixels have it.
    labels
        The labels that the data set's mapping gives it, else empty.
    """

    key: str
    indices: tuple[int, ...]
    value: tuple[int, ...]
    rgb: tuple[int, int, int]
    pixels: int
    labels: tuple[str, ...] = ()


def _nothing() -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Census:
    """The whole count of a frame.

    Attributes
    ----------
    rois
        One for each annotation, in the frame's order.
    owners
        For each mask's key, (n,) int32: which ROI's index owns each entry of the plane's
        table (the first that claims it), `NOBODY`, or ``-2 - k`` for entry k of the mapping.
    """

    rois: tuple[RoiCount, ...] = ()
    owners: Mapping[str, npt.NDArray[np.int32]] = field(default_factory=_nothing)
    claims: Mapping[str, Claims] = field(default_factory=_nothing, repr=False)
    basis: Basis | None = field(default=None, repr=False)

    def changed_rois(
        self, before: Sequence[Annotation], after: Sequence[Annotation]
    ) -> list[int] | None:
        """List the ROIs that differ between two states; None where their numbers do.

        Of the last edit the census knows it; 10 000 ROIs are compared once and not by
        everybody who follows the edit.
        """
        basis = self.basis
        if basis and basis.before is before and basis.annotations is after:
            return basis.changed
        return changed_places(before, after)


def take_census(
    frame: Frame,
    planes: Mapping[str, Plane],
    mapping: LabelMapping | None = None,
    previous: Census | None = None,
) -> Census:
    """Count the pixels of every ROI and find the values that nobody claims.

    Parameters
    ----------
    frame, planes, mapping
        The frame, its readable planes by mask key, and the data set's mapping if any. A
        ROI of the frame wins over the mapping.
    previous
        An earlier census of the same document with the same mapping: ROIs that it counted
        and that did not change are not counted again, so that an edit of one of 10 000
        costs one.
    """
    before = previous.basis if previous is not None else None
    basis = Basis.of(frame, planes, before)
    claims = _all_claims(planes, previous)
    moved = before.moved_values(basis) if before is not None else None
    rois, taken = _kept_counts(previous, basis, moved)
    masks = MaskTable(frame.sources)
    for index in taken:
        roi = frame.annotations[index]
        found = resolve_one(roi, index, masks, uri=frame.uri)
        rois[index] = _count_roi(found, roi, planes, claims)
    # What the mapping owns hangs on the tables, too.
    keeps_owners = moved is not None and (mapping is None or not moved)
    if keeps_owners and previous is not None and _claims_same(rois, previous.rois):
        return Census(tuple(rois), previous.owners, claims, basis)
    owners = _owners(rois, planes)
    counts = _add_near(tuple(rois), frame, planes, owners)
    if mapping is not None:
        _apply_mapping(frame.masks(), mapping, planes, claims, owners)
    return Census(counts, owners, claims, basis)


def recount(census: Census, planes: Mapping[str, Plane]) -> Census:
    """Count anew after pixels alone changed: every ROI has the entries that it had.

    Parameters
    ----------
    census
        A census of the same frame and of planes with the same tables.
    planes
        The planes as they are now.
    """
    sums = [0] * len(census.rois)
    for key, claims in _by_mask(census.rois).items():
        plane = planes.get(key)
        if plane is not None:
            entries = [found for _, found in claims]
            pixels = plane.pixels[np.concatenate(entries)]
            ends = np.cumsum([len(found) for found in entries])
            totals = np.concatenate((np.zeros(1, np.int64), np.cumsum(pixels)))
            found = np.diff(totals[ends], prepend=0).tolist()
            for (index, _), number in zip(claims, found, strict=True):
                sums[index] += number
    rois = tuple(
        count
        if count.pixels is None or count.pixels == number
        else RoiCount(count.resolution, number, count.indices, count.is_near)
        for count, number in zip(census.rois, sums, strict=True)
    )
    basis = census.basis and replace(census.basis, planes=frozen(planes))
    return replace(census, rois=rois, basis=basis)


def unclaimed_values(census: Census, planes: Mapping[str, Plane]) -> list[ValueCount]:
    """List the values with pixels that nobody claims, by mask, most pixels first.

    Apart from the census, since a noisy mask has a million of them.
    """
    return [
        count
        for key, plane in planes.items()
        for count in _values(key, plane, census.owners[key] == NOBODY)
    ]


def mapped_values(
    census: Census, planes: Mapping[str, Plane], mapping: LabelMapping
) -> list[ValueCount]:
    """List the values with pixels that only the data set's mapping claims, likewise."""
    return [
        replace(
            count,
            labels=mapping.entries[
                -2 - int(census.owners[key][count.indices[0]])
            ].labels,
        )
        for key, plane in planes.items()
        for count in _values(key, plane, census.owners[key] < NOBODY)
    ]


def value_at(
    census: Census, plane: Plane, key: str, entry: int, mapping: LabelMapping | None
) -> ValueCount:
    """Give the value of one entry of a plane's table, with the labels of the mapping."""
    wanted = (plane.table == plane.table[entry]).all(axis=1)
    indices = np.flatnonzero(wanted)
    owner = int(census.owners[key][entry])
    entries = mapping.entries if mapping is not None else ()
    return ValueCount(
        key,
        tuple(indices.tolist()),
        plane.value(entry),
        plane.rgb(entry),
        int(plane.pixels[indices].sum()),
        entries[-2 - owner].labels if owner < NOBODY else (),
    )


def unused_values(
    census: Census, frame: Frame, planes: Mapping[str, Plane], mapping: LabelMapping
) -> list[ValueCount]:
    """List the values that the data set's mapping names and no pixel has, to paint with.

    In the mapping's order, for the masks that it speaks of; those that a ROI claims and
    those that leave a channel open are left out. ``indices`` may be empty.
    """
    taken = {roi.mask_value[:3] for roi in frame.annotations if roi.mask_value}
    refs = [ref for ref in frame.masks() if ref.key in planes]
    spoken = [ref for ref in refs if (census.owners[ref.key] < NOBODY).any()]
    found: dict[tuple[str, tuple[int, ...]], ValueCount] = {}
    for ref in refs:
        plane = planes[ref.key]
        for entry in mapping.entries:
            is_for_all = entry.mask_id is None and ref in (spoken or refs[:1])
            if entry.mask_id != ref.mask.id and not is_for_all:
                continue
            if plane.can_hold(entry.value) is not None:
                continue
            value = plane.encode_value(entry.value)
            indices = census.claims[ref.key].of(plane, entry.value)
            is_owned = (census.owners[ref.key][indices] > NOBODY).any()
            rgb = value[:3] if len(value) >= 3 else value[:1] * 3
            if not (is_owned or rgb in taken or plane.pixels[indices].any()):
                red, green, blue = (n * 255 // plane.format.maximum for n in rgb)
                count = ValueCount(
                    ref.key,
                    tuple(indices.tolist()),
                    value,
                    (red, green, blue),
                    0,
                    entry.labels,
                )
                found.setdefault((ref.key, value), count)
    return list(found.values())


def _all_claims(
    planes: Mapping[str, Plane], previous: Census | None
) -> dict[str, Claims]:
    """Give the claims of each plane: those that are known, and one for all of one table."""
    known = (
        {id(each.table): each for each in previous.claims.values()} if previous else {}
    )
    claims: dict[str, Claims] = {}
    for key, plane in planes.items():
        found = known.get(id(plane.table))
        if found is None:
            found = known[id(plane.table)] = Claims(plane)
        claims[key] = found
    return claims


def _kept_counts(
    previous: Census | None, basis: Basis, moved: set[tuple[int, ...]] | None
) -> tuple[list[RoiCount], list[int]]:
    """Give each ROI the count that still holds, and the places of those to be counted."""
    rois, taken = basis.annotations, basis.changed
    if previous is None or moved is None:
        return [_UNCOUNTED] * len(rois), list(range(len(rois)))
    kept = list(previous.rois)
    if taken is None or len(taken) > 1:
        # Not one that was edited: some moved.
        known = dict(zip(map(id, basis.before), previous.rois, strict=True))
        kept = [_moved(known.get(id(roi)), at) for at, roi in enumerate(rois)]
        taken = [at for at, count in enumerate(kept) if count is _UNCOUNTED]
    if moved:
        taken = sorted({*taken, *basis.movable(moved)})
    return kept, taken


def _moved(count: RoiCount | None, index: int) -> RoiCount:
    """Give a count under the index that its ROI has now."""
    if count is None:
        return _UNCOUNTED
    if count.resolution.index == index:
        return count
    return replace(count, resolution=replace(count.resolution, index=index))


def _claims_same(rois: Sequence[RoiCount], before: Sequence[RoiCount]) -> bool:
    differing = changed_places(before, rois)
    return differing is not None and all(
        rois[at].indices.keys() == before[at].indices.keys()
        and all(
            np.array_equal(found, before[at].indices[key])
            for key, found in rois[at].indices.items()
        )
        for at in differing
    )


def _count_roi(
    resolution: Resolution,
    annotation: Annotation,
    planes: Mapping[str, Plane],
    claims: Mapping[str, Claims],
) -> RoiCount:
    value = annotation.mask_value
    found: dict[str, npt.NDArray[np.intp]] = {}
    pixels: int | None = None
    if value is not None:
        for key in resolution.masks:
            plane = planes.get(key)
            if plane is None:
                continue
            indices = found[key] = claims[key].of(plane, value)
            pixels = (pixels or 0) + int(plane.pixels[indices].sum())
    return RoiCount(resolution, pixels, found)


def _owners(
    rois: Sequence[RoiCount], planes: Mapping[str, Plane]
) -> dict[str, npt.NDArray[np.int32]]:
    """Give each entry of each plane to the first ROI that claims it."""
    owners: dict[str, npt.NDArray[np.int32]] = {}
    by_mask = _by_mask(rois)
    for key, plane in planes.items():
        owner = owners[key] = np.full(len(plane.table), NOBODY, np.int32)
        claims = by_mask.get(key)
        if claims:
            # The last one written stays: from the last ROI to the first.
            entries = np.concatenate([found for _, found in reversed(claims)])
            numbers = [index for index, _ in reversed(claims)]
            owner[entries] = np.repeat(
                numbers, [len(found) for _, found in reversed(claims)]
            )
    return owners


def _by_mask(
    rois: Sequence[RoiCount],
) -> dict[str, list[tuple[int, npt.NDArray[np.intp]]]]:
    """List for each mask the ROIs that claim something in it, in their order.

    In one pass: to ask each ROI for each mask takes hours of thousands of both.
    """
    found: dict[str, list[tuple[int, npt.NDArray[np.intp]]]] = {}
    for index, roi in enumerate(rois):
        for key, entries in roi.indices.items():
            found.setdefault(key, []).append((index, entries))
    return found


def _add_near(
    rois: tuple[RoiCount, ...],
    frame: Frame,
    planes: Mapping[str, Plane],
    owners: Mapping[str, npt.NDArray[np.int32]],
) -> tuple[RoiCount, ...]:
    """Give the values of lossy masks that nobody claims to the ROI with the nearest one."""
    counts = list(rois)
    lossy = {key: plane for key, plane in planes.items() if plane.format.lossy}
    by_mask = _by_mask(rois) if lossy else {}
    for key, plane in lossy.items():
        claims = [
            (index, value)
            for index, _ in by_mask.get(key, ())
            if (value := frame.annotations[index].mask_value) is not None
        ]
        nearest = _nearest_claims(plane, claims)
        nearest[owners[key] != NOBODY] = NOBODY
        found: list[int] = np.unique(nearest[nearest != NOBODY]).tolist()
        for index in found:
            entries = np.flatnonzero(nearest == index)
            owners[key][entries] = index
            counts[index] = _with_entries(counts[index], key, entries, plane)
    return tuple(counts)


def _nearest_claims(
    plane: Plane, claims: Sequence[tuple[int, tuple[int, ...]]]
) -> npt.NDArray[np.int32]:
    """Find for each entry of a table the ROI whose value is nearest, within the tolerance."""
    colors = plane.rgba()[:, :3].astype(np.int16)
    nearest = np.full(len(colors), NOBODY, np.int32)
    least = np.full(len(colors), LOSSY_TOLERANCE + 1, np.int16)
    for index, value in claims:
        if len(value) < 3 or min(value) < 0:
            continue
        distance = np.abs(colors - np.array(value[:3], np.int16)).max(axis=1)
        closer = distance < least
        least[closer], nearest[closer] = distance[closer], index
    return nearest


def _with_entries(
    count: RoiCount, key: str, entries: npt.NDArray[np.intp], plane: Plane
) -> RoiCount:
    indices = {**count.indices, key: np.union1d(count.indices[key], entries)}
    pixels = (count.pixels or 0) + int(plane.pixels[entries].sum())
    return replace(count, indices=indices, pixels=pixels, is_near=True)


def _apply_mapping(
    refs: Sequence[MaskRef],
    mapping: LabelMapping,
    planes: Mapping[str, Plane],
    claims: Mapping[str, Claims],
    owners: Mapping[str, npt.NDArray[np.int32]],
) -> None:
    for ref in refs:
        plane = planes.get(ref.key)
        if plane is None:
            continue
        owner = owners[ref.key]
        for number, entry in enumerate(mapping.entries):
            if entry.mask_id is None or entry.mask_id == ref.mask.id:
                indices = claims[ref.key].of(plane, entry.value)
                owner[indices[owner[indices] == NOBODY]] = -2 - number


def _values(key: str, plane: Plane, wanted: npt.NDArray[np.bool_]) -> list[ValueCount]:
    """List the wanted values that have pixels; equal entries of a palette are one."""
    indices = np.flatnonzero(wanted & (plane.pixels > 0))
    indices = indices[np.argsort(-plane.pixels[indices], kind="stable")]
    # Whole columns become Python numbers at once: a noisy mask has a million values.
    values = map(tuple, plane.table[indices].tolist())
    colors = map(tuple, plane.rgba()[indices, :3].tolist())
    pixels = plane.pixels[indices].tolist()
    merged: dict[tuple[int, ...], ValueCount] = {}
    for index, value, rgb, count in zip(
        indices.tolist(), values, colors, pixels, strict=True
    ):
        same = merged.get(value)
        merged[value] = (
            ValueCount(key, (index,), value, rgb, count)
            if same is None
            else replace(
                same, indices=(*same.indices, index), pixels=same.pixels + count
            )
        )
    return sorted(merged.values(), key=lambda count: -count.pixels)
