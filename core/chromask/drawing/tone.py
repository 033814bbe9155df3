"""Brightness, contrast, gamma and the window of an image, as tables for looking pixels up.

The image never changes: what is drawn goes through a table, so that a slider costs what the
screen costs. Nothing here knows files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

SAMPLES: Final = 250_000
"""So many pixels tell the window of a 16-bit image."""

CLIPPED_PERCENT: Final = 0.2
"""How much of a 16-bit image the automatic window leaves out at each end."""


@dataclass(frozen=True, slots=True)
class Tone:
    """How an image is shown.

    Attributes
    ----------
    brightness
        -1..1, added; 0 leaves it.
    contrast
        -1..1, around mid grey; 0 leaves it, 1 is threefold.
    gamma
        Above 1 brightens the dark parts; 1 leaves them.
    window
        (low, high) of the image's own numbers that are shown as black and white; None: all
        of 8 bits, and of 16 bits what the image uses (see `auto_window`).
    """

    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 1.0
    window: tuple[int, int] | None = None


def auto_window(pixels: npt.NDArray[np.uint8 | np.uint16]) -> tuple[int, int]:
    """Give the numbers of an image, (rows, cols[, ch]), that are shown as black and white.

    Of 8 bits always all of them; of 16 bits those that a sample of its pixels uses.
    """
    if pixels.dtype == np.uint8:
        return 0, 255
    step = max(1, int(np.sqrt(pixels.shape[0] * pixels.shape[1] / SAMPLES)))
    some = pixels[::step, ::step]
    if some.ndim == 3:
        some = some[:, :, :3]
    low, high = np.percentile(some, (CLIPPED_PERCENT, 100 - CLIPPED_PERCENT))
    if high - low < 1:
        return 0, max(int(high), 1)
    return int(low), int(np.ceil(high))


def tone_table(
    tone: Tone, maximum: int, window: tuple[int, int]
) -> npt.NDArray[np.uint8]:
    """Give (maximum + 1,) uint8: how each number of an image is shown.

    Parameters
    ----------
    maximum
        255 or 65535.
    window
        Stands in for ``tone.window`` where that is None, or was chosen for a deeper image.
    """
    low, high = window
    if tone.window is not None and tone.window[1] <= maximum:
        low, high = tone.window
    share = (np.arange(maximum + 1) - low) / max(high - low, 1)
    share = np.clip(share, 0, 1) ** (1 / max(tone.gamma, 0.01))
    slope = 3.0**tone.contrast if tone.contrast >= 0 else 1 + tone.contrast
    share = (share - 0.5) * slope + 0.5 + tone.brightness
    return np.rint(np.clip(share, 0, 1) * 255).astype(np.uint8)
