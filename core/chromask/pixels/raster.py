"""Shapes become pixels: brush strokes, polygons, boxes and ellipses as arrays of bool.

One rule for all: a pixel belongs to a shape where its centre lies in it. The first pixel's
centre is (0.5, 0.5), points are (x, y). Nothing is blended. Numbers in, arrays out: nothing
here knows planes or frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.floating[Any]]

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

Point = tuple[float, float]
"""(x, y) in image pixels."""

THIN = 2.0
"""Strokes thinner than this also take the pixels of the line, so that they have no gaps."""

NEAR_PX = 512
"""A region is looked for so far around its first pixel, and further where it goes on.

Of a large plane most is never looked at: fresh memory costs more than the filling.
"""

_TIE = 1e-9
"""Centres this near to an edge count as on it, whatever the arithmetic rounds to."""


class Patch(NamedTuple):
    """Some pixels: ``where`` (rows, cols) bool, whose first one is pixel (row0, col0)."""

    row0: int
    col0: int
    where: npt.NDArray[np.bool_]


def stroke(
    start: Point,
    end: Point,
    size: float,
    rows: int,
    cols: int,
    *,
    is_square: bool = False,
) -> Patch:
    """Give the pixels of a brush that is drawn in a straight line; a dab where both are one.

    Parameters
    ----------
    start, end
        The line, (x, y).
    size
        The brush's diameter, or the square's side, in pixels.
    rows, cols
        The image's size; what lies outside is left out.
    is_square
        Whether the brush is a square along the axes instead of a disc.

    Returns
    -------
    The pixels whose centre is at most ``size / 2`` from the line; for a square those whose
    centre lies in it somewhere along the line, its left and upper edges included. Of a
    stroke thinner than 2 px also every pixel of the line itself: it has no gaps.
    """
    reach = max(size, 1.0) / 2 + 1
    box = _bounds((start, end), reach, rows, cols)
    row0, row1, col0, col1 = box
    if row0 >= row1 or col0 >= col1:
        return _nothing()
    spans = _square_spans if is_square else _round_spans
    low, high = spans(start, end, size / 2, np.arange(row0, row1) + 0.5)
    where = _fill_spans(low, high, col0, col1, is_closed=not is_square)
    if size < THIN:
        line = where.view(np.uint8)
        ends = [(int(x // 1) - col0, int(y // 1) - row0) for x, y in (start, end)]
        _cv.line(line, ends[0], ends[1], 1, 1, _cv.LINE_8)
    return Patch(row0, col0, where)


def polygon(points: Sequence[Point], rows: int, cols: int) -> Patch:
    """Give the pixels whose centre lies in a polygon: even-odd, left and upper edges included.

    Parameters
    ----------
    points
        The vertices (x, y); the last is joined to the first. It may cross itself.
    rows, cols
        The image's size; what lies outside is left out.
    """
    row0, row1, col0, col1 = _bounds(points, 0.0, rows, cols)
    if len(points) < 3 or row0 >= row1 or col0 >= col1:
        return _nothing()
    xy = np.array(points, np.float64)
    after = np.roll(xy, -1, axis=0)
    is_down = (xy[:, 1] < after[:, 1])[:, None]
    top, bottom = np.where(is_down, xy, after), np.where(is_down, after, xy)
    # The rows whose centres an edge crosses, its upper end included.
    first = np.ceil(top[:, 1] - 0.5).clip(row0, row1).astype(np.intp)
    last = np.ceil(bottom[:, 1] - 0.5).clip(row0, row1).astype(np.intp)
    counts = last - first
    edge = np.repeat(np.arange(len(xy)), counts)
    offset = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
    row = first[edge] + offset
    x0, y0 = top[edge].T
    x1, y1 = bottom[edge].T
    crossing = x0 + (row + 0.5 - y0) * (x1 - x0) / (y1 - y0)
    col = np.ceil(crossing - 0.5).clip(col0, col1).astype(np.intp)
    flips = np.zeros((row1 - row0, col1 - col0 + 1), np.uint8)
    np.add.at(flips, (row - row0, col - col0), 1)
    np.cumsum(flips, axis=1, dtype=np.uint8, out=flips)
    return Patch(row0, col0, (flips[:, :-1] & 1).astype(np.bool_))


def box(corner: Point, opposite: Point, rows: int, cols: int) -> Patch:
    """Give the pixels whose centre lies in a box, its left and upper edges included."""
    (left, right), (top, bottom) = (
        sorted(pair) for pair in zip(corner, opposite, strict=True)
    )
    row0, row1 = (int(np.clip(np.ceil(edge - 0.5), 0, rows)) for edge in (top, bottom))
    col0, col1 = (int(np.clip(np.ceil(edge - 0.5), 0, cols)) for edge in (left, right))
    return Patch(row0, col0, np.ones((row1 - row0, col1 - col0), np.bool_))


def ellipse(corner: Point, opposite: Point, rows: int, cols: int) -> Patch:
    """Give the pixels whose centre lies in the ellipse that fills a box, or on its edge."""
    row0, row1, col0, col1 = _bounds((corner, opposite), 0.0, rows, cols)
    radius_x = abs(opposite[0] - corner[0]) / 2
    radius_y = abs(opposite[1] - corner[1]) / 2
    if row0 >= row1 or col0 >= col1 or not radius_x or not radius_y:
        return _nothing()
    middle_x = (corner[0] + opposite[0]) / 2
    up = (np.arange(row0, row1) + 0.5 - (corner[1] + opposite[1]) / 2) / radius_y
    half = np.where(
        np.abs(up) <= 1, radius_x * np.sqrt((1 - up * up).clip(0, 1)), -np.inf
    )
    where = _fill_spans(middle_x - half, middle_x + half, col0, col1, is_closed=True)
    return Patch(row0, col0, where)


def region(
    indices: npt.NDArray[np.unsignedinteger[Any]],
    row: int,
    col: int,
    *,
    is_connected: bool = True,
    neighbours: int = 4,
) -> Patch:
    """Give the pixels that have the same number as one of them.

    Parameters
    ----------
    indices
        (rows, cols), e.g. the indices of a plane.
    row, col
        The pixel to start from, inside.
    is_connected
        Whether only those that are connected with it.
    neighbours
        4: pixels touch at their sides; 8: at their corners too.
    """
    if not is_connected:
        return Patch(0, 0, indices == indices[row, col])
    rows, cols = indices.shape
    row0, col0 = max(row - NEAR_PX, 0), max(col - NEAR_PX, 0)
    row1, col1 = min(row + NEAR_PX, rows), min(col + NEAR_PX, cols)
    while True:
        near = indices[row0:row1, col0:col1]
        top, left, where = _flood(near, row - row0, col - col0, neighbours)
        bottom, right = top + where.shape[0], left + where.shape[1]
        high, wide = near.shape
        # It goes on beyond an edge of what was looked at: look further there.
        up = min(high, row0) if top == 0 else 0
        down = min(high, rows - row1) if bottom == high else 0
        back = min(wide, col0) if left == 0 else 0
        on = min(wide, cols - col1) if right == wide else 0
        if not (up or down or back or on):
            return Patch(row0 + top, col0 + left, where)
        row0, row1, col0, col1 = row0 - up, row1 + down, col0 - back, col1 + on


def _flood(
    indices: npt.NDArray[np.unsignedinteger[Any]], row: int, col: int, neighbours: int
) -> Patch:
    """Give the pixels that are connected with one of them."""
    image = indices
    if image.dtype != np.uint8 or not image.flags.writeable:
        image = (indices == indices[row, col]).view(np.uint8)
    # OpenCV fills a mask that is one pixel larger all around.
    mask = np.zeros((image.shape[0] + 2, image.shape[1] + 2), np.uint8)
    flags = neighbours | (1 << 8) | _cv.FLOODFILL_MASK_ONLY
    _, _, _, box = _cv.floodFill(image, mask, (col, row), 0, 0, 0, flags)
    left, top, width, height = box
    found = mask[top + 1 : top + 1 + height, left + 1 : left + 1 + width]
    return Patch(top, left, found.view(np.bool_))


def _nothing() -> Patch:
    return Patch(0, 0, np.zeros((0, 0), np.bool_))


def _bounds(
    points: Sequence[Point], reach: float, rows: int, cols: int
) -> tuple[int, int, int, int]:
    """Give (row0, row1, col0, col1) around points and what is within their reach."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    if not points:
        return 0, 0, 0, 0
    low = [np.floor(min(values) - reach) for values in (ys, xs)]
    high = [np.ceil(max(values) + reach) for values in (ys, xs)]
    row0, col0 = int(max(low[0], 0)), int(max(low[1], 0))
    return row0, int(min(high[0], rows)), col0, int(min(high[1], cols))


