"""What the tests of the window share: where image points are on the screen, and their colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from chromask_gui.main_window import MainWindow


def view_point(window: MainWindow, row: float, col: float) -> QPoint:
    """Give where an image point lies in the canvas's viewport."""
    scene = window.canvas.box.mapToScene(QPointF(col, row))
    return window.canvas.mapFromScene(scene)


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
