"""The picker: takes the ROI under the pointer in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.counts.pixel_counts import value_at
from chromask_gui.look.texts import one_line, value_text
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.tool import Tool

if TYPE_CHECKING:
    from chromask.counts.pixel_counts import ValueCount
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Pointer


def pick(session: Session, pointer: Pointer) -> None:
    """Select the ROI under the pointer alone; where no ROI is, take the value in hand."""
    hit = session.entry_at(pointer.pixel)
    if hit is None:
        return
    owner = int(session.census.owners[hit[0]][hit[1]])
    if owner >= 0:
        session.select(owner)
        return
    count = count_at(session, *hit)
    session.take(count)
    name = one_line(", ".join(count.labels)) or value_text(count.value)
    session.notified.emit(
        tr("No ROI claims {} yet: painting with it makes one").format(name)
    )


def count_at(session: Session, key: str, entry: int) -> ValueCount:
    """Give the value of a table entry that no ROI claims."""
    document = session.document
    assert document is not None
    plane = document.planes[key]
    return value_at(session.census, plane, key, entry, document.mapping)


class PickerTool(Tool):
    """A click selects the ROI under the pointer."""

    id = "picker"
    hint = QT_TRANSLATE_NOOP("tools", "Click to take the ROI under the pointer.")

    def press(self, pointer: Pointer) -> None:
        pick(self.session, pointer)

    def drag(self, pointer: Pointer) -> None:
        self.press(pointer)
