"""The real window, offscreen, with files of its own and somebody who uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPen, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask_gui.app.application import close_window, make_application, make_window
from chromask_gui.app.hand import Hand
from chromask_gui.app.screenshot import open_and_wait, settle
from chromask_gui.look.theme import sized
from chromask_gui.session.settings import Settings
from chromask_resources import example_frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from chromask_gui.look.theme import Scheme
    from chromask_gui.window.main_window import MainWindow

SIZE = (1180, 740)
TOOL_SIZE = (1320, 620)
"""For pictures of tools, which are cut to the canvas and what stands around it."""

REST_MS = 150
MARGIN_PX = 6
POINTER_PX = 9
FAMILY = "DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Shot:
    """What is to be seen: a part of a window, in its own pixels; with the pointer or without."""

    window: QWidget
    part: QRect
    pointer: QPointF | None = None

    def draw(self) -> QPixmap:
        """Draw it."""
        picture = self.window.grab()
        if self.pointer is not None:
            draw_pointer(picture, self.pointer)
        ratio = picture.devicePixelRatio()
        place = QRectF(
            self.part.x() * ratio,
            self.part.y() * ratio,
            self.part.width() * ratio,
            self.part.height() * ratio,
        )
        return picture.copy(place.toRect())


def application(scheme: Scheme) -> QApplication:
    """Return the program in one font, so that all pictures look alike on every machine."""
    app = make_application(scheme)
    if FAMILY in QFontDatabase.families():
        app.setFont(sized(QFont(FAMILY)))
    return app


def draw_pointer(picture: QPixmap, at: QPointF) -> None:
    """Draw the cross that the desktop shows over the canvas: a grab has no pointer."""
    painter = QPainter(picture)
    for color, width in ((QColor(0, 0, 0), 3.0), (QColor(255, 255, 255), 1.0)):
        painter.setPen(QPen(color, width))
        for x, y in ((POINTER_PX, 0.0), (0.0, POINTER_PX)):
            painter.drawLine(at - QPointF(x, y), at + QPointF(x, y))
    painter.end()


class Stage:
    """A window, a folder for its files, and the hand of its user.

    Parameters
    ----------
    folder
        Empty, for the files that the picture needs.
    size
        Of the window.
    """

    def __init__(self, folder: Path, size: tuple[int, int] = SIZE) -> None:
        # Its name is seen in the pictures.
        self.folder = folder / "street"
        self.folder.mkdir()
        application("light")
        self.settings = Settings.fresh()
        self.window: MainWindow = make_window(self.settings)
        self.window.resize(*size)
        self.window.show()
        self.session = self.window.session
        self.hand = Hand(self.window.canvas)
        self.ends: list[Callable[[], object]] = []

    def dress(self, scheme: Scheme) -> None:
        """Change to another theme, as the settings do it."""
        application(scheme)
        self.rest()

    def close(self) -> None:
        """End it; what was edited is dropped."""
        for end in self.ends:
            end()
        self.session.cancel_gesture()
        self.session.show(None)
        self.window.hide()
        close_window(self.window)
        # Gone before the next one is dressed: Qt would dress what is half deleted.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # -- what the user does

    def rest(self, milliseconds: int = REST_MS) -> None:
        """Let the window come to rest."""
        settle(milliseconds)

    def open(self, path: Path) -> None:
        """Open a file; whatever is wrong with it ends the run."""
        problem = open_and_wait(self.window, path)
        if problem is not None:
            raise SystemExit(f"{path}: {problem}")
        self.rest()

    def open_example(self, *selected: int) -> None:
        """Open the example that comes with chromask, with ROIs chosen."""
        self.open(example_frame())
        self.session.select(*selected)

    def act(self, *names: str) -> None:
        """Run actions, as their keys do."""
        for name in names:
            self.window.actions_by_id[name].trigger()
        self.rest()

    def press(self, *keys: Qt.Key) -> None:
        """Press keys over the canvas."""
        for key in keys:
            QTest.keyClick(self.window.canvas, key)

    def show_part(self, left: float, top: float, right: float, bottom: float) -> None:
        """Zoom so that a part of the image fills the canvas."""
        canvas = self.window.canvas
        wide, high = canvas.viewport().width(), canvas.viewport().height()
        scale = min(wide / (right - left), high / (bottom - top))
        canvas.box.look_at(QPointF((left + right) / 2, (top + bottom) / 2), scale)
        # Zoomed by hand, so that it stays when the window's parts move.
        canvas.zoom_by(1.0)

    # -- what is pictured

    def whole(self, window: QWidget | None = None) -> Shot:
        """Picture a whole window."""
        shown = window or self.window
        return Shot(shown, shown.rect())

    def part(self, *widgets: QWidget, margin: int = 0) -> Shot:
        """Picture what some widgets of the window cover together."""
        area = QRect()
        for widget in widgets:
            place = QRect(widget.mapTo(self.window, QPointF()).toPoint(), widget.size())
            area = area.united(place)
        area = area.adjusted(-margin, -margin, margin, margin)
        return Shot(self.window, area.intersected(self.window.rect()))

    def canvas(self) -> Shot:
        """Picture the canvas with the tools beside it and the bars over it; with the pointer."""
        window = self.window
        area = self.part(window.split.widget(0)).part
        area.setLeft(0)
        at = self.hand.at
        canvas = window.canvas.viewport()
        pointer = None if at is None else canvas.mapTo(window, at)
        return Shot(window, area, pointer)
