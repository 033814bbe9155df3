"""Colours as people see them: CIE Lab, CIEDE2000, colour-blind eyes, and palettes to show.

Nothing here knows masks or files. Colours are (n, 3) arrays or triples of RGB in sRGB.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Rgb = npt.NDArray[np.uint8]

Eyes = Literal["protan", "deutan", "tritan"]
PaletteName = Literal["distinct", "safe"]

PALETTE_SIZE: Final = 64
"""So many colours of a palette are chosen one by one; beyond, hues go round."""

CANDIDATE_STEP: Final = 15
"""Candidates for a palette are the colours whose channels this divides."""

LIGHTNESS_RANGE: Final = (38.0, 92.0)
"""Lab lightness of display colours: seen over dark and over bright images."""

LEAST_CHROMA: Final = 18.0
"""Greys are left out: they would look like the image beneath."""

_SRGB_TO_XYZ: Final = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE_D65: Final = np.array([0.95047, 1.0, 1.08883])

# Machado, Oliveira, Fernandes 2009, "A physiologically-based model for simulation of color
# vision deficiency", severity 1.0; applied to linear RGB.
_EYES: Final[Mapping[Eyes, Floats]] = {
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def lab(rgb: npt.ArrayLike) -> Floats:
    """Give 8-bit sRGB as CIE Lab (D65), (..., 3)."""
    xyz = _linear(rgb) @ _SRGB_TO_XYZ.T / _WHITE_D65
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (xyz * (24389 / 27) + 16) / 116)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def seen_by(rgb: npt.ArrayLike, eyes: Eyes) -> Floats:
    """Give 8-bit sRGB as colour-blind eyes see it: (..., 3) floats 0..255."""
    linear = np.clip(_linear(rgb) @ _EYES[eyes].T, 0, 1)
    shown = np.where(
        linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055
    )
    return shown * 255


def ciede2000(lab_1: npt.ArrayLike, lab_2: npt.ArrayLike) -> Floats:
    """Give the CIEDE2000 difference of Lab colours, (..., 3) each, broadcast.

    As Sharma, Wu and Dalal 2005 write it, "The CIEDE2000 color-difference formula:
    implementation notes", with weights of 1. About 1 is what eyes just see.
    """
    first, second = np.asarray(lab_1, np.float64), np.asarray(lab_2, np.float64)
    light_1, light_2 = first[..., 0], second[..., 0]
    mean_chroma = (
        np.hypot(first[..., 1], first[..., 2])
        + np.hypot(second[..., 1], second[..., 2])
    ) / 2
    grey = 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    a_1, a_2 = (1 + grey) * first[..., 1], (1 + grey) * second[..., 1]
    b_1, b_2 = first[..., 2], second[..., 2]
    chroma_1, chroma_2 = np.hypot(a_1, b_1), np.hypot(a_2, b_2)
    hue_1, hue_2 = (
        np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a_1, b_1), (a_2, b_2))
    )
    is_grey = chroma_1 * chroma_2 == 0
    turn = hue_2 - hue_1
    turn = np.where(turn > 180, turn - 360, np.where(turn < -180, turn + 360, turn))
    d_hue = (
        2
        * np.sqrt(chroma_1 * chroma_2)
        * np.sin(np.radians(np.where(is_grey, 0, turn)) / 2)
    )
    sum_hue = hue_1 + hue_2
    far = np.abs(hue_1 - hue_2) > 180
    hue = (
        np.where(far, np.where(sum_hue < 360, sum_hue + 360, sum_hue - 360), sum_hue)
        / 2
    )
    hue = np.where(is_grey, sum_hue, hue)
    return _weighted(
        light_2 - light_1,
        chroma_2 - chroma_1,
        d_hue,
        (light_1 + light_2) / 2,
        (chroma_1 + chroma_2) / 2,
        hue,
    )


def _weighted(
    d_light: Floats,
    d_chroma: Floats,
    d_hue: Floats,
    light: Floats,
    chroma: Floats,
    hue: Floats,
) -> Floats:
    """Weigh the differences by where the two colours lie."""
    angle = np.radians(hue)
    t = (
        1
        - 0.17 * np.cos(angle - np.radians(30))
        + 0.24 * np.cos(2 * angle)
        + 0.32 * np.cos(3 * angle + np.radians(6))
        - 0.20 * np.cos(4 * angle - np.radians(63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    swing = 30 * np.exp(-(((hue - 275) / 25) ** 2))
    rotation = (
        -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(2 * swing))
    )
    by_light, by_chroma, by_hue = d_light / s_light, d_chroma / s_chroma, d_hue / s_hue
    return np.sqrt(
        by_light**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue
    )


def difference(rgb_1: npt.ArrayLike, rgb_2: npt.ArrayLike) -> Floats:
    """Give the CIEDE2000 difference of 8-bit sRGB colours, (..., 3) each, broadcast."""
    return ciede2000(lab(rgb_1), lab(rgb_2))


def build_palette(name: PaletteName, size: int = PALETTE_SIZE) -> Rgb:
    """Choose colours one by one, each as far as can be from those before it.

    Parameters
    ----------
    name
        ``distinct`` counts how far colours are for usual eyes, and half as much for
        colour-blind ones; ``safe`` the least of all four kinds of eyes.

    Returns
    -------
    (size, 3) uint8; the same on every machine. `palette_table` holds the result.
    """
    steps = np.arange(0, 256, CANDIDATE_STEP)
    candidates = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1)
    candidates = candidates.reshape(-1, 3).astype(np.uint8)
    usual = lab(candidates)
    chroma = np.hypot(usual[:, 1], usual[:, 2])
    low, high = LIGHTNESS_RANGE
    keep = (usual[:, 0] >= low) & (usual[:, 0] <= high) & (chroma >= LEAST_CHROMA)
    candidates, usual = candidates[keep], usual[keep]
    others = [lab(seen_by(candidates, eyes)) for eyes in _EYES]
    weight = 2.0 if name == "distinct" else 1.0
    chosen = [int(np.argmax(chroma[keep]))]
    nearest = np.full(len(candidates), np.inf)
    while len(chosen) < size:
        last = chosen[-1]
        far = ciede2000(usual, usual[last])
        for seen in others:
            far = np.minimum(far, weight * ciede2000(seen, seen[last]))
        nearest = np.minimum(nearest, far)
        # Rounded, so that no machine's last digit decides between two equals.
        chosen.append(int(np.argmax(np.round(nearest, 6))))
    return candidates[chosen]


@cache
def palette_table(name: PaletteName) -> Rgb:
    """Give the colours of a palette, (PALETTE_SIZE, 3) uint8; not to be changed."""
    found = np.frombuffer(bytes.fromhex(_PALETTES[name]), np.uint8).reshape(-1, 3)
    found.flags.writeable = False
    return found


def display_colors(numbers: npt.ArrayLike, name: PaletteName = "distinct") -> Rgb:
    """Give each number its display colour, (n, 3) uint8.

    Equal numbers get equal colours, always. Beyond the palette the hue goes round by the
    golden ratio, in four strengths, so that neighbours stay apart.
    """
    of = np.asarray(numbers, np.int64)
    colors = palette_table(name)[of % PALETTE_SIZE].copy()
    beyond = of >= PALETTE_SIZE
    far = of[beyond]
    hue = (far * 0.6180339887498949) % 1.0
    strength = np.array([[0.85, 0.95], [0.55, 1.0], [0.95, 0.72], [0.45, 0.8]])
    saturation, brightness = strength[far % 4].T
    # HSV to RGB, each channel a trapezium over the hue.
    wheel = np.array([5.0, 3.0, 1.0])
    k = (wheel + hue[:, None] * 6) % 6
    drop = np.clip(np.minimum(k, 4 - k), 0, 1) * (saturation * brightness)[:, None]
    colors[beyond] = np.rint((brightness[:, None] - drop) * 255).astype(np.uint8)
    return colors


def farthest_color(
    candidates: npt.ArrayLike, taken: Iterable[Sequence[int]]
) -> int | None:
    """Find the candidate whose nearest taken colour is farthest, by CIEDE2000.

    Returns
    -------
    Its row, the first of equals; None where every candidate is taken.
    """
    rows = np.asarray(candidates)
    if not len(rows):
        return None
    seen = lab(rows)
    nearest = np.full(len(rows), np.inf)
    for color in taken:
        nearest = np.minimum(nearest, ciede2000(seen, lab(np.array(color))))
    best = int(np.argmax(np.round(nearest, 6)))
    return best if nearest[best] > 0 else None


def _linear(rgb: npt.ArrayLike) -> Floats:
    share = np.asarray(rgb, np.float64) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


# What `build_palette` gives, as RGB in hex.
_PALETTES: Final[Mapping[PaletteName, str]] = {
    "distinct": (
        "6900ffe1f000964b0000d2ffffc3c300695af000781ea51e8787b4b4a578e13cff78a596"
        "96ff96962d8769784b966978f096d22d69b4f0b42df0784b695a3cc3e1ff2d879669ffe1"
        "c3d296c35a5ab4005a8778004bc39687a5f0a5e1e1ffe1c3ff4bc3b487693c96d2e1d269"
        "d200b4c35a96a53cf0ff2d00d2a5b4d2788787c3695a8769d2003c875a9696a55ab487a5"
        "4b87ff00a5a596d2b4964b69e1a596ff5a8787c3e178692dc3a51e875a4b78872d1ef0a5"
        "d20f872d96784be14b3c4be1"
    ),
    "safe": (
        "6900ffff4b0f2dfff0009687a596ffe1f096874b4b96c3a51e69788778b4b41e00a59669"
        "ffb4003cc3d28769ff694ba587785ab4c378b4f0c3d26987b40f69e187b469962df0b4ff"
        "785ad25a692dffe15a78699678b44ba587d2a55a69c3a58796d2d2d20f2d4be1c3877896"
        "b48796b4d2a5d2d2693c873cff96e169a5a52d4bd278694b8778d2873cffe11e87ff874b"
        "f03cb4a5009696875ae1e1a5c35a78f00f008787f0d2a5ffc3e1ffe19600963c5ac30f87"
        "e15a78ff69a5b4874b875aa5"
    ),
}
