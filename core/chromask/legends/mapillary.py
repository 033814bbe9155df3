"""Mapillary Vistas' ``config_v1.2.json``, ``config_v2.0.json``: a list of classes with colours.

A class's place in the list is its number in grey label masks, its colour is that of the
coloured ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chromask.errors import FrameError
from chromask.jsontext.read import read_json
from chromask.jsontext.values import as_array, as_object
from chromask.legends.legend import read_mapping
from chromask.legends.legend_format import Legend

if TYPE_CHECKING:
    from chromask.legends.legend import LabelMapping

_NAME = re.compile(r"config_v\d+(\.\d+)*\.json")


def read(data: bytes, uri: str) -> LabelMapping:
    """Read the classes, first by their numbers, then by their colours.

    Raises
    ------
    FrameError
        There is no list ``labels``.
    """
    found = as_object(read_json(data, uri=uri).value) or {}
    classes = as_array(found.get("labels"))
    if classes is None:
        raise FrameError(
            "there is no list labels",
            uri=uri,
            place="labels",
            hint='A class is {"color": [r, g, b], "name": "..."}',
        )
    numbers: list[object] = []
    colors: list[object] = []
    for number, member in enumerate(classes):
        entry = as_object(member) or {}
        name = entry.get("readable") or entry.get("name")
        numbers.append({"value": [number], "labels": name})
        colors.append({"value": entry.get("color"), "labels": name})
    # The numbers win in a grey mask: there a grey colour means no class.
    return read_mapping([*numbers, *colors], uri)


MAPILLARY = Legend(
    "Mapillary classes", lambda name: _NAME.fullmatch(name) is not None, read
)
