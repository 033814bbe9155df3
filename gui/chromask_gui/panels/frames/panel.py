"""The frames panel: small pictures with marks, a filter line, and what was recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.icons import Tone, icon
from chromask_gui.look.texts import one_line
from chromask_gui.look.theme import tokens
from chromask_gui.panels.frames.model import (
    CELL,
    FOLDER_PX,
    FOLDER_ROLE,
    HEIGHT_ROLE,
    MARKS_ROLE,
    FramesModel,
)
from chromask_gui.session.thumbs import THUMB_RC
from chromask_gui.widgets.elided_label import ElidedLabel
from chromask_gui.widgets.report_text import report_parts

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.dataset.query import Choice
    from chromask_gui.session.file_flow import FileFlow

    Index = QModelIndex | QPersistentModelIndex

MARK_PX = 16
MARK_ICONS: dict[str, tuple[str, Tone]] = {
    "edited": ("save", "warning"),
    "saved": ("check", "success"),
    "reviewed": ("reviewed", "accent"),
    "unresolved": ("warning", "warning"),
    "missing": ("error", "danger"),
}


class FrameDelegate(QStyledItemDelegate):
    """Paints a frame: its picture, its name, its marks at the upper right corner."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(CELL.width(), index.data(HEIGHT_ROLE) or CELL.height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        painter.save()
        theme, cell = tokens(), QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        ground = cell.adjusted(3, 2, -3, -2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(theme.selection))
            painter.drawRoundedRect(ground, theme.radius, theme.radius)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.row_hover))
            painter.drawRoundedRect(ground, theme.radius, theme.radius)
        box = QRect(cell.x() + 8, cell.y() + 6, THUMB_RC[1], THUMB_RC[0])
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QPixmap):
            size = picture.deviceIndependentSize().toSize()
            place = QRect(box.topLeft(), size)
            place.moveCenter(box.center())
            painter.drawPixmap(place, picture)
        else:
            painter.setBrush(QColor(theme.sunken))
            painter.drawRoundedRect(box, 4, 4)
        for number, mark in enumerate(index.data(MARKS_ROLE) or []):
            spot = QRect(0, 0, MARK_PX + 4, MARK_PX + 4)
            spot.moveTo(box.right() - 21 - number * 22, box.top() + 2)
            painter.setBrush(QColor(theme.raised))
            painter.drawEllipse(spot)
            name, tone = MARK_ICONS[mark]
            icon(name, tone).paint(painter, spot.adjusted(3, 3, -3, -3))
        words = QRect(cell.x() + 8, box.bottom() + 3, THUMB_RC[1], 20)
        _draw_words(painter, words, index)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(theme.focus))
            painter.drawRoundedRect(ground, theme.radius, theme.radius)
        painter.restore()


def _draw_words(painter: QPainter, room: QRect, index: Index) -> None:
    """Draw the name, and in a tree the folder below it: its innermost name tells it apart."""
    lines = (
        (Qt.ItemDataRole.DisplayRole, tokens().text, Qt.TextElideMode.ElideMiddle),
        (FOLDER_ROLE, tokens().text_muted, Qt.TextElideMode.ElideLeft),
    )
    for number, (role, color, mode) in enumerate(lines):
        text = index.data(role) or ""
        painter.setPen(QColor(color))
        painter.drawText(
            room.translated(0, number * (FOLDER_PX - 2)),
            Qt.AlignmentFlag.AlignCenter,
            painter.fontMetrics().elidedText(text, mode, room.width()),
        )


