"""What stands in the canvas's place while nothing is open."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.icons import app_icon, icon
from chromask_gui.theme import tokens

LOGO_PX = 72
WIDTH_PX = 460


class DropHint(QWidget):
    """A dashed box that says what can be dropped; the window itself takes the drop."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(text)
        self.label.setProperty("kind", "muted")
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 18, 16, 18)
        layout.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().border_strong), 1, Qt.PenStyle.DashLine))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, tokens().radius, tokens().radius)
        painter.end()
        super().paintEvent(event)


class Welcome(QWidget):
    """The first thing that people see.

    Signals
    -------
    open_requested(), example_requested()
        The user wants to choose a file, or to see the example.
    """

    open_requested = Signal()
    example_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Welcome"))
        middle = QWidget()
        middle.setFixedWidth(WIDTH_PX)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(8)
        logo = QLabel()
        ratio = self.devicePixelRatioF()
        logo.setPixmap(app_icon().pixmap(QSize(LOGO_PX, LOGO_PX), ratio))
        name = QLabel("chromask")
        name.setProperty("kind", "heading")
        sentence = QLabel(
            self.tr(
                "Label and review images with colour masks:\n"
                "see what each colour means, edit it, save the frame."
            )
        )
        sentence.setProperty("kind", "muted")
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        for label in (logo, name, sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(16)
        column.addLayout(self._build_buttons())
        column.addSpacing(16)
        self.hint = DropHint(
            self.tr("Drop a frame, an image or an image with its mask here")
        )
        column.addWidget(self.hint)
        row = QHBoxLayout(self)
        row.addWidget(middle, 0, Qt.AlignmentFlag.AlignCenter)

    def _build_buttons(self) -> QHBoxLayout:
        self.open_button = QPushButton(self.tr("Open…"))
        self.open_button.setIcon(icon("open", "on-accent"))
        self.open_button.setProperty("kind", "primary")
        self.open_button.setAutoDefault(True)
        self.open_button.setToolTip(self.tr("Open a frame, an image or a mask"))
        self.open_button.clicked.connect(self.open_requested)
        self.example_button = QPushButton(self.tr("Open the example"))
        self.example_button.setIcon(icon("image"))
        self.example_button.setAutoDefault(True)
        self.example_button.setToolTip(self.tr("A street scene with two masks"))
        self.example_button.clicked.connect(self.example_requested)
        self.setFocusProxy(self.open_button)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.open_button, self.example_button):
            button.setMinimumHeight(34)
            row.addWidget(button)
        row.addStretch(1)
        return row
