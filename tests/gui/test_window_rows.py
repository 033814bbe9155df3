"""Sentences of the design about the panels that no other test proves in the real window."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image as PilImage
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QColorDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from chromask_gui.look import theme
from chromask_gui.panels.rois.row import Column
from chromask_gui.session import reading
from chromask_gui.session import session as session_module
from chromask_gui.window.job_bar import JobBar
from scenes import CAR, PIXELS, ROAD, STRAY, roi, write_frames, write_scene
from windows import mouse, press, shown_rgb, wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

    Run = Callable[..., int]

LEFT = Qt.MouseButton.LeftButton


def button(panel: QWidget, name: str) -> QPushButton:
    """Find a button by the name that a screen reader says, or by its text."""
    (found,) = [
        each
        for each in panel.findChildren(QPushButton)
        if name in (each.accessibleName(), each.text())
    ]
    return found


def click_value(window: MainWindow, rgb: tuple[int, ...]) -> None:
    """Click the row of a colour without a ROI."""
    panel = window.unclaimed
    for row in range(panel.model.rowCount()):
        count = panel.model.count(row)
        if count is not None and count.value == rgb:
            place = panel.table.visualRect(panel.model.index(row, 0)).center()
            QTest.mouseClick(panel.table.viewport(), LEFT, pos=place)
            return
    raise AssertionError(rgb)


def click_cell(
    window: MainWindow, row: int, column: Column, *, twice: bool = False
) -> None:
    table = window.rois.table
    place = table.visualRect(window.rois.model.index(row, column)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    if twice:
        QTest.mouseDClick(table.viewport(), LEFT, pos=place)


# -- colours without a ROI


def test_that_a_colour_without_a_roi_is_merged_into_the_nearest(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        said: list[str] = []
        window.session.notified.connect(said.append)
        click_value(window, STRAY)
        QTest.mouseClick(button(window.unclaimed, "Merge into the nearest ROI"), LEFT)
        assert window.session.census.rois[1].pixels == PIXELS[ROAD] + PIXELS[STRAY]
        assert said == ["3 pixels went to road"]
        assert window.session.view.selected == (1,)
        assert window.unclaimed.model.total == 1
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert window.unclaimed.model.total == 2
        window.session.set_view(locked_rois=frozenset({0, 1}))
        click_value(window, STRAY)
        button(window.unclaimed, "Merge into the nearest ROI").click()
        assert window.problems.isVisible()
        assert window.unclaimed.model.total == 2

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_show_where_zooms_to_a_colour_and_outlines_it(
    run: Run, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        window.canvas.fit()
        fitted = window.canvas.box.zoom
        click_value(window, STRAY)
        QTest.mouseClick(button(window.unclaimed, "Show where"), LEFT)
        assert window.canvas.box.zoom > fitted
        assert window.canvas.box.seen_rect().contains(QRectF(50, 35, 3, 1))
        assert window.session.view.highlight is not None

    assert run([str(write_scene(tmp_path))], script) == 0


# -- the ROI table


def test_that_labels_are_completed_from_the_data_set(run: Run, tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "_mask_legend.json").write_text(json.dumps({"lorry": [1, 2, 3]}))

    def script(window: MainWindow) -> None:
        click_cell(window, 0, Column.LABELS, twice=True)
        (editor,) = window.rois.table.viewport().findChildren(QLineEdit)
        editor.selectAll()
        QTest.keyClicks(editor, "bus, lor")
        completer = editor.completer()
        assert completer is not None
        popup = completer.popup()
        assert popup is not None
        assert popup.isVisible()
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
        document = window.session.document
        assert document is not None
        assert document.frame.annotations[0].labels == ("bus", "lorry")

    assert run([str(path)], script) == 0


def test_that_ten_thousand_rows_need_no_widget_a_row(run: Run, tmp_path: Path) -> None:
    rois = [roi([f"r{n:05d}"], (n // 256, n % 256, 7)) for n in range(10_000)]
    counts: list[int] = []

    def script(window: MainWindow) -> None:
        table = window.rois.table
        assert window.rois.model.rowCount() == len(window.session.census.rois)
        counts.append(len(table.findChildren(QWidget)))
        table.scrollToBottom()
        QApplication.processEvents()
        counts.append(len(table.findChildren(QWidget)))
        last = window.rois.model.index(window.rois.model.rowCount() - 1, Column.LABELS)
        assert table.visualRect(last).intersects(table.viewport().rect())

    assert run([str(write_scene(tmp_path / "few"))], script) == 0
    assert run([str(write_scene(tmp_path / "many", rois))], script) == 0
    assert len(set(counts)) == 1


def test_that_a_row_outlines_its_pixels_and_a_double_click_zooms_to_them(
    run: Run, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        before = shown_rgb(window, 22.05, 15.5)
        fitted = window.canvas.box.zoom
        click_cell(window, 0, Column.PIXELS)
        assert window.session.view.selected == (0,)
        assert shown_rgb(window, 22.05, 15.5) != before
        click_cell(window, 0, Column.PIXELS, twice=True)
        seen = window.canvas.box.seen_rect()
        assert window.canvas.box.zoom > fitted
        assert seen.contains(QRectF(10, 22, 10, 6))
        assert not seen.contains(QRectF(0, 0, 60, 40))

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_what_a_row_says_of_its_roi_is_all_there(run: Run, tmp_path: Path) -> None:
    rois = [roi(["car", "vehicle"], CAR, confidence=0.5), roi(["road"], ROAD)]

    def script(window: MainWindow) -> None:
        model = window.rois.model

        def said(column: Column) -> str:
            index = model.index(0, column)
            return str(index.data(Qt.ItemDataRole.DisplayRole))

        assert said(Column.LABELS) == "car, vehicle"
        assert said(Column.VALUE).split() == ["0", "0", "142"]
        assert said(Column.HEX) == "#00008e"
        assert said(Column.PIXELS) == "60"
        assert said(Column.PERCENT) == "2.5"
        assert said(Column.MASK) == "seg"
        assert "0.5" in said(Column.CONFIDENCE) or "50" in said(Column.CONFIDENCE)
        click_cell(window, 0, Column.EYE)
        assert window.session.view.hidden_rois == {0}
        click_cell(window, 0, Column.LOCK)
        assert window.session.view.locked_rois == {0}

    assert run([str(write_scene(tmp_path, rois))], script) == 0


# -- masks


def test_that_all_masks_are_hidden_and_shown_and_another_source_is_seen(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    PilImage.new("RGB", (60, 40), (250, 250, 10)).save(tmp_path / "rear.png")
    frame = json.loads(path.read_text())
    rear = {**frame["sources"][0], "id": "rear", "uri": "rear.png", "masks": []}
    frame["sources"].append(rear)
    path.write_text(json.dumps(frame))

    def script(window: MainWindow) -> None:
        masks = window.masks
        with_masks = shown_rgb(window, 25.5, 15.5)
        QTest.mouseClick(masks.hide_all, LEFT)
        assert np.allclose(shown_rgb(window, 25.5, 15.5), (15, 25, 0), atol=1)
        QTest.mouseClick(masks.show_all, LEFT)
        assert shown_rgb(window, 25.5, 15.5) == with_masks
        assert masks.sources.isVisible()
        masks.sources.setFocus()
        QTest.keyClick(masks.sources, Qt.Key.Key_Down)
        assert np.allclose(shown_rgb(window, 25.5, 15.5), (250, 250, 10), atol=1)

    assert run([str(path)], script) == 0


# -- nothing blocks, long lists load as they are seen


def test_that_a_slow_opening_shows_a_bar_and_can_be_cancelled(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_scene(tmp_path / "a", name="a")
    other = write_scene(tmp_path / "b", name="b")
    go_on, open_item = Event(), reading.open_item

    def slow(item: Any, *rest: Any, **options: Any) -> Any:
        if item.name.startswith("b"):
            assert go_on.wait(30)
        return open_item(item, *rest, **options)

    def script(window: MainWindow) -> None:
        monkeypatch.setattr(reading, "open_item", slow)
        window.files.open_paths([other])
        bar = window.findChild(JobBar)
        assert bar is not None
        qtbot.waitUntil(bar.isVisible)
        # The window goes on meanwhile.
        press(window, Qt.Key.Key_H)
        assert not window.session.view.has_overlay
        QTest.mouseClick(bar.cancel_button, LEFT)
        go_on.set()
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        document = window.session.document
        assert document is not None
        assert document.path == first

    try:
        assert run([str(first)], script) == 0
    finally:
        go_on.set()


def test_that_only_frames_that_are_seen_get_pictures(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 80)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        thumbs, listed = window.files.thumbs, window.files.frames.list
        assert listed is not None

        def drawn() -> list[int]:
            items = enumerate(listed.items)
            return [place for place, item in items if thumbs.peek(item.key)]

        qtbot.waitUntil(lambda: {0, 5} <= set(drawn()))
        QTest.qWait(300)
        assert max(drawn()) < 40
        window.frame_panel.list.scrollTo(window.frame_panel.model.index(79))
        qtbot.waitUntil(lambda: 79 in drawn())

    assert run([str(tmp_path)], script) == 0


# -- what stays from day to day


def test_that_opacity_layout_and_the_last_folder_are_remembered(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_scene(tmp_path / "work")
    asked: list[str] = []
    widths: list[int] = []

    def ask(_window: object, _title: str, folder: str, *_rest: object) -> Any:
        asked.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)

    def first(window: MainWindow) -> None:
        QTest.keyClick(window.masks.opacity, Qt.Key.Key_Home)
        sizes = window.split.sizes()
        window.split.setSizes([sizes[0] + 90, sizes[1] - 90])
        widths.append(window.split.sizes()[1])

    def second(window: MainWindow) -> None:
        assert window.session.view.opacity == 0
        assert window.masks.opacity.value() == 0
        QApplication.processEvents()
        widths.append(window.split.sizes()[1])
        press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

    assert run([str(path)], first) == 0
    assert run([str(path)], second) == 0
    assert asked == [str(path.parent)]
    assert widths[0] == widths[1]


# -- text, screens


def test_that_tags_from_files_are_shown_as_plain_text(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    tag = "<b>x</b>"
    rois = [roi([tag], CAR, mask=tag), roi([tag], ROAD)]
    path = write_scene(tmp_path, rois, meta={"note": tag})
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"][0]["id"] = tag
    frame["sources"][0]["uri"] = f"{tag}.png".replace("/", "")
    path.write_text(json.dumps(frame))

    def script(window: MainWindow) -> None:
        window.session.select(0)
        window.session.notified.emit(tag)
        window.side.show_panel(window.details)
        mouse(window, QEvent.Type.MouseMove, 15.5, 25.5)
        qtbot.waitUntil(lambda: bool(window.status.position.text()))
        tagged = [each for each in window.findChildren(QLabel) if "<b>" in each.text()]
        assert tagged
        for label in tagged:
            assert label.textFormat() == Qt.TextFormat.PlainText, label.text()
        for widget in window.findChildren(QWidget):
            assert "<b>" not in widget.toolTip(), widget

    assert run([str(path)], script) == 0


def test_that_a_screen_of_double_density_has_twice_the_pixels(tmp_path: Path) -> None:
    path, picture = write_scene(tmp_path), tmp_path / "window.png"
    words = ["screenshot", str(path), "-o", str(picture), "--size", "1200x800"]
    subprocess.run(
        [sys.executable, "-m", "chromask_gui", *words],
        env={**os.environ, "QT_SCALE_FACTOR": "2"},
        check=True,
        timeout=100,
    )
    with PilImage.open(picture) as image:
        pixels = np.array(image.convert("RGB"))

    assert pixels.shape == (1600, 2400, 3)
    # Text and icons are drawn at that density, not blown up: not all pairs are equal.
    pairs = pixels[:, 0::2] == pixels[:, 1::2]
    assert (~pairs.all(axis=2)).mean() > 0.005


# -- the bars around the image


def test_that_the_buttons_around_the_image_do_what_they_show(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)

        def click(action: str) -> None:
            (found,) = [
                each
                for each in window.findChildren(QToolButton)
                if each.defaultAction() is window.actions_by_id[action]
            ]
            assert found.isVisible(), action
            QTest.mouseClick(found, LEFT)

        click("tool_box")
        assert window.session.view.tool == "box"
        click("overlay")
        assert not window.session.view.has_overlay
        click("outline")
        assert not window.session.view.has_outline
        click("compare_source")
        assert window.session.view.look.compare == "source"
        click("one_to_one")
        assert window.canvas.box.zoom == 1
        click("zoom_in")
        assert window.canvas.box.zoom > 1
        click("fit")
        assert window.status.zoom.text() == f"{100 * window.canvas.box.zoom:.0f} %"
        click("mark_reviewed")
        click("undo")
        assert not window.actions_by_id["mark_reviewed"].isChecked()
        click("redo")
        click("save")
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        click("next_frame")
        wait(window, qtbot, 1)
        click("previous_frame")
        wait(window, qtbot, 0)
        assert window.actions_by_id["mark_reviewed"].isChecked()

    assert run([str(tmp_path)], script) == 0


def test_that_the_bar_below_tells_what_lies_under_the_pointer(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        status = window.status
        mouse(window, QEvent.Type.MouseMove, 15.5, 25.5)
        qtbot.waitUntil(lambda: bool(status.position.text()))
        position = status.position.text()
        assert [word for word in position.split() if word.isalnum()] == [
            *("x", "15", "y", "25")
        ]
        words = status.masks.text.replace("\u2068", "").replace("\u2069", "").split()
        assert [word for word in words if word.isalnum()] == [
            *("seg", "0", "0", "142", "car")
        ]
        assert [word for word in status.image.text().split() if word.isdecimal()] == [
            *("15", "25", "0")
        ]
        assert "60" in status.size_text.text()
        assert "40" in status.size_text.text()
        assert status.saved.text() == "unchanged"
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_Delete)
        assert status.saved.text() == "edited"
        press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert re.fullmatch(r"saved \d\d:\d\d", status.saved.text())

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_saving_goes_on_beside_the_window(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_scene(tmp_path)
    go_on, save = Event(), session_module.save_snapshot

    def slow(*words: Any, **options: Any) -> Any:
        assert go_on.wait(30)
        return save(*words, **options)

    def script(window: MainWindow) -> None:
        monkeypatch.setattr(session_module, "save_snapshot", slow)
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_Delete)
        press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        assert window.status.saved.text().startswith("saving")
        bar = window.findChild(JobBar)
        assert bar is not None
        qtbot.waitUntil(bar.isVisible)
        # What is done meanwhile is no part of what is saved.
        press(window, Qt.Key.Key_1)
        press(window, Qt.Key.Key_Delete)
        go_on.set()
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        assert window.session.save_state == "edited"

    try:
        assert run([str(path)], script) == 0
    finally:
        go_on.set()
    assert [each["label"] for each in json.loads(path.read_text())["rois"]] == [
        ["road"]
    ]


def test_that_the_tint_of_an_alpha_channel_is_chosen_in_its_row(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mask = np.arange(256, dtype=np.uint8).reshape(16, 16)
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor(9, 99, 199))

    def script(window: MainWindow) -> None:
        look = window.masks.look
        before = shown_rgb(window, 0.5, 0.5)
        assert look.tint.isVisible()
        QTest.mouseClick(look.tint, LEFT)
        after = shown_rgb(window, 0.5, 0.5)
        assert after != before
        assert after[2] > after[1] > after[0]
        assert window.session.save_state == "saved"

    assert run([str(write_scene(tmp_path, [], mask=mask))], script) == 0


def test_that_the_window_changes_its_colours_with_the_system(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hints:
        scheme = Qt.ColorScheme.Light

        def colorScheme(self) -> Qt.ColorScheme:
            return self.scheme

    hints = Hints()

    def brightness(window: MainWindow) -> int:
        QApplication.processEvents()
        picture = window.grab().toImage()
        return picture.pixelColor(picture.width() - 4, 4).lightness()

    def script(window: MainWindow) -> None:
        app = QApplication.instance()
        monkeypatch.setattr(app, "styleHints", lambda: hints)
        for scheme, is_light in (
            (Qt.ColorScheme.Dark, False),
            (Qt.ColorScheme.Light, True),
        ):
            hints.scheme = scheme
            theme.theme()._on_system_scheme_changed()
            assert (brightness(window) > 128) is is_light

    assert run([str(write_scene(tmp_path))], script) == 0
