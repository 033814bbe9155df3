"""datumaro's side: a colour mask to indices of classes."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.model import Scene, Series


def read(folder: Path, scene: Scene, effort: int) -> Series:
    """Read a mask with its known colours, without a histogram."""
    del scene
    from datumaro.util.mask_tools import load_mask

    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    classes = {tuple(value): number for number, value in enumerate(values)}
    path = str(folder / "mask.png")
    load_mask(path, classes)
    times: list[float] = []
    for _ in range(max(effort // 2, 1)):
        start = time.perf_counter()
        load_mask(path, classes)
        times.append((time.perf_counter() - start) * 1000)
    return {"read a mask": times}
