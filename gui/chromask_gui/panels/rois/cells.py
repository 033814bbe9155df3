"""What the cells of the ROI table say, and in which ink: made when the view asks for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QGuiApplication, QPalette

from chromask.drawing.shapes import DRAWN_KINDS
from chromask_gui.look.texts import (
    hex_text,
    in_order,
    number_text,
    one_line,
    percent_text,
    value_text,
)
from chromask_gui.panels.rois.row import (
    DASH,
    UNRESOLVED,
    Column,
    RoiRow,
    kind_name,
)
from chromask_gui.widgets.roi_text import (
    claim_rgb,
    confidence_text,
    has_hex,
    tr,
)
from chromask_gui.widgets.swatches import Swatches

if TYPE_CHECKING:
    from chromask_gui.session.session import Session

_ = QT_TRANSLATE_NOOP

PERCENT_SIGN = "\N{NARROW NO-BREAK SPACE}%"

MULTI_SOURCE = "\N{MULTIPLICATION SIGN}"
"""Marks a ROI that applies to several sources; their number follows."""

NUMBERS = frozenset(
    {Column.VALUE, Column.HEX, Column.PIXELS, Column.PERCENT, Column.CONFIDENCE}
)

_QUIET = frozenset({Column.MASK, Column.ORIGIN, Column.HEX})
_COUNTS = frozenset({Column.PIXELS, Column.PERCENT})

MOST_KEPT = 30_000
"""So many rows' texts are kept; then all are made anew as they are asked for."""


class Kept:
    """What was made for one row: its texts by column, and what the filter looks at."""

    __slots__ = ("haystack", "row", "texts")

    def __init__(self, row: RoiRow) -> None:
        # The row itself too, since it is found again by its identity.
        self.row = row
        self.texts: dict[int, str] = {}
        self.haystack: str | None = None


class RoiCells:
    """The texts of the rows of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.swatches = Swatches(session)
        self._masks: tuple[object, dict[str, tuple[str, int]]] | None = None
        self._kept: dict[int, Kept] = {}

    def text(self, row: RoiRow, column: int) -> str:
        """Give what a cell shows; rows are frozen, and what was made is kept."""
        texts = self._keep(row).texts
        text = texts.get(column)
        if text is None:
            text = texts[column] = self._make_text(row, column)
        return text

    def _keep(self, row: RoiRow) -> Kept:
        kept = self._kept.get(id(row))
        if kept is None or kept.row is not row:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            kept = self._kept[id(row)] = Kept(row)
        return kept

    def forget(self) -> None:
        """Make every text anew: the names or the sizes of masks are others."""
        self._kept.clear()
        self._masks = None

    def _make_text(self, row: RoiRow, column: int) -> str:
        match column:
            case Column.LABELS:
                return row.name or (tr("no label") if row.mapped is None else "")
            case Column.VALUE:
                return self._value_text(row)
            case Column.HEX:
                return in_order(_hex(row))
            case Column.PIXELS:
                return "" if row.pixels is None else number_text(row.pixels)
            case Column.PERCENT:
                return self._percent_text(row)
            case Column.CONFIDENCE:
                found = row.confidence
                return "" if found is None else confidence_text(found)
            case Column.MASK:
                count = self.source_count(row)
                mark = f"{MULTI_SOURCE}{count}  " if count > 1 else ""
                return f"{mark}{self.mask_text(row)}"
            case Column.ORIGIN:
                return tr("frame") if row.mapped is None else tr("data set")
        return ""

    def _value_text(self, row: RoiRow) -> str:
        if row.kind is not None:
            return kind_name(row.kind)
        if row.value is None:
            return DASH
        return value_text(row.value)

    def _percent_text(self, row: RoiRow) -> str:
        if not row.pixels:
            return "" if row.pixels is None else "0"
        # The heading is the sign.
        return percent_text(row.pixels, self.total(row)).rstrip(PERCENT_SIGN)

    def mask_text(self, row: RoiRow) -> str:
        names = self.names_of_masks()
        if row.masks:
            return ", ".join(
                names[key][0] if key in names else key for key in row.masks
            )
        if row.rule == UNRESOLVED and row.annotation is not None:
            return f"{one_line(row.annotation.mask_id or '')}?"
        return ""

    def source_count(self, row: RoiRow) -> int:
        """Count the sources of the frame that a ROI applies to."""
        document = self._session.document
        if document is None or row.annotation is None or row.index is None:
            return 0
        ids = {source.id for source in document.frame.sources}
        named = set(row.annotation.sources) & ids
        # Without a list a ROI means every source.
        return len(named if row.annotation.sources else ids)

    def edit_text(self, row: RoiRow, column: int) -> str:
        """Give what stands in a cell's editor when it opens."""
        value = row.value
        if column == Column.LABELS:
            return ", ".join(row.labels)
        if column == Column.VALUE:
            return value_text(value) if value else ""
        if column == Column.HEX:
            return _hex(row)
        if column == Column.CONFIDENCE:
            return "" if row.confidence is None else f"{row.confidence:.10g}"
        return self.text(row, column)

    def spoken(self, row: RoiRow, column: int) -> str:
        """Give what a screen reader says."""
        if column == Column.EYE:
            if not row.has_eye:
                return ""
            return tr("hidden") if self.is_hidden(row) else tr("shown")
        if column == Column.LOCK:
            if not row.has_lock:
                return ""
            return tr("locked") if self.is_locked(row) else tr("not locked")
        if column == Column.SWATCH:
            return kind_name(row.kind) if row.kind else _hex(row)
        if column == Column.VALUE and row.value:
            return value_text(row.value)
        text = self.text(row, column)
        if column == Column.LABELS and row.rule == UNRESOLVED:
            return f"{text}, {tr('unresolved')}"
        return text

    def ink(self, row: RoiRow, column: int) -> Any:  # noqa: ANN401 - None or a colour
        """Give a cell's own colour of text; None for the view's."""
        if not self.is_muted(row, column):
            return None
        return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)

    def is_muted(self, row: RoiRow, column: int) -> bool:
        """Whether a cell's text stands back."""
        if column in _QUIET or row.mapped is not None:
            return True
        if column in _COUNTS:
            return not row.pixels
        if column == Column.LABELS:
            return not row.labels
        return column == Column.VALUE and row.value is None

    def display_rgb(self, row: RoiRow) -> tuple[int, int, int] | None:
        """Give the colour in which the canvas draws a row; None for one without a value."""
        if row.mapped is not None:
            key, entries = row.mapped.key, row.mapped.indices
            shown = self.swatches.entry(key, entries[0]) if entries else None
            return shown or row.mapped.rgb
        if row.index is None:
            return None
        if not row.value:
            return self.swatches.shape(row.index) if row.kind in DRAWN_KINDS else None
        return self.swatches.roi(row.index) or claim_rgb(row.value)

    # -- facts about a row

    def is_hidden(self, row: RoiRow) -> bool:
        """Whether the user has hidden the ROI."""
        return row.index in self._session.view.hidden_rois

    def is_locked(self, row: RoiRow) -> bool:
        """Whether no tool may change the ROI's pixels."""
        return row.index in self._session.view.locked_rois

    def total(self, row: RoiRow) -> int:
        """Count the pixels of a row's readable masks: what its percentage is of."""
        names = self.names_of_masks()
        return sum(names[key][1] for key in row.masks if key in names)

    def names_of_masks(self) -> dict[str, tuple[str, int]]:
        """Give for each mask's key its name for people and its number of pixels."""
        document = self._session.document
        if document is None:
            return {}
        sources = document.frame.sources
        if self._masks is None or self._masks[0] is not sources:
            is_group = len(sources) > 1
            found: dict[str, tuple[str, int]] = {}
            for ref in document.frame.masks():
                mask, source = one_line(ref.mask.id), one_line(ref.source.id)
                plane = document.planes.get(ref.key)
                size = plane.rows * plane.cols if plane is not None else 0
                found[ref.key] = (f"{source} / {mask}" if is_group else mask, size)
            self._masks = (sources, found)
        return self._masks[1]

    def haystack(self, row: RoiRow) -> str:
        """Give what the filter looks at, made comparable by `searchable`."""
        kept = self._keep(row)
        if kept.haystack is None:
            value = row.value
            labels = list(row.annotation.labels if row.annotation else ())
            if row.rule == 2 or row.mapped is not None:
                labels += row.labels
            words = " ".join(labels)
            if not words.isascii() or not words.isprintable():
                words = one_line(words)
            parts = (
                words,
                value_text(value) if value else "",
                _hex(row),
                self.mask_text(row),
            )
            # Once for all parts: a filter over 10 000 rows waits for this.
            text = "\n".join(parts).replace(",", " ").casefold()
            kept.haystack = text if "  " not in text else _BLANKS.sub(" ", text)
        return kept.haystack

    def sort_key(self, row: RoiRow, column: Column) -> Any:  # noqa: ANN401 - by column
        """Give what a column is sorted by: numbers as numbers."""
        match column:
            case Column.EYE:
                return self.is_hidden(row)
            case Column.LOCK:
                return not self.is_locked(row)
            case Column.CONFIDENCE:
                return -1 if row.confidence is None else row.confidence
            case Column.PIXELS:
                return -1 if row.pixels is None else row.pixels
            case Column.PERCENT:
                return (row.pixels or 0) / (self.total(row) or 1)
            case Column.SWATCH | Column.VALUE | Column.HEX:
                return row.value or ()
        return self.text(row, column).casefold()


