"""An error in a handler of events is told, and never ends the program with the user's edits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scenes import write_scene

ROOT = Path(__file__).resolve().parents[2]

# The events come from the event loop, as a user's do; the errors from C, which below
# Python 3.12 are not yet objects while they pass from handler to handler.
SCRIPT = """
import sys

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from chromask_gui.app import application as app
from chromask_gui.__main__ import main
from chromask_gui.canvas.mask_layers import PlaneLayer
from chromask_gui.tools.select import SelectTool

path, case = sys.argv[1:]
made = []
make = app.make_window
app.make_window = lambda *given: made.append(make(*given)) or made[0]


def fail(*_):
    int("an error from C")


def play():
    (window,) = made
    if window.session.document is None:
        QTimer.singleShot(50, play)
        return
    place, none = QPointF(99, 99), Qt.KeyboardModifier.NoModifier
    free = Qt.MouseButton.NoButton
    if case == "mouse":
        SelectTool.hover = fail
        event = QMouseEvent(QEvent.Type.MouseMove, place, place, free, free, none)
        QApplication.postEvent(window.canvas.viewport(), event)
    elif case == "key":
        SelectTool.delete = fail
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, none)
        QApplication.postEvent(window.canvas, event)
    else:
        PlaneLayer.draw = fail
        window.canvas.viewport().update()
    QTimer.singleShot(400, lambda: end(window))


def end(window):
    told = [str(problem) for problem in window.problems._failures]
    print("ALIVE", *told, flush=True)
    window.session.show(None)
    QApplication.exit(0)


QTimer.singleShot(0, play)
QTimer.singleShot(60_000, lambda: QApplication.exit(9))
sys.exit(main([path]))
"""


@pytest.mark.parametrize("case", ["mouse", "key", "paint"])
def test_that_an_error_in_a_handler_is_told_and_survived(
    tmp_path: Path, case: str
) -> None:
    frame = write_scene(tmp_path)
    folders = os.pathsep.join(str(ROOT / name) for name in ("core", "gui", "resources"))
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}

    # A process of its own: what is tested is that it lives.
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", SCRIPT, str(frame), case],
        env={**os.environ, **home, "PYTHONPATH": folders},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert "ALIVE" in done.stdout
    assert "an error from C" in done.stdout
