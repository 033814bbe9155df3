"""Which pixels may change, whatever tool is used, and what a region makes of them.

Everything here computes from a plane and a census; a job may do it beside the document.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from chromask.counts.pixel_counts import NOBODY
from chromask.pixels.components import Piece
from chromask.pixels.plane import look_up
from chromask.pixels.raster import Patch
from chromask.pixels.tiles import new_tiles

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from chromask.counts.pixel_counts import Census
    from chromask.pixels.plane import Plane
    from chromask.pixels.tiles import NewTiles

Mode = Literal["add", "subtract", "clip"]
"""What a region does to a ROI: its pixels are added, taken away, or all that it keeps."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """Which pixels may change, whatever tool is used.

    Attributes
    ----------
    over
        The ROI over whose pixels alone is painted, by index; `NOBODY`: over pixels of no
        ROI alone; None: over all.
    locked
        The ROIs, by index, whose pixels never change and that get no new ones.
    """

    over: int | None = None
    locked: frozenset[int] = field(default_factory=frozenset)


def paintable_entries(
    key: str, plane: Plane, census: Census, constraints: Constraints
) -> npt.NDArray[np.bool_]:
    """Say for each entry of a plane's table whether its pixels may change, (n,) bool.

    Entries that were added after the census was taken may.
    """
    known = census.owners.get(key, np.empty(0, np.int32))
    rois = census.rois
    may = np.ones(len(plane.table), np.bool_)
    if constraints.over == NOBODY:
        may[: len(known)] = known < 0
    elif constraints.over is not None:
        may[:] = False
        may[rois[constraints.over].indices.get(key, [])] = True
    for index in constraints.locked:
        may[rois[index].indices.get(key, [])] = False
    return may


def allowed_pieces(
    key: str,
    plane: Plane,
    census: Census,
    constraints: Constraints,
    pieces: Iterable[Piece],
) -> list[Piece]:
    """Keep what constraints allow of pieces that were made for a plane.

    Parameters
    ----------
    plane
        The plane as it is before they are put.
    """
    may = paintable_entries(key, plane, census, constraints)
    gets = np.ones(len(plane.table), np.bool_)
    for index in constraints.locked:
        gets[census.rois[index].indices.get(key, [])] = False
    if may.all() and gets.all():
        return list(pieces)
    found: list[Piece] = []
    for piece in pieces:
        rows, cols = piece.where.shape
        part = plane.indices[
            piece.row0 : piece.row0 + rows, piece.col0 : piece.col0 + cols
        ]
        where = piece.where & may[part] & gets[piece.indices]
        if where.any():
            found.append(replace(piece, where=where))
    return found


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of a region, known before the region is: a job can apply it to a plane.

    Attributes
    ----------
    entry
        The entry of the plane's table that pixels get.
    may
        (n,) bool for each entry of the table: whose pixels may change.
    is_outside
        Whether what lies outside of the region is meant.
    """

    entry: int
    may: npt.NDArray[np.bool_]
    is_outside: bool

    def changed(self, plane: Plane, region: Patch) -> Patch:
        """Give the pixels that a region changes in a plane."""
        if not self.is_outside:
            return allowed(plane, region, self.may)
        whole = Patch(0, 0, np.ones(plane.indices.shape, np.bool_))
        row0, col0, where = _inside(region, plane)
        rows, cols = where.shape
        whole.where[row0 : row0 + rows, col0 : col0 + cols] ^= where
        return allowed(plane, whole, self.may)

    def tiles(self, plane: Plane, region: Patch) -> NewTiles | None:
        """Give the tiles of a plane as the region leaves them; None where nothing changes."""
        row0, col0, where = self.changed(plane, region)
        entry = plane.indices.dtype.type(self.entry)
        return new_tiles(
            plane, [Piece(row0, col0, np.broadcast_to(entry, where.shape), where)]
        )


def allowed(plane: Plane, patch: Patch, may: npt.NDArray[np.bool_]) -> Patch:
    """Give the pixels of a patch inside a plane whose entries may change.

    Parameters
    ----------
    may
        (n,) bool for each entry of the plane's table.
    """
    row0, col0, where = _inside(patch, plane)
    if not may.all():
        rows, cols = where.shape
        part = plane.indices[row0 : row0 + rows, col0 : col0 + cols]
        where = where & look_up(may.view(np.uint8), part).view(np.bool_)
    return Patch(row0, col0, where)


def _inside(patch: Patch, plane: Plane) -> Patch:
    """Cut a patch off at the edges of a plane."""
    row0, col0 = max(patch.row0, 0), max(patch.col0, 0)
    end = max(plane.rows - patch.row0, 0), max(plane.cols - patch.col0, 0)
    part = patch.where[row0 - patch.row0 : end[0], col0 - patch.col0 : end[1]]
    return Patch(row0, col0, part)
