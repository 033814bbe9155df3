"""Datumaro's ``dataset_meta.json``: ``label_map`` (number -> name) and ``segmentation_colors``.

The n-th colour belongs to the label of the number n. Without colours the numbers are the
grey levels of the masks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.errors import FrameError, say
from chromask.jsontext.read import read_json
from chromask.jsontext.values import as_array, as_object
from chromask.legends.legend import read_mapping
from chromask.legends.legend_format import Legend

if TYPE_CHECKING:
    from chromask.legends.legend import LabelMapping


def read(data: bytes, uri: str) -> LabelMapping:
    """Read the object.

    Raises
    ------
    FrameError
        It has no object ``label_map``, or a key of it is no number.
    """
    found = as_object(read_json(data, uri=uri).value) or {}
    names = as_object(found.get("label_map"))
    if names is None:
        raise FrameError(
            "there is no label_map",
            uri=uri,
            place="label_map",
            hint='Write {"label_map": {"0": "name"}, "segmentation_colors": [[r, g, b]]}',
        )
    colors = as_array(found.get("segmentation_colors"))
    entries: list[dict[str, object]] = []
    for key, name in names.items():
        if not (key.isascii() and key.isdigit()):
            raise FrameError(
                say("the key {!r} is no number", key),
                uri=uri,
                place="label_map",
                hint="Its keys number the colours from 0",
            )
        number = int(key)
        value: object = [number]
        if colors is not None:
            value = colors[number] if number < len(colors) else None
        entries.append({"value": value, "labels": name})
    return read_mapping(entries, uri)


DATASET_META = Legend("data set meta", lambda name: name == "dataset_meta.json", read)
