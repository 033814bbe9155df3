"""When and where pyqtgraph is loaded: after the first frame, beside the window, or when wanted."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QWidget

from chromask_gui.plots import loading
from chromask_gui.plots.loading import PlotLoader
from gates import Gate
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.session.session import Session
    from chromask_gui.window.main_window import MainWindow

WATCHED = """
import importlib.abc, json, sys, threading, warnings
warnings.simplefilter("error")
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6 import QtCore, QtGui, QtWidgets
from chromask_gui.app.application import close_window, make_application, make_window
from chromask_gui.plots import loading
from chromask_gui.app.screenshot import open_and_wait, settle
from chromask_gui.session.settings import Settings

seen = {"painted": None, "thread": None, "unmade": None}

class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "pyqtgraph":
            seen["thread"] = threading.current_thread().name
            seen["unmade"] = [
                name for module in (QtCore, QtGui, QtWidgets)
                for name in dir(module) if name not in vars(module)
            ]

class Paints(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and window.session.document is not None:
            if seen["painted"] is None:
                seen["painted"] = "pyqtgraph" in sys.modules
        return False

sys.meta_path.insert(0, Finder())
make_application("light")
window = make_window(Settings.fresh())
paints = Paints()
window.canvas.viewport().installEventFilter(paints)
if sys.argv[2] == "left open":
    window.side.show_panel(window.plots)
window.show()
assert open_and_wait(window, Path(sys.argv[1])) is None
window.grab()
if sys.argv[2] == "wanted":
    window.side.show_panel(window.plots)
while not window.plot_loader.is_ready:
    settle(50)
import pyqtgraph
seen["qt"] = pyqtgraph.Qt.QT_LIB
window.session.show(None)
window.hide()
close_window(window)
print(json.dumps(seen))
"""


@pytest.mark.parametrize("how", ["rest", "wanted", "left open"])
def test_that_it_is_loaded_after_the_first_frame_and_beside_the_window(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A variable that the user has set for another program.
    monkeypatch.setenv("PYQTGRAPH_QT_LIB", "PyQt5")
    command = [sys.executable, "-c", WATCHED, str(write_scene(tmp_path)), how]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["painted"] is False
    assert seen["thread"].startswith("ahead")
    # PySide makes a class when it is first named; in two threads that ends the process.
    assert seen["unmade"] == []
    assert seen["qt"] == "PySide6"


def test_that_the_window_itself_loads_no_pyqtgraph() -> None:
    code = "import sys, chromask_gui.app.application; print('pyqtgraph' in sys.modules)"
    command = [sys.executable, "-c", code]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


@pytest.fixture
def canvas(qtbot: QtBot) -> QWidget:
    """Give what is painted: not before it is shown."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_loaded", set())


def test_that_a_plot_wanted_at_the_start_waits_for_the_first_frame(
    unloaded: None,
    canvas: QWidget,
    scene_session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[int] = []
    monkeypatch.setattr(PlotLoader, "_begin", lambda self: begun.append(1))
    monkeypatch.setattr(loading, "REST_MS", 10)
    loader = PlotLoader(scene_session, canvas)
    loader.want()
    scene_session.set_view(opacity=0.1)
    qtbot.wait(100)
    assert begun == []
    canvas.show()
    qtbot.waitUntil(lambda: begun != [])


def test_that_what_happens_in_the_window_puts_loading_off(
    unloaded: None,
    canvas: QWidget,
    scene_session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[int] = []
    monkeypatch.setattr(PlotLoader, "_begin", lambda self: begun.append(1))
    monkeypatch.setattr(loading, "REST_MS", 150)
    loader = PlotLoader(scene_session, canvas)
    canvas.show()
    for opacity in (0.1, 0.2, 0.3, 0.4, 0.5):
        scene_session.set_view(opacity=opacity)
        qtbot.wait(60)
    assert begun == []
    gesture = scene_session.begin("Paint")
    qtbot.wait(400)
    assert begun == []
    gesture.cancel()
    qtbot.waitUntil(lambda: begun == [1])
    assert not loader.is_ready


def test_that_an_edit_goes_on_while_it_is_loaded(
    unloaded: None,
    canvas: QWidget,
    scene_session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = Gate()
    monkeypatch.setattr(loading, "_import_charts", gate.held(lambda _job: None))
    loader = PlotLoader(scene_session, canvas)
    canvas.show()
    loader.want()
    qtbot.waitUntil(lambda: bool(gate.calls), timeout=20_000)
    assert scene_session.edit(
        "Rename", lambda edit: edit.frame.update_annotation(0, labels=["bus"])
    )
    assert not loader.is_ready
    gate.open()
    qtbot.waitUntil(lambda: loader.is_ready)


def test_that_a_missing_pyqtgraph_is_said_in_the_plots_place(
    unloaded: None,
    run: Callable[..., int],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_job: Any) -> None:
        raise ImportError("No module named 'pyqtgraph'")

    monkeypatch.setattr(loading, "_import_charts", fail)

    def script(window: MainWindow) -> None:
        window.side.show_panel(window.plots)
        message = window.plots.message
        assert message.text() == "Loading the plots..."
        qtbot.waitUntil(lambda: bool(window.plot_loader.problem), timeout=20_000)
        text = "pyqtgraph cannot be loaded: No module named 'pyqtgraph'"
        assert message.isVisible()
        assert message.text() == text
        window.actions_by_id["has_tone_bar"].trigger()
        assert window.tone.histogram.message.text() == text

    assert run([str(write_scene(tmp_path))], script) == 0
