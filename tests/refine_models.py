"""What refining must do, said slowly: loops over pixels, no OpenCV, nothing of chromask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    Array = np.ndarray[Any, Any]


def pixels_of(array: Array) -> list[tuple[int, int]]:
    return [(int(row), int(col)) for row, col in np.argwhere(np.ones_like(array))]


def away(a: tuple[int, int], b: tuple[int, int]) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))


def spread(indices: Array, inside: Array, amount: int) -> Array:
    result = indices.copy()
    sources = [p for p in pixels_of(indices) if inside[indices[p]]]
    for p in pixels_of(indices):
        if inside[indices[p]] or not sources:
            continue
        distance, entry = min((round(away(p, q), 6), indices[q]) for q in sources)
        if distance <= amount + 1e-6:
            result[p] = entry
    return result


def smooth(indices: Array, inside: Array, amount: int, *, whole: bool) -> Array:
    result = indices.copy()
    for p in pixels_of(indices):
        near = [indices[q] for q in pixels_of(indices) if away(p, q) <= amount + 1e-6]
        counts = np.bincount(near)
        best = int(counts.argmax())
        gains = whole or inside[best] or inside[indices[p]]
        if counts[best] > counts[indices[p]] and gains:
            result[p] = best
    return result


def parts(classes: Array, *, diagonal: bool) -> list[set[tuple[int, int]]]:
    """Give the parts in reading order."""
    steps = [(0, 1), (1, 0), (0, -1), (-1, 0)]
    if diagonal:
        steps += [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    left, found = set(pixels_of(classes)), []
    for start in pixels_of(classes):
        if start not in left:
            continue
        part, edge = {start}, [start]
        while edge:
            row, col = edge.pop()
            for down, right in steps:
                q = (row + down, col + right)
                if q in left and q not in part and classes[q] == classes[start]:
                    part.add(q)
                    edge.append(q)
        left -= part
        found.append(part)
    return found


def borders(
    shape: tuple[int, int], part: set[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Give the neighbours of a part, each as often as it shares an edge with it."""
    return [
        (row + down, col + right)
        for row, col in part
        for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0))
        if (row + down, col + right) not in part
        and 0 <= row + down < shape[0]
        and 0 <= col + right < shape[1]
    ]


def absorb(indices: Array, goes: list[set[tuple[int, int]]]) -> Array:
    result = indices.copy()
    goes = list(goes)
    while goes:
        gone = set().union(*goes)
        chosen = []
        for part in goes:
            near = [result[q] for q in borders(indices.shape, part) if q not in gone]
            if near:
                chosen.append((part, int(np.bincount(near).argmax())))
        if not chosen:
            break
        for part, entry in chosen:
            for p in part:
                result[p] = entry
            goes.remove(part)
    return result


def islands(indices: Array, inside: Array, classes: Array, amount: int) -> Array:
    found = parts(classes[indices], diagonal=True)
    return absorb(
        indices, [p for p in found if len(p) < amount and inside[indices[min(p)]]]
    )


def largest(indices: Array, inside: Array, classes: Array) -> Array:
    goes, kept = [], {}
    found = parts(classes[indices], diagonal=True)
    for part in sorted(found, key=len, reverse=True):
        entry = indices[min(part)]
        if inside[entry] and kept.setdefault(classes[entry], part) is not part:
            goes.append(part)
    return absorb(indices, goes)


def holes(indices: Array, classes: Array, amount: int, *, whole: bool) -> Array:
    goes = []
    rows, cols = indices.shape
    for part in parts(classes[indices], diagonal=False):
        around = {int(classes[indices[q]]) for q in borders(indices.shape, part)}
        at_edge = any(r in (0, rows - 1) or c in (0, cols - 1) for r, c in part)
        kind = classes[indices[min(part)]]
        if at_edge or len(part) > amount or len(around) != 1:
            continue
        if whole or kind == 0:
            goes.append(part)
    return absorb(indices, goes)


def gaps(indices: Array, claimed: Array, classes: Array, amount: int) -> Array:
    result = indices.copy()
    for p in pixels_of(indices):
        if claimed[indices[p]]:
            continue
        nearest: dict[int, tuple[float, int]] = {}
        for q in pixels_of(indices):
            if claimed[indices[q]]:
                seen = (round(away(p, q), 6), int(indices[q]))
                kind = int(classes[indices[q]])
                nearest[kind] = min(nearest.get(kind, seen), seen)
        two = sorted(nearest.values())[:2]
        if len(two) == 2 and two[0][0] + two[1][0] <= amount + 1 + 1e-3:
            result[p] = two[0][1]
    return result


def is_solid(indices: Array, p: tuple[int, int], side: int) -> bool:
    rows, cols = indices.shape
    return any(
        (indices[r : r + side, c : c + side] == indices[p]).all()
        for r in range(max(0, p[0] - side + 1), min(p[0], rows - side) + 1)
        for c in range(max(0, p[1] - side + 1), min(p[1], cols - side) + 1)
    )


def snap(
    indices: Array,
    table: Array,
    claimed: Array,
    amount: int,
    gains: Callable[[int], bool],
) -> Array:
    result = indices.copy()
    for p in pixels_of(indices):
        if claimed[indices[p]] or is_solid(indices, p, amount + 1):
            continue
        near = [
            int(indices[q])
            for q in pixels_of(indices)
            if claimed[indices[q]] and away(p, q) <= amount + 1 + 1e-6
        ]
        ranks = [
            (int(((table[indices[p]] - table[e]) ** 2).sum()), -near.count(e), e)
            for e in set(near)
        ]
        if ranks and gains(min(ranks)[2]):
            result[p] = min(ranks)[2]
    return result
