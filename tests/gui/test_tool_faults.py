"""Whatever ends a gesture early, and whatever goes wrong: nothing half-done stays, of any tool."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chromask_gui.tools import TOOLS
from discs import LEFT, SHAPE, disc, move, point, write_disc
from scenes import CAR, ROAD, read_pixels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask.document.document import Document
    from chromask_gui.window.main_window import MainWindow

NOT_PAINTING = {"select", "picker", "keypoints"}
PAINTING = [tool for tool in TOOLS if tool not in NOT_PAINTING]

WAYS: dict[str, list[tuple[float, float]]] = {
    # The pixels (row, col) that the pointer goes through until the gesture would paint.
    "brush": [(50, 60), (50, 80)],
    "eraser": [(20, 60), (20, 80)],
    "fill": [(50, 70)],
    "polygon": [(20, 20), (20, 60), (60, 60)],
    "box": [(20, 20), (60, 60)],
    "ellipse": [(20, 20), (60, 60)],
    "lasso": [(20, 20), (20, 60), (60, 60), (60, 20)],
    "parts": [(50, 70), (20, 30)],
    "wand": [(50, 70), (50, 85)],
    "scissors": [(50, 50), (30, 70), (50, 90)],
    "grabcut": [(22, 40), (80, 105)],
    "superpixels": [(50, 55), (50, 85)],
}
CLICKS = {"polygon", "scissors"}
WAITS = {"polygon", "box", "ellipse", "lasso", "scissors"}
"""They paint with Enter."""


def scene(window: MainWindow) -> np.ndarray[Any, Any]:
    plane = window.session.document.planes["front/seg"]
    counts = np.bincount(plane.indices.ravel(), minlength=len(plane.table))
    assert np.array_equal(counts, plane.pixels)
    return plane.table[plane.indices]


def first() -> np.ndarray[Any, Any]:
    mask = np.empty((*SHAPE, 3), np.uint8)
    mask[:] = ROAD
    mask[disc()] = CAR
    return mask


def prepare(folder: Path) -> Path:
    """Write the disc, with a mask that has it, too: parts can be moved."""
    return write_disc(folder, first())


def take(window: MainWindow, tool: str) -> None:
    window.session.set_view(tool=tool)
    # What each paints differs from what is there.
    paints_road = tool in (
        "fill",
        "wand",
        "scissors",
        "grabcut",
        "superpixels",
        "brush",
    )
    window.session.select(1 if paints_road else 0)
    window.canvas.setFocus()


def begin(window: MainWindow, tool: str, *, shift: QPoint | None = None) -> QPoint:
    """Make a gesture but for its end; gives where the pointer is."""
    port = window.canvas.viewport()
    if tool == "parts":
        QTest.mouseClick(port, LEFT, pos=point(window, 50, 70))
    places = [point(window, *place) + (shift or QPoint()) for place in WAYS[tool]]
    if tool in CLICKS:
        for place in places:
            QTest.mouseClick(port, LEFT, pos=place)
        return places[-1]
    QTest.mousePress(port, LEFT, pos=places[0])
    for place in places[1:]:
        move(window, place, LEFT)
    return places[-1]


def end(window: MainWindow, tool: str, at: QPoint) -> None:
    if tool not in CLICKS:
        QTest.mouseRelease(window.canvas.viewport(), LEFT, pos=at)
    if tool in WAITS:
        QTest.keyClick(window.canvas, Qt.Key.Key_Return)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
    assert not window.session.has_gesture


def test_that_every_tool_is_looked_at_here() -> None:
    assert set(PAINTING) == set(WAYS)


@pytest.mark.parametrize("tool", PAINTING)
def test_that_each_tool_paints_by_hand_and_takes_back_what_it_painted(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, tool: str
) -> None:
    """The gestures here do paint: the other tests would prove nothing otherwise."""

    def script(window: MainWindow) -> None:
        take(window, tool)
        end(window, tool, begin(window, tool))
        settle(qtbot, window)
        after = scene(window)
        assert (after != first()).any()
        assert len(window.session.document.undo_labels) == 1
        window.actions_by_id["undo"].trigger()
        assert np.array_equal(scene(window), first())
        window.actions_by_id["redo"].trigger()
        assert np.array_equal(scene(window), after)
        window.actions_by_id["save"].trigger()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        assert np.array_equal(read_pixels(tmp_path / "scene_seg.png"), after)

    assert run([str(prepare(tmp_path))], script) == 0


def stop(qtbot: QtBot, window: MainWindow, way: str, other: Path) -> None:
    """End a gesture early."""
    if way == "esc":
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    elif way == "tool":
        QTest.keyClick(window.canvas, Qt.Key.Key_V)
    elif way == "close":
        window.session.show(None)
    else:
        before = window.session.document
        window.session.open(other)
        qtbot.waitUntil(lambda: window.session.document is not before)


def assert_untouched(*documents: Document | None) -> None:
    for document in documents:
        if document is not None:
            plane = document.planes["front/seg"]
            assert np.array_equal(plane.table[plane.indices], first())
            assert document.undo_labels == ()
            assert not document.is_edited
            assert len(document.frame.annotations) == 2


@pytest.mark.parametrize("tool", [tool for tool in PAINTING if tool != "fill"])
def test_that_a_gesture_that_is_stopped_leaves_nothing(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, tool: str
) -> None:
    """A fill is done with its press: there is nothing to stop."""
    other = prepare(tmp_path / "other")

    def script(window: MainWindow) -> None:
        for way in ("esc", "tool", "frame", "close"):
            take(window, tool)
            at = begin(window, tool)
            document = window.session.document
            stop(qtbot, window, way, other)
            # The hand goes on and lets go, as hands do.
            move(window, at + QPoint(9, 9), LEFT)
            QTest.mouseRelease(window.canvas.viewport(), LEFT, pos=at)
            settle(qtbot, window)
            QTest.keyClick(window.canvas, Qt.Key.Key_Return)
            settle(qtbot, window)
            assert not window.canvas.tools[tool].is_busy, way
            assert_untouched(document, window.session.document)
        window.session.open(other)
        qtbot.waitUntil(lambda: window.session.document is not None)
        take(window, tool)
        end(window, tool, begin(window, tool))
        settle(qtbot, window)
        assert len(window.session.document.undo_labels) == 1

    assert run([str(prepare(tmp_path))], script) == 0


@pytest.mark.parametrize("tool", PAINTING)
def test_that_a_gesture_may_begin_and_end_outside_the_image(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, tool: str
) -> None:
    def script(window: MainWindow) -> None:
        port = window.canvas.viewport()
        window.canvas.box.zoom_by(0.3)
        take(window, tool)
        size = port.size()
        corners = [QPoint(3, 3), QPoint(size.width() - 4, size.height() - 4)]
        ways = (
            (point(window, 50, 70), corners[1]),
            (corners[0], point(window, 50, 70)),
            (corners[0], corners[1]),
            (corners[0], corners[0] + QPoint(0, 60)),
        )
        for steps, (start, last) in enumerate(ways, 1):
            if tool in CLICKS:
                for place in (start, last, QPoint(start.x(), last.y())):
                    QTest.mouseClick(port, LEFT, pos=place)
            else:
                QTest.mousePress(port, LEFT, pos=start)
                move(window, (start + last) / 2, LEFT)
                move(window, last, LEFT)
            end(window, tool, last)
            settle(qtbot, window)
            # The counts hold, and no gesture is more than one step.
            scene(window)
            assert len(window.session.document.undo_labels) <= steps
            QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        while window.session.document.undo_label is not None:
            window.session.undo()
        assert np.array_equal(scene(window), first())

    assert run([str(prepare(tmp_path))], script) == 0


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """Let every new file be refused."""
    real = os.open

    def refuse(name: Any, *args: Any, **options: Any) -> int:
        if ".chromask-" in str(name):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(name, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", refuse)
        yield


@contextmanager
def read_only_file(path: Path) -> Iterator[None]:
    path.chmod(0o444)
    yield
    path.chmod(0o644)


@contextmanager
def read_only_folder(path: Path) -> Iterator[None]:
    path.parent.chmod(0o555)
    yield
    path.parent.chmod(0o755)


FAULTS = {
    "disk full": full_disk,
    "read-only file": read_only_file,
    "read-only folder": read_only_folder,
}


@pytest.mark.skipif(os.name == "nt", reason="folders have no such mode there")
@pytest.mark.parametrize("fault", FAULTS)
def test_that_a_mask_that_cannot_be_written_keeps_what_every_tool_painted(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path, fault: str
) -> None:
    path = prepare(tmp_path)
    mask = tmp_path / "scene_seg.png"
    before, frame = mask.read_bytes(), path.read_bytes()
    files = sorted(each.name for each in tmp_path.iterdir())

    def script(window: MainWindow) -> None:
        session, document = window.session, window.session.document
        for tool in PAINTING:
            take(window, tool)
            end(window, tool, begin(window, tool))
            settle(qtbot, window)
            assert len(document.undo_labels) == 1
            painted = scene(window)
            with FAULTS[fault](mask), qtbot.waitSignal(session.failed) as told:
                window.files.save()
            problem = told.args[0]
            assert "scene_seg.png" in str(problem)
            assert problem.hint
            assert session.save_state == "edited"
            assert np.array_equal(scene(window), painted)
            assert len(document.undo_labels) == 1
            assert mask.read_bytes() == before
            assert path.read_bytes() == frame
            assert sorted(each.name for each in tmp_path.iterdir()) == files
            # What one tool painted would hinder the next one.
            session.undo()
            assert np.array_equal(scene(window), first())
            assert session.save_state == "saved"
        session.redo()
        after = scene(window)
        window.files.save()
        qtbot.waitUntil(lambda: session.save_state == "saved")
        assert np.array_equal(read_pixels(mask), after)

    assert run([str(path)], script) == 0
