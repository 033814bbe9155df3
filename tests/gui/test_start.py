"""What starting costs: nothing is dressed twice, and nothing is loaded that may never be used."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from chromask_gui.app import close_window, make_application, make_window
from chromask_gui.settings import Settings


class Dressings(QObject):
    """Counts how often a widget is told to wear another style."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_one = event.type() == QEvent.Type.StyleChange
        self.count += is_one and isinstance(watched, QWidget)
        return False


def test_that_the_widgets_of_a_new_window_are_dressed_once() -> None:
    app = make_application("dark")
    dressings = Dressings()
    app.installEventFilter(dressings)
    window = make_window(Settings.fresh())
    app.removeEventFilter(dressings)
    assert app.styleSheet()
    before = len(QApplication.allWidgets()) - len(window.findChildren(QWidget))
    assert dressings.count <= len(window.findChildren(QWidget)) + 2 * before
    close_window(window)
