"""Copies a plot: as a picture, or as a table that a spreadsheet opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QToolButton

from chromask.counts.csv_text import csv_text
from chromask_gui.look.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QWidget


class CopyButton(QToolButton):
    """The two ways to copy a plot.

    Signals
    -------
    picture_wanted(), table_wanted()
        One of them was chosen.
    """

    picture_wanted = Signal()
    table_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture_action = QAction(self.tr("Copy as picture"), self)
        self.picture_action.triggered.connect(self.picture_wanted)
        self.table_action = QAction(self.tr("Copy as CSV"), self)
        self.table_action.triggered.connect(self.table_wanted)
        menu = QMenu(self)
        menu.addActions([self.picture_action, self.table_action])
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIcon(icon("copy"))
        self.setAutoRaise(True)
        self.setToolTip(self.tr("Copy the plot"))
        self.setAccessibleName(self.tr("Copy the plot"))

    def add_to(self, chart: QWidget) -> None:
        """Offer them in a chart's context menu, too."""
        chart.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        chart.addActions([self.picture_action, self.table_action])


class Message(QLabel):
    """Says in a plot's place why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("kind", "muted")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)


def copy_picture(widget: QWidget) -> None:
    """Copy all of a widget, also what is scrolled out of sight."""
    QGuiApplication.clipboard().setPixmap(widget.grab())


def copy_table(
    header: Sequence[str], cells: Iterable[Sequence[str | int | float]]
) -> None:
    """Copy a table as CSV."""
    text = csv_text(header, cells)
    data = QMimeData()
    data.setText(text)
    data.setData("text/csv", text.encode("utf-8"))
    QGuiApplication.clipboard().setMimeData(data)
