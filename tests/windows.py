"""What the tests of the window share: where image points are on the screen, and their colours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


def view_point(window: MainWindow, row: float, col: float) -> QPoint:
    """Give where an image point lies in the canvas's viewport."""
    scene = window.canvas.box.mapToScene(QPointF(col, row))
    return window.canvas.mapFromScene(scene)


def mouse(
    window: MainWindow,
    kind: QEvent.Type,
    x: float,
    y: float,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Send the canvas an event of the left button, or of a move with it, at an image point."""
    canvas, viewport = window.canvas, window.canvas.viewport()
    scene = canvas.box.mapToScene(QPointF(x, y))
    at = QPointF(canvas.viewportTransform().map(scene))
    moves = kind == QEvent.Type.MouseMove
    ends = kind == QEvent.Type.MouseButtonRelease
    none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind,
        at,
        QPointF(viewport.mapToGlobal(at.toPoint())),
        none if moves else left,
        none if ends else left,
        held,
    )
    QApplication.sendEvent(viewport, event)


def stroke(
    window: MainWindow,
    *points: tuple[float, float],
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Drag the left button from image point to image point (x, y)."""
    mouse(window, QEvent.Type.MouseButtonPress, *points[0], held)
    for point in points[1:]:
        mouse(window, QEvent.Type.MouseMove, *point, held)
    mouse(window, QEvent.Type.MouseButtonRelease, *points[-1], held)


def press(
    window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier | None = None
) -> None:
    """Press a key where the image is."""
    QTest.keyClick(window.canvas, key, held or Qt.KeyboardModifier.NoModifier)


def wait(window: MainWindow, qtbot: QtBot, place: int) -> None:
    """Wait until the frame of a place is shown."""
    frames = window.files.frames
    qtbot.waitUntil(lambda: frames.place == place and not frames.is_opening)
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)


def stem(window: MainWindow) -> str:
    """Name the image of the frame that is shown, without its ending."""
    document = window.session.document
    assert document is not None
    return Path(document.frame.sources[0].uri).stem


def rename(window: MainWindow, name: str = "bus") -> None:
    """Edit the shown frame: its first ROI gets another label."""
    assert window.session.edit(
        "Rename", lambda edit: edit.frame.update_annotation(0, labels=[name])
    )


def answer(
    monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton
) -> list[str]:
    """Answer every question from now on; returns what was asked, as it grows."""
    asked: list[str] = []

    def ask(box: QMessageBox) -> QMessageBox.StandardButton:
        asked.append(box.text())
        return button

    monkeypatch.setattr(QMessageBox, "exec", ask)
    return asked


def shown_rgb(window: MainWindow, row: float, col: float) -> tuple[int, int, int]:
    """Give the colour on the screen at an image point."""
    QApplication.processEvents()
    point = view_point(window, row, col)
    picture = window.canvas.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    color = picture.pixelColor(int(point.x() * ratio), int(point.y() * ratio))
    return color.red(), color.green(), color.blue()


def mixed(rgb: tuple[int, ...], row: int, col: int, opacity: float) -> list[float]:
    """Give the colour that a mask value over the scene's source must have."""
    return [
        opacity * channel + (1 - opacity) * below
        for channel, below in zip(rgb, (col, row, 0), strict=True)
    ]
