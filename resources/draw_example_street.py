"""The street itself: sky, houses, ground, trees, lamps and the sign."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from draw_example_kit import (
    BUILDING,
    CENTRE_X,
    EYE,
    FOCAL,
    HORIZON,
    MARKING,
    PAVEMENT,
    POLE,
    ROAD,
    SIGN,
    SKY,
    SUN,
    TREE,
    WIDTH,
    Floats,
    Rgb,
    Scene,
    disc,
    hashed,
    hazy,
    limb,
    mix,
    project,
    round_shade,
    sample,
    smooth,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def paint_sky(scene: Scene) -> None:
    """Paint a clear evening sky with a few thin clouds."""

    def sky(x: Floats, y: Floats) -> Floats:
        t = np.clip(y / HORIZON, 0, 1)
        base = mix((0.33, 0.56, 0.84), (0.70, 0.83, 0.92), smooth(0.0, 0.75, t))
        base = mix(base, (0.99, 0.92, 0.80), smooth(0.45, 1.05, t) * 0.9)
        low = 1 / (1.25 - t)
        cloud = sample(scene.broad, x * 0.34 * low + 90, y * 1.1 * low + 40)
        amount = smooth(0.05, 0.85, cloud) * smooth(0.0, 0.25, t)
        return mix(base, (1.0, 0.985, 0.96), amount * 0.85)

    above = HORIZON + 8
    scene.fill(np.array([(0, 0), (WIDTH, 0), (WIDTH, above), (0, above)]), sky, SKY)


class House(NamedTuple):
    """A building: the street side it stands on, its extent along the street, its look."""

    side: float
    near: float
    far: float
    height: float
    rgb: Rgb
    bay: float
    seed: int


LEFT, RIGHT = -9.2, 7.7
HOUSES = [
    House(LEFT, 3, 19, 13.6, (0.80, 0.62, 0.45), 2.7, 1),
    House(LEFT, 19, 33, 17.4, (0.88, 0.80, 0.66), 2.4, 2),
    House(LEFT, 40, 58, 14.6, (0.72, 0.40, 0.32), 2.8, 3),
    House(LEFT, 58, 84, 20.5, (0.86, 0.74, 0.56), 2.5, 4),
    House(LEFT, 84, 125, 16.0, (0.76, 0.66, 0.60), 2.9, 5),
    House(RIGHT, 3, 16, 16.4, (0.70, 0.44, 0.36), 2.6, 6),
    House(RIGHT, 16, 31, 12.6, (0.82, 0.77, 0.68), 2.9, 7),
    House(RIGHT, 31, 47, 18.6, (0.62, 0.60, 0.62), 2.3, 8),
    House(RIGHT, 54, 80, 14.8, (0.80, 0.64, 0.50), 2.7, 9),
    House(RIGHT, 80, 125, 21.0, (0.66, 0.52, 0.46), 2.6, 10),
]


def wall(scene: Scene, house: House, u: Floats, v: Floats, light: Rgb) -> Floats:
    """Give the colours of a wall at ``u`` metres along it and ``v`` metres above the ground."""
    grain = sample(scene.fine, u * 60, v * 60) * 0.05
    stain = sample(scene.broad, u * 9, v * 22) * 0.10
    rgb = np.asarray(house.rgb, np.float32) * (1 + grain + stain)[..., None]
    storey, base = 3.15, 3.9
    up, along = np.mod(v - base, storey), np.mod(u, house.bay) - house.bay / 2
    rgb = mix(rgb, (0.93, 0.90, 0.84), ((up < 0.16) & (v > base - 0.1)) * 0.45)
    top = house.height
    upper = (v > base) & (v < base + np.floor((top - base) / storey) * storey)
    half = 0.30 * house.bay - 0.12
    in_frame = upper & (np.abs(along) < half + 0.11) & (up > 0.75) & (up < 2.62)
    rgb = mix(rgb, (0.95, 0.93, 0.88), in_frame * 0.9)
    pane = upper & (np.abs(along) < half) & (up > 0.88) & (up < 2.5)
    pane &= (np.abs(along) > 0.035) & (np.abs(up - 1.95) > 0.035)
    pick = hashed(u / house.bay, (v - base) / storey, house.seed)
    glass = mix((0.16, 0.21, 0.27), (0.56, 0.66, 0.74), smooth(0.7, 2.9, up + pick))
    glass = mix(glass, (0.90, 0.86, 0.76), (pick > 0.72) * smooth(0.2, 0.5, up - 1.2))
    glass = glass * (0.55 + 0.45 * smooth(2.5, 2.25, up))[..., None]
    rgb = np.where(pane[..., None], glass, rgb)
    # The ground floor: shop windows under awnings, doors between them.
    shop_u = np.mod(u, 4.6) - 2.3
    shop = (
        (v < 2.75) & (v > 0.45) & (np.abs(shop_u) < 1.9) & (np.abs(shop_u - 0.5) > 0.05)
    )
    inside = mix((0.13, 0.14, 0.17), (0.86, 0.70, 0.46), smooth(0.9, 3.2, v) * 0.8)
    goods = hashed(u / 0.42, np.zeros_like(u), house.seed + 80)
    shelf = (v < 0.75 + 0.7 * goods) & (np.mod(u, 0.42) > 0.08)
    ware = mix((0.42, 0.26, 0.22), (0.36, 0.44, 0.46), np.mod(goods * 7, 1.0))
    inside = mix(inside, ware, shelf * 0.75)
    sheen = smooth(0.35, 0.0, np.abs(np.mod(u - v * 0.55, 4.6) - 1.4))
    inside = mix(inside, (0.74, 0.80, 0.86), 0.20 + 0.28 * sheen)
    rgb = np.where(shop[..., None], inside, rgb)
    tone = hashed(u / 4.6, np.zeros_like(u), house.seed + 40)
    awning = mix((0.62, 0.20, 0.18), (0.16, 0.36, 0.38), np.round(tone))
    awning = mix(
        awning, (0.93, 0.91, 0.86), (np.mod(u, 0.6) < 0.3) * (tone > 0.3) * 0.8
    )
    on = (v > 2.75) & (v < 3.3) & (np.abs(shop_u) < 2.05)
    rgb = np.where(on[..., None], awning * (0.75 + 0.45 * (v - 2.75))[..., None], rgb)
    rgb = (
        rgb
        * (1 - 0.22 * smooth(1.0, 0.0, v) - 0.25 * smooth(top - 1.2, top - 0.5, v))[
            ..., None
        ]
    )
    rgb = mix(rgb, (0.84, 0.80, 0.74), (v > top - 0.5) * 0.8)
    return (rgb * np.asarray(light, np.float32)).astype(np.float32)


def paint_house(scene: Scene, house: House) -> None:
    """Paint the end wall that faces the camera, then the front along the street."""
    x, lit = house.side, house.side < 0

    def end(px: Floats, py: Floats) -> Floats:
        u = (px - CENTRE_X) * house.near / FOCAL
        v = EYE - (py - HORIZON) * house.near / FOCAL
        shade: Rgb = (0.80, 0.78, 0.80) if lit else (0.86, 0.82, 0.78)
        return hazy(wall(scene, house, u, v, shade), house.near)

    def front(px: Floats, py: Floats) -> Floats:
        offset = px - CENTRE_X
        depth = FOCAL * x / np.where(np.abs(offset) < 1, np.sign(x), offset)
        v = EYE - (py - HORIZON) * depth / FOCAL
        light: Rgb = (1.08, 1.00, 0.88) if lit else (0.58, 0.60, 0.70)
        return hazy(wall(scene, house, depth - house.near, v, light), depth)

    top, beyond = house.height, x * 2
    z0, z1 = house.near, house.far
    if z0 > 10:  # the nearest houses begin beside the camera
        scene.fill(
            project([(x, 0, z0), (x, top, z0), (beyond, top, z0), (beyond, 0, z0)]),
            end,
            BUILDING,
        )
    scene.fill(
        project([(x, 0, z0), (x, top, z0), (x, top, z1), (x, 0, z1)]), front, BUILDING
    )


def world(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Turn image pixels on the ground into X and Z in metres."""
    depth = FOCAL * EYE / np.maximum(y - HORIZON, 0.6)
    return (x - CENTRE_X) * depth / FOCAL, depth


