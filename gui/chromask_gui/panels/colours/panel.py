"""The panel of the colours that no ROI claims: what they are, where they are, and a ROI for one.

The total is always said, however few of them are in sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chromask.counts.pixel_counts import NOBODY, ValueCount
from chromask.document import edits
from chromask.drawing.display import mask_mode
from chromask_gui.look.icons import icon
from chromask_gui.look.texts import grouped, one_line, value_text
from chromask_gui.look.theme import theme, tokens
from chromask_gui.panels.colours.label_line import LabelsEdit
from chromask_gui.panels.colours.model import (
    UnclaimedGroup,
    UnclaimedModel,
    follow_groups,
    swatch,
)
from chromask_gui.session.view_state import display_of
from chromask_gui.shortcuts.filters import WidgetKeyFilter
from chromask_gui.widgets.labels import frame_labels
from chromask_gui.widgets.swatches import Swatches, same_colors

if TYPE_CHECKING:
    from chromask.document.change import Change
    from chromask.document.transaction import Transaction
    from chromask_gui.session.session import Session
    from chromask_gui.session.view_state import ViewState

    Index = QModelIndex | QPersistentModelIndex

EMPTY_HEIGHT_PX = 80
MEASURED_ROWS = 50
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own word for a widget without a maximum; PySide does not export it."""


