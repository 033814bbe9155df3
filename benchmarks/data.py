"""The data of the benchmarks: made once, the same on every machine, kept outside the project."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image as PilImage

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.model import Scene

VERSION = 2
"""Another number where the data changes: old folders are left alone."""

BAND_ROWS = 512
PIECES_A_COLOR = 9


def make_data(scene: Scene, root: Path) -> Path:
    """Give the folder with a scene's data; made where it is not there yet."""
    folder = root / f"v{VERSION}-{scene.key}"
    if folder.exists():
        return folder
    half = root / f".half-{os.getpid()}-{scene.key}"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    if scene.is_shared:
        _write_shared(half / "walk", scene)
    else:
        _write_frames(half, scene)
    # Whoever made it meanwhile made the same.
    if folder.exists():
        shutil.rmtree(half)
    else:
        half.rename(folder)
    return folder


def _write_shared(folder: Path, scene: Scene) -> None:
    folder.mkdir()
    _, values = _write_pixels(folder, scene)
    text = json.dumps(_frame(scene, "image", rgb_of(values)))
    for number in range(scene.frames):
        (folder / f"frame_{number:06}.json").write_text(text, encoding="utf-8")


def _write_pixels(
    folder: Path, scene: Scene
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    indices = make_indices(scene.rows, scene.cols, scene.colors)
    values = values_of(scene)
    _save_mask(folder / "mask.png", indices, values, scene)
    cv2.imwrite(
        str(folder / "image.jpg"),
        make_photo(scene.rows, scene.cols),
        [cv2.IMWRITE_JPEG_QUALITY, 90],
    )
    return indices, values


def _write_frames(folder: Path, scene: Scene) -> None:
    indices, values = _write_pixels(folder, scene)
    if scene.colors <= 1 << 16 and scene.mode == "RGB":
        # The labels as a peer holds them, so that it need not find the colours first.
        kind = np.uint8 if scene.colors <= 1 << 8 else np.uint16
        cv2.imwrite(str(folder / "labels.png"), indices.astype(kind))
    (folder / "values.json").write_text(json.dumps(rgb_of(values)), encoding="utf-8")
    names = [f"frame_{number:03}" for number in range(scene.frames)]
    frame = _frame(scene, "image", rgb_of(values))
    (folder / "frame.json").write_text(json.dumps(frame), encoding="utf-8")
    if scene.frames == 1:
        return
    (folder / "walk").mkdir()
    for name in names:
        for kind, suffix in (("image", "jpg"), ("mask", "png")):
            other = f"{name}_mask" if kind == "mask" else name
            # One file under all names: of the largest there would be gigabytes.
            copy = folder / "walk" / f"{other}.{suffix}"
            copy.hardlink_to(folder / f"{kind}.{suffix}")
        frame = _frame(scene, name, rgb_of(values))
        (folder / "walk" / f"{name}.json").write_text(
            json.dumps(frame), encoding="utf-8"
        )


def make_indices(rows: int, cols: int, colors: int) -> np.ndarray[Any, Any]:
    """Draw regions with wavy borders, a third of the image one of them: (rows, cols)."""
    rng = np.random.default_rng(1)
    side = max(3, int(np.ceil(np.sqrt(colors * PIECES_A_COLOR))))
    cells = rng.permutation(np.arange(side * side) % colors).reshape(side, side)
    cells[side // 3 : side // 3 * 2] = 0
    if colors > 1:
        # No value is lost to the large region.
        free = np.flatnonzero(cells.ravel() != 0)[: colors - 1]
        cells.ravel()[free] = np.arange(1, colors)[: len(free)]
    cells = cells.astype(np.uint8 if colors <= 256 else np.uint32)
    indices = np.empty((rows, cols), cells.dtype)
    height, width = rows / side, cols / side
    col = np.arange(cols)
    bend_rows = height * 0.3 * np.sin(col / width * 1.7)
    for top in range(0, rows, BAND_ROWS):
        row = np.arange(top, min(top + BAND_ROWS, rows))
        bend_cols = width * 0.3 * np.sin(row / height * 2.3)
        at_row = ((row[:, None] + bend_rows) / height).astype(np.int32)
        at_col = ((col + bend_cols[:, None]) / width).astype(np.int32)
        np.clip(at_row, 0, side - 1, out=at_row)
        np.clip(at_col, 0, side - 1, out=at_col)
        indices[top : top + len(row)] = cells[at_row, at_col]
    return indices


def make_photo(rows: int, cols: int) -> np.ndarray[Any, Any]:
    """Draw what compresses like a photograph: soft shapes and grain, (rows, cols, 3) uint8."""
    rng = np.random.default_rng(2)
    tile = rng.normal(0, 1, (512, 512, 3)).astype(np.float32)
    soft = cv2.GaussianBlur(tile, (0, 0), 12) * 1500
    texture = np.clip(soft + 4 * tile + 120, 0, 255).astype(np.uint8)
    times = (-(-rows // 512), -(-cols // 512), 1)
    return np.tile(texture, times)[:rows, :cols].copy()


def values_of(scene: Scene) -> np.ndarray[Any, Any]:
    """Give distinct values of the mask's mode, (colors, channels); index 0 is all zeros."""
    number = np.arange(scene.colors, dtype=np.uint64)
    # An odd factor modulo a power of two gives each number another place.
    spread = number * np.uint64(2654435761 % (1 << 24) | 1) % np.uint64(1 << 24)
    rgb = np.stack(
        [spread >> np.uint64(shift) & np.uint64(255) for shift in (16, 8, 0)]
    )
    rgb = rgb.T.astype(np.uint8)
    if scene.mode in ("L", "LA", "1"):
        rgb = np.repeat(number.astype(np.uint8)[:, None], 3, axis=1)
    if scene.mode == "1":
        rgb = np.where(rgb > 0, 255, 0).astype(np.uint8)
    if scene.mode == "I;16":
        return np.repeat(number.astype(np.uint16)[:, None] * 7, 3, axis=1)
    if scene.mode == "RGB;16":
        return rgb.astype(np.uint16) * 257
    return rgb


def rgb_of(values: np.ndarray[Any, Any]) -> list[list[int]]:
    """Give values as lists R, G, B."""
    return values[:, :3].tolist()


def _save_mask(
    path: Path,
    indices: np.ndarray[Any, Any],
    values: np.ndarray[Any, Any],
    scene: Scene,
) -> None:
    mode = scene.mode
    if mode == "P":
        picture = PilImage.fromarray(indices.astype(np.uint8), "L")
        picture.putpalette(values.tobytes())
        picture.save(path)
    elif mode in ("1", "L", "I;16"):
        cv_levels = values[indices, 0]
        if mode == "1":
            PilImage.fromarray(cv_levels).convert("1").save(path)
        else:
            cv2.imwrite(str(path), cv_levels)
    elif mode == "LA":
        opaque = np.full(indices.shape, 255, np.uint8)
        levels = np.stack([values[indices, 0], opaque], axis=-1)
        PilImage.fromarray(levels, "LA").save(path)
    else:
        bgr = values[:, ::-1].copy()
        if mode == "RGBA":
            bgr = np.concatenate([bgr, np.full((len(bgr), 1), 255, np.uint8)], axis=1)
        cv2.imwrite(str(path), bgr[indices])


def _frame(scene: Scene, image: str, values: list[list[int]]) -> dict[str, Any]:
    mask = "mask.png" if image == "image" else f"{image}_mask.png"
    source = {
        "id": "0",
        "uri": f"{image}.jpg",
        "content_type": "image/jpeg",
        "width": scene.cols,
        "height": scene.rows,
        "timestamp": 0,
        "masks": [{"id": "00", "uri": mask}],
    }
    rois = [
        {
            "label": [f"class {number}"],
            "mask": {"id": "00", "value": value},
            "sources": ["0"],
        }
        for number, value in enumerate(values[: scene.rois])
    ]
    return {"sources": [source], "rois": rois}
