"""The benchmarks give their numbers, each case at its smallest. How large they are is no test's."""

from __future__ import annotations

import importlib
import math
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from benchmarks.data import make_data
from benchmarks.model import OURS, Scene, exponent, quantile
from benchmarks.peers.environments import PEERS
from benchmarks.picture import draw_growth
from benchmarks.report import judge, number, points_of, write_page
from benchmarks.runner import Plan, Results, Runner
from benchmarks.table import CASES
from benchmarks.worker import profile

ROOT = Path(__file__).resolve().parents[1]
SIDES = [
    pytest.param(case, side, id=f"{case.id}-{side}")
    for case in CASES
    for side in case.sides
    if side not in PEERS
]
SAVE_SIDES = {OURS: "ours", "Pillow": "theirs"}


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """Give the folder that holds the data of all cases."""
    return tmp_path_factory.mktemp("bench")


def made_up(case_id: str, factor: float) -> Results:
    """Give results in which every series of a case grows with the size times a factor."""
    results = Results()
    (case,) = [case for case in CASES if case.id == case_id]
    names = {name for target in case.targets for name in target.series}
    for scene in case.scenes:
        for side in case.sides:
            value = factor * scene.megapixels if side == OURS else scene.megapixels
            results.add(case, scene, side, {name: [value, value] for name in names})
    return results


@pytest.mark.parametrize(("case", "side"), SIDES)
def test_that_each_side_of_ours_gives_finite_positive_numbers(
    case, side, data, qapp, monkeypatch
) -> None:
    monkeypatch.setenv("BENCH_STARTED", str(time.time()))
    module, _, function = case.sides[side].partition(":")
    measure = getattr(importlib.import_module(module), function)

    found = measure(make_data(case.small, data), case.small, 1)

    values = [value for values in found.values() for value in values]
    assert found
    assert all(found.values())
    assert all(math.isfinite(value) and value > 0 for value in values)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_that_targets_name_series_and_scenes_that_there_are(case, data, qapp) -> None:
    module, _, function = case.sides[OURS].partition(":")
    source = Path(importlib.import_module(module).__file__ or "").read_text("utf-8")
    names = {scene.name for scene in case.scenes}

    assert hasattr(importlib.import_module(module), function)
    for target in case.targets:
        assert set(target.only) <= names
        assert not target.side or target.side in case.sides
        assert all(f'"{series}"' in source for series in target.series)


def test_that_the_peers_sides_are_functions() -> None:
    places = {place for case in CASES for s, place in case.sides.items() if s in PEERS}

    for place in places:
        module, _, function = place.partition(":")
        assert callable(getattr(importlib.import_module(module), function))