class UnclaimedPanel(QFrame):
    """The colours of the shown source that neither a ROI nor the data set claims.

    Signals
    -------
    show_requested(str, tuple)
        The user wants to see where a value is: the mask's key and the table's entries.
    count_changed(int)
        How many values there are, for a badge.
    """

    show_requested = Signal(str, tuple)
    count_changed = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pending: ValueCount | None = None
        self.setProperty("kind", "panel")
        self.setWindowTitle(self.tr("Colours without a ROI"))
        self.setAccessibleName(self.windowTitle())
        self.model = UnclaimedModel(self)
        self._swatches = Swatches(session)
        self.model.shown_rgb = self._shown_rgb
        self._build_actions()
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.table = self._build_table()
        self.bar = self._build_bar()
        self.empty_icon, self.empty_text = QLabel(), QLabel()
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._build_list_page())
        self.pages.addWidget(self._build_empty_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(self._build_head())
        layout.addWidget(self.pages)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._on_selection_changed)
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._on_session_changed)
        session.counted.connect(self._update)
        session.view_changed.connect(self._on_session_view_changed)
        theme().changed.connect(self._on_theme_changed)
        self._on_session_document_opened()

    # -- building

    def _build_actions(self) -> None:
        self.make_action = QAction(icon("add"), self.tr("Make a ROI"), self)
        self.make_action.setToolTip(
            self.tr("Add a ROI that claims this colour (Enter); no pixel changes")
        )
        self.make_action.triggered.connect(self.ask_label)
        self.show_action = QAction(icon("target"), self.tr("Show where"), self)
        self.show_action.setToolTip(
            self.tr("Outline its pixels and zoom to them (double-click)")
        )
        self.show_action.triggered.connect(self.show_where)
        self.merge_action = QAction(
            icon("merge"), self.tr("Merge into the nearest ROI"), self
        )
        self.merge_action.setIconText(self.tr("Merge"))
        self.merge_action.setToolTip(
            self.tr(
                "Merge: repaint its pixels in the value of the ROI nearest in colour"
            )
        )
        self.merge_action.triggered.connect(self.merge)
        self.copy_action = QAction(icon("copy"), self.tr("Copy"), self)
        self.copy_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(self._copy)
        self._row_actions = (
            self.make_action,
            self.merge_action,
            self.show_action,
            self.copy_action,
        )

    def _build_table(self) -> UnclaimedTable:
        table = UnclaimedTable(self)
        table.setModel(self.model)
        table.setAccessibleName(self.windowTitle())
        table.clicked.connect(self.take)
        table.doubleClicked.connect(lambda _index: self.show_where())
        table.entered_row.connect(self.ask_label)
        table.copy_wanted.connect(self._copy)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        table.addActions(self._row_actions)
        return table

    def _build_bar(self) -> QStackedWidget:
        """Build the actions of the selected row, and the line that takes their place."""
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        self.make_button = _button_of(self.make_action)
        row.addWidget(self.make_button)
        row.addWidget(_button_of(self.merge_action))
        row.addWidget(_button_of(self.show_action))
        row.addStretch(1)
        asking = QWidget()
        line = QHBoxLayout(asking)
        line.setContentsMargins(0, 0, 0, 0)
        self.asked_swatch = QLabel()
        self.label_edit = LabelsEdit()
        self.label_edit.setAccessibleName(self.tr("Label of the new ROI"))
        self.label_edit.setClearButtonEnabled(True)
        self.label_edit.entered.connect(self._make_roi)
        self.label_edit.cancelled.connect(self._stop_asking)
        self.label_edit.textChanged.connect(
            lambda: self.add_button.setEnabled(bool(self.label_edit.texts()))
        )
        self.add_button = QPushButton(self.tr("Add"))
        self.add_button.setEnabled(False)
        self.add_button.clicked.connect(self.label_edit.enter)
        self.cancel_button = QToolButton()
        self.cancel_button.setIcon(icon("close"))
        self.cancel_button.setAutoRaise(True)
        self.cancel_button.setToolTip(self.tr("Cancel (Esc)"))
        self.cancel_button.setAccessibleName(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self._stop_asking)
        for widget in (self.asked_swatch, self.label_edit):
            line.addWidget(widget)
        line.addWidget(self.add_button)
        line.addWidget(self.cancel_button)
        bar = QStackedWidget(self)
        bar.addWidget(buttons)
        bar.addWidget(asking)
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return bar

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        title = QLabel(self.windowTitle())
        title.setProperty("kind", "panelTitle")
        self.summary.setProperty("kind", "small")
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.summary)
        return row

    def _build_list_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.bar)
        return page

    def _build_empty_page(self) -> QWidget:
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(8)
        self.empty_text.setTextFormat(Qt.TextFormat.PlainText)
        self.empty_text.setWordWrap(True)
        layout.addWidget(self.empty_icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.empty_text, 1, Qt.AlignmentFlag.AlignTop)
        return page

    # -- showing

    def _on_session_document_opened(self) -> None:
        self._stop_asking()
        self._update()

    def _on_session_changed(self, change: Change) -> None:
        if change.phase == "preview":
            return
        if change.fields & {"annotations", "sources"} or change.tables:
            self._update()

    def _on_session_view_changed(self, before: ViewState) -> None:
        view = self._session.view
        if (before.source, before.look.modes) != (view.source, view.look.modes):
            self._stop_asking()
            self._update()
        if not same_colors(before, self._session.view):
            self.table.viewport().update()
        if view.in_hand is not None and view.in_hand != before.in_hand:
            # It may have been taken in the image.
            row = self.model.row_of(view.in_hand)
            if row is not None:
                self.table.choose(row)
                self.table.scrollTo(self.model.index(row, 0))

    def _shown_rgb(self, count: ValueCount) -> tuple[int, int, int]:
        return self._swatches.entry(count.key, count.indices[0]) or count.rgb

    def _on_theme_changed(self, _tokens: object) -> None:
        if not self.model.total:
            self._update_empty()

    def _update(self) -> None:
        row = max(0, self.table.currentIndex().row())
        groups = self._find_groups()
        if groups != self.model.groups:
            self.model.set_groups(groups, row + 1)
            if self.model.rowCount():
                self.table.choose(min(row, self.model.rowCount() - 1))
        total = self.model.total
        self.summary.setText(self._summary(total) if total else "")
        self.pages.setCurrentIndex(0 if total else 1)
        if not total:
            self._update_empty()
        # A line of good news needs no more room than a line.
        self.setMaximumHeight(QWIDGETSIZE_MAX if total else EMPTY_HEIGHT_PX)
        self._on_selection_changed()
        self.count_changed.emit(total)

    def _find_groups(self) -> tuple[UnclaimedGroup, ...]:
        document, census = self._session.document, self._session.census
        if document is None:
            return ()
        return follow_groups(
            {group.key: group for group in self.model.groups},
            (
                (
                    ref.key,
                    ref.mask.id,
                    document.planes[ref.key],
                    census.owners[ref.key],
                )
                for ref in document.frame.masks()
                if ref.source.id == self._session.view.source
                and ref.key in census.owners
                and not _is_opacity(self._session, ref.key)
            ),
        )

    def _summary(self, total: int) -> str:
        pixels = self.model.total_pixels
        return self.tr("{}, {}").format(
            grouped(self.tr("%n colour(s)", "", total), total),
            grouped(self.tr("%n pixel(s)", "", pixels), pixels),
        )

    def _update_empty(self) -> None:
        """Say why the list is empty; a mask that cannot be read has no claimed colours."""
        groups, document = self.model.groups, self._session.document
        is_good = bool(groups)
        if document is None:
            text = ""
        elif not groups:
            text = self.tr("No mask of this source could be read")
            if not any(
                ref.source.id == self._session.view.source
                for ref in document.frame.masks()
            ):
                text = self.tr("This source has no mask")
        elif any(
            (self._session.census.owners[group.key] < NOBODY).any() for group in groups
        ):
            text = self.tr("Every colour has a ROI or a label of the data set")
        else:
            text = self.tr("Every colour has a ROI")
        self.empty_text.setText(text)
        found = icon("check", "success") if is_good else icon("info", "muted")
        self.empty_icon.setPixmap(found.pixmap(16) if text else QPixmap())

    # -- what the user does

    def selected(self) -> ValueCount | None:
        """Give the selected row's value."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.count(rows[0].row()) if rows else None

    def take(self) -> None:
        """Outline the selected value's pixels and paint with it from now on."""
        count = self.selected()
        if count is not None:
            self._session.take(count)

    def show_where(self) -> None:
        """Outline the selected value's pixels and ask for a zoom to them."""
        count = self.selected()
        if count is not None:
            self._session.take(count)
            self.show_requested.emit(count.key, count.indices)

    def ask_label(self) -> None:
        """Ask for the label of a new ROI of the selected value, in place."""
        count, document = self.selected(), self._session.document
        if count is None or document is None:
            return
        self._pending = count
        self.asked_swatch.setPixmap(swatch(self._shown_rgb(count)))
        self.label_edit.clear()
        self.label_edit.set_known(frame_labels(document))
        self.label_edit.setPlaceholderText(
            self.tr("Label for {}").format(value_text(count.value))
        )
        self.bar.setCurrentIndex(1)
        self.label_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def merge(self) -> None:
        """Repaint the selected value's pixels as the ROI that is nearest in colour."""
        count, session = self.selected(), self._session
        document, census = session.document, session.census
        locked = session.view.locked_rois
        if count is None or document is None:
            return
        got: list[int] = []

        def work(edit: Transaction) -> None:
            merge = edits.merge_into_nearest
            got.append(merge(edit, document, census, count, locked))

        label = self.tr("Merge {} into the nearest ROI").format(value_text(count.value))
        if session.edit(label, work):
            name = one_line(census.rois[got[0]].resolution.name) or str(got[0])
            text = self.tr("%n pixel(s) went to {}", "", count.pixels).format(name)
            session.notified.emit(grouped(text, count.pixels))
            session.select(*got)

    def _make_roi(self, labels: list[str]) -> None:
        count, document = self._pending, self._session.document
        if count is None or document is None:
            return
        made: list[int] = []

        def work(edit: Transaction) -> None:
            made.append(edits.make_roi(edit, document, count, labels))

        label = self.tr("Make ROI {}").format(one_line(", ".join(labels)))
        if self._session.edit(label, work):
            self._stop_asking()
            self._session.select(*made)

    def _stop_asking(self) -> None:
        was_asking, self._pending = self._pending is not None, None
        self.bar.setCurrentIndex(0)
        if was_asking:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            QApplication.clipboard().setText(self.model.describe(rows[0].row()))

    def _on_selection_changed(self) -> None:
        has_row = self.table.selectionModel().hasSelection()
        for action in self._row_actions:
            action.setEnabled(has_row)
        if self._pending is not None and self.selected() != self._pending:
            self._stop_asking()


