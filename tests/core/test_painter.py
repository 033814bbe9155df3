"""What is painted with, and which pixels may change: documents in memory, plain arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from chromask.counts.pixel_counts import NOBODY, take_census, value_at
from chromask.document.constraints import Constraints
from chromask.document.document import Document
from chromask.document.painting import (
    Painter,
    background_entry,
    claim_target,
    find_target,
    find_value_target,
)
from chromask.errors import EditError
from chromask.frame.load import frame_from_dict
from chromask.media import Image
from chromask.pixels.components import Piece
from chromask.pixels.plane import MaskFormat
from chromask.pixels.raster import Patch
from roi_scenes import make_document, plane_of
from scenes import CAR, COLS, ROAD, ROWS, SKY, roi, scene_mask

if TYPE_CHECKING:
    from chromask.counts.pixel_counts import Census
    from chromask.document.constraints import Mode

KEY = "front/seg"
ROIS = [roi(["car"], CAR), roi(["road"], ROAD)]
RGBA = MaskFormat("PNG", "RGBA", 8, 4, 255)
Array = np.ndarray[Any, Any]


def census_of(document: Document) -> Census:
    return take_census(document.frame, document.planes, document.mapping)


def values(document: Document, key: str = KEY) -> Array:
    plane = document.planes[key]
    counts = np.bincount(plane.indices.ravel(), minlength=len(plane.table))
    assert np.array_equal(counts, plane.pixels)
    return plane.table[plane.indices]


def everywhere(*, without: tuple[slice, slice] | None = None) -> Patch:
    where = np.ones((ROWS, COLS), np.bool_)
    if without is not None:
        where[without] = False
    return Patch(0, 0, where)


def put(painter: Painter, mode: Mode, patch: Patch) -> None:
    painter.put(patch, painter.rule(mode))


def block(row0: int, col0: int, rows: int, cols: int) -> Patch:
    return Patch(row0, col0, np.ones((rows, cols), np.bool_))


class Painting:
    """An open painter on the scene, or on another document."""

    def __init__(
        self,
        document: Document | None = None,
        index: int = 0,
        constraints: Constraints | None = None,
    ) -> None:
        self.document = document or make_document(ROIS)
        census = census_of(self.document)
        target = find_target(self.document, census, index, "front")
        self.edit = self.document.edit("Paint")
        self.painter = Painter(
            self.edit, self.document, census, target, constraints or Constraints()
        )

    @property
    def now(self) -> Array:
        return values(self.document)


# -- what is painted with


def test_that_each_source_has_its_own_mask_painted() -> None:
    document = make_document(
        [{**roi(["car"], CAR), "sources": ["front", "rear"]}], sources=("front", "rear")
    )
    census = census_of(document)

    found = [find_target(document, census, 0, source) for source in ("front", "rear")]

    assert [target.key for target in found] == [KEY, "rear/seg"]
    assert [target.source_id for target in found] == ["front", "rear"]


@pytest.mark.parametrize(
    ("rois", "planes", "source", "words"),
    [
        ([roi(["x"], (-1, 0, 0))], None, "front", "-1 means any value"),
        (ROIS, {"seg": None}, "front", "cannot be read, so it cannot be painted"),
        (ROIS, None, None, "."),
        (ROIS, None, "rear", "cannot be read|does not lie on"),
    ],
    ids=["any value", "unreadable", "no source", "other source"],
)
def test_that_a_roi_is_not_painted_where_it_does_not_lie(
    rois: list[dict[str, Any]], planes: Any, source: str | None, words: str
) -> None:
    document = make_document(rois, planes)

    with pytest.raises(EditError, match=words) as told:
        find_target(document, census_of(document), 0, source)

    assert told.value.problem.hint


def test_that_a_roi_of_one_source_makes_no_mask_of_another() -> None:
    rois = [{**roi(["car"], CAR), "sources": ["front"]}]
    document = make_document(rois, {}, sources=("front", "rear"))

    with pytest.raises(EditError, match="does not lie on the source"):
        find_target(document, census_of(document), 0, "rear")


def test_that_a_value_is_painted_in_the_mask_that_it_was_taken_from() -> None:
    document = make_document(ROIS, sources=("front", "rear"))
    census = census_of(document)
    plane = document.planes[KEY]
    entry = int(plane.indices[0, 0])
    count = value_at(census, plane, KEY, entry, document.mapping)

    target = find_value_target(document, census, count, "front")

    assert (target.index, target.value, target.key) == (NOBODY, SKY, KEY)
    with pytest.raises(EditError, match="does not lie on this source"):
        find_value_target(document, census, count, "rear")


def test_that_a_value_that_a_roi_claims_by_now_paints_that_roi() -> None:
    document = make_document(ROIS)
    plane = document.planes[KEY]
    entry = int(plane.indices[0, 0])
    count = value_at(census_of(document), plane, KEY, entry, document.mapping)
    with document.edit("Claim") as edit:
        edit.frame.update_annotation(1, mask_rgb=list(SKY))

    target = find_value_target(document, census_of(document), count, "front")

    assert (target.index, target.value) == (1, SKY)


def test_that_a_claimed_value_is_a_roi_in_the_target_and_in_the_census() -> None:
    document = make_document(ROIS)
    census = census_of(document)
    plane = document.planes[KEY]
    entry = int(plane.indices[0, 0])
    count = value_at(census, plane, KEY, entry, document.mapping)
    target = find_value_target(document, census, count, "front")

    with document.edit("Claim") as edit:
        target, census = claim_target(edit, document, census, target, count)
        painter = Painter(edit, document, census, target, Constraints())
        put(painter, "clip", block(0, 0, 5, 5))

    assert target.index == 2
    assert len(census.rois) == 3
    expected = scene_mask()
    expected[(expected == SKY).all(axis=2)] = 0
    expected[:5, :5] = SKY
    assert np.array_equal(values(document), expected)


# -- which pixels


@pytest.mark.parametrize(
    ("row0", "col0"), [(-2, -3), (ROWS - 2, COLS - 3), (-2, COLS - 3), (30, 20)]
)
def test_that_a_patch_that_reaches_out_is_cut_and_keeps_its_place(
    row0: int, col0: int
) -> None:
    painting = Painting(constraints=Constraints(locked=frozenset({1})))
    where = np.random.default_rng(4).random((5, 6)) < 0.5
    big = np.pad(np.zeros((ROWS, COLS), np.bool_), 9)
    big[row0 + 9 : row0 + 14, col0 + 9 : col0 + 15] = where
    inside = big[9:-9, 9:-9]

    painting.painter.paint(Patch(row0, col0, where))

    expected = scene_mask()
    expected[inside & (expected != ROAD).any(axis=2)] = CAR
    assert np.array_equal(painting.now, expected)


def test_that_it_is_known_whether_anything_was_painted() -> None:
    painting = Painting()
    assert not painting.painter.has_painted
    painting.painter.paint(block(22, 10, 6, 10))
    assert not painting.painter.has_painted
    painting.painter.paint(block(0, 0, 2, 2))
    assert painting.painter.has_painted
    painting.painter.paint(block(0, 0, 2, 2))

    assert painting.painter.has_painted


def test_that_what_was_painted_in_the_gesture_is_taken_away_again() -> None:
    # The ROI has no pixels, and the mask no zeros: both entries are new.
    painting = Painting(make_document([*ROIS, roi(["ghost"], (1, 2, 3))]), index=2)
    painting.painter.paint(block(0, 0, 4, 4))

    put(painting.painter, "subtract", block(2, 0, 9, 9))

    expected = scene_mask()
    expected[:2, :4] = (1, 2, 3)
    expected[2:4, :4] = 0
    assert np.array_equal(painting.now, expected)


def see_through() -> Array:
    """Give the scene with alpha: half of the car is seen through."""
    mask = np.dstack((scene_mask(), np.full((ROWS, COLS), 255, np.uint8)))
    mask[22:25, 10:20, 3] = 128
    return mask


@pytest.mark.parametrize("act", ["subtract", "clip"])
def test_that_every_value_of_a_roi_is_taken_away(act: str) -> None:
    mask = see_through()
    document = make_document([roi(["car"], CAR)], {"seg": plane_of(mask, RGBA)})
    painting = Painting(document)
    kept = (slice(24, 26), slice(12, 15))

    if act == "subtract":
        put(painting.painter, "subtract", everywhere(without=kept))
    else:
        put(painting.painter, "clip", block(24, 12, 2, 3))

    expected = mask.copy()
    expected[22:28, 10:20] = 0
    expected[kept] = mask[kept]
    assert np.array_equal(painting.now[..., :3], expected[..., :3])
    assert np.array_equal(painting.now[kept], mask[kept])


@pytest.mark.parametrize(
    ("constraints", "is_changed"),
    [(Constraints(), True), (Constraints(over=0), True), (Constraints(over=1), False)],
    ids=["free", "over itself", "over another"],
)
def test_that_constraints_hold_for_what_is_taken_away(
    constraints: Constraints, *, is_changed: bool
) -> None:
    painting = Painting(constraints=constraints)

    put(painting.painter, "subtract", everywhere())

    expected = scene_mask()
    if is_changed:
        expected[22:28, 10:20] = 0
    assert np.array_equal(painting.now, expected)
    assert painting.painter.has_painted == is_changed


@pytest.mark.parametrize(
    ("patch", "kept"),
    [
        (block(25, 15, 90, 90), (slice(25, 28), slice(15, 20))),
        (block(-5, -7, 30, 20), (slice(22, 25), slice(10, 13))),
        (block(-5, 70, 30, 20), (slice(0), slice(0))),
        (block(50, -90, 30, 20), (slice(0), slice(0))),
    ],
    ids=["below", "above", "right", "left"],
)
def test_that_a_clip_that_reaches_out_keeps_what_lies_in_it(
    patch: Patch, kept: tuple[slice, slice]
) -> None:
    painting = Painting()

    put(painting.painter, "clip", patch)

    expected = scene_mask()
    expected[22:28, 10:20] = 0
    expected[kept] = scene_mask()[kept]
    assert np.array_equal(painting.now, expected)


def test_that_a_locked_roi_of_another_mask_does_not_lock_the_background() -> None:
    rois = [*ROIS, roi(["void"], (0, 0, 0), mask="other")]
    planes = {"seg": plane_of(scene_mask()), "other": plane_of(scene_mask() * 0)}
    locked = Constraints(locked=frozenset({2}))
    painting = Painting(make_document(rois, planes), constraints=locked)

    put(painting.painter, "subtract", everywhere())

    assert not painting.now[22:28, 10:20].any()


@pytest.mark.parametrize("is_seen", [True, False])
def test_that_the_background_is_the_black_that_has_the_most_pixels(
    *, is_seen: bool
) -> None:
    mask = see_through()
    mask[0, :3] = (0, 0, 0, 255) if is_seen else (0, 0, 0, 9)
    mask[1, :2] = (0, 0, 0, 9) if is_seen else (0, 0, 0, 255)
    document = make_document([roi(["car"], CAR)], {"seg": plane_of(mask, RGBA)})

    with document.edit("Look") as edit:
        plane = document.planes[KEY]
        entry = background_entry(edit, plane, KEY)

        assert plane.table[entry].tolist() == mask[0, 0].tolist()


def test_that_the_change_of_several_pieces_has_them_all_in_its_rectangle() -> None:
    document = make_document(ROIS)
    one = np.ones((2, 3), np.bool_)
    pieces = [
        Piece(row, col, np.full((2, 3), entry, np.uint8), one)
        for row, col, entry in ((30, 40, 0), (3, 7, 1), (12, 20, 0))
    ]

    with document.edit("Put") as edit:
        assert not edit.put(KEY, [])
        change = edit.put(KEY, pieces)

        rect = change.rects[KEY]
    before = document.planes[KEY].indices
    assert before.shape == (ROWS, COLS)
    assert (rect.row0, rect.col0) <= (3, 7)
    assert rect.row0 <= 3
    assert rect.col0 <= 7
    assert rect.row1 >= 32
    assert rect.col1 >= 43


def two_sources(masks: dict[str, list[str]], one: dict[str, Any]) -> Document:
    """Give a document whose mask ``front/seg`` is the scene; no other one is readable."""
    sources = [
        {
            "id": name,
            "uri": f"{name}.png",
            "masks": [{"id": mask, "uri": f"{name}_{mask}.png"} for mask in found],
        }
        for name, found in masks.items()
    ]
    frame = frame_from_dict({"sources": sources, "rois": [one]})
    pixels = np.zeros((ROWS, COLS, 3), np.uint8)
    images = {name: Image(pixels, "RGB", f"{name}.png") for name in masks}
    return Document(frame, {KEY: plane_of(scene_mask())}, images)


def test_that_a_mask_made_for_a_roi_of_the_public_sdk_keeps_it_on_its_other_sources():
    named = {"label": ["car"], "mask": {"id": "00", "value": list(CAR)}}
    document = two_sources({"front": ["seg", "inst"], "rear": []}, named)
    census = census_of(document)
    assert (census.rois[0].resolution.rule, census.rois[0].pixels) == (5, 60)

    target = find_target(document, census, 0, "rear")
    with document.edit("Paint") as edit:
        painter = Painter(edit, document, census, target, Constraints())
        painter.paint(block(0, 0, 2, 3))

    after = census_of(document)
    assert after.rois[0].resolution.masks == (KEY, "rear/seg")
    assert after.rois[0].pixels == 66


def test_that_a_roi_of_another_source_is_refused_by_the_source_and_not_by_the_rule():
    named = {"label": ["car"], "mask": {"id": "00", "value": list(CAR)}}
    document = two_sources(
        {"front": ["seg"], "rear": ["seg", "x"]}, {**named, "sources": ["rear"]}
    )

    with pytest.raises(EditError, match="does not lie on this source"):
        find_target(document, census_of(document), 0, "front")
