"""The panel of the whole frame: the labels that describe it, and its metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.icons import icon
from chromask_gui.look.texts import cut, number_text, one_line, plain_tip
from chromask_gui.look.theme import tokens
from chromask_gui.widgets.flow_layout import FlowLayout
from chromask_gui.widgets.json_field import JsonField
from chromask_gui.widgets.labels import LabelCompleter, frame_labels
from chromask_gui.widgets.roi_text import parse_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

    from chromask.document.change import Change
    from chromask.document.transaction import Transaction
    from chromask.frame.annotation import Annotation
    from chromask_gui.session.session import Session

MOST_CHIPS = 200
"""Chips that are made; the labels of more are counted. They are rows of the ROI table."""

LONGEST_PX = 200
"""A label that is wider is cut in its chip; its tooltip has all of it."""


class FrameDetailsPanel(QScrollArea):
    """Labels of the whole frame as chips, and the frame's metadata as JSON."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rois: Sequence[Annotation] = ()
        self._labels: list[tuple[int, str]] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWindowTitle(self.tr("Frame"))
        self.setAccessibleName(self.tr("Labels and metadata of the frame"))
        self.chips = QWidget()
        self.label = LabelLine()
        self.label.setPlaceholderText(self.tr("night, rain"))
        self.label.setAccessibleName(self.tr("Labels for the whole frame"))
        self.add_button = QPushButton(icon("add"), self.tr("Add label"))
        self.add_button.setToolTip(self.tr("Add it to the whole frame  Enter"))
        self.json = JsonField(self.tr("Metadata of the frame as JSON"))
        self._completer = LabelCompleter((), self.label)
        self.label.setCompleter(self._completer)
        self.label.entered.connect(self._on_label_entered)
        self.label.returnPressed.connect(self._on_label_submitted)
        self.add_button.clicked.connect(self._on_label_submitted)
        self.json.submitted.connect(self._on_json_submitted)
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._on_session_changed)
        self._lay_out()
        self._on_session_document_opened()

    def _lay_out(self) -> None:
        self.chips.hide()
        flow = FlowLayout(self.chips, tokens().space_1)
        flow.setContentsMargins(0, 0, 0, 0)
        adding = QHBoxLayout()
        adding.setSpacing(tokens().space_2)
        adding.addWidget(self.label, 1)
        adding.addWidget(self.add_button)
        inside = QFrame()
        inside.setProperty("kind", "panel")
        column = QVBoxLayout(inside)
        space = tokens().space_3
        column.setContentsMargins(space, tokens().space_2, space, space)
        column.setSpacing(tokens().space_1 + 2)
        column.addWidget(_caption(self.tr("Labels of the whole frame")))
        column.addWidget(self.chips)
        column.addLayout(adding)
        column.addWidget(_caption(self.tr("Metadata")))
        column.addWidget(self.json, 1)
        self.setWidget(inside)

    # -- what the window may ask for

    def add_label(self) -> None:
        """Let the user type a label for the frame."""
        self.label.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.label.selectAll()

    def edit_metadata(self) -> None:
        """Let the user type metadata of the frame."""
        self.ensureWidgetVisible(self.json)
        self.json.begin_typing()

    # -- following the session

    def _on_session_document_opened(self) -> None:
        self.label.clear()
        self.json.show_value(self._meta())
        self._show_labels()

    def _on_session_changed(self, change: Change) -> None:
        if "annotations" in change.fields:
            self._show_labels()
        if "properties" in change.fields and not self.json.is_edited:
            self.json.show_value(self._meta())

    def _meta(self) -> dict[str, Any]:
        document = self._session.document
        found = document.frame.properties.get("meta") if document is not None else None
        return dict(found) if isinstance(found, dict) else {}

    def _show_labels(self) -> None:
        document = self._session.document
        rois = document.frame.annotations if document is not None else ()
        before, self._rois = self._rois, rois
        changed = self._session.census.changed_rois(before, rois)
        if changed is not None and not any(
            _has_frame_labels(roi)
            for index in changed
            for roi in (before[index], rois[index])
        ):
            return
        labels = [
            (index, label)
            for index, roi in enumerate(rois)
            if _has_frame_labels(roi)
            for label in roi.labels
        ]
        self.chips.setVisible(bool(labels))
        if labels == self._labels:
            return
        self._labels = labels
        layout = self.chips.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index, label in labels[:MOST_CHIPS]:
            layout.addWidget(self._chip(index, label))
        rest = len(labels) - MOST_CHIPS
        if rest > 0:
            text = self.tr("More labels in the table of ROIs: {}")
            layout.addWidget(QLabel(text.format(number_text(rest))))

    def _chip(self, index: int, label: str) -> QPushButton:
        label_shown = one_line(cut(label))
        text = self.fontMetrics().elidedText(
            label_shown, Qt.TextElideMode.ElideRight, LONGEST_PX
        )
        chip = QPushButton(icon("close", "muted"), text.replace("&", "&&"))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        name = self.tr("Remove the label {}").format(label_shown)
        chip.setToolTip(plain_tip(name))
        chip.setAccessibleName(name)
        chip.clicked.connect(lambda: self._remove(index, label))
        return chip

    # -- editing

    def _on_label_submitted(self) -> None:
        if self._completer.is_choosing():
            return  # this Enter takes the completion; the next one adds the labels
        have = {label for _, label in self._labels}
        labels = [each for each in parse_labels(self.label.text()) if each not in have]
        if labels and self._session.edit(
            self.tr("Label the frame {}").format(", ".join(labels)),
            lambda edit: edit.frame.add_annotation(frame_class=labels),
        ):
            self.label.clear()

    def _remove(self, index: int, label: str) -> None:
        def work(edit: Transaction) -> None:
            rest = [
                each for each in edit.frame.annotations[index].labels if each != label
            ]
            if rest:
                edit.frame.update_annotation(index, labels=rest)
            else:
                # Without a label it would say nothing any more.
                edit.frame.remove_annotation(index)

        self._session.edit(self.tr("Remove the label {}").format(one_line(label)), work)

    def _on_json_submitted(self, value: dict[str, Any]) -> None:
        self.json.show_value(value)
        self._session.edit(
            self.tr("Set the frame's metadata"),
            lambda edit: edit.frame.set_property("meta", value),
        )
        self.json.show_value(self._meta())

    def _on_label_entered(self) -> None:
        # As late as this: a frame of 10 000 ROIs has its labels sorted once.
        document = self._session.document
        self._completer.set_labels(frame_labels(document))


class LabelLine(QLineEdit):
    """A line for labels.

    Signals
    -------
    entered()
        The keyboard comes to it.
    """

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.entered.emit()
        super().focusInEvent(event)


def _has_frame_labels(roi: Annotation) -> bool:
    return roi.kind == "frame" and not roi.has_mask


def _caption(text: str) -> QLabel:
    caption = QLabel(QCoreApplication.translate("FrameDetailsPanel", text))
    caption.setProperty("kind", "small")
    return caption
