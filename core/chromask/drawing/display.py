"""How masks look on the screen: which colour each value is shown in, and how strongly.

A stored value and its display colour are two things: nothing here changes a frame. The
window, ``chromask render`` and the swatches of the panels all ask the same functions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from chromask.colors import display_colors
from chromask.pixels.id_masks import is_id_mask

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from chromask.counts.pixel_counts import Census
    from chromask.pixels.plane import Plane

Rgb = tuple[int, int, int]
Palette = Literal["auto", "stored", "distinct", "safe"]
MaskMode = Literal["segmentation", "alpha"]

OPACITY_LEVELS: Final = 64
"""A grey mask with more levels, of which no ROI claims any, is taken for opacities."""

ALPHA_STRENGTH: Final = 0.85
"""How much of the rest an opacity mask covers, unless its own opacity is set."""

TINT: Final[Rgb] = (24, 28, 40)
"""What covers the rest of an opacity mask, unless its own tint is set."""


@dataclass(frozen=True, slots=True)
class Display:
    """What of a frame is drawn, and how.

    Attributes
    ----------
    opacity
        Of the overlay, 0..1.
    hidden_rois, hidden_masks
        Indices of ROIs and keys of masks that are not drawn.
    solo
        The one ROI that is drawn, by index; None draws all.
    dim
        How much the others lose while one is solo, 0..1; 1 leaves nothing of them.
    palette
        ``stored`` shows values as they are, ``distinct`` and ``safe`` in the colours of
        that palette; ``auto`` as they are, but for id masks, which would look black.
    colors
        Display colours of single ROIs by index; they win over the palette.
    modes
        ``segmentation`` or ``alpha`` by mask key; without one `mask_mode` decides.
    opacities
        Of single masks, 0..1 by key; in segmentation it multiplies ``opacity``.
    tints
        What covers the rest of opacity masks, by key.
    solo_value
        The one value that is drawn where no ROI claims it: its mask's key and its entries
        in that table; None draws all.
    """

    opacity: float = 0.55
    hidden_rois: frozenset[int] = field(default_factory=frozenset)
    hidden_masks: frozenset[str] = field(default_factory=frozenset)
    solo: int | None = None
    dim: float = 1.0
    palette: Palette = "auto"
    colors: Mapping[int, Rgb] = field(default_factory=dict[int, Rgb])
    modes: Mapping[str, MaskMode] = field(default_factory=dict[str, MaskMode])
    opacities: Mapping[str, float] = field(default_factory=dict[str, float])
    tints: Mapping[str, Rgb] = field(default_factory=dict[str, Rgb])
    solo_value: tuple[str, tuple[int, ...]] | None = None


def is_opacity_mask(key: str, plane: Plane, census: Census) -> bool:
    """Whether a mask's values are opacities rather than labels.

    The rule (inferred): it is grey, has more than `OPACITY_LEVELS` levels up to the
    highest one there is, and neither a ROI nor the data set's mapping names one.
    """
    if not plane.format.is_grey or (census.owners[key] != -1).any():
        return False
    levels = plane.table[plane.pixels > 0, 0]
    return len(levels) > OPACITY_LEVELS and int(levels.max()) == plane.format.maximum


def mask_mode(key: str, plane: Plane, census: Census, display: Display) -> MaskMode:
    """Give the mode in which a mask is drawn: the chosen one, or the one it looks like."""
    chosen = display.modes.get(key)
    if chosen is not None:
        return chosen
    return "alpha" if is_opacity_mask(key, plane, census) else "segmentation"


def mask_opacity(key: str, plane: Plane, census: Census, display: Display) -> float:
    """Give how strongly a mask is drawn, 0..1."""
    if mask_mode(key, plane, census, display) == "alpha":
        return display.opacities.get(key, ALPHA_STRENGTH)
    return display.opacity * display.opacities.get(key, 1.0)


def entry_colors(
    key: str, plane: Plane, census: Census, display: Display
) -> npt.NDArray[np.uint8]:
    """Give the display colour of each entry of a plane's table, (n, 3) uint8."""
    palette = display.palette
    if palette == "auto":
        palette = "distinct" if is_id_mask(plane) else "stored"
    if palette == "stored":
        colors = plane.rgba()[:, :3].copy()
    else:
        colors = display_colors(_numbers(key, plane, census), palette)
        colors[_is_background(key, plane, census)] = 0
    if display.colors:
        owner = census.owners[key]
        for index, rgb in display.colors.items():
            # A stroke that is under way can have made entries that nobody has counted.
            colors[: len(owner)][owner == index] = rgb
    return colors


