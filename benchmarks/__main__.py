"""The command ``python3 run.py bench``: run cases, write the page, its picture and the JSON."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from benchmarks import against
from benchmarks.picture import draw_growth
from benchmarks.report import judge, write_page
from benchmarks.runner import ROOT, Plan, Results, Runner
from benchmarks.table import CASES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.model import Case, Scene

RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "performance.svg"
PROFILED = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks; returns the exit code."""
    options = _parse(arguments)
    if options.report:
        _write(Results.read(RESULTS))
        return 0
    chosen = [case for case in CASES if not options.names or case.id in options.names]
    data = options.data or user_cache_path("chromask") / "benchmarks"
    plan = Plan(
        data.absolute(),
        options.small,
        options.peers,
        options.minutes,
        options.rounds or (against.ROUNDS if options.against else 5),
        options.note,
    )
    if options.against:
        return _compare(options.against, plan, chosen)
    results = _kept(chosen) if options.keep else Results()
    runner = Runner(plan, results)
    runner.run(chosen)
    if not options.small and not options.keep:
        for case, scene in slowest(results):
            runner.profile(case, scene)
    if options.small or (options.names and not options.keep):
        # A quick look is no measurement that the page could stand on.
        print(write_page(results))
    else:
        _write(results)
    failed = [name for name in results.left_out if name.count(",") > 1]
    return 1 if failed else 0


def _compare(commit: str, plan: Plan, chosen: Sequence[Case]) -> int:
    """Measure today's packages and a commit's; 1 where something is slower or not there."""
    results = Results()
    try:
        with against.checked_out(commit) as plan.against:
            Runner(plan, results).run(chosen)
    except against.CommitError as error:
        print(
            f"There is no commit {commit!r} to compare with: {error}", file=sys.stderr
        )
        return 2
    print(against.write_comparison(results, commit))
    found = against.ratios(results)
    return 1 if not found or any(each.is_slower for each in found) else 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("run.py bench", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"only these cases, and print instead of writing: {', '.join(case.id for case in CASES)}",
    )
    parser.add_argument("--small", action="store_true", help="each case once, small")
    parser.add_argument(
        "--peers", action="store_true", help="install and measure the peers too"
    )
    parser.add_argument("--data", type=Path, help="where data and environments lie")
    parser.add_argument(
        "--minutes", type=float, default=60.0, help="begin no further round after these"
    )
    parser.add_argument(
        "--rounds", type=int, help="at most so many rounds: 5, or 10 with --against"
    )
    parser.add_argument(
        "--against",
        metavar="COMMIT",
        help="compare with the packages of another commit in turn (A B A B), and fail "
        f"where the ratio of the medians is above {against.LIMIT}",
    )
    parser.add_argument("--note", default="", help="words about this run, on the page")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="write, with the other cases as measured before",
    )
    parser.add_argument(
        "--report", action="store_true", help="write the page anew from results.json"
    )
    options = parser.parse_args(arguments)
    if options.against and (options.peers or options.keep or options.report):
        parser.error("--against writes no page: not with --peers, --keep or --report")
    unknown = set(options.names) - {case.id for case in CASES}
    if unknown:
        parser.error(f"there is no case {', '.join(sorted(unknown))}")
    return options


def _kept(chosen: Sequence[Case]) -> Results:
    """Give the results of the last run without those of some cases."""
    results = Results.read(RESULTS)
    for case in chosen:
        results.values.pop(case.id, None)
        for name in [name for name in results.left_out if name.startswith(case.id)]:
            del results.left_out[name]
    return results


def slowest(results: Results) -> list[tuple[Case, Scene]]:
    """Give the cases that took the most of what their absolute or relative target allows."""
    found: list[tuple[Case, Scene]] = []
    for verdict in sorted(judge(results), key=lambda verdict: -verdict.excess):
        scene = next(
            (each for each in verdict.case.scenes if each.name == verdict.scene), None
        )
        if scene is not None and verdict.case not in [case for case, _ in found]:
            found.append((verdict.case, scene))
    return found[:PROFILED]


def _write(results: Results) -> None:
    results.write(RESULTS)
    PICTURE.write_text(draw_growth(results), encoding="utf-8")
    PAGE.write_text(write_page(results, f"pictures/{PICTURE.name}"), encoding="utf-8")
    print(f"Written: {RESULTS}, {PICTURE}, {PAGE}")


if __name__ == "__main__":
    sys.exit(main())
