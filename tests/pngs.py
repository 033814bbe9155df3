"""PNGs of every kind written and read straight from the specification, slowly."""

from __future__ import annotations

import struct
import zlib

import numpy as np

from chromask.pixels.plane import MaskFormat, build_plane

KINDS = {
    ("1", 1): (0, 1),
    ("L", 2): (0, 1),
    ("L", 4): (0, 1),
    ("L", 8): (0, 1),
    ("I;16", 16): (0, 1),
    ("LA", 8): (4, 2),
    ("LA;16", 16): (4, 2),
    ("RGB", 8): (2, 3),
    ("RGB;16", 16): (2, 3),
    ("RGBA", 8): (6, 4),
    ("RGBA;16", 16): (6, 4),
    ("P", 1): (3, 1),
    ("P", 2): (3, 1),
    ("P", 4): (3, 1),
    ("P", 8): (3, 1),
}
KIND_IDS = [f"{mode}-{depth}" for mode, depth in KINDS]


def chunk(name: bytes, data: bytes = b"") -> bytes:
    return (
        struct.pack(">I", len(data))
        + name
        + data
        + struct.pack(">I", zlib.crc32(name + data))
    )


def pack_rows(samples: np.ndarray, depth: int) -> list[bytes]:
    """Give each row of (rows, samples) as PNG's bytes, sample by sample."""
    rows = []
    for row in samples.tolist():
        bits = "".join(f"{sample:0{depth}b}" for sample in row)
        bits += "0" * (-len(bits) % 8)
        rows.append(int(bits, 2).to_bytes(len(bits) // 8, "big"))
    return rows


def filtered(rows: list[bytes], filters, step: int) -> bytes:
    """Filter rows straight from the specification, each by one of ``filters`` in turn."""
    above, raw = bytes(len(rows[0])), bytearray()
    for number, row in enumerate(rows):
        name = filters[number % len(filters)]
        raw.append(name)
        for i, byte in enumerate(row):
            a, b, c = (
                row[i - step] if i >= step else 0,
                above[i],
                above[i - step] if i >= step else 0,
            )
            near = min((a, b, c), key=lambda n, p=a + b - c: abs(p - n))
            raw.append(byte - (0, a, b, (a + b) // 2, near)[name] & 255)
        above = row
    return bytes(raw)


def make_png(
    samples,
    kind,
    *,
    before=b"",
    after=b"",
    end=b"",
    size=None,
    filters=(0,),
    part=1 << 30,
) -> bytes:
    """Write a PNG of raw samples, (rows, cols, channels), in parts of so many bytes."""
    depth = kind[1]
    color_type, channels = KINDS[kind]
    rows, cols = size or samples.shape[:2]
    lines = pack_rows(samples.reshape(len(samples), -1), depth)
    packed = zlib.compress(filtered(lines, filters, max(1, channels * depth // 8)))
    head = struct.pack(">IIBBBBB", cols, rows, depth, color_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + before
        + after
        + b"".join(
            chunk(b"IDAT", packed[start : start + part])
            for start in range(0, len(packed), part)
        )
        + end
        + chunk(b"IEND")
    )


def read_png(data: bytes) -> tuple[tuple[int, ...], np.ndarray]:
    """Read a PNG without interlace, straight from the specification: header and samples."""
    offset, pixels, head = 8, b"", ()
    while offset < len(data):
        size, name = struct.unpack_from(">I4s", data, offset)
        body = data[offset + 8 : offset + 8 + size]
        if name == b"IHDR":
            head = struct.unpack(">IIBBBBB", body)
        pixels += body if name == b"IDAT" else b""
        offset += 12 + size
    cols, rows, depth, color_type = head[:4]
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color_type]
    stride, step = (cols * channels * depth + 7) // 8, max(1, channels * depth // 8)
    raw = zlib.decompress(pixels)
    assert len(raw) == rows * (stride + 1)
    above, samples = bytes(stride), []
    for start in range(0, len(raw), stride + 1):
        line = bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            left = line[i - step] if i >= step else 0
            line[i] = (line[i] + {0: 0, 1: left, 2: above[i]}[raw[start]]) & 255
        above = bytes(line)
        bits = "".join(f"{byte:08b}" for byte in line)
        samples.append(
            [int(bits[depth * i : depth * (i + 1)], 2) for i in range(cols * channels)]
        )
    return head, np.array(samples).reshape(rows, cols, channels)


def plane_of(samples, kind, palette=None):
    """Build the plane that reading a PNG of these raw samples gives."""
    mode, depth = kind
    if mode != "P" and depth < 8:
        samples = samples * (255 // (2**depth - 1))
    channels = len(palette[0]) if palette is not None else samples.shape[2]
    wide = 65535 if depth == 16 else 255
    pixels = samples.astype(np.uint16 if depth == 16 else np.uint8)
    return build_plane(
        pixels[:, :, 0] if samples.shape[2] == 1 else pixels,
        MaskFormat("PNG", mode, depth, channels, wide),
        palette,
    )


def random_samples(kind, shape=(9, 13), values=None):
    rng = np.random.default_rng(11)
    top = values or 2 ** kind[1]
    return rng.integers(0, top, (*shape, KINDS[kind][1]))


PALETTE = np.arange(48, dtype=np.uint8).reshape(16, 3) * 5


def palette_of(kind):
    return PALETTE[: 2 ** kind[1]] if kind[0] == "P" else None
