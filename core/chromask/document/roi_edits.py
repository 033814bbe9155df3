"""Edits of several ROIs at once: labels, confidence, copies; each works on an open transaction.

A command of 10 000 ROIs replaces the frame's tuple of ROIs once, not once for each.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from chromask.errors import EditError, FrameError
from chromask.frame.annotation import read_annotation
from chromask.jsontext.read import read_json
from chromask.jsontext.values import as_array, as_object, id_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chromask.document.transaction import Transaction
    from chromask.frame.editable import Frame

CLIPBOARD_KEY: Final = "chromask_rois"
"""The one key of the JSON object that copied ROIs are: a list of them as frames have them."""

Labels = tuple[str, ...]


def change_labels(
    edit: Transaction,
    labels: Mapping[int, Labels],
    change: Callable[[Labels], Sequence[str]],
) -> int:
    """Give ROIs other labels, made of those that they have; returns how many differ.

    Parameters
    ----------
    labels
        The labels that each ROI has now, by its index.
    change
        Makes the new labels of the old; repetitions are dropped.
    """
    wanted = {index: _unique(change(old)) for index, old in labels.items()}
    changes = {
        index: {"labels": list(new)}
        for index, new in wanted.items()
        if new != labels[index]
    }
    if changes:
        edit.frame.update_annotations(changes)
    return len(changes)


def set_confidence(
    edit: Transaction, indices: Iterable[int], confidence: float | None
) -> None:
    """Give ROIs one confidence, 0 to 1; None removes it."""
    edit.frame.update_annotations(
        {index: {"confidence": confidence} for index in indices}
    )


def duplicate_rois(edit: Transaction, indices: Iterable[int]) -> list[int]:
    """Add copies of ROIs at the end of the frame's list; returns their indices."""
    rois = edit.frame.annotations
    return edit.frame.insert_annotations(
        _without_server_id(rois[index].to_dict()) for index in indices
    )


def copy_rois(frame: Frame, indices: Iterable[int]) -> str:
    """Write ROIs as the JSON text that `read_copied` reads in any other frame."""
    copied = [frame.annotations[index].to_dict() for index in indices]
    return json.dumps({CLIPBOARD_KEY: copied}, ensure_ascii=False, indent=2)


def read_copied(text: str) -> list[dict[str, Any]]:
    """Read what `copy_rois` wrote; also a bare ROI, or a list of them, that somebody copied.

    Raises
    ------
    EditError
        The text is no JSON of ROIs.
    """
    try:
        value = read_json(text.encode("utf-8", "replace"), uri="the clipboard").value
    except FrameError as error:
        raise EditError(
            "the clipboard holds no ROIs", hint="Copy ROIs with Ctrl+C first"
        ) from error
    found = as_object(value)
    if found is not None:
        value = found.get(CLIPBOARD_KEY, found.get("rois", [found]))
    rois = [each for each in as_array(value) or () if _is_roi(each)]
    if not rois:
        raise EditError(
            "the clipboard holds no ROIs", hint="Copy ROIs with Ctrl+C first"
        )
    return rois


def paste_rois(edit: Transaction, rois: Iterable[Mapping[str, Any]]) -> list[int]:
    """Add ROIs that were copied from any frame; returns their indices.

    Sources that this frame does not have are dropped: a ROI without any means every source.
    Where the frame has one mask alone, a ROI that names no mask of the frame gets it.
    """
    frame = edit.frame
    known = {source.id for source in frame.sources}
    masks = {ref.mask.id: ref.mask.raw_id for ref in frame.masks()}
    added: list[dict[str, Any]] = []
    for roi in rois:
        new = _without_server_id(dict(roi))
        sources = [
            name
            for name in as_array(new.get("sources")) or ()
            if id_text(name) in known
        ]
        new["sources"] = sources or [source.raw_id for source in frame.sources]
        mask = as_object(new.get("mask"))
        if mask is not None and len(masks) == 1 and not _names_mask(new, masks):
            new["mask"] = {**mask, "id": next(iter(masks.values()))}
        added.append(new)
    return frame.insert_annotations(added)


def _names_mask(roi: dict[str, Any], masks: Mapping[str, object]) -> bool:
    """Whether a ROI names a mask by id, or as older documents do by a label."""
    found = read_annotation(roi)
    return any(name in masks for name in (found.mask_id, *found.labels))


def _is_roi(value: object) -> bool:
    found = as_object(value)
    keys = {"label", "labels", "mask", "poly"}
    return found is not None and not keys.isdisjoint(found)


def _without_server_id(roi: dict[str, Any]) -> dict[str, Any]:
    """Leave the server's ``id`` out: two ROIs with one would be one to it."""
    return {key: value for key, value in roi.items() if key != "id"}


def _unique(labels: Iterable[str]) -> Labels:
    return tuple(dict.fromkeys(labels))
