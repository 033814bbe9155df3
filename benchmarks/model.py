"""What a benchmark is made of. Standard library only: the peers' environments load this too."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Series = dict[str, list[float]]
"""What a side gives: values by name; milliseconds, unless the name ends in ``[unit]``."""

OURS = "chromask"
THEN = "then"
"""Our side with the packages of another commit."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The data at which a case runs: one size of an image with its mask.

    Attributes
    ----------
    rows, cols
        Of the image and its mask.
    colors, rois
        How many values the mask has and how many ROIs the frame; the first ROIs claim them.
    frames
        How many frames lie in the folder.
    mode
        Of the mask file, as `chromask.pixels.plane.MaskFormat` names it.
    is_shared
        Whether all frames name one image and one mask, so that there can be very many.
    """

    rows: int = 600
    cols: int = 800
    colors: int = 30
    rois: int = 30
    frames: int = 1
    mode: str = "RGB"
    is_shared: bool = False

    @property
    def megapixels(self) -> float:
        """The size of the image."""
        return self.rows * self.cols / 1e6

    @property
    def name(self) -> str:
        """The scene in words: what differs from the plain one is named."""
        words = [] if self.is_shared else [f"{self.cols} x {self.rows}"]
        for word, count in (
            ("colours", self.colors),
            ("ROIs", self.rois),
            ("frames", self.frames),
        ):
            if count != Scene.__dataclass_fields__[_FIELDS[word]].default:
                words.append(f"{count:,} {word}".replace(",", " "))
        if self.mode != "RGB":
            words.append(self.mode)
        return ", ".join(words) or "plain"

    @property
    def key(self) -> str:
        """The name of its folder."""
        kind = "shared" if self.is_shared else self.mode.replace(";", "")
        return (
            f"{self.cols}x{self.rows}-{self.colors}c-{self.rois}r-{self.frames}f-{kind}"
        )


_FIELDS = {"colours": "colors", "ROIs": "rois", "frames": "frames"}


@dataclass(frozen=True, slots=True)
class Target:
    """A bound that the issue sets.

    Attributes
    ----------
    text
        In words.
    series
        The names of the series that it is about.
    limit
        The largest value: in the series' unit, or times the other side's value.
    side
        The other side; empty where the limit is absolute.
    quantile
        Which value of the series, 0.5 for the median.
    axis
        Where it bounds the growth: the limit is that of the exponent then.
    only
        The names of scenes that it is about; empty for all.
    why
        Why it is missed, where it is: written by hand, shown beside the numbers.
    """

    text: str
    series: tuple[str, ...]
    limit: float
    side: str = ""
    quantile: float = 0.5
    axis: str = ""
    only: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of work.

    Attributes
    ----------
    id
        What it is called on the command line.
    about
        What is measured, in a sentence.
    sides
        ``module:function`` by the side's name, ours first. A side that is a peer runs in its
        environment, any other one in ours.
    scenes, small
        At which it runs, and the one for a quick look.
    axes
        The fields of a scene along which the growth is fitted.
    growth
        Further scenes along these: run once, on our side alone, and held to no target.
    """

    id: str
    about: str
    sides: Mapping[str, str]
    scenes: tuple[Scene, ...]
    small: Scene = field(default_factory=Scene)
    axes: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    growth: tuple[Scene, ...] = ()


def exponent(points: list[tuple[float, float]]) -> float | None:
    """Fit ``y = a * x ** exponent`` by least squares on the logarithms; None: too few."""
    usable = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in usable}) < 2:
        return None
    middle_x = sum(x for x, _ in usable) / len(usable)
    middle_y = sum(y for _, y in usable) / len(usable)
    spread = sum((x - middle_x) ** 2 for x, _ in usable)
    return sum((x - middle_x) * (y - middle_y) for x, y in usable) / spread


def quantile(values: list[float], share: float) -> float:
    """Give a quantile of some values, between neighbours in proportion."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
