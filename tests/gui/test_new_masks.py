"""Masks that are never written: the window says so first, and the stroke goes to a new PNG."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chromask.workspace.opening import open_document
from discs import drag, point
from scenes import CAR, ROAD, read_pixels, roi, scene_mask, write_scene
from videos import make_video

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

ROIS = [roi(["car"], CAR), roi(["road"], ROAD)]


def change_frame(path: Path, **mask: Any) -> None:
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"][0] |= mask
    path.write_text(json.dumps(frame))


def write_frame(folder: Path, kind: str) -> tuple[Path, Path]:
    """Write a frame whose mask must not be written; give its JSON and the mask."""
    if kind in ("jpeg", "webp", "gif"):
        name = f"lossy.{kind}"
        return write_scene(folder, ROIS, mask_name=name), folder / name
    if kind == "video":
        path = write_scene(folder, ROIS, mask=np.zeros((48, 64, 3), np.uint8))
        make_video(folder / "mask.mp4")
        change_frame(path, uri="mask.mp4", content_type="video/mp4", timestamp=500)
        return path, folder / "mask.mp4"
    path = write_scene(folder, ROIS)
    frame = json.loads(path.read_text())
    if kind == "two masks":
        source = frame["sources"][0]
        source["masks"].append({"id": "other", "uri": source["masks"][0]["uri"]})
        path.write_text(json.dumps(frame))
    elif kind == "folder":
        path.with_name("later.json").write_text(path.read_text())
    else:
        later = json.loads(path.read_text())
        text = [json.dumps(frame), json.dumps(later)]
        path.unlink()
        if kind == "lines":
            path = path.with_suffix(".jsonl")
            path.write_text("\n".join(text) + "\n")
        else:
            path.write_text(f"[{text[0]}, {text[1]}]")
    return path, folder / "scene_seg.png"


def saved_frame(path: Path, kind: str) -> tuple[dict[str, Any], list[str]]:
    """Give the saved frame, and the URIs of all masks of the other frames there."""
    text = path.read_text()
    if kind == "array":
        frames = json.loads(text)
    elif kind == "lines":
        frames = [json.loads(line) for line in text.splitlines()]
    else:
        frames = [json.loads(text)]
        if kind == "folder":
            frames.append(json.loads(path.with_name("later.json").read_text()))
    others = [
        mask["uri"]
        for frame in frames[1:]
        for source in frame["sources"]
        for mask in source["masks"]
    ]
    return frames[0], others


KINDS = ("jpeg", "webp", "gif", "video", "two masks", "folder", "array", "lines")


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_mask_that_is_not_written_goes_to_a_new_png(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    path, mask = write_frame(tmp_path, kind)
    original = mask.read_bytes()
    files = {each.name for each in tmp_path.iterdir()}
    said: list[str] = []
    painted: list[np.ndarray[Any, Any]] = []

    def script(window: MainWindow) -> None:
        session = window.session
        session.notified.connect(said.append)
        session.select(0)
        window.canvas.setFocus()
        QTest.keyClick(window.canvas, Qt.Key.Key_B)
        port, place = window.canvas.viewport(), point(window, 5, 20)
        QTest.mouseMove(port, place)
        QTest.mouseMove(port, place + QPoint(3, 3))
        assert len(said) == 1
        assert "new PNG" in said[0]
        assert not session.document.is_edited
        drag(window, (5, 20), (5, 30))
        assert session.document.undo_labels == ("Paint car",)
        assert {each.name for each in tmp_path.iterdir()} == files
        plane = session.document.planes["front/seg"]
        painted.append(plane.table[plane.indices])
        window.actions_by_id["save"].trigger()
        qtbot.waitUntil(lambda: session.save_state == "saved")

    assert run([str(path)], script) == 0
    assert mask.read_bytes() == original
    frame, others = saved_frame(path, kind)
    uri = frame["sources"][0]["masks"][0]["uri"]
    assert uri.endswith(".png")
    assert uri not in files
    assert "timestamp" not in frame["sources"][0]["masks"][0] or kind == "video"
    assert others == ([mask.name] if kind in ("folder", "array", "lines") else [])
    with PilImage.open(tmp_path / uri) as picture:
        found = np.array(picture.convert("RGB"))
    assert np.array_equal(found, painted[0])
    assert (found[5, 20:30] == CAR).all()
    again = open_document(path)
    assert not [each for each in again.problems if each.severity == "error"]
    plane = again.planes["front/seg"]
    assert np.array_equal(plane.table[plane.indices], painted[0])


def test_that_a_mask_of_this_frame_alone_is_painted_in_place(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, ROIS)
    # Another frame whose mask has a similar name, and the same name elsewhere.
    later = path.read_text().replace("scene_seg.png", "other/scene_seg.png")
    path.with_name("later.json").write_text(later)
    expected = scene_mask()
    expected[5, 20:31] = CAR

    def script(window: MainWindow) -> None:
        session = window.session
        session.select(0)
        window.options.widgets["size"].number.setValue(1.0)
        window.canvas.setFocus()
        QTest.keyClick(window.canvas, Qt.Key.Key_B)
        drag(window, (5, 20), (5, 30))
        window.actions_by_id["save"].trigger()
        qtbot.waitUntil(lambda: session.save_state == "saved")

    assert run([str(path)], script) == 0
    assert np.array_equal(read_pixels(tmp_path / "scene_seg.png"), expected)
    assert sorted(each.name for each in tmp_path.glob("*.png")) == [
        "scene.png",
        "scene_seg.png",
    ]
