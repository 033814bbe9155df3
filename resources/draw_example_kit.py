"""What the drawing scripts stand on: the camera, colours, noise, and the scene they paint.

World coordinates are metres: X right, Y up, Z away from the camera, the ground at Y = 0.
Colours are floats of 0..1. Used by ``draw_example.py`` alone; no part of the package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 960, 600
SCALE = 3  # odd: the middle sample of each pixel decides its class
FOCAL, CENTRE_X, HORIZON, EYE = 690.0, 452.0, 300.0, 2.1
HAZE = (0.86, 0.86, 0.84)
SUN = np.array([0.52, 0.72, -0.46])

Floats = npt.NDArray[np.floating[Any]]
Rgb = tuple[float, float, float]
Paint = Callable[[Floats, Floats], Floats] | Rgb

SKY, BUILDING, ROAD, MARKING, PAVEMENT, TREE, POLE, CAR, PERSON, SIGN = range(10)


def project(points: Sequence[Sequence[float]] | npt.NDArray[Any]) -> Floats:
    """Points (n, 3) in metres -> (n, 2) x, y in image pixels."""
    xyz = np.asarray(points, np.float32)
    depth = np.maximum(xyz[:, 2], 0.2)
    x = CENTRE_X + FOCAL * xyz[:, 0] / depth
    y = HORIZON + FOCAL * (EYE - xyz[:, 1]) / depth
    return np.stack([x, y], axis=1).astype(np.float32)


def smooth(low: float, high: float, value: Floats) -> Floats:
    """Give a soft step from 0 at ``low`` to 1 at ``high``."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def mix(a: npt.ArrayLike, b: npt.ArrayLike, t: npt.ArrayLike) -> Floats:
    """Go from ``a`` (t = 0) to ``b`` (t = 1); colours gain their axis by themselves."""
    t = np.asarray(t, np.float32)
    t = t[..., None] if t.ndim else t
    return (np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t).astype(
        np.float32
    )


def hazy(rgb: npt.ArrayLike, depth: npt.ArrayLike) -> Floats:
    """Give the colour seen through ``depth`` metres of evening air."""
    return mix(rgb, HAZE, 0.92 * (1 - np.exp(-np.maximum(depth, 0) / 150.0)))


def tile_noise(rng: np.random.Generator, size: int, octaves: int) -> Floats:
    """Make a (size, size) texture of mean 0 made of ever finer noise."""
    total = np.zeros((size, size), np.float32)
    for octave in range(octaves):
        cells = max(2, size >> (octaves - 1 - octave))
        grid = rng.random((cells, cells)).astype(np.float32) - 0.5
        fine = cv2.resize(grid, (size, size), interpolation=cv2.INTER_CUBIC)
        total += fine * 0.62**octave
    return total


def sample(texture: Floats, u: Floats, v: Floats) -> Floats:
    """Look up a repeating texture at texel coordinates (u, v)."""
    n = texture.shape[0]
    u, v = np.mod(u, n).astype(np.float32), np.mod(v, n).astype(np.float32)
    return cv2.remap(texture, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)  # pyright: ignore[reportReturnType]


def hashed(a: Floats, b: Floats, seed: int) -> Floats:
    """Give a number in 0..1 for each pair of cells, the same at every call."""
    n = (
        np.floor(a).astype(np.int64) * 73856093
        ^ np.floor(b).astype(np.int64) * 19349663
    )
    n = (n ^ seed * 83492791) & 0xFFFFFFFF
    n = (n * 2654435761) & 0xFFFFFFFF
    return ((n >> 13) % 1009 / 1009).astype(np.float32)


