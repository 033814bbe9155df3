"""The page with the figures: everything on it comes from the results."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from benchmarks.model import OURS, exponent, quantile
from benchmarks.table import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.model import Case, Scene, Target
    from benchmarks.runner import Results

Sides = dict[str, dict[str, list[float]]]

INTRO = """\
# Performance

Written by `python3 run.py bench --peers`; every figure is the command's own. Each side of a case runs in a fresh process, in
turn with the others (A B A B ...); a figure is the median of all its values, with the quartiles in brackets. A window is
drawn offscreen, into memory, and "painted" means that the paint event is over. The ratio is ours over theirs: below 1 we are
faster or smaller. Whether a change is slower than another commit, `python3 run.py bench NAME --against COMMIT` says.

**napari draws through software OpenGL here (Xvfb, no GPU). With a GPU it is faster; this holds for each figure of napari on
this page.**
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a target at one scene."""

    case: Case
    target: Target
    scene: str
    series: str
    measured: float | None
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether it was measured and is within the limit."""
        return self.measured is not None and self.measured <= self.target.limit

    @property
    def excess(self) -> float:
        """How many times the limit it took; 0 where nothing was measured."""
        return (self.measured or 0.0) / self.target.limit


def unit_of(series: str) -> str:
    """Give the unit of a series; milliseconds unless its name says so."""
    found = re.search(r"\[(.+)\]$", series)
    return found.group(1) if found else "ms"


