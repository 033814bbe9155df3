"""Keypoints: places that are clicked, and become one annotation beside the mask's ROIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.errors import EditError
from chromask_gui.look.texts import one_line
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.shapes import ShapeTool
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Point, Pointer


class KeypointsTool(ShapeTool):
    """Each click adds a point; Enter makes an annotation of them, with the ROI's labels.

    No pixel changes: points are no part of a mask. Where there is no label yet, the points
    stay until there is one.
    """

    id = "keypoints"
    hint = QT_TRANSLATE_NOOP(
        "tools",
        "Click points. Enter adds them with the ROI's labels, Backspace takes back.",
    )
    options = ()
    least = 1

    def hover(self, pointer: Pointer | None) -> None:
        """Nothing is painted, so nothing is said before it."""

    def press(self, pointer: Pointer) -> None:
        self._held = self._near(pointer)
        if self._held is None and _kept_inside(self.session, pointer.xy) == pointer.xy:
            self.points.append(pointer.xy)
            self._held = len(self.points) - 1
        self._show_marks()

    def drag(self, pointer: Pointer) -> None:
        if self._held is not None and self._held < len(self.points):
            self.points[self._held] = _kept_inside(self.session, pointer.xy)
        self._show_marks()

    def release(self, pointer: Pointer) -> None:
        self._held = None

    def finish(self) -> bool:
        if not self.points:
            return False
        labels = _labels(self.session)
        if not labels:
            advice = tr(
                "Select the ROI whose labels they get: click its row, press its number, "
                "or Alt+] for the next one; then press Enter again"
            )
            self.say(EditError(tr("the keypoints have no label yet"), hint=advice))
        elif self._add(labels):
            self.cancel()
        return True

    def _add(self, labels: list[str]) -> bool:
        session = self.session
        # No hand is finer than a hundredth of a pixel, and the file stays readable.
        points = [[round(x, 2), round(y, 2)] for x, y in self.points]
        source = session.view.source
        return session.edit(
            tr("Add keypoints: {}").format(one_line(", ".join(labels))),
            lambda edit: edit.frame.add_annotation(
                points2d_xy=points,
                labels=labels,
                sources=None if source is None else [source],
            ),
        )

    def _show_marks(self) -> None:
        self.marks = Marks(handles=tuple(self.points))


def _labels(session: Session) -> list[str]:
    """Give the labels of the active ROI, else those of what is in hand."""
    document, view = session.document, session.view
    if document is None or not view.selected:
        return list(view.in_hand.labels) if view.in_hand is not None else []
    found = session.census.rois[view.selected[0]].resolution
    # An older ROI's label is its mask's id: its name stands elsewhere.
    if found.rule == 2:
        return [found.name] if found.name else []
    return list(document.frame.annotations[found.index].labels)


def _kept_inside(session: Session, xy: Point) -> Point:
    """Give the nearest point of the shown image; where its size is unknown, the point."""
    document, source = session.document, session.view.source
    image = document.images.get(source or "") if document is not None else None
    if image is not None:
        rows, cols = image.pixels.shape[:2]
    else:
        keys = session.shown_masks()
        if document is None or not keys:
            return xy
        rows, cols = document.planes[keys[0]].indices.shape
    return min(max(xy[0], 0.0), float(cols)), min(max(xy[1], 0.0), float(rows))
