"""One mask's pixels: indices into a table of exact values, and how many pixels each has.

The table is the file's own values, so recolouring changes one row and no pixel. Only
`Document` edits planes; nothing here knows files or Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np

from chromask.errors import EditError, say
from chromask.pixels.runs import band_rows, bands_of, join, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from chromask.pixels.runs import Band, Indices, Pixels

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

ANY = -1
"""A channel of a claim that any value of the mask fulfils."""

_GREY_MODES = frozenset({"1", "L", "LA", "I;16", "LA;16"})
_ALPHA_MODES = frozenset({"LA", "RGBA", "LA;16", "RGBA;16"})


@dataclass(frozen=True, slots=True)
class MaskFormat:
    """How a mask's values are stored in its file.

    Attributes
    ----------
    container
        ``PNG``, ``TIFF``, ``BMP``, ``WEBP``, ``GIF``, ``JPEG`` or ``VIDEO``.
    mode
        ``1``, ``P``, ``L``, ``LA``, ``RGB``, ``RGBA``, ``I;16``, ``LA;16``, ``RGB;16`` or
        ``RGBA;16``.
    bit_depth
        Bits of one sample in the file: 1, 2, 4, 8 or 16. Grey of fewer than 8 bits is
        scaled to 0..255, as PNG readers show it.
    channels
        Numbers in a value (columns of the table): for a palette 3, or 4 with alpha.
    maximum
        The largest number of a channel: 255 or 65535.
    lossy
        Whether the values went through a lossy coder; such a mask is read-only.
    """

    container: str
    mode: str
    bit_depth: int
    channels: int
    maximum: int
    lossy: bool = False

    @property
    def is_grey(self) -> bool:
        """Whether a value is one grey level, with or without alpha."""
        return self.mode in _GREY_MODES

    @property
    def has_alpha(self) -> bool:
        """Whether the last channel of a value is alpha."""
        return self.mode in _ALPHA_MODES or (self.mode == "P" and self.channels == 4)

    @property
    def grey_step(self) -> int:
        """The distance of two neighbouring grey levels: 255, 85, 17 or 1."""
        return 255 // (2**self.bit_depth - 1) if self.bit_depth < 8 else 1


@dataclass(eq=False, slots=True)
class Plane:
    """The pixels of a mask. Only `Document` changes one.

    Attributes
    ----------
    indices
        (rows, cols), each pixel's row of the table; uint8 up to 256 rows, uint16 up to
        65 536, uint32 above. For a palette mask the palette's own indices.
    table
        (n, channels), uint8 or uint16, the exact values of the file. For a palette every
        entry, used or not; two entries of one colour stay apart.
    pixels
        (n,) int64, how many pixels each row of the table has.
    format
        How the file stores the values.
    """

    indices: Indices
    table: Pixels
    pixels: npt.NDArray[np.int64]
    format: MaskFormat

    @property
    def rows(self) -> int:
        """The mask's height in pixels."""
        return int(self.indices.shape[0])

    @property
    def cols(self) -> int:
        """The mask's width in pixels."""
        return int(self.indices.shape[1])

    def band(self, r0: int, r1: int) -> Indices:
        """Give rows r0..r1 - 1 of the indices, (r1 - r0, cols); a view, or a copy."""
        return self.indices[r0:r1]

    def value(self, index: int) -> tuple[int, ...]:
        """Give the exact value of one row of the table, as the file holds it."""
        return tuple(int(number) for number in self.table[index])

    def rgb(self, index: int) -> tuple[int, int, int]:
        """Give one row of the table as 8-bit RGB, to show it."""
        red, green, blue, _ = _shown(self.table[index : index + 1], self.format)[0]
        return int(red), int(green), int(blue)

    def rgba(self) -> npt.NDArray[np.uint8]:
        """Give the table as (n, 4) uint8 RGBA to show it; of 16 bits the upper 8."""
        return _shown(self.table, self.format)

    def zeros(self) -> npt.NDArray[np.bool_]:
        """Tell which rows of the table are zeros, whatever their alpha is, (n,)."""
        levels = self.table[:, :-1] if self.format.has_alpha else self.table
        return np.asarray(levels.max(axis=1) == 0, np.bool_)

    def claimed_by(self, value: Sequence[int]) -> npt.NDArray[np.intp]:
        """Find the rows of the table that a ROI's or mapping's value claims.

        Parameters
        ----------
        value
            Three or four numbers R, G, B(, A) in the file's own depth, where -1 means any;
            for grey also the level alone. Three claim every alpha; the alpha of a mask
            that has none is its maximum (inferred: opaque).

        Returns
        -------
        (k,) intp, ascending; empty where nothing matches or the value has another length.
        """
        none = np.empty(0, np.intp)
        wanted = list(value)
        if len(wanted) == 1 and self.format.is_grey:
            wanted *= 3
        if len(wanted) not in (3, 4):
            return none
        match = np.ones(len(self.table), np.bool_)
        for channel, number in enumerate(wanted):
            if number == ANY:
                continue
            column = self._column(channel)
            if not 0 <= number <= self.format.maximum:
                return none
            if column is not None:
                match &= self.table[:, column] == number
            elif number != self.format.maximum:
                return none
        return np.flatnonzero(match)

    def spare_entry(self, claimed: Iterable[Sequence[int] | None]) -> int | None:
        """Find a row of the table that no pixel has and none of some values claims.

        Parameters
        ----------
        claimed
            The values of ROIs, as for `claimed_by`; None of those that have no mask.

        Returns
        -------
        The last one: data sets count their classes from the first; None where all are used.
        """
        is_spare = self.pixels[: len(self.table)] == 0
        for value in claimed:
            is_spare[self.claimed_by(value or ())] = False
        found = np.flatnonzero(is_spare)
        return int(found[-1]) if len(found) else None

    def can_hold(self, value: Sequence[int]) -> str | None:
        """Say why the mask's mode cannot hold a value; None where it can.

        Parameters
        ----------
        value
            Three or four numbers R, G, B(, A); for grey also the level alone.
        """
        kind = self.format
        if len(value) not in ((1, 3, 4) if kind.is_grey else (3, 4)):
            return say("a value has 3 or 4 numbers, not {}", len(value))
        if ANY in value:
            return say("-1 means any value, and a pixel needs one")
        if not all(0 <= number <= kind.maximum for number in value):
            return say("its numbers are 0 to {}", kind.maximum)
        if len(value) == 4 and not kind.has_alpha and value[3] != kind.maximum:
            return say(
                "it has no alpha, so the fourth number can only be {}", kind.maximum
            )
        if not kind.is_grey:
            return None
        if len(set(value[:3])) > 1:
            return say("it is grey, so the first three numbers must be the same")
        if value[0] % kind.grey_step:
            levels = ", ".join(str(n) for n in range(0, 256, kind.grey_step))
            return say(
                "it has {} bit a pixel, so a level is one of {}", kind.bit_depth, levels
            )
        return None

    def encode_value(
        self, value: Sequence[int], like: Sequence[int] | None = None
    ) -> tuple[int, ...]:
        """Turn a value R, G, B(, A) into a row of this mask's table.

        Parameters
        ----------
        value
            As for `can_hold`.
        like
            The row that is replaced: its alpha stays where the value has none. Without
            it the alpha is the maximum.

        Raises
        ------
        EditError
            The mask cannot hold the value.
        """
        reason = self.can_hold(value)
        if reason is not None:
            raise EditError(say("the mask cannot hold {}: {}", list(value), reason))
        row = tuple(int(number) for number in value[: 1 if self.format.is_grey else 3])
        if not self.format.has_alpha:
            return row
        if len(value) == 4:
            return (*row, int(value[3]))
        return (*row, self.format.maximum if like is None else int(like[-1]))

    def _column(self, channel: int) -> int | None:
        """Give the table's column for channel R, G, B or A; None: alpha without alpha."""
        if channel == 3:
            return self.format.channels - 1 if self.format.has_alpha else None
        return 0 if self.format.is_grey else channel


