"""The magic wand: pixels of the image that look like the one under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.pixels.image_regions import similar_region
from chromask_gui.tools.outlines import outlines
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.region_tool import RegionTool
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    from chromask.document.constraints import Mode
    from chromask.pixels.raster import Patch
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Point, Pointer

FIRST_TOLERANCE = 16
"""Of 255; photographs of even things differ by about so much."""

PX_A_STEP = 2
"""How far on the screen the pointer goes for one more."""

AT_ONCE_PIXELS = 1 << 18
"""Regions of an image of so many pixels are found at once; larger ones in a job."""


class Found(NamedTuple):
    """The region of a tolerance, and its borders."""

    tolerance: int
    patch: Patch
    lines: tuple[tuple[Point, ...], ...]


class WandTool(RegionTool):
    """Press takes the last tolerance; drag right for more, left for less; release paints.

    While a region is found beside the window, the pointer goes on: the next one is that of the
    last tolerance. A release before it is there opens the gesture, which the region ends.
    """

    id = "wand"
    options = ("connected", "mode", "over")
    hint = QT_TRANSLATE_NOOP(
        "tools", "Press on the image; drag right for more tolerance, left for less."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.tolerance = FIRST_TOLERANCE
        self._start: Pointer | None = None
        self._now = FIRST_TOLERANCE
        self._found: Found | None = None
        self._ends: Mode | None = None

    @property
    def is_busy(self) -> bool:
        return self._start is not None or super().is_busy

    def press(self, pointer: Pointer) -> None:
        if self.must_wait():
            return
        if self.pixel_in(pointer) is None:
            return
        self._start = pointer
        self._now = self.tolerance
        self._look()

    def drag(self, pointer: Pointer) -> None:
        if self._start is None or self._ends is not None:
            return
        steps = (pointer.x - self._start.x) * pointer.zoom / PX_A_STEP
        tolerance = min(max(round(self.tolerance + steps), 0), 255)
        if tolerance != self._now:
            self._now = tolerance
            self._look()

    def release(self, pointer: Pointer) -> None:
        if self._start is None or self._ends is not None:
            return
        self.drag(pointer)
        self.tolerance = self._now
        self._ends = self.mode_of(self._start)
        if self.begin_early(tr("Magic wand in {}")) is None:
            self._forget()
        else:
            self._look()

    def cancel(self) -> bool:
        had = self._start is not None
        self._forget()
        return super().cancel() or had

    def _look(self) -> None:
        """Find the region of the present tolerance; one at a time."""
        image, start = self.source(), self._start
        pixel = self.pixel_in(start) if start is not None else None
        if image is None or pixel is None or self.beside.is_busy:
            return
        if self._found is not None and self._found.tolerance == self._now:
            self._paint(self._found.patch)
            return
        tolerance = self._now
        connected = self.session.view.options.is_connected

        def work() -> Found:
            pixels = self.pixels_of(image)
            patch = similar_region(pixels, *pixel, tolerance, connected=connected)
            return Found(tolerance, patch, tuple(outlines(*patch)))

        is_small = image.pixels.shape[0] * image.pixels.shape[1] <= AT_ONCE_PIXELS
        self.compute(tr("Finding what looks alike"), work, self._show, at_once=is_small)

    def _show(self, found: Found) -> None:
        if self._start is None:
            return
        self._found = found
        self.marks = Marks(found.lines)
        if found.tolerance != self._now:
            self._look()
        else:
            self._paint(found.patch)

    def _paint(self, patch: Patch) -> None:
        """Paint the region that was waited for; none where the gesture was given up."""
        mode = self._ends
        if mode is None:
            return
        self._forget()
        self.paint_found(patch, mode)

    def _forget(self) -> None:
        self.beside.drop()
        self._start = self._found = self._ends = None
        self._now = self.tolerance
        self.marks = Marks()
