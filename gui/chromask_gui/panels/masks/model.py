"""The rows of the panel of masks: what each mask is, how a row is drawn, and its eye."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chromask_gui.look.icons import icon
from chromask_gui.look.texts import (
    core_text,
    grouped,
    one_line,
    plain_tip,
    problem_text,
    sentence,
)
from chromask_gui.look.theme import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QPainter

    from chromask.document.document import Document
    from chromask.errors import Problem, Severity
    from chromask.frame.load import MaskRef
    from chromask.pixels.plane import Plane

    Index = QModelIndex | QPersistentModelIndex

DETAILS = Qt.ItemDataRole.UserRole
IS_MISSING = Qt.ItemDataRole.UserRole + 1
MARK = Qt.ItemDataRole.UserRole + 2

MODES = {
    "1": "1 bit",
    "P": "palette {} bit",
    "L": "grey {} bit",
    "LA": "grey {} bit + alpha",
    "I;16": "grey 16 bit",
    "LA;16": "grey 16 bit + alpha",
    "RGB;16": "RGB 16 bit",
    "RGBA;16": "RGBA 16 bit",
}
"""What people call the modes whose names do not say it."""

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class MaskRow:
    """What one row says.

    Attributes
    ----------
    key, name
        The mask.
    details
        What it is, or why it is not there.
    problems
        What is wrong with it, each with the file and what to do.
    is_missing
        Whether it could not be read: there is nothing to show or hide.
    mark
        How severe the worst of its problems is; None without any.
    """

    key: str
    name: str
    details: str
    problems: tuple[str, ...]
    is_missing: bool
    mark: Severity | None = None


class MaskModel(QAbstractListModel):
    """The rows of `MaskPanel`; the check of a row is its eye.

    Signals
    -------
    eye_toggled(str, bool)
        The user wants the mask of that key shown, or not.
    """

    eye_toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[MaskRow, ...] = ()
        self.hidden: frozenset[str] = frozenset()

    def set_rows(self, rows: tuple[MaskRow, ...]) -> None:
        """Show other masks."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Show other eyes."""
        if hidden == self.hidden:
            return
        self.hidden = hidden
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.rows[index.row()].is_missing:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.CheckStateRole and not row.is_missing:
            is_hidden = row.key in self.hidden
            return Qt.CheckState.Unchecked if is_hidden else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(row.problems or (f"{row.name}: {row.details}",)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join((f"{row.name}: {row.details}", *row.problems))
        return {
            DETAILS: row.details,
            IS_MISSING: row.is_missing,
            MARK: row.mark,
        }.get(role)

    def setData(
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        row = self.rows[index.row()]
        if row.is_missing:
            return False
        self.eye_toggled.emit(row.key, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class MaskDelegate(QStyledItemDelegate):
    """Draws a mask in two lines with its eye, and toggles the eye."""

    MARGIN_PX = 8

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(160, 2 * line + 12)

    def eye_rect(self, rect: QRect) -> QRect:
        """Where the eye is in a row; a finger's breadth more takes the click."""
        size = tokens().icon_size
        top = rect.top() + (rect.height() - size) // 2
        return QRect(rect.left() + self.MARGIN_PX, top, size, size)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        style = option.widget.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        look = tokens()
        is_missing = bool(index.data(IS_MISSING))
        is_shown = self._is_checked(index)
        eye = self.eye_rect(option.rect)
        if is_missing:
            icon("warning", "warning").paint(painter, eye)
        else:
            icon("eye" if is_shown else "eye-off").paint(painter, eye)
        text = option.rect.adjusted(eye.right() + self.MARGIN_PX, 6, -8, -6)
        text.setLeft(eye.right() + 1 + self.MARGIN_PX)
        severity = index.data(MARK)
        if severity is not None and not is_missing:
            mark = QRect(eye)
            mark.moveRight(option.rect.right() - self.MARGIN_PX)
            is_note = severity == "note"
            sign = icon("info", "muted") if is_note else icon("warning", "warning")
            sign.paint(painter, mark)
            text.setRight(mark.left() - self.MARGIN_PX)
        upper = QRect(text.left(), text.top(), text.width(), text.height() // 2)
        lower = upper.translated(0, text.height() // 2)
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        for rect, words, colour, elide in (
            (
                upper,
                str(index.data()),
                look.text if is_shown else look.text_muted,
                Qt.TextElideMode.ElideMiddle,
            ),
            (
                lower,
                str(index.data(DETAILS)),
                look.warning_text if is_missing else look.text_muted,
                Qt.TextElideMode.ElideRight,
            ),
        ):
            painter.setPen(QColor(colour if enabled else look.text_disabled))
            painter.setFont(option.font)
            painter.drawText(
                rect,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                option.fontMetrics.elidedText(words, elide, rect.width()),
            )
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._draw_focus(painter, option)

    def _draw_focus(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        painter.save()
        painter.setPen(QColor(tokens().focus))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(option.rect.adjusted(0, 0, -1, -1), 4, 4)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        is_checkable = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        if is_checkable and isinstance(event, QKeyEvent):
            if event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Select):
                return False
            return self._toggle(model, index)
        if not is_checkable or not isinstance(event, QMouseEvent):
            return False
        near_eye = self.eye_rect(option.rect).right() + self.MARGIN_PX // 2
        is_left = event.button() == Qt.MouseButton.LeftButton
        if not is_left or event.position().x() > near_eye:
            return False
        # Two quick clicks toggle twice: Qt tells a release after each of them.
        if event.type() == QEvent.Type.MouseButtonRelease:
            return self._toggle(model, index)
        return True

    def _toggle(self, model: QAbstractItemModel, index: Index) -> bool:
        is_checked = self._is_checked(index)
        state = Qt.CheckState.Unchecked if is_checked else Qt.CheckState.Checked
        return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    @staticmethod
    def _is_checked(index: Index) -> bool:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        return state is not None and Qt.CheckState(state) == Qt.CheckState.Checked


def mask_rows(document: Document, source_id: str | None) -> tuple[MaskRow, ...]:
    """Give a row for each mask of a source, readable or not, in the frame's order."""
    # Once for all masks: of thousands each would look through the problems of all.
    problems = _by_mask(document.problems)
    return tuple(
        _mask_row(document, ref, _problems_of(problems, ref))
        for ref in document.frame.masks()
        if ref.source.id == source_id
    )


def _mask_row(document: Document, ref: MaskRef, found: Sequence[Problem]) -> MaskRow:
    plane = document.planes.get(ref.key)
    name = one_line(ref.mask.id) or tr("(no id)")
    if plane is not None:
        details = describe_plane(plane)
    elif found:
        details = one_line(sentence(core_text(found[0].seen)))
    else:
        details = tr("It could not be read.")
    worst = min(found, key=lambda each: _RANK[each.severity], default=None)
    mark = worst.severity if worst is not None else None
    texts = tuple(map(problem_text, found))
    return MaskRow(ref.key, name, details, texts, plane is None, mark)


def _by_mask(
    problems: Sequence[Problem],
) -> dict[tuple[str | None, str | None], list[Problem]]:
    """List problems by their place, and those without one by their file."""
    found: dict[tuple[str | None, str | None], list[Problem]] = {}
    for problem in problems:
        uri = problem.uri if problem.place is None else None
        found.setdefault((problem.place, uri), []).append(problem)
    return found


def _problems_of(
    problems: Mapping[tuple[str | None, str | None], Sequence[Problem]], ref: MaskRef
) -> list[Problem]:
    """Find what opening said about a mask: it names the mask in the problem's place."""
    place = f"mask {ref.mask.id} of source {ref.source.id}"
    return [*problems.get((place, None), ()), *problems.get((None, ref.mask.uri), ())]


def describe_plane(plane: Plane) -> str:
    """Say what a mask is: ``RGB, 1352 x 677, 28 values, video, read-only``."""
    kind = plane.format
    values = int((plane.pixels > 0).sum())
    parts = [
        MODES.get(kind.mode, kind.mode).format(kind.bit_depth),
        f"{plane.cols} \N{MULTIPLICATION SIGN} {plane.rows}",
        grouped(tr("%n value(s)", values), values),
    ]
    if kind.container == "VIDEO":
        parts.append(tr("video, read-only"))
    elif kind.lossy:
        parts.append(tr("lossy {}, read-only").format(kind.container))
    elif kind.container != "PNG":
        parts.append(kind.container)
    return ", ".join(parts)


def tr(text: str, number: int = -1) -> str:
    """Translate a text of the panel that stands outside of any widget; %n is `number`."""
    return QCoreApplication.translate("MaskPanel", text, None, number)
