"""The table of actions and their keys: as designed, one each, changeable, never in a text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSlider

from chromask_gui.actions import ACTIONS, MENUS
from chromask_gui.dialogs.key_help import KeyHelp, plain_page
from chromask_gui.dialogs.palette import CommandPalette
from chromask_gui.look.icons import SHAPES
from chromask_gui.session.settings import Settings
from chromask_gui.shortcuts.filters import needs
from chromask_gui.shortcuts.groups import GESTURES, GROUPS, group_of
from chromask_gui.shortcuts.keymap import KeyMap, portable
from chromask_gui.widgets import fuzzy
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask_gui.window.main_window import MainWindow

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

# The keys that the design promises, by the ids of the actions they belong to. An action that
# another piece of work brings is held to this as soon as it is there.
PROMISED: dict[str, tuple[str, ...]] = {
    "previous_frame": ("A", "Left"),
    "next_frame": ("D", "Right"),
    "ten_back": ("Ctrl+Left",),
    "ten_on": ("Ctrl+Right",),
    "next_unreviewed": ("Ctrl+Shift+D",),
    "save": ("Ctrl+S",),
    "undo": ("Ctrl+Z",),
    "redo": ("Ctrl+Shift+Z", "Ctrl+Y"),
    "tool_brush": ("B",),
    "tool_eraser": ("E",),
    "brush_smaller": ("[",),
    "brush_larger": ("]",),
    "tool_fill": ("G",),
    "tool_picker": ("I",),
    "fit": ("F",),
    "one_to_one": ("Ctrl+0",),
    "frame_metadata": ("Shift+M",),
    "frame_label": ("Shift+N",),
    "tool_polygon": ("P",),
    "tool_box": ("R",),
    "tool_ellipse": ("O",),
    "tool_keypoints": ("K",),
    "tool_select": ("V",),
    "delete": ("Delete",),
    "overlay": ("H",),
    **{f"roi_{number}": (str(number),) for number in range(1, 10)},
    "search": ("/",),
    "solo": ("S",),
    "zoom_in": ("+",),
    "zoom_out": ("-",),
    "copy": ("Ctrl+C",),
    "paste": ("Ctrl+V",),
    "duplicate": ("Ctrl+D",),
    "previous_label": ("Alt+[",),
    "next_label": ("Alt+]",),
    "keys": ("F1",),
    "settings": ("Ctrl+,",),
    "palette": ("Ctrl+Shift+P",),
}
BY_ID = {row.id: row for row in ACTIONS}


@pytest.fixture
def keys() -> KeyMap:
    return KeyMap(ACTIONS, Settings.fresh())


@pytest.mark.parametrize("action_id", [each for each in PROMISED if each in BY_ID])
def test_that_an_action_has_the_keys_that_were_promised(action_id: str) -> None:
    own = [portable(key) for key in BY_ID[action_id].keys]
    assert [key for key in own if key in map(portable, PROMISED[action_id])] == [
        portable(key) for key in PROMISED[action_id]
    ]


def test_that_no_two_actions_share_a_key_where_both_count() -> None:
    held: dict[tuple[str, str], str] = {}
    for row in ACTIONS:
        for key in map(portable, row.keys):
            other = held.setdefault((row.context, key), row.id)
            assert other == row.id, f"{key}: {other} and {row.id}"


def test_that_no_action_takes_a_key_that_was_promised_to_another() -> None:
    promised = {
        portable(key): action_id for action_id, own in PROMISED.items() for key in own
    }
    for row in ACTIONS:
        for key in map(portable, row.keys):
            assert promised.get(key, row.id) == row.id, f"{key}: {row.id}"


def test_that_every_row_of_the_table_makes_sense() -> None:
    ids = [row.id for row in ACTIONS]
    assert len(set(ids)) == len(ids)
    for row in ACTIONS:
        assert str(row.text).strip(), row.id
        assert not row.icon or row.icon in SHAPES, row.id
        assert not row.menu or row.menu in MENUS, row.id
        assert group_of(row) != "other", f"{row.id} stands under no heading"
        for key in row.keys:
            assert portable(key), f"{row.id}: {key} is no key"


def test_that_a_chosen_key_is_remembered_and_taken_from_its_holder() -> None:
    settings = Settings.fresh()
    keys = KeyMap(ACTIONS, settings)
    holder = keys.holder("F", "undo")
    assert holder is not None
    assert holder.id == "fit"

    keys.set_keys("undo", ["F", "Ctrl+,", "F"])

    again = KeyMap(ACTIONS, settings)
    assert again.keys("undo") == ("F", "Ctrl+,")
    assert again.keys("fit") == ()
    assert not again.is_default("undo")
    assert not again.is_default("fit")


def test_that_keys_go_back_to_the_tables_one_by_one_and_all(keys: KeyMap) -> None:
    keys.set_keys("undo", ["F"])
    keys.reset("fit")
    assert keys.keys("fit") == ("F",)
    assert keys.keys("undo") == ()
    keys.reset_all()
    assert keys.keys("undo") == ("Ctrl+Z",)
    assert all(keys.is_default(row.id) for row in ACTIONS)


def test_that_only_what_differs_from_the_table_is_stored(keys: KeyMap) -> None:
    keys.set_keys("fit", ["F"])
    assert keys.is_default("fit")


def test_that_a_damaged_setting_gives_the_tables_keys() -> None:
    settings = Settings.fresh()
    for stored in ("[", "3", '[1, "F"]', "F"):
        settings._stored.setValue("keys/fit", stored)
        assert KeyMap(ACTIONS, settings).keys("fit") == ("F",)
    settings._stored.setValue("keys/fit", '["no such key"]')
    assert KeyMap(ACTIONS, settings).keys("fit") == ()


def test_that_a_changed_key_counts_at_once_and_its_tooltip_says_it(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        action = window.actions_by_id["overlay"]
        assert action.toolTip() == "Overlay (H)"
        window.keys.set_keys("overlay", ["X"])
        assert action.toolTip() == "Overlay (X)"
        was = window.session.view.has_overlay
        QTest.keyClick(window.canvas, Qt.Key.Key_H)
        assert window.session.view.has_overlay == was
        QTest.keyClick(window.canvas, Qt.Key.Key_X)
        assert window.session.view.has_overlay != was

    assert run([str(path)], script) == 0


def test_that_every_action_runs_by_the_window_that_has_it(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        have = {action.objectName() for action in window.actions()}
        assert have >= set(BY_ID)
        for row in ACTIONS:
            action = window.actions_by_id[row.id]
            assert isinstance(action, QAction)
            wanted = [QKeySequence(key) for key in row.keys]
            assert action.shortcuts() == wanted

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_keys_write_into_a_text_and_run_nothing(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    letters = "".join(
        key.lower() for row in ACTIONS for key in row.keys if len(key) == 1
    )

    def script(window: MainWindow) -> None:
        window.session.select(1)
        QApplication.processEvents()
        before = window.session.view
        ran: list[str] = []
        for name, action in window.actions_by_id.items():
            action.triggered.connect(lambda _=False, name=name: ran.append(name))
        QTest.keyClick(window.canvas, Qt.Key.Key_Slash)
        assert ran == ["search"]
        field = QApplication.focusWidget()
        assert field is window.rois.filter
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, letters)
        assert field.text() == letters
        QTest.keyClick(field, Qt.Key.Key_Home)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Backspace):
            QTest.keyClick(field, key)
        assert ran == ["search"]
        assert len(window.session.census.rois) == 2
        assert field.text() == letters[2:]
        field.clear()
        assert window.session.view.tool == before.tool
        assert window.session.view.has_overlay == before.has_overlay

    assert run([str(path)], script) == 0


def test_that_a_list_or_a_slider_keeps_the_keys_it_is_moved_by(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        ran: list[str] = []
        for name, key in (("overlay", "Left"), ("outline", "Down")):
            window.keys.set_keys(name, [key])
            window.actions_by_id[name].triggered.connect(
                lambda _=False, name=name: ran.append(name)
            )
        slider = window.masks.findChild(QSlider)
        assert slider is not None
        slider.setFocus()
        was = slider.value()
        QTest.keyClick(slider, Qt.Key.Key_Left)
        assert slider.value() != was
        window.rois.table.setFocus()
        QTest.keyClick(window.rois.table, Qt.Key.Key_Down)
        assert ran == []
        window.canvas.setFocus()
        QTest.keyClick(window.canvas, Qt.Key.Key_Left)
        QTest.keyClick(window.canvas, Qt.Key.Key_Down)
        assert ran == ["overlay", "outline"]

    assert run([str(path)], script) == 0


def test_that_a_box_to_choose_from_leaves_letters_to_the_window(qtbot: object) -> None:
    box = QComboBox()
    assert needs(box, Qt.Key.Key_Down)
    assert not needs(box, Qt.Key.Key_B)
    assert not needs(None, Qt.Key.Key_Down)
    box.deleteLater()


def test_that_the_palette_finds_runs_and_greys_out(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        window.canvas.setFocus()
        QTest.keyClick(window, Qt.Key.Key_P, CONTROL_SHIFT)
        palette = window.findChild(CommandPalette)
        assert palette is not None
        assert QApplication.focusWidget() is palette.field
        QTest.keyClicks(palette.field, "undo")
        (undo, *_) = palette.answers.shown
        assert (undo.text, undo.hint, undo.is_enabled) == ("Undo", "Ctrl+Z", False)
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert palette.isVisible()
        palette.field.clear()
        QTest.keyClicks(palette.field, "ovl")
        assert palette.answers.shown[0].text == "Overlay"
        was = window.session.view.has_overlay
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert window.session.view.has_overlay != was
        assert palette.isHidden()
        assert QApplication.focusWidget() is window.canvas

    assert run([str(path)], script) == 0


def test_that_the_palette_chooses_a_roi_with_the_arrow_keys_and_esc_only_closes_it(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        window.session.select(0)
        window.actions_by_id["palette"].trigger()
        palette = window.findChild(CommandPalette)
        assert palette is not None
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
        assert palette.isHidden()
        assert window.session.view.selected == (0,)
        QApplication.processEvents()
        window.actions_by_id["palette"].trigger()
        palette = window.findChild(CommandPalette)
        assert palette is not None
        QTest.keyClicks(palette.field, "roi ")
        texts = [entry.text for entry in palette.answers.shown]
        place = texts.index("ROI 2: road")
        for _ in range(place - palette.list.currentIndex().row()):
            QTest.keyClick(palette.field, Qt.Key.Key_Down)
        for _ in range(palette.list.currentIndex().row() - place):
            QTest.keyClick(palette.field, Qt.Key.Key_Up)
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert window.session.view.selected == (1,)

    assert run([str(path)], script) == 0


def test_that_the_palette_goes_when_the_user_goes_elsewhere(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        window.actions_by_id["palette"].trigger()
        palette = window.findChild(CommandPalette)
        assert palette is not None
        window.canvas.setFocus()
        assert palette.isHidden()
        assert QApplication.focusWidget() is window.canvas

    assert run([str(write_scene(tmp_path))], script) == 0


@pytest.mark.parametrize(
    ("wanted", "best_first"),
    [
        ("open", ["open...", "reopen"]),
        ("sa", ["save", "select all"]),
        ("zi", ["zoom in"]),
        ("roi car", ["roi 7: car", "roi 12: sidecar"]),
    ],
)
def test_that_the_better_answer_comes_first(wanted: str, best_first: list[str]) -> None:
    scores = [fuzzy.score(wanted, text) for text in best_first]
    assert None not in scores
    for before, after in pairwise(scores):
        assert (before or 0) > (after or 0)


def test_that_letters_in_another_order_are_no_answer() -> None:
    assert fuzzy.score("evas", "save") is None
    assert fuzzy.score("save x", "save") is None


def test_that_searching_knows_no_case_and_no_accents() -> None:
    assert fuzzy.plain("Überblick Éclair") == "uberblick eclair"


def test_that_f1_lists_every_key_and_finds_it(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def seen(page: KeyHelp) -> list[str]:
        return [
            row.text(0)
            for group, rows in page._groups
            for row in rows
            if not (row.isHidden() or group.isHidden())
        ]

    def script(window: MainWindow) -> None:
        QTest.keyClick(window, Qt.Key.Key_F1)
        page = window.findChild(KeyHelp)
        assert page is not None
        assert page.isVisible()
        with_keys = [row for row in ACTIONS if row.keys]
        assert len(seen(page)) == len(with_keys) + len(GESTURES)
        QTest.keyClicks(page.field, "ctrl+y")
        assert seen(page) == ["Redo"]
        page.field.setText("no such thing")
        assert seen(page) == []
        assert page.empty.isVisible()
        page.field.clear()
        QTest.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
        text = QApplication.clipboard().text()
        assert "Redo" in text
        assert "Ctrl+Shift+Z, Ctrl+Y" in text
        window.keys.set_keys("redo", ["Ctrl+R"])
        assert "Ctrl+R" in plain_page(window.keys)
        page.field.setText("ctrl+y")
        assert seen(page) == []
        window.actions_by_id["keys"].trigger()
        assert len(window.findChildren(KeyHelp)) == 1
        page.close()

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_every_gesture_stands_under_a_heading() -> None:
    assert {group for group, _, _ in GESTURES} <= set(GROUPS)
