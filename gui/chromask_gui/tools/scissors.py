"""Intelligent scissors: an outline that clings to the edges of the image between clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.pixels.image_regions import REACH, Scissors, enclosed
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.region_tool import RegionTool
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    from chromask.document.constraints import Mode
    from chromask_gui.session.session import Session
    from chromask_gui.tools.tool import Point, Pointer

CLOSE_PX = 8
"""A click this near to the first point on the screen closes the outline."""

AT_ONCE_PIXELS = 1 << 14
"""The paths through so many pixels are found at once; through more beside the window."""

Path = list[tuple[int, int]]


class ScissorsTool(RegionTool):
    """Click along the edge; a click on the first point, a double click or Enter closes.

    The paths from a point are found beside the window; clicks that come before they are there
    wait for them.
    """

    id = "scissors"
    options = ("mode", "over")
    hint = QT_TRANSLATE_NOOP(
        "tools", "Click along an edge of the image. Enter or the first point closes."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._points: Path = []
        self._paths: list[Path] = []
        self._from: Scissors | None = None
        self._waiting: Path = []
        self._is_closing = False
        self._mode: Mode = "add"

    @property
    def is_busy(self) -> bool:
        return bool(self._points) or super().is_busy

    def press(self, pointer: Pointer) -> None:
        pixel = self.pixel_in(pointer)
        if pixel is None:
            return
        if self.must_wait() or self._is_closing:
            return
        if not self._points:
            self._mode = self.mode_of(pointer)
            self._points.append(pixel)
            self._look()
        elif self._is_at_first(pointer):
            self.finish()
        else:
            self._waiting.append(pixel)
            self._go_on()

    def hover(self, pointer: Pointer | None) -> None:
        super().hover(pointer)
        if pointer is None or self._from is None:
            return
        pixel = self.pixel_in(pointer)
        if pixel is not None:
            self._show(self._from.path(*pixel))

    def drag(self, pointer: Pointer) -> None:
        self.hover(pointer)

    def double_click(self, pointer: Pointer) -> None:
        self.finish()

    def finish(self) -> bool:
        if len(self._points) + len(self._waiting) < 2:
            return False
        if not self._is_closing:
            self._is_closing = True
            if self.begin_early(tr("Scissors in {}")) is None:
                self._is_closing = False  # the path waits until a ROI is chosen
        self._go_on()
        return True

    def step_back(self) -> bool:
        if not self._points or self._is_closing:
            return False
        if self._waiting:
            self._waiting.pop()
        else:
            self._points.pop()
            self._paths[-1:] = []
            self._look()
        self._show()
        return True

    def cancel(self) -> bool:
        had = bool(self._points)
        self._forget()
        return super().cancel() or had

    def _look(self) -> None:
        """Find the paths from the last point."""
        self.beside.drop()
        self._from = None
        image = self.source()
        if image is None or not self._points:
            return
        row, col = self._points[-1]

        def work() -> Scissors:
            return Scissors(self.pixels_of(image), row, col)

        rows, cols = (min(2 * REACH + 1, length) for length in image.pixels.shape[:2])
        self.compute(
            tr("Finding edges"),
            work,
            self._start_from,
            at_once=rows * cols <= AT_ONCE_PIXELS,
        )

    def _start_from(self, scissors: Scissors) -> None:
        self._from = scissors
        self._go_on()

    def _go_on(self) -> None:
        """Take the next click that waits; without one, close what is to be closed."""
        if self._from is None:
            self._show()
        elif self._waiting:
            path = self._from.path(*self._waiting.pop(0))
            self._paths.append(path)
            self._points.append(path[-1])
            self._look()
        elif self._is_closing:
            last = self._from.path(*self._points[0])
            outline = [pixel for path in (*self._paths, last) for pixel in path]
            mode = self._mode
            self._forget()
            self.paint_found(enclosed(outline), mode)
        else:
            self._show()

    def _is_at_first(self, pointer: Pointer) -> bool:
        row, col = self._points[0]
        away = max(abs(pointer.x - col - 0.5), abs(pointer.y - row - 0.5))
        return len(self._points) > 1 and away * pointer.zoom <= CLOSE_PX

    def _show(self, ahead: Path | None = None) -> None:
        paths = [*self._paths, *([ahead] if ahead else [])]
        lines = tuple(tuple(_centres(path)) for path in paths if len(path) > 1)
        handles = [*self._points, *self._waiting]
        self.marks = Marks(lines, handles=tuple(_centres(handles)))

    def _forget(self) -> None:
        self.beside.drop()
        self._points, self._paths, self._waiting = [], [], []
        self._from, self._is_closing = None, False
        self.marks = Marks()


def _centres(path: Path) -> list[Point]:
    return [(col + 0.5, row + 0.5) for row, col in path]
