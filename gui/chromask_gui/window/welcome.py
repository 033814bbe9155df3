"""What stands in the canvas's place while nothing is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from chromask.storage.look import exists, is_folder
from chromask_gui.look.icons import app_icon, icon
from chromask_gui.look.texts import cut, one_line, plain_tip, problem_text, sentence
from chromask_gui.look.theme import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chromask.errors import Problem

LOGO_PX = 72
WIDTH_PX = 460
MOST_SHOWN = 5


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


class Page(QScrollArea):
    """A page instead of the canvas, which scrolls where the window is too small for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        self.inside.setObjectName("page")
        self.setWidget(self.inside)
        self.viewport().setAutoFillBackground(False)
        self.inside.setAutoFillBackground(False)


class Welcome(Page):
    """The first thing that people see.

    Signals
    -------
    open_requested(), folder_requested(), example_requested()
        The user wants to choose a file or a folder, or to see the example.
    recent_requested(Path)
        The user wants to open again what was open before.
    """

    open_requested = Signal()
    folder_requested = Signal()
    recent_requested = Signal(object)
    example_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Welcome"))
        middle = QWidget()
        middle.setMaximumWidth(WIDTH_PX)
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
            self.tr("Drop a frame, an image with its masks, or a folder of them here")
        )
        column.addWidget(self.hint)
        column.addSpacing(12)
        self.recent_title = QLabel(self.tr("Opened last"))
        self.recent_title.setProperty("kind", "muted")
        column.addWidget(self.recent_title)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column.addLayout(self._recent)
        self.show_recent([])
        row = QHBoxLayout(self.inside)
        row.setContentsMargins(8, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(middle, 1000, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """List what was opened last and is still there."""
        while (item := self._recent.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        there = [path for path in paths if exists(path)][:MOST_SHOWN]
        self.recent_title.setVisible(bool(there))
        for path in there:
            button = QPushButton()
            button.setProperty("kind", "link")
            button.setStyleSheet("text-align: left")
            button.ensurePolished()
            text = button.fontMetrics().elidedText(
                recent_text(path), Qt.TextElideMode.ElideMiddle, WIDTH_PX - 60
            )
            button.setText(text.replace("&", "&&"))
            button.setIcon(icon("folder" if is_folder(path) else "image", "muted"))
            button.setToolTip(plain_tip(str(path)))
            button.setSizePolicy(
                QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
            )
            button.clicked.connect(partial(self.recent_requested.emit, path))
            self._recent.addWidget(button)

    def _build_buttons(self) -> QHBoxLayout:
        self.open_button = QPushButton(self.tr("Open…"))
        self.open_button.setIcon(icon("open", "on-accent"))
        self.open_button.setProperty("kind", "primary")
        self.open_button.setAutoDefault(True)
        self.open_button.setToolTip(self.tr("Open a frame, an image or a mask"))
        self.open_button.clicked.connect(self.open_requested)
        self.folder_button = QPushButton(self.tr("Open a folder…"))
        self.folder_button.setIcon(icon("folder"))
        self.folder_button.setAutoDefault(True)
        self.folder_button.setToolTip(
            self.tr("Open a folder of frames, or of images and masks")
        )
        self.folder_button.clicked.connect(self.folder_requested)
        self.example_button = QPushButton(self.tr("Open the example"))
        self.example_button.setIcon(icon("image"))
        self.example_button.setAutoDefault(True)
        self.example_button.setToolTip(self.tr("A street scene with two masks"))
        self.example_button.clicked.connect(self.example_requested)
        self.setFocusProxy(self.open_button)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.open_button, self.folder_button, self.example_button):
            button.setMinimumHeight(34)
            row.addWidget(button)
        row.addStretch(1)
        return row


class BrokenPage(Page):
    """What stands in the canvas's place for a frame that cannot be opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("This frame cannot be opened"))
        title = QLabel(self.tr("This frame cannot be opened"))
        title.setProperty("kind", "heading")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reason = QLabel()
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setWordWrap(True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = QLabel(self.tr("Go on to the next frame, or mend the file."))
        hint.setProperty("kind", "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self.inside)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (title, self.reason, hint):
            column.addWidget(label)
        column.addStretch(1)

    def show_problem(self, problem: Problem | None) -> None:
        """Say why."""
        text = "" if problem is None else sentence(problem_text(problem))
        self.reason.setText(cut(text))


def recent_text(path: Path) -> str:
    """Name a file or folder by itself and the folder it lies in."""
    return one_line(f"{path.name}  –  {path.parent}")
