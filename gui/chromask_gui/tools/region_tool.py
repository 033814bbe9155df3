"""What the tools share that look at the image: its pixels, and a region added or taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chromask.errors import ChromaskError
from chromask.media import to_8bit
from chromask.raster import Patch
from chromask_gui.tools.paint_tool import PaintTool, tr

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.painting import Painter
    from chromask_gui.session import Session
    from chromask_gui.tools.tool import Pointer
    from chromask_gui.view_state import Mode


class RegionTool(PaintTool):
    """Paints regions of the source image."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._image: tuple[object, npt.NDArray[np.uint8]] | None = None

    def image(self) -> npt.NDArray[np.uint8] | None:
        """Give the shown source in 8 bits; None, with a word to the user, without one."""
        document, source = self.session.document, self.session.view.source
        image = document.images.get(source or "") if document is not None else None
        if image is None:
            self.session.notified.emit(
                tr("The source cannot be read, so there is no image to look at")
            )
            return None
        if self._image is None or self._image[0] is not image:
            pixels = to_8bit(image)
            pixels = pixels[..., :3] if pixels.ndim == 3 else pixels
            self._image = (image, np.ascontiguousarray(pixels))
        return self._image[1]

    def pixel_in(self, pointer: Pointer) -> tuple[int, int] | None:
        """Give the image's pixel under the pointer; None outside."""
        image = self.image()
        row, col = pointer.pixel
        if image is None or not (0 <= row < image.shape[0]):
            return None
        return (row, col) if 0 <= col < image.shape[1] else None

    def mode_of(self, pointer: Pointer) -> Mode:
        """Give what the region does: what is held, else what the bar says."""
        if pointer.shift and pointer.alt:
            return "clip"
        if pointer.shift or pointer.alt:
            return "add" if pointer.shift else "subtract"
        return self.session.view.options.mode

    def paint_region(self, label: str, patch: Patch, mode: Mode) -> None:
        """Add a region to the active ROI, take it away or keep only it, as one step."""
        painter = self.begin(label)
        if painter is None:
            return
        try:
            put_region(self, painter, patch, mode)
        except ChromaskError as error:
            self.cancel()
            self.say(error)
        else:
            self.end()


def put_region(tool: PaintTool, painter: Painter, patch: Patch, mode: Mode) -> None:
    """Paint a region in an open gesture.

    Raises
    ------
    EditError
        There is no background to paint, see `Painter.background`.
    """
    if mode == "add":
        tool.show(painter.paint(patch))
        return
    if mode == "clip":
        outside = np.ones((painter.plane.rows, painter.plane.cols), np.bool_)
        rows, cols = patch.where.shape
        part = outside[patch.row0 : patch.row0 + rows, patch.col0 : patch.col0 + cols]
        part &= ~patch.where[: part.shape[0], : part.shape[1]]
        patch = Patch(0, 0, outside)
    own = painter.own_entries()
    entry = painter.background()
    own = np.append(own, np.zeros(len(painter.plane.table) - len(own), np.bool_))
    tool.show(painter.paint(patch, entry, own))
