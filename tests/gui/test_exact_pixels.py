"""Image and mask show the same pixels of the files on every screen, those of exact arithmetic."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import pixel_probe

SCALES = ["1", "1.25", "1.5", "1.75", "2"]


@pytest.mark.parametrize("scale", SCALES)
def test_that_each_device_pixel_shows_the_pixel_that_its_middle_is_in(
    scale: str,
) -> None:
    """Whole and in pieces, at any size, zoom and place: see `pixel_probe`."""
    probe = Path(pixel_probe.__file__)
    done = subprocess.run(
        [sys.executable, str(probe), str(SCALES.index(scale))],
        env={**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.stdout == f"exact at {float(scale)}\n", done.stderr[-3000:]
