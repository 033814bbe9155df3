"""imagecodecs' side: bare decoding of a mask, by the fastest of its PNG decoders."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.model import Scene, Series


def read(folder: Path, scene: Scene, effort: int) -> Series:
    """Decode a mask file and nothing else."""
    del scene
    import imagecodecs

    path = folder / "mask.png"
    data = path.read_bytes()
    costs = {
        cost: decode
        for decode in (imagecodecs.png_decode, imagecodecs.spng_decode)
        if (cost := _cost(decode, data)) is not None
    }
    decode = costs[min(costs)]
    times: list[float] = []
    for _ in range(effort):
        start = time.perf_counter()
        decode(path.read_bytes())
        times.append((time.perf_counter() - start) * 1000)
    return {"read a mask": times}


def _cost(decode: Callable[[bytes], object], data: bytes) -> float | None:
    """Give the seconds of a decoder's second run; None where it cannot read the file."""
    try:
        decode(data)
        start = time.perf_counter()
        decode(data)
    except RuntimeError:  # what its own errors are
        return None
    return time.perf_counter() - start
