"""Painting in the real window: real mouse, pen and key events, and what the file holds then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QInputDevice,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask.pixels.plane import expand
from scenes import CAR, ROAD, read_pixels, roi, scene_mask, write_scene
from windows import mouse, stroke

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def spot(window: MainWindow, x: float, y: float) -> QPointF:
    canvas = window.canvas
    scene = canvas.box.mapToScene(QPointF(x, y))
    return QPointF(canvas.viewportTransform().map(scene))


def key(window: MainWindow, name: Qt.Key) -> None:
    QTest.keyClick(window.canvas, name)


def values(window: MainWindow) -> np.ndarray[Any, Any]:
    (plane,) = window.session.document.planes.values()
    return expand(plane, 0, plane.rows)


def set_size(window: MainWindow, size: float) -> None:
    window.options.widgets["size"].number.setValue(size)


def test_that_a_stroke_is_painted_undone_and_saved(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    expected = scene_mask()
    expected[4:7, 8:31] = CAR

    def script(window: MainWindow) -> None:
        window.session.select(0)
        key(window, Qt.Key.Key_B)
        assert window.actions_by_id["tool_brush"].isChecked()
        set_size(window, 3.0)
        window.options.widgets["tip"].buttons[True].click()
        stroke(window, (9.5, 5.5), (15.5, 5.5), (29.5, 5.5))
        assert (values(window) == expected).all()
        window.actions_by_id["undo"].trigger()
        assert (values(window) == scene_mask()).all()
        window.actions_by_id["redo"].trigger()
        window.actions_by_id["save"].trigger()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")

    assert run([str(path)], script) == 0
    assert (read_pixels(tmp_path / "scene_seg.png") == expected).all()


def test_that_each_tool_is_reached_by_its_key_and_works_by_hand(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        session = window.session
        session.select(0)
        key(window, Qt.Key.Key_E)
        set_size(window, 4.0)
        stroke(window, (15.5, 25.5), (16.5, 25.5))
        assert (values(window)[25, 15] == 0).all()
        key(window, Qt.Key.Key_G)
        stroke(window, (30.5, 5.5))
        assert (values(window)[:20] == CAR).all()
        key(window, Qt.Key.Key_I)
        stroke(window, (5.5, 38.5))
        assert session.view.selected == (1,)
        key(window, Qt.Key.Key_R)
        stroke(window, (20.0, 4.0), (30.0, 12.0))
        assert (values(window)[:20] == CAR).all()
        key(window, Qt.Key.Key_Return)
        assert (values(window)[4:12, 20:30] == ROAD).all()
        key(window, Qt.Key.Key_O)
        stroke(window, (40.0, 4.0), (50.0, 12.0))
        key(window, Qt.Key.Key_Return)
        assert (values(window)[8, 41:49] == ROAD).all()
        assert (values(window)[4, 40] == CAR).all()
        key(window, Qt.Key.Key_P)
        for corner in ((2.0, 2.0), (12.0, 2.0), (12.0, 12.0), (30.0, 30.0)):
            stroke(window, corner)
        key(window, Qt.Key.Key_Backspace)
        key(window, Qt.Key.Key_Return)
        assert (values(window)[3, 5:11] == ROAD).all()
        assert (values(window)[10, 3] == CAR).all()
        key(window, Qt.Key.Key_L)
        stroke(window, (52.0, 14.0), (58.0, 14.0), (58.0, 18.0), (52.0, 18.0))
        key(window, Qt.Key.Key_Return)
        assert (values(window)[14:18, 52:58] == ROAD).all()
        key(window, Qt.Key.Key_V)
        assert session.view.tool == "select"
        assert len(session.document.undo_labels) == 6

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_escape_gives_up_the_stroke_and_keeps_the_roi(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        window.session.select(0)
        key(window, Qt.Key.Key_B)
        mouse(window, QEvent.Type.MouseButtonPress, 30.0, 5.0)
        mouse(window, QEvent.Type.MouseMove, 40.0, 9.0)
        assert (values(window) != scene_mask()).any()
        key(window, Qt.Key.Key_Escape)
        mouse(window, QEvent.Type.MouseMove, 50.0, 9.0)
        mouse(window, QEvent.Type.MouseButtonRelease, 50.0, 9.0)
        assert (values(window) == scene_mask()).all()
        assert window.session.view.selected == (0,)
        assert window.session.document.undo_labels == ()

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_another_tool_in_mid_stroke_leaves_nothing(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        window.session.select(0)
        key(window, Qt.Key.Key_B)
        mouse(window, QEvent.Type.MouseButtonPress, 30.0, 5.0)
        key(window, Qt.Key.Key_E)
        mouse(window, QEvent.Type.MouseMove, 50.0, 9.0)
        mouse(window, QEvent.Type.MouseButtonRelease, 50.0, 9.0)
        assert (values(window) == scene_mask()).all()
        assert window.session.document.undo_labels == ()

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_a_stroke_may_end_outside_the_image(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        window.session.select(0)
        key(window, Qt.Key.Key_B)
        set_size(window, 3.0)
        stroke(window, (58.5, 5.5), (75.0, 5.5))
        assert (values(window)[5, 57:60] == CAR).all()
        assert len(window.session.document.undo_labels) == 1
        stroke(window, (70.0, 5.5), (75.0, 5.5))
        assert len(window.session.document.undo_labels) == 1

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_a_pens_pressure_reaches_the_brush(
    run: Callable[..., int], tmp_path: Path
) -> None:
    pen = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure,
        1,
        1,
        "",
        QPointingDeviceUniqueId(),
    )

    def touch(window: MainWindow, kind: QEvent.Type, x: float, pressure: float) -> None:
        at = spot(window, x, 8.5)
        button = NO_BUTTON if kind == QEvent.Type.TabletMove else LEFT
        buttons = NO_BUTTON if kind == QEvent.Type.TabletRelease else LEFT
        zero = (0.0, 0.0, 0.0, 0.0, 0.0)
        event = QTabletEvent(
            kind, pen, at, at, pressure, *zero, NO_KEY, button, buttons
        )
        QApplication.sendEvent(window.canvas.viewport(), event)

    def script(window: MainWindow) -> None:
        window.session.select(0)
        key(window, Qt.Key.Key_B)
        set_size(window, 9.0)
        touch(window, QEvent.Type.TabletPress, 10.5, 1 / 9)
        touch(window, QEvent.Type.TabletMove, 40.5, 1.0)
        touch(window, QEvent.Type.TabletRelease, 40.5, 1.0)
        tall = (values(window)[:20] == CAR).all(axis=2).sum(axis=0)
        assert tall[40] == 9
        assert len(window.session.document.undo_labels) == 1

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_brackets_and_the_wheel_change_the_size(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        session = window.session
        key(window, Qt.Key.Key_B)
        key(window, Qt.Key.Key_BracketRight)
        assert session.view.options.size == 24.0
        key(window, Qt.Key.Key_BracketLeft)
        assert session.view.options.size == 20.0
        zoom = window.canvas.box.zoom
        at = spot(window, 10.0, 10.0)
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        event = QWheelEvent(
            at,
            at,
            QPoint(),
            QPoint(0, 120),
            NO_BUTTON,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(window.canvas.viewport(), event)
        assert session.view.options.size == 24.0
        assert window.canvas.box.zoom == zoom
        assert window.options.widgets["size"].number.value() == 24.0

    assert run([str(write_scene(tmp_path))], script) == 0


@pytest.mark.parametrize("is_lossy", [False, True])
def test_that_a_new_mask_is_announced_before_the_first_stroke(
    run: Callable[..., int], tmp_path: Path, is_lossy: bool
) -> None:
    path = write_scene(
        tmp_path,
        [roi(["car"], CAR)],
        mask_name="scene_seg.jpg" if is_lossy else None,
    )
    if not is_lossy:
        frame = json.loads(path.read_text())
        del frame["sources"][0]["masks"]
        path.write_text(json.dumps(frame))
    said: list[str] = []

    def script(window: MainWindow) -> None:
        session = window.session
        session.notified.connect(said.append)
        session.select(0)
        key(window, Qt.Key.Key_B)
        at = spot(window, 20.0, 5.0).toPoint()
        QTest.mouseMove(window.canvas.viewport(), at)
        QTest.mouseMove(window.canvas.viewport(), at + QPoint(3, 3))
        assert len(said) == 1
        assert "new PNG" in said[0]
        assert session.document.undo_labels == ()
        stroke(window, (20.0, 5.0), (25.0, 5.0))
        stroke(window, (20.0, 9.0), (25.0, 9.0))
        assert len(said) == 1
        assert len(session.document.undo_labels) == 2
        assert (values(window)[5, 20:25] == CAR).all()

    assert run([str(path)], script) == 0


def test_that_the_bar_shows_the_options_of_the_tool(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def shown(window: MainWindow) -> set[str]:
        QApplication.processEvents()
        return {
            name for name, made in window.options.widgets.items() if made.isVisible()
        }

    def script(window: MainWindow) -> None:
        assert shown(window) == set()
        key(window, Qt.Key.Key_B)
        assert shown(window) == {"size", "tip", "over"}
        key(window, Qt.Key.Key_G)
        assert shown(window) == {"connected", "neighbours", "over"}
        over = window.options.widgets["over"].list
        over.showPopup()
        over.hidePopup()
        assert [over.itemText(place) for place in range(over.count())] == [
            "Everything",
            "Pixels of no ROI",
            "Only car",
            "Only road",
        ]
        over.setCurrentIndex(3)
        over.activated.emit(3)
        assert window.session.view.paint_over == 1

    assert run([str(write_scene(tmp_path))], script) == 0
