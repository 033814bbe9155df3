"""X-AnyLabeling's ``mask_color_map.json``: ``{"type": "rgb", "colors": {"car": [r, g, b]}}``.

With the type ``grayscale`` a colour is one number, the grey level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.errors import FrameError, say
from chromask.jsontext.read import read_json
from chromask.jsontext.values import as_number, as_object, describe
from chromask.legends.legend import read_mapping
from chromask.legends.legend_format import Legend

if TYPE_CHECKING:
    from chromask.legends.legend import LabelMapping


def read(data: bytes, uri: str) -> LabelMapping:
    """Read the object.

    Raises
    ------
    FrameError
        It has no object ``colors``.
    """
    value = read_json(data, uri=uri).value
    found = as_object(value)
    colors = as_object(found.get("colors")) if found else None
    if colors is None:
        seen = describe(value) if found is None else describe(found.get("colors"))
        raise FrameError(
            say("{} is no object of names and colours", seen),
            uri=uri,
            place="colors",
            hint='Write {"type": "rgb", "colors": {"name": [r, g, b]}}',
        )
    legend = {
        name: [color] if as_number(color) is not None else color
        for name, color in colors.items()
    }
    return read_mapping(legend, uri)


COLOR_MAP = Legend("colour map", lambda name: name == "mask_color_map.json", read)
