"""What is drawn again after a change, and what is spared: the screen itself is looked at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget

from chromask.document import edits
from chromask.drawing.sampling import sample
from chromask.workspace.opening import open_document
from chromask_gui.canvas import mask_layers
from chromask_gui.panels.rois.model import Column
from chromask_gui.session.session import COUNT_AFTER_MS
from chromask_gui.session.view_state import with_look
from chromask_gui.window.status_bar import FOLLOW_MS
from scenes import CAR, roi, scene_mask, write_scene
from windows import mouse, stroke, view_point

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

    Run = Callable[..., int]


class Painted(QObject):
    """Collects which part of each widget is painted, and how large it is each time.

    ``laid_out`` are the widgets whose layout is asked for.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.rects: dict[QWidget, QRect] = {}
        self.sizes = defaultdict[QWidget, list[QSize]](list)
        self.laid_out: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            rect = event.region().boundingRect()  # pyright: ignore[reportAttributeAccessIssue]
            self.rects[watched] = self.rects.get(watched, QRect()).united(rect)
            self.sizes[watched].append(watched.size())
        elif event.type() == QEvent.Type.LayoutRequest:
            self.laid_out.append(watched)
        return False

    def during(self, work: Callable[[], object]) -> dict[QWidget, QRect]:
        """Give what is painted while something is done and right after it."""
        QApplication.processEvents()
        self.rects = {}
        self.sizes.clear()
        self.laid_out.clear()
        QApplication.instance().installEventFilter(self)  # pyright: ignore[reportOptionalMemberAccess]
        work()
        QApplication.processEvents()
        QApplication.instance().removeEventFilter(self)  # pyright: ignore[reportOptionalMemberAccess]
        return self.rects


def on_screen(window: MainWindow) -> QImage:
    return window.screen().grabWindow(window.winId()).toImage()


def rest(qtbot: QtBot) -> None:
    """Wait until everything that follows a change a moment later has followed it."""
    qtbot.wait(3 * COUNT_AFTER_MS)


def repaint_car(window: MainWindow, level: int = 9) -> None:
    session, rgb = window.session, (level, level, level)
    document, census = session.document, session.census
    assert document is not None
    session.edit("Repaint", lambda e: edits.repaint(e, document, census, 0, rgb))


def hide(window: MainWindow, *rois: int) -> None:
    window.session.set_view(hidden_rois=frozenset(rois))


def recolour_after_a_stroke(window: MainWindow) -> None:
    """Then the canvas knows the stroke's part of the mask alone, and the car lies beyond."""
    stroke(window, (45.5, 5.5), (50.5, 5.5))
    QApplication.processEvents()
    repaint_car(window, 70)


CHANGES: dict[str, Callable[[MainWindow], object]] = {
    "stroke": lambda window: stroke(window, (5.5, 5.5), (30.5, 25.5)),
    "undo": lambda window: window.session.undo(),
    "redo": lambda window: window.session.redo(),
    "eraser": lambda window: window.session.set_view(tool="eraser"),
    "erase": lambda window: stroke(window, (17.5, 15.5), (18.5, 16.2)),
    "brush": lambda window: window.session.set_view(tool="brush"),
    "recolour": repaint_car,
    "undo of it": lambda window: window.session.undo(),
    "select": lambda window: window.session.select(1),
    "stroke of another": lambda window: stroke(window, (20.5, 5.5), (50.5, 35.5)),
    "recolour after a stroke": recolour_after_a_stroke,
    "opacity": lambda window: window.session.set_view(opacity=0.2),
    "hide": lambda window: hide(window, 1),
    "hide another": lambda window: hide(window, 0),
    "show": hide,
    "solo": lambda window: window.session.set_view(
        **with_look(window.session.view, is_solo=True)
    ),
    "style": lambda window: window.session.set_view(
        **with_look(window.session.view, style="both", is_solo=False)
    ),
    "recolour with borders": lambda window: repaint_car(window, 210),
    "hide with borders": lambda window: hide(window, 0),
    "show with borders": hide,
    "hatches": lambda window: window.session.set_view(
        **with_look(window.session.view, has_hatch=True)
    ),
    "recolour with hatches": lambda window: repaint_car(window, 30),
    "no hatches": lambda window: window.session.set_view(
        **with_look(window.session.view, has_hatch=False)
    ),
    "stroke with borders": lambda window: stroke(window, (2.5, 35.5), (50.5, 35.5)),
    "no outline": lambda window: window.session.set_view(has_outline=False),
    "stroke with borders alone": lambda window: stroke(window, (9.5, 9.5), (40.5, 9.5)),
    "outline": lambda window: window.session.set_view(has_outline=True),
    "zoom": lambda window: window.canvas.zoom_by(2.3),
    "recolour near": lambda window: repaint_car(window, 160),
    "stroke near": lambda window: stroke(window, (28.5, 18.5), (32.5, 20.5)),
    "label": lambda window: window.rois.model.setData(
        window.rois.model.index(0, Column.LABELS), "another name"
    ),
    "fit": lambda window: window.canvas.fit(),
}


