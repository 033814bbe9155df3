"""Fill: gives all connected pixels of one value, or all of the mask, to the active ROI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask import raster
from chromask_gui.tools.paint_tool import PaintTool, tr
from chromask_gui.tools.picker import pick

if TYPE_CHECKING:
    from chromask_gui.tools.tool import Pointer


class FillTool(PaintTool):
    """A click fills; the region is one of equal exact values."""

    id = "fill"
    options = ("connected", "neighbours", "over")
    hint = QT_TRANSLATE_NOOP(
        "tools", "Click to give a region to the ROI. Ctrl or Alt: pick the ROI."
    )

    def press(self, pointer: Pointer) -> None:
        if pointer.ctrl or pointer.alt:
            pick(self.session, pointer)
            return
        painter = self.begin(tr("Fill with {}"))
        if painter is None:
            return
        plane, options = painter.plane, self.session.view.options
        row, col = pointer.pixel
        if 0 <= row < plane.rows and 0 <= col < plane.cols:
            patch = raster.region(
                plane.indices,
                row,
                col,
                is_connected=options.is_connected,
                neighbours=options.neighbours,
            )
            self.show(painter.paint(patch))
        self.end()
