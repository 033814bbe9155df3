"""The cars and the people of the street."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from draw_example_kit import (
    CAR,
    EYE,
    FOCAL,
    PERSON,
    SUN,
    Floats,
    Rgb,
    Scene,
    disc,
    hazy,
    limb,
    mix,
    project,
    round_shade,
)


class Walker(NamedTuple):
    """A person: where, how tall, how far the step reaches, and the clothes."""

    x: float
    z: float
    tall: float
    step: float
    coat: Rgb
    legs: Rgb
    hair: Rgb
    skin: Rgb
    bag: bool


def paint_walker(scene: Scene, who: Walker, instance: int) -> None:
    """Legs, coat, arms, head; in units of a 1.75 m person."""
    base, unit = project([(who.x, 0, who.z)])[0], FOCAL / who.z * who.tall / 1.75

    def put(xy: Floats, rgb: Rgb) -> None:
        seen = hazy(rgb, who.z)
        placed = (base + xy * (unit, -unit)).astype(np.float32)
        round_shade(scene, placed, (seen[0], seen[1], seen[2]), PERSON, instance)

    s, shade = who.step, 0.72
    dark = (who.legs[0] * shade, who.legs[1] * shade, who.legs[2] * shade)
    coat = (who.coat[0] * 0.82, who.coat[1] * 0.82, who.coat[2] * 0.82)
    put(limb((0.10, 1.34), (0.17 + s * 0.8, 0.86), 0.065, 0.05), coat)
    for way, rgb in ((-1.0, dark), (1.0, who.legs)):
        knee = (way * s * 0.75 + 0.03, 0.48)
        put(limb((way * 0.05, 0.88), knee, 0.105, 0.075), rgb)
        put(limb(knee, (way * s * 1.25, 0.09), 0.072, 0.05), rgb)
        put(
            limb(
                (way * s * 1.25 - 0.02, 0.045),
                (way * s * 1.25 + 0.12, 0.04),
                0.045,
                0.035,
            ),
            (0.13, 0.12, 0.12),
        )
    body = np.concatenate(
        [
            limb((-0.11, 1.38), (0.11, 1.38), 0.085, 0.085),
            limb((-0.09, 0.86), (0.09, 0.86), 0.1, 0.1),
        ]
    )
    put(cv2.convexHull(body)[:, 0].astype(np.float32), who.coat)
    put(limb((0, 1.45), (0, 1.53), 0.055, 0.05), who.skin)
    if who.bag:
        put(limb((-0.21, 0.92), (-0.21, 0.74), 0.10, 0.12), (0.42, 0.26, 0.16))
    put(limb((-0.17, 1.36), (-0.22 - s * 0.5, 1.08), 0.065, 0.055), coat)
    put(limb((-0.22 - s * 0.5, 1.08), (-0.16 - s * 0.9, 0.84), 0.052, 0.04), coat)
    put(disc(-0.16 - s * 0.9, 0.80, 0.045), who.skin)
    put(disc(0, 1.635, 0.095, 0.118), who.hair)
    put(disc(0.03, 1.605, 0.07, 0.088), who.skin)


class Car(NamedTuple):
    """A car: the middle of its near end, its colour, its shape, which end faces the camera."""

    x: float
    z: float
    rgb: Rgb
    is_hatchback: bool
    shows_front: bool


LENGTH, HALF = 4.3, 0.91
# (distance from the rear end, height of the top) along the middle of the car.
SALOON = [
    (0, 0.62),
    (0.03, 0.80),
    (0.10, 0.99),
    (0.62, 1.04),
    (1.15, 1.38),
    (1.5, 1.44),
    (2.3, 1.45),
    (2.6, 1.40),
    (3.25, 1.00),
    (4.0, 0.86),
    (4.22, 0.74),
    (4.3, 0.55),
]
HATCHBACK = [
    (0, 0.62),
    (0.03, 0.86),
    (0.12, 1.04),
    (0.42, 1.42),
    (0.62, 1.52),
    (1.4, 1.56),
    (2.3, 1.53),
    (2.6, 1.47),
    (3.3, 1.04),
    (4.0, 0.90),
    (4.22, 0.76),
    (4.3, 0.55),
]


def car_rings(car: Car) -> npt.NDArray[np.float64]:
    """Give the body as rings (stations, points, xyz) from the rear end to the front."""
    profile = np.array(HATCHBACK if car.is_hatchback else SALOON)
    along = np.concatenate(
        [
            np.linspace(0, 0.14, 5),
            np.linspace(0.16, 1.4, 30),
            np.linspace(1.45, 4.14, 34),
            np.linspace(4.18, LENGTH, 5),
        ]
    )
    top = np.interp(along, profile[:, 0], profile[:, 1])
    top = np.concatenate(
        [top[:2], np.convolve(top, (0.25, 0.5, 0.25), "valid")[1:-1], top[-2:]]
    )
    end = np.minimum(along, LENGTH - along)
    half = HALF * (1 - 0.16 * np.exp(-end / 0.16) - 0.05 * np.exp(-end / 0.6))
    rings = []
    for z, y, w in zip(along, top, half, strict=True):
        belt = min(y - 0.05, 0.96)
        lean = w * (0.98 - 0.24 * np.clip((y - 0.98) / 0.5, 0, 1))
        side = [(w * 0.90, 0.24), (w * 0.99, 0.36), (w, 0.62), (w * 0.975, belt)]
        side += [
            (mix(w * 0.975, lean, t), mix(belt, y - 0.07, t)) for t in (0.08, 0.5, 0.92)
        ]
        side += [(lean * 0.93, y - 0.02), (lean * 0.55, y), (0.0, y)]
        ring = side + [(-px, py) for px, py in side[-2::-1]]
        rings.append([(float(px), float(py), z) for px, py in ring])
    return np.array(rings)


def car_colour(car: Car, middle: Floats, normal: Floats) -> Floats:
    """Paint, glass or sill: decided by where a face lies and where it looks.

    ``middle`` in the car's own metres (z from its rear end), ``normal`` in the world's.
    """
    x, y, z = (float(value) for value in middle)
    up = float(np.clip(normal[1], 0, 1))
    light = 0.46 + 0.66 * max(0.0, float(normal @ SUN)) + 0.10 * up
    roof = 1.44 if car.is_hatchback else 1.36
    pillar = min(abs(z - 2.05), abs(z - (0.70 if car.is_hatchback else 1.20)))
    on_side = (
        abs(normal[0]) > 0.6 and 1.0 < y < roof and 0.75 < z < 2.95 and pillar > 0.05
    )
    on_end = (
        abs(normal[0]) < 0.6
        and abs(normal[2]) > 0.25
        and 1.06 < y < roof
        and abs(x) < 0.66
    )
    if on_side or on_end:
        return mix(
            (0.06, 0.08, 0.10), (0.56, 0.66, 0.74), 0.16 + (y - 1.0) * 0.9 * (0.4 + up)
        )
    if y < 0.36:
        return np.array((0.12, 0.12, 0.13), np.float32) * np.float32(light)
    shine = 0.34 * up**3 + 0.10 * float(0.86 < y < 0.94)
    return mix(np.array(car.rgb) * light, (0.86, 0.90, 0.95), shine)


def paint_wheels(scene: Scene, car: Car, side: float, instance: int) -> None:
    """Paint the two wheels of one side, flat against it."""
    for at in (0.82, 3.42):
        z = car.z + (LENGTH - at if car.shows_front else at)
        for radius, rgb in (
            (0.39, (0.05, 0.05, 0.06)),
            (0.33, (0.11, 0.11, 0.12)),
            (0.21, (0.58, 0.59, 0.61)),
            (0.16, (0.34, 0.35, 0.37)),
            (0.06, (0.62, 0.63, 0.65)),
        ):
            flat = disc(z, 0.34, radius)
            x = np.full(len(flat), car.x + side * (HALF + 0.005))
            outline = project(np.stack([x, np.maximum(flat[:, 1], 0.0), flat[:, 0]], 1))
            tone = hazy(rgb, z)
            scene.fill(outline, (tone[0], tone[1], tone[2]), CAR, instance)


def paint_end(scene: Scene, car: Car, instance: int) -> None:
    """Lamps, plate and grille of the end that faces the camera."""
    plate: Rgb = (0.93, 0.93, 0.90)
    if car.shows_front:
        boxes = [
            (-0.40, 0.40, 0.44, 0.62, (0.07, 0.07, 0.08)),
            (-0.25, 0.25, 0.42, 0.53, plate),
        ]
        lamps, lamp = (0.46, 0.74, 0.60, 0.73), (1.0, 0.98, 0.88)
    else:
        boxes = [
            (-0.60, 0.60, 0.36, 0.42, (0.13, 0.13, 0.14)),
            (-0.25, 0.25, 0.56, 0.68, plate),
        ]
        lamps, lamp = (0.50, 0.76, 0.70, 0.88), (0.78, 0.08, 0.07)
    x0, x1, y0, y1 = lamps
    boxes += [(x0, x1, y0, y1, lamp), (-x1, -x0, y0, y1, lamp)]
    for left, right, low, high, rgb in boxes:
        corners = [(left, low), (right, low), (right, high), (left, high)]
        outline = project([(car.x + x, y, car.z + 0.03) for x, y in corners])
        tone = hazy(rgb, car.z)
        scene.fill(outline, (tone[0], tone[1], tone[2]), CAR, instance)


def paint_car(scene: Scene, car: Car, instance: int) -> None:
    """Paint the tyres, then every face of the body that looks at the camera, far ones first."""
    own = car_rings(car)
    depth = LENGTH - own[..., 2] if car.shows_front else own[..., 2]
    world = np.stack([own[..., 0] + car.x, own[..., 1], depth + car.z], -1)
    for x in (-0.70, 0.70):
        tyre = [(-0.11, 0), (0.11, 0), (0.11, 0.4), (-0.11, 0.4)]
        scene.fill(
            project([(car.x + x + u, v, car.z + 0.55) for u, v in tyre]),
            (0.06, 0.06, 0.07),
            CAR,
            instance,
        )
    faces = [
        (
            np.array(
                [world[i, j], world[i, j + 1], world[i + 1, j + 1], world[i + 1, j]]
            ),
            own[i : i + 2, j : j + 2].reshape(4, 3).mean(0),
        )
        for i in range(len(world) - 1)
        for j in range(world.shape[1] - 1)
    ]
    faces += [(world[i], own[i].mean(0)) for i in (0, -1)]
    body = np.array([car.x, 0.7, car.z + LENGTH / 2])
    for quad, middle in sorted(
        faces, key=lambda face: -float(np.linalg.norm(face[0].mean(0) - (0, EYE, 0)))
    ):
        normal = np.cross(quad[2] - quad[0], quad[3] - quad[1])
        normal = normal / max(float(np.linalg.norm(normal)), 1e-9)
        centre = quad.mean(0)
        normal = normal if normal @ (centre - body) > 0 else -normal
        if normal @ (centre - (0, EYE, 0)) > 0:
            continue
        tone = hazy(np.clip(car_colour(car, middle, normal), 0, 1), car.z)
        grown = project(quad)
        grown = grown + (grown - grown.mean(0)) * 0.04
        scene.fill(grown, (tone[0], tone[1], tone[2]), CAR, instance)
    side = -1.0 if car.x - HALF > 0 else 1.0
    if abs(car.x) > HALF:
        paint_wheels(scene, car, side, instance)
    paint_end(scene, car, instance)
