"""Choosing the display colour of ROIs: what the screen shows; no file knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QWidget

from chromask_gui.widgets.roi_text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask.drawing.display import Rgb
    from chromask_gui.session.session import Session


def choose_color(
    parent: QWidget, session: Session, indices: Sequence[int], before: Rgb | None
) -> None:
    """Ask for a display colour of some ROIs, and show them in it."""
    start = QColor(*before) if before is not None else QColor(255, 0, 0)
    title = tr("Display colour (the file keeps the stored value)")
    chosen = QColorDialog.getColor(start, parent, title)
    if chosen.isValid():
        set_color(session, indices, (chosen.red(), chosen.green(), chosen.blue()))


def set_color(session: Session, indices: Sequence[int], rgb: Rgb | None) -> None:
    """Show ROIs in a display colour of their own; None gives the palette's back."""
    colors = {i: c for i, c in session.view.colors.items() if i not in indices}
    if rgb is not None:
        colors.update(dict.fromkeys(indices, rgb))
    session.set_view(colors=colors)
