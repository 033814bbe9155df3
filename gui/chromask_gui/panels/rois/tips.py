"""The tooltips of the ROI table: what a cell means and what can be done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.drawing.shapes import DRAWN_KINDS
from chromask_gui.look.texts import core_text, sentence, value_text
from chromask_gui.panels.rois.row import UNRESOLVED, Column, kind_name
from chromask_gui.widgets.roi_text import claim_rgb, tr

if TYPE_CHECKING:
    from chromask_gui.panels.rois.cells import RoiCells
    from chromask_gui.panels.rois.row import RoiRow


def tip(cells: RoiCells, row: RoiRow, column: int) -> str:
    """Give a cell's tooltip as plain text."""
    if column in (Column.MASK, Column.ORIGIN) or (
        column == Column.LABELS and row.rule == UNRESOLVED
    ):
        return explain(cells, row)
    if column in (Column.EYE, Column.LOCK, Column.SWATCH, Column.CONFIDENCE):
        return _state_tip(cells, row, column)
    match Column(column):
        case Column.VALUE if row.kind in DRAWN_KINDS:
            hint = tr("Double-click or Enter to zoom there")
            return f"{sentence(kind_name(row.kind))} {hint}"
        case Column.VALUE if row.kind is not None:
            return sentence(kind_name(row.kind))
        case Column.LABELS:
            return row.name
        case Column.VALUE | Column.HEX if row.index is not None:
            return tr("Double-click or F2 to change the value")
        case Column.PIXELS | Column.PERCENT if row.pixels:
            return tr("Double-click or Enter to zoom there")
        case Column.PIXELS | Column.PERCENT if row.pixels == 0:
            return tr("No pixel of the mask has this value")
    return ""


def _state_tip(cells: RoiCells, row: RoiRow, column: int) -> str:
    if column == Column.SWATCH:
        if row.kind is not None:
            return sentence(kind_name(row.kind))
        return _color_tip(cells, row) if row.value else ""
    if column == Column.EYE and row.has_eye:
        return tr("Show") if cells.is_hidden(row) else tr("Hide")
    if column == Column.LOCK and row.has_lock:
        if cells.is_locked(row):
            return tr("Locked: no tool changes its pixels. Click to unlock")
        return tr("Lock: no tool changes its pixels then")
    if column == Column.CONFIDENCE and row.index is not None:
        return tr("Double-click or F2 to change the confidence")
    return ""


def _color_tip(cells: RoiCells, row: RoiRow) -> str:
    stored = tr("Stored value: {}").format(value_text(row.value or ()))
    shown = cells.display_rgb(row)
    if shown is None or shown == claim_rgb(row.value or ()):
        return stored
    text = tr("Shown in: {}").format(value_text(shown))
    return "\n".join((stored, text, tr("The file keeps the stored value.")))


def explain(cells: RoiCells, row: RoiRow) -> str:
    """Say in plain words where the label came from and how the mask was found."""
    text = _explain_mask(cells, row)
    if cells.source_count(row) > 1:
        text = "\n".join((text, tr("Multi source: the ROI applies to several.")))
    return text


def _explain_mask(cells: RoiCells, row: RoiRow) -> str:
    if row.mapped is not None:
        return tr(
            "The data set's labels name this value; no ROI of the frame claims it. "
            "Paint with it, and the first stroke makes the ROI."
        )
    if row.resolution is None or row.annotation is None:
        return ""
    mask = cells.mask_text(row)
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
            why = " ".join(sentence(core_text(part)) for part in parts if part)
            return f"{tr('Unresolved: its mask was not found.')} {why}".strip()
        case 5:
            return tr(
                "The ROI names {}, as the public SDK does whatever a mask is called: "
                "{} is taken, the first mask of its source."
            ).format(named, mask)
    kind = sentence(kind_name(row.annotation.kind))
    return f"{kind} {tr('The ROI has no mask.')}"
