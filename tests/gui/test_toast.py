"""Good news: it stands over the bottom, goes by itself, and disturbs nobody."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from chromask_gui.window.toasts import MOST, Toasts
from panel_kit import FakeSession

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def session(qtbot: QtBot) -> FakeSession:
    return FakeSession()


@pytest.fixture
def stage(qtbot: QtBot) -> QWidget:
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.resize(600, 400)
    stage.show()
    return stage


@pytest.fixture
def toasts(stage: QWidget, session: FakeSession) -> Toasts:
    return Toasts(stage, session)  # type: ignore[arg-type]


def test_that_good_news_stands_in_the_middle_of_the_bottom(
    toasts: Toasts, session: FakeSession, stage: QWidget
) -> None:
    session.notified.emit("Saved scene.json")
    (note,) = toasts.notes
    assert note.isVisible()
    assert note.label.text() == "Saved scene.json"
    assert stage.rect().contains(note.geometry())
    assert abs(note.geometry().center().x() - stage.rect().center().x()) <= 1
    assert note.geometry().bottom() > stage.height() - 40
    stage.resize(300, 200)
    assert stage.rect().contains(note.geometry())


def test_that_a_note_goes_by_itself(
    toasts: Toasts, session: FakeSession, stage: QWidget, qtbot: QtBot
) -> None:
    session.notified.emit("Saved")
    (note,) = toasts.notes
    assert note.timer.isActive()
    note.timer.setInterval(1)
    gone: list[object] = []
    note.destroyed.connect(lambda: gone.append(None))
    qtbot.waitUntil(lambda: bool(gone))
    assert not toasts.notes


def test_that_several_stack_without_overlap_and_the_oldest_goes(
    toasts: Toasts, session: FakeSession
) -> None:
    for number in range(MOST + 2):
        session.notified.emit(f"Note {number}")
    assert [note.text for note in toasts.notes] == [
        f"Note {number}" for number in range(2, MOST + 2)
    ]
    boxes = [note.geometry() for note in toasts.notes]
    for upper, lower in pairwise(boxes):
        assert upper.bottom() < lower.top()


def test_that_the_same_news_again_is_one_note(
    toasts: Toasts, session: FakeSession
) -> None:
    session.notified.emit("Saved")
    session.notified.emit("Saved")
    assert len(toasts.notes) == 1


def test_that_it_takes_neither_focus_nor_clicks(
    toasts: Toasts, session: FakeSession, stage: QWidget, qtbot: QtBot
) -> None:
    editor = QLineEdit(stage)
    button = QPushButton("below", stage)
    button.setGeometry(stage.rect())
    button.lower()
    for widget in (editor, button):
        widget.show()
    editor.setFocus()
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    session.notified.emit("Saved")
    (note,) = toasts.notes
    assert editor.hasFocus()
    assert note.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    # Through the window, which finds the widget under the pointer as with a real mouse.
    QTest.mouseClick(
        stage.windowHandle(),
        Qt.MouseButton.LeftButton,
        pos=note.mapTo(stage, note.rect().center()),
    )
    assert clicks


def test_that_tags_in_a_file_s_name_are_shown_as_text(
    toasts: Toasts, session: FakeSession
) -> None:
    session.notified.emit("Saved <b>x</b>.json\nand more")
    (note,) = toasts.notes
    assert note.label.textFormat() == Qt.TextFormat.PlainText
    assert note.label.text() == "Saved <b>x</b>.json and more"


def test_that_a_long_text_wraps_inside_the_stage(
    toasts: Toasts, session: FakeSession, stage: QWidget
) -> None:
    session.notified.emit("Saved " + ", ".join(f"mask_{n}.png" for n in range(20)))
    (note,) = toasts.notes
    assert stage.rect().contains(note.geometry())
    assert note.height() > 2 * note.label.fontMetrics().height()


def test_that_a_screen_reader_is_told(
    toasts: Toasts, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: told.append(event.message()),
    )
    session.notified.emit("Saved scene.json")
    assert told == ["Saved scene.json"]
    assert toasts.notes[0].accessibleName() == "Saved scene.json"


def test_that_no_news_is_no_note(toasts: Toasts, session: FakeSession) -> None:
    session.notified.emit(" ")
    assert not toasts.notes


def test_that_a_closed_window_takes_its_notes_along(
    session: FakeSession, qtbot: QtBot
) -> None:
    stage = QWidget()
    toasts = Toasts(stage, session)  # type: ignore[arg-type]
    session.notified.emit("Saved")
    gone: list[object] = []
    toasts.notes[0].destroyed.connect(lambda: gone.append(None))
    stage.deleteLater()
    QCoreApplication.sendPostedEvents(stage, QEvent.Type.DeferredDelete)
    assert gone
    session.notified.emit("Nobody hears this")
