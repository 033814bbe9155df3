"""What an event's position means: the pixel of the image that is seen under the pointer."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTabletEvent

from chromask_gui.canvas.picture import whole_pixel
from chromask_gui.tools.tool import Pointer

if TYPE_CHECKING:
    from PySide6.QtGui import QSinglePointEvent

    from chromask_gui.canvas.view import Canvas

ROUNDED_PX = 1e-3
"""So far a device pixel's own position may be off when it comes in logical pixels."""


def pointed_at(canvas: Canvas, position: QPointF) -> QPointF:
    """Find the image point (x, y) in the middle of the device pixel at a position.

    A device pixel shows what is at its middle, and who points at it means that. A mouse
    reports its corner, which may be in another pixel of the image.

    Parameters
    ----------
    position
        In logical pixels of the canvas's viewport.
    """
    viewport, ratio = canvas.viewport(), canvas.viewport().devicePixelRatioF()
    corner = QPointF(viewport.mapTo(viewport.window(), QPoint())) * ratio
    at = corner + position * ratio
    x, y = (
        floor(each + ROUNDED_PX) - whole_pixel(start)
        for each, start in ((at.x(), corner.x()), (at.y(), corner.y()))
    )
    down, across = canvas.box.axes
    return QPointF(across.middle(x), down.middle(y))


def read_pointer(canvas: Canvas, ev: QSinglePointEvent) -> Pointer:
    """Turn an event in the canvas's viewport into what a tool is told."""
    point = pointed_at(canvas, ev.position())
    held = ev.modifiers()
    return Pointer(
        point.x(),
        point.y(),
        canvas.box.zoom,
        shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
        ctrl=bool(held & Qt.KeyboardModifier.ControlModifier),
        alt=bool(held & Qt.KeyboardModifier.AltModifier),
        pressure=ev.pressure() if isinstance(ev, QTabletEvent) else 1.0,
    )
