"""Keys, strokes and quitting while a save is held: done in their order, or dropped with a word."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from chromask.errors import StorageError
from chromask.workspace import saving
from chromask_gui.session import session as session_module
from gates import Gate
from scenes import CAR, read_pixels, scene_mask, write_frames, write_scene
from windows import mouse, press, rename, stem, wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

BUTTON = QMessageBox.StandardButton
CTRL = Qt.KeyboardModifier.ControlModifier
ORDERS = sorted(set(permutations("DDSPQ")))
"""D: next frame. S: save. P: paint a pixel. Q: close the window."""


class Stand:
    """A window on three frames, a model of their masks, and a gate before the job that saves."""

    def __init__(
        self, window: MainWindow, folder: Path, patch: pytest.MonkeyPatch, qtbot: QtBot
    ) -> None:
        self.window, self.folder, self.qtbot = window, folder, qtbot
        self.files, self.session = window.files, window.session
        self.expected = {f"f{n:02d}": scene_mask() for n in range(3)}
        self.told: list[str] = []
        self.asked: list[str] = []
        self.answer = BUTTON.Save
        self.is_disk_full = False
        self.save = session_module.save_snapshot
        self.gate = Gate()
        self.gate.open()
        self.session.notified.connect(self.told.append)

        def reply(box: QMessageBox) -> QMessageBox.StandardButton:
            self.asked.append(box.text())
            return self.answer

        patch.setattr(session_module, "save_snapshot", self.held)
        patch.setattr(QMessageBox, "exec", reply)
        wait(window, qtbot, 0)

    def held(self, *args: Any, **options: Any) -> Any:
        return self.gate.held(self.write)(*args, **options)

    def write(self, *args: Any, **options: Any) -> Any:
        if self.is_disk_full:
            raise StorageError("the disk is full", uri="f00.json")
        return self.save(*args, **options)

    def begin(self, place: int = 0) -> None:
        """Show a frame with the brush of one pixel, and hold the next save back."""
        self.files.go_to(place)
        wait(self.window, self.qtbot, place)
        options = replace(self.session.view.options, size=1.0, is_square=True)
        self.session.set_view(selected=(0,), tool="brush", options=options)
        self.told.clear()
        self.asked.clear()
        self.gate = Gate()

    def paint(self, row: int, col: int, name: str = "f00") -> None:
        self.press_at(row, col)
        self.release_at(row, col)
        self.expected[name][row, col] = CAR

    def press_at(self, row: int, col: int) -> None:
        mouse(self.window, QEvent.Type.MouseButtonPress, col + 0.5, row + 0.5)

    def release_at(self, row: int, col: int) -> None:
        mouse(self.window, QEvent.Type.MouseButtonRelease, col + 0.5, row + 0.5)

    def press_save(self) -> None:
        press(self.window, Qt.Key.Key_S, CTRL)

    def do(self, act: str, pixel: tuple[int, int] = (0, 0)) -> None:
        if act == "D":
            press(self.window, Qt.Key.Key_D)
        elif act == "S":
            self.press_save()
        elif act == "P":
            self.paint(*pixel)
        else:
            self.window.close()

    def end(self) -> None:
        """Let the save go, and wait until nothing is on its way."""
        self.gate.open()
        self.rest()

    def rest(self) -> None:
        self.qtbot.waitUntil(self.is_at_rest)
        QApplication.processEvents()
        assert self.is_at_rest()

    def is_at_rest(self) -> bool:
        return not (
            self.files.leaving.is_busy
            or self.session.jobs.is_busy
            or self.files.frames.is_opening
        )

    def check(self) -> None:
        """Compare the files with the model, and what is shown with the files."""
        for name, pixels in self.expected.items():
            on_disk = read_pixels(self.folder / f"{name}_seg.png")
            assert np.array_equal(on_disk, pixels), name


@pytest.fixture
def play(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[Callable[[Stand], None]], None]]:
    """Give ``play(script)``: a real window on three frames, its saves held by a gate."""
    stands: list[Stand] = []

    def run_script(script: Callable[[Stand], None]) -> None:
        def on_window(window: MainWindow) -> None:
            stands.append(Stand(window, tmp_path, monkeypatch, qtbot))
            try:
                script(stands[0])
            finally:
                stands[0].gate.open()
                QApplication.setQuitOnLastWindowClosed(True)
                window.show()
                qtbot.waitUntil(lambda: not window.session.jobs.is_busy)

        assert run([str(write_frames(tmp_path, 3))], on_window) == 0

    yield run_script
    for stand in stands:
        stand.gate.open()


def test_that_all_orders_of_keys_strokes_and_quitting_end_as_the_model(
    play: Callable[..., None],
) -> None:
    def script(stand: Stand) -> None:
        QApplication.setQuitOnLastWindowClosed(False)
        window = stand.window
        for number, order in enumerate(ORDERS):
            stand.begin()
            stand.paint(0, number)
            stand.press_save()
            assert stand.session.save_state == "saving"
            for act in order:
                stand.do(act, (1, number))
            assert stem(window) == "f00"
            stand.end()
            # Painted after the snapshot: it is saved by S, or by the answer to a question.
            is_saved_first = order.index("S") < min(order.index("D"), order.index("Q"))
            assert len(stand.asked) == (0 if is_saved_first else 1), order
            stand.check()
            assert not window.isVisible(), order
            assert stand.session.document is None
            window.show()
            stand.files.open_paths([stand.folder])
            wait(window, stand.qtbot, 0)

    play(script)


def test_that_without_quitting_all_orders_end_two_frames_on(
    play: Callable[..., None],
) -> None:
    def script(stand: Stand) -> None:
        for number, order in enumerate(sorted(set(permutations("DDSP")))):
            stand.begin()
            stand.paint(0, number)
            stand.press_save()
            for act in order:
                stand.do(act, (1, number))
            stand.end()
            assert stem(stand.window) == "f02", order
            assert stand.session.save_state == "saved"
            stand.check()

    play(script)


def test_that_a_save_that_fails_drops_what_waited_and_says_so(
    play: Callable[..., None],
) -> None:
    def script(stand: Stand) -> None:
        window, names = (
            stand.window,
            {"D": "another frame", "S": "Save", "Q": "quitting"},
        )
        for number, order in enumerate(ORDERS):
            stand.begin()
            stand.is_disk_full = True
            stand.paint(0, number)
            stand.press_save()
            for act in order:
                stand.do(act, (1, number))
            stand.end()
            dropped = ", ".join(names[act] for act in order if act != "P")
            assert stand.told == [f"Not saved, so this was not done: {dropped}"]
            assert (stem(window), stand.session.save_state) == ("f00", "edited")
            assert window.isVisible()
            assert window.isWindowModified()
            stand.is_disk_full = False
            # A later save is a save and nothing else.
            stand.press_save()
            stand.end()
            assert (stem(window), stand.session.save_state) == ("f00", "saved")
            assert window.isVisible()
            assert stand.asked == []
            stand.check()

    play(script)


@pytest.mark.parametrize("button", [BUTTON.Cancel, BUTTON.Discard])
def test_that_what_was_painted_during_a_save_is_asked_about_before_it_is_left(
    play: Callable[..., None], button: QMessageBox.StandardButton
) -> None:
    def script(stand: Stand) -> None:
        stand.answer = button
        stand.begin()
        stand.paint(0, 0)
        stand.press_save()
        stand.do("D")
        stand.do("D")
        stand.press_at(1, 0)
        stand.release_at(1, 0)
        stand.end()
        assert stand.asked == ["f00.json has unsaved edits."]
        is_kept = button == BUTTON.Cancel
        assert stem(stand.window) == ("f00" if is_kept else "f02")
        dropped = "Not saved, so this was not done: another frame"
        assert (dropped in stand.told) == is_kept
        stand.check()
        if is_kept:
            stand.press_save()
            stand.end()
            assert stem(stand.window) == "f00"
            stand.expected["f00"][1, 0] = CAR
            stand.check()

    play(script)


def test_that_a_stroke_is_finished_before_what_waited_for_the_save(
    play: Callable[..., None],
) -> None:
    def script(stand: Stand) -> None:
        stand.begin()
        stand.paint(0, 0)
        stand.press_save()
        stand.do("D")
        stand.press_at(1, 0)
        stand.gate.open()
        stand.qtbot.waitUntil(lambda: stand.session.save_state != "saving")
        QApplication.processEvents()
        assert stem(stand.window) == "f00"
        stand.release_at(1, 0)
        stand.expected["f00"][1, 0] = CAR
        stand.rest()
        assert (len(stand.asked), stem(stand.window)) == (1, "f01")
        stand.check()

    play(script)


def test_that_saving_in_the_middle_of_a_stroke_waits_for_its_end(
    play: Callable[..., None],
) -> None:
    def script(stand: Stand) -> None:
        stand.begin()
        stand.gate.open()
        stand.press_at(1, 0)
        stand.press_save()
        assert stand.session.save_state != "saving"
        stand.release_at(1, 0)
        stand.expected["f00"][1, 0] = CAR
        stand.rest()
        assert stand.session.save_state == "saved"
        stand.check()

    play(script)


def test_that_an_undo_during_a_save_is_an_edit_like_any_other(
    play: Callable[..., None],
) -> None:
    def script(stand: Stand) -> None:
        stand.begin()
        stand.paint(0, 0)
        stand.press_save()
        stand.session.undo()
        stand.end()
        assert stand.session.save_state == "edited"
        stand.check()
        stand.press_save()
        stand.rest()
        stand.expected["f00"] = scene_mask()
        stand.check()

    play(script)


def test_that_saving_automatically_saves_what_came_during_a_save(
    play: Callable[..., None],
) -> None:
    def script(stand: Stand) -> None:
        stand.window.frame_panel.auto_save.click()
        stand.begin()
        stand.paint(0, 0)
        stand.do("D")
        assert stand.session.save_state == "saving"
        stand.paint(1, 0)
        stand.do("D")
        stand.end()
        assert (stem(stand.window), stand.asked) == ("f02", [])
        stand.check()

    play(script)


def test_that_moving_that_cannot_save_stays_and_names_what_was_dropped(
    play: Callable[..., None],
) -> None:
    def script(stand: Stand) -> None:
        stand.window.frame_panel.auto_save.click()
        stand.begin()
        stand.is_disk_full = True
        stand.paint(0, 0)
        stand.do("D")
        stand.end()
        assert (stem(stand.window), stand.session.save_state) == ("f00", "edited")
        assert stand.told == ["Not saved, so this was not done: another frame"]
        assert "disk is full" in stand.window.problems.list.toPlainText()
        stand.is_disk_full = False
        stand.do("D")
        stand.rest()
        assert stem(stand.window) == "f01"
        stand.check()

    play(script)


def test_that_save_as_during_a_save_comes_after_it(
    play: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.json"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(target), "")
    )

    def script(stand: Stand) -> None:
        stand.begin()
        stand.paint(0, 0)
        stand.press_save()
        stand.window.actions_by_id["save_as"].trigger()
        assert not target.exists()
        stand.paint(1, 0)
        stand.end()
        assert stand.session.document is not None
        assert stand.session.document.path == target
        assert stand.session.save_state == "saved"
        mask = json.loads(target.read_text())["sources"][0]["masks"][0]["uri"]
        assert np.array_equal(read_pixels(tmp_path / mask), stand.expected["f00"])
        stand.expected["f00"][1, 0] = scene_mask()[1, 0]
        stand.check()

    play(script)


@pytest.mark.parametrize("is_kept", [True, False])
def test_that_a_stroke_over_the_end_of_save_as_belongs_to_the_new_frame(
    play: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_kept: bool,
) -> None:
    target = tmp_path / "new" / "copy.json"
    target.parent.mkdir()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(target), "")
    )

    def script(stand: Stand) -> None:
        stand.begin()
        expected = scene_mask()
        for row in range(2):
            stand.press_at(row, 0)
            if row == 0:
                stand.release_at(0, 0)
                stand.window.actions_by_id["save_as"].trigger()
            expected[row, 0] = CAR
        stand.gate.open()
        stand.qtbot.waitUntil(target.exists)
        stand.qtbot.waitUntil(lambda: not stand.session.jobs.is_busy)
        if is_kept:
            stand.release_at(1, 0)
        else:
            stand.session.undo()
            expected[1, 0] = scene_mask()[1, 0]
        stand.rest()
        assert stand.session.save_state == ("edited" if is_kept else "saved")
        stand.press_save()
        stand.rest()
        assert stand.session.save_state == "saved"
        mask = json.loads(target.read_text())["sources"][0]["masks"][0]["uri"]
        assert np.array_equal(read_pixels(target.parent / mask), expected)
        names = sorted(path.name for path in target.parent.iterdir())
        assert names == ["copy.json", "copy_seg.png"]
        stand.check()

    play(script)


def test_that_a_frame_that_cannot_be_opened_leaves_what_was_painted_meanwhile(
    play: Callable[..., None], tmp_path: Path
) -> None:
    def script(stand: Stand) -> None:
        stand.begin()
        stand.gate.open()
        stand.answer = BUTTON.Cancel
        (tmp_path / "f02.json").write_text("{")
        stand.files.go_to(2)
        assert stand.files.frames.is_opening
        stand.paint(0, 0)
        stand.rest()
        assert (len(stand.asked), stem(stand.window)) == (1, "f00")
        assert stand.files.frames.place == 0
        stand.press_save()
        stand.rest()
        stand.check()

    play(script)


def test_that_a_discard_holds_for_the_next_step_as_well(
    play: Callable[..., None],
) -> None:
    def script(stand: Stand) -> None:
        stand.answer = BUTTON.Discard
        stand.begin()
        rename(stand.window)
        stand.files.go_to(2)
        stand.do("D")
        stand.files.go_to(1)
        stand.rest()
        assert (len(stand.asked), stem(stand.window)) == (1, "f01")

    play(script)


# -- what others changed meanwhile


def reply(
    monkeypatch: pytest.MonkeyPatch, *buttons: str
) -> list[tuple[str, list[str]]]:
    """Press buttons by their texts, one a question; gives what was asked and offered."""
    asked: list[tuple[str, list[str]]] = []
    left = list(buttons)

    def ask(box: QMessageBox) -> int:
        asked.append((box.text(), sorted(each.text() for each in box.buttons())))
        wanted = left.pop(0)
        button = next(each for each in box.buttons() if each.text() == wanted)
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", ask)
    return asked


@pytest.mark.parametrize(
    ("act", "button", "offered"),
    [
        ("damage", "Replace", ["Cancel", "Replace", "Save as..."]),
        ("damage", "Save as...", ["Cancel", "Replace", "Save as..."]),
        ("delete", "Write again", ["Cancel", "Save as...", "Write again"]),
        ("folder", "Write under a new name", None),
        ("folder", "Save as...", None),
    ],
)
def test_that_a_mask_that_others_spoilt_is_asked_about_and_saved(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
    button: str,
    offered: list[str] | None,
) -> None:
    path, mask = write_scene(tmp_path), tmp_path / "scene_seg.png"
    target = tmp_path / "copy.json" if button == "Save as..." else path
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(target), "")
    )
    asked = reply(monkeypatch, button)
    expected = scene_mask()
    expected[0, 0] = CAR

    def script(window: MainWindow) -> None:
        options = replace(window.session.view.options, size=1.0, is_square=True)
        window.session.set_view(selected=(0,), tool="brush", options=options)
        mouse(window, QEvent.Type.MouseButtonPress, 0.5, 0.5)
        mouse(window, QEvent.Type.MouseButtonRelease, 0.5, 0.5)
        if act == "damage":
            mask.write_bytes(b"not a picture")
        else:
            mask.unlink()
        if act == "folder":
            mask.mkdir()
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert not window.files.leaving.is_busy

    run([str(path)], script)
    ((text, buttons),) = asked
    assert "scene_seg.png" in text
    assert offered is None or buttons == offered
    uri = json.loads(target.read_text())["sources"][0]["masks"][0]["uri"]
    assert np.array_equal(read_pixels(tmp_path / uri), expected)


def test_that_what_was_saved_before_a_failure_is_named_and_no_conflict(
    play: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = saving.atomic_write

    def write(path: Path, *args: Any) -> Any:
        if path.suffix == ".json":
            raise StorageError("the disk is full", uri=str(path))
        return real(path, *args)

    def script(stand: Stand) -> None:
        stand.begin()
        stand.gate.open()
        stand.paint(0, 0)
        rename(stand.window)
        with monkeypatch.context() as patch:
            patch.setattr(saving, "atomic_write", write)
            stand.press_save()
            stand.rest()
        name = f"{stand.folder.name}/f00_seg.png"
        assert stand.told == [f"Only {name} was saved"]
        assert "disk is full" in stand.window.problems.list.toPlainText()
        stand.check()
        stand.files.watch._look_at_files()
        assert not stand.window.notice.isVisible()
        assert stand.session.save_state == "edited"
        stand.press_save()
        stand.rest()
        assert (stand.session.save_state, stand.asked) == ("saved", [])
        frame = json.loads((stand.folder / "f00.json").read_text())
        assert frame["rois"][0]["label"] == ["bus"]

    play(script)


def test_that_a_conflict_that_is_cancelled_keeps_the_edit_and_leaves_nothing_waiting(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_frames(tmp_path, 2)

    def script(window: MainWindow) -> None:
        told: list[str] = []
        window.session.notified.connect(told.append)
        wait(window, qtbot, 0)
        window.frame_panel.auto_save.click()
        rename(window)
        (tmp_path / "f00.json").unlink()
        asked = reply(monkeypatch, "Cancel", "Write again")
        press(window, Qt.Key.Key_D)
        qtbot.waitUntil(lambda: bool(asked) and not window.files.leaving.is_busy)
        assert (stem(window), window.session.save_state) == ("f00", "edited")
        assert told == ["Not saved, so this was not done: another frame"]
        window.files.save()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert stem(window) == "f00"
        assert len(asked) == 2
        assert not window.files.leaving.is_busy

    run([str(tmp_path)], script)
    frame = json.loads((tmp_path / "f00.json").read_text())
    assert frame["rois"][0]["label"] == ["bus"]
