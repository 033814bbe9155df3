"""What another value for a ROI would mean, counted before anything happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chromask.document.edits import fate_of_mask
from chromask_gui.look.texts import core_text, sentence
from chromask_gui.panels.rois.row import roi_label
from chromask_gui.widgets.roi_text import ANY, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chromask.document.document import Document
    from chromask_gui.session.session import Session

Value = tuple[int, ...]

MOST_NAMES = 3
"""So many other ROIs are named by name; more are counted."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What another value for a ROI would mean, counted before it happens.

    Attributes
    ----------
    index
        The ROI's index.
    name
        Its display name, on one line.
    before, after
        The two values.
    pixels
        How many pixels the ROI has now: what repainting changes.
    pixels_alone
        How many it would have if it alone were changed.
    refusal
        Why its pixels cannot be repainted; None where they can.
    notes
        What else the user should know, each a sentence.
    """

    index: int
    name: str
    before: Value
    after: Value
    pixels: int
    pixels_alone: int
    refusal: str | None = None
    notes: tuple[str, ...] = ()


def plan_change(session: Session, index: int, name: str, after: Value) -> ValueChange:
    """Count what another value for a ROI would mean; nothing is changed."""
    document = session.document
    assert document is not None
    count = session.census.rois[index]
    painted = [key for key, entries in count.indices.items() if len(entries)]
    alone = 0
    for key in count.resolution.masks:
        plane = document.planes.get(key)
        if plane is not None:
            alone += int(plane.pixels[plane.claimed_by(after)].sum())
    notes = list(_notes(session, document, index, after))
    if any(fate_of_mask(document, key) == "copied" for key in painted):
        notes.append(tr("Repainting goes to a new PNG mask beside the frame."))
    return ValueChange(
        index,
        name,
        document.frame.annotations[index].mask_value or (),
        after,
        count.pixels or 0,
        alone,
        _refusal(document, painted, after),
        tuple(notes),
    )


def _refusal(document: Document, keys: list[str], after: Value) -> str | None:
    if ANY in after:
        return tr("Pixels cannot be repainted in -1: it means any number.")
    for key in keys:
        reason = document.planes[key].can_hold(after)
        if reason is not None:
            return tr("The mask cannot hold this value: {}").format(
                sentence(core_text(reason))
            )
    return None


def _notes(
    session: Session, document: Document, index: int, after: Value
) -> Iterable[str]:
    rois = session.census.rois
    here = rois[index]
    taken: set[int] = set()
    for other, annotation in enumerate(document.frame.annotations):
        if annotation.mask_value == after and not set(here.resolution.masks).isdisjoint(
            rois[other].resolution.masks
        ):
            taken.add(other)
    for key in here.indices:
        owners = session.census.owners[key][document.planes[key].claimed_by(after)]
        taken.update(owner for owner in owners.tolist() if owner >= 0)
    taken.discard(index)
    if taken:
        yield tr("{} has this value too: the two could not be told apart.").format(
            _names(session, sorted(taken))
        )
    shared = {
        owner
        for key, entries in here.indices.items()
        for owner in session.census.owners[key][entries].tolist()
        if owner >= 0 and owner != index
    }
    if shared:
        yield tr("Its pixels belong to {} too, and change for both.").format(
            _names(session, sorted(shared))
        )


def _names(session: Session, indices: list[int]) -> str:
    rois = session.census.rois
    text = ", ".join(roi_label(rois[at].resolution) for at in indices[:MOST_NAMES])
    rest = len(indices) - MOST_NAMES
    return tr("{} and {} more").format(text, rest) if rest > 0 else text
