"""Outlines: lines around pixels, and how many of them are left when there are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from chromask_gui.tools import outlines as module
from chromask_gui.tools.outlines import most_visible, outlines

if TYPE_CHECKING:
    from collections.abc import Iterable

Lines = list[tuple[tuple[float, float], ...]]


def bounds(lines: Iterable[Any]) -> list[float]:
    """Give the left, upper, right and lower edge of lines."""
    xy = np.array([point for line in lines for point in line])
    return [*xy.min(axis=0).tolist(), *xy.max(axis=0).tolist()]


def discs(*radii: int) -> np.ndarray[Any, Any]:
    """Give discs side by side, in squares of 80 px."""
    where = np.zeros((80, 80 * len(radii)), np.bool_)
    row, col = np.mgrid[:80, :80] - 40
    for place, radius in enumerate(radii):
        where[:, place * 80 :][:, :80] = row**2 + col**2 <= radius**2
    return where


def points_of(lines: Lines) -> list[int]:
    """Count the points of each line, the closing one not."""
    return [len(line) - 1 for line in lines]


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (4, 5)])
def test_that_nothing_has_no_outline(shape: tuple[int, int]) -> None:
    assert outlines(3, 4, np.zeros(shape, np.bool_)) == []


def test_that_a_small_rectangle_is_outlined_just_inside_its_edges() -> None:
    (line,) = outlines(10, 20, np.ones((4, 6), np.bool_))

    assert bounds([line]) == [20.25, 10.25, 25.75, 13.75]
    assert line[0] == line[-1]
    assert set(line) == {(20.25, 10.25), (20.25, 13.75), (25.75, 13.75), (25.75, 10.25)}


def test_that_a_large_one_is_outlined_through_its_outermost_pixels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "DOUBLED_PIXELS", 0)

    assert bounds(outlines(10, 20, np.ones((4, 6), np.bool_))) == [
        20.5,
        10.5,
        25.5,
        13.5,
    ]


def test_that_a_hole_has_its_own_line_after_the_outer_one() -> None:
    where = discs(30)
    where[38:43, 38:43] = False

    outer, inner = outlines(0, 0, where)

    assert bounds([outer]) == [10.25, 10.25, 70.75, 70.75]
    left, top, right, bottom = bounds([inner])
    assert 37 <= left < 38.5 < 42.5 < right <= 44
    assert 37 <= top < 38.5 < 42.5 < bottom <= 44


def test_that_a_very_large_mask_is_looked_at_in_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    where = np.zeros((64, 256), np.bool_)
    where[8:40, 16:240] = True
    # Every eighth pixel of a row, and every eighth row.
    monkeypatch.setattr(module, "LOOKED_AT_PIXELS", where.size // 64)
    seen: list[tuple[int, int]] = []
    found = module._cv.findContours

    class Cv:
        @staticmethod
        def findContours(mask: Any, *args: Any) -> Any:
            seen.append(mask.shape)
            return found(mask, *args)

        resize = module._cv.resize

    monkeypatch.setattr(module, "_cv", Cv)

    lines = outlines(100, 200, where)

    assert seen == [(8, 32)]
    assert np.allclose(bounds(lines), [216, 108, 440, 140], atol=8)


def test_that_in_steps_a_single_pixel_is_still_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LOOKED_AT_PIXELS", 64)
    where = np.zeros((64, 64), np.bool_)
    where[33, 50] = True

    assert np.allclose(bounds(outlines(0, 0, where)), [50, 33, 50, 33], atol=8)


def test_that_an_outline_with_too_many_points_becomes_coarser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fine = outlines(0, 0, discs(36))
    monkeypatch.setattr(module, "MOST_POINTS", 60)

    (line,) = outlines(0, 0, discs(36))

    assert points_of(fine)[0] > 60
    assert 8 <= points_of([line])[0] <= 30
    assert np.allclose(bounds([line]), [4, 4, 77, 77], atol=8)


def test_that_lines_are_left_out_that_would_be_too_many_points(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    where = discs(30, 30, 30, 0)
    each = points_of(outlines(0, 0, discs(30)))[0]
    (dot,) = points_of(outlines(0, 0, discs(0)))
    # Two of the discs and half of the third; the dot still goes in.
    monkeypatch.setattr(module, "MOST_POINTS", each * 5 // 2)

    lines = outlines(0, 0, where)

    assert points_of(lines) == [each, each, dot]


def test_that_only_the_longest_lines_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    where = discs(0, 30, 8, 20)
    monkeypatch.setattr(module, "MOST_LINES", 3)

    lines = outlines(0, 0, where)

    # The middles of the discs, by their size.
    middles = [(bounds([line])[0] + bounds([line])[2]) / 2 for line in lines]
    assert middles == [120.5, 280.5, 200.5]


def line(points: int, at: float = 0.0) -> tuple[tuple[float, float], ...]:
    return tuple((at, float(n)) for n in range(points))


def test_that_of_many_lines_the_longest_are_drawn_as_far_as_points_reach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_POINTS", 10)
    lines = [line(2, 1.0), line(5, 2.0), line(3, 3.0), line(4, 4.0)]

    # 5 and 4 points leave one: no line of 3 or of 2.
    assert most_visible(iter(lines)) == (lines[1], lines[3])
    monkeypatch.setattr(module, "MOST_POINTS", 11)
    assert most_visible(lines) == (lines[1], lines[3], lines[0])
    monkeypatch.setattr(module, "MOST_LINES", 1)
    assert most_visible(lines) == (lines[1],)
    assert most_visible([]) == ()
