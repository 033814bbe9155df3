"""A chart of sorted bars, one below the other: names, bars and numbers, by mouse and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPen
from PySide6.QtWidgets import QSizePolicy

from chromask_gui.look.texts import in_order, plain_tip
from chromask_gui.look.theme import tokens
from chromask_gui.plots.chart import Chart, pg
from chromask_gui.plots.row import ROW_PX, bar_at, centre, height_rows, top_px
from chromask_gui.shortcuts.filters import WidgetKeyFilter

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from chromask_gui.plots.row import Row

THICK = 0.62
"""How much of its row a bar fills."""

NAMES_SHARE = 0.4
"""How much of the width names may take."""

STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class BarChart(Chart):
    """Rows as bars.

    Signals
    -------
    chosen(Row)
        The user clicked a bar or pressed Enter on it.
    pointed(Row or None)
        The pointer or the keys are on another bar.
    current_changed(QRect)
        The keys went to a bar, which is there in the chart.
    """

    chosen = Signal(object)
    pointed = Signal(object)
    current_changed = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.selected: frozenset[Hashable] = frozenset()
        self.current = -1
        self._hovered = -1
        self.names, self.values = self.axis("left"), self.axis("left")
        # Marks lie under bars, over all of the width.
        self.marks = pg.BarGraphItem(x0=[], y=[], width=[], height=0)
        self.bars = pg.BarGraphItem(x0=[], y=[], width=[], height=0)
        for item in (self.marks, self.bars):
            self.box.addItem(item, ignoreBounds=True)
        self.box.invertY(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        WidgetKeyFilter(self, lambda key: key.key() in (*STEPS, *ENDS, *CHOOSE))
        self._place_parts()
        self.restyle()

    # -- showing

    def set_rows(
        self, rows: Sequence[Row], selected: Collection[Hashable] = ()
    ) -> None:
        """Show other bars; the current one stays on what it was on."""
        old = self.rows[self.current].target if self.current >= 0 else None
        self.rows, self.selected = tuple(rows), frozenset(selected)
        places = {row.target: at for at, row in enumerate(rows)}
        self.current = places.get(old, -1) if old is not None else -1
        self._hovered = -1
        self.viewport().setToolTip("")
        self.setFixedHeight(self.sizeHint().height())
        self.restyle()

    def set_selected(self, selected: Collection[Hashable]) -> None:
        """Mark the bars of what is selected."""
        if frozenset(selected) != self.selected:
            self.selected = frozenset(selected)
            self._draw_marks()

    def sizeHint(self) -> QSize:
        return QSize(200, round(height_rows(self.rows) * ROW_PX))

    def place(self, at: int) -> QRect:
        """Give where a bar is in the chart."""
        return QRect(0, top_px(self.rows, at), self.width(), ROW_PX)

    def _place_parts(self) -> None:
        """Put names where reading begins."""
        while self.grid.count():
            self.grid.removeAt(0)
        is_left = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        parts = (self.names, self.box, self.values)
        for col, item in enumerate(parts if is_left else reversed(parts)):
            self.grid.addItem(item, 0, col)
        self.grid.setColumnStretchFactor(1, 1)
        for axis in (self.names, self.values):
            # The side that texts end at, also of the numbers, which stand behind the bars.
            axis.orientation = "left" if is_left else "right"
        self.box.invertX(not is_left)

    def restyle(self) -> None:
        super().restyle()
        self._place_parts()
        for axis in (self.names, self.values):
            self.dress_axis(axis)
            axis.setPen(pg.mkPen(None))
            axis.setTickPen(pg.mkPen(None))
            axis.setStyle(hideOverlappingLabels=False, autoExpandTextSpace=False)
        self.names.setTextPen(pg.mkPen(tokens().text))
        # What is apart (the background, say) may be far longer: it ends at the edge then.
        own = [row.pixels for row in self.rows if not row.is_apart]
        longest = max(own or [row.pixels for row in self.rows] or [1])
        self.box.setRange(
            xRange=(0, max(longest, 1)), yRange=(0, height_rows(self.rows)), padding=0
        )
        for item in (self.bars, self.marks):
            item.setVisible(bool(self.rows))
        self._draw_texts()
        self._draw_bars()
        self._draw_marks()

    def _draw_texts(self) -> None:
        metrics = QFontMetrics(self.small_font)
        most = max(round(self.width() * NAMES_SHARE), 40)
        at = [centre(self.rows, number) for number in range(len(self.rows))]
        names = [
            metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, most)
            for row in self.rows
        ]
        values = [in_order(row.value) for row in self.rows]
        for axis, texts in ((self.names, names), (self.values, values)):
            axis.setTicks([list(zip(at, texts, strict=True))])
            widths = [metrics.horizontalAdvance(text) for text in texts]
            axis.setWidth(max(widths, default=0) + 12)

    def _draw_bars(self) -> None:
        of = tokens()
        hatch = QBrush(QColor(of.text_muted), Qt.BrushStyle.BDiagPattern)
        self.bars.setOpts(
            x0=[0] * len(self.rows),
            y=[centre(self.rows, at) for at in range(len(self.rows))],
            width=[row.pixels for row in self.rows],
            height=THICK,
            pen=pg.mkPen(of.border_strong),
            brushes=[
                hatch if row.rgb is None else QBrush(QColor(*row.rgb))
                for row in self.rows
            ],
        )

    def _draw_marks(self) -> None:
        if not self.rows:  # pyqtgraph takes no pens for no bars
            return
        of, wide = tokens(), self.box.viewRange()[0][1]
        grounds, edges = [], []
        for at, row in enumerate(self.rows):
            is_chosen = row.target is not None and row.target in self.selected
            ground = of.selection if is_chosen else of.row_hover
            is_seen = is_chosen or at == self._hovered
            grounds.append(QBrush(QColor(ground)) if is_seen else QBrush())
            is_current = at == self.current and self.hasFocus()
            edges.append(pg.mkPen(of.focus) if is_current else QPen(Qt.PenStyle.NoPen))
        self.marks.setOpts(
            x0=[0] * len(self.rows),
            y=[centre(self.rows, at) for at in range(len(self.rows))],
            width=[wide] * len(self.rows),
            height=0.94,
            pens=edges,
            brushes=grounds,
        )

    # -- what the user does

    def _point(self, at: int) -> None:
        if at == self._hovered:
            return
        self._hovered = at
        row = self.rows[at] if at >= 0 else None
        self.viewport().setToolTip(plain_tip(row.text) if row is not None else "")
        can_choose = row is not None and row.target is not None
        shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape if can_choose else Qt.CursorShape.ArrowCursor)
        self._draw_marks()
        self.pointed.emit(row or self._current_row())

    def _current_row(self) -> Row | None:
        is_there = self.hasFocus() and 0 <= self.current < len(self.rows)
        return self.rows[self.current] if is_there else None

    def _go_to(self, at: int) -> None:
        if not self.rows:
            return
        self.current = min(max(at, 0), len(self.rows) - 1)
        self._draw_marks()
        text = self.rows[self.current].text
        self.setAccessibleDescription(text)
        self.pointed.emit(self.rows[self.current])
        self.current_changed.emit(self.place(self.current))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(bar_at(self.rows, event.position().y()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._point(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = bar_at(self.rows, event.position().y())
        if event.button() != Qt.MouseButton.LeftButton or at < 0:
            event.ignore()
            return
        self._go_to(at)
        self.chosen.emit(self.rows[at])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()  # its first click has chosen already

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in STEPS:
            self._go_to(self.current + STEPS[Qt.Key(key)] if self.current >= 0 else 0)
        elif key in ENDS:
            self._go_to(0 if key == Qt.Key.Key_Home else len(self.rows) - 1)
        elif key in CHOOSE and 0 <= self.current < len(self.rows):
            self.chosen.emit(self.rows[self.current])
        else:
            event.ignore()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        if self.current < 0 and self.rows:
            chosen = [
                n for n, row in enumerate(self.rows) if row.target in self.selected
            ]
            self._go_to(chosen[0] if chosen else 0)
        self._draw_marks()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self._draw_marks()
        self.pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "bars"):
            self._draw_texts()

    # -- for whoever looks at it otherwise

    def plotted(self) -> list[tuple[str, int]]:
        """Give the names with the widths of the bars, as they are drawn."""
        widths = self.bars.opts["width"]
        return [
            (row.name, int(width)) for row, width in zip(self.rows, widths, strict=True)
        ]
