"""Superpixels: whole patches of the image are painted, which keep to its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.errors import ChromaskError
from chromask.raster import Patch
from chromask.regions import BLOCK, superpixels
from chromask_gui.tools.outlines import outlines
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.region_tool import RegionTool, put_region
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask_gui.session import Session
    from chromask_gui.tools.tool import Pointer
    from chromask_gui.view_state import Mode

SMALLEST = 4
"""Patches of fewer pixels across than this are pixels: use the brush."""

MOST_BLOCKS = 64
"""So many blocks are remembered: 64 MB."""


class SuperpixelTool(RegionTool):
    """Click or drag over patches; their size is that of the brush."""

    id = "superpixels"
    options = ("size", "mode", "over")
    hint = QT_TRANSLATE_NOOP("tools", "Click patches of the image, or drag over them.")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._blocks: dict[tuple[int, int], npt.NDArray[np.int32]] = {}
        self._of: tuple[object, int] | None = None
        self._mode: Mode = "add"
        self._last: tuple[int, int] = (0, 0)
        self._done: set[tuple[int, int, int]] = set()

    def press(self, pointer: Pointer) -> None:
        # Of many patches, to keep only the last one is nothing that anybody wants.
        mode = self.mode_of(pointer)
        self._mode = "add" if mode == "clip" else mode
        if self.pixel_in(pointer) is None:
            return
        if self.begin(tr("Superpixels in {}")) is not None:
            self._done = set()
            self._last = pointer.pixel
            self._paint(pointer.pixel)

    def drag(self, pointer: Pointer) -> None:
        if self.painter is None:
            return
        # A fast hand skips pixels, but no patches.
        start, end = np.array(self._last), np.array(pointer.pixel)
        steps = int(np.abs(end - start).max() // (SMALLEST // 2)) + 1
        for step in range(1, steps + 1):
            row, col = (start + (end - start) * step // steps).tolist()
            self._paint((row, col))
        self._last = pointer.pixel
        self._outline(pointer)

    def release(self, pointer: Pointer) -> None:
        self.drag(pointer)
        self.end()

    def hover(self, pointer: Pointer | None) -> None:
        super().hover(pointer)
        if pointer is None:
            self.marks = Marks()
        elif self.session.document is not None:
            self._outline(pointer)

    def _outline(self, pointer: Pointer) -> None:
        found = self._patch(pointer.pixel)
        self.marks = Marks(tuple(outlines(*found[1]))) if found else Marks()

    def _paint(self, pixel: tuple[int, int]) -> None:
        painter, found = self.painter, self._patch(pixel)
        if painter is None or found is None or found[0] in self._done:
            return
        self._done.add(found[0])
        try:
            put_region(self, painter, found[1], self._mode)
        except ChromaskError as error:
            self.cancel()
            self.say(error)

    def _patch(
        self, pixel: tuple[int, int]
    ) -> tuple[tuple[int, int, int], Patch] | None:
        """Give the patch at a pixel with its name; None outside the image."""
        document, source = self.session.document, self.session.view.source
        if document is None or document.images.get(source or "") is None:
            return None
        image = self.image()
        row, col = pixel
        if image is None or not (
            0 <= row < image.shape[0] and 0 <= col < image.shape[1]
        ):
            return None
        labels, row0, col0 = self._block(image, row, col)
        number = int(labels[row - row0, col - col0])
        where = labels == number
        rows, cols = (
            np.flatnonzero(where.any(axis=1)),
            np.flatnonzero(where.any(axis=0)),
        )
        part = where[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
        patch = Patch(row0 + int(rows[0]), col0 + int(cols[0]), part)
        return (row0, col0, number), patch

    def _block(
        self, image: npt.NDArray[np.uint8], row: int, col: int
    ) -> tuple[npt.NDArray[np.int32], int, int]:
        size = max(SMALLEST, round(self.session.view.options.size))
        if self._of is None or self._of[0] is not image or self._of[1] != size:
            self._of, self._blocks = (image, size), {}
        # Whole patches in a block, so that blocks leave no narrow ones at their edges.
        edge = max(size, BLOCK // size * size)
        place = (row // edge * edge, col // edge * edge)
        if place not in self._blocks:
            if len(self._blocks) >= MOST_BLOCKS:
                self._blocks.clear()
            part = image[place[0] : place[0] + edge, place[1] : place[1] + edge]
            self._blocks[place] = superpixels(part, size)
        return self._blocks[place], *place
