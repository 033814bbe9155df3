"""From the start of the process to the first painted frame."""

from __future__ import annotations

import gc
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.model import Scene, Series
    from chromask_gui.runtime.workers import Workers
    from chromask_gui.window.main_window import MainWindow


def since_start() -> float:
    """Give the milliseconds since the harness started this process."""
    return (time.time() - float(os.environ["BENCH_STARTED"])) * 1000


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Run the program's own ``main`` as ``chromask FRAME`` does: image and mask."""
    del scene, effort
    return _measure(folder, has_plot=False)


def measure_with_plot(folder: Path, scene: Scene, effort: int) -> Series:
    """Do the same where the tab of plots was left open."""
    del scene, effort
    return _measure(folder, has_plot=True)


def _measure(folder: Path, *, has_plot: bool) -> Series:
    from chromask_gui import __main__ as program

    found: Series = {}
    run_window = program.run_window

    def run_and_watch(
        paths: Sequence[Path], workers: Workers, *rest: Sequence[Path]
    ) -> int:
        from chromask_gui.app import application as app

        make_window = app.make_window
        app.make_window = _watched(make_window, done, has_plot=has_plot)
        try:
            return run_window(paths, workers, *rest)
        finally:
            app.make_window = make_window

    def done() -> None:
        found["start to painted"] = [since_start()]

    words = sys.argv
    sys.argv = ["chromask", str(folder / "frame.json")]
    program.run_window = run_and_watch
    try:
        program.main()
    finally:
        sys.argv, program.run_window = words, run_window
        # What start keeps from the garbage collector is nobody's business after it.
        gc.unfreeze()
    return found


def _watched(
    make_window: Callable[..., MainWindow],
    done: Callable[[], object],
    *,
    has_plot: bool,
) -> Callable[..., MainWindow]:
    """Let a window call ``done`` when a frame has been painted, and close then."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from chromask_gui.session.settings import Settings

    class Watch(QObject):
        def __init__(self, window: MainWindow) -> None:
            super().__init__(window)
            self.window = window
            window.canvas.viewport().installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            is_paint = event.type() == QEvent.Type.Paint
            if is_paint and self.window.session.document is not None:
                watched.removeEventFilter(self)
                # The painted frame reaches the screen when this event is over.
                QTimer.singleShot(0, self.end)
            return False

        def end(self) -> None:
            done()
            self.window.close()

    def make_and_watch(_settings: Settings, workers: Workers | None) -> MainWindow:
        window = make_window(Settings.fresh(), workers)
        if has_plot:
            window.side.tabs.setCurrentWidget(window.plots)
        Watch(window)
        return window

    return make_and_watch
