"""How the cells of the ROI table are typed into; `roi_page` draws them."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chromask_gui.look.theme import tokens
from chromask_gui.panels.rois.model import RoiModel
from chromask_gui.panels.rois.row import Column
from chromask_gui.widgets.labels import LabelCompleter

Index = QModelIndex | QPersistentModelIndex


class RoiDelegate(QStyledItemDelegate):
    """Opens the editors of the text cells.

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

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), tokens().row_height)

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
        elif index.column() == Column.CONFIDENCE:
            editor.setAccessibleName(self.tr("Confidence, 0 to 1"))
            editor.setPlaceholderText("0.85")
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
        if index.column() not in (Column.LABELS, Column.CONFIDENCE):
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
