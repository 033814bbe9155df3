"""Tables as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMULA_STARTS: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)
"""How a text begins that a spreadsheet may run as a formula."""


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """Write a table as CSV.

    Texts are quoted, numbers are not. A text that a spreadsheet may take for a formula gets
    an apostrophe before it: labels come from files of other people.

    Parameters
    ----------
    header
        The names of the columns.
    rows
        The cells of each row.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in header])
    for row in rows:
        writer.writerow(
            [_harmless(cell) if isinstance(cell, str) else cell for cell in row]
        )
    return buffer.getvalue()


def _harmless(text: str) -> str:
    # Spreadsheets skip blanks before a formula.
    is_formula = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(
        FORMULA_STARTS
    )
    return f"'{text}" if is_formula else text
