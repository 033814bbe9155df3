"""What edits change: the contents of a document, and the steps that undo its edits.

Undo and redo are one operation: a step holds the other side (the old frame, the old colour
tables, the old tiles of pixels) and swaps, so nobody ever writes an inverse.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import WeakSet

from chromask.document.change import Change, PlaneState, changed_fields
from chromask.pixels.rect import Rect
from chromask.pixels.tiles import FrozenPlane, Place, pixels_of, places_of, tile_of

if TYPE_CHECKING:
    from chromask.document.change import Phase
    from chromask.frame.editable import Frame
    from chromask.pixels.plane import Indices, Plane

IN_PLACE_BYTES = 16 << 20
"""What is larger is exchanged without memory for a second copy."""

UNDO_BYTES = 512 << 20
"""What undo and redo may hold; the oldest steps go first."""


@dataclass(slots=True)
class Contents:
    """What edits change: shared by a document, its open transaction and its steps.

    ``revision`` names the state of the whole, ``content`` that of each plane's pixels; no two
    states of a document have the same. ``open_label`` names the open transaction; ``frozen``
    are the snapshots that somebody still reads.
    """

    frame: Frame
    planes: dict[str, Plane]
    undo: list[Step] = field(default_factory=list["Step"])
    redo: list[Step] = field(default_factory=list["Step"])
    open_label: str | None = None
    revision: int = 0
    last_number: int = 0
    content: dict[str, int] = field(default_factory=dict[str, int])
    frozen: dict[str, WeakSet[FrozenPlane]] = field(
        default_factory=dict[str, "WeakSet[FrozenPlane]"]
    )
    undo_bytes: int = UNDO_BYTES

    def __post_init__(self) -> None:
        # Masks that name one file share its pixels until one of them is painted.
        numbers = Counter(id(plane.indices) for plane in self.planes.values())
        for plane in self.planes.values():
            if numbers[id(plane.indices)] > 1:
                plane.indices.flags.writeable = False

    def own_pixels(self, key: str) -> Indices:
        """Give the array of a plane's pixels to be written to: its own from then on."""
        plane = self.planes[key]
        if not plane.indices.flags.writeable:
            plane = self.planes[key] = replace(plane, indices=plane.indices.copy())
        return plane.indices

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
        tile = tile_of(self.planes[key].indices, place).copy()
        for frozen in self._readers(key):
            # A copy of its own: what is kept for undo is swapped in place.
            frozen.kept.setdefault(place, tile.copy())
        return tile

    def swap_pixels(
        self,
        key: str,
        kept: dict[Rect, Indices],
        here: dict[Rect, Indices] | None = None,
    ) -> None:
        """Exchange rectangles of a plane for what is kept of them, in place.

        Parameters
        ----------
        here
            Copies of what lies in these rectangles now, as far as they were made ahead; what
            lies there afterwards is put into it.
        """
        indices, readers = self.own_pixels(key), self._readers(key)
        here = {} if here is None else here
        # New memory for much of it would be waited for longer than for the pixels.
        is_much = sum(pixels.nbytes for pixels in kept.values()) > IN_PLACE_BYTES
        for rect, pixels in kept.items():
            for place in places_of(rect) if readers else ():
                self.copy_tile(key, place)
            live = pixels_of(indices, rect)
            before = here.get(rect)
            if before is None:
                before = live.copy()
            live[...] = pixels
            if is_much and pixels.dtype == before.dtype:
                pixels[...] = before
            else:
                kept[rect], here[rect] = before, pixels

    def make_ready(self) -> None:
        """Copy what the last step painted, so that taking it back reads nothing of the plane.

        In a large plane reading takes longer than writing: its rows lie far apart. A step that
        was just taken back can be done again so without this. See `forget_far`.
        """
        step = self.undo[-1] if self.undo else None
        # While an edit is open, what lies there is not all the step's.
        if step is None or any(step.here.values()) or self.open_label is not None:
            return
        if step.bytes > IN_PLACE_BYTES:
            return
        for key, tiles in step.tiles.items():
            indices = self.planes[key].indices
            step.here[key] = {rect: pixels_of(indices, rect).copy() for rect in tiles}

    def forget_far(self) -> None:
        """Let no steps hold both of their sides but those that are undone or redone next."""
        for steps in (self.undo, self.redo):
            for step in steps[-2:-1]:
                step.here.clear()

    def _readers(self, key: str) -> list[FrozenPlane]:
        """List the snapshots of a plane that read its pixels as they are now.

        Whoever froze it before its pixels were swapped reads other ones.
        """
        indices = self.planes[key].indices
        frozen = self.frozen.get(key, ())
        return [each for each in frozen if each.indices is indices]

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
        self.forget_far()
        # Two of them may hold their pixels twice, see `make_ready`.
        sizes = [each.bytes for each in self.undo]
        twice = sorted(size for size in sizes if size <= IN_PLACE_BYTES)[-2:]
        held = sum(sizes) + sum(twice)
        while len(self.undo) > 1 and held > self.undo_bytes:
            held -= self.undo.pop(0).bytes

    def mask_uri(self, key: str) -> str | None:
        """Where the mask of that key lies, as the frame writes it."""
        ref = self.frame.mask(key)
        return None if ref is None else ref.mask.uri


@dataclass(slots=True, eq=False)
class Step:
    """One undo step: the other side of a transaction. Swapping it is its own inverse.

    ``here`` is what lies in the document where ``tiles`` reach, while the step is ready.
    """

    label: str
    frame: Frame
    revision: int
    states: dict[str, PlaneState] = field(default_factory=dict[str, PlaneState])
    tiles: dict[str, dict[Rect, Indices]] = field(
        default_factory=dict[str, "dict[Rect, Indices]"]
    )
    planes: dict[str, Plane | None] = field(default_factory=dict[str, "Plane | None"])
    arrays: dict[str, Indices] = field(default_factory=dict[str, "Indices"])
    rects: dict[str, Rect] = field(default_factory=dict[str, Rect])
    here: dict[str, dict[Rect, Indices]] = field(
        default_factory=dict[str, "dict[Rect, Indices]"]
    )
    bytes: int = 0

    @property
    def size(self) -> int:
        """How many bytes of pixels, tables and counts it holds."""
        states = sum(s.table.nbytes + s.pixels.nbytes for s in self.states.values())
        arrays = sum(indices.nbytes for indices in self.arrays.values())
        tiles = chain.from_iterable(tiles.values() for tiles in self.tiles.values())
        return states + arrays + sum(tile.nbytes for tile in tiles)

    def swap(self, contents: Contents, phase: Phase) -> Change:
        """Exchange what it holds for what the document holds."""
        here = contents.frame
        contents.frame, self.frame = self.frame, here
        for key, indices in self.arrays.items():
            self.arrays[key] = contents.swap_indices(key, indices)
        is_little = self.bytes <= IN_PLACE_BYTES
        for key, tiles in self.tiles.items():
            ready = self.here.setdefault(key, {}) if is_little else None
            contents.swap_pixels(key, tiles, ready)
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
