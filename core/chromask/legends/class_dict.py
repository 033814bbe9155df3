"""``class_dict.csv``: a header ``name,r,g,b`` and a class a line.

The columns stand in any order and case (``Class, Red, Green, Blue`` is met); without a
header they are name, r, g, b.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from chromask.errors import FrameError, say
from chromask.legends.legend_format import Legend, Lines, text_lines, whole_number

if TYPE_CHECKING:
    from chromask.legends.legend import LabelMapping

NAMES = ("class_dict.csv", "class_dict_seg.csv", "label_class_dict.csv")

_COLUMNS = (
    ("name", "class", "class_name", "label"),
    ("r", "red"),
    ("g", "green"),
    ("b", "blue"),
)


def read(data: bytes, uri: str) -> LabelMapping:
    """Read the table.

    Raises
    ------
    FrameError
        A header lacks one of the four columns, or no line holds a colour.
    """
    numbered = text_lines(data)
    rows = list(csv.reader((line for _, line in numbered), skipinitialspace=True))
    lines = Lines(uri)
    columns = [0, 1, 2, 3]
    for (number, line), row in zip(numbered, rows, strict=False):
        cells = [cell.strip() for cell in row]
        if line == numbered[0][1] and not any(
            whole_number(c) is not None for c in cells
        ):
            columns = _columns(cells, uri)
            continue
        picked = [cells[column] if column < len(cells) else "" for column in columns]
        channels = [whole_number(cell) for cell in picked[1:]]
        known = [channel for channel in channels if channel is not None]
        if len(known) < 3:
            lines.refuse(number, say("{!r} is not name,r,g,b", line[:60]))
        else:
            lines.add(number, known, picked[0])
    return lines.mapping()


def _columns(header: list[str], uri: str) -> list[int]:
    names = [cell.lower() for cell in header]
    found: list[int] = []
    for wanted in _COLUMNS:
        place = next((names.index(name) for name in wanted if name in names), None)
        if place is None:
            raise FrameError(
                say("the header is {}, without {}", ", ".join(header), wanted[0]),
                uri=uri,
                place="line 1",
                hint="Name the columns name, r, g, b",
            )
        found.append(place)
    return found


CLASS_DICT = Legend("class table", lambda name: name in NAMES, read)
