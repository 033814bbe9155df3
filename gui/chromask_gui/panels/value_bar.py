"""The bar that asks, in place, what a new value means: the ROI alone, or its pixels too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from chromask.edits import is_own_mask
from chromask_gui.panels.roi_delegates import paint_swatch
from chromask_gui.panels.roi_text import ANY, claim_rgb, tr
from chromask_gui.texts import number_text, one_line, sentence, value_text
from chromask_gui.theme import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chromask.document import Document
    from chromask_gui.session import Session

Value = tuple[int, ...]

MOST_NAMES = 3
"""So many other ROIs are named in the bar; more are counted."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What another value for a ROI would mean, counted before it happens.

    Attributes
    ----------
    index
        The ROI's index.
    name
        Its display name, on one line.
    before, after
        The two values.
    pixels
        How many pixels the ROI has now: what repainting changes.
    pixels_alone
        How many it would have if it alone were changed.
    refusal
        Why its pixels cannot be repainted; None where they can.
    notes
        What else the user should know, each a sentence.
    """

    index: int
    name: str
    before: Value
    after: Value
    pixels: int
    pixels_alone: int
    refusal: str | None = None
    notes: tuple[str, ...] = ()


def plan_change(session: Session, index: int, name: str, after: Value) -> ValueChange:
    """Count what another value for a ROI would mean; nothing is changed."""
    document = session.document
    assert document is not None
    count = session.census.rois[index]
    painted = [key for key, entries in count.indices.items() if len(entries)]
    alone = 0
    for key in count.resolution.masks:
        plane = document.planes.get(key)
        if plane is not None:
            alone += int(plane.pixels[plane.claimed_by(after)].sum())
    notes = list(_notes(session, document, index, after))
    if any(not is_own_mask(document, key) for key in painted):
        notes.append(tr("Repainting goes to a new PNG mask beside the frame."))
    return ValueChange(
        index,
        name,
        document.frame.annotations[index].mask_value or (),
        after,
        count.pixels or 0,
        alone,
        _refusal(document, painted, after),
        tuple(notes),
    )


def _refusal(document: Document, keys: list[str], after: Value) -> str | None:
    if ANY in after:
        return tr("Pixels cannot be repainted in -1: it means any number.")
    for key in keys:
        reason = document.planes[key].can_hold(after)
        if reason is not None:
            return tr("The mask cannot hold this value: {}").format(sentence(reason))
    return None


def _notes(
    session: Session, document: Document, index: int, after: Value
) -> Iterable[str]:
    rois = session.census.rois
    here = rois[index]
    taken: set[int] = set()
    for other, annotation in enumerate(document.frame.annotations):
        if annotation.mask_value == after and not set(here.resolution.masks).isdisjoint(
            rois[other].resolution.masks
        ):
            taken.add(other)
    for key in here.indices:
        owners = session.census.owners[key][document.planes[key].claimed_by(after)]
        taken.update(owner for owner in owners.tolist() if owner >= 0)
    taken.discard(index)
    if taken:
        yield tr("{} has this value too: the two could not be told apart.").format(
            _names(session, sorted(taken))
        )
    shared = {
        owner
        for key, entries in here.indices.items()
        for owner in session.census.owners[key][entries].tolist()
        if owner >= 0 and owner != index
    }
    if shared:
        yield tr("Its pixels belong to {} too, and change for both.").format(
            _names(session, sorted(shared))
        )


def _names(session: Session, indices: list[int]) -> str:
    rois = session.census.rois
    names = [one_line(rois[index].resolution.name) for index in indices[:MOST_NAMES]]
    text = ", ".join(
        name or tr("ROI {}").format(index)
        for name, index in zip(names, indices, strict=False)
    )
    rest = len(indices) - MOST_NAMES
    return tr("{} and {} more").format(text, rest) if rest > 0 else text


class Swatch(QWidget):
    """A small field of one colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Value | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_value(self, value: Value | None) -> None:
        """Show a value, or an empty place."""
        self._value = value
        self.setAccessibleName(tr("Colour {}").format(value_text(value or ())))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(16, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._value:
            painter = QPainter(self)
            place = QRectF(0, 0, 16, 16)
            paint_swatch(
                painter, place, claim_rgb(self._value), is_open=ANY in self._value
            )


class ValueBar(QFrame):
    """Asks whether a new value is for the ROI alone or for its pixels too.

    Signals
    -------
    repaint_chosen(ValueChange), roi_only_chosen(ValueChange)
        What the user decided.
    cancelled()
        The user wants neither.
    """

    repaint_chosen = Signal(object)
    roi_only_chosen = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.change: ValueChange | None = None
        self.setObjectName("value_bar")
        self.setProperty("kind", "banner")
        self.setAccessibleName(self.tr("What the new value is for"))
        self.before, self.after = Swatch(), Swatch()
        self.name, self.old, self.new = _label(), _label(), _label()
        self.note, self.reason = _label(), _label()
        self.note.setWordWrap(True)
        self.reason.setWordWrap(True)
        self.reason.setProperty("severity", "warning")
        self.repaint_button = QPushButton()
        self.repaint_button.setProperty("kind", "primary")
        self.roi_button = QPushButton()
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Leave everything as it is  Esc"))
        for button in (self.repaint_button, self.roi_button, self.cancel_button):
            button.setAutoDefault(True)
        self.repaint_button.clicked.connect(self._on_repaint_button_clicked)
        self.roi_button.clicked.connect(self._on_roi_button_clicked)
        self.cancel_button.clicked.connect(self.cancelled)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(tokens().space_1 + 2)
        for part in (self.name, self.before, self.old):
            title.addWidget(part)
        arrow = _label()
        arrow.setText("\N{RIGHTWARDS ARROW}")
        for part in (arrow, self.after, self.new):
            title.addWidget(part)
        title.addStretch(1)
        buttons = QGridLayout()
        buttons.setHorizontalSpacing(tokens().space_2)
        buttons.setVerticalSpacing(tokens().space_1)
        buttons.addWidget(self.repaint_button, 0, 0)
        buttons.addWidget(self.cancel_button, 0, 1)
        buttons.addWidget(self.roi_button, 1, 0)
        buttons.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        space = tokens().space_3
        column.setContentsMargins(space, tokens().space_2, space, space)
        column.setSpacing(tokens().space_2)
        column.addLayout(title)
        column.addWidget(self.note)
        column.addWidget(self.reason)
        column.addLayout(buttons)

    def show_change(self, change: ValueChange) -> None:
        """Show what a change would mean, and wait for the user."""
        self.change = change
        # A name from a file must not push the values out of the panel.
        name = self.fontMetrics().elidedText(
            change.name, Qt.TextElideMode.ElideRight, 160
        )
        self.name.setText(f"{name}:")
        self.before.show_value(change.before)
        self.after.show_value(change.after)
        self.old.setText(value_text(change.before))
        self.new.setText(value_text(change.after))
        self.note.setText(" ".join(change.notes))
        self.note.setVisible(bool(change.notes))
        self.reason.setText(change.refusal or "")
        self.reason.setVisible(change.refusal is not None)
        self.repaint_button.setEnabled(change.refusal is None)
        self.repaint_button.setText(
            self.tr("Repaint {} pixels").format(number_text(change.pixels))
            if change.pixels != 1
            else self.tr("Repaint 1 pixel")
        )
        self.roi_button.setText(
            self.tr("Change ROI only (would then have {} pixels)").format(
                number_text(change.pixels_alone)
            )
            if change.pixels_alone != 1
            else self.tr("Change ROI only (would then have 1 pixel)")
        )
        self.repaint_button.setToolTip(
            change.refusal
            or self.tr("The pixels get the new value, and the ROI with them")
        )
        self.roi_button.setToolTip(
            self.tr("The ROI means other pixels from now on; no pixel changes")
        )
        self.show()

    def take_focus(self) -> None:
        """Let Enter choose the first answer that can be given."""
        first = self.repaint_button
        if not first.isEnabled():
            first = self.roi_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Go away without an answer."""
        self.change = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _on_repaint_button_clicked(self) -> None:
        if self.change is not None:
            self.repaint_chosen.emit(self.change)

    def _on_roi_button_clicked(self) -> None:
        if self.change is not None:
            self.roi_only_chosen.emit(self.change)


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
