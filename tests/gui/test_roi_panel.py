"""The ROI panel under real keys and clicks, over a fake session and over the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from chromask.workspace.opening import open_document
from chromask_gui.app.application import make_application
from chromask_gui.panels.rois.panel import RoiPanel
from chromask_gui.panels.rois.row import Column
from chromask_gui.runtime.jobs import Jobs
from chromask_gui.session.session import Session
from panel_kit import FakeSession
from roi_scenes import JPEG, make_document, plane_of
from scenes import CAR, PIXELS, ROAD, SKY, roi, scene_mask, write_scene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QModelIndex
    from pytestqt.qtbot import QtBot

    from chromask.document.document import Document

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NEW = (1, 2, 3)


def put_up(panel: RoiPanel, qtbot: QtBot) -> RoiPanel:
    qtbot.addWidget(panel)
    panel.resize(560, 500)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def fake(qtbot: QtBot) -> FakeSession:
    return FakeSession()


@pytest.fixture
def dressed(qapp: QApplication) -> None:
    """Wear what the program wears: how much fits hangs on its fonts and margins."""
    make_application("system")


@pytest.fixture
def panel(fake: FakeSession, qtbot: QtBot) -> RoiPanel:
    return put_up(RoiPanel(fake), qtbot)  # type: ignore[arg-type]


@pytest.fixture
def real(qtbot: QtBot) -> Iterator[Session]:
    jobs = Jobs()
    yield Session(jobs)
    jobs.shut_down()


@pytest.fixture
def live(real: Session, qtbot: QtBot) -> RoiPanel:
    return put_up(RoiPanel(real), qtbot)


def scene(*more: dict[str, Any], **keys: Any) -> Document:
    return make_document([roi(["car"], CAR), roi(["road"], ROAD), *more], **keys)


def at(panel: RoiPanel, row: int, column: Column = Column.LABELS) -> QModelIndex:
    return panel.model.index(row, column)


def click(
    panel: RoiPanel,
    row: int,
    column: Column = Column.LABELS,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    place = panel.table.visualRect(at(panel, row, column)).center()
    QTest.mouseClick(panel.table.viewport(), LEFT, keys, place)


def double_click(panel: RoiPanel, row: int, column: Column) -> None:
    click(panel, row, column)
    place = panel.table.visualRect(at(panel, row, column)).center()
    QTest.mouseDClick(panel.table.viewport(), LEFT, pos=place)


def editors(panel: RoiPanel) -> list[QLineEdit]:
    found = panel.table.viewport().findChildren(QLineEdit)
    return [editor for editor in found if editor.isVisible()]


def type_into(panel: RoiPanel, row: int, column: Column, text: str) -> None:
    """Open the cell's editor as a user does, replace its text and press Enter."""
    double_click(panel, row, column)
    (editor,) = editors(panel)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()


def labels(session: Session | FakeSession) -> list[tuple[str, ...]]:
    assert session.document is not None
    return [each.labels for each in session.document.frame.annotations]


def values(session: Session | FakeSession) -> list[tuple[int, ...] | None]:
    assert session.document is not None
    return [each.mask_value for each in session.document.frame.annotations]


def undo_label(session: Session) -> str | None:
    assert session.document is not None
    return session.document.undo_label


def edits_asked(fake: FakeSession) -> list[str]:
    return [what for kind, what in fake.asked if kind == "edit"]


# -- labels


def test_that_a_label_typed_in_the_table_renames_the_roi(
    real: Session, live: RoiPanel
) -> None:
    real.show(scene())

    type_into(live, 0, Column.LABELS, "truck, vehicle, truck")

    assert labels(real) == [("truck", "vehicle"), ("road",)]
    assert undo_label(real) == "Rename car"


