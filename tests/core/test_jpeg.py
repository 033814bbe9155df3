"""JPEG by OpenCV: the same pixels as Pillow's, and never half of a file."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from chromask.errors import MediaError
from chromask.media import jpeg
from chromask.media.decode import decode

ROWS, COLS = 61, 83


def picture(mode: str = "RGB") -> Image.Image:
    row, col = np.mgrid[:ROWS, :COLS]
    rgb = np.stack((row * 4, col * 3, (row * col) % 251), axis=2).astype(np.uint8)
    return Image.fromarray(rgb).convert(mode)


def encoded(mode: str = "RGB", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture(mode).save(buffer, "JPEG", **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"quality": 100, "subsampling": 0},
        {"quality": 20, "subsampling": 2},
        {"progressive": True},
        {"optimize": True, "restart_marker_rows": 1},
        {"comment": b"\xff\xd9 is no end in here"},
        {"keep_rgb": True},
    ],
)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_that_pixels_are_those_that_pillow_reads(
    mode: str, options: dict[str, object]
) -> None:
    if mode == "L" and "keep_rgb" in options:
        options = {}
    data = encoded(mode, **options)
    found = decode(data, "JPEG", uri="i.jpg")
    assert jpeg.read_facts(data) is not None
    assert (found.container, found.mode, found.lossy) == ("JPEG", mode, True)
    np.testing.assert_array_equal(
        found.pixels, np.asarray(Image.open(io.BytesIO(data)))
    )


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_that_a_file_cut_off_anywhere_is_refused(options: dict[str, object]) -> None:
    data = encoded(**options)
    for length in range(4, len(data) - 1, 7):
        assert jpeg.read_facts(data[:length]) is None, length
    with pytest.raises(MediaError):
        decode(data[: len(data) - 40], "JPEG", uri="i.jpg")


def test_that_what_follows_the_end_does_not_matter() -> None:
    data = encoded() + b"\0" * 10 + encoded("L")
    assert decode(data, "JPEG", uri="i.jpg").mode == "RGB"


def test_that_other_kinds_are_left_to_pillow() -> None:
    facts = jpeg.read_facts(encoded("CMYK"))
    assert facts is not None
    assert not facts.is_plain
    assert decode(encoded("CMYK"), "JPEG", uri="i.jpg").mode == "RGB"


def test_that_the_orientation_is_told_and_not_applied() -> None:
    exif = Image.Exif()
    exif[274] = 6
    found = decode(encoded(exif=exif), "JPEG", uri="i.jpg")
    assert found.orientation == 6
    assert found.pixels.shape == (ROWS, COLS, 3)
