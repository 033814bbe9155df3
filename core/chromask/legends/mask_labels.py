"""``mask_labels.json``, ``labelmap.json`` and ``_mask_legend.json``: see `chromask.legends.legend`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.jsontext.read import read_json
from chromask.legends.legend import FILE_NAMES, read_mapping
from chromask.legends.legend_format import Legend

if TYPE_CHECKING:
    from chromask.legends.legend import LabelMapping


def read(data: bytes, uri: str) -> LabelMapping:
    """Read a list of ``{"value": ..., "labels": ...}``, or an object name -> colour."""
    return read_mapping(read_json(data, uri=uri).value, uri)


MASK_LABELS = Legend("mask labels", lambda name: name in FILE_NAMES, read)
