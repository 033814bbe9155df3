"""Keeps the ROI table's selection and the session's alike, in both directions without a loop.

Each side is written to only where it differs: what the session told is never told back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject

from chromask_gui.panels.rois.row import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask.counts.pixel_counts import ValueCount
    from chromask_gui.panels.rois.model import RoiModel
    from chromask_gui.panels.rois.row import RoiRow
    from chromask_gui.panels.rois.table import RoiTable
    from chromask_gui.session.session import Session
    from chromask_gui.session.view_state import ViewState


class RoiSelection(QObject):
    """The selected rows of a table over a session."""

    def __init__(self, session: Session, model: RoiModel, table: RoiTable) -> None:
        super().__init__(table)
        self._session = session
        self._model = model
        self._table = table
        self._scroll = 0
        model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        model.modelReset.connect(self._on_model_reset)
        session.view_changed.connect(self._on_session_view_changed)
        table.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def rows(self) -> list[RoiRow]:
        """List the selected rows, the current one first."""
        current = self._table.currentIndex().row()
        places = sorted(self.places(), key=lambda place: (place != current, place))
        return [self._model.row_at(place) for place in places]

    def places(self) -> set[int]:
        """Give the selected rows' places, from ranges: Qt's own list asks for each cell."""
        selection = self._table.selectionModel().selection()
        return {
            place
            for part in map(selection.at, range(selection.count()))
            for place in range(part.top(), part.bottom() + 1)
        }

    def select_near(self, place: int) -> None:
        """Select the ROI that stands where a deleted one stood."""
        last = self._model.rowCount() - 1
        if last >= 0:
            row = self._model.row_at(min(max(place, 0), last))
            if row.index is not None:
                self._session.select(row.index)

    def _on_selection_changed(self) -> None:
        """Tell the session what the user selected; silent when it is what is there."""
        rows = self.rows()
        chosen = tuple(row.index for row in rows if row.index is not None)
        view = self._session.view
        mapped = [row.mapped for row in rows if row.mapped is not None]
        if mapped and not chosen:
            if view.in_hand not in mapped or view.selected:
                self._session.take(mapped[0])
        elif set(chosen) != self._selected_here(view.selected):
            self._session.select(*chosen)

    def _selected_here(self, selected: Sequence[int]) -> set[int]:
        """Give those ROIs that the filter lets through: the others cannot be rows."""
        return {roi for roi in selected if self._model.position(roi) is not None}

    def _on_session_view_changed(self, before: ViewState) -> None:
        view = self._session.view
        if (view.selected, view.in_hand) != (before.selected, before.in_hand):
            self._follow(is_scrolling=True)

    def _follow(self, *, is_scrolling: bool) -> None:
        """Select in the table what is selected in the session."""
        view = self._session.view
        places = [self._model.position(roi) for roi in view.selected]
        if view.in_hand is not None and not view.selected:
            places = [place_of(self._model, view.in_hand)]
            if places[0] in self.places() and all(row.mapped for row in self.rows()):
                return  # others of the kind are chosen beside it, for the menu
        shown = [place for place in places if place is not None]
        selection = self._table.selectionModel()
        if set(shown) == self.places():
            return
        wanted = QItemSelection()
        for first, last in _runs(sorted(shown)):
            wanted.select(
                self._model.index(first, 0), self._model.index(last, len(Column) - 1)
            )
        flags = QItemSelectionModel.SelectionFlag
        if shown:
            # Before the rows are selected: the current one is the active ROI.
            column = max(self._table.currentIndex().column(), Column.LABELS)
            index = self._model.index(shown[0], column)
            selection.setCurrentIndex(index, flags.NoUpdate)
            if is_scrolling:
                self._table.scrollTo(index)
        selection.select(wanted, flags.ClearAndSelect | flags.Rows)

    def _on_model_about_to_be_reset(self) -> None:
        self._scroll = self._table.verticalScrollBar().value()

    def _on_model_reset(self) -> None:
        # Rows came or went: what is left of the view stays where the user had it.
        self._follow(is_scrolling=False)
        self._table.verticalScrollBar().setValue(self._scroll)


def place_of(model: RoiModel, count: ValueCount) -> int | None:
    """Find where a value of the mapping stands in the view."""
    for number in range(len(model.rows) - 1, -1, -1):
        mapped = model.rows[number].mapped
        if mapped is None:
            break  # the ROIs come first
        if (mapped.key, mapped.value) == (count.key, count.value):
            return model.position(number)
    return None


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Join neighbouring rows: a selection of ranges costs less than one of rows."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] + 1 == place:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
