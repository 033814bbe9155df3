"""What was recognised: read as a whole, corrected in a dialog, and told in titles of trees."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from chromask_gui.dialogs.recognition import RecognitionDialog
from chromask_gui.panels.frames.model import FOLDER_ROLE
from scenes import write_scene
from windows import press, wait

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


def write_tree(folder: Path, *masks: str, count: int = 3) -> Path:
    """Write images, and for each folder of masks one of the same name."""
    write_scene(folder / "made")
    for kind, made in (("images", "scene.png"), *((m, "scene_seg.png") for m in masks)):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for number in range(count):
            shutil.copy(folder / "made" / made, folder / kind / f"{number}.png")
    shutil.rmtree(folder / "made")
    return folder


def change(window: MainWindow) -> RecognitionDialog:
    window.frame_panel.change_button.click()
    dialog = window.findChild(RecognitionDialog)
    assert dialog is not None
    return dialog


def change_from_menu(window: MainWindow) -> RecognitionDialog:
    window.actions_by_id["masks_and_legend"].trigger()
    (dialog,) = (d for d in window.findChildren(RecognitionDialog) if d.isVisible())
    return dialog


def mask_ids(window: MainWindow) -> list[str]:
    document = window.session.document
    assert document is not None
    return [ref.mask.id for ref in document.frame.masks()]


def shown_folders(dialog: RecognitionDialog) -> list[str]:
    paths = [dialog.folders.item(row).text() for row in range(dialog.folders.count())]
    return [Path(path).name for path in paths]


def test_that_several_folders_and_a_legend_are_chosen_in_a_dialog(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_tree(tmp_path, "drawn", "guessed")
    (tmp_path / "mine.txt").write_text("0 0 142 lorry\n")
    answers = [str(tmp_path / "drawn"), str(tmp_path / "guessed"), ""]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0))
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "mine.txt"), "")
    )

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        frames = window.files.frames
        assert frames.count == 9
        dialog = change(window)
        assert shown_folders(dialog) == []
        for _ in range(3):  # the last time no folder is chosen
            dialog.add_button.click()
        assert shown_folders(dialog) == ["drawn", "guessed"]
        dialog.legend_button.click()
        assert "mine.txt" in dialog.legend.text()
        dialog.accept()
        qtbot.waitUntil(lambda: frames.count == 3)
        wait(window, qtbot, 0)
        document = window.session.document
        assert document is not None
        assert [ref.mask.id for ref in document.frame.masks()] == ["drawn", "guessed"]
        assert document.mapping is not None
        assert document.mapping.entries[0].labels == ("lorry",)

        dialog = change(window)
        assert shown_folders(dialog) == ["drawn", "guessed"]
        dialog.folders.item(1).setSelected(True)
        dialog.remove_button.click()
        dialog.accept()
        qtbot.waitUntil(lambda: frames.count == 6)
        change(window).reset_button.click()
        qtbot.waitUntil(lambda: frames.count == 9)
        assert frames.list is not None
        assert frames.list.choice.mask_folders is None
        assert frames.list.choice.legend is None

    run([str(tmp_path)], script)


def test_that_cancelling_the_dialog_changes_nothing(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_tree(tmp_path, "masks")

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        frames = window.files.frames
        listed = frames.list
        dialog = change(window)
        assert shown_folders(dialog) == ["masks"]
        dialog.folders.item(0).setSelected(True)
        dialog.remove_button.click()
        dialog.reject()
        assert not frames.is_opening
        assert frames.list is listed

    run([str(tmp_path)], script)


def test_that_the_whole_report_can_be_read_and_copied(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    names = [f"masks_of_the_annotator_with_the_number_{n}" for n in range(8)]
    write_tree(tmp_path, *names)
    (tmp_path / "labelmap.json").write_text("{broken")

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        said = window.frame_panel.said
        assert said.elided() != said.text()
        dialog = change(window)
        lines = dialog.report.toPlainText().splitlines()
        assert lines[0] == "3 images"
        assert [line for line in lines if names[7] in line]
        assert any("labelmap.json" in line for line in lines)
        assert dialog.report.isReadOnly()
        dialog.report.selectAll()
        assert dialog.report.textCursor().selectedText()
        dialog.reject()

    run([str(tmp_path)], script)


def test_that_titles_and_thumbnails_of_a_tree_name_the_folder(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    for part in ("train", "val"):
        write_scene(tmp_path / part, [], name="0001")

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        model = window.frame_panel.model
        rows = [model.index(row) for row in range(2)]
        assert [row.data(FOLDER_ROLE) for row in rows] == ["train", "val"]
        assert [row.data(Qt.ItemDataRole.DisplayRole) for row in rows] == [
            "0001.json"
        ] * 2
        assert window.title.text() == "train/0001.json"
        press(window, Qt.Key.Key_D)
        qtbot.waitUntil(lambda: window.title.text() == "val/0001.json")
        assert window.windowTitle().startswith("val/0001.json")
        tall = window.frame_panel.list.height()
        window.files.open_paths([tmp_path / "val"])
        qtbot.waitUntil(lambda: window.title.text() == "0001.json")
        write_scene(tmp_path / "val", [], name="0002")
        window.files.open_paths([tmp_path / "val"])
        qtbot.waitUntil(lambda: window.files.frames.count == 2)
        assert not model.index(0).data(FOLDER_ROLE)
        assert window.frame_panel.list.height() < tall

    run([str(tmp_path)], script)


def test_that_no_folder_of_masks_is_a_choice_that_can_be_taken_back(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_tree(tmp_path, "masks")

    def script(window: MainWindow) -> None:
        frames = window.files.frames
        wait(window, qtbot, 0)
        qtbot.waitUntil(window.folders.isVisible)
        window.folders.use_button.click()
        qtbot.waitUntil(lambda: len(mask_ids(window)) == 1)
        dialog = change(window)
        assert shown_folders(dialog) == ["masks"]
        dialog.folders.item(0).setSelected(True)
        dialog.remove_button.click()
        dialog.accept()
        qtbot.waitUntil(lambda: mask_ids(window) == [])
        assert frames.count == 3
        assert frames.list is not None
        assert frames.list.choice.mask_folders == ()
        assert window.frame_panel.said.text() == "3 images, no masks, as chosen"
        dialog = change_from_menu(window)
        assert "no masks, as chosen" in dialog.report.toPlainText()
        assert shown_folders(dialog) == []
        dialog.reset_button.click()
        qtbot.waitUntil(lambda: len(mask_ids(window)) == 1)
        assert "3 masks in ../masks" in window.frame_panel.said.text()

    run([str(tmp_path / "images")], script)


def test_that_what_is_no_legend_is_refused_in_the_dialog(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_tree(tmp_path / "data", "masks")
    write_scene(tmp_path / "other", [], name="0001")
    (tmp_path / "other" / "mine.txt").write_text("0 0 142 lorry\n")
    answers = ["mine.txt", "0001.json", "scene.png", "gone.csv"]
    started: list[str] = []

    def choose(_parent: object, _title: str, folder: str, _filter: str) -> object:
        started.append(folder)
        return str(tmp_path / "other" / answers.pop(0)), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        dialog = change(window)
        dialog.legend_button.click()
        assert not dialog.refused.isVisible()
        dialog.legend_button.click()
        assert dialog.refused.isVisible()
        assert dialog.refused.text() == (
            "0001.json is a frame, not a legend."
            " Choose a JSON, text or CSV file that gives colours their names."
        )
        dialog.legend_button.click()
        assert "scene.png" in dialog.refused.text()
        dialog.legend_button.click()
        assert "gone.csv" in dialog.refused.text()
        assert dialog.legend.text() == "Legend: mine.txt"
        assert dialog.choice().legend == tmp_path / "other" / "mine.txt"
        dialog.reject()

    assert run([str(tmp_path / "data")], script) == 0
    other = str(tmp_path / "other")
    assert started == [str(tmp_path / "data"), other, other, other]


def test_that_a_single_image_has_the_dialog_and_takes_a_refusal_back(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_tree(tmp_path / "data", "masks")
    legend = tmp_path / "mine.txt"
    legend.write_text("0 0 142 lorry\n")
    started: list[str] = []

    def choose(_parent: object, _title: str, folder: str, _filter: str) -> object:
        started.append(folder)
        return str(legend), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)

    def script(window: MainWindow) -> None:
        qtbot.waitUntil(window.folders.isVisible)
        window.folders.decline_button.click()
        assert window.folders.isHidden()
        assert window.frame_panel.isHidden()
        change_from_menu(window).reset_button.click()
        qtbot.waitUntil(window.folders.isVisible)
        window.folders.use_button.click()
        qtbot.waitUntil(lambda: len(mask_ids(window)) == 1)
        dialog = change_from_menu(window)
        dialog.legend_button.click()
        dialog.accept()

        def labels() -> tuple[str, ...]:
            document = window.session.document
            mapping = document.mapping if document is not None else None
            return mapping.entries[0].labels if mapping is not None else ()

        qtbot.waitUntil(lambda: labels() == ("lorry",))

    assert run([str(tmp_path / "data" / "images" / "0.png")], script) == 0
    assert started == [str(tmp_path / "data" / "images")]


def test_that_the_dialog_needs_something_opened(run: Callable[..., int]) -> None:
    def script(window: MainWindow) -> None:
        assert not window.actions_by_id["masks_and_legend"].isEnabled()

    run([], script)


def test_that_masks_and_legend_are_remembered_until_they_are_reset(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_tree(tmp_path / "data", "masks")
    legend = tmp_path / "mine.txt"
    legend.write_text("0 0 142 lorry\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(legend), ""))
    said = "as chosen for it earlier"

    def choose(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        window.folders.use_button.click()
        qtbot.waitUntil(lambda: len(mask_ids(window)) == 1)
        dialog = change(window)
        dialog.folders.item(0).setSelected(True)
        dialog.remove_button.click()
        dialog.legend_button.click()
        dialog.accept()
        qtbot.waitUntil(lambda: "no masks" in window.frame_panel.said.text())
        assert said not in window.frame_panel.said.text()

    def find(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        listed = window.files.frames.list
        assert listed is not None
        assert listed.choice.mask_folders == ()
        assert listed.choice.legend == legend
        assert said in window.frame_panel.said.text()
        dialog = change(window)
        assert said in dialog.report.toPlainText()
        dialog.reset_button.click()
        qtbot.waitUntil(lambda: len(mask_ids(window)) == 1)

    def find_nothing(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        assert len(mask_ids(window)) == 1
        assert said not in window.frame_panel.said.text()

    for script in (choose, find, find_nothing):
        assert run([str(tmp_path / "data" / "images")], script) == 0
