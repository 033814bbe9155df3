"""Transactions: the only way to edit a document.

A transaction keeps what it is about to change in a step, which undoes it; see `contents`.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

import cv2
import numpy as np

from chromask.document.change import Change, changed_fields
from chromask.document.edit_state import Step
from chromask.errors import EditError, say
from chromask.pixels.rect import Rect
from chromask.pixels.runs import BAND_PIXELS, index_type
from chromask.pixels.tiles import (
    OldTiles,
    counted,
    new_tiles,
    of_rects,
    pixels_of,
    touched_tiles,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    import numpy.typing as npt

    from chromask.document.change import Phase
    from chromask.document.edit_state import Contents
    from chromask.frame.editable import Frame
    from chromask.pixels.components import Piece
    from chromask.pixels.plane import Indices, MaskFormat, Pixels, Plane
    from chromask.pixels.tiles import NewTiles, Place, Repaint

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2


class Transaction:
    """An open edit of a document; leaving its ``with`` commits, an exception cancels.

    ``frame`` is the document's frame to be edited by its own methods
    (`Frame.add_annotation` and its siblings).
    """

    def __init__(self, contents: Contents, label: str) -> None:
        self.label = label
        self._contents = contents
        self._step = Step(label, contents.frame, contents.revision)
        self._recolored: set[str] = set()
        self._old: dict[str, OldTiles] = {}
        self._old_of_repaint: dict[str, dict[Place, Indices] | None] = {}
        self._is_open = True
        contents.frame = contents.frame.copy()
        contents.open_label = label

    @property
    def frame(self) -> Frame:
        """The frame as edited so far; its methods change this transaction's copy alone."""
        self._refuse_if_ended()
        return self._contents.frame

    def set_value(self, key: str, index: int, value: tuple[int, ...]) -> Change:
        """Give one entry of a plane's colour table another value: O(1) in pixels.

        Parameters
        ----------
        key
            The mask's key.
        index
            The entry of the plane's table.
        value
            A claim value (as in ``mask.value``) without -1.

        Raises
        ------
        EditError
            The mask's mode cannot hold the value; the hint says what it can hold.
        """
        self._refuse_if_ended()
        _refuse_value(self._contents, key, value)
        plane = self._contents.planes[key]
        table = plane.table.copy()
        table[index] = plane.encode_value(value, like=table[index])
        self._recolored.add(key)
        self._set_table(key, table)
        return self._preview({})

    def entry_for(self, key: str, value: tuple[int, ...]) -> int:
        """Find the entry of a plane's table with a value, or add one; give its index.

        A full palette gives up an entry that neither a pixel nor a ROI uses.

        Raises
        ------
        EditError
            The mask's mode cannot hold the value, or its palette is full.
        """
        self._refuse_if_ended()
        _refuse_value(self._contents, key, value)
        plane = self._contents.planes[key]
        row = plane.encode_value(value)
        found = np.flatnonzero((plane.table == np.array(row)).all(axis=1))
        if len(found):
            return int(found[0])
        count = len(plane.table)
        if plane.format.mode == "P" and count >= 1 << plane.format.bit_depth:
            spare = plane.spare_entry(roi.mask_value for roi in self.frame.annotations)
            if spare is not None:
                table = plane.table.copy()
                table[spare] = row
                self._set_table(key, table)
                return spare
            raise EditError(
                say("the palette of mask {} is full: it has {} colours", key, count),
                uri=self._contents.mask_uri(key),
                hint="Take a colour that the mask has, or merge two of its colours",
            )
        added = np.array([row], plane.table.dtype)
        self._set_table(key, np.concatenate((plane.table, added)))
        plane = self._contents.planes[key]
        plane.pixels = np.append(plane.pixels, 0)
        wider = index_type(count + 1)
        if plane.indices.dtype != wider and plane.format.mode != "P":
            plane.indices = plane.indices.astype(wider)
        return count

    def paint(
        self, key: str, row0: int, col0: int, where: npt.NDArray[np.bool_], entry: int
    ) -> Change:
        """Give pixels of a plane one entry of its table.

        Parameters
        ----------
        key
            The mask's key.
        row0, col0
            Where the first row and column of ``where`` lie in the plane; may be outside.
        where
            (rows, cols) bool: which pixels; what lies outside the plane is left out.
        entry
            The entry of the plane's table, see `entry_for`.

        Returns
        -------
        A preview with the smallest rectangle around the pixels that change; none where
        none does.
        """
        self._refuse_if_ended()
        plane = self._contents.planes[key]
        bottom, right = row0 + where.shape[0], col0 + where.shape[1]
        rect = Rect(
            max(row0, 0), max(col0, 0), min(bottom, plane.rows), min(right, plane.cols)
        )
        if rect.row0 >= rect.row1 or rect.col0 >= rect.col1:
            return self._preview({})
        inside = where[
            rect.row0 - row0 : rect.row1 - row0, rect.col0 - col0 : rect.col1 - col0
        ]
        part = plane.indices[rect.row0 : rect.row1, rect.col0 : rect.col1]
        # Painting a colour over itself changes nothing, and is no step: of a stroke that goes
        # on only its front does, and only that is told, kept and drawn.
        where = part != entry
        where &= inside
        left, top, width, height = _cv.boundingRect(where.view(np.uint8))
        if not width:
            return self._preview({})
        where = where[top : top + height, left : left + width]
        row0, col0 = rect.row0 + top, rect.col0 + left
        rect = Rect(row0, col0, row0 + height, col0 + width)
        part = pixels_of(self._contents.own_pixels(key), rect)
        self._remember(key)
        self._remember_tiles(key, rect, where)
        plane = self._contents.planes[key]
        step = max(1, BAND_PIXELS // where.shape[1])
        for top in range(0, len(where), step):
            band, painted = part[top : top + step], where[top : top + step]
            before = counted(band, painted, len(plane.pixels))
            plane.pixels -= before
            plane.pixels[entry] += before.sum()
            np.copyto(band, entry, where=painted, casting="unsafe")
        return self._preview({key: rect})

    def put(self, key: str, pieces: Iterable[Piece]) -> Change:
        """Give pixels of a plane entries of its table, each its own; one preview of all.

        Parameters
        ----------
        key
            The mask's key.
        pieces
            What lies outside the plane is left out; a later one lies over an earlier one.
        """
        self._refuse_if_ended()
        made = new_tiles(self._contents.planes[key], pieces)
        return self._preview({}) if made is None else self._swap_in(key, made)

    def repaint(self, key: str, repaint: Repaint) -> Change:
        """Give a plane the pixels that a job made of it, in O(1); see `tiles.repainted`.

        Raises
        ------
        EditError
            This edit painted the plane already: what the job made does not know of it.
        """
        self._refuse_if_ended()
        if key in self._step.rects or key in self._step.planes:
            raise EditError(say("mask {} was painted while it was computed anew", key))
        self._remember(key)
        old = self._contents.swap_indices(key, repaint.indices)
        self._contents.planes[key].pixels = repaint.pixels
        self._step.arrays[key] = old
        self._old_of_repaint[key] = repaint.tiles
        return self._preview({key: repaint.rect})

    def swap_tiles(self, key: str, made: NewTiles) -> Change:
        """Give a plane the tiles that a job made of it; see `tiles.new_tiles`.

        It costs what copying them costs, twice; the step keeps what they held before.

        Raises
        ------
        EditError
            This edit painted the plane already: what the job made does not know of it.
        """
        self._refuse_if_ended()
        if key in self._step.rects:
            raise EditError(say("mask {} was painted while it was computed anew", key))
        return self._swap_in(key, made)

    def _swap_in(self, key: str, made: NewTiles) -> Change:
        self._remember(key)
        plane = self._contents.planes[key]
        by_rect = of_rects(made.tiles, plane.rows, plane.cols)
        self._contents.swap_pixels(key, by_rect)
        plane.pixels = made.pixels
        if self._keeps_tiles(key):
            old = self._old.setdefault(key, OldTiles())
            for place, (rect, tile) in zip(made.tiles, by_rect.items(), strict=True):
                # What it held before the edit counts, whatever it was painted with since.
                old.tiles.setdefault(place, tile)
                old.extend(place, rect)
        return self._preview({key: made.rect})

    def set_format(self, key: str, plane_format: MaskFormat) -> Change:
        """Say how the mask will be written: a lossy one becomes a PNG of this frame."""
        self._refuse_if_ended()
        self._remember(key)
        plane = self._contents.planes[key]
        self._contents.planes[key] = replace(plane, format=plane_format)
        return self._preview({})

    def add_plane(self, key: str, plane: Plane) -> Change:
        """Give a mask that `Frame.add_mask` added to ``frame`` its pixels."""
        self._refuse_if_ended()
        self._step.planes[key] = self._contents.planes.get(key)
        self._contents.planes[key] = plane
        return self._preview({})

    def commit(self) -> Change:
        """End the edit as one undo step; without a change there is no step."""
        self._forget_unused_values()
        change = self._change(self._step.rects, "commit")
        contents = self._contents
        self._close()
        if change:
            self._slim()
            for key in self._step.rects:
                contents.content[key] = contents.next_number()
                # Counts changed in place while the edit was open; from now on they stand.
                plane = contents.planes[key]
                contents.planes[key] = replace(plane, pixels=plane.pixels.copy())
            contents.push(self._step)
        else:
            contents.frame = self._step.frame
        return change

    def cancel(self) -> Change:
        """End the edit and restore the document exactly as it was before."""
        self._close()
        return self._step.swap(self._contents, "cancel")

    def _slim(self) -> None:
        """Keep a few old tiles instead of all the old pixels, where a job said which."""
        for key, tiles in self._old_of_repaint.items():
            if tiles is not None:
                del self._step.arrays[key]
                plane = self._contents.planes[key]
                self._step.tiles[key] = of_rects(tiles, plane.rows, plane.cols)

    def _refuse_if_ended(self) -> None:
        if not self._is_open:
            raise EditError(
                say("the edit {!r} has ended", self.label), hint="Start a new edit"
            )

    def _remember(self, key: str) -> None:
        """Keep a plane's state at first touch; its counts are a copy from then on."""
        if key in self._step.states or key in self._step.planes:
            return
        self._step.states[key] = self._contents.state(key)
        plane = self._contents.planes[key]
        self._contents.planes[key] = replace(plane, pixels=plane.pixels.copy())

    def _keeps_tiles(self, key: str) -> bool:
        """Whether a plane's tiles are to be kept: not where all its pixels are anyway."""
        if key in self._step.arrays:
            self._old_of_repaint[key] = None
        return key not in self._step.planes and key not in self._step.arrays

    def _remember_tiles(
        self, key: str, rect: Rect, where: npt.NDArray[np.bool_]
    ) -> None:
        """Keep the tiles that are about to change."""
        if not self._keeps_tiles(key):
            return
        old = self._old.setdefault(key, OldTiles())
        for place in touched_tiles(rect, where):
            if place not in old.tiles:
                old.tiles[place] = self._contents.copy_tile(key, place)
            old.extend(place, rect)

    def _forget_unused_values(self) -> None:
        """Take back values that were added to a table and then painted nowhere."""
        for key, state in list(self._step.states.items()):
            is_same_format = self._contents.planes[key].format == state.format
            is_unused = key not in self._step.rects and key not in self._recolored
            if is_unused and is_same_format:
                self._contents.set_state(key, self._step.states.pop(key))

    def _set_table(self, key: str, table: Pixels) -> None:
        self._remember(key)
        self._contents.planes[key] = replace(self._contents.planes[key], table=table)

    def _preview(self, rects: dict[str, Rect]) -> Change:
        for key, rect in rects.items():
            known = self._step.rects.get(key)
            self._step.rects[key] = rect if known is None else known.union(rect)
        return self._change(rects, "preview")

    def _change(self, rects: dict[str, Rect], phase: Phase) -> Change:
        contents, step = self._contents, self._step
        tables = {
            key
            for key, state in step.states.items()
            if contents.planes[key].table is not state.table
            or contents.planes[key].format != state.format
        }
        return Change(
            self.label,
            changed_fields(step.frame, contents.frame),
            MappingProxyType(rects),
            frozenset(tables | set(step.planes)),
            phase,
        )

    def _close(self) -> None:
        """End it: the step gets the tiles, of which what was not reached is let go."""
        for key, old in self._old.items():
            plane = self._contents.planes[key]
            self._step.tiles[key] = old.trimmed(plane.rows, plane.cols)
        self._is_open = False
        self._contents.open_label = None
        # Whoever kept it would edit past the history, or a frame that was given up.
        self._contents.frame.make_read_only()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_open:
            if kind is None:
                self.commit()
            else:
                self.cancel()


def _refuse_value(contents: Contents, key: str, value: Sequence[int]) -> None:
    reason = contents.planes[key].can_hold(value)
    if reason is not None:
        raise EditError(
            say("mask {} cannot hold {}: {}", key, list(value), reason),
            uri=contents.mask_uri(key),
            hint="Choose a value that this mask can hold, or change the ROI only",
        )
