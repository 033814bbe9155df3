"""The menu of the ROI table's selected rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from chromask.drawing.shapes import DRAWN_KINDS
from chromask_gui.look.icons import icon
from chromask_gui.look.texts import hex_text, value_text
from chromask_gui.panels.rois import actions as roi_actions
from chromask_gui.panels.rois.commands import can_paste
from chromask_gui.panels.rois.display_color import choose_color, set_color
from chromask_gui.widgets.roi_text import has_hex, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask_gui.panels.rois.panel import RoiPanel
    from chromask_gui.panels.rois.row import RoiRow
    from chromask_gui.session.session import Session


def build_menu(panel: RoiPanel, session: Session, rows: Sequence[RoiRow]) -> QMenu:
    """Make the menu of some rows, the current one first; it deletes itself."""
    menu = QMenu(panel)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if rows:
        _add_looks(menu, panel, session, rows)
        _add_copies(menu, rows[0])
        if any(row.index is not None for row in rows):
            _add_edits(menu, panel, session, rows)
        menu.addSeparator()
    commands = panel.commands
    paste = menu.addAction(icon("paste"), tr("Paste ROIs"), commands.paste)
    paste.setEnabled(can_paste())
    if session.view.hidden_rois:
        menu.addAction(
            icon("eye"), tr("Show all"), lambda: roi_actions.show_all(session)
        )
    menu.addAction(icon("add"), tr("Add ROI"), panel.open_form)
    return menu


def _add_looks(
    menu: QMenu, panel: RoiPanel, session: Session, rows: Sequence[RoiRow]
) -> None:
    first = rows[0]
    zoom = menu.addAction(icon("target"), tr("Zoom to"), lambda: panel.zoom_to(first))
    zoom.setEnabled(bool(first.pixels) or first.kind in DRAWN_KINDS)
    if first.index is not None:
        text = tr("Select all its parts")
        parts = menu.addAction(icon("parts"), text, panel.parts_requested.emit)
        parts.setEnabled(bool(first.pixels))
    # As they stand in the table, not the current one first.
    chosen = {id(row) for row in rows if row.mapped is not None}
    mapped = [row for row in panel.model.rows if id(row) in chosen]
    if mapped:
        text = tr("Make a ROI") if len(mapped) == 1 else tr("Make a ROI of each")
        menu.addAction(icon("add"), text, lambda: panel.make_rois(mapped))
    shown = [row for row in rows if row.has_eye]
    if not shown:
        return
    is_hidden = all(row.index in session.view.hidden_rois for row in shown)
    menu.addAction(
        icon("eye" if is_hidden else "eye-off"),
        tr("Show") if is_hidden else tr("Hide"),
        lambda: roi_actions.toggle_eyes(session, shown),
    )
    menu.addAction(
        icon("solo"),
        tr("Show only this") if len(shown) == 1 else tr("Show only these"),
        lambda: roi_actions.show_only(session, shown, panel.model.rows),
    )
    indices = [row.index for row in shown if row.index is not None]
    before = panel.model.cells.display_rgb(first)
    menu.addAction(
        icon("palette"),
        tr("Display colour..."),
        lambda: choose_color(panel, session, indices, before),
    )
    if set(indices) & set(session.view.colors):
        menu.addAction(
            tr("Reset the display colour"), lambda: set_color(session, indices, None)
        )


def _add_edits(
    menu: QMenu, panel: RoiPanel, session: Session, rows: Sequence[RoiRow]
) -> None:
    commands = panel.commands
    locks = [row.index in session.view.locked_rois for row in rows if row.has_lock]
    menu.addSeparator()
    if locks:
        text = tr("Unlock") if all(locks) else tr("Lock")
        name = "unlock" if all(locks) else "lock"
        menu.addAction(icon(name), text, commands.toggle_locks)
    menu.addAction(icon("duplicate"), tr("Duplicate"), commands.duplicate)
    menu.addAction(icon("copy"), tr("Copy"), commands.copy)
    menu.addAction(icon("delete"), tr("Delete"), commands.delete)


def _add_copies(menu: QMenu, row: RoiRow) -> None:
    value = row.value
    if value is None:
        return
    clipboard = QGuiApplication.clipboard()
    menu.addSeparator()
    menu.addAction(tr("Copy RGB"), lambda: clipboard.setText(value_text(value)))
    if has_hex(value):
        menu.addAction(tr("Copy hex"), lambda: clipboard.setText(hex_text(value)))
