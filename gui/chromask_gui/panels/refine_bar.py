"""The bar that refines a ROI or a mask: what, how far, what it would change; then do it or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from chromask.pixels.refine import OPERATIONS
from chromask_gui.look.texts import grouped, one_line
from chromask_gui.tools.refining import Preview, Wish
from chromask_gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent

    from chromask_gui.session.session import Session
    from chromask_gui.session.view_state import ViewState

_ = QT_TRANSLATE_NOOP

TEXTS = {
    "smooth": (
        _("refine", "Smooth"),
        _("refine", "Each pixel takes the value that most pixels around it have."),
    ),
    "islands": (
        _("refine", "Remove islands"),
        _("refine", "Smaller parts go to the neighbour with the longest border."),
    ),
    "holes": (
        _("refine", "Fill holes"),
        _("refine", "Holes up to this size are filled, whatever is in them."),
    ),
    "largest": (
        _("refine", "Keep the largest part"),
        _("refine", "All other parts go to the neighbour with the longest border."),
    ),
    "grow": (
        _("refine", "Grow"),
        _(
            "refine",
            "It takes the pixels around it; a whole mask takes unclaimed ones.",
        ),
    ),
    "shrink": (
        _("refine", "Shrink"),
        _("refine", "What lies around it takes its outermost pixels."),
    ),
    "gaps": (
        _("refine", "Close gaps"),
        _("refine", "Unclaimed seams between two ROIs, up to this broad, are closed."),
    ),
    "snap": (
        _("refine", "Snap soft edges"),
        _("refine", "Blended, unclaimed colours along borders take the nearest ROI's."),
    ),
}
"""The name of each operation, and what it does."""


def tr(text: object) -> str:
    """Translate a text of this bar."""
    return QCoreApplication.translate("refine", str(text))


class RefineBar(QFrame):
    """Refines with a preview; hidden until it is asked for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._amounts = {name: each.start for name, each in OPERATIONS.items()}
        self.preview = Preview(session, self)
        self.setProperty("kind", "banner")
        self.setWindowTitle(self.tr("Refine"))
        self.setAccessibleName(self.windowTitle())
        self._build_fields()
        self._build_buttons()
        self._lay_out()
        self.preview.updated.connect(self._on_preview_updated)
        # A change is being told then: the next edit must wait.
        self.preview.outdated.connect(
            self._on_preview_outdated, Qt.ConnectionType.QueuedConnection
        )
        session.document_opened.connect(self.hide)
        session.view_changed.connect(self._on_session_view_changed)
        self.hide()

    def _build_fields(self) -> None:
        self.operation = QComboBox()
        self.operation.setAccessibleName(self.tr("How to refine"))
        for name, (text, tip) in TEXTS.items():
            self.operation.addItem(tr(text), name)
            row = self.operation.count() - 1
            self.operation.setItemData(row, tr(tip), Qt.ItemDataRole.ToolTipRole)
        self.operation.activated.connect(self._on_operation_activated)
        self.amount = QSpinBox()
        self.amount.setAccessibleName(self.tr("Amount"))
        self.amount.setGroupSeparatorShown(True)
        self.amount.valueChanged.connect(self._on_amount_value_changed)
        self.target = QComboBox()
        self.target.setAccessibleName(self.tr("What to refine"))
        self.target.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.target.setMinimumContentsLength(16)
        self.target.activated.connect(self._show)

    def _build_buttons(self) -> None:
        self.what = ElidedLabel()
        self.what.setProperty("kind", "muted")
        self.result = QLabel()
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        self.apply_button = QPushButton(self.tr("Apply"))
        self.apply_button.setProperty("kind", "primary")
        self.apply_button.setToolTip(self.tr("Keep this as one step  Enter"))
        self.apply_button.clicked.connect(self.apply)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Leave everything as it was  Esc"))
        self.cancel_button.clicked.connect(self.hide)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        title = QLabel(self.windowTitle())
        title.setProperty("kind", "panelTitle")
        for row, widgets in (
            (first, (title, self.operation, self.amount, self.target)),
            (second, (self.result, self.apply_button, self.cancel_button)),
        ):
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget)
        first.addStretch(1)
        second.insertWidget(0, self.what, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)

    # -- what the user does

    def open(self) -> None:
        """Show the bar and the preview of what was refined last."""
        if self._session.document is None:
            return
        self._fill_targets()
        self._on_operation_activated()
        self.show()
        self.operation.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show()

    def apply(self) -> None:
        """Keep what is shown and close the bar."""
        if not self.apply_button.isEnabled():
            return
        pixels = self.preview.apply()
        self._session.notified.emit(
            grouped(self.tr("Refined: %n pixel(s) changed", "", pixels), pixels)
        )
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.preview.stop()
        super().hideEvent(event)

    def _on_operation_activated(self) -> None:
        name = self.operation.currentData()
        operation = OPERATIONS[name]
        self.what.setText(tr(TEXTS[name][1]))
        self.amount.blockSignals(True)
        self.amount.setRange(operation.lowest, operation.highest)
        self.amount.setValue(self._amounts[name])
        self.amount.setSuffix(
            f" {self.tr('pixels') if operation.unit == 'pixels' else 'px'}"
        )
        self.amount.setVisible(bool(operation.unit))
        self.amount.blockSignals(False)
        if self.isVisible():
            self._show()

    def _on_amount_value_changed(self, value: int) -> None:
        self._amounts[self.operation.currentData()] = value
        self._show()

    # -- what is refined

    def _fill_targets(self) -> None:
        """Offer the selected ROI, in each mask where it has pixels, and the shown masks."""
        session = self._session
        before = self.target.currentData()
        self.target.clear()
        shown = session.shown_masks()
        for index in session.view.selected[:1]:
            count = session.census.rois[index]
            name = one_line(count.resolution.name) or self.tr("ROI {}").format(index)
            for key in shown:
                if len(count.indices.get(key, ())):
                    text = self.tr("ROI {}").format(name)
                    self.target.addItem(text, (key, index))
        for key in shown:
            if key not in session.view.hidden_masks or len(shown) == 1:
                text = self.tr("Whole mask {}").format(one_line(key.partition("/")[2]))
                self.target.addItem(text, (key, None))
        if before is not None and before[1] is None:
            # Qt's own findData knows a tuple by its identity alone.
            places = range(self.target.count())
            same = (n for n in places if self.target.itemData(n) == before)
            self.target.setCurrentIndex(next(same, 0))

    def _show(self) -> None:
        chosen = self.target.currentData()
        if chosen is None:
            self.preview.stop()
            self.result.setText(self.tr("There is no mask to refine"))
            return
        name = self.operation.currentData()
        key, roi = chosen
        rois = self._session.census.rois
        subject = key if roi is None else rois[roi].resolution.name or str(roi)
        label = self.tr("{} in {}").format(tr(TEXTS[name][0]), one_line(subject))
        self.preview.show(Wish(name, self.amount.value(), key, roi, label))

    def _on_session_view_changed(self, before: ViewState) -> None:
        view = self._session.view
        now = (view.selected, view.source, view.hidden_masks, view.locked_rois)
        was = (before.selected, before.source, before.hidden_masks, before.locked_rois)
        if now != was or view.paint_over != before.paint_over:
            self._on_preview_outdated()

    def _on_preview_outdated(self) -> None:
        if self.isVisible():
            self._fill_targets()
            self._show()

    def _on_preview_updated(self) -> None:
        preview = self.preview
        has_pixels = preview.state == "shown" and preview.pixels > 0
        self.apply_button.setEnabled(has_pixels)
        if preview.state == "working":
            text = self.tr("Computing")
        elif has_pixels:
            count = preview.pixels
            text = grouped(self.tr("%n pixel(s) would change", "", count), count)
        elif preview.state == "shown":
            text = self.tr("Nothing would change")
        else:
            text = self.tr("No preview: it was stopped")
        self.result.setText(text)
