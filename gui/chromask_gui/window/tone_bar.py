"""The bar for brightness, contrast, gamma and the window of the source; no file changes."""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from chromask.drawing.tone import Tone, auto_window
from chromask_gui.look.icons import icon
from chromask_gui.plots.tone_plot import TonePlot
from chromask_gui.session.view_state import with_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask_gui.plots.loading import PlotLoader
    from chromask_gui.session.session import Session

GAMMA_RANGE = 3.0
"""The slider's ends are a third and three."""


class ToneBar(QFrame):
    """Sliders under the canvas, shown while the view says so."""

    def __init__(
        self, session: Session, loader: PlotLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._window_of: tuple[object, tuple[int, int], int] | None = None
        self.setProperty("kind", "panel")
        self.setAccessibleName(self.tr("Brightness and contrast"))
        self.histogram = TonePlot(session, loader)
        # Two rows of sliders, so that it does not make a small window wider.
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 4, 8, 4)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        self._grid = grid
        grid.addWidget(self.histogram, 2, 0, 1, 7)
        around, window = (-100, 100), (0, 255)
        self.brightness = self._slider(
            self.tr("Brightness"), (0, 0), around, self._moved
        )
        self.contrast = self._slider(self.tr("Contrast"), (0, 2), around, self._moved)
        self.gamma = self._slider(self.tr("Gamma"), (0, 4), around, self._moved)
        self.low = self._slider(self.tr("Black"), (1, 0), window, self._window_moved)
        self.high = self._slider(self.tr("White"), (1, 2), window, self._window_moved)
        self.values = QLabel()
        self.values.setProperty("kind", "small")
        self.values.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.values, 1, 4, 1, 2)
        self.reset_button = QPushButton(self.tr("Reset"))
        self.reset_button.setToolTip(self.tr("Show the source as it is"))
        self.reset_button.clicked.connect(lambda: self._set_tone(Tone()))
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setIcon(icon("close"))
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.clicked.connect(self._on_close_button_clicked)
        grid.addWidget(self.close_button, 0, 6, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.reset_button, 1, 6)
        session.document_opened.connect(self._update)
        session.view_changed.connect(self._update)
        self._update()

    def _slider(
        self,
        text: str,
        at_rc: tuple[int, int],
        limits: tuple[int, int],
        moved: Callable[[], None],
    ) -> QSlider:
        caption = QLabel(text)
        caption.setProperty("kind", "muted")
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(*limits)
        slider.setMinimumWidth(32)
        slider.setAccessibleName(text)
        slider.setToolTip(text)
        caption.setBuddy(slider)
        # Not valueChanged, which programs cause as well.
        slider.actionTriggered.connect(lambda _action: moved())
        row, col = at_rc
        self._grid.addWidget(caption, row, col)
        self._grid.addWidget(slider, row, col + 1)
        self._grid.setColumnStretch(col + 1, 1)
        return slider

    # -- showing

    def _update(self) -> None:
        look = self._session.view.look
        found = self._find_window() if look.has_tone_bar else None
        has_source = found is not None
        for widget in (self.brightness, self.contrast, self.gamma, self.low, self.high):
            widget.setEnabled(has_source)
        self.setVisible(look.has_tone_bar and self._session.document is not None)
        if found is None:
            self.values.clear()
            self.reset_button.setEnabled(look.tone != Tone())
            return
        auto, maximum = found
        tone = look.tone
        low, high = tone.window or auto
        self.brightness.setValue(round(tone.brightness * 100))
        self.contrast.setValue(round(tone.contrast * 100))
        self.gamma.setValue(round(100 * _log(tone.gamma)))
        for slider, value in ((self.low, low), (self.high, high)):
            slider.setRange(0, maximum)
            slider.setPageStep(max(1, maximum // 50))
            slider.setSingleStep(max(1, maximum // 255))
            slider.setValue(value)
        text = self.tr("{} to {}").format(low, high)
        if tone.window is None and maximum > 255:
            text = self.tr("{}, automatic").format(text)
        self.values.setText(text)
        self.reset_button.setEnabled(tone != Tone())

    def _find_window(self) -> tuple[tuple[int, int], int] | None:
        """Give the automatic window of the shown source and its largest number."""
        document = self._session.document
        image = (
            document.images.get(self._session.view.source or "") if document else None
        )
        if image is None:
            return None
        if self._window_of is None or self._window_of[0] is not image:
            maximum = 255 if image.pixels.dtype.itemsize == 1 else 65535
            self._window_of = (image, auto_window(image.pixels), maximum)
        return self._window_of[1:]

    # -- what the user does

    def _set_tone(self, tone: Tone) -> None:
        self._session.set_view(**with_look(self._session.view, tone=tone))

    def _moved(self) -> None:
        self._set_tone(
            replace(
                self._session.view.look.tone,
                brightness=self.brightness.sliderPosition() / 100,
                contrast=self.contrast.sliderPosition() / 100,
                gamma=GAMMA_RANGE ** (self.gamma.sliderPosition() / 100),
            )
        )

    def _window_moved(self) -> None:
        low, high = self.low.sliderPosition(), self.high.sliderPosition()
        if self.low.isSliderDown() or self.low.hasFocus():
            high = max(high, low + 1)
        else:
            low = min(low, high - 1)
        window = (max(low, 0), max(high, 1))
        self._set_tone(replace(self._session.view.look.tone, window=window))

    def _on_close_button_clicked(self) -> None:
        self._session.set_view(**with_look(self._session.view, has_tone_bar=False))


def _log(gamma: float) -> float:
    return log(max(gamma, 1e-3)) / log(GAMMA_RANGE)
