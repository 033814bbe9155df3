"""labelme's side: its own ``main`` with an image; it has no masks to show."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks.cases.memory import memory
from benchmarks.cases.start import since_start
from benchmarks.waves import STEP, WAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.model import Scene, Series


WINDOW = (1600, 1000)
PATIENCE_S = 60


class _Clock:
    """Counts the paints of labelme's canvas and gives milliseconds until the next one."""

    def __init__(self) -> None:
        self.paints = 0

    def time(self, work: Callable[[], object]) -> float:
        """Run something and give the milliseconds until the canvas is painted after it."""
        from PyQt5.QtWidgets import QApplication

        QApplication.processEvents()
        painted = self.paints
        start = time.perf_counter()
        work()
        QApplication.processEvents()
        while self.paints == painted:
            if time.perf_counter() - start > PATIENCE_S:
                raise TimeoutError("labelme painted nothing")
            QApplication.processEvents()
        return (time.perf_counter() - start) * 1000


def _run(image: Path, done: Callable[[_Clock], object]) -> None:
    """Run labelme until its canvas has painted the image, then call ``done`` and end."""
    from labelme import __main__ as labelme_main
    from labelme.widgets.canvas import Canvas
    from PyQt5 import QtCore, QtWidgets

    plain: Any = Canvas.paintEvent
    is_done: list[bool] = []
    clock = _Clock()

    def end() -> None:
        done(clock)
        QtWidgets.QApplication.exit(0)

    def paint(self: Any, event: Any) -> None:  # noqa: ANN401 - Qt's own
        plain(self, event)
        clock.paints += 1
        pixmap = getattr(self, "pixmap", None)
        if pixmap is not None and not pixmap.isNull() and not is_done:
            is_done.append(True)
            # The painted image reaches the screen when this event is over.
            QtCore.QTimer.singleShot(0, end)

    Canvas.paintEvent = paint
    sys.argv = ["labelme", str(image), "--logger-level", "error", "--config", "{}"]
    with contextlib.suppress(SystemExit):
        labelme_main.main()


def start(folder: Path, scene: Scene, effort: int) -> Series:
    """Start with the image."""
    del scene, effort
    found: Series = {}
    _run(
        folder / "image.jpg",
        lambda _: found.update({"start to painted": [since_start()]}),
    )
    return found


def move(folder: Path, scene: Scene, effort: int) -> Series:
    """Zoom in, pan, zoom out."""
    del scene
    found: Series = {}
    _run(folder / "image.jpg", lambda clock: found.update(_move(clock, effort)))
    return found


def _move(clock: _Clock, effort: int) -> Series:
    from PyQt5.QtCore import QPoint
    from PyQt5.QtWidgets import QApplication

    window: Any = next(
        each for each in QApplication.topLevelWidgets() if hasattr(each, "_add_zoom")
    )
    clock.time(lambda: window.resize(*WINDOW))
    clock.time(lambda: window._add_zoom(increment=STEP))

    def pan(turn: int) -> None:
        window._on_pan_request(QPoint(*WAY[turn % len(WAY)]))

    return {
        "zoom in": [
            clock.time(lambda: window._add_zoom(increment=STEP)) for _ in range(effort)
        ],
        "pan": [clock.time(lambda turn=turn: pan(turn)) for turn in range(effort)],
        "zoom out": [
            clock.time(lambda: window._add_zoom(increment=1 / STEP))
            for _ in range(effort)
        ],
    }


def hold(folder: Path, scene: Scene, effort: int) -> Series:
    """Hold the image."""
    del scene, effort
    found: Series = {}
    _run(folder / "image.jpg", lambda _: found.update(memory()))
    return found
