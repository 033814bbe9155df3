"""What is too large is refused by its header: no decoder is called, and the message names the limit.

The honest ratios that the default stands on are printed by ``python tests/core/test_limits.py``.
"""

from __future__ import annotations

import io
import struct
import sys
import zlib
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.errors import MediaError
from chromask.media import DecodeLimits, jpeg, load_mask, load_source
from chromask.media import pillow as pillow_media
from chromask.media.limits import DECODE_LIMITS, SMALL_PIXELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SIDE = 20_000


def coded(picture: PilImage.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def small(kind: str, **options: Any) -> bytes:
    return coded(PilImage.new("L", (64, 64), 9), kind, **options)


def huge_gif(side: int) -> bytes:
    size = struct.pack("<HH", side, side)
    head = b"GIF89a" + size + b"\x80\0\0" + bytes(6)
    return head + b"," + bytes(4) + size + b"\0\2\2\x44\1\0;"


def huge_jpeg(side: int, *, progressive: bool) -> bytes:
    data = small("JPEG", progressive=progressive)
    at = data.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", side, side) + data[at + 4 :]


def huge_bmp(side: int) -> bytes:
    data = small("BMP")
    return data[:18] + struct.pack("<ii", side, side) + data[26:]


def huge_tiff(side: int, *, tile: int = 0) -> bytes:
    """Write a TIFF of one strip or tile by hand; of a tile only that is huge."""
    tags = [(256, side), (257, side), (258, 8), (259, 5), (262, 1), (277, 1)]
    if tile:
        tags[:2] = [(256, 64), (257, 64)]
        tags += [(322, tile), (323, tile), (324, 8), (325, 4)]
    else:
        tags += [(273, 8), (278, side), (279, 4)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, v) for tag, v in sorted(tags))
    directory = struct.pack("<H", len(tags)) + entries + bytes(4)
    return b"II*\0" + struct.pack("<I", 12) + b"\x80\0\1\1" + directory


def huge_webp(side: int, *, chunk: bytes) -> bytes:
    bits = (side - 1) | (side - 1) << 14
    content = {
        b"VP8L": b"\x2f" + struct.pack("<I", bits) + bytes(5),
        b"VP8 ": bytes(3) + b"\x9d\1\x2a" + struct.pack("<HH", side, side),
        b"VP8X": bytes(4) + 2 * (side - 1).to_bytes(3, "little"),
    }[chunk]
    body = b"WEBP" + chunk + struct.pack("<I", len(content)) + content
    return b"RIFF" + struct.pack("<I", len(body)) + body


