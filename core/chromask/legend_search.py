"""Which legends speak of a frame's masks: those of a mask, of a frame, of a folder.

Imported by `opening`, which reads them with a frame, and by `dataset`, which reports them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from chromask.folder_names import is_mask_folder, words_of
from chromask.formats import OF_ONE_FRAME, OF_ONE_MASK, find_legend, read_legend
from chromask.mapping import LabelMapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def labels_of(
    path: Path, masks: Sequence[tuple[str, Path]], chosen: Path | None = None
) -> LabelMapping | None:
    """Read the labels of a frame's masks from the legends that lie about them.

    A legend of one mask counts before that of its frame, and this before the folder's:
    the nearest one, from the mask's folder and the frame's upwards by one.

    Parameters
    ----------
    path
        The frame's JSON or image.
    masks
        Its masks: (id, path).
    chosen
        The legend that the user chose instead.

    Raises
    ------
    FrameError, StorageError
        A legend is broken, or cannot be read.
    """
    if chosen is not None:
        return read_legend(chosen)
    mappings: list[LabelMapping] = []
    for mask_id, mask in masks:
        own = mask.with_name(f"{mask.stem}{OF_ONE_MASK}")
        if own.is_file():
            mappings.append(_about_mask(read_legend(own), mask_id))
    mappings += [read_legend(own) for own in _legends_of_frame(path, masks)]
    shared = {legend_near(mask.parent): None for _, mask in masks}
    shared.setdefault(legend_near(path.parent))
    found = [legend for legend in shared if legend is not None]
    mappings += [read_legend(legend) for legend in found[:1]]
    if not mappings:
        return None
    return LabelMapping(
        mappings[0].uri,
        tuple(entry for mapping in mappings for entry in mapping.entries),
        tuple(problem for mapping in mappings for problem in mapping.problems),
    )


def _about_mask(mapping: LabelMapping, mask_id: str) -> LabelMapping:
    entries = tuple(replace(entry, mask_id=mask_id) for entry in mapping.entries)
    return replace(mapping, entries=entries)


def _legends_of_frame(path: Path, masks: Sequence[tuple[str, Path]]) -> Iterator[Path]:
    """Find ``step0.frame_data.json`` beside ``step0.camera.png`` or beside its masks."""
    for folder in dict.fromkeys((path.parent, *(mask.parent for _, mask in masks))):
        own = folder / f"{path.stem.partition('.')[0]}{OF_ONE_FRAME}"
        if own.is_file():
            yield own


def legend_near(folder: Path) -> Path | None:
    """Find the legend of a folder, of the one above, or of a neighbour named like it."""
    found = _legend_in(folder) or _legend_in(folder.parent)
    if found is not None or not is_mask_folder(folder.name):
        return found
    for word in sorted(words_of(folder.name)):
        found = _legend_in(folder.parent / word)
        if found is not None:
            return found
    return None


def _legend_in(folder: Path) -> Path | None:
    try:
        changed = folder.stat().st_mtime_ns
    except OSError:
        return None
    return _find_legend(folder, changed)


@lru_cache(maxsize=256)
def _find_legend(folder: Path, _changed: int) -> Path | None:
    # A folder of a hundred thousand files is read once, not for every frame in it.
    return find_legend(folder)
