"""The tools that look at the image, in the real window: exact colours, one step each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chromask.pixels.image_regions import similar_region
from discs import (
    LEFT,
    SHAPE,
    disc,
    drag,
    move,
    painted,
    point,
    take,
    values,
    write_disc,
)
from scenes import CAR, ROAD, read_pixels

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


def test_that_the_wand_paints_what_looks_alike_and_saves_it(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "wand")
        port = window.canvas.viewport()
        QTest.mousePress(port, LEFT, pos=point(window, 50, 70))
        assert window.canvas.tool.marks.lines
        assert not painted(window).any()
        move(window, point(window, 50, 70) + QPoint(100, 0), LEFT)
        QTest.mouseRelease(port, LEFT, pos=point(window, 50, 70) + QPoint(100, 0))
        image = window.session.document.images["front"].pixels
        tolerance = window.canvas.tool.tolerance
        assert tolerance == 66
        patch = similar_region(image, 50, 70, tolerance, connected=True)
        expected = np.zeros(SHAPE, np.bool_)
        rows, cols = patch.where.shape
        expected[patch.row0 :, patch.col0 :][:rows, :cols] = patch.where
        assert np.array_equal(painted(window), expected)
        assert np.array_equal(expected, disc())
        window.actions_by_id["save"].trigger()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        saved = read_pixels(tmp_path / "scene_seg.png")
        assert (saved[disc()] == CAR).all()
        assert (saved[~disc()] == ROAD).all()
        window.actions_by_id["undo"].trigger()
        assert not painted(window).any()

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_esc_while_the_wand_is_pressed_paints_nothing(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "wand")
        port = window.canvas.viewport()
        QTest.mousePress(port, LEFT, pos=point(window, 50, 70))
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        assert not window.canvas.tool.marks.lines
        QTest.mouseRelease(port, LEFT, pos=point(window, 50, 70))
        assert not window.session.document.is_edited
        QTest.mouseClick(port, LEFT, pos=QPoint(2, 2))
        assert not window.session.document.is_edited

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_the_scissors_cut_along_the_disc(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_X, "scissors")
        port = window.canvas.viewport()
        for row, col in ((50, 50), (30, 70), (50, 90), (80, 70)):
            QTest.mouseClick(port, LEFT, pos=point(window, row, col))
        QTest.keyClick(window.canvas, Qt.Key.Key_Backspace)
        QTest.mouseClick(port, LEFT, pos=point(window, 70, 70))
        assert len(window.canvas.tool.marks.handles) == 4
        assert not painted(window).any()
        window.session.select()
        QTest.keyClick(window.canvas, Qt.Key.Key_Return)
        # Without a ROI the path waits.
        assert len(window.canvas.tool.marks.handles) == 4
        window.session.select(0)
        QTest.keyClick(window.canvas, Qt.Key.Key_Return)
        wrong = np.count_nonzero(painted(window) != disc())
        assert wrong < 0.15 * np.count_nonzero(disc())
        assert not window.canvas.tool.marks.lines
        assert window.session.document.undo_labels == ("Scissors in car",)

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_grabcut_finds_the_object_in_the_box(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_Y, "grabcut")
        drag(window, (22, 40), (50, 70), (80, 105))
        assert window.canvas.tool.is_busy
        qtbot.waitUntil(lambda: not window.canvas.tool.is_busy)
        wrong = np.count_nonzero(painted(window) != disc())
        assert wrong < 0.03 * np.count_nonzero(disc())
        assert window.session.document.undo_labels == ("Cut out car",)

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_a_cancelled_grabcut_paints_nothing(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_Y, "grabcut")
        drag(window, (22, 40), (80, 105))
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        assert not window.canvas.tool.is_busy
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        assert not window.session.document.is_edited

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_a_job_that_is_cancelled_elsewhere_leaves_no_box(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        started: list[Any] = []
        window.session.jobs.started.connect(started.append)
        take(window, Qt.Key.Key_Y, "grabcut")
        drag(window, (22, 40), (80, 105))
        started[-1].cancel()
        qtbot.waitUntil(lambda: not window.canvas.tool.is_busy)
        assert not window.canvas.tool.marks.lines
        assert not window.session.document.is_edited

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_superpixels_are_painted_whole_and_once(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "superpixels", shift=True)
        drag(window, (50, 55), (50, 85))
        where = painted(window)
        assert where[50, 55:86].all()
        assert np.count_nonzero(where & ~disc()) < 0.1 * np.count_nonzero(where)
        assert window.session.document.undo_labels == ("Superpixels in car",)

    assert run([str(write_disc(tmp_path))], script) == 0


@pytest.mark.parametrize("mode", ["subtract", "clip"])
def test_that_a_region_is_taken_away_or_alone_kept(
    run: Callable[..., int], tmp_path: Path, mode: str
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "wand")
        window.session.select(1)
        window.canvas.tool.tolerance = 60
        held = Qt.KeyboardModifier.AltModifier
        if mode == "clip":
            held |= Qt.KeyboardModifier.ShiftModifier
        QTest.mouseClick(window.canvas.viewport(), LEFT, held, point(window, 50, 70))
        kept = (values(window) == ROAD).all(axis=2)
        gone = (values(window) == 0).all(axis=2)
        assert np.array_equal(gone, disc() if mode == "subtract" else ~disc())
        assert np.array_equal(kept, ~gone)

    assert run([str(write_disc(tmp_path))], script) == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Y])
def test_that_a_locked_roi_keeps_its_pixels(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, key: Qt.Key
) -> None:
    def script(window: MainWindow) -> None:
        window.session.set_view(locked_rois=frozenset({1}))
        take(window, key, "wand" if key == Qt.Key.Key_W else "grabcut")
        drag(window, (22, 40), (80, 105))
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        assert not painted(window).any()
        assert not window.session.document.is_edited

    assert run([str(write_disc(tmp_path))], script) == 0


def test_that_a_fast_hand_skips_no_superpixels(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "superpixels", shift=True)
        window.options.widgets["size"].number.setValue(8.0)
        drag(window, (12, 5), (12, 134))
        assert painted(window)[12, 5:135].all()
        assert len(window.session.document.undo_labels) == 1

    assert run([str(write_disc(tmp_path))], script) == 0


@pytest.mark.parametrize("is_shift_held", [False, True])
def test_that_alt_takes_superpixels_away_and_nothing_clips_to_the_last(
    run: Callable[..., int], tmp_path: Path, *, is_shift_held: bool
) -> None:
    held = Qt.KeyboardModifier.AltModifier
    if is_shift_held:
        held |= Qt.KeyboardModifier.ShiftModifier

    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "superpixels", shift=True)
        window.session.select(0 if is_shift_held else 1)
        port = window.canvas.viewport()
        QTest.mouseClick(port, LEFT, held, point(window, 12, 12))
        found = values(window)
        assert (found[12, 12] == (CAR if is_shift_held else (0, 0, 0))).all()
        assert (found[80, 12] == ROAD).all()
        changed = np.count_nonzero((found != ROAD).any(axis=2))
        assert 40 < changed < 2000

    assert run([str(write_disc(tmp_path))], script) == 0


@pytest.mark.parametrize("is_connected", [True, False])
def test_that_the_wand_takes_what_hangs_together_or_everything(
    run: Callable[..., int], tmp_path: Path, *, is_connected: bool
) -> None:
    path = write_disc(tmp_path)
    image = read_pixels(tmp_path / "scene.png")
    image[5:15, 5:15] = (190, 60, 50)
    PilImage.fromarray(image).save(tmp_path / "scene.png")
    expected = disc()
    if not is_connected:
        expected[5:15, 5:15] = True

    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_W, "wand")
        options = replace(window.session.view.options, is_connected=is_connected)
        window.session.set_view(options=options)
        window.canvas.tool.tolerance = 60
        drag(window, (50, 70))
        assert np.array_equal(painted(window), expected)

    assert run([str(path)], script) == 0


def test_that_the_scissors_close_at_their_first_point_and_take_away(
    run: Callable[..., int], tmp_path: Path
) -> None:
    alt = Qt.KeyboardModifier.AltModifier

    def script(window: MainWindow) -> None:
        take(window, Qt.Key.Key_X, "scissors")
        window.session.select(1)
        port = window.canvas.viewport()
        QTest.mouseClick(port, LEFT, alt, point(window, 50, 50))
        move(window, point(window, 30, 70), Qt.MouseButton.NoButton)
        # The way to the pointer is shown before the click.
        assert len(window.canvas.tool.marks.lines) == 1
        for place in ((30, 70), (90, 20)):
            QTest.mouseClick(port, LEFT, pos=point(window, *place))
        QTest.keyClick(window.canvas, Qt.Key.Key_Backspace)
        for place in ((50, 90), (70, 70), (50, 50)):
            QTest.mouseClick(port, LEFT, pos=point(window, *place))
        assert not window.canvas.tool.is_busy
        gone = (values(window) == 0).all(axis=2)
        wrong = np.count_nonzero(gone != disc())
        assert wrong < 0.15 * np.count_nonzero(disc())

    assert run([str(write_disc(tmp_path))], script) == 0
