"""The picture of how cost grows: an SVG written by hand, readable on light and dark pages."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from benchmarks.report import points_of, unit_of
from benchmarks.table import CASES

if TYPE_CHECKING:
    from benchmarks.runner import Results

SHOWN = (
    ("start", "start to painted", "megapixels"),
    ("open", "open to painted", "megapixels"),
    ("repaint", "recolour", "megapixels"),
    ("move", "pan", "megapixels"),
    ("paint", "brush move", "megapixels"),
    ("paint", "undo a stroke", "megapixels"),
    ("save", "main thread held", "megapixels"),
    ("read", "read a mask", "megapixels"),
    ("folder", "a mask of the folder", "megapixels"),
    ("walk", "next frame after a look", "megapixels"),
    ("open", "open to painted", "colors"),
    ("repaint", "opacity", "colors"),
    ("paint", "brush move", "colors"),
    ("read", "read a mask", "colors"),
    ("list", "list the folder", "frames"),
    ("walk", "first frame", "frames"),
    ("walk", "next frame after a look", "frames"),
    ("start", "start to painted", "rois"),
    ("open", "open to painted", "rois"),
    ("save", "main thread held", "rois"),
    ("paint", "brush move", "rois"),
    ("table", "edit", "rois"),
    ("table", "scroll", "rois"),
    ("table", "filter", "rois"),
)
AXES = {
    "megapixels": "megapixels",
    "colors": "colours of a 4K mask",
    "frames": "frames of a folder",
    "rois": "ROIs of a frame",
}
COLORS = (
    "#3d7bd9",
    "#d1662b",
    "#2f9e6e",
    "#b0479c",
    "#8a7a16",
    "#c43d4b",
    "#5c6b7a",
    "#1b98a6",
    "#7a4fc4",
    "#c99a1b",
    "#4f7f3a",
)
WIDTH, HEIGHT, LEFT, TOP, LABELS = 350, 250, 66, 34, 150
LEAST_GAP = 13.0

Line = tuple[str, list[tuple[float, float]]]


def draw_growth(results: Results) -> str:
    """Draw one field for each axis along which something was measured."""
    fields: dict[str, list[Line]] = {}
    for case_id, series, axis in SHOWN:
        case = next(case for case in CASES if case.id == case_id)
        points = points_of(case, axis, series, results)
        if len(points) > 1:
            fields.setdefault(axis, []).append((series, points))
    wide, high = 2 * (WIDTH + LABELS), math.ceil(len(fields) / 2) * (HEIGHT + 2 * TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {max(high, 1)}" '
        f'font-family="sans-serif" font-size="11" fill="#808890">'
    ]
    for place, (axis, lines) in enumerate(fields.items()):
        left, top = place % 2 * (WIDTH + LABELS), place // 2 * (HEIGHT + 2 * TOP)
        parts.append(f'<g transform="translate({left} {top})">')
        parts += _field(AXES[axis], lines)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _field(title: str, lines: list[Line]) -> list[str]:
    low_x = min(x for _, points in lines for x, _ in points)
    high_x = max(x for _, points in lines for x, _ in points)
    low_y = math.floor(math.log10(min(y for _, points in lines for _, y in points)))
    high_y = math.ceil(math.log10(max(y for _, points in lines for _, y in points)))
    high_y = max(high_y, low_y + 1)

    def across(x: float) -> float:
        share = math.log(x / low_x) / math.log(high_x / low_x)
        return LEFT + share * (WIDTH - LEFT - 12)

    def down(y: float) -> float:
        share = (math.log10(y) - low_y) / (high_y - low_y)
        return TOP + (1 - share) * HEIGHT

    parts = [
        f'<text x="{LEFT}" y="{TOP - 14}" font-weight="bold">{escape(title)}</text>'
    ]
    for power in range(low_y, high_y + 1):
        y = down(10**power)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#808890" '
            f'stroke-opacity="0.3"/><text x="{LEFT - 6}" y="{y + 4:.1f}" '
            f'text-anchor="end">{_tick(10**power)} ms</text>'
        )
    parts += [
        f'<text x="{across(x):.1f}" y="{TOP + HEIGHT + 16}" '
        f'text-anchor="middle">{_tick(x)}</text>'
        for x in sorted({x for _, points in lines for x, _ in points})
    ]
    labels = _spread([down(points[-1][1]) for _, points in lines])
    for place, (name, points) in enumerate(lines):
        color = COLORS[place % len(COLORS)]
        way = " ".join(f"{across(x):.1f},{down(y):.1f}" for x, y in points)
        parts.append(
            f'<polyline points="{way}" fill="none" stroke="{color}" stroke-width="2"/>'
        )
        parts += [
            f'<circle cx="{across(x):.1f}" cy="{down(y):.1f}" r="3" fill="{color}"/>'
            for x, y in points
        ]
        unit = "" if unit_of(name) == "ms" else f" ({unit_of(name)})"
        parts.append(
            f'<text x="{WIDTH + 2}" y="{labels[place] + 4:.1f}" fill="{color}">'
            f"{escape(name + unit)}</text>"
        )
    return parts


def _tick(value: float) -> str:
    """Write a number beside an axis."""
    return f"{value:,.0f}".replace(",", " ") if value >= 10 else f"{value:.2g}"


def _spread(heights: list[float]) -> list[float]:
    """Move labels apart that would cover each other."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    moved = list(heights)
    for before, after in itertools.pairwise(order):
        moved[after] = max(moved[after], moved[before] + LEAST_GAP)
    return moved
