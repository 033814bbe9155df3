"""The whole program through the real ``main()``: real mouse and key events, real files."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox

from chromask_gui.canvas.pointing import pointed_at
from chromask_gui.panels.rois.model import Column
from scenes import (
    CAR,
    COLS,
    PIXELS,
    ROAD,
    ROWS,
    SKY,
    read_pixels,
    scene_mask,
    write_scene,
)
from windows import mixed, shown_rgb, view_point

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

NEW = (250, 240, 10)


def type_in_cell(window: MainWindow, row: int, column: Column, text: str) -> None:
    """Type a text into a cell of the ROI table, with the mouse and the keyboard."""
    table = window.rois.table
    index = table.model().index(row, column)
    table.scrollTo(index)
    place = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_that_a_new_rgb_typed_in_the_table_is_seen_painted_and_saved(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        session = window.session
        opacity = session.view.opacity
        assert np.allclose(
            shown_rgb(window, 25.5, 15.5), mixed(CAR, 25, 15, opacity), atol=2
        )
        type_in_cell(window, 0, Column.VALUE, " ".join(map(str, NEW)))
        assert window.rois.bar.isVisible()
        assert str(PIXELS[CAR]) in window.rois.bar.repaint_button.text()
        assert not session.document.is_edited
        QTest.mouseClick(window.rois.bar.repaint_button, Qt.MouseButton.LeftButton)
        assert np.allclose(
            shown_rgb(window, 25.5, 15.5), mixed(NEW, 25, 15, opacity), atol=2
        )
        assert np.allclose(
            shown_rgb(window, 35.5, 5.5), mixed(ROAD, 35, 5, opacity), atol=2
        )
        assert window.isWindowModified()
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: session.save_state == "saved")
        assert not window.isWindowModified()

    assert run([str(path)], script) == 0
    frame = json.loads(path.read_text())
    assert frame["rois"][0]["mask"]["value"] == list(NEW)
    expected = scene_mask()
    expected[(expected == CAR).all(axis=2)] = NEW
    assert (read_pixels(tmp_path / "scene_seg.png") == expected).all()


def test_that_changing_the_roi_only_leaves_its_pixels_to_nobody(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    mask = (tmp_path / "scene_seg.png").read_bytes()

    def script(window: MainWindow) -> None:
        type_in_cell(window, 0, Column.VALUE, "#fafa0a")
        QTest.mouseClick(window.rois.bar.roi_button, Qt.MouseButton.LeftButton)
        assert window.session.census.rois[0].pixels == 0
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert window.session.census.rois[0].pixels == PIXELS[CAR]
        assert not window.isWindowModified()
        QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: window.session.save_state == "saved")

    assert run([str(path)], script) == 0
    assert json.loads(path.read_text())["rois"][0]["mask"]["value"] == [250, 250, 10]
    assert (tmp_path / "scene_seg.png").read_bytes() == mask


def test_that_labels_typed_in_the_table_reach_the_file(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        type_in_cell(window, 1, Column.LABELS, "street, tarmac")
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")

    run([str(path)], script)
    assert json.loads(path.read_text())["rois"][1]["label"] == ["street", "tarmac"]


def test_that_a_click_on_the_canvas_selects_and_outlines_the_roi(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def click(window: MainWindow, row: float, col: float) -> None:
        QTest.mouseClick(
            window.canvas.viewport(),
            Qt.MouseButton.LeftButton,
            pos=view_point(window, row, col),
        )

    def script(window: MainWindow) -> None:
        before = shown_rgb(window, 22.05, 15.5)
        click(window, 25.5, 15.5)
        assert window.session.view.selected == (0,)
        rows = window.rois.table.selectionModel().selectedRows()
        assert [index.row() for index in rows] == [0]
        assert shown_rgb(window, 22.05, 15.5) != before
        click(window, 5.5, 5.5)
        assert window.session.view.selected == ()
        assert shown_rgb(window, 22.05, 15.5) == before
        QTest.keyClick(window.canvas, Qt.Key.Key_2)
        assert window.session.view.selected == (1,)
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        assert window.session.view.selected == ()

    run([str(path)], script)


def test_that_the_wheel_zooms_at_the_cursor_up_to_6400_percent(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        canvas = window.canvas
        QTest.keyClick(canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
        assert canvas.box.zoom == pytest.approx(1.0)
        point = QPointF(view_point(window, 24.5, 14.5))
        aimed = pointed_at(canvas, point)
        for _ in range(40):
            _wheel(window, point, 120)
        assert canvas.box.zoom == pytest.approx(64.0)
        assert (pointed_at(canvas, point) - aimed).manhattanLength() < 0.02
        # One pixel of the image is one colour of 64 x 64 on the screen, with hard edges.
        assert shown_rgb(window, 24.05, 14.05) == shown_rgb(window, 24.95, 14.95)
        assert shown_rgb(window, 24.95, 14.95) != shown_rgb(window, 24.95, 15.05)
        before = canvas.box.seen_rect().center()
        start, end = QPoint(300, 300), QPoint(364, 300)
        viewport = canvas.viewport()
        QTest.mousePress(viewport, Qt.MouseButton.MiddleButton, pos=start)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, Qt.MouseButton.MiddleButton, pos=end)
        moved = before - canvas.box.seen_rect().center()
        assert moved.x() == pytest.approx(1.0, abs=0.05)
        assert moved.y() == pytest.approx(0.0, abs=0.05)
        QTest.keyClick(canvas, Qt.Key.Key_F)
        seen = canvas.box.seen_rect()
        assert seen.contains(QRectF(0, 0, COLS, ROWS))

    run([str(path)], script)


def _wheel(window: MainWindow, point: QPointF, delta: int) -> None:
    from PySide6.QtGui import QWheelEvent

    viewport = window.canvas.viewport()
    event = QWheelEvent(
        point,
        QPointF(viewport.mapToGlobal(point.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_that_h_hides_the_overlay_and_the_pointer_is_read_in_the_status_bar(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        QTest.keyClick(window.canvas, Qt.Key.Key_H)
        assert np.allclose(shown_rgb(window, 25.5, 15.5), (15, 25, 0), atol=1)
        QTest.keyClick(window.canvas, Qt.Key.Key_H)
        QTest.mouseMove(window.canvas.viewport(), view_point(window, 25.5, 15.5))
        qtbot.waitUntil(lambda: bool(window.status.position.text()))
        text = " ".join(label.text() for label in window.status.findChildren(QLabel))
        read = f"{text} {window.status.accessibleDescription()}"
        assert "15" in read
        assert "25" in read

    run([str(path)], script)


def test_that_an_unclaimed_colour_becomes_a_roi(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        panel = window.unclaimed
        button = next(
            child
            for child in panel.findChildren(type(window.rois.add_button))
            if "ROI" in child.text()
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, "sky")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert window.session.census.rois[2].pixels == PIXELS[SKY]
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")

    run([str(path)], script)
    added = json.loads(path.read_text())["rois"][2]
    assert (added["label"], added["mask"]) == (
        ["sky"],
        {"id": "seg", "value": list(SKY)},
    )


def test_that_an_image_and_its_mask_can_be_dropped(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_scene(tmp_path, mask_name="scene_labels.png").unlink()

    def script(window: MainWindow) -> None:
        assert window.session.document is None
        assert window.stage.currentWidget() is window.welcome
        data = QMimeData()
        data.setUrls(
            [
                QUrl.fromLocalFile(str(tmp_path / name))
                for name in ("scene_labels.png", "scene.png")
            ]
        )
        window.dropEvent(
            QDropEvent(
                QPointF(50, 50),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
        qtbot.waitUntil(lambda: window.session.document is not None)
        (ref,) = window.session.document.frame.masks()
        assert (ref.source.uri, ref.mask.uri) == ("scene.png", "scene_labels.png")

    assert run([], script) == 0


@pytest.mark.parametrize("answer", ["Save", "Discard", "Cancel"])
def test_that_closing_with_edits_asks_and_does_what_was_answered(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, answer: str
) -> None:
    path = write_scene(tmp_path)
    before = path.read_bytes()

    def script(window: MainWindow) -> None:
        type_in_cell(window, 0, Column.LABELS, "bus")
        asked: list[str] = []

        def reply() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            asked.append(box.text())
            box.button(QMessageBox.StandardButton[answer]).click()

        QTimer.singleShot(0, reply)
        window.close()
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        QApplication.processEvents()
        assert asked == ["scene.json has unsaved edits."]
        assert window.isVisible() == (answer == "Cancel")

    run([str(path)], script)
    if answer == "Save":
        assert json.loads(path.read_text())["rois"][0]["label"] == ["bus"]
    else:
        assert path.read_bytes() == before


def test_that_a_broken_frame_is_named_in_the_window_and_not_touched(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"sources": [')

    def script(window: MainWindow) -> None:
        assert window.session.document is None
        assert window.problems.isVisible()
        assert "broken.json" in window.problems.list.toPlainText()

    run([str(path)], script)
    assert path.read_text() == '{"sources": ['


@pytest.mark.skipif(os.name == "nt", reason="folders have no such mode there")
def test_that_a_read_only_folder_keeps_the_edit_and_says_so(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    path.chmod(0o444)
    before = path.read_bytes()

    def script(window: MainWindow) -> None:
        type_in_cell(window, 0, Column.LABELS, "bus")
        with qtbot.waitSignal(window.session.failed) as told:
            window.files.save()
        assert "scene.json" in str(told.args[0])
        assert window.session.save_state == "edited"

    run([str(path)], script)
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "scene.json",
        "scene.png",
        "scene_seg.png",
    ]
