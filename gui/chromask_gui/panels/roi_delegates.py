"""How the cells of the ROI table are drawn and typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QIcon,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chromask_gui.icons import icon
from chromask_gui.panels.roi_model import RoiModel
from chromask_gui.panels.roi_row import UNRESOLVED, Column, RoiRow
from chromask_gui.panels.roi_text import ANY, MAX_8_BIT
from chromask_gui.theme import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

Index = QModelIndex | QPersistentModelIndex

ICON_PX = 16
NARROW_PX = 30
"""A column of words that is no wider shows icons."""

SWATCH_PX = 14
VALUE_MARGIN_PX = 7
"""What the style leaves free at the right of a text."""

MARK_PX = 14


class LabelCompleter(QCompleter):
    """Completes the label behind the last comma, and keeps what stands before it."""

    def __init__(self, labels: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setModel(QStringListModel(list(labels), self))
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(10)
        popup = self.popup()
        assert popup is not None
        popup.setObjectName("completer")

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: Index) -> str:
        label = str(index.data())
        widget = self.widget()
        text = widget.text() if isinstance(widget, QLineEdit) else ""
        before, comma, _ = text.rpartition(",")
        return f"{before.rstrip()}, {label}" if comma else label


class RoiDelegate(QStyledItemDelegate):
    """Draws eyes, swatches and warnings, and opens the editors of the text cells.

    Signals
    -------
    refused(str)
        Why the text in the open editor cannot be taken; empty once it can, or when the
        editor is gone.
    """

    refused = Signal(str)

    def model_of(self, index: Index) -> RoiModel:
        """Give the model of an index: this delegate serves no other kind."""
        model = index.model()
        assert isinstance(model, RoiModel)
        return model

    # -- drawing

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        column = index.column()
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        model = self.model_of(index)
        row = model.row(index)
        if column == Column.EYE:
            self._paint_ground(painter, option, index)
            _paint_eye(painter, rect, row, is_hidden=model.cells.is_hidden(row))
        elif column == Column.SWATCH:
            self._paint_ground(painter, option, index)
            _paint_swatch(painter, rect, row, model.cells.display_rgb(row))
        elif column == Column.ORIGIN and rect.width() <= NARROW_PX:
            self._paint_ground(painter, option, index)
            if row.mapped is not None:
                icon("folder", "muted").paint(painter, _square(rect))
        elif column == Column.VALUE and _has_slots(row.value):
            ground = self._paint_ground(painter, option, index)
            _paint_value(painter, ground, row.value or ())
        elif column == Column.LABELS and row.rule == UNRESOLVED:
            self._paint_ground(painter, option, index)
            beside = QStyleOptionViewItem(option)
            beside.rect = rect.adjusted(MARK_PX + 4, 0, 0, 0)  # pyright: ignore[reportAttributeAccessIssue]
            state: QStyle.StateFlag = beside.state  # pyright: ignore[reportAttributeAccessIssue]
            beside.state = state & ~QStyle.StateFlag.State_HasFocus  # pyright: ignore[reportAttributeAccessIssue]
            super().paint(painter, beside, index)
            mark = QRect(rect.left() + 6, 0, MARK_PX, MARK_PX)
            mark.moveTop(rect.center().y() - MARK_PX // 2 + 1)
            icon("warning", "warning").paint(painter, mark)
        else:
            super().paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), tokens().row_height)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> QStyleOptionViewItem:
        """Draw a cell as the style does, but for its text."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""  # pyright: ignore[reportAttributeAccessIssue]
        widget: QWidget | None = ground.widget  # pyright: ignore[reportAttributeAccessIssue]
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(
            QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget
        )
        return ground

    # -- typing

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        editor = QLineEdit(parent)
        if index.column() == Column.LABELS:
            editor.setAccessibleName(self.tr("Labels, with commas between them"))
            editor.setCompleter(
                LabelCompleter(self.model_of(index).labels_known(), editor)
            )
        else:
            editor.setAccessibleName(self.tr("Value in the mask"))
            editor.setPlaceholderText(
                self.tr("#d2d278") if index.column() == Column.HEX else "210 210 120"
            )
        here = QPersistentModelIndex(index)
        editor.textEdited.connect(lambda: self._on_editor_text_edited(editor))
        editor.setProperty("place", here)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        text = str(index.data(Qt.ItemDataRole.EditRole))
        needed = editor.fontMetrics().horizontalAdvance(text) + 28
        rect = QRect(rect)
        # A value must be seen whole while it is typed; the cells beside it can wait.
        if index.column() != Column.LABELS:
            needed = max(needed, editor.fontMetrics().horizontalAdvance("0") * 16 + 20)
        rect.setWidth(min(max(rect.width(), needed), _room(editor, rect)))
        editor.setGeometry(rect)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.refused.emit("")
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep an editor open while its text cannot be taken."""
        if isinstance(watched, QLineEdit) and _is_commit(event):
            reason = self._refusal(watched)
            self._mark(watched, reason)
            if reason:
                return event.type() == QEvent.Type.KeyPress
        return super().eventFilter(watched, event)

    def _on_editor_text_edited(self, editor: QLineEdit) -> None:
        # Nobody wants to be told off for a number that is half typed.
        if is_marked(editor) and not self._refusal(editor):
            self._mark(editor, "")

    def _refusal(self, editor: QLineEdit) -> str:
        place = editor.property("place")
        if not isinstance(place, QPersistentModelIndex) or not place.isValid():
            return ""
        model = self.model_of(place)
        return model.refusal(place, editor.text()) or ""

    def _mark(self, editor: QLineEdit, reason: str) -> None:
        mark_error(editor, reason)
        self.refused.emit(reason)


def mark_error(editor: QLineEdit, reason: str) -> None:
    """Give a line of text a red frame and say why, or take both away."""
    is_invalid = bool(reason)
    if is_marked(editor) != is_invalid:
        editor.setProperty("invalid", is_invalid)
        editor.style().unpolish(editor)
        editor.style().polish(editor)
    editor.setToolTip(reason)
    editor.setAccessibleDescription(reason)


def is_marked(editor: QLineEdit) -> bool:
    """Whether `mark_error` has marked it."""
    return bool(editor.property("invalid"))


def _is_commit(event: QEvent) -> bool:
    if event.type() == QEvent.Type.FocusOut:
        return QApplication.activePopupWidget() is None
    return isinstance(event, QKeyEvent) and (
        event.type() == QEvent.Type.KeyPress
        and event.key()
        in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
    )


def _room(editor: QWidget, rect: QRect) -> int:
    parent = editor.parentWidget()
    return max(rect.width(), parent.width() - rect.left()) if parent else rect.width()


def _has_slots(value: tuple[int, ...] | None) -> bool:
    return value is not None and len(value) >= 3 and max(value) <= MAX_8_BIT


def _paint_value(
    painter: QPainter, option: QStyleOptionViewItem, value: tuple[int, ...]
) -> None:
    """Draw each number in a slot of its own, so that channels stand under one another."""
    state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
    palette: QPalette = option.palette  # pyright: ignore[reportAttributeAccessIssue]
    font: QFont = option.font  # pyright: ignore[reportAttributeAccessIssue]
    rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
    is_selected = bool(state & QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole
    painter.save()
    painter.setFont(font)
    painter.setPen(palette.color(role.HighlightedText if is_selected else role.Text))
    slot = painter.fontMetrics().horizontalAdvance("888")
    gap = painter.fontMetrics().horizontalAdvance("  ")
    right = rect.right() - VALUE_MARGIN_PX
    for number in reversed(value):
        place = QRect(right - slot, rect.top(), slot, rect.height())
        painter.drawText(
            place,
            int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            str(number),
        )
        right -= slot + gap
    painter.restore()


def _square(rect: QRect) -> QRect:
    place = QRect(0, 0, ICON_PX, ICON_PX)
    place.moveCenter(rect.center())
    return place


def _paint_eye(painter: QPainter, rect: QRect, row: RoiRow, *, is_hidden: bool) -> None:
    if not row.has_eye:
        return
    mode = QIcon.Mode.Disabled if is_hidden else QIcon.Mode.Normal
    icon("eye-off" if is_hidden else "eye", "muted").paint(
        painter, _square(rect), Qt.AlignmentFlag.AlignCenter, mode
    )


def _paint_swatch(
    painter: QPainter,
    rect: QRect,
    row: RoiRow,
    rgb: tuple[int, int, int] | None,
) -> None:
    place = QRectF(0, 0, SWATCH_PX, SWATCH_PX)
    place.moveCenter(QRectF(rect).center())
    if row.kind is not None:
        paint_kind(painter, place, row.kind)
    elif row.value is not None and rgb is not None:
        paint_swatch(painter, place, rgb, is_open=ANY in row.value)


def paint_swatch(
    painter: QPainter,
    place: QRectF,
    rgb: tuple[int, int, int],
    *,
    is_open: bool = False,
) -> None:
    """Draw a colour with a hairline around it; a stroke through one that is not one colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    border = QColor(tokens().text)
    border.setAlpha(70)
    painter.setBrush(QColor(*rgb))
    painter.setPen(QPen(border, 1))
    painter.drawRoundedRect(place, 3, 3)
    if is_open:
        painter.setPen(QPen(QColor(tokens().surface), 3))
        painter.drawLine(place.bottomLeft(), place.topRight())
        painter.setPen(QPen(QColor(tokens().text), 1))
        painter.drawLine(place.bottomLeft(), place.topRight())
    painter.restore()


