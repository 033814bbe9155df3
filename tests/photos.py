"""Photos and masks whose names say nothing: a JPEG and a PNG of the same stem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def write_photos(
    folder: Path, stem: str = "a", values: int = 4800, other: str | None = None
) -> Path:
    """Write ``<stem>.jpg``, and a PNG of that stem (or of another) with so many colours."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = np.arange(80 * 60, dtype=np.uint32).reshape(60, 80) % values
    pixels = np.stack([numbers % 256, numbers // 256, numbers * 0 + 7], axis=-1)
    image = Image.fromarray(pixels.astype(np.uint8))
    image.save(folder / f"{stem}.jpg")
    image.save(folder / f"{other or stem}.png")
    return folder
