"""Small PNGs: few colours, of which those of the window are kept exactly."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

COLOURS, EXACT = (128, 80, 60), 40
"""Of a picture: the first number that keeps it small; the most frequent are kept exactly."""

LARGEST = 100_000
"""Bytes of a picture, so that the repository stays small."""


def pixels_of(picture: QPixmap) -> Image.Image:
    """Give a picture's pixels."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "BMP")  # pyright: ignore[reportCallIssue, reportArgumentType]
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as read:
        return read.convert("RGB")


def small_png(full: Image.Image) -> bytes:
    """Give a picture as PNG with few colours."""
    data = b""
    for colours in COLOURS:
        few = full.quantize(palette=_palette(full, colours), dither=Image.Dither.NONE)
        out = io.BytesIO()
        few.save(out, "PNG", optimize=True)
        data = out.getvalue()
        if len(data) <= LARGEST:
            break
    return data


def _palette(picture: Image.Image, colours: int) -> Image.Image:
    """Choose the colours: the window's own exactly, the rest so that swatches count too."""
    pixels = np.asarray(picture).reshape(-1, 3).astype(np.uint32)
    packed = pixels[:, 0] << 16 | pixels[:, 1] << 8 | pixels[:, 2]
    found, counts = np.unique(packed, return_counts=True)
    values = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    values = values.astype(np.uint8)
    order = np.argsort(counts, kind="stable")[::-1]
    exact, rest = values[order[:EXACT]], order[EXACT:]
    chosen = exact.tobytes()
    if rest.size:
        weights = np.ceil(counts[rest] ** 0.5).astype(np.intp)
        sample = np.repeat(values[rest], weights, axis=0)[None]
        mixed = Image.fromarray(sample).quantize(
            colours - EXACT, Image.Quantize.MAXCOVERAGE, kmeans=2
        )
        chosen += bytes(mixed.getpalette() or ())[: 3 * (colours - EXACT)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(chosen)
    return palette
