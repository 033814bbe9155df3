"""Many ROIs at once, the details of one, and the frame's own labels, through the real window."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

from chromask.frame.annotation import read_annotation
from chromask_gui.panels.frame_details import FrameDetailsPanel
from chromask_gui.panels.rois.details import DetailsPanel
from chromask_gui.panels.rois.row import Column
from chromask_gui.runtime.jobs import Jobs
from chromask_gui.session.session import Session
from chromask_gui.widgets.flow_layout import FlowLayout
from chromask_gui.widgets.json_field import JsonField
from chromask_gui.widgets.roi_text import (
    ValueTextError,
    confidence_text,
    parse_confidence,
)
from roi_scenes import make_document
from scenes import CAR, ROAD, SKY, roi, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def real(qtbot: QtBot) -> Iterator[Session]:
    jobs = Jobs()
    yield Session(jobs)
    jobs.shut_down()


def labels(session: Session) -> list[tuple[str, ...]]:
    assert session.document is not None
    return [each.labels for each in session.document.frame.annotations]


def raw(session: Session) -> list[Any]:
    assert session.document is not None
    return session.document.frame.to_dict()["rois"]


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, LEFT)
    QApplication.processEvents()


# -- confidence as text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.85", 0.85),
        (".5", 0.5),
        ("0,5", 0.5),
        ("85 %", 0.85),
        ("1", 1.0),
        (" ", None),
    ],
)
def test_that_a_confidence_is_read_in_every_spelling(
    text: str, value: float | None
) -> None:
    assert parse_confidence(text) == value


@pytest.mark.parametrize(
    "text", ["1.5", "-0.1", "high", "101%", "1e-1", "nan", "9" * 99]
)
def test_that_what_is_no_confidence_is_refused(text: str) -> None:
    with pytest.raises(ValueTextError, match="0 to 1"):
        parse_confidence(text)


@pytest.mark.parametrize(
    ("value", "text"), [(0.5, "0.50"), (0.875, "0.875"), (1, "1.00")]
)
def test_that_a_confidence_keeps_the_digits_that_matter(
    value: float, text: str
) -> None:
    assert confidence_text(value) == text


# -- several rows, through the real window


def test_that_selected_rois_are_labelled_together_and_undone_in_one_step(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        session, bulk = window.session, window.rois.bulk
        before = labels(session)
        assert bulk.isHidden()
        window.rois.table.selectAll()
        assert bulk.isVisible()
        QTest.keyClicks(bulk.labels, "checked")
        QTest.keyClick(bulk.labels, Key.Key_Return)
        assert labels(session) == [(*each, "checked") for each in before]

        QTest.keyClicks(bulk.labels, "checked")
        press(bulk.remove)
        assert labels(session) == before

        QTest.keyClicks(bulk.labels, "thing")
        press(bulk.set)
        assert labels(session) == [("thing",)] * len(before)
        QTest.keyClick(window, Key.Key_Z, CTRL)
        assert labels(session) == before

        press(bulk.add)
        assert bulk.message.isVisible()
        session.select(0)
        assert bulk.isHidden()

    assert run([str(path)], script) == 0


def test_that_confidence_eye_and_lock_go_to_all_selected(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        session, bulk = window.session, window.rois.bulk
        session.select(0, 1)
        QTest.keyClicks(bulk.confidence, "75 %")
        QTest.keyClick(bulk.confidence, Key.Key_Return)
        assert [each.get("confidence") for each in raw(session)][:2] == [0.75, 0.75]
        window.rois.commands.toggle_locks()
        assert session.view.locked_rois == {0, 1}
        window.rois.table.setFocus()
        QTest.keyClick(window.rois.table, Key.Key_Space)
        assert session.view.hidden_rois == {0, 1}

        bulk.confidence.clear()
        QTest.keyClicks(bulk.confidence, "7")
        QTest.keyClick(bulk.confidence, Key.Key_Return)
        assert "0 to 1" in bulk.message.text()
        assert raw(session)[0]["confidence"] == 0.75

    assert run([str(path)], script) == 0


def test_that_rois_are_duplicated_and_copied_with_the_keys(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        session, table = window.session, window.rois.table
        first = raw(session)[0]
        count = len(raw(session))
        table.setFocus()
        session.select(0)
        QTest.keyClick(window, Key.Key_D, CTRL)
        assert raw(session)[count] == first
        assert session.view.selected == (count,)

        QTest.keyClick(table, Key.Key_C, CTRL)
        copied = json.loads(QGuiApplication.clipboard().text())
        assert copied == {"chromask_rois": [first]}
        QTest.keyClick(table, Key.Key_V, CTRL)
        assert raw(session)[count + 1] == first

        window.canvas.setFocus()
        QTest.keyClick(window.canvas, Key.Key_V, CTRL)
        assert len(raw(session)) == count + 3
        QGuiApplication.clipboard().setText("no rois")
        QTest.keyClick(table, Key.Key_V, CTRL)
        assert len(raw(session)) == count + 3

    assert run([str(path)], script) == 0


def test_that_alt_and_brackets_move_the_active_roi(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        session = window.session
        count = len(raw(session))
        session.select(0)
        window.actions_by_id["next_label"].trigger()
        assert session.view.selected == (1,)
        window.actions_by_id["previous_label"].trigger()
        window.actions_by_id["previous_label"].trigger()
        assert session.view.selected == (count - 1,)

    assert run([str(path)], script) == 0


def test_that_a_click_in_the_lock_column_locks(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        table = window.rois.table
        index = window.rois.model.index(1, Column.LOCK)
        place = table.visualRect(index).center()
        QTest.mouseClick(table.viewport(), LEFT, pos=place)
        assert window.session.view.locked_rois == {1}
        QTest.mouseClick(table.viewport(), LEFT, pos=place)
        assert window.session.view.locked_rois == frozenset()

    assert run([str(path)], script) == 0


def test_that_the_threshold_hides_unsure_rois_and_stays_away_without_any(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        session, bar = window.session, window.rois.threshold
        assert bar.isHidden()
        session.edit("x", lambda edit: edit.frame.update_annotation(0, confidence=0.3))
        assert bar.isVisible()
        assert not window.rois.table.isColumnHidden(Column.CONFIDENCE)
        bar.slider.setFocus()
        for _ in range(4):
            QTest.keyClick(bar.slider, Key.Key_PageUp)
        assert session.view.look.min_confidence == pytest.approx(0.4)
        assert "1" in bar.words.text()
        model = window.rois.model
        assert [model.row_at(n).name for n in range(model.rowCount())] == ["road"]
        assert window.rois.count.text() == "1 of 2"

        # What an edit makes sure enough comes back, and the other way round.
        session.edit("x", lambda edit: edit.frame.update_annotation(0, confidence=0.4))
        assert model.rowCount() == 2
        session.edit("x", lambda edit: edit.frame.update_annotation(1, confidence=0.1))
        assert [model.row_at(n).name for n in range(model.rowCount())] == ["car"]
        QTest.keyClick(bar.slider, Key.Key_Home)
        assert model.rowCount() == 2

    assert run([str(path)], script) == 0


def test_that_a_double_click_on_a_shape_zooms_to_it(
    run: Callable[..., int], tmp_path: Path
) -> None:
    box = {"label": ["box"], "poly": [30, 5, 20, 10], "meta": {"_type": "b2d"}}
    path = write_scene(tmp_path, [roi(["car"], CAR), box])

    def script(window: MainWindow) -> None:
        table = window.rois.table
        place = table.visualRect(table.roi_model.index(1, Column.VALUE)).center()
        before = window.canvas.box.zoom
        QTest.mouseClick(table.viewport(), LEFT, pos=place)
        QTest.mouseDClick(table.viewport(), LEFT, pos=place)
        seen = window.canvas.box.seen_rect()
        assert window.canvas.box.zoom > before
        assert (seen.center().x(), seen.center().y()) == (40, 10)
        assert "Double-click" in str(
            table.roi_model.index(1, Column.VALUE).data(Qt.ItemDataRole.ToolTipRole)
        )

    assert run([str(path)], script) == 0


def test_that_the_label_origin_is_seen_at_the_default_width(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        window.resize(1440, 900)
        window.split.setSizes([920, 520])
        QApplication.processEvents()
        table = window.rois.table
        assert not table.isColumnHidden(Column.ORIGIN)
        right = table.visualRect(window.rois.model.index(0, Column.ORIGIN)).right()
        assert right <= table.viewport().width()

    assert run([str(path)], script) == 0


# -- the details of one


@pytest.fixture
def details(real: Session, qtbot: QtBot) -> DetailsPanel:
    panel = DetailsPanel(real)
    qtbot.addWidget(panel)
    panel.resize(500, 320)
    panel.show()
    return panel


def test_that_metadata_is_written_only_while_it_is_an_object(
    real: Session, details: DetailsPanel
) -> None:
    one = roi(["car"], CAR)
    one["meta"] = {"_type": "mask", "_id": "7", "seen": 1}
    real.show(make_document([one]))
    real.select(0)
    field = details.json
    assert json.loads(field.text.toPlainText()) == {"seen": 1}
    assert not field.apply_button.isEnabled()

    field.text.setPlainText('{"seen": 2,\n "b": }')
    assert "line 2" in field.message.text().casefold()
    assert not field.apply_button.isEnabled()
    field.text.setPlainText("[1]")
    assert not field.apply_button.isEnabled()
    field.text.setPlainText('{"_type": "p2d"}')
    assert not field.apply_button.isEnabled()

    field.text.setPlainText('{"seen": 2}')
    press(field.apply_button)
    assert raw(real)[0]["meta"] == {"seen": 2, "_type": "mask", "_id": "7"}


def test_that_half_typed_metadata_survives_another_edit_of_the_same_roi(
    real: Session, details: DetailsPanel
) -> None:
    real.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))
    real.select(0)
    details.json.text.setPlainText('{"half": ')
    real.edit("x", lambda edit: edit.frame.update_annotation(0, confidence=0.5))
    assert details.json.text.toPlainText() == '{"half": '
    assert details.confidence.text() == "0.5"

    real.select(1)
    assert details.json.text.toPlainText() == ""


def test_that_id_confidence_mask_and_sources_are_edited(
    real: Session, details: DetailsPanel
) -> None:
    real.show(
        make_document(
            [roi(["car"], CAR)],
            {"seg": None, "other": None},
            sources=("front", "rear"),
        )
    )
    real.select(0)
    details.id.setFocus()
    QTest.keyClicks(details.id, "track 9")
    QTest.keyClick(details.id, Key.Key_Return)
    assert raw(real)[0]["meta"]["_id"] == "track 9"
    QTest.keyClicks(details.confidence, "2")
    QTest.keyClick(details.confidence, Key.Key_Return)
    assert "0 to 1" in details.message.text()
    details.mask_box.activated.emit(1)
    assert raw(real)[0]["mask"]["id"] == "other"

    boxes = details.sources.findChildren(QCheckBox)
    rear = next(box for box in boxes if box.text() == "rear")
    front = next(box for box in boxes if box.text() == "front")
    assert front.isChecked()
    rear.click()
    wanted = ["front"] if not rear.isChecked() else ["front", "rear"]
    assert sorted(raw(real)[0]["sources"]) == wanted


def test_that_without_a_roi_the_details_say_what_to_do(
    real: Session, details: DetailsPanel
) -> None:
    assert "Select a ROI" in details.title.text()
    assert not details.json.isEnabled()


def test_that_the_button_of_the_table_brings_the_details(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        window.session.select(1)
        press(window.rois.details_button)
        assert window.details.isVisible()
        assert window.details.title.text() == "road"

    assert run([str(path)], script) == 0


# -- the frame itself


def test_that_labels_of_the_frame_come_and_go(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        session, panel = window.session, window.frame_details
        count = len(raw(session))
        window.actions_by_id["frame_label"].trigger()
        assert panel.isVisible()
        QTest.keyClicks(panel.label, "night, rain")
        QTest.keyClick(panel.label, Key.Key_Return)
        assert raw(session)[count]["label"] == ["night", "rain"]
        QApplication.processEvents()
        chips = panel.chips.findChildren(QPushButton)
        assert [chip.text() for chip in chips if not chip.isHidden()] == [
            "night",
            "rain",
        ]
        press(chips[0])
        assert raw(session)[count]["label"] == ["rain"]
        QApplication.processEvents()
        chips = panel.chips.findChildren(QPushButton)
        press(next(chip for chip in chips if chip.text() == "rain"))
        assert len(raw(session)) == count

    assert run([str(path)], script) == 0


def test_that_labels_of_the_frame_are_completed_from_the_data_set(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "_mask_legend.json").write_text('{"nightfall": [1, 2, 3]}')

    def script(window: MainWindow) -> None:
        window.actions_by_id["frame_label"].trigger()
        field = window.frame_details.label
        QTest.keyClicks(field, "rain, night")
        completer = field.completer()
        assert completer is not None
        popup = completer.popup()
        assert popup is not None
        assert popup.isVisible()
        QTest.keyClick(popup, Key.Key_Down)
        QTest.keyClick(popup, Key.Key_Return)
        assert field.text() == "rain, nightfall"
        QTest.keyClick(field, Key.Key_Return)
        assert raw(window.session)[-1]["label"] == ["rain", "nightfall"]
        assert field.text() == ""

    assert run([str(path)], script) == 0


def test_that_metadata_of_the_frame_is_written(real: Session, qtbot: QtBot) -> None:
    panel = FrameDetailsPanel(real)
    qtbot.addWidget(panel)
    panel.show()
    real.show(make_document([roi(["sky"], SKY)]))
    panel.edit_metadata()
    panel.json.text.setPlainText('{"city": "Haifa"}')
    QTest.keyClick(panel.json.text, Key.Key_Return, CTRL)
    assert real.document is not None
    assert real.document.frame.to_dict()["meta"] == {"city": "Haifa"}

    real.undo()
    assert "meta" not in real.document.frame.to_dict()
    assert panel.json.text.toPlainText() == ""


def test_that_a_json_field_takes_an_empty_text_for_an_empty_object(
    qtbot: QtBot,
) -> None:
    field = JsonField("m")
    qtbot.addWidget(field)
    field.show_value({"a": 1})
    field.text.setPlainText("")
    with qtbot.waitSignal(field.submitted) as told:
        field.apply_button.click()
    assert told.args == [{}]


def test_that_chips_go_into_the_next_line_where_room_ends(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, 4)
    chips = [QPushButton("a label") for _ in range(6)]
    for chip in chips:
        flow.addWidget(chip)
    width = chips[0].sizeHint().width()
    assert flow.heightForWidth(10 * width) < flow.heightForWidth(2 * width + 30)


def test_that_a_row_keeps_its_object_while_it_shows_the_same(
    real: Session, qtbot: QtBot
) -> None:
    from chromask_gui.panels.rois.model import RoiModel

    del qtbot
    model = RoiModel(real)
    real.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))
    before = list(model.rows)
    real.edit("x", lambda edit: edit.frame.update_annotation(1, labels=["street"]))
    assert model.rows[0] is before[0]
    assert model.rows[1] is not before[1]
    assert read_annotation(raw(real)[1]).labels == ("street",)
