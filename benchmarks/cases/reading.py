"""Reading masks: decoding, indices and histogram, beside the bare decoding of the same file."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from benchmarks.cases.opening import fastest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.model import Scene, Series

NAME, EACH = "read a mask", "a mask of the folder"
THREADS = 2


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Read the file into a plane with its table and its counts."""
    del scene
    from chromask.media import load_mask

    path = folder / "mask.png"
    load_mask(path, uri=path.name)
    return {NAME: _repeat(lambda: load_mask(path, uri=path.name), effort)}


def decode(folder: Path, scene: Scene, effort: int) -> Series:
    """Decode the file and nothing else, by the fastest decoder here."""
    del scene
    return {NAME: _repeat(fastest(folder / "mask.png"), effort)}


def measure_folder(folder: Path, scene: Scene, effort: int) -> Series:
    """Read all masks of a folder on two threads; the time of one."""
    from chromask.media import load_mask

    paths = sorted((folder / "walk").glob("*_mask.png"))

    def work() -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            for _ in pool.map(lambda path: load_mask(path, uri=path.name), paths):
                pass

    return {EACH: [t / scene.frames for t in _repeat(work, effort)]}


def decode_folder(folder: Path, scene: Scene, effort: int) -> Series:
    """Decode them on two threads and nothing else; the time of one."""
    ways = [fastest(path) for path in sorted((folder / "walk").glob("*_mask.png"))]

    def work() -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            for job in [pool.submit(way) for way in ways]:
                job.result()

    return {EACH: [t / scene.frames for t in _repeat(work, effort)]}


def _repeat(work: Callable[[], object], effort: int) -> list[float]:
    times: list[float] = []
    for _ in range(effort):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times
