"""Legends of all kinds: one module with one object a kind, one line in `LEGENDS`.

Imported by `dataset` and what stands on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.errors import FrameError, StorageError, say
from chromask.jsontext.read import DEFAULT_LIMITS
from chromask.legends.class_dict import CLASS_DICT
from chromask.legends.color_map import COLOR_MAP
from chromask.legends.cvat_labelmap import CVAT_LABELMAP
from chromask.legends.dataset_meta import DATASET_META
from chromask.legends.label_colors import LABEL_COLORS
from chromask.legends.legend import FILE_NAMES
from chromask.legends.legend_format import NOT_A_LEGEND
from chromask.legends.mapillary import MAPILLARY
from chromask.legends.mask_labels import MASK_LABELS
from chromask.legends.mask_labels import read as read_mask_labels
from chromask.legends.solo import SOLO_DEFINITIONS, SOLO_FRAME
from chromask.storage.local import read_bytes
from chromask.storage.look import list_folder

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.legends.legend import LabelMapping
    from chromask.legends.legend_format import Legend

LEGENDS: tuple[Legend, ...] = (
    MASK_LABELS,
    CVAT_LABELMAP,
    LABEL_COLORS,
    CLASS_DICT,
    COLOR_MAP,
    DATASET_META,
    MAPILLARY,
    SOLO_DEFINITIONS,
)
"""The legends of a folder; of several in one folder the first of this order counts."""

OF_ONE_MASK = ".labelmap.json"
"""``<stem of the mask>.labelmap.json`` beside a mask is the legend of that mask alone."""

OF_ONE_FRAME = ".frame_data.json"
"""``<start of the stem>.frame_data.json`` beside an image is the legend of its masks."""


def legend_rank(name: str) -> int | None:
    """Tell by a file's name how early it counts among a folder's legends; None for no legend."""
    lower = name.lower()
    if lower in FILE_NAMES:
        return FILE_NAMES.index(lower) - len(FILE_NAMES)
    ranks = (rank for rank, each in enumerate(LEGENDS) if each.is_named(lower))
    return next(ranks, None)


def is_about_labels(name: str) -> bool:
    """Tell by a file's name whether it is a legend of any kind, and so no frame."""
    ends = (OF_ONE_MASK, OF_ONE_FRAME)
    return legend_rank(name) is not None or name.lower().endswith(ends)


def read_legend(path: Path) -> LabelMapping:
    """Read a legend, by its name; of another name whatever its text can be read as.

    Raises
    ------
    FrameError
        It is broken, or holds nothing that can be read.
    StorageError
        It cannot be read.
    """
    uri = str(path)
    data = read_bytes(path, uri=uri, max_bytes=DEFAULT_LIMITS.max_bytes)
    name = path.name.lower()
    for legend in (*LEGENDS, SOLO_FRAME):
        if legend.is_named(name):
            return legend.read(data, uri)
    if name.endswith(".json"):
        mapping = read_mask_labels(data, uri)
        # In another JSON some list of numbers may look like a colour.
        if len(mapping.entries) < max(1, len(mapping.problems)):
            raise _not_a_legend(path)
        return mapping
    for legend in (CVAT_LABELMAP, LABEL_COLORS, CLASS_DICT):
        try:
            return legend.read(data, uri)
        except FrameError:
            continue
    raise _not_a_legend(path)


def _not_a_legend(path: Path) -> FrameError:
    seen = say("{} is not a legend of any known format", path.name)
    return FrameError(seen, uri=str(path), hint=NOT_A_LEGEND)


def read_chosen(path: Path) -> LabelMapping:
    """Read a file that the user chose as a legend.

    Raises
    ------
    FrameError
        It names no colour: it is broken, a frame, or something else.
    StorageError
        It cannot be read.
    """
    mapping = read_legend(path)
    if not mapping.entries:
        raise _not_a_legend(path)
    return mapping


def find_legend(folder: Path) -> Path | None:
    """Find the legend that lies in a folder; None where there is none."""
    try:
        _, names = list_folder(folder)
    except StorageError:
        return None
    ranked = [(legend_rank(name), name) for name in names]
    found = sorted((rank, name) for rank, name in ranked if rank is not None)
    return folder / found[0][1] if found else None


def find_mapping(folder: Path) -> LabelMapping | None:
    """Read the legend that lies in a folder; None when there is none.

    Raises
    ------
    FrameError, StorageError
        When it is broken, or cannot be read.
    """
    path = find_legend(folder)
    return None if path is None else read_legend(path)
