from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from chromask_resources import example_frame, resource

SCRIPT = Path(__file__).parent.parent / "resources" / "draw_example.py"
NAMES = {
    "street.json",
    "street.jpg",
    "street_seg.png",
    "street_instance.png",
    "_mask_legend.json",
}


def read_pixels(path: Path) -> npt.NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.array(image)


@pytest.fixture(scope="module")
def frame() -> dict[str, Any]:
    return json.loads(example_frame().read_bytes())


@pytest.fixture(scope="module")
def masks(frame: dict[str, Any]) -> dict[str, npt.NDArray[np.uint8]]:
    folder = example_frame().parent
    return {
        mask["id"]: read_pixels(folder / mask["uri"])
        for mask in frame["sources"][0]["masks"]
    }


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    subprocess.run([sys.executable, str(SCRIPT), str(folder)], check=True)
    return folder


def colours(pixels: npt.NDArray[np.uint8]) -> dict[tuple[int, ...], int]:
    packed = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    values, counts = np.unique(packed, return_counts=True)
    return {
        (int(v) >> 16, int(v) >> 8 & 255, int(v) & 255): int(n)
        for v, n in zip(values, counts, strict=True)
    }


def claims(frame: dict[str, Any], mask_id: str) -> list[tuple[int, ...]]:
    return [
        tuple(roi["mask"]["value"])
        for roi in frame["rois"]
        if roi["mask"]["id"] == mask_id
    ]


def test_that_the_script_draws_the_shipped_texts_and_masks_again(drawn: Path) -> None:
    shipped = example_frame().parent

    assert {path.name for path in drawn.iterdir()} == NAMES
    assert {path.name for path in shipped.iterdir()} == NAMES
    for name in ("street.json", "_mask_legend.json"):
        assert (drawn / name).read_bytes() == (shipped / name).read_bytes()
    # Pixels, not bytes: another zlib packs the same pixels into other bytes.
    for name in ("street_seg.png", "street_instance.png"):
        assert np.array_equal(read_pixels(drawn / name), read_pixels(shipped / name))


def test_that_the_script_draws_the_shipped_picture_again(drawn: Path) -> None:
    again = read_pixels(drawn / "street.jpg").astype(np.int16)
    shipped = read_pixels(example_frame().parent / "street.jpg")

    # JPEG decoders and processors round in their own ways; a changed scene is far off.
    difference = np.abs(again - shipped)
    assert difference.mean() < 0.5
    assert np.quantile(difference, 0.999) <= 6


def test_that_every_roi_of_the_example_has_pixels(
    frame: dict[str, Any], masks: dict[str, npt.NDArray[np.uint8]]
) -> None:
    found = {mask_id: colours(pixels) for mask_id, pixels in masks.items()}

    for roi in frame["rois"]:
        count = found[roi["mask"]["id"]].get(tuple(roi["mask"]["value"]), 0)
        assert count >= 60, roi


def test_that_one_small_colour_of_the_example_is_claimed_by_nobody(
    frame: dict[str, Any], masks: dict[str, npt.NDArray[np.uint8]]
) -> None:
    legend = json.loads((example_frame().parent / "_mask_legend.json").read_bytes())
    named = {tuple(value) for value in legend.values()}

    unclaimed = {
        (mask_id, value): count
        for mask_id, pixels in masks.items()
        for value, count in colours(pixels).items()
        if value not in claims(frame, mask_id) and value not in named
    }

    assert list(unclaimed) == [("seg", (255, 140, 36))]
    assert 500 < unclaimed["seg", (255, 140, 36)] < 6000


def test_that_the_legend_alone_names_the_sky(
    frame: dict[str, Any], masks: dict[str, npt.NDArray[np.uint8]]
) -> None:
    legend = json.loads((example_frame().parent / "_mask_legend.json").read_bytes())
    sky = tuple(legend["sky"])

    assert sky not in claims(frame, "seg")
    assert colours(masks["seg"])[sky] > 10_000


def test_that_two_rois_claim_no_colour_twice(frame: dict[str, Any]) -> None:
    for mask_id in ("seg", "instance"):
        values = claims(frame, mask_id)
        assert len(values) == len(set(values))


def test_that_the_instances_lie_on_the_pixels_of_their_class(
    frame: dict[str, Any], masks: dict[str, npt.NDArray[np.uint8]]
) -> None:
    of_class = {
        roi["label"][0]: roi["mask"]["value"]
        for roi in frame["rois"]
        if roi["mask"]["id"] == "seg"
    }

    for roi in frame["rois"]:
        if roi["mask"]["id"] == "instance":
            pixels = (masks["instance"] == roi["mask"]["value"]).all(-1)
            assert (masks["seg"][pixels] == of_class[roi["label"][0]]).all()


def test_that_sizes_in_the_frame_are_those_of_the_files(frame: dict[str, Any]) -> None:
    source = frame["sources"][0]

    for each in (source, *source["masks"]):
        with Image.open(example_frame().parent / each["uri"]) as image:
            assert image.size == (each["width"], each["height"])


def test_that_some_rois_have_no_confidence(frame: dict[str, Any]) -> None:
    instances = [roi for roi in frame["rois"] if roi["mask"]["id"] == "instance"]

    assert sum("confidence" not in roi for roi in instances) == 2


def test_that_a_missing_resource_names_its_file() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.txt"):
        resource("examples/nothing.txt")
