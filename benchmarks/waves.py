"""What all sides do alike: the stroke that they draw, the steps in which they zoom and pan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.model import Scene

STEP = 1.15
"""A step of zooming."""

WAY = ((17, 5), (-5, 17), (-17, -5), (5, -17))
"""Steps of panning, in pixels of the screen: round in a small circle."""


def way_of(scene: Scene, moves: int) -> list[tuple[float, float]]:
    """Give the points x, y of a wave over the middle of the image."""
    shares = [move / max(moves - 1, 1) for move in range(moves)]
    return [
        (
            scene.cols * (0.2 + 0.6 * share),
            scene.rows * (0.5 + 0.2 * math.sin(12 * share)),
        )
        for share in shares
    ]
