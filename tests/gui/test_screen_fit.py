"""The first window on small, scaled and lost screens: all of it is there, and nothing overlaps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PilImage

from scenes import scene_mask, write_frames

ROOT = Path(__file__).resolve().parents[2]

TITLE_BAR_PX = 28

SCRIPT = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from chromask_gui.app import application as app
from chromask_gui.__main__ import main

made = []
make = app.make_window


def make_and_keep(*given):
    made.append(make(*given))
    return made[0]


app.make_window = make_and_keep


def place(widget):
    corner = widget.mapTo(made[0], widget.rect().topLeft())
    return [corner.x(), corner.y(), widget.width(), widget.height()]


def look():
    (window,) = made
    if window.session.jobs.is_busy or (len(sys.argv) > 1 and not window.session.document):
        QTimer.singleShot(50, look)
        return
    for _ in range(5):
        QApplication.processEvents()
    room = window.screen().availableGeometry()
    side = window.side
    parts = [side.widget(at) for at in range(side.count())]
    parts = [part for part in parts if part.isVisible()]
    print("SEEN", json.dumps({
        "screen": [room.x(), room.y(), room.width(), room.height()],
        "window": [window.x(), window.y(), window.width(), window.height()],
        "stage": place(window.stage),
        "side": place(side),
        "lacks": [
            (part.minimumHeight() or part.minimumSizeHint().height()) - part.height()
            for part in parts
        ],
        "rows": window.rois.table.viewport().height() / window.rois.table.rowHeight(0)
        if window.rois.table.model().rowCount() else None,
    }), flush=True)
    window.close()


QTimer.singleShot(0, look)
QTimer.singleShot(60_000, lambda: QApplication.exit(9))
sys.exit(main(sys.argv[1:]))
"""


def start(
    folder: Path, pixels: tuple[int, int], scale: float, *paths: Path
) -> dict[str, Any]:
    """Start the program on a screen of its own, and give where its parts are."""
    width, height = pixels
    screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = folder / "screens.json"
    screens.write_text(json.dumps({"screens": [screen]}))
    folders = os.pathsep.join(str(ROOT / name) for name in ("core", "gui", "resources"))
    env = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
        "QT_SCALE_FACTOR": str(scale),
        "PYTHONPATH": folders,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, paths)],
        env=env,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("SEEN"))
    return json.loads(line.removeprefix("SEEN"))


def assert_fits(seen: dict[str, Any]) -> None:
    """Find all of the window on the screen, and no part of it smaller than it can be."""
    left, top, width, height = seen["screen"]
    x, y, wide, high = seen["window"]
    assert left <= x
    assert top <= y
    assert x + wide <= left + width
    assert y + high + TITLE_BAR_PX <= top + height
    stage, side = seen["stage"], seen["side"]
    assert stage[2] > 0.45 * wide
    assert side[0] + side[2] <= wide
    assert side[1] + side[3] <= high
    assert max(seen["lacks"]) <= 0


SCREENS = [
    pytest.param((1600, 1000), 1.5, id="1600x1000 at 150 %"),
    pytest.param((1280, 720), 1, id="1280x720"),
    pytest.param((1280, 720), 1.5, id="1280x720 at 150 %"),
    pytest.param((1366, 768), 1.25, id="1366x768 at 125 %"),
]


@pytest.mark.parametrize(("pixels", "scale"), SCREENS)
def test_that_the_first_window_fits_its_screen(
    tmp_path: Path, pixels: tuple[int, int], scale: float
) -> None:
    data = tmp_path / "data"
    write_frames(data, 3)
    PilImage.fromarray(scene_mask()[:20]).save(data / "f00_seg.png")
    seen = start(tmp_path, pixels, scale, data)
    assert_fits(seen)
    assert seen["window"][2] > 0.9 * seen["screen"][2]
    assert seen["rows"] >= 0.8
    # The masks' size is a problem, and its panel is among the parts.
    assert len(seen["lacks"]) == 4


def test_that_a_large_screen_keeps_the_usual_size(tmp_path: Path) -> None:
    seen = start(tmp_path, (2560, 1440), 1)
    assert seen["window"][2:] == [1440, 900]
    assert seen["side"][2] == 520


def test_that_a_window_that_was_stored_on_a_lost_screen_comes_back(
    tmp_path: Path,
) -> None:
    config = tmp_path / "config"
    script = SCRIPT.replace(
        "    window.close()\n",
        "    window.setGeometry(2200, 900, 1500, 1100)\n"
        "    window.split.setSizes([600, 900])\n"
        "    window.split.splitterMoved.emit(600, 1)\n"
        "    window.close()\n",
    )
    assert script != SCRIPT
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[__name__], "SCRIPT", script)
        start(tmp_path, (3840, 2160), 1)
    assert list(config.rglob("*")), "nothing was stored"
    seen = start(tmp_path, (1366, 768), 1)
    assert_fits(seen)


LOOK_AT_DIALOGS = """
    seen = []
    for name in ("keys", "settings", "masks_and_legend"):
        window.actions_by_id[name].trigger()
        for _ in range(5):
            QApplication.processEvents()
        (dialog,) = (d for d in window.findChildren(QDialog) if d.isVisible())
        frame, size = dialog.pos(), dialog.size()
        buttons = [b for b in dialog.findChildren(QPushButton) if b.isVisible()]
        low = max(b.mapTo(dialog, b.rect().bottomLeft()).y() for b in buttons)
        seen.append([name, frame.x(), frame.y(), size.width(), size.height(), low])
        dialog.close()
        dialog.deleteLater()
        QApplication.sendPostedEvents(None, 52)
    print("SEEN", json.dumps({
        "dialogs": seen, "screen": [room.x(), room.y(), room.width(), room.height()],
    }), flush=True)
    window.close()
"""


@pytest.mark.parametrize(("pixels", "scale"), SCREENS)
def test_that_dialogs_fit_their_screen(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pixels: tuple[int, int],
    scale: float,
) -> None:
    data = tmp_path / "data"
    write_frames(data, 3)
    before, rest = SCRIPT.split("    side = window.side\n")
    after = rest[rest.index("\n\nQTimer") :]
    imports = "from PySide6.QtWidgets import QApplication, QDialog, QPushButton\n"
    before = before.replace("from PySide6.QtWidgets import QApplication\n", imports)
    monkeypatch.setattr(
        sys.modules[__name__], "SCRIPT", before + LOOK_AT_DIALOGS + after
    )
    seen = start(tmp_path, pixels, scale, data)
    left, top, width, height = seen["screen"]
    assert len(seen["dialogs"]) == 3
    for name, x, y, wide, high, low in seen["dialogs"]:
        assert left <= x, name
        assert top <= y, name
        assert x + wide <= left + width, name
        assert y + TITLE_BAR_PX + high <= top + height, name
        assert low < high, name
