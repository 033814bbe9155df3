"""``mask_labels.json``, ``labelmap.json`` and ``_mask_legend.json``: see `chromask.mapping`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.formats.legend import Legend
from chromask.jsontext.read import read_json
from chromask.mapping import FILE_NAMES, read_mapping

if TYPE_CHECKING:
    from chromask.mapping import LabelMapping


def read(data: bytes, uri: str) -> LabelMapping:
    """Read a list of ``{"value": ..., "labels": ...}``, or an object name -> colour."""
    return read_mapping(read_json(data, uri=uri).value, uri)


MASK_LABELS = Legend("mask labels", lambda name: name in FILE_NAMES, read)
