"""Masks read from a PNG's rows, without its pixels, against what was written by the book."""

from __future__ import annotations

import zlib
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chromask.media import mask as mask_module
from chromask.media import png_rows, read_mask
from chromask.media.decode import decode_png
from chromask.media.png import Chunk, parse_png
from chromask.pixels import runs
from chromask.pixels.plane import expand
from pngs import (
    KIND_IDS,
    KINDS,
    PALETTE,
    chunk,
    make_png,
    palette_of,
    plane_of,
    random_samples,
)

SUB, UP, AVERAGE, PAETH = 1, 2, 3, 4


def no_decoder(*_args, **_options):
    raise AssertionError("a decoder was asked for a plain file")


def written(folder, samples, kind, **how):
    palette = chunk(b"PLTE", PALETTE[: 2 ** kind[1]].tobytes())
    how.setdefault("before", palette if kind[0] == "P" else b"")
    path = folder / "mask.png"
    path.write_bytes(make_png(samples, kind, **how))
    return path


def assert_same(plane, samples, kind):
    expected = plane_of(samples, kind, palette_of(kind))
    assert plane.format == expected.format
    assert plane.indices.dtype == expected.indices.dtype
    assert plane.indices.flags.writeable
    assert np.array_equal(plane.indices, expected.indices)
    assert np.array_equal(plane.table, expected.table)
    assert np.array_equal(plane.pixels, expected.pixels)


@st.composite
def drawings(draw):
    """Draw noise and runs, with rows filtered in any order."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    top = 2 ** kind[1] if kind[0] != "P" else min(16, 2 ** kind[1])
    shape = (*draw(hnp.array_shapes(min_dims=2, max_dims=2, max_side=24)), 1)
    shape = (*shape[:2], KINDS[kind][1])
    numbers = st.sampled_from([0, top - 1]) | st.integers(0, top - 1)
    samples = draw(hnp.arrays(np.int64, shape, elements=numbers, fill=numbers))
    samples = samples.repeat(draw(st.integers(1, 4)), axis=draw(st.integers(0, 1)))
    filters = draw(st.lists(st.integers(0, 4), min_size=1, max_size=9))
    return samples, kind, filters


@given(drawings(), st.integers(1, 300), st.integers(1, 60), st.sampled_from((0, 200)))
def test_that_every_kind_and_filter_gives_the_exact_plane(
    tmp_path_factory, drawn, band, part, gap
):
    samples, kind, filters = drawn
    folder = tmp_path_factory.getbasetemp()
    path = written(folder, samples, kind, filters=filters, part=part)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "BAND_PIXELS", band)
        patch.setattr(png_rows, "_GAP_BYTES", gap)
        patch.setattr(mask_module, "decode_png", no_decoder)
        plane = read_mask(path, uri="mask.png")

    assert_same(plane, samples, kind)


@pytest.mark.parametrize("kind", KINDS, ids=KIND_IDS)
def test_that_the_decoders_read_the_same(kind, tmp_path):
    rng = np.random.default_rng(3)
    samples = rng.integers(0, 2 ** min(kind[1], 4), (40, 30, KINDS[kind][1]))
    samples = samples.repeat(3, axis=1)
    path = written(tmp_path, samples, kind, filters=(SUB, UP, PAETH, AVERAGE, 0))

    decoded = decode_png(parse_png(path.read_bytes(), uri="mask.png"), uri="mask.png")

    plane = read_mask(path, uri="mask.png")
    assert np.array_equal(expand(plane, 0, plane.rows), decoded.pixels)


@pytest.mark.parametrize(
    ("kind", "full"), [(("1", 1), 24), (("L", 2), 20), (("P", 2), 20), (("L", 4), 18)]
)
def test_that_what_fills_a_rows_last_byte_is_no_pixel(kind, full, tmp_path):
    samples = np.zeros((9, full, 1), int)
    samples[:, 5:] = 1
    samples[:, 17:] = random_samples(kind, (9, full - 17))
    path = written(tmp_path, samples, kind, size=(9, 17))

    assert_same(read_mask(path, uri="mask.png"), samples[:, :17], kind)


def test_that_an_interlaced_mask_is_decoded(tmp_path):
    # Seven passes of one pixel each or none: an interlaced PNG of 1 x 1 is its one row.
    data = bytearray(make_png(np.array([[[1, 2, 3]]]), ("RGB", 8)))
    data[28] = 1
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path = tmp_path / "mask.png"
    path.write_bytes(data)

    assert read_mask(path, uri="mask.png").value(0) == (1, 2, 3)


def test_that_most_rows_of_a_mask_need_no_decoder(tmp_path, monkeypatch):
    samples = np.repeat(np.arange(40).reshape(1, 40, 1), 900, axis=0).repeat(9, axis=1)
    path = written(tmp_path, samples, ("L", 8), filters=(UP,) * 299 + (PAETH,))
    decoded = []
    imdecode = cv2.imdecode

    def counting(data, flags):
        decoded.append(imdecode(data, flags))
        return decoded[-1]

    monkeypatch.setattr(cv2, "imdecode", counting)
    plane = read_mask(path, uri="mask.png")

    assert_same(plane, samples, ("L", 8))
    assert [len(part) for part in decoded] == [2, 2, 2]  # the row above, and the row


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(zlib.compress(b"\x05abc" * 2), id="an unknown filter"),
        pytest.param(zlib.compress(b"\0abc"), id="a row too few"),
        pytest.param(zlib.compress(b"\0abc" * 3), id="a row too many"),
        pytest.param(zlib.compress(b"\0abc" * 2)[:-1], id="no end"),
        pytest.param(zlib.compress(b"\0abc" * 2)[:-4] + b"1234", id="a wrong checksum"),
        pytest.param(b"no stream at all", id="no stream"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_that_a_damaged_stream_is_left_to_the_decoders(stream):
    png = parse_png(make_png(np.zeros((2, 1, 3), int), ("RGB", 8)), uri="mask.png")
    png = replace(png, chunks=(Chunk(b"IDAT", stream),))

    with pytest.raises(png_rows.NotPlainError):
        list(png_rows.differences(png))


@pytest.mark.parametrize("each", [1, 2, 3, 4, 6, 8])
def test_that_rows_of_one_value_are_one_run_each(each):
    rows = np.zeros((7, 50 * each), np.uint8)
    rows[:, :each] = 9

    band = runs.read_differences(rows, each, 2 if each > 4 else 1)

    assert band.lengths.tolist() == [50] * 7