def finish(scene: Scene, rgb: Floats, x: Floats, z: Floats) -> Floats:
    """Lay sun, the shadow of the right-hand houses and haze over the ground."""
    edge = (
        1.5
        + 0.9 * np.sin(np.floor(z / 15.5) * 2.4)
        + 0.02 * sample(scene.fine, z * 9, x)
    )
    gap = smooth(47, 49, z) * smooth(55, 53, z)
    dark = smooth(-0.12, 0.3, x - edge) * (1 - gap)
    return hazy(rgb * mix((1.10, 1.03, 0.93), (0.56, 0.60, 0.70), dark), z)


def asphalt(scene: Scene, px: Floats, py: Floats) -> Floats:
    """Give the road: grain, tyre tracks, a mended patch."""
    x, z = world(px, py)
    near = np.exp(-z / 16)
    grey = 0.43 + sample(scene.fine, x * 110, z * 110) * 0.16 * near
    grey += sample(scene.broad, x * 26, z * 5) * 0.05
    for lane in (-3.6, 0.1):
        grey -= 0.035 * np.exp(-(((np.abs(x - lane) - 0.78) / 0.24) ** 2))
    patch = (np.abs(x + 0.9) < 0.7) & (np.abs(z - 8.3) < 0.75)
    grey = grey * np.where(patch, 0.93, 1.0)
    return finish(
        scene, grey[..., None] * np.array((0.98, 1.0, 1.04), np.float32), x, z
    )


