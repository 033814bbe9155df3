"""The one place for errors: what stands there, what can be dismissed, what can be copied."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPointF, Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from chromask.document.document import Document
from chromask.errors import Problem
from chromask.workspace.opening import open_document
from chromask_gui.panels.problems import BATCH, ProblemPanel
from chromask_gui.panels.rois.row import Column
from panel_kit import FakeSession
from scenes import CAR, ROAD, roi, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

FAILURE = Problem("mask seg cannot hold [1, 2]", "seg.png", "rois[3]", "Choose another")


@pytest.fixture
def session(qtbot: QtBot) -> FakeSession:
    return FakeSession()


@pytest.fixture
def panel(session: FakeSession, qtbot: QtBot) -> ProblemPanel:
    panel = ProblemPanel(session)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.resize(320, 300)
    panel.show()
    return panel


def text(panel: ProblemPanel) -> str:
    return panel.list.toPlainText()


def open_with(
    session: FakeSession, tmp_path: Path, *problems: Problem
) -> tuple[Problem, ...]:
    opened = open_document(write_scene(tmp_path))
    session.show(
        Document(opened.frame, opened.planes, opened.images, problems=problems)
    )
    return problems


def click_dismiss(panel: ProblemPanel, qtbot: QtBot) -> None:
    cursor = panel.list.document().find("Dismiss")
    cursor.setPosition(cursor.selectionStart() + 2)
    place = panel.list.cursorRect(cursor).center()
    assert panel.list.anchorAt(place)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_the_worst_of_the_document_stands_first_and_all_are_counted(
    panel: ProblemPanel, session: FakeSession, tmp_path: Path
) -> None:
    counts: list[int] = []
    panel.count_changed.connect(counts.append)
    open_with(
        session,
        tmp_path,
        Problem("a comment", severity="note"),
        Problem("a size", severity="warning"),
        Problem("a hole", "hole.png", "mask x", "Put it back"),
    )
    lines = [
        line.lstrip("\t\N{OBJECT REPLACEMENT CHARACTER}")
        for line in text(panel).splitlines()
    ]
    assert lines == [
        "A hole.",
        "hole.png, mask x",
        "Put it back.",
        "A size.",
        "A comment.",
    ]
    assert counts == [3]
    assert panel.count == 3
    assert panel.summary.text() == "1 error, 1 warning, 1 note"


def test_that_a_failure_stands_on_top_and_can_be_dismissed_alone(
    panel: ProblemPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    open_with(session, tmp_path, Problem("a hole", "hole.png"))
    session.failed.emit(Problem("an older one"))
    session.failed.emit(FAILURE)
    lines = text(panel)
    assert lines.index("cannot hold") < lines.index("older") < lines.index("A hole")
    assert lines.count("Dismiss") == 2
    click_dismiss(panel, qtbot)
    assert "cannot hold" not in text(panel)
    assert "older" in text(panel)
    assert panel.count == 2


def test_that_all_failures_are_dismissed_and_the_document_s_problems_stay(
    panel: ProblemPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    open_with(session, tmp_path, Problem("a hole", "hole.png"))
    assert not panel.dismiss_button.isVisible()
    session.failed.emit(FAILURE)
    qtbot.mouseClick(panel.dismiss_button, Qt.MouseButton.LeftButton)
    assert panel.count == 1
    assert "Dismiss" not in text(panel)
    assert not panel.dismiss_button.isVisible()


def test_that_the_same_failure_again_is_told_once_and_comes_on_top(
    panel: ProblemPanel, session: FakeSession
) -> None:
    session.failed.emit(FAILURE)
    session.failed.emit(Problem("another"))
    session.failed.emit(FAILURE)
    assert panel.count == 2
    assert text(panel).index("cannot hold") < text(panel).index("Another")


def test_that_another_document_takes_the_failures_of_the_last_one_away(
    panel: ProblemPanel, session: FakeSession, tmp_path: Path
) -> None:
    session.failed.emit(FAILURE)
    assert panel.count == 1
    open_with(session, tmp_path)
    assert panel.count == 0
    assert panel.summary.text() == "None"


def test_that_tags_and_marks_of_direction_stay_plain(
    panel: ProblemPanel, session: FakeSession
) -> None:
    nasty = "<b>x</b><img src=/etc/passwd> \N{RIGHT-TO-LEFT OVERRIDE}gnp.a"
    session.failed.emit(Problem(nasty, f"{nasty}\n{nasty}", nasty, nasty))
    shown = text(panel)
    assert shown.count("<b>x</b><img src=/etc/passwd>") == 5
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown


def test_that_a_text_of_several_lines_stays_one_problem(
    panel: ProblemPanel, session: FakeSession
) -> None:
    session.failed.emit(Problem("first\nsecond", severity="note"))
    blocks = panel.list.document().blockCount()
    assert blocks == 2  # what was seen, and Dismiss
    assert "first" in text(panel).lower()
    assert "second" in text(panel)


def test_that_a_text_of_a_megabyte_is_cut(
    panel: ProblemPanel, session: FakeSession
) -> None:
    session.failed.emit(Problem("x" * 1_000_000))
    assert 1000 < len(text(panel)) < 10_000


def test_that_each_severity_has_its_icon(
    panel: ProblemPanel, session: FakeSession
) -> None:
    for severity in ("error", "warning", "note"):
        session.failed.emit(Problem(f"a {severity}", severity=severity))
        found = panel.list.document().resource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(f"severity:{severity}")
        )
        assert not found.isNull()
    html = panel.list.document().toHtml()
    assert [
        html.count(f"severity:{name}") for name in ("error", "warning", "note")
    ] == [
        1,
        1,
        1,
    ]


def test_that_a_long_path_wraps_instead_of_running_out_of_sight(
    panel: ProblemPanel, session: FakeSession
) -> None:
    session.failed.emit(Problem("a hole", "/" + "x" * 400))
    assert panel.list.document().idealWidth() <= panel.list.viewport().width()


def test_that_thousands_are_written_as_they_are_scrolled_to(
    panel: ProblemPanel, session: FakeSession, tmp_path: Path
) -> None:
    open_with(session, tmp_path, *(Problem(f"hole {n:04}") for n in range(10 * BATCH)))
    assert panel.count == 10 * BATCH
    assert (
        panel.summary.text().replace("\N{NARROW NO-BREAK SPACE}", " ") == "1 000 errors"
    )
    assert f"ole {10 * BATCH - 1:04}" not in text(panel)
    bar = panel.list.verticalScrollBar()
    for _ in range(10 * BATCH):
        if bar.value() == bar.maximum():
            break
        bar.setValue(bar.maximum())
    assert text(panel).count("ole ") == 10 * BATCH
    assert f"ole {10 * BATCH - 1:04}" in text(panel)


def test_that_a_failure_after_scrolling_starts_the_list_anew_at_its_top(
    panel: ProblemPanel, session: FakeSession, tmp_path: Path
) -> None:
    open_with(session, tmp_path, *(Problem(f"hole {n:04}") for n in range(3 * BATCH)))
    bar = panel.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    session.failed.emit(FAILURE)
    assert bar.value() == 0
    assert text(panel).index("cannot hold") < text(panel).index("ole 0000")
    assert text(panel).count("ole 0001") == 1


def test_that_the_text_can_be_selected_by_keyboard_and_copied(
    panel: ProblemPanel, session: FakeSession, qtbot: QtBot
) -> None:
    session.failed.emit(FAILURE)
    panel.list.setFocus()
    panel.list.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(panel.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(panel.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "seg.png, rois[3]" in QApplication.clipboard().text()
    panel.list.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert "cannot hold" in panel.list.textCursor().selectedText()


def test_that_all_are_copied_as_the_library_words_them(
    panel: ProblemPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    (hole,) = open_with(session, tmp_path, Problem("a hole", "hole.png"))
    session.failed.emit(FAILURE)
    qtbot.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == f"{FAILURE}\n{hole}"


def test_that_an_edit_that_mends_a_problem_takes_it_off_the_list(
    run: Callable[..., int], tmp_path: Path
) -> None:
    unsure = {**roi(["car"], CAR), "confidence": "high"}
    path = write_scene(tmp_path, [roi(["road"], ROAD), unsure])

    def script(window: MainWindow) -> None:
        panel, session = window.problems, window.session
        assert panel.isVisible()
        assert "rois[1].confidence" in text(panel)
        session.edit("x", lambda edit: edit.frame.remove_annotation(0))
        assert "rois[0].confidence" in text(panel)
        table = window.rois.table
        table.model().setData(table.model().index(0, Column.CONFIDENCE), "0.9")
        assert not panel.isVisible()
        window.actions_by_id["undo"].trigger()
        assert panel.isVisible()
        assert panel.count == 1
        window.actions_by_id["redo"].trigger()
        assert not panel.isVisible()

    assert run([str(path)], script) == 0


def test_that_a_click_elsewhere_dismisses_nothing(
    panel: ProblemPanel, session: FakeSession, qtbot: QtBot
) -> None:
    session.failed.emit(FAILURE)
    qtbot.mouseClick(
        panel.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPointF(60, 8).toPoint(),
    )
    assert panel.count == 1


def test_that_notes_alone_are_folded_until_they_are_asked_for(
    session: FakeSession, panel: ProblemPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    open_with(session, tmp_path, Problem("a comment", severity="note"))

    assert panel.summary.text() == "1 note"
    assert (panel.list.isVisible(), panel.fold.isVisible()) == (False, True)
    qtbot.mouseClick(panel.fold, Qt.MouseButton.LeftButton)
    assert panel.list.isVisible()
    assert "A comment" in text(panel)
    qtbot.mouseClick(panel.fold, Qt.MouseButton.LeftButton)
    assert not panel.list.isVisible()


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_that_what_is_no_note_is_seen_although_the_notes_were_folded(
    session: FakeSession, panel: ProblemPanel, tmp_path: Path, severity: Any
) -> None:
    note = Problem("a comment", severity="note")
    open_with(session, tmp_path, note)
    panel.fold.choose(True)

    open_with(session, tmp_path, note, Problem("a hole", severity=severity))
    assert (panel.list.isVisible(), panel.fold.isVisible()) == (True, False)
    session.show(None)
    assert panel.list.isVisible()


def test_that_roi_rules_four_and_five_are_a_warning_and_a_note_in_the_window(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path, [roi(["car"], CAR, mask="00"), roi(["road"], ROAD)])
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"].append({"id": "inst", "uri": "scene_seg.png"})
    path.write_text(json.dumps(frame))

    def script(window: MainWindow) -> None:
        panel = window.problems
        assert panel.isVisible()
        assert panel.summary.text() == "1 note"
        assert not panel.list.isVisible()
        tip = (
            window.rois.table.model()
            .index(0, Column.MASK)
            .data(Qt.ItemDataRole.ToolTipRole)
        )
        assert "as the public SDK does" in tip
        window.session.edit(
            "Lose", lambda edit: edit.frame.update_annotation(0, mask_id="lost")
        )
        assert panel.summary.text() == "1 warning"
        assert panel.list.isVisible()
        window.session.undo()
        assert panel.summary.text() == "1 note"

    assert run([str(path)], script) == 0
