"""What every tool that changes pixels shares: its target, its gesture, and saying what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from chromask.counts.pixel_counts import NOBODY
from chromask.document.constraints import Constraints
from chromask.document.painting import (
    Painter,
    claim_target,
    find_target,
    find_value_target,
    what_painting_makes,
)
from chromask.errors import ChromaskError, EditError
from chromask.pixels.raster import Patch
from chromask_gui.look.texts import one_line, value_text
from chromask_gui.tools.beside import Beside
from chromask_gui.tools.outside import may_begin
from chromask_gui.tools.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask.document.change import Change
    from chromask.document.constraints import Mode
    from chromask.document.document import Document
    from chromask.document.painting import Target
    from chromask.pixels.tiles import NewTiles
    from chromask_gui.session.session import Gesture, Session
    from chromask_gui.tools.tool import Pointer


def tr(text: object) -> str:
    """Translate a text of the tools."""
    return QCoreApplication.translate("tools", str(text))


NOTHING = Patch(0, 0, np.zeros((0, 0), np.bool_))
"""A region without pixels: painting it tells what a gesture has made so far."""


def constraints_of(session: Session) -> Constraints:
    """Give the constraints that the view sets for every tool."""
    return Constraints(session.view.paint_over, session.view.locked_rois)


AT_ONCE_PIXELS = 1 << 23
"""Regions of so many pixels are painted at once; larger ones in a job."""


class PaintTool(Tool):
    """Paints the active ROI: the first of those that are selected, else what is in hand.

    A value in hand has no ROI yet: the step that paints it makes one, with the labels that
    the data set gives it.

    `begin` opens a gesture and gives the `Painter` of the ROI's mask, or says why not. What
    ends the gesture from outside (undo, a save, another frame) leaves `painter` None.
    """

    claims = True
    """Whether painting with a value in hand makes a ROI of it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.beside = Beside(self)
        self._gesture: Gesture | None = None
        self._painter: Painter | None = None
        self._made: int | None = None
        self._warned: tuple[Any, ...] = ()

    @property
    def painter(self) -> Painter | None:
        """The painter of the open gesture; None where there is none any more."""
        if self._gesture is not None and not self._gesture.is_open:
            self._gesture = self._painter = None
        return self._painter

    @property
    def is_busy(self) -> bool:
        return self.painter is not None

    def begin(self, label: str) -> Painter | None:
        """Begin a gesture on the active ROI; ``{}`` in the label is the ROI's name."""
        session = self.session
        document = session.document
        if document is None:
            return None
        try:
            target = self._target()
            if not may_begin(session, target.key):
                return None
            self._warn(target)
            self._gesture = session.begin(label.format(self._name_of(target)))
            try:
                self._painter = self._make_painter(self._gesture, document, target)
            except ChromaskError:
                self._gesture.cancel()
                raise
        except ChromaskError as error:
            self.say(error)
        return self.painter

    def begin_early(self, label: str) -> Painter | None:
        """Begin a gesture whose region is still on its way, and tell what it made so far."""
        painter = self.begin(label)
        if painter is not None:
            self.show(painter.paint(NOTHING))
        return painter

    def end_region(
        self, text: str, find: Callable[[], Patch], mode: Mode, most_pixels: int
    ) -> None:
        """Paint a region in the open gesture and end it; a gesture given up stays so.

        Parameters
        ----------
        text
            What a job says of itself that finds and paints a large region.
        find
            Gives the region; a job may ask for it.
        most_pixels
            How large the region may be, with what is looked at to find it.
        """
        painter = self.painter
        if painter is None:
            return
        try:
            rule = painter.rule(mode)
        except ChromaskError as error:
            PaintTool.cancel(self)
            self.say(error)
            return
        plane = painter.plane
        if max(most_pixels, plane.indices.size * rule.is_outside) <= AT_ONCE_PIXELS:
            self.show(painter.put(find(), rule))
            self.end()
            return
        self.show(painter.paint(NOTHING))

        def done(made: NewTiles | None) -> None:
            if self.painter is not painter:
                return
            if made is not None:
                self.show(painter.swap_in(made))
            self.end()

        self.beside.start(text, lambda _job: rule.tiles(plane, find()), done)

    def must_wait(self) -> bool:
        """Whether the last gesture's region is still on its way; it says so."""
        if self.painter is not None:
            text = tr("The last region is still on its way: wait, or Esc")
            self.session.notified.emit(text)
        return self.painter is not None

    def _name_of(self, target: Target) -> str:
        """Name what is painted: the ROI, else the labels or the value in hand."""
        session = self.session
        if target.index != NOBODY:
            name = session.census.rois[target.index].resolution.name
            return one_line(name) or str(target.index)
        hand = session.view.in_hand
        labels = hand.labels if hand is not None else ()
        return one_line(", ".join(labels)) or value_text(target.value)

    def _make_painter(
        self, gesture: Gesture, document: Document, target: Target
    ) -> Painter:
        session, edit = self.session, gesture.edit
        census, hand = session.census, session.view.in_hand
        self._made = None
        if target.index == NOBODY and self.claims and hand is not None:
            target, census = claim_target(edit, document, census, target, hand)
            self._made = target.index
        return Painter(edit, document, census, target, constraints_of(session))

    def show(self, change: Change) -> None:
        """Show what the painter did."""
        if self._gesture is not None:
            self._gesture.show(change)

    def end(self) -> None:
        """End the gesture as one undo step; one that painted nothing leaves nothing."""
        painter = self.painter
        if painter is not None and self._gesture is not None:
            if painter.has_painted:
                self._gesture.commit()
                self._select_made()
            else:
                self._gesture.cancel()
        self._gesture = self._painter = None

    def _select_made(self) -> None:
        """Select the ROI that the stroke made; what was in hand stays there for an undo."""
        if self._made is not None:
            self.session.set_view(selected=(self._made,), highlight=None)

    def cancel(self) -> bool:
        was_open = self.painter is not None
        self.beside.drop()
        if self._gesture is not None and was_open:
            self._gesture.cancel()
        self._gesture = self._painter = None
        return was_open

    def hover(self, pointer: Pointer | None) -> None:
        """Say before the first stroke what it makes, as soon as the pointer is on the canvas."""
        session, view = self.session, self.session.view
        if pointer is None or session.document is None:
            return
        if not view.selected and view.in_hand is None:
            return
        now = (session.document, view.selected[:1] or view.in_hand, view.source)
        if now == self._warned:
            return
        self._warned = now
        try:
            self._warn(self._target())
        except EditError:
            return  # said when the user tries to paint

    def _target(self) -> Target:
        session, view = self.session, self.session.view
        document = session.document
        if document is not None and not view.selected and view.in_hand is not None:
            return find_value_target(
                document, session.census, view.in_hand, view.source
            )
        if document is None or not view.selected:
            raise EditError(
                tr("no ROI is selected to paint with"),
                hint=tr(
                    "Select one or a label of the data set in the ROI panel, press its "
                    "number, or click it with Alt held; without any, add one there first"
                ),
            )
        return find_target(document, session.census, view.selected[0], view.source)

    def _warn(self, target: Target) -> None:
        session = self.session
        if session.document is None:
            return
        makes = what_painting_makes(session.document, target)
        if makes == "nothing new" or not session.warn_once(
            target.key or target.source_id
        ):
            return
        session.notified.emit(
            tr("The first stroke adds a mask {} to this source, as a new PNG").format(
                target.mask_id
            )
            if makes == "mask"
            else tr(
                "The mask {} is not written itself (lossy, no PNG, a source image, used "
                "elsewhere, or outside the opened folder): painting makes a new PNG mask "
                "of this frame"
            ).format(target.mask_id)
        )
