"""Which image pixel a device pixel shows: compared with plain fractions, pixel by pixel."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chromask.drawing import sampling
from chromask.drawing.sampling import Axis, sample

HALF = Fraction(1, 2)

floats = st.floats(1 / 512, 64).map(Fraction)
ratios = st.fractions(Fraction(1, 60), 64, max_denominator=64)
zooms = st.one_of(floats, ratios, st.sampled_from([Fraction(0.1), Fraction(1)]))
offsets = st.one_of(
    st.fractions(-50_000, 5_000, max_denominator=16),
    st.floats(-(2.0**23), 2.0**12).map(Fraction),
)


@given(zoom=zooms, offset=offsets, first=st.integers(-40, 9000))
@example(zoom=Fraction(1), offset=HALF, first=0)
@example(zoom=Fraction(0.1), offset=Fraction(3), first=0)
@example(zoom=Fraction(3), offset=HALF + Fraction(1, 2**70), first=0)
def test_that_a_device_pixel_shows_the_pixel_its_middle_is_in(
    zoom: Fraction, offset: Fraction, first: int
) -> None:
    axis = Axis(zoom, offset)
    expected = [floor((d + HALF - offset) / zoom) for d in range(first, first + 30)]
    assert axis.indices(first, 30).tolist() == expected
    assert [axis.index(d) for d in range(first, first + 30)] == expected


@given(zoom=zooms, offset=offsets, index=st.integers(-40, 60_000))
def test_that_the_first_device_pixel_is_where_a_pixel_begins(
    zoom: Fraction, offset: Fraction, index: int
) -> None:
    first = Axis(zoom, offset).first(index)
    assert first == ceil(offset + index * zoom - HALF)


@given(
    zoom=zooms,
    offset=st.fractions(-500, 500, max_denominator=16),
    size=st.integers(1, 700),
)
def test_that_an_image_is_shown_from_its_first_pixel_to_its_last(
    zoom: Fraction, offset: Fraction, size: int
) -> None:
    begin, end = Axis(zoom, offset).shown(size, 300)
    inside = [d for d in range(300) if 0 <= (d + HALF - offset) / zoom < size]
    assert list(range(begin, end)) == inside


@given(zoom=zooms, offset=offsets, device=st.integers(-40, 9000))
@example(zoom=Fraction(1), offset=Fraction(1, 2**70), device=7)
@example(zoom=Fraction(2), offset=-Fraction(2**60 - 1, 2**60) / 2, device=7)
def test_that_the_middle_of_a_device_pixel_is_in_the_pixel_that_it_shows(
    zoom: Fraction, offset: Fraction, device: int
) -> None:
    axis = Axis(zoom, offset)
    middle = axis.middle(device)
    assert floor(middle) == floor((device + HALF - offset) / zoom)
    assert middle == pytest.approx(float((device + HALF - offset) / zoom), rel=1e-9)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32])
@pytest.mark.parametrize("channels", [(), (3,)])
@given(
    zooms=st.tuples(*[st.sampled_from([0.07, 0.5, 0.9, 1.0, 1.5, 3.0])] * 2),
    starts=st.tuples(st.integers(0, 30), st.integers(0, 30)),
    band=st.sampled_from([1, 500, 1 << 18]),
)
def test_that_pixels_are_taken_by_the_numbers_of_their_rows_and_columns(
    dtype: type,
    channels: tuple[int, ...],
    zooms: tuple[float, float],
    starts: tuple[int, int],
    band: int,
) -> None:
    shape = (90, 110, *channels)
    pixels = np.arange(np.prod(shape)).reshape(shape).astype(dtype)
    numbers: list[np.ndarray] = []
    for zoom, start, size in zip(zooms, starts, shape, strict=False):
        each = Axis(Fraction(zoom), Fraction(-start))
        numbers.append(each.indices(0, min(each.first(size), 40)))
    rows, cols = numbers
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampling, "BAND_BYTES", band)
        found = sample(pixels, rows, cols)
    assert found.dtype == dtype
    assert np.array_equal(found, pixels[np.ix_(rows, cols)])


def test_that_nothing_sampled_is_empty() -> None:
    none, one = np.empty(0, np.intp), np.zeros(1, np.intp)
    assert sample(np.zeros((3, 4, 3), np.uint8), none, one).shape == (0, 1, 3)
    assert sample(np.zeros((3, 4), np.uint8), one, none).shape == (1, 0)


def test_that_sides_beyond_16_bits_are_sampled() -> None:
    indices = np.zeros((2, 70_000), np.uint8)
    indices[:, 69_000:] = 7
    axis = Axis(Fraction(1, 70))
    found = sample(indices, np.zeros(1, np.intp), axis.indices(0, 1000))
    assert (found[0] == np.where(np.arange(1000) * 70 + 35 >= 69_000, 7, 0)).all()
