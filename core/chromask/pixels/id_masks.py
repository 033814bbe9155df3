"""Masks whose values are ids: as colours they look black, or all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from chromask.pixels.plane import Plane

LOOKS_BLACK_BELOW: Final = 40
"""A value whose channels are all below this looks black over an image."""

LOOKS_SAME_WITHIN: Final = 8
"""Two grey levels of 0..255 that lie closer look the same."""


def is_id_mask(plane: Plane) -> bool:
    """Whether a mask's values are ids: as colours they look black, or all the same.

    The rule (inferred): most of the values with pixels, zeros apart, are darker than
    `LOOKS_BLACK_BELOW`; or they are grey and half of them lie within `LOOKS_SAME_WITHIN` of
    the one before. A palette's colours were chosen to be seen, and are none.
    """
    if plane.format.mode == "P":
        return False
    is_used = (plane.pixels > 0) & ~plane.zeros()
    shown = plane.rgba()[is_used, :3].astype(np.int16)
    if not len(shown):
        return False
    if 2 * int((shown.max(axis=1) < LOOKS_BLACK_BELOW).sum()) > len(shown):
        return True
    if len(shown) < 3 or (shown != shown[:, :1]).any():
        return False
    return float(np.median(np.diff(np.sort(shown[:, 0])))) < LOOKS_SAME_WITHIN
