"""The panel of the active ROI: what no column shows, its metadata above all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.texts import (
    hex_text,
    number_text,
    one_line,
    sentence,
    value_text,
)
from chromask_gui.look.theme import tokens
from chromask_gui.panels.rois import actions as roi_actions
from chromask_gui.panels.rois.delegates import mark_error
from chromask_gui.panels.rois.row import RoiRow, kind_name, roi_name
from chromask_gui.widgets.elided_label import ElidedLabel
from chromask_gui.widgets.json_field import JsonField
from chromask_gui.widgets.roi_text import (
    ValueTextError,
    confidence_text,
    parse_confidence,
)

if TYPE_CHECKING:
    from chromask.document.change import Change
    from chromask_gui.session.session import Session

OWN_KEYS = ("_type", "_id")
"""Keys of the metadata that have a field of their own."""

MOST_SOURCES = 20
"""Sources that have a box; those of more stay as they are."""


class DetailsPanel(QScrollArea):
    """What a ROI has that no column shows; every field edits the frame."""

    _unshown: list[str] | tuple[str, ...] = ()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: RoiRow | None = None
        self._has_shown = False
        self._mask_ids: list[str] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWindowTitle(self.tr("Details"))
        self.setAccessibleName(self.tr("Details of the active ROI"))
        self.title = ElidedLabel()
        self.kind = _plain("small")
        self.id = QLineEdit()
        self.id.setAccessibleName(self.tr("Id of the annotation"))
        self.id.setPlaceholderText(self.tr("none"))
        self.id.setToolTip(self.tr("The user's own id (meta._id), for tracking"))
        self.confidence = QLineEdit()
        self.confidence.setAccessibleName(self.tr("Confidence, 0 to 1"))
        self.confidence.setPlaceholderText(self.tr("none"))
        self.mask_box = QComboBox()
        self.mask_box.setAccessibleName(self.tr("Mask of the ROI"))
        # A mask may have a long name; the panel stays as wide as it is.
        self.mask_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.mask_box.setMinimumContentsLength(6)
        self.sources = QWidget()
        self.sources.setAccessibleName(self.tr("Sources of the ROI"))
        QHBoxLayout(self.sources).setContentsMargins(0, 0, 0, 0)
        self.message = _plain()
        self.message.setWordWrap(True)
        self.message.setProperty("severity", "error")
        self.json = JsonField(self.tr("Metadata of the ROI as JSON"), OWN_KEYS)
        self._lay_out()
        self.id.editingFinished.connect(self._on_id_editing_finished)
        self.confidence.editingFinished.connect(self._on_confidence_editing_finished)
        self.mask_box.activated.connect(self._on_mask_box_activated)
        self.json.submitted.connect(self._on_json_submitted)
        for field in (self.id, self.confidence):
            field.textEdited.connect(lambda: self._refuse(self.confidence, ""))
        session.document_opened.connect(self.follow)
        session.changed.connect(self._on_session_changed)
        session.counted.connect(self.follow)
        session.view_changed.connect(self.follow)
        self.follow()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens().space_2)
        grid.setVerticalSpacing(tokens().space_1 + 2)
        self.mask_caption = QLabel(self.tr("Mask"))
        self.sources_caption = QLabel(self.tr("Sources"))
        places: tuple[tuple[QLabel, QWidget, int, int], ...] = (
            (QLabel(self.tr("Id")), self.id, 0, 0),
            (QLabel(self.tr("Confidence")), self.confidence, 0, 2),
            (self.mask_caption, self.mask_box, 1, 0),
            (self.sources_caption, self.sources, 1, 2),
            (QLabel(self.tr("Metadata")), self.json, 2, 0),
        )
        for caption, field, row, column in places:
            caption.setProperty("kind", "muted")
            caption.setBuddy(field)
            span = 3 if field is self.json else 1
            top = (
                Qt.AlignmentFlag.AlignTop if field is self.json else Qt.AlignmentFlag(0)
            )
            grid.addWidget(caption, row, column, top)
            grid.addWidget(field, row, column + 1, 1, span)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.kind)
        space = tokens().space_3
        inside = QFrame()
        inside.setProperty("kind", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(space, tokens().space_2, space, space)
        column.setSpacing(tokens().space_2)
        column.addLayout(head)
        column.addLayout(grid)
        column.addWidget(self.message)
        self.message.hide()
        self.setWidget(inside)

    # -- showing

    def _on_session_changed(self, change: Change) -> None:
        if not change.is_pixels:  # `counted` follows
            self.follow()

    def follow(self) -> None:
        """Show the active ROI; what is half typed stays while it is the same one."""
        before, row = self._row, self._active()
        if row == before and (row is not None or self._has_shown):
            return
        self._row, self._has_shown = row, True
        for field in (self.id, self.confidence, self.mask_box, self.sources, self.json):
            field.setEnabled(row is not None)
        self._refuse(self.confidence, "")
        if row is None or row.annotation is None:
            self.title.setText(self.tr("Select a ROI to see its details"))
            self.kind.clear()
            self.id.clear()
            self.confidence.clear()
            self.json.show_value({})
            return
        is_same = before is not None and before.index == row.index
        self._show_head(row)
        self.id.setText(row.annotation.id or "")
        found = row.annotation.confidence
        self.confidence.setText("" if found is None else f"{found:.10g}")
        self._show_mask(row)
        self._show_sources(row)
        if not (is_same and self.json.is_edited):
            self.json.show_value(_own_meta(row))

    def _active(self) -> RoiRow | None:
        selected = self._session.view.selected
        document, counts = self._session.document, self._session.census.rois
        if document is None or not selected or selected[0] >= len(counts):
            return None
        count = counts[selected[0]]
        return RoiRow(
            selected[0],
            document.frame.annotations[selected[0]],
            count.resolution,
            count.pixels,
        )

    def _show_head(self, row: RoiRow) -> None:
        assert row.annotation is not None
        self.title.setText(roi_name(row))
        parts = [sentence(kind_name(row.annotation.kind)).rstrip(".")]
        if row.value:
            parts.append(value_text(row.value))
            if min(row.value) >= 0 and max(row.value) <= 255:
                parts.append(hex_text(row.value))
        if row.confidence is not None:
            parts.append(confidence_text(row.confidence))
        self.kind.setText("  \N{MIDDLE DOT}  ".join(parts[:3]))

    def _show_mask(self, row: RoiRow) -> None:
        document = self._session.document
        assert document is not None
        assert row.annotation is not None
        named = set(row.annotation.sources)
        refs = [
            ref for ref in document.frame.masks() if not named or ref.source.id in named
        ]
        self._mask_ids = list(dict.fromkeys(ref.mask.id for ref in refs))
        self.mask_box.clear()
        self.mask_box.addItems([one_line(name) for name in self._mask_ids])
        found = next((ref for ref in refs if ref.key in row.masks), None)
        at = self._mask_ids.index(found.mask.id) if found is not None else -1
        self.mask_box.setCurrentIndex(at)
        for widget in (self.mask_box, self.mask_caption):
            widget.setVisible(row.annotation.has_mask)

    def _show_sources(self, row: RoiRow) -> None:
        document = self._session.document
        assert document is not None
        assert row.annotation is not None
        ids = list(dict.fromkeys(source.id for source in document.frame.sources))
        layout = self.sources.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        named = frozenset(row.annotation.sources)
        self._unshown = [
            name for name in ids[MOST_SOURCES:] if not named or name in named
        ]
        for name in ids[:MOST_SOURCES] if len(ids) > 1 else ():
            box = QCheckBox(one_line(name).replace("&", "&&"))
            box.setProperty("source", name)
            box.setChecked(not named or name in named)
            box.clicked.connect(self._on_source_clicked)
            layout.addWidget(box)
        if len(ids) > MOST_SOURCES:
            rest = number_text(len(ids) - MOST_SOURCES)
            layout.addWidget(QLabel(self.tr("and {} more").format(rest)))
        for widget in (self.sources, self.sources_caption):
            widget.setVisible(len(ids) > 1)

    # -- editing

    def _on_id_editing_finished(self) -> None:
        row, text = self._row, self.id.text().strip()
        if row is None or row.annotation is None or text == (row.annotation.id or ""):
            return
        roi_actions.update(self._session, row, self.tr("Set id of {}"), id=text or None)

    def _on_confidence_editing_finished(self) -> None:
        row = self._row
        if row is None:
            return
        try:
            confidence = parse_confidence(self.confidence.text())
        except ValueTextError as error:
            self._refuse(self.confidence, str(error))
            return
        if confidence != row.confidence:
            roi_actions.set_confidence(self._session, [row], confidence)

    def _on_mask_box_activated(self, at: int) -> None:
        row = self._row
        if row is not None and 0 <= at < len(self._mask_ids):
            mask_id = self._mask_ids[at]
            roi_actions.update(
                self._session, row, self.tr("Move {} to another mask"), mask_id=mask_id
            )
            self._again()

    def _on_source_clicked(self) -> None:
        row = self._row
        boxes = self.sources.findChildren(QCheckBox)
        chosen = [str(box.property("source")) for box in boxes if box.isChecked()]
        chosen += self._unshown
        if row is not None and chosen:
            roi_actions.update(
                self._session, row, self.tr("Set sources of {}"), sources=chosen
            )
        # None at all would mean every source: the last one stays.
        self._again()

    def _on_json_submitted(self, value: dict[str, Any]) -> None:
        row = self._row
        if row is not None:
            self.json.show_value(value)
            roi_actions.update(
                self._session, row, self.tr("Set metadata of {}"), metadata=value
            )
            self._again()

    def _again(self) -> None:
        """Show what the frame holds, also where it refused the edit."""
        self._row, self._has_shown = None, False
        self.follow()

    def _refuse(self, field: QLineEdit, reason: str) -> None:
        mark_error(field, reason)
        self.message.setText(reason)
        self.message.setVisible(bool(reason))


def _own_meta(row: RoiRow) -> dict[str, Any]:
    meta = row.annotation.meta if row.annotation is not None else {}
    return {key: value for key, value in meta.items() if key not in OWN_KEYS}


def _plain(kind: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        label.setProperty("kind", kind)
    return label
