"""The ROI panel: the frame's ROIs as a table that is typed into, and what stands around it.

It reads the session, and edits only through it, and only on what the user did.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.icons import icon
from chromask_gui.look.texts import number_text, one_line
from chromask_gui.look.theme import tokens
from chromask_gui.panels.rois import actions as roi_actions
from chromask_gui.panels.rois.bulk import BulkCard
from chromask_gui.panels.rois.commands import RoiCommands, can_paste
from chromask_gui.panels.rois.form import RoiForm
from chromask_gui.panels.rois.menu import build_menu
from chromask_gui.panels.rois.model import RoiModel
from chromask_gui.panels.rois.selection import RoiSelection
from chromask_gui.panels.rois.table import RoiTable
from chromask_gui.panels.rois.threshold import ThresholdBar
from chromask_gui.panels.rois.value_bar import ValueBar
from chromask_gui.shortcuts.filters import WidgetKeyFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from chromask.document.change import Change
    from chromask_gui.panels.rois.row import RoiRow
    from chromask_gui.session.session import Session


class RoiPanel(QFrame):
    """The ROIs of the open frame.

    Signals
    -------
    zoom_requested(str, tuple)
        The user wants to see the pixels of a mask's table entries: mask key, entries.
    bounds_requested(QRectF)
        The user wants to see a part of the shown source: a shape.
    parts_requested()
        The user wants all connected parts of the active ROI.
    details_requested()
        The user wants to see what of the active ROI no column shows.
    """

    zoom_requested = Signal(str, tuple)
    bounds_requested = Signal(QRectF)
    parts_requested = Signal()
    details_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Esc is the window's too; while the panel has a use for it, it is the panel's.
        WidgetKeyFilter(self, self._keeps)
        self._session = session
        self.setProperty("kind", "panel")
        self.setWindowTitle(self.tr("ROIs"))
        self.setAccessibleName(self.windowTitle())
        self.model = RoiModel(session, self)
        self.table = RoiTable(self.model, self)
        self.selection = RoiSelection(session, self.model, self.table)
        self.commands = RoiCommands(session, self.table, self.selection)
        self.threshold = ThresholdBar(session, self.model.widths)
        self.bulk = BulkCard(session, self.model, self.commands)
        self.details_button = QPushButton(icon("info"), self.tr("Details"))
        self.filter = QLineEdit()
        self.count = QLabel()
        self.message = QLabel()
        self.bar = ValueBar(session)
        self.form = RoiForm(session)
        self.add_button = QPushButton(icon("add"), self.tr("Add ROI"))
        self._name()
        self._lay_out()
        self._connect()
        self._on_session_document_opened()

    def _name(self) -> None:
        self.filter.setPlaceholderText(self.tr("Filter: label, RGB or hex"))
        self.filter.setAccessibleName(self.tr("Filter the ROIs"))
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        for label in (self.count, self.message):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setProperty("kind", "small")
        self.message.setProperty("severity", "error")
        self.message.setWordWrap(True)
        self.message.hide()
        self.add_button.setProperty("kind", "quiet")
        self.add_button.setToolTip(self.tr("Add a ROI: its labels and its value"))
        self.details_button.setProperty("kind", "quiet")
        self.details_button.setToolTip(
            self.tr("Id, confidence, sources and metadata of the active ROI")
        )

    def _lay_out(self) -> None:
        space = tokens().space_2
        title = QLabel(self.windowTitle())
        title.setProperty("kind", "panelTitle")
        top = QHBoxLayout()
        top.setContentsMargins(space, space, space, space)
        top.setSpacing(space)
        top.addWidget(title)
        top.addWidget(self.filter, 1)
        top.addWidget(self.count)
        below = QVBoxLayout()
        below.setContentsMargins(space, tokens().space_1, space, space)
        below.setSpacing(tokens().space_1)
        for widget in (self.message, self.bar, self.bulk, self.form):
            below.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        buttons.addWidget(self.details_button)
        below.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.threshold)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        order = (
            self.filter,
            self.threshold.slider,
            self.table,
            self.bar,
            self.bulk,
            self.form,
            self.add_button,
            self.details_button,
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        session, table = self._session, self.table
        self.model.value_entered.connect(self.bar.ask)
        self.model.modelReset.connect(self._on_model_reset)
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._on_session_changed)
        table.delegate.refused.connect(self._on_delegate_refused)
        table.zoom_wanted.connect(self._on_table_zoom_wanted)
        table.menu_wanted.connect(self._on_table_menu_wanted)
        self.filter.textChanged.connect(self.model.set_filter)
        self.bar.left.connect(self._on_bar_left)
        self.add_button.clicked.connect(self.open_form)
        self.details_button.clicked.connect(self.details_requested)
        self.form.submitted.connect(self._on_form_submitted)
        self.form.closed.connect(self.close_form)

    # -- what the window may ask for

    def add_roi(self, labels: str, value: str) -> bool:
        """Add a ROI through the form, as if both had been typed into it."""
        self.open_form()
        self.form.labels.setText(labels)
        self.form.value.setText(value)
        is_done = self._on_form_submitted()
        self.close_form()
        return is_done

    def open_form(self) -> None:
        """Open the form that adds a ROI."""
        self.form.fill(self.model.labels_known())
        self.form.clear()
        self.form.show()
        self.add_button.hide()
        self.form.labels.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Close it again."""
        had_focus = self.form.isAncestorOf(QApplication.focusWidget() or self)
        self.form.hide()
        self.add_button.show()
        if had_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def can_paste() -> bool:
        """Whether the clipboard holds ROIs."""
        return can_paste()

    def make_rois(self, rows: Sequence[RoiRow]) -> None:
        """Make ROIs of values that the data set's labels name."""
        added = roi_actions.make_rois(self._session, rows)
        if added:
            self._session.select(*added)

    def take_row(self, number: int) -> None:
        """Take the label of the data set in hand that is the row of that number, from 0."""
        rows = self.model.rows
        mapped = rows[number].mapped if number < len(rows) else None
        if mapped is not None:
            self._session.take(mapped)

    def zoom_to(self, row: RoiRow) -> None:
        """Ask for a row's pixels or its shape; silent where it has none."""
        place = roi_actions.place_of(self._session, row)
        bounds = roi_actions.show_shape(self._session, row)
        if place is not None:
            self.zoom_requested.emit(*place)
        elif bounds is not None:
            left, top, right, bottom = bounds
            self.bounds_requested.emit(QRectF(left, top, right - left, bottom - top))

    def build_menu(self) -> QMenu:
        """Make the menu of the selected rows."""
        return build_menu(self, self._session, self.selection.rows())

    # -- following the session

    def _on_session_document_opened(self) -> None:
        self.filter.clear()
        self.close_form()
        self.table.verticalScrollBar().setValue(0)
        self._update_words()

    def _on_session_changed(self, change: Change) -> None:
        if change.is_pixels:
            return
        if self.form.isVisible() and (change.fields or change.tables):
            self.form.fill(self.model.labels_known())
        self.table.follow_confidence()
        self._update_words()

    def _update_words(self) -> None:
        total, shown = len(self.model.rows), self.model.rowCount()
        rois = len(self._session.census.rois)
        self.count.setText(
            number_text(rois)
            if shown == total
            else self.tr("{} of {}").format(number_text(shown), number_text(total))
        )
        before = self.table.empty_text
        if self._session.document is None:
            self.table.empty_text = ("", "")
        elif total and not self.filter.text():
            self.table.empty_text = (
                self.tr("Every ROI is below the confidence that is asked for"),
                self.tr("Move the slider over the table to the left."),
            )
        elif total:
            self.table.empty_text = (
                self.tr(
                    "No ROI matches \N{LEFT DOUBLE QUOTATION MARK}{}\N{RIGHT DOUBLE QUOTATION MARK}"
                ).format(one_line(self.filter.text())),
                self.tr("The filter looks at labels, RGB, hex and masks."),
            )
        else:
            self.table.empty_text = (
                self.tr("No ROIs yet"),
                self.tr(
                    "A ROI is a colour with a name. Click a colour in the image or in"
                    " the list of colours below, then Make a ROI."
                )
                if self._session.census.owners
                else self.tr(
                    "A ROI is a colour with a name. Add ROI makes one; then take the"
                    " brush, and the first stroke makes the mask."
                ),
            )
        if self.table.empty_text != before:
            self.table.viewport().update()

    def _on_model_reset(self) -> None:
        self._on_delegate_refused("")
        self.table.measure()
        # Else the rows are placed while they are painted, which paints them again.
        self.table.doItemsLayout()
        self._update_words()

    # -- what is typed into the table

    def _on_delegate_refused(self, reason: str) -> None:
        self.message.setText(reason)
        self.message.setVisible(bool(reason))

    def _on_bar_left(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_submitted(self) -> bool:
        found = self.form.read()
        if found is None:
            return False
        added = roi_actions.add_roi(self._session, *found, self.form.mask_ref())
        if not added:
            return False
        self.form.clear()
        self.form.labels.setFocus(Qt.FocusReason.OtherFocusReason)
        self._session.select(*added)
        return True

    # -- mouse and keys

    def _on_table_zoom_wanted(self, index: QModelIndex) -> None:
        self.zoom_to(self.model.row(index))

    def _on_table_menu_wanted(self, place: QPoint) -> None:
        self.build_menu().popup(self.table.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        leave = self._on_escape() if event.key() == Qt.Key.Key_Escape else None
        if leave is not None:
            leave()
        else:
            super().keyPressEvent(event)

    def _keeps(self, key: QKeyEvent) -> bool:
        return key.key() == Qt.Key.Key_Escape and self._on_escape() is not None

    def _on_escape(self) -> Callable[[], None] | None:
        """Give what Esc would do here; None where it is somebody else's."""
        if self.filter.hasFocus() and self.filter.text():
            return self.filter.clear
        if self.bar.isVisible():
            return self.bar.cancel
        return self.close_form if self.form.isVisible() else None
