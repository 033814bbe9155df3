"""What the window remembers of how everything is drawn, by closing and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from chromask_gui.panels.rois.row import Column
from chromask_gui.session.settings import Settings
from chromask_gui.session.view_state import Look, with_look
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

KEY = "front/seg"


def change_everything(window: MainWindow) -> None:
    session = window.session
    session.set_view(opacity=0.35)
    look = {"palette": "safe", "style": "both", "has_hatch": True, "has_grid": False}
    session.set_view(**with_look(session.view, **look, dim=0.4, has_minimap=False))
    masks = {
        "modes": {KEY: "alpha"},
        "opacities": {KEY: 0.5},
        "tints": {KEY: (1, 2, 3)},
    }
    session.set_view(**with_look(session.view, **masks))
    menu = window.rois.table.build_column_menu()
    next(each for each in menu.actions() if each.text() == "Hex").trigger()


def test_that_the_look_is_there_again_in_the_next_window(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def second(window: MainWindow) -> None:
        QApplication.processEvents()
        view = window.session.view
        assert view.opacity == pytest.approx(0.35)
        assert view.look == Look(
            palette="safe",
            style="both",
            has_hatch=True,
            has_grid=False,
            has_minimap=False,
            dim=0.4,
            modes={KEY: "alpha"},
            opacities={KEY: 0.5},
            tints={KEY: (1, 2, 3)},
        )
        assert window.masks.look.mode_box.currentData() == "alpha"
        assert window.masks.opacity.value() == 35
        assert window.rois.table.isColumnHidden(Column.HEX)

    assert run([str(path)], change_everything) == 0
    assert run([str(path)], second) == 0


def test_that_the_masks_of_another_folder_keep_their_own_look(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path / "one")
    other = write_scene(tmp_path / "other")

    def script(window: MainWindow) -> None:
        def open_it(which: Path) -> None:
            with qtbot.waitSignal(window.session.document_opened):
                window.files.open_paths([which])

        change_everything(window)
        open_it(other)
        assert window.session.view.look.modes == {}
        assert window.session.view.look.palette == "safe"
        open_it(path)
        assert window.session.view.look.modes == {KEY: "alpha"}

    assert run([str(path)], script) == 0


@pytest.mark.parametrize(
    "stored",
    [
        {"palette": "mud", "dim": 7, "has_hatch": "yes", "style": None},
        {"dim": True, "palette": ["safe"]},
    ],
)
def test_that_a_look_that_makes_no_sense_is_the_default(
    run: Callable[..., int], tmp_path: Path, stored: dict[str, object]
) -> None:
    path = write_scene(tmp_path)
    settings = Settings()
    settings.store("look", stored)
    masks = {"modes": {KEY: 3}, "opacities": 4, "tints": {KEY: [1, 2]}}
    settings.store("mask_looks", {str(tmp_path): masks})
    settings.store("roi_columns", {"HEX": "no"})
    del settings

    def script(window: MainWindow) -> None:
        assert window.session.view.look == Look()

    assert run([str(path)], script) == 0
