"""Masks outside the opened folder in the real window: what is asked, and what is written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from chromask.counts.pixel_counts import unclaimed_values
from chromask.dataset.query import Choice
from chromask.document import edits
from chromask_gui.panels.masks.model import MARK
from chromask_gui.session.settings import Settings
from chromask_gui.tools.refining import Preview, Wish
from outside import FORMS, digests, write_outside
from scenes import CAR, read_pixels, scene_mask, write_scene
from windows import answer, mouse, press, rename, stroke, wait
from writes import noted_writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

Run = "Callable[..., int]"
YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
CANCEL = QMessageBox.StandardButton.Cancel
CONTROL = Qt.KeyboardModifier.ControlModifier


def draw(window: MainWindow) -> None:
    """Paint a stroke of the first ROI over the sky."""
    window.session.select(0)
    press(window, Qt.Key.Key_B)
    window.options.widgets["size"].number.setValue(4)
    stroke(window, (5, 5), (9, 5))


def save(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)


def is_painted(path: Path) -> bool:
    return tuple(read_pixels(path)[5, 7]) == CAR


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("button", [YES, NO, CANCEL])
def test_that_only_what_was_answered_is_written(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    button: QMessageBox.StandardButton,
) -> None:
    path, mask = write_outside(tmp_path, form)
    asked = answer(monkeypatch, button)
    before = digests(tmp_path)

    def script(window: MainWindow) -> None:
        draw(window)
        assert asked == ["Also edit masks in ../masks?"]
        draw(window)
        assert len(asked) == (2 if button == CANCEL else 1)
        assert len(window.session.document.undo_labels) == int(button != CANCEL)
        save(window, qtbot)

    with noted_writes(tmp_path) as written:
        assert run([str(path)], script) == 0

    expected = {
        YES: {"masks/scene_seg.png"},
        NO: {"opened/scene_seg.png", "opened/scene.json"},
        CANCEL: set(),
    }[button]
    after = digests(tmp_path)
    assert written == expected
    changed = {name for name in after if after[name] != before.get(name)}
    links = {"opened/linked.png", "opened/linked/scene_seg.png"}
    assert changed - links == expected
    assert after["opened/scene.png"] == before["opened/scene.png"]
    if button != CANCEL:
        assert is_painted(mask if button == YES else path.with_name("scene_seg.png"))


def test_that_undo_takes_the_copy_back_in_the_same_step(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, _ = write_outside(tmp_path, "dots")
    answer(monkeypatch, NO)
    before = digests(tmp_path)

    def script(window: MainWindow) -> None:
        document = window.session.document
        draw(window)
        assert document.mask_uri("front/seg") == "scene_seg.png"
        press(window, Qt.Key.Key_Z, CONTROL)
        assert document.mask_uri("front/seg") == "../masks/scene_seg.png"
        assert not document.is_edited
        save(window, qtbot)

    with noted_writes(tmp_path) as written:
        run([str(path)], script)

    assert not written
    assert digests(tmp_path) == before


def repaint(window: MainWindow) -> None:
    session = window.session
    document, census = session.document, session.census
    session.edit(
        "Repaint", lambda edit: edits.repaint(edit, document, census, 0, (1, 2, 3))
    )


def box(window: MainWindow) -> None:
    window.session.select(0)
    window.session.set_view(tool="box")
    stroke(window, (3, 3), (9, 9))
    press(window, Qt.Key.Key_Return)


def fill(window: MainWindow) -> None:
    window.session.select(0)
    window.session.set_view(tool="fill")
    stroke(window, (5, 5))


def erase_component(window: MainWindow) -> None:
    window.session.set_view(tool="parts")
    stroke(window, (12, 24))
    press(window, Qt.Key.Key_Delete)


def refine(window: MainWindow) -> None:
    preview = Preview(window.session)
    preview.show(Wish("grow", 1, "front/seg", 0, "Grow"))
    QTest.qWait(100)
    while preview.state == "working":
        QTest.qWait(20)
    preview.apply()
    preview.setParent(window)


EDITS = {
    each.__name__: each for each in (draw, repaint, box, fill, erase_component, refine)
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("button", [YES, NO])
def test_that_every_edit_asks_once_and_is_not_lost(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    edit: str,
    button: QMessageBox.StandardButton,
) -> None:
    path, mask = write_outside(tmp_path, "dots")
    asked = answer(monkeypatch, button)
    before = digests(tmp_path)

    def script(window: MainWindow) -> None:
        EDITS[edit](window)
        assert len(asked) == 1
        assert len(window.session.document.undo_labels) == 1
        save(window, qtbot)

    with noted_writes(tmp_path) as written:
        run([str(path)], script)

    if button == NO:
        assert written == {"opened/scene_seg.png", "opened/scene.json"}
        assert digests(tmp_path)["masks/scene_seg.png"] == before["masks/scene_seg.png"]
    else:
        assert "masks/scene_seg.png" in written
        assert written <= {"masks/scene_seg.png", "opened/scene.json"}
    painted = mask if button == YES else path.with_name("scene_seg.png")
    assert (read_pixels(painted) != scene_mask()).any()


def test_that_keys_pressed_in_the_question_do_nothing(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path, _ = write_outside(tmp_path, "dots")
    before = digests(tmp_path)
    boxes: list[QMessageBox] = []

    def script(window: MainWindow) -> None:
        def type_on() -> None:
            asked = QApplication.activeModalWidget()
            assert isinstance(asked, QMessageBox)
            boxes.append(asked)
            for key in (*"YNCDBE1", *"yncdbe "):
                QTest.keyClicks(asked, key)
            assert asked.isVisible()
            QTest.keyClick(asked, Qt.Key.Key_Escape)

        QTimer.singleShot(0, type_on)
        draw(window)
        assert len(boxes) == 1
        assert not window.session.document.is_edited
        assert window.session.view.tool == "brush"

    run([str(path)], script)
    assert digests(tmp_path) == before


def test_that_a_press_that_was_used_by_the_question_begins_no_stroke(
    run: Callable[..., int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The button is let go over the question: the canvas never hears of it."""
    from PySide6.QtGui import QGuiApplication

    path, _ = write_outside(tmp_path, "dots")
    asked = answer(monkeypatch, NO)

    def script(window: MainWindow) -> None:
        window.session.select(0)
        press(window, Qt.Key.Key_B)
        with monkeypatch.context() as held:
            held.setattr(
                QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton
            )
            mouse(window, QEvent.Type.MouseButtonPress, 5, 5)
        assert len(asked) == 1
        assert not window.session.has_gesture
        draw(window)
        assert len(asked) == 1
        assert len(window.session.document.undo_labels) == 1

    run([str(path)], script)


