"""Reviewing frame after frame: the mark, where it is seen, and the way to the next without it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from chromask_gui.panels.frames.model import MARKS_ROLE
from scenes import write_frames, write_scene
from windows import answer, press, wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

    Run = Callable[..., int]

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | SHIFT


def mark(window: MainWindow) -> None:
    press(window, Qt.Key.Key_D, SHIFT)


def go_on(window: MainWindow) -> None:
    press(window, Qt.Key.Key_D, CONTROL_SHIFT)


def stored(folder: Path, number: int) -> Any:
    frame = json.loads((folder / f"f{number:02d}.json").read_text())
    return frame.get("meta", {}).get("reviewed")


def store(folder: Path, *numbers: int) -> None:
    """Mark frames on disk, as the other person does: whole files, put in place."""
    for number in numbers:
        path = folder / f"f{number:02d}.json"
        value = json.loads(path.read_text()) | {"meta": {"reviewed": True}}
        made = path.with_suffix(".new")
        made.write_text(json.dumps(value))
        os.replace(made, path)


def marked(window: MainWindow) -> list[int]:
    """Give the rows that the list of frames shows with the mark."""
    model = window.frame_panel.model
    return [
        row
        for row in range(model.rowCount())
        if "reviewed" in model.index(row).data(MARKS_ROLE)
    ]


def notes(window: MainWindow) -> list[str]:
    said: list[str] = []
    window.session.notified.connect(said.append)
    return said


def test_that_a_key_marks_the_frame_and_it_is_seen_saved_and_undone(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        action = window.actions_by_id["mark_reviewed"]
        model = window.frame_panel.model
        mark(window)
        assert marked(window) == [0]
        tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
        spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert "reviewed" in tip
        assert "reviewed" in spoken
        assert action.isChecked()
        assert window.title.text() == "f00.json, reviewed"
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert marked(window) == []
        assert not action.isChecked()
        assert window.title.text() == "f00.json"
        press(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert stored(tmp_path, 0) is True
        mark(window)
        assert marked(window) == []
        window.session.undo()

    run([str(tmp_path)], script)


def test_that_the_next_frame_without_the_mark_is_found_past_those_with_it(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 12)
    store(tmp_path, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        said = notes(window)
        go_on(window)
        wait(window, qtbot, 4)
        assert said == []
        go_on(window)
        wait(window, qtbot, 0)
        assert said == ["All frames behind this one are reviewed: on from the first"]

    run([str(tmp_path)], script)


def test_that_the_end_of_the_review_is_said(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 4)
    store(tmp_path, 1, 2, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        said = notes(window)
        go_on(window)
        qtbot.waitUntil(lambda: bool(said))
        mark(window)
        go_on(window)
        qtbot.waitUntil(lambda: len(said) == 2)
        assert said == ["All other frames are reviewed", "All frames are reviewed"]
        assert window.files.frames.place == 0

    run([str(tmp_path)], script)


def test_that_reviewing_needs_two_keys_a_frame_when_it_saves_by_itself(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 4)
    store(tmp_path, 2)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        window.frame_panel.auto_save.click()
        for place, seen in ((1, [0, 2]), (3, [0, 1, 2])):
            mark(window)
            go_on(window)
            wait(window, qtbot, place)
            assert marked(window) == seen
        mark(window)
        press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert [stored(tmp_path, number) for number in range(4)] == [True] * 4

    run([str(tmp_path)], script)


def test_that_frames_far_from_the_shown_one_are_marked_too(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 60)
    store(tmp_path, 58, 59)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        qtbot.waitUntil(lambda: marked(window) == [58, 59])

    run([str(tmp_path)], script)


def test_that_the_other_persons_marks_appear_by_themselves(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 12)
    store(tmp_path, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        qtbot.waitUntil(lambda: marked(window) == [3])
        store(tmp_path, 1, 2)
        qtbot.waitUntil(lambda: marked(window) == [1, 2, 3])
        store(tmp_path, 4)
        # What lies on disk counts, also before the folder has told of it.
        go_on(window)
        wait(window, qtbot, 5)

    run([str(tmp_path)], script)


def test_that_a_mark_that_was_given_up_goes_from_the_list(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_frames(tmp_path, 3)
    answer(monkeypatch, QMessageBox.StandardButton.Discard)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        mark(window)
        assert marked(window) == [0]
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        qtbot.waitUntil(lambda: marked(window) == [])

    run([str(tmp_path)], script)
    assert stored(tmp_path, 0) is None


def test_that_the_list_shows_what_is_left_to_review(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 5)
    store(tmp_path, 1, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        panel = window.frame_panel

        def choose(data: str) -> None:
            panel.mark.setCurrentIndex(panel.mark.findData(data))
            panel.mark.activated.emit(panel.mark.currentIndex())

        def names() -> list[str]:
            rows = range(panel.model.rowCount())
            return [panel.model.index(row).data()[:3] for row in rows]

        qtbot.waitUntil(lambda: marked(window) == [1, 3])
        choose("reviewed")
        assert names() == ["f01", "f03"]
        choose("-reviewed")
        assert names() == ["f00", "f02", "f04"]
        assert panel.list.currentIndex().row() == 0
        # The list follows a mark while it is filtered.
        mark(window)
        qtbot.waitUntil(lambda: names() == ["f02", "f04"])
        window.session.undo()
        qtbot.waitUntil(lambda: names() == ["f00", "f02", "f04"])
        assert panel.list.currentIndex().row() == 0

    run([str(tmp_path)], script)


def test_that_frames_of_one_file_are_reviewed_one_by_one(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    values: list[dict[str, Any]] = []
    for number in range(4):
        path = write_scene(tmp_path / "made", name=f"f{number:02d}")
        values.append(json.loads(path.read_text()))
    values[1]["meta"] = values[2]["meta"] = {"reviewed": True}
    whole = tmp_path / "made" / "all.jsonl"
    whole.write_text("\n".join(json.dumps(value) for value in values))

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        qtbot.waitUntil(lambda: marked(window) == [1, 2])
        go_on(window)
        wait(window, qtbot, 3)
        mark(window)
        assert marked(window) == [1, 2, 3]
        press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        go_on(window)
        wait(window, qtbot, 0)

    run([str(whole)], script)
    found = [json.loads(line) for line in whole.read_text().splitlines()]
    assert [value.get("meta") for value in found] == [None, *[{"reviewed": True}] * 3]


def test_that_one_saved_frame_of_a_file_hides_no_other_mark(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    values: list[dict[str, Any]] = []
    for number in range(4):
        path = write_scene(tmp_path / "made", name=f"f{number:02d}")
        values.append(json.loads(path.read_text()))
    values[2]["meta"] = {"reviewed": True}
    whole = tmp_path / "made" / "all.jsonl"
    whole.write_text("\n".join(json.dumps(value) for value in values))

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        mark(window)
        press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        QTest.qWait(200)
        go_on(window)
        wait(window, qtbot, 3)

    run([str(whole)], script)


def test_that_a_frame_that_can_carry_no_mark_says_so(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, meta=["mine"])

    def script(window: MainWindow) -> None:
        mark(window)
        assert window.problems.isVisible()
        assert not window.actions_by_id["mark_reviewed"].isChecked()
        assert window.session.save_state == "saved"

    run([str(path)], script)


def test_that_walking_on_ends_the_search(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 8)
    store(tmp_path, 1, 2, 3, 4)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        go_on(window)
        QTest.keyClick(window.canvas, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        QTest.qWait(100)
        assert window.files.frames.place == 1

    run([str(tmp_path)], script)
