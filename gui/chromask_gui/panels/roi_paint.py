"""How the cells of the ROI table are drawn: by the model's row, not through Qt's roles.

A page of the table has 300 cells. Asking the style for each of them cost a third of a
millisecond a cell, most of it in the style sheet; drawn here it is a fiftieth. What a cell
looks like is what ``theme/chromask.qss`` says of ``QTableView::item``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from chromask_gui.icons import icon
from chromask_gui.panels.roi_cells import NUMBERS, RoiCells
from chromask_gui.panels.roi_row import UNRESOLVED, Column, RoiRow
from chromask_gui.panels.roi_text import ANY, MAX_8_BIT
from chromask_gui.theme import tokens

if TYPE_CHECKING:
    from chromask_gui.icons import Tone
    from chromask_gui.panels.roi_model import RoiModel

ICON_PX = 16
NARROW_PX = 30
"""A column of words that is no wider shows icons."""

SWATCH_PX = 14
MARK_PX = 14
MARGIN_PX = 7
"""What is free on both sides of a text."""

MOST_ELIDED = 20_000

# As whole numbers: Python's flags cost more than drawing a ground does.
_SELECTED = QStyle.StateFlag.State_Selected.value
_ACTIVE = QStyle.StateFlag.State_Active.value
_HOVER = QStyle.StateFlag.State_MouseOver.value
_FOCUS = QStyle.StateFlag.State_HasFocus.value
_ENABLED = QStyle.StateFlag.State_Enabled.value
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ONE_LINE = int(Qt.TextFlag.TextSingleLine)


class CellPainter:
    """Draws cells; keeps fonts, shortened texts and icons for the theme and font in use."""

    def __init__(self) -> None:
        self._made_for: tuple[object, ...] = ()
        self._font = QFont()
        self._digits = QFont()
        self._metrics: tuple[QFontMetrics, QFontMetrics]
        self._shortened: dict[tuple[str, int, bool], str] = {}
        self._icons: dict[tuple[str, str, bool], QPixmap] = {}
        self._inks: dict[str, QColor] = {}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        model: RoiModel,
        place: int,
        column: int,
    ) -> None:
        """Draw one cell."""
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: int = option.state.value  # pyright: ignore[reportAttributeAccessIssue]
        row, cells = model.row_at(place), model.cells
        self._paint_ground(painter, rect, state)
        is_enabled = bool(state & _ENABLED)
        is_faint = not is_enabled
        if column == Column.EYE:
            if row.has_eye:
                is_off = cells.is_hidden(row)
                self._paint_icon(
                    painter, rect, "eye-off" if is_off else "eye", is_faint=is_off
                )
        elif column == Column.LOCK:
            if row.has_lock and cells.is_locked(row):
                self._paint_icon(painter, rect, "lock", tone="warning")
            elif row.has_lock and state & (_HOVER | _SELECTED):
                # What can be locked shows itself where somebody looks.
                self._paint_icon(painter, rect, "unlock", is_faint=True)
        elif column == Column.SWATCH:
            if is_faint:
                painter.setOpacity(0.35)
            _paint_swatch(painter, rect, row, cells.display_rgb(row))
            painter.setOpacity(1)
        elif column == Column.ORIGIN and rect.width() <= NARROW_PX:
            name = "frame" if row.mapped is None else "folder"
            self._paint_icon(painter, rect, name, is_faint=is_faint)
        else:
            is_muted = cells.is_muted(row, column)
            ink = "text_muted" if is_muted else "text"
            painter.setPen(self._ink(ink if is_enabled else "text_disabled"))
            self._paint_text(painter, rect, row, cells, column)

    def prepare(self, font: QFont, ratio: float) -> None:
        """Take the font and the density of the screen; once before the cells of a page."""
        wanted = (font.key(), tokens().name, ratio)
        if wanted == self._made_for:
            return
        self._made_for = wanted
        self._ratio = ratio
        self._font, self._digits = QFont(font), QFont(font)
        self._digits.setFeature(QFont.Tag("tnum"), 1)
        self._metrics = (QFontMetrics(self._font), QFontMetrics(self._digits))
        self._slot = self._metrics[1].horizontalAdvance("888")
        self._gap = self._metrics[1].horizontalAdvance("  ")
        for kept in (self._shortened, self._icons, self._inks):
            kept.clear()

    def _ink(self, token: str) -> QColor:
        found = self._inks.get(token)
        if found is None:
            found = self._inks[token] = QColor(getattr(tokens(), token))
        return found

    def _paint_ground(self, painter: QPainter, rect: QRect, state: int) -> None:
        if state & _SELECTED:
            is_active = state & _ACTIVE
            ground = "selection" if is_active else "selection_inactive"
            painter.fillRect(rect, self._ink(ground))
        elif state & _HOVER:
            painter.fillRect(rect, self._ink("row_hover"))
        if state & _FOCUS:
            painter.setPen(self._ink("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_text(
        self,
        painter: QPainter,
        rect: QRect,
        row: RoiRow,
        cells: RoiCells,
        column: int,
    ) -> None:
        is_number = column in NUMBERS
        painter.setFont(self._digits if is_number else self._font)
        if column == Column.VALUE and _has_slots(row.value):
            self._paint_value(painter, rect, row.value or ())
            return
        left = MARGIN_PX
        if column == Column.LABELS and row.rule == UNRESOLVED:
            mark = QRect(rect.left() + 6, 0, MARK_PX, MARK_PX)
            mark.moveTop(rect.center().y() - MARK_PX // 2 + 1)
            self._paint_icon(painter, mark, "warning", tone="warning", side=MARK_PX)
            left += MARK_PX + 4
        text = cells.text(row, column)
        if text:
            inner = rect.adjusted(left, 0, -MARGIN_PX, 0)
            painter.drawText(
                inner,
                (_RIGHT if is_number else _LEFT) | _ONE_LINE,
                self._shorten(text, inner.width(), is_number),
            )

    def _shorten(self, text: str, width: int, is_number: bool) -> str:
        key = (text, width, is_number)
        found = self._shortened.get(key)
        if found is None:
            if len(self._shortened) > MOST_ELIDED:
                self._shortened.clear()
            # Qt would shape all of a label of a megabyte to find where it has to end.
            found = self._metrics[is_number].elidedText(
                text[:500], Qt.TextElideMode.ElideRight, width
            )
            self._shortened[key] = found
        return found

    def _paint_value(
        self, painter: QPainter, rect: QRect, value: tuple[int, ...]
    ) -> None:
        """Draw each number in a slot of its own, so that channels stand under one another."""
        right = rect.right() - MARGIN_PX
        for number in reversed(value):
            place = QRect(right - self._slot, rect.top(), self._slot, rect.height())
            painter.drawText(place, _RIGHT, str(number))
            right -= self._slot + self._gap

    def _paint_icon(
        self,
        painter: QPainter,
        rect: QRect,
        name: str,
        *,
        tone: Tone = "muted",
        is_faint: bool = False,
        side: int = ICON_PX,
    ) -> None:
        key = (name, f"{tone} {side}", is_faint)
        found = self._icons.get(key)
        if found is None:
            mode = QIcon.Mode.Disabled if is_faint else QIcon.Mode.Normal
            found = icon(name, tone).pixmap(QSize(side, side), self._ratio, mode)
            self._icons[key] = found
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        painter.drawPixmap(place, found)


def _has_slots(value: tuple[int, ...] | None) -> bool:
    return value is not None and len(value) >= 3 and max(value) <= MAX_8_BIT


def _paint_swatch(
    painter: QPainter,
    rect: QRect,
    row: RoiRow,
    rgb: tuple[int, int, int] | None,
) -> None:
    place = QRectF(0, 0, SWATCH_PX, SWATCH_PX)
    place.moveCenter(QRectF(rect).center())
    if row.kind is not None:
        paint_kind(painter, place, row.kind, rgb)
    elif row.value is not None and rgb is not None:
        paint_swatch(painter, place, rgb, is_open=ANY in row.value)


def paint_swatch(
    painter: QPainter,
    place: QRectF,
    rgb: tuple[int, int, int],
    *,
    is_open: bool = False,
) -> None:
    """Draw a colour with a hairline around it; a stroke through one that is not one colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    border = QColor(tokens().text)
    border.setAlpha(70)
    painter.setBrush(QColor(*rgb))
    painter.setPen(QPen(border, 1))
    painter.drawRoundedRect(place, 3, 3)
    if is_open:
        painter.setPen(QPen(QColor(tokens().surface), 3))
        painter.drawLine(place.bottomLeft(), place.topRight())
        painter.setPen(QPen(QColor(tokens().text), 1))
        painter.drawLine(place.bottomLeft(), place.topRight())
    painter.restore()


