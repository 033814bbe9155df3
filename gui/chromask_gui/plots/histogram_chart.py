"""The chart of an image's histogram, with the brightness window as a region to drag."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor

from chromask.drawing.histogram import binned
from chromask_gui.look.texts import number_text
from chromask_gui.look.theme import tokens
from chromask_gui.plots.chart import Chart, pg
from chromask_gui.shortcuts.filters import WidgetKeyFilter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from chromask.drawing.histogram import Histogram

Channel = Literal["luminance", "rgb", "red", "green", "blue"]

MOST_BINS = 512
"""So many steps a curve has at most; of 16 bits several levels share one."""

NOTHING_LOG = np.log10(0.5)
"""Where no pixel is in a logarithmic plot: below one pixel."""

PEAK = 4
"""A level with so many times the pixels of the third most frequent one is a peak."""

COLORS = {"red": "#e5484d", "green": "#46a758", "blue": "#3e7bfa"}
"""Seen on both themes."""

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
FIT = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CountAxis(pg.AxisItem):
    """Writes large numbers short: 20k, 1.5M."""

    def tickStrings(
        self, values: Sequence[float], _scale: float, _spacing: float
    ) -> list[str]:
        if not self.logMode:
            return [short(value) for value in values]
        return [short(10**v) if v >= 0 and v == round(v) else "" for v in values]


class HistogramChart(Chart):
    """A histogram.

    Signals
    -------
    window_dragged(int, int)
        The user dragged the region: the levels for black and white.
    fit_requested()
        The user double clicked or pressed Enter: fit the window to the data.
    pointed(str)
        What is under the pointer or the keys, in words.
    """

    window_dragged = Signal(int, int)
    fit_requested = Signal()
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._histogram: Histogram | None = None
        self._channel: Channel = "luminance"
        self._is_log = False
        self._is_setting = False
        self._level = -1
        self.counts = CountAxis("left", linkView=self.box, maxTickLength=-3)
        self.levels = self.axis("bottom")
        self.grid.addItem(self.counts, 0, 0)
        self.grid.addItem(self.box, 0, 1)
        self.grid.addItem(self.levels, 1, 1)
        self.curves = {
            name: pg.PlotCurveItem([0, 1], [0], stepMode="center")
            for name in ("luminance", "red", "green", "blue")
        }
        for curve in self.curves.values():
            self.box.addItem(curve, ignoreBounds=True)
        self.region = pg.LinearRegionItem(swapMode="block")
        self.region.setZValue(10)
        self.box.addItem(self.region, ignoreBounds=True)
        self.reading = pg.InfiniteLine(angle=90, movable=False)
        self.box.addItem(self.reading, ignoreBounds=True)
        self.region.sigRegionChanged.connect(self._on_region_changed)
        WidgetKeyFilter(self, lambda key: key.key() in (*STEPS, *ENDS, *FIT))
        self.restyle()

    # -- showing

    @property
    def shown(self) -> list[str]:
        """The curves that are shown."""
        if self._histogram is None:
            return []
        if len(self._histogram.channels) == 1 or self._channel == "luminance":
            return ["luminance"]
        return ["red", "green", "blue"] if self._channel == "rgb" else [self._channel]

    def set_histogram(
        self, histogram: Histogram, channel: Channel, *, is_log: bool
    ) -> None:
        """Show the levels of an image, or its channels."""
        self._histogram, self._channel, self._is_log = histogram, channel, is_log
        self.counts.setLogMode(False, is_log)
        self._draw()

    def set_window(self, low: int, high: int) -> None:
        """Put the region where the brightness window is."""
        with self._unheard():
            self.region.setRegion((low + 0.5, high + 0.5))
        if self.top() != self.box.viewRange()[0][1] - 1:
            self._draw()

    def levels_of(self, name: str) -> npt.NDArray[np.int64]:
        """Give the pixels of each level of a curve; of a sample scaled to all of the image."""
        found = self._histogram
        assert found is not None
        order = ("red", "green", "blue")
        counts = (
            found.luminance
            if name == "luminance"
            else found.channels[order.index(name)]
        )
        if found.is_exact or not found.counted:
            return counts
        return np.rint(counts * (found.pixels / found.counted)).astype(np.int64)

    def top(self) -> int:
        """Give the last level in sight: of 16 bits what the image and the window need."""
        found = self._histogram
        if found is None or found.maximum == 255:
            return 255
        used = max(found.span()[1], int(self.region.getRegion()[1]), 1)
        return min(2 ** used.bit_length() - 1, found.maximum)

    def plotted(self, name: str) -> tuple[list[float], list[float]]:
        """Give the edges of a curve's steps and their heights, as they are drawn."""
        edges, heights = self.curves[name].getData()
        return edges.tolist(), heights.tolist()

    def _draw(self) -> None:
        if self._histogram is None:
            return
        top = self.top()
        width = max(1, (top + 1) // MOST_BINS)
        edges = np.arange(0, top + 2, width)
        most, base = 1.0, float(NOTHING_LOG) if self._is_log else 0.0
        for name, curve in self.curves.items():
            curve.setVisible(name in self.shown)
            if name not in self.shown:
                continue
            heights = binned(self.levels_of(name)[: top + 1], width).astype(np.float64)
            if self._is_log:
                heights = np.log10(np.maximum(heights, 0.5))
            most = max(most, height_in_sight(heights))
            curve.setData(edges, heights, fillLevel=base)
        self.box.setRange(xRange=(0, top + 1), yRange=(base, most * 1.02), padding=0)
        with self._unheard():
            self.region.setBounds((0.5, self._histogram.maximum + 0.5))

    @contextmanager
    def _unheard(self) -> Iterator[None]:
        """Move the region without telling of it: only what the user does is told."""
        self._is_setting = True
        try:
            yield
        finally:
            self._is_setting = False

    def restyle(self) -> None:
        super().restyle()
        of = tokens()
        for axis in (self.counts, self.levels):
            self.dress_axis(axis)
        self.counts.setWidth(44)
        for name, curve in self.curves.items():
            color = QColor(COLORS.get(name, of.text_muted))
            curve.setPen(pg.mkPen(color))
            soft = QColor(color)
            soft.setAlpha(70)
            curve.setBrush(soft)
        ground, strong = QColor(of.accent), QColor(of.accent)
        ground.setAlpha(36)
        strong.setAlpha(60)
        self.region.setBrush(ground)
        self.region.setHoverBrush(strong)
        for line in self.region.lines:
            line.setPen(pg.mkPen(of.accent, width=2))
            line.setHoverPen(pg.mkPen(of.focus, width=3))
        self.reading.setPen(pg.mkPen(of.text, style=Qt.PenStyle.DashLine))
        self.reading.setVisible(self.hasFocus() and self._level >= 0)
        self.region.update()

    # -- what the user does

    def _on_region_changed(self) -> None:
        if self._is_setting or self._histogram is None:
            return
        low, high = (int(edge) for edge in self.region.getRegion())
        most = self._histogram.maximum
        low = min(max(low, 0), most - 1)
        self.window_dragged.emit(low, min(max(high, low + 1), most))

    def _read(self, level: int) -> None:
        """Say what is at a level."""
        if self._histogram is None:
            return
        level = min(max(level, 0), self.top())
        named = {
            "luminance": self.tr("Luminance"),
            "red": self.tr("Red"),
            "green": self.tr("Green"),
            "blue": self.tr("Blue"),
        }
        words = ", ".join(
            f"{named[name]} {number_text(int(self.levels_of(name)[level]))}"
            for name in self.shown
        )
        self.pointed.emit(self.tr("Level {}: {}").format(level, words))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        scene = self.mapToScene(event.position().toPoint())
        if self.box.sceneBoundingRect().contains(scene):
            self._read(int(self.box.mapSceneToView(scene).x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit("")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self.fit_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in FIT:
            self.fit_requested.emit()
        elif key in STEPS or key in ENDS:
            step = max(1, (self.top() + 1) // MOST_BINS)
            moved = self._level + step * STEPS.get(Qt.Key(key), 0)
            wanted = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.top()}.get(
                Qt.Key(key), moved
            )
            self._level = min(max(wanted, 0), self.top())
            self.reading.setValue(self._level + 0.5)
            self.reading.setVisible(True)
            self._read(self._level)
        else:
            event.ignore()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.reading.setVisible(self._level >= 0)

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self.reading.setVisible(False)
        self.pointed.emit("")


def height_in_sight(heights: npt.NDArray[np.float64]) -> float:
    """Give the height that a curve needs: one or two peaks that dwarf the rest leave the view.

    Black borders and burnt-out skies have a hundred times the pixels of any other level.
    """
    first, second = np.sort(heights)[::-1][[0, min(2, len(heights) - 1)]]
    return float(second if 0 < second < first / PEAK else first)


def short(number: float) -> str:
    """Write a count in few letters: 950, 20k, 1.5M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return f"{number:.3g}"
