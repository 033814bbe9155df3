"""The files in the pictures: made here, from nothing or from the example of chromask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from chromask_resources import example_frame

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CAR, PERSON, ROAD = (52, 116, 220), (226, 78, 70), (126, 108, 168)


def write_frame(
    path: Path, masks: list[dict[str, Any]], rois: list[dict[str, Any]], image: str
) -> Path:
    """Write a frame of one source."""
    kind = "image/jpeg" if image.endswith(".jpg") else "image/png"
    source = {"id": "camera", "uri": image, "content_type": kind, "masks": masks}
    frame = {"sources": [source], "rois": rois}
    path.write_text(json.dumps(frame, indent=1), encoding="utf-8")
    return path


def roi(labels: list[str], value: Sequence[int], mask: str) -> dict[str, Any]:
    """Give a ROI of a frame."""
    claim = {"id": mask, "value": list(value)}
    return {"label": labels, "mask": claim, "sources": ["camera"]}


def many_rois(folder: Path) -> Path:
    """10 000 cells of a tissue, each a ROI of its own colour."""
    rows, cols, side = 800, 800, 8
    number = np.arange(rows // side * (cols // side))
    values = np.stack(
        [40 + number * 37 % 200, 40 + number // 100 * 2, 40 + number % 100 * 2], axis=1
    ).astype(np.uint8)
    values = np.unique(values, axis=0)
    number = number[: len(values)]
    cell = np.arange(rows)[:, None] // side * (cols // side) + np.arange(cols) // side
    mask = np.zeros((rows, cols, 3), np.uint8)
    inside = (np.arange(rows)[:, None] % side > 0) & (np.arange(cols) % side > 0)
    known = inside & (cell < len(values))
    mask[known] = values[cell[known]]
    Image.fromarray(mask).save(folder / "cells_mask.png")
    row, col = np.mgrid[:rows, :cols]
    wave = 128 + 60 * np.sin(row / 40) * np.cos(col / 60)
    picture = np.stack([wave + 40, wave - 30, wave + 10], axis=2).clip(0, 255)
    Image.fromarray(picture.astype(np.uint8)).save(folder / "cells.png")
    kinds = ("epithelium", "stroma", "lymphocyte", "nucleus")
    rois = [
        roi([kinds[n % 4], f"cell {n + 1}"], value, "cells")
        for n, value in enumerate(values.tolist())
    ]
    masks = [{"id": "cells", "uri": "cells_mask.png"}]
    return write_frame(folder / "cells.json", masks, rois, "cells.png")


def deep_mask(folder: Path) -> Path:
    """A mask of 16 bits: ids above 255, which look black to the eye."""
    rows, cols = 480, 640
    row, col = np.mgrid[:rows, :cols]
    mask = np.zeros((rows, cols), np.uint16)
    names: tuple[str, ...] = (
        "liver",
        "spleen",
        "kidney, left",
        "kidney, right",
        "aorta",
    )
    places = (
        (230, 180, 120),
        (210, 470, 70),
        (330, 430, 45),
        (330, 220, 45),
        (300, 325, 22),
    )
    rois: list[dict[str, Any]] = []
    for number, (name, (y, x, size)) in enumerate(zip(names, places, strict=True), 1):
        value = number * 300
        mask[((row - y) / size) ** 2 + ((col - x) / (1.2 * size)) ** 2 < 1] = value
        rois.append(roi(name.split(", "), [value], "organs"))
    body = ((row - 260) / 230) ** 2 + ((col - 320) / 300) ** 2 < 1
    noise = (
        np.random.default_rng(7)
        .normal(0, 900, (rows // 8, cols // 8))
        .repeat(8, 0)
        .repeat(8, 1)
    )
    picture = np.where(body, 18_000 + mask * 8.0 + noise, 1_500).clip(0, 65_535)
    Image.fromarray(picture.astype(np.uint16)).save(folder / "scan.png")
    Image.fromarray(mask).save(folder / "organs.png")
    masks = [{"id": "organs", "uri": "organs.png"}]
    return write_frame(folder / "scan.json", masks, rois, "scan.png")


def without_files(folder: Path) -> Path:
    """A frame whose image and masks are all missing."""
    masks = [{"id": name, "uri": f"masks/{name}.png"} for name in ("seg", "depth")]
    rois = [
        roi(["road"], (126, 108, 168), "seg"),
        roi(["car"], (52, 116, 220), "seg"),
        roi(["person"], (226, 78, 70), "seg"),
    ]
    return write_frame(folder / "moved.json", masks, rois, "images/moved.png")


def frames_folder(folder: Path) -> Path:
    """A folder of images with masks and a legend, as data sets have them."""
    root = folder / "crossing"
    (root / "images").mkdir(parents=True, exist_ok=True)
    (root / "masks").mkdir(exist_ok=True)
    example = example_frame().parent
    with (
        Image.open(example / "street.jpg") as picture,
        Image.open(example / "street_seg.png") as mask,
    ):
        for number in range(8):
            left = number * 40
            box = (left, 0, left + 640, 600)
            name = f"{number + 1:04d}"
            picture.crop(box).save(root / "images" / f"{name}.jpg", quality=90)
            mask.crop(box).save(root / "masks" / f"{name}.png")
    frame = json.loads(example_frame().read_text(encoding="utf-8"))
    legend = {
        each["label"][0]: each["mask"]["value"]
        for each in frame["rois"]
        if each["mask"]["id"] == "seg"
    }
    text = json.dumps(legend, indent=1)
    (root / "_mask_legend.json").write_text(text, encoding="utf-8")
    return root


def half_done(folder: Path) -> Path:
    """The street as somebody has it who paints: no car and no person has pixels yet."""
    example = example_frame().parent
    with Image.open(example / "street_seg.png") as mask:
        pixels = np.asarray(mask.convert("RGB")).copy()
    for value in (CAR, PERSON):
        pixels[(pixels == value).all(axis=2)] = 0
    Image.fromarray(pixels).save(folder / "street_seg.png")
    image = folder / "street.jpg"
    image.write_bytes((example / "street.jpg").read_bytes())
    rois = [
        roi([name], value, "seg")
        for name, value in (("car", CAR), ("person", PERSON), ("road", ROAD))
    ]
    masks = [{"id": "seg", "uri": "street_seg.png"}]
    return write_frame(folder / "street.json", masks, rois, "street.jpg")


def without_rois(folder: Path) -> Path:
    """An image with a mask that nobody has named a colour of yet."""
    example = example_frame().parent
    for name in ("street.jpg", "street_seg.png"):
        target = folder / name.replace("_seg", "_mask")
        target.write_bytes((example / name).read_bytes())
    return folder / "street.jpg"


def without_masks(folder: Path) -> Path:
    """An image alone."""
    image = folder / "street.jpg"
    image.write_bytes((example_frame().parent / "street.jpg").read_bytes())
    return image


def unnamed_folder(folder: Path) -> Path:
    """Images and masks of the street with three colours; no legend names them."""
    root = folder / "street photos"
    (root / "images").mkdir(parents=True)
    (root / "masks").mkdir()
    example = example_frame().parent
    with (
        Image.open(example / "street.jpg") as picture,
        Image.open(example / "street_seg.png") as mask,
    ):
        pixels = np.asarray(mask.convert("RGB"))
        few = np.zeros_like(pixels)
        for value in (CAR, PERSON, ROAD):
            few[(pixels == value).all(axis=2)] = value
        for number in range(3):
            box = (number * 60, 0, number * 60 + 840, 600)
            name = f"{number + 1:03d}"
            picture.crop(box).save(root / "images" / f"{name}.jpg", quality=90)
            Image.fromarray(few).crop(box).save(root / "masks" / f"{name}.png")
    return root