def slabs(scene: Scene, px: Floats, py: Floats) -> Floats:
    """Give the pavement: slabs, joints, kerbs."""
    x, z = world(px, py)
    joint = (np.mod(x, 0.62) < 0.035) | (
        np.mod(z + np.floor(x / 0.62) * 0.31, 0.62) < 0.035
    )
    tone = hashed(x / 0.62, (z + np.floor(x / 0.62) * 0.31) / 0.62, 5) * 0.07
    near = np.exp(-z / 22)
    grey = (
        0.66
        + (tone - 0.18 * joint) * near
        + sample(scene.fine, x * 90, z * 90) * 0.07 * near
    )
    kerb = (np.abs(x + 5.32) < 0.14) | (np.abs(x - 4.32) < 0.14)
    grey = np.where(kerb, 0.78 - 0.1 * (np.mod(z, 1.0) < 0.03) * near, grey)
    return finish(
        scene, grey[..., None] * np.array((1.02, 0.99, 0.94), np.float32), x, z
    )


def white(scene: Scene, px: Floats, py: Floats) -> Floats:
    """Give worn white paint."""
    x, z = world(px, py)
    worn = 0.86 + sample(scene.broad, x * 70, z * 40) * 0.12
    return finish(
        scene, worn[..., None] * np.array((1.0, 0.99, 0.95), np.float32), x, z
    )


def flat(x0: float, x1: float, z0: float, z1: float) -> Floats:
    """Give a rectangle on the ground as an outline."""
    return project([(x0, 0, z0), (x1, 0, z0), (x1, 0, z1), (x0, 0, z1)])


def paint_ground(scene: Scene) -> None:
    """Paint asphalt, pavements with their kerbs, and the markings."""
    for x0, x1 in ((-60, -5.2), (4.2, 60)):
        scene.fill(flat(x0, x1, 2, 900), partial(slabs, scene), PAVEMENT)
    scene.fill(flat(-5.2, 4.2, 2, 900), partial(asphalt, scene), ROAD)
    for z0, z1 in ((33.5, 39.5), (47.5, 53.5)):  # the two side streets
        scene.fill(
            flat(-60, -5.2, z0, z1) if z0 < 40 else flat(4.2, 60, z0, z1),
            partial(asphalt, scene),
            ROAD,
        )
    paint_markings(scene)


def paint_markings(scene: Scene) -> None:
    """Paint the centre line, the bays at the kerb, the crossing and its stop line."""
    paint = partial(white, scene)
    for z in np.arange(3.2, 120, 6.0):
        if not 24 < z < 33:
            scene.fill(flat(-1.86, -1.72, z, z + 3.0), paint, MARKING)
    for z in np.arange(2.4, 24, 5.6):
        scene.fill(flat(1.92, 2.04, z, z + 5.35), paint, MARKING)
        scene.fill(flat(2.04, 4.1, z + 5.2, z + 5.35), paint, MARKING)
    for x in np.arange(-4.9, 3.9, 1.0):
        scene.fill(flat(x, x + 0.52, 26.4, 30.2), paint, MARKING)
    scene.fill(flat(-1.6, 1.8, 24.6, 25.1), paint, MARKING)


