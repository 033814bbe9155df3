"""The table of the ROI panel: how it looks, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from chromask_gui.look.theme import tokens
from chromask_gui.panels.rois.cells import heading
from chromask_gui.panels.rois.delegates import RoiDelegate
from chromask_gui.panels.rois.page import RoiPage
from chromask_gui.panels.rois.row import Column
from chromask_gui.shortcuts.filters import WidgetKeyFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPersistentModelIndex

    from chromask_gui.panels.rois.model import RoiModel

ICON_COLUMN_PX = 22
CELL_PADDING_PX = 14
LEAST_LABELS_PX = 92
LEAST_ROWS = 1
"""However low the window is, so many rows are in sight."""

ICONS = (Column.EYE, Column.LOCK, Column.SWATCH)

FIXED = (
    Column.VALUE,
    Column.HEX,
    Column.PIXELS,
    Column.PERCENT,
    Column.CONFIDENCE,
    Column.MASK,
    Column.ORIGIN,
)
"""The columns as wide as their widest text, measured once and never row by row."""

LEAST_PX = {Column.MASK: 46, Column.ORIGIN: ICON_COLUMN_PX + 2}
"""How narrow these may become before a column is left out; origins are icons then."""

KEPT = (
    Column.VALUE,
    Column.PIXELS,
    Column.CONFIDENCE,
    Column.HEX,
    Column.ORIGIN,
    Column.PERCENT,
    Column.MASK,
)
"""The columns as a narrow panel gives them room, the most needed one first."""


_Keys = QKeySequence.StandardKey


class RoiTable(QTableView):
    """The rows of a `RoiModel`.

    Signals
    -------
    eye_clicked(QModelIndex), eyes_wanted()
        The user wants the eye of that row turned, or with Space those of all selected rows.
    lock_clicked(QModelIndex)
        The user wants the lock of that row turned.
    zoom_wanted(QModelIndex), delete_wanted()
        Enter or a double click on a cell that is not typed into; Delete.
    copy_wanted(), paste_wanted()
        Ctrl+C and Ctrl+V while the table has the keyboard.
    menu_wanted(QPoint)
        The user asks for the menu, at that place of the viewport.
    """

    eye_clicked = Signal(QModelIndex)
    eyes_wanted = Signal()
    lock_clicked = Signal(QModelIndex)
    zoom_wanted = Signal(QModelIndex)
    delete_wanted = Signal()
    copy_wanted = Signal()
    paste_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: RoiModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty_text: tuple[str, str] = ("", "")
        self._chosen_columns: dict[Column, bool] = {}
        self._widths: dict[Column, int] = {}
        self.roi_model = self._model = model
        self.setModel(model)
        self.delegate = RoiDelegate(self)
        self.setItemDelegate(self.delegate)
        self._page = RoiPage(self)
        # What fills all of itself is scrolled as it stands, and nothing below it is drawn.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("ROIs"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(tokens().row_height)
        self.verticalHeader().setDefaultSectionSize(tokens().row_height)
        self._set_up_header()
        heading = self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(heading + LEAST_ROWS * tokens().row_height)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        # On the canvas the same keys copy what its tool has chosen.
        WidgetKeyFilter(
            self, lambda key: key.matches(_Keys.Copy) or key.matches(_Keys.Paste)
        )

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # A selection of its own, always empty: to draw a section, Qt asks whether all of its
        # column is selected, which is each flag of 10 000 rows.
        header.setSelectionModel(QItemSelectionModel(self._model, header))
        header.setMinimumSectionSize(ICON_COLUMN_PX)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.LABELS, QHeaderView.ResizeMode.Stretch)
        for column in ICONS:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, ICON_COLUMN_PX)
        # The frame's order comes first; a third click on a heading gives it back.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu_requested)

    # -- columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_columns(event.size().width())
        super().resizeEvent(event)
        # What opens beneath the table must not cover the row that it is about.
        place = self.visualRect(self.currentIndex())
        if 0 <= place.top() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.measure()

    def follow_confidence(self) -> None:
        """Show the column of confidences with the first of them, and leave it with the last."""
        if self._model.widths.has_confidence() != (Column.CONFIDENCE in self._widths):
            self.measure()

    def measure(self) -> None:
        """Find out how wide the columns have to be: after another frame, or another font."""
        self.ensurePolished()
        metrics, of_head = self.fontMetrics(), self.horizontalHeader().fontMetrics()
        self._widths.clear()
        for column, text in self._model.widths.widest().items():
            if column == Column.CONFIDENCE and not text:
                continue
            title = heading(column)[0]
            widest = max(
                metrics.horizontalAdvance(text), of_head.horizontalAdvance(title)
            )
            # Qt gives whole pixels for texts that end between two.
            self._widths[column] = widest + 1 + CELL_PADDING_PX
        self._fit_columns(self.viewport().width())

    def _fit_columns(self, width: int) -> None:
        """Leave room for the labels: what has none left is squeezed, or left out."""
        spare = width - LEAST_LABELS_PX - len(ICONS) * ICON_COLUMN_PX
        widths: dict[Column, int] = {}
        for column in self._columns_by_need():
            size = self._widths[column]
            least = min(size, LEAST_PX.get(column, size))
            is_needed = column in KEPT[:2] or column in self._chosen_columns
            if is_needed or least <= spare:
                widths[column] = least
                spare -= least
        for column, size in widths.items():
            if 0 < self._widths[column] - size <= spare:
                spare -= self._widths[column] - size
                widths[column] = self._widths[column]
        is_narrow = widths.get(Column.ORIGIN) == LEAST_PX[Column.ORIGIN]
        self._model.nameless = frozenset({Column.ORIGIN} if is_narrow else ())
        for column in FIXED:
            self.setColumnHidden(column, column not in widths)
            if column in widths:
                self.setColumnWidth(column, widths[column])

    def _columns_by_need(self) -> list[Column]:
        """List the columns that the user lets be there, the most needed one first.

        A column that says the same in every row comes last.
        """
        dull = self._model.widths.dull()
        order = sorted(KEPT, key=lambda column: (column in dull, KEPT.index(column)))
        return [
            column
            for column in order
            if column in self._widths and self._chosen_columns.get(column, True)
        ]

    def _on_header_menu_requested(self, place: QPoint) -> None:
        menu = self.build_column_menu()
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def build_column_menu(self) -> QMenu:
        """Make the menu that shows and hides columns."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in FIXED:
            action = menu.addAction(heading(column)[0])
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.triggered.connect(
                lambda is_shown, column=column: self._choose_column(column, is_shown)
            )
        return menu

    def saved_columns(self) -> dict[str, bool]:
        """Give the columns that the user showed or hid, for `restore_columns`."""
        return {column.name: shown for column, shown in self._chosen_columns.items()}

    def restore_columns(self, chosen: dict[str, object]) -> None:
        """Show and hide columns as the user did; what makes no sense is left out."""
        for column in FIXED:
            is_shown = chosen.get(column.name)
            if isinstance(is_shown, bool):
                self._choose_column(column, is_shown)

    def _choose_column(self, column: Column, is_shown: bool) -> None:
        self._chosen_columns[column] = is_shown
        self._fit_columns(self.viewport().width())

    # -- mouse and keys

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.EYE:
            self.eye_clicked.emit(index)
        elif index.column() == Column.LOCK:
            self.lock_clicked.emit(index)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.EYE:
            # The second click turns the eye back, as two single clicks would.
            self.eye_clicked.emit(index)
        elif index.column() == Column.LOCK:
            self.lock_clicked.emit(index)
        elif not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.zoom_wanted.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(_Keys.Copy):
            self.copy_wanted.emit()
        elif event.matches(_Keys.Paste):
            self.paste_wanted.emit()
        else:
            self._press_row_key(event)

    def _press_row_key(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState or not index.isValid():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.eyes_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.zoom_wanted.emit(index)
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_F2 and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._edit_labels(index)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt would begin in the first column, where there is nothing to type.
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.selectionModel().setCurrentIndex(
                self._model.index(0, Column.LABELS),
                QItemSelectionModel.SelectionFlag.NoUpdate,
            )
        super().focusInEvent(event)

    def _edit_labels(self, index: QModelIndex) -> None:
        labels = index.siblingAtColumn(Column.LABELS)
        if labels.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(labels)
            self.edit(labels)

    def keyboardSearch(self, _search: str) -> None:
        """Leave letters and digits to the window's keys; the filter line searches."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.viewport().mapFrom(self, event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(place)

    # -- drawing

    def dataChanged(
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """Draw the cells again that changed; Qt would draw all that are seen."""
        rect = self.visualRect(first).united(self.visualRect(last))
        is_edited = self.state() == QAbstractItemView.State.EditingState
        if is_edited or rect.isEmpty() or QAccessible.isActive():
            super().dataChanged(first, last, roles)
        elif first.column() == last.column() == Column.SWATCH:
            # Told of all rows after a new colour, of which hardly another one looks new.
            for row in self._page.stale_swatches(first.row(), last.row()):
                self.viewport().update(
                    self.visualRect(first.sibling(row, Column.SWATCH))
                )
        else:
            self.viewport().update(rect)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens().surface))
        self._page.paint(painter, event.region())
        if self._model.rowCount() == 0 and self.empty_text[0]:
            self._paint_empty(painter)
        painter.end()

    def _paint_empty(self, painter: QPainter) -> None:
        title, hint = self.empty_text
        room = self.viewport().rect().adjusted(16, 0, -16, 0)
        wrap = Qt.TextFlag.TextWordWrap
        centred = Qt.AlignmentFlag.AlignHCenter
        metrics = painter.fontMetrics()
        hint_rect = metrics.boundingRect(room, int(wrap | centred), hint)
        top = room.center().y() - (metrics.height() + hint_rect.height() + 4) // 2
        palette = self.palette()
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(
            QRect(room.left(), top, room.width(), metrics.height()),
            int(centred),
            metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, room.width()),
        )
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(
            QRect(
                room.left(),
                top + metrics.height() + 4,
                room.width(),
                hint_rect.height(),
            ),
            int(wrap | centred),
            hint,
        )
