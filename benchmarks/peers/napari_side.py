"""napari's side: an image with a layer of labels, drawn by whatever OpenGL there is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from benchmarks.cases.memory import MOVES_A_STROKE, STROKES, memory
from benchmarks.cases.start import since_start
from benchmarks.waves import STEP, WAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.model import Scene, Series

WINDOW = (1600, 1000)
STEADY = 2
PATIENCE_S = 120
RADIUS_PX = 30
MOVES = 25


class _Desk:
    """A viewer with the image and, where asked for, its labels; and a clock for its drawing."""

    def __init__(self, folder: Path, *, has_labels: bool = True) -> None:
        import imageio.v3
        import napari
        from qtpy.QtWidgets import QApplication

        self.viewer: Any = napari.Viewer(show=True)
        self.viewer.window._qt_window.resize(*WINDOW)
        self._process = QApplication.processEvents
        canvas = self.viewer.window._qt_viewer.canvas
        self._native = canvas.native
        self._draws = 0
        canvas._scene_canvas.events.draw.connect(self._on_draw, position="last")
        self.viewer.open(str(folder / "image.jpg"))
        if has_labels:
            labels = imageio.v3.imread(folder / "labels.png")
            self.layer: Any = self.viewer.add_labels(labels)
        self.time(self._native.update)

    def _on_draw(self, _event: object) -> None:
        self._draws += 1

    def time(self, work: Callable[[], object]) -> float:
        """Give the milliseconds until the canvas is drawn after some work."""
        self._process()
        drawn = self._draws
        start = time.perf_counter()
        work()
        self._process()
        while self._draws == drawn:
            if time.perf_counter() - start > PATIENCE_S:
                raise TimeoutError("napari drew nothing")
            self._process()
        return (time.perf_counter() - start) * 1000

    def settle(self, seconds: float) -> None:
        """Let napari come to rest."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._process()

    def draw(self, scene: Scene, moves: int, label: int) -> list[float]:
        """Paint along the same wave as the other side; milliseconds of each move."""
        from benchmarks.waves import way_of

        self.layer.brush_size = 2 * RADIUS_PX
        self.layer.mode = "paint"
        times: list[float] = []
        with self.layer.block_history():
            for x, y in way_of(scene, moves):
                at = (int(y), int(x))
                times.append(self.time(lambda at=at: self._paint(at, label)))
        return times[1:]

    def _paint(self, at: tuple[int, int], label: int) -> None:
        self.layer.paint(at, label)
        # What is of that label already would not be drawn again.
        self._native.update()

    def close(self) -> None:
        """Close the viewer."""
        self.viewer.close()


def start(folder: Path, scene: Scene, effort: int) -> Series:
    """Start with the image alone."""
    del scene, effort
    _Desk(folder, has_labels=False)
    return {"start to painted": [since_start()]}


def repaint(folder: Path, scene: Scene, effort: int) -> Series:
    """Recolour, hide, opacity and solo."""
    desk, count = _Desk(folder), scene.colors
    from napari.utils.colormaps import DirectLabelColormap

    layer = desk.layer
    colors: dict[int | None, tuple[float, float, float, float]] = {
        number: (number / count, 1 - number / count, 0.3, 1.0)
        for number in range(1, count)
    }
    colors[None] = (0.0, 0.0, 0.0, 0.0)

    def set_color(number: int, color: tuple[float, float, float, float]) -> None:
        layer.colormap = DirectLabelColormap(color_dict={**colors, number: color})

    def solo(turn: int) -> None:
        layer.selected_label = 2
        layer.show_selected_label = turn % 2 == 0

    ways: dict[str, Callable[[int], None]] = {
        "recolour": lambda turn: set_color(1, (0.8, 0.1 + 0.05 * (turn % 10), 0, 1)),
        "hide": lambda turn: set_color(2 + turn % 8, (0, 0, 0, 0)),
        "opacity": lambda turn: setattr(layer, "opacity", 0.3 + 0.05 * (turn % 10)),
        "solo": solo,
    }
    found: Series = {}
    for name, way in ways.items():
        for turn in range(effort + STEADY):
            spent = desk.time(lambda way=way, turn=turn: way(turn))
            if turn >= STEADY:
                found.setdefault(name, []).append(spent)
    desk.close()
    return found


def move(folder: Path, scene: Scene, effort: int) -> Series:
    """Zoom in, pan, zoom out."""
    del scene
    desk = _Desk(folder)
    camera = desk.viewer.camera

    def zoom(factor: float) -> None:
        camera.zoom *= factor

    def pan(turn: int) -> None:
        step = WAY[turn % len(WAY)]
        row, col = camera.center[-2:]
        camera.center = (row + step[1] / camera.zoom, col + step[0] / camera.zoom)

    desk.time(lambda: zoom(STEP))
    found: Series = {
        "zoom in": [desk.time(lambda: zoom(STEP)) for _ in range(effort)],
        "pan": [desk.time(lambda turn=turn: pan(turn)) for turn in range(effort)],
        "zoom out": [desk.time(lambda: zoom(1 / STEP)) for _ in range(effort)],
    }
    desk.close()
    return found


def paint(folder: Path, scene: Scene, effort: int) -> Series:
    """Brush, undo, redo, fill."""
    desk = _Desk(folder)
    desk.draw(scene, 3, 2)
    moves = desk.draw(scene, MOVES if effort > 1 else 4, 1)
    layer = desk.layer
    found: Series = {"brush move": moves, "undo a stroke": [], "redo a stroke": []}
    for _ in range(max(effort // 3, 1)):
        found["undo a stroke"].append(desk.time(layer.undo))
        found["redo a stroke"].append(desk.time(layer.redo))
    at = (scene.rows // 2, scene.cols // 2)
    found["fill"] = [
        desk.time(lambda label=label: layer.fill(at, label)) for label in (3, 4)
    ]
    desk.close()
    return found


def hold(folder: Path, scene: Scene, effort: int) -> Series:
    """Hold image and labels, after ten strokes."""
    del effort
    desk = _Desk(folder)
    for stroke in range(STROKES):
        desk.draw(scene, MOVES_A_STROKE, 1 + stroke % 5)
    desk.settle(0.2)
    found = memory()
    desk.close()
    return found
