"""Comparing: what is drawn on which side of the divider."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect

if TYPE_CHECKING:
    from chromask_gui.canvas.picture import Screen


class Sides(NamedTuple):
    """How strongly an item is drawn on both sides of the divider, 0..1 each."""

    left: float = 1.0
    right: float = 1.0
    divider: float = 0.5  # of the screen's width

    def parts(self, screen: Screen, rect: QRect) -> list[tuple[QRect, float]]:
        """Split a rectangle of the canvas; sides of no strength are left out."""
        if self.left == self.right:
            return [(rect, self.left)] if self.left > 0 else []
        at = round(screen.rect.width() * self.divider)
        left = QRect(rect.x(), rect.y(), at - rect.x(), rect.height())
        right = QRect(at, rect.y(), rect.right() + 1 - at, rect.height())
        found = [(rect & left, self.left), (rect & right, self.right)]
        return [
            (side, strength)
            for side, strength in found
            if strength > 0 and not side.isEmpty()
        ]
