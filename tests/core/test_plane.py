"""Planes: exact values, counts, claims, and the way back to the file's pixels."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chromask.errors import EditError
from chromask.pixels.plane import MaskFormat, build_plane, expand, look_up
from chromask.pixels.runs import BAND_PIXELS, index_type

CHANNELS = {
    "1": 1,
    "L": 1,
    "LA": 2,
    "RGB": 3,
    "RGBA": 4,
    "I;16": 1,
    "LA;16": 2,
    "RGB;16": 3,
    "RGBA;16": 4,
}


def format_of(mode: str, bit_depth: int | None = None) -> MaskFormat:
    is_wide = mode.endswith(";16")
    depth = bit_depth or {"1": 1}.get(mode, 16 if is_wide else 8)
    return MaskFormat("PNG", mode, depth, CHANNELS[mode], 65535 if is_wide else 255)


def plane_of(mode: str, rows: list[tuple[int, ...]], bit_depth: int | None = None):
    """Build a plane of one row whose pixels are the values given."""
    kind = format_of(mode, bit_depth)
    pixels = np.array([rows], np.uint16 if kind.maximum > 255 else np.uint8)
    return build_plane(pixels[:, :, 0] if kind.channels == 1 else pixels, kind)


def palette_plane(indices, palette):
    palette = np.array(palette, np.uint8)
    kind = MaskFormat("PNG", "P", 8, palette.shape[1], 255)
    return build_plane(np.array(indices, np.uint8), kind, palette)


def claimed(plane, value) -> list[tuple[int, ...]]:
    return sorted(plane.value(int(index)) for index in plane.claimed_by(value))


@st.composite
def masks(draw):
    """Draw pixels of any mode: runs of few values, or noise."""
    mode = draw(st.sampled_from(sorted(set(CHANNELS) - {"1"})))
    kind = format_of(mode)
    dtype = np.uint16 if kind.maximum > 255 else np.uint8
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=2, max_side=24))
    if kind.channels > 1:
        shape = (*shape, kind.channels)
    few = st.sampled_from([0, 1, 255, kind.maximum, kind.maximum - 1])
    elements = few if draw(st.booleans()) else None
    return draw(hnp.arrays(dtype, shape, elements=elements)), kind


@given(masks())
def test_that_a_plane_expands_to_the_pixels_it_was_built_from(drawn):
    pixels, kind = drawn

    plane = build_plane(pixels, kind)

    whole = expand(plane, 0, plane.rows)
    assert whole.dtype == pixels.dtype
    assert np.array_equal(whole, pixels)
    values, counts = np.unique(
        pixels.reshape(-1, kind.channels), axis=0, return_counts=True
    )
    order = np.lexsort(plane.table.T[::-1])
    assert np.array_equal(plane.table[order], values)
    assert np.array_equal(plane.pixels[order], counts)
    assert plane.table.shape == (len(values), kind.channels)


@given(masks(), st.data())
def test_that_a_band_of_rows_expands_like_the_whole(drawn, data):
    pixels, kind = drawn
    plane = build_plane(pixels, kind)
    r0 = data.draw(st.integers(0, plane.rows))
    r1 = data.draw(st.integers(r0, plane.rows))

    assert np.array_equal(expand(plane, r0, r1), pixels[r0:r1])


@pytest.mark.parametrize("shape", [(1, 700_001), (700_001, 1), (1100, 900)])
@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA;16"])
def test_that_bands_join_without_a_seam(shape, mode):
    kind = format_of(mode)
    rng = np.random.default_rng(3)
    values = rng.integers(0, kind.maximum + 1, (40, kind.channels))
    lengths = rng.integers(1, 9000, 800)
    which = np.repeat(rng.integers(0, 40, 800), lengths)[: shape[0] * shape[1]]
    which = np.resize(which, shape)
    pixels = values.astype(np.uint16 if kind.maximum > 255 else np.uint8)[which]
    if kind.channels == 1:
        pixels = pixels[:, :, 0]
    assert which.size > 2 * BAND_PIXELS

    plane = build_plane(pixels, kind)

    assert np.array_equal(expand(plane, 0, plane.rows), pixels)
    assert plane.pixels.sum() == which.size
    assert np.array_equal(plane.pixels, np.bincount(plane.indices.ravel()))


@pytest.mark.parametrize(
    ("count", "dtype"),
    [(256, np.uint8), (257, np.uint16), (65_536, np.uint16), (65_537, np.uint32)],
)
def test_that_indices_take_the_smallest_type_that_holds_them(count, dtype):
    numbers = np.arange(count, dtype=np.uint32)[np.newaxis]
    pixels = np.stack([numbers & 255, numbers >> 8 & 255, numbers >> 16], axis=2)

    plane = build_plane(pixels.astype(np.uint8), format_of("RGB"))

    assert plane.indices.dtype == dtype == index_type(count)
    assert len(plane.table) == count
    assert np.array_equal(expand(plane, 0, 1), pixels)


def test_that_noise_takes_memory_in_proportion_to_its_pixels():
    rng = np.random.default_rng(5)
    pixels = rng.integers(0, 65536, (1000, 1000, 4), np.uint16)

    tracemalloc.start()
    plane = build_plane(pixels, format_of("RGBA;16"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(plane.table) == 1_000_000
    assert peak < 80 * plane.indices.size
    assert np.array_equal(expand(plane, 0, 1000), pixels)


def test_that_a_piecewise_constant_mask_takes_little_more_memory_than_its_plane():
    pixels = np.zeros((4000, 1000, 4), np.uint8)
    pixels[1000:, 300:] = (9, 9, 9, 255)

    tracemalloc.start()
    plane = build_plane(pixels, format_of("RGBA"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2 * plane.indices.nbytes


def test_that_pixels_which_are_not_contiguous_are_read_as_they_look():
    pixels = np.arange(6 * 8 * 3, dtype=np.uint8).reshape(6, 8, 3)[::2, ::-1]

    plane = build_plane(pixels, format_of("RGB"))

    assert np.array_equal(expand(plane, 0, 3), pixels)


def test_that_a_palette_keeps_unused_and_equal_entries_apart():
    plane = palette_plane([[0, 2, 2]], [(5, 5, 5), (7, 7, 7), (5, 5, 5)])

    assert plane.table.tolist() == [[5, 5, 5], [7, 7, 7], [5, 5, 5]]
    assert plane.pixels.tolist() == [1, 0, 2]
    assert plane.indices.tolist() == [[0, 2, 2]]
    assert expand(plane, 0, 1).tolist() == [[0, 2, 2]]


def test_that_an_index_beyond_the_palette_is_opaque_black():
    plane = palette_plane([[0, 3]], [(5, 5, 5, 0), (7, 7, 7, 1)])

    assert plane.table.tolist()[2:] == [[0, 0, 0, 255], [0, 0, 0, 255]]
    assert plane.pixels.tolist() == [1, 0, 0, 1]


RGB_ROWS = [(1, 2, 3), (1, 2, 4), (255, 0, 0)]
RGBA_ROWS = [(1, 2, 3, 0), (1, 2, 3, 255), (0, 0, 0, 0)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param((1, 2, 3), [(1, 2, 3)], id="exactly"),
        pytest.param((1, 2, 5), [], id="absent"),
        pytest.param((1, 2, -1), [(1, 2, 3), (1, 2, 4)], id="any-blue"),
        pytest.param((-1, -1, -1), sorted(RGB_ROWS), id="any"),
        pytest.param((1, 2, 3, 255), [(1, 2, 3)], id="opaque"),
        pytest.param((1, 2, 3, -1), [(1, 2, 3)], id="any-alpha"),
        pytest.param((1, 2, 3, 0), [], id="transparent"),
        pytest.param((257, 2, 3), [], id="out-of-range"),
        pytest.param((-2, 2, 3), [], id="below-any"),
        pytest.param((1,), [], id="one-number"),
        pytest.param((1, 2), [], id="two-numbers"),
        pytest.param((), [], id="nothing"),
        pytest.param((1, 2, 3, 255, 0), [], id="five-numbers"),
    ],
)
def test_that_a_value_claims_rgb(value, expected):
    assert claimed(plane_of("RGB", RGB_ROWS), value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param((1, 2, 3), [(1, 2, 3, 0), (1, 2, 3, 255)], id="three-every-alpha"),
        pytest.param((1, 2, 3, 255), [(1, 2, 3, 255)], id="four-one-alpha"),
        pytest.param((1, 2, 3, 0), [(1, 2, 3, 0)], id="four-alpha-0"),
        pytest.param((1, 2, 3, 7), [], id="four-absent"),
        pytest.param((-1, -1, -1, 0), [(0, 0, 0, 0), (1, 2, 3, 0)], id="alpha-alone"),
    ],
)
def test_that_a_value_claims_rgba(value, expected):
    assert claimed(plane_of("RGBA", RGBA_ROWS), value) == expected


def test_that_a_value_claims_all_palette_entries_of_its_colour():
    plane = palette_plane([[0]], [(5, 6, 7), (1, 1, 1), (5, 6, 7)])

    assert plane.claimed_by((5, 6, 7)).tolist() == [0, 2]
    assert plane.claimed_by((5, 6, 7, 255)).tolist() == [0, 2]
    assert plane.claimed_by((5,)).tolist() == []


def test_that_four_numbers_claim_a_palette_entry_by_its_alpha():
    plane = palette_plane([[0]], [(5, 6, 7, 0), (5, 6, 7, 255)])

    assert plane.claimed_by((5, 6, 7, 0)).tolist() == [0]
    assert plane.claimed_by((5, 6, 7)).tolist() == [0, 1]


@pytest.mark.parametrize("mode", ["L", "I;16"])
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ((7, 7, 7), [(7,)]),
        ((7,), [(7,)]),
        ((7, 7, -1), [(7,)]),
        ((-1,), [(0,), (7,)]),
        ((7, 7, 8), []),
        ((7, 7), []),
    ],
)
def test_that_a_value_claims_a_grey_level(mode, value, expected):
    assert claimed(plane_of(mode, [(0,), (7,)]), value) == expected


def test_that_a_value_claims_16_bit_grey_up_to_its_maximum():
    plane = plane_of("I;16", [(255,), (65535,)])

    assert claimed(plane, (65535, 65535, 65535)) == [(65535,)]
    assert claimed(plane, (255, 255, 255)) == [(255,)]
    assert claimed(plane, (65535, 65535, 65535, 65535)) == [(65535,)]
    assert claimed(plane, (65535, 65535, 65535, 255)) == []


def test_that_1_bit_masks_are_claimed_by_black_and_white():
    plane = plane_of("1", [(0,), (255,)])

    assert claimed(plane, (0, 0, 0)) == [(0,)]
    assert claimed(plane, (255, 255, 255)) == [(255,)]
    assert claimed(plane, (1, 1, 1)) == []


@pytest.mark.parametrize("mode", ["LA", "LA;16"])
def test_that_grey_with_alpha_is_claimed_by_grey_and_alpha(mode):
    plane = plane_of(mode, [(9, 0), (9, 200), (1, 200)])

    assert claimed(plane, (9, 9, 9, 200)) == [(9, 200)]
    assert claimed(plane, (9, 9, 9)) == [(9, 0), (9, 200)]
    assert claimed(plane, (9,)) == [(9, 0), (9, 200)]
    assert claimed(plane, (-1, -1, -1, 200)) == [(1, 200), (9, 200)]


HOLDS = [
    ("RGB", 8, (1, 2, 3)),
    ("RGB", 8, (1, 2, 3, 255)),
    ("RGBA", 8, (1, 2, 3)),
    ("RGBA", 8, (1, 2, 3, 0)),
    ("L", 8, (7,)),
    ("L", 8, (7, 7, 7)),
    ("L", 2, (85, 85, 85)),
    ("L", 4, (17, 17, 17)),
    ("1", 1, (255, 255, 255)),
    ("LA", 8, (7, 7, 7, 9)),
    ("I;16", 16, (65535, 65535, 65535)),
    ("RGB;16", 16, (65535, 0, 1)),
]


@pytest.mark.parametrize(("mode", "depth", "value"), HOLDS)
def test_that_a_held_value_is_claimed_by_itself(mode, depth, value):
    plane = plane_of(mode, [(0,) * CHANNELS[mode]], depth)

    assert plane.can_hold(value) is None
    plane.table = plane.table.copy()
    plane.table[0] = plane.encode_value(value)
    assert plane.claimed_by(value).tolist() == [0]


@pytest.mark.parametrize(
    ("mode", "depth", "value", "reason"),
    [
        ("RGB", 8, (1, 2, -1), "any"),
        ("RGB", 8, (1, 2, 256), "0 to 255"),
        ("RGB", 8, (1, 2, -7), "0 to 255"),
        ("RGB", 8, (1, 2), "3 or 4"),
        ("RGB", 8, (1,), "3 or 4"),
        ("RGB", 8, (1, 2, 3, 4), "no alpha"),
        ("L", 8, (1, 2, 3), "grey"),
        ("L", 8, (1, 1, 1, 4), "no alpha"),
        ("L", 2, (80, 80, 80), "0, 85, 170, 255"),
        ("1", 1, (1, 1, 1), "0, 255"),
        ("I;16", 16, (65536,) * 3, "0 to 65535"),
        ("LA", 8, (1, 2, 1, 4), "grey"),
    ],
)
def test_that_a_value_which_the_mode_cannot_hold_is_refused(mode, depth, value, reason):
    plane = plane_of(mode, [(0,) * CHANNELS[mode]], depth)

    assert reason in str(plane.can_hold(value))
    with pytest.raises(EditError, match="cannot hold"):
        plane.encode_value(value)


def test_that_a_recoloured_entry_keeps_its_alpha_unless_it_is_named():
    plane = plane_of("RGBA", [(1, 2, 3, 40)])

    assert plane.encode_value((9, 8, 7), like=(1, 2, 3, 40)) == (9, 8, 7, 40)
    assert plane.encode_value((9, 8, 7, 5), like=(1, 2, 3, 40)) == (9, 8, 7, 5)
    assert plane.encode_value((9, 8, 7)) == (9, 8, 7, 255)


def test_that_a_recoloured_entry_merges_with_its_like_in_the_file():
    plane = plane_of("RGB", RGB_ROWS)
    table = plane.table.copy()
    table[:] = (4, 4, 4)

    merged = expand(replace(plane, table=table), 0, 1)

    assert merged.tolist() == [[[4, 4, 4]] * 3]


def test_that_colours_to_show_are_8_bit_rgba():
    assert plane_of("I;16", [(0x1234,)]).rgba().tolist() == [[0x12, 0x12, 0x12, 255]]
    assert plane_of("LA", [(9, 4)]).rgba().tolist() == [[9, 9, 9, 4]]
    assert plane_of("RGBA;16", [(256, 512, 768, 65535)]).rgba().tolist() == [
        [1, 2, 3, 255]
    ]
    assert palette_plane([[0]], [(1, 2, 3)]).rgba().tolist() == [[1, 2, 3, 255]]
    assert plane_of("LA", [(9, 4)]).rgb(0) == (9, 9, 9)


@pytest.mark.parametrize("indices", [np.uint8, np.uint16, np.uint32])
@pytest.mark.parametrize("values", ["u1", "u2", "u4", "u8"])
def test_that_values_are_looked_up_exactly(values, indices):
    table = np.random.default_rng(5).bytes(256 * np.dtype(values).itemsize)
    table = np.frombuffer(table, values)
    where = np.arange(256, dtype=indices).reshape(4, 64)

    found = look_up(table, where)

    assert found.dtype == table.dtype
    assert np.array_equal(found, table[where])
    assert np.array_equal(look_up(table[:3], where[:1, :3]), table[where[:1, :3]])
    assert look_up(table, where[:0]).shape == (0, 64)
