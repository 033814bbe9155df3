"""Tiles: which are touched, what is counted, and what a frozen plane still shows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromask.change import Rect
from chromask.parts import Piece
from chromask.tiles import (
    TILE,
    FrozenPlane,
    OldTiles,
    counted,
    pixels_of,
    place_of,
    repainted,
    tile_of,
    tile_rect,
    touched_tiles,
)
from roi_scenes import plane_of
from scenes import CAR, ROAD

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

    for rect, pixels in kept.items():
        assert pixels.shape == (rect.row1 - rect.row0, rect.col1 - rect.col0)
        assert pixels.base is None
        tile = tile_rect(place_of(rect), ROWS, COLS)
        near = pixels_of(reached, tile)
        rows, cols = (np.flatnonzero(near.any(axis=axis)) for axis in (1, 0))
        assert rect == Rect(
            tile.row0 + int(rows[0]),
            tile.col0 + int(cols[0]),
            tile.row0 + int(rows[-1]) + 1,
            tile.col0 + int(cols[-1]) + 1,
        )
        pixels_of(now, rect)[...] = pixels
    assert np.array_equal(now, before)