def build_plane(
    pixels: Pixels,
    mask_format: MaskFormat,
    palette: npt.NDArray[np.uint8] | None = None,
) -> Plane:
    """Turn decoded pixels into a plane, without sorting pixels where they form runs.

    Parameters
    ----------
    pixels
        (rows, cols) or (rows, cols, channels), uint8 or uint16; for a palette mask the
        indices. Where it already is what the plane needs (a palette), it is not copied.
    mask_format
        How the file stores the values.
    palette
        (n, 3 or 4), for a palette mask only. Indices beyond it become black, opaque.

    """
    if palette is not None:
        return _palette_plane(
            cast("npt.NDArray[np.uint8]", pixels), mask_format, palette
        )
    return plane_of_bands(
        bands_of(pixels), pixels.shape[0], pixels.shape[1], mask_format
    )


def plane_of_bands(
    bands: Iterable[Band],
    rows: int,
    cols: int,
    mask_format: MaskFormat,
    palette: npt.NDArray[np.uint8] | None = None,
) -> Plane:
    """Make a plane of the runs of its pixels, from the top down; see `build_plane`."""
    if palette is not None:
        indices, _, counts = join(bands, keep_all=True)
        pixels = cast("npt.NDArray[np.uint8]", indices.reshape(rows, cols))
        return _with_palette(pixels, counts, mask_format, palette)
    indices, keys, counts = join(bands)
    dtype = np.uint8 if mask_format.maximum <= 255 else np.uint16
    table = unpack(keys, mask_format.channels, dtype)
    return Plane(indices.reshape(rows, cols), table, counts, mask_format)


