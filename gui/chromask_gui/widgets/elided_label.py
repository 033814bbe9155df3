"""A label of one line that elides what does not fit, where `QLabel` would cut it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from chromask_gui.look.texts import plain_tip

_RESIZING = (
    QEvent.Type.Polish,
    QEvent.Type.FontChange,
    QEvent.Type.StyleChange,
    QEvent.Type.ContentsRectChange,
)


class ElidedLabel(QLabel):
    """Shows a plain text in the room that it has, and all of it in its tooltip.

    Parameters
    ----------
    mode
        Where it is elided.
    sample
        The longest text to keep room for: with it the width is fixed, so that what stands
        beside it does not move while the text changes.
    """

    def __init__(
        self,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        sample: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self._sample = ""
        self._tip = ""
        self._has_own_tip = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if sample:
            self.set_sample(sample)

    def set_sample(self, sample: str) -> None:
        """Keep room for another longest text, from now on."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        if sample != self._sample:
            self._sample = sample
            self._fix_size()

    def set_tip(self, tip: str) -> None:
        """Have a tooltip that says more than the text, elided or not."""
        self._has_own_tip = True
        self.setToolTip(tip)

    def _fix_size(self) -> None:
        """Have one size alone, so that another text lays nothing out anew."""
        if self._sample:
            self.setFixedSize(self.sizeHint())

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() in _RESIZING:
            self._fix_size()
        return is_done

    def sizeHint(self) -> QSize:
        around = self.contentsMargins()
        metrics = self.fontMetrics()
        # Text direction marks and kerning can make the whole wider than its parts: + 2.
        width = metrics.horizontalAdvance(self._sample or self.text()) + 2
        return QSize(
            width + around.left() + around.right(),
            metrics.height() + around.top() + around.bottom(),
        )

    def minimumSizeHint(self) -> QSize:
        if self._sample:
            return self.sizeHint()
        return QSize(
            self.fontMetrics().averageCharWidth() * 6, self.sizeHint().height()
        )

    def elided(self) -> str:
        """Give the text as it is shown."""
        width = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), self._mode, width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_Widget, option, painter, self
        )
        shown = self.elided()
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment() | Qt.TextFlag.TextSingleLine),
            option.palette,
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()
        tip = plain_tip(self.text()) if shown != self.text() else ""
        if tip != self._tip and not self._has_own_tip:
            self._tip = tip
            self.setToolTip(tip)
