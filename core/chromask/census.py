"""Who claims which colour: the ROIs of a frame held against the colours of its planes.

It joins `resolve` (which mask a ROI means), `plane` (which values a mask has) and
`mapping` (labels from the data set), and changes none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from chromask.resolve import Resolution, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from chromask.annotation import Annotation
    from chromask.frame_base import Frame
    from chromask.mapping import LabelMapping
    from chromask.plane import Pixels, Plane
    from chromask.source import MaskRef

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


@dataclass(frozen=True, slots=True)
class _Claims:
    """What single values claim in one plane, remembered while its table stands."""

    table: Pixels
    indices: dict[tuple[int, ...], npt.NDArray[np.intp]]

    def of(self, plane: Plane, value: tuple[int, ...]) -> npt.NDArray[np.intp]:
        found = self.indices.get(value)
        if found is None:
            found = self.indices[value] = plane.claimed_by(value)
        return found


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
    claims: Mapping[str, _Claims] = field(default_factory=_nothing, repr=False)


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
        An earlier census of the same document: what its planes claimed is used again
        where their tables stand unchanged, so that an edit of a label costs nothing.
    """
    claims = {key: _claims_of(key, plane, previous) for key, plane in planes.items()}
    owners = {
        key: np.full(len(plane.table), NOBODY, np.int32)
        for key, plane in planes.items()
    }
    rois = tuple(
        _count_roi(resolution, annotation, planes, claims, owners)
        for resolution, annotation in zip(
            resolve(frame), frame.annotations, strict=True
        )
    )
    rois = _add_near(rois, frame, planes, owners)
    if mapping is not None:
        _apply_mapping(frame.masks(), mapping, planes, claims, owners)
    return Census(rois, owners, claims)


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


def _claims_of(key: str, plane: Plane, previous: Census | None) -> _Claims:
    known = previous.claims.get(key) if previous else None
    if known is not None and known.table is plane.table:
        return known
    return _Claims(plane.table, {})


def _count_roi(
    resolution: Resolution,
    annotation: Annotation,
    planes: Mapping[str, Plane],
    claims: Mapping[str, _Claims],
    owners: Mapping[str, npt.NDArray[np.int32]],
) -> RoiCount:
    value = annotation.mask_value
    found: dict[str, npt.NDArray[np.intp]] = {}
    pixels: int | None = None
    if value is not None:
        for key in resolution.masks:
            plane = planes.get(key)
            if plane is None:
                continue
            indices = claims[key].of(plane, value)
            found[key] = indices
            pixels = (pixels or 0) + int(plane.pixels[indices].sum())
            owner = owners[key]
            owner[indices[owner[indices] == NOBODY]] = resolution.index
    return RoiCount(resolution, pixels, found)


def _add_near(
    rois: tuple[RoiCount, ...],
    frame: Frame,
    planes: Mapping[str, Plane],
    owners: Mapping[str, npt.NDArray[np.int32]],
) -> tuple[RoiCount, ...]:
    """Give the values of lossy masks that nobody claims to the ROI with the nearest one."""
    counts = list(rois)
    for key, plane in planes.items():
        if not plane.format.lossy:
            continue
        claims = [
            (count.resolution.index, annotation.mask_value)
            for count, annotation in zip(rois, frame.annotations, strict=True)
            if key in count.indices and annotation.mask_value is not None
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
    claims: Mapping[str, _Claims],
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
    merged: dict[tuple[int, ...], list[int]] = {}
    for index in indices.tolist():
        merged.setdefault(plane.value(index), []).append(index)
    counts = [
        ValueCount(
            key, tuple(same), value, plane.rgb(same[0]), int(plane.pixels[same].sum())
        )
        for value, same in merged.items()
    ]
    return sorted(counts, key=lambda count: -count.pixels)
