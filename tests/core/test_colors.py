"""CIEDE2000 as published, palettes that can be told apart, and the colours of numbers."""

from __future__ import annotations

import numpy as np
import pytest

from chromask import colors

# Sharma, Wu, Dalal 2005, table 1: two Lab colours and their difference.
SHARMA = """
50.0000 2.6772 -79.7751 50.0000 0.0000 -82.7485 2.0425
50.0000 3.1571 -77.2803 50.0000 0.0000 -82.7485 2.8615
50.0000 2.8361 -74.0200 50.0000 0.0000 -82.7485 3.4412
50.0000 -1.3802 -84.2814 50.0000 0.0000 -82.7485 1.0000
50.0000 -1.1848 -84.8006 50.0000 0.0000 -82.7485 1.0000
50.0000 -0.9009 -85.5211 50.0000 0.0000 -82.7485 1.0000
50.0000 0.0000 0.0000 50.0000 -1.0000 2.0000 2.3669
50.0000 -1.0000 2.0000 50.0000 0.0000 0.0000 2.3669
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0009 7.1792
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0010 7.1792
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0011 7.2195
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0012 7.2195
50.0000 -0.0010 2.4900 50.0000 0.0009 -2.4900 4.8045
50.0000 -0.0010 2.4900 50.0000 0.0010 -2.4900 4.8045
50.0000 -0.0010 2.4900 50.0000 0.0011 -2.4900 4.7461
50.0000 2.5000 0.0000 50.0000 0.0000 -2.5000 4.3065
50.0000 2.5000 0.0000 73.0000 25.0000 -18.0000 27.1492
50.0000 2.5000 0.0000 61.0000 -5.0000 29.0000 22.8977
50.0000 2.5000 0.0000 56.0000 -27.0000 -3.0000 31.9030
50.0000 2.5000 0.0000 58.0000 24.0000 15.0000 19.4535
50.0000 2.5000 0.0000 50.0000 3.1736 0.5854 1.0000
50.0000 2.5000 0.0000 50.0000 3.2972 0.0000 1.0000
50.0000 2.5000 0.0000 50.0000 1.8634 0.5757 1.0000
50.0000 2.5000 0.0000 50.0000 3.2592 0.3350 1.0000
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731
35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373
36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441
90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082
"""
PAIRS = np.array([line.split() for line in SHARMA.split("\n") if line], np.float64)
EYES = ("protan", "deutan", "tritan")


def least_difference(shown: np.ndarray) -> float:
    apart = colors.difference(shown[:, None], shown[None])
    np.fill_diagonal(apart, np.inf)
    return float(apart.min())


def test_that_ciede2000_gives_the_published_numbers_both_ways() -> None:
    there = colors.ciede2000(PAIRS[:, :3], PAIRS[:, 3:6])
    back = colors.ciede2000(PAIRS[:, 3:6], PAIRS[:, :3])

    assert np.round(there, 4).tolist() == PAIRS[:, 6].tolist()
    assert np.round(back, 4).tolist() == PAIRS[:, 6].tolist()


def test_that_lab_of_srgb_is_as_published_for_the_primaries() -> None:
    rgb = [[255, 255, 255], [255, 0, 0], [0, 0, 255], [0, 0, 0]]
    expected = [[100, 0, 0], [53.24, 80.09, 67.20], [32.30, 79.19, -107.86], [0, 0, 0]]

    assert colors.lab(rgb) == pytest.approx(np.array(expected), abs=0.02)


def test_that_colour_blind_eyes_keep_grey_and_lose_red_from_green() -> None:
    assert colors.seen_by([128, 128, 128], "deutan") == pytest.approx([128] * 3, abs=1)
    red, green = (220, 60, 60), (110, 130, 50)
    usual = float(colors.difference(red, green))
    blind = colors.difference(
        colors.seen_by(red, "deutan"), colors.seen_by(green, "deutan")
    )
    assert float(blind) < usual / 2


@pytest.mark.parametrize("name", ["distinct", "safe"])
def test_that_the_stored_palette_is_what_the_function_builds(
    name: colors.PaletteName,
) -> None:
    assert (colors.build_palette(name) == colors.palette_table(name)).all()


def test_that_colours_of_a_palette_are_far_apart_for_all_eyes() -> None:
    distinct, safe = colors.palette_table("distinct"), colors.palette_table("safe")

    assert len(distinct) >= 64
    assert least_difference(distinct) > 8
    assert least_difference(distinct[:16]) > 18
    for eyes in EYES:
        assert least_difference(colors.seen_by(safe[:16], eyes)) > 10
        assert least_difference(colors.seen_by(safe, eyes)) > 4
        assert least_difference(colors.seen_by(distinct, eyes)) > 3.9


def test_that_equal_numbers_have_equal_colours_and_neighbours_differ() -> None:
    numbers = np.arange(400)
    shown = colors.display_colors(numbers)
    steps = colors.difference(shown[1:], shown[:-1])

    assert (shown == colors.display_colors(numbers[::-1])[::-1]).all()
    assert shown[:64].tolist() == colors.palette_table("distinct").tolist()
    assert float(steps.min()) > 8
    assert colors.display_colors([65535, 10**9]).max(axis=1).min() > 100


def test_that_the_farthest_candidate_is_found_and_a_taken_one_never() -> None:
    candidates = [(255, 0, 0), (250, 5, 5), (0, 0, 255)]

    assert colors.farthest_color(candidates, [(255, 0, 0)]) == 2
    assert colors.farthest_color(candidates[:1], [(255, 0, 0)]) is None
    assert colors.farthest_color(np.empty((0, 3)), []) is None
