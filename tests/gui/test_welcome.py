"""What stands there while nothing is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from chromask_gui.window.welcome import Welcome

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def welcome(qtbot: QtBot) -> Welcome:
    welcome = Welcome()
    qtbot.addWidget(welcome)
    welcome.resize(800, 600)
    welcome.show()
    return welcome


def test_that_each_button_asks_for_its_own_thing(
    welcome: Welcome, qtbot: QtBot
) -> None:
    asked: list[str] = []
    welcome.open_requested.connect(lambda: asked.append("open"))
    welcome.example_requested.connect(lambda: asked.append("example"))
    qtbot.mouseClick(welcome.open_button, Qt.MouseButton.LeftButton)
    assert asked == ["open"]
    qtbot.mouseClick(welcome.example_button, Qt.MouseButton.LeftButton)
    assert asked == ["open", "example"]


def test_that_the_keyboard_reaches_every_button(welcome: Welcome, qtbot: QtBot) -> None:
    asked: list[str] = []
    welcome.open_requested.connect(lambda: asked.append("open"))
    welcome.example_requested.connect(lambda: asked.append("example"))
    welcome.setFocus()
    assert welcome.open_button.hasFocus()
    qtbot.keyClick(welcome.open_button, Qt.Key.Key_Space)
    qtbot.keyClick(welcome.open_button, Qt.Key.Key_Tab)
    assert welcome.folder_button.hasFocus()
    qtbot.keyClick(welcome.folder_button, Qt.Key.Key_Tab)
    assert welcome.example_button.hasFocus()
    qtbot.keyClick(welcome.example_button, Qt.Key.Key_Space)
    assert asked == ["open", "example"]


def test_that_it_says_what_can_be_dropped(welcome: Welcome) -> None:
    assert (
        welcome.hint.label.text()
        == "Drop a frame, an image with its masks, or a folder of them here"
    )


def test_that_open_is_the_primary_button(welcome: Welcome) -> None:
    assert welcome.open_button.property("kind") == "primary"
    assert welcome.example_button.property("kind") != "primary"
