"""Keys of the design that no other test presses in the real window: the key, then its effect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from scenes import CAR, ROAD, SKY, STRAY, roi, scene_mask, write_scene
from windows import press, stroke

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask_gui.window.main_window import MainWindow

    Run = Callable[..., int]

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def rois(window: MainWindow) -> list[dict[str, Any]]:
    document = window.session.document
    assert document is not None
    return document.frame.to_dict()["rois"]


def is_as_drawn(window: MainWindow) -> bool:
    document = window.session.document
    assert document is not None
    (plane,) = document.planes.values()
    values = plane.table[plane.indices][..., :3]
    return bool(np.array_equal(values, scene_mask()))


@pytest.mark.parametrize("tool", [Qt.Key.Key_V, Qt.Key.Key_B, Qt.Key.Key_K])
def test_that_a_drag_with_space_held_moves_the_image_and_edits_nothing(
    run: Run, tmp_path: Path, tool: Qt.Key
) -> None:
    def script(window: MainWindow) -> None:
        canvas, viewport = window.canvas, window.canvas.viewport()
        press(window, Qt.Key.Key_1)
        press(window, tool)
        canvas.zoom_by(4.0)
        before = canvas.box.seen_rect().center()
        start = viewport.rect().center()
        QTest.keyPress(canvas, Qt.Key.Key_Space)
        assert viewport.cursor().shape() == Qt.CursorShape.OpenHandCursor
        QTest.mousePress(viewport, LEFT, pos=start)
        QTest.mouseMove(viewport, start + QPoint(80, 0))
        QTest.mouseRelease(viewport, LEFT, pos=start + QPoint(80, 0))
        QTest.keyRelease(canvas, Qt.Key.Key_Space)
        moved = before - canvas.box.seen_rect().center()
        assert moved.x() * canvas.box.zoom == pytest.approx(80, abs=1)
        assert moved.y() == pytest.approx(0, abs=0.01)
        assert is_as_drawn(window)
        assert not window.canvas.tool.is_busy
        assert window.session.save_state == "saved"

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_plus_and_minus_zoom(run: Run, tmp_path: Path) -> None:
    def script(window: MainWindow) -> None:
        box = window.canvas.box
        fitted = box.zoom
        press(window, Qt.Key.Key_Plus)
        nearer = box.zoom
        assert nearer > fitted
        assert window.status.zoom.text() == f"{100 * nearer:.0f} %"
        press(window, Qt.Key.Key_Minus)
        press(window, Qt.Key.Key_Minus)
        assert box.zoom < fitted

    assert run([str(write_scene(tmp_path))], script) == 0


@pytest.mark.parametrize(
    ("key", "held"), [(Qt.Key.Key_Z, CONTROL | SHIFT), (Qt.Key.Key_Y, CONTROL)]
)
def test_that_both_keys_do_a_step_again(
    run: Run, tmp_path: Path, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_Delete)
        assert len(rois(window)) == 1
        press(window, Qt.Key.Key_Z, CONTROL)
        assert len(rois(window)) == 2
        press(window, key, held)
        assert len(rois(window)) == 1

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_delete_removes_the_selected_rois_and_no_pixel(
    run: Run, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_Delete)
        assert len(rois(window)) == 2
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_Delete)
        assert [raw["label"] for raw in rois(window)] == [["road"]]
        assert is_as_drawn(window)

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_shift_n_labels_the_whole_frame_and_shift_m_is_its_metadata(
    run: Run, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_N, SHIFT)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        assert window.frame_details.isVisible()
        QTest.keyClicks(field, "night")
        QTest.keyClick(field, Qt.Key.Key_Return)
        (added,) = rois(window)[2:]
        assert added["label"] == ["night"]
        assert "mask" not in added
        press(window, Qt.Key.Key_M, SHIFT)
        text = QApplication.focusWidget()
        assert isinstance(text, QPlainTextEdit)
        text.selectAll()
        QTest.keyClicks(text, '{"rain": true}')
        QTest.keyClick(text, Qt.Key.Key_Return, CONTROL)
        document = window.session.document
        assert document is not None
        assert document.frame.meta == {"rain": True}

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_digits_choose_the_rois_in_their_order(run: Run, tmp_path: Path) -> None:
    labels = [roi([f"r{n}"], value) for n, value in enumerate((CAR, ROAD, SKY) * 3)]

    def script(window: MainWindow) -> None:
        for digit in range(1, 10):
            press(window, Qt.Key(Qt.Key.Key_0 + digit))
            assert window.session.view.selected == (digit - 1,)
            rows = window.rois.table.selectionModel().selectedRows()
            assert [index.row() for index in rows] == [digit - 1]

    assert run([str(write_scene(tmp_path, labels))], script) == 0


def test_that_a_slash_finds_rois_by_what_is_typed(run: Run, tmp_path: Path) -> None:
    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_Slash)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        assert field is window.rois.filter
        QTest.keyClicks(field, "roa")
        assert window.rois.model.rowCount() == 1
        assert window.rois.model.row_at(0).labels == ("road",)

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_alt_and_brackets_choose_what_is_painted_with(
    run: Run, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_BracketRight, ALT)
        assert window.session.view.selected == (1,)
        press(window, Qt.Key.Key_BracketLeft, ALT)
        assert window.session.view.selected == (0,)
        press(window, Qt.Key.Key_B)
        stroke(window, (40.5, 5.5))
        document = window.session.document
        assert document is not None
        (plane,) = document.planes.values()
        assert plane.value(int(plane.indices[5, 40])) == CAR

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_rois_are_copied_pasted_and_duplicated_over_the_image(
    run: Run, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_2)
        press(window, Qt.Key.Key_C, CONTROL)
        assert json.loads(QApplication.clipboard().text())
        press(window, Qt.Key.Key_V, CONTROL)
        assert [raw["label"] for raw in rois(window)] == [["car"], ["road"], ["road"]]
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_D, CONTROL)
        assert [raw["label"] for raw in rois(window)][3:] == [["car"]]

    assert run([str(write_scene(tmp_path))], script) == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_P, Qt.Key.Key_R, Qt.Key.Key_O])
def test_that_enter_paints_a_shape_and_esc_gives_it_up(
    run: Run, tmp_path: Path, key: Qt.Key
) -> None:
    def draw(window: MainWindow) -> None:
        press(window, key)
        if key == Qt.Key.Key_P:
            for corner in ((30, 2), (50, 2), (50, 16), (30, 16)):
                stroke(window, corner)
        else:
            stroke(window, (30.0, 2.0), (50.0, 16.0))
        assert window.canvas.tool.is_busy

    def script(window: MainWindow) -> None:
        press(window, Qt.Key.Key_1)
        draw(window)
        press(window, Qt.Key.Key_Escape)
        assert not window.canvas.tool.is_busy
        assert window.session.view.selected == (0,)
        press(window, Qt.Key.Key_Return)
        assert is_as_drawn(window)
        draw(window)
        press(window, Qt.Key.Key_Return)
        document = window.session.document
        assert document is not None
        (plane,) = document.planes.values()
        assert plane.value(int(plane.indices[9, 40])) == CAR
        assert plane.value(int(plane.indices[35, 51])) == STRAY
        assert len(document.undo_labels) == 1

    assert run([str(write_scene(tmp_path))], script) == 0
