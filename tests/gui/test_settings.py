"""The settings: kept in their file, applied at once, a damaged one is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image as PilImage
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from chromask.media import DecodeLimits
from chromask_gui.app.application import make_application
from chromask_gui.dialogs.key_field import KeyField
from chromask_gui.dialogs.settings import SettingsDialog
from chromask_gui.look import language, theme
from chromask_gui.session.settings import Settings
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def _same_look_after(qapp: QApplication) -> Iterator[None]:
    """Give the application back as it was, for the tests after this one."""
    palette, sheet, font = qapp.palette(), qapp.styleSheet(), qapp.font()
    yield
    theme.apply_theme(qapp, "system")
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


def open_dialog(window: MainWindow) -> SettingsDialog:
    QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_that_a_theme_is_applied_at_once_and_kept(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        dialog = open_dialog(window)
        general = dialog.general
        for scheme in ("light", "dark"):
            general.theme.setCurrentIndex(general.theme.findData(scheme))
            general.theme.activated.emit(general.theme.currentIndex())
            assert theme.tokens().name == scheme
            assert window.settings.theme == scheme
        dialog.close()

    assert run([], script) == 0
    assert Settings().theme == "dark"
    make_application(Settings().theme)
    assert theme.tokens().name == "dark"


def test_that_opacity_and_undo_memory_reach_what_is_open(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        dialog = open_dialog(window)
        document = window.session.document
        assert document is not None
        dialog.general.opacity.setValue(31)
        assert window.session.view.opacity == pytest.approx(0.31)
        window.session.set_view(opacity=0.8)
        assert dialog.general.opacity.value() == 80
        dialog.general.undo.setValue(64)
        assert document.undo_bytes == 64_000_000
        dialog.close()

    assert run([str(path)], script) == 0
    assert Settings().undo_megabytes == 64
    assert Settings().opacity == pytest.approx(0.8)

    def next_day(window: MainWindow) -> None:
        document = window.session.document
        assert document is not None
        assert document.undo_bytes == 64_000_000

    assert run([str(path)], next_day) == 0


def test_that_damaged_settings_are_the_defaults() -> None:
    settings = Settings.fresh()
    for name, stored in (
        ("theme", "blue"),
        ("undo_megabytes", "much"),
        ("opacity", "7"),
        ("language", "xx"),
    ):
        settings._stored.setValue(name, stored)
    assert settings.theme == "system"
    assert settings.undo_megabytes == 512
    assert settings.opacity == 0.55
    assert language.chosen_language(settings.language) == "en"
    settings._stored.setValue("undo_megabytes", "1")
    assert settings.undo_megabytes == 512


def test_that_a_language_is_kept_and_announced_for_the_next_start(
    run: Callable[..., int],
) -> None:
    def script(window: MainWindow) -> None:
        dialog = open_dialog(window)
        box = dialog.general.language
        assert not dialog.general.language_note.isVisible()
        box.setCurrentIndex(box.findData("en"))
        box.activated.emit(box.currentIndex())
        assert dialog.general.language_note.isVisible()
        dialog.close()

    assert run([], script) == 0
    assert Settings().language == "en"


def test_that_a_key_is_pressed_taken_and_given_back_on_the_page_of_keys(
    run: Callable[..., int],
) -> None:
    def script(window: MainWindow) -> None:
        dialog = open_dialog(window)
        dialog.tabs.setCurrentWidget(dialog.keys)
        page, keys = dialog.keys, window.keys
        page._choose("undo")
        assert not page.set_button.isEnabled()
        QTest.keyClick(page.field, Qt.Key.Key_F)
        assert page.message.text().startswith("F is the key of Fit already")
        assert page.set_button.text() == "Take it from Fit"
        QTest.mouseClick(page.set_button, Qt.MouseButton.LeftButton)
        assert (keys.keys("undo"), keys.keys("fit")) == (("F",), ())
        assert window.actions_by_id["undo"].shortcut() == QKeySequence("F")
        assert page.message.text() == ""
        QTest.keyClick(page.field, Qt.Key.Key_F12)
        QTest.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
        assert keys.keys("undo") == ("F", "F12")
        QTest.mouseClick(page.reset_button, Qt.MouseButton.LeftButton)
        assert keys.keys("undo") == ("Ctrl+Z",)
        QTest.mouseClick(page.clear_button, Qt.MouseButton.LeftButton)
        assert keys.keys("undo") == ()
        QTest.mouseClick(page.reset_all_button, Qt.MouseButton.LeftButton)
        assert (keys.keys("undo"), keys.keys("fit")) == (("Ctrl+Z",), ("F",))
        dialog.close()

    assert run([], script) == 0


def test_that_the_page_of_keys_finds_actions_and_keys(run: Callable[..., int]) -> None:
    def script(window: MainWindow) -> None:
        dialog = open_dialog(window)
        page = dialog.keys
        for text, found in (("ctrl+y", ["redo"]), ("quit", ["close"]), ("xyzzy", [])):
            page.search.setText(text)
            seen = [name for name, row in page._items.items() if not row.isHidden()]
            assert seen == found
        dialog.close()

    assert run([], script) == 0


@pytest.mark.parametrize(
    ("key", "held", "text", "written"),
    [
        (Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier, "f", "F"),
        (Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier, "F", "Shift+F"),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier, "+", "+"),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "", "Esc"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "", "Del"),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "", "Ctrl+Z"),
    ],
)
def test_that_a_key_is_taken_down_as_shortcuts_are_written(
    qtbot: QtBot,
    key: Qt.Key,
    held: Qt.KeyboardModifier,
    text: str,
    written: str,
) -> None:
    field = KeyField()
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.pressed) as told:
        QTest.sendKeyEvent(QTest.KeyAction.Click, field, key, text, held)
    assert told.args == [written]


def test_that_a_modifier_alone_is_no_key_and_tab_leaves_the_field(qtbot: QtBot) -> None:
    field = KeyField()
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.pressed):
        QTest.keyClick(field, Qt.Key.Key_Control)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.key == ""


def test_that_the_limits_count_for_what_is_opened_from_then_on(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    # The dialog's least limit is above a small scene: 1000 x 1001 pixels are above it.
    PilImage.new("RGB", (1000, 1001)).save(tmp_path / "scene.png")

    def script(window: MainWindow) -> None:
        assert window.session.document.images
        general = open_dialog(window).general
        general.pixels.setValue(general.pixels.minimum())
        general.pixels_per_byte.setValue(5000)
        assert window.settings.limits == DecodeLimits(1_000_000, 5000)
        window.files.frames.reload()
        window.session.jobs.wait(5000)
        text = window.problems.list.toPlainText()
        assert "1000 x 1001 pixels, more than the limit of 1000000 pixels" in text
        general.pixels.setValue(1_001_000)
        window.files.open_paths([path])
        window.session.jobs.wait(5000)
        assert window.session.document.images

    assert run([str(path)], script) == 0


def test_that_limits_that_make_no_sense_are_the_defaults() -> None:
    settings = Settings.fresh()
    assert settings.limits == DecodeLimits()
    for number in (-1, 0, 10**12):
        settings.limits = DecodeLimits(number, number)
        assert settings.limits == DecodeLimits()
