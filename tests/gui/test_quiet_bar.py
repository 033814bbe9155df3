"""A tool bar is laid out anew for a new look of an action, and not for its being enabled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QPixmap
from PySide6.QtWidgets import QApplication, QToolButton

from chromask_gui.runtime.quiet_bar import QuietBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


class Layouts(QObject):
    """Counts how often a widget is asked to lay itself out."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def bar(qtbot: QtBot) -> QuietBar:
    bar = QuietBar("Main")
    bar.addAction(QAction("Undo", bar))
    qtbot.addWidget(bar)
    bar.show()
    QApplication.processEvents()
    return bar


def button_of(bar: QuietBar) -> QToolButton:
    button = bar.widgetForAction(bar.actions()[0])
    assert isinstance(button, QToolButton)
    return button


def test_that_enabling_an_action_enables_its_button_and_lays_out_nothing(
    bar: QuietBar,
) -> None:
    (action,) = bar.actions()
    layouts = Layouts(bar)
    for is_enabled in (False, True, False):
        action.setEnabled(is_enabled)
        QApplication.processEvents()
        assert button_of(bar).isEnabled() == is_enabled
    assert layouts.count == 0


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda action: action.setText("A longer text"), lambda b: b.text()),
        (lambda action: action.setIconText("Longer"), lambda b: b.text()),
        (lambda action: action.setToolTip("More"), lambda b: b.toolTip()),
        (lambda action: action.setIcon(icon()), lambda b: b.icon().isNull()),
        (lambda action: action.setVisible(False), lambda b: b.isVisible()),
        (lambda action: action.setCheckable(True), lambda b: b.isCheckable()),
    ],
)
def test_that_another_look_is_shown(
    bar: QuietBar,
    change: Callable[[QAction], None],
    shown: Callable[[QToolButton], object],
) -> None:
    before = shown(button_of(bar))
    change(bar.actions()[0])
    QApplication.processEvents()
    assert shown(button_of(bar)) != before


def test_that_a_check_mark_is_shown(bar: QuietBar) -> None:
    (action,) = bar.actions()
    action.setCheckable(True)
    for is_checked in (True, False):
        action.setChecked(is_checked)
        assert button_of(bar).isChecked() == is_checked


def icon() -> QPixmap:
    pixmap = QPixmap(16, 16)
    pixmap.fill()
    return pixmap
