"""Running the cases: each side in a fresh process, in turn, until the time is over."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.data import make_data
from benchmarks.model import OURS, THEN
from benchmarks.peers.environments import (
    PEERS,
    environment_of,
    make_environment,
    virtual_screen,
)
from benchmarks.worker import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.model import Case, Scene

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "chromask",
    "numpy",
    "pillow",
    "opencv-python-headless",
    "PySide6-Essentials",
)
PACKAGE_FOLDERS = ("core", "gui", "resources")
"""Where the packages are in the project's folder, and in that of another commit."""

SIDE_LIMIT_S = 240
"""A side that takes longer is ended and left out."""


@dataclass(slots=True)
class Plan:
    """What is run, and how.

    Attributes
    ----------
    data
        The folder of the data and of the peers' environments.
    is_small
        Whether each case runs once at its small scene.
    has_peers
        Whether peers are measured.
    minutes
        No round begins when so many minutes are over; each case has its first round.
    rounds
        How often each side of a case runs, at most.
    note
        What a reader must know of this run.
    against
        A folder with the packages of another commit: only they are measured as well, in
        turn with today's.
    """

    data: Path
    is_small: bool = False
    has_peers: bool = True
    minutes: float = 60.0
    rounds: int = 5
    note: str = ""
    against: Path | None = None


@dataclass(slots=True)
class Results:
    """What was measured.

    Attributes
    ----------
    values
        By case, scene, side and series.
    left_out
        Why something is missing, in words.
    by_own_case
        What of another commit was measured by that commit's own case.
    """

    values: dict[str, dict[str, dict[str, dict[str, list[float]]]]] = field(
        default_factory=dict
    )
    versions: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    by_own_case: list[str] = field(default_factory=list)
    profiles: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    machine: dict[str, str] = field(default_factory=dict)

    def add(self, case: Case, scene: Scene, side: str, series: dict[str, Any]) -> None:
        """Add what one run of a side gave."""
        sides = self.values.setdefault(case.id, {}).setdefault(scene.name, {})
        for name, values in series.items():
            sides.setdefault(side, {}).setdefault(name, []).extend(values)

    @classmethod
    def read(cls, path: Path) -> Results:
        """Read results from a file; raises OSError where there is none."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """Write them as JSON: what a report is made of."""
        rounded = json.loads(
            json.dumps(asdict(self)),
            parse_float=lambda text: float(f"{float(text):.4g}"),
        )
        path.write_text(
            json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )


class Runner:
    """Runs sides of cases in processes of their own and collects what they give."""

    def __init__(self, plan: Plan, results: Results) -> None:
        self._plan = plan
        self._results = results
        self._pythons: dict[str, Path | None] = {}
        self._display = ""

    def run(self, cases: Sequence[Case]) -> None:
        """Make the data, then run all cases round by round."""
        plan, results = self._plan, self._results
        results.machine = machine() | {"note": plan.note}
        jobs = [(case, scene) for case in cases for scene in self._scenes(case)]
        for case, scene in jobs:
            print(f"Data for {case.id}: {scene.name}", flush=True)
            make_data(scene, plan.data)
        for case, _ in jobs:
            for side in self._sides(case):
                self._python(side)
        try:
            with virtual_screen() as self._display:
                self._run_rounds(jobs)
            results.machine["load"] += f" and {busy()} after it"
        except KeyboardInterrupt:
            print("Stopped; what was measured until now stands.", flush=True)

    def _scenes(self, case: Case) -> tuple[Scene, ...]:
        if self._plan.is_small:
            return (case.small,)
        return case.scenes if self._plan.against else (*case.scenes, *case.growth)

    def _sides(self, case: Case) -> tuple[str, ...]:
        return (OURS, THEN) if self._plan.against else tuple(case.sides)

    def _run_rounds(self, jobs: Sequence[tuple[Case, Scene]]) -> None:
        plan, start = self._plan, time.monotonic()
        if not plan.is_small:
            # Python compiles what it imports for the first time, and disks are read.
            case, _ = jobs[0]
            for side in self._sides(case):
                if self._python(side) is not None:
                    self._run_side(case, case.small, side)
        for turn in range(1 if plan.is_small else plan.rounds):
            for case, scene in jobs:
                if turn and time.monotonic() - start > plan.minutes * 60:
                    self._results.machine["rounds"] += " and a part of the next one"
                    return
                is_growth = not plan.is_small and scene in case.growth
                if is_growth and turn:
                    continue
                sides = (OURS,) if is_growth else self._sides(case)
                self._run_sides(case, scene, sides)
            self._results.machine["rounds"] = str(turn + 1)

    def profile(self, case: Case, scene: Scene) -> None:
        """Profile our side of a case."""
        answer = self._run_side(case, scene, OURS, is_profiled=True)
        if answer is not None:
            self._results.profiles[f"{case.id}, {scene.name}"] = answer["profile"]

    def _run_sides(self, case: Case, scene: Scene, sides: Iterable[str]) -> None:
        for side in sides:
            if self._python(side) is None or side in _unable(scene):
                continue
            if side == THEN and _key(case, scene, side) in self._results.left_out:
                continue  # the commit did not have it in the first round either
            begun = time.monotonic()
            answer = self._run_side(case, scene, side)
            if answer is None:
                continue
            self._results.add(case, scene, side, answer["series"])
            self._results.versions[side if side in PEERS else OURS] = answer["versions"]
            spent = time.monotonic() - begun
            print(f"{case.id:8} {scene.name:32} {side:9} {spent:5.1f} s", flush=True)

    def _run_side(
        self, case: Case, scene: Scene, side: str, *, is_profiled: bool = False
    ) -> dict[str, Any] | None:
        plan = self._plan
        wish = {
            "folder": str(make_data(scene, plan.data)),
            "scene": asdict(scene),
            "effort": _effort(scene, is_small=plan.is_small),
            "packages": PEERS[side].reports if side in PEERS else PACKAGES,
            "is_profiled": is_profiled,
        }
        env = (
            environment_of(side, plan.data, self._display)
            if side in PEERS
            else _our_environment()
        )
        home = plan.against if side == THEN and plan.against else ROOT
        if side not in PEERS:
            wish["home"] = str(home)
        command = [str(self._python(side)), "-m", "benchmarks.worker"]
        place = case.sides[OURS if side == THEN else side]
        command += [place, json.dumps(wish)]
        key = _key(case, scene, side)
        owners = [ROOT, home] if (home / "benchmarks").is_dir() else [ROOT]
        if key in self._results.by_own_case:
            owners = [home]
        words = ""
        for owner in dict.fromkeys(owners):
            folders = [owner]
            if side not in PEERS:
                folders += [home / name for name in PACKAGE_FOLDERS]
            env["PYTHONPATH"] = os.pathsep.join(map(str, folders))
            env["BENCH_STARTED"] = str(time.time())
            out, complaints = _call(command, env, owner)
            words = words or complaints
            for line in out.splitlines():
                if line.startswith(MARK):
                    if owner != ROOT and key not in self._results.by_own_case:
                        self._results.by_own_case.append(key)
                    return json.loads(line.removeprefix(MARK))
        self._results.left_out[key] = (words.strip().splitlines() or ["no answer"])[-1]
        print(f"{key}: {words[-2000:]}", file=sys.stderr, flush=True)
        return None

    def _python(self, side: str) -> Path | None:
        """Give the Python of a side; None where a peer cannot be had or is not wanted."""
        if side not in PEERS:
            return Path(sys.executable)
        if not self._plan.has_peers:
            self._results.left_out[side] = "peers were not asked for"
            return None
        if side not in self._pythons:
            folder = self._plan.data / "envs"
            self._pythons[side], reason = make_environment(side, folder)
            if reason:
                self._results.left_out[side] = reason
                print(f"{side} is left out: {reason}", flush=True)
        return self._pythons[side]


def _our_environment() -> dict[str, str]:
    """Give our variables: as for peers, Python keeps what it compiled."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return env | {"QT_QPA_PLATFORM": "offscreen"}


