"""Tiles: the squares in which pixels are remembered before they change.

A stroke costs the tiles it touches, once each; a snapshot that is being saved keeps the old
ones of those that are painted meanwhile. Imported by `transaction` and `document`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from chromask.pixels.components import cut_to
from chromask.pixels.plane import Plane
from chromask.pixels.rect import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from chromask.pixels.components import Piece
    from chromask.pixels.plane import Indices

TILE = 128
"""The edge of a tile in pixels: small against a stroke, large against its bookkeeping."""

JOINED_AREA = 1.15
"""Pieces are joined where the whole has at most so many times the pixels that they have."""

LEAST_LARGE = 1 << 16
"""From so many pixels on a histogram is worth its own 256 entries."""

Place = tuple[int, int]
"""The row and column of a tile among the tiles of a plane."""


def tile_rect(place: Place, rows: int, cols: int) -> Rect:
    """Give the pixels of a tile in a plane of (rows, cols) pixels."""
    row, col = place[0] * TILE, place[1] * TILE
    return Rect(row, col, min(row + TILE, rows), min(col + TILE, cols))


def places_of(rect: Rect) -> Iterator[Place]:
    """Give the tiles that a rectangle lies in."""
    for row in range(rect.row0 // TILE, (rect.row1 - 1) // TILE + 1):
        for col in range(rect.col0 // TILE, (rect.col1 - 1) // TILE + 1):
            yield row, col


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
    first = rect.col0 // TILE
    count = (rect.col1 - 1) // TILE + 1 - first
    starts = np.arange(first, first + count) * TILE - rect.col0
    starts[0] = 0
    for row in range(rect.row0 // TILE, (rect.row1 - 1) // TILE + 1):
        top, bottom = row * TILE - rect.row0, (row + 1) * TILE - rect.row0
        cols = where[max(top, 0) : bottom].any(axis=0)
        touched = np.logical_or.reduceat(cols, starts)
        for col in np.flatnonzero(touched).tolist():
            yield row, first + col


@dataclass(frozen=True, slots=True)
class Repaint:
    """All pixels of a plane after many of them changed, made beside the document.

    Attributes
    ----------
    indices
        (rows, cols), an array of its own.
    pixels
        (table,) how many pixels each entry has then.
    tiles
        What the tiles that differ held before, where that is less than half of the plane.
    rect
        The rectangle in which pixels changed.
    changed
        How many changed.
    """

    indices: Indices
    pixels: npt.NDArray[np.int64]
    tiles: dict[Place, Indices] | None
    rect: Rect
    changed: int


def repainted(plane: Plane, pieces: Iterable[Piece]) -> Repaint | None:
    """Put pieces into a copy of a plane's pixels; None where that changes nothing.

    It takes as long as copying the plane, and reads nothing else: for a job.
    """
    indices, pixels = plane.indices.copy(), plane.pixels.copy()
    touched: set[Place] = set()
    whole: Rect | None = None
    changed = 0
    for given in pieces:
        piece = cut_to(indices.shape, given)
        if piece is None:
            continue
        rows, cols = piece.where.shape
        rect = Rect(piece.row0, piece.col0, piece.row0 + rows, piece.col0 + cols)
        part = indices[rect.row0 : rect.row1, rect.col0 : rect.col1]
        where = piece.where & (part != piece.indices)
        if not where.any():
            continue
        touched.update(touched_tiles(rect, where))
        new = piece.indices[where]
        pixels -= np.bincount(part[where], minlength=len(pixels))
        pixels += np.bincount(new, minlength=len(pixels))
        part[where] = new
        changed += len(new)
        whole = rect if whole is None else whole.union(rect)
    if whole is None:
        return None
    tiles: dict[Place, Indices] | None = None
    if len(touched) * TILE * TILE * 2 <= indices.size:
        tiles = {place: tile_of(plane.indices, place).copy() for place in touched}
    return Repaint(indices, pixels, tiles, whole, changed)


@dataclass(frozen=True, slots=True)
class NewTiles:
    """Tiles of a plane with other pixels in them, made beside the document.

    Attributes
    ----------
    tiles
        What they hold then; they are swapped in, so that this is what they held before.
    pixels
        (table,) how many pixels each entry has then.
    rect
        The rectangle in which pixels changed.
    """

    tiles: dict[Place, Indices]
    pixels: npt.NDArray[np.int64]
    rect: Rect


def new_tiles(plane: Plane, pieces: Iterable[Piece]) -> NewTiles | None:
    """Put pieces into copies of the tiles that they touch; None where that changes nothing.

    It reads and makes what is touched alone: for a job, while nobody paints the plane.
    """
    tiles: dict[Place, Indices] = {}
    pixels = plane.pixels.copy()
    whole: Rect | None = None
    for given in pieces:
        piece = cut_to(plane.indices.shape, given)
        if piece is None:
            continue
        for row in range(
            piece.row0 // TILE, (piece.row0 + len(piece.where) - 1) // TILE + 1
        ):
            rect = _put_row(plane.indices, tiles, pixels, piece, row)
            if rect is not None:
                whole = rect if whole is None else whole.union(rect)
    return NewTiles(tiles, pixels, whole) if whole is not None else None


def _put_row(
    indices: Indices,
    tiles: dict[Place, Indices],
    pixels: npt.NDArray[np.int64],
    piece: Piece,
    row: int,
) -> Rect | None:
    """Put the part of a piece that lies in one row of tiles; None where nothing changes.

    Its rectangle is a whole row of the piece's.
    """
    rows, cols = piece.where.shape
    top, bottom = max(piece.row0, row * TILE), min(piece.row0 + rows, (row + 1) * TILE)
    rect = Rect(top, piece.col0, bottom, piece.col0 + cols)
    cut = slice(top - piece.row0, bottom - piece.row0)
    part = indices[top:bottom, rect.col0 : rect.col1]
    places = list(places_of(rect))
    if any(place in tiles for place in places):
        part = part.copy()
        for place in places:
            if place in tiles:
                here, there = _overlap(place, rect)
                part[there] = tiles[place][here]
    new = piece.indices[cut]
    # One number for all is compared and written far faster as a number.
    one = None if any(new.strides) else new[0, 0]
    where = part != (new if one is None else one)
    where &= piece.where[cut]
    if not where.any():
        return None
    pixels -= counted(part, where, len(pixels))
    pixels += counted(new, where, len(pixels))
    for place in touched_tiles(rect, where):
        if place not in tiles:
            tiles[place] = tile_of(indices, place).copy()
        here, there = _overlap(place, rect)
        put = new[there] if one is None else one
        np.copyto(tiles[place][here], put, where=where[there], casting="unsafe")
    return rect


def _overlap(
    place: Place, rect: Rect
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Give where a tile and a rectangle lie over each other: in the tile, in the rectangle."""
    row, col = place[0] * TILE, place[1] * TILE
    top, bottom = max(row, rect.row0), min(row + TILE, rect.row1)
    left, right = max(col, rect.col0), min(col + TILE, rect.col1)
    return (
        (slice(top - row, bottom - row), slice(left - col, right - col)),
        (
            slice(top - rect.row0, bottom - rect.row0),
            slice(left - rect.col0, right - rect.col0),
        ),
    )


