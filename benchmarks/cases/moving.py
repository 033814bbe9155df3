"""Zooming and panning, each step until it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from benchmarks.desk import Clock, close_desk, open_desk
from benchmarks.waves import STEP, WAY

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.model import Scene, Series


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Zoom in at the middle, pan there and zoom out again."""
    del scene
    window = open_desk(folder / "frame.json")
    canvas, clock = window.canvas, Clock(window.canvas.viewport())
    clock.time(lambda: canvas.zoom_by(STEP))
    found: Series = {
        "zoom in": [clock.time(lambda: canvas.zoom_by(STEP)) for _ in range(effort)],
        "pan": [
            clock.time(
                lambda turn=turn: canvas.box.pan_by(QPointF(*WAY[turn % len(WAY)]))
            )
            for turn in range(effort)
        ],
        "zoom out": [
            clock.time(lambda: canvas.zoom_by(1 / STEP)) for _ in range(effort)
        ],
    }
    close_desk(window)
    return found
