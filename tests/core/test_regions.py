"""Regions of an image, against loops and drawn images with known edges."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromask.pixels import image_regions as regions
from chromask.pixels.image_regions import (
    Scissors,
    cut_out,
    enclosed,
    similar_region,
    superpixels,
)
from refine_models import parts

if TYPE_CHECKING:
    from chromask.pixels.raster import Patch

Array = np.ndarray[Any, Any]


def whole(patch: Patch, shape: tuple[int, int]) -> Array:
    found = np.zeros(shape, np.bool_)
    rows, cols = patch.where.shape
    found[patch.row0 : patch.row0 + rows, patch.col0 : patch.col0 + cols] = patch.where
    return found


@given(
    st.integers(0, 1 << 30),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0, 5, 40, 255]),
)
def test_that_the_wand_takes_what_is_within_the_tolerance(
    seed, connected, is_grey, tolerance
) -> None:
    rng = np.random.default_rng(seed)
    rows, cols = rng.integers(1, 12, 2)
    shape = (rows, cols) if is_grey else (rows, cols, 3)
    pixels = (rng.integers(0, 4, shape) * 20 + rng.integers(0, 8, shape)).astype(
        np.uint8
    )
    row, col = int(rng.integers(rows)), int(rng.integers(cols))
    flat = pixels.reshape(rows, cols, -1).astype(int)
    expected = (np.abs(flat - flat[row, col]) <= tolerance).all(axis=2)
    if connected:
        own = next(p for p in parts(expected, diagonal=False) if (row, col) in p)
        expected = np.zeros((rows, cols), np.bool_)
        expected[tuple(np.array(sorted(own)).T)] = True

    found = similar_region(pixels, row, col, tolerance, connected=connected)

    assert np.array_equal(whole(found, (rows, cols)), expected)


def picture() -> Array:
    """A reddish disc of radius 20 at (50, 70) on a bluish ground, with noise."""
    rng = np.random.default_rng(2)
    pixels = np.empty((100, 140, 3))
    pixels[:] = (40, 60, 150)
    pixels[disc()] = (190, 60, 50)
    return np.clip(pixels + rng.normal(0, 8, pixels.shape), 0, 255).astype(np.uint8)


def disc() -> Array:
    row, col = np.mgrid[:100, :140]
    return (row - 50) ** 2 + (col - 70) ** 2 <= 400


def test_that_grabcut_finds_the_disc_in_a_rough_box() -> None:
    found = whole(cut_out(picture(), (22, 40, 80, 105), lambda: False), (100, 140))

    wrong = np.count_nonzero(found != disc())
    assert wrong < 0.03 * np.count_nonzero(disc())
    again = whole(cut_out(picture(), (22, 40, 80, 105), lambda: False), (100, 140))
    assert np.array_equal(found, again)


@pytest.mark.parametrize(("down", "right"), [(1, 1), (-1, -1), (1, -1), (-1, 1)])
def test_that_an_object_in_a_corner_is_found_by_what_lies_beside_its_box(
    down: int, right: int
) -> None:
    # Nothing but the two inner sides of the box shows the background.
    row, col = np.mgrid[:100, :140]
    where = (row - 84) ** 2 + (col - 124) ** 2 <= 144
    image = np.where(where[..., None], (190, 60, 50), (40, 60, 150))
    noise = np.random.default_rng(2).normal(0, 8, image.shape)
    image = np.clip(image + noise, 0, 255).astype(np.uint8)[::down, ::right].copy()
    row0, col0 = 68 if down > 0 else 0, 108 if right > 0 else 0
    box = (row0, col0, row0 + 32, col0 + 32)

    found = whole(cut_out(image, box, lambda: False), (100, 140))

    wrong = np.count_nonzero(found != where[::down, ::right])
    assert wrong < 0.05 * np.count_nonzero(where)
    assert not cut_out(image, box, lambda: True).where.any()


def test_that_a_large_box_is_cut_on_fewer_pixels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("chromask.pixels.image_regions.CUT_PIXELS", 2500)

    found = whole(cut_out(picture(), (22, 40, 80, 105), lambda: False), (100, 140))

    assert np.count_nonzero(found != disc()) < 0.15 * np.count_nonzero(disc())


@pytest.mark.parametrize(
    "box", [(0, 0, 100, 140), (0, 0, 1, 1), (98, 138, 100, 140), (10, 0, 11, 140)]
)
def test_that_any_box_gives_pixels_inside_it(box: tuple[int, int, int, int]) -> None:
    found = cut_out(picture(), box, lambda: False)

    assert (found.row0, found.col0) == box[:2]
    assert found.where.shape == (box[2] - box[0], box[3] - box[1])
    assert not cut_out(picture(), box, lambda: True).where.any()


@pytest.mark.parametrize("shape", [(100, 140, 3), (33, 7), (1, 1), (5, 90, 3)])
def test_that_every_pixel_is_in_one_superpixel(shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, shape).astype(np.uint8)

    labels = superpixels(pixels, 10)

    assert labels.shape == shape[:2]
    assert labels.min() >= 1


def test_that_superpixels_keep_to_a_strong_edge() -> None:
    labels = superpixels(picture(), 12)

    # By majority each patch is disc or ground; what is on the other side is wrong.
    inside = np.bincount(labels.ravel(), disc().ravel())
    total = np.bincount(labels.ravel())
    assert np.minimum(inside, total - inside).sum() < 0.06 * np.count_nonzero(disc())
    assert len(np.unique(labels)) > 60


def test_that_the_scissors_follow_the_edge() -> None:
    pixels = picture()
    path = Scissors(pixels, 50, 50).path(50, 90)

    assert path[0] == (50, 50)
    assert path[-1] == (50, 90)
    away = [abs(np.hypot(row - 50, col - 70) - 20) for row, col in path]
    assert np.mean(away) < 2


def test_that_an_outline_encloses_its_own_pixels_too() -> None:
    square = [(2, 3), (2, 4), (2, 5), (3, 5), (4, 5), (4, 4), (4, 3), (3, 3)]

    assert (enclosed(square).row0, enclosed(square).col0) == (2, 3)
    assert enclosed(square).where.all()
    assert enclosed(square).where.shape == (3, 3)


def test_that_an_outline_encloses_more_columns_than_rows() -> None:
    corners = [(2, 3), (2, 9), (4, 9), (4, 3)]

    found = whole(enclosed(corners), (8, 12))

    expected = np.zeros((8, 12), np.bool_)
    expected[2:5, 3:10] = True
    assert np.array_equal(found, expected)


def test_that_the_scissors_reach_to_the_edge_of_what_they_see(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("chromask.pixels.image_regions.REACH", 10)

    path = Scissors(picture(), 50, 50).path(-7, 200)
    assert (path[0], path[-1]) == ((50, 50), (40, 60))
    assert {abs(a - c) <= 1 >= abs(b - d) for (a, b), (c, d) in pairwise(path)} == {
        True
    }
    assert Scissors(picture(), 50, 50).path(200, -7)[-1] == (60, 40)
    assert Scissors(picture()[..., 0], 0, 0).path(3, 4)[-1] == (3, 4)


@pytest.mark.parametrize("connected", [True, False])
def test_that_the_wand_reads_an_image_that_nobody_may_write(*, connected: bool) -> None:
    pixels = picture()
    expected = similar_region(pixels, 50, 70, 24, connected=connected)
    pixels.flags.writeable = False

    found = similar_region(pixels, 50, 70, 24, connected=connected)

    assert np.array_equal(whole(found, (100, 140)), whole(expected, (100, 140)))


def flower(edge: int) -> tuple[Array, Array]:
    """Give an object with a wavy border, and a noisy image of it."""
    row, col = np.mgrid[:edge, :edge] - edge / 2
    turn = np.arctan2(row, col)
    reach = edge * 0.25 * (1 + 0.3 * np.sin(5 * turn) + 0.05 * np.sin(40 * turn))
    where = np.hypot(row, col) < reach
    image = np.where(where[..., None], (190.0, 60.0, 50.0), (40.0, 60.0, 150.0))
    image += np.random.default_rng(3).normal(0, 8, image.shape)
    return where, np.clip(image, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("edge", [301, 520])
def test_that_the_border_of_a_large_object_is_true_to_the_pixel(
    monkeypatch: pytest.MonkeyPatch, edge: int
) -> None:
    where, image = flower(edge)
    box = (edge // 10, edge // 10, edge - edge // 10, edge - edge // 10)
    # It learns from every fourth or eighth pixel.
    monkeypatch.setattr(regions, "CUT_PIXELS", 6000)

    patch = cut_out(image, box, lambda: False)

    expected = where[box[0] : box[2], box[1] : box[3]]
    assert np.count_nonzero(patch.where != expected) <= 0.0005 * where.sum()


def test_that_a_border_is_not_looked_for_any_more_when_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, image = flower(301)
    monkeypatch.setattr(regions, "CUT_PIXELS", 6000)
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return len(asked) > regions.CUT_ROUNDS + 2

    cut_out(image, (30, 30, 270, 270), cancelled)

    # Once more at each finer size, and no tile after it.
    assert len(asked) <= regions.CUT_ROUNDS + 2 + 3
