"""What an edit changed: rectangles, states of planes, and the one value that tells it.

Imported by `transaction` and everything above; it edits nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

    from chromask.frame.editable import Frame
    from chromask.pixels.plane import MaskFormat, Pixels, Plane
    from chromask.pixels.rect import Rect

Phase = Literal["preview", "commit", "undo", "redo", "cancel"]


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did.

    Attributes
    ----------
    label
        The name of the step, as the undo menu shows it.
    fields
        Which of the frame's ``annotations``, ``sources`` and ``properties`` changed.
    rects
        For each mask's key the rectangle in which pixels changed: of a preview what the
        last call touched, else what the whole step touched.
    tables
        The keys of the masks whose colour table changed: no pixel moved, all may look new.
    phase
        ``preview`` while the transaction is open; the other phases end it.
    """

    label: str
    fields: frozenset[str]
    rects: Mapping[str, Rect]
    tables: frozenset[str]
    phase: Phase

    @property
    def is_pixels(self) -> bool:
        """Whether pixels alone changed: every ROI still has the entries that it had."""
        return not (self.fields or self.tables)

    @property
    def is_stroke(self) -> bool:
        """Whether it is a preview in which only pixels changed: what is costly can wait."""
        return self.phase == "preview" and self.is_pixels

    def __bool__(self) -> bool:
        return bool(self.fields or self.rects or self.tables)


@dataclass(frozen=True, slots=True)
class PlaneState:
    """All of a plane but its pixels; the arrays are never written to.

    Attributes
    ----------
    table, format
        As in `Plane`.
    pixels
        As in `Plane`: how many pixels each entry has.
    content
        A number that names the pixels' state: equal numbers mean equal pixels.
    """

    table: Pixels
    format: MaskFormat
    pixels: npt.NDArray[np.int64]
    content: int

    @classmethod
    def of(cls, plane: Plane, content: int) -> PlaneState:
        """Give the state that a plane is in."""
        return cls(plane.table, plane.format, plane.pixels, content)

    def is_same(self, other: PlaneState) -> bool:
        """Whether a plane in either state is written as the same file."""
        return (
            self.table is other.table
            and self.format == other.format
            and self.content == other.content
        )


def changed_fields(before: Frame, after: Frame) -> frozenset[str]:
    """Name the parts of the frame that differ between two of its states."""
    return frozenset(
        name
        for name in ("annotations", "sources", "properties")
        if getattr(before, name) is not getattr(after, name)
    )