class Scene:
    """The picture in the making: colour, class and instance at ``SCALE`` times the size."""

    def __init__(self, seed: int) -> None:
        shape = (HEIGHT * SCALE, WIDTH * SCALE)
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.rgb = np.zeros((*shape, 3), np.float32)
        self.cls = np.zeros(shape, np.uint8)
        self.instance = np.zeros(shape, np.uint8)
        self.fine = tile_noise(self.rng, 512, 3)
        self.broad = tile_noise(self.rng, 512, 8)

    def _cover(
        self, xy: npt.NDArray[Any], margin: int
    ) -> tuple[tuple[slice, slice], npt.NDArray[np.uint8]] | None:
        """Find the part of the picture an outline touches, and its 0/1 cover there."""
        points = np.asarray(xy, np.float64) * SCALE - 0.5
        low = np.floor(points.min(0)).astype(int) - margin
        high = np.ceil(points.max(0)).astype(int) + margin + 1
        col0, row0 = np.maximum(low, 0)
        col1, row1 = np.minimum(high, (WIDTH * SCALE, HEIGHT * SCALE))
        if col0 >= col1 or row0 >= row1:
            return None
        cover = np.zeros((row1 - row0, col1 - col0), np.uint8)
        fixed = np.clip((points - (col0, row0)) * 16, -(2**22), 2**22)
        cv2.fillPoly(cover, [np.rint(fixed).astype(np.int32)], 1, shift=4)
        return (slice(row0, row1), slice(col0, col1)), cover

    def fill(
        self, xy: npt.NDArray[Any], paint: Paint, cls: int | None, instance: int = 0
    ) -> None:
        """Fill an outline (n, 2) in image pixels; ``cls`` None leaves the masks alone."""
        found = self._cover(xy, 0)
        if found is None:
            return
        part, cover = found
        inside = cover.astype(bool)
        if callable(paint):
            rows, cols = np.mgrid[part].astype(np.float32)
            painted = paint((cols + 0.5) / SCALE, (rows + 0.5) / SCALE)
            self.rgb[part][inside] = painted[inside]
        else:
            self.rgb[part][inside] = paint
        if cls is not None:
            self.cls[part][inside] = cls
            self.instance[part][inside] = instance

    def shadow(self, xy: npt.NDArray[Any], strength: float, blur_px: float) -> None:
        """Darken the ground under a soft outline."""
        found = self._cover(xy, int(blur_px * SCALE * 3))
        if found is None:
            return
        part, cover = found
        soft = cv2.GaussianBlur(cover.astype(np.float32), (0, 0), blur_px * SCALE)
        self.rgb[part] *= mix((1, 1, 1), (0.50, 0.54, 0.66), soft * strength)


def disc(
    x: float, y: float, rx: float, ry: float | None = None, count: int = 28
) -> Floats:
    """Give an ellipse as an outline (count, 2)."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    ry = rx if ry is None else ry
    return np.stack([x + rx * np.cos(angle), y + ry * np.sin(angle)], 1).astype(
        np.float32
    )


def on_ground(x: float, z: float, rx: float, rz: float) -> Floats:
    """Give an ellipse that lies on the ground, projected."""
    flat = disc(x, z, rx, rz)
    return project(np.stack([flat[:, 0], np.zeros(len(flat)), flat[:, 1]], 1))


def round_shade(
    scene: Scene, xy: Floats, rgb: Rgb, cls: int, instance: int = 0
) -> None:
    """Fill as something round: bright towards the sun, dark on the other side."""
    x0, width = float(xy[:, 0].min()), max(float(np.ptp(xy[:, 0])), 1.0)

    def paint(px: Floats, py: Floats) -> Floats:
        light = 0.70 + 0.5 * smooth(0.0, 0.95, (px - x0) / width)
        return np.asarray(rgb, np.float32) * light[..., None]

    scene.fill(xy, paint, cls, instance)


def limb(a: Sequence[float], b: Sequence[float], ra: float, rb: float) -> Floats:
    """Give the outline around two circles: an arm, a leg, a body, a pole."""
    both = np.concatenate([disc(a[0], a[1], ra), disc(b[0], b[1], rb)])
    return cv2.convexHull(both)[:, 0].astype(np.float32)
