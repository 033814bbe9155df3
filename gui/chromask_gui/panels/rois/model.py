"""The ROIs of the open frame as rows of a table; reads the session and never edits.

A row costs what is visible of it: texts are made when the view asks. The order and the filter
live here and not in a proxy model, since Qt would ask Python a quarter of a million times to
sort 10 000 rows.
"""

from __future__ import annotations

from itertools import chain, compress, repeat
from operator import contains
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont

from chromask.counts.count_inputs import changed_places
from chromask.counts.pixel_counts import mapped_values, unused_values
from chromask_gui.look.texts import plain_tip
from chromask_gui.panels.rois.cells import NUMBERS, RoiCells, heading, searchable
from chromask_gui.panels.rois.row import TYPED, Column, RoiRow
from chromask_gui.panels.rois.tips import tip
from chromask_gui.panels.rois.widths import RoiWidths
from chromask_gui.widgets.labels import known_labels
from chromask_gui.widgets.roi_text import (
    ValueTextError,
    parse_confidence,
    parse_labels,
    parse_value,
    tr,
)
from chromask_gui.widgets.swatches import same_colors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chromask.counts.pixel_counts import RoiCount
    from chromask.document.change import Change
    from chromask.document.document import Document
    from chromask.frame.annotation import Annotation
    from chromask_gui.session.session import Session
    from chromask_gui.session.view_state import ViewState

Index = QModelIndex | QPersistentModelIndex

TOLD_ROWS = 64
"""Up to so many changed rows are told one by one; more are told as one range."""

WARMED_ROWS = 200
"""So many rows are made ready for the filter at a time: two milliseconds."""

_NO_INDEX = QModelIndex()
_NOTHING = Qt.ItemFlag.NoItemFlags
_SELECTABLE = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemNeverHasChildren
)
_EDITABLE = _SELECTABLE | Qt.ItemFlag.ItemIsEditable


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft
    if column in NUMBERS:
        side = Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _sure(rows: list[RoiRow], least: float) -> list[int]:
    """List the rows that a threshold of confidence lets through."""
    return [
        number
        for number, row in enumerate(rows)
        if row.confidence is None or row.confidence >= least
    ]


def _renewed(
    rows: list[RoiRow],
    places: Iterable[int],
    annotations: Sequence[Annotation],
    counts: Sequence[RoiCount],
) -> list[RoiRow]:
    """Renew rows at rising places; one that shows the same stays the same object.

    Its texts are kept by it. A place behind the last row makes one more.
    """
    for at in places:
        roi, count = annotations[at], counts[at]
        if at == len(rows) or not rows[at].shows(roi, count):
            row = RoiRow(count.resolution.index, roi, count.resolution, count.pixels)
            rows[at : at + 1] = [row]
    return rows


def _answers_of(cells: RoiCells) -> dict[int, Callable[[RoiRow, int], Any]]:
    role, digits = Qt.ItemDataRole, QFont()
    digits.setFeature(QFont.Tag("tnum"), 1)
    return {
        role.DisplayRole: cells.text,
        role.EditRole: cells.edit_text,
        role.ToolTipRole: lambda row, column: plain_tip(tip(cells, row, column)),
        role.AccessibleTextRole: cells.spoken,
        role.TextAlignmentRole: lambda _row, column: _alignment(column),
        role.ForegroundRole: cells.ink,
        role.FontRole: lambda _row, column: digits if column in NUMBERS else None,
    }


