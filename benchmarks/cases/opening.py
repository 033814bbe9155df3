"""Opening a frame in a window that is there, until it is painted."""

from __future__ import annotations

import gc
import math
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import av
import cv2
import numpy as np
from PIL import Image as PilImage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.model import Scene, Series

PilImage.MAX_IMAGE_PIXELS = None
NAME = "open to painted"

LARGE_BYTES = 500_000
"""A file beyond is decoded once by each decoder to find the faster one."""


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Open the frame from its files several times."""
    del scene
    from PySide6.QtWidgets import QApplication

    from benchmarks.desk import Clock, close_desk, make_desk, wait_for

    window = make_desk()
    clock = Clock(window.canvas.viewport())

    def work() -> None:
        wait_for(
            window.session, lambda: window.files.open_paths([folder / "frame.json"])
        )

    times: list[float] = []
    for _ in range(effort):
        times.append(clock.time(work))
        window.session.show(None)
        QApplication.processEvents()
        gc.collect()
    close_desk(window)
    return {NAME: times}


def decode_both(folder: Path, scene: Scene, effort: int) -> Series:
    """Decode image and mask at once on two threads, each by its fastest decoder."""
    del scene
    ways = [fastest(folder / name) for name in ("image.jpg", "mask.png")]
    times: list[float] = []
    with ThreadPoolExecutor(2) as pool:
        for _ in range(effort):
            start = time.perf_counter()
            for job in [pool.submit(way) for way in ways]:
                job.result()
            times.append((time.perf_counter() - start) * 1000)
    return {NAME: times}


def fastest(path: Path) -> Callable[[], object]:
    """Give the fastest of OpenCV, Pillow and, for PNG, PyAV; and warm them up."""

    def opencv() -> object:
        data = np.frombuffer(path.read_bytes(), np.uint8)
        return cv2.imdecode(data, cv2.IMREAD_UNCHANGED)

    def pillow() -> Any:  # noqa: ANN401 - an array of whatever the file holds
        with PilImage.open(path) as picture:
            return np.asarray(picture)

    def pyav() -> object:
        decoder = av.CodecContext.create("png", "r")
        packet = av.Packet(path.read_bytes())
        frame = (decoder.decode(packet) or decoder.decode(None))[0]
        if frame.format.name.startswith("mono"):
            raise ValueError("eight pixels in a byte are not decoded")
        return frame

    def cost(way: Callable[[], object]) -> float:
        start = time.perf_counter()
        try:
            way()
        except ValueError:  # it cannot
            return math.inf
        return time.perf_counter() - start

    tries = 1 if path.stat().st_size > LARGE_BYTES else 2
    ways = (opencv, pillow, *((pyav,) if path.suffix == ".png" else ()))
    return min(ways, key=lambda way: min(cost(way) for _ in range(tries)))
