"""What others do to the files of an open frame: saving asks, and no work is trapped."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.dataset.discover import list_frames
from chromask.errors import ConflictError, StorageError
from chromask.storage import local
from chromask.storage.opened import Opened
from chromask.workspace import saving
from chromask.workspace.opening import open_document, open_item
from chromask.workspace.saving import UnfinishedSaveError, save_snapshot
from scenes import CAR, read_pixels, scene_mask, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask.document.document import Document, Saved

NEW = (11, 22, 33)


def picture(pixels: np.ndarray[Any, Any], kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    PilImage.fromarray(pixels).save(data, kind)
    return data.getvalue()


def edited(path: Path) -> Document:
    """Open the scene, give the car another colour and another name."""
    document = open_document(path)
    with document.edit("Recolour") as edit:
        plane = document.planes["front/seg"]
        entry = int(plane.indices[22, 10])
        edit.set_value("front/seg", entry, NEW)
        edit.frame.update_annotation(0, labels=["bus"], mask_rgb=list(NEW))
    return document


def expected() -> np.ndarray[Any, Any]:
    pixels = scene_mask()
    pixels[(pixels == CAR).all(axis=2)] = NEW
    return pixels


def save(document: Document, path: Path | None = None, **options: bool) -> Saved:
    """Save as the window does: what was written is noted, whole or in part."""
    snapshot = document.snapshot()
    try:
        saved = save_snapshot(snapshot, path, **options)
    except UnfinishedSaveError as error:
        document.mark_saved(snapshot, error.saved)
        raise
    document.mark_saved(snapshot, saved)
    return saved


def mask_of(path: Path) -> Path:
    frame = json.loads(path.read_text())
    return path.parent / frame["sources"][0]["masks"][0]["uri"]


def refuse_reading(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let a file be one that may be neither read nor written; root may do all."""
    real_open, real_access = os.open, os.access

    def refused(name: Any, *args: Any, **options: Any) -> int:
        if os.fspath(name) == os.fspath(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real_open(name, *args, **options)

    def access(name: Any, *args: Any, **options: Any) -> bool:
        if os.fspath(name) == os.fspath(path):
            return False
        return real_access(name, *args, **options)

    monkeypatch.setattr(local.os, "open", refused)
    monkeypatch.setattr(local.os, "access", access)


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SMALLER = scene_mask()[:30, :50]
PALETTE = np.zeros((40, 60), np.uint8)
# What is done to the mask: (act, what is said, what saving all the same does).
MASK_ACTS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "damaged": (
        lambda path: path.write_bytes(path.read_bytes()[:50]),
        "no readable PNG",
        "replace",
    ),
    "emptied": (lambda path: path.write_bytes(b""), "emptied", "replace"),
    "a JPEG": (
        lambda path: path.write_bytes(picture(scene_mask(), "JPEG")),
        "no readable PNG",
        "replace",
    ),
    "a text": (lambda path: path.write_text("hello"), "no readable PNG", "replace"),
    "another size": (
        lambda path: path.write_bytes(picture(SMALLER)),
        "it has 50 x 30 pixels now, and had 60 x 40",
        "replace",
    ),
    "another mode": (
        lambda path: path.write_bytes(picture(PALETTE)),
        "changed by another program",
        "replace",
    ),
    "other pixels": (
        lambda path: path.write_bytes(picture(scene_mask()[::-1])),
        "changed by another program",
        "replace",
    ),
    "changed and read-only": (
        lambda path: (path.write_bytes(b""), path.chmod(0o444)),
        "emptied",
        "new_name",
    ),
    "deleted": (lambda path: path.unlink(), "deleted", "write_again"),
    "a folder": (make_folder, "this is a folder", "new_name"),
    "a circle of links": (
        lambda path: (path.unlink(), path.symlink_to(path.name)),
        "in a circle",
        "new_name",
    ),
    "a link to nothing": (
        lambda path: (path.unlink(), path.symlink_to(path.with_name("none.png"))),
        "deleted",
        "write_again",
    ),
    "a pipe": (lambda path: (path.unlink(), os.mkfifo(path)), "pipe", "new_name"),
}


