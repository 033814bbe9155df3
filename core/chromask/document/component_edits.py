"""What is done with connected parts: move, copy, paste, erase, give to another ROI.

The functions compute pieces for `Transaction.put`; only `paste` needs the transaction,
for values that the mask does not have yet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from chromask.errors import EditError
from chromask.pixels.components import Piece, cut_to, merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from chromask.document.transaction import Transaction
    from chromask.pixels.plane import Plane


@dataclass(frozen=True, slots=True)
class Clip:
    """Copied parts, with exact values instead of entries: any mask can take them.

    Attributes
    ----------
    row0, col0
        Where the first pixel lay.
    which
        (rows, cols) the number of each pixel's value.
    where
        (rows, cols) bool: which pixels were copied.
    values
        R, G, B or R, G, B, A of each number.
    """

    row0: int
    col0: int
    which: npt.NDArray[np.intp]
    where: npt.NDArray[np.bool_]
    values: tuple[tuple[int, ...], ...]


def recolored(pieces: Sequence[Piece], entry: int) -> list[Piece]:
    """Give the same pixels one entry."""
    return [
        Piece(
            piece.row0,
            piece.col0,
            np.full(piece.where.shape, entry, np.uint32),
            piece.where,
        )
        for piece in pieces
    ]


def moved(
    plane: Plane,
    pieces: Sequence[Piece],
    by: tuple[int, int],
    background: int,
    may_change: npt.NDArray[np.bool_],
) -> tuple[Piece, list[Piece]]:
    """Move parts; what they leave becomes background, what they cover is theirs.

    Parameters
    ----------
    by
        How many rows and columns.
    background
        The entry for the pixels that are left.
    may_change
        (table,) bool: the entries whose pixels may change.

    Returns
    -------
    The change as one piece, and the parts at their new place inside the plane.

    Raises
    ------
    EditError
        Pixels of the parts must not change.
    """
    one = merge(pieces)
    if not may_change[one.indices[one.where]].all():
        raise EditError(
            "pixels of these parts must not change",
            hint="Unlock their ROI, or paint over all pixels again",
        )
    shifted = [
        found
        for piece in pieces
        if (
            found := cut_to(
                plane.indices.shape,
                replace(piece, row0=piece.row0 + by[0], col0=piece.col0 + by[1]),
            )
        )
    ]
    blank = Piece(one.row0, one.col0, np.full_like(one.indices, background), one.where)
    row0, col0 = blank.row0, blank.col0
    row1, col1 = row0 + blank.where.shape[0], col0 + blank.where.shape[1]
    for piece in shifted:
        row0, col0 = min(row0, piece.row0), min(col0, piece.col0)
        row1 = max(row1, piece.row0 + piece.where.shape[0])
        col1 = max(col1, piece.col0 + piece.where.shape[1])
    before = plane.indices[row0:row1, col0:col1]
    after = before.copy()
    for number, piece in enumerate((blank, *shifted)):
        top, left = piece.row0 - row0, piece.col0 - col0
        rows, cols = piece.where.shape
        part = (slice(top, top + rows), slice(left, left + cols))
        where = piece.where & may_change[before[part]] if number else piece.where
        after[part][where] = piece.indices[where]
    return Piece(row0, col0, after, after != before), shifted


def copied(plane: Plane, pieces: Sequence[Piece]) -> Clip:
    """Copy parts with their exact values."""
    one = merge(pieces)
    used, which = np.unique(one.indices, return_inverse=True)
    values = tuple(_claim(plane, entry) for entry in used.tolist())
    return Clip(one.row0, one.col0, which.reshape(one.where.shape), one.where, values)


def paste(
    edit: Transaction, key: str, plane: Plane, clip: Clip, row0: int, col0: int
) -> Piece | None:
    """Give a clip as a piece of a mask; None where it would lie outside.

    Parameters
    ----------
    row0, col0
        Where its first row and column go.

    Raises
    ------
    EditError
        The mask cannot hold one of its values.
    """
    seen: list[int] = np.unique(clip.which[clip.where]).tolist()
    entries = np.zeros(len(clip.values), np.uint32)
    for number in seen:
        entries[number] = edit.entry_for(key, clip.values[number])
    piece = Piece(row0, col0, entries[clip.which], clip.where)
    return cut_to(plane.indices.shape, piece)


def _claim(plane: Plane, entry: int) -> tuple[int, ...]:
    value = plane.value(entry)
    return value if len(value) > 2 else (*value[:1], *value[:1], *value)
