"""``mask_labels.json``, ``labelmap.json`` and ``_mask_legend.json``: see `chromask.legends.legend`."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from chromask.errors import FrameError, say
from chromask.jsontext.read import read_json
from chromask.jsontext.values import as_array, as_object
from chromask.legends.legend import FILE_NAMES, read_mapping
from chromask.legends.legend_format import NOT_A_LEGEND, Legend

if TYPE_CHECKING:
    from chromask.legends.legend import LabelMapping


def read(data: bytes, uri: str) -> LabelMapping:
    """Read a list of ``{"value": ..., "labels": ...}``, or an object name -> colour.

    Raises
    ------
    FrameError
        It is broken, or holds frames.
    """
    value = read_json(data, uri=uri).value
    first = next(iter(as_array(value) or [value]), None)
    if _is_frame(first):
        seen = say("{} is a frame, not a legend", PurePath(uri).name)
        raise FrameError(seen, uri=uri, hint=NOT_A_LEGEND)
    return read_mapping(value, uri)


def _is_frame(value: object) -> bool:
    """Whether it has a list of sources; a class or a mask may have that name, too."""
    found = as_object(value)
    sources = as_array(found.get("sources")) if found is not None else None
    if sources is None:
        return False
    members = [as_object(member) for member in sources]
    return all(member is not None and "value" not in member for member in members)


MASK_LABELS = Legend("mask labels", lambda name: name in FILE_NAMES, read)