@pytest.mark.parametrize("act", MASK_ACTS)
def test_that_a_mask_that_others_changed_is_asked_about_and_never_traps_the_work(
    tmp_path: Path, act: str
) -> None:
    change, seen, remedy = MASK_ACTS[act]
    for way in ("replace", "save as"):
        path = write_scene(tmp_path / way)
        document = edited(path)
        mask, frame = mask_of(path), path.read_bytes()
        change(mask)
        before = mask.read_bytes() if mask.is_file() else None

        with pytest.raises(ConflictError, match=seen) as caught:
            save(document)
        assert caught.value.problem.uri == str(mask)
        assert caught.value.remedy == remedy
        assert document.is_edited
        assert path.read_bytes() == frame
        assert (mask.read_bytes() if mask.is_file() else None) == before

        target = path if way == "replace" else path.with_name("copy.json")
        if way == "replace":
            save(document, replace_changed=True)
        else:
            save(document, target)
            assert (mask.read_bytes() if mask.is_file() else None) == before
            assert path.read_bytes() == frame
        assert not document.is_edited
        assert np.array_equal(read_pixels(mask_of(target)), expected())
        assert json.loads(target.read_text())["rois"][0]["label"] == ["bus"]
        assert (mask_of(target) == mask) == (way == "replace" and remedy != "new_name")
        assert save(document).written == ()


def test_that_a_mask_that_may_not_be_read_any_more_goes_into_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_scene(tmp_path)
    document = edited(path)
    with monkeypatch.context() as patch:
        refuse_reading(patch, tmp_path / "scene_seg.png")
        with pytest.raises(ConflictError, match="not permitted") as caught:
            save(document)
        assert caught.value.remedy == "new_name"
        save(document, replace_changed=True)

    assert mask_of(path).name == "scene_seg_2.png"
    assert np.array_equal(read_pixels(mask_of(path)), expected())
    assert np.array_equal(read_pixels(tmp_path / "scene_seg.png"), scene_mask())


def test_that_the_old_mask_is_written_again_when_its_place_was_lost_and_undone(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path)
    document = edited(path)
    make_folder(tmp_path / "scene_seg.png")
    save(document, replace_changed=True)
    document.undo()
    with pytest.raises(ConflictError, match="this is a folder"):
        save(document)
    save(document, replace_changed=True)
    assert np.array_equal(read_pixels(mask_of(path)), scene_mask())


def test_that_nothing_of_another_palette_is_put_into_a_mask(tmp_path: Path) -> None:
    path, indices = write_scene(tmp_path), np.zeros((40, 60), np.uint8)
    indices[:5] = 1

    def write(alpha: bytes | None) -> None:
        image = PilImage.fromarray(indices, "P")
        image.putpalette([*NEW, *CAR])
        options = {} if alpha is None else {"transparency": alpha}
        image.save(tmp_path / "scene_seg.png", **options)

    write(None)
    document = open_document(path)
    with document.edit("Recolour") as edit:
        edit.set_value("front/seg", 1, (1, 2, 3))
    write(b"\x00\xff")
    with pytest.raises(ConflictError):
        save(document)
    save(document, replace_changed=True)
    with PilImage.open(tmp_path / "scene_seg.png") as after:
        assert "transparency" not in after.info
        assert after.getpalette()[:6] == [*NEW, 1, 2, 3]
        assert np.array_equal(np.array(after), indices)


def test_that_nothing_is_written_where_one_file_may_not_be(tmp_path: Path) -> None:
    (tmp_path / "masks").mkdir()
    path = write_scene(tmp_path, mask_name="masks/scene.png")
    document = edited(path)
    document.opened = Opened.of(tmp_path / "masks")
    with pytest.raises(StorageError, match="outside the opened folder"):
        save(document)
    assert np.array_equal(read_pixels(tmp_path / "masks" / "scene.png"), scene_mask())


def test_that_masks_whose_folder_is_gone_go_beside_the_frame(tmp_path: Path) -> None:
    (tmp_path / "masks").mkdir()
    path = write_scene(tmp_path, mask_name="masks/scene.png")
    document = edited(path)
    shutil.rmtree(tmp_path / "masks")
    with pytest.raises(ConflictError, match="deleted"):
        save(document)
    save(document, replace_changed=True)

    assert np.array_equal(read_pixels(mask_of(path)), expected())
    assert mask_of(path).parent == tmp_path


