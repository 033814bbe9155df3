"""Which file an edit of pixels goes to: never a source image, never one outside."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from chromask.counts.pixel_counts import take_census
from chromask.dataset.discover import list_frames
from chromask.document import edits
from chromask.document.constraints import Constraints
from chromask.document.painting import Painter, find_target, what_painting_makes
from chromask.errors import EditError, OutsideError, StorageError
from chromask.frame.load import SingleFrame
from chromask.pixels.raster import Patch
from chromask.workspace.opening import open_document, open_item
from chromask.workspace.saving import save_snapshot
from outside import FORMS, digests, write_outside
from scenes import CAR, read_pixels, roi, scene_mask, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.document.document import Document

CORNER = Patch(0, 0, np.ones((2, 2), np.bool_))


def paint(document: Document) -> None:
    """Paint the first ROI into the corner of its mask."""
    census = take_census(document.frame, document.planes, document.mapping)
    source = document.frame.sources[0].id
    target = find_target(document, census, 0, source)
    with document.edit("Paint") as edit:
        Painter(edit, document, census, target, Constraints()).paint(CORNER)


def save(document: Document, path: Path | None = None) -> set[str]:
    """Save, and give the names of what was written."""
    saved = save_snapshot(snapshot := document.snapshot(), path)
    document.mark_saved(snapshot, saved)
    return {path.name for path in saved.written}


def corner_is_car(path: Path) -> bool:
    return bool((read_pixels(path)[:2, :2] == CAR).all())


def with_mask_uri(path: Path, uri: str) -> Path:
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"][0]["uri"] = uri
    path.write_text(json.dumps(frame))
    return path


@pytest.mark.parametrize("form", FORMS)
def test_that_a_mask_outside_gets_a_copy_in_the_same_step(
    tmp_path: Path, form: str
) -> None:
    path, mask = write_outside(tmp_path, form)
    before = digests(tmp_path)
    document = open_document(path)
    (named,) = (ref.mask.uri for ref in document.frame.masks())

    paint(document)
    assert save(document) == {"scene_seg.png", "scene.json"}

    after = digests(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} == {
        "opened/scene_seg.png",
        "opened/scene.json",
    }
    assert corner_is_car(tmp_path / "opened" / "scene_seg.png")
    document.undo()
    assert document.undo_label is None
    assert [ref.mask.uri for ref in document.frame.masks()] == [named]
    save(document)
    assert digests(tmp_path)["opened/scene.json"] == before["opened/scene.json"]
    assert (read_pixels(mask) == scene_mask()).all()


@pytest.mark.parametrize("form", FORMS)
def test_that_a_mask_in_an_allowed_folder_is_written_itself(
    tmp_path: Path, form: str
) -> None:
    path, mask = write_outside(tmp_path, form)
    document = open_document(path)
    document.opened = document.opened.allowing(mask.parent)

    paint(document)

    assert save(document) == {mask.name if form != "link" else "linked.png"}
    assert corner_is_car(mask)


@pytest.mark.parametrize("form", FORMS)
def test_that_the_user_is_asked_before_anything_changes(
    tmp_path: Path, form: str
) -> None:
    path, mask = write_outside(tmp_path, form)
    document = open_document(path)
    document.opened = replace(document.opened, declined=frozenset())

    with pytest.raises(OutsideError) as caught:
        paint(document)

    assert caught.value.folder == mask.parent
    assert not document.is_edited
    document.opened = replace(document.opened, declined=frozenset([mask.parent]))
    paint(document)
    assert save(document) == {"scene_seg.png", "scene.json"}


@pytest.mark.parametrize("kind", ["repaint", "merge", "new mask"])
def test_that_every_kind_of_edit_asks(tmp_path: Path, kind: str) -> None:
    path, _ = write_outside(tmp_path, "link folder")
    if kind == "new mask":
        # The frame's own folder is the one outside: seen through a link in the opened one.
        (tmp_path / "set").mkdir()
        (tmp_path / "set" / "in").symlink_to(tmp_path / "opened")
        frame = json.loads(path.read_text())
        del frame["sources"][0]["masks"]
        path.write_text(json.dumps(frame))
        listed = list_frames(tmp_path / "set")
        item = next(item for item in listed.items if item.path.endswith(".json"))
        document = open_item(item, opened=listed.opened)
    else:
        document = open_document(path)
    document.opened = replace(document.opened, declined=frozenset())
    census = take_census(document.frame, document.planes, document.mapping)

    def edit() -> None:
        with document.edit("Edit") as edit:
            if kind == "repaint":
                edits.repaint(edit, document, census, 0, (1, 2, 3))
            elif kind == "merge":
                (count, *_) = (c for c in unclaimed(document) if c.pixels)
                edits.merge_into_nearest(edit, document, census, count)
            else:
                target = find_target(document, census, 0, "front")
                Painter(edit, document, census, target, Constraints())

    with pytest.raises(OutsideError) as caught:
        edit()
    asked = "opened" if kind == "new mask" else "masks"
    assert caught.value.folder == tmp_path / asked
    assert not document.is_edited


def unclaimed(document: Document) -> Any:
    from chromask.counts.pixel_counts import unclaimed_values

    census = take_census(document.frame, document.planes, document.mapping)
    return unclaimed_values(census, document.planes)


def test_that_a_frame_outside_gets_no_mask_and_is_not_saved(tmp_path: Path) -> None:
    path, _ = write_outside(tmp_path, "dots")
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "in").symlink_to(path.parent)
    listed = list_frames(tmp_path / "set")
    document = open_item(listed.items[0], opened=listed.opened)
    before = digests(tmp_path)

    with pytest.raises(EditError, match="outside the opened folder"):
        paint(document)
    with document.edit("Rename") as edit:
        edit.frame.update_annotation(0, labels=["bus"])
    with pytest.raises(StorageError, match="outside the opened folder"):
        save(document)

    assert digests(tmp_path) == before
    assert save(document, tmp_path / "set" / "mine.json") == {"mine.json"}


@pytest.mark.parametrize("form", FORMS)
def test_that_a_file_outside_is_marked_until_it_is_allowed(
    tmp_path: Path, form: str
) -> None:
    path, mask = write_outside(tmp_path, form)
    document = open_document(path)
    (uri,) = (ref.mask.uri for ref in document.frame.masks())

    (note,) = document.problems

    assert (note.severity, note.uri) == ("note", uri)
    assert "outside the opened folder" in note.seen
    document.opened = document.opened.allowing(mask.parent)
    assert not document.problems


def test_that_a_frame_of_its_own_folder_has_no_mark(tmp_path: Path) -> None:
    assert not open_document(write_scene(tmp_path)).problems


@pytest.mark.parametrize("form", ["itself", "dot", "link", "other source", "preview"])
def test_that_a_mask_that_is_a_source_gets_a_copy(tmp_path: Path, form: str) -> None:
    path = write_scene(tmp_path, mask_name="scene_seg.png")
    image = tmp_path / "scene.png"
    shutil.copy(tmp_path / "scene_seg.png", image)
    (tmp_path / "link.png").symlink_to("scene.png")
    frame = json.loads(path.read_text())
    source = frame["sources"][0]
    source["masks"][0]["uri"] = {"dot": "./scene.png", "link": "link.png"}.get(
        form, "scene.png"
    )
    if form == "other source":
        shutil.copy(image, tmp_path / "first.png")
        source["uri"] = "first.png"
        frame["sources"].append({"id": "second", "uri": "scene.png"})
    if form == "preview":
        shutil.copy(image, tmp_path / "first.png")
        source["uri"], source["preview"] = "first.png", {"uri": "scene.png"}
    path.write_text(json.dumps(frame))
    (tmp_path / "scene_seg.png").unlink()
    before = digests(tmp_path)
    document = open_document(path)
    census = take_census(document.frame, document.planes, document.mapping)
    target = find_target(document, census, 0, "front")
    assert what_painting_makes(document, target) == "copy"

    paint(document)
    save(document)

    after = digests(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} == {
        "scene_seg.png",
        "scene.json",
    }
    assert corner_is_car(tmp_path / "scene_seg.png")


@pytest.mark.parametrize("form", ["file", "list", "far"])
def test_that_a_mask_that_is_another_frames_source_gets_a_copy(
    tmp_path: Path, form: str
) -> None:
    """In one file, in a list of files, and far away in a list."""
    path = write_scene(tmp_path, name="a")
    other = {"sources": [{"id": "front", "uri": "a_seg.png"}], "rois": []}
    if form == "file":
        frames = [json.loads(path.read_text()), other]
        path.unlink()
        (tmp_path / "all.json").write_text(json.dumps(frames))
        opened = tmp_path / "all.json"
    else:
        for number in range(60 if form == "far" else 0):
            image = {"sources": [{"id": "front", "uri": "a.png"}]}
            (tmp_path / f"b{number}.json").write_text(json.dumps(image))
        (tmp_path / "c.json").write_text(json.dumps(other))
        opened = tmp_path
    before = (tmp_path / "a_seg.png").read_bytes()
    listed = list_frames(opened)
    document = open_item(listed.items[0], opened=listed.opened)
    assert len(document.frame.annotations) == 2

    paint(document)
    save(document)

    assert (tmp_path / "a_seg.png").read_bytes() == before
    assert corner_is_car(
        tmp_path / ("all_seg.png" if form == "file" else "a_seg_2.png")
    )


def test_that_a_mask_that_is_a_listed_image_is_never_written(tmp_path: Path) -> None:
    """Named by a JSON elsewhere, so that the list of images does not know of it."""
    images = tmp_path / "images"
    path = write_scene(images, name="a")
    path.unlink()
    mask = images / "a_seg.png"
    mask.rename(images / "b.jpg.png")
    frame = write_scene(tmp_path / "set", name="a")
    with_mask_uri(frame, "../images/b.jpg.png")
    listed = list_frames(images)
    document = open_document(frame)
    document.opened = replace(
        document.opened.allowing(images), images=listed.opened.images
    )

    paint(document)

    assert save(document) == {"a_seg_2.png", "a.json"}


@pytest.mark.parametrize("uri", ["./scene_seg.png", "in/../scene_seg.png", "link.png"])
def test_that_two_masks_in_one_file_get_a_copy_however_it_is_named(
    tmp_path: Path, uri: str
) -> None:
    path = write_scene(tmp_path, [roi(["car"], CAR), roi(["bus"], CAR, "inst")])
    (tmp_path / "in").mkdir()
    (tmp_path / "link.png").symlink_to("scene_seg.png")
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"].append({"id": "inst", "uri": uri})
    path.write_text(json.dumps(frame))
    before = (tmp_path / "scene_seg.png").read_bytes()
    document = open_document(path)

    paint(document)

    assert save(document) == {"scene_seg_2.png", "scene.json"}
    assert (tmp_path / "scene_seg.png").read_bytes() == before


def test_that_a_new_mask_does_not_follow_a_link_that_leads_nowhere(
    tmp_path: Path,
) -> None:
    path, mask = write_outside(tmp_path, "dots")
    (path.parent / "scene_seg.png").symlink_to(mask.parent / "planted.png")
    document = open_document(path)

    paint(document)

    assert save(document) == {"scene_seg_2.png", "scene.json"}
    assert not (mask.parent / "planted.png").exists()


def test_that_save_as_opens_the_folder_for_the_masks_next_to_it(tmp_path: Path) -> None:
    path, mask = write_outside(tmp_path, "dots")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    document = open_document(path)
    paint(document)

    names = save(document, elsewhere / "mine.json")
    assert names == {"mine_seg.png", "mine.json"}

    with document.edit("Rename") as edit:
        edit.frame.update_annotation(0, labels=["bus"])
    edits_of_pixels = take_census(document.frame, document.planes, document.mapping)
    with document.edit("Repaint") as edit:
        edits.repaint(edit, document, edits_of_pixels, 0, (1, 2, 3))
    assert save(document) == {"mine_seg.png", "mine.json"}
    assert (read_pixels(mask) == scene_mask()).all()


def test_that_save_as_over_a_source_image_is_refused(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path))
    before = digests(tmp_path)

    with pytest.raises(StorageError, match="name of an image"):
        save_snapshot(document.snapshot(), tmp_path / "scene.png", replace_changed=True)

    assert digests(tmp_path) == before


def test_that_a_frame_is_not_saved_over_its_own_source(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    before = digests(tmp_path)
    frame = SingleFrame.load(path)

    with pytest.raises(StorageError, match="source image"):
        frame.save(tmp_path / "scene.png")

    assert digests(tmp_path) == before


def test_that_the_case_of_a_mask_that_is_its_source_is_right(
    tmp_path: Path, real_data: Path
) -> None:
    folder = real_data / "cases" / "mask_is_source"
    if not folder.is_dir():
        pytest.skip("there is no such case")
    shutil.copytree(folder, tmp_path / "case", copy_function=shutil.copyfile)
    (tmp_path / "case").chmod(0o755)
    before = (tmp_path / "case" / "a.png").read_bytes()
    document = open_document(tmp_path / "case" / "f.json")

    paint(document)

    assert save(document) == {"f_seg.png", "f.json"}
    assert (tmp_path / "case" / "a.png").read_bytes() == before
