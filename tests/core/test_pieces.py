"""Pieces on a document: put as one step, held back by constraints, undone exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chromask.counts.pixel_counts import take_census
from chromask.document.constraints import Constraints, allowed_pieces
from chromask.errors import EditError
from chromask.pixels.components import (
    Piece,
    bounding_rect,
    connect,
    find_parts,
    parts_in_box,
    parts_of,
)
from chromask.pixels.refine import OPERATIONS, never, roi_target, whole_target
from chromask.pixels.tiles import counted, repainted
from refine_models import parts
from roi_scenes import make_document, plane_of
from scenes import CAR, ROAD, SKY, STRAY, roi, scene_mask

if TYPE_CHECKING:
    from chromask.document.document import Document

KEY = "front/seg"
ROIS = [roi(["car"], CAR), roi(["road"], ROAD), roi(["sky"], SKY)]


def noisy_document(seed: int) -> Document:
    rng = np.random.default_rng(seed)
    mask = scene_mask()
    noise = rng.random(mask.shape[:2]) < 0.1
    values = np.array([CAR, ROAD, SKY, STRAY], np.uint8)
    mask[noise] = values[rng.integers(0, 4, int(noise.sum()))]
    return make_document(ROIS, {"seg": plane_of(mask)})


def pixels(document: Document) -> np.ndarray[Any, Any]:
    plane = document.planes[KEY]
    return plane.table[plane.indices]


STEP = st.tuples(
    st.sampled_from(list(OPERATIONS)),
    st.sampled_from([None, 0, 1, 2]),
    st.integers(1, 6),
)


@given(st.integers(0, 99), st.lists(STEP, min_size=1, max_size=5))
def test_that_refining_is_undone_and_done_again_exactly(seed, steps) -> None:
    document = noisy_document(seed)
    states = [pixels(document)]
    for name, index, amount in steps:
        census = take_census(document.frame, document.planes)
        owners, plane = census.owners[KEY], document.planes[KEY]
        target = (
            whole_target(owners)
            if index is None
            else roi_target(owners, census.rois[index].indices[KEY])
        )
        pieces = OPERATIONS[name].run(plane, target, amount, never)
        expected = plane.indices.copy()
        for piece in pieces:
            rows, cols = piece.where.shape
            part = expected[piece.row0 :, piece.col0 :][:rows, :cols]
            part[piece.where] = piece.indices[piece.where]
        with document.edit(name) as edit:
            edit.put(KEY, pieces)
        plane = document.planes[KEY]

        assert np.array_equal(plane.indices, expected)
        assert np.array_equal(
            plane.pixels, np.bincount(expected.ravel(), minlength=len(plane.table))
        )
        if pieces:
            states.append(pixels(document))

    for state in reversed(states[:-1]):
        document.undo()
        assert np.array_equal(pixels(document), state)
    assert not document.is_edited
    for state in states[1:]:
        document.redo()
        assert np.array_equal(pixels(document), state)


ACT = st.one_of(
    st.tuples(st.just("repaint"), st.integers(0, 99), st.sampled_from([0.02, 0.9])),
    st.tuples(st.just("both"), st.integers(0, 99), st.sampled_from([0.02, 0.9])),
    st.tuples(
        st.sampled_from(["put", "put, block", "block, put", "put twice", "cancel put"]),
        st.integers(0, 99),
        st.sampled_from([0.1, 0.9]),
    ),
    st.tuples(st.sampled_from(["undo", "redo", "cancel"]), st.just(0), st.just(0.0)),
)


def some_pieces(seed: int, much: float, shape: tuple[int, int]) -> list[Piece]:
    """Give two pieces, one of which reaches out of the plane."""
    rng = np.random.default_rng(seed)
    rows, cols = (max(2, int(length * much)) for length in shape)
    return [
        Piece(
            row0,
            col0,
            rng.integers(0, 4, (rows, cols)).astype(np.uint8),
            rng.random((rows, cols)) < 0.7,
        )
        for row0, col0 in ((-1, 3), (shape[0] - rows // 2, shape[1] - cols))
    ]


def put_into(model: np.ndarray[Any, Any], pieces: list[Piece]) -> np.ndarray[Any, Any]:
    after = np.pad(model, 300)
    for piece in pieces:
        rows, cols = piece.where.shape
        part = after[piece.row0 + 300 :, piece.col0 + 300 :][:rows, :cols]
        part[piece.where] = piece.indices[piece.where]
    return after[300:-300, 300:-300]


BLOCK = (slice(40, 70), slice(40, 49))


def repaint_or_put(document: Document, kind: str, pieces: list[Piece]) -> bool:
    """Change pixels by swapping or by putting them; tells whether it was a step."""
    edit = document.edit(kind)
    made = repainted(document.planes[KEY], pieces)
    block = np.ones((30, 9), np.bool_)
    if kind == "block, put":
        edit.paint(KEY, 40, 40, block, 2)
    if "put" in kind:
        edit.put(KEY, pieces)
    elif made is not None:
        edit.repaint(KEY, made)
    if kind in ("both", "put, block"):
        edit.paint(KEY, 40, 40, block, 2)
    if kind == "put twice":
        edit.put(KEY, [fill_of(BLOCK, 2)])
    change = edit.cancel() if "cancel" in kind else edit.commit()
    return "cancel" not in kind and bool(change)


def fill_of(where: tuple[slice, slice], entry: int) -> Piece:
    """Give a piece of one entry, which is nowhere an array in memory."""
    rows, cols = (part.stop - part.start for part in where)
    same = np.broadcast_to(np.uint8(entry), (rows, cols))
    return Piece(where[0].start, where[1].start, same, np.ones((rows, cols), np.bool_))


@settings(max_examples=120)
@given(st.lists(ACT, min_size=1, max_size=7))
def test_that_pixels_that_are_swapped_end_where_painted_ones_do(acts) -> None:
    mask = np.kron(scene_mask(), np.ones((5, 5, 1), np.uint8))
    document = make_document(ROIS, {"seg": plane_of(mask)})
    now = document.planes[KEY].indices.copy()
    done: list[np.ndarray[Any, Any]] = []
    undone: list[np.ndarray[Any, Any]] = []
    frozen: list[tuple[Any, np.ndarray[Any, Any]]] = []
    for kind, seed, much in acts:
        if kind in ("undo", "redo"):
            source, target = (done, undone) if kind == "undo" else (undone, done)
            if source:
                getattr(document, kind)()
                target.append(now)
                now = source.pop()
        else:
            pieces = some_pieces(seed, much, now.shape)
            after = put_into(now, pieces)
            if kind == "block, put":
                before = now.copy()
                before[BLOCK] = 2
                after = put_into(before, pieces)
            elif kind in ("both", "put, block", "put twice"):
                after[BLOCK] = 2
            if repaint_or_put(document, kind, pieces):
                done.append(now)
                undone.clear()
                now = after
        plane = document.planes[KEY]
        counts = np.bincount(now.ravel(), minlength=len(plane.table))
        assert np.array_equal(plane.indices, now)
        assert np.array_equal(plane.pixels, counts)
        assert len(document.undo_labels) == len(done)
        if document.is_edited:
            frozen.append((document.snapshot().planes[KEY], now.copy()))
    # What was to be saved is what it was, whatever was swapped and painted since.
    for plane, then in frozen:
        assert np.array_equal(plane.band(0, plane.rows), then)


def test_that_a_step_keeps_tiles_or_all_pixels_whichever_is_less() -> None:
    mask = np.zeros((512, 512, 3), np.uint8)
    mask[:, 256:] = CAR
    document = make_document(ROIS, {"seg": plane_of(mask)})
    undo = document._contents.undo

    def put(rows: int, value: int) -> int:
        where = np.ones((rows, 512), np.bool_)
        indices = np.full((rows, 512), value, np.uint8)
        made = repainted(document.planes[KEY], [Piece(0, 0, indices, where)])
        assert made is not None
        with document.edit("Repaint") as edit:
            edit.repaint(KEY, made)
        return sum(tile.nbytes for tile in undo[-1].tiles.get(KEY, {}).values())

    assert put(100, 1) == 2 * 128 * 128
    assert not undo[-1].arrays
    assert put(500, 0) == 0
    assert undo[-1].arrays[KEY].nbytes == 512 * 512
    assert undo[-1].size > 512 * 512


def test_that_what_a_job_made_is_refused_after_other_pixels_were_painted() -> None:
    document = make_document(ROIS)
    made = repainted(document.planes[KEY], some_pieces(1, 0.5, (40, 60)))
    assert made is not None
    edit = document.edit("Refine")
    edit.paint(KEY, 0, 0, np.ones((2, 2), np.bool_), 0)

    with pytest.raises(EditError, match="painted while"):
        edit.repaint(KEY, made)
    edit.cancel()


@pytest.mark.parametrize(("row0", "col0"), [(-2, -3), (38, 57), (50, 3), (3, -50)])
def test_that_a_piece_outside_the_plane_is_cut(row0: int, col0: int) -> None:
    document = make_document(ROIS)
    before = document.planes[KEY].indices.copy()
    rng = np.random.default_rng(1)
    indices = rng.integers(0, 4, (6, 7)).astype(np.uint8)
    where = rng.random((6, 7)) < 0.7
    big = np.full((80, 120), 99)
    big[20:60, 30:90] = before
    part = big[20 + row0 : 26 + row0, 30 + col0 : 37 + col0] if col0 > -30 else None
    if part is not None:
        part[where[: part.shape[0], : part.shape[1]]] = indices[where]

    with document.edit("Put") as edit:
        edit.put(KEY, [Piece(row0, col0, indices, where)])

    assert np.array_equal(document.planes[KEY].indices, big[20:60, 30:90])
    document.undo() if document.undo_label else None
    assert np.array_equal(document.planes[KEY].indices, before)


def test_that_a_locked_roi_neither_loses_nor_gets_pixels() -> None:
    document = make_document(ROIS)
    census = take_census(document.frame, document.planes)
    plane = document.planes[KEY]
    (road,) = census.rois[1].indices[KEY].tolist()
    (car,) = census.rois[0].indices[KEY].tolist()
    (sky,) = census.rois[2].indices[KEY].tolist()
    row = np.array([[road, car, sky]], np.uint8)
    pieces = [
        Piece(5, 5, row, np.ones((1, 3), np.bool_)),
        Piece(25, 12, row, np.ones((1, 3), np.bool_)),
    ]

    def kept(constraints: Constraints) -> list[list[bool]]:
        found = allowed_pieces(KEY, plane, census, constraints, pieces)
        return [piece.where[0].tolist() for piece in found]

    assert kept(Constraints()) == [[True] * 3] * 2
    assert kept(Constraints(locked=frozenset({0}))) == [[True, False, True]]
    assert kept(Constraints(locked=frozenset({2}))) == [[True, True, False]]
    assert kept(Constraints(over=0)) == [[True] * 3]


def test_that_a_box_finds_the_parts_that_lie_wholly_in_it() -> None:
    plane = make_document(ROIS).planes[KEY]
    classes = np.arange(len(plane.table))

    whole = parts_in_box(plane.indices, classes, (20, 5, 40, 60))
    cut = parts_in_box(plane.indices, classes, (23, 5, 40, 52))
    nothing = parts_in_box(plane.indices, classes, (50, 70, 60, 80))

    assert [(p.row0, p.col0, p.where.shape, p.pixels) for p in whole] == [
        (22, 10, (6, 10), 60),
        (35, 50, (1, 3), 3),
    ]
    assert not cut
    assert not nothing


@given(st.integers(0, 999), st.sets(st.integers(0, 3)))
def test_that_the_parts_of_some_entries_are_those_of_the_model(seed, entries) -> None:
    rng = np.random.default_rng(seed)
    indices = rng.integers(0, 4, (7, 9)).astype(np.uint8)
    inside = np.isin(np.arange(4), list(entries))

    found = parts_of(indices, inside)

    expected = [
        part
        for part in parts(inside[indices], diagonal=True)
        if inside[indices[min(part)]]
    ]
    places = [
        {
            (int(r) + piece.row0, int(c) + piece.col0)
            for r, c in np.argwhere(piece.where)
        }
        for piece in found
    ]
    assert sorted(map(sorted, places)) == sorted(map(sorted, expected))
    for piece in found:
        rows, cols = piece.where.shape
        part = indices[piece.row0 :, piece.col0 :][:rows, :cols]
        assert np.array_equal(piece.indices, part)


@given(
    st.integers(0, 999),
    st.tuples(*(st.integers(-3, 12) for _ in range(4))),
    st.booleans(),
)
def test_that_the_parts_in_a_box_are_those_of_the_model(seed, box, are_one) -> None:
    rng = np.random.default_rng(seed)
    indices = rng.integers(0, 4, (7, 9)).astype(np.uint8)
    classes = np.array([0, 1, 1, 3]) if are_one else np.arange(4)
    row0, col0, row1, col1 = box

    found = parts_in_box(indices, classes, box)

    expected = [
        sorted(part)
        for part in parts(classes[indices], diagonal=True)
        if all(row0 <= row < row1 and col0 <= col < col1 for row, col in part)
    ]
    places = [
        [
            (int(row) + piece.row0, int(col) + piece.col0)
            for row, col in np.argwhere(piece.where)
        ]
        for piece in found
    ]
    assert sorted(places) == sorted(expected)
    for piece in found:
        rows, cols = piece.where.shape
        part = indices[piece.row0 :, piece.col0 :][:rows, :cols]
        assert np.array_equal(piece.indices, part)


def test_that_groups_and_parts_are_numbered_in_reading_order() -> None:
    first, second = np.array([4, 0, 2]), np.array([2, 1, 5])
    assert connect(6, first, second).tolist() == [0, 0, 1, 2, 1, 1]
    assert connect(3, first[:0], second[:0]).tolist() == [0, 1, 2]

    found = find_parts(
        np.array([[1, 2, 0], [0, 0, 3]], np.uint8),
        np.array([0, 5, 5, 5]),
        diagonal=True,
    )

    # 1 2 and 3 at their corner; the zeros, which touch at a corner, too.
    assert found.count == 2
    assert found.first_entries().tolist() == [1, 0]
    assert found.pixels().tolist() == [3, 3]
    assert found.at_edge().tolist() == [True, True]


def test_that_a_bounding_rectangle_stays_in_the_plane() -> None:
    plane = make_document(ROIS).planes[KEY]
    sky = np.array([plane.value(n) == SKY for n in range(len(plane.table))])

    assert bounding_rect(plane.indices, sky, 3) == (0, 0, 23, 60)
    assert bounding_rect(plane.indices, np.zeros(4, np.bool_)) is None


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("odd", [1, 0.001, 0], ids=["many", "few", "one"])
@pytest.mark.parametrize("share", [0.4, 0], ids=["some", "nowhere"])
def test_that_many_pixels_are_counted_as_they_are(
    dtype: type, odd: float, share: float
) -> None:
    """Numbers all over, nearly one alone, and one alone."""
    rng = np.random.default_rng(3)
    indices = rng.integers(0, 30, (700, 900)).astype(dtype)[3:-5, 7:-11]
    indices[rng.random(indices.shape) >= odd] = 17
    where = rng.random(indices.shape) < share
    expected = np.bincount(indices[where], minlength=40)
    assert (counted(indices, where, 40) == expected).all()
