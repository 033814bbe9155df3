"""Masks of the data sets that are never written in place: TIFF and video, painted and undone."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.counts.pixel_counts import take_census
from chromask.document.painting import prepare_mask
from chromask.pixels import raster
from chromask.workspace.opening import open_document
from chromask.workspace.saving import save_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.document.document import Document

KEY = "front/seg"
TIFFS = {
    "nuclei2d/masks/mask2d.tif": "I;16",
    "geotiff_tiny/masks/M-33-20-D-c-4-2.tif": "L",
    "geotiff_tiny/masks_ftw_tiled/g_0.tif": "L",
    "rgb_tiff/masks/labels.tif": "RGB",
}
VIDEO = "example1_video/videos/example1_seg.mp4"


def open_mask(folder: Path, original: Path, **fields: Any) -> tuple[Document, Path]:
    """Open a frame of a folder whose mask is a copy of a file."""
    copy = folder / original.name
    shutil.copy(original, copy)
    PilImage.new("RGB", (8, 8)).save(folder / "source.png")
    mask = {"id": "seg", "uri": copy.name, **fields}
    source = {"id": "front", "uri": "source.png", "masks": [mask]}
    path = folder / "frame.json"
    path.write_text(json.dumps({"sources": [source], "rois": []}))
    return open_document(path), copy


def save(document: Document) -> list[str]:
    """Save; give the names of the files that were written."""
    snapshot = document.snapshot()
    saved = save_snapshot(snapshot)
    document.mark_saved(snapshot, saved)
    return sorted(path.name for path in saved.written)


def paint_ellipse(document: Document) -> np.ndarray[Any, Any]:
    """Give an ellipse the rarest value that has pixels; tells which pixels it covers."""
    plane = document.planes[KEY]
    rows, cols = plane.rows, plane.cols
    entry = int(np.argmin(np.where(plane.pixels > 0, plane.pixels, 1 << 60)))
    patch = raster.ellipse((cols * 0.2, rows * 0.2), (cols, rows), rows, cols)
    census = take_census(document.frame, document.planes)
    with document.edit("Paint") as edit:
        prepare_mask(edit, document, census, KEY)
        edit.paint(KEY, *patch, entry)
    where = np.zeros((rows, cols), bool)
    height, width = patch.where.shape
    where[patch.row0 :, patch.col0 :][:height, :width] = patch.where
    return where


def paint_save_undo(
    document: Document, copy: Path, before: np.ndarray[Any, Any], mode: str
) -> None:
    """Paint and save, undo and save: the file stays, the new PNG differs where painted."""
    bytes_before = copy.read_bytes()
    text = (copy.parent / "frame.json").read_text()
    where = paint_ellipse(document)

    assert save(document) == ["frame.json", "frame_seg.png"]
    with PilImage.open(copy.parent / "frame_seg.png") as picture:
        now = np.array(picture)
        assert picture.mode == mode
    painted = np.unique(now[where].reshape(np.count_nonzero(where), -1), axis=0)
    assert len(painted) == 1
    assert (now[~where] == before[~where]).all()
    assert (now[where] != before[where]).any()
    assert copy.read_bytes() == bytes_before

    document.undo()
    assert save(document) == ["frame.json"]
    assert (copy.parent / "frame.json").read_text() == text
    assert copy.read_bytes() == bytes_before


@pytest.mark.parametrize("name", TIFFS)
def test_that_a_real_tiff_is_painted_in_a_png_of_its_mode(
    real_data: Path, tmp_path: Path, name: str
) -> None:
    document, copy = open_mask(tmp_path, real_data / "data" / name)
    with PilImage.open(copy) as picture:
        before = np.array(picture)

    paint_save_undo(document, copy, before, TIFFS[name])


def test_that_a_moment_of_a_real_mask_video_is_painted_in_a_png(
    real_data: Path, tmp_path: Path
) -> None:
    fields = {"content_type": "video/mp4", "timestamp": 0}
    document, copy = open_mask(tmp_path, real_data / "data" / VIDEO, **fields)
    plane = document.planes[KEY]
    before = plane.table[plane.indices]
    bytes_before = copy.read_bytes()
    where = paint_ellipse(document)

    assert save(document) == ["frame.json", "frame_seg.png"]
    with PilImage.open(tmp_path / "frame_seg.png") as picture:
        now = np.array(picture)
        assert picture.mode == "RGB"
    assert (now[~where] == before[~where]).all()
    assert len(np.unique(now[where], axis=0)) == 1
    assert copy.read_bytes() == bytes_before

    document.undo()
    assert save(document) == ["frame.json"]
    assert copy.read_bytes() == bytes_before
