"""The slider of the least confidence: ROIs below it are neither drawn nor listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from chromask_gui.look.texts import grouped
from chromask_gui.look.theme import tokens
from chromask_gui.session.view_state import with_look

if TYPE_CHECKING:
    from chromask.document.change import Change
    from chromask_gui.panels.rois.widths import RoiWidths
    from chromask_gui.session.session import Session

STEPS = 100


class ThresholdBar(QWidget):
    """The least confidence of a ROI that is shown; there only where a ROI has one."""

    def __init__(
        self, session: Session, widths: RoiWidths, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._widths = widths
        self.caption = QLabel(self.tr("Confidence from"))
        self.caption.setProperty("kind", "small")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setSingleStep(1)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(self.tr("Least confidence of a ROI to be shown"))
        self.slider.setToolTip(
            self.tr("ROIs of less confidence are hidden; those without one are shown")
        )
        self.caption.setBuddy(self.slider)
        self.words = QLabel()
        self.words.setProperty("kind", "small")
        self.words.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.88, 8888 -"))
        self.words.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        space = tokens().space_2
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens().space_3, 0, space, space // 2)
        row.setSpacing(space)
        row.addWidget(self.caption)
        row.addWidget(self.slider, 1)
        row.addWidget(self.words)
        self.slider.actionTriggered.connect(self._on_slider_action_triggered)
        session.document_opened.connect(self._update)
        session.changed.connect(self._on_session_changed)
        session.view_changed.connect(self._update)
        self._update()

    def _on_slider_action_triggered(self) -> None:
        least = self.slider.sliderPosition() / STEPS
        self._session.set_view(**with_look(self._session.view, min_confidence=least))

    def _on_session_changed(self, change: Change) -> None:
        if "annotations" in change.fields:
            self._update()

    def _update(self) -> None:
        least = self._session.view.look.min_confidence
        self.setVisible(self._widths.has_confidence() or least > 0)
        self.slider.setValue(round(least * STEPS))
        text = f"{least:.2f}" if least else self.tr("all")
        hidden = self._count_below(least) if least else 0
        if hidden:
            words = grouped(self.tr("%n hidden", "", hidden), hidden)
            text = self.tr("{}, {}").format(text, words)
        self.words.setText(text)

    def _count_below(self, least: float) -> int:
        document = self._session.document
        rois = document.frame.annotations if document is not None else ()
        return sum(
            roi.confidence is not None and roi.confidence < least for roi in rois
        )
