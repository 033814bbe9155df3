"""Pictures of single panels, and of the states in which somebody may meet them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chromask_gui.panels.rois.row import Column
from drawing import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from drawing.stage import Shot, Stage

SIGN = "255 140 36"
TALL = (1180, 1400)
"""Has room for all of a tab."""


def type_cell(stage: Stage, row: int, column: Column, text: str) -> None:
    """Type into a cell of the ROI table and press Enter."""
    table = stage.window.rois.table
    place = table.visualRect(table.model().index(row, column)).center()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(table.viewport(), left, pos=place)
    QTest.mouseDClick(table.viewport(), left, pos=place)
    stage.rest(50)
    found = table.viewport().findChildren(QLineEdit)
    (editor,) = [each for each in found if each.isVisible()]
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    stage.rest()


def new_rgb(stage: Stage) -> Shot:
    """What a new RGB means is asked in place."""
    stage.open_example(6)
    type_cell(stage, 6, Column.VALUE, "250 210 40")
    return stage.part(stage.window.rois)


def several_rois(stage: Stage) -> Shot:
    """Several ROIs are edited at once."""
    stage.open_example(7, 13, 14)
    stage.rest()
    return stage.part(stage.window.rois)


def add_roi(stage: Stage) -> Shot:
    """A ROI is added."""
    stage.open_example()
    stage.window.rois.add_button.click()
    stage.rest()
    return stage.part(stage.window.rois)


def no_match(stage: Stage) -> Shot:
    """No ROI is called like that."""
    stage.open_example()
    stage.window.rois.filter.setFocus()
    QTest.keyClicks(stage.window.rois.filter, "bicycle")
    stage.rest()
    return stage.part(stage.window.rois)


def masks(stage: Stage) -> Shot:
    """The masks of the example, in a window that has room for them."""
    stage.window.resize(1180, 960)
    stage.open_example()
    stage.rest()
    return stage.part(stage.window.masks)


def colours(stage: Stage) -> Shot:
    """Colours that nobody has named yet."""
    stage.open(files.without_rois(stage.folder))
    stage.rest(400)
    return stage.part(stage.window.side)


def details(stage: Stage) -> Shot:
    """What no column of the table shows."""
    stage.window.resize(*TALL)
    stage.open_example(9)
    stage.window.side.show_panel(stage.window.details)
    stage.rest()
    return stage.part(stage.window.side.tabs)


def frame_tab(stage: Stage) -> Shot:
    """Labels and metadata of the whole frame."""
    stage.window.resize(*TALL)
    stage.open_example()
    panel = stage.window.frame_details
    stage.window.side.show_panel(panel)
    panel.label.setFocus()
    QTest.keyClicks(panel.label, "rush hour, dry")
    QTest.keyClick(panel.label, Qt.Key.Key_Return)
    stage.rest()
    return stage.part(stage.window.side.tabs)


def history(stage: Stage) -> Shot:
    """Steps that were done, and two that were undone."""
    stage.window.resize(*TALL)
    stage.open(files.half_done(stage.folder))
    stage.session.select(0)
    stage.act("tool_box")
    for left, top, right, bottom in (
        (402, 332, 497, 412),
        (572, 337, 756, 458),
        (284, 319, 368, 379),
    ):
        stage.hand.draw((left, top), (right, bottom))
        stage.hand.release(right, bottom)
        stage.press(Qt.Key.Key_Return)
    type_cell(stage, 1, Column.LABELS, "pedestrian")
    stage.act("undo", "history")
    return stage.part(stage.window.side.tabs)


def problems(stage: Stage) -> Shot:
    """The one place for what is wrong."""
    stage.open(files.without_files(stage.folder))
    return stage.part(stage.window.problems)


def job(stage: Stage) -> Shot:
    """Work that takes its time, and can be cancelled."""
    stage.open_example()
    gate = threading.Event()
    words = stage.session.tr("Reading {}").format("street.json")
    stage.session.jobs.start(
        words, lambda _job: gate.wait(60), lambda _done: None, lambda _error: None
    )
    stage.rest(600)
    stage.ends.append(gate.set)
    return stage.canvas()


def toast(stage: Stage) -> Shot:
    """Good news."""
    stage.open(files.half_done(stage.folder))
    stage.session.select(0)
    stage.act("tool_box")
    stage.hand.draw((402, 332), (497, 412))
    stage.hand.release(497, 412)
    stage.press(Qt.Key.Key_Return)
    stage.act("save")
    stage.rest(700)
    return stage.part(stage.window.split.widget(0), stage.window.status)


def broken_frame(stage: Stage) -> Shot:
    """A frame of a folder that cannot be opened."""
    root = stage.folder
    for name in ("a.json", "b.json"):
        (root / name).write_text('{"sources": [', encoding="utf-8")
    stage.window.files.open_paths([root])
    stage.rest(1500)
    return stage.whole()


def changed_outside(stage: Stage) -> Shot:
    """Somebody else changed the frame's file."""
    path = files.half_done(stage.folder)
    stage.open(path)
    path.write_text(path.read_text("utf-8").replace("car", "lorry"), encoding="utf-8")
    stage.window.files.watch.changed_outside.emit()
    stage.rest()
    return stage.canvas()


def no_mask(stage: Stage) -> Shot:
    """An image alone: nothing is labelled yet."""
    stage.open(files.without_masks(stage.folder))
    return stage.whole()


PICTURES: dict[str, Callable[[Stage], Shot]] = {
    "new-rgb": new_rgb,
    "several-rois": several_rois,
    "add-roi": add_roi,
    "no-match": no_match,
    "masks": masks,
    "colours": colours,
    "details": details,
    "frame-tab": frame_tab,
    "history": history,
    "problems": problems,
    "job": job,
    "toast": toast,
    "broken-frame": broken_frame,
    "changed-outside": changed_outside,
    "no-mask": no_mask,
}