def test_that_the_name_of_an_old_roi_is_written_to_its_mask_id(
    real: Session, live: RoiPanel
) -> None:
    real.show(make_document([roi(["seg"], CAR, mask="car")]))

    type_into(live, 0, Column.LABELS, "truck")

    assert real.document is not None
    (annotation,) = real.document.frame.annotations
    assert (annotation.labels, annotation.mask_id) == (("seg",), "truck")


def test_that_an_unchanged_label_is_no_edit(fake: FakeSession, panel: RoiPanel) -> None:
    fake.show(scene())

    type_into(panel, 0, Column.LABELS, "car")

    assert edits_asked(fake) == []


def test_that_escape_leaves_the_label_as_it_was(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    double_click(panel, 0, Column.LABELS)
    QTest.keyClicks(editors(panel)[0], "nonsense")

    QTest.keyClick(editors(panel)[0], Key.Key_Escape)

    assert editors(panel) == []
    assert edits_asked(fake) == []


def test_that_f2_edits_the_labels_from_any_column(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    click(panel, 1, Column.PIXELS)

    QTest.keyClick(panel.table, Key.Key_F2)

    assert [editor.text() for editor in editors(panel)] == ["road"]


def test_that_completion_replaces_the_label_behind_the_last_comma(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene(mapping={"building": list(SKY)}))
    double_click(panel, 0, Column.LABELS)
    (editor,) = editors(panel)
    editor.selectAll()

    QTest.keyClicks(editor, "truck, buil")
    popup = editor.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)

    assert editor.text() == "truck, building"
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()
    assert labels(fake)[0] == ("truck", "building")


# -- values: what is refused


def test_that_a_text_that_is_no_value_keeps_the_editor_open_and_says_why(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())

    type_into(panel, 0, Column.VALUE, "300 0 0")

    (editor,) = editors(panel)
    assert editor.property("invalid") is True
    assert "300 is out of range" in editor.toolTip()
    assert panel.message.isVisible()
    assert "300 is out of range" in panel.message.text()
    assert edits_asked(fake) == []


def test_that_tab_does_not_leave_a_text_that_is_no_value(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    double_click(panel, 0, Column.VALUE)
    (editor,) = editors(panel)
    QTest.keyClicks(editor, "nonsense")

    QTest.keyClick(editor, Key.Key_Tab)

    assert editors(panel) == [editor]
    assert editor.hasFocus()


def test_that_the_complaint_goes_once_the_text_is_mended(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    type_into(panel, 0, Column.VALUE, "300 0 0")
    (editor,) = editors(panel)

    editor.selectAll()
    QTest.keyClicks(editor, "30 0 0")

    assert editor.property("invalid") is False
    assert not panel.message.isVisible()


def test_that_half_a_number_is_not_complained_about_while_it_is_typed(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    double_click(panel, 0, Column.VALUE)
    (editor,) = editors(panel)
    editor.selectAll()

    QTest.keyClicks(editor, "30,")

    assert not editor.property("invalid")


def test_that_a_bad_value_survives_a_click_elsewhere_and_goes_with_escape(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    type_into(panel, 0, Column.VALUE, "nonsense")

    QTest.mouseClick(panel.filter, LEFT)
    assert [editor.text() for editor in editors(panel)] == ["nonsense"]

    editors(panel)[0].setFocus()
    QTest.keyClick(editors(panel)[0], Key.Key_Escape)
    assert editors(panel) == []
    assert not panel.message.isVisible()


# -- values: what they mean


def test_that_a_new_value_asks_with_numbers_before_anything_happens(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())

    type_into(panel, 0, Column.VALUE, "70, 130, 180")

    assert edits_asked(fake) == []
    bar = panel.bar
    assert bar.isVisible()
    assert (bar.name.text(), bar.old.text(), bar.new.text()) == (
        "car:",
        "0 0 142",
        "70 130 180",
    )
    assert bar.repaint_button.text() == "Repaint 60 pixels"
    said = bar.roi_button.text().replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert said == "Change ROI only (would then have 1 200 pixels)"


def test_that_repainting_changes_the_pixels_and_the_roi_in_one_step(
    real: Session, live: RoiPanel
) -> None:
    real.show(scene())
    type_into(live, 0, Column.HEX, "#010203")

    QTest.mouseClick(live.bar.repaint_button, LEFT)

    assert values(real)[0] == NEW
    assert real.census.rois[0].pixels == PIXELS[CAR]
    assert undo_label(real) == "Repaint car"
    assert not live.bar.isVisible()
    real.undo()
    assert values(real)[0] == CAR
    assert real.census.rois[0].pixels == PIXELS[CAR]


def test_that_the_roi_alone_can_be_changed(real: Session, live: RoiPanel) -> None:
    real.show(scene())
    type_into(live, 0, Column.VALUE, "1 2 3")

    QTest.mouseClick(live.bar.roi_button, LEFT)

    assert values(real)[0] == NEW
    assert real.census.rois[0].pixels == 0
    assert undo_label(real) == "Change value of car"


def test_that_enter_takes_the_first_answer(real: Session, live: RoiPanel) -> None:
    real.show(scene())
    type_into(live, 0, Column.VALUE, "1 2 3")

    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)

    assert undo_label(real) == "Repaint car"


@pytest.mark.parametrize("how", ["button", "key in the bar", "key in the table"])
def test_that_the_bar_can_be_left_without_an_edit(
    fake: FakeSession, panel: RoiPanel, how: str
) -> None:
    fake.show(scene())
    type_into(panel, 0, Column.VALUE, "1 2 3")

    if how == "button":
        QTest.mouseClick(panel.bar.cancel_button, LEFT)
    else:
        widget = panel.table if how == "key in the table" else panel.bar.repaint_button
        widget.setFocus()
        QTest.keyClick(widget, Key.Key_Escape)

    assert not panel.bar.isVisible()
    assert panel.table.hasFocus()
    assert edits_asked(fake) == []


def test_that_escape_is_the_panels_while_the_bar_asks_and_the_windows_afterwards(
    fake: FakeSession, qtbot: QtBot
) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    panel = RoiPanel(fake)  # type: ignore[arg-type]
    column.addWidget(panel)
    action = QAction("None", window)
    action.setShortcut(QKeySequence("Esc"))
    fired: list[int] = []
    action.triggered.connect(lambda: fired.append(1))
    window.addAction(action)
    qtbot.addWidget(window)
    window.resize(560, 500)
    window.show()
    qtbot.waitActive(window).__enter__()
    fake.show(scene())
    type_into(panel, 0, Column.VALUE, "1 2 3")

    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert (panel.bar.isVisible(), fired) == (False, [])

    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert fired == [1]


def test_that_a_roi_without_pixels_changes_at_once(
    real: Session, live: RoiPanel
) -> None:
    real.show(scene(roi(["ghost"], (9, 9, 9))))

    type_into(live, 2, Column.VALUE, "1 2 3")

    assert not live.bar.isVisible()
    assert values(real)[2] == NEW


def test_that_an_open_value_can_only_be_given_to_the_roi(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())

    type_into(panel, 0, Column.VALUE, "-1 0 142")

    assert not panel.bar.repaint_button.isEnabled()
    assert "-1" in panel.bar.reason.text()
    assert panel.bar.roi_button.hasFocus()


def test_that_the_bar_says_when_the_pixels_go_to_a_new_mask(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene(planes={"seg": plane_of(scene_mask(), JPEG)}))

    type_into(panel, 0, Column.VALUE, "1 2 3")

    assert "new PNG mask beside the frame" in panel.bar.note.text()


def test_that_the_bar_counts_anew_while_it_waits(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    type_into(panel, 0, Column.VALUE, "1 2 3")

    fake.edit(
        "Add",
        lambda edit: edit.frame.add_annotation(mask_rgb=list(NEW), labels=["late"]),
    )

    assert "late has this value" in panel.bar.note.text()


@pytest.mark.parametrize("how", ["changed", "deleted", "another document"])
def test_that_the_bar_goes_with_what_it_asks_about(
    fake: FakeSession, panel: RoiPanel, how: str
) -> None:
    fake.show(scene())
    type_into(panel, 1, Column.VALUE, "1 2 3")

    if how == "changed":
        fake.edit("x", lambda e: e.frame.update_annotation(1, mask_rgb=list(SKY)))
    elif how == "deleted":
        fake.edit("x", lambda edit: edit.frame.remove_annotation(1))
    else:
        fake.show(scene())

    assert not panel.bar.isVisible()


# -- eyes


def test_that_a_click_on_the_eye_hides_and_shows(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())

    click(panel, 1, Column.EYE)
    assert fake.view.hidden_rois == {1}

    click(panel, 1, Column.EYE)
    assert fake.view.hidden_rois == frozenset()


def test_that_space_turns_the_eyes_of_all_selected_rows(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    click(panel, 0)
    click(panel, 1, keys=Qt.KeyboardModifier.ControlModifier)

    QTest.keyClick(panel.table, Key.Key_Space)
    assert fake.view.hidden_rois == {0, 1}

    QTest.keyClick(panel.table, Key.Key_Space)
    assert fake.view.hidden_rois == frozenset()


# -- selection


def test_that_a_click_selects_in_the_session_once(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())

    click(panel, 1)

    assert [each for each in fake.asked if each[0] == "select"] == [("select", (1,))]


def test_that_the_row_clicked_last_is_the_active_roi(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene(roi(["sky"], SKY)))

    click(panel, 0)
    click(panel, 2, keys=Qt.KeyboardModifier.ControlModifier)

    assert fake.view.selected == (2, 0)


def test_that_the_sessions_selection_is_shown_and_not_told_back(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    fake.asked.clear()

    fake.set_view(selected=(1,))

    assert panel.selection.places() == {1}
    assert fake.asked == [("set_view", {"selected": (1,)})]


def test_that_a_selected_roi_far_down_is_scrolled_to(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(make_document([roi([f"{n}"], (n, 0, 0)) for n in range(200)]))

    fake.set_view(selected=(180,))

    rect = panel.table.visualRect(at(panel, 180))
    assert panel.table.viewport().rect().contains(rect)


def test_that_filtering_leaves_the_sessions_selection_alone(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    click(panel, 0)

    QTest.mouseClick(panel.filter, LEFT)
    QTest.keyClicks(panel.filter, "road")
    assert panel.model.rowCount() == 1
    assert fake.view.selected == (0,)

    QTest.keyClick(panel.filter, Key.Key_Escape)
    assert panel.selection.places() == {0}


def test_that_a_roi_that_the_filter_hides_can_be_selected_elsewhere(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    panel.filter.setText("road")
    click(panel, 0)

    fake.set_view(selected=(0,))

    assert panel.selection.places() == set()
    assert fake.view.selected == (0,)


def test_that_a_value_of_the_data_set_is_highlighted_when_it_is_selected(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene(mapping={"sky": list(SKY)}))

    click(panel, 2)

    assert fake.view.selected == ()
    assert fake.view.highlight is not None
    assert fake.view.highlight[0] == "front/seg"


# -- zooming


@pytest.mark.parametrize("column", [Column.PIXELS, Column.PERCENT, Column.MASK])
def test_that_a_double_click_zooms_to_the_pixels(
    fake: FakeSession, panel: RoiPanel, column: Column
) -> None:
    fake.show(scene())
    told: list[Any] = []
    panel.zoom_requested.connect(lambda *what: told.append(what))

    double_click(panel, 0, column)

    entries = tuple(fake.census.rois[0].indices["front/seg"].tolist())
    assert told == [("front/seg", entries)]
    assert len(entries) == 1


def test_that_enter_zooms_to_the_pixels_in_the_source_that_is_shown(
    fake: FakeSession, panel: RoiPanel
) -> None:
    both = {**roi(["car"], CAR), "sources": ["front", "rear"]}
    fake.show(make_document([both], sources=("front", "rear")), source="rear")
    told: list[str] = []
    panel.zoom_requested.connect(lambda key, _entries: told.append(key))
    click(panel, 0)

    QTest.keyClick(panel.table, Key.Key_Return)

    assert told == ["rear/seg"]


def test_that_a_double_click_on_labels_edits_and_does_not_zoom(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    told: list[Any] = []
    panel.zoom_requested.connect(lambda *what: told.append(what))

    double_click(panel, 0, Column.LABELS)

    assert told == []
    assert len(editors(panel)) == 1


def test_that_a_roi_without_pixels_is_not_zoomed_to(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene(roi(["ghost"], (9, 9, 9)), {"label": ["night"]}))
    told: list[Any] = []
    panel.zoom_requested.connect(lambda *what: told.append(what))

    double_click(panel, 2, Column.PIXELS)
    double_click(panel, 3, Column.PIXELS)

    assert told == []


# -- adding


def test_that_a_roi_is_added_with_the_keyboard_alone(
    real: Session, live: RoiPanel
) -> None:
    real.show(scene())

    QTest.mouseClick(live.add_button, LEFT)
    QTest.keyClicks(QApplication.focusWidget(), "sky, blue")
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "#4682b4")
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)

    assert labels(real)[2] == ("sky", "blue")
    assert real.census.rois[2].pixels == PIXELS[SKY]
    assert undo_label(real) == "Add ROI"
    assert real.view.selected == (2,)
    assert live.selection.places() == {2}
    assert (live.form.isVisible(), live.form.labels.text()) == (True, "")

    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert not live.form.isVisible()
    assert live.add_button.isVisible()


def test_that_the_form_says_how_many_pixels_a_value_has_and_whose_they_are(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    panel.open_form()

    QTest.keyClicks(panel.form.value, "0 0 142")
    assert panel.form.message.text() == "60 pixels with it; car claims it already"

    panel.form.value.clear()
    QTest.keyClicks(panel.form.value, "1 2 3")
    assert panel.form.message.text() == "No pixel has it yet"


@pytest.mark.parametrize(
    ("typed", "value", "said"),
    [("", "1 2 3", "label"), ("a", "", "210 210 120"), ("a", "1 2 999", "999")],
)
def test_that_the_form_says_what_is_missing_and_adds_nothing(
    fake: FakeSession, panel: RoiPanel, typed: str, value: str, said: str
) -> None:
    fake.show(scene())
    panel.open_form()
    panel.form.labels.setText(typed)
    panel.form.value.setText(value)

    QTest.mouseClick(panel.form.add_button, LEFT)

    assert edits_asked(fake) == []
    assert said in panel.form.message.text()
    wrong = panel.form.labels if not typed else panel.form.value
    assert wrong.property("invalid") is True
    assert wrong.hasFocus()


def test_that_the_form_asks_for_the_mask_only_where_there_are_several(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    panel.open_form()
    assert not panel.form.mask_box.isVisible()
    panel.close_form()

    planes = {"seg": plane_of(scene_mask()), "other": plane_of(scene_mask())}
    fake.show(scene(planes=planes))
    panel.open_form()
    assert panel.form.mask_box.isVisible()
    panel.form.mask_box.setCurrentIndex(1)
    panel.form.labels.setText("it")
    panel.form.value.setText("1 2 3")
    QTest.keyClick(panel.form.value, Key.Key_Return)

    assert fake.document is not None
    added = fake.document.frame.annotations[-1]
    assert (added.mask_id, added.sources) == ("other", ("front",))


def test_that_the_window_can_add_a_roi_through_the_form(
    real: Session, live: RoiPanel
) -> None:
    real.show(scene())

    assert live.add_roi("demo", "250, 10, 130")
    assert not live.add_roi("demo", "nonsense")

    assert values(real)[2:] == [(250, 10, 130)]
    assert not live.form.isVisible()


# -- deleting


def test_that_delete_removes_the_selected_rois_as_one_step(
    real: Session, live: RoiPanel
) -> None:
    real.show(scene(roi(["sky"], SKY)))
    click(live, 0)
    click(live, 2, keys=Qt.KeyboardModifier.ControlModifier)

    QTest.keyClick(live.table, Key.Key_Delete)

    assert labels(real) == [("road",)]
    assert undo_label(real) == "Delete 2 ROIs"
    real.undo()
    assert labels(real) == [("car",), ("road",), ("sky",)]


def test_that_the_row_that_moves_up_is_selected_after_a_deletion(
    real: Session, live: RoiPanel
) -> None:
    real.show(scene(roi(["sky"], SKY)))
    click(live, 1)

    QTest.keyClick(live.table, Key.Key_Delete)

    assert undo_label(real) == "Delete ROI road"
    assert real.view.selected == (1,)
    assert live.selection.places() == {1}


def test_that_values_of_the_data_set_are_not_deleted(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene(mapping={"sky": list(SKY)}))
    click(panel, 2)

    QTest.keyClick(panel.table, Key.Key_Delete)

    assert edits_asked(fake) == []


# -- the menu


def menu_of(panel: RoiPanel) -> dict[str, QAction]:
    return {action.text(): action for action in panel.build_menu().actions()}


def test_that_show_only_this_hides_the_others_and_show_all_brings_them_back(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene(roi(["sky"], SKY)))
    click(panel, 1)

    menu_of(panel)["Show only this"].trigger()
    assert fake.view.hidden_rois == {0, 2}

    menu_of(panel)["Show all"].trigger()
    assert fake.view.hidden_rois == frozenset()
    assert "Show all" not in menu_of(panel)


def test_that_the_menu_copies_rgb_and_hex(fake: FakeSession, panel: RoiPanel) -> None:
    fake.show(scene())
    click(panel, 0)

    menu_of(panel)["Copy RGB"].trigger()
    assert QApplication.clipboard().text() == "0 0 142"

    menu_of(panel)["Copy hex"].trigger()
    assert QApplication.clipboard().text() == "#00008e"


def test_that_the_menu_makes_a_roi_of_a_value_of_the_data_set(
    real: Session, live: RoiPanel
) -> None:
    real.show(scene(mapping={"sky": list(SKY)}))
    click(live, 2)

    menu_of(live)["Make a ROI"].trigger()

    assert labels(real)[2] == ("sky",)
    assert values(real)[2] == SKY
    assert real.view.selected == (2,)


def test_that_the_menu_of_a_roi_offers_what_can_be_done_with_it(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene({"label": ["night"]}))

    click(panel, 0)
    assert {"Zoom to", "Hide", "Show only this", "Delete"} <= set(menu_of(panel))

    click(panel, 2)
    menu = menu_of(panel)
    assert "Hide" not in menu
    assert not menu["Zoom to"].isEnabled()


def test_that_the_menu_hides_all_where_only_some_are_hidden(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    fake.set_view(selected=(0, 1), hidden_rois=frozenset({0}))

    menu_of(panel)["Hide"].trigger()

    assert fake.view.hidden_rois == {0, 1}
    assert "Show" in menu_of(panel)


# -- words


def test_that_an_empty_frame_says_what_to_do(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(make_document([]))

    assert panel.table.empty_text[0] == "No ROIs yet"
    assert panel.count.text() == "0"


def test_that_a_filter_without_a_match_names_what_was_sought(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())

    QTest.keyClicks(panel.filter, "zebra")

    assert "zebra" in panel.table.empty_text[0]
    assert panel.count.text() == "0 of 2"


def test_that_another_document_clears_the_filter(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    QTest.keyClicks(panel.filter, "car")

    fake.show(scene())

    assert panel.filter.text() == ""
    assert panel.model.rowCount() == 2


def test_that_every_control_has_a_name_for_screen_readers(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    type_into(panel, 0, Column.VALUE, "1 2 3")
    panel.open_form()
    controls = [
        panel.table,
        *panel.findChildren(QLineEdit),
        *panel.findChildren(QPushButton),
        panel.form.mask_box,
    ]

    unnamed = [
        control
        for control in controls
        if not (control.accessibleName() or getattr(control, "text", str)())
    ]
    assert unnamed == []


@pytest.mark.usefixtures("dressed")
def test_that_the_labels_keep_room_in_a_narrow_panel(
    fake: FakeSession, panel: RoiPanel
) -> None:
    sure = {**roi(["sky"], SKY), "confidence": 0.5}
    fake.show(scene(sure, mapping={"sky": list(SKY)}))
    table = panel.table

    panel.resize(700, 500)
    QApplication.processEvents()
    assert not any(table.isColumnHidden(column) for column in Column)

    # How many pixels a text takes is the font's business; the order is ours.
    left_at: dict[Column, int] = {}
    for width in range(700, 349, -5):
        panel.resize(width, 500)
        QApplication.processEvents()
        for column in Column:
            if table.isColumnHidden(column):
                left_at.setdefault(column, width)
        assert table.columnWidth(Column.LABELS) >= 90
        assert table.horizontalScrollBar().maximum() == 0
    # There is one mask alone; hex says what the value says.
    assert left_at[Column.MASK] > left_at[Column.HEX]
    assert left_at[Column.HEX] > left_at.get(Column.CONFIDENCE, 0)
    assert Column.VALUE not in left_at


def test_that_a_column_that_the_user_hides_stays_hidden(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene())
    panel.resize(700, 500)
    menu = panel.table.build_column_menu()

    next(each for each in menu.actions() if each.text() == "Hex").trigger()
    panel.resize(900, 500)
    QApplication.processEvents()

    assert panel.table.isColumnHidden(Column.HEX)


def test_that_a_row_edited_at_the_bottom_stays_in_sight_above_the_bar(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(make_document([roi([f"{n}"], CAR) for n in range(50)]))
    QApplication.processEvents()
    last = panel.table.rowAt(panel.table.viewport().height() - 20)

    type_into(panel, last, Column.VALUE, "1 2 3")
    QApplication.processEvents()

    assert panel.bar.isVisible()
    rect = panel.table.visualRect(at(panel, last))
    assert panel.table.viewport().rect().contains(QPoint(5, rect.center().y()))


def test_that_a_heading_sorts_and_a_third_click_gives_the_frames_order_back(
    fake: FakeSession, panel: RoiPanel
) -> None:
    fake.show(scene(roi(["ghost"], (9, 9, 9))))
    header = panel.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.PIXELS) + 8, 8)
    orders = []

    for _ in range(3):
        QTest.mouseClick(header.viewport(), LEFT, pos=place)
        orders.append([panel.model.row_at(place).index for place in range(3)])

    assert sorted(orders[:2]) == [[1, 0, 2], [2, 0, 1]]
    assert orders[2] == [0, 1, 2]


def test_that_rows_of_the_data_set_have_room_for_the_alpha_of_their_values(
    fake: FakeSession, panel: RoiPanel, tmp_path: Path
) -> None:
    fake.show(make_document([]))
    mask = np.full((8, 8, 4), 255, np.uint8)
    path = write_scene(tmp_path, [], mask=mask)
    (tmp_path / "_mask_legend.json").write_text('{"white": [255, 255, 255]}')

    fake.show(open_document(path))

    assert panel.model.widths.widest()[Column.VALUE].split() == ["888"] * 4
