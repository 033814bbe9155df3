"""Fill: gives all connected pixels of one value, or all of the mask, to the active ROI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.pixels import raster
from chromask_gui.tools.paint_tool import PaintTool, tr
from chromask_gui.tools.picker import pick

if TYPE_CHECKING:
    from chromask.pixels.raster import Patch
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
        if self.must_wait():
            return
        painter = self.begin(tr("Fill with {}"))
        if painter is None:
            return
        indices, options = painter.plane.indices, self.session.view.options
        row, col = pointer.pixel
        if not (0 <= row < indices.shape[0] and 0 <= col < indices.shape[1]):
            self.end()
            return

        def find() -> Patch:
            return raster.region(
                indices,
                row,
                col,
                is_connected=options.is_connected,
                neighbours=options.neighbours,
            )

        self.end_region(tr("Filling"), find, "add", indices.size)
