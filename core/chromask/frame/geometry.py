"""Geometry of ROIs as flat lists of numbers: validated on the way in, split on the way out.

Imported by `annotation`. Points are (x, y) or (x, y, z) in image pixels; nothing here
knows labels, masks or files.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Sequence
from typing import Any, Final, NoReturn, cast

from chromask.errors import AnnotationError, say

SEPARATOR: Final = -999999999
"""The single number that stands between the parts of a shape of several parts."""


def points_argument(
    argument: str, value: object, *, width: int, least: int
) -> list[float]:
    """Give a shape as one flat list of floats, its parts joined by `SEPARATOR`.

    Parameters
    ----------
    argument
        The argument's name, for messages.
    value
        ``[x0, y0, x1, y1, ...]``, ``[(x0, y0), ...]``, or a list of several of these.
    width
        Numbers per point: 2 or 3.
    least
        The least number of points of each part.

    Raises
    ------
    AnnotationError
        When it is none of these, holds a number that is not finite, or too few points.
    """
    items = _items(argument, value)
    if all(_is_number(item) for item in items):
        parts = _split([_number(argument, item) for item in items])
        names = [argument] * len(parts)
    elif all(_is_point(item, width) for item in items):
        parts = [_part(argument, items, width)]
        names = [argument]
    else:
        names = [f"{argument}[{index}]" for index in range(len(items))]
        parts = [
            _part(name, _items(name, item), width)
            for name, item in zip(names, items, strict=True)
        ]
    for name, part in zip(names, parts, strict=True):
        _check_part(name, part, width, least)
    return _joined(parts)


def box_argument(argument: str, value: object) -> list[float]:
    """Give the four corners (x, y), clockwise on screen from the top left, of a box.

    Parameters
    ----------
    argument
        The argument's name, for messages.
    value
        ``[x, y, w, h]`` or ``[x, y, w, h, angle]``: the angle in radians turns the box
        about its centre (clockwise on screen, since y grows downwards: inferred).

    Raises
    ------
    AnnotationError
        When it is neither, or the box is empty.
    """
    values = number_argument(argument, value, (4, 5), "x, y, w, h or x, y, w, h, angle")
    if values[2] <= 0 or values[3] <= 0:
        _refuse(argument, value, "width and height above 0")
    return box_corners(values)


def ellipse_argument(argument: str, value: object) -> list[float]:
    """Give ``[cx, cy, rx, ry, theta]`` as floats, theta in radians.

    Raises
    ------
    AnnotationError
        When it is not five finite numbers with radii above 0.
    """
    values = number_argument(argument, value, (5,), "cx, cy, rx, ry, theta")
    if values[2] <= 0 or values[3] <= 0:
        _refuse(argument, value, "radii above 0")
    return values


def number_argument(
    argument: str, value: object, counts: Sequence[int], meaning: str
) -> list[float]:
    """Give a flat list of finite floats of one of the allowed lengths.

    Raises
    ------
    AnnotationError
        When it is not; it names the argument, the value and what is allowed.
    """
    items = _items(argument, value)
    if len(items) not in counts or not all(_is_number(item) for item in items):
        allowed = " or ".join(str(count) for count in counts)
        _refuse(argument, value, f"{allowed} numbers ({meaning})")
    return [_number(argument, item) for item in items]


def box_corners(values: Sequence[float]) -> list[float]:
    """Give the corners of ``x, y, w, h`` with an optional angle in radians, flat."""
    x, y, w, h = values[:4]
    corners = [x, y, x + w, y, x + w, y + h, x, y + h]
    angle = values[4] if len(values) > 4 else 0.0
    if angle == 0:
        return corners
    cx, cy = x + w / 2, y + h / 2
    cos, sin = math.cos(angle), math.sin(angle)
    turned: list[float] = []
    for px, py in zip(corners[::2], corners[1::2], strict=True):
        dx, dy = px - cx, py - cy
        turned += [cx + dx * cos - dy * sin, cy + dx * sin + dy * cos]
    return turned


def split_parts(flat: Sequence[float], width: int = 2) -> list[list[tuple[float, ...]]]:
    """Split flat numbers at `SEPARATOR` into parts of points; a rest below a point is left out."""
    parts: list[list[tuple[float, ...]]] = []
    for part in _split(flat):
        whole = len(part) - len(part) % width
        parts.append([tuple(part[i : i + width]) for i in range(0, whole, width)])
    return [part for part in parts if part]


def _split(flat: Sequence[float]) -> list[list[float]]:
    parts: list[list[float]] = [[]]
    for number in flat:
        if number == SEPARATOR:
            parts.append([])
        else:
            parts[-1].append(number)
    return parts


def _joined(parts: Sequence[Sequence[float]]) -> list[float]:
    flat = list(parts[0])
    for part in parts[1:]:
        flat.append(SEPARATOR)
        flat.extend(part)
    return flat


def _part(argument: str, items: list[object], width: int) -> list[float]:
    if all(_is_number(item) for item in items):
        return [_number(argument, item) for item in items]
    if not all(_is_point(item, width) for item in items):
        _refuse(
            argument,
            items,
            say("points of {} numbers, or one flat list of them", width),
        )
    return [
        _number(argument, number) for item in items for number in _items(argument, item)
    ]


def _check_part(name: str, part: list[float], width: int, least: int) -> None:
    if len(part) % width:
        _refuse(name, part, say("a count of numbers that {} divides", width))
    if len(part) < least * width:
        _refuse(name, part, say("at least {} points of {} numbers", least, width))


def _items(argument: str, value: object) -> list[object]:
    listed = getattr(value, "tolist", None)  # numpy arrays, without importing numpy
    plain: object = listed() if callable(listed) else value
    if isinstance(plain, str | bytes | dict) or not isinstance(plain, Iterable):
        _refuse(argument, value, "a list of numbers or of points")
    items = list(cast("Iterable[object]", plain))
    if not items:
        _refuse(argument, value, "a list that is not empty")
    return items


def _is_number(item: object) -> bool:
    # numpy registers its numbers as Real; a bool is one too, and no coordinate.
    return not isinstance(item, bool) and isinstance(item, numbers.Real)


def _is_point(item: object, width: int) -> bool:
    listed = getattr(item, "tolist", None)
    plain: object = listed() if callable(listed) else item
    if not isinstance(plain, list | tuple):
        return False
    values = cast("Sequence[object]", plain)
    return len(values) == width and all(_is_number(value) for value in values)


def _number(argument: str, item: object) -> float:
    try:
        number = float(cast("Any", item))
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        _refuse(argument, item, "finite numbers")
    return number


def _refuse(argument: str, value: object, allowed: str) -> NoReturn:
    text = repr(value)
    shown = text if len(text) <= 80 else f"{text[:77]}..."
    raise AnnotationError(
        say("{} is {}", argument, shown), hint=say("Give {}", allowed)
    )
