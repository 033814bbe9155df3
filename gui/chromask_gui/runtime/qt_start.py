"""Starting Qt so that it says in one line why it cannot, where it would end by an abort."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from chromask_gui.runtime.screen import COULD_NOT_RUN, why_no_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def abort_said_in_one_line() -> Iterator[None]:
    """Make Qt's application in here: on Linux Qt aborts where no platform plugin starts.

    Its last words come before the abort and cannot prevent it, so the process ends there.
    """
    if not sys.platform.startswith("linux"):
        yield
        return
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            _end(said or [text])
        said.append(text)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    if not QGuiApplication.screens():
        # A platform such as linuxfb starts without one, and the first window ends the process.
        _end([*said, "Qt found no screen."])
    sys.stderr.writelines(f"{text}\n" for text in said)


def _end(words: list[str]) -> NoReturn:
    """Say why, and end without the clean-up that Qt would not survive."""
    why = why_no_plugin(words, os.environ)
    sys.stderr.write(f"chromask: the window cannot open. {why}\n")
    sys.stderr.flush()
    os._exit(COULD_NOT_RUN)