FRAME_ACTS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "changed": (
        lambda path: path.write_text(path.read_text() + "\n"),
        "changed by another program",
        "replace",
    ),
    "emptied": (lambda path: path.write_bytes(b""), "emptied", "replace"),
    "broken": (
        lambda path: path.write_text("{"),
        "changed by another program",
        "replace",
    ),
    "deleted": (lambda path: path.unlink(), "deleted", "write_again"),
    "a folder": (make_folder, "this is a folder", "elsewhere"),
}


@pytest.mark.parametrize("act", FRAME_ACTS)
def test_that_a_frame_that_others_changed_is_asked_about_and_never_traps_the_work(
    tmp_path: Path, act: str
) -> None:
    change, seen, remedy = FRAME_ACTS[act]
    path = write_scene(tmp_path)
    document = edited(path)
    change(path)
    mask = (tmp_path / "scene_seg.png").read_bytes()

    with pytest.raises(ConflictError, match=seen) as caught:
        save(document)
    assert (caught.value.problem.uri, caught.value.remedy) == (str(path), remedy)
    assert (tmp_path / "scene_seg.png").read_bytes() == mask
    target = tmp_path / "copy.json" if remedy == "elsewhere" else path
    if remedy == "elsewhere":
        save(document, target)
    else:
        save(document, replace_changed=True)
    assert json.loads(target.read_text())["rois"][0]["label"] == ["bus"]
    assert np.array_equal(read_pixels(mask_of(target)), expected())
    assert not document.is_edited


