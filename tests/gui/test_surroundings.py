"""What comes after an image is shown: its masks, its legend, and images taken for masks."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from chromask_gui.session import reading
from photos import write_photos
from scenes import write_scene
from windows import press, wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


def write_image(folder: Path) -> Path:
    """Write an image with a mask in a folder inside its own, and a legend."""
    write_scene(folder / "made")
    (folder / "masks").mkdir()
    shutil.move(folder / "made/scene.png", folder / "a.png")
    shutil.move(folder / "made/scene_seg.png", folder / "masks/a.png")
    shutil.rmtree(folder / "made")
    (folder / "label_colors.txt").write_text("0 0 142 lorry\n")
    return folder / "a.png"


def hold_listing(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let no list be read before the event is set."""
    may_list, list_frames = threading.Event(), reading.list_frames

    def wait_and_list(*args: Any, **options: Any) -> Any:
        assert may_list.wait(20)
        return list_frames(*args, **options)

    monkeypatch.setattr(reading, "list_frames", wait_and_list)
    return may_list


def test_that_an_image_is_shown_before_its_folder_is_read(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = write_image(tmp_path)
    may_list = hold_listing(monkeypatch)

    def script(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: window.session.document is not None)
        first = window.session.document
        assert first is not None
        assert list(first.images)
        assert not first.planes
        may_list.set()
        qtbot.waitUntil(lambda: window.session.document is not first)
        document = window.session.document
        assert document is not None
        assert len(document.planes) == 1
        assert document.mapping is not None
        assert document.images["default"] is first.images["default"]
        assert window.files.frames.count == 1
        assert window.files.frames.list is not None
        assert window.files.frames.list.is_complete

    run([str(path)], script)


def test_that_edits_made_before_the_masks_are_found_stay(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = write_image(tmp_path)
    may_list = hold_listing(monkeypatch)

    def script(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: window.session.document is not None)
        document = window.session.document
        assert document is not None
        window.session.edit(
            "Label it", lambda edit: edit.frame.add_annotation(labels=["mine"])
        )
        assert document.is_edited
        may_list.set()
        frames = window.files.frames
        qtbot.waitUntil(lambda: frames.list is not None and frames.list.is_complete)
        assert window.session.document is document
        assert document.is_edited
        window.session.undo()
        frames.reload()
        qtbot.waitUntil(lambda: window.session.document is not document)
        assert window.session.document is not None
        assert len(window.session.document.planes) == 1

    run([str(path)], script)


def test_that_an_image_alone_is_not_opened_twice(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_scene(tmp_path).unlink()
    (tmp_path / "scene_seg.png").unlink()

    def script(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: window.session.document is not None)
        document, frames = window.session.document, window.files.frames
        qtbot.waitUntil(lambda: frames.list is not None and frames.list.is_complete)
        assert window.session.document is document

    run([str(tmp_path / "scene.png")], script)


def test_that_a_second_image_gets_its_place_in_the_list_once(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = write_photos(tmp_path / "in")
    write_photos(folder, "b", values=3)
    calls: list[Path] = []
    list_frames = reading.list_frames

    def count(path: Path, *rest: Any, **options: Any) -> Any:
        calls.append(path)
        return list_frames(path, *rest, **options)

    monkeypatch.setattr(reading, "list_frames", count)

    def script(window: MainWindow) -> None:
        frames = window.files.frames
        qtbot.waitUntil(lambda: frames.count == 3)
        assert frames.list is not None
        keys = [item.key for item in frames.list.items]
        assert keys == ["a", "a.png", "b"]
        assert frames.place == 0
        document = window.session.document
        assert document is not None
        assert not document.planes
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        assert window.title.text() == "a.png.json"
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 2)
        assert window.session.document is not None
        assert len(window.session.document.planes) == 1
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        assert len(calls) == 2

    run([str(folder)], script)


def test_that_the_photo_that_was_opened_stays_the_one_that_is_shown(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = write_photos(tmp_path / "in")

    def script(window: MainWindow) -> None:
        frames = window.files.frames
        qtbot.waitUntil(lambda: frames.list is not None and frames.list.is_complete)
        assert window.session.document is not None
        (source,) = window.session.document.frame.sources
        assert source.uri == "a.png"
        assert not window.session.document.planes

    run([str(folder / "a.png")], script)
