"""The tab of plots: pixels per label, components of the selected ROI, values without one.

It follows edits when the hand rests, and counts only while it is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.plots.copying import CopyButton, Message, copy_picture, copy_table
from chromask_gui.plots.kinds import ComponentPlot, LabelPlot, ValuePlot, label_masks
from chromask_gui.widgets.elided_label import ElidedLabel
from chromask_gui.widgets.swatches import same_colors

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from chromask.document.change import Change
    from chromask_gui.plots.bars import BarChart
    from chromask_gui.plots.kinds import Kind, Plot
    from chromask_gui.plots.loading import PlotLoader
    from chromask_gui.plots.row import Row
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Session
    from chromask_gui.session.view_state import ViewState

MESSAGE, CHART = 0, 1
WANTED = QSize(300, 300)
"""The room that a plot has a use for; more bars are scrolled."""


class PlotPanel(QFrame):
    """Plots of the frame's pixels.

    Signals
    -------
    components_chosen(int, object)
        The user chose components: the ROI's index and the first pixel of each.
    """

    components_chosen = Signal(int, object)

    def __init__(
        self, session: Session, loader: PlotLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._loader = session, loader
        self.setProperty("kind", "panel")
        self.setAccessibleName(self.tr("Plots"))
        self.chart: BarChart | None = None
        self._plot: Plot | None = None
        self._result: tuple[Kind, Any] | None = None
        self._job: Job | None = None
        self._is_old = True
        self._kinds: tuple[Kind, ...] = (
            LabelPlot(session),
            ComponentPlot(session),
            ValuePlot(session),
        )
        self._build()
        loader.ready.connect(self._refresh)
        loader.failed.connect(self._refresh)
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._on_session_changed)
        session.counted.connect(self._refresh)
        session.view_changed.connect(self._on_session_view_changed)

    def _build(self) -> None:
        self.kind_box = QComboBox()
        self.kind_box.setAccessibleName(self.tr("What is plotted"))
        for kind in self._kinds:
            self.kind_box.addItem(kind.title)
        self.kind_box.activated.connect(self._refresh)
        self.note = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.note.setProperty("kind", "small")
        self.copy_button = CopyButton()
        self.copy_button.picture_wanted.connect(self._copy_picture)
        self.copy_button.table_wanted.connect(self._copy_table)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kind_box)
        head.addWidget(self.note, 1)
        head.addWidget(self.copy_button)
        self.message = Message()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.area.setHorizontalScrollBarPolicy(bar)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.message)
        self.pages.addWidget(self.area)
        self.says = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.says.setProperty("kind", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addWidget(self.says)

    @property
    def kind(self) -> Kind:
        """What is plotted."""
        return self._kinds[self.kind_box.currentIndex()]

    def choose_kind(self, number: int) -> None:
        """Plot something else: the number of its entry."""
        self.kind_box.setCurrentIndex(number)
        self._refresh()

    def masks(self) -> list[str]:
        """List the keys of the masks that are counted."""
        return label_masks(self._session)

    @property
    def is_ready(self) -> bool:
        """Whether plots can be drawn."""
        return self._loader.is_ready

    @property
    def is_busy(self) -> bool:
        """Whether something is counted."""
        return self._job is not None

    # -- following

    def _on_session_document_opened(self) -> None:
        self._result = None
        self._refresh()

    def _on_session_changed(self, change: Change) -> None:
        # Pixels alone are waited for: `counted` comes when the hand rests.
        if change.phase != "preview" and not change.is_pixels:
            self._refresh()

    def _on_session_view_changed(self, before: ViewState) -> None:
        view = self._session.view
        seen = (before.source, before.look.modes, before.hidden_masks)
        is_other = seen != (view.source, view.look.modes, view.hidden_masks)
        is_roi = isinstance(self.kind, ComponentPlot)
        if is_other or (is_roi and before.selected[:1] != view.selected[:1]):
            self._refresh()
        elif not same_colors(before, view):
            self._show_result()
        elif self.chart is not None:
            self.chart.set_selected(self.kind.selected())

    def _refresh(self) -> None:
        """Count again, now or once the tab is seen."""
        self._is_old = True
        if not self.isVisible():
            return
        self._is_old = False
        if self._job is not None:
            self._job.cancel()
            self._job = None
        why = self.kind.why_empty()
        if not why and not self._loader.is_ready:
            self._loader.want()
            why = self._loader.problem or self.tr("Loading the plots...")
        if why:
            self._say(why)
            return
        kind, work = self.kind, self.kind.work()

        def done(result: object) -> None:
            self._job = None
            self._result = (kind, result)
            self._show_result()

        def failed(error: BaseException) -> None:
            self._job = None
            self._session.report(error)

        self._job = self._session.jobs.prepare(lambda _job: work(), done, failed)

    def _say(self, why: str) -> None:
        self._result = self._plot = None
        self.message.setText(why)
        self.pages.setCurrentIndex(MESSAGE)
        self.note.clear()
        self.says.clear()
        self.copy_button.setEnabled(False)

    def _show_result(self) -> None:
        if self._result is None or not self._loader.is_ready:
            return
        kind, result = self._result
        self._plot = plot = kind.plot(result)
        self.note.setText(plot.note)
        self.copy_button.setEnabled(True)
        if not plot.rows:
            self._say(plot.note or self.tr("There is nothing to count."))
            return
        chart = self._chart()
        chart.set_rows(plot.rows, kind.selected())
        words = "; ".join(row.text for row in plot.rows)
        name = self.tr("{}: {}").format(kind.title, words)
        chart.setAccessibleName(name)
        self.pages.setCurrentIndex(CHART)

    def _chart(self) -> BarChart:
        if self.chart is None:
            from chromask_gui.plots.bars import BarChart

            self.chart = chart = BarChart()
            chart.chosen.connect(self._on_chart_chosen)
            chart.pointed.connect(self._on_chart_pointed)
            chart.current_changed.connect(self._on_chart_current_changed)
            self.copy_button.add_to(chart)
            self.area.setWidget(chart)
            self.setTabOrder(self.copy_button, chart)
            self.area.setAlignment(Qt.AlignmentFlag.AlignTop)
        return self.chart

    # -- what the user does

    def _on_chart_chosen(self, row: Row) -> None:
        if row.target is None:
            return
        chosen = self.kind.choose(row.target)
        if chosen is not None:
            self.components_chosen.emit(chosen.roi, chosen.places)

    def _on_chart_pointed(self, row: Row | None) -> None:
        self.says.setText(row.text if row is not None else "")

    def _on_chart_current_changed(self, place: QRect) -> None:
        centre = place.center()
        self.area.ensureVisible(centre.x(), centre.y(), 0, place.height())

    def _copy_picture(self) -> None:
        if self.chart is not None and self._plot is not None:
            copy_picture(self.chart)
            self._session.notified.emit(self.tr("Copied the plot as a picture"))

    def _copy_table(self) -> None:
        if self._plot is not None:
            copy_table(self._plot.header, self._plot.cells())
            self._session.notified.emit(self.tr("Copied the plot as CSV"))

    # -- events

    def sizeHint(self) -> QSize:
        # Whatever is plotted: another frame must not move the parts of the side bar.
        return WANTED

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_old:
            self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._show_result()
