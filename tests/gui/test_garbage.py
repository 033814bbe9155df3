"""Cycles of Qt's objects go in the window's thread, whoever allocates meanwhile."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from chromask_gui.app.application import make_application
from chromask_gui.runtime.garbage import (
    EVERY_MS,
    GarbageCollector,
    collect_in_this_thread,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def collector(qapp: QApplication) -> GarbageCollector:
    assert make_application() is qapp
    return collect_in_this_thread()


@pytest.fixture
def thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


class Knot(QObject):
    """An object that refers to itself, and tells which thread it ends in."""

    def __init__(self, ends: list[int]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: ends.append(threading.get_ident()))


def allocate() -> int:
    """Make more containers than it takes to have all generations collected."""
    return len([[number] for number in range(300_000)])


def test_that_a_thread_that_allocates_collects_nothing(
    collector: GarbageCollector,
) -> None:
    ends: list[int] = []
    gc.collect()
    Knot(ends)
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(allocate).result() == 300_000
    assert not ends
    held: list[list[list[int]]] = []
    while collector.collect() != 2:
        held.append([[number] for number in range(1000)])
    assert ends == [threading.get_ident()]


def test_that_it_collects_by_itself_while_the_window_lives(
    collector: GarbageCollector, qtbot: QtBot, thresholds: None
) -> None:
    ends: list[int] = []
    gc.set_threshold(1, 0, 0)
    Knot(ends)
    qtbot.waitUntil(lambda: bool(ends), timeout=5 * EVERY_MS)
    assert ends == [threading.get_ident()]


def test_that_each_generation_waits_for_its_turn(
    collector: GarbageCollector, thresholds: None
) -> None:
    gc.collect()
    gc.set_threshold(100_000, 2, 2)
    assert collector.collect() is None
    gc.set_threshold(1000, 2, 2)
    found: list[int | None] = []
    for _ in range(12):
        held = [[number] for number in range(2000)]
        found.append(collector.collect())
        del held
    assert found == [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]
    assert collector.collect() == 2
    gc.set_threshold(0, 0, 0)
    assert collector.collect() is None


def test_that_there_is_one_a_process_and_python_itself_collects_no_more(
    collector: GarbageCollector,
) -> None:
    assert collect_in_this_thread() is collector
    assert not gc.isenabled()


def test_that_another_thread_is_refused(collector: GarbageCollector) -> None:
    with (
        ThreadPoolExecutor(1) as threads,
        pytest.raises(RuntimeError, match="this thread"),
    ):
        threads.submit(collect_in_this_thread).result()


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    """Run some lines in a process of its own, without a screen."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, check=False, timeout=60
    )


def test_that_without_an_application_it_says_what_to_do() -> None:
    done = run_python(
        "from chromask_gui.runtime.garbage import collect_in_this_thread as collect\ncollect()"
    )
    assert "make one first" in done.stderr


def test_that_the_program_s_application_has_it() -> None:
    done = run_python(
        "import gc\n"
        "from chromask_gui.app.application import make_application\n"
        "assert gc.isenabled()\n"
        "make_application()\n"
        "print('collects:', gc.isenabled())\n"
    )
    assert done.stdout == "collects: False\n", done.stderr