class RoiModel(QAbstractTableModel):
    """The table behind the ROI panel.

    Signals
    -------
    labels_entered(int, tuple), value_entered(int, tuple), confidence_entered(int, object)
        The user typed other labels, another value or another confidence (None for none)
        for the ROI of that index; whoever listens makes the edit.
    """

    labels_entered = Signal(int, object)
    value_entered = Signal(int, object)
    confidence_entered = Signal(int, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[RoiRow] = []
        self._read: tuple[tuple[Annotation, ...], tuple[RoiCount, ...]] = ((), ())
        # What the filter looks at, by row; empty where it is to be made.
        self._haystacks: list[str] = []
        self._order: list[int] = []
        self._positions: dict[int, int] | None = None
        self.cells = RoiCells(session)
        self.widths = RoiWidths(session, self.cells)
        self.nameless: frozenset[Column] = frozenset()
        self._filter = ""
        self._least = 0.0
        self._sorting: tuple[Column, bool] | None = None
        self._mapped: tuple[object, list[RoiRow]] = (None, [])
        self._known: tuple[object, list[str]] = (None, [])
        self._warmed = 0
        self._warmer = QTimer(self)
        self._warmer.timeout.connect(self._on_warmer_timeout)
        self._answers = _answers_of(self.cells)
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._on_session_changed)
        session.counted.connect(self._refresh)
        session.view_changed.connect(self._on_session_view_changed)
        self._on_session_document_opened()

    # -- rows

    @property
    def rows(self) -> list[RoiRow]:
        """All rows: the ROIs in the frame's order, then the values of the mapping."""
        return self._rows

    def row(self, index: Index) -> RoiRow:
        """Give the row that an index of this model shows."""
        return self._rows[self._order[index.row()]]

    def row_at(self, place: int) -> RoiRow:
        """Give the row that stands at a place of the view."""
        return self._rows[self._order[place]]

    def position(self, roi: int) -> int | None:
        """Find where a ROI stands in the view; None where the filter hides it."""
        if self._positions is None:
            self._positions = {row: at for at, row in enumerate(self._order)}
        return self._positions.get(roi)

    def labels_known(self) -> list[str]:
        """List every label of the frame and of the data set's mapping, sorted."""
        if self._known[0] is not self._rows:
            # As the rows show them: a name that stands in ``mask.id`` is one, too.
            labels = (label for row in self._rows for label in row.labels)
            self._known = (self._rows, known_labels(self._session.document, labels))
        return self._known[1]

    def set_filter(self, text: str) -> None:
        """Show only the rows whose name, value, hex or mask holds the text."""
        needle = searchable(text)
        if needle != self._filter:
            self._filter = needle
            self._reset()

    def sort(
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        """Sort by a column, -1 for the frame's order; values of the mapping stay last."""
        is_falling = order == Qt.SortOrder.DescendingOrder
        self._sorting = (Column(column), is_falling) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._order[index.row()] for index in before]
        self._arrange()
        places = {row: at for at, row in enumerate(self._order)}
        self.changePersistentIndexList(
            before,
            [
                self.index(places[row], index.column())
                for row, index in zip(rows, before, strict=True)
            ],
        )
        self.layoutChanged.emit()

    # -- Qt's questions

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's own
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column in self.nameless else heading(column)[0]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return heading(column)[1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Qt asks for every cell of every selected row: nothing is made anew here.
        column = index.column()
        if column in TYPED and self.row(index).is_typed(column):
            return _EDITABLE
        return _SELECTABLE if column >= 0 else _NOTHING

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        if not index.isValid():
            return None
        answer = self._answers.get(role)
        return None if answer is None else answer(self.row(index), index.column())

    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ANN401 - Qt's own
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Tell what the user typed; True where it was taken, also where nothing differs."""
        row = self.row(index)
        text = str(value)
        if role != Qt.ItemDataRole.EditRole or row.index is None:
            return False
        if self.refusal(index, text) is not None:
            return False
        if text == self.cells.edit_text(row, index.column()):
            return True
        if index.column() == Column.LABELS:
            labels = parse_labels(text)
            if labels != row.labels:
                self.labels_entered.emit(row.index, labels)
            return True
        if index.column() == Column.CONFIDENCE:
            confidence = parse_confidence(text)
            if confidence != row.confidence:
                self.confidence_entered.emit(row.index, confidence)
            return True
        typed = parse_value(text)
        if typed != row.value:
            self.value_entered.emit(row.index, typed)
        return True

    def refusal(self, index: Index, text: str) -> str | None:
        """Say why a text cannot stand in a cell; None where it can."""
        row = self.row(index)
        if text == self.cells.edit_text(row, index.column()):
            return None
        if index.column() == Column.LABELS:
            if row.rule == 2 and len(parse_labels(text)) != 1:
                return tr(
                    "This ROI is written as in older documents: it has exactly one name."
                )
            return None
        parse = parse_confidence if index.column() == Column.CONFIDENCE else parse_value
        try:
            parse(text)
        except ValueTextError as error:
            return str(error)
        return None

    # -- following the session

    def _on_session_document_opened(self) -> None:
        self._filter = ""
        self.cells.forget()
        self._reset(self._read_rows())
        self._warmed = 0
        self._warmer.start(0)

    def _on_session_changed(self, change: Change) -> None:
        if change.is_pixels:
            return  # told by `counted`
        if "sources" in change.fields:
            self.cells.forget()
            self._haystacks = [""] * len(self._rows)
        self._refresh()
        if change.tables:
            # A value that may be anything in a channel looks like the pixels that it finds.
            self._tell(range(len(self._rows)), (Column.SWATCH, Column.SWATCH))

    def _refresh(self) -> None:
        rows = self._read_rows()
        if len(rows) != len(self._rows):
            self._reset(rows)
            return
        before, self._rows = self._rows, rows
        differing = changed_places(before, rows) or []
        for at in differing:
            self._haystacks[at] = ""
        if self._least and _sure(rows, self._least) != _sure(before, self._least):
            self._reset()
        self._tell(differing, (Column.EYE, Column.ORIGIN))

    def _on_session_view_changed(self, before: ViewState) -> None:
        view = self._session.view
        self._tell(view.hidden_rois ^ before.hidden_rois, (Column.EYE, Column.EYE))
        self._tell(view.locked_rois ^ before.locked_rois, (Column.LOCK, Column.LOCK))
        everything = range(len(self._rows))
        if view.look.min_confidence != self._least:
            self._reset()
        if not same_colors(before, view):
            self._tell(everything, (Column.SWATCH, Column.SWATCH))

    def _tell(self, rows: Iterable[int], columns: tuple[Column, Column]) -> None:
        """Say that rows look different now, by their places in the view."""
        if not self._order:
            return
        if isinstance(rows, range):
            shown = [0, len(self._order) - 1]
        else:
            places = [self.position(row) for row in rows]
            shown = sorted(place for place in places if place is not None)
        ranges = [(place, place) for place in shown]
        if len(shown) > TOLD_ROWS or isinstance(rows, range):
            ranges = [(shown[0], shown[-1])]
        first, last = columns
        for top, bottom in ranges:
            self.dataChanged.emit(self.index(top, first), self.index(bottom, last))

    def _on_warmer_timeout(self) -> None:
        """Make what the filter looks at while nobody waits: the first letter would pay it all."""
        first, self._warmed = self._warmed, self._warmed + WARMED_ROWS
        for row in self._rows[first : self._warmed]:
            self.cells.haystack(row)
        if self._warmed >= len(self._rows):
            self._warmer.stop()

    def _read_rows(self) -> list[RoiRow]:
        session = self._session
        document = session.document
        if document is None:
            self._read = ((), ())
            return []
        census, annotations = session.census, document.frame.annotations
        (old, old_counts), self._read = self._read, (annotations, census.rois)
        known = min(len(old), len(annotations))
        edited = census.changed_rois(old[:known], annotations[:known])
        counted = changed_places(old_counts[:known], census.rois[:known])
        new = range(known, len(annotations))
        places = sorted({*(edited or ()), *(counted or ()), *new})
        rows = _renewed(self._rows[:known], places, annotations, census.rois)
        return rows + self._read_mapped(document)

    def _read_mapped(self, document: Document) -> list[RoiRow]:
        """Give the rows of the values that only the mapping names; the same while they stand."""
        if document.mapping is None:
            return []
        census = self._session.census
        basis = [census.owners, *(plane.pixels for plane in document.planes.values())]
        known = self._mapped[0]
        if (
            not isinstance(known, list)
            or len(known) != len(basis)
            or any(one is not other for one, other in zip(known, basis, strict=True))
        ):
            planes, mapping = document.planes, document.mapping
            counts = mapped_values(census, planes, mapping)
            counts += unused_values(census, document.frame, planes, mapping)
            rows = [
                row
                if row is not None and row.mapped == count
                else RoiRow(None, None, None, count.pixels, count)
                for row, count in zip(
                    chain(self._mapped[1], repeat(None)), counts, strict=False
                )
            ]
            self._mapped = (basis, rows)
        return self._mapped[1]

    def _reset(self, rows: list[RoiRow] | None = None) -> None:
        """Begin anew with other rows, or the same in another choice and order."""
        self.beginResetModel()
        if rows is not None:
            self._rows, self._haystacks = rows, [""] * len(rows)
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        """Find out which rows are shown, and in which order."""
        order: Iterable[int] = range(len(self._rows))
        self._least = self._session.view.look.min_confidence
        if self._least:
            order = _sure(self._rows, self._least)
        if self._filter:
            words, known = self._filter, self._haystacks
            if "" in known:
                for row in [row for row in order if not known[row]]:
                    known[row] = self.cells.haystack(self._rows[row])
            texts = map(known.__getitem__, order)
            order = compress(order, map(contains, texts, repeat(words)))
        order = list(order)
        if self._sorting is not None:
            column, is_falling = self._sorting
            sort_key, rows = self.cells.sort_key, self._rows
            keys = {row: sort_key(rows[row], column) for row in order}
            order.sort(key=keys.__getitem__, reverse=is_falling)
            if self._mapped[1]:
                order.sort(key=lambda row: rows[row].index is None)
        self._order = order
        self._positions = None
