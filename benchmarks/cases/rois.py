"""The ROI table: typing a label, scrolling, filtering, selecting; each until it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.desk import Clock, close_desk, open_desk
from chromask_gui.panels.rois.row import Column

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.model import Scene, Series


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Work in the table as a person does."""
    window = open_desk(folder / "frame.json")
    panel = window.rois
    table, model = panel.table, panel.model
    clock = Clock(table.viewport())
    found: Series = {"edit": [], "scroll": [], "filter": [], "select": []}
    bar = table.verticalScrollBar()
    for turn in range(effort):
        # A row that is seen: another one would paint nothing.
        row = table.rowAt(0) + 1 + turn % 3
        cell = model.index(row, Column.LABELS)
        name = f"named {turn}"
        found["edit"].append(
            clock.time(lambda cell=cell, name=name: model.setData(cell, name))
        )
        found["select"].append(clock.time(lambda row=row: table.selectRow(row)))
        if bar.maximum():
            place = (turn + 1) * bar.maximum() // (effort + 1)
            found["scroll"].append(clock.time(lambda place=place: bar.setValue(place)))
        words = f"class {turn % min(scene.rois, 10)}"
        found["filter"].append(
            clock.time(lambda words=words: panel.filter.setText(words))
        )
        clock.time(panel.filter.clear)
    close_desk(window)
    return {name: times for name, times in found.items() if times}
