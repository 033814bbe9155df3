"""The commands of the ROI table: what keys, clicks and menus do to the selected rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject
from PySide6.QtGui import QGuiApplication

from chromask_gui.panels.rois import actions as roi_actions
from chromask_gui.panels.rois.selection import place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask_gui.panels.rois.model import RoiModel
    from chromask_gui.panels.rois.row import RoiRow
    from chromask_gui.panels.rois.selection import RoiSelection
    from chromask_gui.panels.rois.table import RoiTable
    from chromask_gui.session.session import Session


class RoiCommands(QObject):
    """Does to the selected ROIs what the user asks for; each edit is one step."""

    def __init__(
        self, session: Session, table: RoiTable, selection: RoiSelection
    ) -> None:
        super().__init__(table)
        self._session = session
        self._table = table
        self._model: RoiModel = table.roi_model
        self._selection = selection
        model = self._model
        model.labels_entered.connect(self._on_model_labels_entered)
        model.confidence_entered.connect(self._on_model_confidence_entered)
        table.eye_clicked.connect(self._on_table_eye_clicked)
        table.lock_clicked.connect(self._on_table_lock_clicked)
        table.eyes_wanted.connect(self.toggle_eyes)
        table.delete_wanted.connect(self.delete)
        table.copy_wanted.connect(self.copy)
        table.paste_wanted.connect(self.paste)

    # -- to all selected rows

    def rois(self) -> list[RoiRow]:
        """List the selected rows that are ROIs, the current one first."""
        return [row for row in self._selection.rows() if row.index is not None]

    def toggle_eyes(self) -> None:
        """Hide them, or show them where all are hidden."""
        roi_actions.toggle_eyes(self._session, self.rois())

    def toggle_locks(self) -> None:
        """Lock them, or unlock them where all are locked."""
        roi_actions.toggle_locks(self._session, self.rois())

    def delete(self) -> None:
        """Delete them as one step; what stands in their place is selected then."""
        place = self._table.currentIndex().row()
        if roi_actions.delete_rois(self._session, self.rois()):
            self._selection.select_near(place)

    def duplicate(self) -> None:
        """Copy them within the frame; the copies are selected then."""
        self._select(roi_actions.duplicate_rois(self._session, self.rois()))

    def copy(self) -> None:
        """Copy them to the clipboard, as JSON that other frames and programs read."""
        rois = self.rois()
        text = roi_actions.copy_rois(self._session, rois)
        if text:
            QGuiApplication.clipboard().setText(text)
            count = QCoreApplication.translate(
                "RoiPanel", "Copied %n ROI(s)", None, len(rois)
            )
            self._session.notified.emit(count)

    def paste(self) -> None:
        """Add the ROIs of the clipboard; they are selected then."""
        text = QGuiApplication.clipboard().text()
        self._select(roi_actions.paste_rois(self._session, text))

    def step(self, by: int) -> None:
        """Take the next row of the table in hand, or with -1 the one before."""
        places = self._model.rowCount()
        if not places:
            return
        view = self._session.view
        here = self._model.position(view.selected[0]) if view.selected else None
        if here is None and view.in_hand is not None:
            here = place_of(self._model, view.in_hand)
        place = here if here is not None else (-1 if by > 0 else places)
        row = self._model.row_at((place + by) % places)
        if row.index is not None:
            self._session.select(row.index)
        elif row.mapped is not None:
            self._session.take(row.mapped)

    def change_labels(self, how: str, labels: Sequence[str]) -> bool:
        """Change their labels; ``how`` is ``set``, ``add`` or ``remove``."""
        return roi_actions.change_labels(self._session, self.rois(), how, labels)

    def set_confidence(self, confidence: float | None) -> bool:
        """Give them one confidence; None removes it."""
        return roi_actions.set_confidence(self._session, self.rois(), confidence)

    def _select(self, added: Sequence[int]) -> None:
        if added:
            self._session.select(*added)

    # -- to one row

    def _on_model_labels_entered(self, index: int, labels: tuple[str, ...]) -> None:
        roi_actions.rename(self._session, self._model.rows[index], labels)

    def _on_model_confidence_entered(
        self, index: int, confidence: float | None
    ) -> None:
        row = self._model.rows[index]
        roi_actions.set_confidence(self._session, [row], confidence)

    def _on_table_eye_clicked(self, index: QModelIndex) -> None:
        roi_actions.toggle_eyes(self._session, self._beside(index))

    def _on_table_lock_clicked(self, index: QModelIndex) -> None:
        roi_actions.toggle_locks(self._session, self._beside(index))

    def _beside(self, index: QModelIndex) -> list[RoiRow]:
        return [self._model.row(index)]


def can_paste() -> bool:
    """Whether the clipboard looks as if it held ROIs: asked each time a menu opens."""
    text = QGuiApplication.clipboard().text()
    return '"label' in text or '"mask"' in text or '"poly"' in text