def _fill_spans(
    low: Floats, high: Floats, col0: int, col1: int, *, is_closed: bool
) -> npt.NDArray[np.bool_]:
    """Turn a span of x for each row into pixels of columns col0..col1 - 1."""
    first = np.ceil(low - 0.5 - _TIE)
    after = np.floor(high - 0.5 + _TIE) + 1 if is_closed else np.ceil(high - 0.5 - _TIE)
    first = first.clip(col0, col1).astype(np.int32)[:, None]
    after = after.clip(col0, col1).astype(np.int32)[:, None]
    at = np.arange(col0, col1, dtype=np.int32)
    return (at >= first) & (at < after)


def _round_spans(
    start: Point, end: Point, radius: float, y: Floats
) -> tuple[Floats, Floats]:
    """Give for each y the span of x within a radius of a line: two discs and a strip."""
    low, high = np.full(len(y), np.inf), np.full(len(y), -np.inf)
    for px, py in {start, end}:
        left = radius * radius - (y - py) ** 2
        is_in = left >= -_TIE
        half = np.sqrt(left.clip(0, None))
        low = np.where(is_in, np.minimum(low, px - half), low)
        high = np.where(is_in, np.maximum(high, px + half), high)
    way_x, way_y = end[0] - start[0], end[1] - start[1]
    length = float(np.hypot(way_x, way_y))
    if length > _TIE:
        way_x, way_y = way_x / length, way_y / length
        off = y - start[1]
        along = _where_linear(way_x, way_y * off, 0.0, length)
        across = _where_linear(-way_y, way_x * off, -radius, radius)
        left = start[0] + np.maximum(along[0], across[0])
        right = start[0] + np.minimum(along[1], across[1])
        is_in = left <= right
        low = np.where(is_in, np.minimum(low, left), low)
        high = np.where(is_in, np.maximum(high, right), high)
    return low, high


