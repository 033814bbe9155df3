"""Transactions: the only way to edit a document, and the steps that undo them.

Undo and redo are one operation: a step holds the other side (the old frame, the old colour
tables, the old tiles of pixels) and swaps, so nobody ever writes an inverse.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Self
from weakref import WeakSet

import numpy as np

from chromask.change import Change, PlaneState, Rect, changed_fields
from chromask.errors import EditError, say
from chromask.parts import Piece, cut_to
from chromask.runs import BAND_PIXELS, index_type
from chromask.tiles import FrozenPlane, Place, counted, tile_of, touched_tiles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    import numpy.typing as npt

    from chromask.change import Phase
    from chromask.frame_base import Frame
    from chromask.plane import Indices, MaskFormat, Pixels, Plane
    from chromask.tiles import Repaint

UNDO_BYTES = 512 << 20
"""What undo and redo may hold; the oldest steps go first."""


@dataclass(slots=True)
class Contents:
    """What edits change: shared by a document, its open transaction and its steps.

    ``revision`` names the state of the whole, ``content`` that of each plane's pixels; no two
    states of a document have the same. ``frozen`` are the snapshots that somebody still reads.
    """

    frame: Frame
    planes: dict[str, Plane]
    undo: list[Step] = field(default_factory=list["Step"])
    redo: list[Step] = field(default_factory=list["Step"])
    transaction: Transaction | None = None
    revision: int = 0
    last_number: int = 0
    content: dict[str, int] = field(default_factory=dict[str, int])
    frozen: dict[str, WeakSet[FrozenPlane]] = field(
        default_factory=dict[str, "WeakSet[FrozenPlane]"]
    )
    undo_bytes: int = UNDO_BYTES

    def state(self, key: str) -> PlaneState:
        """Give the state that a plane is in."""
        return PlaneState.of(self.planes[key], self.content.get(key, 0))

    def set_state(self, key: str, state: PlaneState) -> PlaneState:
        """Put a plane into a state and return the one that it was in."""
        before = self.state(key)
        self.planes[key] = replace(
            self.planes[key],
            table=state.table,
            format=state.format,
            pixels=state.pixels,
        )
        self.content[key] = state.content
        return before

    def next_number(self) -> int:
        """Give a number that no state has."""
        self.last_number += 1
        return self.last_number

    def copy_tile(self, key: str, place: Place) -> Indices:
        """Copy a tile that is about to change, for undo and for those that still read it."""
        plane = self.planes[key]
        tile = tile_of(plane, place).copy()
        for frozen in self.frozen.get(key, ()):
            # Whoever froze the plane before its pixels were swapped reads other ones.
            if frozen.indices is plane.indices:
                frozen.kept.setdefault(place, tile)
        return tile

    def swap_indices(self, key: str, indices: Indices) -> Indices:
        """Give a plane another array of pixels, in O(1); returns the one that it had."""
        plane = self.planes[key]
        self.planes[key] = replace(plane, indices=indices)
        return plane.indices

    def freeze(self, key: str) -> FrozenPlane:
        """Give a plane as it is now, in O(1), to be read while the live one is painted on."""
        plane = self.planes[key]
        frozen = FrozenPlane(plane.indices, plane.table, plane.pixels, plane.format)
        self.frozen.setdefault(key, WeakSet()).add(frozen)
        return frozen

    def push(self, step: Step) -> None:
        """Add a finished edit; what could be redone is gone, and so is what is too old."""
        step.bytes = step.size
        self.undo.append(step)
        self.redo.clear()
        self.revision = self.next_number()
        held = sum(each.bytes for each in self.undo)
        while len(self.undo) > 1 and held > self.undo_bytes:
            held -= self.undo.pop(0).bytes

    def mask_uri(self, key: str) -> str | None:
        """Where the mask of that key lies, as the frame writes it."""
        for ref in self.frame.masks():
            if ref.key == key:
                return ref.mask.uri
        return None


@dataclass(slots=True)
class Step:
    """One undo step: the other side of a transaction. Swapping it is its own inverse."""

    label: str
    frame: Frame
    revision: int
    states: dict[str, PlaneState] = field(default_factory=dict[str, PlaneState])
    tiles: dict[tuple[str, Place], Indices] = field(
        default_factory=dict[tuple[str, Place], "Indices"]
    )
    planes: dict[str, Plane | None] = field(default_factory=dict[str, "Plane | None"])
    arrays: dict[str, Indices] = field(default_factory=dict[str, "Indices"])
    rects: dict[str, Rect] = field(default_factory=dict[str, Rect])
    bytes: int = 0

    @property
    def size(self) -> int:
        """How many bytes of pixels, tables and counts it holds."""
        states = sum(s.table.nbytes + s.pixels.nbytes for s in self.states.values())
        arrays = sum(indices.nbytes for indices in self.arrays.values())
        return states + arrays + sum(tile.nbytes for tile in self.tiles.values())

    def swap(self, contents: Contents, phase: Phase) -> Change:
        """Exchange what it holds for what the document holds."""
        here = contents.frame
        contents.frame, self.frame = self.frame, here
        for key, indices in self.arrays.items():
            self.arrays[key] = contents.swap_indices(key, indices)
        for (key, place), tile in self.tiles.items():
            plane = contents.planes[key]
            self.tiles[key, place] = contents.copy_tile(key, place)
            tile_of(plane, place)[...] = tile
        tables = self._tables(contents)
        for key, state in self.states.items():
            self.states[key] = contents.set_state(key, state)
        for key, plane in self.planes.items():
            self.planes[key] = contents.planes.pop(key, None)
            if plane is not None:
                contents.planes[key] = plane
        fields, rects = changed_fields(here, contents.frame), self.rects
        return Change(self.label, fields, MappingProxyType(rects), tables, phase)

    def _tables(self, contents: Contents) -> frozenset[str]:
        return frozenset(
            key
            for key, state in self.states.items()
            if contents.planes[key].table is not state.table
            or contents.planes[key].format != state.format
        )


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
        self._old_tiles: dict[str, dict[Place, Indices] | None] = {}
        self._is_open = True
        contents.frame = contents.frame.copy()
        contents.transaction = self

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
        self._refuse_value(key, value)
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
        self._refuse_value(key, value)
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
        A preview whose rectangle is the part of ``where`` inside the plane; none where
        no pixel of it changes.
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
        # Painting a colour over itself changes nothing, and is no step.
        where = part != entry
        where &= inside
        if not where.any():
            return self._preview({})
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

    def put(
        self,
        key: str,
        row0: int,
        col0: int,
        indices: Indices,
        where: npt.NDArray[np.bool_],
    ) -> Change:
        """Give pixels of a plane entries of its table, each its own: as `paint` otherwise.

        Parameters
        ----------
        indices
            (rows, cols), entries of the plane's table; used where ``where`` is true.
        """
        self._refuse_if_ended()
        plane = self._contents.planes[key]
        piece = cut_to(plane.indices.shape, Piece(row0, col0, indices, where))
        if piece is None:
            return self._preview({})
        (top, left), (rows, cols) = (piece.row0, piece.col0), piece.where.shape
        rect = Rect(top, left, top + rows, left + cols)
        part = plane.indices[rect.row0 : rect.row1, rect.col0 : rect.col1]
        where = piece.where & (part != piece.indices)
        if not where.any():
            return self._preview({})
        self._remember(key)
        self._remember_tiles(key, rect, where)
        plane = self._contents.planes[key]
        size, new = len(plane.pixels), piece.indices[where]
        plane.pixels -= np.bincount(part[where], minlength=size)
        plane.pixels += np.bincount(new, minlength=size)
        part[where] = new
        return self._preview({key: rect})

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
        self._old_tiles[key] = repaint.tiles
        return self._preview({key: repaint.rect})

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
        change = self._step.swap(self._contents, "cancel")
        self._close()
        return change

    def _slim(self) -> None:
        """Keep a few old tiles instead of all the old pixels, where a job said which."""
        for key, tiles in self._old_tiles.items():
            if tiles is not None:
                del self._step.arrays[key]
                self._step.tiles |= {(key, at): tile for at, tile in tiles.items()}

    def _refuse_if_ended(self) -> None:
        if not self._is_open:
            raise EditError(
                say("the edit {!r} has ended", self.label), hint="Start a new edit"
            )

    def _refuse_value(self, key: str, value: Sequence[int]) -> None:
        reason = self._contents.planes[key].can_hold(value)
        if reason is not None:
            raise EditError(
                say("mask {} cannot hold {}: {}", key, list(value), reason),
                uri=self._contents.mask_uri(key),
                hint="Choose a value that this mask can hold, or change the ROI only",
            )

    def _remember(self, key: str) -> None:
        """Keep a plane's state at first touch; its counts are a copy from then on."""
        if key in self._step.states or key in self._step.planes:
            return
        self._step.states[key] = self._contents.state(key)
        plane = self._contents.planes[key]
        self._contents.planes[key] = replace(plane, pixels=plane.pixels.copy())

    def _remember_tiles(
        self, key: str, rect: Rect, where: npt.NDArray[np.bool_]
    ) -> None:
        """Keep the tiles that are about to change, unless all pixels are kept anyway."""
        if key in self._step.planes:
            return
        if key in self._step.arrays:
            self._old_tiles[key] = None
            return
        for place in touched_tiles(rect, where):
            if (key, place) not in self._step.tiles:
                self._step.tiles[key, place] = self._contents.copy_tile(key, place)

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
        self._is_open = False
        self._contents.transaction = None

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