class FramePanel(QFrame):
    """The frames of what was opened; hidden where there is one alone."""

    def __init__(self, files: FileFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self.frames = files.frames
        self._told: tuple[Path, Choice] | None = None
        self.setAccessibleName(self.tr("Frames"))
        self.model = FramesModel(self.frames, files.thumbs, self)
        self.list = QListView()
        self.list.setObjectName("frames")
        self.list.setAccessibleName(self.tr("Frames"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(FrameDelegate(self.list))
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(CELL.height() + 20)
        self.list.clicked.connect(self._on_list_chosen)
        self.list.activated.connect(self._on_list_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 4)
        column.setSpacing(4)
        column.addLayout(self._build_head())
        column.addWidget(self.list)
        self.model.row_changed.connect(self._on_model_row_changed)
        self.model.modelReset.connect(self._on_frames_moved)
        self.frames.listed.connect(self._on_frames_listed)
        self.frames.moved.connect(self._on_frames_moved)
        self._on_frames_listed()

    def _build_head(self) -> QHBoxLayout:
        self.said = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.said.setProperty("kind", "muted")
        self.change_button = QPushButton(self.tr("Change…"))
        self.change_button.setProperty("kind", "link")
        self.change_button.setToolTip(
            self.tr(
                "Read what was recognised as a whole, and choose other folders of masks"
                " or another legend"
            )
        )
        self.change_button.clicked.connect(self._on_change_clicked)
        self.filter = QLineEdit()
        self.filter.setAccessibleName(self.tr("Filter frames by name"))
        self.filter.setPlaceholderText(self.tr("Filter by name"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(150)
        self.filter.setMinimumWidth(60)
        self.filter.textEdited.connect(self._on_filter_edited)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.mark = QComboBox()
        self.mark.setAccessibleName(self.tr("Filter frames by mark"))
        # In a small window it shows the start of a name; its list shows all of it.
        self.mark.setMinimumWidth(80)
        for data, text in (
            ("", self.tr("All frames")),
            ("edited", self.tr("Unsaved edits")),
            ("saved", self.tr("Saved since opened")),
            ("reviewed", self.tr("Reviewed")),
            ("-reviewed", self.tr("Not reviewed")),
            ("unresolved", self.tr("ROI without a mask")),
            ("missing", self.tr("Files missing")),
        ):
            self.mark.addItem(text, data)
        self.mark.activated.connect(self._on_filter_edited)
        self.auto_save = QCheckBox(self.tr("Save automatically"))
        self.auto_save.setToolTip(self.tr("Save a frame's edits when you move on"))
        self.auto_save.setChecked(self._files.settings.saves_on_moving)
        self.auto_save.clicked.connect(self._on_auto_save_clicked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.change_button)
        row.addSpacing(8)
        row.addWidget(self.auto_save)
        row.addWidget(self.mark)
        row.addWidget(self.filter)
        return row

    # -- slots

    def _on_change_clicked(self) -> None:
        # Few need it: the window starts without it.
        from chromask_gui.dialogs.recognition import ask_choice

        ask_choice(self._files)

    def _on_list_chosen(self, index: QModelIndex) -> None:
        self._files.go_to(self.model.place(index.row()))
        # Whoever would rather not leave unsaved edits stays: the picture tells so.
        self._on_frames_moved()

    def _on_model_row_changed(self, row: int) -> None:
        self.list.update(self.model.index(row))

    def _on_filter_edited(self) -> None:
        self.model.set_filter(self.filter.text(), self.mark.currentData() or "")

    def _on_filter_changed(self, text: str) -> None:
        if not text:  # the clear button edits nothing
            self._on_filter_edited()

    def _on_auto_save_clicked(self, is_on: bool) -> None:
        self._files.settings.saves_on_moving = is_on

    def _on_frames_listed(self) -> None:
        listed = self.frames.list
        self.setVisible(self.frames.count > 1)
        if listed is None:
            return
        text = one_line(", ".join(report_parts(self._files)))
        self.said.setText(text)
        self.list.setFixedHeight(self.model.cell_height + 20)
        if self._told != (listed.root, listed.choice) and self.frames.count > 1:
            self._told = (listed.root, listed.choice)
            self.frames.session.notified.emit(text)

    def _on_frames_moved(self) -> None:
        row = self.model.row(self.frames.place)
        if row is None:
            self.list.setCurrentIndex(QModelIndex())
            self.list.clearSelection()
            return
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
