"""The rows of the panel of unclaimed colours.

A noisy mask has a million of them: they are found by numpy, and a row becomes an object only
when it is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from chromask.counts.pixel_counts import NOBODY, ValueCount
from chromask_gui.look.texts import (
    grouped,
    hex_text,
    in_order,
    number_text,
    one_line,
    percent_text,
    plain_tip,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import numpy.typing as npt
    from PySide6.QtWidgets import (
        QWidget,
    )

    from chromask.pixels.plane import Plane

    Index = QModelIndex | QPersistentModelIndex

FETCH_ROWS = 256
"""Rows that are made at a time while the list is scrolled."""

SWATCH_PX = 14
PERCENT_SIGN = "\N{NARROW NO-BREAK SPACE}%"
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True, eq=False)
class UnclaimedGroup:
    """The values of one mask that nobody claims, most pixels first, zeros last.

    Zeros are the background: the last thing that anybody gives a name.

    Attributes
    ----------
    key, mask_id
        The mask.
    plane
        Its plane, whose table the entries are of.
    owner
        (n,), who owns each entry of the plane's table; see `chromask.counts.pixel_counts.Census`.
    entries
        (n,) the table's entries, those of one value side by side.
    starts
        (m + 1,) where the entries of each value start; the last is n.
    pixels
        (m,) how many pixels each value has.
    """

    key: str
    mask_id: str
    plane: Plane
    owner: npt.NDArray[np.int32]
    entries: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]
    pixels: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pixels)

    def is_like(self, other: UnclaimedGroup) -> bool:
        """Whether another group has the same rows."""
        size, other_size = self.plane.indices.size, other.plane.indices.size
        if (self.key, self.mask_id, size) != (other.key, other.mask_id, other_size):
            return False
        return (
            np.array_equal(self.entries, other.entries)
            and np.array_equal(self.pixels, other.pixels)
            and np.array_equal(
                self.plane.table[self.entries], other.plane.table[other.entries]
            )
        )

    def count(self, row: int) -> ValueCount:
        """Give the value of one row."""
        entries = self.entries[self.starts[row] : self.starts[row + 1]]
        first = int(entries[0])
        return ValueCount(
            self.key,
            tuple(entries.tolist()),
            self.plane.value(first),
            self.plane.rgb(first),
            int(self.pixels[row]),
        )


def unclaimed_group(
    key: str, mask_id: str, plane: Plane, owner: npt.NDArray[np.int32]
) -> UnclaimedGroup:
    """Find the values with pixels that nobody claims, without a Python object for each.

    Parameters
    ----------
    owner
        (n,), who owns each entry of the plane's table; see `chromask.counts.pixel_counts.Census`.
    """
    entries = np.flatnonzero((owner == NOBODY) & (plane.pixels > 0))
    packed = np.zeros(len(entries), np.uint64)
    for column in plane.table[entries].T:
        packed = (packed << np.uint64(16)) | column.astype(np.uint64)
    order = np.argsort(packed, kind="stable")
    entries, packed = entries[order], packed[order]
    is_first = np.ones(len(entries), np.bool_)
    is_first[1:] = packed[1:] != packed[:-1]
    starts = np.flatnonzero(is_first)
    ends = np.append(starts[1:], len(entries))
    pixels = (
        np.add.reduceat(plane.pixels[entries], starts)
        if len(starts)
        else np.zeros(0, np.int64)
    )
    rank = np.argsort(np.where(packed[starts] == 0, 0, -pixels), kind="stable")
    lengths = (ends - starts)[rank]
    new_starts = np.concatenate((np.zeros(1, np.intp), np.cumsum(lengths)))
    moved = np.repeat(starts[rank] - new_starts[:-1], lengths) + np.arange(len(entries))
    return UnclaimedGroup(
        key, mask_id, plane, owner, entries[moved], new_starts, pixels[rank]
    )


@lru_cache(maxsize=512)
def swatch(rgb: tuple[int, int, int], size_px: int = SWATCH_PX) -> QPixmap:
    """Paint a colour as a small square with an edge, so that white shows on white."""
    ratio = 2
    pixmap = QPixmap(QSize(size_px, size_px) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(128, 128, 128, 150), 1))
    painter.setBrush(QColor(*rgb))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size_px - 1, size_px - 1), 3, 3)
    painter.end()
    return pixmap


@lru_cache(maxsize=512)
def swatch_icon(rgb: tuple[int, int, int]) -> QIcon:
    """Give the swatch as an icon that a selected row does not tint."""
    shown = QIcon(swatch(rgb))
    for mode in (QIcon.Mode.Selected, QIcon.Mode.Disabled):
        shown.addPixmap(swatch(rgb), mode)
    return shown


class UnclaimedModel(QAbstractTableModel):
    """The rows of `UnclaimedPanel`, made as the view asks for more."""

    VALUE, HEX, PIXELS, PERCENT, MASK = range(5)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups: tuple[UnclaimedGroup, ...] = ()
        self._shown = 0
        self.shown_rgb: Callable[[ValueCount], tuple[int, int, int]] = _stored_rgb

    @property
    def total(self) -> int:
        """How many values there are, shown yet or not."""
        return sum(map(len, self.groups))

    @property
    def total_pixels(self) -> int:
        """How many pixels they have."""
        return sum(int(group.pixels.sum()) for group in self.groups)

    def set_groups(self, groups: tuple[UnclaimedGroup, ...], at_least: int) -> None:
        """Show other values; ``at_least`` rows are made at once where there are as many."""
        if len(groups) == len(self.groups) and all(
            one.is_like(two) for one, two in zip(groups, self.groups, strict=True)
        ):
            # A claimed value got another colour: the rows stay as they are.
            self.groups = groups
            return
        self.beginResetModel()
        self.groups = groups
        self._shown = min(self.total, max(at_least, FETCH_ROWS))
        self.endResetModel()

    def count(self, row: int) -> ValueCount:
        """Give the value of one row."""
        for group in self.groups:
            if row < len(group):
                return group.count(row)
            row -= len(group)
        raise IndexError(row)

    def row_of(self, count: ValueCount) -> int | None:
        """Find the row of a value; one that is not made yet is made."""
        before = 0
        for group in self.groups:
            if group.key == count.key:
                (places,) = np.nonzero(np.isin(group.entries, count.indices))
                if len(places):
                    at = np.searchsorted(group.starts, places[0], "right") - 1
                    while self._shown <= before + at:
                        self.fetchMore(_NO_INDEX)
                    return before + int(at)
            before += len(group)
        return None

    def _group(self, row: int) -> UnclaimedGroup:
        for group in self.groups:
            if row < len(group):
                return group
            row -= len(group)
        raise IndexError(row)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 5

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._shown < self.total

    def fetchMore(self, parent: Index) -> None:
        more = min(FETCH_ROWS, self.total - self._shown)
        if parent.isValid() or more <= 0:
            return
        self.beginInsertRows(parent, self._shown, self._shown + more - 1)
        self._shown += more
        self.endInsertRows()

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Value"),
            self.tr("Hex"),
            self.tr("Pixels"),
            self.tr("%"),
            self.tr("Mask"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), column)
        if role == Qt.ItemDataRole.DecorationRole and column == self.VALUE:
            return swatch_icon(self.shown_rgb(self.count(index.row())))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.describe(index.row()))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == self.VALUE:
            return self.describe(index.row())
        return None

    def describe(self, row: int) -> str:
        """Say everything about one row in a line."""
        pixels = self.count(row).pixels
        text = self.tr("{value} {hex}, {pixels}, {share} % of mask {mask}").format(
            value=self._text(row, self.VALUE),
            hex=self._text(row, self.HEX),
            pixels=grouped(self.tr("%n pixel(s)", "", pixels), pixels),
            share=self._text(row, self.PERCENT),
            mask=self._text(row, self.MASK),
        )
        if not any(self.count(row).value):
            text += "\n" + self.tr("Probably the background: it is not drawn.")
        return text

    def _text(self, row: int, column: int) -> str:
        count, group = self.count(row), self._group(row)
        if column == self.VALUE:
            return in_order(value_text(count.value))
        if column == self.HEX:
            return in_order(hex_text(count.value, group.plane.format.maximum))
        if column == self.PIXELS:
            return number_text(count.pixels)
        if column == self.PERCENT:
            share = percent_text(count.pixels, group.plane.indices.size)
            return share.rstrip(PERCENT_SIGN)
        return one_line(group.mask_id)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        is_number = column in (self.PIXELS, self.PERCENT)
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def _stored_rgb(count: ValueCount) -> tuple[int, int, int]:
    return count.rgb


def follow_groups(
    before: Mapping[str, UnclaimedGroup],
    found: Iterable[tuple[str, str, Plane, npt.NDArray[np.int32]]],
) -> tuple[UnclaimedGroup, ...]:
    """Find the groups anew; one whose mask and claims stand is the same object again.

    Parameters
    ----------
    before
        The groups so far by key: renaming a ROI must not sort a million values again.
    found
        Key, id, plane and owner of each mask, as for `unclaimed_group`.
    """
    groups: list[UnclaimedGroup] = []
    for key, mask_id, plane, owner in found:
        known = before.get(key)
        if (
            known is None
            or known.mask_id != mask_id
            or known.plane.table is not plane.table
            or known.plane.pixels is not plane.pixels
            or not np.array_equal(known.owner == NOBODY, owner == NOBODY)
        ):
            known = unclaimed_group(key, mask_id, plane, owner)
        groups.append(known)
    return tuple(groups)
