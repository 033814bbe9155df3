"""The connected parts of a plane, found from runs: no label image is ever built.

A mask is piecewise constant, so its runs (pixels of one entry side by side in a row) are few
beside its pixels; which of them touch is a question of sorted numbers. Nothing here edits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from chromask.pixels.plane import Indices

    Ints = npt.NDArray[np.integer[Any]]

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

BAND_PIXELS = 1 << 20
"""Pixels that are looked at at once."""

BAND_ROWS = 512
"""How many rows one piece covers at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """New entries for some pixels of a plane, as `Transaction.put` takes them.

    Attributes
    ----------
    row0, col0
        Where the first row and column lie in the plane.
    indices
        (rows, cols), entries of the plane's table; used where ``where`` is true.
    where
        (rows, cols) bool: which pixels.
    """

    row0: int
    col0: int
    indices: Indices
    where: npt.NDArray[np.bool_]

    @property
    def pixels(self) -> int:
        """How many pixels it gives a new entry."""
        return int(np.count_nonzero(self.where))


@dataclass(frozen=True, slots=True)
class Touch:
    """Pairs of runs with a common border, each pair once or in several pieces.

    Attributes
    ----------
    first, second
        (m,) the numbers of the runs.
    length
        (m,) how many edges of pixels they share.
    """

    first: Ints
    second: Ints
    length: Ints


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a rectangle of a plane.

    Attributes
    ----------
    shape
        (rows, cols) of the rectangle.
    starts
        (n + 1,) where each run begins, counted in reading order; last, the end.
    entries
        (n,) the entry of each run.
    part
        (n,) the part of each run; parts are numbered in reading order.
    touch
        Which runs lie beside or above each other.
    """

    shape: tuple[int, int]
    starts: Ints
    entries: Ints
    part: Ints
    touch: Touch

    @property
    def count(self) -> int:
        """How many parts there are."""
        return int(self.part.max()) + 1 if len(self.part) else 0

    def pixels(self) -> npt.NDArray[np.int64]:
        """Count the pixels of each part, (k,)."""
        weights = np.diff(self.starts)
        return np.bincount(self.part, weights, self.count).astype(np.int64)

    def first_entries(self) -> Ints:
        """Give the entry of the first run of each part, (k,)."""
        first = np.zeros(self.count, self.entries.dtype)
        first[self.part[::-1]] = self.entries[::-1]
        return first

    def at_edge(self) -> npt.NDArray[np.bool_]:
        """Tell which parts touch the edge of the rectangle, (k,)."""
        rows, cols = self.shape
        row, col = np.divmod(self.starts[:-1], cols)
        end = col + np.diff(self.starts)
        runs = (row == 0) | (row == rows - 1) | (col == 0) | (end == cols)
        found = np.zeros(self.count, np.bool_)
        found[self.part[runs]] = True
        return found

    def pieces(
        self, new: npt.NDArray[np.int64], row0: int, col0: int, like: Indices
    ) -> list[Piece]:
        """Turn new entries of runs into pieces.

        Parameters
        ----------
        new
            (n,) the new entry of each run, or -1 where it stays.
        row0, col0
            Where the rectangle lies in the plane.
        like
            The plane's indices, for the type alone.
        """
        rows, cols = self.shape
        found: list[Piece] = []
        for top in range(0, rows, BAND_ROWS):
            bottom = min(top + BAND_ROWS, rows)
            first, end = np.searchsorted(self.starts, (top * cols, bottom * cols))
            runs = np.flatnonzero(new[first:end] >= 0) + first
            if not len(runs):
                continue
            low = int(self.starts[runs[0]]) // cols
            high = int(self.starts[runs[-1]]) // cols + 1
            first, end = np.searchsorted(self.starts, (low * cols, high * cols))
            lengths = np.diff(self.starts[first : end + 1])
            values = np.repeat(new[first:end], lengths).reshape(high - low, cols)
            left = int((self.starts[runs] % cols).min())
            right = int(((self.starts[runs + 1] - 1) % cols).max()) + 1
            values = values[:, left:right]
            where = values >= 0
            indices = np.where(where, values, 0).astype(like.dtype)
            found.append(Piece(row0 + low, col0 + left, indices, where))
        return found


def find_parts(indices: Indices, classes: Ints, *, diagonal: bool) -> Parts:
    """Find the connected parts of a rectangle of a plane.

    Parameters
    ----------
    indices
        (rows, cols), neither empty.
    classes
        (table,) the class of each entry: entries of one class make common parts.
    diagonal
        Whether pixels that touch at a corner belong together.
    """
    rows, cols = indices.shape
    starts = _run_starts(indices)
    entries = indices[np.divmod(starts[:-1], cols)].astype(np.int64)
    touch, corners = _touching(starts, rows, cols)
    of_run = classes[entries]
    same = of_run[touch.first] == of_run[touch.second]
    first, second = touch.first[same], touch.second[same]
    if diagonal:
        same = of_run[corners[0]] == of_run[corners[1]]
        first = np.concatenate((first, corners[0][same]))
        second = np.concatenate((second, corners[1][same]))
    part = connect(len(entries), first, second)
    return Parts((rows, cols), starts, entries, part, touch)


def connect(count: int, first: Ints, second: Ints) -> Ints:
    """Give a number to each group that pairs of things form.

    Returns
    -------
    (count,) the group of each thing, numbered by their first things.
    """
    root = np.arange(count)
    while len(first):
        first, second = root[first], root[second]
        differ = first != second
        first, second = first[differ], second[differ]
        # Every root takes the lowest root that it meets; what it had led to follows.
        np.minimum.at(root, np.maximum(first, second), np.minimum(first, second))
        while True:
            further = root[root]
            if np.array_equal(further, root):
                break
            root = further
    is_root = root == np.arange(count)
    return (np.cumsum(is_root) - 1)[root]


def bounding_rect(
    indices: Indices, inside: npt.NDArray[np.bool_], margin: int = 0
) -> tuple[int, int, int, int] | None:
    """Find the rectangle (row0, col0, row1, col1) around all pixels of some entries.

    Parameters
    ----------
    indices
        (rows, cols).
    inside
        (table,) which entries.
    margin
        How many pixels to add on every side, as far as the plane reaches.
    """
    rows, cols = indices.shape
    has_row, has_col = np.zeros(rows, np.bool_), np.zeros(cols, np.bool_)
    for top, bottom in bands(rows, cols):
        found = inside[indices[top:bottom]]
        has_row[top:bottom] = found.any(axis=1)
        has_col |= found.any(axis=0)
    row, col = np.flatnonzero(has_row), np.flatnonzero(has_col)
    if not len(row):
        return None
    return (
        max(int(row[0]) - margin, 0),
        max(int(col[0]) - margin, 0),
        min(int(row[-1]) + 1 + margin, rows),
        min(int(col[-1]) + 1 + margin, cols),
    )


def parts_in_box(
    indices: Indices, classes: Ints, rect: tuple[int, int, int, int]
) -> list[Piece]:
    """Give the parts that lie wholly inside a rectangle (row0, col0, row1, col1).

    Each comes as a piece of its own, with its present entries. A part that reaches the
    plane's edge may, one that goes on outside the rectangle may not.
    """
    rows, cols = indices.shape
    row0, col0 = max(rect[0], 0), max(rect[1], 0)
    row1, col1 = min(rect[2], rows), min(rect[3], cols)
    if row0 >= row1 or col0 >= col1:
        return []
    top, left = max(row0 - 1, 0), max(col0 - 1, 0)
    around = indices[top : min(row1 + 1, rows), left : min(col1 + 1, cols)]
    parts = find_parts(around, classes, diagonal=True)
    row, col = np.divmod(parts.starts[:-1], around.shape[1])
    end = col + np.diff(parts.starts)
    leaves = (row + top < row0) | (row + top >= row1)
    leaves |= (col + left < col0) | (end + left > col1)
    whole = np.ones(parts.count, np.bool_)
    whole[parts.part[leaves]] = False
    return _pieces_of(parts, whole, (top, left), indices)


def parts_of(indices: Indices, inside: npt.NDArray[np.bool_]) -> list[Piece]:
    """Give the connected parts of some entries, (table,) bool: each as a piece of its own."""
    rect = bounding_rect(indices, inside)
    if rect is None:
        return []
    part = indices[rect[0] : rect[2], rect[1] : rect[3]]
    parts = find_parts(part, inside.astype(np.intp), diagonal=True)
    return _pieces_of(parts, inside[parts.first_entries()], rect[:2], indices)


def _pieces_of(
    parts: Parts,
    kept: npt.NDArray[np.bool_],
    corner: tuple[int, int],
    indices: Indices,
) -> list[Piece]:
    """Give parts with their present entries; ``corner`` is their rectangle's (row0, col0)."""
    runs = np.flatnonzero(kept[parts.part])
    runs = runs[np.argsort(parts.part[runs], kind="stable")]
    if not len(runs):
        return []
    row, col = np.divmod(parts.starts[:-1], parts.shape[1])
    end = col + np.diff(parts.starts) + corner[1]
    row, col = row + corner[0], col + corner[1]
    ends = np.flatnonzero(np.diff(parts.part[runs])) + 1
    return [
        _piece_of_runs(row[own], col[own], end[own], indices)
        for own in np.split(runs, ends)
    ]