def test_that_each_changed_file_is_named_before_any_is_replaced(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    document = edited(path)
    (tmp_path / "scene_seg.png").write_bytes(b"")
    path.unlink()
    with pytest.raises(ConflictError) as caught:
        save(document)

    told = {each.uri: each.seen for each in caught.value.problems}
    assert "emptied" in told[str(tmp_path / "scene_seg.png")]
    assert "deleted" in told[str(path)]
    assert caught.value.remedy == "replace"


def test_that_a_mask_is_still_the_one_that_was_loaded_when_it_is_gone(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path, mask_name="a b.png")
    path.write_text(path.read_text().replace("a b.png", "a%20b.png"))
    document = edited(path)
    (tmp_path / "a b.png").unlink()
    with pytest.raises(ConflictError, match=r"a b\.png: it was deleted"):
        save(document)
    save(document, replace_changed=True)

    assert np.array_equal(read_pixels(tmp_path / "a b.png"), expected())
    assert not (tmp_path / "a%20b.png").exists()


# -- one frame of many


def write_lines(folder: Path, count: int = 3) -> Path:
    """Write the scene as frames of one JSON Lines file, each with an id and a mask of its own."""
    path = folder / "all.jsonl"
    lines: list[str] = []
    for number in range(count):
        single = write_scene(folder, name=f"s{number}")
        lines.append(json.dumps({"id": f"f{number}", **json.loads(single.read_text())}))
        single.unlink()
    path.write_text("\n".join(lines) + "\n")
    return path


def edited_line(path: Path, number: int) -> Document:
    document = open_item(list_frames(path).items[number])
    with document.edit("Rename") as edit:
        edit.frame.update_annotation(0, labels=["bus"])
    return document


def test_that_a_frame_whose_place_moved_in_its_file_is_found_again(
    tmp_path: Path,
) -> None:
    path = write_lines(tmp_path)
    document = edited_line(path, 2)
    lines = path.read_text().splitlines()
    path.write_text("\n".join(["{}", lines[0], lines[2], lines[1]]) + "\n")
    save(document)

    after = path.read_text().splitlines()
    assert [after[0], after[1], after[3]] == ["{}", lines[0], lines[1]]
    assert json.loads(after[2])["rois"][0]["label"] == ["bus"]
    with document.edit("Rename") as edit:
        edit.frame.update_annotation(0, labels=["tram"])
    save(document)
    assert json.loads(path.read_text().splitlines()[2])["rois"][0]["label"] == ["tram"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [(None, "no such file"), ("", "there is no frame 3"), ("{}\n", "no frame 3")],
)
def test_that_a_frame_whose_file_lost_it_can_be_saved_elsewhere(
    tmp_path: Path, text: str | None, seen: str
) -> None:
    path = write_lines(tmp_path)
    document = edited_line(path, 2)
    path.unlink()
    if text is not None:
        path.write_text(text)
    for options in ({}, {"replace_changed": True}):
        with pytest.raises(ConflictError, match=seen) as caught:
            save(document, **options)
        assert caught.value.remedy == "elsewhere"
    assert (path.read_text() if path.exists() else None) == text

    save(document, tmp_path / "copy.json")
    frame = json.loads((tmp_path / "copy.json").read_text())
    assert (frame["id"], frame["rois"][0]["label"]) == ("f2", ["bus"])


# -- what was written before a save failed


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the disk be full for one file."""
    real = saving.atomic_write

    def write(path: Path, data: bytes, opened: Any) -> Any:
        if path.name == name:
            raise StorageError("the disk is full", uri=str(path))
        return real(path, data, opened)

    monkeypatch.setattr(saving, "atomic_write", write)


def test_that_a_mask_that_was_written_is_known_when_the_frame_was_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_scene(tmp_path)
    document = edited(path)
    with monkeypatch.context() as patch:
        fail_at(patch, "scene.json")
        with pytest.raises(UnfinishedSaveError, match="disk is full") as caught:
            save(document)
    assert [each.name for each in caught.value.saved.written] == ["scene_seg.png"]
    assert isinstance(caught.value.cause, StorageError)
    assert document.is_edited
    assert not document.is_mask_edited("front/seg")

    assert [each.name for each in save(document).written] == ["scene.json"]
    assert np.array_equal(read_pixels(tmp_path / "scene_seg.png"), expected())
    document.undo()
    save(document)
    assert np.array_equal(read_pixels(tmp_path / "scene_seg.png"), scene_mask())


def test_that_a_save_elsewhere_that_failed_leaves_no_mask_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_scene(tmp_path / "old")
    (tmp_path / "new").mkdir()
    document, target = edited(path), tmp_path / "new" / "copy.json"
    with monkeypatch.context() as patch:
        fail_at(patch, "copy.json")
        with pytest.raises(StorageError, match="disk is full"):
            save(document, target)
    assert list((tmp_path / "new").iterdir()) == []
    assert document.is_edited
    save(document, target)
    assert mask_of(target).name == "copy_seg.png"
    assert np.array_equal(read_pixels(mask_of(target)), expected())


@pytest.mark.parametrize("is_renamed", [True, False])
def test_that_another_writer_between_write_and_check_is_no_bad_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_renamed: bool
) -> None:
    path = write_scene(tmp_path)
    document = edited(path)
    real = saving.atomic_write
    theirs = b'{"sources": []}'

    def write(target: Path, data: bytes, opened: Any) -> Any:
        stamp = real(target, data, opened)
        if target == path and is_renamed:
            other = tmp_path / "other"
            other.write_bytes(theirs)
            other.replace(target)
        elif target == path:
            target.write_bytes(theirs)
        return stamp

    with monkeypatch.context() as patch:
        patch.setattr(saving, "atomic_write", write)
        with pytest.raises(UnfinishedSaveError, match="another program") as caught:
            save(document)
    assert isinstance(caught.value.cause, ConflictError)
    with pytest.raises(ConflictError, match="changed by another program"):
        save(document)
    assert path.read_bytes() == theirs
    save(document, replace_changed=True)
    assert json.loads(path.read_text())["rois"][0]["label"] == ["bus"]


def test_that_a_file_that_is_in_place_but_unconfirmed_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_scene(tmp_path)
    document = edited(path)
    real = saving.atomic_write

    def write(target: Path, data: bytes, opened: Any) -> Any:
        real(target, data, opened)
        raise StorageError("the new file is in place, but ...", uri=str(target))

    with monkeypatch.context() as patch:
        patch.setattr(saving, "atomic_write", write)
        with pytest.raises(StorageError, match="in place"):
            save(document)
    assert [each.name for each in save(document).written] == ["scene.json"]
    assert np.array_equal(read_pixels(tmp_path / "scene_seg.png"), expected())
