"""How wide the texts of the ROI table's columns can become, found once for a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask_gui.look.texts import number_text
from chromask_gui.panels.rois.row import Column
from chromask_gui.widgets.roi_text import MAX_8_BIT, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask.document.document import Document
    from chromask.frame.annotation import Annotation
    from chromask_gui.panels.rois.cells import RoiCells
    from chromask_gui.session.session import Session


class RoiWidths:
    """What the columns of fixed width have to hold; kept while the frame's ROIs stand."""

    def __init__(self, session: Session, cells: RoiCells) -> None:
        self._session = session
        self._cells = cells
        self._rois: Sequence[Annotation] | None = None
        self._document: Document | None = None
        self._value = ""
        self._sure: tuple[Sequence[Annotation], bool] = ((), False)

    def widest(self) -> dict[Column, str]:
        """Give for each column of fixed width about its widest text; empty leaves it out."""
        document = self._session.document
        rois = document.frame.annotations if document is not None else ()
        # Two frames without ROIs share the one empty tuple.
        if self._rois is not rois or self._document is not document:
            self._document = document
            self._rois, self._value = (
                rois,
                _widest_value(rois, _mapped_channels(document)),
            )
        masks = self._cells.names_of_masks().values()
        names = sorted((name for name, _ in masks), key=len)
        is_group = any(" / " in name for name in names)
        return {
            Column.VALUE: self._value,
            Column.HEX: "#dddddddd" if self._value.count("8") >= 12 else "#dddddd",
            Column.PIXELS: number_text(max((size for _, size in masks), default=0)),
            Column.PERCENT: "< 0.018",
            Column.CONFIDENCE: "0.8888" if self.has_confidence() else "",
            Column.MASK: names[-1][: 16 if is_group else 10] if names else "",
            Column.ORIGIN: tr("data set"),
        }

    def dull(self) -> frozenset[Column]:
        """Name the columns that say the same in every row of the frame."""
        document = self._session.document
        masks = len(self._cells.names_of_masks())
        is_named = document is not None and document.mapping is not None
        found = {Column.MASK: masks < 2, Column.ORIGIN: not is_named}
        return frozenset(column for column, is_dull in found.items() if is_dull)

    def has_confidence(self) -> bool:
        """Whether any ROI of the frame has a confidence."""
        document = self._session.document
        rois = document.frame.annotations if document is not None else ()
        before, has_one = self._sure
        if before is not rois:
            changed = self._session.census.changed_rois(before, rois)
            if changed is None or any(
                roi.confidence is not None
                for index in changed
                for roi in (before[index], rois[index])
            ):
                has_one = any(roi.confidence is not None for roi in rois)
            self._sure = (rois, has_one)
        return has_one


def _mapped_channels(document: Document | None) -> int:
    """Give the channels of the rows that the data set names: those of the masks' values."""
    if document is None or document.mapping is None:
        return 0
    return max((plane.format.channels for plane in document.planes.values()), default=0)


def _widest_value(rois: Sequence[Annotation], least: int) -> str:
    values = [roi.mask_value for roi in rois if roi.mask_value]
    channels = max(map(len, values), default=3)
    deepest = max(map(max, values), default=0)
    slot = "888" if deepest <= MAX_8_BIT else "88888"
    return "  ".join([slot] * max(channels, least, 3))
