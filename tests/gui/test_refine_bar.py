"""Refining in the real window: the preview, one step, and nothing left when it is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask.pixels.refine import OPERATIONS, never, roi_target, whole_target
from scenes import CAR, ROAD, SKY, STRAY, read_pixels, roi, scene_mask, write_scene
from windows import mixed, shown_rgb

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.session.session import Session
    from chromask_gui.window.main_window import MainWindow

KEY = "front/seg"
ROIS = [roi(["car"], CAR), roi(["road"], ROAD), roi(["sky"], SKY)]


def values(session: Session) -> np.ndarray[Any, Any]:
    assert session.document is not None
    plane = session.document.planes[KEY]
    return plane.table[plane.indices]


def choose(window: MainWindow, operation: str, amount: int | None = None) -> None:
    """Choose an operation with the keyboard, and type an amount."""
    bar = window.refine
    bar.operation.setFocus()
    QTest.keyClick(bar.operation, Qt.Key.Key_Home)
    for _ in range(list(OPERATIONS).index(operation)):
        QTest.keyClick(bar.operation, Qt.Key.Key_Down)
    bar.operation.activated.emit(bar.operation.currentIndex())
    assert bar.operation.currentData() == operation
    if amount is not None:
        bar.amount.setFocus()
        bar.amount.selectAll()
        QTest.keyClicks(bar.amount, str(amount))
        QTest.keyClick(bar.amount, Qt.Key.Key_Tab)


def wait(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.refine.preview.state in ("shown", "stopped"))


def open_bar(window: MainWindow) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert window.refine.isVisible()


def test_that_grow_is_previewed_applied_saved_and_undone(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, ROIS)
    expected = scene_mask()
    expected[20:30, 8:22] = CAR  # by a square of 2 px; the corners stay, see below
    for row, col in ((20, 8), (20, 9), (21, 8)):
        for r in (row, 49 - row):
            for c in (col, 29 - col):
                expected[r, c] = ROAD

    def script(window: MainWindow) -> None:
        session = window.session
        session.select(0)
        open_bar(window)
        choose(window, "grow", 2)
        wait(qtbot, window)
        assert "68" in window.refine.result.text()
        assert np.array_equal(values(session), expected)
        opacity = session.view.opacity
        assert np.allclose(
            shown_rgb(window, 21.5, 15.5), mixed(CAR, 21, 15, opacity), atol=2
        )
        assert session.document.undo_label is None
        QTest.mouseClick(window.refine.apply_button, Qt.MouseButton.LeftButton)
        assert not window.refine.isVisible()
        assert session.document.undo_labels == ("Grow in car",)
        window.actions_by_id["save"].trigger()
        qtbot.waitUntil(lambda: session.save_state == "saved")
        assert np.array_equal(read_pixels(tmp_path / "scene_seg.png"), expected)
        window.actions_by_id["undo"].trigger()
        assert np.array_equal(values(session), scene_mask())

    assert run([str(path)], script) == 0


def test_that_esc_leaves_everything_as_it_was(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, ROIS)

    def script(window: MainWindow) -> None:
        session = window.session
        open_bar(window)
        choose(window, "islands", 100)
        wait(qtbot, window)
        assert not np.array_equal(values(session), scene_mask())
        QTest.keyClick(window.refine.operation, Qt.Key.Key_Escape)
        assert not window.refine.isVisible()
        assert np.array_equal(values(session), scene_mask())
        assert not session.document.is_edited

    assert run([str(path)], script) == 0


def test_that_every_operation_does_in_the_window_what_the_library_does(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    rng = np.random.default_rng(5)
    mask = scene_mask()
    noise = rng.random(mask.shape[:2]) < 0.08
    colors = np.array([CAR, ROAD, SKY, STRAY], np.uint8)
    mask[noise] = colors[rng.integers(0, 4, int(noise.sum()))]
    path = write_scene(tmp_path, ROIS, mask=mask)

    def script(window: MainWindow) -> None:
        session = window.session
        session.select(1)
        open_bar(window)
        for place, index in enumerate((1, None)):
            window.refine.target.setCurrentIndex(place)
            for name, operation in OPERATIONS.items():
                window.refine.preview.stop()
                plane = session.document.planes[KEY]
                owners = session.census.owners[KEY]
                target = whole_target(owners)
                if index is not None:
                    entries = session.census.rois[index].indices[KEY]
                    target = roi_target(owners, entries)
                amount = window.refine._amounts[name]
                expected = plane.indices.copy()
                for piece in operation.run(plane, target, amount, never):
                    rows, cols = piece.where.shape
                    part = expected[piece.row0 :, piece.col0 :][:rows, :cols]
                    part[piece.where] = piece.indices[piece.where]
                choose(window, name)
                wait(qtbot, window)
                changed = expected != plane.indices
                found = session.document.planes[KEY].indices
                assert np.array_equal(found, expected), name
                assert window.refine.preview.pixels == int(changed.sum()), name
        window.refine.hide()
        assert np.array_equal(values(session), mask)

    assert run([str(path)], script) == 0


def test_that_another_edit_takes_the_place_of_the_preview(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, ROIS)

    def script(window: MainWindow) -> None:
        session = window.session
        session.select(0)
        open_bar(window)
        choose(window, "grow", 1)
        wait(qtbot, window)
        session.edit(
            "Rename", lambda edit: edit.frame.update_annotation(0, labels=["bus"])
        )
        assert session.document.undo_labels == ("Rename",)
        assert np.array_equal(values(session), scene_mask())
        wait(qtbot, window)
        qtbot.waitUntil(lambda: window.refine.preview.state == "shown")
        assert window.refine.preview.pixels == 32
        QTest.keyClick(window.refine.operation, Qt.Key.Key_Return)
        assert session.document.undo_labels == ("Rename", "Grow in bus")

    assert run([str(path)], script) == 0


def test_that_a_cancelled_job_is_said_and_may_be_started_anew(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, ROIS)

    def script(window: MainWindow) -> None:
        window.session.jobs.started.connect(lambda job: job.cancel())
        window.session.select(0)
        open_bar(window)
        qtbot.waitUntil(lambda: window.refine.preview.state == "stopped")
        assert not window.refine.apply_button.isEnabled()
        assert "stopped" in window.refine.result.text()
        window.session.jobs.started.disconnect()
        choose(window, "grow", 1)
        qtbot.waitUntil(lambda: window.refine.preview.pixels == 32)

    assert run([str(path)], script) == 0


def test_that_a_preview_never_ends_a_stroke(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, ROIS)

    def script(window: MainWindow) -> None:
        session = window.session
        session.select(0)
        open_bar(window)
        stroke = session.begin("Stroke")
        stroke.show(stroke.edit.paint(KEY, 0, 0, np.ones((2, 2), np.bool_), 0))
        window.refine.amount.stepUp()
        wait(qtbot, window)
        assert stroke.is_open
        assert window.refine.preview.state == "stopped"
        stroke.commit()
        qtbot.waitUntil(lambda: window.refine.preview.state == "shown")

    assert run([str(path)], script) == 0


def test_that_a_locked_roi_is_left_alone(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, ROIS)

    def script(window: MainWindow) -> None:
        window.session.select(0)
        window.session.set_view(locked_rois=frozenset({1}))
        open_bar(window)
        choose(window, "grow", 1)
        wait(qtbot, window)
        assert window.refine.preview.pixels == 0
        assert not window.refine.apply_button.isEnabled()
        window.session.set_view(locked_rois=frozenset())
        qtbot.waitUntil(lambda: window.refine.preview.pixels == 32)
        QApplication.processEvents()

    assert run([str(path)], script) == 0
