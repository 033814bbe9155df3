"""The way of docs/guide/first-steps.md, walked by mouse and keys in the real window."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QToolButton

from chromask_gui.app.hand import Hand
from chromask_gui.panels.rois.row import Column
from scenes import read_pixels, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
ROAD, CAR, WRONG, RIGHT = (128, 64, 128), (0, 0, 142), (250, 70, 30), (220, 20, 60)
"""A person has the value `WRONG` in the masks, and shall have `RIGHT`."""


def write_folder(root: Path) -> Path:
    """Write images and masks in two folders; nothing names a colour."""
    (root / "images").mkdir(parents=True)
    (root / "masks").mkdir()
    for number in range(3):
        mask = np.zeros((60, 90, 3), np.uint8)
        mask[40:] = ROAD
        mask[30:50, 10 + number : 40] = CAR
        mask[20:45, 60:66] = WRONG
        PilImage.fromarray(mask).save(root / "masks" / f"{number:03d}.png")
        picture = np.full((60, 90, 3), 90 + number, np.uint8)
        PilImage.fromarray(picture).save(root / "images" / f"{number:03d}.jpg")
    return root


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click where the widget is seen, as a hand does: never through what covers it."""
    place = widget.mapTo(widget.window(), at or widget.rect().center())
    found = widget.window().childAt(place)
    assert found is not None
    assert found is widget or widget.isAncestorOf(found), f"{found} covers {widget}"
    QTest.mouseClick(found, LEFT, pos=found.mapFrom(widget.window(), place))
    QApplication.processEvents()


def type_words(text: str) -> None:
    """Type into what has the focus, and press Enter."""
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()


def name_colour(window: MainWindow, xy: tuple[float, float], name: str) -> None:
    """Click a colour in the image, make a ROI of it, type its name."""
    Hand(window.canvas).click(*xy)
    QApplication.processEvents()
    click(window.unclaimed.make_button)
    type_words(name)


def open_folder(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.document_opened, timeout=10_000):
        click(window.welcome.folder_button)
    assert window.files.frames.count == 3
    assert "Make a ROI" in window.rois.table.empty_text[1]


def mend_rgb(window: MainWindow, row: int, text: str) -> None:
    table = window.rois.table
    cell = table.visualRect(window.rois.model.index(row, Column.VALUE)).center()
    click(table.viewport(), cell)
    QTest.mouseDClick(table.viewport(), LEFT, pos=cell)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    type_words(text)
    click(window.rois.bar.repaint_button)


def save(window: MainWindow, qtbot: QtBot) -> None:
    (button,) = [
        each
        for each in window.findChildren(QToolButton)
        if each.defaultAction() is window.actions_by_id["save"]
    ]
    assert button.toolTip().startswith("Save")
    click(button)
    session = window.session
    qtbot.waitUntil(lambda: session.save_state == "saved", timeout=10_000)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the folders that the desktop was asked to show."""
    found: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: found.append(url.toLocalFile())
    )
    return found


def test_that_a_newcomer_names_colours_mends_one_and_finds_the_json(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: list[str],
) -> None:
    root = write_folder(tmp_path / "street photos")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(root))
    told: list[str] = []

    def script(window: MainWindow) -> None:
        window.session.notified.connect(told.append)
        open_folder(window, qtbot)
        name_colour(window, (45, 55), "road")
        name_colour(window, (25, 40), "car")
        name_colour(window, (63, 30), "person")
        mend_rgb(window, 2, "220 20 60")
        save(window, qtbot)
        assert str(root / "images" / "000.json") in window.title.toolTip()
        window.actions_by_id["show_folder"].trigger()

    assert run([], script) == 0
    assert told == [
        "3 images, 3 masks in masks, no legend",
        "Saved masks/000.png, images/000.json",
    ]
    assert opened == [str(root / "images")]
    frame = json.loads((root / "images" / "000.json").read_text(encoding="utf-8"))
    (source,) = frame["sources"]
    assert (source["uri"], source["masks"][0]["uri"]) == ("000.jpg", "../masks/000.png")
    assert [
        (each["label"], tuple(each["mask"]["value"])) for each in frame["rois"]
    ] == [
        (["road"], ROAD),
        (["car"], CAR),
        (["person"], RIGHT),
    ]
    pixels = read_pixels(root / "masks" / "000.png")
    assert (pixels[20:45, 60:66] == RIGHT).all()
    assert not (pixels == WRONG).all(axis=2).any()
    assert (read_pixels(root / "masks" / "001.png") == WRONG).all(axis=2).any()


def test_that_a_click_takes_a_colour_without_a_roi_and_none_on_the_background(
    run: Callable[..., int], tmp_path: Path
) -> None:
    mask: Any = np.zeros((40, 60, 3), np.uint8)
    mask[10:20, 10:20] = CAR
    path = write_scene(tmp_path, rois=[], mask=mask)

    def script(window: MainWindow) -> None:
        hand, view = Hand(window.canvas), window.session
        hand.click(15, 15)
        assert view.view.in_hand is not None
        assert view.view.in_hand.value == CAR
        assert window.unclaimed.selected() == view.view.in_hand
        hand.click(40, 30)
        assert view.view.in_hand is None
        assert view.view.highlight is None

    assert run([str(path)], script) == 0
