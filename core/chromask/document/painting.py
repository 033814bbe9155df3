"""Painting: which mask and value a ROI is painted with, which pixels may change, and doing it.

Every tool of the window and every script paints through a `Painter` on an open transaction.
What is written are exact values, never blended ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from chromask.counts.pixel_counts import NOBODY, take_census
from chromask.document.constraints import Rule, allowed, paintable_entries
from chromask.document.edits import (
    claim_for,
    fate_of_mask,
    make_roi,
    name_of_new_mask,
    own_mask,
)
from chromask.document.preview import source_size
from chromask.errors import EditError, say
from chromask.frame.resolve import UNRESOLVED
from chromask.frame.source import FIRST_MASK_ID
from chromask.pixels.plane import MaskFormat, Plane

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.counts.pixel_counts import Census, ValueCount
    from chromask.document.change import Change
    from chromask.document.constraints import Constraints, Mode
    from chromask.document.document import Document
    from chromask.document.transaction import Transaction
    from chromask.frame.resolve import Resolution
    from chromask.pixels.raster import Patch
    from chromask.pixels.tiles import NewTiles

NEW_MASK = MaskFormat("PNG", "RGB", 8, 3, 255)
"""The format of a mask that painting adds to a source."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a ROI is painted with.

    Attributes
    ----------
    index
        The ROI; `NOBODY` for a value that has none yet, see `claim_target`.
    value
        Its value, without -1.
    source_id
        The source whose mask is painted.
    key
        The mask's key; None where the source gets a mask with the first stroke.
    mask_id
        The id of the mask, also of one that is to be made.
    """

    index: int
    value: tuple[int, ...]
    source_id: str
    key: str | None
    mask_id: str


def find_target(
    document: Document, census: Census, index: int, source_id: str | None
) -> Target:
    """Find what a ROI is painted with on a source.

    Raises
    ------
    EditError
        It cannot be painted there; the hint says what to do.
    """
    name = census.rois[index].resolution.name or f"ROI {index}"
    value = document.frame.annotations[index].mask_value
    if value is None:
        raise EditError(
            say("{} has no value in a mask", name),
            hint="Give it an RGB value in the ROI table, then paint",
        )
    if min(value) < 0:
        raise EditError(
            say(
                "{} claims {}, where -1 means any value: a pixel needs one",
                name,
                list(value),
            ),
            hint="Give it a value without -1, or paint another ROI",
        )
    resolution = census.rois[index].resolution
    shown = {
        ref.key: ref for ref in document.frame.masks() if ref.source.id == source_id
    }
    for key in resolution.masks:
        if key in document.planes and key in shown:
            return Target(index, value, source_id or "", key, shown[key].mask.id)
    if any(key in shown for key in resolution.masks):
        raise EditError(
            say("the mask of {} cannot be read, so it cannot be painted", name),
            hint="Problems says why",
        )
    if shown or source_id is None:
        problem = resolution.problem if resolution.rule == UNRESOLVED else None
        raise EditError(
            problem.seen if problem else say("{} does not lie on this source", name),
            hint=(problem and problem.hint) or "Show its source, or choose another ROI",
        )
    return _new_target(document, resolution, value, source_id)


def find_value_target(
    document: Document, census: Census, count: ValueCount, source_id: str | None
) -> Target:
    """Find what a value is painted with that no ROI claimed; one that does now is taken.

    Raises
    ------
    EditError
        Its mask does not lie on the source.
    """
    for ref in document.frame.masks():
        if ref.key == count.key and ref.source.id == source_id:
            plane = document.planes[count.key]
            value = claim_for(plane, count.value)
            owners = census.owners[count.key][plane.claimed_by(value)]
            if (owners > NOBODY).any():
                return find_target(document, census, int(owners.max()), source_id)
            return Target(NOBODY, value, ref.source.id, count.key, ref.mask.id)
    raise EditError(
        say("the mask of {} does not lie on this source", list(count.value)),
        hint="Show its source, or choose another ROI",
    )


def claim_target(
    edit: Transaction,
    document: Document,
    census: Census,
    target: Target,
    count: ValueCount,
) -> tuple[Target, Census]:
    """Make the ROI of a value that has none, in the step that paints it.

    Returns
    -------
    target, census
        With the ROI in both, for the `Painter`.
    """
    index = make_roi(edit, document, count, count.labels)
    taken = take_census(document.frame, document.planes, document.mapping, census)
    return replace(target, index=index), taken


def _new_target(
    document: Document, resolution: Resolution, value: tuple[int, ...], source_id: str
) -> Target:
    """Give the target on a source without a mask: one is made with the first stroke."""
    index = resolution.index
    annotation = document.frame.annotations[index]
    if annotation.sources and source_id not in annotation.sources:
        raise EditError(
            say("ROI {} does not lie on the source {}", index, source_id),
            hint="Show its source, or choose another ROI",
        )
    if source_size(document, source_id) is None:
        raise EditError(
            say(
                "the source {} cannot be read, so its mask's size is not known",
                source_id,
            ),
            hint="Give the source's width and height in the frame's JSON; Problems says "
            "why it cannot be read",
        )
    mask_id = annotation.mask_id or FIRST_MASK_ID
    if mask_id == FIRST_MASK_ID and resolution.masks:
        # A mask "00" would take the ROI away from those that it has on other sources.
        refs = document.frame.masks()
        mask_id = next(ref.mask.id for ref in refs if ref.key == resolution.masks[0])
    return Target(index, value, source_id, None, mask_id)


def what_painting_makes(
    document: Document, target: Target
) -> Literal["nothing new", "mask", "copy"]:
    """Say whether the first stroke adds a mask, or a copy of a mask as a PNG of this frame.

    See `fate_of_mask`; a mask that the user will be asked about counts as nothing new.
    """
    if target.key is None:
        return "mask"
    fate = fate_of_mask(document, target.key)
    return "copy" if fate == "copied" else "nothing new"


class Painter:
    """Paints one ROI's mask in an open transaction, under constraints.

    Parameters
    ----------
    edit, document, census
        The open transaction, its document, and the census before it.
    target
        See `find_target`. A mask that is not there yet is made, one that cannot be
        written becomes a PNG of this frame: both in the same step.
    constraints
        Which pixels may change.

    Raises
    ------
    EditError
        The ROI is locked, or the mask cannot hold its value.
    """

    def __init__(
        self,
        edit: Transaction,
        document: Document,
        census: Census,
        target: Target,
        constraints: Constraints,
    ) -> None:
        if target.index in constraints.locked:
            name = census.rois[target.index].resolution.name or f"ROI {target.index}"
            raise EditError(
                say("{} is locked", name), hint="Unlock it, or choose another ROI"
            )
        self._edit, self._document, self._census = edit, document, census
        self._constraints = constraints
        self._target = target
        self.key = target.key or _add_mask(edit, document, target)
        if target.key is not None:
            prepare_mask(edit, document, census, self.key)
        self.entry = edit.entry_for(self.key, target.value)
        self._may: npt.NDArray[np.bool_] | None = None
        self.has_painted = False

    @property
    def plane(self) -> Plane:
        """The plane that is painted."""
        return self._document.planes[self.key]

    def background(self) -> int:
        """Give the entry that the eraser paints; raises as `erased_entry` does."""
        return erased_entry(
            self._edit, self._document, self._census, self._constraints, self.key
        )

    def own_entries(self) -> npt.NDArray[np.bool_]:
        """Say for each entry of the plane's table whether it is the ROI's, (n,) bool."""
        own = np.zeros(len(self.plane.table), np.bool_)
        own[self._census.rois[self._target.index].indices.get(self.key, [])] = True
        own[self.entry] = True
        return own

    def paint(
        self,
        patch: Patch,
        entry: int | None = None,
        only: npt.NDArray[np.bool_] | None = None,
    ) -> Change:
        """Give pixels the ROI's value, those that may change.

        Parameters
        ----------
        patch
            Which pixels, inside the plane or not.
        entry
            Another entry of the plane's table instead, e.g. `background`.
        only
            (n,) bool for each entry of the table: which pixels besides the constraints.
        """
        entry = self.entry if entry is None else entry
        may = self.may_change()
        if only is not None:
            may = may & only
        return self._paint(allowed(self.plane, patch, may), entry)

    def rule(self, mode: Mode) -> Rule:
        """Say what a mode makes of a region of the ROI's mask.

        Raises
        ------
        EditError
            There is no background to paint, see `background`.
        """
        if mode == "add":
            return Rule(self.entry, self.may_change(), is_outside=False)
        entry = self.background()
        may = self.may_change() & self.own_entries()
        return Rule(entry, may, is_outside=mode == "clip")

    def put(self, patch: Patch, rule: Rule) -> Change:
        """Paint a region by a rule."""
        return self._paint(rule.changed(self.plane, patch), rule.entry)

    def swap_in(self, made: NewTiles) -> Change:
        """Paint what a job made of the plane by a rule, see `Rule.tiles`."""
        change = self._edit.swap_tiles(self.key, made)
        self.has_painted = True
        return change

    def _paint(self, patch: Patch, entry: int) -> Change:
        change = self._edit.paint(self.key, *patch, entry)
        self.has_painted = self.has_painted or bool(change.rects)
        return change

    def may_change(self) -> npt.NDArray[np.bool_]:
        """Say for each entry of the plane's table whether its pixels may change."""
        if self._may is None or len(self._may) < len(self.plane.table):
            self._may = paintable_entries(
                self.key, self.plane, self._census, self._constraints
            )
        return self._may


