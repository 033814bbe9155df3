"""A mask that is larger than the memory is refused with its size and what to do."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chromask.errors import MediaError
from chromask.media import load_mask, mask
from discs import drag
from scenes import COLS, ROWS, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask_gui.window.main_window import MainWindow

# The package has a function of the same name.
sniff = import_module("chromask.media.sniff")


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "tiff", "gif"])
def test_that_a_mask_larger_than_the_memory_is_refused_by_its_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    write_scene(tmp_path, mask_name=f"mask.{kind}")
    path = tmp_path / f"mask.{kind}"
    need = ROWS * COLS * sniff.BYTES_A_PIXEL
    monkeypatch.setattr(sniff, "memory_bytes", lambda: need)
    assert load_mask(path, uri="mask").plane.rows == ROWS
    monkeypatch.setattr(sniff, "memory_bytes", lambda: need - 1)

    with pytest.raises(MediaError, match=f"{COLS} x {ROWS} pixels.*memory") as caught:
        load_mask(path, uri="mask")

    assert "tiles" in caught.value.problem.hint


def test_that_the_memory_of_this_machine_is_known() -> None:
    memory = sniff.memory_bytes()
    assert memory is None or memory > 1 << 26


def test_that_memory_that_ends_while_it_is_read_is_told_with_the_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise MemoryError

    write_scene(tmp_path)
    monkeypatch.setattr(mask, "read_rows", fail)

    with pytest.raises(MediaError, match=f"{COLS} x {ROWS} pixels.*memory"):
        load_mask(tmp_path / "scene_seg.png", uri="mask")


def test_that_the_window_shows_the_image_and_refuses_the_mask(
    run: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_scene(tmp_path)
    before = (tmp_path / "scene_seg.png").read_bytes()
    monkeypatch.setattr(
        sniff, "memory_bytes", lambda: ROWS * COLS * sniff.BYTES_A_PIXEL
    )
    limit = sniff.check_size

    def of_masks(rows: int, cols: int, *rest: object, uri: str) -> None:
        limit(rows * (1 + ("seg" in uri)), cols, *rest, uri=uri)

    monkeypatch.setattr("chromask.media.png.check_size", of_masks)
    said: list[str] = []

    def script(window: MainWindow) -> None:
        session = window.session
        assert session.document.images
        assert not session.document.planes
        text = window.problems.list.toPlainText()
        assert f"{COLS} x {2 * ROWS} pixels" in text
        assert "tiles" in text
        session.notified.connect(said.append)
        session.select(0)
        window.canvas.setFocus()
        QTest.keyClick(window.canvas, Qt.Key.Key_B)
        drag(window, (5, 5), (5, 20))
        assert "cannot be read" in said[-1]
        assert not session.document.is_edited

    assert run([str(path)], script) == 0
    assert (tmp_path / "scene_seg.png").read_bytes() == before
