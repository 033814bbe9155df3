"""Shapes of ROIs: their lines, their colours, what a click hits, and how they are drawn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from chromask.counts.pixel_counts import take_census
from chromask.drawing.display import Display
from chromask.drawing.render import render_frame
from chromask.drawing.shapes import FARTHEST, frame_shapes, shape_at, shape_colors
from chromask.frame.annotation import read_annotation
from chromask.workspace.opening import open_document
from scenes import read_pixels, write_scene

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SQUARE = [10, 10, 30, 10, 30, 30, 10, 30]
TWO_PARTS = [*SQUARE, -999999999, 15, 15, 25, 15, 25, 25, 15, 25]


def shape(kind: str, poly: Sequence[object], **rest: Any) -> dict[str, Any]:
    return {"label": [kind], "poly": poly, "meta": {"_type": kind}, **rest}


def shapes(*raws: dict[str, Any], source: str | None = "front") -> tuple[Any, ...]:
    return frame_shapes([read_annotation(raw) for raw in raws], source)


def test_that_each_kind_becomes_lines_or_points() -> None:
    found = shapes(
        shape("p2d", TWO_PARTS),
        shape("b2d", [5, 6, 10, 20]),
        shape("b2d", [0, 0, 10, 10, np.pi / 4]),
        shape("elp", [50, 40, 20, 10, np.pi / 2]),
        shape("k2d", [1, 2, 3, 4]),
        {"label": ["night"]},
        {"label": ["car"], "mask": {"id": "seg", "value": [1, 2, 3]}},
        shape("p3d", [1, 2, 3]),
        shape("p2d", ["no", "number"]),
    )

    assert [item.index for item in found] == [0, 1, 2, 3, 4]
    assert [len(item.lines) for item in found] == [2, 1, 1, 1, 0]
    assert found[1].bounds == (5, 6, 15, 26)
    assert found[2].bounds == pytest.approx((-2.071, -2.071, 12.071, 12.071), abs=1e-3)
    assert found[3].bounds == pytest.approx((40, 20, 60, 60), abs=0.05)
    assert found[4].points.tolist() == [[1, 2], [3, 4]]


def test_that_a_shape_of_another_source_is_left_out() -> None:
    raws = [
        shape("p2d", SQUARE, sources=["rear"]),
        shape("p2d", SQUARE, sources=["rear", "front"]),
        shape("p2d", SQUARE),
    ]
    assert [item.index for item in shapes(*raws)] == [1, 2]


def test_that_absurd_numbers_stay_drawable() -> None:
    wild = [10**400, -(10**400), 1e300, 5, 0, -1e300]
    for raw in (shape("p2d", wild), shape("elp", [0, 0, 1e308, 1e308, 1.0])):
        (found,) = shapes(raw)
        assert np.isfinite(found.lines[0]).all()
        assert max(map(abs, found.bounds)) <= FARTHEST


@pytest.mark.parametrize(
    ("xy", "expected"),
    [
        ((10, 20), (0, True)),
        ((12, 20), (0, False)),
        ((20, 20), None),
        ((9.2, 20), (0, True)),
        ((5, 20), None),
        ((60, 60), (2, False)),
        ((90, 90), (3, True)),
    ],
    ids=["line", "inside", "hole", "near", "outside", "smallest", "keypoint"],
)
def test_that_a_click_hits_lines_before_insides(
    xy: tuple[float, float], expected: tuple[int, bool] | None
) -> None:
    found = shapes(
        shape("p2d", TWO_PARTS),
        shape("b2d", [40, 40, 40, 40]),
        shape("b2d", [55, 55, 10, 10]),
        shape("k2d", [90, 91]),
    )
    assert shape_at(found, xy, 1.0) == expected


def test_that_hidden_shapes_are_not_hit() -> None:
    found = shapes(shape("p2d", SQUARE), shape("p2d", SQUARE))
    assert shape_at(found, (10, 20), 2.0) == (1, True)
    assert shape_at(found, (10, 20), 2.0, frozenset([1])) == (0, True)


def test_that_equal_labels_have_equal_colours_and_overrides_win() -> None:
    rois = [read_annotation({"label": [name], "poly": SQUARE}) for name in "abcab"]
    colors = shape_colors(rois, {4: (1, 2, 3)})
    assert colors[0] == colors[3]
    assert len({colors[0], colors[1], colors[2]}) == 3
    assert colors[4] == (1, 2, 3)


def test_that_a_rendered_frame_shows_shapes_in_their_colours(tmp_path: Path) -> None:
    rois = [shape("b2d", [10, 10, 20, 20]), shape("k2d", [50, 30])]
    path = write_scene(tmp_path, rois)
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"] = []
    path.write_text(json.dumps(frame))
    document = open_document(path)
    census = take_census(document.frame, document.planes)
    first, second = shape_colors(document.frame.annotations, {})
    picture = render_frame(document, census, Display())
    plain = read_pixels(tmp_path / "scene.png")

    assert tuple(picture[10, 20]) == first
    assert tuple(picture[20, 10]) == first
    assert (picture[20, 20] == plain[20, 20]).all()
    assert tuple(picture[29, 49]) == second
    hidden = render_frame(document, census, Display(hidden_rois=frozenset([0, 1])))
    assert (hidden == plain).all()
