"""How sampled mask pixels become pictures: fill, borders and hatching, in device pixels.

Everything works on what is on the screen alone; nothing is as large as the mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from chromask.drawing.display import premultiplied

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from chromask.pixels.plane import Indices
    from chromask_gui.session.view_state import Style

    Argb = npt.NDArray[np.uint32]

BORDER_PX = 2
"""How thick borders are drawn, inside of each ROI."""

HATCH_PX = 8
"""How far the lines of a hatching are apart."""

HATCHES = 6
"""How many patterns there are; the first is none."""

BRIGHT = 140
"""Colours of at least this luma (0..255) are hatched in black, darker ones in white."""

FEW_ENTRIES = 3
"""So many are compared with each index faster than they are looked up."""


@dataclass(frozen=True, eq=False)
class MaskLook:
    """How a plane's table is drawn.

    Attributes
    ----------
    table
        (n,) uint32 0xAARRGGBB, not premultiplied; 0 is not drawn.
    groups
        (n,) int32: entries of one group have no border between them, and one pattern.
    opacity
        Of the filling, 0..1.
    style, has_hatch
        See `chromask_gui.session.view_state.Look`.
    """

    table: Argb
    groups: npt.NDArray[np.int32]
    opacity: float = 1.0
    style: Style = "fill"
    has_hatch: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a filling alone."""
        return self.style == "fill" and not self.has_hatch

    @cached_property
    def fill(self) -> Argb:
        """The table as it is drawn, premultiplied; extended where `looked_up` is faster so."""
        table = premultiplied(self.table)
        every = 256 if len(table) <= 256 else 1 << 16
        return _extended(table, every) if len(table) < every else table

    def recolored(self, other: MaskLook) -> list[int] | None:
        """List the entries that have another colour in another look; None where more differs."""
        if (self.opacity, self.style, self.has_hatch) != (
            other.opacity,
            other.style,
            other.has_hatch,
        ) or not np.array_equal(self.groups, other.groups):
            return None
        return np.flatnonzero(self.table != other.table).tolist()


def looked_up(table: npt.NDArray[Any], sampled: Indices) -> npt.NDArray[Any]:
    """Give ``table[sampled]``, of elements of 1 or 4 bytes; no index lies beyond 255.

    OpenCV is faster than numpy for 8 and 16 bits, and wants a table of all values.
    """
    every = 256 if sampled.dtype == np.uint8 else 1 << 16
    is_whole = len(table) == every
    if sampled.dtype == np.uint32 or (sampled.size < every and not is_whole):
        return np.take(table, sampled)
    whole = table if is_whole else _extended(table[:every], every)
    is_wide = table.dtype.itemsize > 1
    found = cv2.LUT(sampled, whole.view(np.int32) if is_wide else whole)
    return found.view(table.dtype)


def is_one_of(
    sampled: Indices, entries: Sequence[int], size: int
) -> npt.NDArray[np.uint8]:
    """Give 1 where a sampled index of a table of that size is one of the entries."""
    if len(entries) <= FEW_ENTRIES:
        found = np.zeros(sampled.shape, np.bool_)
        for entry in entries:
            found |= sampled == entry
        return found.view(np.uint8)
    table = np.zeros(max(size, 256), np.uint8)
    table[list(entries)] = 1
    return looked_up(table, sampled)


def _extended(table: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    whole = np.zeros(size, table.dtype)
    whole[: len(table)] = table
    return whole


def groups_of(owner: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Group the entries of a table by who owns them, (n,); each that nobody does is alone."""
    alone = np.arange(len(owner), dtype=np.int32) + int(owner.max(initial=0)) + 1
    return np.where(owner >= 0, owner, alone).astype(np.int32)


def borders(groups: npt.NDArray[np.int32], thickness_px: int) -> npt.NDArray[np.bool_]:
    """Find the pixels of (rows, cols) that lie near another group; the frame is no border."""
    differ = np.zeros(groups.shape, np.uint8)
    across = groups[:, 1:] != groups[:, :-1]
    down = groups[1:] != groups[:-1]
    differ[:, 1:] |= across
    differ[:, :-1] |= across
    differ[1:] |= down
    differ[:-1] |= down
    if thickness_px > 1:
        side = 2 * thickness_px - 1
        differ = np.asarray(
            cv2.dilate(differ, np.ones((side, side), np.uint8)), np.uint8
        )
    return differ.view(np.bool_)


def pictures(
    sampled: Indices, look: MaskLook, at_xy: tuple[int, int], ratio: float
) -> list[tuple[Argb, float]]:
    """Give the pictures to draw one over the other: (rows, cols) premultiplied, and opacity.

    Parameters
    ----------
    sampled
        (rows, cols) entries of the table.
    at_xy
        Where they lie on the screen: patterns stay in place while a part is drawn anew.
    ratio
        Device pixels per logical pixel.
    """
    found: list[tuple[Argb, float]] = []
    if look.style != "outline":
        found.append((looked_up(look.fill, sampled), look.opacity))
    if look.is_plain:
        return found
    if look.has_hatch:
        patterns = (look.groups % HATCHES).astype(np.uint8)
        lines = _hatching(patterns[sampled], at_xy, round(HATCH_PX * ratio))
        ink = np.where(lines, _inks(look.table)[sampled], np.uint32(0))
        found.append((ink, max(look.opacity, 0.5)))
    if look.style != "fill":
        edge = borders(look.groups[sampled], round(BORDER_PX * ratio))
        found.append((np.where(edge, look.fill[sampled], np.uint32(0)), 1.0))
    return found


def _inks(table: Argb) -> Argb:
    """Give each colour the ink of its pattern, premultiplied: black or white, half clear."""
    red, green, blue = (
        table >> np.uint32(shift) & np.uint32(255) for shift in (16, 8, 0)
    )
    is_bright = (red * 77 + green * 150 + blue * 29) >> 8 >= BRIGHT
    alpha = (table >> np.uint32(24)) * 170 // 255
    white = alpha << 24 | alpha << 16 | alpha << 8 | alpha
    return np.where(is_bright, alpha << 24, white).astype(np.uint32)


def _hatching(
    number: npt.NDArray[np.uint8], at_xy: tuple[int, int], period_px: int
) -> npt.NDArray[np.bool_]:
    """Find the pixels of the patterns' lines; each pattern is a small tile, repeated."""
    rows, cols = number.shape
    y = np.arange(period_px)[:, None]
    x = np.arange(period_px)[None, :]
    width = max(1, period_px // 5)
    rising, falling = (x + y) % period_px < width, (x - y) % period_px < width
    level = np.broadcast_to(y < width, rising.shape)
    upright = np.broadcast_to(x < width, rising.shape)
    shift = (-at_xy[1] % period_px, -at_xy[0] % period_px)
    repeats = (rows // period_px + 1, cols // period_px + 1)
    found = np.zeros(number.shape, np.bool_)
    for index, pattern in enumerate(
        (rising, falling, level, upright, rising | falling), start=1
    ):
        tiles = np.tile(np.roll(pattern, shift, (0, 1)), repeats)[:rows, :cols]
        found |= (number == index) & tiles
    return found
