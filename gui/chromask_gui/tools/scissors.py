"""Intelligent scissors: an outline that clings to the edges of the image between clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.regions import Scissors, enclosed
from chromask_gui.tools.paint_tool import tr
from chromask_gui.tools.region_tool import RegionTool
from chromask_gui.tools.tool import Marks

if TYPE_CHECKING:
    from chromask_gui.session import Session
    from chromask_gui.tools.tool import Point, Pointer
    from chromask_gui.view_state import Mode

CLOSE_PX = 8
"""A click this near to the first point on the screen closes the outline."""

Path = list[tuple[int, int]]


class ScissorsTool(RegionTool):
    """Click along the edge; a click on the first point, a double click or Enter closes."""

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
        self._mode: Mode = "add"
        session.document_opened.connect(self.cancel)

    @property
    def is_busy(self) -> bool:
        return bool(self._points)

    def press(self, pointer: Pointer) -> None:
        pixel, image = self.pixel_in(pointer), self.image()
        if pixel is None or image is None:
            return
        if not self._points:
            self._mode = self.mode_of(pointer)
        elif self._is_at_first(pointer):
            self.finish()
            return
        elif self._from is not None:
            path = self._from.path(*pixel)
            pixel = path[-1]
            self._paths.append(path)
        self._points.append(pixel)
        self._from = Scissors(image, *pixel)
        self._show()

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
        if len(self._points) < 2 or self._from is None:
            return False
        last = self._from.path(*self._points[0])
        outline = [pixel for path in (*self._paths, last) for pixel in path]
        mode = self._mode
        self._forget()
        self.paint_region(tr("Scissors in {}"), enclosed(outline), mode)
        return True

    def step_back(self) -> bool:
        image = self.image()
        if not self._points or image is None:
            return False
        self._points.pop()
        if self._paths:
            self._paths.pop()
        self._from = Scissors(image, *self._points[-1]) if self._points else None
        self._show()
        return True

    def cancel(self) -> bool:
        had = bool(self._points)
        self._forget()
        return super().cancel() or had

    def _is_at_first(self, pointer: Pointer) -> bool:
        row, col = self._points[0]
        away = max(abs(pointer.x - col - 0.5), abs(pointer.y - row - 0.5))
        return len(self._points) > 1 and away * pointer.zoom <= CLOSE_PX

    def _show(self, ahead: Path | None = None) -> None:
        paths = [*self._paths, *([ahead] if ahead else [])]
        lines = tuple(tuple(_centres(path)) for path in paths if len(path) > 1)
        self.marks = Marks(lines, handles=tuple(_centres(self._points)))

    def _forget(self) -> None:
        self._points, self._paths, self._from = [], [], None
        self.marks = Marks()


def _centres(path: Path) -> list[Point]:
    return [(col + 0.5, row + 0.5) for row, col in path]
