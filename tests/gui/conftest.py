"""The whole program for the tests of the window: the real ``main()`` with a script as its user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from chromask.workspace.opening import open_document
from chromask_gui.__main__ import main
from chromask_gui.app import application as app_module
from chromask_gui.look.language import SOURCE_LANGUAGE, install_language
from chromask_gui.runtime.garbage import collect_in_this_thread
from chromask_gui.runtime.jobs import Jobs
from chromask_gui.session.session import Session
from font_families import FAMILIES, installed, uses_family
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


@pytest.fixture(scope="session", autouse=True)
def speaks_english(qapp: QApplication) -> None:
    """Tell one from several in every test, as the program does from its start."""
    install_language(qapp, SOURCE_LANGUAGE)


@pytest.fixture(scope="session", autouse=True)
def uses_one_font(qapp: QApplication) -> Iterator[None]:
    """Write the window in DejaVu, or else in what there is: no test sees other fonts."""
    found = (installed(kind) for kind in FAMILIES)
    family = next((name for name in found if name is not None), None)
    if family is None:
        yield
        return
    with uses_family(qapp, family):
        yield


@pytest.fixture(params=FAMILIES)
def any_font(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Write the window in a family of each kind in turn: its layout holds for any font."""
    family = installed(request.param)
    if family is None:
        names = ", ".join(FAMILIES[request.param])
        pytest.skip(f"none of these font families is installed: {names}")
    with uses_family(qapp, family):
        yield


@pytest.fixture(autouse=True)
def collects_here(qapp: QApplication) -> Iterator[None]:
    """Collect garbage as the program does; between tests no loop of events runs for it."""
    collector = collect_in_this_thread()
    yield
    collector.collect()


@pytest.fixture(autouse=True)
def points_nowhere(qapp: QApplication) -> None:
    """Take the pointer from where another test left it: what it rests on is drawn anew."""
    QCursor.setPos(QPoint(-1000, -1000))


@pytest.fixture
def scene_session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """Give a session without a window that shows the scene, with its car selected."""
    jobs = Jobs()
    session = Session(jobs)
    session.show(open_document(write_scene(tmp_path)))
    session.select(0)
    yield session
    session.show(None)
    jobs.shut_down()


@pytest.fixture
def run(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Give ``run(arguments, script)``: the real main with a script that plays the user."""
    # Asked for once: a second run in one test must not find the first one's.
    make = app_module.make_window

    def run_main(arguments: list[str], script: Callable[[MainWindow], None]) -> int:
        made: list[MainWindow] = []

        def make_and_keep(*args: object) -> MainWindow:
            made.append(make(*args))
            return made[0]

        def play() -> None:
            window = made[0]
            window.resize(1400, 900)
            # Keys reach the window once it is the active one.
            qtbot.waitUntil(window.isActiveWindow)
            try:
                if arguments:
                    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
                script(window)
            finally:
                # What a failed script left open must not ask on closing.
                window.session.show(None)
                window.close()

        monkeypatch.setattr(app_module, "make_window", make_and_keep)
        QTimer.singleShot(0, play)
        with qtbot.capture_exceptions() as raised:
            code = main(arguments)
        for _kind, error, trace in raised:
            raise error.with_traceback(trace)
        QApplication.processEvents()
        return code

    return run_main
