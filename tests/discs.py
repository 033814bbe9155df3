"""What the tests of the tools share that look at the image: a disc, and the mouse over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image as PilImage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from scenes import CAR, ROAD, roi, write_scene
from windows import view_point

if TYPE_CHECKING:
    from pathlib import Path

    from chromask_gui.window.main_window import MainWindow

KEY = "front/seg"
ROIS = [roi(["car"], CAR), roi(["road"], ROAD)]
SHAPE = (100, 140)
LEFT = Qt.MouseButton.LeftButton


def disc() -> np.ndarray[Any, Any]:
    row, col = np.mgrid[: SHAPE[0], : SHAPE[1]]
    return (row - 50) ** 2 + (col - 70) ** 2 <= 400


def write_disc(folder: Path, mask: np.ndarray[Any, Any] | None = None) -> Path:
    """Write a frame whose image has a disc, with a mask that is all road or another."""
    if mask is None:
        mask = np.empty((*SHAPE, 3), np.uint8)
        mask[:] = ROAD
    path = write_scene(folder, ROIS, mask=mask)
    rng = np.random.default_rng(2)
    pixels = np.empty((*SHAPE, 3))
    pixels[:] = (40, 60, 150)
    pixels[disc()] = (190, 60, 50)
    noisy = np.clip(pixels + rng.normal(0, 4, pixels.shape), 0, 255).astype(np.uint8)
    PilImage.fromarray(noisy).save(folder / "scene.png")
    return path


def values(window: MainWindow) -> np.ndarray[Any, Any]:
    plane = window.session.document.planes[KEY]
    return plane.table[plane.indices]


def painted(window: MainWindow, value: tuple[int, ...] = CAR) -> np.ndarray[Any, Any]:
    """Tell where the mask has the value; everywhere else it must be road."""
    found = values(window)
    where = (found == value).all(axis=2)
    assert (found[~where] == ROAD).all()
    return where


def point(window: MainWindow, row: float, col: float) -> QPoint:
    return view_point(window, row + 0.5, col + 0.5)


def move(window: MainWindow, place: QPoint, buttons: Any) -> None:
    """Move the mouse with a button held, which QTest does not."""
    port = window.canvas.viewport()
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        place.toPointF(),
        port.mapToGlobal(place).toPointF(),
        Qt.MouseButton.NoButton,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(port, event)


def drag(window: MainWindow, *places: tuple[float, float]) -> None:
    port = window.canvas.viewport()
    points = [point(window, *place) for place in places]
    QTest.mousePress(port, LEFT, pos=points[0])
    for each in points[1:]:
        move(window, each, LEFT)
    QTest.mouseRelease(port, LEFT, pos=points[-1])


def take(window: MainWindow, key: Qt.Key, tool: str, *, shift: bool = False) -> None:
    held = (
        Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    )
    window.session.select(0)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, key, held)
    assert window.session.view.tool == tool