def paint_tree(scene: Scene, x: float, z: float, crown_m: float) -> None:
    """Paint a trunk and a crown of many small leaves, lit from the sun's side."""
    base, scale = project([(x, 0, z)])[0], FOCAL / z
    bark = hazy((0.33, 0.26, 0.21), z)
    outline = np.array(
        [(-0.15, 0), (0.15, 0), (0.09, 1.6), (0.3, 3.6), (-0.25, 3.6), (-0.09, 1.6)]
    )
    scene.fill(base + outline * (scale, -scale), (bark[0], bark[1], bark[2]), TREE)
    leaves = scene.rng.random((int(np.clip(13_000 * crown_m / z, 300, 1400)), 5))
    grow = (1400 / len(leaves)) ** 0.4
    angle, lift = leaves[:, 0] * 2 * np.pi, leaves[:, 1] * 2 - 1
    radius = crown_m * np.cbrt(leaves[:, 2]) * (0.86 + 0.14 * np.sin(3 * angle + x))
    flat = np.sqrt(1 - lift * lift)
    ball = np.stack(
        [
            radius * flat * np.cos(angle),
            radius * lift * 1.12,
            radius * flat * np.sin(angle),
        ],
        1,
    )
    order = np.argsort(ball @ SUN - 0.9 * ball[:, 2] + 0.5 * leaves[:, 3])
    for (dx, dy, dz), leaf in zip(ball[order], leaves[order], strict=True):
        facing = (dx * SUN[0] + dy * SUN[1] + dz * SUN[2]) / crown_m
        glow = float(np.clip(0.42 + 0.46 * facing + 0.34 * (leaf[3] - 0.5), 0, 1))
        rgb = mix((0.07, 0.16, 0.10), (0.55, 0.66, 0.27), glow)
        rgb = hazy(rgb, z)
        spot = disc(
            base[0] + dx * scale,
            base[1] - (4.7 + dy) * scale,
            (0.07 + 0.15 * leaf[4] ** 2) * scale * grow,
            count=6,
        )
        scene.fill(spot + (leaf[3] - 0.5) * scale * 0.1, (rgb[0], rgb[1], rgb[2]), TREE)


def paint_lamp(scene: Scene, x: float, z: float) -> None:
    """Paint a street lamp whose arm reaches over the road."""
    base, unit = project([(x, 0, z)])[0], FOCAL / z
    reach = 1.3 if x < 0 else -1.3
    tone = hazy((0.22, 0.25, 0.27), z)
    rgb = (tone[0], tone[1], tone[2])
    for a, b, ra, rb in (
        ((0, 0), (0, 1.1), 0.11, 0.08),
        ((0, 1.0), (0, 6.3), 0.06, 0.045),
        ((0, 6.25), (reach, 6.6), 0.04, 0.035),
        ((reach * 0.8, 6.56), (reach * 1.25, 6.6), 0.08, 0.06),
    ):
        outline = base + limb(a, b, ra, rb) * (unit, -unit)
        round_shade(scene, outline.astype(np.float32), rgb, POLE)


def paint_sign(scene: Scene, x: float, z: float) -> None:
    """Paint the blue sign of a pedestrian crossing on its pole."""
    base, unit = project([(x, 0, z)])[0], FOCAL / z

    def put(xy: Sequence[Sequence[float]] | Floats, rgb: Rgb, cls: int) -> None:
        outline = base + np.asarray(xy) * (unit, -unit)
        scene.fill(outline.astype(np.float32), rgb, cls)

    def square(half: float) -> list[tuple[float, float]]:
        return [
            (-half, 2.6 - half),
            (half, 2.6 - half),
            (half, 2.6 + half),
            (-half, 2.6 + half),
        ]

    post = base + limb((0, 0), (0, 2.5), 0.045, 0.045) * (unit, -unit)
    round_shade(scene, post.astype(np.float32), (0.50, 0.52, 0.54), POLE)
    put(square(0.46), (0.93, 0.94, 0.95), SIGN)
    put(square(0.42), (0.10, 0.33, 0.68), SIGN)
    put([(-0.33, 2.26), (0.33, 2.26), (0, 2.94)], (0.95, 0.96, 0.97), SIGN)
    put(disc(0.0, 2.68, 0.045), (0.08, 0.09, 0.11), SIGN)
    put(limb((0, 2.58), (0.01, 2.46), 0.05, 0.045), (0.08, 0.09, 0.11), SIGN)
    for foot in (-0.10, 0.11):
        put(limb((0.01, 2.45), (foot, 2.30), 0.032, 0.025), (0.08, 0.09, 0.11), SIGN)
