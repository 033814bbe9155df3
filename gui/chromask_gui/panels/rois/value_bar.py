"""The bar that asks, in place, what a new value means: the ROI alone, or its pixels too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.texts import grouped, value_text
from chromask_gui.look.theme import tokens
from chromask_gui.panels.rois import actions as roi_actions
from chromask_gui.panels.rois.paint import paint_swatch
from chromask_gui.panels.rois.row import roi_label
from chromask_gui.panels.rois.value_plan import ValueChange, plan_change
from chromask_gui.widgets.roi_text import ANY, claim_rgb, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask_gui.session.session import Session

Value = tuple[int, ...]


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

    It makes the edit that the user chooses, and counts anew while it waits for the choice.

    Signals
    -------
    left()
        The user has answered, or wants neither: the keyboard belongs elsewhere again.
    """

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
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
        self.cancel_button.clicked.connect(self.cancel)
        session.document_opened.connect(self.dismiss)
        session.changed.connect(self._on_session_changed)
        session.counted.connect(self._on_session_changed)
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
        QWidget.setTabOrder(self.repaint_button, self.roi_button)
        QWidget.setTabOrder(self.roi_button, self.cancel_button)

    def ask(self, index: int, value: Value) -> None:
        """Ask about another value for a ROI; one without pixels gets it at once."""
        plan = self._plan(index, value)
        if plan.pixels:
            self._show(plan)
            self._take_focus()
        else:
            # Without pixels there is nothing to choose between.
            self.dismiss()
            roi_actions.change_value(self._session, plan)

    def cancel(self) -> None:
        """Leave everything as it is."""
        self.dismiss()
        self.left.emit()

    def dismiss(self) -> None:
        """Go away without an answer."""
        self.change = None
        self.hide()

    def _plan(self, index: int, value: Value) -> ValueChange:
        resolution = self._session.census.rois[index].resolution
        return plan_change(self._session, index, roi_label(resolution), value)

    def _on_session_changed(self) -> None:
        """Count anew what is asked about, or let it go with what it was about."""
        asked, document = self.change, self._session.document
        if asked is None or document is None:
            return
        rois = document.frame.annotations
        if (
            asked.index < len(rois)
            and rois[asked.index].mask_value == asked.before
            and self._session.census.rois[asked.index].pixels
        ):
            had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
            self._show(self._plan(asked.index, asked.after))
            if had_focus:
                self._take_focus()
        else:
            self.dismiss()

    def _show(self, change: ValueChange) -> None:
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
        pixels, alone = change.pixels, change.pixels_alone
        self.repaint_button.setText(
            grouped(self.tr("Repaint %n pixel(s)", "", pixels), pixels)
        )
        text = self.tr("Change ROI only (would then have %n pixel(s))", "", alone)
        self.roi_button.setText(grouped(text, alone))
        self.repaint_button.setToolTip(
            change.refusal
            or self.tr("The pixels get the new value, and the ROI with them")
        )
        self.roi_button.setToolTip(
            self.tr("The ROI means other pixels from now on; no pixel changes")
        )
        self.show()

    def _take_focus(self) -> None:
        """Let Enter choose the first answer that can be given."""
        first = self.repaint_button
        if not first.isEnabled():
            first = self.roi_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_repaint_button_clicked(self) -> None:
        self._answer(roi_actions.repaint)

    def _on_roi_button_clicked(self) -> None:
        self._answer(roi_actions.change_value)

    def _answer(self, action: Callable[[Session, ValueChange], bool]) -> None:
        change = self.change
        self.cancel()
        if change is not None:
            action(self._session, change)


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
