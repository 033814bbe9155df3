"""The preview in the window: in place of a source that is gone, and instead of one that is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import Qt

from chromask_gui.canvas.preview_layer import PreviewLayer
from scenes import CAR, COLS, ROWS, write_scene
from windows import press, shown_rgb

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

LEFT, RIGHT = (250, 10, 10), (10, 10, 250)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def write_previewed(folder: Path, *, is_lost: bool, preview: Any = "small.png") -> Path:
    """Write the scene with a preview of a quarter of its size: red on the left, blue right."""
    path = write_scene(folder)
    pixels = np.empty((ROWS // 4, COLS // 4, 3), np.uint8)
    pixels[:, : COLS // 8], pixels[:, COLS // 8 :] = LEFT, RIGHT
    PilImage.fromarray(pixels).save(folder / "small.png")
    frame = json.loads(path.read_text())
    frame["sources"][0]["preview"] = preview
    path.write_text(json.dumps(frame))
    if is_lost:
        (folder / "scene.png").unlink()
    return path


def status(window: MainWindow) -> str:
    return (
        window.status.size_text.text()
        .replace("\u200e", "")
        .replace("\u2068", "")
        .replace("\u2069", "")
    )


def only_source(window: MainWindow) -> None:
    window.session.set_view(has_overlay=False)
    window.canvas.one_to_one()


def test_that_a_lost_source_is_shown_by_its_preview_and_marked(
    run: Callable[..., int], tmp_path: Path
):
    def script(window: MainWindow) -> None:
        base = window.canvas.layers._base
        assert isinstance(base, PreviewLayer)
        assert window.canvas.layers.size_rc == (ROWS, COLS)
        assert "Preview" in status(window)
        assert f"{COLS}" in status(window)
        action = window.actions_by_id["preview"]
        assert (action.isEnabled(), action.isChecked()) == (False, True)
        assert "is shown instead" in window.problems.list.toPlainText()
        window.session.set_view(opacity=1.0)
        assert shown_rgb(window, 24, 15) == CAR
        only_source(window)
        assert shown_rgb(window, 30, 5) == LEFT
        assert shown_rgb(window, 30, COLS - 6) == RIGHT
        window.status.show_pixel((30, 5))
        assert window.status.image.text() == ""

    assert run([str(write_previewed(tmp_path, is_lost=True))], script) == 0


def test_that_a_key_changes_between_source_and_preview(
    run: Callable[..., int], tmp_path: Path, qtbot: QtBot
):
    def script(window: MainWindow) -> None:
        action = window.actions_by_id["preview"]
        assert (action.isEnabled(), action.isChecked()) == (True, False)
        only_source(window)
        own = shown_rgb(window, 30, 5)
        zoom = window.canvas.box.zoom
        press(window, Qt.Key.Key_P, SHIFT)
        qtbot.waitUntil(lambda: window.session.view.shows_preview)
        assert action.isChecked()
        assert "Preview" in status(window)
        assert (window.canvas.layers.size_rc, window.canvas.box.zoom) == (
            (ROWS, COLS),
            zoom,
        )
        assert shown_rgb(window, 30, 5) == LEFT
        assert shown_rgb(window, 30, COLS - 6) == RIGHT
        press(window, Qt.Key.Key_P, SHIFT)
        assert not action.isChecked()
        assert "Preview" not in status(window)
        assert shown_rgb(window, 30, 5) == own
        press(window, Qt.Key.Key_P, SHIFT)
        assert window.session.view.shows_preview

    assert run([str(write_previewed(tmp_path, is_lost=False))], script) == 0


@pytest.mark.parametrize("preview", ["nowhere.png", "https://example.org/small.png"])
def test_that_a_preview_that_cannot_be_read_leaves_the_source_and_says_why(
    run: Callable[..., int], tmp_path: Path, qtbot: QtBot, preview: str
):
    def script(window: MainWindow) -> None:
        window.actions_by_id["preview"].trigger()
        qtbot.waitUntil(lambda: window.problems.count == 1)
        assert not window.session.view.shows_preview
        assert not window.actions_by_id["preview"].isChecked()
        assert preview in window.problems.list.toPlainText()

    path = write_previewed(tmp_path, is_lost=False, preview=preview)
    assert run([str(path)], script) == 0


def test_that_there_is_nothing_to_choose_without_a_preview(
    run: Callable[..., int], tmp_path: Path
):
    def script(window: MainWindow) -> None:
        assert not window.actions_by_id["preview"].isEnabled()

    assert run([str(write_scene(tmp_path))], script) == 0