def paint_kind(
    painter: QPainter,
    place: QRectF,
    kind: str,
    rgb: tuple[int, int, int] | None = None,
) -> None:
    """Draw the sign of a kind of geometry, filled with the colour that its lines have."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
    painter.setPen(QPen(ink, 1.4))
    fill = None if rgb is None else QColor(*rgb)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    box = place.adjusted(1.5, 2.5, -1.5, -2.5)
    if kind in ("p2d", "p3d"):
        corners = ((0, 0.4), (0.45, 0), (1, 0.3), (0.8, 1), (0.15, 0.9))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(box.x() + x * box.width(), box.y() + y * box.height())
                    for x, y in corners
                ]
            )
        )
    elif kind in ("k2d", "k3d"):
        painter.setBrush(fill or ink)
        for x, y in ((0.1, 0.2), (0.85, 0.35), (0.45, 0.9)):
            point = QPointF(box.x() + x * box.width(), box.y() + y * box.height())
            painter.drawEllipse(point, 1.8, 1.8)
    elif kind == "elp":
        painter.drawEllipse(box)
    elif kind in ("b2d", "b3d"):
        painter.drawRect(box)
    else:
        _paint_tag(painter, box)
    painter.restore()


def _paint_tag(painter: QPainter, box: QRectF) -> None:
    """Draw a label on a string: a ROI that says something of the whole frame."""
    middle = box.center().y()
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(box.left(), box.top()),
                QPointF(box.right() - 3.5, box.top()),
                QPointF(box.right() + 0.5, middle),
                QPointF(box.right() - 3.5, box.bottom()),
                QPointF(box.left(), box.bottom()),
            ]
        )
    )
