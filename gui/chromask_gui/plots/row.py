"""One bar of a plot, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from chromask_gui.look.texts import grouped, number_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from chromask.drawing.display import Rgb

MOST_ROWS = 50
"""So many bars a plot has; one more holds the rest."""


@dataclass(frozen=True, slots=True)
class Row:
    """A bar.

    Attributes
    ----------
    name
        Plain text on one line.
    pixels, whole
        How many pixels it has, of how many.
    rgb
        Its display colour; None for the colour of texts.
    target
        What choosing it selects; None where there is nothing to select.
    is_apart
        Whether it is shown below the others: what is no single thing.
    """

    name: str
    pixels: int
    whole: int
    rgb: Rgb | None = None
    target: Hashable = None
    is_apart: bool = False

    @property
    def value(self) -> str:
        """Its number, with its share."""
        share = percent_text(self.pixels, self.whole)
        return f"{number_text(self.pixels)}  {share}" if share else "0"

    @property
    def text(self) -> str:
        """All of it in words."""
        translate = QCoreApplication.translate
        pixels = grouped(
            translate("plots", "%n pixel(s)", "", self.pixels), self.pixels
        )
        return translate("plots", "{}: {}, {}").format(
            self.name, pixels, percent_text(self.pixels, self.whole) or "0"
        )


def rest_row(
    name: str, pixels: Sequence[int], whole: int, target: Hashable = None
) -> Row:
    """Give the one bar of what has no bar of its own."""
    return Row(name, sum(pixels), whole, None, target, is_apart=True)


ROW_PX = 22
"""The height of a bar with the room around it."""

APART = 0.4
"""How much room is above the bars that are shown apart, in rows."""


def centre(rows: Sequence[Row], at: int) -> float:
    """Give where a bar's middle is, in rows from the top."""
    is_below = rows[at].is_apart and not rows[0].is_apart
    return at + 0.5 + (APART if is_below else 0)


def height_rows(rows: Sequence[Row]) -> float:
    """Give how much room bars need, in rows."""
    return centre(rows, len(rows) - 1) + 0.5 if rows else 1.0


def bar_at(rows: Sequence[Row], y_px: float) -> int:
    """Give the bar at a height of the chart, or -1."""
    found = (at for at in range(len(rows)) if 0 <= y_px - top_px(rows, at) < ROW_PX)
    return next(found, -1)


def top_px(rows: Sequence[Row], at: int) -> int:
    """Give the height at which the room of a bar begins in the chart."""
    return round((centre(rows, at) - 0.5) * ROW_PX)
