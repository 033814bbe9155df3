"""How the rows of the ROI table are drawn: by the model's row, not through Qt's roles.

Asking the style for each of the 300 cells of a page cost a third of a millisecond a cell,
most of it in the style sheet. What a cell looks like is what ``theme/chromask.qss`` says of
``QTableView::item``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
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
from PySide6.QtWidgets import QApplication

from chromask_gui.look.icons import icon
from chromask_gui.look.theme import tokens
from chromask_gui.panels.rois.cells import NUMBERS, RoiCells
from chromask_gui.panels.rois.row import UNRESOLVED, Column, RoiRow
from chromask_gui.widgets.roi_text import ANY, MAX_8_BIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chromask.drawing.display import Rgb
    from chromask_gui.look.icons import Tone

ICON_PX = 16
NARROW_PX = 30
"""A column of words that is no wider shows icons."""

SWATCH_PX = 14
MARK_PX = 14
MARGIN_PX = 7
"""What is free on both sides of a text."""

MOST_ELIDED = 20_000
SLACK = 1.05
"""So much wider than its characters one by one may a text be: some fonts move them apart."""

# As whole numbers: Python's flags cost more than drawing a ground does.
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ONE_LINE = int(Qt.TextFlag.TextSingleLine)
_SMOOTH = QPainter.RenderHint.Antialiasing


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell lies: its column, and the column's place in the viewport."""

    column: int
    left: int
    width: int


@dataclass(slots=True)
class Strip:
    """One row to be drawn, and the state that it is in.

    Attributes
    ----------
    row, cells
        What is shown.
    top, height
        Where, in the viewport.
    hovered, focused
        The columns whose cells the pointer and the keyboard are at; -1 for none.
    rgb
        The colour of its swatch, where that is drawn.
    is_active, is_enabled
        Of the table: whether it has the keyboard, and whether it can be used.
    """

    row: RoiRow
    cells: RoiCells
    top: int
    height: int
    rgb: Rgb | None = None
    is_selected: bool = False
    hovered: int = -1
    focused: int = -1
    is_active: bool = True
    is_enabled: bool = True