def _piece_of_runs(row: Ints, col: Ints, end: Ints, indices: Indices) -> Piece:
    """Give runs of a plane, by their rows, first columns and ends, as they are."""
    row0, col0 = int(row[0]), int(col.min())
    where = np.zeros((int(row[-1]) + 1 - row0, int(end.max()) - col0), np.bool_)
    for each, first, last in zip(row - row0, col - col0, end - col0, strict=True):
        where[each, first:last] = True
    part = indices[row0 : row0 + where.shape[0], col0 : col0 + where.shape[1]]
    return Piece(row0, col0, part.copy(), where)


def part_at(indices: Indices, classes: Ints, row: int, col: int) -> Piece:
    """Give the connected part that a pixel of a plane belongs to, with its present entries.

    Pixels that touch at a corner belong together.
    """
    same = (classes == classes[indices[row, col]])[indices].view(np.uint8)
    filled = np.zeros((same.shape[0] + 2, same.shape[1] + 2), np.uint8)
    flags = 8 | cv2.FLOODFILL_MASK_ONLY | (1 << 8)
    left, top, width, height = _cv.floodFill(same, filled, (col, row), 1, flags=flags)[
        3
    ]
    part = (slice(top, top + height), slice(left, left + width))
    where = filled[1:-1, 1:-1][part].astype(np.bool_)
    return Piece(top, left, indices[part].copy(), where)


