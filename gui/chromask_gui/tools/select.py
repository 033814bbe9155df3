"""Select: a click takes the ROI under the pointer, a drag moves the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.session.shown_shapes import ShownShapes
from chromask_gui.tools.picker import count_at
from chromask_gui.tools.tool import Tool

if TYPE_CHECKING:
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Pointer


class SelectTool(Tool):
    """Click selects; with Ctrl or Shift it adds to the selection or takes away from it."""

    id = "select"
    hint = QT_TRANSLATE_NOOP(
        "tools", "Click a ROI to select it. Drag to move the image."
    )
    drags_image = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shapes = ShownShapes(session)

    def press(self, pointer: Pointer) -> None:
        session = self.session
        owner = self._roi_at(pointer)
        selected = session.view.selected
        adds = pointer.shift or pointer.ctrl
        if owner < 0:
            if not adds:
                self._take(pointer)
        elif adds and owner in selected:
            session.select(*(index for index in selected if index != owner))
        else:
            session.select(*(selected if adds else ()), owner)

    def _take(self, pointer: Pointer) -> None:
        """Show a colour that no ROI claims, to be named; the background is nothing."""
        session = self.session
        hit = session.entry_at(pointer.pixel)
        count = count_at(session, *hit) if hit is not None else None
        if count is None or not any(count.value):
            session.select()
        else:
            session.take(count)

    def _roi_at(self, pointer: Pointer) -> int:
        """Find the ROI under the pointer, -1 for none: lines lie over masks, insides below."""
        session = self.session
        shape = self._shapes.at(pointer.xy, pointer.zoom)
        if shape is not None and shape[1]:
            return shape[0]
        hit = session.entry_at(pointer.pixel)
        owner = int(session.census.owners[hit[0]][hit[1]]) if hit else -1
        return shape[0] if owner < 0 and shape is not None else owner
