"""CamVid's ``label_colors.txt``: ``r g b name`` a line, by blanks, tabs or commas.

Some data sets of the family write the name first. A name may hold blanks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chromask.errors import say
from chromask.legends.legend_format import Legend, Lines, text_lines, whole_number

if TYPE_CHECKING:
    from chromask.legends.legend import LabelMapping

NAMES = ("label_colors.txt", "label_colours.txt", "labelcolors.txt", "colors.txt")

_BETWEEN = re.compile(r"\s*[,;\t]\s*|\s+")


def read(data: bytes, uri: str) -> LabelMapping:
    """Read ``r g b name`` or ``name r g b``."""
    lines = Lines(uri)
    for number, line in text_lines(data):
        words = [word for word in _BETWEEN.split(line) if word]
        for value, name in ((words[:3], words[3:]), (words[-3:], words[:-3])):
            channels = [whole_number(word) for word in value]
            known = [channel for channel in channels if channel is not None]
            if len(known) == 3:
                lines.add(number, known, " ".join(name))
                break
        else:
            lines.refuse(number, say("{!r} is not r g b name", line[:60]))
    return lines.mapping()


LABEL_COLORS = Legend("label colours", lambda name: name in NAMES, read)
