"""A folder of frames: listing it, and the next frame of it until it is painted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.model import Scene, Series

LOOK_MS = 1000
"""How long a person looks at a frame before the next one."""

MOST_STEPS = 7


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Walk forward, with a look at each frame, then as fast as it goes."""
    from benchmarks.desk import Clock, close_desk, make_desk, wait_for
    from chromask_gui.app.screenshot import settle

    window = make_desk()
    frames, session = window.files.frames, window.session
    clock = Clock(window.canvas.viewport())

    def step() -> None:
        wait_for(session, lambda: frames.go_to(frames.place + 1))

    start = time.perf_counter()
    clock.time(lambda: wait_for(session, lambda: frames.open(folder / "walk")))
    found: Series = {
        "first frame": [(time.perf_counter() - start) * 1000],
        "next frame after a look": [],
        "next frame at once": [],
    }
    turns = min(scene.frames - 1, MOST_STEPS)
    for turn in range(turns):
        name = "next frame at once"
        if turn <= turns // 2:
            name = "next frame after a look"
            settle(LOOK_MS if effort > 1 else 100)
        found[name].append(clock.time(step))
    close_desk(window)
    return {name: times for name, times in found.items() if times}


def measure_list(folder: Path, scene: Scene, effort: int) -> Series:
    """List a folder of frame documents, without opening one."""
    del scene
    from chromask.dataset.discover import list_frames

    times: list[float] = []
    for _ in range(effort):
        start = time.perf_counter()
        list_frames(folder / "walk")
        times.append((time.perf_counter() - start) * 1000)
    return {"list the folder": times}
