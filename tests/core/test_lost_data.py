"""Pixels whose data is not in the file are damage: named, never shown as grey or zeros."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PIL import TiffImagePlugin

from chromask.errors import MediaError
from chromask.media import load_mask, load_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS, COLS = 200, 300


def picture(mode: str) -> PilImage.Image:
    """Give slanted stripes of many colours, the same in every row of blocks."""
    row, col = np.mgrid[:ROWS, :COLS]
    bands = [(row * k + col * 3) % 200 + 20 for k in (1, 2, 3)]
    rgb = PilImage.fromarray(np.dstack(bands).astype(np.uint8))
    return rgb.quantize(16) if mode == "P" else rgb.convert(mode)


def coded(mode: str, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture(mode).save(out, kind, **options)
    return out.getvalue()


def refusal(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "damaged"
    path.write_bytes(data)
    for load in (load_mask, load_source):
        with pytest.raises(MediaError) as caught:
            load(path, uri="shown")
    return caught.value.problem.seen


def opens(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "whole"
    path.write_bytes(data)
    assert load_source(path, uri="shown").pixels.shape[:2] == (ROWS, COLS)


def cut_jpeg(data: bytes, kept: float) -> bytes:
    """Take the end of the coded pixels out, and let the end marker stand."""
    start = data.index(b"\xff\xda")
    end = int(start + (len(data) - start) * kept)
    while data[end - 1] == 0xFF:
        end -= 1
    return data[:end] + b"\xff\xd9"


JPEGS: list[dict[str, Any]] = [
    {},
    {"progressive": True},
    {"restart_marker_rows": 1},
    {"restart_marker_blocks": 5},
    {"subsampling": 0},
    {"optimize": True},
]


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("options", JPEGS, ids=str)
def test_that_a_jpeg_whose_data_ends_early_is_named(
    tmp_path: Path, mode: str, options: dict[str, Any]
) -> None:
    data = coded(mode, "JPEG", quality=90, **options)
    opens(tmp_path, data)
    opens(tmp_path, data + b"more behind its end")
    for kept in (0.5, 0.9):
        assert "damaged or cut off" in refusal(tmp_path, cut_jpeg(data, kept))


def test_that_the_rows_without_data_are_named(tmp_path: Path) -> None:
    data = cut_jpeg(coded("L", "JPEG"), 0.5)
    assert "no data for rows 96 to 199" in refusal(tmp_path, data)


def test_that_a_restart_interval_without_data_is_found_in_the_middle(
    tmp_path: Path,
) -> None:
    data = coded("RGB", "JPEG", restart_marker_rows=1)
    start, end = data.index(b"\xff\xd3") + 2, data.index(b"\xff\xd4")
    seen = refusal(tmp_path, data[: start + 9] + data[end:])
    assert "no data for rows 64 to 79" in seen


def test_that_a_progressive_jpeg_without_its_last_scans_is_named(
    tmp_path: Path,
) -> None:
    data = coded("RGB", "JPEG", progressive=True)
    scans = [n for n in range(len(data)) if data[n : n + 2] == b"\xff\xda"]
    seen = refusal(tmp_path, data[: scans[-1]] + b"\xff\xd9")
    assert "last scans are missing" in seen


@pytest.mark.parametrize("scan", range(1, 10))
@pytest.mark.parametrize("fill", ["zeros", "random"])
def test_that_an_end_of_a_progressive_jpeg_that_is_overwritten_is_named(
    tmp_path: Path, fill: str, scan: int
) -> None:
    data = coded("RGB", "JPEG", progressive=True)
    # Inside the table of codes that is before the scan.
    at = [n for n in range(len(data)) if data[n : n + 2] == b"\xff\xda"][scan] - 9
    size = len(data) - 2 - at
    junk = np.random.default_rng(scan).integers(0, 255, size, np.uint8).tobytes()
    filled = data[:at] + (bytes(size) if fill == "zeros" else junk) + b"\xff\xd9"
    assert "damaged or cut off" in refusal(tmp_path, filled)


def test_that_bytes_between_the_segments_of_a_jpeg_are_skipped(tmp_path: Path) -> None:
    data = coded("RGB", "JPEG")
    at = data.index(b"\xff\xdb")
    opens(tmp_path, data[:at] + b"\0\1\xff\0\2" + data[at:])


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("options", JPEGS, ids=str)
def test_that_a_grey_picture_is_not_taken_for_damage(
    tmp_path: Path, mode: str, options: dict[str, Any]
) -> None:
    out = io.BytesIO()
    color = 128 if mode == "L" else (128, 128, 128)
    PilImage.new(mode, (COLS, ROWS), color).save(out, "JPEG", **options)
    opens(tmp_path, out.getvalue())


# -- TIFF: tags are found and overwritten by hand


def tag_place(data: bytes, tag: int) -> tuple[int, str, int]:
    """Give where the numbers of a tag are: (offset, kind, count)."""
    start = struct.unpack_from("<I", data, 4)[0]
    for n in range(struct.unpack_from("<H", data, start)[0]):
        place = start + 2 + 12 * n
        found, kind, count = struct.unpack_from("<HHI", data, place)
        if found == tag:
            letter = {3: "H", 4: "I"}[kind]
            is_inline = count * struct.calcsize(letter) <= 4
            at = (
                place + 8 if is_inline else struct.unpack_from("<I", data, place + 8)[0]
            )
            return at, letter, count
    raise AssertionError(tag)


def numbers(data: bytes, tag: int) -> tuple[int, ...]:
    at, letter, count = tag_place(data, tag)
    return struct.unpack_from(f"<{count}{letter}", data, at)


def with_number(data: bytes, tag: int, index: int, value: int) -> bytes:
    at, letter, _ = tag_place(data, tag)
    copy = bytearray(data)
    struct.pack_into(f"<{letter}", copy, at + index * struct.calcsize(letter), value)
    return bytes(copy)


TIFFS = [
    ("L", "tiff_lzw"),
    ("L", "packbits"),
    ("RGB", "tiff_adobe_deflate"),
    ("RGB", "jpeg"),
    ("P", "zstd"),
    ("1", "group3"),
    ("1", "group4"),
    ("L", "lzma"),
]
CUTS: dict[str, Callable[[bytes, int], bytes]] = {
    "offset 0": lambda data, last: with_number(data, 273, last, 0),
    "no byte": lambda data, last: with_number(data, 279, last, 0),
    "half": lambda data, last: with_number(
        data, 279, last, numbers(data, 279)[last] // 2
    ),
    "beyond the end": lambda data, last: with_number(data, 273, last, len(data) - 3),
    "more rows": lambda data, _: with_number(data, 257, 0, ROWS + 300),
}


@pytest.mark.parametrize(("mode", "coder"), TIFFS)
@pytest.mark.parametrize("cut", CUTS)
def test_that_a_tiff_without_all_its_strips_is_named(
    tmp_path: Path, mode: str, coder: str, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TiffImagePlugin, "STRIP_SIZE", 2048)
    data = coded(mode, "TIFF", compression=coder)
    opens(tmp_path, data)
    last = len(numbers(data, 273)) - 1
    assert last > 0
    assert "damaged or cut off" in refusal(tmp_path, CUTS[cut](data, last))


def plain_tiff(
    rows: int, strips: list[int], held: int, *, counts: bool = True
) -> bytes:
    """Write a grey TIFF of strips of 16 rows by hand, with the bytes of so many rows."""
    pixels = bytes(range(1, 101)) * held
    tags = [(256, [100]), (257, [rows]), (258, [8]), (259, [1]), (262, [1]), (277, [1])]
    tags += [(278, [16]), (273, strips)]
    tags += [(279, [1600] * len(strips))] if counts else []
    body = bytearray(b"II*\0" + bytes(4) + pixels)
    entries = b""
    for tag, values in sorted(tags):
        place = struct.pack("<I", values[0])
        if len(values) > 1:
            place = struct.pack("<I", len(body))
            body += struct.pack(f"<{len(values)}I", *values)
        entries += struct.pack("<HHI", tag, 4, len(values)) + place
    struct.pack_into("<I", body, 4, len(body))
    return bytes(body) + struct.pack("<H", len(tags)) + entries + bytes(4)


def split_tiff(table: list[tuple[int, int]], *, tiled: bool) -> bytes:
    """Write 64 x 64 pixels by hand: grey in tiles of 32 x 32, or three planes of a strip."""
    tags = [(256, [64]), (257, [64]), (258, [8]), (259, [1])]
    offsets, counts = [at for at, _ in table], [size for _, size in table]
    if tiled:
        tags += [(262, [1]), (277, [1]), (322, [32]), (323, [32])]
        tags += [(324, offsets), (325, counts)]
    else:
        tags[2] = (258, [8, 8, 8])
        tags += [(262, [2]), (273, offsets), (277, [3]), (278, [64]), (279, counts)]
        tags += [(284, [2])]
    body = bytearray(b"II*\0" + bytes(4) + bytes(range(1, 129)) * 96)
    entries = b""
    for tag, values in tags:
        place = struct.pack("<I", values[0])
        if len(values) > 1:
            place = struct.pack("<I", len(body))
            body += struct.pack(f"<{len(values)}I", *values)
        entries += struct.pack("<HHI", tag, 4, len(values)) + place
    struct.pack_into("<I", body, 4, len(body))
    return bytes(body) + struct.pack("<H", len(tags)) + entries + bytes(4)


TILES = [(8 + 1024 * n, 1024) for n in range(4)]
PLANES = [(8 + 4096 * n, 4096) for n in range(3)]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (TILES[:2], "2 of its 4 tiles .* rows 32 to 63"),
        ([*TILES[:3], (0, 1024)], "1 of its 4 tiles .* rows 32 to 63"),
        ([(0, 0), *TILES[1:]], "1 of its 4 tiles .* rows 0 to 31"),
        ([TILES[0], (1032, 900), *TILES[2:]], "1 of its 4 tiles .* rows 0 to 31"),
        ([*TILES[:3], (10**6, 1024)], "1 of its 4 tiles .* rows 32 to 63"),
        (PLANES[:1], "2 of its 3 strips .* rows 0 to 63"),
        ([*PLANES[:2], (0, 4096)], "1 of its 3 strips .* rows 0 to 63"),
        ([PLANES[0], (4104, 4000), PLANES[2]], "1 of its 3 strips .* rows 0 to 63"),
    ],
)
def test_that_missing_tiles_and_planes_of_a_tiff_are_named(
    tmp_path: Path, table: list[tuple[int, int]], said: str
) -> None:
    tiled = "tiles" in said
    path = tmp_path / "m.tif"
    path.write_bytes(split_tiff(TILES if tiled else PLANES, tiled=tiled))
    assert load_source(path, uri="m").pixels.shape[:2] == (64, 64)
    path.write_bytes(split_tiff(table, tiled=tiled))
    for load in (load_mask, load_source):
        with pytest.raises(MediaError, match=said):
            load(path, uri="m")


STRIPS = [8 + 1600 * n for n in range(4)]


@pytest.mark.parametrize(
    ("rows", "strips", "said"),
    [
        (80, STRIPS, "1 of its 5 strips are missing or cut off, in rows 64 to 79"),
        (
            64,
            [*STRIPS[:3], 0],
            "1 of its 4 strips are missing or cut off, in rows 48 to 63",
        ),
        (64, [STRIPS[0], 0, 0, STRIPS[3]], "2 of its 4 strips .* rows 16 to 47"),
        (64, [*STRIPS[:3], 10**7], "rows 48 to 63"),
        (4000, STRIPS, "in rows 64 to 3999"),
    ],
)
def test_that_the_rows_of_missing_strips_are_named(
    tmp_path: Path, rows: int, strips: list[int], said: str
) -> None:
    path = tmp_path / "m.tif"
    path.write_bytes(plain_tiff(rows, strips, 64))
    for load in (load_mask, load_source):
        with pytest.raises(MediaError, match=said):
            load(path, uri="m")


@pytest.mark.parametrize("counts", [True, False])
def test_that_an_honest_tiff_written_by_hand_opens(
    tmp_path: Path, counts: bool
) -> None:
    path = tmp_path / "m.tif"
    path.write_bytes(plain_tiff(64, STRIPS, 64, counts=counts))
    assert (load_source(path, uri="m").pixels == np.arange(1, 101)).all()
    path.write_bytes(plain_tiff(60, STRIPS, 64, counts=counts))
    assert load_source(path, uri="m").pixels.shape == (60, 100)


# -- PNG


def png(kind: int, depth: int, rows: int, *, interlaced: bool = False) -> bytes:
    """Write a PNG of 40 x 40 pixels with the data of so many rows."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    bits = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind] * depth
    raw = (b"\0" + b"\x11" * ((40 * bits + 7) // 8)) * rows
    header = struct.pack(">IIBBBBB", 40, 40, depth, kind, 0, 0, interlaced)
    palette = chunk(b"PLTE", bytes(3 * 2**depth)) if kind == 3 else b""
    pixels = chunk(b"IDAT", zlib.compress(raw))
    end = chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + palette + pixels + end


@pytest.mark.parametrize(
    ("kind", "depth"),
    [(0, 1), (0, 4), (0, 8), (0, 16), (2, 8), (3, 2), (3, 8), (4, 8), (6, 8)],
)
def test_that_a_png_without_all_its_rows_is_named(
    tmp_path: Path, kind: int, depth: int
) -> None:
    path = tmp_path / "whole.png"
    path.write_bytes(png(kind, depth, 40))
    assert load_source(path, uri="a").pixels.shape[:2] == (40, 40)
    for data in (png(kind, depth, 20), png(kind, depth, 10, interlaced=True)):
        assert "damaged or cut off" in refusal(tmp_path, data)


# -- the others: their decoders refuse, and must go on to


def gif_without_its_last_blocks() -> bytes:
    data = coded("P", "GIF")
    start = data.index(b"\x2c\0\0\0\0") + 10
    start += 3 * (2 << (data[start - 1] & 7)) if data[start - 1] & 128 else 0
    place, blocks = start + 1, []
    while data[place]:
        blocks.append(data[place : place + 1 + data[place]])
        place += 1 + data[place]
    assert len(blocks) > 3
    return data[: start + 1] + b"".join(blocks[: len(blocks) // 2]) + data[place:]


def webp_half(**options: Any) -> bytes:
    data = bytearray(coded("RGB", "WEBP", **options))
    del data[len(data) // 2 :]
    struct.pack_into("<I", data, 4, len(data) - 8)
    struct.pack_into("<I", data, 16, len(data) - 20)
    return bytes(data)


@pytest.mark.parametrize(
    "make",
    [
        gif_without_its_last_blocks,
        webp_half,
        lambda: webp_half(lossless=True),
        lambda: coded("RGB", "BMP")[:-700],
        lambda: coded("P", "BMP")[:-700],
    ],
)
def test_that_half_of_another_format_is_named(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    assert "damaged or cut off" in refusal(tmp_path, make())
