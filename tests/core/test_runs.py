"""Runs of pixels, joined and numbered, against numpy's own way to find distinct values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chromask.pixels import runs
from chromask.pixels.runs import Band, index_type, join, pack, read_differences


def assert_joined(bands, *, keep_all=False):
    keys = [
        each.keys if each.lengths is None else each.keys.repeat(each.lengths)
        for each in bands
    ]
    pixels = np.concatenate(keys)
    values, where, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    if keep_all:
        values, where = np.arange(256), pixels
        counts = np.bincount(pixels, minlength=256)

    indices, found, pixels_each = join(bands, keep_all=keep_all)

    assert indices.dtype == index_type(len(values))
    assert np.array_equal(indices, where)
    assert found.dtype == bands[0].keys.dtype
    assert np.array_equal(found, values)
    assert pixels_each.dtype == np.int64
    assert np.array_equal(pixels_each, counts)


@st.composite
def bands_of_keys(draw):
    """Draw bands of few or many values, as runs or as pixels."""
    kind = np.dtype(draw(st.sampled_from(("u1", "u2", "u4", "u8"))))
    top = int(np.iinfo(kind).max)
    numbers = draw(
        st.sampled_from((st.integers(0, top), st.sampled_from([0, 1, 7, top])))
    )
    bands = []
    for _ in range(draw(st.integers(1, 4))):
        size = draw(st.integers(1, 40))
        keys = draw(hnp.arrays(kind, size, elements=numbers, fill=numbers))
        lengths = draw(hnp.arrays(np.intp, size, elements=st.integers(1, 5)))
        bands.append(Band(keys, draw(st.sampled_from((None, lengths)))))
    return bands


@given(bands_of_keys())
def test_that_joined_bands_give_every_value_and_its_pixels(bands):
    assert_joined(bands)


@given(bands_of_keys().filter(lambda bands: bands[0].keys.itemsize == 1))
def test_that_indices_of_a_palette_stay_as_they_are(bands):
    assert_joined(bands, keep_all=True)


@pytest.mark.parametrize("kind", ["u2", "u4", "u8"])
def test_that_many_values_are_told_apart(kind):
    rng = np.random.default_rng(7)
    top = min(np.iinfo(kind).max, 1 << 40)
    values = rng.integers(0, top, 70_000, endpoint=True).astype(kind)

    assert_joined([Band(rng.choice(values, 30_000), None) for _ in range(8)])


def test_that_values_which_all_fall_into_one_slot_are_told_apart(monkeypatch):
    fills = []
    fill = runs._Numbers._fill
    monkeypatch.setattr(
        runs._Numbers, "_fill", lambda *args: (fills.append(args), fill(*args))
    )
    back = pow(runs._FACTOR, -1, 1 << 64)
    keys = np.array([back * n % (1 << 64) for n in range(500)], np.uint64)

    assert_joined([Band(keys, None), Band(keys[::-1].copy(), None)])
    assert len(fills) == 2


@st.composite
def differences(draw):
    """Draw rows of differences: mostly none, or any."""
    each, sample = draw(
        st.sampled_from(
            ((1, 1), (2, 1), (3, 1), (4, 1), (2, 2), (4, 2), (6, 2), (8, 2))
        )
    )
    rows, cols = draw(st.integers(1, 6)), draw(st.integers(1, 120))
    numbers = draw(st.sampled_from((st.just(0), st.integers(0, 255))))
    elements = st.integers(0, 255)
    shape = (rows, cols, each)
    return draw(hnp.arrays(np.uint8, shape, elements=elements, fill=numbers)), sample


@given(differences())
def test_that_differences_are_summed_byte_by_byte_along_each_row(drawn):
    parts, sample = drawn
    pixels = np.cumsum(parts, axis=1, dtype=np.uint64).astype(np.uint8)
    if sample == 2:
        pixels = pixels.view(">u2").astype(np.uint16)
    expected = pack(pixels)

    band = read_differences(parts.reshape(len(parts), -1), parts.shape[2], sample)

    found = band.keys if band.lengths is None else band.keys.repeat(band.lengths)
    assert found.dtype == expected.dtype
    assert np.array_equal(found, expected)