def _key(case: Case, scene: Scene, side: str) -> str:
    return f"{case.id}, {scene.name}, {side}"


def _call(command: list[str], env: dict[str, str], folder: Path) -> tuple[str, str]:
    """Run a command in a folder; give what it printed, and its complaints."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=os.name != "nt",
    ) as process:
        try:
            return process.communicate(timeout=SIDE_LIMIT_S)
        except subprocess.TimeoutExpired:
            _kill(process)
            process.communicate()
            return "", f"it took longer than {SIDE_LIMIT_S} s"
        except KeyboardInterrupt:
            _kill(process)
            raise


def _kill(process: subprocess.Popen[str]) -> None:
    """Kill a process with its children, which hold its pipes."""
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _unable(scene: Scene) -> set[str]:
    """Name the peers that cannot do a scene, or would take minutes for it."""
    unable: set[str] = set()
    if scene.megapixels > 100:
        unable |= {"napari", "labelme"}
    if scene.colors > 1000:
        unable.add("napari")
    if scene.megapixels > 10 or scene.colors > 1000 or scene.mode != "RGB":
        unable.add("datumaro")
    return unable


def _effort(scene: Scene, *, is_small: bool) -> int:
    """Tell how often a side repeats its work: less where each time is long."""
    if is_small or scene.frames > 1000:
        return 1
    return 10 if scene.megapixels < 10 else 3 if scene.megapixels < 100 else 1


def machine() -> dict[str, str]:
    """Describe this machine."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return {
        "processor": model,
        "cores": str(os.cpu_count() or 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "date": time.strftime("%Y-%m-%d"),
        "load": f"{busy()} before the run",
    }


def busy() -> str:
    """Give the load of the last minute, where the system tells it: other work spoils figures."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
