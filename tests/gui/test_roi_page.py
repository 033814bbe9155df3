"""How the ROI table draws its rows: each cell once, and no more of them than has to be."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHoverEvent, QPainter, QRegion
from PySide6.QtWidgets import QApplication

from chromask_gui.app.application import make_application
from chromask_gui.look.theme import tokens
from chromask_gui.panels.rois.paint import Place, RowPainter, Strip
from chromask_gui.panels.rois.panel import RoiPanel
from chromask_gui.panels.rois.row import Column
from panel_kit import FakeSession
from roi_scenes import make_document
from scenes import CAR, roi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytestqt.qtbot import QtBot

    Drawn = Counter[tuple[str, Column]]

ROWS = 60


@pytest.fixture
def panel(qtbot: QtBot) -> RoiPanel:
    make_application("dark")
    session = FakeSession()
    found = RoiPanel(session)  # type: ignore[arg-type]
    qtbot.addWidget(found)
    found.resize(560, 500)
    found.show()
    qtbot.waitExposed(found)
    rois = [roi([f"label {number}"], (number, 1, 2)) for number in range(ROWS)]
    session.show(make_document([roi(["car"], CAR), *rois]))
    QApplication.processEvents()
    return found


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch, panel: RoiPanel) -> Drawn:
    """Count the cells that are drawn, by the name of the row and the column."""
    found: Drawn = Counter()
    paint = RowPainter.paint

    def spy(
        self: RowPainter, painter: QPainter, strip: Strip, places: Iterable[Place]
    ) -> None:
        places = list(places)
        found.update((strip.row.name, Column(place.column)) for place in places)
        paint(self, painter, strip, places)

    monkeypatch.setattr(RowPainter, "paint", spy)
    # The first scroll in a new window still draws all of it.
    panel.table.verticalScrollBar().setValue(1)
    QApplication.processEvents()
    panel.table.verticalScrollBar().setValue(0)
    QApplication.processEvents()
    found.clear()
    return found


def hover(panel: RoiPanel, row: int, column: Column) -> None:
    """Bring the pointer over a cell, as Qt tells a viewport of it."""
    viewport = panel.table.viewport()
    place = QPointF(panel.table.visualRect(panel.model.index(row, column)).center())
    move = QEvent.Type.HoverMove
    event = QHoverEvent(move, place, viewport.mapToGlobal(place), QPointF(-1, -1))
    QApplication.sendEvent(viewport, event)


def ground(panel: RoiPanel, row: int, column: Column) -> QColor:
    """Give the colour of a cell's upper left corner, within a line that frames it."""
    rect = panel.table.visualRect(panel.model.index(row, column))
    image = panel.table.viewport().grab().toImage()
    return image.pixelColor(rect.topLeft() + QPoint(2, 2))


def test_that_scrolling_draws_only_the_rows_that_came_into_sight(
    panel: RoiPanel, drawn: Drawn
) -> None:
    bar = panel.table.verticalScrollBar()

    bar.setValue(bar.value() + tokens().row_height)
    QApplication.processEvents()

    assert 1 <= len({name for name, _ in drawn}) <= 2


def test_that_a_page_draws_each_cell_once(panel: RoiPanel, drawn: Drawn) -> None:
    panel.table.viewport().update()
    QApplication.processEvents()

    seen = {name for name, _ in drawn}
    assert len(seen) >= 4
    assert set(drawn.values()) == {1}


def test_that_a_region_in_pieces_draws_nothing_between_them(
    panel: RoiPanel, drawn: Drawn
) -> None:
    cell = panel.table.visualRect
    pieces = [
        QRegion(cell(panel.model.index(row, Column.SWATCH)).adjusted(1, 1, -1, -1))
        for row in (0, 3)
    ]

    panel.table.viewport().update(pieces[0].united(pieces[1]))
    QApplication.processEvents()

    assert drawn == {("car", Column.SWATCH): 1, ("label 2", Column.SWATCH): 1}


def test_that_a_new_colour_draws_no_other_swatch(
    panel: RoiPanel, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells, rows = panel.model.cells, panel.model.rows
    show = cells.display_rgb
    monkeypatch.setattr(
        cells, "display_rgb", lambda row: (1, 2, 3) if row is rows[2] else show(row)
    )
    first = panel.model.index(0, Column.SWATCH)
    last = panel.model.index(len(rows) - 1, Column.SWATCH)

    panel.model.dataChanged.emit(first, last)
    QApplication.processEvents()
    assert drawn == {("label 1", Column.SWATCH): 1}

    panel.model.dataChanged.emit(first, last)
    QApplication.processEvents()
    assert drawn.total() == 1


def test_that_the_cell_under_the_pointer_alone_has_another_ground(
    panel: RoiPanel,
) -> None:
    hover(panel, 2, Column.LABELS)

    assert ground(panel, 2, Column.LABELS) == QColor(tokens().row_hover)
    assert ground(panel, 2, Column.VALUE) == QColor(tokens().surface)
    assert ground(panel, 3, Column.LABELS) == QColor(tokens().surface)


def leave(panel: RoiPanel) -> None:
    nowhere = QPointF(-1, -1)
    event = QHoverEvent(QEvent.Type.HoverLeave, nowhere, nowhere, nowhere)
    QApplication.sendEvent(panel.table.viewport(), event)


@pytest.mark.parametrize(
    "end",
    [leave, lambda panel: panel.filter.setText("label")],
    ids=["left", "other rows"],
)
def test_that_no_cell_keeps_the_ground_of_a_pointer_that_is_gone(
    panel: RoiPanel, end: Callable[[RoiPanel], Any]
) -> None:
    hover(panel, 2, Column.LABELS)

    end(panel)

    grounds = {ground(panel, row, Column.LABELS).name() for row in range(5)}
    assert grounds == {tokens().surface}


def test_that_all_of_a_selected_row_has_the_ground_of_the_selection(
    panel: RoiPanel,
) -> None:
    panel.table.selectRow(1)
    panel.table.clearFocus()

    for column in (Column.EYE, Column.LABELS, Column.PIXELS):
        assert ground(panel, 1, column) == QColor(tokens().selection_inactive)
        assert ground(panel, 2, column) == QColor(tokens().surface)


def test_that_the_ground_follows_the_theme(panel: RoiPanel) -> None:
    dark = ground(panel, 2, Column.LABELS)

    make_application("light")
    QApplication.processEvents()

    assert ground(panel, 2, Column.LABELS) == QColor(tokens().surface) != dark


def test_that_the_current_cell_of_a_table_with_the_keyboard_is_framed(
    panel: RoiPanel, qtbot: QtBot
) -> None:
    panel.activateWindow()
    panel.table.setFocus(Qt.FocusReason.OtherFocusReason)
    panel.table.setCurrentIndex(panel.model.index(1, Column.LABELS))
    qtbot.waitUntil(panel.table.hasFocus)

    rect = panel.table.visualRect(panel.model.index(1, Column.LABELS))
    image = panel.table.viewport().grab().toImage()
    assert image.pixelColor(rect.topLeft()) == QColor(tokens().focus)
    assert image.pixelColor(rect.topLeft() + QPoint(2, 2)) == QColor(tokens().selection)
