"""The card beneath the ROI table that edits several selected ROIs at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.icons import icon
from chromask_gui.look.texts import grouped
from chromask_gui.look.theme import tokens
from chromask_gui.panels.rois.delegates import mark_error
from chromask_gui.widgets.labels import LabelCompleter
from chromask_gui.widgets.roi_text import (
    ValueTextError,
    parse_confidence,
    parse_labels,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask_gui.panels.rois.commands import RoiCommands
    from chromask_gui.panels.rois.model import RoiModel
    from chromask_gui.session.session import Session


class BulkCard(QFrame):
    """Labels, confidence, eye, lock, copies and removal of all selected ROIs."""

    def __init__(
        self,
        session: Session,
        model: RoiModel,
        commands: RoiCommands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self._commands = commands
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("All selected ROIs"))
        self.title = QLabel()
        self.labels = QLineEdit()
        self.labels.setPlaceholderText(self.tr("Labels, with commas between them"))
        self.labels.setAccessibleName(self.tr("Labels for all selected ROIs"))
        self.confidence = QLineEdit()
        self.confidence.setPlaceholderText("0.85")
        self.confidence.setFixedWidth(64)
        self.confidence.setAccessibleName(self.tr("Confidence of all selected ROIs"))
        self.confidence.setToolTip(self.tr("Enter sets it; nothing removes it"))
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setProperty("severity", "error")
        self.add = self._button(
            self.tr("Add"), self.tr("Add these labels to each ROI  Enter"), "add"
        )
        self.set = self._button(
            self.tr("Set"), self.tr("Give each ROI these labels alone"), "set"
        )
        self.remove = self._button(
            self.tr("Remove"), self.tr("Take these labels from each ROI"), "remove"
        )
        self.labels.returnPressed.connect(lambda: self._label("add"))
        self.confidence.returnPressed.connect(self._on_confidence_return_pressed)
        for field in (self.labels, self.confidence):
            field.textEdited.connect(self._clear_message)
        self._lay_out()
        session.document_opened.connect(self.update_rows)
        session.changed.connect(self.update_rows)
        session.view_changed.connect(self.update_rows)
        self.update_rows()

    def _lay_out(self) -> None:
        space = tokens().space_2
        top = QHBoxLayout()
        top.setSpacing(tokens().space_1)
        top.addWidget(self.title)
        top.addStretch(1)
        caption = QLabel(self.tr("Confidence"))
        caption.setProperty("kind", "small")
        caption.setBuddy(self.confidence)
        top.addWidget(caption)
        top.addWidget(self.confidence)
        commands = self._commands
        for name, text, run in (
            ("eye-off", self.tr("Hide or show  Space"), commands.toggle_eyes),
            ("lock", self.tr("Lock or unlock"), commands.toggle_locks),
            ("duplicate", self.tr("Duplicate  Ctrl+D"), commands.duplicate),
            ("copy", self.tr("Copy  Ctrl+C"), commands.copy),
            ("delete", self.tr("Delete  Delete"), commands.delete),
        ):
            top.addWidget(_tool(name, text, run))
        fields = QHBoxLayout()
        fields.setSpacing(tokens().space_1)
        fields.addWidget(self.labels, 1)
        for button in (self.add, self.set, self.remove):
            fields.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens().space_3, space, space, space)
        column.setSpacing(tokens().space_1 + 2)
        column.addLayout(top)
        column.addLayout(fields)
        column.addWidget(self.message)
        self.message.hide()

    def _button(self, text: str, tip: str, how: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda: self._label(how))
        return button

    def update_rows(self) -> None:
        """Show how many ROIs are meant; away with less than two."""
        count = len(self._session.view.selected)
        is_new = count > 1 and self.isHidden()
        self.setVisible(count > 1)
        self.title.setText(grouped(self.tr("%n ROI(s)", "", count), count))
        if is_new:
            self.labels.clear()
            self.confidence.clear()
            self._clear_message()
            known = self._model.labels_known()
            self.labels.setCompleter(LabelCompleter(known, self.labels))

    def _label(self, how: str) -> None:
        labels = parse_labels(self.labels.text())
        if not labels:
            self._refuse(self.labels, self.tr("Type at least one label."))
        elif self._commands.change_labels(how, labels):
            self.labels.clear()

    def _on_confidence_return_pressed(self) -> None:
        try:
            confidence = parse_confidence(self.confidence.text())
        except ValueTextError as error:
            self._refuse(self.confidence, str(error))
            return
        self._commands.set_confidence(confidence)

    def _refuse(self, field: QLineEdit, reason: str) -> None:
        mark_error(field, reason)
        self.message.setText(reason)
        self.message.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_message(self) -> None:
        for field in (self.labels, self.confidence):
            mark_error(field, "")
        self.message.hide()


def _tool(name: str, text: str, run: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setIcon(icon(name))
    button.setToolTip(text)
    button.setAccessibleName(text.partition("  ")[0])
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.clicked.connect(run)
    return button
