"""Brush, fill, undo and redo, from the event to the painted viewport."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.desk import Hand, close_desk, open_desk, open_plot
from benchmarks.waves import way_of
from chromask_gui.app.screenshot import settle

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.model import Scene, Series
    from chromask_gui.window.main_window import MainWindow

RADIUS_PX = 30
"""Of the brush, in pixels of the image."""

RADII_PX = {
    5: "brush move, radius 5",
    200: "brush move, radius 200",
    RADIUS_PX: "brush move",
}
"""The stroke that is taken back is the last one."""

MOVES = 120
"""As many at every size: a move is as long on the screen, and so is what it repaints."""


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Draw a stroke over the fitted image, take it back, and fill the largest region."""
    return _measure(open_desk(folder / "frame.json"), scene, effort)


def measure_with_plot(folder: Path, scene: Scene, effort: int) -> Series:
    """Do the same beside a plot of the pixels that are painted."""
    return _measure(open_plot(open_desk(folder / "frame.json")), scene, effort)


def _measure(window: MainWindow, scene: Scene, effort: int) -> Series:
    hand, session = Hand(window), window.session
    session.select(1)
    found: Series = {}
    for radius, name in RADII_PX.items():
        options = replace(session.view.options, size=2.0 * radius)
        session.set_view(tool="brush", options=options)
        settle(50)
        gc.collect()
        found[name] = draw(hand, scene, MOVES)
        if radius != RADIUS_PX:
            session.undo()  # so that each stroke has something to paint
    settle(100)
    found |= {"undo a stroke": [], "redo a stroke": []}
    for _ in range(effort):
        found["undo a stroke"].append(hand.clock.time(session.undo))
        found["redo a stroke"].append(hand.clock.time(session.redo))
    session.undo()
    # As often as the peer: memory is fresh from the system at the first one alone.
    found["fill"] = _fill(window, hand, scene, max(effort // 4, 2))
    found["polygon"] = _polygon(window, hand, scene, max(effort // 4, 1))
    close_desk(window)
    return found


def draw(hand: Hand, scene: Scene, moves: int) -> list[float]:
    """Draw one stroke; give the milliseconds of each move."""
    way = way_of(scene, moves)
    hand.press(*way[0])
    times = [hand.move(*point) for point in way[1:]]
    hand.release(*way[-1])
    return times


def _fill(window: MainWindow, hand: Hand, scene: Scene, turns: int) -> list[float]:
    session = window.session
    session.set_view(tool="fill")
    at = scene.cols / 2 + 0.5, scene.rows / 2 + 0.5
    times: list[float] = []
    for _ in range(turns):
        settle(50)
        times.append(hand.time_edit(lambda: hand.click(*at)))
        hand.clock.time(session.undo)
    return times


def _polygon(window: MainWindow, hand: Hand, scene: Scene, turns: int) -> list[float]:
    """Paint a polygon of 24 corners; milliseconds from its end to the painted window."""
    session, canvas = window.session, window.canvas
    session.set_view(tool="polygon")
    times: list[float] = []
    for _ in range(turns):
        settle(50)
        for x, y in way_of(scene, 24):
            hand.press(x, y)
            hand.release(x, y)
        times.append(hand.time_edit(canvas.tool.finish))
        hand.clock.time(session.undo)
    return times