def prepare_mask(
    edit: Transaction, document: Document, census: Census, key: str
) -> None:
    """Make sure that the mask can be written; one that cannot becomes a PNG of this frame."""
    if fate_of_mask(document, key) != "written":
        _keep_near(edit, document, census, key)
        own_mask(edit, document, key)


def background_entry(edit: Transaction, plane: Plane, key: str) -> int:
    """Find or add the entry that stands for no ROI: the value of zeros; of a palette entry 0.

    Where a mask has alpha, it is the black that has the most pixels, else all zeros.
    """
    kind = plane.format
    if kind.mode == "P":
        return 0
    if kind.has_alpha:
        black = np.flatnonzero(~plane.table[:, :-1].any(axis=1))
        if len(black):
            return int(black[np.argmax(plane.pixels[black])])
        return edit.entry_for(key, (0, 0, 0, 0))
    return edit.entry_for(key, (0, 0, 0))


def erased_entry(
    edit: Transaction,
    document: Document,
    census: Census,
    constraints: Constraints,
    key: str,
) -> int:
    """Give the entry that erased pixels get, see `background_entry`.

    Raises
    ------
    EditError
        A locked ROI claims it: erasing would give it pixels.
    """
    entry = background_entry(edit, document.planes[key], key)
    for index in constraints.locked:
        value = document.frame.annotations[index].mask_value
        is_here = key in census.rois[index].resolution.masks
        if is_here and value and entry in document.planes[key].claimed_by(value):
            raise EditError(
                "a locked ROI claims the background, so nothing can be erased",
                hint="Unlock the ROI that claims the value of zeros",
            )
    return entry


def _add_mask(edit: Transaction, document: Document, target: Target) -> str:
    """Give a source its mask, all zeros: a PNG beside the frame."""
    size = source_size(document, target.source_id)
    assert size is not None  # `find_target` refuses such a source
    rows, cols = size
    name = name_of_new_mask(document, target.mask_id)
    mask_id: str | int = target.mask_id
    ref = edit.frame.add_mask(target.source_id, mask_id, name)
    plane = Plane(
        np.zeros((rows, cols), np.uint8),
        np.zeros((1, 3), np.uint8),
        np.array([rows * cols], np.int64),
        NEW_MASK,
    )
    edit.add_plane(ref.key, plane)
    return ref.key


def _keep_near(edit: Transaction, document: Document, census: Census, key: str) -> None:
    """Give the blurred values of a lossy mask those of their ROIs, which lose them otherwise.

    What is near a ROI's value counts as its own in a lossy mask only; the PNG is exact.
    """
    annotations = document.frame.annotations
    for count, annotation in zip(census.rois, annotations, strict=True):
        value = annotation.mask_value
        if not count.is_near or value is None or min(value) < 0:
            continue
        for entry in count.indices.get(key, np.empty(0, np.intp)).tolist():
            edit.set_value(key, entry, value)
