"""A hand that moves the mouse over the canvas: for pictures, measurements and tests of the real window."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from chromask_gui.canvas.view import Canvas

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Hand:
    """Presses, moves and lets go at points of the image, as real mouse events do.

    Attributes
    ----------
    at
        Where the pointer is in the canvas's viewport; None before it was there.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._is_down = False
        self.at: QPointF | None = None

    def press(
        self, x: float, y: float, held: Qt.KeyboardModifier = NO_KEY, clicks: int = 1
    ) -> None:
        """Press the left button at a point (x, y) of the image; `clicks` 2 is a double-click."""
        self._is_down = True
        is_double = clicks == 2
        kinds = QEvent.Type
        kind = kinds.MouseButtonDblClick if is_double else kinds.MouseButtonPress
        self._send(kind, x, y, held)

    def move(self, x: float, y: float, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Move to a point, with the button as it is."""
        self._send(QEvent.Type.MouseMove, x, y, held)

    def release(self, x: float, y: float, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Let go of the button."""
        self._is_down = False
        self._send(QEvent.Type.MouseButtonRelease, x, y, held)

    def click(self, x: float, y: float, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Go to a point and click."""
        self.move(x, y, held)
        self.press(x, y, held)
        self.release(x, y, held)

    def draw(self, *points: tuple[float, float], steps: int = 4) -> None:
        """Press at the first point and move through the others; the button stays down."""
        self.move(*points[0])
        self.press(*points[0])
        for (x0, y0), (x1, y1) in pairwise(points):
            for step in range(1, steps + 1):
                part = step / steps
                self.move(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part)

    def _send(
        self, kind: QEvent.Type, x: float, y: float, held: Qt.KeyboardModifier
    ) -> None:
        canvas, viewport = self._canvas, self._canvas.viewport()
        at = self.at = _place_of(canvas, x, y)
        event = QMouseEvent(
            kind,
            at,
            QPointF(viewport.mapToGlobal(at.toPoint())),
            NO_BUTTON if kind == QEvent.Type.MouseMove else LEFT,
            LEFT if self._is_down else NO_BUTTON,
            held,
        )
        QApplication.sendEvent(viewport, event)


def _place_of(canvas: Canvas, x: float, y: float) -> QPointF:
    """Find where an image point lies in the viewport."""
    origin, far = canvas.image_point(QPointF()), canvas.image_point(QPointF(1e3, 1e3))
    way, wide = QPointF(x, y) - origin, far - origin
    return QPointF(1e3 * way.x() / wide.x(), 1e3 * way.y() / wide.y())
