"""The brush's size: a slider and a number."""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QWidget

from chromask_gui.session.view_state import MAX_SIZE, MIN_SIZE
from chromask_gui.tools.options.choices import tr

if TYPE_CHECKING:
    from chromask_gui.session.session import Session

STEPS = 200
"""Of the slider; each makes the brush larger by the same factor."""


class SizeOption(QWidget):
    """How far the brush is across, in image pixels."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        label = QLabel(tr("Size"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setFixedWidth(90)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.number = QDoubleSpinBox()
        self.number.setRange(MIN_SIZE, MAX_SIZE)
        self.number.setDecimals(1)
        self.number.setSuffix(tr(" px"))
        self.number.setKeyboardTracking(False)
        self.number.setFixedWidth(92)
        label.setBuddy(self.number)
        for widget in (self.slider, self.number):
            widget.setAccessibleName(tr("Brush size in pixels"))
            widget.setToolTip(tr("Brush size: [ and ], or Ctrl+Shift+wheel"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (label, self.slider, self.number):
            row.addWidget(widget)
        self._refresh()
        # Set before they are connected, and blocked after: what is heard is the user's.
        self.slider.valueChanged.connect(self._on_slider_value_changed)
        self.number.valueChanged.connect(self._set)
        session.view_changed.connect(self._refresh)

    def _on_slider_value_changed(self, step: int) -> None:
        size = MIN_SIZE * (MAX_SIZE / MIN_SIZE) ** (step / STEPS)
        self._set(round(size * 2) / 2)

    def _set(self, size: float) -> None:
        options = replace(self._session.view.options, size=size)
        self._session.set_view(options=options)

    def _refresh(self) -> None:
        size = self._session.view.options.size
        step = round(STEPS * log(size / MIN_SIZE) / log(MAX_SIZE / MIN_SIZE))
        for widget in (self.slider, self.number):
            widget.blockSignals(True)
        # A drag of the slider keeps its place between two sizes.
        if not self.slider.isSliderDown():
            self.slider.setValue(step)
        if self.number.value() != size:
            self.number.setValue(size)
        for widget in (self.slider, self.number):
            widget.blockSignals(False)
