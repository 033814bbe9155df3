"""The real window, offscreen, with a hand that moves the mouse and a clock for what is painted."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from chromask_gui.app.application import close_window, make_application, make_window
from chromask_gui.app.hand import Hand as CanvasHand
from chromask_gui.app.screenshot import open_and_wait, settle
from chromask_gui.session.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from chromask_gui.session.session import Session
    from chromask_gui.window.main_window import MainWindow

WINDOW = (1600, 1000)
"""Of the whole window, in pixels; the canvas is what the panels leave."""

PATIENCE_S = 60


class Paints(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


class Clock:
    """Gives milliseconds until a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._paints = Paints(widget)

    def time(
        self,
        work: Callable[[], object],
        *,
        must_paint: bool = True,
        is_over: Callable[[], bool] = lambda: True,
    ) -> float:
        """Run something and give the milliseconds until the widget is painted after it.

        Parameters
        ----------
        must_paint
            What need not paint ends with the events that it left.
        is_over
            Whether what goes on beside the window has ended; until then it is waited for, as
            idle as the program's own loop is.
        """
        QApplication.processEvents()
        painted = self._paints.count
        start = time.perf_counter()
        work()
        QApplication.processEvents()
        while must_paint and self._paints.count == painted:
            if time.perf_counter() - start > PATIENCE_S:
                raise TimeoutError("nothing was painted")
            QApplication.processEvents()
        if not is_over():
            while not is_over():
                QApplication.processEvents(
                    QEventLoop.ProcessEventsFlag.WaitForMoreEvents
                )
            QApplication.processEvents()
        return (time.perf_counter() - start) * 1000


class Hand:
    """Moves the mouse over the canvas and waits for the painted viewport."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._hand = CanvasHand(window.canvas)
        self.clock = Clock(window.canvas.viewport())

    def press(self, x: float, y: float) -> float:
        """Press the left button at a point of the image; give the milliseconds to the paint."""
        return self.clock.time(lambda: self._hand.press(x, y))

    def move(self, x: float, y: float) -> float:
        """Move with the button held, likewise."""
        return self.clock.time(lambda: self._hand.move(x, y))

    def release(self, x: float, y: float) -> float:
        """Let go; that may paint nothing."""
        return self.clock.time(lambda: self._hand.release(x, y), must_paint=False)

    def time_edit(self, work: Callable[[], object]) -> float:
        """Make an edit that a job may have to write; give the milliseconds to its paint."""

        def is_over() -> bool:
            return not self._window.session.has_gesture

        return self.clock.time(work, must_paint=False, is_over=is_over)

    def click(self, x: float, y: float) -> None:
        """Press and let go."""
        self._hand.press(x, y)
        self._hand.release(x, y)


def make_desk() -> MainWindow:
    """Open an empty window with settings of its own."""
    make_application("dark")
    window = make_window(Settings.fresh())
    window.resize(*WINDOW)
    window.show()
    QApplication.processEvents()
    return window


def wait_for(session: Session, begin: Callable[[], object]) -> None:
    """Begin to open something and wait until it is open, as idle as the program's own loop.

    Asking for events without a pause would take a core from the decoders.
    """
    loop = QEventLoop()
    opened: list[bool] = []

    def end() -> None:
        opened.append(True)
        loop.quit()

    session.document_opened.connect(end)
    begin()
    # What was ready is open by now.
    if not opened:
        loop.exec()
    session.document_opened.disconnect(end)


def open_desk(path: Path) -> MainWindow:
    """Open a window with a frame and let it come to rest."""
    window = make_desk()
    open_frame(window, path)
    settle(200)
    return window


def open_plot(window: MainWindow) -> MainWindow:
    """Bring the plot of pixels per label to the front and wait until it is there."""
    window.side.show_panel(window.plots)
    while not window.plot_loader.is_ready or window.plots.is_busy:
        settle(20)
    settle(200)
    return window


def open_frame(window: MainWindow, path: Path) -> None:
    """Open a frame in the window; a problem ends the benchmark."""
    problem = open_and_wait(window, path)
    if problem is not None:
        raise RuntimeError(str(problem))


def close_desk(window: MainWindow) -> None:
    """Close the window; what was edited in it is dropped."""
    window.session.show(None)
    window.hide()
    close_window(window)
    QApplication.processEvents()
