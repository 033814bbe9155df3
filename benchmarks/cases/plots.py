"""Loading what draws plots, and the first plot of each kind: how long the window stands still."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from benchmarks.desk import close_desk, open_desk
from chromask_gui.app.screenshot import settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.model import Scene, Series


class Heart:
    """A timer that beats each millisecond: the longest time between two beats is a gap."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self._longest = 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def listen(
        self, begin: Callable[[], object], is_over: Callable[[], bool]
    ) -> tuple[float, float]:
        """Begin something and wait for its end; give its length and the longest gap in it."""
        start = self._last = time.perf_counter()
        self._longest = 0.0
        self._timer.start(1)
        begin()
        while not is_over():
            settle(5)
        spent = time.perf_counter() - start
        settle(50)  # what its last step left to be painted
        self._timer.stop()
        return spent * 1000, self._longest * 1000


def measure(folder: Path, scene: Scene, effort: int) -> Series:
    """Let the window rest until plots can be drawn, then show bars and a histogram."""
    del scene, effort
    window = open_desk(folder / "frame.json")
    loader, plots, tone = window.plot_loader, window.plots, window.tone.histogram
    heart = Heart()

    def has_histogram() -> bool:
        return tone.histogram is not None and tone.histogram.is_exact

    loading = heart.listen(lambda: None, lambda: loader.is_ready)
    bars = heart.listen(
        lambda: window.side.show_panel(plots),
        lambda: plots.chart is not None and not plots.is_busy,
    )
    levels = heart.listen(window.actions_by_id["has_tone_bar"].trigger, has_histogram)
    close_desk(window)
    return {
        "loaded": [loading[0]],
        "longest gap while it is loaded": [loading[1]],
        "bars": [bars[0]],
        "longest gap at the first bars": [bars[1]],
        "exact histogram": [levels[0]],
        "longest gap at the first histogram": [levels[1]],
    }
