"""What is seen of the ROI table, drawn row by row.

Qt would ask the model and the delegate for each cell of a page: each answer comes from
Python, and asking took longer than drawing does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect
from PySide6.QtGui import QHoverEvent, QPainter, QRegion

from chromask_gui.panels.rois.paint import Place, RowPainter, Strip
from chromask_gui.panels.rois.row import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chromask.drawing.display import Rgb
    from chromask_gui.panels.rois.row import RoiRow
    from chromask_gui.panels.rois.table import RoiTable


MOST_NOTED = 1000
"""So many rows' swatches are remembered: more than any screen shows."""

_HOVERING = (QEvent.Type.HoverEnter, QEvent.Type.HoverMove)


class RoiPage(QObject):
    """Draws what is seen of a table, and knows the cell that the pointer is over."""

    def __init__(self, table: RoiTable) -> None:
        super().__init__(table)
        self._table = table
        self._painter = RowPainter()
        self._hovered = QPersistentModelIndex()
        self._swatches: dict[int, tuple[RoiRow, Rgb | None]] = {}
        table.viewport().installEventFilter(self)
        # Rows that are scrolled move under a pointer that rests.
        table.entered.connect(self._hover)
        table.viewportEntered.connect(lambda: self._hover(QModelIndex()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer as the view does, which has the cells drawn again."""
        if event.type() in _HOVERING and isinstance(event, QHoverEvent):
            self._hover(self._table.indexAt(event.position().toPoint()))
        elif event.type() == QEvent.Type.HoverLeave:
            self._hover(QModelIndex())
        return False

    def _hover(self, index: QModelIndex) -> None:
        self._hovered = QPersistentModelIndex(index)

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Draw the cells that lie in a region of the viewport."""
        table = self._table
        viewport = table.viewport()
        self._painter.prepare(viewport.font(), viewport.devicePixelRatio())
        places = list(self._places(region.boundingRect()))
        # Of a region in pieces no cell between them is drawn, and none twice.
        is_whole = region.rectCount() == 1
        for at, strip in self._strips(region.boundingRect()):
            seen = [
                place
                for place in places
                if is_whole
                or region.intersects(
                    QRect(place.left, strip.top, place.width, strip.height)
                )
            ]
            if any(place.column == Column.SWATCH for place in seen):
                self._note_swatch(at, strip)
            self._painter.paint(painter, strip, seen)

    def stale_swatches(self, first: int, last: int) -> list[int]:
        """List the rows in sight whose swatch was drawn in another colour than it has now."""
        table, model = self._table, self._table.roi_model
        top, bottom = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        if bottom < 0:
            bottom = model.rowCount() - 1
        stale: list[int] = []
        for at in range(max(first, top), min(last, bottom) + 1):
            row = model.row_at(at)
            if self._swatches.get(at) != (row, model.cells.display_rgb(row)):
                stale.append(at)
        return stale

    def _note_swatch(self, at: int, strip: Strip) -> None:
        strip.rgb = strip.cells.display_rgb(strip.row)
        if len(self._swatches) > MOST_NOTED:
            self._swatches.clear()
        self._swatches[at] = (strip.row, strip.rgb)

    def _places(self, box: QRect) -> Iterator[Place]:
        table = self._table
        for column in Column:
            left, width = (
                table.columnViewportPosition(column),
                table.columnWidth(column),
            )
            if width and left <= box.right() and left + width > box.left():
                yield Place(int(column), left, width)

    def _strips(self, box: QRect) -> Iterator[tuple[int, Strip]]:
        table, model = self._table, self._table.roi_model
        first, last = table.rowAt(box.top()), table.rowAt(box.bottom())
        if first < 0:
            return
        if last < 0:
            last = model.rowCount() - 1
        top, height = table.rowViewportPosition(first), table.rowHeight(first)
        selection = table.selectionModel()
        hovered, current = self._hovered, table.currentIndex()
        has_focus = table.hasFocus()
        is_active = has_focus and table.isActiveWindow()
        for at in range(first, last + 1):
            strip = Strip(
                model.row_at(at),
                model.cells,
                top + (at - first) * height,
                height,
                is_selected=selection.isSelected(model.index(at, Column.LABELS)),
                hovered=hovered.column() if hovered.row() == at else -1,
                focused=current.column() if has_focus and current.row() == at else -1,
                is_active=is_active,
                is_enabled=table.isEnabled(),
            )
            yield at, strip
