"""What the tools share that look at the image: its pixels, and what finding regions takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from chromask.media import to_8bit
from chromask_gui.tools.paint_tool import PaintTool, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from chromask.document.constraints import Mode
    from chromask.media import Image
    from chromask.pixels.raster import Patch
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Pointer

    T = TypeVar("T")


class RegionTool(PaintTool):
    """Paints regions of the source image; what takes long is found beside the window."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._pixels: tuple[object, npt.NDArray[np.uint8]] | None = None

    def source(self) -> Image | None:
        """Give the shown source; None, with a word to the user, without one."""
        document, source = self.session.document, self.session.view.source
        image = document.images.get(source or "") if document is not None else None
        if image is None:
            self.session.notified.emit(
                tr("The source cannot be read, so there is no image to look at")
            )
        return image

    def pixels_of(self, image: Image) -> npt.NDArray[np.uint8]:
        """Give an image in 8 bits, without alpha; a job may ask for it, too."""
        known = self._pixels
        if known is None or known[0] is not image:
            pixels = image.pixels[..., :3] if image.pixels.ndim == 3 else image.pixels
            found = np.ascontiguousarray(to_8bit(replace(image, pixels=pixels)))
            self._pixels = known = (image, found)
        return known[1]

    def pixel_in(self, pointer: Pointer) -> tuple[int, int] | None:
        """Give the image's pixel under the pointer; None outside."""
        image = self.source()
        if image is None:
            return None
        row, col = pointer.pixel
        rows, cols = image.pixels.shape[:2]
        return (row, col) if 0 <= row < rows and 0 <= col < cols else None

    def compute(
        self,
        text: str,
        work: Callable[[], T],
        done: Callable[[T], object],
        *,
        at_once: bool,
    ) -> None:
        """Run ``done(work())``; beside the window unless it takes no time that anybody feels."""
        self.beside.run(text, work, done, at_once=at_once and self._is_cheap())

    def _is_cheap(self) -> bool:
        """Whether `pixels_of` need not turn a whole large image into 8 bits first."""
        image = self.source()
        if image is None or (self._pixels is not None and self._pixels[0] is image):
            return True
        pixels = image.pixels
        is_plain = pixels.dtype == np.uint8 and pixels.shape[2:] in ((), (3,))
        return is_plain or pixels.size <= 1 << 20

    def mode_of(self, pointer: Pointer) -> Mode:
        """Give what the region does: what is held, else what the bar says."""
        if pointer.shift and pointer.alt:
            return "clip"
        if pointer.shift or pointer.alt:
            return "add" if pointer.shift else "subtract"
        return self.session.view.options.mode

    def paint_found(self, patch: Patch, mode: Mode) -> None:
        """Paint a region that was waited for, and end its gesture."""
        size = patch.where.size
        self.end_region(tr("Painting the region"), lambda: patch, mode, size)
