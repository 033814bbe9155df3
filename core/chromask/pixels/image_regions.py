"""Regions of an image that belong together: what the tools that look at the image paint.

Each function takes an image of 8 bits and gives whole pixels; it knows no mask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from chromask.pixels.raster import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Image = npt.NDArray[np.uint8]

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

CUT_PIXELS = 1 << 18
"""GrabCut learns from at most so many pixels; of a larger box every second, fourth, ... one."""

CUT_BAND = 2
"""How far a border that was found among fewer pixels may lie beside the true one, in those."""

CUT_TILE = 96
"""The edge of the squares in which a border is found more exactly."""

CUT_ROUNDS = 4
"""How often GrabCut learns the colours of inside and outside anew."""

BLOCK = 512
"""Superpixels are made in blocks of this edge, when one is touched."""

SAME = 24
"""Up to this difference of 255, the marker of a superpixel takes its middle's neighbours."""

REACH = 384
"""How far from their last point the intelligent scissors see, in pixels."""


def similar_region(
    pixels: Image, row: int, col: int, tolerance: int, *, connected: bool
) -> Patch:
    """Give the pixels whose channels all differ by at most ``tolerance`` from one pixel's.

    Parameters
    ----------
    pixels
        (rows, cols) or (rows, cols, 3).
    row, col
        The pixel, inside the image.
    connected
        Whether only those that hang together with it, side by side.
    """
    rows, cols = pixels.shape[:2]
    seed = np.atleast_1d(pixels[row, col]).astype(int)
    if connected:
        filled = np.zeros((rows + 2, cols + 2), np.uint8)
        flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (1 << 8)
        span = (tolerance,) * len(seed)
        # OpenCV wants an image that it may write, though it fills the mask alone.
        image: Image = np.require(pixels, requirements=("C", "W"))
        left, top, width, height = _cv.floodFill(
            image, filled, (col, row), 0, span, span, flags
        )[3]
        where = filled[1:-1, 1:-1][top : top + height, left : left + width]
        return Patch(top, left, where.astype(np.bool_))
    low = tuple(int(n) for n in np.clip(seed - tolerance, 0, 255))
    high = tuple(int(n) for n in np.clip(seed + tolerance, 0, 255))
    return Patch(0, 0, _cv.inRange(pixels, low, high).astype(np.bool_))


