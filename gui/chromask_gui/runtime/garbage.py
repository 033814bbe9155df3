"""Garbage is collected in the window's thread alone.

Python collects reference cycles in whichever thread happens to allocate. Widgets and sessions
lie in such cycles: destroyed by a job's thread, they take Qt's locks there while the window
waits for Python's, and both stand still for ever, or a timer outlives its object.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

EVERY_MS = 1000
"""So often the window looks whether there is enough to collect."""


class GarbageCollector(QObject):
    """Takes the place of Python's own timing, with its own thresholds."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> int | None:
        """Collect the oldest generation that is due; give its number."""
        for generation in (2, 1, 0):
            least = gc.get_threshold()[generation]
            if least and gc.get_count()[generation] > least:
                gc.collect(generation)
                return generation
        return None


def collect_in_this_thread() -> GarbageCollector:
    """Have garbage collected in the application's thread from now on; once a process.

    Raises
    ------
    RuntimeError
        There is no application, or it lives in another thread.
    """
    app = QCoreApplication.instance()
    if app is None or app.thread() != QObject().thread():
        raise RuntimeError("no Qt application lives in this thread: make one first")
    found = app.findChild(GarbageCollector)
    return found if found is not None else GarbageCollector(app)
