"""The histogram of the shown source over the sliders of its brightness.

Counted beside the window, first in a sample and then in full, and only while it is seen.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chromask.drawing.histogram import (
    Histogram,
    count_levels,
    fitted_window,
    sample_step,
)
from chromask.drawing.tone import auto_window
from chromask_gui.look.texts import percent_text
from chromask_gui.plots.copying import CopyButton, Message, copy_picture, copy_table
from chromask_gui.session.view_state import with_look
from chromask_gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from chromask.media.image import Image
    from chromask_gui.plots.histogram_chart import Channel, HistogramChart
    from chromask_gui.plots.loading import PlotLoader
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Session

CHART_PX = 110
"""The height of the chart."""

MESSAGE, CHART = 0, 1
CHANNELS: tuple[Channel, ...] = ("luminance", "rgb", "red", "green", "blue")


class TonePlot(QWidget):
    """The histogram, its controls and what is under the pointer."""

    def __init__(
        self, session: Session, loader: PlotLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._loader = session, loader
        self.chart: HistogramChart | None = None
        self._image: Image | None = None
        self._window: tuple[int, int] = (0, 255)
        self._histogram: Histogram | None = None
        self._jobs: list[Job] = []
        self._build()
        loader.ready.connect(self._refresh)
        loader.failed.connect(self._refresh)
        session.document_opened.connect(self._refresh)
        session.view_changed.connect(self._refresh)

    def _build(self) -> None:
        self.channel_box = QComboBox()
        self.channel_box.setAccessibleName(self.tr("Channel"))
        for text in (
            self.tr("Luminance"),
            self.tr("Red, green, blue"),
            self.tr("Red"),
            self.tr("Green"),
            self.tr("Blue"),
        ):
            self.channel_box.addItem(text)
        self.channel_box.activated.connect(self._show)
        self.log_box = QCheckBox(self.tr("Logarithmic"))
        self.log_box.toggled.connect(self._show)
        self.fit_button = QPushButton(self.tr("Fit to data"))
        self.fit_button.setToolTip(
            self.tr("Set black and white to what the image uses (double-click)")
        )
        self.fit_button.clicked.connect(self.fit)
        self.copy_button = CopyButton()
        self.copy_button.picture_wanted.connect(self._copy_picture)
        self.copy_button.table_wanted.connect(self._copy_table)
        self.says = ElidedLabel()
        self.says.setProperty("kind", "small")
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.channel_box, self.log_box, self.fit_button):
            row.addWidget(widget)
        row.addWidget(self.says, 1)
        row.addWidget(self.copy_button)
        self.message = Message()
        self.pages = QStackedWidget()
        self.pages.setFixedHeight(CHART_PX)
        self.pages.addWidget(self.message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.pages)

    @property
    def histogram(self) -> Histogram | None:
        """What is shown; None until it is counted."""
        return self._histogram

    @property
    def is_busy(self) -> bool:
        """Whether something is counted."""
        return self._image is not None and (
            self._histogram is None or not self._histogram.is_exact
        )

    def choose_channel(self, number: int) -> None:
        """Plot another channel: the number of its entry."""
        self.channel_box.setCurrentIndex(number)
        self._show()

    # -- following

    def _shown_image(self) -> Image | None:
        document = self._session.document
        source = self._session.view.source or ""
        return document.images.get(source) if document is not None else None

    def _why_empty(self) -> str:
        if self._session.document is None:
            return self.tr("No frame is open.")
        if self._shown_image() is None:
            return self.tr("The source image could not be read, or there is none.")
        if not self._loader.is_ready:
            self._loader.want()
            return self._loader.problem or self.tr("Loading the plots...")
        return ""

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        image, why = self._shown_image(), self._why_empty()
        if why or image is None:
            self._stop()
            self.message.setText(why)
            self.pages.setCurrentIndex(MESSAGE)
            self._image = self._histogram = None
            self._enable()
        elif image is not self._image:
            self._count(image)
        else:
            self._show_window()

    def _count(self, image: Image) -> None:
        """Count an image beside the window: a sample of a large one first."""
        self._stop()
        self._image, self._histogram = image, None
        self._window = auto_window(image.pixels)
        if self.chart is None:
            self.message.setText(self.tr("Counting..."))
        step = sample_step(image.pixels)
        for each in [step, 1] if step > 1 else [1]:
            self._jobs.append(
                self._session.jobs.prepare(
                    partial(_count_image, image, each), self._done, self._session.report
                )
            )
        self._enable()

    def _stop(self) -> None:
        for job in self._jobs:
            job.cancel()
        self._jobs = []

    def _done(self, histogram: Histogram) -> None:
        self._histogram = histogram
        self._show()

    def _show(self) -> None:
        found = self._histogram
        if found is None or not self._loader.is_ready:
            return
        chart = self._chart()
        channel = CHANNELS[self.channel_box.currentIndex()]
        chart.set_histogram(found, channel, is_log=self.log_box.isChecked())
        self._show_window()
        self.pages.setCurrentIndex(CHART)
        low, high = found.span()
        words = self.tr("Histogram: levels {} to {} are used").format(low, high)
        if not found.is_exact:
            share = percent_text(found.counted, found.pixels)
            words = self.tr("{}, from a sample of {}").format(words, share)
        chart.setAccessibleName(words)
        self.says.setText("" if found.is_exact else words)
        self._enable()

    def _show_window(self) -> None:
        if self.chart is not None and self._histogram is not None:
            low, high = self._session.view.look.tone.window or self._window
            most = self._histogram.maximum
            if high > most:  # it was chosen for a deeper image
                low, high = self._window
            self.chart.set_window(low, high)
            self.chart.setAccessibleDescription(
                self.tr("Black {}, white {}").format(low, high)
            )

    def _enable(self) -> None:
        found = self._histogram
        is_color = found is not None and len(found.channels) > 1
        self.channel_box.setEnabled(is_color)
        for widget in (self.log_box, self.fit_button, self.copy_button):
            widget.setEnabled(found is not None)

    def _chart(self) -> HistogramChart:
        if self.chart is None:
            from chromask_gui.plots.histogram_chart import HistogramChart

            self.chart = chart = HistogramChart()
            chart.window_dragged.connect(self._set_window)
            chart.fit_requested.connect(self.fit)
            chart.pointed.connect(self.says.setText)
            self.copy_button.add_to(chart)
            self.pages.addWidget(chart)
            self.setTabOrder(self.copy_button, chart)
        return self.chart

    # -- what the user does

    def fit(self) -> None:
        """Set the brightness window to what the image uses."""
        if self._histogram is not None:
            self._set_window(*fitted_window(self._histogram))

    def _set_window(self, low: int, high: int) -> None:
        view = self._session.view
        tone = replace(view.look.tone, window=(low, high))
        self._session.set_view(**with_look(view, tone=tone))

    def _copy_picture(self) -> None:
        if self.chart is not None:
            copy_picture(self.chart)
            self._session.notified.emit(self.tr("Copied the plot as a picture"))

    def _copy_table(self) -> None:
        found = self._histogram
        if found is None:
            return
        is_grey = len(found.channels) == 1
        columns = [found.luminance] if is_grey else [*found.channels, found.luminance]
        header = [self.tr("Level"), self.tr("Luminance")]
        if not is_grey:
            header[1:1] = [self.tr("Red"), self.tr("Green"), self.tr("Blue")]
        lists = [column.tolist() for column in columns]
        copy_table(header, ([level, *row] for level, row in enumerate(zip(*lists))))  # noqa: B905
        self._session.notified.emit(self.tr("Copied the plot as CSV"))

    # -- events

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()


def _count_image(image: Image, step: int, job: Job) -> Histogram:
    return count_levels(image.pixels, step=step, is_cancelled=job.is_cancelled)