def _is_opacity(session: Session, key: str) -> bool:
    """Whether the values of a mask are opacities, which need no label."""
    assert session.document is not None
    plane, display = session.document.planes[key], display_of(session.view)
    return mask_mode(key, plane, session.census, display) == "alpha"


def _button_of(action: QAction) -> QPushButton:
    """Give a button for an action."""
    button = QPushButton(action.icon(), action.iconText())
    button.setAccessibleName(action.text())
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


class UnclaimedTable(QTableView):
    """The list of `UnclaimedPanel`.

    Signals
    -------
    entered_row()
        Enter was pressed on a row.
    copy_wanted()
        Ctrl+C was pressed.
    """

    entered_row = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        # The window copies ROIs with the same key.
        WidgetKeyFilter(self, lambda key: key.matches(QKeySequence.StandardKey.Copy))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens().row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        # Measured on few rows: every one that is fetched would be measured again.
        header.setResizeContentsPrecision(MEASURED_ROWS)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(UnclaimedModel.MASK, QHeaderView.ResizeMode.Stretch)

    def choose(self, row: int) -> None:
        """Select a row: `selectRow` finds no column from right to left."""
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            self.model().index(row, 0), flag.ClearAndSelect | flag.Rows
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
            return
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.currentIndex().isValid():
            self.entered_row.emit()
            event.accept()
            return
        super().keyPressEvent(event)