def cut_out(
    pixels: Image, box: tuple[int, int, int, int], cancelled: Callable[[], bool]
) -> Patch:
    """Find the object in a rough box around it, by GrabCut.

    Parameters
    ----------
    pixels
        (rows, cols) or (rows, cols, 3).
    box
        (row0, col0, row1, col1), half open, inside the image. What lies around it, as far
        again as half the box, teaches the background.

    Returns
    -------
    The object's pixels inside the box; none where nothing stands out.
    """
    rows, cols = pixels.shape[:2]
    height, width = box[2] - box[0], box[3] - box[1]
    top, left = max(box[0] - height // 2 - 2, 0), max(box[1] - width // 2 - 2, 0)
    bottom = min(box[2] + height // 2 + 2, rows)
    right = min(box[3] + width // 2 + 2, cols)
    part = _rgb(pixels[top:bottom, left:right])
    step = 1
    while part.shape[0] * part.shape[1] > CUT_PIXELS * step * step:
        step *= 2
    small = np.ascontiguousarray(part[::step, ::step])
    guess = np.full(small.shape[:2], cv2.GC_BGD, np.uint8)
    rect = (box[0] - top, box[1] - left, box[2] - top, box[3] - left)
    guess[_inside(rect, step)] = cv2.GC_PR_FGD
    nothing = Patch(box[0], box[1], np.zeros((height, width), np.bool_))
    if (guess != cv2.GC_BGD).sum() < 9 or (guess == cv2.GC_BGD).sum() < 9:
        return nothing
    # Its clusters start at random: the same box must give the same object.
    _cv.setRNGSeed(1)
    models = (np.zeros((1, 65)), np.zeros((1, 65)))
    for _ in range(CUT_ROUNDS):
        if cancelled():
            return nothing
        _cv.grabCut(small, guess, None, *models, 1, cv2.GC_INIT_WITH_MASK)
        if not (guess & 1).any():
            return nothing
    found: Image = guess & np.uint8(1)
    while step > 1:
        step //= 2
        finer = np.ascontiguousarray(part[::step, ::step])
        found = np.repeat(np.repeat(found, 2, 0), 2, 1)
        found = found[: finer.shape[0], : finer.shape[1]]
        found = _sharper(finer, found, _inside(rect, step), models, cancelled)
    at = (slice(rect[0], rect[2]), slice(rect[1], rect[3]))
    return Patch(box[0], box[1], found[at].astype(np.bool_))


def _inside(rect: tuple[int, int, int, int], step: int) -> tuple[slice, slice]:
    """Give where a rectangle lies when only every so many-th pixel is looked at."""
    row0, col0, row1, col1 = (-(-place // step) for place in rect)
    return slice(row0, row1), slice(col0, col1)


def _sharper(
    image: Image,
    found: Image,
    inside: tuple[slice, slice],
    models: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
    cancelled: Callable[[], bool],
) -> Image:
    """Find the border of an object again that was found among a quarter of the pixels.

    Only a narrow band around the border is asked, tile by tile, with the colours learned.

    Parameters
    ----------
    found
        (rows, cols) 1 in the object, else 0.
    inside
        The box: nothing outside belongs to the object.
    """
    square = np.ones((4 * CUT_BAND + 1, 4 * CUT_BAND + 1), np.uint8)
    band = np.zeros(found.shape, np.bool_)
    band[inside] = (_cv.dilate(found, square) != _cv.erode(found, square))[inside]
    # 0 and 1 are what is sure, 2 and 3 what is asked.
    guess = found + np.where(band, np.uint8(2), np.uint8(0))
    sharp = found.copy()
    reach = 4 * CUT_BAND
    for row in range(0, found.shape[0], CUT_TILE):
        for col in range(0, found.shape[1], CUT_TILE):
            tile = (slice(row, row + CUT_TILE), slice(col, col + CUT_TILE))
            if not band[tile].any():
                continue
            if cancelled():
                return found
            top, left = max(row - reach, 0), max(col - reach, 0)
            part = (
                slice(top, row + CUT_TILE + reach),
                slice(left, col + CUT_TILE + reach),
            )
            asked = guess[part].copy()
            pixels = np.ascontiguousarray(image[part])
            _cv.grabCut(pixels, asked, None, *models, 1, cv2.GC_EVAL_FREEZE_MODEL)
            inner = asked[row - top :, col - left :][:CUT_TILE, :CUT_TILE] & 1
            sharp[tile][band[tile]] = inner[band[tile]]
    return sharp


def superpixels(pixels: Image, size: int) -> npt.NDArray[np.int32]:
    """Divide a part of an image into patches of about ``size`` px that keep to its edges.

    Markers on a grid grow over the image's differences (a watershed).

    Returns
    -------
    (rows, cols) int32, the number of each pixel's patch, from 1.
    """
    rows, cols = pixels.shape[:2]
    # OpenCV leaves the outermost pixels and the lines between patches without a number.
    padded = np.pad(pixels, ((1, 1), (1, 1), (0, 0))[: pixels.ndim], mode="edge")
    # Noise would make ragged patches; a median keeps the edges where they are.
    image: Image = _cv.medianBlur(_rgb(padded), 5 if size >= 8 else 3)
    labels = np.zeros((rows + 2, cols + 2), np.int32)
    # Broad markers keep the patches compact.
    reach = np.arange(-(size // 4), size // 4 + 1)
    row, col = _middles(rows, size), _middles(cols, size)
    near_row = np.clip(row[:, None] + reach, 1, rows)
    number = np.arange(1, len(row) * len(col) + 1, dtype=np.int32).reshape(len(row), -1)
    signed: npt.NDArray[np.int16] = image.astype(np.int16)
    for place, middle in enumerate(col.tolist()):
        # All markers of one column of the grid at once: (markers, across, along, channels).
        at = (near_row[:, :, None], np.clip(middle + reach, 1, cols)[None, None, :])
        away = np.abs(signed[at] - signed[row, middle][:, None, None]).max(axis=3)
        numbers = np.broadcast_to(number[:, place, None, None], away.shape)
        near = away <= SAME
        labels[tuple(np.broadcast_to(axis, away.shape)[near] for axis in at)] = numbers[
            near
        ]
    _cv.watershed(image, labels)
    found = labels[1:-1, 1:-1].copy()
    found[found < 0] = 0
    square = np.ones((3, 3), np.uint8)
    while (empty := found == 0).any():
        spread = _cv.dilate(found.astype(np.float32), square).astype(np.int32)
        found[empty] = spread[empty]
    return found


def _middles(length: int, size: int) -> npt.NDArray[np.intp]:
    """Give the middles of patches along a side, counted from one pixel before it."""
    ends = max(length, size // 2 + 1)
    return np.array([min(n, length - 1) + 1 for n in range(size // 2, ends, size)])


def enclosed(outline: Sequence[tuple[int, int]]) -> Patch:
    """Give the pixels that a closed outline of pixels (row, col) goes around, and its own."""
    pixels = np.array(outline, np.int32)
    low, high = pixels.min(axis=0), pixels.max(axis=0)
    where = np.zeros((high - low + 1).tolist(), np.uint8)
    _cv.fillPoly(where, [(pixels - low)[:, ::-1]], 1)
    return Patch(int(low[0]), int(low[1]), where.astype(np.bool_))


class Scissors:
    """The intelligent scissors from one point on: paths along the edges of an image.

    Parameters
    ----------
    pixels
        (rows, cols) or (rows, cols, 3); only what lies within `REACH` px is looked at.
    row, col
        The point, inside the image.
    """

    def __init__(self, pixels: Image, row: int, col: int) -> None:
        self._row0, self._col0 = max(row - REACH, 0), max(col - REACH, 0)
        part = pixels[self._row0 : row + REACH + 1, self._col0 : col + REACH + 1]
        self._shape = part.shape[:2]
        self._tool: Any = _cv.segmentation.IntelligentScissorsMB()
        self._tool.setEdgeFeatureCannyParameters(32, 100)
        self._tool.setGradientMagnitudeMaxLimit(200)
        self._tool.applyImage(_rgb(part))
        self._tool.buildMap((col - self._col0, row - self._row0))

    def path(self, row: int, col: int) -> list[tuple[int, int]]:
        """Give the pixels (row, col) from the point to another, both included.

        A point out of reach is taken where it comes nearest.
        """
        row = min(max(row - self._row0, 0), self._shape[0] - 1)
        col = min(max(col - self._col0, 0), self._shape[1] - 1)
        points = self._tool.getContour((col, row))
        return [
            (int(y) + self._row0, int(x) + self._col0)
            for x, y in points.reshape(-1, 2).tolist()
        ]


def _rgb(pixels: Image) -> Image:
    if pixels.ndim == 2:
        return np.repeat(pixels[:, :, None], 3, axis=2)
    return np.ascontiguousarray(pixels[:, :, :3])
