"""Loads pyqtgraph: not before the window rests after its first frame, and beside the window.

PySide makes a class when it is first named. Two threads that do so at the same time end the
process, and pyqtgraph names every class of Qt. So the window makes them first, a few at a time
between its events; then a job imports pyqtgraph, which finds them all made.
"""

from __future__ import annotations

import os
import time
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Session

REST_MS = 1500
"""The window rests when nothing was opened, edited or looked at otherwise for so long."""

SLICE_S, PAUSE_MS = 0.004, 12
"""How long the window makes classes at a time, and how long it has for its events between."""

WANTED_SLICE_S = 0.03
"""The same when a plot is already waited for; no pause between."""

QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtTest", "QtOpenGLWidgets")
"""What pyqtgraph loads of Qt; the first three it reads name by name."""

CHARTS = ("chromask_gui.plots.bars", "chromask_gui.plots.histogram_chart")

_loaded: set[str] = set()
"""The charts that were imported in this process; the window's thread alone changes it."""


class PlotLoader(QObject):
    """Loads what draws plots, once.

    Parameters
    ----------
    canvas
        What paints the frame: nothing is loaded before it has; a tab of plots that was left
        open the last time must not make the start longer.

    Signals
    -------
    ready()
        Charts can be made.
    failed(str)
        They cannot; why.
    """

    ready = Signal()
    failed = Signal(str)

    def __init__(
        self, session: Session, canvas: QWidget, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._has_painted = False
        canvas.installEventFilter(self)
        self._classes: Iterator[object] | None = None
        self._is_wanted = False
        self._has_job = False
        self.problem = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rest_timeout)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._on_turn_timeout)
        session.document_opened.connect(self._wait_for_rest)
        session.changed.connect(self._wait_for_rest)
        session.view_changed.connect(self._wait_for_rest)

    @property
    def is_ready(self) -> bool:
        """Whether charts can be made."""
        return len(_loaded) == len(CHARTS)

    def want(self) -> None:
        """Load it now: a plot is waited for."""
        if self.is_ready or self._is_wanted or self.problem:
            return
        self._is_wanted = True
        if self._has_painted:
            self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_paint = event.type() == QEvent.Type.Paint
        if is_paint and self._session.document is not None:
            watched.removeEventFilter(self)
            self._has_painted = True
            if self._is_wanted:
                # The painted frame reaches the screen when this event is over.
                QTimer.singleShot(0, self, self._begin)
        return False

    def _wait_for_rest(self) -> None:
        has_work = self._session.document is not None and self._classes is None
        if has_work and not self.is_ready:
            self._rest.start()

    def _on_rest_timeout(self) -> None:
        session = self._session
        if session.has_gesture or session.jobs.is_busy or not self._has_painted:
            self._rest.start()
        elif not self.is_ready:
            self._begin()

    def _begin(self) -> None:
        self._rest.stop()
        if self._classes is None:
            self._classes = _make_classes()
            self._turn.start(0)

    def _on_turn_timeout(self) -> None:
        if self._classes is None or self._has_job:
            return
        is_idle = self._is_wanted or not self._session.has_gesture
        end = time.perf_counter() + (WANTED_SLICE_S if self._is_wanted else SLICE_S)
        while is_idle and time.perf_counter() < end:
            try:
                next(self._classes)
            except StopIteration:
                self._import()
                return
        self._turn.start(0 if self._is_wanted else PAUSE_MS)

    def _import(self) -> None:
        self._has_job = True
        self._session.jobs.prepare(_import_charts, self._done, self._failed)

    def _done(self, _result: object) -> None:
        _loaded.update(CHARTS)
        self.ready.emit()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, ImportError):
            raise error
        self.problem = self.tr("pyqtgraph cannot be loaded: {}").format(error)
        self.failed.emit(self.problem)


def _make_classes() -> Iterator[object]:
    """Make PySide's classes, one at a time."""
    for name in QT_MODULES:
        try:
            module = import_module(f"PySide6.{name}")
        except ImportError:
            continue  # pyqtgraph does without it, too
        yield module
        for each in dir(module):
            yield getattr(module, each)


def _import_charts(_job: Job) -> None:
    # Else it takes another toolkit that a variable of the user's names for other programs.
    os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
    for name in CHARTS:
        import_module(name)
