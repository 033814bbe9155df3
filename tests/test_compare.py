"""Comparing with another commit: whose package is measured, in which order, and what is slower."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from benchmarks import __main__ as command
from benchmarks import against, runner
from benchmarks.model import OURS, THEN, Case, Scene
from benchmarks.runner import Plan, Results
from benchmarks.worker import check_home

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
SCENE = Scene(rows=20, cols=30)
CASE = Case("probe", "A probe.", {OURS: "chromask.probe:measure"}, (SCENE,), SCENE)
PROBE = """
import os
def measure(folder, scene, effort):
    return {{"work": [{work}], "process [id]": [os.getpid()], **{more}}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Give ``commit(work, more)``: write the probe's package, commit it, return the commit."""
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    home = tmp_path / "project"
    shutil.copytree(ROOT / "benchmarks", home / "benchmarks")
    monkeypatch.setattr(runner, "ROOT", home)

    def git(*arguments: str) -> str:
        words = ["git", "-C", str(home), "-c", "user.name=a", "-c", "user.email=a@b.c"]
        done = subprocess.run(
            [*words, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(work: str, more: str = "{}") -> str:
        for name in ("gui", "resources"):
            (home / name).mkdir(exist_ok=True)
            (home / name / "empty.py").touch()
        package = home / "core" / "chromask"
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").touch()
        text = PROBE.format(work=work, more=more)
        (package / "probe.py").write_text(text, encoding="utf-8")
        git("add", "-A")
        git("commit", "-q", "-m", "Probe")
        return git("rev-parse", "HEAD")

    git("init", "-q")
    return commit


def compare(commit: str, data: Path, rounds: int = 2) -> int:
    return command._compare(commit, Plan(data, False, False, 60, rounds), [CASE])


@pytest.mark.parametrize(("work", "code"), [("1.05", 0), ("1.06", 1), ("0.5", 0)])
def test_that_more_than_a_twentieth_above_the_commit_is_slower(
    project: Callable[..., str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    work: str,
    code: int,
) -> None:
    first = project("1.0")
    project(work)
    before = sorted(runner.ROOT.rglob("*.py"))

    # The numbers of processes are no measure of anything.
    with pytest.MonkeyPatch.context() as patch:
        found = against.ratios
        patch.setattr(
            against,
            "ratios",
            lambda results: [each for each in found(results) if each.series == "work"],
        )
        assert compare(first, tmp_path / "data", 1) == code

    out = capsys.readouterr().out
    assert f"| {float(work):.2f}{' **slower**' if code else ''} |" in out
    assert ("1 of 1 are slower" in out) == bool(code)
    assert sorted(runner.ROOT.rglob("*.py")) == before


def test_that_both_sides_run_in_turn_each_time_in_a_process_of_its_own(
    project: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = project("1.0")
    project("2.0")
    results = Results()
    plan = Plan(tmp_path / "data", rounds=3)
    with against.checked_out(first) as plan.against:
        runner.Runner(plan, results).run([CASE])
        folder = plan.against
    assert not folder.exists()

    sides = results.values["probe"][SCENE.name]
    assert sides[OURS]["work"] == [2.0] * 3
    assert sides[THEN]["work"] == [1.0] * 3
    assert len({*sides[OURS]["process [id]"], *sides[THEN]["process [id]"]}) == 6
    lines = capsys.readouterr().out.splitlines()
    order = [line.split()[-3] for line in lines if line.startswith("probe ")]
    assert order == [OURS, THEN] * 3


def test_that_what_the_commit_does_not_have_is_named(
    project: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = project("missing_name")
    second = project("1.0", '{"old": [1.0]}')
    project("1.0", '{"new": [1.0]}')
    assert compare(first, tmp_path / "data") == 1
    out = capsys.readouterr().out
    assert (
        f"Today's case does not run at {first}: probe, {SCENE.name}: NameError" in out
    )
    assert "Nothing was measured on both sides." in out

    compare(second, tmp_path / "data", 1)
    out = capsys.readouterr().out
    assert f"Only now: probe, {SCENE.name}, new" in out
    assert f"Only at {second}: probe, {SCENE.name}, old" in out


def test_that_a_commit_from_before_a_move_runs_its_own_case(
    project: Callable[..., str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    moved = runner.ROOT / "benchmarks" / "cases" / "moved.py"
    moved.write_text("from chromask.probe import measure\n", encoding="utf-8")
    first = project("1.0")
    (runner.ROOT / "core/chromask/rooms").mkdir()
    (runner.ROOT / "core/chromask/rooms/__init__.py").touch()
    text = PROBE.format(work="2.0", more="{}")
    (runner.ROOT / "core/chromask/rooms/probe.py").write_text(text, encoding="utf-8")
    moved.write_text("from chromask.rooms.probe import measure\n", encoding="utf-8")
    project("3.0")
    results = Results()
    plan = Plan(tmp_path / "data", rounds=2)
    case = replace(CASE, sides={OURS: "benchmarks.cases.moved:measure"})
    with against.checked_out(first) as plan.against:
        runner.Runner(plan, results).run([case])

    sides = results.values["probe"][SCENE.name]
    assert (sides[OURS]["work"], sides[THEN]["work"]) == ([2.0] * 2, [1.0] * 2)
    assert results.left_out == {}
    line = f"By the commit's own case: probe, {SCENE.name}, {THEN}"
    assert line in against.write_comparison(results, first)


@pytest.mark.parametrize("commit", ["no-such-commit", "--help", "HEAD:core"])
def test_that_a_commit_that_is_not_there_ends_with_its_name(
    project: Callable[..., str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    commit: str,
) -> None:
    project("1.0")
    assert compare(commit, tmp_path) == 2
    assert f"There is no commit {commit!r}" in capsys.readouterr().err


def test_that_a_package_from_elsewhere_is_no_measurement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = SimpleNamespace(__file__=str(tmp_path / "core/chromask/__init__.py"))
    monkeypatch.setitem(sys.modules, "chromask", package)
    check_home(str(tmp_path))
    with pytest.raises(ImportError, match="not from"):
        check_home(str(tmp_path / "other"))


def test_that_against_takes_ten_rounds_and_writes_no_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plans: list[Plan] = []
    monkeypatch.setattr(
        command, "_compare", lambda _commit, plan, _chosen: plans.append(plan) or 0
    )
    assert command.main(["read", "--against", "HEAD"]) == 0
    assert command.main(["read", "--against", "HEAD", "--rounds", "3"]) == 0
    assert [plan.rounds for plan in plans] == [10, 3]
    with pytest.raises(SystemExit):
        command.main(["read", "--against", "HEAD", "--peers"])
