"""Outlines of pixels as lines that a tool can show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from chromask_gui.tools.tool import Point

    Where = npt.NDArray[np.bool_]

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

MOST_LINES = 400
"""More lines than this make the canvas slow and show nothing."""

MOST_POINTS = 5000
"""The lines have at most about so many points, which are drawn whenever the pointer moves."""

DOUBLED_PIXELS = 1 << 18
"""Up to so many pixels the lines keep to the pixels' edges."""

LOOKED_AT_PIXELS = 1 << 22
"""Of more pixels, every second, third, ... is looked at: no screen shows more."""


def outlines(row0: int, col0: int, where: Where) -> list[tuple[Point, ...]]:
    """Give the borders of the true pixels as closed lines (x, y), the longest first.

    What would be too much to draw is left out, and the borders become coarser.
    """
    if not where.size:
        return []
    step = max(1, int(np.ceil(np.sqrt(where.size / LOOKED_AT_PIXELS))))
    found = _contours(where, step)
    while len(found[0]) > MOST_POINTS // 2:
        step *= 2
        found = _contours(where, step)
    lines: list[tuple[Point, ...]] = []
    left = MOST_POINTS
    for contour in found[:MOST_LINES]:
        if not 0 < len(contour) <= left:
            continue
        left -= len(contour)
        points = [(x, y) for x, y in np.add(contour, (col0, row0)).tolist()]
        lines.append((*points, points[0]))
    return lines


def most_visible(lines: Iterable[tuple[Point, ...]]) -> tuple[tuple[Point, ...], ...]:
    """Keep the longest lines, as many as can be drawn while the pointer moves."""
    kept: list[tuple[Point, ...]] = []
    left = MOST_POINTS
    for line in sorted(lines, key=len, reverse=True)[:MOST_LINES]:
        if len(line) <= left:
            left -= len(line)
            kept.append(line)
    return tuple(kept)


def _contours(where: Where, step: int) -> list[npt.NDArray[Any]]:
    """Give the borders as points (x, y) within ``where``, (n, 2) each, the longest first."""
    mask = where.view(np.uint8)
    scale = 1.0 / step
    if step > 1:
        # A small pixel is set where half of what it stands for is, and is never left out.
        rows, cols = (-(-length // step) for length in where.shape)
        size = (max(cols, 1), max(rows, 1))
        mask = _cv.resize(mask * 255, size, interpolation=cv2.INTER_AREA)
        mask = (mask >= min(128, int(mask.max()) or 1)).view(np.uint8)
    elif where.size <= DOUBLED_PIXELS:
        # Twice as large, the centres of border pixels lie a quarter pixel inside the edge.
        scale = 2.0
        mask = np.repeat(np.repeat(mask, 2, 0), 2, 1)
    found, _ = _cv.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found = sorted(found, key=len, reverse=True)[:MOST_LINES]
    return [(contour[:, 0, :] + 0.5) / scale for contour in found] or [np.empty((0, 2))]
