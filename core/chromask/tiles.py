"""Tiles: the squares in which pixels are remembered before they change.

A stroke costs the tiles it touches, once each; a snapshot that is being saved keeps the old
ones of those that are painted meanwhile. Imported by `transaction` and `document`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chromask.change import Rect
from chromask.plane import Plane

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt

    from chromask.plane import Indices

TILE = 128
"""The edge of a tile in pixels: small against a stroke, large against its bookkeeping."""

Place = tuple[int, int]
"""The row and column of a tile among the tiles of a plane."""


def tile_rect(place: Place, rows: int, cols: int) -> Rect:
    """Give the pixels of a tile in a plane of (rows, cols) pixels."""
    row, col = place[0] * TILE, place[1] * TILE
    return Rect(row, col, min(row + TILE, rows), min(col + TILE, cols))


def touched_tiles(
    rect: Rect, where: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Find the tiles in which a stroke changes something.

    Parameters
    ----------
    rect
        The stroke's rectangle, inside the plane.
    where
        (rows, cols) of the rectangle: what is painted.
    """
    for row in range(rect.row0 // TILE, (rect.row1 - 1) // TILE + 1):
        top, bottom = row * TILE - rect.row0, (row + 1) * TILE - rect.row0
        band = where[max(top, 0) : bottom]
        for col in range(rect.col0 // TILE, (rect.col1 - 1) // TILE + 1):
            left, right = col * TILE - rect.col0, (col + 1) * TILE - rect.col0
            if band[:, max(left, 0) : right].any():
                yield row, col


@dataclass(eq=False, slots=True, weakref_slot=True)
class FrozenPlane(Plane):
    """A plane as it was, while the live one is painted on.

    It shares the live plane's pixels; before a tile is changed, its old pixels are put into
    ``kept``. Another thread may read it meanwhile: what it reads of a tile that changes under
    its hands is replaced by what was kept before the change.
    """

    kept: dict[Place, Indices] = field(default_factory=dict[Place, "Indices"])

    def band(self, r0: int, r1: int) -> Indices:
        """Give rows r0..r1 - 1 as they were, (rows, cols); a copy where tiles changed."""
        band = self.indices[r0:r1].copy()
        for place, tile in list(self.kept.items()):
            rect = tile_rect(place, self.rows, self.cols)
            top, bottom = max(rect.row0, r0), min(rect.row1, r1)
            if top < bottom:
                band[top - r0 : bottom - r0, rect.col0 : rect.col1] = tile[
                    top - rect.row0 : bottom - rect.row0
                ]
        return band