def _where_linear(
    factor: float, base: Floats, least: float, most: float
) -> tuple[Floats, Floats]:
    """Solve ``least <= factor * x + base <= most`` for x."""
    if abs(factor) < 1e-12:
        is_in = (base >= least) & (base <= most)
        return np.where(is_in, -np.inf, np.inf), np.where(is_in, np.inf, -np.inf)
    one, other = (least - base) / factor, (most - base) / factor
    return np.minimum(one, other), np.maximum(one, other)


def _square_spans(
    start: Point, end: Point, half: float, y: Floats
) -> tuple[Floats, Floats]:
    """Give for each y the span of x that a square covers on its way along a line."""
    way_x, way_y = end[0] - start[0], end[1] - start[1]
    off = y - start[1]
    # The part t0..t1 of the way (0..1) on which the square lies over the row.
    if way_y:
        one, other = (off - half) / way_y, (off + half) / way_y
        t0, t1 = np.minimum(one, other).clip(0, 1), np.maximum(one, other).clip(0, 1)
    else:
        t0, t1 = np.zeros(len(y)), np.ones(len(y))
    # The upper edge belongs to the square, the lower does not.
    top, bottom = min(start[1], end[1]) - half, max(start[1], end[1]) + half
    is_in = (y >= top - _TIE) & (y < bottom - _TIE)
    x0, x1 = start[0] + t0 * way_x, start[0] + t1 * way_x
    low = np.where(is_in, np.minimum(x0, x1) - half, np.inf)
    return low, np.where(is_in, np.maximum(x0, x1) + half, -np.inf)