def number(value: float) -> str:
    """Write a number with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}".replace(",", " ")
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def write_page(results: Results, picture: str = "") -> str:
    """Give the page as Markdown.

    Parameters
    ----------
    picture
        The link of the picture of the growth; empty for none.
    """
    verdicts = judge(results)
    parts = [
        INTRO,
        _machine(results),
        "## Targets\n",
        _targets(verdicts),
        _reasons(verdicts),
        "## Cases\n",
        *(_case(case, results) for case in CASES if case.id in results.values),
        "## How cost grows\n",
        _growth(results, picture),
        _profiles(results),
        _left_out(results),
    ]
    return "\n".join(part for part in parts if part).rstrip() + "\n"


def judge(results: Results) -> list[Verdict]:
    """Hold what was measured against every target."""
    return [
        verdict
        for case in CASES
        if case.id in results.values
        for target in case.targets
        for verdict in _judge_target(case, target, results)
    ]


def _judge_target(case: Case, target: Target, results: Results) -> Iterator[Verdict]:
    scenes = results.values[case.id]
    if target.axis:
        for series in target.series:
            found = exponent(points_of(case, target.axis, series, results))
            yield Verdict(case, target, f"exponent in {target.axis}", series, found)
        return
    for scene in target.only or [scene.name for scene in case.scenes]:
        sides = scenes.get(scene)
        if sides is None:
            continue
        for series in target.series:
            ours = sides.get(OURS, {}).get(series)
            theirs = sides.get(target.side, {}).get(series)
            if not ours or (target.side and not theirs):
                if target.side and target.side in results.versions:
                    continue  # it cannot do this scene, and does others
                yield Verdict(case, target, scene, series, None, target.side)
                continue
            value = quantile(ours, target.quantile)
            if theirs:
                value /= quantile(theirs, target.quantile)
            yield Verdict(case, target, scene, series, value)


def points_of(
    case: Case, axis: str, series: str, results: Results
) -> list[tuple[float, float]]:
    """Give (size, median) along an axis: the scenes that differ from the first in it alone."""
    by_name = {scene.name: scene for scene in (*case.scenes, *case.growth, case.small)}
    points: list[tuple[float, float]] = []
    for name, sides in results.values.get(case.id, {}).items():
        scene = by_name.get(name)
        values = sides.get(OURS, {}).get(series)
        if scene is not None and values and _is_on(axis, scene, case):
            points.append((float(getattr(scene, axis)), quantile(values, 0.5)))
    return sorted(points)


def _is_on(axis: str, scene: Scene, case: Case) -> bool:
    if axis == "megapixels":
        plain = case.scenes[0]
        return replace(scene, rows=plain.rows, cols=plain.cols) == plain
    # Along another axis, the rest is that of the scene which lies farthest out.
    most = max((*case.scenes, *case.growth), key=lambda each: getattr(each, axis))
    changed = {axis: getattr(scene, axis)}
    if axis == "rois":
        changed["colors"] = scene.rois  # a ROI of its own for each colour
    return replace(most, **changed) == scene


def _machine(results: Results) -> str:
    facts = results.machine
    lines = [
        f"Machine: {facts.get('processor', '?')}, {facts.get('cores', '?')} cores, nothing drawn by a GPU; "
        f"{facts.get('system', '?')}, Python {facts.get('python', '?')}; "
        f"{facts.get('date', '?')}. Load of the machine: {facts.get('load', '?')}. "
        f"Rounds: {facts.get('rounds', '?')}; scenes that only show growth ran once, on our side alone."
    ]
    if facts.get("note"):
        lines.append(f"\n**{facts['note']}**\n")
    for side, versions in results.versions.items():
        named = ", ".join(f"{name} {version}" for name, version in versions.items())
        lines.append(f"- {side}: {named}")
    return "\n".join(lines) + "\n"


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _targets(verdicts: Sequence[Verdict]) -> str:
    """Give one row a target: the worst of its scenes and series decides."""
    rows: list[list[str]] = []
    for case, target in _grouped(verdicts):
        mine = [v for v in verdicts if v.case is case and v.target is target]
        worst = max(mine, key=lambda v: v.excess)
        met = sum(v.is_met for v in mine)
        if worst.measured is None:
            rows.append([case.id, target.text, "", "not measured"])
            continue
        says = "**met**" if met == len(mine) else f"missed ({met} of {len(mine)} met)"
        unit = "x" if target.side else "" if target.axis else unit_of(worst.series)
        where = f"{number(worst.measured)} {unit}".strip()
        rows.append(
            [case.id, target.text, f"{where} ({worst.series}, {worst.scene})", says]
        )
    return table(["case", "target", "worst figure", ""], rows)


def _grouped(verdicts: Sequence[Verdict]) -> list[tuple[Case, Target]]:
    found: list[tuple[Case, Target]] = []
    for verdict in verdicts:
        if not any(verdict.target is target for _, target in found):
            found.append((verdict.case, verdict.target))
    return found


def _reasons(verdicts: Sequence[Verdict]) -> str:
    """List what was missed, each with its figure and the reason that we know."""
    lines: list[str] = []
    for case, target in _grouped(verdicts):
        missed = [
            v
            for v in verdicts
            if v.target is target and v.measured is not None and not v.is_met
        ]
        if not missed:
            continue
        figures = "; ".join(
            f"{v.series}, {v.scene}: {number(v.measured or 0)}" for v in missed
        )
        why = (
            target.why
            or "no reason found yet; the profiles below are the place to look"
        )
        lines.append(f"- *{case.id}, {target.text}*: {figures}. Why: {why}.")
    return "\n".join(["### What is missed, and why\n", *lines, ""]) if lines else ""


def _case(case: Case, results: Results) -> str:
    scenes = results.values[case.id]
    sides = [
        side
        for side in case.sides
        if any(side in measured for measured in scenes.values())
    ]
    others = [side for side in sides if side != OURS]
    heading = ["data", "work", *sides, *(f"ratio to {side}" for side in others)]
    rows = [
        [
            scene,
            _plain(series),
            *(_figure(measured, side, series) for side in sides),
            *(_ratio(measured, side, series) for side in others),
        ]
        for scene, measured in scenes.items()
        for series in measured.get(OURS, {})
    ]
    return f"### {case.id}\n\n{case.about}\n\n{table(heading, rows)}"


def _plain(series: str) -> str:
    return series.partition(" [")[0]


def _figure(sides: Sides, side: str, series: str) -> str:
    values = sides.get(side, {}).get(series)
    if not values:
        return ""
    low, middle, high = (number(quantile(values, share)) for share in (0.25, 0.5, 0.75))
    text = f"{middle} {unit_of(series)}"
    if len(values) > 1:
        text += f" ({low}-{high})"
    if len(values) >= 20:
        text += f", p95 {number(quantile(values, 0.95))}"
    return text


def _ratio(sides: Sides, side: str, series: str) -> str:
    ours, theirs = (sides.get(name, {}).get(series) for name in (OURS, side))
    if not ours or not theirs:
        return ""
    return number(quantile(ours, 0.5) / quantile(theirs, 0.5))


def _growth(results: Results, picture: str) -> str:
    rows: list[list[str]] = []
    for case in CASES:
        for axis in case.axes:
            names = {
                series
                for sides in results.values.get(case.id, {}).values()
                for series in sides.get(OURS, {})
            }
            for series in sorted(names):
                points = points_of(case, axis, series, results)
                found = exponent(points)
                if found is not None:
                    sizes = f"{number(points[0][0])} to {number(points[-1][0])}"
                    rows.append([case.id, _plain(series), axis, sizes, f"{found:.2f}"])
    text = (
        "The exponent of a straight line through the logarithms: 0 is flat, 1 grows with the size.\n\n"
        + table(["case", "work", "grows with", "from, to", "exponent"], rows)
    )
    return f"{text}\n![Cost against size]({picture})\n" if picture else text


def _profiles(results: Results) -> str:
    if not results.profiles:
        return ""
    parts = [
        "## Profiles of the three slowest\n\n"
        "The three that take the most of what their target allows, under cProfile, which itself costs time; all "
        "threads, without waiting. Own time without that of callees.\n"
    ]
    for name, functions in results.profiles.items():
        rows = [
            [
                f"`{row['where']}`",
                str(row["calls"]),
                number(row["own_ms"]),
                f"{row['share']:.0%}",
            ]
            for row in functions
        ]
        parts.append(
            f"### {name}\n\n{table(['function', 'calls', 'ms', 'share'], rows)}"
        )
    return "\n".join(parts)


def _left_out(results: Results) -> str:
    if not results.left_out:
        return ""
    lines = [f"- {what}: {why}" for what, why in results.left_out.items()]
    return "\n".join(["## Left out\n", *lines, ""])
