"""The magic wand: pixels of the image that look like the one under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.regions import similar_region
from chromask_gui.tools.outlines import most_visible, outlines
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.region_tool import RegionTool
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    from chromask.raster import Patch
    from chromask_gui.session import Session
    from chromask_gui.tools.tool import Pointer

FIRST_TOLERANCE = 16
"""Of 255; photographs of even things differ by about so much."""

PX_A_STEP = 2
"""How far on the screen the pointer goes for one more."""


class WandTool(RegionTool):
    """Press takes the last tolerance; drag right for more, left for less; release paints."""

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
        self._region: Patch | None = None

    @property
    def is_busy(self) -> bool:
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        if self.pixel_in(pointer) is None:
            return
        self._start = pointer
        self._take(self.tolerance)

    def drag(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        steps = (pointer.x - self._start.x) * pointer.zoom / PX_A_STEP
        tolerance = min(max(round(self.tolerance + steps), 0), 255)
        if tolerance != self._now:
            self._take(tolerance)

    def release(self, pointer: Pointer) -> None:
        if self._start is None or self._region is None:
            return
        self.drag(pointer)
        mode, region = self.mode_of(self._start), self._region
        self.tolerance = self._now
        self._forget()
        self.paint_region(tr("Magic wand in {}"), region, mode)

    def cancel(self) -> bool:
        had = self._start is not None
        self._forget()
        return super().cancel() or had

    def _take(self, tolerance: int) -> None:
        image = self.image()
        pixel = self.pixel_in(self._start) if self._start is not None else None
        if image is None or pixel is None:
            return
        self._now = tolerance
        connected = self.session.view.options.is_connected
        self._region = similar_region(image, *pixel, tolerance, connected=connected)
        self.marks = Marks(most_visible(outlines(*self._region)))

    def _forget(self) -> None:
        self._start = self._region = None
        self._now = self.tolerance
        self.marks = Marks()
