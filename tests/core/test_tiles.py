"""Tiles: which are touched, what is counted, and what a frozen plane still shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromask.pixels.components import Piece
from chromask.pixels.rect import Rect
from chromask.pixels.tiles import (
    JOINED_AREA,
    TILE,
    FrozenPlane,
    OldTiles,
    counted,
    pixels_of,
    repainted,
    tile_of,
    tile_rect,
    touched_tiles,
)
from roi_scenes import plane_of
from scenes import CAR, ROAD

if TYPE_CHECKING:
    import numpy.typing as npt

ROWS, COLS = 300, 420


def test_that_the_last_tiles_end_with_the_plane() -> None:
    assert tile_rect((0, 0), ROWS, COLS) == Rect(0, 0, 128, 128)
    assert tile_rect((1, 2), ROWS, COLS) == Rect(128, 256, 256, 384)
    assert tile_rect((2, 3), ROWS, COLS) == Rect(256, 384, ROWS, COLS)


@given(
    st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).map(sorted),
    st.tuples(st.integers(0, COLS - 1), st.integers(0, COLS - 1)).map(sorted),
    st.lists(st.tuples(st.floats(0, 0.999), st.floats(0, 0.999)), max_size=4),
)
def test_that_the_touched_tiles_are_those_of_the_pixels(rows, cols, places) -> None:
    rect = Rect(rows[0], cols[0], rows[1] + 1, cols[1] + 1)
    shape = (rect.row1 - rect.row0, rect.col1 - rect.col0)
    where = np.zeros(shape, np.bool_)
    for down, right in places:
        where[int(down * shape[0]), int(right * shape[1])] = True

    found = list(touched_tiles(rect, where))

    pixels = np.argwhere(where) + np.array((rect.row0, rect.col0))
    assert len(found) == len(set(found))
    assert set(found) == {(int(r) // TILE, int(c) // TILE) for r, c in pixels}


def test_that_a_repaint_counts_what_all_its_pieces_change() -> None:
    mask = np.empty((40, 60, 3), np.uint8)
    mask[:] = ROAD
    mask[:, 30:] = CAR
    plane = plane_of(mask)
    before, counts = plane.indices.copy(), plane.pixels.copy()
    left, right = int(plane.indices[0, 0]), int(plane.indices[0, 59])
    all_of = np.ones((4, 20), np.bool_)
    pieces = [
        # Of its 20 columns 10 are road; of the others 5 lie outside.
        Piece(2, 20, np.full((4, 20), right, np.uint8), all_of),
        Piece(30, 45, np.full((4, 20), left, np.uint8), all_of),
        Piece(90, 0, np.full((4, 20), left, np.uint8), all_of),
    ]

    made = repainted(plane, pieces)

    assert made is not None
    assert made.changed == 4 * 10 + 4 * 15
    assert made.rect == Rect(2, 20, 34, 60)
    expected = before.copy()
    expected[2:6, 20:40] = right
    expected[30:34, 45:] = left
    assert np.array_equal(made.indices, expected)
    assert np.array_equal(made.pixels, np.bincount(expected.ravel(), minlength=2))
    assert np.array_equal(plane.indices, before)
    assert np.array_equal(plane.pixels, counts)
    assert repainted(plane, pieces[2:]) is None
    assert repainted(plane, [Piece(0, 0, before[:4, :20].copy(), all_of)]) is None


def test_that_more_pixels_than_a_float_holds_are_counted() -> None:
    indices = np.zeros((4097, 4099), np.uint8)
    indices[0, :2] = 3

    found = counted(indices, np.ones(indices.shape, np.bool_), 4)

    assert found.tolist() == [4097 * 4099 - 2, 0, 0, 2]


@pytest.mark.parametrize(("first", "end"), [(0, ROWS), (0, 5), (120, 140), (200, ROWS)])
def test_that_a_frozen_plane_shows_what_was_before_any_tile_changed(
    first: int, end: int
) -> None:
    rng = np.random.default_rng(7)
    mask = np.empty((ROWS, COLS, 3), np.uint8)
    mask[:] = np.array([ROAD, CAR])[rng.integers(0, 2, (ROWS, COLS))]
    plane = plane_of(mask)
    before = plane.indices.copy()
    frozen = FrozenPlane(plane.indices, plane.table, plane.pixels, plane.format)
    for place in ((0, 0), (1, 3), (2, 1)):
        frozen.kept[place] = tile_of(plane.indices, place).copy()
        tile_of(plane.indices, place)[...] = 1 - tile_of(plane.indices, place)

    band = frozen.band(first, end)

    assert np.array_equal(band, before[first:end])
    live = plane.indices.copy()
    band[:] = 0
    assert np.array_equal(plane.indices, live)


@given(
    st.lists(
        st.tuples(*[st.integers(0, ROWS - 1), st.integers(0, COLS - 1)] * 2), max_size=4
    )
)
def test_that_what_is_kept_of_tiles_holds_all_that_was_reached(corners) -> None:
    """Putting it back restores the plane, and of each tile no more is kept than was reached."""
    before = np.arange(ROWS * COLS, dtype=np.uint32).reshape(ROWS, COLS)
    now, old = before.copy(), OldTiles()
    reached = np.zeros(before.shape, np.bool_)
    for row, col, other_row, other_col in corners:
        rect = Rect(
            min(row, other_row),
            min(col, other_col),
            max(row, other_row) + 1,
            max(col, other_col) + 1,
        )
        part = pixels_of(now, rect)
        for place in touched_tiles(rect, np.ones(part.shape, np.bool_)):
            if place not in old.tiles:
                old.tiles[place] = tile_of(now, place).copy()
            old.extend(place, rect)
        part[...] = 0
        pixels_of(reached, rect)[...] = True

    kept = old.trimmed(ROWS, COLS)

    reached_area, held = 0, np.zeros(before.shape, np.int64)
    for place in old.tiles:
        near = pixels_of(reached, tile_rect(place, ROWS, COLS))
        height, width = (np.ptp(np.flatnonzero(near.any(axis))) + 1 for axis in (1, 0))
        reached_area += int(height * width)
    for rect, pixels in kept.items():
        assert pixels.shape == (rect.row1 - rect.row0, rect.col1 - rect.col0)
        assert pixels.base is None
        pixels_of(now, rect)[...] = pixels
        pixels_of(held, rect)[...] += 1
    assert np.array_equal(now, before)
    assert held.max(initial=0) <= 1
    # Joining adds a little at most, and the border of what was reached alone is kept.
    assert held.sum() <= JOINED_AREA * reached_area
    assert not held[~near_tiles(old)].any()


def near_tiles(old: OldTiles) -> npt.NDArray[np.bool_]:
    """Give where the tiles lie that are known, (ROWS, COLS)."""
    where = np.zeros((ROWS, COLS), np.bool_)
    for place in old.tiles:
        pixels_of(where, tile_rect(place, ROWS, COLS))[...] = True
    return where


def test_that_thin_pieces_side_by_side_become_one() -> None:
    plane, old = np.zeros((ROWS, COLS), np.uint8), OldTiles()
    reach = {
        (0, 0): Rect(10, 100, 20, 300),
        (0, 1): Rect(10, 100, 20, 300),
        (0, 2): Rect(10, 100, 20, 300),
        # Reached in other rows, whole, whole, and below another.
        (0, 3): Rect(60, 390, 128, COLS),
        (1, 1): Rect(0, 0, ROWS, COLS),
        (1, 2): Rect(0, 0, ROWS, COLS),
        (2, 1): Rect(260, 130, 270, 140),
    }
    for place, rect in reach.items():
        old.tiles[place] = tile_of(plane, place).copy()
        old.extend(place, rect)

    kept = old.trimmed(ROWS, COLS)

    assert set(kept) == {
        Rect(10, 100, 20, 300),
        Rect(60, 390, 128, COLS),
        Rect(128, 128, 256, 256),
        Rect(128, 256, 256, 384),
        Rect(260, 130, 270, 140),
    }
    assert kept[Rect(128, 128, 256, 256)] is old.tiles[1, 1]
