"""Shapes become pixels by one rule: held against slow computations of another kind."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as PilImage
from PIL import ImageDraw

from chromask.pixels import raster

ROWS, COLS = 23, 31
# Eighths of a pixel are exact in binary, and near to edges often enough.
coordinates = st.integers(-12 * 8, 44 * 8).map(lambda eighth: eighth / 8)
points = st.tuples(coordinates, coordinates)


def whole(patch: raster.Patch) -> np.ndarray:
    """Give the patch as an array of the image's size, and prove that it lies inside."""
    row0, col0, where = patch
    assert where.dtype == np.bool_
    found = np.zeros((ROWS, COLS), bool)
    assert row0 >= 0
    assert col0 >= 0
    assert row0 + where.shape[0] <= ROWS
    assert col0 + where.shape[1] <= COLS
    found[row0 : row0 + where.shape[0], col0 : col0 + where.shape[1]] = where
    return found


def way_off(x: float, y: float, start: tuple[float, float], end: tuple[float, float]):
    """Give the distance of a point from a line from start to end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    t = ((x - start[0]) * dx + (y - start[1]) * dy) / square if square else 0.0
    t = min(max(t, 0.0), 1.0)
    return hypot(x - start[0] - t * dx, y - start[1] - t * dy)


@settings(max_examples=30)
@given(points, points, st.floats(2, 30))
def test_that_a_round_stroke_has_the_centres_within_its_radius(
    start: tuple[float, float], end: tuple[float, float], size: float
) -> None:
    found = whole(raster.stroke(start, end, size, ROWS, COLS))
    for row in range(ROWS):
        for col in range(COLS):
            off = way_off(col + 0.5, row + 0.5, start, end)
            if abs(off - size / 2) > 1e-6:
                assert found[row, col] == (off < size / 2), (row, col, off)


@settings(max_examples=30)
@given(points, points, st.integers(16, 200).map(lambda eighth: eighth / 8))
def test_that_a_square_stroke_has_the_centres_that_the_square_passes(
    start: tuple[float, float], end: tuple[float, float], size: float
) -> None:
    found = whole(raster.stroke(start, end, size, ROWS, COLS, is_square=True))
    half = Fraction(size) / 2
    (x0, y0), (x1, y1) = ([Fraction(n) for n in point] for point in (start, end))
    for row in range(ROWS):
        for col in range(COLS):
            # The times at which the square's inside lies over the centre, in each axis.
            first, last = Fraction(0), Fraction(1)
            is_edge = False
            for centre, begin, way in (
                (Fraction(2 * col + 1, 2), x0, x1 - x0),
                (Fraction(2 * row + 1, 2), y0, y1 - y0),
            ):
                off = centre - begin
                if way == 0:
                    is_edge |= abs(off) == half
                    first = first if abs(off) < half else Fraction(2)
                else:
                    ends = sorted(((off - half) / way, (off + half) / way))
                    first, last = max(first, ends[0]), min(last, ends[1])
            if first != last and not is_edge:
                assert found[row, col] == (first < last), (row, col)


@pytest.mark.parametrize("size", [0.5, 1.0, 1.9])
@pytest.mark.parametrize("is_square", [False, True])
def test_that_a_thin_stroke_has_no_gaps(size: float, is_square: bool) -> None:
    patch = raster.stroke(
        (1.2, 2.9), (28.7, 17.1), size, ROWS, COLS, is_square=is_square
    )
    found = whole(patch)
    assert found[2, 1]
    assert found[17, 28]
    # Every column between has a pixel that touches one of the column before.
    rows = [np.flatnonzero(found[:, col]) for col in range(1, 29)]
    for before, after in pairwise(rows):
        assert min(abs(int(a) - int(b)) for a in before for b in after) <= 1


@pytest.mark.parametrize("size", [0.5, 1.0, 1.3])
def test_that_a_small_brush_paints_the_pixel_under_the_pointer(size: float) -> None:
    found = whole(raster.stroke((4.99, 7.01), (4.99, 7.01), size, ROWS, COLS))
    assert np.argwhere(found).tolist() == [[7, 4]]


@pytest.mark.parametrize("size", [0.5, 1.0, 1.9])
def test_that_a_small_brush_on_a_centre_paints_that_pixel_alone(size: float) -> None:
    found = whole(raster.stroke((4.5, 7.5), (4.5, 7.5), size, ROWS, COLS))
    assert np.argwhere(found).tolist() == [[7, 4]]


@pytest.mark.parametrize("corners", [0, 1, 2])
def test_that_fewer_than_three_corners_are_no_polygon(corners: int) -> None:
    ring = [(2.0, 2.0), (20.0, 12.0)][:corners]
    assert not whole(raster.polygon(ring, ROWS, COLS)).any()


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({}, [[3, 4], [3, 5]]),
        ({"neighbours": 8}, [[2, 6], [3, 4], [3, 5]]),
        ({"is_connected": False}, [[2, 6], [3, 4], [3, 5], [9, 20]]),
    ],
    ids=["edges", "corners", "everywhere"],
)
def test_that_a_region_has_the_same_number_everywhere(
    options: dict[str, object], wanted: list[list[int]]
) -> None:
    indices = np.zeros((ROWS, COLS), np.uint16)
    indices[3, 4:6] = indices[2, 6] = indices[9, 20] = 700
    found = whole(raster.region(indices, 3, 5, **options))
    assert np.argwhere(found).tolist() == wanted


def connected(indices: np.ndarray, row: int, col: int, neighbours: int) -> set:
    """Go from pixel to pixel, as long as the number is the same."""
    steps = [(0, 1), (1, 0), (0, -1), (-1, 0)]
    if neighbours == 8:
        steps += [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    found, new = {(row, col)}, [(row, col)]
    while new:
        y, x = new.pop()
        for dy, dx in steps:
            near = y + dy, x + dx
            is_inside = 0 <= near[0] < len(indices) and 0 <= near[1] < indices.shape[1]
            is_new = is_inside and near not in found
            if is_new and indices[near] == indices[row, col]:
                found.add(near)
                new.append(near)
    return found


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.uint32])
@given(
    st.integers(0, 9999),
    st.integers(0, 20),
    st.integers(0, 26),
    st.sampled_from([4, 8]),
)
def test_that_a_region_is_followed_wherever_it_winds(
    kind: type, seed: int, row: int, col: int, neighbours: int
) -> None:
    """Mazes, seen through a window of a few pixels that grows with what is found."""
    rng = np.random.default_rng(seed)
    indices = (rng.random((21, 27)) < rng.choice([0.3, 0.5])).astype(kind)
    indices[::2] *= rng.random((11, 27)) < 0.7
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raster, "NEAR_PX", 2)
        found = raster.region(indices, row, col, neighbours=neighbours)
    where = np.argwhere(found.where) + np.array([found.row0, found.col0])
    assert {(y, x) for y, x in where.tolist()} == connected(
        indices, row, col, neighbours
    )
    rows, cols = found.where.any(axis=1), found.where.any(axis=0)
    assert rows[[0, -1]].all()
    assert cols[[0, -1]].all()


@pytest.mark.parametrize("side", [2, 3, 6])
def test_that_a_square_brush_is_as_many_pixels_wide_as_its_size(side: int) -> None:
    for x in (10.0, 10.25, 10.5):
        found = whole(raster.stroke((x, x), (x, x), side, ROWS, COLS, is_square=True))
        assert found.sum() == side * side


def test_that_a_disc_is_the_same_from_all_four_sides() -> None:
    found = whole(raster.stroke((11.5, 11.5), (11.5, 11.5), 9, ROWS, COLS))[:, :23]
    for turned in (found[::-1], found[:, ::-1], found.T):
        assert (turned == found).all()


def crossings(x: Fraction, y: Fraction, ring: list[tuple[float, float]]) -> int:
    """Count the edges of a polygon to the left of a point or through it, half open."""
    count = 0
    exact = [(Fraction(px), Fraction(py)) for px, py in ring]
    for ends in pairwise([*exact, exact[0]]):
        (ax, ay), (bx, by) = sorted(ends, key=lambda point: point[1])
        if ay <= y < by and ax + (y - ay) * (bx - ax) / (by - ay) <= x:
            count += 1
    return count


@settings(max_examples=30)
@given(st.lists(points, min_size=3, max_size=7))
def test_that_a_polygon_has_the_centres_inside_by_even_and_odd(
    ring: list[tuple[float, float]],
) -> None:
    found = whole(raster.polygon(ring, ROWS, COLS))
    for row in range(ROWS):
        for col in range(COLS):
            inside = crossings(Fraction(2 * col + 1, 2), Fraction(2 * row + 1, 2), ring)
            assert found[row, col] == inside % 2, (row, col)


@given(points, points)
def test_that_a_box_is_the_polygon_of_its_corners(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    ring = [one, (other[0], one[1]), other, (one[0], other[1])]
    expected = whole(raster.polygon(ring, ROWS, COLS))
    assert (whole(raster.box(one, other, ROWS, COLS)) == expected).all()


@given(points, points)
def test_that_an_ellipse_has_the_centres_inside(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    found = whole(raster.ellipse(one, other, ROWS, COLS))
    a, b = abs(one[0] - other[0]) / 2, abs(one[1] - other[1]) / 2
    if not a or not b:
        assert not found.any()
        return
    y, x = np.mgrid[:ROWS, :COLS] + 0.5
    inside = ((x - (one[0] + other[0]) / 2) / a) ** 2
    inside += ((y - (one[1] + other[1]) / 2) / b) ** 2
    sure = np.abs(inside - 1) > 1e-6
    assert (found == (inside < 1))[sure].all()


def test_that_a_polygon_agrees_with_pillow_away_from_its_edges() -> None:
    ring = [(2.3, 3.1), (27.6, 1.2), (20.2, 20.4), (9.1, 12.7)]
    drawn = PilImage.new("1", (COLS * 8, ROWS * 8))
    ImageDraw.Draw(drawn).polygon([(x * 8, y * 8) for x, y in ring], fill=1)
    share = np.array(drawn).reshape(ROWS, 8, COLS, 8).mean(axis=(1, 3))
    found = whole(raster.polygon(ring, ROWS, COLS))
    assert found[share == 1].all()
    assert not found[share == 0].any()
    assert 0 < (share > 0).sum() < ROWS * COLS


@pytest.mark.parametrize("at", [(-50.0, 4.0), (4.0, -50.0), (99.0, 4.0), (4.0, 99.0)])
def test_that_what_lies_outside_the_image_is_empty(at: tuple[float, float]) -> None:
    near = (at[0] + 5, at[1] + 7)
    for patch in (
        raster.stroke(at, near, 6, ROWS, COLS),
        raster.stroke(at, near, 6, ROWS, COLS, is_square=True),
        raster.stroke(at, near, 0.5, ROWS, COLS),
        raster.polygon([at, near, (at[0], near[1])], ROWS, COLS),
        raster.box(at, near, ROWS, COLS),
        raster.ellipse(at, near, ROWS, COLS),
    ):
        assert not whole(patch).any()
