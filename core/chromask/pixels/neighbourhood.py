"""Looking at the surroundings of pixels, tile by tile: the tools of `refine`.

Tiles are small, so that few entries meet in one: most of the work is done once for each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from chromask.pixels.components import Piece, bounding_rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from chromask.pixels.plane import Indices, Plane

    Bools = npt.NDArray[np.bool_]

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

Cancelled = Callable[[], bool]
"""Whether somebody asked the work to stop: what it gives then has no meaning."""

TILE = 128
"""The least edge of a tile; with a broad margin it is twice the margin."""

NEARLY = 1e-3
"""What distances of pixels, which are roots of whole numbers, may be off in 32 bits."""


def by_tiles(
    plane: Plane,
    inside: Bools | None,
    margin: int,
    steps: tuple[
        Callable[[Indices], Bools], Callable[[Indices], tuple[Indices, Bools]]
    ],
    cancelled: Cancelled,
) -> list[Piece]:
    """Run a function of neighbourhoods on each tile, and keep what changes.

    Only the rectangle around the entries ``inside``, (table,) bool, with its margin is
    looked at; without them the whole plane. ``steps`` are one that quickly tells which pixels may change at all, and one that gives
    the new entries and where they count. Both get a part of the plane's indices with
    ``margin`` more on every side, as far as the plane reaches.
    """
    may_change, work = steps
    found: list[Piece] = []
    for inner in _tiles(plane, inside, margin):
        if cancelled():
            return []
        part, at = _with_margin(plane.indices, inner, margin)
        tight = _bounds(may_change(part)[at])
        if tight is None:
            continue
        row0, col0 = inner[0] + tight[0], inner[1] + tight[1]
        part, at = _with_margin(
            plane.indices,
            (row0, col0, inner[0] + tight[2], inner[1] + tight[3]),
            margin,
        )
        indices, where = work(part)
        piece = trimmed(Piece(row0, col0, indices[at], where[at]))
        if piece is not None:
            found.append(piece)
    return found


Box = tuple[int, int, int, int]
"""(row0, col0, row1, col1), half open."""


def _with_margin(
    indices: Indices, box: Box, margin: int
) -> tuple[Indices, tuple[slice, slice]]:
    """Give a box with its margin, and where the box itself lies in it."""
    top, left = max(box[0] - margin, 0), max(box[1] - margin, 0)
    part = indices[top : box[2] + margin, left : box[3] + margin]
    at = (slice(box[0] - top, box[2] - top), slice(box[1] - left, box[3] - left))
    return part, at


def _bounds(where: Bools) -> Box | None:
    rows = np.flatnonzero(where.any(axis=1))
    if not len(rows):
        return None
    cols = np.flatnonzero(where.any(axis=0))
    return int(rows[0]), int(cols[0]), int(rows[-1]) + 1, int(cols[-1]) + 1


def trimmed(piece: Piece) -> Piece | None:
    """Cut a piece down to what it changes; None where it changes nothing."""
    box = _bounds(piece.where)
    if box is None:
        return None
    part = (slice(box[0], box[2]), slice(box[1], box[3]))
    return replace(
        piece,
        row0=piece.row0 + box[0],
        col0=piece.col0 + box[1],
        indices=piece.indices[part].copy(),
        where=piece.where[part].copy(),
    )


def _tiles(plane: Plane, inside: Bools | None, margin: int) -> Iterator[Box]:
    """Give the tiles of what may change."""
    rows, cols = plane.indices.shape
    rect: Box | None = (0, 0, rows, cols)
    if inside is not None:
        rect = bounding_rect(plane.indices, inside, margin)
    if rect is None:
        return
    side = max(TILE, 2 * margin)
    for top in range(rect[0], rect[2], side):
        for left in range(rect[1], rect[3], side):
            yield top, left, min(top + side, rect[2]), min(left + side, rect[3])


def disk_of(radius: int) -> npt.NDArray[np.float32]:
    """Give the pixels whose centres lie within ``radius`` px, as ones."""
    away = np.arange(-radius, radius + 1)
    return (away[:, None] ** 2 + away**2 <= radius**2).astype(np.float32)


def count_around(mask: Bools, disk: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Count the true pixels around each pixel, those outside being none."""
    counted = _cv.filter2D(
        mask.view(np.uint8), cv2.CV_32F, disk, borderType=cv2.BORDER_CONSTANT
    )
    # Large kernels go through a Fourier transform.
    return np.rint(counted)


def distance_to(mask: Bools) -> npt.NDArray[np.float32]:
    """Give the distance of each pixel to the nearest true one, between centres."""
    return _cv.distanceTransform(
        (~mask).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE
    )


def is_even(indices: Indices, radius: int) -> Bools:
    """Tell which pixels have nothing but their own entry in the square around them."""
    square = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    values = _morphable(indices)
    return _cv.erode(values, square) == _cv.dilate(values, square)


def _morphable(indices: Indices) -> npt.NDArray[Any]:
    """Give indices in a type that OpenCV erodes: no 32-bit integers; a double holds them all."""
    return indices if indices.itemsize < 4 else indices.astype(np.float64)


def solid(indices: Indices, side: int) -> Bools:
    """Tell which pixels lie in a square of ``side`` px that has one value."""
    rows, cols = indices.shape
    solid = np.zeros(indices.shape, np.uint8)
    if rows < side or cols < side:
        return solid.view(np.bool_)
    values = _morphable(indices)
    square = np.ones((side, side), np.uint8)
    low = _cv.erode(values, square, anchor=(0, 0))
    high = _cv.dilate(values, square, anchor=(0, 0))
    whole = (slice(0, rows - side + 1), slice(0, cols - side + 1))
    solid[whole] = low[whole] == high[whole]
    return _cv.dilate(solid, square, anchor=(side - 1, side - 1)).view(np.bool_)
