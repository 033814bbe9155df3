"""Refining against a model that is written in loops, and by hand on small masks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import refine_models as model
from chromask.pixels import refine
from chromask.pixels.plane import MaskFormat, Plane
from chromask.pixels.refine import OPERATIONS, roi_target, whole_target

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chromask.pixels.components import Piece
    from chromask.pixels.refine import Target

Array = np.ndarray[Any, Any]
RGB = MaskFormat("PNG", "RGB", 8, 3, 255)
TABLE = np.array(
    [[0, 0, 0], [200, 0, 0], [0, 200, 0], [120, 10, 0], [100, 100, 0]], np.uint8
)


def plane_of(indices: Array, kind: type = np.uint8) -> Plane:
    counts = np.bincount(indices.ravel(), minlength=len(TABLE))
    return Plane(indices.astype(kind), TABLE, counts, RGB)


def picture(text: str) -> Array:
    """Turn lines of digits into entries."""
    return np.array([[int(digit) for digit in line] for line in text.split()])


def put(indices: Array, pieces: Iterable[Piece]) -> Array:
    result = indices.copy()
    for piece in pieces:
        rows, cols = piece.where.shape
        part = result[piece.row0 : piece.row0 + rows, piece.col0 : piece.col0 + cols]
        assert piece.where.shape == part.shape
        assert piece.where.any()
        part[piece.where] = piece.indices[piece.where]
    return result


def refined(name: str, indices: Array, target: Target, amount: int = 0) -> Array:
    return put(indices, OPERATIONS[name].run(plane_of(indices), target, amount, never))


def never() -> bool:
    return False


@pytest.fixture(autouse=True)
def _small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chromask.pixels.neighbourhood.TILE", 5)
    monkeypatch.setattr("chromask.pixels.components.BAND_ROWS", 3)
    monkeypatch.setattr("chromask.pixels.components.BAND_PIXELS", 20)


@st.composite
def masks(draw: st.DrawFn) -> Array:
    rows, cols = draw(st.integers(1, 9)), draw(st.integers(1, 11))
    # Few blocks and some noise: parts, holes and seams of many sizes.
    rng = np.random.default_rng(draw(st.integers(0, 1 << 32)))
    block = draw(st.integers(1, 4))
    base = rng.integers(0, len(TABLE), (rows // block + 1, cols // block + 1))
    indices = np.kron(base, np.ones((block, block), int))[:rows, :cols]
    noise = rng.random(indices.shape) < draw(st.sampled_from([0.0, 0.1, 0.4]))
    return np.where(noise, rng.integers(0, len(TABLE), indices.shape), indices)


OWNERS = st.lists(st.integers(-2, 2), min_size=len(TABLE), max_size=len(TABLE)).map(
    lambda owners: np.array(owners, np.int32)
)
ENTRIES = st.sets(st.integers(0, len(TABLE) - 1), min_size=1).map(
    lambda found: np.array(sorted(found), np.intp)
)
AMOUNT = st.integers(1, 4)


@st.composite
def targets(draw: st.DrawFn) -> Target:
    owners = draw(OWNERS)
    if draw(st.booleans()):
        return whole_target(owners)
    return roi_target(owners, draw(ENTRIES))


@given(masks(), targets(), AMOUNT)
def test_that_grow_takes_what_is_near(indices, target, amount) -> None:
    inside = target.claimed if target.is_whole else target.inside

    assert np.array_equal(
        refined("grow", indices, target, amount), model.spread(indices, inside, amount)
    )


@given(masks(), targets(), AMOUNT)
def test_that_shrink_gives_away_what_is_near_its_border(
    indices, target, amount
) -> None:
    inside = target.claimed if target.is_whole else target.inside

    assert np.array_equal(
        refined("shrink", indices, target, amount),
        model.spread(indices, ~inside, amount),
    )


@given(masks(), targets(), AMOUNT)
def test_that_smooth_takes_the_majority_around(indices, target, amount) -> None:
    expected = model.smooth(indices, target.inside, amount, whole=target.is_whole)

    assert np.array_equal(refined("smooth", indices, target, amount), expected)


@given(masks(), targets(), st.integers(1, 12))
def test_that_islands_go_to_the_longest_border(indices, target, amount) -> None:
    expected = model.islands(indices, target.inside, target.classes, amount)

    assert np.array_equal(refined("islands", indices, target, amount), expected)


@given(masks(), targets())
def test_that_the_largest_part_alone_stays(indices, target) -> None:
    kept = target.claimed if target.is_whole else target.inside
    expected = model.largest(indices, kept, target.classes)

    assert np.array_equal(refined("largest", indices, target), expected)


@given(masks(), targets(), st.integers(1, 12))
def test_that_holes_are_filled_up_to_their_size(indices, target, amount) -> None:
    expected = model.holes(indices, target.classes, amount, whole=target.is_whole)

    assert np.array_equal(refined("holes", indices, target, amount), expected)


@given(masks(), targets(), AMOUNT)
def test_that_gaps_between_two_classes_are_closed(indices, target, amount) -> None:
    expected = model.gaps(indices, target.claimed, target.classes, amount)

    assert np.array_equal(refined("gaps", indices, target, amount), expected)


@given(masks(), targets(), AMOUNT, st.sampled_from([np.uint8, np.uint16, np.uint32]))
def test_that_soft_pixels_take_the_nearest_colour_beside_them(
    indices, target, amount, kind
) -> None:
    pieces = refine.snap_edges(plane_of(indices, kind), target, amount)
    expected = model.snap(
        indices,
        TABLE.astype(int),
        target.claimed,
        amount,
        lambda entry: target.is_whole or bool(target.inside[entry]),
    )

    assert np.array_equal(put(indices, pieces), expected)


def test_that_a_targets_entries_are_claimed_and_of_one_class() -> None:
    owners = np.array([-1, -1, 4, 7, 4], np.int32)

    of_roi = roi_target(owners, np.array([1, 3]))
    whole = whole_target(owners)

    assert of_roi.inside.tolist() == [False, True, False, True, False]
    assert of_roi.classes.tolist() == [0, 1, 0, 1, 0]
    assert of_roi.claimed.tolist() == [False, True, True, True, True]
    assert of_roi.within is of_roi.inside
    assert whole.inside.all()
    # Of a ROI all entries have one class, and no unclaimed entry has another's.
    assert whole.classes[2] == whole.classes[4]
    assert len({*whole.classes.tolist()}) == 4
    assert whole.claimed.tolist() == [False, False, True, True, True]
    assert whole.within is None


CLAIMED = np.array([-1, 0, 1, -1, -1], np.int32)
"""Entries 1 and 2 are ROIs, the others nobody's."""