def expand(plane: Plane, r0: int, r1: int) -> Pixels:
    """Give rows r0..r1 - 1 as the file's values: the inverse of `build_plane`.

    Returns
    -------
    (rows, cols) for one channel and for a palette's indices, else (rows, cols, channels);
    uint8 or uint16, contiguous.
    """
    indices = plane.band(r0, r1)
    if plane.format.mode == "P":
        return np.ascontiguousarray(indices.astype(np.uint8, copy=False))
    table = np.ascontiguousarray(plane.table)
    if table.shape[1] == 1:
        return look_up(table[:, 0], indices)
    if not indices.size:  # OpenCV converts no empty array
        return np.empty((*indices.shape, table.shape[1]), table.dtype)
    # One number a pixel: gathering rows of a table costs more.
    keys = look_up(pack(table[np.newaxis]), indices)
    four = keys.view(table.dtype).reshape(*indices.shape, -1)
    if table.shape[1] == 3:
        return cast("Pixels", _cv.cvtColor(four, _cv.COLOR_RGBA2RGB))
    return four


def look_up(values: npt.NDArray[Any], indices: Indices) -> npt.NDArray[Any]:
    """Give ``values[indices]`` for (n,) unsigned numbers and (rows, cols) indices."""
    if indices.dtype != np.uint8 or values.itemsize > 4 or not indices.size:
        return np.take(values, indices)
    # numpy makes 64-bit numbers of 8-bit indices first, which takes longer.
    kind = np.dtype(np.int32) if values.itemsize == 4 else values.dtype
    table = np.zeros(256, values.dtype)
    table[: len(values)] = values
    found = _cv.LUT(indices, table.view(kind))
    return cast("npt.NDArray[Any]", found.view(values.dtype))


def _palette_plane(
    indices: npt.NDArray[np.uint8],
    mask_format: MaskFormat,
    palette: npt.NDArray[np.uint8],
) -> Plane:
    # Decoders may hand out memory that nobody may write to; a plane is painted on.
    indices = np.require(indices, requirements=("C", "W"))
    counts = np.zeros(256, np.int64)
    step = band_rows(*indices.shape)
    for r0 in range(0, len(indices), step):
        counts += np.bincount(indices[r0 : r0 + step].ravel(), minlength=256)
    return _with_palette(indices, counts, mask_format, palette)


def _with_palette(
    indices: npt.NDArray[np.uint8],
    counts: npt.NDArray[np.int64],
    mask_format: MaskFormat,
    palette: npt.NDArray[np.uint8],
) -> Plane:
    size = max(len(palette), int(np.flatnonzero(counts).max(initial=0)) + 1)
    table = np.zeros((size, mask_format.channels), np.uint8)
    table[:, 3:] = 255
    table[: len(palette)] = palette
    return Plane(indices, table, counts[:size], mask_format)


def _shown(table: Pixels, mask_format: MaskFormat) -> npt.NDArray[np.uint8]:
    if table.dtype == np.uint16:
        table = (table >> 8).astype(np.uint8)
    shown = np.full((len(table), 4), 255, np.uint8)
    shown[:, :3] = table[:, :1] if mask_format.is_grey else table[:, :3]
    if mask_format.has_alpha:
        shown[:, 3] = table[:, -1]
    return shown
