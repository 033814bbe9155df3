"""Images as people see them: upright, 8 or 16 bits, and never half of one."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageOps

from chromask.errors import MediaError
from chromask.media import is_media, load_source, read_image, to_8bit
from chromask.media.image import orient

RNG = np.random.default_rng(4)
RGBA = RNG.integers(0, 256, (20, 30, 4), np.uint8)
RGB = np.ascontiguousarray(RGBA[:, :, :3])
GREY = np.ascontiguousarray(RGBA[:, :, 0])
ORIENTATION = 0x0112


def image_of(tmp_path, picture, name="i.png", **options):
    if isinstance(picture, np.ndarray):
        picture = Image.fromarray(picture)
    picture.save(tmp_path / name, **options)
    return read_image(tmp_path / name, uri=name)


@pytest.mark.parametrize(
    ("picture", "pixels"),
    [
        pytest.param(GREY, GREY, id="L"),
        pytest.param(RGB, RGB, id="RGB"),
        pytest.param(RGBA, RGBA, id="RGBA"),
        pytest.param(GREY * np.uint16(257), GREY * np.uint16(257), id="I;16"),
        pytest.param(
            Image.fromarray(GREY).convert("1", dither=Image.Dither.NONE),
            np.where(GREY > 127, 255, 0),
            id="1",
        ),
        pytest.param(
            Image.merge("LA", [Image.fromarray(GREY), Image.fromarray(GREY)]),
            np.dstack([GREY] * 4),
            id="LA",
        ),
    ],
)
def test_that_an_image_has_the_pixels_of_its_file(picture, pixels, tmp_path):
    image = image_of(tmp_path, picture)

    assert image.pixels.dtype == (np.uint16 if pixels.dtype == np.uint16 else np.uint8)
    assert np.array_equal(image.pixels, pixels)
    assert image.pixels.flags.c_contiguous
    assert image.problems == ()
    assert image.orientation == 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["i.png", "i.jpg", "i.webp", "i.tif"])
def test_that_an_image_is_upright_as_people_see_it(name, orientation, tmp_path):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    Image.fromarray(RGB).save(tmp_path / "plain.jpg")
    options = {"lossless": True} if name == "i.webp" else {}
    if name == "i.tif":
        options["tiffinfo"] = {ORIENTATION: orientation}
    else:
        options["exif"] = exif

    image = image_of(tmp_path, RGB, name, **options)

    stored = RGB if name != "i.jpg" else np.asarray(Image.open(tmp_path / "plain.jpg"))
    tagged = Image.fromarray(stored)
    tagged.getexif()[ORIENTATION] = orientation
    assert np.array_equal(image.pixels, np.asarray(ImageOps.exif_transpose(tagged)))
    assert image.orientation == orientation
    assert image.pixels.flags.c_contiguous


@pytest.mark.parametrize("orientation", range(1, 9))
def test_that_grey_and_colour_are_turned_alike(orientation):
    colour = orient(RGB, orientation)

    assert np.array_equal(orient(RGB[:, :, 0], orientation), colour[:, :, 0])


@pytest.mark.parametrize("exif", [b"", b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff"])
def test_that_a_broken_exif_block_turns_nothing(exif, tmp_path):
    image = image_of(tmp_path, RGB, "i.jpg", exif=exif)

    assert image.orientation == 1
    assert image.pixels.shape == (20, 30, 3)


def test_that_a_palette_image_becomes_rgb_or_rgba(tmp_path):
    palette = Image.fromarray(RGB).quantize(8)

    opaque = image_of(tmp_path, palette)
    clear = image_of(tmp_path, palette, transparency=bytes([0, 128]))

    assert np.array_equal(opaque.pixels, np.asarray(palette.convert("RGB")))
    with Image.open(tmp_path / "i.png") as picture:
        assert np.array_equal(clear.pixels, np.asarray(picture.convert("RGBA")))
    assert opaque.mode == clear.mode == "P"


@pytest.mark.parametrize("pixels", [GREY, RGB], ids=["L", "RGB"])
def test_that_a_transparent_colour_of_a_png_gets_alpha_0(pixels, tmp_path):
    pixels = pixels // 128 * 100
    key = 100 if pixels.ndim == 2 else (100, 0, 100)

    image = image_of(tmp_path, pixels, transparency=key)

    with Image.open(tmp_path / "i.png") as picture:
        expected = np.asarray(picture.convert("RGBA"))
    assert np.array_equal(image.pixels[:, :, 3], expected[:, :, 3])
    assert 0 < np.count_nonzero(image.pixels[:, :, 3] == 0) < pixels.shape[0] * 30
    assert np.array_equal(
        image.pixels[:, :, :3], np.dstack([pixels] * 3) if pixels.ndim == 2 else pixels
    )


@pytest.mark.parametrize("quality", [60, 95])
def test_that_a_cmyk_jpeg_looks_like_what_it_was_made_from(quality, tmp_path):
    flat = np.zeros((32, 32, 3), np.uint8)
    flat[:16], flat[16:] = (200, 30, 40), (20, 180, 90)

    image = image_of(
        tmp_path, Image.fromarray(flat).convert("CMYK"), "i.jpg", quality=quality
    )

    assert image.pixels.shape == (32, 32, 3)
    assert np.abs(image.pixels.astype(int) - flat)[[2, -2]].max() < 12


def test_that_16_bit_colour_keeps_its_16_bits(tmp_path):
    wide = RGB.astype(np.uint16) * 256 + 3
    raw = b"".join(b"\0" + row.astype(">u2").tobytes() for row in wide)

    def chunk(name, data):
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    data = b"\x89PNG\r\n\x1a\n"
    data += chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 20, 16, 2, 0, 0, 0))
    data += chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    (tmp_path / "i.png").write_bytes(data)

    image = read_image(tmp_path / "i.png", uri="i.png")

    assert np.array_equal(image.pixels, wide)
    assert np.array_equal(to_8bit(image), RGB)
    assert image.mode == "RGB;16"


def test_that_8_bit_pixels_are_shown_without_a_copy(tmp_path):
    image = image_of(tmp_path, RGB)

    assert to_8bit(image) is image.pixels


def test_that_fractions_are_scaled_to_be_shown_and_said_to_be(tmp_path):
    numbers = np.linspace(-2, 2, 600, dtype=np.float32).reshape(20, 30)
    numbers[0, 0] = np.nan

    image = image_of(tmp_path, Image.fromarray(numbers), "i.tif")

    assert image.pixels.dtype == np.uint16
    assert (image.pixels.min(), image.pixels.max()) == (0, 65535)
    assert np.all(np.diff(image.pixels[1].astype(int)) > 0)
    assert "scaled" in image.problems[0].seen
    assert image.problems[0].severity == "note"


def test_that_32_bit_whole_numbers_which_fit_are_shown_as_they_are(tmp_path):
    numbers = GREY.astype(np.int32) * 100

    image = image_of(tmp_path, Image.fromarray(numbers), "i.tif")

    assert np.array_equal(image.pixels, numbers)
    assert image.problems == ()


def test_that_an_image_without_a_finite_number_is_refused(tmp_path):
    Image.fromarray(np.full((4, 4), np.inf, np.float32)).save(tmp_path / "i.tif")

    with pytest.raises(MediaError, match=r"i\.tif: it holds no finite number"):
        read_image(tmp_path / "i.tif", uri="i.tif")


def test_that_half_a_jpeg_is_refused(tmp_path):
    image_of(tmp_path, RGB, "i.jpg")
    whole = (tmp_path / "i.jpg").read_bytes()
    (tmp_path / "i.jpg").write_bytes(whole[: len(whole) * 2 // 3])

    with pytest.raises(MediaError, match=r"i\.jpg: .*cut off.*nothing of it is shown"):
        read_image(tmp_path / "i.jpg", uri="i.jpg")


def test_that_a_jpeg_named_png_is_read_with_a_warning(tmp_path):
    Image.fromarray(RGB).save(tmp_path / "i.png", "JPEG")

    image = load_source(tmp_path / "i.png", "image/jpg", 0, uri="i.png")

    assert image.pixels.shape == (20, 30, 3)
    assert [problem.severity for problem in image.problems] == ["warning"]
    assert "named .png and holds JPEG" in image.problems[0].seen


def test_that_decoders_warnings_become_notes(tmp_path):
    Image.fromarray(RGB).save(tmp_path / "i.tif", tiffinfo={ORIENTATION: 1})
    data = bytearray((tmp_path / "i.tif").read_bytes())
    # The count of the orientation's numbers: more than there are.
    place = data.index(struct.pack("<HHI", ORIENTATION, 3, 1))
    struct.pack_into("<I", data, place + 4, 2)
    (tmp_path / "i.tif").write_bytes(data)

    image = read_image(tmp_path / "i.tif", uri="i.tif")

    assert np.array_equal(image.pixels, RGB)
    assert all(problem.severity == "note" for problem in image.problems)


def test_that_media_are_known_by_their_names(tmp_path):
    named = ["a.png", "a.JPG", "a.tiff", "a.bmp", "a.webp", "a.gif", "a.mp4"]

    assert all(is_media(tmp_path / name) for name in named)
    assert not any(is_media(tmp_path / name) for name in ["a.json", "a", "png"])
