"""Walking through the frames of a folder: the real window, real keys, real files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox

from chromask_gui.panels.frames.model import MARKS_ROLE
from chromask_gui.session import ahead as ahead_module
from chromask_gui.session.reading import Opened, open_frame
from chromask_gui.session.settings import Settings
from scenes import CAR, ROAD, roi, write_frames, write_pairs, write_scene
from windows import answer, press, rename, stem, wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_that_keys_walk_through_the_frames_of_a_folder(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        assert window.position.text() == "frame 1 / 12"
        assert window.frame_panel.isVisible()
        for key, held, place in (
            (Qt.Key.Key_D, None, 1),
            (Qt.Key.Key_Right, None, 2),
            (Qt.Key.Key_A, None, 1),
            (Qt.Key.Key_Left, None, 0),
            (Qt.Key.Key_A, None, 0),
            (Qt.Key.Key_Right, CONTROL, 10),
            (Qt.Key.Key_Right, CONTROL, 11),
            (Qt.Key.Key_Left, CONTROL, 1),
            (Qt.Key.Key_End, CONTROL, 11),
            (Qt.Key.Key_Home, CONTROL, 0),
        ):
            press(window, key, held)
            wait(window, qtbot, place)
            assert stem(window) == f"f{place:02d}"
            assert window.position.text() == f"frame {place + 1} / 12"
            assert window.frame_panel.list.currentIndex().row() == place

    run([str(write_frames(tmp_path))], script)


def test_that_going_to_a_number_asks_for_it(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def ask(*arguments: object) -> tuple[int, bool]:
        asked.append(arguments[2])
        return 7, True

    monkeypatch.setattr(QInputDialog, "getInt", ask)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_G, CONTROL)
        wait(window, qtbot, 6)
        QTest.mouseClick(window.position, Qt.MouseButton.LeftButton)
        assert asked == ["Frame, 1 to 12:"] * 2

    run([str(write_frames(tmp_path))], script)


def test_that_a_click_on_a_picture_opens_its_frame(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        view = window.frame_panel.list
        place = view.visualRect(window.frame_panel.model.index(3)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        wait(window, qtbot, 3)
        assert stem(window) == "f03"

    run([str(write_frames(tmp_path))], script)


def test_that_the_view_stays_put_from_frame_to_frame(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)
    write_scene(tmp_path, [roi(["road"], ROAD), roi(["car"], CAR)], name="f01")

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        session = window.session
        window.canvas.zoom_by(3.0)
        seen, zoom = window.canvas.box.seen_rect(), window.canvas.box.zoom
        session.select(0)
        session.set_view(opacity=0.3, hidden_masks=frozenset({"front/seg"}))
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        assert window.canvas.box.seen_rect() == seen
        assert window.canvas.box.zoom == zoom
        assert session.view.opacity == 0.3
        assert session.view.hidden_masks == {"front/seg"}
        # The same ROI by its name, wherever it stands in this frame.
        assert session.view.selected == (1,)

    run([str(tmp_path)], script)


def test_that_the_next_frames_are_opened_ahead(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        frames = window.files.frames
        qtbot.waitUntil(lambda: {"f01", "f02"} <= set(frames.ahead.ready))
        press(window, Qt.Key.Key_D)
        # At once: nothing had to be waited for.
        assert not window.session.jobs.is_busy
        assert stem(window) == "f01"
        qtbot.waitUntil(lambda: "f03" in frames.ahead.ready)
        press(window, Qt.Key.Key_A)
        assert stem(window) == "f00"
        assert len(frames.ahead.ready) <= 5

    run([str(write_frames(tmp_path))], script)


def test_that_a_frame_is_painted_before_the_next_one_is_opened_ahead(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order: list[str] = []

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        frames = window.files.frames
        qtbot.waitUntil(lambda: {"f01", "f02"} <= set(frames.ahead.ready))
        paint = window.canvas.drawForeground

        def paint_and_note(*args: Any) -> None:
            order.append("paint")
            paint(*args)

        def open_and_note(*args: Any) -> Opened:
            order.append("ahead")
            return open_frame(*args)

        monkeypatch.setattr(window.canvas, "drawForeground", paint_and_note)
        monkeypatch.setattr(ahead_module, "open_frame", open_and_note)
        press(window, Qt.Key.Key_D)
        qtbot.waitUntil(lambda: "f03" in frames.ahead.ready)
        assert order[0] == "paint"

    run([str(write_frames(tmp_path))], script)


def test_that_a_frame_opened_ahead_is_read_anew_when_its_file_changed(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        qtbot.waitUntil(lambda: "f01" in window.files.frames.ahead.ready)
        write_scene(tmp_path, [roi(["new name"], CAR)], name="f01")
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        assert window.session.census.rois[0].resolution.name == "new name"

    run([str(tmp_path)], script)


@pytest.mark.parametrize(
    ("button", "place", "label"),
    [
        (QMessageBox.StandardButton.Save, 1, "bus"),
        (QMessageBox.StandardButton.Discard, 1, "car"),
        (QMessageBox.StandardButton.Cancel, 0, "car"),
    ],
)
def test_that_moving_on_asks_about_unsaved_edits(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    button: QMessageBox.StandardButton,
    place: int,
    label: str,
) -> None:
    asked = answer(monkeypatch, button)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, place)
        assert len(asked) == 1
        if place == 0:
            assert window.session.document is not None
            assert window.session.document.is_edited
        else:
            press(window, Qt.Key.Key_A)
            wait(window, qtbot, 0)
            assert window.session.census.rois[0].resolution.name == label

    run([str(write_frames(tmp_path, 3))], script)
    text = json.loads((tmp_path / "f00.json").read_text())
    assert text["rois"][0]["label"] == [label]


def test_that_moving_on_saves_by_itself_when_the_user_wants_it(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = answer(monkeypatch, QMessageBox.StandardButton.Cancel)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        box = window.frame_panel.auto_save
        assert not box.isChecked()
        box.click()
        rename(window)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        index = window.frame_panel.model.index(0)
        assert index.data(MARKS_ROLE) == ["saved"]
        assert window.settings.saves_on_moving

    run([str(write_frames(tmp_path, 3))], script)
    assert asked == []
    text = json.loads((tmp_path / "f00.json").read_text())
    assert text["rois"][0]["label"] == ["bus"]


def test_that_frames_are_marked_and_filtered(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 4)
    (tmp_path / "f01_seg.png").unlink()
    write_scene(tmp_path, [roi(["a"], CAR, mask="x") | {"sources": ["y"]}], name="f02")

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        panel = window.frame_panel
        model = panel.model
        qtbot.waitUntil(
            lambda: (
                [model.index(row).data(MARKS_ROLE) for row in range(4)]
                == [[], ["missing"], ["unresolved"], []]
            )
        )
        tip = model.index(1).data(Qt.ItemDataRole.ToolTipRole)
        assert "missing" in tip
        panel.mark.setCurrentIndex(panel.mark.findData("missing"))
        panel.mark.activated.emit(panel.mark.currentIndex())
        assert model.rowCount() == 1
        panel.mark.setCurrentIndex(0)
        panel.mark.activated.emit(0)
        QTest.keyClicks(panel.filter, "f03")
        assert [model.index(r).data() for r in range(model.rowCount())] == ["f03.json"]
        panel.list.clicked.emit(model.index(0))
        wait(window, qtbot, 3)
        panel.filter.clear()
        assert model.rowCount() == 4

    run([str(tmp_path)], script)


def test_that_a_frame_that_cannot_be_opened_does_not_stop_the_walk(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)
    (tmp_path / "f01.json").write_text('{"sources": [')

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        assert window.session.document is None
        assert window.stage.currentWidget() is window.broken
        assert "f01.json" in window.broken.reason.text()
        QTest.keyClick(window, Qt.Key.Key_D)
        wait(window, qtbot, 2)
        assert stem(window) == "f02"
        assert window.stage.currentWidget() is window.canvas

    run([str(tmp_path)], script)


@pytest.mark.parametrize("name", ["empty", "broken.json"])
def test_that_what_cannot_be_opened_leaves_the_shown_frame_and_its_list(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    (tmp_path / "frames").mkdir()
    write_frames(tmp_path / "frames", 3)
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.json").write_text('{"sources": [')

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        with qtbot.waitSignal(window.session.failed):
            window.files.open_paths([tmp_path / name])
        frames = window.files.frames
        assert (frames.list.root, frames.place) == (tmp_path / "frames", 1)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 2)
        assert stem(window) == "f02"

    run([str(tmp_path / "frames")], script)


def test_that_new_and_removed_frames_appear_by_themselves(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        frames = window.files.frames
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        write_scene(tmp_path, name="f00a")
        qtbot.waitUntil(lambda: frames.count == 4)
        assert frames.place == 2
        assert stem(window) == "f01"
        (tmp_path / "f00.json").unlink()
        qtbot.waitUntil(lambda: frames.item is not None and frames.item.key == "f01")

    run([str(tmp_path)], script)


def test_that_a_change_on_disk_offers_to_read_anew(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_frames(tmp_path, 2)
    answer(monkeypatch, QMessageBox.StandardButton.Discard)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        assert not window.notice.isVisible()
        write_scene(tmp_path, [roi(["theirs"], CAR)], name="f00")
        qtbot.waitUntil(window.notice.isVisible)
        assert "unsaved" not in window.notice.text.text()
        QTest.mouseClick(window.notice.reload_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(
            lambda: window.session.census.rois[0].resolution.name == "theirs"
        )
        assert not window.notice.isVisible()
        rename(window)
        write_scene(tmp_path, [roi(["again"], CAR)], name="f00")
        qtbot.waitUntil(window.notice.isVisible)
        assert "unsaved" in window.notice.text.text()
        QTest.mouseClick(window.notice.keep_button, Qt.MouseButton.LeftButton)
        assert window.session.census.rois[0].resolution.name == "bus"

    run([str(tmp_path)], script)


def test_that_saving_is_no_change_of_somebody_else(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 2)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        qtbot.wait(700)
        assert not window.notice.isVisible()

    run([str(tmp_path)], script)


def test_that_a_saved_image_keeps_its_place_as_a_frame(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_pairs(tmp_path)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        window.session.edit(
            "Add",
            lambda edit: edit.frame.add_annotation(mask_rgb=list(CAR), labels=["car"]),
        )
        window.files.save()
        frames = window.files.frames
        qtbot.waitUntil(
            lambda: frames.item is not None and frames.item.path.endswith("1.json")
        )
        assert (frames.place, frames.count) == (1, 3)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 2)
        press(window, Qt.Key.Key_A)
        wait(window, qtbot, 1)
        assert len(window.session.census.rois) == 1

    run([str(tmp_path)], script)


def test_that_frames_of_one_file_are_walked_and_saved(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    frame = json.loads(write_scene(tmp_path).read_text())
    (tmp_path / "scene.json").unlink()
    path = tmp_path / "all.jsonl"
    path.write_text("".join(f"{json.dumps(frame | {'id': n})}\n" for n in range(3)))

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        assert window.windowTitle() == "all.jsonl #2[*] - chromask"
        rename(window)
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")

    run([str(path)], script)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [each["rois"][0]["label"] for each in lines] == [["car"], ["bus"], ["car"]]


def test_that_a_folder_that_is_dropped_opens(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_pairs(tmp_path / "data")

    def script(window: MainWindow) -> None:
        assert not window.frame_panel.isVisible()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / "data"))])
        event = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        window.dropEvent(event)
        wait(window, qtbot, 0)
        assert window.files.frames.count == 3
        assert window.frame_panel.isVisible()

    run([], script)


def test_that_ctrl_shift_o_asks_for_a_folder(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_frames(tmp_path, 2)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))

    def script(window: MainWindow) -> None:
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_O, CONTROL | SHIFT)
        wait(window, qtbot, 0)
        assert window.files.frames.count == 2

    run([], script)


def test_that_an_empty_folder_says_so_and_opens_nothing(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    failed: list[str] = []

    def script(window: MainWindow) -> None:
        window.session.failed.connect(lambda problem: failed.append(str(problem)))
        window.files.open_paths([tmp_path])
        qtbot.waitUntil(lambda: bool(failed))
        assert "no frame" in failed[0]
        assert window.stage.currentWidget() is window.welcome

    run([], script)


def test_that_what_was_opened_last_is_offered(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    one, two = write_frames(tmp_path / "one", 2), write_frames(tmp_path / "two, b", 2)

    def first(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        window.files.open_paths([two])
        qtbot.waitUntil(lambda: window.files.frames.list.root == two)
        wait(window, qtbot, 0)

    def second(window: MainWindow) -> None:
        buttons = [
            window.welcome._recent.itemAt(n).widget()
            for n in range(window.welcome._recent.count())
        ]
        assert [button.toolTip() for button in buttons] == [
            f"<span>{two}</span>",
            f"<span>{one}</span>",
        ]
        QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
        wait(window, qtbot, 0)
        assert window.files.frames.list.root == one

    run([str(one)], first)
    run([], second)


def test_that_a_single_frame_needs_no_panel(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        assert not window.frame_panel.isVisible()
        assert not window.actions_by_id["next_frame"].isEnabled()

    run([str(tmp_path / "f01.json")], script)


def test_that_the_small_picture_covers_the_wait(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        frames, thumbs = window.files.frames, window.files.thumbs
        qtbot.waitUntil(lambda: thumbs.peek("f06") is not None)
        window.files.go_to(6)
        assert frames.is_opening
        assert window.cover.isVisible()
        QApplication.processEvents()
        wait(window, qtbot, 6)
        assert not window.cover.isVisible()

    run([str(tmp_path)], script)


def test_that_recent_paths_of_any_name_come_back() -> None:
    settings = Settings.fresh()
    paths = [Path("/a, b/c"), Path('/"d"'), Path("/ü;e")]
    for path in reversed(paths):
        settings.add_recent(path)
    assert settings.recent == paths
    settings.add_recent(paths[2])
    assert settings.recent == [paths[2], paths[0], paths[1]]


@pytest.mark.parametrize(
    ("button", "place"),
    [(QMessageBox.StandardButton.Cancel, 0), (QMessageBox.StandardButton.Discard, 6)],
)
def test_that_an_edit_while_the_next_frame_is_on_its_way_is_not_lost(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    button: QMessageBox.StandardButton,
    place: int,
) -> None:
    asked = answer(monkeypatch, button)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        frames = window.files.frames
        window.files.go_to(6)
        assert frames.is_opening
        rename(window)
        qtbot.waitUntil(lambda: bool(asked))
        wait(window, qtbot, place)
        assert stem(window) == f"f{place:02d}"
        assert window.position.text() == f"frame {place + 1} / 12"
        assert (window.session.save_state == "edited") == (place == 0)
        assert not window.cover.isVisible()

    run([str(write_frames(tmp_path))], script)
