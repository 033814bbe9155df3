"""Rectangles of pixels."""

from __future__ import annotations

from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle of pixels, half open: rows row0..row1 - 1, columns col0..col1 - 1."""

    row0: int
    col0: int
    row1: int
    col1: int

    def union(self, other: Rect) -> Rect:
        """Give the smallest rectangle around both."""
        return Rect(
            min(self.row0, other.row0),
            min(self.col0, other.col0),
            max(self.row1, other.row1),
            max(self.col1, other.col1),
        )

    def within(self, other: Rect) -> Rect:
        """Give the part that lies in another one, which it touches."""
        return Rect(
            max(self.row0, other.row0),
            max(self.col0, other.col0),
            min(self.row1, other.row1),
            min(self.col1, other.col1),
        )

    @property
    def area(self) -> int:
        """How many pixels it has."""
        return (self.row1 - self.row0) * (self.col1 - self.col0)
