"""Which part lies where, and whose it is: what the parts tool asks of a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chromask.pixels.components import parts_of
from chromask.pixels.refine import whole_target

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.pixels.components import Piece
    from chromask.pixels.plane import Plane
    from chromask_gui.session.session import Session


def covered(pieces: list[Piece], pixel: tuple[int, int]) -> bool:
    """Whether one of some parts covers a pixel (row, col)."""
    return any(covers(piece, pixel) for piece in pieces)


def covers(piece: Piece, pixel: tuple[int, int]) -> bool:
    """Whether a part covers a pixel (row, col)."""
    row, col = pixel[0] - piece.row0, pixel[1] - piece.col0
    rows, cols = piece.where.shape
    return 0 <= row < rows and 0 <= col < cols and bool(piece.where[row, col])


def is_background(plane: Plane, owners: npt.NDArray[np.int32], piece: Piece) -> bool:
    """Whether a part has the value of zeros, which no ROI claims."""
    entry = int(piece.indices[piece.where][0])
    return bool(owners[entry] < 0) and not any(plane.value(entry)[:3])


def classes_of(session: Session, key: str) -> npt.NDArray[np.intp]:
    """Give what each entry of a mask belongs to: its ROI, or itself."""
    return whole_target(session.census.owners[key]).classes


def owner_of(session: Session, key: str, piece: Piece) -> int:
    """Give the ROI that owns a part; below 0 nobody does."""
    return int(session.census.owners[key][piece.indices[piece.where][0]])


def top_mask(session: Session) -> str | None:
    """Give the key of the mask on top that is shown; None without one."""
    shown = [k for k in session.shown_masks() if k not in session.view.hidden_masks]
    return shown[-1] if shown else None


def mask_of_roi(session: Session, index: int) -> str | None:
    """Give the key of the mask on top of those that show an ROI; None where none does."""
    claimed = session.census.rois[index].indices
    shown = [
        key
        for key in session.shown_masks()
        if len(claimed.get(key, ())) and key not in session.view.hidden_masks
    ]
    return shown[-1] if shown else None


def find_in(
    plane: Plane,
    entries: npt.NDArray[np.intp],
    places: frozenset[tuple[int, int]] | None,
) -> list[Piece]:
    """Find the parts of some entries that begin at some pixels (row, col); None: all."""
    inside = np.zeros(len(plane.table), np.bool_)
    inside[entries] = True
    found = parts_of(plane.indices, inside)
    return [each for each in found if places is None or first_pixel(each) in places]


def first_pixel(piece: Piece) -> tuple[int, int]:
    """Give the first pixel (row, col) of a part in reading order."""
    return piece.row0, piece.col0 + int(piece.where[0].argmax())
