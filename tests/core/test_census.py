"""The census: which ROI owns which colour, and what nobody claims."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chromask.counts.pixel_counts import (
    NOBODY,
    mapped_values,
    take_census,
    unclaimed_values,
)
from chromask.workspace.opening import open_document
from scenes import CAR, PIXELS, ROAD, SKY, STRAY, roi, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from chromask.counts.pixel_counts import Census
    from chromask.document.document import Document

KEY = "front/seg"


def census_of(document: Document, previous: Census | None = None) -> Census:
    return take_census(document.frame, document.planes, document.mapping, previous)


def test_that_rois_count_their_pixels_and_the_rest_is_unclaimed(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path))
    census = census_of(document)

    assert [count.pixels for count in census.rois] == [PIXELS[CAR], PIXELS[ROAD]]
    found = [
        (count.value, count.rgb, count.pixels)
        for count in unclaimed_values(census, document.planes)
    ]
    assert found == [(SKY, SKY, PIXELS[SKY]), (STRAY, STRAY, PIXELS[STRAY])]


def test_that_the_first_of_two_rois_owns_a_shared_colour_and_both_count_it(
    tmp_path: Path,
) -> None:
    document = open_document(write_scene(tmp_path, [roi(["a"], CAR), roi(["b"], CAR)]))
    census = census_of(document)
    (entry,) = document.planes[KEY].claimed_by(CAR).tolist()

    assert [count.pixels for count in census.rois] == [PIXELS[CAR], PIXELS[CAR]]
    assert census.owners[KEY][entry] == 0


def test_that_the_data_set_names_only_what_no_roi_claims(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    legend = {"vehicle": list(CAR), "sky": list(SKY), "nowhere": [1, 2, 3]}
    (tmp_path / "_mask_legend.json").write_text(json.dumps(legend))
    document = open_document(path)
    census = census_of(document)
    assert document.mapping is not None
    found = mapped_values(census, document.planes, document.mapping)

    assert [(count.labels, count.value, count.pixels) for count in found] == [
        (("sky",), SKY, PIXELS[SKY])
    ]
    unclaimed = unclaimed_values(census, document.planes)
    assert [count.value for count in unclaimed] == [STRAY]


def test_that_a_mask_that_cannot_be_read_gives_none_and_not_zero(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene_seg.png").write_bytes(b"")
    document = open_document(path)

    assert [count.pixels for count in census_of(document).rois] == [None, None]
    assert any("scene_seg.png" in str(problem) for problem in document.problems)


def test_that_equal_palette_entries_are_one_value(tmp_path: Path) -> None:
    from PIL import Image

    path = write_scene(tmp_path, [])
    picture = Image.fromarray(np.array([[0, 1], [2, 2]], np.uint8), "P")
    picture.putpalette([9, 9, 9, 9, 9, 9, 5, 5, 5])
    picture.save(tmp_path / "scene_seg.png")
    document = open_document(path)
    found = unclaimed_values(census_of(document), document.planes)

    assert {(count.value, count.indices, count.pixels) for count in found} == {
        ((9, 9, 9), (0, 1), 2),
        ((5, 5, 5), (2,), 2),
    }


def test_that_an_edit_of_values_is_counted_with_an_earlier_census_at_hand(
    tmp_path: Path,
) -> None:
    document = open_document(write_scene(tmp_path))
    before = census_of(document)
    with document.edit("Take the sky") as edit:
        edit.frame.update_annotation(0, mask_rgb=list(SKY))
    after = census_of(document, before)
    assert [count.pixels for count in after.rois] == [PIXELS[SKY], PIXELS[ROAD]]
    (entry,) = document.planes[KEY].claimed_by(CAR).tolist()
    assert after.owners[KEY][entry] == NOBODY
    with document.edit("Repaint") as edit:
        edit.set_value(KEY, entry, SKY)
    merged = census_of(document, after)
    assert merged.rois[0].pixels == PIXELS[SKY] + PIXELS[CAR]


def test_that_a_new_value_is_found_by_any_value_and_by_the_data_set(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path, [roi(["blue"], (-1, -1, 142)), roi(["b"], ROAD)])
    legend = {"vehicle": [7, 8, 9]}
    (tmp_path / "_mask_legend.json").write_text(json.dumps(legend))
    document = open_document(path)
    census = census_of(document)
    plane = document.planes[KEY]
    entries = {color: int(plane.claimed_by(color)[0]) for color in (SKY, STRAY)}
    for color, value in ((SKY, (7, 8, 9)), (STRAY, (1, 1, 142))):
        with document.edit("Repaint") as edit:
            edit.set_value(KEY, entries[color], value)
        census, fresh = census_of(document, census), census_of(document)
        assert (census.owners[KEY] == fresh.owners[KEY]).all()
        assert [roi.pixels for roi in census.rois] == [roi.pixels for roi in fresh.rois]


def test_that_a_lossy_mask_gives_near_values_to_the_nearest_roi(tmp_path: Path) -> None:
    mask = np.empty((32, 32, 3), np.uint8)
    mask[:, :16], mask[:, 16:] = (200, 40, 40), (40, 40, 200)
    rois = [roi(["left"], (201, 41, 41)), roi(["right"], (40, 40, 199))]
    lossless = open_document(write_scene(tmp_path, rois, mask=mask))
    assert [count.pixels for count in census_of(lossless).rois] == [0, 0]

    lossy = open_document(
        write_scene(
            tmp_path, rois, mask=mask, mask_name="m.jpg", mask_options={"quality": 95}
        )
    )
    counts = census_of(lossy).rois
    assert all(count.is_near for count in counts)
    assert all(440 <= (count.pixels or 0) <= 512 for count in counts)


@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(
                ["add", "remove", "rename", "value", "open", "repaint", "undo"]
            ),
            st.integers(0, 5),
            st.integers(0, 3),
        ),
        max_size=12,
    )
)
def test_that_a_census_that_uses_an_earlier_one_is_the_same_as_a_new_one(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int, int]]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "census"
    path = folder / "scene.json"
    document = open_document(path if path.exists() else write_scene(folder))
    colors = (CAR, ROAD, SKY, STRAY)
    census = census_of(document)
    for kind, number, color in moves:
        count = len(document.frame.annotations)
        with document.edit(kind) as edit:
            if kind == "add":
                edit.frame.add_annotation(mask_rgb=list(colors[color]), labels=["new"])
            elif count and kind == "remove":
                edit.frame.remove_annotation(number % count)
            elif count and kind == "rename":
                edit.frame.update_annotation(number % count, labels=[f"r{color}"])
            elif count and kind == "value":
                edit.frame.update_annotation(
                    number % count, mask_rgb=list(colors[color])
                )
            elif count and kind == "open":
                edit.frame.update_annotation(
                    number % count, mask_rgb=[-1, *colors[color][1:]]
                )
            elif kind == "repaint":
                edit.set_value(KEY, number % 4, colors[color])
        if kind == "undo" and document.undo_label is not None:
            document.undo()
        census, fresh = census_of(document, census), census_of(document)
        assert [roi.resolution for roi in census.rois] == [
            roi.resolution for roi in fresh.rois
        ]
        assert [roi.pixels for roi in census.rois] == [roi.pixels for roi in fresh.rois]
        assert (census.owners[KEY] == fresh.owners[KEY]).all()
        for one, other in zip(census.rois, fresh.rois, strict=True):
            assert {key: found.tolist() for key, found in one.indices.items()} == {
                key: found.tolist() for key, found in other.indices.items()
            }


def test_that_a_census_knows_which_rois_the_last_edit_changed(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path))
    first = census_of(document)
    start = document.frame.annotations
    with document.edit("rename") as edit:
        edit.frame.update_annotation(1, labels=["street"])
    second = census_of(document, first)
    renamed = document.frame.annotations
    with document.edit("add") as edit:
        edit.frame.add_annotation(mask_rgb=list(SKY), labels=["sky"])
    third = census_of(document, second)

    assert second.changed_rois(start, renamed) == [1]
    assert third.changed_rois(renamed, document.frame.annotations) is None
    # What lies farther back is compared.
    assert third.changed_rois(start, renamed) == [1]
    assert second.changed_rois(start[::-1], renamed) == [0, 1]
    assert third.changed_rois(renamed, renamed) == []
