"""Unity Perception's SOLO: ``stepN.frame_data.json`` beside a frame, and the data set's definitions.

A frame lists for each of its masks (``filename``) the ``instances`` with their
``labelName`` and their ``pixelValue`` or ``color``, four numbers.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from chromask.jsontext.read import read_json
from chromask.jsontext.values import as_array, as_object
from chromask.legends.legend import LabelMapping, read_mapping
from chromask.legends.legend_format import Legend

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_frame(data: bytes, uri: str) -> LabelMapping:
    """Read the colours of a frame's masks; a mask's id is what its name adds to the image's."""
    found = as_object(read_json(data, uri=uri).value) or {}
    by_mask: dict[str, list[object]] = {}
    for capture in _objects(found.get("captures")):
        stem = PurePath(str(capture.get("filename", ""))).stem
        for annotation in _objects(capture.get("annotations")):
            mask = PurePath(str(annotation.get("filename", ""))).stem
            entries = _entries(annotation.get("instances"))
            if mask.startswith(stem) and entries:
                by_mask.setdefault(mask.removeprefix(stem).strip("_- ."), []).extend(
                    entries
                )
    return read_mapping(by_mask, uri)


def read_definitions(data: bytes, uri: str) -> LabelMapping:
    """Read the colours of the data set's labels, where its definitions list any."""
    found = as_object(read_json(data, uri=uri).value) or {}
    entries: list[object] = []
    for definition in _objects(found.get("annotationDefinitions")):
        entries += _entries(definition.get("spec"))
    return read_mapping(entries, uri)


def _entries(value: object) -> list[object]:
    entries: list[object] = []
    for instance in _objects(value):
        name = instance.get("labelName", instance.get("label_name"))
        number = instance.get("instanceId")
        for key in ("pixelValue", "pixel_value", "color"):
            if key in instance and isinstance(name, str):
                # An instance mask has several of one name: their numbers tell them apart.
                label = f"{name}#{number}" if number is not None else name
                entries.append({"value": instance[key], "labels": [label]})
                break
    return entries


def _objects(value: object) -> list[Mapping[str, Any]]:
    members = (as_object(member) for member in as_array(value) or ())
    return [member for member in members if member is not None]


SOLO_FRAME = Legend(
    "SOLO frame", lambda name: name.endswith(".frame_data.json"), read_frame
)
SOLO_DEFINITIONS = Legend(
    "SOLO definitions",
    lambda name: name == "annotation_definitions.json",
    read_definitions,
)
