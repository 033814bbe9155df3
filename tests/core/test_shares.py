"""How the pixels of a frame are shared out: against numpy, on small masks and on real ones."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from chromask.counts.pixel_counts import take_census
from chromask.counts.shares import component_sizes, leftover, roi_shares, value_shares
from chromask.media import load_mask
from chromask.pixels.plane import MaskFormat, build_plane
from roi_scenes import make_document, plane_of
from scenes import CAR, PIXELS, ROAD, SKY, STRAY, roi

if TYPE_CHECKING:
    from chromask.counts.pixel_counts import Census
    from chromask.document.document import Document

KEY = "front/seg"


def census_of(document: Document) -> Census:
    return take_census(document.frame, document.planes, document.mapping)


def test_that_rois_come_by_their_pixels_and_the_empty_ones_are_counted() -> None:
    rois = [roi(["car"], CAR), roi(["none"], (1, 1, 1)), roi(["road"], ROAD)]
    found = roi_shares(census_of(make_document([*rois, {"label": ["box"]}])))

    assert found.rois.tolist() == [2, 0]
    assert found.pixels.tolist() == [PIXELS[ROAD], PIXELS[CAR]]
    assert found.empty == 2


def test_that_of_equal_rois_the_first_comes_first() -> None:
    found = roi_shares(census_of(make_document([roi(["a"], CAR), roi(["b"], CAR)])))

    assert found.rois.tolist() == [0, 1]


def test_that_what_belongs_to_no_roi_is_zeros_labels_or_unclaimed() -> None:
    pixels = np.zeros((4, 5, 3), np.uint8)
    pixels[0] = CAR
    pixels[1, :3] = SKY
    pixels[2, :2] = STRAY
    document = make_document(
        [roi(["car"], CAR)], {"seg": plane_of(pixels)}, mapping={"sky": list(SKY)}
    )

    found = leftover(census_of(document), document.planes, [KEY])

    assert dict(found.labels) == {0: 3}
    assert (found.zeros, found.unclaimed) == (20 - 5 - 3 - 2, 2)


def test_that_zeros_of_a_roi_are_its_own() -> None:
    document = make_document(
        [roi(["void"], (0, 0, 0))], {"seg": plane_of(np.zeros((3, 3, 3), np.uint8))}
    )

    assert leftover(census_of(document), document.planes, [KEY]).zeros == 0


def test_that_only_the_named_masks_are_counted() -> None:
    planes: dict[str, Any] = {
        "seg": plane_of(np.full((2, 2, 3), 9, np.uint8)),
        "depth": plane_of(np.full((2, 2, 3), 7, np.uint8)),
    }
    document = make_document([], planes)

    assert leftover(census_of(document), document.planes, [KEY]).unclaimed == 4
    found = value_shares(census_of(document), document.planes, [KEY])
    assert (found.keys, found.pixels.tolist()) == ((KEY,), [4])


def test_that_values_come_by_their_pixels_over_all_masks() -> None:
    first = np.zeros((3, 4, 3), np.uint8)
    first[0] = (5, 5, 5)
    first[1, :2] = (6, 6, 6)
    second = np.full((3, 4, 3), 7, np.uint8)
    document = make_document([], {"seg": plane_of(first), "more": plane_of(second)})

    found = value_shares(census_of(document), document.planes, list(document.planes))

    values = [
        document.planes[found.keys[mask]].value(entry)
        for mask, entry in zip(found.mask.tolist(), found.entries.tolist(), strict=True)
    ]
    assert values == [(7, 7, 7), (5, 5, 5), (6, 6, 6)]
    assert found.pixels.tolist() == [12, 4, 2]


def test_that_a_value_that_a_palette_holds_twice_is_one() -> None:
    indices = np.array([[1, 1, 2], [3, 3, 0]], np.uint8)
    plane = build_plane(
        indices,
        MaskFormat("PNG", "P", 8, 3, 255),
        palette=np.array([[0, 0, 0], [9, 8, 7], [9, 8, 7], [1, 2, 3]], np.uint8),
    )
    document = make_document([], {"seg": plane})

    found = value_shares(census_of(document), document.planes, [KEY])

    assert found.entries.tolist() == [1, 3]
    assert found.pixels.tolist() == [3, 2]


def test_that_without_a_mask_there_is_no_value() -> None:
    document = make_document([roi(["car"], CAR)], {"seg": None})
    census = census_of(document)

    assert len(value_shares(census, {}, []).pixels) == 0
    assert leftover(census, {}, []).unclaimed == 0
    assert (len(roi_shares(census).rois), roi_shares(census).empty) == (0, 1)


def measured(where: np.ndarray[Any, Any]) -> list[tuple[int, int, int]]:
    """(-pixels, row, col) of each component, by OpenCV; corners connect."""
    count, labels = cv2.connectedComponents(where.astype(np.uint8), connectivity=8)
    pixels = np.bincount(labels.ravel(), minlength=count)
    _, first = np.unique(labels.ravel(), return_index=True)
    starts = dict(zip(np.unique(labels).tolist(), first.tolist(), strict=True))
    return sorted(
        (-int(pixels[n]), *divmod(starts[n], where.shape[1])) for n in range(1, count)
    )


def found_in(indices: np.ndarray[Any, Any], inside: np.ndarray[Any, Any]) -> Any:
    sizes = component_sizes(indices, inside)
    rows = zip(
        (-sizes.pixels).tolist(), sizes.row.tolist(), sizes.col.tolist(), strict=True
    )
    return list(rows)


def test_that_components_are_measured_as_opencv_does() -> None:
    indices = np.random.default_rng(3).integers(0, 4, (40, 50)).astype(np.uint8)
    for entries in ([1], [1, 2]):
        inside = np.isin(np.arange(4), entries)
        assert found_in(indices, inside) == measured(inside[indices])


def test_that_pixels_that_touch_at_a_corner_are_one_component() -> None:
    indices = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 0, 1]], np.uint8)

    assert found_in(indices, np.array([False, True])) == [
        (-2, 0, 0),
        (-1, 3, 0),
        (-1, 3, 2),
    ]


def test_that_an_entry_without_pixels_has_no_components() -> None:
    assert found_in(np.zeros((3, 3), np.uint8), np.array([False, True])) == []


def _masks() -> list[Any]:
    named = os.environ.get("CHROMASK_REAL_DATA")
    if not named:
        return []
    manifest = json.loads((Path(named) / "data" / "MANIFEST.json").read_text("utf-8"))
    return [
        pytest.param(mask["path"], id=mask["path"])
        for dataset in manifest["datasets"]
        for pair in dataset["pairs"]
        for mask in pair["masks"]
    ]


@pytest.mark.parametrize("name", _masks())
def test_that_a_real_mask_is_shared_out_as_numpy_counts_it(
    name: str, real_data: Path
) -> None:
    plane = load_mask(real_data / "data" / name, uri=name).plane
    pixels = plane.table[plane.indices].reshape(plane.rows * plane.cols, -1)
    packed = np.zeros(len(pixels), np.uint64)
    for channel in range(pixels.shape[1]):
        packed = packed << np.uint64(16) | pixels[:, channel].astype(np.uint64)
    _, first, counts = np.unique(packed, return_index=True, return_counts=True)
    values, has_alpha = pixels[first], plane.format.has_alpha
    is_zero = ~(values[:, :-1] if has_alpha else values).any(axis=1)
    document = make_document([], {"seg": plane})
    census = census_of(document)

    found = value_shares(census, document.planes, [KEY])
    left = leftover(census, document.planes, [KEY])

    assert left.zeros == counts[is_zero].sum()
    assert left.unclaimed == counts[~is_zero].sum()
    wanted = dict(
        zip(
            map(tuple, values[~is_zero].tolist()),
            counts[~is_zero].tolist(),
            strict=True,
        )
    )
    assert wanted == {
        plane.value(entry): count
        for entry, count in zip(
            found.entries.tolist(), found.pixels.tolist(), strict=True
        )
    }
    assert (np.diff(found.pixels) <= 0).all()
    largest = np.zeros(len(plane.table), np.bool_)
    largest[found.entries[:3]] = True
    assert found_in(plane.indices, largest) == measured(largest[plane.indices])
