"""Real masks are taken for what they are: ids, opacities or colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from chromask.counts.pixel_counts import take_census
from chromask.drawing.display import Display, color_table, mask_mode
from chromask.pixels.id_masks import is_id_mask
from chromask.workspace.opening import open_document

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("image", "mask", "is_id", "mode"),
    [
        ("nuclei2d/images/img2d.tif", "nuclei2d/masks/mask2d.tif", True, None),
        (
            "lemur_alpha/images/lemur.png",
            "lemur_alpha/masks_alpha/lemur_alpha.png",
            None,
            "alpha",
        ),
        (
            "lemur_alpha/images/lemur.png",
            "lemur_alpha/masks_trimap/lemur_trimap.png",
            False,
            "segmentation",
        ),
        (
            "pumavos_chair/images/frame_000000.jpg",
            "pumavos_chair/masks/frame_000000.png",
            False,
            "segmentation",
        ),
    ],
    ids=["ids", "opacities", "trimap", "palette"],
)
def test_that_a_real_mask_is_taken_for_what_it_is(
    real_data: Path, image: str, mask: str, is_id: bool | None, mode: str | None
) -> None:
    folder = real_data / "data"
    document = open_document(folder / image, [folder / mask])
    census = take_census(document.frame, document.planes, document.mapping)
    ((key, plane),) = document.planes.items()

    if is_id is not None:
        assert is_id_mask(plane) is is_id
    assert mask_mode(key, plane, census, Display()) == (mode or "segmentation")


def test_that_each_real_nucleus_has_a_colour_of_its_own(real_data: Path) -> None:
    folder = real_data / "data" / "nuclei2d"
    document = open_document(folder / "images/img2d.tif", [folder / "masks/mask2d.tif"])
    census = take_census(document.frame, document.planes)
    ((key, plane),) = document.planes.items()
    table = color_table(key, plane, census, Display())

    assert table[0] == 0
    assert len(np.unique(table[1:])) == len(table) - 1 == 65