def test_that_yes_is_remembered_for_the_opened_folder(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_outside(tmp_path, "dots", "a")
    path, mask = write_outside(tmp_path, "dots", "b")
    asked = answer(monkeypatch, YES)

    def first(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        assert "a_seg" in str(window.session.document.mask_path("front/seg"))
        (note,) = window.session.document.problems
        assert note.severity == "note"
        assert window.problems.count == 1
        assert window.masks.model.index(0).data(MARK) == "note"
        draw(window)
        assert window.problems.count == 0
        assert window.masks.model.index(0).data(MARK) is None
        save(window, qtbot)
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        draw(window)
        save(window, qtbot)

    def second(window: MainWindow) -> None:
        assert not window.session.document.problems
        draw(window)
        save(window, qtbot)

    with noted_writes(tmp_path) as written:
        run([str(path.parent)], first)
    assert written == {"masks/a_seg.png", "masks/b_seg.png"}
    assert len(asked) == 1
    with noted_writes(tmp_path) as written:
        run([str(path)], second)
    assert len(asked) == 1
    assert is_painted(mask)


def test_that_no_is_remembered_until_the_program_ends(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_outside(tmp_path, "dots", "a")
    path, _ = write_outside(tmp_path, "absolute", "b")
    asked = answer(monkeypatch, NO)

    def first(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        for place in (0, 1):
            draw(window)
            save(window, qtbot)
            if place == 0:
                press(window, Qt.Key.Key_D)
                wait(window, qtbot, 1)
        window.files.open_paths([path.parent])
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        assert len(asked) == 1

    with noted_writes(tmp_path) as written:
        run([str(path.parent)], first)
    assert written == {f"opened/{n}{e}" for n in "ab" for e in ("_seg.png", ".json")}

    def second(window: MainWindow) -> None:
        draw(window)

    write_outside(tmp_path, "dots", "c")
    run([str(path.with_name("c.json"))], second)
    assert len(asked) == 2


# -- folders that only their names suggest


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Give a folder of two images whose masks are in ``../masks``."""
    folder, masks = tmp_path / "images", tmp_path / "masks"
    masks.mkdir()
    for name in "ab":
        write_scene(folder, name=name).unlink()
        (folder / f"{name}_seg.png").rename(masks / f"{name}.png")
    return folder


def test_that_a_suggested_folder_is_used_after_the_question(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, images: Path
) -> None:
    def first(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        assert window.session.document is not None
        assert not window.session.document.planes
        assert window.folders.isVisible()
        assert window.folders.text.text() == "Use and edit the masks in ../masks?"
        press(window, Qt.Key.Key_D)
        wait(window, qtbot, 1)
        window.folders.use_button.click()
        wait(window, qtbot, 1)
        assert not window.folders.isVisible()
        assert list(window.session.document.planes)
        assert "b" in window.session.document.frame.sources[0].uri
        paint_unclaimed(window)
        save(window, qtbot)

    def second(window: MainWindow) -> None:
        assert not window.folders.isVisible()
        assert window.session.document.planes

    with noted_writes(tmp_path) as written:
        run([str(images)], first)
    assert written == {"masks/b.png", "images/b.json"}
    run([str(images / "a.png")], second)


def paint_unclaimed(window: MainWindow) -> None:
    """Paint with the first colour that no ROI claims."""
    session = window.session
    counts = unclaimed_values(session.census, session.document.planes)
    session.take(max(counts, key=lambda each: each.pixels))
    press(window, Qt.Key.Key_B)
    stroke(window, (5, 30), (9, 30))


def test_that_a_refused_folder_is_not_suggested_again(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, images: Path
) -> None:
    def first(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        window.folders.decline_button.click()
        assert not window.folders.isVisible()

    def second(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        assert not window.folders.isVisible()
        assert not window.session.document.planes
        window.files.correct(Choice())
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        assert window.folders.isVisible()

    before = digests(tmp_path)
    run([str(images)], first)
    run([str(images)], second)
    assert digests(tmp_path) == before


def test_that_the_question_waits_for_unsaved_edits(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    images: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (images / "a.png").rename(images / "c.png")
    write_scene(images, name="a")
    asked = answer(monkeypatch, CANCEL)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        window.folders.use_button.click()
        assert asked == ["a.json has unsaved edits."]
        assert window.folders.isVisible()
        assert window.session.document.is_edited

    run([str(images)], script)


@pytest.mark.parametrize("words", [["--masks", "{}"], ["--masks={}"]])
def test_that_the_command_line_allows_folders(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    images: Path,
    words: list[str],
) -> None:
    given = [word.format(tmp_path / "masks") for word in words]

    def script(window: MainWindow) -> None:
        assert window.session.document.planes
        assert not window.folders.isVisible()
        paint_unclaimed(window)
        save(window, qtbot)

    with noted_writes(tmp_path) as written:
        assert run([str(images), *given], script) == 0
    assert written == {"masks/a.png", "images/a.json"}
    assert Settings().stored("outside_folders") == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.png", "--masks"], "--masks needs a folder; '' is not one"),
        (["a.png", "--masks", "none"], "--masks needs a folder; 'none' is not one"),
        (["--masks", "."], "--masks needs a path to open, too"),
        (["--mask", "."], "there is no option --mask"),
    ],
)
def test_that_a_wrong_command_line_is_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    from chromask_gui.__main__ import main

    assert main(words) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    "stored",
    [
        {"ROOT": 3},
        {"ROOT": {"allowed": "x", "declined": [1, None]}},
        {"ROOT": {"allowed": [["x"]]}},
    ],
)
def test_that_settings_that_make_no_sense_allow_nothing(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    images: Path,
    stored: dict[str, Any],
) -> None:
    Settings().store("outside_folders", {str(images): stored["ROOT"]})

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        assert window.folders.isVisible()
        window.folders.use_button.click()
        qtbot.waitUntil(lambda: bool(window.session.document.planes))

    run([str(images)], script)
    known = Settings().stored("outside_folders")[str(images)]["allowed"]
    assert known == [str(tmp_path / "masks")]


def test_that_only_the_latest_folders_are_remembered(
    run: Callable[..., int], qtbot: QtBot, images: Path
) -> None:
    many = {f"/none/{n}": {"allowed": ["/none/m"]} for n in range(60)}
    Settings().store("outside_folders", many)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        window.folders.decline_button.click()

    run([str(images)], script)
    known = Settings().stored("outside_folders")
    assert len(known) == 50
    assert list(known)[-1] == str(images)


# -- every case


def paint_frame(window: MainWindow, qtbot: QtBot, root: Path, folder: Path) -> set[str]:
    """Paint a stroke and save; nothing but the opened folder may be written, and no source."""
    session = window.session
    document = session.document
    if document is None:
        return set()
    sources = {
        os.path.realpath(Path(document.frame.uri or "").parent / source.uri)
        for source in document.frame.sources
    }
    counts = unclaimed_values(session.census, document.planes)
    if document.frame.annotations:
        session.select(0)
    elif counts:
        session.take(counts[0])
    press(window, Qt.Key.Key_B)
    stroke(window, (1, 1), (4, 4))
    with noted_writes(root) as written:
        save(window, qtbot)
    for name in written:
        assert (root / name).is_relative_to(os.path.realpath(folder)), name
        assert os.path.realpath(root / name) not in sources, name
    session.show(None)
    return written


def test_that_no_case_makes_the_window_write_elsewhere(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    real_data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cases = real_data / "cases"
    if not cases.is_dir():
        pytest.skip("there are no cases")
    root = tmp_path / "cases"
    shutil.copytree(cases, root, copy_function=shutil.copyfile)
    for folder in [root, *(p for p in root.rglob("*") if p.is_dir())]:
        folder.chmod(0o755)
    answer(monkeypatch, NO)

    everything: set[str] = set()

    def script(window: MainWindow) -> None:
        for folder in sorted(p for p in root.rglob("*") if p.is_dir()):
            if any(each.name.startswith(("@", ".")) for each in folder.parents):
                continue
            window.files.open_paths([folder])
            qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=20_000)
            listed = window.files.frames.list
            if listed is None or listed.root != folder:
                continue  # nothing in it can be opened: the frame before stays
            for place in range(min(window.files.frames.count, 3)):
                window.files.frames.go_to(place)
                qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
                everything.update(paint_frame(window, qtbot, tmp_path, folder))

    before = digests(root)
    run([], script)
    after = digests(root)
    changed = {f"cases/{name}" for name in after if after[name] != before.get(name)}
    assert changed == everything
    assert set(before) <= set(after)
    assert everything
