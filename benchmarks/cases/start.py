"""From the start of the process to the first painted frame."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.model import Scene, Series


def since_start() -> float:
    """Give the milliseconds since the harness started this process."""
    return (time.time() - float(os.environ["BENCH_STARTED"])) * 1000


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Start as ``chromask FRAME`` does: image and mask."""
    del scene, effort
    from benchmarks.desk import Clock, close_desk, make_desk

    window = make_desk()
    opened: list[float] = []
    window.session.document_opened.connect(lambda: opened.append(1))
    clock = Clock(window.canvas.viewport())

    def work() -> None:
        from PySide6.QtWidgets import QApplication

        window.files.open_paths([folder / "frame.json"])
        while not opened:
            QApplication.processEvents()

    clock.time(work)
    spent = since_start()
    close_desk(window)
    return {"start to painted": [spent]}
