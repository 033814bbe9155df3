"""Comparing with another commit: ``run.py bench NAME --against COMMIT``.

Today's cases run today's packages and those of the commit in turn (A B A B), each time in a
fresh process. Where today's case does not run there, since modules were moved or renamed, the
commit's own case does. The ratio of the medians says what became slower.
"""

from __future__ import annotations

import compileall
import io
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from benchmarks import runner
from benchmarks.model import OURS, THEN, quantile
from benchmarks.report import number, table, unit_of
from benchmarks.runner import PACKAGE_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.runner import Results

LIMIT = 1.05
"""No slower means: the ratio of the medians is at most this."""

ROUNDS = 10


class CommitError(Exception):
    """There is no such commit, or git cannot be asked for it."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One series of one case: today's values and those of the other commit."""

    case: str
    scene: str
    series: str
    now: tuple[float, ...]
    then: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of today's values over that of the others."""
        return quantile(self.now, 0.5) / quantile(self.then, 0.5)

    @property
    def is_slower(self) -> bool:
        """Whether it is above `LIMIT`."""
        return self.ratio > LIMIT


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """Give a temporary folder with the packages of a commit.

    The repository and its worktree stay as they are. Both sides are compiled: Python does it
    at the first import, which is no part of what is compared.

    Raises
    ------
    CommitError
        There is no such commit, or no git.
    """
    # A word that git would take for an option, or for a file, ends here.
    found = _git("rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}")
    name = found.decode().strip()
    there = _git("ls-tree", "--name-only", name).decode().split()
    wanted = [each for each in (*PACKAGE_FOLDERS, "benchmarks") if each in there]
    packed = _git("archive", "--format=zip", name, *wanted)
    with tempfile.TemporaryDirectory(prefix="chromask-bench-") as text:
        folder = Path(text)
        with ZipFile(io.BytesIO(packed)) as files:
            files.extractall(folder)
        for home in (folder, runner.ROOT):
            for each in PACKAGE_FOLDERS:
                compileall.compile_dir(home / each, quiet=2)
        yield folder


def _git(*arguments: str) -> bytes:
    command = ["git", "-C", str(runner.ROOT), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise CommitError(f"git cannot be run: {error}") from None
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()
        raise CommitError(words or f"git {arguments[0]} failed")
    return done.stdout


def ratios(results: Results) -> list[Ratio]:
    """List what was measured on both sides."""
    found: list[Ratio] = []
    for case, scenes in results.values.items():
        for scene, sides in scenes.items():
            now, then = sides.get(OURS, {}), sides.get(THEN, {})
            found += [
                Ratio(case, scene, series, tuple(now[series]), tuple(then[series]))
                for series in now
                if now[series] and then.get(series)
            ]
    return found


def write_comparison(results: Results, commit: str) -> str:
    """Give the comparison as text: every ratio, what is slower, and what has no counterpart."""
    found, facts = ratios(results), results.machine
    rows = [
        [
            each.case,
            each.scene,
            each.series.partition(" [")[0],
            _figure(each.now, each.series),
            _figure(each.then, each.series),
            f"{each.ratio:.2f}" + (" **slower**" if each.is_slower else ""),
        ]
        for each in found
    ]
    slower = [each for each in found if each.is_slower]
    words = (
        f"{len(slower)} of {len(found)} are slower: above {LIMIT} times the median of "
        f"{commit}."
        if slower
        else f"None of {len(found)} is slower: each is at most {LIMIT} times the median of "
        f"{commit}."
    )
    parts = [
        f"Now against {commit}: A B A B, each in a fresh process; medians with quartiles. "
        f"Rounds: {facts.get('rounds', '?')}. Load of the machine: {facts.get('load', '?')}.",
        table(["case", "data", "work", "now", commit, "ratio"], rows),
        words if found else "Nothing was measured on both sides.",
        *(f"By the commit's own case: {each}" for each in results.by_own_case),
        *(f"Only now: {name}" for name in _alone(results, OURS, THEN)),
        *(f"Only at {commit}: {name}" for name in _alone(results, THEN, OURS)),
        *(_missing(what, why, commit) for what, why in results.left_out.items()),
    ]
    return "\n".join(parts) + "\n"


def _alone(results: Results, side: str, other: str) -> list[str]:
    """Name the series that one side has and the other, which was measured, has not."""
    return [
        f"{case}, {scene}, {series}"
        for case, scenes in results.values.items()
        for scene, sides in scenes.items()
        if other in sides
        for series in sides.get(side, {})
        if series not in sides[other]
    ]


def _missing(what: str, why: str, commit: str) -> str:
    """Say why a side gave nothing: a commit that has not what a case calls is named."""
    case, _, side = what.rpartition(", ")
    if side != THEN:
        return f"Not measured: {what}: {why}"
    return f"Today's case does not run at {commit}: {case}: {why}"


def _figure(values: tuple[float, ...], series: str) -> str:
    low, middle, high = (number(quantile(values, share)) for share in (0.25, 0.5, 0.75))
    return f"{middle} {unit_of(series)} ({low}-{high})"
