"""Picturing the real window offscreen: ``chromask screenshot``, and what tests and docs use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QTimer

from chromask.cli import COULD_NOT_RUN, make_parser, suggestions
from chromask.errors import ChromaskError
from chromask.storage.atomic import atomic_write
from chromask.storage.opened import Opened
from chromask_gui.app.application import close_window, make_application, make_window
from chromask_gui.session.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from chromask_gui.session.session import Session
    from chromask_gui.window.main_window import MainWindow

SETTLE_MS = 200
"""Time for lazily laid out widgets and the last queued repaint."""


def run_screenshot(arguments: Sequence[str]) -> int:
    """Picture the window with a frame open; returns the exit code."""
    options = make_parser().parse_args(arguments)
    app = make_application(options.theme)
    window = make_window(Settings.fresh())
    window.resize(*options.size)
    window.show()
    problem = open_and_wait(window, options.path, options.masks)
    code = 0
    try:
        listed = window.files.frames.list
        if listed is not None:
            sys.stderr.write(suggestions(listed))
        if problem is None:
            settle(SETTLE_MS)
            save_picture(window, options.output)
        else:
            sys.stderr.write(f"chromask: {problem}\n")
            code = COULD_NOT_RUN
    except ChromaskError as error:
        sys.stderr.write(f"chromask: {error}\n")
        code = COULD_NOT_RUN
    window.hide()
    close_window(window)
    app.processEvents()
    return code


def open_and_wait(
    window: MainWindow, path: Path, allowed: Sequence[Path] = ()
) -> object | None:
    """Open a file and wait until it is shown; returns the problem if there was one."""
    session = window.session
    failed: list[object] = []
    loop = QEventLoop()
    session.document_opened.connect(loop.quit)
    session.failed.connect(failed.append)
    session.failed.connect(loop.quit)
    window.files.open_paths([path], allowed)
    loop.exec()
    session.document_opened.disconnect(loop.quit)
    session.failed.disconnect(loop.quit)
    session.failed.disconnect(failed.append)
    return failed[0] if failed else None


def wait_until_saved(session: Session) -> None:
    """Wait until no save is on its way."""
    loop = QEventLoop()
    session.save_state_changed.connect(loop.quit)
    while session.save_state == "saving":
        loop.exec()
    session.save_state_changed.disconnect(loop.quit)


def settle(milliseconds: int) -> None:
    """Let the event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def save_picture(widget: QWidget, path: Path) -> None:
    """Write a picture of a widget as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    atomic_write(path, bytes(buffer.data().data()), Opened.named(path))
