"""The stroke that both sides draw."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.model import Scene


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
