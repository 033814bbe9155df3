"""What every tool that changes pixels shares: its target, its gesture, and saying what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from chromask.errors import ChromaskError, EditError
from chromask.painting import Constraints, Painter, find_target, what_painting_makes
from chromask_gui.tools.tool import Tool

if TYPE_CHECKING:
    from chromask.change import Change
    from chromask.painting import Target
    from chromask_gui.session import Gesture, Session
    from chromask_gui.tools.tool import Pointer


def tr(text: object) -> str:
    """Translate a text of the tools."""
    return QCoreApplication.translate("tools", str(text))


def constraints_of(session: Session) -> Constraints:
    """Give the constraints that the view sets for every tool."""
    return Constraints(session.view.paint_over, session.view.locked_rois)


class PaintTool(Tool):
    """Paints the active ROI: the first of those that are selected.

    `begin` opens a gesture and gives the `Painter` of the ROI's mask, or says why not. What
    ends the gesture from outside (undo, a save, another frame) leaves `painter` None.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._gesture: Gesture | None = None
        self._painter: Painter | None = None
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
            self._warn(target)
            name = session.census.rois[target.index].resolution.name
            self._gesture = session.begin(label.format(name or target.index))
            try:
                self._painter = Painter(
                    self._gesture.edit,
                    document,
                    session.census,
                    target,
                    constraints_of(session),
                )
            except ChromaskError:
                self._gesture.cancel()
                raise
        except ChromaskError as error:
            self.say(error)
        return self.painter

    def say(self, error: ChromaskError) -> None:
        """Tell why nothing is painted and what to do: advice, no failure that is kept."""
        text = str(error.problem)
        self.session.notified.emit(text[:1].upper() + text[1:])

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
            else:
                self._gesture.cancel()
        self._gesture = self._painter = None

    def cancel(self) -> bool:
        was_open = self.painter is not None
        if self._gesture is not None and was_open:
            self._gesture.cancel()
        self._gesture = self._painter = None
        return was_open

    def hover(self, pointer: Pointer | None) -> None:
        """Say before the first stroke what it makes, as soon as the pointer is on the canvas."""
        session = self.session
        if pointer is None or session.document is None or not session.view.selected:
            return
        now = (session.document, session.view.selected[0], session.view.source)
        if now == self._warned:
            return
        self._warned = now
        try:
            self._warn(self._target())
        except EditError:
            return  # said when the user tries to paint

    def _target(self) -> Target:
        session = self.session
        document = session.document
        if document is None or not session.view.selected:
            raise EditError(
                tr("no ROI is selected to paint with"),
                hint=tr(
                    "Select one in the ROI panel, press its number, or click it with "
                    "Alt held; without any, add one there first"
                ),
            )
        index = session.view.selected[0]
        return find_target(document, session.census, index, session.view.source)

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
                "The mask {} is not written itself (lossy, no PNG, or used twice): "
                "painting makes a new PNG mask of this frame"
            ).format(target.mask_id)
        )
