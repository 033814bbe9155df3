"""What an open frame takes after ten strokes: resident memory now and at its highest."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.model import Scene, Series

STROKES, MOVES_A_STROKE = 10, 5
NOW, PEAK = "resident [MB]", "highest [MB]"


def memory() -> Series:
    """Give this process's memory; of other systems than Linux only the highest is known."""
    status = Path("/proc/self/status")
    if status.exists():
        fields = dict(
            line.split(":", 1)
            for line in status.read_text().splitlines()
            if ":" in line
        )
        kilobytes = {
            name: int(fields[key].split()[0])
            for name, key in ((NOW, "VmRSS"), (PEAK, "VmHWM"))
        }
        return {name: [size / 1024] for name, size in kilobytes.items()}
    import resource

    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {PEAK: [size / (1 << 20 if sys.platform == "darwin" else 1024)]}


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Open image and mask and draw ten strokes of radius 30."""
    del effort
    from dataclasses import replace

    from benchmarks.cases.painting import RADIUS_PX, draw
    from benchmarks.desk import Hand, close_desk, open_desk
    from chromask_gui.app.screenshot import settle

    window = open_desk(folder / "frame.json")
    session, hand = window.session, Hand(window)
    options = replace(session.view.options, size=2.0 * RADIUS_PX)
    session.set_view(tool="brush", options=options)
    for stroke in range(STROKES):
        session.select(1 + stroke % 5)
        draw(hand, scene, MOVES_A_STROKE)
    settle(200)
    gc.collect()
    found = memory()
    close_desk(window)
    return found
