"""The PNG writer against a slow reader of the test's own, Pillow and OpenCV."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from chromask.errors import MediaError
from chromask.media import encode_new_png, read_mask, write_png
from chromask.media import png as png_module
from chromask.media.png import parse_png
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
    read_png,
)


@st.composite
def drawings(draw):
    kind = draw(st.sampled_from(sorted(KINDS)))
    shape = (*draw(hnp.array_shapes(min_dims=2, max_dims=2, max_side=20)), 1)
    top = 2 ** kind[1] if kind[0] != "P" else min(16, 2 ** kind[1])
    numbers = st.sampled_from([0, top - 1]) | st.integers(0, top - 1)
    shape = (*shape[:2], KINDS[kind][1])
    return draw(hnp.arrays(np.int64, shape, elements=numbers)), kind


@given(drawings())
def test_that_a_new_png_holds_the_samples_of_its_plane(drawn):
    samples, kind = drawn

    data = encode_new_png(plane_of(samples, kind, palette_of(kind)))

    head, read = read_png(data)
    depth = 8 if kind[0] == "P" else kind[1]
    assert head[:4] == (samples.shape[1], samples.shape[0], depth, KINDS[kind][0])
    assert np.array_equal(read, samples)


@given(drawings())
def test_that_reading_and_writing_back_keeps_samples_mode_and_depth(
    tmp_path_factory, drawn
):
    samples, kind = drawn
    palette = chunk(b"PLTE", PALETTE[: 2 ** kind[1]].tobytes())
    original = make_png(samples, kind, before=palette if kind[0] == "P" else b"")
    path = tmp_path_factory.getbasetemp() / "mask.png"
    path.write_bytes(original)

    plane = read_mask(path, uri="mask.png")

    assert (plane.format.mode, plane.format.bit_depth) == kind
    head, read = read_png(write_png(plane, original))
    assert head == read_png(original)[0]
    assert np.array_equal(read, samples)


@pytest.mark.parametrize("kind", KINDS, ids=KIND_IDS)
def test_that_bands_of_rows_join_into_one_image(kind, monkeypatch):
    samples = np.repeat(random_samples(kind, (40, 13)), 3, axis=0)[:97]
    samples = samples % 4 if kind[1] > 1 else samples
    plane = plane_of(samples, kind, palette_of(kind))
    monkeypatch.setattr(png_module, "BAND_BYTES", 60)

    assert np.array_equal(read_png(encode_new_png(plane))[1], samples)


FILTERS = [
    pytest.param(kind, rows, id=f"{kind[0]}-{kind[1]}-{rows.name}")
    for kind in KINDS
    for rows in png_module._Filter
    # Packed samples are never filtered by the sample to their left.
    if rows.name != "SUB" and (kind[1] >= 8 or rows.name != "SUB_OR_UP")
]


@pytest.mark.parametrize(("kind", "rows"), FILTERS)
def test_that_every_filter_is_exact(kind, rows, monkeypatch):
    monkeypatch.setattr(png_module, "_choose", lambda _: rows)
    samples = random_samples(kind, (30, 17), values=2)
    samples[5:9] = samples[4]
    plane = plane_of(samples, kind, palette_of(kind))

    assert np.array_equal(read_png(encode_new_png(plane))[1], samples)


@pytest.mark.parametrize("kind", KINDS, ids=KIND_IDS)
def test_that_other_readers_see_the_same_pixels(kind):
    samples = random_samples(kind)
    if kind[0] == "P":
        samples %= len(palette_of(kind))
    plane = plane_of(samples, kind, palette_of(kind))

    data = write_png(plane)

    pixels = expand(plane, 0, plane.rows)
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
    if kind[1] <= 8:
        read = np.asarray(picture)
        assert np.array_equal(
            np.where(read, 255, 0) if kind[1] == 1 and kind[0] == "1" else read, pixels
        )
    else:
        read = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        if read.ndim == 3:
            order = {2: [0, 3], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[samples.shape[2]]
            read = read[:, :, order]
        assert np.array_equal(read, pixels)


ANCILLARY = (
    chunk(b"gAMA", struct.pack(">I", 45455)),
    chunk(b"tEXt", b"Comment\0made by hand"),
    chunk(b"iTXt", b"Title\0\0\0de\0Titel\0Stra\xc3\x9fe"),
    chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1)),
    chunk(b"eXIf", b"II*\0\x08\0\0\0\0\0\0\0\0\0"),
    chunk(b"prVt", b"\x00\xffprivate"),
)


def names(data: bytes) -> list[bytes]:
    return [each.name for each in parse_png(data, uri="").chunks]


def test_that_ancillary_chunks_stay_in_place_byte_by_byte():
    kind = ("RGB", 8)
    samples = random_samples(kind)
    original = make_png(
        samples,
        kind,
        before=b"".join(ANCILLARY[:5]) + chunk(b"tRNS", bytes(6)),
        end=ANCILLARY[5] + chunk(b"tIME", bytes(7)),
    )
    plane = plane_of(255 - samples, kind)

    written = write_png(plane, original)

    assert np.array_equal(read_png(written)[1], 255 - samples)
    for each in ANCILLARY:
        assert each in written
    assert [name for name in names(written) if name != b"IDAT"] == [
        name for name in names(original) if name != b"IDAT"
    ]
    assert names(written)[-3:] == [b"prVt", b"tIME", b"IEND"]
    before = names(original).index(b"IDAT")
    assert names(written)[before] == b"IDAT"


def test_that_a_repainted_palette_is_written_and_the_indices_stay():
    kind = ("P", 4)
    samples = random_samples(kind)
    original = make_png(
        samples,
        kind,
        before=chunk(b"PLTE", PALETTE.tobytes()),
        after=chunk(b"tRNS", b"\x05\x06") + ANCILLARY[1],
    )
    png = parse_png(original, uri="")
    plane = plane_of(samples, kind, png.palette())
    table = plane.table.copy()
    table[3] = plane.encode_value((200, 100, 50), like=table[3])

    written = write_png(replace(plane, table=table), original)

    changed = parse_png(written, uri="")
    assert changed.palette()[3].tolist() == [200, 100, 50, 255]
    assert np.array_equal(np.delete(changed.palette(), 3, 0), np.delete(table, 3, 0))
    assert np.array_equal(read_png(written)[1], samples)
    assert ANCILLARY[1] in written


def test_that_an_unchanged_palette_keeps_its_chunks_byte_by_byte():
    kind = ("P", 4)
    samples = random_samples(kind)
    chunks = chunk(b"PLTE", PALETTE.tobytes()), chunk(b"tRNS", b"\x05\x06")
    original = make_png(samples, kind, before=b"".join(chunks))
    plane = plane_of(samples, kind, parse_png(original, uri="").palette())

    written = write_png(plane, original)

    assert all(each in written for each in chunks)


def test_that_repainting_merges_two_values_in_the_file():
    kind = ("RGBA", 8)
    samples = random_samples(kind, values=2)
    original = make_png(samples, kind)
    plane = plane_of(samples, kind)
    table = np.zeros_like(plane.table)

    written = write_png(replace(plane, table=table), original)

    assert not read_png(written)[1].any()


def test_that_an_original_of_another_mode_is_refused():
    original = make_png(random_samples(("RGB", 8)), ("RGB", 8))
    plane = plane_of(random_samples(("L", 8)), ("L", 8))

    with pytest.raises(MediaError, match=r"m\.png.*load it again"):
        write_png(plane, original, uri="m.png")


def test_that_masks_are_written_as_small_as_by_pillow():
    picture = np.zeros((800, 1200, 3), np.uint8)
    rng = np.random.default_rng(2)
    for _ in range(200):
        x, y, r = rng.integers(0, 1200), rng.integers(0, 800), rng.integers(5, 90)
        color = [int(c) for c in rng.integers(0, 256, 3)]
        cv2.circle(picture, (int(x), int(y)), int(r), color, -1)
    kinds = {("RGB", 8): picture, ("L", 8): picture[:, :, :1]}
    kinds["RGBA", 8] = np.dstack([picture, np.full((800, 1200), 255, np.uint8)])
    kinds["1", 1] = picture[:, :, :1] // 128

    for kind, pixels in kinds.items():
        shown = Image.fromarray((pixels * (255 if kind[1] == 1 else 1)).squeeze())
        theirs = io.BytesIO()
        shown.convert(kind[0]).save(theirs, "PNG")
        ours = encode_new_png(plane_of(pixels, kind))
        assert len(ours) <= 1.05 * len(theirs.getvalue()), kind


def test_that_a_palette_mask_of_one_object_is_written_as_small_as_by_pillow():
    # Rows that repeat want no filter: its byte before each row would cut every run.
    indices = cv2.circle(np.zeros((480, 720), np.uint8), (300, 200), 90, 1, -1)
    picture = Image.fromarray(indices)
    picture.putpalette(PALETTE.tobytes())
    theirs = io.BytesIO()
    picture.save(theirs, "PNG", bits=8)

    ours = encode_new_png(plane_of(indices[:, :, None], ("P", 8), PALETTE))

    assert len(ours) <= 1.05 * len(theirs.getvalue())


def _broken() -> dict[str, bytes]:
    kind = ("RGB", 8)
    whole = make_png(random_samples(kind), kind)
    idat = whole.index(b"IDAT")
    palette = make_png(random_samples(("P", 8)), ("P", 8))
    return {
        "signature-only": whole[:8],
        "no-end": whole[:-12],
        "in-a-chunk": whole[: idat + 20],
        "flipped-bit": whole[: idat + 9] + b"\x55" + whole[idat + 10 :],
        "no-palette": palette,
        "no-pixels": whole[: idat - 4] + whole[-12:],
        "no-header": whole[:8] + whole[33:],
        "no-such-depth": make_png(random_samples(("L", 8)), ("L", 8)).replace(
            b"\x08\x00\x00\x00\x00", b"\x07\x00\x00\x00\x00", 1
        ),
        "zero-size": make_png(random_samples(kind), kind, size=(0, 5)),
        "bomb": make_png(random_samples(kind), kind, size=(30_000, 30_000)),
        "huge": make_png(random_samples(kind), kind, size=(1 << 20, 1 << 20)),
    }


@pytest.mark.parametrize("name", _broken())
def test_that_a_broken_png_is_refused_by_name(name):
    with pytest.raises(MediaError, match=r"^broken\.png: .*") as caught:
        parse_png(_broken()[name], uri="broken.png")

    assert caught.value.problem.hint
