"""Which colour a value is shown in: palettes, id masks, overrides, solo, opacity masks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.colors import display_colors
from chromask.counts.pixel_counts import take_census
from chromask.document.edits import next_free_value
from chromask.drawing.display import (
    TINT,
    Display,
    color_table,
    entry_colors,
    mask_mode,
    mask_opacity,
    premultiplied,
    roi_color,
)
from chromask.drawing.render import render_frame
from chromask.pixels.id_masks import is_id_mask
from chromask.pixels.plane import MaskFormat, build_plane
from chromask.workspace.opening import open_document
from scenes import CAR, ROAD, SKY, roi, scene_mask, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.counts.pixel_counts import Census
    from chromask.document.document import Document

KEY = "front/seg"
GREY, GREY_16 = (
    MaskFormat("PNG", "L", 8, 1, 255),
    MaskFormat("PNG", "I;16", 16, 1, 65535),
)
RGB = MaskFormat("PNG", "RGB", 8, 3, 255)


def opened(
    folder: Path, mask: np.ndarray | None = None, **keys: object
) -> tuple[Document, Census]:
    document = open_document(write_scene(folder, mask=mask, **keys))
    return document, take_census(document.frame, document.planes, document.mapping)


def levels(*values: int, dtype: type = np.uint8) -> np.ndarray:
    return np.array([values], dtype)


@pytest.mark.parametrize(
    ("pixels", "kind", "expected"),
    [
        (levels(0, 1, 2, 3), GREY, True),
        (levels(0, 1, 900, dtype=np.uint16), GREY_16, True),
        (levels(*range(151)), GREY, True),
        (levels(0, 255), GREY, False),
        (levels(0, 128, 255), GREY, False),
        (levels(0), GREY, False),
        (np.array([[(1, 1, 1), (2, 2, 2)]], np.uint8), RGB, True),
        (np.array([[(1, 0, 0), (0, 1, 0)]], np.uint8), RGB, True),
        (scene_mask(), RGB, False),
    ],
    ids=[
        "ids",
        "16 bit",
        "crowded",
        "binary",
        "trimap",
        "empty",
        "grey",
        "coded",
        "rgb",
    ],
)
def test_that_masks_that_look_black_or_alike_are_ids(
    pixels: np.ndarray, kind: MaskFormat, expected: bool
) -> None:
    assert is_id_mask(build_plane(pixels, kind)) is expected


def test_that_ids_are_shown_in_distinct_colours_that_go_with_the_id(
    tmp_path: Path,
) -> None:
    mask = levels(0, 1, 2, 700, dtype=np.uint16).repeat(4, axis=0)
    document, census = opened(tmp_path, mask, rois=[roi(["one"], (1, 1, 1))])
    plane = document.planes[KEY]
    expected = display_colors([1, 2, 700]).tolist()
    table = color_table(KEY, plane, census, Display())
    shown = [[int(c) >> s & 255 for s in (16, 8, 0)] for c in table.tolist()]

    assert table[0] == 0
    assert shown[1:] == expected
    assert roi_color(document.planes, census, Display(), 0) == tuple(expected[0])
    stored = color_table(KEY, plane, census, Display(palette="stored"))
    assert stored.tolist() == [0, 0xFF000000, 0xFF000000, 0xFF020202]


def test_that_palettes_and_overrides_change_the_colours_that_are_drawn(
    tmp_path: Path,
) -> None:
    document, census = opened(tmp_path)
    planes = document.planes
    assert roi_color(planes, census, Display(), 0) == CAR
    distinct, safe = (
        [roi_color(planes, census, Display(palette=name), i) for i in (0, 1)]
        for name in ("distinct", "safe")
    )
    assert len({CAR, ROAD, *distinct, *safe}) >= 5
    own = Display(colors={1: (1, 2, 3)})
    assert roi_color(planes, census, own, 1) == (1, 2, 3)
    assert 0xFF010203 in color_table(KEY, planes[KEY], census, own).tolist()
    picture = render_frame(document, census, Display(1.0, colors={1: (1, 2, 3)}))
    assert (picture[(scene_mask() == ROAD).all(axis=2)] == (1, 2, 3)).all()


def test_that_the_background_stays_black_in_every_palette(tmp_path: Path) -> None:
    mask = np.zeros((40, 60, 3), np.uint8)
    mask[5:9] = CAR
    document, census = opened(tmp_path, mask)
    plane = document.planes[KEY]
    for name in ("distinct", "safe"):
        colors = entry_colors(KEY, plane, census, Display(palette=name))
        shown = {plane.value(i): tuple(c) for i, c in enumerate(colors.tolist())}
        assert shown[(0, 0, 0)] == (0, 0, 0)
        assert shown[CAR] != CAR


def test_that_the_first_colours_of_two_masks_differ(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    frame = json.loads(path.read_text())
    masks = frame["sources"][0]["masks"]
    masks.append({"id": "other", "uri": masks[0]["uri"]})
    path.write_text(json.dumps(frame))
    document = open_document(path)
    census = take_census(document.frame, document.planes)
    one, other = (
        entry_colors(key, plane, census, Display(palette="distinct")).tolist()
        for key, plane in document.planes.items()
    )
    assert not {tuple(rgb) for rgb in one} & {tuple(rgb) for rgb in other}


def test_that_solo_dims_the_others_and_shows_a_hidden_roi(tmp_path: Path) -> None:
    document, census = opened(tmp_path)
    display = Display(solo=0, dim=0.8, hidden_rois=frozenset([0]))
    plane = document.planes[KEY]
    table = color_table(KEY, plane, census, display)
    alphas = {plane.value(i): int(c) >> 24 for i, c in enumerate(table.tolist())}

    assert alphas[CAR] == 255
    assert alphas[ROAD] == alphas[SKY] == 51


def test_that_an_opacity_mask_shows_the_wanted_part_alone(tmp_path: Path) -> None:
    mask = np.arange(256, dtype=np.uint8).reshape(16, 16)
    document, census = opened(tmp_path, mask, rois=[])
    plane, display = document.planes[KEY], Display(opacities={KEY: 1.0})
    assert mask_mode(KEY, plane, census, display) == "alpha"
    assert (
        mask_mode(KEY, plane, census, Display(modes={KEY: "segmentation"})) != "alpha"
    )
    table = color_table(KEY, plane, census, display)
    assert table[255] == 0
    assert int(table[0]) == 0xFF << 24 | TINT[0] << 16 | TINT[1] << 8 | TINT[2]
    picture = render_frame(document, census, display)
    with PilImage.open(tmp_path / "scene.png") as source:
        assert picture[15, 15].tolist() == list(source.getpixel((15, 15)))
    assert picture[0, 0].tolist() == list(TINT)


def test_that_grey_levels_are_labels_where_a_roi_names_one(tmp_path: Path) -> None:
    mask = np.arange(256, dtype=np.uint8).reshape(16, 16)
    document, census = opened(tmp_path, mask, rois=[roi(["x"], (7, 7, 7))])
    assert mask_mode(KEY, document.planes[KEY], census, Display()) == "segmentation"


def test_that_a_masks_opacity_multiplies_the_overlays(tmp_path: Path) -> None:
    document, census = opened(tmp_path)
    display = Display(0.5, opacities={KEY: 0.4})
    assert mask_opacity(KEY, document.planes[KEY], census, display) == 0.2


def test_that_premultiplied_colours_are_what_qt_expects() -> None:
    table = np.array([0xFF102030, 0x80FF8000, 0, 0x00FFFFFF], np.uint32)
    expected = [0xFF102030, 0x80804000, 0, 0]
    assert premultiplied(table).tolist() == expected


@pytest.mark.parametrize(
    ("pixels", "kind", "taken", "expected"),
    [
        (levels(0, 1, 2, 4), GREY, [], (3, 3, 3)),
        (levels(0, 1, 2, 4), GREY, [(3, 3, 3), (-1, 5, 5)], (5, 5, 5)),
        (levels(0, 255), GREY, [], (127, 127, 127)),
        (levels(0), GREY, [], (255, 255, 255)),
        (levels(0, 255), MaskFormat("PNG", "1", 1, 1, 255), [], None),
        (levels(0), MaskFormat("PNG", "1", 1, 1, 255), [], (255, 255, 255)),
    ],
    ids=["id", "id claimed", "between", "first", "full", "one bit"],
)
def test_that_the_next_free_grey_is_one_that_the_mask_holds(
    pixels: np.ndarray, kind: MaskFormat, taken: list, expected: tuple | None
) -> None:
    assert next_free_value(build_plane(pixels, kind), taken) == expected


def test_that_free_colours_stay_far_from_all_that_are_taken() -> None:
    from chromask.colors import difference

    plane = build_plane(scene_mask(), RGB)
    taken = [CAR, ROAD, SKY]
    for _ in range(8):
        value = next_free_value(plane, taken)
        assert value is not None
        assert plane.can_hold(value) is None
        assert min(float(difference(value, other)) for other in taken) > 20
        taken.append(value)
