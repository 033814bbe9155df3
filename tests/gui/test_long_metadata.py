"""Metadata of megabytes: shown by its start, whole when it is asked for, edited without loss."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtTest import QTest

from chromask.frame.load import load_frame
from chromask.jsontext.values import copy_json
from chromask.workspace.opening import open_document
from chromask_gui.panels.frame_details import MOST_CHIPS, FrameDetailsPanel
from chromask_gui.panels.rois.details import DetailsPanel
from chromask_gui.widgets.json_field import MOST_AT_ONCE, JsonField, beginning
from scenes import CAR, roi, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.session.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier
ANYWHERE = QTextOption.WrapMode.WrapAnywhere


def deep(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {"end": "x" * 200}
    for _ in range(levels):
        value = {"a": value}
    return value


LONG = {
    "line": {"k": "x" * 300_000},
    "wide characters": {"k": "\N{CJK UNIFIED IDEOGRAPH-6F22}" * 60_000},
    "blanks": {"k": "word " * 30_000},
    "keys": {f"key {number}": number for number in range(10_000)},
    "a long key": {"k" * 200_000: 1},
    "items": {"k": list(range(20_000))},
    "deep": {f"{number}": deep(90) for number in range(30)},
}


@pytest.fixture
def field(qtbot: QtBot) -> JsonField:
    field = JsonField("metadata")
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.mark.parametrize("name", LONG)
def test_that_a_long_object_is_shown_by_its_start_until_all_is_asked_for(
    field: JsonField, name: str
) -> None:
    value = LONG[name]
    field.show_value(value)
    shown = field.text.toPlainText()
    assert len(shown) == MOST_AT_ONCE + 1
    whole = json.dumps(value, ensure_ascii=False, indent=2)
    assert whole.startswith(shown[:-1])
    assert field.text.isReadOnly()
    assert not field.is_edited
    assert not field.apply_button.isEnabled()
    assert field.message.text() == "Only its start is shown."
    field.all_button.click()
    assert field.text.toPlainText() == whole
    assert field.all_button.isHidden()
    assert not field.text.isReadOnly()
    assert not field.is_edited
    assert field.message.text() == ""
    # The wrapping that looks for a blank takes minutes here.
    assert field.text.wordWrapMode() == ANYWHERE
    field.show_value({"short": 1})
    assert field.text.toPlainText() == '{\n  "short": 1\n}'
    assert field.text.wordWrapMode() != ANYWHERE
    assert field.all_button.isHidden()


def test_that_no_more_is_written_than_is_shown() -> None:
    class Counted(dict[str, int]):
        read = 0

        def items(self) -> Any:
            for item in super().items():
                self.read += 1
                yield item

    value = Counted({f"key {number}": number for number in range(100_000)})
    text, is_cut = beginning(value, 1000)
    assert len(text) == 1000
    assert is_cut
    assert value.read < 100
    assert beginning({"a": 1}, 1000) == ('{\n  "a": 1\n}', False)


def test_that_a_pasted_line_is_wrapped_anywhere(field: JsonField) -> None:
    text = json.dumps({"k": "x" * 200_000})
    given = QMimeData()
    given.setText(text)
    field.text.insertFromMimeData(given)
    assert field.text.wordWrapMode() == ANYWHERE
    assert field.text.toPlainText() == text
    assert field.apply_button.isEnabled()


def test_that_an_object_without_end_is_left_to_another_editor(
    field: JsonField, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chromask_gui.widgets.json_field.MOST_AT_ALL", 100_000)
    field.show_value({"k": "x" * 200_000})
    field.all_button.click()
    assert len(field.text.toPlainText()) == MOST_AT_ONCE + 1
    assert field.text.isReadOnly()
    assert field.all_button.isHidden()
    assert "edit the JSON file" in field.message.text()
    assert not field.is_edited


@pytest.mark.parametrize("where", ["frame", "roi"])
def test_that_editing_long_metadata_keeps_the_bytes_of_the_rest(
    scene_session: Session, qtbot: QtBot, tmp_path: Path, where: str
) -> None:
    long, odd = "x" * 300_000, '"n": 1.50,  "e":1E2, "t": "\\u0041"'
    meta = f'{{{odd}, "edited": 1, "long": "{long}"}}'
    path = write_scene(tmp_path, [roi(["car"], CAR, meta={"here": 1})])
    text = path.read_text()
    if where == "frame":
        text = text.rstrip().removesuffix("}") + f',"meta": {meta}}}'
    else:
        start = text.index('"meta"')
        end = text.index("}", start) + 1
        text = f'{text[:start]}"meta": {meta}{text[end:]}'
    path.write_text(text)
    scene_session.show(open_document(path))
    scene_session.select(0)
    kind = FrameDetailsPanel if where == "frame" else DetailsPanel
    panel = kind(scene_session)
    qtbot.addWidget(panel)
    field = panel.json
    assert len(field.text.toPlainText()) == MOST_AT_ONCE + 1
    field.all_button.click()
    shown = field.text.toPlainText()
    field.text.setPlainText(shown.replace('"edited": 1', '"edited": 2'))
    QTest.keyClick(field.text, Qt.Key.Key_Return, CTRL)
    document = scene_session.document
    assert document is not None
    saved = document.frame.to_bytes().decode()
    assert saved == text.replace('"edited": 1', '"edited": 2')
    assert not field.is_edited


def test_that_shift_m_leads_to_what_shows_all(
    scene_session: Session, qtbot: QtBot
) -> None:
    panel = FrameDetailsPanel(scene_session)
    qtbot.addWidget(panel)
    panel.show()
    panel.edit_metadata()
    assert panel.focusWidget() is panel.json.text
    panel.json.show_value(LONG["keys"])
    panel.edit_metadata()
    assert panel.focusWidget() is panel.json.all_button
    QTest.keyClick(panel.json.all_button, Qt.Key.Key_Space)
    panel.edit_metadata()
    assert panel.focusWidget() is panel.json.text


def test_that_labels_of_the_frame_without_end_are_counted(
    scene_session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    rois: list[dict[str, Any]] = [{"label": ["y" * 100_000]}]
    rois += [{"label": [f"label {number}"]} for number in range(1200)]
    scene_session.show(open_document(write_scene(tmp_path, rois)))
    panel = FrameDetailsPanel(scene_session)
    qtbot.addWidget(panel)
    layout = panel.chips.layout()
    assert layout is not None
    assert layout.count() == MOST_CHIPS + 1
    rest = layout.itemAt(MOST_CHIPS).widget()
    assert (
        rest.text() == "More labels in the table of ROIs: 1\N{NARROW NO-BREAK SPACE}001"
    )
    chip = layout.itemAt(0).widget()
    assert len(chip.toolTip()) < 5000
    chip.click()
    document = scene_session.document
    assert document is not None
    assert document.frame.annotations[0].labels == ("label 0",)


def test_that_places_in_messages_do_not_grow_with_the_keys_above() -> None:
    places: list[int] = []

    class Text(str):
        def encode(self, *options: Any) -> bytes:
            import sys

            frame = sys._getframe(1)
            places.append(len(frame.f_locals["place"]))
            return super().encode(*options)

    value = {"k" * 5000: {"k" * 5000: [Text("x") for _ in range(50)]}}
    assert copy_json(value, "") == value
    assert len(places) == 50
    assert max(places) <= 5000


def test_that_a_saved_frame_opens_with_its_long_metadata(tmp_path: Path) -> None:
    path = write_scene(tmp_path, meta=LONG["keys"])
    assert load_frame(path).meta == LONG["keys"]