def counted(
    indices: Indices, where: npt.NDArray[np.bool_], size: int
) -> npt.NDArray[np.int64]:
    """Count the pixels of each entry of a table, (size,), where a mask of (rows, cols) is true."""
    is_large = indices.size >= LEAST_LARGE
    if not any(indices.strides) and indices.size:
        # One number for all, as of a fill: seen as an array, it is nowhere in memory.
        found = np.zeros(size, np.int64)
        found[indices[0, 0]] = np.count_nonzero(where)
        return found
    # OpenCV is faster than numpy for bytes; it counts in floats, exact to 2^24.
    if indices.dtype == np.uint8 and is_large and indices.size < 1 << 24:
        mask = where.view(np.uint8)
        found = cv2.calcHist([indices], [0], mask, [256], [0, 256])
        return found.ravel()[:size].astype(np.int64)
    if is_large:
        return _counted_by_comparing(indices, where, size)
    return np.bincount(indices[where], minlength=size)


def _counted_by_comparing(
    indices: Indices, where: npt.NDArray[np.bool_], size: int
) -> npt.NDArray[np.int64]:
    """Count what has one number nearly everywhere, as what is filled or moved does.

    Comparing with that number is far faster than gathering all of them.
    """
    row, col = np.unravel_index(where.argmax(), where.shape)
    number = indices[row, col]
    rest = indices != number
    rest &= where
    others = np.count_nonzero(rest)
    found = np.zeros(size, np.int64)
    if others:
        found = np.bincount(indices[rest], minlength=size)
    found[number] += np.count_nonzero(where) - others
    return found


