"""The picker: takes the ROI under the pointer in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.tool import Tool

if TYPE_CHECKING:
    from chromask_gui.session import Session
    from chromask_gui.tools.tool import Pointer


def pick(session: Session, pointer: Pointer) -> None:
    """Select the ROI under the pointer alone; say it where nobody claims what is there."""
    hit = session.entry_at(pointer.pixel)
    if hit is None or session.document is None:
        return
    key, entry = hit
    owner = int(session.census.owners[key][entry])
    if owner >= 0:
        session.select(owner)
        return
    value = ", ".join(map(str, session.document.planes[key].value(entry)))
    text = tr("No ROI claims {}. Make a ROI of it in Colours without a ROI.")
    session.notified.emit(text.format(value))


class PickerTool(Tool):
    """A click selects the ROI under the pointer."""

    id = "picker"
    hint = QT_TRANSLATE_NOOP("tools", "Click to take the ROI under the pointer.")

    def press(self, pointer: Pointer) -> None:
        pick(self.session, pointer)

    def drag(self, pointer: Pointer) -> None:
        self.press(pointer)