def paint_kind(painter: QPainter, place: QRectF, kind: str) -> None:
    """Draw the sign of a kind of geometry in place of a colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = place.adjusted(1.5, 2.5, -1.5, -2.5)
    if kind in ("p2d", "p3d"):
        corners = ((0, 0.4), (0.45, 0), (1, 0.3), (0.8, 1), (0.15, 0.9))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(box.x() + x * box.width(), box.y() + y * box.height())
                    for x, y in corners
                ]
            )
        )
    elif kind in ("k2d", "k3d"):
        painter.setBrush(ink)
        for x, y in ((0.1, 0.2), (0.85, 0.35), (0.45, 0.9)):
            point = QPointF(box.x() + x * box.width(), box.y() + y * box.height())
            painter.drawEllipse(point, 1.2, 1.2)
    elif kind == "elp":
        painter.drawEllipse(box)
    elif kind in ("b2d", "b3d"):
        painter.drawRect(box)
    else:
        _paint_tag(painter, box)
    painter.restore()


def _paint_tag(painter: QPainter, box: QRectF) -> None:
    """Draw a label on a string: a ROI that says something of the whole frame."""
    middle = box.center().y()
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(box.left(), box.top()),
                QPointF(box.right() - 3.5, box.top()),
                QPointF(box.right() + 0.5, middle),
                QPointF(box.right() - 3.5, box.bottom()),
                QPointF(box.left(), box.bottom()),
            ]
        )
    )
