"""Parts: connected pixels of a mask are chosen, moved, copied, erased or given to a ROI."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.document.component_edits import copied, moved, paste, recolored
from chromask.document.constraints import paintable_entries
from chromask.document.edits import mask_of, next_free_value
from chromask.document.painting import erased_entry, find_target
from chromask.errors import EditError
from chromask.pixels.components import part_at, parts_in_box
from chromask_gui.look.texts import one_line
from chromask_gui.tools.beside import Beside
from chromask_gui.tools.outlines import most_visible, outlines
from chromask_gui.tools.paint_tool import constraints_of, tr
from chromask_gui.tools.part_places import (
    classes_of,
    covered,
    covers,
    find_in,
    is_background,
    mask_of_roi,
    owner_of,
    top_mask,
)
from chromask_gui.tools.pieces_edit import PiecesEdit
from chromask_gui.tools.tool import Marks, Tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask.document.change import Change
    from chromask.document.component_edits import Clip
    from chromask.document.transaction import Transaction
    from chromask.pixels.components import Piece
    from chromask_gui.session.session import Session
    from chromask_gui.tools.pieces_edit import Plan, Work
    from chromask_gui.tools.tool import Point, Pointer

    Lines = list[tuple[Point, ...]]

CLICK_PX = 4
"""A pointer that moves less than this on the screen has clicked."""

AT_ONCE_PIXELS = 1 << 16
"""Among so many pixels parts are found at once; among more beside the window."""


class Found(NamedTuple):
    """Parts of a mask with the borders of each."""

    pieces: list[Piece]
    lines: list[Lines]


class PartsTool(Tool):
    """Click or drag a box to choose parts; drag them to move them.

    Parts are found one after the other, beside the window in a large mask; what is done with
    them waits until all are there.
    """

    id = "parts"
    options = ("over",)
    hint = QT_TRANSLATE_NOOP(
        "tools",
        "Click or drag a box to choose parts (Shift adds), drag to move. "
        "1-9 gives them to a ROI.",
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.key = ""
        self.chosen: list[Piece] = []
        self.beside = Beside(self)
        self._waiting: list[Callable[[], None]] = []
        self._lines_of: list[Lines] = []
        self.clip: Clip | None = None
        self._clip_from: tuple[object, str] | None = None
        self._start: Pointer | None = None
        self._is_moving = False
        self._pointed: Pointer | None = None
        self._lines: tuple[tuple[Point, ...], ...] = ()
        self._edits = PiecesEdit(session, self.beside)
        session.changed.connect(self._on_session_changed)

    # -- the pointer

    def press(self, pointer: Pointer) -> None:
        if self._edits.is_open:
            self._must_wait()
            return
        self._start = pointer
        held = pointer.shift or pointer.ctrl
        self._is_moving = not held and covered(self.chosen, pointer.pixel)

    def drag(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        if self._is_moving:
            down, right = _offset(self._start, pointer)
            self.marks = Marks(
                tuple(
                    tuple((x + right, y + down) for x, y in line)
                    for line in self._lines
                )
            )
        elif _far(self._start, pointer) >= CLICK_PX:
            (x0, y0), (x1, y1) = self._start.xy, pointer.xy
            box = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
            self.marks = Marks((*self._lines, box))

    def release(self, pointer: Pointer) -> None:
        start, self._start = self._start, None
        if start is None:
            return
        if self._is_moving and start.pixel != pointer.pixel:
            self.move(_offset(start, pointer))
        elif self._is_moving or _far(start, pointer) < CLICK_PX:
            self._click(pointer)
        else:
            self._choose_box(start, pointer)
        self._is_moving = False
        self._show()

    def hover(self, pointer: Pointer | None) -> None:
        self._pointed = pointer

    @property
    def is_busy(self) -> bool:
        return self._start is not None or self.beside.is_busy

    def cancel(self) -> bool:
        had = bool(self.chosen) or self._start is not None or self.is_busy
        self._start = None
        self.clear()
        return had

    def clear(self) -> None:
        """Choose nothing, and look for nothing any more."""
        self._waiting = []
        self.beside.drop()
        self._edits.cancel()
        self._choose(Found([], []))

    # -- what is done with the parts

    def move(self, by: tuple[int, int]) -> None:
        """Move the parts by rows and columns."""
        session, chosen = self.session, self.chosen
        document = session.document
        if document is None:
            return
        limits = constraints_of(session)
        after = Found([], [])

        def plan(edit: Transaction) -> Work:
            empty = self._erased_entry(edit)
            plane = document.planes[self.key]
            may = paintable_entries(self.key, plane, session.census, limits)

            def work() -> list[Piece]:
                nonlocal after
                piece, found = moved(plane, chosen, by, empty, may)
                after = with_lines(found)
                return [piece]

            return work

        self._edit(
            tr("Move parts"), plan, lambda: self._choose(after), is_limited=False
        )

    def delete(self) -> bool:
        if self._must_wait():
            return True
        if not self.chosen:
            return False

        def plan(edit: Transaction) -> Work:
            return partial(recolored, self.chosen, self._erased_entry(edit))

        self._edit(tr("Erase parts"), plan, self.clear)
        return True

    def give_to(self, index: int) -> bool:
        """Give the parts to a ROI; returns whether there were any."""
        document, session = self.session.document, self.session
        if self._must_wait():
            return True
        if not self.chosen or document is None:
            return False
        name = session.census.rois[index].resolution.name or str(index)

        def plan(edit: Transaction) -> Work:
            target = find_target(document, session.census, index, session.view.source)
            if target.key == self.key:
                entry = edit.entry_for(self.key, target.value)
                return partial(recolored, self.chosen, entry)
            raise EditError(
                tr("{} lies in another mask than these parts").format(name),
                hint=tr("Copy the parts and paste them into its mask"),
            )

        self._edit(tr("Give parts to {}").format(name), plan, self._choose_again)
        return True

    def copy(self) -> bool:
        """Keep the parts for `paste`, in whatever frame."""
        document = self.session.document
        if self._must_wait():
            return True
        if not self.chosen or document is None:
            return False
        self.clip = copied(document.planes[self.key], self.chosen)
        self._clip_from = (document, self.key)
        self.session.notified.emit(tr("Copied: Ctrl+V puts the parts into any mask"))
        return True

    def paste(self) -> bool:
        """Put what was copied into the mask on top; at the pointer where it came from there."""
        document, clip = self.session.document, self.clip
        key = top_mask(self.session)
        if document is None or clip is None or key is None:
            return False
        row0, col0 = clip.row0, clip.col0
        if self._clip_from == (document, key) and self._pointed is not None:
            row, col = self._pointed.pixel
            row0, col0 = row - clip.where.shape[0] // 2, col - clip.where.shape[1] // 2
        self.key = key
        after = Found([], [])

        def plan(edit: Transaction) -> Work:
            piece = paste(edit, key, document.planes[key], clip, row0, col0)

            def work() -> list[Piece]:
                nonlocal after
                after = with_lines([piece] if piece is not None else [])
                return after.pieces

            return work

        self._edits.run(
            tr("Paste parts"),
            key,
            plan,
            lambda: after.pieces and self._choose(after),
            pixels=clip.where.size,
        )
        return True

    def make_roi(self) -> bool:
        """Make a ROI of the parts, in the next free colour."""
        document, session = self.session.document, self.session
        if self._must_wait():
            return True
        if not self.chosen or document is None:
            return False
        plane = document.planes[self.key]
        annotations = document.frame.annotations
        taken = [roi.mask_value for roi in annotations if roi.mask_value is not None]
        value = next_free_value(plane, taken)
        if value is None:
            session.notified.emit(tr("The mask has no free colour left"))
            return True
        owner = owner_of(self.session, self.key, self.chosen[0])
        rois = session.census.rois
        labels = annotations[owner].labels if owner >= 0 else ()
        if owner >= 0 and not labels and rois[owner].resolution.name:
            labels = (rois[owner].resolution.name,)
        ref = mask_of(document.frame, self.key)

        def plan(edit: Transaction) -> Work:
            edit.frame.add_annotation(
                mask_rgb=list(value),
                labels=list(labels) or [tr("new")],
                mask_id=ref.mask.id,
                sources=[ref.source.id],
            )
            return partial(recolored, self.chosen, edit.entry_for(self.key, value))

        def done() -> None:
            session.select(len(session.census.rois) - 1)
            self._choose_again()

        self._edit(tr("New ROI from parts"), plan, done)
        return True

    # -- inside

    def _edit(
        self,
        label: str,
        plan: Plan,
        then: Callable[[], object],
        *,
        is_limited: bool = True,
    ) -> None:
        self._edits.run(
            label,
            self.key,
            plan,
            then,
            pixels=sum(piece.where.size for piece in self.chosen),
            is_limited=is_limited,
        )
        self._show()

    def _erased_entry(self, edit: Transaction) -> int:
        document, session = self.session.document, self.session
        assert document is not None
        limits = constraints_of(session)
        return erased_entry(edit, document, session.census, limits, self.key)

    def _must_wait(self) -> bool:
        """Whether parts are still looked for; it says so."""
        if self.beside.is_busy:
            text = tr("The parts are still on their way: wait, or Esc")
            self.session.notified.emit(text)
        return self.beside.is_busy

    def _choose(self, found: Found) -> None:
        self.chosen, self._lines_of = found
        self._show()

    def _find(
        self,
        key: str,
        pixels: int,
        work: Callable[[], list[Piece]],
        *,
        adds: bool = False,
    ) -> None:
        """Choose the parts that ``work`` finds among so many pixels of a mask."""

        def done(found: Found) -> None:
            kept = adds and key == self.key
            self.key = key
            old = Found(self.chosen, self._lines_of) if kept else Found([], [])
            self._choose(Found(old.pieces + found.pieces, old.lines + found.lines))
            if self._waiting:
                self._waiting.pop(0)()

        def start() -> None:
            self.beside.run(
                tr("Finding parts"),
                lambda: with_lines(work()),
                done,
                at_once=pixels <= AT_ONCE_PIXELS,
            )

        if adds and self.beside.is_busy:
            self._waiting.append(start)
        else:
            self._waiting = []
            start()

    def _click(self, pointer: Pointer) -> None:
        hit = self.session.entry_at(pointer.pixel)
        document = self.session.document
        adds = pointer.shift or pointer.ctrl
        if hit is None or document is None:
            if not adds:
                self.clear()
            return
        row, col = pointer.pixel
        if adds and hit[0] == self.key and covered(self.chosen, (row, col)):
            kept = [
                number
                for number, piece in enumerate(self.chosen)
                if not covers(piece, (row, col))
            ]
            self._choose(
                Found(
                    [self.chosen[number] for number in kept],
                    [self._lines_of[number] for number in kept],
                )
            )
            return
        key, entry = hit
        indices, classes = document.planes[key].indices, classes_of(self.session, key)
        self._find(
            key,
            indices.size,
            lambda: [part_at(indices, classes, row, col)],
            adds=adds,
        )
        owner = int(self.session.census.owners[key][entry])
        self.session.select(*([owner] if owner >= 0 else []))

    def _choose_box(self, start: Pointer, end: Pointer) -> None:
        document = self.session.document
        key = top_mask(self.session)
        if document is None or key is None:
            return
        (row0, col0), (row1, col1) = start.pixel, end.pixel
        rect = (
            min(row0, row1),
            min(col0, col1),
            max(row0, row1) + 1,
            max(col0, col1) + 1,
        )
        plane, classes = document.planes[key], classes_of(self.session, key)
        owners = self.session.census.owners[key]

        def work() -> list[Piece]:
            found = parts_in_box(plane.indices, classes, rect)
            return [each for each in found if not is_background(plane, owners, each)]

        pixels = (rect[2] - rect[0]) * (rect[3] - rect[1])
        self._find(key, pixels, work, adds=start.shift or start.ctrl)

    def choose_roi(
        self, index: int, places: frozenset[tuple[int, int]] | None = None
    ) -> None:
        """Choose all parts of an ROI, or those that begin at some pixels (row, col).

        They are looked for in the mask on top of those that show it.
        """
        session, document = self.session, self.session.document
        if document is None:
            return
        count = session.census.rois[index]
        key = mask_of_roi(session, index)
        if key is None:
            name = one_line(count.resolution.name) or str(index)
            session.notified.emit(
                tr("{} has no pixels in a mask shown here").format(name)
            )
            return
        plane = document.planes[key]
        find = partial(find_in, plane, count.indices[key], places)
        self._find(key, plane.indices.size, find)

    def _choose_again(self) -> None:
        """Follow the parts after their entries changed."""
        document = self.session.document
        if document is None:
            return
        indices = document.planes[self.key].indices
        fresh: list[Piece] = []
        for piece in self.chosen:
            rows, cols = piece.where.shape
            part = indices[piece.row0 :, piece.col0 :][:rows, :cols]
            fresh.append(type(piece)(piece.row0, piece.col0, part.copy(), piece.where))
        self.chosen = fresh
        self._show()

    def _show(self) -> None:
        self._lines = most_visible(line for each in self._lines_of for line in each)
        self.marks = Marks(self._lines)

    def _on_session_changed(self, change: Change) -> None:
        """What others change may tear the parts: they are to be chosen anew."""
        if self._edits.is_telling or not (self.chosen or self.beside.is_busy):
            return
        if self.beside.is_busy or self.key in (*change.rects, *change.tables):
            self.clear()


def with_lines(pieces: list[Piece]) -> Found:
    """Give parts with their borders."""
    lines = [outlines(piece.row0, piece.col0, piece.where) for piece in pieces]
    return Found(pieces, lines)


def _offset(start: Pointer, end: Pointer) -> tuple[int, int]:
    """Give by how many rows and columns the pointer has moved."""
    (row0, col0), (row1, col1) = start.pixel, end.pixel
    return row1 - row0, col1 - col0


def _far(start: Pointer, end: Pointer) -> float:
    """Give how far the pointer has moved on the screen."""
    return max(abs(end.x - start.x), abs(end.y - start.y)) * end.zoom
