"""One side of a case in a process of its own: ``python -m benchmarks.worker module:function``.

Reads the scene from its second argument and prints one line of JSON. Standard library only:
it runs in the peers' environments too.
"""

from __future__ import annotations

import importlib
import json
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.model import Scene

MARK = "BENCH "
"""What the line with the result begins with: programs print all sorts of things."""

TOP = 12
"""How many functions of a profile are given."""

WAITING = ("acquire", "select", "exec", "sleep", "SimpleQueue")
"""Functions that wait for another thread or for the clock; ``exec`` is Qt's event loop."""


def main(arguments: list[str]) -> int:
    """Run a function and print what it gives."""
    module_name, _, function_name = arguments[0].partition(":")
    wish: dict[str, Any] = json.loads(arguments[1])
    function = getattr(importlib.import_module(module_name), function_name)
    work = (Path(wish["folder"]), Scene(**wish["scene"]), int(wish["effort"]))
    answer: dict[str, Any] = {}
    if wish.get("is_profiled"):
        answer["profile"] = profile(function, work)
    else:
        answer["series"] = function(*work)
    answer["versions"] = _versions(wish.get("packages", ()))
    check_home(wish.get("home"))
    sys.stdout.write(f"\n{MARK}{json.dumps(answer)}\n")
    sys.stdout.flush()
    return 0


def check_home(home: str | None) -> None:
    """Make sure that what was measured is the package of a folder.

    Raises
    ------
    ImportError
        Another one was found first, as where it is installed.
    """
    module = sys.modules.get("chromask")
    path = getattr(module, "__file__", None)
    if home and path and Path(home).resolve() not in Path(path).resolve().parents:
        raise ImportError(f"chromask came from {path}, not from {home}")


def profile(function: Any, work: tuple[Any, ...]) -> list[dict[str, Any]]:  # noqa: ANN401
    """Give the functions in which the time goes, the dearest first; waiting is left out.

    Before Python 3.12 of all threads: later ones know one profiler at a time.
    """
    import cProfile
    import pstats
    import threading

    profiles = [cProfile.Profile()]

    def begin(*_event: object) -> None:
        profiles.append(cProfile.Profile())
        profiles[-1].enable()

    if sys.version_info < (3, 12):
        threading.setprofile(begin)
    profiles[0].enable()
    function(*work)
    profiles[0].disable()
    threading.setprofile(None)
    spent: dict[str, list[float]] = {}
    for each in profiles:
        stats = pstats.Stats(each).stats  # pyright: ignore[reportAttributeAccessIssue]
        for where, (_, calls, own, _, _) in stats.items():
            name = _place(*where)
            if not any(word in name for word in WAITING):
                known = spent.setdefault(name, [0, 0.0])
                known[0] += calls
                known[1] += own
    total = sum(own for _, own in spent.values())
    dearest = sorted(spent.items(), key=lambda item: -item[1][1])[:TOP]
    return [
        {
            "where": name,
            "calls": int(calls),
            "own_ms": own * 1000,
            "share": own / total if total else 0.0,
        }
        for name, (calls, own) in dearest
    ]


def _place(path: str, line: int, name: str) -> str:
    return name if path == "~" else f"{Path(path).parent.name}/{Path(path).name}:{name}"


def _versions(packages: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in packages:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
