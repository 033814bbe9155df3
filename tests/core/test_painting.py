"""What painting makes of a mask: a new one, a copy as PNG, or the file as it was."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.counts.pixel_counts import NOBODY, take_census
from chromask.document.constraints import Constraints, paintable_entries
from chromask.document.painting import Painter, find_target, what_painting_makes
from chromask.errors import EditError
from chromask.pixels import raster
from chromask.pixels.plane import expand
from chromask.workspace.opening import open_document
from chromask.workspace.saving import save_snapshot
from scenes import CAR, COLS, ROAD, ROWS, SKY, read_pixels, roi, scene_mask, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.document.change import Change
    from chromask.document.document import Document

KEY = "front/seg"


def paint(
    document: Document,
    patch: raster.Patch,
    index: int = 0,
    constraints: Constraints | None = None,
    *,
    erases: bool = False,
) -> Change:
    census = take_census(document.frame, document.planes, document.mapping)
    target = find_target(document, census, index, "front")
    with document.edit("Paint") as edit:
        painter = Painter(edit, document, census, target, constraints or Constraints())
        painter.paint(patch, painter.background() if erases else None)
        return edit.commit()


def box(row0: int, col0: int, row1: int, col1: int) -> raster.Patch:
    return raster.box((col0, row0), (col1, row1), ROWS, COLS)


def saved(document: Document) -> None:
    snapshot = document.snapshot()
    document.mark_saved(snapshot, save_snapshot(snapshot))


def test_that_a_source_without_a_mask_gets_one_with_the_first_stroke(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path, [roi(["car"], CAR)])
    (tmp_path / "scene_seg.png").unlink()
    frame = json.loads(path.read_text())
    del frame["sources"][0]["masks"]
    path.write_text(json.dumps(frame))
    document = open_document(path)
    census = take_census(document.frame, document.planes)
    target = find_target(document, census, 0, "front")
    assert what_painting_makes(document, target) == "mask"
    paint(document, box(3, 4, 6, 9))
    saved(document)
    expected = np.zeros((ROWS, COLS, 3), np.uint8)
    expected[3:6, 4:9] = CAR
    again = open_document(path)
    (ref,) = again.frame.masks()
    assert ref.mask.id == "seg"
    assert (read_pixels(tmp_path / ref.mask.uri) == expected).all()
    document.undo()
    assert document.frame.masks() == ()
    assert document.planes == {}


def test_that_a_lossy_mask_becomes_a_png_in_which_rois_keep_their_pixels(
    tmp_path: Path,
) -> None:
    path = write_scene(
        tmp_path, mask_name="scene_seg.jpg", mask_options={"quality": 70}
    )
    before = (tmp_path / "scene_seg.jpg").read_bytes()
    document = open_document(path)
    census = take_census(document.frame, document.planes)
    target = find_target(document, census, 0, "front")
    assert what_painting_makes(document, target) == "copy"
    paint(document, box(2, 2, 5, 5))
    after = take_census(document.frame, document.planes)
    assert after.rois[1].pixels == census.rois[1].pixels
    assert after.rois[0].pixels == census.rois[0].pixels + 9
    saved(document)
    assert (tmp_path / "scene_seg.jpg").read_bytes() == before
    uri = document.mask_uri(KEY)
    assert uri.endswith(".png")
    assert (read_pixels(tmp_path / uri)[2:5, 2:5] == CAR).all()


@pytest.mark.parametrize(
    ("mode", "values", "background"),
    [
        ("L", (7, 9), 0),
        ("I;16", (700, 900), 0),
        ("RGBA", ((1, 2, 3, 255), (4, 5, 6, 255)), (0, 0, 0, 0)),
        ("LA", ((5, 255), (9, 255)), (0, 0)),
    ],
)
def test_that_the_eraser_writes_zeros_where_the_mode_holds_them(
    tmp_path: Path, mode: str, values: tuple[Any, Any], background: Any
) -> None:
    width = np.size(values[0])
    pixels = np.zeros((ROWS, COLS, width), np.uint16 if "16" in mode else np.uint8)
    pixels[:] = values[0]
    pixels[5:9] = values[1]
    claim = [values[1]] * 3 if width == 1 else list(values[1])
    claim = [claim[0]] * 3 + [claim[1]] if width == 2 else claim
    path = write_scene(tmp_path, [roi(["x"], claim)])
    PilImage.fromarray(pixels.squeeze()).save(tmp_path / "scene_seg.png")
    document = open_document(path)
    paint(document, box(6, 0, 7, 10), erases=True)
    saved(document)
    expected = pixels.copy()
    expected[6, :10] = background
    assert (read_pixels(tmp_path / "scene_seg.png") == expected.squeeze()).all()


def test_that_the_eraser_of_a_palette_mask_writes_entry_0(tmp_path: Path) -> None:
    path = write_scene(tmp_path, [roi(["x"], (10, 20, 30))])
    mask = PilImage.fromarray(np.full((ROWS, COLS), 1, np.uint8), "P")
    mask.putpalette([200, 100, 50, 10, 20, 30])
    mask.save(tmp_path / "scene_seg.png")
    document = open_document(path)
    paint(document, box(1, 1, 3, 3), erases=True)
    saved(document)
    with PilImage.open(tmp_path / "scene_seg.png") as after:
        assert after.mode == "P"
        found = np.array(after)
    assert (found[1:3, 1:3] == 0).all()
    assert found.sum() == ROWS * COLS - 4


def test_that_constraints_say_which_entries_may_change(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path))
    census = take_census(document.frame, document.planes)
    plane = document.planes[KEY]

    def may(**values: Any) -> set[tuple[int, ...]]:
        found = paintable_entries(KEY, plane, census, Constraints(**values))
        return {plane.value(entry) for entry in np.flatnonzero(found)}

    everything = may()
    assert {CAR, ROAD, SKY} < everything
    assert may(over=0) == {CAR}
    assert may(over=NOBODY) == everything - {CAR, ROAD}
    assert may(locked=frozenset({0})) == everything - {CAR}
    assert may(over=0, locked=frozenset({0})) == set()


@pytest.mark.parametrize(
    ("value", "words"),
    [((-1, 0, 0), "-1"), (None, "no value")],
)
def test_that_a_roi_that_cannot_be_painted_says_why(
    tmp_path: Path, value: tuple[int, ...] | None, words: str
) -> None:
    rois = [roi(["x"], value)] if value else [{"label": ["x"], "sources": ["front"]}]
    document = open_document(write_scene(tmp_path, rois))
    with pytest.raises(EditError, match=words):
        paint(document, box(0, 0, 2, 2))
    assert document.undo_label is None


def test_that_nothing_is_erased_into_a_locked_background(tmp_path: Path) -> None:
    rois = [roi(["car"], CAR), roi(["void"], (0, 0, 0))]
    document = open_document(write_scene(tmp_path, rois))
    locked = Constraints(locked=frozenset({1}))
    with pytest.raises(EditError, match="locked ROI"):
        paint(document, box(22, 10, 24, 12), constraints=locked, erases=True)
    assert (expand(document.planes[KEY], 0, ROWS) == scene_mask()).all()


def test_that_an_unreadable_source_gets_no_mask(tmp_path: Path) -> None:
    path = write_scene(tmp_path, [roi(["car"], CAR)])
    frame = json.loads(path.read_text())
    for key in ("masks", "width", "height"):
        frame["sources"][0].pop(key, None)
    path.write_text(json.dumps(frame))
    (tmp_path / "scene.png").unlink()
    document = open_document(path)
    with pytest.raises(EditError, match="cannot be read"):
        paint(document, box(0, 0, 2, 2))


def real_masks(real_data: Path) -> list[Path]:
    """List the PNG masks of every data set: they lie in folders named after it."""
    return sorted((real_data / "data").glob("*/masks*/**/*.png"))


def test_that_every_png_of_the_data_sets_is_painted_exactly(
    real_data: Path, tmp_path: Path
) -> None:
    masks = real_masks(real_data)
    assert len(masks) > 10
    for number, original in enumerate(masks):
        folder = tmp_path / str(number)
        folder.mkdir()
        copy = folder / "mask.png"
        copy.write_bytes(original.read_bytes())
        shutil.copy(copy, folder / "image.png")
        source = {
            "id": "front",
            "uri": "image.png",
            "masks": [{"id": "seg", "uri": "mask.png"}],
        }
        path = folder / "frame.json"
        path.write_text(json.dumps({"sources": [source], "rois": []}))
        document = open_document(path)
        if KEY in document.planes:
            paint_and_compare(document, copy)


def paint_and_compare(document: Document, copy: Path) -> None:
    """Paint the rarest value into an ellipse, save, undo, save: nothing else changes."""
    mode, before = read_mode(copy)
    plane = document.planes[KEY]
    rows, cols = plane.rows, plane.cols
    entry = int(np.argmin(np.where(plane.pixels > 0, plane.pixels, 1 << 60)))
    patch = raster.ellipse((cols * 0.2, rows * 0.2), (cols, rows), rows, cols)
    where = np.zeros((rows, cols), bool)
    height, width = patch.where.shape
    where[patch.row0 : patch.row0 + height, patch.col0 : patch.col0 + width] = (
        patch.where
    )
    example = before[np.unravel_index(np.argmax(plane.indices == entry), (rows, cols))]
    if not (where & (plane.indices != entry)).any():
        return  # a mask of one colour, or of so few pixels that none is in the ellipse
    with document.edit("Paint") as edit:
        edit.paint(KEY, *patch, entry)
    document.undo()
    assert not document.is_mask_edited(KEY)
    document.redo()
    saved(document)
    after_mode, after = read_mode(copy)
    assert after_mode == mode
    assert (after[~where] == before[~where]).all(), document.path
    assert (after[where] == example).all(), document.path
    document.undo()
    saved(document)
    again_mode, again = read_mode(copy)
    assert again_mode == mode
    assert (again == before).all(), document.path


def read_mode(path: Path) -> tuple[str, np.ndarray[Any, Any]]:
    with PilImage.open(path) as picture:
        return picture.mode, np.array(picture)
