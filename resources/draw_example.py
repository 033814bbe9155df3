"""Draw the bundled example: a street, its semantic mask, its instance mask and its frame.

A script, not a part of the package: ``python resources/draw_example.py [FOLDER]``. Everything
is computed from the numbers here and one seed, so that the example belongs to the project
and can be drawn again. Colour, class and instance are painted by the same call, at three
times the final size: the masks fit the picture to the pixel.
"""

from __future__ import annotations

import argparse
import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from draw_example_actors import LENGTH, Car, Walker, paint_car, paint_walker
from draw_example_kit import HEIGHT, SCALE, WIDTH, Scene, on_ground
from draw_example_street import (
    HOUSES,
    paint_ground,
    paint_house,
    paint_lamp,
    paint_sign,
    paint_sky,
    paint_tree,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 20240607

# In the order of the class numbers of draw_example_kit. The legend alone names the sky, and
# nothing names the sign: a frame that shows both cases.
CLASSES: dict[str, tuple[int, int, int]] = {
    "sky": (142, 197, 236),
    "building": (196, 160, 124),
    "road": (126, 108, 168),
    "lane marking": (246, 214, 96),
    "pavement": (228, 150, 186),
    "vegetation": (88, 172, 104),
    "pole": (70, 184, 178),
    "car": (52, 116, 220),
    "person": (226, 78, 70),
    "traffic sign": (255, 140, 36),
}
ONLY_IN_LEGEND = "sky"
CLAIMED_BY_NOBODY = "traffic sign"
BACKGROUND = (0, 0, 0)


class Instance(NamedTuple):
    """One car or person: what its ROI says, its colour in the instance mask, the thing."""

    id: str
    labels: list[str]
    rgb: tuple[int, int, int]
    confidence: float | None
    thing: Car | Walker


INSTANCES = [
    Instance(
        "car-1",
        ["car"],
        (31, 119, 214),
        0.99,
        Car(-0.05, 12.2, (0.66, 0.13, 0.11), False, False),
    ),
    Instance(
        "car-2",
        ["car", "parked"],
        (116, 82, 222),
        0.97,
        Car(3.05, 8.6, (0.13, 0.29, 0.47), True, False),
    ),
    Instance(
        "car-3",
        ["car", "parked"],
        (24, 178, 196),
        0.94,
        Car(3.1, 14.4, (0.78, 0.78, 0.76), False, False),
    ),
    Instance(
        "car-4",
        ["car"],
        (92, 208, 128),
        0.96,
        Car(-3.5, 17.5, (0.84, 0.82, 0.77), True, True),
    ),
    Instance(
        "car-5",
        ["car"],
        (186, 216, 74),
        None,
        Car(-3.45, 42.0, (0.20, 0.22, 0.25), False, True),
    ),
    Instance(
        "person-1",
        ["person"],
        (240, 86, 78),
        0.98,
        Walker(
            5.75,
            9.4,
            1.78,
            0.24,
            (0.24, 0.34, 0.47),
            (0.20, 0.21, 0.25),
            (0.16, 0.11, 0.08),
            (0.80, 0.60, 0.48),
            True,
        ),
    ),
    Instance(
        "person-2",
        ["person"],
        (250, 166, 60),
        0.95,
        Walker(
            6.75,
            13.6,
            1.68,
            0.20,
            (0.72, 0.28, 0.24),
            (0.17, 0.19, 0.26),
            (0.36, 0.22, 0.12),
            (0.86, 0.67, 0.55),
            False,
        ),
    ),
    Instance(
        "person-3",
        ["person"],
        (232, 96, 172),
        0.91,
        Walker(
            -6.9,
            12.6,
            1.70,
            0.22,
            (0.86, 0.70, 0.34),
            (0.24, 0.30, 0.40),
            (0.20, 0.14, 0.10),
            (0.62, 0.44, 0.33),
            True,
        ),
    ),
    Instance(
        "person-4",
        ["person", "child"],
        (252, 216, 92),
        0.83,
        Walker(
            -6.2,
            12.9,
            1.14,
            0.18,
            (0.36, 0.58, 0.52),
            (0.46, 0.28, 0.30),
            (0.20, 0.14, 0.10),
            (0.66, 0.48, 0.37),
            False,
        ),
    ),
    Instance(
        "person-5",
        ["person"],
        (198, 72, 226),
        None,
        Walker(
            -2.2,
            28.2,
            1.76,
            0.26,
            (0.30, 0.42, 0.34),
            (0.16, 0.16, 0.19),
            (0.60, 0.56, 0.52),
            (0.84, 0.66, 0.55),
            False,
        ),
    ),
    Instance(
        "person-6",
        ["person"],
        (150, 64, 84),
        0.71,
        Walker(
            6.3,
            26.0,
            1.74,
            0.20,
            (0.56, 0.52, 0.48),
            (0.26, 0.24, 0.22),
            (0.14, 0.10, 0.08),
            (0.78, 0.58, 0.46),
            False,
        ),
    ),
]

TREES = [
    (-6.7, 17.0, 1.9),
    (-6.7, 25.5, 2.0),
    (-6.7, 44.0, 2.1),
    (-6.7, 56.0, 2.1),
    (-6.7, 72.0, 2.2),
    (5.6, 21.0, 1.8),
    (5.6, 36.0, 1.9),
    (5.6, 60.0, 2.1),
    (5.7, 78.0, 2.2),
]
LAMPS = [(-5.75, 21.3), (-5.75, 50.0), (4.75, 18.6), (4.75, 42.0)]


def paint_street() -> Scene:
    """Paint the whole scene: the ground with its shadows, then everything that stands on it."""
    scene = Scene(SEED)
    paint_sky(scene)
    for x in range(-26, 30, 9):  # the far end of the street, in the haze
        paint_tree(scene, x, 150.0 + (x * 7) % 11, 5.2)
    paint_ground(scene)
    for house in sorted(HOUSES, key=lambda each: -each.near):
        paint_house(scene, house)
    standing: list[tuple[float, Callable[[], None]]] = []
    for number, item in enumerate(INSTANCES, 1):
        thing = item.thing
        if isinstance(thing, Car):
            middle = thing.z + LENGTH / 2
            scene.shadow(
                on_ground(thing.x - 0.15, middle, 1.05, 2.35), 0.95, 90 / thing.z
            )
            standing.append((thing.z, partial(paint_car, scene, thing, number)))
        else:
            scene.shadow(
                on_ground(thing.x - 0.35, thing.z, 0.55, 0.22), 0.7, 45 / thing.z
            )
            standing.append((thing.z, partial(paint_walker, scene, thing, number)))
    for x, z, crown_m in TREES:
        scene.shadow(on_ground(x - 1.0, z, 2.6, 1.3), 0.6, 140 / z)
        standing.append((z, partial(paint_tree, scene, x, z, crown_m)))
    standing += [(z, partial(paint_lamp, scene, x, z)) for x, z in LAMPS]
    standing.append((10.9, partial(paint_sign, scene, 4.75, 10.9)))
    for _, paint in sorted(standing, key=lambda entry: -entry[0]):
        paint()
    return scene


def develop(scene: Scene) -> npt.NDArray[np.uint8]:
    """Give the picture as a camera would give it: glow, vignette, contrast, grain."""
    rgb = cv2.resize(scene.rgb, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    glow = cv2.GaussianBlur(np.clip(rgb - 0.72, 0, None), (0, 0), 14)
    rgb = rgb + 0.35 * glow
    rows, cols = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    radius = np.hypot((cols - WIDTH / 2) / WIDTH, (rows - HEIGHT / 2) / HEIGHT)
    rgb *= (1.03 - 0.34 * radius**2)[..., None]
    rgb = np.clip(rgb, 0, 1)
    rgb = 0.80 * rgb + 0.20 * (rgb * rgb * (3 - 2 * rgb))
    grain = (
        scene.rng.random((HEIGHT, WIDTH, 1)) + scene.rng.random((HEIGHT, WIDTH, 1)) - 1
    )
    rgb = rgb + grain * 0.018
    return np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint8)


def rois() -> Iterator[dict[str, Any]]:
    """One ROI for each class and each instance, in the newer form of a frame."""
    for name, value in CLASSES.items():
        if name not in (ONLY_IN_LEGEND, CLAIMED_BY_NOBODY):
            yield roi([name], "seg", value, None, {"_type": "mask"})
    for item in INSTANCES:
        meta = {"_type": "mask", "_id": item.id}
        yield roi(item.labels, "instance", item.rgb, item.confidence, meta)


def roi(
    labels: list[str],
    mask_id: str,
    value: tuple[int, int, int],
    confidence: float | None,
    meta: dict[str, str],
) -> dict[str, Any]:
    """Make a ROI of one mask colour, its keys in the order that `add_annotation` writes."""
    found: dict[str, Any] = {"label": labels}
    if confidence is not None:
        found["confidence"] = confidence
    found["meta"] = meta
    found["mask"] = {"id": mask_id, "value": list(value)}
    found["sources"] = ["front"]
    return found


def frame() -> dict[str, Any]:
    """Make the frame's JSON."""
    masks = [
        {
            "id": name,
            "content_type": "image/png",
            "uri": f"street_{name}.png",
            "timestamp": 0,
            "width": WIDTH,
            "height": HEIGHT,
        }
        for name in ("seg", "instance")
    ]
    source = {
        "id": "front",
        "content_type": "image/jpeg",
        "uri": "street.jpg",
        "timestamp": 0,
        "width": WIDTH,
        "height": HEIGHT,
        "masks": masks,
        "meta": {"fov": 70},
    }
    return {
        "context_id": "street",
        "timestamp": 0,
        "meta": {"weather": "clear", "time_of_day": "evening", "city": "nowhere"},
        "sources": [source],
        "rois": list(rois()),
    }


def to_text(value: dict[str, Any]) -> str:
    """JSON with an indent of four, and lists of numbers or of short names on one line."""
    text = json.dumps(value, indent=4, ensure_ascii=False)
    inline = re.compile(r"\[\s+((?:[^\[\]{}\n]+\n\s+)+)\]")

    def joined(match: re.Match[str]) -> str:
        return "[" + re.sub(r"\s*\n\s*", " ", match.group(1)).strip() + "]"

    return inline.sub(joined, text) + "\n"


def draw(folder: Path) -> None:
    """Write the five files of the example into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    scene = paint_street()
    middle = slice(SCALE // 2, None, SCALE)
    seg = np.array(list(CLASSES.values()), np.uint8)[scene.cls[middle, middle]]
    ids = np.array([BACKGROUND, *(item.rgb for item in INSTANCES)], np.uint8)
    instance = ids[scene.instance[middle, middle]]
    Image.fromarray(develop(scene)).save(
        folder / "street.jpg", quality=92, subsampling=0
    )
    Image.fromarray(seg).save(folder / "street_seg.png", optimize=True)
    Image.fromarray(instance).save(folder / "street_instance.png", optimize=True)
    (folder / "street.json").write_bytes(to_text(frame()).encode())
    legend = {ONLY_IN_LEGEND: CLASSES[ONLY_IN_LEGEND], "background": BACKGROUND}
    (folder / "_mask_legend.json").write_bytes(to_text(legend).encode())


def main() -> None:
    """Draw into the folder that is named, or over the bundled example."""
    bundled = Path(__file__).parent / "chromask_resources" / "examples" / "street"
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=bundled)
    draw(parser.parse_args().folder)


if __name__ == "__main__":
    main()
