"""A frame that was saved under another name, or is gone: list, counter, marks and keys go with it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from chromask_gui.panels.frames.model import MARKS_ROLE
from scenes import CAR, write_frames, write_pairs, write_scene
from windows import answer, press, rename, stem, wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


def add_roi(window: MainWindow, label: str = "car") -> None:
    assert window.session.edit(
        "Add",
        lambda edit: edit.frame.add_annotation(mask_rgb=list(CAR), labels=[label]),
    )


def save_as(window: MainWindow, qtbot: QtBot, target: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
        window.files.save_as()
    qtbot.waitUntil(lambda: window.session.save_state == "saved")


def names(window: MainWindow) -> list[str]:
    listed = window.files.frames.list
    assert listed is not None
    return [item.name for item in listed.items]


def marks(window: MainWindow) -> list[list[str]]:
    model = window.frame_panel.model
    return [model.index(row).data(MARKS_ROLE) for row in range(model.rowCount())]


def labels(window: MainWindow) -> list[str | None]:
    return [each.resolution.name for each in window.session.census.rois]


def check_place(window: MainWindow, row: int, count: int) -> None:
    """Counter and selection are those of a row; -1 is none."""
    number = str(row + 1) if row >= 0 else "–"
    assert window.position.text() == f"frame {number} / {count}"
    picked = window.frame_panel.list.selectionModel().selectedIndexes()
    assert [index.row() for index in picked] == ([row] if row >= 0 else [])
    assert window.frame_panel.list.currentIndex().row() == row


def test_that_an_image_saved_under_another_name_is_that_frame_of_the_list(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_pairs(tmp_path, 4)
    answer(monkeypatch, QMessageBox.StandardButton.Discard)

    def script(window: MainWindow) -> None:
        seen: list[str] = []
        window.session.written.connect(
            lambda *_: seen.append(window.position.text()),
            Qt.ConnectionType.DirectConnection,
        )
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        add_roi(window)
        save_as(window, qtbot, tmp_path / "images/zz.json")
        # Before the folder is read again it is none of the list.
        assert seen == ["frame – / 4"]
        wait(window, qtbot, 3)
        found = [Path(name).name for name in names(window)]
        assert found == ["0.png", "2.png", "3.png", "zz.json"]
        assert stem(window) == "1"
        assert window.windowTitle().startswith("images/zz.json")
        check_place(window, 3, 4)
        assert marks(window) == [[], [], [], ["saved"]]
        add_roi(window, "later")
        assert marks(window) == [[], [], [], ["edited"]]
        press(window, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: not window.files.frames.is_opening)
        qtbot.waitUntil(lambda: labels(window) == ["car"])
        assert window.windowTitle().startswith("images/zz.json")
        check_place(window, 3, 4)
        press(window, Qt.Key.Key_A)
        wait(window, qtbot, 2)
        assert stem(window) == "3"

    run([str(tmp_path)], script)


def test_that_a_frame_stays_where_it_is_when_it_is_saved_as_another(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)
    before = (tmp_path / "f01.json").read_bytes()

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        rename(window)
        save_as(window, qtbot, tmp_path / "copy.json")
        qtbot.waitUntil(lambda: window.files.frames.count == 4)
        assert names(window) == ["copy.json", "f00.json", "f01.json", "f02.json"]
        check_place(window, 0, 4)
        assert marks(window) == [["saved"], [], [], []]
        press(window, Qt.Key.Key_D, SHIFT)
        assert marks(window) == [["edited", "reviewed"], [], [], []]
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        assert (stem(window), labels(window)) == ("f00", ["car", "road"])
        press(window, Qt.Key.Key_A)
        wait(window, qtbot, 0)
        assert (stem(window), labels(window)) == ("f01", ["bus", "road"])

    run([str(tmp_path)], script)
    assert (tmp_path / "f01.json").read_bytes() == before


def test_that_a_frame_saved_over_another_of_the_list_has_its_place(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        save_as(window, qtbot, tmp_path / "f02.json")
        assert stem(window) == "f00"
        check_place(window, 2, 3)
        press(window, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: not window.files.frames.is_opening)
        assert (stem(window), labels(window)) == ("f00", ["bus", "road"])
        press(window, Qt.Key.Key_A)
        wait(window, qtbot, 1)
        assert stem(window) == "f01"

    run([str(tmp_path)], script)


@pytest.mark.parametrize("key", [Qt.Key.Key_D, Qt.Key.Key_A])
def test_that_a_frame_saved_outside_is_none_of_the_list(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, key: Qt.Key
) -> None:
    folder, target = write_frames(tmp_path / "data", 3), tmp_path / "other/out.json"
    target.parent.mkdir()

    def script(window: MainWindow) -> None:
        asked: list[Path] = []
        window.session.ask_outside = lambda path: bool(asked.append(path))
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        window.session.edit(
            "Paint", lambda edit: edit.set_value("front/seg", 0, (1, 2, 3))
        )
        rename(window)
        save_as(window, qtbot, target)
        check_place(window, -1, 3)
        write_scene(folder, name="f00a")
        qtbot.waitUntil(lambda: window.files.frames.count == 4)
        check_place(window, -1, 4)
        press(window, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: not window.files.frames.is_opening)
        assert window.session.document.path == target
        assert labels(window)[0] == "bus"
        check_place(window, -1, 4)
        rename(window, "lorry")
        assert marks(window) == [[], [], [], []]
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert asked == []
        press(window, key)
        place = 3 if key == Qt.Key.Key_D else 2
        wait(window, qtbot, place)
        assert stem(window) == ("f02" if key == Qt.Key.Key_D else "f01")
        check_place(window, place, 4)

    run([str(folder)], script)
    assert json.loads(target.read_text())["rois"][0]["label"] == ["lorry"]


def test_that_there_is_no_frame_after_the_last_one_that_was_saved_outside(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    folder, target = write_frames(tmp_path / "data", 2), tmp_path / "out.json"

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        rename(window)
        save_as(window, qtbot, target)
        press(window, Qt.Key.Key_D)
        assert not window.files.frames.is_opening
        assert window.session.document.path == target
        check_place(window, -1, 2)

    run([str(folder)], script)


def test_that_a_single_frame_is_read_again_from_where_it_was_saved(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path, target = write_scene(tmp_path), tmp_path / "copy.json"

    def script(window: MainWindow) -> None:
        rename(window)
        save_as(window, qtbot, target)
        press(window, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: not window.files.frames.is_opening)
        assert (window.session.document.path, labels(window)[0]) == (target, "bus")

    run([str(path)], script)


def test_that_a_single_image_is_read_again_with_what_was_saved(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_scene(tmp_path).unlink()

    def script(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: window.files.frames.list.is_complete)
        add_roi(window)
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        press(window, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: not window.files.frames.is_opening)
        assert labels(window) == ["car"]

    run([str(tmp_path / "scene.png")], script)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_that_a_frame_is_found_where_a_link_leads(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = write_frames(tmp_path / "data", 2)
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        save_as(window, qtbot, folder / "copy.json")
        qtbot.waitUntil(lambda: window.files.frames.count == 3)
        check_place(window, 0, 3)

    run([str(tmp_path / "link")], script)


def test_that_a_frame_that_is_gone_has_no_number_until_it_is_saved_again(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_frames(tmp_path, 3)

    def write_again(box: QMessageBox) -> int:
        next(each for each in box.buttons() if each.text() == "Write again").click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", write_again)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        for name in ("f01.json", "f01.png", "f01_seg.png"):
            (tmp_path / name).unlink()
        qtbot.waitUntil(lambda: window.files.frames.count == 2)
        assert stem(window) == "f01"
        check_place(window, -1, 2)
        rename(window)
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        wait(window, qtbot, 1)
        check_place(window, 1, 3)
        (tmp_path / "f01.json").unlink()
        qtbot.waitUntil(lambda: window.files.frames.count == 2)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        assert stem(window) == "f02"

    run([str(tmp_path)], script)