@pytest.mark.parametrize("times", [1, 36], ids=["enlarged", "made small"])
def test_that_the_screen_is_what_a_whole_repaint_would_show(
    run: Run, qtbot: QtBot, tmp_path: Path, times: int
) -> None:
    """All of the changes in a small image, and in one that is smaller on the screen."""

    def script(window: MainWindow) -> None:
        session = window.session
        session.select(0)
        options = replace(session.view.options, size=6.0 * times)
        session.set_view(tool="brush", options=options)
        for name, change in CHANGES.items():
            change(window)
            rest(qtbot)
            seen = on_screen(window)
            window.canvas.layers.build()
            assert seen == window.grab().toImage(), name

    mask = scene_mask().repeat(times, 0).repeat(times, 1)
    assert run([str(write_scene(tmp_path, mask=mask))], script) == 0


def test_that_a_stroke_samples_the_mask_once(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outline takes what the mask below it has sampled."""
    sampled: list[int] = []

    def count(*args: Any) -> Any:
        sampled.append(1)
        return sample(*args)

    monkeypatch.setattr(mask_layers, "sample", count)

    def script(window: MainWindow) -> None:
        session = window.session
        session.select(0)
        session.set_view(tool="brush")
        stroke(window, (5.5, 5.5), (6.5, 5.5))
        rest(qtbot)
        sampled.clear()
        session.undo()
        QApplication.processEvents()
        assert len(sampled) == 1

    assert run([str(write_scene(tmp_path))], script) == 0


@pytest.mark.parametrize("change", ["undo", "redo"])
def test_that_a_stroke_and_its_undo_draw_their_part_of_the_canvas(
    run: Run, qtbot: QtBot, tmp_path: Path, change: str
) -> None:
    def script(window: MainWindow) -> None:
        session, viewport = window.session, window.canvas.viewport()
        session.select(0)
        options = replace(session.view.options, size=2.0)
        session.set_view(tool="brush", options=options)
        stroke(window, (5.5, 5.5), (6.5, 5.5))
        # What was laid out on opening is still drawn as a whole with the first changes.
        for before in ("undo", "redo", "undo", "redo")[: 4 if change == "undo" else 3]:
            getattr(session, before)()
            rest(qtbot)
        painted = Painted(window).during(getattr(session, change))
        whole = viewport.width() * viewport.height()
        rect = painted[viewport]
        assert 0 < rect.width() * rect.height() < whole / 20
        # The picture hides what stands behind it: nothing of that is painted.
        assert window.stage not in painted
        assert window.rois.table.viewport() not in painted
        assert window.masks not in painted

    assert run([str(write_scene(tmp_path))], script) == 0


@pytest.mark.parametrize(
    "change", [repaint_car, lambda window: hide(window, 0)], ids=["recolour", "hide"]
)
def test_that_another_colour_of_a_roi_draws_its_part_of_the_canvas(
    run: Run, qtbot: QtBot, tmp_path: Path, change: Callable[[MainWindow], None]
) -> None:
    """The car lies in columns 10 to 19 and rows 22 to 27 of 60 x 40."""

    def script(window: MainWindow) -> None:
        viewport = window.canvas.viewport()
        rest(qtbot)
        painted = Painted(window).during(lambda: change(window))[viewport]
        rect = QRect(view_point(window, 22, 10), view_point(window, 28, 20))
        assert painted.contains(rect)
        assert rect.adjusted(-5, -5, 5, 5).contains(painted)

    assert run([str(write_scene(tmp_path))], script) == 0


@pytest.mark.parametrize(
    "change",
    [
        partial(repaint_car, level=99),
        lambda window: window.session.set_view(opacity=0.3),
        lambda window: hide(window, 0),
    ],
    ids=["recolour", "opacity", "hide"],
)
def test_that_another_look_lays_nothing_out_anew(
    run: Run, qtbot: QtBot, tmp_path: Path, change: Callable[[MainWindow], None]
) -> None:
    def script(window: MainWindow) -> None:
        repaint_car(window)  # the history and the save state have their first words
        rest(qtbot)
        painted = Painted(window)
        seen = painted.during(lambda: change(window))
        assert window.canvas.viewport() in seen
        assert window.status not in seen
        assert window.unclaimed not in seen
        assert painted.laid_out == []

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_a_move_of_the_brush_draws_the_canvas_alone(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        session, viewport = window.session, window.canvas.viewport()
        session.select(0)
        session.set_view(tool="brush")
        mouse(window, QEvent.Type.MouseButtonPress, 5.5, 5.5)
        mouse(window, QEvent.Type.MouseMove, 6.5, 5.5)
        rest(qtbot)
        painted = Painted(window)
        move = partial(mouse, window, QEvent.Type.MouseMove)
        assert list(painted.during(lambda: move(9.5, 7.5))) == [viewport]
        assert window.status.position.text() == "x 6  y 5"
        # The pointer's place follows, and lays nothing out anew.
        after = painted.during(lambda: (move(10.5, 7.5), qtbot.wait(2 * FOLLOW_MS)))
        assert window.status.position in after
        assert window.status.zoom not in after
        assert window.status.position.text() == "x 10  y 7"

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_a_label_draws_nothing_on_the_canvas(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        model = window.rois.model
        window.session.select(1)
        rest(qtbot)
        cell = model.index(0, Column.LABELS)
        painted = Painted(window).during(lambda: model.setData(cell, "other"))
        assert window.rois.table.viewport() in painted
        assert window.canvas.viewport() not in painted

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_an_edit_of_a_roi_draws_its_row_of_the_table(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        table, model = window.rois.table, window.rois.model
        rest(qtbot)
        cell = model.index(1, Column.LABELS)
        painted = Painted(window).during(lambda: model.setData(cell, "other"))
        assert painted[table.viewport()].height() == table.rowHeight(1)

    assert run([str(write_scene(tmp_path))], script) == 0


@pytest.mark.parametrize("before", ["nothing", "a frame with few ROIs"])
def test_that_an_opened_frame_is_laid_out_before_it_is_painted(
    run: Run, qtbot: QtBot, tmp_path: Path, before: str
) -> None:
    few = open_document(write_scene(tmp_path / "few"))
    many = [roi([f"car {number}"], CAR) for number in range(60)]
    path = write_scene(tmp_path, many)

    def script(window: MainWindow) -> None:
        session, table = window.session, window.rois.table
        document = session.document
        session.show(None if before == "nothing" else few)
        rest(qtbot)
        painted = Painted(window)
        painted.during(lambda: (session.show(document), rest(qtbot)))
        # The canvas takes the place of the welcome, and the rows bring a scroll bar.
        assert table.verticalScrollBar().isVisible()
        for view in (window.canvas, table):
            sizes = painted.sizes[view.viewport()]
            assert set(sizes) == {view.viewport().size()}
        assert len(painted.sizes[window.canvas.viewport()]) == 1

    assert run([str(path)], script) == 0
