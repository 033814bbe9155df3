"""What the cells of the ROI table say, and in which ink: made when the view asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication, QPalette

from chromask_gui.panels.roi_row import (
    DASH,
    UNRESOLVED,
    Column,
    RoiRow,
    kind_name,
)
from chromask_gui.panels.roi_text import MAX_8_BIT, claim_rgb, has_hex, tr
from chromask_gui.swatches import Swatches
from chromask_gui.texts import (
    hex_text,
    number_text,
    one_line,
    percent_text,
    sentence,
    value_text,
)

if TYPE_CHECKING:
    from chromask_gui.session import Session

PERCENT_SIGN = "\N{NARROW NO-BREAK SPACE}%"

NUMBERS = frozenset({Column.VALUE, Column.HEX, Column.PIXELS, Column.PERCENT})


class RoiCells:
    """The texts of the rows of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.swatches = Swatches(session)
        self._masks: tuple[object, dict[str, tuple[str, int]]] | None = None

    def text(self, row: RoiRow, column: int) -> str:
        """Give what a cell shows."""
        match Column(column):
            case Column.LABELS:
                return row.name or (tr("no label") if row.mapped is None else "")
            case Column.VALUE:
                return self._value_text(row)
            case Column.HEX:
                return _hex(row)
            case Column.PIXELS:
                return "" if row.pixels is None else number_text(row.pixels)
            case Column.PERCENT:
                return self._percent_text(row)
            case Column.MASK:
                return self.mask_text(row)
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
        names = self._names_of_masks()
        if row.masks:
            return ", ".join(
                names[key][0] if key in names else key for key in row.masks
            )
        if row.rule == UNRESOLVED and row.annotation is not None:
            return f"{one_line(row.annotation.mask_id or '')}?"
        return ""

    def edit_text(self, row: RoiRow, column: int) -> str:
        """Give what stands in a cell's editor when it opens."""
        value = row.value
        if column == Column.LABELS:
            return ", ".join(row.labels)
        if column == Column.VALUE:
            return value_text(value) if value else ""
        if column == Column.HEX:
            return _hex(row)
        return self.text(row, column)

    def spoken(self, row: RoiRow, column: int) -> str:
        """Give what a screen reader says."""
        if column == Column.EYE:
            if not row.has_eye:
                return ""
            return tr("hidden") if self.is_hidden(row) else tr("shown")
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
        is_muted = (
            (column in (Column.PIXELS, Column.PERCENT) and not row.pixels)
            or (column == Column.LABELS and not row.labels)
            or (column == Column.VALUE and row.value is None)
            or column in (Column.MASK, Column.ORIGIN, Column.HEX)
            or row.mapped is not None
        )
        if not is_muted:
            return None
        return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)

    def tip(self, row: RoiRow, column: int) -> str:
        """Give a cell's tooltip as plain text."""
        if column in (Column.MASK, Column.ORIGIN) or (
            column == Column.LABELS and row.rule == UNRESOLVED
        ):
            return self.explain(row)
        match Column(column):
            case Column.EYE if row.has_eye:
                return tr("Show") if self.is_hidden(row) else tr("Hide")
            case Column.SWATCH | Column.VALUE if row.kind is not None:
                return sentence(kind_name(row.kind))
            case Column.SWATCH if row.value:
                return self._color_tip(row)
            case Column.LABELS:
                return row.name
            case Column.VALUE | Column.HEX if row.index is not None:
                return tr("Double-click or F2 to change the value")
            case Column.PIXELS | Column.PERCENT if row.pixels:
                return tr("Double-click or Enter to zoom there")
            case Column.PIXELS | Column.PERCENT if row.pixels == 0:
                return tr("No pixel of the mask has this value")
        return ""

    def display_rgb(self, row: RoiRow) -> tuple[int, int, int] | None:
        """Give the colour in which the canvas draws a row; None for one without a value."""
        if row.mapped is not None:
            entry = row.mapped.indices[0]
            return self.swatches.entry(row.mapped.key, entry) or row.mapped.rgb
        if row.index is None or not row.value:
            return None
        return self.swatches.roi(row.index) or claim_rgb(row.value)

    def _color_tip(self, row: RoiRow) -> str:
        stored = tr("Stored value: {}").format(value_text(row.value or ()))
        shown = self.display_rgb(row)
        if shown is None or shown == claim_rgb(row.value or ()):
            return stored
        text = tr("Shown in: {}").format(value_text(shown))
        return "\n".join((stored, text, tr("The file keeps the stored value.")))

    def explain(self, row: RoiRow) -> str:
        """Say in plain words where the label came from and how the mask was found."""
        if row.mapped is not None:
            return tr(
                "The data set's labels name this value; no ROI of the frame claims it."
            )
        if row.resolution is None or row.annotation is None:
            return ""
        mask = self.mask_text(row)
        named = row.annotation.mask_id
        match row.rule:
            case 1:
                return tr("The ROI names its mask by the mask's id: {}.").format(mask)
            case 2:
                return tr(
                    "The ROI's label names the mask {}, as older documents write it; "
                    "its own name stands in mask.id."
                ).format(mask)
            case 3:
                text = tr("{} is the only mask of the ROI's sources.").format(mask)
                if named is None:
                    return text
                return f"{text} {tr('The ROI itself names {}.').format(named)}"
            case 4:
                problem = row.resolution.problem
                parts = (problem.seen, problem.hint or "") if problem else ()
                why = " ".join(sentence(part) for part in parts if part)
                return f"{tr('Unresolved: its mask was not found.')} {why}".strip()
        kind = sentence(kind_name(row.annotation.kind))
        return f"{kind} {tr('The ROI has no mask.')}"

    # -- facts about a row

    def is_hidden(self, row: RoiRow) -> bool:
        """Whether the user has hidden the ROI."""
        return row.index in self._session.view.hidden_rois

    def total(self, row: RoiRow) -> int:
        """Count the pixels of a row's readable masks: what its percentage is of."""
        names = self._names_of_masks()
        return sum(names[key][1] for key in row.masks if key in names)

    def widest(self) -> dict[Column, str]:
        """Give for each column of fixed width about the widest text it has to hold."""
        masks = self._names_of_masks().values()
        names = sorted((name for name, _ in masks), key=len)
        is_group = any(" / " in name for name in names)
        return {
            Column.VALUE: self._widest_value(),
            Column.HEX: "#dddddd",
            Column.PIXELS: number_text(max((size for _, size in masks), default=0)),
            Column.PERCENT: "< 0.01",
            Column.MASK: names[-1][: 16 if is_group else 10] if names else "",
            Column.ORIGIN: tr("data set"),
        }

    def _widest_value(self) -> str:
        document = self._session.document
        rois = document.frame.annotations if document is not None else ()
        values = [roi.mask_value for roi in rois if roi.mask_value]
        channels = max(map(len, values), default=3)
        deepest = max(map(max, values), default=0)
        slot = "888" if deepest <= MAX_8_BIT else "88888"
        return "  ".join([slot] * max(channels, 3))

    def _names_of_masks(self) -> dict[str, tuple[str, int]]:
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
        labels = row.annotation.labels if row.annotation else ()
        value = value_text(row.value) if row.value else ""
        parts = (row.name, *labels, value, _hex(row), self.mask_text(row))
        return "\n".join(searchable(part) for part in parts)

    def sort_key(self, row: RoiRow, column: Column) -> Any:  # noqa: ANN401 - by column
        """Give what a column is sorted by: numbers as numbers."""
        match column:
            case Column.EYE:
                return self.is_hidden(row)
            case Column.PIXELS:
                return -1 if row.pixels is None else row.pixels
            case Column.PERCENT:
                return (row.pixels or 0) / (self.total(row) or 1)
            case Column.SWATCH | Column.VALUE | Column.HEX:
                return row.value or ()
        return self.text(row, column).casefold()


def _hex(row: RoiRow) -> str:
    return hex_text(row.value) if row.value and has_hex(row.value) else ""


def searchable(text: str) -> str:
    """Make texts comparable: ``210,210, 120`` is found as ``210 210 120``."""
    return " ".join(text.replace(",", " ").casefold().split())


def headings() -> dict[Column, tuple[str, str]]:
    """Give each column's heading and what it means."""
    return {
        Column.EYE: ("", tr("Shown or hidden")),
        Column.SWATCH: ("", tr("Colour")),
        Column.LABELS: (tr("Labels"), tr("Labels, with commas between them")),
        Column.VALUE: (tr("RGB"), tr("The value in the mask, as numbers")),
        Column.HEX: (tr("Hex"), tr("The value in the mask, in hex")),
        Column.PIXELS: (tr("Pixels"), tr("How many pixels have the value")),
        Column.PERCENT: ("%", tr("Share of the mask's pixels")),
        Column.MASK: (tr("Mask"), tr("The mask that the ROI belongs to")),
        Column.ORIGIN: (tr("From"), tr("Where the label comes from")),
    }