_BLANKS = re.compile(" +")


def _hex(row: RoiRow) -> str:
    return hex_text(row.value) if row.value and has_hex(row.value) else ""


def searchable(text: str) -> str:
    """Make texts comparable: ``210,210, 120`` is found as ``210 210 120``."""
    return " ".join(text.replace(",", " ").casefold().split())


_HEADINGS = {
    Column.EYE: ("", _("RoiPanel", "Shown or hidden")),
    Column.LOCK: ("", _("RoiPanel", "Locked or not")),
    Column.SWATCH: ("", _("RoiPanel", "Colour")),
    Column.LABELS: (
        _("RoiPanel", "Labels"),
        _("RoiPanel", "Labels, with commas between them"),
    ),
    Column.VALUE: (
        _("RoiPanel", "RGB"),
        _("RoiPanel", "The value in the mask, as numbers"),
    ),
    Column.HEX: (_("RoiPanel", "Hex"), _("RoiPanel", "The value in the mask, in hex")),
    Column.PIXELS: (
        _("RoiPanel", "Pixels"),
        _("RoiPanel", "How many pixels have the value"),
    ),
    Column.PERCENT: ("%", _("RoiPanel", "Share of the mask's pixels")),
    Column.CONFIDENCE: (_("RoiPanel", "Conf."), _("RoiPanel", "Confidence, 0 to 1")),
    Column.MASK: (
        _("RoiPanel", "Mask"),
        _("RoiPanel", "The mask that the ROI belongs to"),
    ),
    Column.ORIGIN: (
        _("RoiPanel", "From"),
        _("RoiPanel", "Where the label comes from"),
    ),
}


def heading(column: Column) -> tuple[str, str]:
    """Give a column's heading and what it means."""
    title, meaning = _HEADINGS[column]
    translate = QCoreApplication.translate
    return title and translate("RoiPanel", title), translate("RoiPanel", meaning)