def test_that_the_command_runs_a_case_and_prints_its_table(data, tmp_path) -> None:
    command = [sys.executable, "-m", "benchmarks", "read", "--small"]

    done = subprocess.run(
        [*command, "--data", str(data)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "| 800 x 600 | read a mask |" in done.stdout
    assert "datumaro: peers were not asked for" in done.stdout


def test_that_a_profile_names_the_dearest_function_first() -> None:
    def work() -> None:
        sorted(str(number) for number in range(200_000))

    rows = profile(work, ())

    assert {"where", "calls", "own_ms", "share"} == set(rows[0])
    assert rows[0]["own_ms"] >= rows[-1]["own_ms"] > 0
    assert "<genexpr>" in rows[0]["where"] + rows[1]["where"]


def test_that_data_is_made_once_and_the_same(tmp_path) -> None:
    scene = Scene(rows=60, cols=80)
    first, other = (make_data(scene, tmp_path / name) for name in "ab")
    before = (first / "mask.png").stat().st_mtime_ns

    assert make_data(scene, tmp_path / "a") == first
    assert (first / "mask.png").stat().st_mtime_ns == before
    assert [path.read_bytes() for path in sorted(first.iterdir())] == [
        path.read_bytes() for path in sorted(other.iterdir())
    ]


# --- the page ---------------------------------------------------------------------------


def test_that_a_target_within_its_limit_is_met_and_no_other(tmp_path) -> None:
    fast, slow = (judge(made_up("open", factor)) for factor in (1.29, 1.31))

    assert [verdict.is_met for verdict in fast] == [True]
    assert [verdict.is_met for verdict in slow] == [False]


def test_that_the_page_says_what_is_missed_by_how_much() -> None:
    page = write_page(made_up("open", 2.5))

    assert "missed (0 of 1 met)" in page
    assert "2.50 x (open to painted, 3840 x 2160)" in page
    assert "software OpenGL" in page


def test_that_growth_is_the_slope_of_the_logarithms() -> None:
    squares = [(x, 7 * x**2) for x in (1.0, 3.0, 10.0)]

    assert exponent(squares) == pytest.approx(2)
    assert exponent(squares[:1]) is None
    assert "| read | read a mask | megapixels |" in write_page(made_up("read", 3))


def test_that_scenes_of_growth_are_held_to_no_target() -> None:
    (case,) = [case for case in CASES if case.id == "paint"]
    results = made_up("paint", 1e-6)
    before = judge(results)
    for scene in case.growth:
        results.add(case, scene, OURS, {"brush move": [1e9, 1e9]})

    after = [verdict for verdict in judge(results) if not verdict.target.axis]

    assert [(v.scene, v.is_met) for v in after] == [
        (v.scene, v.is_met) for v in before if not v.target.axis
    ]


def test_that_growth_along_an_axis_takes_what_differs_in_it_alone() -> None:
    (case,) = [case for case in CASES if case.id == "paint"]
    results = Results()
    for number_of, scene in enumerate((*case.scenes, *case.growth), 1):
        results.add(case, scene, OURS, {"brush move": [number_of]})

    def sizes(axis: str) -> list[float]:
        return [size for size, _ in points_of(case, axis, "brush move", results)]

    assert sizes("megapixels") == [0.48, 8.2944, 67.108864, 268.435456]
    assert sizes("colors") == [30, 1000, 100_000]
    assert sizes("rois") == [10, 100, 1000, 10_000]


def test_that_scenes_of_growth_run_once_and_on_our_side(tmp_path, monkeypatch) -> None:
    (case,) = [case for case in CASES if case.id == "list"]
    grown = replace(case, scenes=(Scene(),), growth=(Scene(60, 80),), sides=SAVE_SIDES)
    runs: list[tuple[int, str]] = []
    runner = Runner(Plan(tmp_path, has_peers=False, rounds=2), Results())
    monkeypatch.setattr("benchmarks.runner.make_data", lambda _scene, root: root)
    monkeypatch.setattr(
        runner,
        "_run_side",
        lambda _case, scene, side: runs.append((scene.cols, side)),
    )

    runner.run([grown])

    warming, rounds = runs[:2], runs[2:]
    assert warming == [(800, OURS), (800, "Pillow")]
    assert rounds == [(800, OURS), (800, "Pillow"), (80, OURS), *warming]


def test_that_the_picture_is_xml_with_a_line_for_each_work() -> None:
    tree = ET.fromstring(draw_growth(made_up("repaint", 3)))

    lines = tree.findall(".//{http://www.w3.org/2000/svg}polyline")
    assert len(lines) == 1


def test_that_results_survive_their_file(tmp_path) -> None:
    results = made_up("read", 3)
    results.write(tmp_path / "results.json")

    read = Results.read(tmp_path / "results.json")

    assert read.values.keys() == results.values.keys()
    assert [(v.scene, v.is_met) for v in judge(read)] == [
        (v.scene, v.is_met) for v in judge(results)
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1234.5, "1 234"), (99.96, "100.0"), (5, "5.00"), (0.0123, "0.012")],
)
def test_that_numbers_keep_what_counts(value, expected) -> None:
    assert number(value) == expected


def test_that_a_quantile_lies_between_its_neighbours() -> None:
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile([1], 0.95) == 1
