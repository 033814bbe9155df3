"""An edit that puts pieces into a mask: a gesture, which a job does the work of where it is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.document.constraints import allowed_pieces
from chromask.document.painting import prepare_mask
from chromask.errors import ChromaskError
from chromask.pixels.tiles import new_tiles
from chromask_gui.tools.outside import may_begin
from chromask_gui.tools.paint_tool import AT_ONCE_PIXELS, NOTHING, constraints_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask.document.transaction import Transaction
    from chromask.pixels.components import Piece
    from chromask.pixels.tiles import NewTiles
    from chromask_gui.session.session import Gesture, Session
    from chromask_gui.tools.beside import Beside

    Work = Callable[[], list[Piece]]
    """Gives the pieces; a job may do it."""

    Plan = Callable[[Transaction], Work]
    """Makes the entries and ROIs that the pieces need, and says how they are found."""


class PiecesEdit:
    """Edits a mask by pieces, one edit at a time; until it has ended nothing is half done."""

    def __init__(self, session: Session, beside: Beside) -> None:
        self._session = session
        self._beside = beside
        self._gesture: Gesture | None = None
        self.is_telling = False
        """Whether what the session tells just now is this edit's doing."""

    @property
    def is_open(self) -> bool:
        """Whether pieces are on their way."""
        return self._gesture is not None and self._gesture.is_open

    def run(
        self,
        label: str,
        key: str,
        plan: Plan,
        then: Callable[[], object],
        *,
        pixels: int,
        is_limited: bool = True,
    ) -> None:
        """Do an edit as one undo step, then call ``then``; what keeps it from that is reported.

        Parameters
        ----------
        key
            The mask.
        pixels
            How large the pieces are; large ones are put beside the window.
        is_limited
            Whether the constraints of the view hold for them; else ``plan`` sees to it.
        """
        session = self._session
        document = session.document
        if document is None or not may_begin(session, key):
            return
        limits, census = constraints_of(session), session.census
        self.is_telling = True
        try:
            gesture = self._gesture = session.begin(label)
            try:
                prepare_mask(gesture.edit, document, census, key)
                work = plan(gesture.edit)
            except ChromaskError as error:
                gesture.cancel()
                session.report(error)
                return
        finally:
            self.is_telling = False
        plane = document.planes[key]

        def make() -> NewTiles | None:
            pieces = work()
            if is_limited:
                pieces = allowed_pieces(key, plane, census, limits, pieces)
            return new_tiles(plane, pieces)

        def done(made: NewTiles | None) -> None:
            if gesture.is_open:
                self._end(gesture, key, made)
                then()

        if pixels <= AT_ONCE_PIXELS:
            try:
                done(make())
            except ChromaskError as error:
                self.cancel()
                session.report(error)
        else:
            self._tell(lambda: gesture.show(gesture.edit.paint(key, *NOTHING, 0)))
            self._beside.start(label, lambda _job: make(), done)

    def cancel(self) -> None:
        """Give up what is on its way."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None and gesture.is_open:
            self._tell(gesture.cancel)

    def _end(self, gesture: Gesture, key: str, made: NewTiles | None) -> None:
        self._gesture = None
        if made is not None:
            gesture.edit.swap_tiles(key, made)
        self._tell(gesture.commit)

    def _tell(self, work: Callable[[], object]) -> None:
        self.is_telling = True
        try:
            work()
        finally:
            self.is_telling = False
