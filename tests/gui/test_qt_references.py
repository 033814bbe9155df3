"""Qt's bindings must not eat the interpreter: PySide6 6.12.0 did on Python 3.11.

Each call of a function without a result took one reference from None; after some minutes of
painting the process aborted. This test names the culprit when another release does it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CALLS = 1000


def test_that_calls_of_qt_leave_the_references_of_none_alone(qtbot: QtBot) -> None:
    image = QImage(9, 9, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.setOpacity(0.5)
    taken = before - sys.getrefcount(None)
    painter.end()
    assert taken < CALLS / 10, (
        f"PySide6 {PySide6.__version__} takes references from None"
    )