class RowPainter:
    """Draws rows; keeps fonts, shortened texts and icons for the theme and font in use."""

    def __init__(self) -> None:
        self._made_for: tuple[object, ...] = ()
        self._font = QFont()
        self._digits = QFont()
        self._rulers: tuple[Ruler, Ruler]
        self._icons: dict[tuple[str, str, bool], QPixmap] = {}
        self._inks: dict[str, QColor] = {}
        self._ways = {
            int(Column.EYE): self._paint_eye,
            int(Column.LOCK): self._paint_lock,
            int(Column.SWATCH): self._paint_swatch,
            int(Column.VALUE): self._paint_value,
            int(Column.ORIGIN): self._paint_origin,
        }

    def prepare(self, font: QFont, ratio: float) -> None:
        """Take the font and the density of the screen; once before the rows of a page."""
        wanted = (font.key(), tokens().name, ratio)
        if wanted == self._made_for:
            return
        self._made_for = wanted
        self._ratio = ratio
        self._font, self._digits = QFont(font), QFont(font)
        self._digits.setFeature(QFont.Tag("tnum"), 1)
        self._rulers = (Ruler(self._font), Ruler(self._digits))
        self._slot = self._rulers[1].metrics.horizontalAdvance("888")
        self._gap = self._rulers[1].metrics.horizontalAdvance("  ")
        for kept in (self._icons, self._inks):
            kept.clear()

    def paint(self, painter: QPainter, strip: Strip, places: Iterable[Place]) -> None:
        """Draw cells of one row."""
        for place in places:
            self._paint_ground(painter, strip, place)
            paint = self._ways.get(place.column, self._paint_text)
            paint(painter, strip, place)

    def _ink(self, token: str) -> QColor:
        found = self._inks.get(token)
        if found is None:
            found = self._inks[token] = QColor(getattr(tokens(), token))
        return found

    def _paint_ground(self, painter: QPainter, strip: Strip, place: Place) -> None:
        ground = ""
        if strip.is_selected:
            ground = "selection" if strip.is_active else "selection_inactive"
        elif strip.hovered == place.column:
            ground = "row_hover"
        if ground:
            left, width = place.left, place.width
            painter.fillRect(left, strip.top, width, strip.height, self._ink(ground))
        if strip.focused == place.column:
            painter.setPen(self._ink("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.left, strip.top, place.width - 1, strip.height - 1)

    # -- cells that are signs

    def _paint_eye(self, painter: QPainter, strip: Strip, place: Place) -> None:
        if strip.row.has_eye:
            is_off = strip.cells.is_hidden(strip.row)
            name = "eye-off" if is_off else "eye"
            self._paint_icon(painter, strip, place, name, is_faint=is_off)

    def _paint_lock(self, painter: QPainter, strip: Strip, place: Place) -> None:
        if not strip.row.has_lock:
            return
        if strip.cells.is_locked(strip.row):
            self._paint_icon(painter, strip, place, "lock", tone="warning")
        elif strip.is_selected or strip.hovered == place.column:
            # What can be locked shows itself where somebody looks.
            self._paint_icon(painter, strip, place, "unlock", is_faint=True)

    def _paint_swatch(self, painter: QPainter, strip: Strip, place: Place) -> None:
        row, rgb = strip.row, strip.rgb
        side = SWATCH_PX
        left = place.left + (place.width - side) / 2
        sign = QRectF(left, strip.top + (strip.height - side) / 2, side, side)
        if not strip.is_enabled:
            painter.setOpacity(0.35)
        kind, value = row.kind, row.value
        if kind is not None:
            paint_kind(painter, sign, kind, rgb)
        elif value is not None and rgb is not None:
            paint_swatch(painter, sign, rgb, is_open=ANY in value)
        if not strip.is_enabled:
            painter.setOpacity(1)

    def _paint_origin(self, painter: QPainter, strip: Strip, place: Place) -> None:
        if place.width > NARROW_PX:
            self._paint_text(painter, strip, place)
            return
        name = "frame" if strip.row.mapped is None else "folder"
        self._paint_icon(painter, strip, place, name, is_faint=not strip.is_enabled)

    def _paint_icon(
        self,
        painter: QPainter,
        strip: Strip,
        place: Place,
        name: str,
        *,
        tone: Tone = "muted",
        is_faint: bool = False,
    ) -> None:
        found = self._icon(name, tone, ICON_PX, is_faint=is_faint)
        left = place.left + _middle(place.width, ICON_PX)
        top = strip.top + _middle(strip.height, ICON_PX)
        painter.drawPixmap(left, top, ICON_PX, ICON_PX, found)

    def _icon(self, name: str, tone: Tone, side: int, *, is_faint: bool) -> QPixmap:
        key = (name, f"{tone} {side}", is_faint)
        found = self._icons.get(key)
        if found is None:
            mode = QIcon.Mode.Disabled if is_faint else QIcon.Mode.Normal
            found = icon(name, tone).pixmap(QSize(side, side), self._ratio, mode)
            self._icons[key] = found
        return found

    # -- cells that are words and numbers

    def _paint_text(self, painter: QPainter, strip: Strip, place: Place) -> None:
        left, column = MARGIN_PX, place.column
        if column == Column.LABELS and strip.row.rule == UNRESOLVED:
            mark = self._icon("warning", "warning", MARK_PX, is_faint=False)
            middle = strip.top + (strip.height - 1) // 2 - MARK_PX // 2 + 1
            painter.drawPixmap(place.left + 6, middle, MARK_PX, MARK_PX, mark)
            left += MARK_PX + 4
        text = strip.cells.text(strip.row, column)
        if not text:
            return
        is_number = column in NUMBERS
        self._take_ink(painter, strip, place, is_number=is_number)
        width = place.width - left - MARGIN_PX
        painter.drawText(
            place.left + left,
            strip.top,
            width,
            strip.height,
            (_RIGHT if is_number else _LEFT) | _ONE_LINE,
            self._rulers[is_number].shorten(text, width),
        )

    def _paint_value(self, painter: QPainter, strip: Strip, place: Place) -> None:
        """Draw each number in a slot of its own, so that channels stand under one another."""
        value = strip.row.value
        if not _has_slots(value):
            self._paint_text(painter, strip, place)
            return
        self._take_ink(painter, strip, place, is_number=True)
        top, height, slot = strip.top, strip.height, self._slot
        right = place.left + place.width - 1 - MARGIN_PX
        for number in reversed(value or ()):
            painter.drawText(right - slot, top, slot, height, _RIGHT, str(number))
            right -= slot + self._gap

    def _take_ink(
        self, painter: QPainter, strip: Strip, place: Place, *, is_number: bool
    ) -> None:
        painter.setFont(self._digits if is_number else self._font)
        ink = "text_disabled"
        if strip.is_enabled:
            is_muted = strip.cells.is_muted(strip.row, place.column)
            ink = "text_muted" if is_muted else "text"
        painter.setPen(self._ink(ink))


class Ruler:
    """Shortens texts of one font to the room that they have."""

    def __init__(self, font: QFont) -> None:
        self.metrics = QFontMetrics(font)
        self._advances = Advances(self.metrics)
        self._shortened: dict[tuple[str, int], str] = {}

    def shorten(self, text: str, width: int) -> str:
        """Give a text as it fits into a width."""
        key = (text, width)
        found = self._shortened.get(key)
        if found is None:
            if len(self._shortened) > MOST_ELIDED:
                self._shortened.clear()
            found = self._shortened[key] = self._elide(text, width)
        return found

    def _elide(self, text: str, width: int) -> str:
        # Qt would shape all of a label of a megabyte to find where it has to end.
        text = text[:500]
        # What fits by far need not be shaped twice, here and where it is drawn.
        if text.isascii() and sum(map(self._advances.of, text)) * SLACK < width:
            return text
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class Advances(dict[str, int]):
    """How wide single characters are, measured when they are first met."""

    def __init__(self, metrics: QFontMetrics) -> None:
        super().__init__()
        self._metrics = metrics
        self.of = self.__getitem__

    def __missing__(self, character: str) -> int:
        found = self[character] = self._metrics.horizontalAdvance(character)
        return found


def _middle(room: int, side: int) -> int:
    """Give where something begins that stands in the middle, as `QRect.moveCenter` has it."""
    return (room - 1) // 2 - (side - 1) // 2


def _has_slots(value: tuple[int, ...] | None) -> bool:
    return value is not None and len(value) >= 3 and max(value) <= MAX_8_BIT


def paint_swatch(
    painter: QPainter,
    place: QRectF,
    rgb: tuple[int, int, int],
    *,
    is_open: bool = False,
) -> None:
    """Draw a colour with a hairline around it; a stroke through one that is not one colour."""
    painter.setRenderHint(_SMOOTH)
    place = place.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setBrush(QColor(*rgb))
    painter.setPen(_hairline(tokens().text))
    painter.drawRoundedRect(place, 3, 3)
    if is_open:
        painter.setPen(QPen(QColor(tokens().surface), 3))
        painter.drawLine(place.bottomLeft(), place.topRight())
        painter.setPen(QPen(QColor(tokens().text), 1))
        painter.drawLine(place.bottomLeft(), place.topRight())
    painter.setRenderHint(_SMOOTH, False)


@cache
def _hairline(ink: str) -> QPen:
    border = QColor(ink)
    border.setAlpha(70)
    return QPen(border, 1)


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
