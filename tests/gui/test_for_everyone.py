"""For everyone: a name for each control, every one by keyboard, every text in one's language."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from chromask_gui.look.texts import in_order
from chromask_gui.panels.rois.row import Column
from gui_walk import (
    PseudoTranslator,
    can_be_reached,
    controls,
    cut_off,
    describe,
    name_of,
    tab_order,
    texts,
)
from scenes import CAR, ROAD, roi, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

# Names and notations that are the same in every language; keys are Qt's to translate.
SAME = re.compile(
    r"<[^>]*>|#[0-9a-fA-F]{6}|\b(RGB|RGBA|PNG|px|chromask|000\S*|English)\b"
    r"|\bF\d+\b|x y"
)


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    """Give a frame whose own names have no letters: what is left with some is the window's."""
    rois = [roi(["111"], CAR, mask="222"), roi(["112"], ROAD, mask="222")]
    path = write_scene(tmp_path, rois, name="000", mask_name="000_1.png")
    frame = json.loads(path.read_text())
    frame["sources"][0]["id"] = "333"
    frame["sources"][0]["masks"][0]["id"] = "222"
    for each in frame["rois"]:
        each["sources"] = ["333"]
    path.write_text(json.dumps(frame))
    return path


def faces(window: MainWindow) -> Iterator[QWidget]:
    """Show the window with all its panels open, then each dialog and page by itself."""
    window.rois.open_form()
    QTest.qWaitForWindowActive(window)
    QApplication.processEvents()
    window.canvas.setFocus()
    yield window
    for name in ("settings", "keys"):
        window.actions_by_id[name].trigger()
        (dialog,) = window.findChildren(QDialog)
        QTest.qWaitForWindowActive(dialog)
        tabs = dialog.findChild(QTabWidget)
        for page in range(tabs.count() if tabs else 1):
            if tabs:
                tabs.setCurrentIndex(page)
                tabs.tabBar().setFocus()
            QApplication.processEvents()
            yield dialog
        dialog.close()
        QTest.qWait(1)


def test_that_every_control_has_a_name_for_screen_readers(
    run: Callable[..., int], scene: Path
) -> None:
    nameless: list[str] = []

    def script(window: MainWindow) -> None:
        for face in faces(window):
            nameless.extend(
                describe(each) for each in controls(face) if not name_of(each).strip()
            )

    run([str(scene)], script)
    assert not nameless, "\n".join(["", *nameless])


def test_that_the_keyboard_reaches_every_control(
    run: Callable[..., int], scene: Path
) -> None:
    lost: list[str] = []

    def script(window: MainWindow) -> None:
        for face in faces(window):
            order = tab_order(face)
            assert len(order) > 1
            lost.extend(
                describe(each)
                for each in controls(face)
                if each.isEnabled() and not can_be_reached(each, order)
            )

    run([str(scene)], script)
    assert not lost, "\n".join(["", *lost])


def test_that_the_focus_is_seen_on_every_control_that_has_it(
    run: Callable[..., int], scene: Path
) -> None:
    unseen: list[str] = []

    def script(window: MainWindow) -> None:
        window.rois.open_form()
        # The form takes room, for which the masks would fold.
        window.masks.fold.choose(is_folded=False)
        QTest.qWaitForWindowActive(window)
        QApplication.processEvents()
        window.canvas.setFocus()
        for widget in tab_order(window):
            if widget is window.canvas:
                continue  # it is where the keys go by themselves
            top = widget if widget.parentWidget() is None else widget.parentWidget()
            assert top is not None
            widget.clearFocus()
            QApplication.processEvents()
            before = top.grab().toImage()
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            if top.grab().toImage() == before:
                unseen.append(describe(widget))

    run([str(scene)], script)
    assert not unseen, "\n".join(["", *unseen])


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    """Let every text come in marks, and a third longer."""
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("pseudo")
def test_that_every_text_comes_from_the_translator_and_none_is_cut_off(
    run: Callable[..., int], scene: Path
) -> None:
    bare: list[str] = []
    cut: list[str] = []

    def script(window: MainWindow) -> None:
        for face in faces(window):
            cut.extend(cut_off(face))
            for where, text in texts(face):
                own = text.replace(str(scene.parent), "")
                rest = re.sub(r"\[!!.*?!!\]", "", own, flags=re.DOTALL)
                if re.search(r"[^\W\d_]{2,}", SAME.sub("", rest)):
                    bare.append(f"{where}: {text!r}")

    run([str(scene)], script)
    assert not bare, "\n".join(["", *sorted(set(bare))])
    assert not cut, "\n".join(["", *sorted(set(cut))])


def test_that_from_right_to_left_the_panels_change_sides(
    run: Callable[..., int], qtbot: QtBot, scene: Path, qapp: QApplication
) -> None:
    def script(window: MainWindow) -> None:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        try:
            window.session.document_opened.emit()

            def middle(part: QWidget) -> int:
                return part.mapTo(window, part.rect().center()).x()

            qtbot.waitUntil(lambda: middle(window.rois) < middle(window.canvas))
            assert not list(cut_off(window))
            # 70 130 180 must not be seen as 180 130 70.
            index = window.unclaimed.model.index(0, 0)
            shown = window.unclaimed.model.data(index, Qt.ItemDataRole.DisplayRole)
            assert shown == "\N{LEFT-TO-RIGHT MARK}70 130 180"
            assert window.status.size_text.text() == in_order("60 × 40")
            assert window.title.text() == "\N{LEFT-TO-RIGHT MARK}000.json"
            # Qt's own `selectRow` finds no row there.
            assert window.unclaimed.selected() is not None
            hexes = window.rois.model.index(0, Column.HEX).data()
            assert hexes == "\N{LEFT-TO-RIGHT MARK}#00008e"
            assert middle(window.rail) > middle(window.canvas)
        finally:
            qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        qtbot.waitUntil(lambda: middle(window.rail) < middle(window.canvas))

    assert run([str(scene)], script) == 0
