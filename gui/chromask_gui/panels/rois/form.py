"""The form beneath the ROI table that adds a ROI: labels, value, and the mask it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chromask.document.edits import next_free_value
from chromask_gui.look.icons import icon
from chromask_gui.look.texts import grouped, one_line, value_text
from chromask_gui.look.theme import tokens
from chromask_gui.panels.rois.delegates import mark_error
from chromask_gui.panels.rois.row import roi_label
from chromask_gui.panels.rois.value_bar import Swatch
from chromask_gui.widgets.labels import LabelCompleter
from chromask_gui.widgets.roi_text import ValueTextError, parse_labels, parse_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from chromask.frame.load import MaskRef
    from chromask_gui.session.session import Session

Value = tuple[int, ...]


class RoiForm(QFrame):
    """Labels, value and mask of a ROI to be added.

    Signals
    -------
    submitted()
        The user wants the ROI that stands in the form.
    closed()
        The user wants the form gone.
    """

    submitted = Signal()
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._refs: list[MaskRef] = []
        self.setObjectName("roi_form")
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Add a ROI"))
        self.labels = QLineEdit()
        self.labels.setPlaceholderText(self.tr("car, vehicle"))
        self.labels.setAccessibleName(self.tr("Labels of the new ROI"))
        self.value = QLineEdit()
        self.value.setPlaceholderText("210 210 120  /  #d2d278")
        self.value.setAccessibleName(self.tr("Value of the new ROI"))
        self.swatch = Swatch()
        self.free_button = QToolButton()
        self.free_button.setAutoRaise(True)
        self.free_button.setIcon(icon("palette"))
        self.free_button.setToolTip(self.tr("Next free colour"))
        self.free_button.setAccessibleName(self.tr("Next free colour"))
        self.free_button.clicked.connect(self.suggest_value)
        self.mask_box = QComboBox()
        self.mask_box.setAccessibleName(self.tr("Mask of the new ROI"))
        self.mask_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.mask_box.setMinimumContentsLength(8)
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setProperty("kind", "small")
        self.add_button = QPushButton(self.tr("Add"))
        self.add_button.setProperty("kind", "primary")
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close the form  Esc"))
        self.labels.textEdited.connect(self._on_typed)
        self.value.textEdited.connect(self._on_typed)
        self.mask_box.activated.connect(self._on_typed)
        self.add_button.clicked.connect(self.submitted)
        self.close_button.clicked.connect(self.closed)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens().space_2)
        grid.setVerticalSpacing(tokens().space_1 + 2)
        value = QHBoxLayout()
        value.setSpacing(tokens().space_2)
        value.addWidget(self.value, 1)
        value.addWidget(self.swatch)
        value.addWidget(self.free_button)
        self.mask_caption = QLabel(self.tr("Mask"))
        rows: tuple[tuple[QLabel, QWidget, QHBoxLayout | None], ...] = (
            (QLabel(self.tr("Labels")), self.labels, None),
            (QLabel(self.tr("RGB")), self.value, value),
            (self.mask_caption, self.mask_box, None),
        )
        for number, (caption, field, layout) in enumerate(rows):
            caption.setProperty("kind", "muted")
            caption.setBuddy(field)
            grid.addWidget(caption, number, 0)
            if layout is not None:
                grid.addLayout(layout, number, 1)
            else:
                grid.addWidget(field, number, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens().space_2)
        buttons.addWidget(self.message, 1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.add_button)
        column = QVBoxLayout(self)
        space = tokens().space_3
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(tokens().space_2)
        column.addLayout(grid)
        column.addLayout(buttons)
        QWidget.setTabOrder(self.labels, self.value)
        QWidget.setTabOrder(self.value, self.mask_box)
        QWidget.setTabOrder(self.mask_box, self.add_button)
        QWidget.setTabOrder(self.add_button, self.close_button)

    # -- what stands in it

    def fill(self, labels_known: Sequence[str]) -> None:
        """Offer the masks of the frame and the labels that are known."""
        document = self._session.document
        before = self.mask_ref()
        self._refs = list(document.frame.masks()) if document is not None else []
        is_group = document is not None and len(document.frame.sources) > 1
        self.mask_box.clear()
        for ref in self._refs:
            name = one_line(ref.mask.id)
            if is_group:
                name = f"{one_line(ref.source.id)} / {name}"
            self.mask_box.addItem(name)
        keys = [ref.key for ref in self._refs]
        if before is not None and before.key in keys:
            self.mask_box.setCurrentIndex(keys.index(before.key))
        for widget in (self.mask_box, self.mask_caption):
            widget.setVisible(len(self._refs) > 1)
        self.labels.setCompleter(LabelCompleter(labels_known, self.labels))
        self._show_note()

    def clear(self) -> None:
        """Empty the form for the next ROI; the mask stays."""
        self.labels.clear()
        self.value.clear()
        mark_error(self.labels, "")
        mark_error(self.value, "")
        self.swatch.show_value(None)
        self._show_note()

    def suggest_value(self) -> None:
        """Fill in a value that is free in the mask and easy to tell from the others."""
        document, ref = self._session.document, self.mask_ref()
        plane = document.planes.get(ref.key) if document and ref else None
        if document is None or ref is None or plane is None:
            self._say(self.tr("There is no mask that could be read."), is_wrong=True)
            return
        rois = self._session.census.rois
        annotations = document.frame.annotations
        taken = [
            value
            for count, roi in zip(rois, annotations, strict=True)
            if ref.key in count.resolution.masks
            and (value := roi.mask_value) is not None
        ]
        free = next_free_value(plane, taken)
        if free is None:
            self._say(self.tr("The mask has no free value left."), is_wrong=True)
            return
        self.value.setText(value_text(free))
        self._on_typed()

    def mask_ref(self) -> MaskRef | None:
        """Give the mask that is chosen; None where the frame has none."""
        at = self.mask_box.currentIndex()
        return self._refs[at] if 0 <= at < len(self._refs) else None

    def read(self) -> tuple[tuple[str, ...], Value] | None:
        """Give labels and value; None, with the reason shown, where they cannot be taken."""
        labels = parse_labels(self.labels.text())
        missing = "" if labels else self.tr("Type at least one label.")
        mark_error(self.labels, missing)
        try:
            value, wrong = parse_value(self.value.text()), ""
        except ValueTextError as error:
            value, wrong = (), str(error)
        mark_error(self.value, wrong)
        if missing or wrong:
            self._say(missing or wrong, is_wrong=True)
            (self.labels if missing else self.value).setFocus()
            return None
        return labels, value

    # -- while it is typed into

    def _on_typed(self) -> None:
        for field in (self.labels, self.value):
            mark_error(field, "")
        self._show_note()

    def _show_note(self) -> None:
        """Say what the value means in the chosen mask, before it is added."""
        try:
            value = parse_value(self.value.text())
        except ValueTextError:
            self.swatch.show_value(None)
            self._say("")
            return
        self.swatch.show_value(value)
        self._say(self._count(value))

    def _count(self, value: Value) -> str:
        document, ref = self._session.document, self.mask_ref()
        if document is None or ref is None:
            return ""
        plane = document.planes.get(ref.key)
        if plane is None:
            return self.tr("The mask {} cannot be read.").format(one_line(ref.mask.id))
        entries = plane.claimed_by(value)
        pixels = int(plane.pixels[entries].sum())
        text = (
            grouped(self.tr("%n pixel(s) with it", "", pixels), pixels)
            if pixels
            else self.tr("No pixel has it yet")
        )
        owners = self._session.census.owners[ref.key][entries]
        taken = sorted({owner for owner in owners.tolist() if owner >= 0})
        if not taken:
            return text
        name = roi_label(self._session.census.rois[taken[0]].resolution)
        return self.tr("{}; {} claims it already").format(text, name)

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        self.message.setText(text)
        severity = "error" if is_wrong else ""
        if (self.message.property("severity") or "") != severity:
            self.message.setProperty("severity", severity)
            self.message.style().unpolish(self.message)
            self.message.style().polish(self.message)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.close_button.hasFocus():
                self.submitted.emit()
            else:
                self.closed.emit()
        else:
            super().keyPressEvent(event)
