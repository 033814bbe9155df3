"""What painting costs, from the event to the painted viewport, in the real window.

    python benchmarks/paint.py [--quick]

Synthetic frames of 800 x 600, 3840 x 2160 and 8192 x 8192 pixels with 30 and with 1 000
colours; a brush of radius 5, 30 and 200 px that moves over the fitted image; undo and redo of
such a stroke; a fill of the largest region. Numbers are milliseconds: median, 95th percentile.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image as PilImage
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from chromask_gui.app import close_window, make_application, make_window
from chromask_gui.screenshot import open_and_wait, settle
from chromask_gui.settings import Settings

if TYPE_CHECKING:
    from chromask_gui.main_window import MainWindow

SIZES = ((600, 800), (2160, 3840), (8192, 8192))
COLORS = (30, 1000)
RADII = (5, 30, 200)
MOVES = 120
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


class Paints(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QObject) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def write_frame(folder: Path, rows: int, cols: int, colors: int) -> Path:
    """Write a frame whose regions are cells of a jittered grid; the last value is large."""
    rng = np.random.default_rng(1)
    side = int(np.ceil(np.sqrt(colors)))
    cells = rng.integers(0, colors, (side * 3, side * 3))
    # A third of the image is one region.
    cells[side : 2 * side] = 0
    row = np.arange(rows) * cells.shape[0] // rows
    col = np.arange(cols) * cells.shape[1] // cols
    values = np.stack(
        [(np.arange(colors) * step) % 251 + 1 for step in (1, 7, 13)], 1
    ).astype(np.uint8)
    values[:, 0] = np.arange(colors) // 250 + 1
    PilImage.fromarray(values[cells[row][:, col]]).save(
        folder / "mask.png", compress_level=1
    )
    grey = (np.arange(rows)[:, None] + np.arange(cols)).astype(np.uint8)
    PilImage.fromarray(grey).save(folder / "image.png", compress_level=1)
    source = {
        "id": "0",
        "uri": "image.png",
        "content_type": "image/png",
        "width": cols,
        "height": rows,
        "timestamp": 0,
        "masks": [{"id": "00", "uri": "mask.png"}],
    }
    rois = [
        {"label": [f"c{i}"], "mask": {"id": "00", "value": v}, "sources": ["0"]}
        for i, v in enumerate(values.tolist())
    ]
    path = folder / "frame.json"
    path.write_text(json.dumps({"sources": [source], "rois": rois}))
    return path


class Hand:
    """Moves the mouse over the canvas and waits for the painted viewport."""

    def __init__(self, window: MainWindow) -> None:
        self.canvas = window.canvas
        self.viewport = window.canvas.viewport()
        self.paints = Paints(self.viewport)

    def send(self, kind: QEvent.Type, x: float, y: float) -> float:
        """Send one event at an image point; give the milliseconds until it is painted."""
        scene = self.canvas.box.mapViewToScene(QPointF(x, y))
        at = QPointF(self.canvas.viewportTransform().map(scene))
        is_move = kind == QEvent.Type.MouseMove
        event = QMouseEvent(
            kind,
            at,
            QPointF(self.viewport.mapToGlobal(at.toPoint())),
            NONE if is_move else LEFT,
            NONE if kind == QEvent.Type.MouseButtonRelease else LEFT,
            Qt.KeyboardModifier.NoModifier,
        )
        return self.timed(lambda: QApplication.sendEvent(self.viewport, event))

    def timed(self, work) -> float:
        """Run something and give the milliseconds until the viewport is painted."""
        painted = self.paints.count
        start = time.perf_counter()
        work()
        QApplication.processEvents()
        while self.paints.count == painted and time.perf_counter() - start < 2:
            QApplication.processEvents()
        return (time.perf_counter() - start) * 1000


def summary(times: list[float]) -> str:
    """Give median and 95th percentile as text."""
    return f"{np.median(times):7.1f} {np.percentile(times, 95):7.1f}"


def stroke(hand: Hand, rows: int, cols: int) -> list[float]:
    """Draw a wave over the middle of the image; give the milliseconds of each move."""
    t = np.linspace(0, 1, MOVES)
    xs = cols * (0.2 + 0.6 * t)
    ys = rows * (0.5 + 0.2 * np.sin(12 * t))
    hand.send(QEvent.Type.MouseButtonPress, xs[0], ys[0])
    # A hand moves some ten pixels of the screen an event.
    times = [
        hand.send(QEvent.Type.MouseMove, x, y)
        for x, y in zip(xs[1:], ys[1:], strict=True)
    ]
    hand.send(QEvent.Type.MouseButtonRelease, xs[-1], ys[-1])
    return times


def measure(rows: int, cols: int, colors: int) -> None:
    """Measure one size and number of colours, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_frame(Path(folder), rows, cols, colors)
        window = make_window(Settings.fresh())
        window.resize(1600, 1000)
        window.show()
        problem = open_and_wait(window, path)
        assert problem is None, problem
    settle(300)
    session, hand = window.session, Hand(window)
    session.select(colors - 1)
    session.set_view(tool="brush")
    name = f"{cols} x {rows}, {colors:4} colours"
    gc.collect()
    for radius in RADII:
        session.set_view(options=replace(session.view.options, size=2.0 * radius))
        settle(50)
        hand.timed(hand.viewport.update)
        print(f"{name}, radius {radius:3}: move {summary(stroke(hand, rows, cols))}")
        settle(50)
        both = [[], []]
        for _ in range(10):
            both[0].append(hand.timed(session.undo))
            both[1].append(hand.timed(session.redo))
        print(f"{name}, radius {radius:3}: undo {summary(both[0])}", end="")
        print(f", redo {summary(both[1])}")
        session.undo()
    if "fill" in hand.canvas.tools:
        session.set_view(tool="fill")
        times = []
        for _ in range(5):
            settle(50)
            at = (cols / 2 + 0.5, rows / 2 + 0.5)
            press = hand.send(QEvent.Type.MouseButtonPress, *at)
            times.append(press)
            hand.send(QEvent.Type.MouseButtonRelease, *at)
            settle(50)
            session.undo()
        print(f"{name}: fill of the largest region {summary(times)}")
    session.show(None)
    window.hide()
    close_window(window)
    QApplication.processEvents()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one size only")
    parser.add_argument("--rows", type=int, help="only the size with so many rows")
    parser.add_argument("--colors", type=int, help="only so many colours")
    options = parser.parse_args()
    make_application("dark")
    for rows, cols in SIZES[1:2] if options.quick else SIZES:
        for colors in COLORS:
            if options.rows in (None, rows) and options.colors in (None, colors):
                measure(rows, cols, colors)


if __name__ == "__main__":
    main()
