"""The list of frames and the way through it: opening, moving on, and getting the next ready.

The next frames are opened ahead, so that walking forward is immediate; what was opened
ahead is dropped when a file of it has changed meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chromask.dataset.query import Choice
from chromask.errors import ChromaskError
from chromask.media import DecodeLimits
from chromask.storage.look import exists, is_folder
from chromask_gui.session.ahead import Ahead
from chromask_gui.session.arrival import Arrival
from chromask_gui.session.own_item import follow_gap, item_elsewhere, own_item
from chromask_gui.session.reading import (
    Opened,
    marks_of,
    open_first,
    open_frame,
    read_list,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chromask.dataset.query import FrameItem, FrameList
    from chromask.document.document import Saved
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Session

MARKS_OF_OPENING = frozenset({"missing", "unresolved"})
"""What opening a frame tells of it; see `marks_of`."""

MARKS_OF_EDITS = frozenset({"edited", "saved"})
"""Edits that are not saved, and edits that were saved since the list was opened."""


class Frames(QObject):
    """The frames of what was opened, and which of them is shown.

    Attributes
    ----------
    ahead
        The frames that are opened before they are asked for.
    direction
        1 while the user walks on, -1 back.
    list, marks
        The frames, and what is said of each by its key.
    item, shown
        The frame that was asked for, and the one that is shown: the same, or the first is on
        its way. It need not be in the list: it was saved elsewhere, or its file is gone.
    arrival
        The frame that was asked for, while it is on its way.
    declined
        Folders outside that are not written; of others the user is asked.

    Signals
    -------
    listed()
        There is another list, or it was read anew.
    moved()
        Another frame was asked for, which may not be open yet; or the shown one is another
        of the list now, since it was saved there.
    marks_changed(str)
        The marks of the frame of this key changed.
    broken(Problem | None)
        The frame that was asked for cannot be opened; None: it can.
    """

    listed = Signal()
    moved = Signal()
    marks_changed = Signal(str)
    broken = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.list: FrameList | None = None
        self.item: FrameItem | None = None
        self.shown: FrameItem | None = None
        self.marks: dict[str, frozenset[str]] = {}
        self.arrival = Arrival(session, self)
        self.arrival.cancelled.connect(self._on_arrival_cancelled)
        self.declined = frozenset[Path]()
        # Where it would be in the list, before the frame of this place, if it is not in it.
        self._gap = 0
        self.direction = 1
        self._listing: Job | None = None
        self.limits: Callable[[], DecodeLimits] = DecodeLimits
        self.ahead = Ahead(self)
        session.save_state_changed.connect(self._on_session_save_state_changed)
        session.written.connect(self._on_session_written)

    @property
    def count(self) -> int:
        """How many frames there are."""
        return len(self.list) if self.list is not None else 0

    @property
    def place(self) -> int:
        """Where the frame is in the list that was asked for; -1 where it is not in it."""
        if self.list is None or self.item is None:
            return -1
        place = self.list.place(self.item.key)
        return -1 if place is None else place

    @property
    def here(self) -> int:
        """Where the frame is that was asked for; of one that is not in the list, what is next."""
        return self.place if self.place >= 0 else self._gap

    def from_here(self, count: int) -> int | None:
        """Find the place so many frames on, or back, or the last one that way.

        None where there is no frame that way. Of a frame that is not in the list, the next
        one is that after the frame it came from.
        """
        start = self.here - (self.place < 0 and count > 0)
        place = min(max(start + count, 0), self.count - 1)
        is_that_way = place > start if count > 0 else place < start
        return place if is_that_way else None

    @property
    def is_opening(self) -> bool:
        """Whether the frame that was asked for is still on its way."""
        return self.arrival.is_on_its_way

    # -- opening

    def open(
        self,
        path: Path,
        masks: Sequence[Path] = (),
        choice: Choice | None = None,
        key: str | None = None,
    ) -> None:
        """List a folder or a file and show its first frame, or that of a key.

        What is shown stays till then.
        """
        self._cancel()
        self._on_arrival_cancelled()
        jobs = self.session.jobs
        choice = replace(choice or Choice(), limits=self.limits())
        begun = jobs.begun((path, tuple(masks), choice))

        def work(job: Job) -> tuple[FrameList, Opened | ChromaskError]:
            if begun is not None:
                return begun.result()
            return open_first(path, masks, choice, jobs.decoders, job.is_cancelled, key)

        def done(result: tuple[FrameList, Opened | ChromaskError]) -> None:
            self.arrival.let_in(lambda: self._take(*result, key))

        text = self.tr("Opening {}").format(path.name)
        self.arrival.start(text, work, done, self.session.report)

    def _take(
        self, listed: FrameList, first: Opened | ChromaskError, key: str | None
    ) -> None:
        is_shown = self.session.document is not None
        if isinstance(first, ChromaskError) and len(listed) < 2 and is_shown:
            # The shown frame stays, and so must its list: edits belong to it.
            self.session.report(first)
            return
        self.list = listed
        self.item = listed.items[listed.place(key or "") or 0]
        self.marks = {}
        self.ahead.clear()
        _read_names(self, listed)
        self.listed.emit()
        self.moved.emit()
        if isinstance(first, Opened):
            self._show(first, follows=False)
        else:
            self._fail(first)
        for problem in listed.report.problems:
            self.session.failed.emit(problem)

    def choose(self, choice: Choice) -> None:
        """Read the list anew as the user says."""
        if self.list is not None:
            # What was allowed stays so: the shown frame may have been edited there.
            allowed = dict.fromkeys((*choice.allowed, *self.list.choice.allowed))
            choice = replace(choice, allowed=tuple(allowed))
            place = self.place if self.place >= 0 else max(self._gap - 1, 0)
            items = self.list.items[place : place + 1]
            key = items[0].key if items else None
            self.open(self.list.root, choice=choice, key=key)

    def go_to(self, place: int) -> None:
        """Show the frame of a place; the first or the last where there is none."""
        if self.list is None or not self.list.items:
            return
        place = min(max(place, 0), len(self.list) - 1)
        if place == self.place and not self.is_opening:
            return
        self.direction = 1 if place >= self.here else -1
        self._cancel()
        if self.shown is not None:
            # It need not be the one that was asked for last: that may be on its way still.
            self.ahead.keep(self.shown)
        item = self.item = self.list.items[place]
        self._gap = place
        ready = self.ahead.take(item.key)
        if ready is not None:
            self.moved.emit()
            self._show(ready, follows=True)
        else:
            self._open_item(item, self.list)
            self.moved.emit()

    def reload(self) -> None:
        """Open the shown frame again from its files."""
        item, document = self.item, self.session.document
        if self.list is None or item is None:
            return
        if item is self.shown and item.path != item.frame_path and document is not None:
            # The list takes an image for an image until it is read again.
            saved = item_elsewhere(document)
            item = replace(saved, key=item.key) if exists(saved.path) else item
        self._cancel()
        self._open_item(item, self.list)

    def read_anew(self) -> None:
        """List the folder again, since something in it changed; the shown frame stays."""
        if self.list is None or not is_folder(self.list.root):
            return
        if self._listing is not None:
            self._listing.cancel()
        before = self.list
        root, choice = before.root, before.choice

        def done(listed: FrameList) -> None:
            self._listing = None
            if self.list is before:
                self.take_list(listed)
            else:
                self.read_anew()  # another was opened meanwhile, or a folder allowed

        self._listing = self.session.jobs.prepare(
            lambda job: read_list(root, choice, job.is_cancelled),
            done,
            lambda _error: None,
        )

    def take_list(self, listed: FrameList, opened: Opened | None = None) -> None:
        """Take a list that was read again; `opened` is shown where its frame is another."""
        old = self.list
        if old is None or (listed.items == old.items and old.is_complete):
            return
        self._gap = follow_gap(old, listed, self.here)
        self.list = listed
        _read_names(self, listed)
        self.ahead.drop_changed(old, listed)
        if not old.is_complete and self.item is self.shown:
            self.item = self.shown = listed.items[0]
        if opened is not None:
            self._show(opened, follows=True)
        elif self.item is self.shown:
            self._follow_shown()
        else:
            self.item = listed.current(self.item) if self.item is not None else None
            self.shown = self._own_item()
        self.listed.emit()
        self.moved.emit()

    # -- inside

    def _open_item(self, item: FrameItem, listed: FrameList) -> None:
        decoders = self.session.jobs.decoders
        # They may be others than when the list was read.
        listed = listed.choosing(replace(listed.choice, limits=self.limits()))

        def done(opened: Opened) -> None:
            self._arrive_at(lambda: self._show(opened, follows=True))

        def failed(error: BaseException) -> None:
            self._arrive_at(lambda: self._fail(error))

        self.arrival.start(
            self.tr("Opening {}").format(item.name),
            lambda job: open_frame(item, listed, decoders, job.is_cancelled),
            done,
            failed,
        )

    def _arrive_at(self, show: Callable[[], None]) -> None:
        """Show a frame that took its time; the shown one counts until it may go."""
        wanted = self.item

        def then() -> None:
            self.item = wanted
            show()

        self.item = self.shown or self.item
        self.arrival.let_in(then)
        if self.item is not wanted:
            self.moved.emit()

    def _on_arrival_cancelled(self) -> None:
        wanted = self.item
        self.item = self.shown or self.item
        if self.item is not wanted:
            self.moved.emit()

    def _fail(self, error: BaseException) -> None:
        """Say why a frame cannot be opened; in a list its place is empty then."""
        if self.count > 1 and isinstance(error, ChromaskError):
            self._leave()
            self.session.show(None)
            if self.item is not None:
                self.set_marks(self.item.key, frozenset({"missing"}))
            self.broken.emit(error.problem)
            self.ahead.get_ready()
        self.session.report(error)

    def _show(self, opened: Opened, *, follows: bool) -> None:
        self._leave()
        self.broken.emit(None)
        if self.list is not None:
            permit = replace(self.list.opened, declined=self.declined)
            if self.item is not None and self.place < 0:
                # It was saved there: what belongs to it lies next to it.
                permit = permit.allowing(Path(self.item.path).parent)
            opened.document.opened = permit
        self.session.show(opened.document, opened.census, follows=follows)
        item = self.item
        if item is not None:
            self.set_marks(item.key, marks_of(opened.document, opened.census))
        self.ahead.start()

    def _leave(self) -> None:
        """Take the frame that was asked for as the shown one; edits of the other are given up."""
        left, self.shown = self.shown, self.item
        if left is not None:
            self.set_marks(left.key, frozenset(), frozenset({"edited"}))

    # -- where the shown frame is

    def _own_item(self) -> FrameItem | None:
        """Find the frame of the list that the open document is, or make one outside of it."""
        if self.list is None or self.shown is None:
            return self.shown
        shown, document = self.list.current(self.shown), self.session.document
        if document is None:
            return shown
        elsewhere = item_elsewhere(document) if document.path is not None else shown
        return own_item(document, self.list, shown) or elsewhere

    def _follow_shown(self) -> None:
        before, self.shown = self.shown, self._own_item()
        self.item, document = self.shown, self.session.document
        if before is None or self.shown is None or before.key == self.shown.key:
            return
        # Its edits went with it.
        self.set_marks(before.key, frozenset(), frozenset({"edited"}))
        if document is not None:
            self.set_marks(self.shown.key, marks_of(document, self.session.census))
        self._on_session_save_state_changed()

    def _on_session_written(self, _saved: Saved) -> None:
        """Follow the shown frame to where it was saved, and see what else is listed then."""
        before, place = self.shown, self.place
        own = self._own_item()
        if before is None or own is None or own.key == before.key:
            return
        if self.item is before:
            self._gap = place + 1 if place >= 0 else self.here
            self._follow_shown()
            self.moved.emit()
        else:
            self.shown = own
        self.read_anew()

    def _cancel(self) -> None:
        self.ahead.stop()
        self.arrival.cancel()

    # -- marks

    def set_marks(
        self,
        key: str,
        marks: frozenset[str],
        among: frozenset[str] = MARKS_OF_OPENING,
    ) -> None:
        """Set which of the marks `among` a frame has; its others stay."""
        known = self.marks.get(key, frozenset())
        marks |= known - among
        if marks != known:
            self.marks[key] = marks
            self.marks_changed.emit(key)

    def _on_session_save_state_changed(self) -> None:
        document, item = self.session.document, self.shown
        if document is None or item is None:
            return
        if document.is_edited:
            self.set_marks(item.key, frozenset({"edited"}), MARKS_OF_EDITS)
        elif self.session.saved_at:
            self.set_marks(item.key, frozenset({"saved"}), MARKS_OF_EDITS)
        else:
            self.set_marks(item.key, frozenset(), frozenset({"edited"}))


def _read_names(frames: Frames, listed: FrameList) -> None:
    """Find out what very many frames name, in steps; till then masks get copies."""
    if not listed.named.is_large:
        return

    def go_on(is_more: bool) -> None:
        if is_more and frames.list is not None and frames.list.named is listed.named:
            frames.session.jobs.prepare(
                lambda _job: listed.named.step(), go_on, lambda _error: None
            )

    go_on(listed.named.step())
