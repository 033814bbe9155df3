"""A slim bar while a job runs that takes longer than a blink; it lies over what it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from chromask_gui.look.texts import one_line
from chromask_gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from chromask_gui.runtime.jobs import Job, Jobs

DELAY_MS = 300
"""A bar that flashes by says nothing and makes the window restless."""


MARGIN_PX = 12
WIDEST_PX = 560


class JobBar(QFrame):
    """Names the job that runs and lets the user cancel it; hidden while there is none.

    It stands over the top of a widget: one that took room of its own would move the image
    whenever it comes and goes.
    """

    def __init__(self, jobs: Jobs, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("kind", "card")
        self._jobs: list[Job] = []
        self._shown: Job | None = None
        self.setAccessibleName(self.tr("Progress"))
        self.text = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setProperty("kind", "link")
        self.cancel_button.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.bar)
        row.addWidget(self.cancel_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        jobs.started.connect(self._on_jobs_started)
        jobs.ended.connect(self._on_jobs_ended)
        over.installEventFilter(self)
        self.hide()

    def cancel(self) -> None:
        """Cancel the job that is shown; the bar stays until it has really ended."""
        if self._shown is not None:
            self._shown.cancel()
            self._update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        area = self._over.rect()
        width = min(WIDEST_PX, area.width() - 2 * MARGIN_PX)
        left = (area.width() - width) // 2
        self.setGeometry(left, MARGIN_PX, width, self.sizeHint().height())
        self.raise_()

    def _on_jobs_started(self, job: Job) -> None:
        self._jobs.append(job)
        if self.isHidden():
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._update()

    def _on_jobs_ended(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        if not self._jobs:
            self._timer.stop()
            self._shown = None
            self.hide()
        elif not self.isHidden():
            self._update()

    def _on_timer_timeout(self) -> None:
        self._update()
        self._place()
        self.show()

    def _update(self) -> None:
        """Show the oldest job, which is the one that runs; the others wait."""
        job = self._shown = self._jobs[0]
        can_cancel = job.can_cancel
        text = one_line(job.text)
        if job.is_cancelled():
            text = self.tr("Stopping: {}").format(text)
        elif len(self._jobs) > 1:
            text = self.tr("{}, {} more waiting").format(text, len(self._jobs) - 1)
        self.text.setText(text)
        self.bar.setAccessibleName(text)
        self.cancel_button.setVisible(can_cancel)
        self.cancel_button.setEnabled(not job.is_cancelled())
        self.cancel_button.setAccessibleName(self.tr("Cancel: {}").format(text))
