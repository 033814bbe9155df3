"""Saving: how long the window is held, and the PNG beside Pillow's of level 6."""

from __future__ import annotations

import io
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as PilImage

if TYPE_CHECKING:
    from benchmarks.model import Scene, Series

PilImage.MAX_IMAGE_PIXELS = None
TICK_MS = 1
REST_MS = 400
"""After a stroke: the panels follow it when the hand rests, which is no part of saving."""
ENCODE, BYTES = "encode PNG", "PNG [kB]"


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Edit and save beside the window, then encode the mask alone."""
    from benchmarks.cases.painting import draw
    from benchmarks.desk import Hand, close_desk, open_desk
    from chromask_gui.app.screenshot import settle, wait_until_saved

    found: Series = {"main thread held": [], "until saved": [], ENCODE: [], BYTES: []}
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        window = open_desk(Path(copy) / "frame.json")
        session, hand = window.session, Hand(window)
        session.select(1)
        session.set_view(tool="brush")
        for turn in range(effort):
            session.select(1 + turn % 2)
            draw(hand, scene, 5)
            settle(REST_MS)
            beat = _Beat()
            start = time.perf_counter()
            session.save()
            wait_until_saved(session)
            found["until saved"].append((time.perf_counter() - start) * 1000)
            found["main thread held"].append(beat.stop())
        close_desk(window)
        _encode(folder, effort, found)
    return found


class _Beat:
    """Beats every millisecond in the window's thread; a longer gap is the window held."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start(TICK_MS)

    def _on_timer_timeout(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def stop(self) -> float:
        """End it; give the longest gap in milliseconds."""
        self._on_timer_timeout()
        self._timer.stop()
        return max(self._longest * 1000 - TICK_MS, 0.001)


def _encode(folder: Path, effort: int, found: Series) -> None:
    from chromask.media import load_mask
    from chromask.media.png import write_png

    path = folder / "mask.png"
    plane, original = load_mask(path, uri=path.name).plane, path.read_bytes()
    for _ in range(effort):
        start = time.perf_counter()
        data = write_png(plane, original, uri=path.name)
        found[ENCODE].append((time.perf_counter() - start) * 1000)
        found[BYTES].append(len(data) / 1000)


def pillow(folder: Path, scene: Scene, effort: int) -> Series:
    """Write the same pixels with Pillow's level 6, its default."""
    del scene
    found: Series = {ENCODE: [], BYTES: []}
    with PilImage.open(folder / "mask.png") as picture:
        pixels = np.array(picture)
    for _ in range(effort):
        start = time.perf_counter()
        file = io.BytesIO()
        PilImage.fromarray(pixels).save(file, "PNG", compress_level=6)
        found[ENCODE].append((time.perf_counter() - start) * 1000)
        found[BYTES].append(len(file.getvalue()) / 1000)
    return found
