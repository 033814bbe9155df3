"""The real frame with exact masks has the pixels that were counted apart from chromask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chromask.counts.pixel_counts import take_census
from chromask.workspace.opening import open_document

if TYPE_CHECKING:
    from pathlib import Path


def test_that_every_value_of_the_image_frame_has_its_measured_pixels(
    real_data: Path,
) -> None:
    folder = real_data / "examples" / "car_1"
    measured = json.loads((folder / "pixels_at_500ms.json").read_text(encoding="utf-8"))
    document = open_document(folder / "image_frame.json")

    found = {
        key.removeprefix("front/"): {
            str(plane.value(entry)): int(count)
            for entry, count in enumerate(plane.pixels)
            if count
        }
        for key, plane in document.planes.items()
    }
    assert found == measured

    census = take_census(document.frame, document.planes, document.mapping)
    for count, roi in zip(census.rois, document.frame.annotations, strict=True):
        assert count.pixels == measured["seg"][str(roi.mask_value)]
