"""Edits of parts against a plain model of values, in any order, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromask.document.component_edits import copied, moved, paste, recolored
from chromask.document.painting import background_entry
from chromask.errors import EditError
from chromask.pixels.components import Piece, merge, part_at, parts_of
from chromask.pixels.plane import MaskFormat
from refine_models import parts
from roi_scenes import GREY, make_document, plane_of
from scenes import CAR, ROAD, SKY, STRAY, roi

if TYPE_CHECKING:
    from chromask.document.document import Document

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


def many_colours() -> np.ndarray[Any, Any]:
    """Give a mask of 300 colours, one a pixel, above a field of the car's."""
    mask = np.zeros((18, 20, 3), np.uint8)
    mask[..., 0] = np.arange(20)
    mask[..., 1] = np.arange(18)[:, None] + 100
    mask[15:] = CAR
    return mask


def test_that_entries_beyond_a_byte_are_given_and_pasted() -> None:
    document = make_document([roi(["car"], CAR)], {"seg": plane_of(many_colours())})
    plane = document.planes[KEY]
    classes = np.arange(len(plane.table))
    last = len(plane.table) - 1
    assert last >= 300
    far = next((r, c) for r, c in np.argwhere(plane.indices == last).tolist())
    field = part_at(plane.indices, classes, 16, 5)
    value = tuple(plane.table[last].tolist())

    (piece,) = recolored([field], last)
    clip = copied(plane, [part_at(plane.indices, classes, *far)])
    with document.edit("Paste") as edit:
        edit.put(KEY, [piece])
        put = paste(edit, KEY, document.planes[KEY], clip, 0, 0)
        assert put is not None
        edit.put(KEY, [put])

    expected = many_colours()
    expected[(expected == CAR).all(axis=2)] = value
    rows, cols = clip.where.shape
    expected[:rows, :cols][clip.where] = value
    assert np.array_equal(values(document), expected)


def test_that_what_lies_between_copied_pixels_is_no_part_of_the_copy() -> None:
    mask = np.empty((6, 6, 3), np.uint8)
    mask[:] = SKY
    mask[2:5, 2] = mask[4, 2:5] = 200
    colour = make_document([roi(["car"], CAR)], {"seg": plane_of(mask)})
    plane = colour.planes[KEY]
    part = part_at(plane.indices, np.arange(len(plane.table)), 2, 2)
    grey = make_document(
        [roi(["x"], (9, 9, 9))], {"seg": plane_of(np.full((6, 6), 9, np.uint8), GREY)}
    )

    # A grey mask has no blue: only the L is asked for.
    clip = copied(plane, [part])
    with grey.edit("Paste") as edit:
        put = paste(edit, KEY, grey.planes[KEY], clip, 2, 2)
        assert put is not None
        edit.put(KEY, [put])

    expected = np.full((6, 6), 9)
    expected[2:5, 2] = expected[4, 2:5] = 200
    assert np.array_equal(values(grey).reshape(6, 6), expected)


def test_that_grey_with_alpha_is_copied_with_its_alpha() -> None:
    kind = MaskFormat("PNG", "LA", 8, 2, 255)
    pixels = np.full((4, 5, 2), (5, 128), np.uint8)
    plane = plane_of(pixels, kind)

    clip = copied(plane, [part_at(plane.indices, np.arange(len(plane.table)), 0, 0)])

    assert clip.values == ((5, 5, 5, 128),)
    assert (clip.row0, clip.col0) == (0, 0)


@pytest.mark.parametrize("by", [(0, 1), (1, 0), (-2, -3), (0, 0)])
def test_that_a_move_changes_no_more_than_it_must_and_tells_the_new_place(
    by: tuple[int, int],
) -> None:
    mask = np.zeros((8, 9, 3), np.uint8)
    mask[3:6, 4:7] = CAR
    document = make_document([roi(["car"], CAR)], {"seg": plane_of(mask)})
    plane = document.planes[KEY]
    part = part_at(plane.indices, np.arange(len(plane.table)), 3, 4)
    may = np.ones(len(plane.table), np.bool_)
    after = np.zeros((8, 9), np.bool_)
    after[3 + by[0] : 6 + by[0], 4 + by[1] : 7 + by[1]] = True

    piece, (place,) = moved(plane, [part], by, int(plane.indices[0, 0]), may)

    assert (place.row0, place.col0) == (3 + by[0], 4 + by[1])
    changed = np.zeros((8, 9), np.bool_)
    rows, cols = piece.where.shape
    changed[piece.row0 :, piece.col0 :][:rows, :cols] = piece.where
    assert np.array_equal(changed, after != mask[..., 2].astype(bool))


def test_that_two_parts_are_moved_as_one_and_copied_where_the_first_begins() -> None:
    mask = np.zeros((9, 12, 3), np.uint8)
    mask[5:7, 1:3] = CAR
    mask[1:3, 6:9] = SKY
    document = make_document([roi(["car"], CAR)], {"seg": plane_of(mask)})
    plane = document.planes[KEY]
    classes, may = np.arange(len(plane.table)), np.ones(len(plane.table), np.bool_)
    both = [part_at(plane.indices, classes, *at) for at in ((5, 1), (1, 6))]

    clip = copied(plane, both)
    with document.edit("Move") as edit:
        empty = int(plane.indices[0, 0])
        piece, places = moved(plane, both, (2, 3), empty, may)
        edit.put(KEY, [piece])

    assert (clip.row0, clip.col0, clip.where.shape) == (1, 1, (6, 8))
    assert [(p.row0, p.col0) for p in places] == [(7, 4), (3, 9)]
    expected = np.zeros_like(mask)
    expected[7:9, 4:6] = CAR
    expected[3:5, 9:12] = SKY
    assert np.array_equal(values(document), expected)


@pytest.mark.parametrize("turn", [1, -1])
def test_that_pieces_of_narrow_and_wide_entries_are_one(turn: int) -> None:
    narrow = Piece(3, 4, np.full((1, 2), 7, np.uint8), np.array([[True, False]]))
    wide = Piece(3, 5, np.full((2, 1), 700, np.uint16), np.ones((2, 1), np.bool_))

    one = merge([narrow, wide][::turn])

    assert (one.row0, one.col0) == (3, 4)
    assert one.where.tolist() == [[True, True], [False, True]]
    assert one.indices[one.where].tolist() == [7, 700, 700]


def test_that_a_part_keeps_its_entries_when_the_plane_is_painted() -> None:
    indices = np.zeros((5, 6), np.uint8)
    indices[1:3, 2:4] = 1
    found = part_at(indices, np.arange(2), 1, 2)
    (listed,) = parts_of(indices, np.array([False, True]))

    indices[:] = 0

    for piece in (found, listed):
        assert (piece.row0, piece.col0) == (1, 2)
        assert (piece.indices[piece.where] == 1).all()
        assert piece.pixels == 4


def test_that_entries_of_one_class_are_one_part_and_touch_at_corners() -> None:
    indices = np.array([[1, 0, 0], [0, 2, 0], [0, 0, 3]], np.uint8)

    piece = part_at(indices, np.array([0, 5, 5, 1]), 0, 0)

    assert (piece.row0, piece.col0) == (0, 0)
    assert piece.where.tolist() == [[True, False], [False, True]]
    assert piece.indices[piece.where].tolist() == [1, 2]
