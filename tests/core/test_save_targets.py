"""Saving never replaces a file of another kind, nor what a place of ours leads to."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.errors import ConflictError, StorageError
from chromask.workspace.opening import open_document
from chromask.workspace.saving import save_snapshot
from scenes import CAR, read_pixels, scene_mask, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask.document.document import Document, Saved


NEW = (11, 22, 33)


def edited(path: Path) -> Document:
    """Open the scene, give the car another colour and another name."""
    document = open_document(path)
    with document.edit("Recolour") as edit:
        entry = int(document.planes["front/seg"].indices[22, 10])
        edit.set_value("front/seg", entry, NEW)
        edit.frame.update_annotation(0, labels=["bus"], mask_rgb=list(NEW))
    return document


def save(document: Document, path: Path | None = None, **options: bool) -> Saved:
    saved = save_snapshot(snapshot := document.snapshot(), path, **options)
    document.mark_saved(snapshot, saved)
    return saved


def mask_of(path: Path) -> Path:
    frame = json.loads(path.read_text())
    return path.parent / frame["sources"][0]["masks"][0]["uri"]


def write_picture(path: Path) -> None:
    PilImage.fromarray(scene_mask()[::-1]).save(path)


def make(folder: Path, name: str) -> Path:
    """Make a file of the kind that its name says, or that its content alone shows."""
    path = folder / name
    if path.exists():
        return path
    if "png" in name or "picture" in name:
        shutil.copy(folder / "scene_seg.png", path)
    elif name == "scene_mask_legend.json":
        path.write_text('[{"label": "car", "color": [1, 2, 3]}]')
    elif "lines" in name:
        path.write_text('{"sources": []}\n{"sources": []}\n')
    elif "array" in name:
        path.write_text('[{"sources": []}, {"sources": []}]')
    return path


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("other_seg.png", "image, a mask or a video"),
        ("scene_seg.png", "image, a mask or a video"),
        ("picture.json", "image, a mask or a video"),
        ("new.tif", "image, a mask or a video"),
        ("scene_mask_legend.json", "legend"),
        ("_mask_legend.json", "legend"),
        ("class_dict.csv", "legend"),
        ("lines.jsonl", "several frames"),
        ("LINES.NDJSON", "several frames"),
        ("array.json", "several frames"),
    ],
)
def test_that_a_frame_is_not_saved_over_what_is_no_frame(
    tmp_path: Path, name: str, seen: str
) -> None:
    path = write_scene(tmp_path)
    target = make(tmp_path, name)
    before = target.read_bytes() if target.exists() else None
    document = edited(path)

    with pytest.raises(StorageError, match=seen):
        save_snapshot(document.snapshot(), target)

    assert (target.read_bytes() if target.exists() else None) == before
    assert document.is_edited


@pytest.mark.parametrize(
    "name", ["frame.json", "new.json", "empty.json", "broken.json"]
)
def test_that_a_frame_is_saved_over_another_frame(tmp_path: Path, name: str) -> None:
    path = write_scene(tmp_path)
    target = tmp_path / name
    if name != "new.json":
        texts = {"frame.json": path.read_text(), "empty.json": "", "broken.json": "{"}
        target.write_text(texts[name])
    document = edited(path)

    save_snapshot(document.snapshot(), target)

    assert json.loads(target.read_text())["rois"][0]["label"] == ["bus"]


def _outside(path: Path) -> Path:
    outside = path.parent.parent / "outside"
    outside.mkdir(exist_ok=True)
    return outside / "mask.png"


def _link_outside(mask: Path) -> None:
    write_picture(_outside(mask))
    mask.unlink()
    mask.symlink_to(_outside(mask))


def _move_outside(mask: Path) -> None:
    mask.rename(_outside(mask))
    mask.symlink_to(_outside(mask))


def _dangling(mask: Path) -> None:
    mask.unlink()
    mask.symlink_to(_outside(mask))


def _link_source(mask: Path) -> None:
    mask.unlink()
    mask.symlink_to("scene.png")


def _hard_source(mask: Path) -> None:
    mask.unlink()
    os.link(mask.with_name("scene.png"), mask)


def _link_other(mask: Path) -> None:
    other = mask.with_name("other.png")
    write_picture(other)
    frame = {"sources": [{"id": "front", "uri": "other.png"}]}
    mask.with_name("other.json").write_text(json.dumps(frame))
    mask.unlink()
    mask.symlink_to("other.png")


@pytest.mark.parametrize(
    "act",
    [
        _link_outside,
        _move_outside,
        _dangling,
        _link_source,
        _hard_source,
        _link_other,
    ],
)
def test_that_a_mask_whose_place_leads_to_a_file_of_others_gets_a_new_name(
    tmp_path: Path, act: Callable[[Path], None]
) -> None:
    path = write_scene(tmp_path / "set")
    document = edited(path)
    mask = mask_of(path)
    act(mask)
    before = {
        each: each.read_bytes() for each in tmp_path.rglob("*.png") if each.exists()
    }

    with pytest.raises(ConflictError) as caught:
        save(document)
    assert caught.value.remedy == "new_name"
    assert caught.value.problem.uri == str(mask)
    save(document, replace_changed=True)

    assert not document.is_edited
    assert mask_of(path).name == "scene_seg_2.png"
    expected = scene_mask()
    expected[(expected == CAR).all(axis=2)] = NEW
    assert np.array_equal(read_pixels(mask_of(path)), expected)
    assert {each: each.read_bytes() for each in before} == before
    assert act is not _dangling or not _outside(mask).exists()
    assert save(document).written == ()


def test_that_a_frame_whose_place_leads_outside_is_saved_elsewhere(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path / "set")
    document = edited(path)
    (tmp_path / "other.json").write_text("{}")
    path.unlink()
    path.symlink_to("../other.json")

    with pytest.raises(ConflictError) as caught:
        save(document)
    assert caught.value.remedy == "elsewhere"
    assert (tmp_path / "other.json").read_text() == "{}"
    save(document, path.with_name("copy.json"))
    assert not document.is_edited
