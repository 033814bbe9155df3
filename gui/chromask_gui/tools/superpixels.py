"""Superpixels: whole patches of the image are painted, which keep to its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.errors import ChromaskError
from chromask.pixels.image_regions import BLOCK, superpixels
from chromask.pixels.raster import Patch
from chromask_gui.tools.outlines import outlines
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.region_tool import RegionTool
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.document.constraints import Mode
    from chromask.media import Image
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Pointer

SMALLEST = 4
"""Patches of fewer pixels across than this are pixels: use the brush."""

MOST_BLOCKS = 64
"""So many blocks are remembered: 64 MB."""

AT_ONCE_PIXELS = 1 << 15
"""A block of so many pixels is divided at once; a larger one beside the window."""

Block = tuple[int, int, int]
"""The first row and column of a block of patches, and its edge."""

Name = tuple[Block, int]
"""A patch: its block, and its number there."""


class SuperpixelTool(RegionTool):
    """Click or drag over patches; their size is that of the brush.

    Patches are found block by block, beside the window; places that the pointer has passed
    meanwhile wait for them, and so does the end of the gesture.
    """

    id = "superpixels"
    options = ("size", "mode", "over")
    hint = QT_TRANSLATE_NOOP("tools", "Click patches of the image, or drag over them.")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._blocks: dict[Block, npt.NDArray[np.int32]] = {}
        self._of: tuple[Image, int] | None = None
        self._mode: Mode = "add"
        self._last: tuple[int, int] = (0, 0)
        self._todo: list[tuple[int, int]] = []
        self._is_ending = False
        self._pointed: Pointer | None = None
        self._done: set[Name] = set()

    def press(self, pointer: Pointer) -> None:
        # Of many patches, to keep only the last one is nothing that anybody wants.
        mode = self.mode_of(pointer)
        if self.must_wait():
            return
        self._mode = "add" if mode == "clip" else mode
        if self.pixel_in(pointer) is None:
            return
        if self.begin_early(tr("Superpixels in {}")) is not None:
            self._done, self._todo, self._is_ending = set(), [], False
            self._last = pointer.pixel
            self._todo.append(pointer.pixel)
            self._go_on()

    def drag(self, pointer: Pointer) -> None:
        if self.painter is None or self._is_ending:
            return
        # A fast hand skips pixels, but no patches.
        start, end = np.array(self._last), np.array(pointer.pixel)
        steps = int(np.abs(end - start).max() // (SMALLEST // 2)) + 1
        for step in range(1, steps + 1):
            row, col = (start + (end - start) * step // steps).tolist()
            self._todo.append((row, col))
        self._last = pointer.pixel
        self._go_on()
        self._outline(pointer)

    def release(self, pointer: Pointer) -> None:
        self.drag(pointer)
        self._is_ending = True
        self._go_on()

    def hover(self, pointer: Pointer | None) -> None:
        super().hover(pointer)
        self._pointed = pointer
        if pointer is None:
            self.marks = Marks()
        elif self.session.document is not None:
            self._outline(pointer)

    def cancel(self) -> bool:
        self.beside.drop()
        self._todo, self._is_ending = [], False
        return super().cancel()

    def _outline(self, pointer: Pointer) -> None:
        self._pointed = pointer
        block = self._block_at(pointer.pixel)
        if block is not None and block not in self._blocks:
            self._find(block)
        name = self._named(pointer.pixel)
        lines = outlines(*self._patch(name)) if name is not None else ()
        self.marks = Marks(tuple(lines))

    def _go_on(self) -> None:
        """Paint the places that wait, as far as their blocks are there; then end."""
        while self.painter is not None and self._todo:
            block = self._block_at(self._todo[0])
            if block is not None and block not in self._blocks:
                self._find(block)
                return
            self._paint(self._todo.pop(0))
        if self._is_ending:
            self._is_ending = False
            self.end()

    def _paint(self, pixel: tuple[int, int]) -> None:
        painter, name = self.painter, self._named(pixel)
        if painter is None or name is None or name in self._done:
            return
        self._done.add(name)
        try:
            rule = painter.rule(self._mode)
            self.show(painter.put(self._patch(name), rule))
        except ChromaskError as error:
            self.cancel()
            self.say(error)

    def _named(self, pixel: tuple[int, int]) -> Name | None:
        """Name the patch at a pixel; None outside the image, or until its block is there."""
        block = self._block_at(pixel)
        if block is None or block not in self._blocks:
            return None
        row0, col0, _ = block
        return block, int(self._blocks[block][pixel[0] - row0, pixel[1] - col0])

    def _patch(self, name: Name) -> Patch:
        (row0, col0, _), number = name
        where = self._blocks[name[0]] == number
        rows, cols = (
            np.flatnonzero(where.any(axis=1)),
            np.flatnonzero(where.any(axis=0)),
        )
        part = where[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
        return Patch(row0 + int(rows[0]), col0 + int(cols[0]), part)

    def _block_at(self, pixel: tuple[int, int]) -> Block | None:
        """Find the block of a pixel; None outside the image."""
        document, source = self.session.document, self.session.view.source
        image = document.images.get(source or "") if document is not None else None
        if image is None:
            return None
        row, col = pixel
        rows, cols = image.pixels.shape[:2]
        if not (0 <= row < rows and 0 <= col < cols):
            return None
        size = max(SMALLEST, round(self.session.view.options.size))
        if self._of is None or self._of[0] is not image or self._of[1] != size:
            self._of, self._blocks = (image, size), {}
        # Whole patches in a block, so that blocks leave no narrow ones at their edges.
        edge = max(size, BLOCK // size * size)
        return row // edge * edge, col // edge * edge, edge

    def _find(self, block: Block) -> None:
        """Find the patches of a block, one block at a time."""
        of = self._of
        if of is None or self.beside.is_busy:
            return
        (image, size), (row0, col0, edge) = of, block
        shape = image.pixels[row0 : row0 + edge, col0 : col0 + edge].shape

        def work() -> npt.NDArray[np.int32]:
            pixels = self.pixels_of(image)
            return superpixels(pixels[row0 : row0 + edge, col0 : col0 + edge], size)

        def done(labels: npt.NDArray[np.int32]) -> None:
            if of is self._of:
                if len(self._blocks) >= MOST_BLOCKS:
                    self._blocks.clear()
                self._blocks[block] = labels
            self._go_on()
            if self._pointed is not None:
                self._outline(self._pointed)

        self.compute(
            tr("Finding patches"),
            work,
            done,
            at_once=shape[0] * shape[1] <= AT_ONCE_PIXELS,
        )
