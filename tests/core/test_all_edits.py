"""Painting, refining and parts in any order, under constraints, against plain arrays of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import refine_models as model
from chromask.counts.pixel_counts import NOBODY, take_census
from chromask.document.component_edits import recolored
from chromask.document.constraints import Constraints, allowed_pieces
from chromask.document.painting import Painter, find_target
from chromask.pixels import raster
from chromask.pixels.components import part_at
from chromask.pixels.refine import OPERATIONS, never, roi_target, whole_target
from chromask.pixels.tiles import repainted
from roi_scenes import make_document, plane_of
from scenes import CAR, ROAD, SKY, STRAY, roi

if TYPE_CHECKING:
    from chromask.document.document import Document
    from chromask.pixels.refine import Target

KEY = "front/seg"
ZERO = (0, 0, 0)
VALUES = [CAR, ROAD]
ROIS = [roi(["car"], CAR), roi(["road"], ROAD)]
COLORS = np.array([CAR, ROAD, SKY, STRAY, ZERO], np.uint8)
ROWS, COLS = 8, 11
Array = np.ndarray[Any, Any]

corner = st.tuples(st.integers(-2, COLS + 2), st.integers(-2, ROWS + 2))
paints = st.tuples(
    st.sampled_from(["stroke", "box", "ellipse", "polygon"]),
    st.integers(0, 1),
    st.sampled_from(["add", "subtract", "clip"]),
    st.lists(corner, min_size=3, max_size=3, unique=True),
)
refines = st.tuples(
    st.sampled_from(
        ["grow", "shrink", "smooth", "islands", "holes", "largest", "gaps"]
    ),
    st.sampled_from([None, 0, 1]),
    st.integers(1, 4),
    st.booleans(),
)
parts = st.tuples(
    st.just("give"), st.integers(0, 1), st.integers(0, ROWS - 1), st.integers(0, 10)
)
limits = st.tuples(
    st.just("limit"),
    st.sampled_from([None, NOBODY, 0, 1]),
    st.sampled_from([frozenset(), frozenset({0}), frozenset({1})]),
    st.none(),
)
moves = st.tuples(st.sampled_from(["undo", "redo"]), st.none(), st.none(), st.none())


def values(document: Document) -> Array:
    plane = document.planes[KEY]
    counts = np.bincount(plane.indices.ravel(), minlength=len(plane.table))
    assert np.array_equal(counts, plane.pixels)
    return plane.table[plane.indices]


def has(now: Array, value: tuple[int, ...]) -> Array:
    return (now == value).all(axis=2)


def allowed(now: Array, limit: Constraints) -> Array:
    may = np.ones(now.shape[:2], bool)
    if limit.over == NOBODY:
        may = ~has(now, CAR) & ~has(now, ROAD)
    elif limit.over is not None:
        may = has(now, VALUES[limit.over])
    for index in limit.locked:
        may &= ~has(now, VALUES[index])
    return may


def whole(patch: raster.Patch) -> Array:
    found = np.zeros((ROWS, COLS), bool)
    rows, cols = patch.where.shape
    found[patch.row0 : patch.row0 + rows, patch.col0 : patch.col0 + cols] = patch.where
    return found


def paint(document: Document, limit: Constraints, act: Any, now: Array) -> Array:
    kind, index, mode, points = act
    make = {
        "stroke": lambda: raster.stroke(*points[:2], 2.5, ROWS, COLS),
        "box": lambda: raster.box(*points[:2], ROWS, COLS),
        "ellipse": lambda: raster.ellipse(*points[:2], ROWS, COLS),
        "polygon": lambda: raster.polygon(points, ROWS, COLS),
    }
    patch = make[kind]()
    after = now.copy()
    if index in limit.locked:
        return after
    census = take_census(document.frame, document.planes)
    with document.edit(kind) as edit:
        target = find_target(document, census, index, "front")
        painter = Painter(edit, document, census, target, limit)
        painter.put(patch, painter.rule(mode))
    inside, own = whole(patch), has(now, VALUES[index])
    where = {"add": inside, "subtract": inside & own, "clip": ~inside & own}[mode]
    after[where & allowed(now, limit)] = VALUES[index] if mode == "add" else ZERO
    return after


def refined(name: str, indices: Array, target: Target, amount: int) -> Array:
    """Say what refining must give, slowly."""
    inside = target.claimed if target.is_whole else target.inside
    classes, is_whole = target.classes, target.is_whole
    ways = {
        "grow": lambda: model.spread(indices, inside, amount),
        "shrink": lambda: model.spread(indices, ~inside, amount),
        "smooth": lambda: model.smooth(indices, target.inside, amount, whole=is_whole),
        "islands": lambda: model.islands(indices, target.inside, classes, amount),
        "largest": lambda: model.largest(indices, inside, classes),
        "holes": lambda: model.holes(indices, classes, amount, whole=is_whole),
        "gaps": lambda: model.gaps(indices, target.claimed, classes, amount),
    }
    return ways[name]()


def refine(document: Document, limit: Constraints, act: Any, now: Array) -> Array:
    name, index, amount, is_swapped = act
    census = take_census(document.frame, document.planes)
    plane, owners = document.planes[KEY], census.owners[KEY]
    target = whole_target(owners)
    if index is not None:
        target = roi_target(owners, census.rois[index].indices[KEY])
    table, indices = plane.table, plane.indices.copy()
    pieces = OPERATIONS[name].run(plane, target, amount, never)
    pieces = allowed_pieces(KEY, plane, census, limit, pieces)
    made = repainted(plane, pieces)
    with document.edit(name) as edit:
        if not is_swapped:
            edit.put(KEY, pieces)
        elif made is not None:
            edit.repaint(KEY, made)
    found = table[refined(name, indices, target, amount)]
    gets = np.ones((ROWS, COLS), bool)
    for locked in limit.locked:
        gets &= ~has(found, VALUES[locked])
    return np.where((gets & allowed(now, limit))[..., None], found, now)


def give(document: Document, limit: Constraints, act: Any, now: Array) -> Array:
    _, index, row, col = act
    census = take_census(document.frame, document.planes)
    plane = document.planes[KEY]
    classes = whole_target(census.owners[KEY]).classes
    part = part_at(plane.indices, classes, row, col)
    with document.edit("Give") as edit:
        pieces = recolored([part], edit.entry_for(KEY, VALUES[index]))
        plane = document.planes[KEY]
        edit.put(KEY, allowed_pieces(KEY, plane, census, limit, pieces))
    flat = (now.astype(int) * [1, 256, 65536]).sum(axis=2)
    own = next(p for p in model.parts(flat, diagonal=True) if (row, col) in p)
    where = np.zeros((ROWS, COLS), bool)
    where[tuple(np.array(sorted(own)).T)] = index not in limit.locked
    after = now.copy()
    after[where & allowed(now, limit)] = VALUES[index]
    return after


@settings(max_examples=800)
@given(
    st.integers(0, 999),
    st.lists(st.one_of(paints, refines, parts, limits, moves), min_size=1, max_size=6),
)
def test_that_edits_of_all_kinds_end_where_plain_arrays_end(seed, acts) -> None:
    rng = np.random.default_rng(seed)
    blocks = np.kron(rng.integers(0, 5, (4, 6)), np.ones((2, 2), int))[:ROWS, :COLS]
    document = make_document(ROIS, {"seg": plane_of(COLORS[blocks])})
    now = values(document)
    done: list[Array] = []
    undone: list[Array] = []
    limit = Constraints()
    for act in acts:
        if act[0] == "limit":
            limit = Constraints(act[1], act[2])
            continue
        if act[0] in ("undo", "redo"):
            source, target = (done, undone) if act[0] == "undo" else (undone, done)
            if source:
                getattr(document, act[0])()
                target.append(now)
                now = source.pop()
        else:
            ways = {"give": give} | dict.fromkeys(OPERATIONS, refine)
            after = ways.get(act[0], paint)(document, limit, act, now)
            if (after != now).any():
                done.append(now)
                undone.clear()
                now = after
        assert np.array_equal(values(document), now), act
        assert len(document.undo_labels) == len(done), act
        assert len(document.redo_labels) == len(undone), act
    while document.undo_label is not None:
        document.undo()
    assert not document.is_edited
