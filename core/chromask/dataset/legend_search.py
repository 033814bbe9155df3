"""Which legends speak of a frame's masks: those of a mask, of a frame, of a folder.

Imported by `opening`, which reads them with a frame, and by `dataset`, which reports them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from chromask.dataset.folder_names import is_mask_folder, words_of
from chromask.legends import OF_ONE_FRAME, OF_ONE_MASK, find_legend, read_legend
from chromask.legends.legend import LabelMapping
from chromask.storage.look import is_file, is_folder, stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chromask.storage.opened import Opened


def labels_of(
    path: Path,
    masks: Sequence[tuple[str, Path]],
    opened: Opened,
    chosen: Path | None = None,
) -> LabelMapping | None:
    """Read the labels of a frame's masks from the legends around them.

    A legend of one mask counts before that of its frame, and this before the folder's:
    the nearest one, from the mask's folder and then the frame's upwards.

    Parameters
    ----------
    path
        The frame's JSON or image.
    masks
        Its masks: (id, path).
    opened
        What was opened: no legend is looked for elsewhere.
    chosen
        The legend that the user chose instead, wherever it is.

    Raises
    ------
    FrameError, StorageError
        A legend is broken, or cannot be read.
    """
    if chosen is not None:
        return read_legend(chosen)
    mappings: list[LabelMapping] = []
    folders = dict.fromkeys((*(mask.parent for _, mask in masks), path.parent))
    inside = [each for each in folders if is_folder(each) and opened.contains(each)]
    for mask_id, mask in masks:
        own = mask.parent / f"{mask.stem}{OF_ONE_MASK}"
        if mask.parent in inside and is_file(own):
            mappings.append(_about_mask(read_legend(own), mask_id))
    of_frame = f"{path.stem.partition('.')[0]}{OF_ONE_FRAME}"
    frame_legends = [folder / of_frame for folder in (*inside[-1:], *inside[:-1])]
    mappings += [read_legend(own) for own in frame_legends if is_file(own)]
    found = next(filter(None, (legend_near(folder, opened) for folder in inside)), None)
    if found is not None:
        mappings.append(read_legend(found))
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


def legend_near(folder: Path, opened: Opened) -> Path | None:
    """Find the nearest legend from a folder upwards, within what was opened.

    A folder that is named like the folder of masks next to it may hold its legend, too.
    """
    for level in (folder, *folder.parents):
        if not opened.contains(level):
            break
        found = _legend_in(level)
        if found is not None:
            return found
        if level == folder and is_mask_folder(folder.name):
            words = sorted(words_of(folder.name))
            named = (folder.parent / word for word in words)
            near = (_legend_in(each) for each in named if opened.contains(each))
            found = next(filter(None, near), None)
            if found is not None:
                return found
    return None


def _legend_in(folder: Path) -> Path | None:
    stamp = stamp_of(folder)
    return None if stamp is None else _find_legend(folder, stamp)


@lru_cache(maxsize=256)
def _find_legend(folder: Path, _stamp: tuple[int, int]) -> Path | None:
    # A folder of a hundred thousand files is read once, not for every frame in it.
    return find_legend(folder)
