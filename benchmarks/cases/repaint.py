"""Recolour, hide, opacity and solo, until the window is painted again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.desk import Clock, close_desk, open_desk, open_plot
from chromask.document.edits import repaint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.model import Scene, Series
    from chromask_gui.window.main_window import MainWindow

STEADY = 3
"""So many first times are not counted: the source is sampled, caches are filled."""


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Change how the masks look, one way at a time."""
    del scene
    return _measure(open_desk(folder / "frame.json"), effort)


def measure_with_plot(folder: Path, scene: Scene, effort: int) -> Series:
    """Do the same beside a plot, whose bars change their colours."""
    del scene
    return _measure(open_plot(open_desk(folder / "frame.json")), effort)


def _measure(window: MainWindow, effort: int) -> Series:
    session, clock = window.session, Clock(window.canvas.viewport())
    session.select(1)
    look = session.view.look

    def recolour(turn: int) -> None:
        document, census = session.document, session.census
        assert document is not None
        value = (200 + turn % 50, 255 - turn % 50, 7)
        session.edit("Repaint", lambda edit: repaint(edit, document, census, 1, value))

    def hide(turn: int) -> None:
        session.set_view(hidden_rois=frozenset({2 + turn % 8}))

    def fade(turn: int) -> None:
        session.set_view(opacity=0.3 + 0.05 * (turn % 10))

    def solo(turn: int) -> None:
        session.set_view(look=replace(look, is_solo=turn % 2 == 0))

    ways: dict[str, Callable[[int], None]] = {
        "recolour": recolour,
        "hide": hide,
        "opacity": fade,
        "solo": solo,
    }
    found: Series = {}
    for name, way in ways.items():
        for turn in range(effort + STEADY):
            spent = clock.time(lambda way=way, turn=turn: way(turn))
            if turn >= STEADY:
                found.setdefault(name, []).append(spent)
    close_desk(window)
    return found