def color_table(
    key: str, plane: Plane, census: Census, display: Display
) -> npt.NDArray[np.uint32]:
    """Turn a plane's table into screen colours.

    Returns
    -------
    table
        (n,) uint32, 0xAARRGGBB, not premultiplied: each entry in its display colour.
        Not drawn (0) are entries of hidden ROIs, and black (of any alpha) where no ROI of
        the frame claims it, since nearly every data set means the background by it. In
        alpha mode each entry is the tint, the stronger the lower its opacity is.
    """
    if mask_mode(key, plane, census, display) == "alpha":
        rest = 255 - plane.rgba()[:, 3 if plane.format.has_alpha else 0]
        red, green, blue = display.tints.get(key, TINT)
        tint = np.uint32(red << 16 | green << 8 | blue)
        table = (rest.astype(np.uint32) << np.uint32(24) | tint).astype(np.uint32)
        table[rest == 0] = 0
        return table
    argb = np.full((len(plane.table), 4), 255, np.uint8)
    argb[:, :3] = entry_colors(key, plane, census, display)[:, ::-1]
    owner = census.owners[key]
    argb[_is_background(key, plane, census), 3] = 0
    if display.solo is not None or display.solo_value is not None:
        is_solo = np.zeros(len(argb), np.bool_)
        is_solo[_solo_entries(key, census, display)] = True
        rest = argb[~is_solo, 3] * (1 - display.dim)
        argb[~is_solo, 3] = np.rint(rest).astype(np.uint8)
        argb[is_solo, 3] = 255
    if display.hidden_rois:
        is_hidden = np.isin(owner, list(display.hidden_rois - {display.solo}))
        argb[is_hidden, 3] = 0
    table = argb.view("<u4")[:, 0].astype(np.uint32)
    table[argb[:, 3] == 0] = 0
    return table


def _solo_entries(key: str, census: Census, display: Display) -> list[int]:
    if display.solo is not None and display.solo < len(census.rois):
        return list(census.rois[display.solo].indices.get(key, ()))
    mask, entries = display.solo_value or ("", ())
    return list(entries) if mask == key else []


def premultiplied(table: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Multiply the colours of 0xAARRGGBB values with their alpha, as fast drawing wants it."""
    alpha = table >> np.uint32(24)
    result = alpha << np.uint32(24)
    for shift in (0, 8, 16):
        channel = table >> np.uint32(shift) & np.uint32(255)
        channel = (channel * alpha + np.uint32(127)) // np.uint32(255)
        result |= (channel << np.uint32(shift)).astype(np.uint32)
    return result.astype(np.uint32)


def roi_color(
    planes: Mapping[str, Plane], census: Census, display: Display, index: int
) -> Rgb | None:
    """Give a ROI's display colour: of its first value with pixels; None where it has none."""
    if index in display.colors:
        return display.colors[index]
    for key, entries in census.rois[index].indices.items():
        plane = planes.get(key)
        if plane is not None and len(entries):
            used = entries[plane.pixels[entries] > 0]
            entry = int((used if len(used) else entries)[0])
            red, green, blue = entry_colors(key, plane, census, display)[entry]
            return int(red), int(green), int(blue)
    return None


def _is_background(key: str, plane: Plane, census: Census) -> npt.NDArray[np.bool_]:
    """Tell which entries are the value of zeros that no ROI of the frame claims, (n,)."""
    is_zero = plane.zeros()
    owner = census.owners[key]
    is_zero[: len(owner)] &= owner < 0
    return is_zero


def _numbers(key: str, plane: Plane, census: Census) -> npt.NDArray[np.int64]:
    """Give the entries of a table their numbers: an id its own, so that it keeps its colour."""
    table = plane.table.astype(np.int64)
    if plane.format.is_grey:
        return table[:, 0]
    if is_id_mask(plane):
        # Grey ids stand in the first channel; larger ones are written as R + 256 G + 65536 B.
        is_grey = (table[:, :3] == table[:, :1]).all(axis=1)
        return np.where(is_grey, table[:, 0], table[:, :3] @ (1, 256, 65536))
    # Colours of other masks begin elsewhere, lest two things of two masks look alike.
    return np.arange(len(table)) + 17 * list(census.owners).index(key)
