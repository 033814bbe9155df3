"""The tool for keypoints in the real window: clicks and keys, and what the frame holds then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask_gui.panels.rois.row import Column
from scenes import CAR, COLS, ROAD, ROWS, SKY, read_pixels, roi, scene_mask, write_scene
from windows import mouse, press, shown_rgb, stroke

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

    Run = Callable[..., int]

ENTER, BACKSPACE, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Escape


def added(window: MainWindow, count: int = 2) -> list[Any]:
    """Give what stands behind the scene's ROIs."""
    document = window.session.document
    assert document is not None
    return document.frame.to_dict()["rois"][count:]


def points(raw: dict[str, Any]) -> list[float]:
    (found,) = [raw[key] for key in ("points", "poly", "keypoints") if key in raw]
    return [number for number in found if number > -999]


def steps(window: MainWindow) -> tuple[str, ...]:
    document = window.session.document
    assert document is not None
    return document.undo_labels


def test_that_clicked_points_become_one_annotation_that_is_seen_listed_and_saved(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_K)
        assert window.actions_by_id["tool_keypoints"].isChecked()
        assert "Enter" in window.options.hint.text()
        before = shown_rgb(window, 5.0, 40.0)
        stroke(window, (30.0, 5.0))
        stroke(window, (35.0, 9.0))
        stroke(window, (50.0, 9.0))
        stroke(window, (35.0, 9.0), (40.0, 5.0))  # a point is dragged
        press(window, BACKSPACE)
        assert added(window) == []
        press(window, ENTER)
        (raw,) = added(window)
        assert raw["label"] == ["car"]
        assert raw["sources"] == ["front"]
        assert points(raw) == pytest.approx([30, 5, 40, 5], abs=0.3)
        assert len(steps(window)) == 1
        assert window.rois.table.roi_model.rows[2].labels == ("car",)
        press(window, Qt.Key.Key_V)
        assert shown_rgb(window, 5.0, 40.0) != before
        window.session.select(2)
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert added(window) == []
        press(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: window.session.save_state == "saved")

    assert run([str(path)], script) == 0
    assert len(json.loads(path.read_text())["rois"]) == 3
    assert (read_pixels(tmp_path / "scene_seg.png") == scene_mask()).all()


def test_that_without_a_label_the_points_wait_for_one(run: Run, tmp_path: Path) -> None:
    def script(window: MainWindow) -> None:
        said: list[str] = []
        window.session.notified.connect(said.append)
        press(window, Qt.Key.Key_K)
        stroke(window, (30.0, 5.0))
        press(window, ENTER)
        assert len(said) == 1
        assert "no label" in said[0]
        assert added(window) == []
        QTest.keyClick(
            window.canvas, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.AltModifier
        )
        press(window, ENTER)
        assert [raw["label"] for raw in added(window)] == [["car"]]
        press(window, ENTER)
        assert len(added(window)) == 1

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_the_name_of_an_older_roi_is_the_label(run: Run, tmp_path: Path) -> None:
    older = roi(["seg"], CAR)
    older["mask"]["id"] = "lorry"

    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_K)
        stroke(window, (30.0, 5.0))
        press(window, ENTER)
        assert [raw["label"] for raw in added(window)] == [["lorry"]]

    assert run([str(write_scene(tmp_path, [older, roi(["road"], ROAD)]))], script) == 0


def test_that_a_label_of_the_data_set_can_be_in_hand(run: Run, tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "_mask_legend.json").write_text(json.dumps({"heaven": SKY}))

    def script(window: MainWindow) -> None:
        table = window.rois.table
        place = table.visualRect(window.rois.model.index(2, Column.LABELS)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        press(window, Qt.Key.Key_K)
        stroke(window, (30.0, 5.0))
        press(window, ENTER)
        assert [raw["label"] for raw in added(window)] == [["heaven"]]

    assert run([str(path)], script) == 0


def test_that_esc_another_tool_and_another_frame_give_the_points_up(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_scene(tmp_path, name="a")
    write_scene(tmp_path, name="b")

    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_1)
        for leave in (
            lambda: press(window, ESCAPE),
            lambda: press(window, Qt.Key.Key_B),
            lambda: press(window, Qt.Key.Key_D),
        ):
            press(window, Qt.Key.Key_K)
            stroke(window, (30.0, 5.0))
            tool = window.canvas.tool
            assert tool.marks.handles
            leave()
            qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
            assert not tool.marks.handles
            assert not tool.is_busy
        press(window, ENTER)
        assert added(window) == []
        assert window.session.view.selected == (0,)

    assert run([str(tmp_path)], script) == 0


def test_that_points_lie_in_the_image(run: Run, tmp_path: Path) -> None:
    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_1)
        window.canvas.zoom_by(0.5)
        QApplication.processEvents()
        press(window, Qt.Key.Key_K)
        stroke(window, (-4.0, 5.0))
        assert not window.canvas.tool.is_busy
        stroke(window, (30.0, 5.0), (COLS + 6.0, ROWS + 3.0))
        press(window, ENTER)
        (raw,) = added(window)
        assert points(raw) == [COLS, ROWS]

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_points_belong_to_the_source_that_is_shown(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    frame = json.loads(path.read_text())
    frame["sources"].append({**frame["sources"][0], "id": "rear", "masks": []})
    path.write_text(json.dumps(frame))

    def script(window: MainWindow) -> None:
        window.session.set_view(source="rear")
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_K)
        stroke(window, (30.0, 5.0))
        press(window, ENTER)
        assert [raw["sources"] for raw in added(window)] == [["rear"]]

    assert run([str(path)], script) == 0


def test_that_a_double_click_ends_the_points(run: Run, tmp_path: Path) -> None:
    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_K)
        stroke(window, (30.0, 5.0))
        mouse(window, QEvent.Type.MouseButtonDblClick, 30.0, 5.0)
        assert len(added(window)) == 1

    assert run([str(write_scene(tmp_path))], script) == 0
