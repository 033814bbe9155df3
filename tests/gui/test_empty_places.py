"""What stands where nothing is: the words of empty places, in both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from chromask_gui.look.theme import DARK, LIGHT, apply_theme
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask_gui.look.theme import Tokens
    from chromask_gui.window.main_window import MainWindow


def rgb(hexadecimal: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(hexadecimal.removeprefix("#")))


@pytest.mark.parametrize(("before", "after"), [(LIGHT, DARK), (DARK, LIGHT)])
def test_that_a_missing_source_says_so_in_the_theme_that_is_worn(
    run: Callable[..., int], tmp_path: Path, before: Tokens, after: Tokens
) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene.png").unlink()
    (tmp_path / "scene_seg.png").unlink()

    def script(window: MainWindow) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, before.name)
        window.session.document_opened.emit()
        apply_theme(app, after.name)
        QApplication.processEvents()
        image = window.canvas.viewport().grab().toImage()
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint8)
        pixels = pixels.reshape(image.height(), -1, 4)[..., 2::-1]
        assert (pixels == rgb(after.text_muted)).all(axis=2).any()
        assert not (pixels == rgb(before.text_muted)).all(axis=2).any()

    assert run([str(path)], script) == 0


@pytest.mark.parametrize(
    ("is_missing", "words"), [(False, "then Make a ROI"), (True, "the first stroke")]
)
def test_that_a_frame_without_rois_says_what_to_do(
    run: Callable[..., int], tmp_path: Path, words: str, *, is_missing: bool
) -> None:
    path = write_scene(tmp_path, rois=[])
    if is_missing:
        (tmp_path / "scene_seg.png").unlink()

    def script(window: MainWindow) -> None:
        assert words in window.rois.table.empty_text[1]

    assert run([str(path)], script) == 0
