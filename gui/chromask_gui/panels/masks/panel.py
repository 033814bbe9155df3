"""The panel of the shown source's masks: an eye each, what it is, and the overlay's opacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.icons import icon
from chromask_gui.look.texts import one_line
from chromask_gui.panels.masks.look import MaskLookBar
from chromask_gui.panels.masks.model import MaskDelegate, MaskModel, mask_rows
from chromask_gui.widgets.elided_label import ElidedLabel
from chromask_gui.widgets.fold import FoldButton

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from chromask.document.change import Change
    from chromask.document.document import Document
    from chromask_gui.session.session import Session
    from chromask_gui.session.view_state import ViewState

    Index = QModelIndex | QPersistentModelIndex

SPACING_PX = 6

MOST_ROWS_SEEN = 6
"""The list grows with its masks up to this many; then it scrolls."""


class MaskPanel(QFrame):
    """The masks of the shown source, and how they lie over it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._more_rows_px = 0
        self.setProperty("kind", "panel")
        self.setWindowTitle(self.tr("Masks"))
        self.setAccessibleName(self.windowTitle())
        self.model = MaskModel(self)
        self.model.eye_toggled.connect(self._on_model_eye_toggled)
        self.list = self._build_list()
        self.empty = QLabel(self.tr("This source has no mask"))
        self.empty.setProperty("kind", "muted")
        self.look = MaskLookBar(session)
        self.fold = FoldButton(self.windowTitle())
        self.fold.folded.connect(self._on_fold_folded)
        self.body = QWidget()
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(SPACING_PX)
        body.addWidget(self.list, 1)
        body.addWidget(self.empty)
        body.addWidget(self.look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(SPACING_PX)
        layout.addLayout(self._build_head())
        layout.addLayout(self._build_opacity())
        layout.addWidget(self.body, 1)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        session.document_opened.connect(self._update)
        session.permitted.connect(self._update)
        session.changed.connect(self._on_session_changed)
        session.counted.connect(self._update)
        session.view_changed.connect(self._on_session_view_changed)
        self._update()

    # -- building

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        title = QLabel(self.windowTitle())
        title.setProperty("kind", "panelTitle")
        row.addWidget(self.fold)
        row.addWidget(title)
        self.sources = QComboBox()
        self.sources.hide()
        self.sources.setAccessibleName(self.tr("Source to show"))
        self.sources.setToolTip(self.tr("Source to show"))
        self.sources.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.sources.setMinimumContentsLength(8)
        self.sources.activated.connect(self._on_sources_activated)
        row.addWidget(self.sources, 1)
        row.addStretch(1)
        self.show_all = self._tool("eye", self.tr("Show all masks"), shows=True)
        self.hide_all = self._tool("eye-off", self.tr("Hide all masks"), shows=False)
        row.addWidget(self.show_all)
        row.addWidget(self.hide_all)
        return row

    def _tool(self, icon_name: str, text: str, *, shows: bool) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self._show_every(shows=shows))
        return button

    def _build_opacity(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.overlay = QCheckBox(self.tr("Overlay"))
        self.overlay.setToolTip(self.tr("Draw the masks over the image"))
        self.overlay.clicked.connect(
            lambda is_on: self._session.set_view(has_overlay=is_on)
        )
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setSingleStep(5)
        self.opacity.setPageStep(10)
        self.opacity.setAccessibleName(self.tr("Opacity of the overlay in percent"))
        self.opacity.setToolTip(self.tr("Opacity of the overlay"))
        # Not valueChanged, which programs cause as well.
        self.opacity.actionTriggered.connect(
            lambda _action: self._session.set_view(
                opacity=self.opacity.sliderPosition() / 100
            )
        )
        self.opacity_text = ElidedLabel(sample=self.tr("{} %").format(100))
        self.opacity_text.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        row.addWidget(self.overlay)
        row.addWidget(self.opacity, 1)
        row.addWidget(self.opacity_text)
        return row

    def _build_list(self) -> QListView:
        view = QListView(self)
        view.setModel(self.model)
        view.setItemDelegate(MaskDelegate(view))
        view.setUniformItemSizes(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.windowTitle())
        return view

    # -- showing

    def _on_session_changed(self, change: Change) -> None:
        if change.phase == "preview":
            return
        if change.fields & {"sources"} or change.tables:
            self._update()

    def _on_session_view_changed(self, before: ViewState) -> None:
        if before.source != self._session.view.source:
            self._update()
        else:
            self._update_view()

    def _update(self) -> None:
        document, source = self._session.document, self._session.view.source
        rows = mask_rows(document, source) if document else ()
        self.model.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(document is not None and not rows)
        self._update_height(len(rows))
        self._update_sources(document)
        self._choose_mask()
        self._update_view()

    def _update_height(self, count: int) -> None:
        row = self.list.sizeHintForRow(0) if count else 0
        frame = 2 * self.list.frameWidth()
        self.list.setMinimumHeight(min(count, 2) * row + frame)
        self.list.setMaximumHeight(max(1, count) * row + frame)
        self._more_rows_px = max(0, min(count, MOST_ROWS_SEEN) - 2) * row
        self._bound_height()

    def _bound_height(self) -> None:
        more = 0 if self.fold.is_folded else self._more_rows_px
        self.setMaximumHeight(self.minimumSizeHint().height() + more)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Before, nothing was dressed: the style makes boxes and sliders higher.
        self._bound_height()

    def heights(self) -> tuple[int, int]:
        """Give the least height of all, and of what is left when it is folded."""
        body = self.body.minimumSizeHint().height() + SPACING_PX
        now = self.minimumSizeHint().height()
        return (now + body, now) if self.fold.is_folded else (now, now - body)

    def _on_fold_folded(self, is_folded: bool) -> None:
        self.body.setVisible(not is_folded)
        self._bound_height()

    def _update_sources(self, document: Document | None) -> None:
        names = [source.id for source in document.frame.sources] if document else []
        if names == [self.sources.itemData(at) for at in range(self.sources.count())]:
            return
        self.sources.clear()
        for name in names:
            self.sources.addItem(one_line(name), name)
        self.sources.setVisible(len(names) > 1)

    def _update_view(self) -> None:
        view = self._session.view
        self.model.set_hidden(view.hidden_masks)
        self.sources.setCurrentIndex(self.sources.findData(view.source))
        self.overlay.setChecked(view.has_overlay)
        percent = round(view.opacity * 100)
        self.opacity.setValue(percent)
        self.opacity.setEnabled(view.has_overlay)
        self.opacity_text.setText(self.tr("{} %").format(percent))
        readable = {row.key for row in self.model.rows if not row.is_missing}
        self.show_all.setEnabled(bool(readable & view.hidden_masks))
        self.hide_all.setEnabled(bool(readable - view.hidden_masks))
        self._bound_height()

    def _choose_mask(self) -> None:
        """Keep a mask chosen: the first one that is shown, until the user chooses."""
        if self.list.currentIndex().isValid() or not self.model.rows:
            self._on_current_changed(self.list.currentIndex())
            return
        hidden = self._session.view.hidden_masks
        shown = [n for n, row in enumerate(self.model.rows) if row.key not in hidden]
        self.list.setCurrentIndex(self.model.index(shown[0] if shown else 0))

    def _on_current_changed(self, index: QModelIndex) -> None:
        rows = self.model.rows
        is_there = index.isValid() and index.row() < len(rows)
        row = rows[index.row()] if is_there else None
        self.look.show_mask(None if row is None or row.is_missing else row.key)

    # -- what the user does

    def _on_model_eye_toggled(self, key: str, is_shown: bool) -> None:
        hidden = self._session.view.hidden_masks
        self._session.set_view(
            hidden_masks=hidden - {key} if is_shown else hidden | {key}
        )

    def _show_every(self, *, shows: bool) -> None:
        keys = {row.key for row in self.model.rows if not row.is_missing}
        hidden = self._session.view.hidden_masks
        self._session.set_view(hidden_masks=hidden - keys if shows else hidden | keys)

    def _on_sources_activated(self, number: int) -> None:
        self._session.set_view(source=self.sources.itemData(number))
