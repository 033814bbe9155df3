"""The history in the real window: every step is listed, and a click goes to any."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from scenes import STRAY, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask.document.transaction import Transaction
    from chromask_gui.window.main_window import MainWindow

KEY = "front/seg"


def shown(window: MainWindow) -> list[str]:
    model = window.history.model
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def click(window: MainWindow, row: int) -> None:
    view = window.history.list
    index = view.model().index(row, 0)
    view.scrollTo(index)
    place = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def paint(edit: Transaction, row: int, where: np.ndarray[Any, Any]) -> None:
    # A value that the place does not have: what changes nothing is no step.
    edit.paint(KEY, row, 3, where, edit.entry_for(KEY, STRAY))


def test_that_a_click_goes_to_any_step_and_back(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        session = window.session
        document = session.document
        where = np.ones((2, 2), np.bool_)
        states = [document.planes[KEY].indices.copy()]
        QTest.keyClick(window.canvas, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        assert window.history.isVisible()
        assert shown(window) == ["Start"]
        for number in range(4):
            dab = partial(paint, where=where, row=3 * number)
            session.edit(f"Dab {number}", dab)
            states.append(document.planes[KEY].indices.copy())
        names = ["Start", "Dab 0", "Dab 1", "Dab 2", "Dab 3"]
        for row in (1, 3, 0, 4, 2):
            click(window, row)
            assert np.array_equal(document.planes[KEY].indices, states[row])
            assert window.history.model.current == row
            assert window.history.list.currentIndex().row() == row
            assert shown(window) == names
            assert document.is_edited == (row > 0)
        session.edit("Other", partial(paint, where=where, row=30))
        assert shown(window) == ["Start", "Dab 0", "Dab 1", "Other"]
        window.actions_by_id["undo"].trigger()
        assert window.history.model.current == 2
        window.side.tabs.setCurrentIndex(0)
        window.actions_by_id["redo"].trigger()
        window.actions_by_id["history"].trigger()
        assert window.history.model.current == 3

    assert run([str(write_scene(tmp_path))], script) == 0