def merge(pieces: Sequence[Piece]) -> Piece:
    """Give pieces that do not overlap as one."""
    row0 = min(piece.row0 for piece in pieces)
    col0 = min(piece.col0 for piece in pieces)
    rows = max(piece.row0 + piece.where.shape[0] for piece in pieces) - row0
    cols = max(piece.col0 + piece.where.shape[1] for piece in pieces) - col0
    where = np.zeros((rows, cols), np.bool_)
    kind = np.result_type(*(piece.indices.dtype for piece in pieces))
    indices: Indices = np.zeros((rows, cols), kind)
    for piece in pieces:
        top, left = piece.row0 - row0, piece.col0 - col0
        height, width = piece.where.shape
        part = (slice(top, top + height), slice(left, left + width))
        where[part] |= piece.where
        indices[part][piece.where] = piece.indices[piece.where]
    return Piece(row0, col0, indices, where)


def cut_to(shape: tuple[int, int], piece: Piece) -> Piece | None:
    """Cut a piece off at the edges of a plane of (rows, cols); None where it lies outside."""
    top, left = max(piece.row0, 0), max(piece.col0, 0)
    part = (
        slice(top - piece.row0, max(shape[0] - piece.row0, 0)),
        slice(left - piece.col0, max(shape[1] - piece.col0, 0)),
    )
    where = piece.where[part]
    if not where.any():
        return None
    return Piece(top, left, piece.indices[part], where)


def bands(rows: int, cols: int) -> Iterator[tuple[int, int]]:
    """Give the rows (first, end) of bands of about `BAND_PIXELS` pixels."""
    step = max(1, BAND_PIXELS // max(1, cols))
    for top in range(0, rows, step):
        yield top, min(top + step, rows)


def _run_starts(indices: Indices) -> Ints:
    rows, cols = indices.shape
    found: list[Ints] = []
    for top, bottom in bands(rows, cols):
        band = indices[top:bottom]
        begins = np.ones(band.shape, np.bool_)
        np.not_equal(band[:, 1:], band[:, :-1], out=begins[:, 1:])
        found.append(np.flatnonzero(begins) + top * cols)
    return np.append(np.concatenate(found), rows * cols)


def _touching(starts: Ints, rows: int, cols: int) -> tuple[Touch, tuple[Ints, Ints]]:
    """Find the runs that share a border, and those that meet at a corner."""
    begins = starts[:-1]
    # Row by row, the places where the run above or the run itself changes.
    places = np.sort(
        np.concatenate(
            (begins[begins >= cols], begins[begins < (rows - 1) * cols] + cols)
        ),
        kind="stable",
    )
    if len(places):
        places = places[np.append(True, places[1:] != places[:-1])]
    below = np.searchsorted(begins, places, "right") - 1
    above = np.searchsorted(begins, places - cols, "right") - 1
    length = np.diff(places, append=rows * cols)
    beside = np.flatnonzero(begins % cols != 0)
    touch = Touch(
        np.concatenate((above, beside - 1)),
        np.concatenate((below, beside)),
        np.concatenate((length, np.ones_like(beside))),
    )
    inner = np.flatnonzero(places % cols != 0)
    corners = (
        np.concatenate((above[inner - 1], above[inner])),
        np.concatenate((below[inner], below[inner - 1])),
    )
    return touch, corners
