"""A row of the ROI table: a ROI of the frame, or a value that only the data set names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from chromask_gui.look.texts import one_line
from chromask_gui.widgets.roi_text import tr

if TYPE_CHECKING:
    from chromask.counts.pixel_counts import RoiCount, ValueCount
    from chromask.frame.annotation import Annotation
    from chromask.frame.resolve import Resolution

UNRESOLVED = 4
"""The rule of a ROI whose mask was not found."""

DASH = "\N{EN DASH}"


class Column(IntEnum):
    """The columns, in the order in which they stand."""

    EYE = 0
    LOCK = 1
    SWATCH = 2
    LABELS = 3
    VALUE = 4
    HEX = 5
    PIXELS = 6
    PERCENT = 7
    CONFIDENCE = 8
    MASK = 9
    ORIGIN = 10


TYPED = frozenset(
    {
        int(Column.LABELS),
        int(Column.VALUE),
        int(Column.HEX),
        int(Column.CONFIDENCE),
    }
)
"""The columns that can be typed into."""


@dataclass(frozen=True, slots=True)
class RoiRow:
    """A row: a ROI of the frame, or a value that only the data set's mapping names.

    Attributes
    ----------
    index
        The ROI's index in the frame; None for a value of the mapping.
    annotation, resolution, pixels
        Of the ROI, as the session's census has them.
    mapped
        The value of the mapping, else None.
    """

    index: int | None
    annotation: Annotation | None
    resolution: Resolution | None
    pixels: int | None
    mapped: ValueCount | None = None

    @property
    def value(self) -> tuple[int, ...] | None:
        """The value that the row claims; None where it has none."""
        if self.mapped is not None:
            return self.mapped.value
        return self.annotation.mask_value if self.annotation else None

    @property
    def masks(self) -> tuple[str, ...]:
        """The keys of its masks."""
        if self.mapped is not None:
            return (self.mapped.key,)
        return self.resolution.masks if self.resolution else ()

    @property
    def has_eye(self) -> bool:
        """Whether it is a ROI that can be hidden: drawn in a mask or as a shape."""
        is_shape = self.kind is not None and self.kind != "frame"
        return self.index is not None and (is_shape or bool(self.masks))

    @property
    def has_lock(self) -> bool:
        """Whether it is a ROI with pixels of its own, which can be kept from the tools."""
        return self.index is not None and bool(self.masks)

    @property
    def confidence(self) -> float | None:
        """The confidence of a ROI; None where it has none."""
        return self.annotation.confidence if self.annotation else None

    @property
    def rule(self) -> int | None:
        """The rule that found its mask; see `Resolution`."""
        return self.resolution.rule if self.resolution else None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels as the user means them: by rule 2 the name is in ``mask.id``."""
        if self.mapped is not None:
            return self.mapped.labels
        if self.resolution is None or self.annotation is None:
            return ()
        if self.resolution.rule == 2:
            return (self.resolution.name,) if self.resolution.name else ()
        return self.annotation.labels

    @property
    def name(self) -> str:
        """The display name, on one line."""
        return one_line(", ".join(self.labels))

    @property
    def kind(self) -> str | None:
        """The kind of geometry of a ROI without a mask; None for one with a mask."""
        if self.annotation is None or self.annotation.has_mask:
            return None
        return self.annotation.kind

    def is_typed(self, column: int) -> bool:
        """Whether the user may type into the cell of a column of `TYPED`."""
        if self.annotation is None:
            return False
        free = (Column.LABELS, Column.CONFIDENCE)
        return column in free or self.annotation.has_mask

    def shows(self, annotation: Annotation, count: RoiCount) -> bool:
        """Whether it is the row of that ROI as it is counted now."""
        return (
            self.annotation is annotation
            and self.pixels == count.pixels
            and (
                self.resolution is count.resolution
                or self.resolution == count.resolution
            )
        )


def kind_name(kind: str) -> str:
    """Name a kind of geometry for people."""
    names = {
        "mask": tr("mask"),
        "p2d": tr("polygon"),
        "b2d": tr("box"),
        "k2d": tr("points"),
        "elp": tr("ellipse"),
        "p3d": tr("3-D polygon"),
        "k3d": tr("3-D points"),
        "b3d": tr("3-D box"),
        "frame": tr("frame label"),
    }
    return names.get(kind, kind)


def roi_name(row: RoiRow) -> str:
    """Name a row for people, also one without a label."""
    return row.name if row.resolution is None else roi_label(row.resolution)


def roi_label(resolution: Resolution) -> str:
    """Name a ROI for people, also one without a label."""
    return one_line(resolution.name) or tr("ROI {}").format(resolution.index)
