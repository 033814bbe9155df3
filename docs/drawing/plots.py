"""Pictures of the plots: each kind, empty, and with ten thousand things to count."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from chromask_resources import example_frame
from drawing import files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drawing.stage import Shot, Stage

CARS = 6
LABELS, COMPONENTS, VALUES = range(3)
RGB = 1
TALL = (1180, 1400)
"""Has room for all of a tab."""


def every_colour_named(folder: Path) -> Path:
    """A mask of two colours that both have an ROI."""
    pixels = np.full((300, 400, 3), files.ROAD, np.uint8)
    pixels[120:200, 150:260] = files.CAR
    Image.fromarray(pixels).save(folder / "road_seg.png")
    Image.fromarray(pixels // 2 + 60).save(folder / "road.png")
    rois = [
        files.roi([name], value, "seg")
        for name, value in (("car", files.CAR), ("road", files.ROAD))
    ]
    masks = [{"id": "seg", "uri": "road_seg.png"}]
    return files.write_frame(folder / "road.json", masks, rois, "road.png")


def many_values(folder: Path) -> Path:
    """Ten thousand cells in colours of their own, none of which has an ROI."""
    path = files.many_rois(folder)
    frame = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**frame, "rois": []}), encoding="utf-8")
    return path


def many_components(folder: Path) -> Path:
    """Ten thousand cells of one ROI, of 1 to 64 pixels each."""
    side, count = 9, 100
    sizes = np.random.default_rng(3).integers(1, side, (count, count))
    row, col = np.mgrid[: side * count, : side * count]
    size = sizes[row // side, col // side]
    mask = np.where((row % side < size) & (col % side < size), 210, 0)
    Image.fromarray(mask.astype(np.uint8)).save(folder / "cells_mask.png")
    Image.fromarray((mask // 3 + 90).astype(np.uint8)).save(folder / "cells.png")
    masks = [{"id": "cells", "uri": "cells_mask.png"}]
    rois = [files.roi(["nucleus"], [210, 210, 210], "cells")]
    return files.write_frame(folder / "cells.json", masks, rois, "cells.png")


def example(_folder: Path) -> Path:
    """The example of chromask."""
    return example_frame()


def wait(stage: Stage) -> None:
    """Wait until plots can be drawn, and are."""
    window = stage.window
    window.plot_loader.want()
    while not window.plot_loader.is_ready:
        stage.rest(50)
    while window.plots.is_busy:
        stage.rest(20)
    stage.rest(300)


def tab(
    stage: Stage,
    make: Callable[[Path], Path],
    kind: int,
    *selected: int,
    is_end: bool = False,
) -> Shot:
    """Picture the tab of plots, or the end of its bars."""
    stage.window.resize(*TALL)
    stage.open(make(stage.folder))
    stage.session.select(*selected)
    plots = stage.window.plots
    plots.choose_kind(kind)
    stage.window.side.show_panel(plots)
    wait(stage)
    bar = plots.area.verticalScrollBar()
    bar.setValue(bar.maximum() if is_end else 0)
    return stage.part(stage.window.side.tabs)


def histogram(stage: Stage, make: Callable[[Path], Path], channel: int) -> Shot:
    """Picture the bar of brightness with its histogram."""
    stage.open(make(stage.folder))
    stage.act("has_tone_bar")
    plot = stage.window.tone.histogram
    plot.choose_channel(channel)
    if stage.session.view.source in stage.session.document.images:
        wait(stage)
    while plot.is_busy:
        stage.rest(20)
    stage.rest(300)
    return stage.part(stage.window.tone)


PICTURES: dict[str, Callable[[Stage], Shot]] = {
    "plot-labels": partial(tab, make=example, kind=LABELS),
    "plot-components": lambda stage: tab(stage, example, COMPONENTS, CARS),
    "plot-values": partial(tab, make=files.without_rois, kind=VALUES),
    "plot-histogram": partial(histogram, make=example, channel=RGB),
    "plot-labels-many": partial(tab, make=files.many_rois, kind=LABELS, is_end=True),
    "plot-components-many": lambda stage: tab(
        stage, many_components, COMPONENTS, 0, is_end=True
    ),
    "plot-values-many": partial(tab, make=many_values, kind=VALUES, is_end=True),
    "plot-labels-empty": partial(tab, make=files.without_masks, kind=LABELS),
    "plot-components-empty": partial(tab, make=example, kind=COMPONENTS),
    "plot-values-empty": partial(tab, make=every_colour_named, kind=VALUES),
    "plot-histogram-empty": partial(histogram, make=files.without_files, channel=0),
}