def test_that_an_antialiased_edge_becomes_sharp_and_an_unclaimed_object_stays() -> None:
    soft = picture("""
        11133222
        11143222
        11133222
        44444444
        44444444
        44444444
        44444444""")

    sharp = picture("""
        11111222
        11111222
        11111222
        44444444
        44444444
        44444444
        44444444""")
    found = refined("snap", soft, whole_target(CLAIMED), 2)
    assert np.array_equal(found[:3], sharp[:3])
    assert np.array_equal(found[3:], sharp[3:])


def test_that_a_seam_is_closed_and_a_broad_gap_is_not() -> None:
    seam = picture("1110222 1110222 1100022 1100022 1000002")

    assert np.array_equal(
        refined("gaps", seam, whole_target(CLAIMED), 1)[:1], picture("1111222")
    )
    assert refined("gaps", seam, whole_target(CLAIMED), 1)[4, 3] == 0


def test_that_a_ring_of_islands_goes_to_what_is_large() -> None:
    mask = picture("""
        1111111
        1133111
        1342311
        1133111
        1111111""")

    assert (refined("islands", mask, whole_target(CLAIMED), 7) == 1).all()


def test_that_a_mask_of_islands_alone_stays() -> None:
    mask = picture("12 34")

    assert np.array_equal(refined("islands", mask, whole_target(CLAIMED), 99), mask)


@pytest.mark.parametrize("name", OPERATIONS)
def test_that_a_roi_without_pixels_changes_nothing(name: str) -> None:
    mask = np.zeros((6, 7), int)
    target = roi_target(CLAIMED, np.array([1]))

    assert np.array_equal(refined(name, mask, target, 3), mask)


@pytest.mark.parametrize("name", OPERATIONS)
def test_that_a_cancelled_operation_changes_nothing(name: str) -> None:
    rng = np.random.default_rng(3)
    mask = rng.integers(0, len(TABLE), (9, 9))

    for target in (whole_target(CLAIMED), roi_target(CLAIMED, np.array([1]))):
        run = OPERATIONS[name].run
        assert run(plane_of(mask), target, 3, lambda: True) == []
        assert not np.array_equal(
            put(mask, run(plane_of(mask), target, 3, never)), mask
        ) or (name in ("gaps", "largest", "holes"))
