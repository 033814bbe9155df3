"""Parts: connected pixels of a mask are chosen, moved, copied, erased or given to a ROI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask.edits import next_free_value
from chromask.errors import EditError
from chromask.painting import (
    allowed_pieces,
    background_entry,
    find_target,
    paintable_entries,
    prepare_mask,
    put_pieces,
)
from chromask.part_edits import copied, moved, paste, recolored
from chromask.parts import part_at, parts_in_box
from chromask.refine import whole_target
from chromask_gui.tools.outlines import most_visible, outlines
from chromask_gui.tools.paint_tool import constraints_of, tr
from chromask_gui.tools.tool import Marks, Tool

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from chromask.change import Change
    from chromask.part_edits import Clip
    from chromask.parts import Piece
    from chromask.plane import Plane
    from chromask.transaction import Transaction
    from chromask_gui.session import Session
    from chromask_gui.tools.tool import Point, Pointer

    Work = Callable[[Transaction, Plane], list[Piece]]

CLICK_PX = 4
"""A pointer that moves less than this on the screen has clicked."""


class PartsTool(Tool):
    """Click or drag a box to choose parts; drag them to move them."""

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
        self.clip: Clip | None = None
        self._clip_from: tuple[object, str] | None = None
        self._start: Pointer | None = None
        self._is_moving = False
        self._pointed: Pointer | None = None
        self._lines: tuple[tuple[Point, ...], ...] = ()
        self._is_own = False
        session.changed.connect(self._on_session_changed)
        session.document_opened.connect(self.clear)

    # -- the pointer

    def press(self, pointer: Pointer) -> None:
        self._start = pointer
        held = pointer.shift or pointer.ctrl
        self._is_moving = not held and self._is_chosen(pointer.pixel)

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

    def cancel(self) -> bool:
        had = bool(self.chosen) or self._start is not None
        self._start = None
        self.clear()
        return had

    def clear(self) -> None:
        """Choose nothing."""
        self.chosen = []
        self._show()

    # -- what is done with the parts

    def move(self, by: tuple[int, int]) -> None:
        """Move the parts by rows and columns."""
        places: list[Piece] = []

        def work(edit: Transaction, plane: Plane) -> list[Piece]:
            session = self.session
            limits = constraints_of(session)
            may = paintable_entries(self.key, plane, session.census, limits)
            empty = background_entry(edit, plane, self.key)
            may = np.append(may, np.ones(1, np.bool_))
            piece, found = moved(plane, self.chosen, by, empty, may)
            places.extend(found)
            return [piece]

        if self._edit(tr("Move parts"), work, limit=False):
            self.chosen = places

    def delete(self) -> bool:
        if not self.chosen:
            return False

        def work(edit: Transaction, plane: Plane) -> list[Piece]:
            return recolored(self.chosen, background_entry(edit, plane, self.key))

        if self._edit(tr("Erase parts"), work):
            self.clear()
        return True

    def give_to(self, index: int) -> bool:
        """Give the parts to a ROI; returns whether there were any."""
        document, session = self.session.document, self.session
        if not self.chosen or document is None:
            return False
        name = session.census.rois[index].resolution.name or str(index)

        def work(edit: Transaction, _plane: Plane) -> list[Piece]:
            target = find_target(document, session.census, index, session.view.source)
            if target.key == self.key:
                return recolored(self.chosen, edit.entry_for(self.key, target.value))
            raise EditError(
                tr("{} lies in another mask than these parts").format(name),
                hint=tr("Copy the parts and paste them into its mask"),
            )

        if self._edit(tr("Give parts to {}").format(name), work):
            self._choose_again()
        return True

    def copy(self) -> bool:
        """Keep the parts for `paste`, in whatever frame."""
        document = self.session.document
        if not self.chosen or document is None:
            return False
        self.clip = copied(document.planes[self.key], self.chosen)
        self._clip_from = (document, self.key)
        self.session.notified.emit(tr("Copied: Ctrl+V puts the parts into any mask"))
        return True

    def paste(self) -> bool:
        """Put what was copied into the mask on top; at the pointer where it came from there."""
        document, clip = self.session.document, self.clip
        key = self._top_mask()
        if document is None or clip is None or key is None:
            return False
        row0, col0 = clip.row0, clip.col0
        if self._clip_from == (document, key) and self._pointed is not None:
            row, col = self._pointed.pixel
            row0, col0 = row - clip.where.shape[0] // 2, col - clip.where.shape[1] // 2
        self.key = key
        placed: list[Piece] = []

        def work(edit: Transaction, plane: Plane) -> list[Piece]:
            piece = paste(edit, key, plane, clip, row0, col0)
            placed.extend([piece] if piece is not None else [])
            return placed

        if self._edit(tr("Paste parts"), work) and placed:
            self.chosen = placed
            self._show()
        return True

    def make_roi(self) -> bool:
        """Make a ROI of the parts, in the next free colour."""
        document, session = self.session.document, self.session
        if not self.chosen or document is None:
            return False
        plane = document.planes[self.key]
        annotations = document.frame.annotations
        taken = [roi.mask_value for roi in annotations if roi.mask_value is not None]
        value = next_free_value(plane, taken)
        if value is None:
            session.notified.emit(tr("The mask has no free colour left"))
            return True
        owner = self._owner()
        rois = session.census.rois
        labels = annotations[owner].labels if owner >= 0 else ()
        if owner >= 0 and not labels:
            labels = (rois[owner].resolution.name,)
        ref = next(ref for ref in document.frame.masks() if ref.key == self.key)

        def work(edit: Transaction, _plane: Plane) -> list[Piece]:
            edit.frame.add_annotation(
                mask_rgb=list(value),
                labels=list(labels) or [tr("new")],
                mask_id=ref.mask.id,
                sources=[ref.source.id],
            )
            return recolored(self.chosen, edit.entry_for(self.key, value))

        if self._edit(tr("New ROI from parts"), work):
            session.select(len(session.census.rois) - 1)
            self._choose_again()
        return True

    # -- inside

    def _edit(self, label: str, work: Work, *, limit: bool = True) -> bool:
        session, key = self.session, self.key
        document = session.document
        if document is None:
            return False

        def run(edit: Transaction) -> None:
            census = session.census
            prepare_mask(edit, document, census, key)
            before = document.planes[key]
            pieces = work(edit, before)
            if limit:
                limits = constraints_of(session)
                plane = document.planes[key]
                pieces = allowed_pieces(key, plane, census, limits, pieces)
            put_pieces(edit, key, pieces)

        self._is_own = True
        try:
            return session.edit(label, run)
        finally:
            self._is_own = False
            self._show()

    def _classes(self, key: str) -> npt.NDArray[np.intp]:
        return whole_target(self.session.census.owners[key]).classes

    def _click(self, pointer: Pointer) -> None:
        hit = self.session.entry_at(pointer.pixel)
        document = self.session.document
        adds = pointer.shift or pointer.ctrl
        if hit is None or document is None:
            if not adds:
                self.clear()
            return
        row, col = pointer.pixel
        if adds and hit[0] == self.key and self._is_chosen((row, col)):
            self.chosen = [
                piece for piece in self.chosen if not _covers(piece, (row, col))
            ]
            return
        piece = part_at(
            document.planes[hit[0]].indices, self._classes(hit[0]), row, col
        )
        kept = self.chosen if adds and hit[0] == self.key else []
        self.key, self.chosen = hit[0], [*kept, piece]
        owner = int(self.session.census.owners[hit[0]][hit[1]])
        self.session.select(*([owner] if owner >= 0 else []))

    def _choose_box(self, start: Pointer, end: Pointer) -> None:
        document = self.session.document
        key = self._top_mask()
        if document is None or key is None:
            return
        (row0, col0), (row1, col1) = start.pixel, end.pixel
        rect = (
            min(row0, row1),
            min(col0, col1),
            max(row0, row1) + 1,
            max(col0, col1) + 1,
        )
        plane = document.planes[key]
        owners = self.session.census.owners[key]
        found = [
            piece
            for piece in parts_in_box(plane.indices, self._classes(key), rect)
            if not _is_background(plane, owners, piece)
        ]
        adds = (start.shift or start.ctrl) and key == self.key
        self.key, self.chosen = key, [*(self.chosen if adds else []), *found]

    def _top_mask(self) -> str | None:
        session = self.session
        shown = [k for k in session.shown_masks() if k not in session.view.hidden_masks]
        return shown[-1] if shown else None

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

    def _owner(self) -> int:
        piece = self.chosen[0]
        owners = self.session.census.owners[self.key]
        return int(owners[piece.indices[piece.where][0]])

    def _is_chosen(self, pixel: tuple[int, int]) -> bool:
        return any(_covers(piece, pixel) for piece in self.chosen)

    def _show(self) -> None:
        lines = [
            line
            for piece in self.chosen
            for line in outlines(piece.row0, piece.col0, piece.where)
        ]
        self._lines = most_visible(lines)
        self.marks = Marks(self._lines)

    def _on_session_changed(self, change: Change) -> None:
        """What others change may tear the parts: they are to be chosen anew."""
        if not self._is_own and self.key in (*change.rects, *change.tables):
            self.clear()


def _offset(start: Pointer, end: Pointer) -> tuple[int, int]:
    """Give by how many rows and columns the pointer has moved."""
    (row0, col0), (row1, col1) = start.pixel, end.pixel
    return row1 - row0, col1 - col0


def _far(start: Pointer, end: Pointer) -> float:
    """Give how far the pointer has moved on the screen."""
    return max(abs(end.x - start.x), abs(end.y - start.y)) * end.zoom


def _covers(piece: Piece, pixel: tuple[int, int]) -> bool:
    row, col = pixel[0] - piece.row0, pixel[1] - piece.col0
    rows, cols = piece.where.shape
    return 0 <= row < rows and 0 <= col < cols and bool(piece.where[row, col])


def _is_background(plane: Plane, owners: npt.NDArray[np.int32], piece: Piece) -> bool:
    entry = int(piece.indices[piece.where][0])
    return bool(owners[entry] < 0) and not any(plane.value(entry)[:3])
