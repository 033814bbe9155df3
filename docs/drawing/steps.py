"""Pictures of the first steps: a folder of images and masks whose colours have no names yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask_gui.panels.rois.row import Column
from drawing import files
from drawing.panels import type_cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from drawing.stage import Shot, Stage

ROAD, CAR, PERSON = (420.0, 520.0), (690.0, 400.0), (73.0, 360.0)
"""Where each is in the first image."""

RIGHT = "220 20 60"
"""What a person shall have."""


def open_folder(stage: Stage) -> Shot:
    """The folder is open; nothing has a name."""
    stage.open(files.unnamed_folder(stage.folder))
    stage.rest(1200)
    return stage.whole()


def _type(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def _name(stage: Stage, xy: tuple[float, float], text: str) -> None:
    stage.hand.click(*xy)
    stage.window.unclaimed.make_button.click()
    _type(text)


def name(stage: Stage) -> Shot:
    """A colour was clicked; its name is typed."""
    open_folder(stage)
    _name(stage, CAR, "car")
    stage.rest()
    return stage.whole()


def named(stage: Stage) -> Shot:
    """Three colours have names."""
    open_folder(stage)
    for xy, text in ((ROAD, "road"), (CAR, "car"), (PERSON, "person")):
        _name(stage, xy, text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        stage.rest(50)
    return stage.part(stage.window.rois)


def mend(stage: Stage) -> Shot:
    """What the new RGB means is asked."""
    named(stage)
    type_cell(stage, 2, Column.VALUE, RIGHT)
    return stage.part(stage.window.rois)


def saved(stage: Stage) -> Shot:
    """The note says where the files are."""
    mend(stage)
    stage.window.rois.bar.repaint_button.click()
    stage.act("save")
    stage.rest(800)
    return stage.whole()


PICTURES: dict[str, Callable[[Stage], Shot]] = {
    "step-open": open_folder,
    "step-name": name,
    "step-named": named,
    "step-mend": mend,
    "step-saved": saved,
}
