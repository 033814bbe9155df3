"""Opening frames, images and images with masks; bad input takes nothing else down."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.dataset.discover import list_frames
from chromask.dataset.query import Choice
from chromask.errors import ChromaskError, FrameError, MediaError, StorageError
from chromask.workspace.opening import open_document, open_item
from scenes import COLS, ROWS, scene_mask, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY = "front/seg"


def test_that_a_frame_opens_with_its_image_and_mask(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    for executor in (None, ThreadPoolExecutor(2)):
        document = open_document(path, executor=executor)
        assert document.path == path
        assert list(document.planes) == [KEY]
        assert document.images["front"].pixels.shape == (ROWS, COLS, 3)
        assert document.problems == ()
        assert not document.is_edited
        if executor:
            executor.shutdown()


@pytest.mark.parametrize("name", ["scene.png", "scene_mask.png"])
def test_that_an_image_finds_the_mask_beside_it(tmp_path: Path, name: str) -> None:
    write_scene(tmp_path, mask_name="scene_mask.png").unlink()
    document = open_document(tmp_path / name)
    (ref,) = document.frame.masks()
    assert (ref.mask.id, ref.mask.uri, ref.source.uri) == (
        "00",
        "scene_mask.png",
        "scene.png",
    )
    assert list(document.planes) == [ref.key]


def test_that_an_image_finds_the_mask_in_an_allowed_folder(tmp_path: Path) -> None:
    write_scene(tmp_path / "images").unlink()
    (tmp_path / "masks").mkdir()
    mask = tmp_path / "masks" / "scene.png"
    (tmp_path / "images" / "scene_seg.png").rename(mask)
    choice = Choice(allowed=(mask.parent,))
    (item,) = list_frames(tmp_path / "images" / "scene.png", choice).items
    document = open_item(item)
    assert document.frame.masks()[0].mask.uri == "../masks/scene.png"
    assert len(document.planes) == 1


def test_that_masks_that_are_named_win_over_those_that_are_found(
    tmp_path: Path,
) -> None:
    write_scene(tmp_path, mask_name="scene_mask.png").unlink()
    (tmp_path / "scene_mask.png").rename(tmp_path / "other.png")
    document = open_document(tmp_path / "scene.png", [tmp_path / "other.png"])
    assert [ref.mask.uri for ref in document.frame.masks()] == ["other.png"]


def _remove(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _disguise(path: Path) -> None:
    path.write_text("<html>not found</html>")


@pytest.mark.parametrize("harm", [_remove, _empty, _cut, _disguise])
@pytest.mark.parametrize("victim", ["scene.png", "scene_seg.png"])
def test_that_one_bad_file_is_named_and_the_rest_opens(
    tmp_path: Path, victim: str, harm: Callable[[Path], None]
) -> None:
    path = write_scene(tmp_path)
    harm(tmp_path / victim)
    left = {file: file.read_bytes() for file in tmp_path.iterdir()}
    document = open_document(path)

    assert ("front" in document.images) == (victim != "scene.png")
    assert (KEY in document.planes) == (victim != "scene_seg.png")
    (problem,) = document.problems
    assert problem.severity == "error"
    assert victim in str(problem)
    assert problem.hint
    assert len(document.frame.annotations) == 2
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == left


def test_that_sizes_that_differ_are_a_warning_with_both(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    PilImage.fromarray(scene_mask()[:-2, :-3]).save(tmp_path / "scene_seg.png")
    (problem,) = open_document(path).problems
    assert problem.severity == "warning"
    assert f"{COLS - 3} x {ROWS - 2}" in problem.seen
    assert f"{COLS} x {ROWS}" in problem.seen


@pytest.mark.parametrize(
    ("text", "error", "seen"),
    [
        ("", FrameError, "line 1"),
        ('{"sources": [', FrameError, "line 1"),
        ('{"rois": []}', FrameError, "sources"),
        ("[1, 2]", FrameError, "frame 1"),
        ('{"sources": [], "sources": []}', FrameError, "sources"),
    ],
)
def test_that_a_file_that_is_no_frame_says_so(
    tmp_path: Path, text: str, error: type[ChromaskError], seen: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(error, match=r"bad\.json") as caught:
        open_document(path)
    assert seen in str(caught.value)


def test_that_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"none\.json"):
        open_document(tmp_path / "none.json")
    with pytest.raises(ChromaskError, match=r"none\.png"):
        open_document(tmp_path / "none.png")


def test_that_an_image_that_cannot_be_read_is_an_error_not_an_empty_frame(
    tmp_path: Path,
) -> None:
    write_scene(tmp_path).unlink()
    _cut(tmp_path / "scene.png")
    with pytest.raises(MediaError, match=r"scene\.png"):
        open_document(tmp_path / "scene.png")


def test_that_a_remote_source_is_named_and_not_fetched(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    frame = json.loads(path.read_text())
    frame["sources"][0]["uri"] = "https://example.com/a.png"
    path.write_text(json.dumps(frame))
    document = open_document(path)
    (problem,) = document.problems
    assert "https://example.com/a.png" in str(problem)
    assert "not fetched" in str(problem)
    assert KEY in document.planes


def test_that_a_cancelled_opening_reads_no_further(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cancelled"):
        open_document(write_scene(tmp_path), cancelled=lambda: True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_that_a_pipe_as_a_mask_does_not_hang(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene_seg.png").unlink()
    os.mkfifo(tmp_path / "scene_seg.png")
    document = open_document(path)
    assert KEY not in document.planes
    assert "scene_seg.png" in str(document.problems[0])


def test_that_several_sources_keep_their_own_images_and_masks(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    PilImage.fromarray(np.zeros((5, 7, 3), np.uint8)).save(tmp_path / "rear.png")
    frame = json.loads(path.read_text())
    frame["sources"].append({"id": "rear", "uri": "rear.png"})
    path.write_text(json.dumps(frame))
    document = open_document(path)
    assert {key: image.pixels.shape[:2] for key, image in document.images.items()} == {
        "front": (ROWS, COLS),
        "rear": (5, 7),
    }


def test_that_an_image_opens_the_frame_that_was_saved_beside_it(tmp_path: Path) -> None:
    path = write_scene(tmp_path, mask_name="scene_mask.png")
    for name in ("scene.png", "scene_mask.png"):
        document = open_document(tmp_path / name)
        assert document.path == path
        assert [roi.labels for roi in document.frame.annotations] == [
            ("car",),
            ("road",),
        ]

    frame = json.loads(path.read_text())
    frame["sources"][0]["uri"] = "another.png"
    path.write_text(json.dumps(frame))
    document = open_document(tmp_path / "scene.png")
    assert document.path is None
    assert document.frame.annotations == ()


def test_that_the_problem_of_a_file_stands_while_the_frame_names_it(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene_seg.png").write_bytes(b"no picture")
    document = open_document(path)
    (problem,) = document.problems

    with document.edit("Another mask") as edit:
        edit.frame.set_mask_uri("front/seg", "other.png", "image/png")
    assert document.problems == ()
    document.undo()
    assert document.problems == (problem,)
