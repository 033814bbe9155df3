"""The shapes of the shown source, found once for each state of the frame's ROIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.drawing.shapes import DRAWN_KINDS, Shape, frame_shapes, shape_at
from chromask_gui.session.view_state import undrawn_rois

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask.frame.annotation import Annotation
    from chromask_gui.session.session import Session

REACH_PX = 5
"""How far from a line a click still hits it, in device pixels."""


class ShownShapes:
    """The shapes of a session's document."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._annotations: Sequence[Annotation] = ()
        self._source: str | None = None
        self._shapes: tuple[Shape, ...] = ()

    def all(self) -> tuple[Shape, ...]:
        """Give every shape of the shown source, drawn or not; the same ones while they stand."""
        session = self._session
        if session.document is None:
            return ()
        annotations, source = session.document.frame.annotations, session.view.source
        before, self._annotations = self._annotations, annotations
        if self._source != source or self._differ(before, annotations):
            self._source = source
            self._shapes = frame_shapes(annotations, source)
        return self._shapes

    def undrawn(self) -> frozenset[int]:
        """Give the ROIs that are not drawn."""
        document = self._session.document
        annotations = document.frame.annotations if document is not None else ()
        return undrawn_rois(self._session.view, annotations)

    def at(self, xy: tuple[float, float], zoom: float) -> tuple[int, bool] | None:
        """Find the ROI whose drawn shape lies at an image point; see `shape_at`."""
        if not self._session.view.has_overlay:
            return None
        return shape_at(self.all(), xy, REACH_PX / zoom, self.undrawn())

    def _differ(
        self, before: Sequence[Annotation], after: Sequence[Annotation]
    ) -> bool:
        """Whether ROIs that are drawn as shapes may be others."""
        if before is after:
            return False
        changed = self._session.census.changed_rois(before, after)
        return changed is None or any(
            roi.kind in DRAWN_KINDS
            for index in changed
            for roi in (before[index], after[index])
        )
