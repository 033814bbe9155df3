"""labelme's side: its own ``main`` with an image; it has no masks to show."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from benchmarks.cases.memory import memory
from benchmarks.cases.start import since_start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.model import Scene, Series


def _run(image: Path, done: Callable[[], object]) -> None:
    """Run labelme until its canvas has painted the image, then call ``done`` and end."""
    from labelme import __main__ as labelme_main
    from labelme.widgets.canvas import Canvas
    from PyQt5 import QtCore, QtWidgets

    plain: Any = Canvas.paintEvent
    is_done: list[bool] = []

    def end() -> None:
        done()
        QtWidgets.QApplication.exit(0)

    def paint(self: Any, event: Any) -> None:  # noqa: ANN401 - Qt's own
        plain(self, event)
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
        lambda: found.update({"start to painted": [since_start()]}),
    )
    return found


def hold(folder: Path, scene: Scene, effort: int) -> Series:
    """Hold the image."""
    del scene, effort
    found: Series = {}
    _run(folder / "image.jpg", lambda: found.update(memory()))
    return found