def huge_png(rows: int, cols: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    header = struct.pack(">IIBBBBB", cols, rows, 1, 0, 0, 0, 0)
    size = rows * (1 + (cols + 7) // 8)
    coder = zlib.compressobj(9)
    zeros = bytes(1 << 20)
    parts = [
        coder.compress(zeros[: min(len(zeros), size - n)])
        for n in range(0, size, len(zeros))
    ]
    pixels = b"".join(parts) + coder.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


BOMBS: dict[str, Callable[[int], bytes]] = {
    "GIF": huge_gif,
    "JPEG": lambda side: huge_jpeg(side, progressive=False),
    "progressive JPEG": lambda side: huge_jpeg(side, progressive=True),
    "BMP": huge_bmp,
    "TIFF": huge_tiff,
    "a tile of a TIFF": lambda side: huge_tiff(64, tile=side),
    "WebP, lossless": lambda side: huge_webp(min(side, 16383), chunk=b"VP8L"),
    "WebP, lossy": lambda side: huge_webp(min(side, 16383), chunk=b"VP8 "),
    "WebP, animated": lambda side: huge_webp(side, chunk=b"VP8X"),
}


@pytest.fixture
def no_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a decoder is asked for pixels, or is made, which takes its memory."""

    def decoding(*_args: object, **_rest: object) -> None:
        pytest.fail("a decoder was called")

    class Decoders:
        def __getattr__(self, name: str) -> object:
            return decoding if name == "imdecode" else getattr(cv2, name)

    for plugin in set(pillow_media._PLUGINS.values()):
        monkeypatch.setattr(plugin, "load", decoding)
    webp = "PIL.WebPImagePlugin._webp.WebPAnimDecoder"
    monkeypatch.setattr(webp, decoding)
    monkeypatch.setattr(sys.modules["chromask.media.decode"], "_cv", Decoders())


def refusal(load: Any, path: Path, **rest: Any) -> str:
    with pytest.raises(MediaError) as caught:
        load(path, uri="shown", **rest)
    assert caught.value.problem.uri == "shown"
    assert caught.value.problem.hint
    return caught.value.problem.seen


@pytest.mark.usefixtures("no_decoder")
@pytest.mark.parametrize("load", [load_source, load_mask])
@pytest.mark.parametrize("kind", BOMBS)
def test_that_few_bytes_that_declare_very_many_pixels_are_refused(
    tmp_path: Path, kind: str, load: Any
) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(BOMBS[kind](SIDE))
    seen = refusal(load, path)
    assert f"{DECODE_LIMITS.pixels_per_byte} pixels for each byte" in seen
    assert f"{path.stat().st_size} bytes" in seen


@pytest.mark.usefixtures("no_decoder")
@pytest.mark.parametrize("kind", [kind for kind in BOMBS if "tile" not in kind])
def test_that_the_limit_of_pixels_is_named_for_every_format(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "large"
    path.write_bytes(BOMBS[kind](200))
    for load in (load_source, load_mask):
        seen = refusal(load, path, limits=DecodeLimits(200 * 200 - 1))
        assert "200 x 200 pixels, more than the limit of 39999 pixels" in seen


def test_that_the_limit_of_pixels_counts_for_png(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(small("PNG"))
    for load in (load_source, load_mask):
        assert "limit of 4095" in refusal(load, path, limits=DecodeLimits(4095))
        load(path, uri="shown", limits=DecodeLimits(4096, 1))


def test_that_a_png_of_one_colour_may_be_as_small_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "flat.png"
    path.write_bytes(huge_png(5000, 5000))
    assert 25_000_000 / path.stat().st_size > 5000
    strict = DecodeLimits(pixels_per_byte=1000)
    assert load_mask(path, uri="m", limits=strict).plane.indices.shape == (5000, 5000)
    assert load_source(path, uri="s", limits=strict).pixels.shape == (5000, 5000)


def animated_gif(side: int, pictures: int) -> bytes:
    """Write pictures of one pixel on a large canvas."""
    head = b"GIF89a" + struct.pack("<HH", side, side) + b"\x80\0\0" + bytes(6)
    timing = b"!\xf9\4\0\12\0\0\0"
    picture = b"," + bytes(4) + struct.pack("<HH", 1, 1) + b"\0\2\2\x44\1\0"
    return head + (timing + picture) * pictures + b";"


@pytest.mark.usefixtures("no_decoder")
def test_that_later_pictures_of_a_gif_allow_no_larger_canvas(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(animated_gif(SIDE, 1000))
    assert DECODE_LIMITS.pixels_per_byte * path.stat().st_size > SIDE * SIDE
    for load in (load_source, load_mask):
        assert "for 42 bytes" in refusal(load, path)


def test_that_a_gif_of_many_pictures_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(animated_gif(40, 20))
    image = load_source(path, uri="a")
    assert image.pixels.shape[:2] == (40, 40)
    assert "more than one picture" in image.problems[0].seen


def scans(mode: str, count: int, *, progressive: bool) -> bytes:
    """Write a JPEG that repeats its last scan until it has so many."""
    picture = PilImage.effect_noise((64, 48), 90).convert(mode)
    data = coded(picture, "JPEG", progressive=progressive)
    last = data[data.rindex(b"\xff\xda") : -2]
    more = count - data.count(b"\xff\xda")
    return data[:-2] + last * more + data[-2:]


@pytest.mark.usefixtures("no_decoder")
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("end", [0, 2])
def test_that_a_jpeg_of_very_many_scans_is_refused(
    tmp_path: Path, mode: str, end: int
) -> None:
    path = tmp_path / "a.jpg"
    for progressive in (True, False):
        data = scans(mode, 101, progressive=progressive)
        path.write_bytes(data[: len(data) - end])
        for load in (load_source, load_mask):
            assert "more than 100 scans" in refusal(load, path)


def test_that_the_limit_of_scans_is_reached_but_not_passed() -> None:
    assert jpeg.read_facts(scans("RGB", 100, progressive=True)) is not None
    with pytest.raises(ValueError, match="more than 100 scans"):
        jpeg.read_facts(scans("RGB", 101, progressive=True))


def test_that_a_small_image_may_be_as_small_as_it_is() -> None:
    DecodeLimits(pixels_per_byte=1).check(4096, 4096, 20, uri="a")
    with pytest.raises(MediaError, match="for each byte"):
        DecodeLimits(pixels_per_byte=1).check(4096, 4097, 20, uri="a")
    assert SMALL_PIXELS == 4096 * 4096


def test_that_both_limits_are_reached_but_not_passed() -> None:
    limits = DecodeLimits(30_000_000, 10)
    limits.check(3_000, 10_000, 3_000_000, uri="a")
    with pytest.raises(MediaError, match="30000000 pixels"):
        limits.check(3_001, 10_000, 3_000_000, uri="a")
    with pytest.raises(MediaError, match=r"for 2999999 bytes.* 10 pixels"):
        limits.check(3_000, 10_000, 2_999_999, uri="a")


def flat_files(side: int) -> Iterator[tuple[str, bytes]]:
    """Give files of one colour of every honest encoder at hand, (name, bytes)."""
    grey, bits = PilImage.new("L", (side, side), 7), PilImage.new("1", (side, side))
    rgb = PilImage.new("RGB", (side, side), (9, 8, 7))
    for name, options in (
        ("plain", {}),
        ("optimised", {"optimize": True}),
        ("progressive", {"progressive": True}),
    ):
        yield f"JPEG grey, {name}", coded(grey, "JPEG", **options)
        yield f"JPEG RGB, {name}", coded(rgb, "JPEG", **options)
    yield "JPEG by OpenCV", cv2.imencode(".jpg", np.asarray(grey))[1].tobytes()
    yield "GIF", coded(grey, "GIF")
    for coder in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "zstd", "lzma"):
        yield f"TIFF grey, {coder}", coded(grey, "TIFF", compression=coder)
        yield f"TIFF 1 bit, {coder}", coded(bits, "TIFF", compression=coder)
    for coder in ("group3", "group4"):
        yield f"TIFF 1 bit, {coder}", coded(bits, "TIFF", compression=coder)
    yield "TIFF by OpenCV", cv2.imencode(".tif", np.asarray(grey))[1].tobytes()
    yield "BMP 1 bit", coded(bits, "BMP")
    yield "WebP lossless", coded(rgb, "WEBP", lossless=True)
    yield "WebP lossy", coded(rgb, "WEBP")


def test_that_honest_files_of_one_colour_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["chromask.media.limits"], "SMALL_PIXELS", 0)
    side = 1500
    for name, data in flat_files(side):
        path = tmp_path / "flat"
        path.write_bytes(data)
        pixels = load_source(path, uri=name).pixels
        assert pixels.shape[:2] == (side, side), name
        assert np.ptp(pixels, axis=(0, 1)).max() < 8, name


def measure(side: int = 16_383) -> None:
    """Print the pixels for each byte of honest files of one colour, the most last."""
    ratios = [(side * side / len(data), name) for name, data in flat_files(side)]
    for ratio, name in sorted(ratios):
        sys.stdout.write(f"{ratio:10.0f} pixels for each byte: {name}\n")


if __name__ == "__main__":
    measure(*map(int, sys.argv[1:]))
