"""Masks from every kind of file: exact values, and a message for what cannot be one."""

from __future__ import annotations

import os
import struct
import threading
import zlib

import numpy as np
import pytest
from PIL import Image

from chromask.errors import MediaError
from chromask.media import encode_new_png, load_mask, read_mask, read_mask_file
from chromask.media.sniff import container_of
from chromask.pixels.plane import expand

RNG = np.random.default_rng(7)
RGBA = RNG.integers(0, 3, (30, 40, 4), np.uint8) * 100
RGBA[:, :20, 3] = 0  # colours under full transparency are values like any other
RGB = np.ascontiguousarray(RGBA[:, :, :3])
GREY = np.ascontiguousarray(RGBA[:, :, 0])
GREY_ALPHA = np.ascontiguousarray(RGBA[:, :, [0, 3]])
WIDE = GREY.astype(np.uint16) * 300 + 1
BITS = np.where(GREY > 50, 255, 0).astype(np.uint8)
PALETTE = Image.fromarray(RGB).quantize(9)


def tiff(
    pixels, *, tile=None, strip=None, deflate=False, extra=None, order="<", **tags
):
    """Write a TIFF by its specification: (rows, cols, samples) uint8 or uint16, chunky."""
    rows, cols, samples = pixels.shape
    depth = pixels.dtype.itemsize * 8
    data = pixels.astype(pixels.dtype.newbyteorder(order))
    if tile:
        full = np.zeros((-(-rows // tile) * tile, -(-cols // tile) * tile, samples))
        full = full.astype(data.dtype)
        full[:rows, :cols] = data
        parts = [
            full[r : r + tile, c : c + tile].tobytes()
            for r in range(0, rows, tile)
            for c in range(0, cols, tile)
        ]
        layout = {322: [tile], 323: [tile]}
    else:
        strip = strip or rows
        parts = [data[r : r + strip].tobytes() for r in range(0, rows, strip)]
        layout = {278: [strip]}
    if deflate:
        parts = [zlib.compress(part) for part in parts]
    offsets, body = [], b""
    for part in parts:
        offsets.append(8 + len(body))
        body += part
    numbers = {256: [cols], 257: [rows], 258: [depth] * samples}
    numbers |= {259: [8 if deflate else 1], 262: [2 if samples > 2 else 1]}
    numbers |= {277: [samples], 284: [1], **layout}
    numbers |= {324 if tile else 273: offsets}
    numbers |= {325 if tile else 279: [len(part) for part in parts]}
    if extra is not None:
        numbers[338] = [extra]
    numbers |= {int(key[1:]): value for key, value in tags.items()}
    return _with_tags(body, numbers, order)


def _with_tags(body: bytes, numbers: dict[int, list[int]], order: str) -> bytes:
    start = 8 + len(body)
    entries, tail = b"", b""
    tail_start = start + 2 + 12 * len(numbers) + 4
    for tag in sorted(numbers):
        values = numbers[tag]
        kind = "H" if max(values) < 65536 and tag not in (273, 279, 324, 325) else "I"
        packed = struct.pack(f"{order}{len(values)}{kind}", *values)
        if len(packed) > 4:
            packed, tail = (
                struct.pack(order + "I", tail_start + len(tail)),
                tail + packed,
            )
        code = 3 if kind == "H" else 4
        entries += struct.pack(order + "HHI", tag, code, len(values))
        entries += packed.ljust(4, b"\0")
    magic = struct.pack(order + "2sHI", {"<": b"II", ">": b"MM"}[order], 42, start)
    count = struct.pack(order + "H", len(numbers))
    return magic + body + count + entries + bytes(4) + tail


def saved(tmp_path, name, picture, **options):
    path = tmp_path / name
    if isinstance(picture, bytes):
        path.write_bytes(picture)
    else:
        if isinstance(picture, np.ndarray):
            picture = Image.fromarray(picture)
        picture.save(path, **options)
    return path


def pixels_of(path):
    plane = read_mask(path, uri=path.name)
    return expand(plane, 0, plane.rows)


def outcome(path):
    """Give the pixels of a mask and None, or None and the problem."""
    try:
        return pixels_of(path), None
    except MediaError as error:
        return None, error.problem


BY_PILLOW = {
    "1": (Image.fromarray(BITS).convert("1"), BITS),
    "L": (Image.fromarray(GREY), GREY),
    "P": (PALETTE, np.asarray(PALETTE)),
    "RGB": (Image.fromarray(RGB), RGB),
    "RGBA": (Image.fromarray(RGBA), RGBA),
    "I;16": (Image.fromarray(WIDE), WIDE),
}
BY_PILLOW["LA"] = (
    Image.merge("LA", [Image.fromarray(GREY), Image.fromarray(RGBA[:, :, 3].copy())]),
    GREY_ALPHA,
)


@pytest.mark.parametrize("mode", BY_PILLOW)
def test_that_a_png_gives_its_exact_values(mode, tmp_path):
    picture, pixels = BY_PILLOW[mode]
    path = saved(tmp_path, "m.png", picture)

    plane = read_mask(path, uri="m.png")

    assert plane.format.mode == mode
    assert plane.format.container == "PNG"
    assert not plane.format.lossy
    assert np.array_equal(expand(plane, 0, plane.rows), pixels)


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_deflate", "packbits"])
@pytest.mark.parametrize("mode", BY_PILLOW)
def test_that_a_tiff_gives_its_exact_values(mode, compression, tmp_path):
    picture, pixels = BY_PILLOW[mode]
    path = saved(tmp_path, "m.tif", picture, compression=compression)

    plane = read_mask(path, uri="m.tif")

    assert plane.format.mode == mode
    assert np.array_equal(expand(plane, 0, plane.rows), pixels)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("deflate", [False, True])
@pytest.mark.parametrize("layout", [{}, {"strip": 7}, {"tile": 16}])
@pytest.mark.parametrize(
    ("pixels", "extra"),
    [
        pytest.param(GREY[:, :, None], None, id="L"),
        pytest.param(WIDE[:, :, None], None, id="I16"),
        pytest.param(RGB, None, id="RGB"),
        pytest.param(RGBA, 0, id="RGBA-unspecified"),
        pytest.param(RGBA, 1, id="RGBA-associated"),
        pytest.param(RGBA, 2, id="RGBA"),
        pytest.param(GREY_ALPHA, 1, id="LA-associated"),
        pytest.param(RGB.astype(np.uint16) * 257 + 1, None, id="RGB16"),
        pytest.param(RGBA.astype(np.uint16) * 257 + 1, 1, id="RGBA16"),
    ],
)
def test_that_strips_tiles_and_alpha_of_a_tiff_are_read_as_data(
    pixels, extra, layout, deflate, order, tmp_path
):
    data = tiff(pixels, extra=extra, deflate=deflate, order=order, **layout)

    read = pixels_of(saved(tmp_path, "m.tif", data))

    assert read.dtype == pixels.dtype
    assert np.array_equal(read, pixels.squeeze())


@pytest.mark.parametrize("orientation", range(2, 9))
def test_that_a_mask_is_read_as_stored_however_it_says_to_be_turned(
    orientation, tmp_path
):
    turned = saved(tmp_path, "m.tif", tiff(RGB, t274=[orientation]))

    loaded = read_mask_file(turned, uri="m.tif")

    assert np.array_equal(expand(loaded.plane, 0, 30), RGB)
    assert f"orientation {orientation}" in loaded.problems[0].seen


def test_that_a_webp_is_exact_where_it_is_lossless(tmp_path):
    lossless = saved(tmp_path, "a.webp", RGBA, lossless=True, exact=True)
    lossy = saved(tmp_path, "b.webp", RGBA, quality=90)

    plane = read_mask(lossless, uri="a.webp")

    assert np.array_equal(expand(plane, 0, 30), RGBA)
    assert not plane.format.lossy
    assert read_mask(lossy, uri="b.webp").format.lossy


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_that_a_bmp_gives_its_exact_values(mode, tmp_path):
    picture, pixels = BY_PILLOW[mode]

    assert np.array_equal(pixels_of(saved(tmp_path, "m.bmp", picture)), pixels)


def test_that_a_gif_gives_its_palette_with_the_transparent_entry(tmp_path):
    path = saved(tmp_path, "m.gif", PALETTE, transparency=2)

    plane = read_mask(path, uri="m.gif")

    with Image.open(path) as picture:
        expected = np.asarray(picture.convert("RGBA"))
    assert np.array_equal(plane.table[plane.indices], expected)
    assert plane.format.mode == "P"


def test_that_a_jpeg_is_read_and_marked_lossy(tmp_path):
    path = saved(tmp_path, "m.jpg", RGB)

    plane = read_mask(path, uri="m.jpg")

    with Image.open(path) as picture:
        assert np.array_equal(expand(plane, 0, 30), np.asarray(picture))
    assert plane.format.lossy


def test_that_colour_keys_gamma_and_profiles_change_no_value(tmp_path):
    from PIL import ImageCms, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add(b"gAMA", struct.pack(">I", 10_000))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    path = tmp_path / "m.png"
    Image.fromarray(RGB).save(
        path, pnginfo=info, transparency=(100, 100, 100), icc_profile=profile
    )

    assert np.array_equal(pixels_of(path), RGB)
    assert read_mask_file(path, uri="m.png").problems == ()


@pytest.mark.parametrize("dtype", [np.int32, np.float32])
def test_that_32_bit_numbers_which_fit_16_bits_are_exact(dtype, tmp_path):
    path = saved(tmp_path, "m.tif", Image.fromarray(WIDE.astype(dtype)))

    loaded = read_mask_file(path, uri="m.tif")

    assert np.array_equal(expand(loaded.plane, 0, 30), WIDE)
    assert loaded.plane.format.mode == "I;16"
    assert [problem.severity for problem in loaded.problems] == ["note"]


@pytest.mark.parametrize(
    "pixels",
    [
        WIDE.astype(np.float32) / 2,
        WIDE.astype(np.int32) - 2,
        WIDE.astype(np.int32) * 1000,
        np.full((4, 4), np.nan, np.float32),
    ],
    ids=["fractions", "negative", "large", "nan"],
)
def test_that_numbers_which_no_mask_has_are_refused(pixels, tmp_path):
    path = saved(tmp_path, "m.tif", Image.fromarray(pixels))

    with pytest.raises(MediaError, match=r"m\.tif: .*32-bit.*16-bit image"):
        read_mask(path, uri="m.tif")


def test_that_a_tiff_layout_which_cannot_be_read_exactly_is_refused(tmp_path):
    path = saved(tmp_path, "m.tif", tiff(GREY_ALPHA.astype(np.uint16), extra=2))

    with pytest.raises(MediaError, match=r"m\.tif: .*16-bit PNG"):
        read_mask(path, uri="m.tif")


@pytest.mark.parametrize("container", ["GIF", "TIFF", "WEBP", "PNG"])
def test_that_the_first_of_several_pictures_is_read_with_a_warning(container, tmp_path):
    first, second = Image.fromarray(RGB), Image.fromarray(255 - RGB)
    if container == "GIF":
        first, second = PALETTE, PALETTE.transpose(Image.Transpose.ROTATE_180)
    options = {"lossless": True} if container == "WEBP" else {}
    path = tmp_path / f"m.{container.lower()}"
    first.save(path, container, save_all=True, append_images=[second], **options)

    loaded = read_mask_file(path, uri=path.name)

    table = loaded.plane.table[:, :3]
    assert np.array_equal(table[loaded.plane.indices], np.asarray(first.convert("RGB")))
    assert [problem.severity for problem in loaded.problems] == ["warning"]
    assert "more than one picture" in loaded.problems[0].seen


@pytest.mark.parametrize("mode", BY_PILLOW)
def test_that_a_mask_of_another_kind_is_written_as_the_same_png(mode, tmp_path):
    picture, pixels = BY_PILLOW[mode]
    plane = read_mask(saved(tmp_path, "m.tif", picture), uri="m.tif")

    written = saved(tmp_path, "m.png", encode_new_png(plane))

    again = read_mask(written, uri="m.png")
    assert again.format.mode == plane.format.mode
    assert np.array_equal(expand(again, 0, again.rows), pixels)
    assert np.array_equal(again.table, plane.table)


FILES = {
    "png": ("PNG", RGBA, {}),
    "palette.png": ("PNG", PALETTE, {}),
    "jpg": ("JPEG", RGB, {}),
    "raw.tif": ("TIFF", RGB, {}),
    "lzw.tif": ("TIFF", RGBA, {"compression": "tiff_lzw"}),
    "bmp": ("BMP", RGB, {}),
    "webp": ("WEBP", RGBA, {"lossless": True, "exact": True}),
    "gif": ("GIF", PALETTE, {}),
    "16.tif": ("TIFF", tiff(RGB.astype(np.uint16), deflate=True), {}),
}


@pytest.mark.parametrize("name", FILES)
def test_that_half_a_file_is_refused_and_never_shown(name, tmp_path, capfd):
    _, picture, options = FILES[name]
    path = saved(tmp_path, f"m.{name}", picture, **options)
    whole, pixels = path.read_bytes(), pixels_of(path)
    cuts = {*range(1, 200, 13), *(len(whole) * n // 20 for n in range(1, 20))}

    for cut in sorted({*cuts, len(whole) - 1, len(whole) - 3, len(whole) - 12}):
        path.write_bytes(whole[:cut])
        read, problem = outcome(path)
        if problem is not None:
            assert problem.uri == path.name
            assert problem.hint
        else:
            # Only an end mark or padding is missing: every pixel is there.
            assert cut > 0.98 * len(whole)
            assert np.array_equal(read, pixels)
    capfd.readouterr()  # OpenCV's libraries write what they think to stderr


@pytest.mark.parametrize("name", FILES)
def test_that_flipped_bytes_give_a_mask_or_a_media_error(name, tmp_path, capfd):
    _, picture, options = FILES[name]
    path = saved(tmp_path, f"m.{name}", picture, **options)
    whole = path.read_bytes()
    rng = np.random.default_rng(1)

    for _ in range(60):
        broken = bytearray(whole)
        for place in rng.integers(0, min(len(whole), 400), 3):
            broken[place] = rng.integers(0, 256)
        path.write_bytes(broken)
        read, problem = outcome(path)
        if problem is not None:
            assert problem.uri == path.name
        else:
            assert read is not None
            assert read.size > 0
    capfd.readouterr()


def _fifo(path):
    os.mkfifo(path)


BAD = {
    "missing": (lambda path: None, "no such file"),
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "folder": (lambda path: path.mkdir(), "folder"),
    "text": (lambda path: path.write_text("road"), "no image or video"),
    "json": (lambda path: path.write_text('{"a": 1}'), "JSON"),
    "html": (lambda path: path.write_text("\n<html>"), "HTML"),
    "pdf": (lambda path: path.write_bytes(b"%PDF-1.7"), "PDF"),
    "zip": (lambda path: path.write_bytes(b"PK\3\4" + bytes(99)), "ZIP"),
    "lfs": (lambda path: path.write_text("version https://git-lfs.x"), "Git LFS"),
    "avif": (lambda path: path.write_bytes(b"\0\0\0\x1cftypavif" + bytes(99)), "AVIF"),
    "magic": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n"), "cut off"),
}
if hasattr(os, "mkfifo"):
    BAD["fifo"] = (_fifo, "FIFO")


@pytest.mark.parametrize("name", BAD)
def test_that_what_is_no_mask_is_refused_with_file_cause_and_hint(name, tmp_path):
    make, seen = BAD[name]
    make(tmp_path / "m.png")

    with pytest.raises(MediaError) as caught:
        load_mask(tmp_path / "m.png", "image/png", 0, uri="masks/m.png")

    assert caught.value.problem.uri == "masks/m.png"
    assert seen in caught.value.problem.seen
    assert caught.value.problem.hint


def _huge(kind: str) -> bytes:
    if kind == "tif":
        return tiff(np.zeros((1, 1, 1), np.uint8), t256=[70_000], t257=[70_000])
    if kind == "gif":
        return b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02L\1\0;"
    if kind == "bmp":
        head = struct.pack(
            "<IiiHHIIiiII", 40, 1 << 17, 1 << 17, 1, 24, 0, 0, 0, 0, 0, 0
        )
        return b"BM" + struct.pack("<IHHI", 99, 0, 0, 54) + head + bytes(64)
    head = struct.pack(">IIBBBBB", 1 << 17, 1 << 17, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head
    chunk += struct.pack(">I", zlib.crc32(b"IHDR" + head))
    end = bytes(4) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + chunk + end


@pytest.mark.parametrize("kind", ["png", "tif", "gif", "bmp"])
def test_that_a_huge_picture_is_refused_by_its_header(kind, tmp_path):
    path = saved(tmp_path, f"m.{kind}", _huge(kind))

    with pytest.raises(MediaError, match=r"header says \d+ x \d+ pixels, more than"):
        read_mask(path, uri=path.name)


@pytest.mark.parametrize(
    ("name", "content_type", "count"),
    [
        ("m.png", None, 0),
        ("m.png", "image/png", 0),
        ("m.png", "image / PNG", 0),
        ("m.png", "png", 0),
        ("m.png", "application/x-unknown", 0),
        ("m.jpg", None, 1),
        ("m.png", "image/jpeg", 1),
        ("m.jpg", "video/mp4", 2),
    ],
)
def test_that_a_disguised_file_is_read_with_a_warning(
    name, content_type, count, tmp_path
):
    path = tmp_path / name
    Image.fromarray(RGB).save(path, "PNG")

    loaded = load_mask(path, content_type, 0, uri=name)

    assert np.array_equal(expand(loaded.plane, 0, 30), RGB)
    assert [problem.severity for problem in loaded.problems] == ["warning"] * count
    assert all(problem.uri == name for problem in loaded.problems)


def test_that_pillows_own_limit_neither_refuses_nor_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    for name in ("a.webp", "b.tif", "c.gif"):
        path = saved(tmp_path, name, PALETTE if name == "c.gif" else RGB)
        assert read_mask_file(path, uri=name).problems == ()

    assert Image.MAX_IMAGE_PIXELS == 100


def test_that_threads_may_read_at_once(tmp_path):
    path = saved(tmp_path, "m.tif", RGBA, compression="tiff_lzw")
    wrong: list[str] = []

    def read() -> None:
        same = [np.array_equal(pixels_of(path), RGBA) for _ in range(20)]
        wrong.extend("differs" for is_same in same if not is_same)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


@pytest.mark.parametrize("name", FILES)
def test_that_the_first_bytes_name_the_container(name, tmp_path):
    container, picture, options = FILES[name]
    path = saved(tmp_path, f"m.{name}", picture, **options)

    assert container_of(path.read_bytes()[:64]) == container
