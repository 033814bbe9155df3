"""How images are shown: windows of 16 bits, brightness, contrast and gamma as tables."""

from __future__ import annotations

import numpy as np
import pytest

from chromask.drawing.tone import Tone, auto_window, tone_table

FULL = (0, 255)


def test_that_the_plain_tone_changes_nothing() -> None:
    assert tone_table(Tone(), 255, FULL).tolist() == list(range(256))


@pytest.mark.parametrize(
    ("tone", "at", "expected"),
    [
        (Tone(brightness=0.5), 100, 228),
        (Tone(brightness=-1.0), 255, 0),
        (Tone(contrast=1.0), 100, 45),
        (Tone(contrast=-1.0), 7, 128),
        (Tone(gamma=2.0), 64, 128),
        (Tone(window=(50, 150)), 50, 0),
        (Tone(window=(50, 150)), 100, 128),
        (Tone(window=(50, 150)), 200, 255),
    ],
)
def test_that_each_part_of_a_tone_does_what_it_says(
    tone: Tone, at: int, expected: int
) -> None:
    assert abs(int(tone_table(tone, 255, FULL)[at]) - expected) <= 1


def test_that_8_bits_are_shown_whole_and_16_bits_as_used() -> None:
    assert auto_window(np.full((4, 4), 9, np.uint8)) == (0, 255)
    ramp = np.linspace(1000, 5000, 10_000).astype(np.uint16).reshape(100, 100)
    low, high = auto_window(ramp)
    assert 1000 <= low < 1050
    assert 4950 < high <= 5000
    table = tone_table(Tone(), 65535, (low, high))
    assert (table[low], table[high], len(table)) == (0, 255, 65536)


def test_that_one_level_and_a_dark_image_have_a_window() -> None:
    assert auto_window(np.full((4, 4), 700, np.uint16)) == (0, 700)
    assert auto_window(np.zeros((4, 4), np.uint16)) == (0, 1)


def test_that_a_window_of_16_bits_is_not_put_on_8_bits() -> None:
    deep = Tone(window=(100, 40_000))
    assert (tone_table(deep, 255, FULL) == tone_table(Tone(), 255, FULL)).all()