def tile_of(indices: Indices, place: Place) -> Indices:
    """Give the pixels of a tile as they lie in a plane's indices."""
    row, col = place[0] * TILE, place[1] * TILE
    return indices[row : row + TILE, col : col + TILE]


def pixels_of(indices: Indices, rect: Rect) -> Indices:
    """Give the pixels of a rectangle as they lie in a plane's indices."""
    return indices[rect.row0 : rect.row1, rect.col0 : rect.col1]


@dataclass(slots=True)
class OldTiles:
    """What the tiles of a plane held before an edit, and how far the edit reached in each.

    A thin stroke crosses many tiles and fills none: what it did not reach is let go when the
    edit ends, and undo neither holds nor moves it.
    """

    tiles: dict[Place, Indices] = field(default_factory=dict[Place, "Indices"])
    reach: dict[Place, Rect] = field(default_factory=dict[Place, Rect])

    def extend(self, place: Place, rect: Rect) -> None:
        """Note that pixels of a tile changed inside of a rectangle."""
        known = self.reach.get(place)
        self.reach[place] = rect if known is None else known.union(rect)

    def trimmed(self, rows: int, cols: int) -> dict[Rect, Indices]:
        """Give what was reached alone, in a plane of (rows, cols) pixels.

        Tiles side by side that were reached in nearly the same rows become one piece: rows of
        a plane lie far apart in memory, and each costs more than its pixels.
        """
        kept: dict[Rect, Indices] = {}
        for rect, run in self._runs(rows, cols):
            parts = [
                self.tiles[place][
                    rect.row0 % TILE : rect.row0 % TILE + rect.row1 - rect.row0,
                    max(rect.col0 - place[1] * TILE, 0) : rect.col1 - place[1] * TILE,
                ]
                for place in run
            ]
            is_whole = len(run) == 1 and parts[0].size == self.tiles[run[0]].size
            kept[rect] = self.tiles[run[0]] if is_whole else np.hstack(parts)
        return kept

    def _runs(self, rows: int, cols: int) -> Iterator[tuple[Rect, list[Place]]]:
        """Find the tiles that make one piece each, with what was reached in them."""
        rect, run, pixels = Rect(0, 0, 0, 0), list[Place](), 0
        for place in sorted(self.tiles):
            whole = tile_rect(place, rows, cols)
            reached = self.reach[place].within(whole)
            both = rect.union(reached)
            is_next = bool(run) and place == (run[-1][0], run[-1][1] + 1)
            is_like = both.area <= JOINED_AREA * (pixels + reached.area)
            # What fills tiles is not copied once more.
            if is_next and is_like and reached != whole:
                rect, pixels = both, pixels + reached.area
                run.append(place)
                continue
            if run:
                yield rect, run
            rect, run, pixels = reached, [place], reached.area
        if run:
            yield rect, run


def of_rects(tiles: dict[Place, Indices], rows: int, cols: int) -> dict[Rect, Indices]:
    """Give tiles by the pixels that they are of a plane of (rows, cols) pixels."""
    return {tile_rect(place, rows, cols): tile for place, tile in tiles.items()}


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
