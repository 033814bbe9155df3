"""CVAT's ``labelmap.txt`` of its *Segmentation mask* export: ``label:r,g,b:parts:actions``.

The first line is a comment that names these columns; parts and actions are mostly empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.errors import say
from chromask.legends.legend_format import Legend, Lines, text_lines, whole_number

if TYPE_CHECKING:
    from chromask.legends.legend import LabelMapping


def read(data: bytes, uri: str) -> LabelMapping:
    """Read ``label:r,g,b:parts:actions``; a label may hold colons itself."""
    lines = Lines(uri)
    for number, line in text_lines(data):
        # The colour is the first part of three numbers: labels come before it.
        parts = line.split(":")
        for place, part in enumerate(parts[1:], start=1):
            value = [whole_number(word) for word in part.split(",")]
            channels = [channel for channel in value if channel is not None]
            if len(channels) == len(value) >= 3:
                lines.add(number, channels, ":".join(parts[:place]).strip())
                break
        else:
            lines.refuse(
                number, say("{!r} is not label:r,g,b:parts:actions", line[:60])
            )
    return lines.mapping()


CVAT_LABELMAP = Legend(
    "CVAT label map", lambda name: name in ("labelmap.txt", "label_map.txt"), read
)
