"""What an hour of painting leaves in memory, and what it costs to go on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from chromask.pixels import raster
from roi_scenes import make_document, plane_of
from scenes import CAR, ROAD, roi

if TYPE_CHECKING:
    from chromask.document.edit_state import Step

KEY = "front/seg"
STROKES = 3600
SIDE = 800
BUDGET = 12 << 20


def bytes_of(steps: list[Step]) -> int:
    """Count what arrays hold, each once, a view with all that it keeps alive."""
    kept = [
        tiles for step in steps for tiles in (*step.tiles.values(), *step.here.values())
    ]
    arrays = [tile for tiles in kept for tile in tiles.values()]
    arrays += [whole for step in steps for whole in step.arrays.values()]
    arrays += [
        array
        for step in steps
        for s in step.states.values()
        for array in (s.table, s.pixels)
    ]
    owners = [each.base if each.base is not None else each for each in arrays]
    return sum({id(owner): owner.nbytes for owner in owners}.values())


def test_that_an_hour_of_strokes_stays_within_the_budget() -> None:
    """One stroke a second, from a dab to a wide sweep; the oldest steps go first."""
    mask = np.zeros((SIDE, SIDE, 3), np.uint8)
    mask[: SIDE // 2] = ROAD
    document = make_document([roi(["car"], CAR)], {"seg": plane_of(mask)})
    document.undo_bytes = BUDGET
    rng = np.random.default_rng(0)
    contents = document._contents
    with document.edit("First") as edit:
        entries = [0, 1, edit.entry_for(KEY, CAR)]
        edit.paint(KEY, 0, 0, np.ones((1, 1), np.bool_), entries[2])
    most = 0
    for number in range(STROKES):
        size = float(rng.choice([1, 5, 20, 60]))
        points = np.cumsum(rng.normal(0, 40, (4, 2)), axis=0) + rng.uniform(0, SIDE, 2)
        edit = document.edit(f"Stroke {number}")
        way = [(float(x), float(y)) for x, y in points]
        for start, end in pairwise(way):
            patch = raster.stroke(start, end, size, SIDE, SIDE)
            edit.paint(KEY, *patch, entries[number % 3])
        edit.commit()
        document.make_undo_ready()
        if number % 300 == 299:
            most = max(most, bytes_of(contents.undo))

    assert BUDGET / 2 < most <= BUDGET
    last = document.undo_label
    assert last is not None
    assert last.startswith("Stroke 3")
    assert all(step.bytes == step.size for step in contents.undo)
    now = document.planes[KEY].indices.copy()
    steps = len(document.undo_labels)
    assert 50 < steps < STROKES
    while document.undo_label is not None:
        document.undo()
    while document.redo_label is not None:
        document.redo()
    assert len(document.undo_labels) == steps
    assert np.array_equal(document.planes[KEY].indices, now)
