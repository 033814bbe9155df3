"""The application: Qt, the theme, one window and what it needs, and their end."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from chromask_gui.look.icons import app_icon
from chromask_gui.look.language import SOURCE_LANGUAGE, install_language
from chromask_gui.look.theme import apply_theme, undressed
from chromask_gui.runtime.crash import CrashWatch
from chromask_gui.runtime.garbage import collect_in_this_thread
from chromask_gui.runtime.jobs import Jobs
from chromask_gui.runtime.qt_start import abort_said_in_one_line
from chromask_gui.session.session import Session
from chromask_gui.session.settings import Settings
from chromask_gui.widgets.on_screen import fit_to_screen
from chromask_gui.window.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QEvent

    from chromask_gui.look.theme import Scheme
    from chromask_gui.runtime.workers import Workers

EMPTY_AFTER_MS = 150
"""So long the window waits for the frame; then it is shown without one."""


class Application(QApplication):
    """Qt's application, which also hears of files that macOS wants opened."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._waiting: list[Path] = []
        self._open: Callable[[list[Path]], object] | None = None

    def on_files(self, open_files: Callable[[list[Path]], object]) -> None:
        """Say who opens files; those that came before there was somebody come now."""
        self._open = open_files
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            open_files(waiting)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            path = Path(event.file())
            if event.file() and self._open is None:
                self._waiting.append(path)
            elif event.file() and self._open is not None:
                self._open([path])
            return True
        return super().event(event)


def make_application(
    scheme: Scheme = "system", language: str = SOURCE_LANGUAGE
) -> QApplication:
    """Give the process's application, dressed in a theme and speaking a language.

    Parameters
    ----------
    scheme
        ``system``, ``light`` or ``dark``.
    language
        A code such as ``en``, or ``system``.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        with abort_said_in_one_line():
            app = Application(sys.argv[:1])
    collect_in_this_thread()
    app.setApplicationName("chromask")
    app.setApplicationDisplayName("chromask")
    app.setDesktopFileName("chromask")
    app.setWindowIcon(app_icon())
    apply_theme(app, scheme)
    install_language(app, language)
    return app


def make_window(
    settings: Settings | None = None, workers: Workers | None = None
) -> MainWindow:
    """Make a window with a session and jobs of its own; `close_window` ends them."""
    session = Session(Jobs(workers=workers))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with undressed(app):
        window = MainWindow(session, settings or Settings())
    session.setParent(window)
    session.jobs.setParent(window)
    return window


def close_window(window: MainWindow) -> None:
    """End a window for good: its jobs too."""
    window.session.jobs.shut_down()
    window.deleteLater()


def run(
    paths: Sequence[Path],
    workers: Workers | None = None,
    allowed: Sequence[Path] = (),
) -> int:
    """Open the window on some files and run until it is closed; returns the exit code.

    `workers` may have begun to read the files already; `allowed` are folders outside that
    are used and edited this time.
    """
    settings, is_start = Settings(), QApplication.instance() is None
    app = make_application(settings.theme, settings.language)
    window = make_window(settings, workers)
    with CrashWatch(window.session.failed.emit):
        fit_to_screen(window)
        window.files.open_paths(paths, allowed)
        window.session.jobs.wait(EMPTY_AFTER_MS)
        window.show()
        if isinstance(app, Application):
            app.on_files(window.files.open_paths)
        if is_start:
            gc.freeze()  # what the start has made lives on, and is not searched again
        code = app.exec()
    close_window(window)
    return code
