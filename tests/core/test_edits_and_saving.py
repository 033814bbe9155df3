"""Edits as users mean them, and what a save leaves on disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PilImage
from PIL.PngImagePlugin import PngInfo

from chromask.counts.pixel_counts import Census, take_census, unclaimed_values
from chromask.document import edits
from chromask.errors import ConflictError, EditError, StorageError
from chromask.pixels.plane import MaskFormat, build_plane
from chromask.workspace import saving
from chromask.workspace.opening import open_document
from chromask.workspace.saving import save_snapshot
from roi_scenes import make_document
from scenes import (
    CAR,
    PIXELS,
    ROAD,
    SKY,
    STRAY,
    read_pixels,
    roi,
    scene_mask,
    write_scene,
)

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.document.document import Document, Saved
    from chromask.storage.opened import Opened

NEW = (11, 22, 33)


def census_of(document: Document) -> Census:
    return take_census(document.frame, document.planes, document.mapping)


def repaint(document: Document, index: int, value: tuple[int, ...]) -> None:
    with document.edit("Repaint") as edit:
        edits.repaint(edit, document, census_of(document), index, value)


def save(document: Document, path: Path | None = None, **options: bool) -> Saved:
    snapshot = document.snapshot()
    saved = save_snapshot(snapshot, path, **options)
    document.mark_saved(snapshot, saved)
    return saved


def test_that_changing_the_roi_only_leaves_the_mask_file_alone(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    mask = (tmp_path / "scene_seg.png").read_bytes()
    document = open_document(path)
    with document.edit("Change value") as edit:
        edits.change_value(edit, 0, NEW)
    saved = save(document)

    assert saved.written == (path,)
    assert (tmp_path / "scene_seg.png").read_bytes() == mask
    assert json.loads(path.read_text())["rois"][0]["mask"]["value"] == list(NEW)


def test_that_repainting_is_written_into_the_mask(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    document = open_document(path)
    repaint(document, 0, NEW)
    saved = save(document)

    expected = scene_mask()
    expected[(expected == CAR).all(axis=2)] = NEW
    assert [file.name for file in saved.written] == ["scene_seg.png", "scene.json"]
    assert (read_pixels(tmp_path / "scene_seg.png") == expected).all()
    assert json.loads(path.read_text())["rois"][0]["mask"]["value"] == list(NEW)
    assert not document.is_edited


def test_that_repainting_into_a_colour_in_use_merges_the_pixels(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    document = open_document(path)
    repaint(document, 0, ROAD)
    save(document)

    expected = scene_mask()
    expected[(expected == CAR).all(axis=2)] = ROAD
    assert (read_pixels(tmp_path / "scene_seg.png") == expected).all()
    again = open_document(path)
    assert census_of(again).rois[0].pixels == PIXELS[CAR] + PIXELS[ROAD]


def test_that_undo_after_save_and_save_again_gives_the_first_bytes(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path)
    first, pixels = path.read_bytes(), scene_mask()
    document = open_document(path)
    repaint(document, 0, NEW)
    save(document)
    document.undo()
    save(document)

    assert path.read_bytes() == first
    assert (read_pixels(tmp_path / "scene_seg.png") == pixels).all()


def test_that_nothing_changed_means_nothing_is_written(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    stamps = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    saved = save(open_document(path))

    assert saved.written == ()
    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == stamps


def test_that_a_palette_mask_keeps_mode_bit_depth_and_texts(tmp_path: Path) -> None:
    path = write_scene(tmp_path, [roi(["thing"], (10, 20, 30))])
    picture = PilImage.fromarray(np.eye(5, dtype=np.uint8), "P")
    picture.putpalette([0, 0, 0, 10, 20, 30, 1, 1, 1, 2, 2, 2])
    texts = PngInfo()
    texts.add_text("Author", "somebody")
    picture.save(tmp_path / "scene_seg.png", bits=2, pnginfo=texts)
    document = open_document(path)
    repaint(document, 0, NEW)
    save(document)

    data = (tmp_path / "scene_seg.png").read_bytes()
    assert (data[24], data[25]) == (2, 3)
    with PilImage.open(tmp_path / "scene_seg.png") as after:
        assert after.mode == "P"
        assert after.text == {"Author": "somebody"}
        assert (np.array(after) == np.eye(5)).all()
        assert after.getpalette()[3:6] == list(NEW)


@pytest.mark.parametrize("name", ["scene_seg.jpg", "scene_seg.tif"])
def test_that_a_mask_that_is_no_png_gets_a_new_png_beside_the_frame(
    tmp_path: Path, name: str
) -> None:
    mask = np.full((16, 16, 3), 128, np.uint8)
    path = write_scene(
        tmp_path, [roi(["all"], (128, 128, 128))], mask=mask, mask_name=name
    )
    before = (tmp_path / name).read_bytes()
    document = open_document(path)
    (tmp_path / "scene_seg.png").write_bytes(b"somebody else's")
    repaint(document, 0, NEW)

    assert document.frame.masks()[0].mask.uri == "scene_seg_2.png"
    save(document)
    assert (tmp_path / name).read_bytes() == before
    assert (tmp_path / "scene_seg.png").read_bytes() == b"somebody else's"
    assert (read_pixels(tmp_path / "scene_seg_2.png") == NEW).all()
    written = json.loads(path.read_text())["sources"][0]["masks"][0]
    assert (written["uri"], written["content_type"]) == ("scene_seg_2.png", "image/png")
    document.undo()
    save(document)
    assert json.loads(path.read_text())["sources"][0]["masks"][0]["uri"] == name


def test_that_save_as_leaves_the_old_frame_and_its_mask_alone(tmp_path: Path) -> None:
    path = write_scene(tmp_path / "old")
    before = {file: file.read_bytes() for file in (tmp_path / "old").iterdir()}
    (tmp_path / "new").mkdir()
    document = open_document(path)
    repaint(document, 0, NEW)
    target = tmp_path / "new" / "copy.json"
    save(document, target)

    assert {file: file.read_bytes() for file in (tmp_path / "old").iterdir()} == before
    frame = json.loads(target.read_text())
    assert frame["sources"][0]["uri"] == "../old/scene.png"
    assert frame["sources"][0]["masks"][0]["uri"] == "copy_seg.png"
    save(document)
    assert frame == json.loads(target.read_text())
    document.undo()
    save(document)
    assert {file: file.read_bytes() for file in (tmp_path / "old").iterdir()} == before
    document.redo()
    save(document)
    again = open_document(target)
    assert census_of(again).rois[0].pixels == PIXELS[CAR]
    assert again.planes["front/seg"].claimed_by(NEW).size == 1


def test_that_a_file_changed_by_somebody_else_is_not_overwritten(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path)
    document = open_document(path)
    repaint(document, 0, NEW)
    theirs = path.read_text().replace("road", "street")
    path.write_text(theirs)
    mask = (tmp_path / "scene_seg.png").read_bytes()

    with pytest.raises(ConflictError, match=r"scene\.json: it was changed"):
        save(document)
    assert path.read_text() == theirs
    assert (tmp_path / "scene_seg.png").read_bytes() == mask
    assert document.is_edited
    save(document, replace_changed=True)
    assert json.loads(path.read_text())["rois"][1]["label"] == ["road"]


def test_that_the_json_stays_when_the_mask_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_scene(tmp_path)
    before = path.read_bytes()
    document = open_document(path)
    repaint(document, 0, NEW)
    calls: list[str] = []

    def full_disk(target: Path, data: bytes, opened: Opened) -> None:
        calls.append(target.name)
        raise StorageError("no space is left", uri=str(target))

    monkeypatch.setattr(saving, "atomic_write", full_disk)
    with pytest.raises(StorageError, match="no space"):
        save(document)
    assert calls == ["scene_seg.png"]
    assert path.read_bytes() == before
    assert document.is_edited


def test_that_a_write_that_does_not_read_back_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = open_document(write_scene(tmp_path))
    with document.edit("Rename") as edit:
        edit.frame.update_annotation(0, labels=["bus"])
    write = saving.atomic_write
    monkeypatch.setattr(
        saving,
        "atomic_write",
        lambda target, data, opened: write(target, data[:-1], opened),
    )
    with pytest.raises(StorageError, match="does not read back"):
        save(document)


def test_that_an_image_with_its_mask_is_saved_as_a_frame_beside_it(
    tmp_path: Path,
) -> None:
    write_scene(tmp_path, mask_name="scene_mask.png").unlink()
    document = open_document(tmp_path / "scene.png")
    assert document.path is None
    (count, *_) = unclaimed_values(census_of(document), document.planes)
    assert (count.value, count.pixels) == (SKY, PIXELS[SKY])
    with document.edit("Make a ROI") as edit:
        index = edits.make_roi(edit, document, count, ["sky"])
    saved = save(document)

    assert index == 0
    assert saved.path == tmp_path / "scene.json"
    frame = json.loads(saved.path.read_text())
    assert frame["rois"][0]["label"] == ["sky"]
    assert frame["rois"][0]["mask"]["value"] == list(SKY)
    assert frame["sources"][0]["uri"] == "scene.png"
    assert frame["sources"][0]["masks"][0]["uri"] == "scene_mask.png"
    assert census_of(open_document(saved.path)).rois[0].pixels == PIXELS[SKY]


def test_that_a_first_save_does_not_replace_a_file_that_came_up_meanwhile(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path, mask_name="scene_mask.png")
    data = path.read_bytes()
    path.unlink()
    document = open_document(tmp_path / "scene.png")
    path.write_bytes(data)
    with pytest.raises(ConflictError, match="already"):
        save(document)
    assert path.read_bytes() == data


def test_that_a_wildcard_is_never_painted(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path))
    with pytest.raises(EditError, match="any value"):
        repaint(document, 0, (-1, 1, 2))
    assert not document.is_edited


def test_that_a_roi_without_pixels_has_nothing_to_repaint(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path, [roi(["ghost"], NEW)]))
    with pytest.raises(EditError, match="no pixels"):
        repaint(document, 0, (1, 2, 3))


def test_that_repainting_a_wildcard_roi_takes_all_it_claims(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path, [roi(["any"], (-1, 64, 128))]))
    assert census_of(document).rois[0].pixels == PIXELS[ROAD]
    repaint(document, 0, NEW)
    assert census_of(document).rois[0].pixels == PIXELS[ROAD]


def test_that_an_rgba_value_is_claimed_by_three_channels_where_that_is_enough(
    tmp_path: Path,
) -> None:
    mask = np.zeros((4, 4, 4), np.uint8)
    mask[:2], mask[2], mask[3] = (*STRAY, 255), (*CAR, 10), (*CAR, 20)
    document = open_document(write_scene(tmp_path, [], mask=mask))
    plane = document.planes["front/seg"]
    claims = {plane.value(i): edits.claim_for(plane, plane.value(i)) for i in range(3)}
    assert claims == {
        (*STRAY, 255): STRAY,
        (*CAR, 10): (*CAR, 10),
        (*CAR, 20): (*CAR, 20),
    }


def merge(
    document: Document, value: tuple[int, ...], locked: tuple[int, ...] = ()
) -> int:
    census = census_of(document)
    found = unclaimed_values(census, document.planes)
    (count,) = (count for count in found if count.value == value)
    with document.edit("Merge") as edit:
        index = edits.merge_into_nearest(edit, document, census, count, locked)
        edit.commit()
    return index


def test_that_merging_gives_pixels_to_the_nearest_colour_and_undo_back(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path, [roi(["car"], CAR), roi(["road"], ROAD)])
    document = open_document(path)
    expected = scene_mask()
    expected[(expected == STRAY).all(axis=2)] = ROAD

    assert merge(document, STRAY) == 1
    save(document)

    assert (read_pixels(tmp_path / "scene_seg.png") == expected).all()
    assert census_of(document).rois[1].pixels == PIXELS[ROAD] + PIXELS[STRAY]
    document.undo()
    save(document)
    assert (read_pixels(tmp_path / "scene_seg.png") == scene_mask()).all()


def test_that_locked_rois_and_those_without_pixels_get_nothing_merged(
    tmp_path: Path,
) -> None:
    rois = [roi(["car"], CAR), roi(["road"], ROAD), roi(["none"], (9, 201, 9))]
    document = open_document(write_scene(tmp_path, rois))

    assert merge(document, STRAY, locked=(1,)) == 0
    with pytest.raises(EditError, match="no ROI with pixels"):
        merge(document, SKY, locked=(0, 1))


def test_that_of_two_equally_near_colours_the_larger_gets_the_pixels(
    tmp_path: Path,
) -> None:
    mask = np.zeros((6, 6, 3), np.uint8)
    mask[:2], mask[2:5], mask[5] = (90, 0, 0), (110, 0, 0), (100, 0, 0)
    rois = [roi(["less"], (90, 0, 0)), roi(["more"], (110, 0, 0))]
    document = open_document(write_scene(tmp_path, rois, mask=mask))

    assert merge(document, (100, 0, 0)) == 1


def test_that_a_palette_entry_without_pixels_gets_nothing_merged() -> None:
    pixels = np.zeros((4, 4), np.uint8)
    pixels[0, 0], pixels[1] = 1, 2
    palette = np.array([CAR, STRAY, ROAD, (9, 201, 9)], np.uint8)
    plane = build_plane(pixels, MaskFormat("PNG", "P", 8, 3, 255), palette)
    rois = [roi(["car"], CAR), roi(["road"], ROAD), roi(["none"], (9, 201, 9))]
    document = make_document(rois, {"seg": plane})

    assert merge(document, STRAY) == 1
