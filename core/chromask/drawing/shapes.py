"""The shapes of a frame's ROIs as lines and points: what is drawn and what a click hits.

Polygons, boxes, ellipses and keypoints; 3-D kinds and masks have no shape here. Points are
(x, y) in image pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from chromask.colors import display_colors

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    import numpy.typing as npt

    from chromask.frame.annotation import Annotation

    Floats = npt.NDArray[np.float64]
    Rgb = tuple[int, int, int]

DRAWN_KINDS: Final = frozenset({"p2d", "b2d", "elp", "k2d"})
"""The kinds of ROIs that are drawn as shapes."""

FARTHEST: Final = 1e6
"""Points farther out, in pixels, are drawn there: no screen reaches so far."""

ELLIPSE_POINTS: Final = 72
"""An ellipse is drawn with so many straight lines."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The shape of one ROI.

    Attributes
    ----------
    index
        The ROI's index in the frame.
    kind
        ``p2d``, ``b2d``, ``elp`` or ``k2d``.
    lines
        (n, 2) points of each closed line; empty for keypoints.
    points
        (n, 2), of keypoints; else (0, 2).
    bounds
        (left, top, right, bottom) of all of it.
    """

    index: int
    kind: str
    lines: tuple[Floats, ...]
    points: Floats
    bounds: tuple[float, float, float, float]


def frame_shapes(
    annotations: Sequence[Annotation], source_id: str | None
) -> tuple[Shape, ...]:
    """Give the shapes of a source, in the order of the ROIs; one without sources is in all."""
    found: list[Shape] = []
    drawn = [at for at, roi in enumerate(annotations) if roi.kind in DRAWN_KINDS]
    for index in drawn:
        roi = annotations[index]
        if source_id is None or not roi.sources or source_id in roi.sources:
            shape = _shape(index, roi)
            if shape is not None:
                found.append(shape)
    return tuple(found)


def shape_colors(
    annotations: Sequence[Annotation],
    colors: Mapping[int, Rgb],
    *,
    is_safe: bool = False,
) -> list[Rgb]:
    """Give each ROI the display colour of its labels; ``colors`` has those of single ROIs.

    The first labels of a frame get the first colours, so that few labels are far apart.
    """
    numbers: dict[tuple[str, ...], int] = {}
    ranks = [numbers.setdefault(roi.labels, len(numbers)) for roi in annotations]
    palette = display_colors(np.arange(len(numbers)), "safe" if is_safe else "distinct")
    by_number = [(int(r), int(g), int(b)) for r, g, b in palette.tolist()]
    return [colors.get(index, by_number[rank]) for index, rank in enumerate(ranks)]


def shape_at(
    shapes: Sequence[Shape],
    xy: tuple[float, float],
    reach: float,
    hidden: Container[int] = (),
) -> tuple[int, bool] | None:
    """Find the ROI whose shape lies at a point.

    Parameters
    ----------
    reach
        How far a line or a keypoint may lie from the point, in image pixels.
    hidden
        ROIs that are not seen, and not found.

    Returns
    -------
    index, is_near
        ``is_near`` where the point is on the line; else it is inside of the smallest one.
    """
    x, y = xy
    inside: tuple[float, int] | None = None
    nearest: tuple[float, int] | None = None
    for shape in shapes:
        left, top, right, bottom = shape.bounds
        is_around = left - reach <= x <= right + reach
        if shape.index in hidden or not (
            is_around and top - reach <= y <= bottom + reach
        ):
            continue
        distance = _distance(shape, xy)
        # Of equals the one that is drawn last, which is on top.
        if distance <= reach and (nearest is None or distance <= nearest[0]):
            nearest = (distance, shape.index)
        area = (right - left) * (bottom - top)
        if (inside is None or area <= inside[0]) and _is_inside(shape, xy):
            inside = (area, shape.index)
    if nearest is not None:
        return nearest[1], True
    return None if inside is None else (inside[1], False)


def _shape(index: int, roi: Annotation) -> Shape | None:
    none = np.empty((0, 2))
    lines: tuple[Floats, ...] = ()
    points = none
    if roi.ellipse is not None:
        lines = (_ellipse(*roi.ellipse),)
    elif roi.kind == "k2d":
        points = _points([xy for part in roi.parts for xy in part])
    elif roi.kind in ("p2d", "b2d"):
        lines = tuple(_points(part) for part in roi.parts)
    every = np.concatenate([none, points, *lines])
    if not len(every):
        return None
    (left, top), (right, bottom) = every.min(axis=0), every.max(axis=0)
    bounds = (float(left), float(top), float(right), float(bottom))
    return Shape(index, roi.kind, lines, points, bounds)


def _points(xys: Sequence[Sequence[float]]) -> Floats:
    """Give points as (n, 2), none farther out than `FARTHEST`."""
    try:
        points = np.array(xys, np.float64).reshape(-1, 2)
    except OverflowError:  # a whole number beyond every float
        near = [[min(max(n, -FARTHEST), FARTHEST) for n in xy] for xy in xys]
        points = np.array(near, np.float64)
    return np.clip(np.nan_to_num(points), -FARTHEST, FARTHEST)


def _ellipse(
    center_x: float, center_y: float, radius_x: float, radius_y: float, theta: float
) -> Floats:
    turn = np.linspace(0, 2 * np.pi, ELLIPSE_POINTS, endpoint=False)
    ((center_x, center_y), (radius_x, radius_y)) = _points(
        [(center_x, center_y), (radius_x, radius_y)]
    )
    x, y = radius_x * np.cos(turn), radius_y * np.sin(turn)
    cos, sin = np.cos(theta), np.sin(theta)
    points = (center_x + x * cos - y * sin, center_y + x * sin + y * cos)
    return np.clip(np.stack(points, axis=1), -FARTHEST, FARTHEST)


def _distance(shape: Shape, xy: tuple[float, float]) -> float:
    """Give the distance of a point to the nearest line or keypoint."""
    least = np.inf
    if len(shape.points):
        least = float(np.hypot(*(shape.points - xy).T).min())
    for line in shape.lines:
        start, end = line, np.roll(line, -1, axis=0)
        along = end - start
        length = np.maximum((along**2).sum(axis=1), 1e-12)
        share = np.clip(((np.array(xy) - start) * along).sum(axis=1) / length, 0, 1)
        nearest = start + share[:, None] * along
        least = min(least, float(np.hypot(*(nearest - xy).T).min()))
    return least


def _is_inside(shape: Shape, xy: tuple[float, float]) -> bool:
    """Whether a point is inside, holes left out (even-odd over all parts)."""
    x, y = xy
    crossings = 0
    for line in shape.lines:
        (x0, y0), (x1, y1) = line.T, np.roll(line, -1, axis=0).T
        crosses = (y0 > y) != (y1 > y)
        steps = np.where(crosses, y1 - y0, 1.0)
        crossings += int((crosses & (x < (x1 - x0) * (y - y0) / steps + x0)).sum())
    return crossings % 2 == 1
