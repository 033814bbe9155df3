"""Small frames on disk for the tests: drawn with numpy and Pillow, never with chromask."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image as PilImage

if TYPE_CHECKING:
    from pathlib import Path

ROAD, CAR, SKY, STRAY = (128, 64, 128), (0, 0, 142), (70, 130, 180), (9, 200, 9)
ROWS, COLS = 40, 60


def scene_mask() -> np.ndarray[Any, Any]:
    """Sky above, road below, a car of 6 x 10 pixels on it and 3 stray pixels: (40, 60, 3)."""
    mask = np.empty((ROWS, COLS, 3), np.uint8)
    mask[:20] = SKY
    mask[20:] = ROAD
    mask[22:28, 10:20] = CAR
    mask[35, 50:53] = STRAY
    return mask


PIXELS = {
    SKY: 20 * COLS,
    CAR: 60,
    STRAY: 3,
    ROAD: 20 * COLS - 60 - 3,
}


def roi(
    labels: list[str], value: tuple[int, ...], mask: str = "seg", **rest: Any
) -> dict[str, Any]:
    return {
        "label": labels,
        "mask": {"id": mask, "value": list(value)},
        "sources": ["front"],
        **rest,
    }


def write_scene(
    folder: Path,
    rois: list[dict[str, Any]] | None = None,
    *,
    mask: np.ndarray[Any, Any] | None = None,
    name: str = "scene",
    mask_name: str | None = None,
    mask_options: dict[str, Any] | None = None,
    **keys: Any,
) -> Path:
    """Write an image, its mask and a frame JSON that names car and road; returns the JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    pixels = scene_mask() if mask is None else mask
    mask_file = mask_name or f"{name}_seg.png"
    picture = np.zeros((*pixels.shape[:2], 3), np.uint8)
    picture[..., 0] = np.arange(pixels.shape[1], dtype=np.uint8)
    picture[..., 1] = np.arange(pixels.shape[0], dtype=np.uint8)[:, None]
    PilImage.fromarray(picture).save(folder / f"{name}.png")
    PilImage.fromarray(pixels).save(folder / mask_file, **(mask_options or {}))
    frame = {
        "sources": [
            {
                "id": "front",
                "uri": f"{name}.png",
                "content_type": "image/png",
                "width": pixels.shape[1],
                "height": pixels.shape[0],
                "timestamp": 0,
                "masks": [{"id": "seg", "uri": mask_file}],
            }
        ],
        "rois": rois if rois is not None else [roi(["car"], CAR), roi(["road"], ROAD)],
        **keys,
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(frame, indent=2), encoding="utf-8")
    return path


def write_frames(folder: Path, count: int = 12) -> Path:
    """Write so many scenes, ``f00.json`` and so on; returns the folder."""
    for number in range(count):
        write_scene(folder, name=f"f{number:02d}")
    return folder


def write_pairs(folder: Path, count: int = 3, masks: str = "masks") -> Path:
    """Write so many scenes without JSON, ``images/0.png`` and ``masks/0.png``, and a legend."""
    write_scene(folder / "made")
    for name in ("images", masks):
        (folder / name).mkdir()
    for number in range(count):
        shutil.copy(folder / "made/scene.png", folder / f"images/{number}.png")
        shutil.copy(folder / "made/scene_seg.png", folder / masks / f"{number}.png")
    shutil.rmtree(folder / "made")
    (folder / "label_colors.txt").write_text("0 0 142 car\n128 64 128 road\n")
    return folder


def read_pixels(path: Path) -> np.ndarray[Any, Any]:
    with PilImage.open(path) as picture:
        return np.array(picture)
