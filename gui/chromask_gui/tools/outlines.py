"""Outlines of pixels as lines that a tool can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from chromask_gui.tools.tool import Point

MOST_LINES = 400
"""More lines than this make the canvas slow and show nothing."""

DOUBLED_PIXELS = 1 << 22
"""Up to so many pixels the lines keep to the pixels' edges."""


def outlines(
    row0: int, col0: int, where: npt.NDArray[np.bool_]
) -> list[tuple[Point, ...]]:
    """Give the borders of the true pixels as closed lines (x, y)."""
    # Twice as large, the centres of border pixels lie a quarter pixel inside the edge.
    scale = 2 if where.size <= DOUBLED_PIXELS else 1
    mask = np.repeat(np.repeat(where, scale, 0), scale, 1).astype(np.uint8)
    found, _ = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    lines: list[tuple[Point, ...]] = []
    for contour in found:
        points = (contour[:, 0, :] + 0.5) / scale + (col0, row0)
        line = [(float(x), float(y)) for x, y in points]
        lines.append((*line, line[0]))
    return lines


def most_visible(lines: Iterable[tuple[Point, ...]]) -> tuple[tuple[Point, ...], ...]:
    """Keep the longest lines, as many as can be drawn while the pointer moves."""
    return tuple(sorted(lines, key=len, reverse=True)[:MOST_LINES])
