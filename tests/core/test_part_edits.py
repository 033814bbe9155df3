"""Edits of parts against a plain model of values, in any order, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromask.errors import EditError
from chromask.painting import background_entry
from chromask.part_edits import copied, moved, paste, recolored
from chromask.parts import part_at
from refine_models import parts
from roi_scenes import GREY, make_document, plane_of
from scenes import CAR, ROAD, SKY, STRAY, roi

if TYPE_CHECKING:
    from chromask.document import Document

KEY = "front/seg"
VALUES = np.array([CAR, ROAD, SKY, STRAY], np.uint8)


def some_document(seed: int) -> Document:
    rng = np.random.default_rng(seed)
    blocks = rng.integers(0, 4, (4, 5))
    mask = VALUES[np.kron(blocks, np.ones((3, 3), int))]
    return make_document([roi(["car"], CAR)], {"seg": plane_of(mask)})


def values(document: Document) -> np.ndarray[Any, Any]:
    plane = document.planes[KEY]
    return plane.table[plane.indices]


ACT = st.tuples(
    st.sampled_from(["move", "erase", "give", "paste"]),
    st.integers(0, 11),
    st.integers(0, 14),
    st.integers(-14, 14),
    st.integers(-14, 14),
)


def act_on_document(
    document: Document, act: str, at: tuple[int, int], by: tuple[int, int]
) -> None:
    plane = document.planes[KEY]
    part = part_at(plane.indices, np.arange(len(plane.table)), *at)
    with document.edit(act) as edit:
        if act == "move":
            empty = background_entry(edit, plane, KEY)
            plane = document.planes[KEY]
            may = np.ones(len(plane.table), np.bool_)
            edit.put(KEY, [moved(plane, [part], by, empty, may)[0]])
        elif act == "erase":
            empty = background_entry(edit, plane, KEY)
            edit.put(KEY, recolored([part], empty))
        elif act == "give":
            edit.put(KEY, recolored([part], edit.entry_for(KEY, CAR)))
        else:
            clip = copied(plane, [part])
            put = paste(edit, KEY, plane, clip, clip.row0 + by[0], clip.col0 + by[1])
            edit.put(KEY, [put] if put is not None else [])


def act_on_model(
    model: np.ndarray[Any, Any], act: str, at: tuple[int, int], by: tuple[int, int]
) -> None:
    flat = (model * [1, 256, 65536]).sum(axis=2)
    own = next(part for part in parts(flat, diagonal=True) if at in part)
    value = model[at].copy()
    there = {(row + by[0], col + by[1]) for row, col in own}
    for place in own if act != "paste" else ():
        model[place] = CAR if act == "give" else 0
    for row, col in there if act in ("move", "paste") else ():
        if 0 <= row < model.shape[0] and 0 <= col < model.shape[1]:
            model[row, col] = value


@given(st.integers(0, 999), st.lists(ACT, min_size=1, max_size=6))
def test_that_edits_of_parts_end_where_the_model_ends(seed, acts) -> None:
    document = some_document(seed)
    model = values(document)
    first = model.copy()
    for act, row, col, down, right in acts:
        act_on_document(document, act, (row, col), (down, right))
        act_on_model(model, act, (row, col), (down, right))

        assert np.array_equal(values(document), model)
        plane = document.planes[KEY]
        counts = np.bincount(plane.indices.ravel(), minlength=len(plane.table))
        assert np.array_equal(plane.pixels, counts)

    while document.undo_label is not None:
        document.undo()
    assert np.array_equal(values(document), first)
    while document.redo_label is not None:
        document.redo()
    assert np.array_equal(values(document), model)


def test_that_a_part_that_may_not_change_is_not_moved() -> None:
    document = some_document(0)
    plane = document.planes[KEY]
    part = part_at(plane.indices, np.arange(len(plane.table)), 0, 0)
    may = np.ones(len(plane.table), np.bool_)
    may[plane.indices[0, 0]] = False

    with pytest.raises(EditError, match="must not change"):
        moved(plane, [part], (1, 1), 0, may)


def test_that_a_grey_mask_takes_grey_parts_and_refuses_colours() -> None:
    grey = make_document(
        [roi(["car"], (7, 7, 7))], {"seg": plane_of(np.full((9, 9), 7, np.uint8), GREY)}
    )
    plane = grey.planes[KEY]
    part = part_at(plane.indices, np.arange(1), 0, 0)
    clip = copied(plane, [part])
    colour = some_document(1)

    assert clip.values == ((7, 7, 7),)
    with colour.edit("Paste") as edit:
        piece = paste(edit, KEY, colour.planes[KEY], clip, 0, 0)
        assert piece is not None
        edit.put(KEY, [piece])
    assert (values(colour)[:9, :9] == 7).all()
    source = colour.planes[KEY]
    part = part_at(source.indices, np.arange(len(source.table)), 11, 14)
    clip = copied(source, [part])
    with pytest.raises(EditError, match="grey"), grey.edit("Paste") as edit:
        paste(edit, KEY, plane, clip, 0, 0)


def test_that_a_moved_part_leaves_alone_what_may_not_change() -> None:
    mask = np.zeros((6, 9, 3), np.uint8)
    mask[2:4, 1:3] = CAR
    mask[2, 6] = SKY
    document = make_document([roi(["car"], CAR)], {"seg": plane_of(mask)})
    plane = document.planes[KEY]
    part = part_at(plane.indices, np.arange(len(plane.table)), 2, 1)
    may = np.ones(len(plane.table), np.bool_)
    may[plane.indices[2, 6]] = False

    with document.edit("Move") as edit:
        empty = int(plane.indices[0, 0])
        edit.put(KEY, [moved(plane, [part], (0, 5), empty, may)[0]])

    expected = np.zeros_like(mask)
    expected[2:4, 6:8] = CAR
    expected[2, 6] = SKY
    assert np.array_equal(values(document), expected)
