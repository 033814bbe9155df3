"""The list of frames and the way through it: opening, moving on, and getting the next ready.

The next frames are opened ahead, so that walking forward is immediate; what was opened
ahead is dropped when a file of it has changed meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chromask.dataset.query import Choice
from chromask.errors import ChromaskError
from chromask.media import DecodeLimits
from chromask.storage.look import is_folder
from chromask_gui.session.arrival import Arrival
from chromask_gui.session.reading import (
    Opened,
    marks_of,
    open_first,
    open_frame,
    read_list,
    stamps_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chromask.dataset.query import FrameItem, FrameList
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Session

MOST_READY = 5
MOST_READY_BYTES = 600_000_000
"""What frames that were opened ahead may take; the one farthest away goes first."""

MARKS_OF_OPENING = frozenset({"missing", "unresolved"})
"""What opening a frame tells of it; see `marks_of`."""

MARKS_OF_EDITS = frozenset({"edited", "saved"})
"""Edits that are not saved, and edits that were saved since the list was opened."""


class Frames(QObject):
    """The frames of what was opened, and which of them is shown.

    Attributes
    ----------
    list, place, marks
        The frames, which of them was asked for, and what is said of each by its key.
    arrival
        The frame that was asked for, while it is on its way.
    declined
        Folders outside that are not written; of others the user is asked.

    Signals
    -------
    listed()
        There is another list, or it was read anew.
    moved()
        Another frame was asked for; ``place`` is it, and it may not be open yet.
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
        self.place = -1
        self.marks: dict[str, frozenset[str]] = {}
        self.arrival = Arrival(session, self)
        self.arrival.cancelled.connect(self._on_arrival_cancelled)
        self.declined = frozenset[Path]()
        self._shown: FrameItem | None = None
        self._step = 1
        self._ready: dict[str, Opened] = {}
        self._unreadable: set[str] = set()
        self._listing: Job | None = None
        self.limits: Callable[[], DecodeLimits] = DecodeLimits
        self._ahead: Job | None = None
        # What is opened ahead would take the interpreter from the paint of what is shown.
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(0)
        self._painted.timeout.connect(self._get_ready)
        session.save_state_changed.connect(self._on_session_save_state_changed)

    @property
    def count(self) -> int:
        """How many frames there are."""
        return len(self.list) if self.list is not None else 0

    @property
    def item(self) -> FrameItem | None:
        """The frame that was asked for: it is shown, or on its way."""
        if self.list is None or not 0 <= self.place < len(self.list):
            return None
        return self.list.items[self.place]

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
        self.place, self._ready, self.marks = listed.place(key or "") or 0, {}, {}
        self._unreadable.clear()
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
            key = self.item.key if self.item is not None else None
            self.open(self.list.root, choice=choice, key=key)

    def go_to(self, place: int) -> None:
        """Show the frame of a place; the first or the last where there is none."""
        if self.list is None or not self.list.items:
            return
        place = min(max(place, 0), len(self.list) - 1)
        if place == self.place and not self.is_opening:
            return
        self._step = 1 if place >= self.place else -1
        self._cancel()
        self._keep_shown()
        self.place = place
        item = self.list.items[place]
        ready = self._ready.pop(item.key, None)
        if ready is not None and ready.is_fresh():
            self.moved.emit()
            self._show(ready, follows=True)
        else:
            self._open_item(item, self.list)
            self.moved.emit()

    def reload(self) -> None:
        """Open the shown frame again from its files."""
        if self.list is not None and self.item is not None:
            self._cancel()
            self._open_item(self.item, self.list)

    def read_anew(self) -> None:
        """List the folder again, since something in it changed; the shown frame stays."""
        if self.list is None or not is_folder(self.list.root):
            return
        if self._listing is not None:
            self._listing.cancel()
        root, choice = self.list.root, self.list.choice

        def done(listed: FrameList) -> None:
            self._listing = None
            self.take_list(listed)

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
        wanted, self.list = self.item, listed
        _read_names(self, listed)
        if wanted is not None:
            place = listed.place(wanted.key)
            # A frame that is gone leaves its place to the next one, still unopened.
            self.place = min(self.place, len(listed) - 1) if place is None else place
        if opened is not None:
            self._show(opened, follows=True)
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
        wanted = self.place

        def then() -> None:
            self.place = wanted
            show()

        self._stay()
        self.arrival.let_in(then)
        if self.place != wanted:
            self.moved.emit()

    def _stay(self) -> None:
        """Take the shown frame for the one that is asked for."""
        if self.list is not None and self._shown is not None:
            shown = self.list.place(self._shown.key)
            self.place = self.place if shown is None else shown

    def _on_arrival_cancelled(self) -> None:
        wanted = self.place
        self._stay()
        if self.place != wanted:
            self.moved.emit()

    def _fail(self, error: BaseException) -> None:
        """Say why a frame cannot be opened; in a list its place is empty then."""
        if self.count > 1 and isinstance(error, ChromaskError):
            self._leave()
            self.session.show(None)
            if self.item is not None:
                self.set_marks(self.item.key, frozenset({"missing"}))
            self.broken.emit(error.problem)
            self._get_ready()
        self.session.report(error)

    def _show(self, opened: Opened, *, follows: bool) -> None:
        self._leave()
        self.broken.emit(None)
        if self.list is not None:
            permit = replace(self.list.opened, declined=self.declined)
            opened.document.opened = permit
        self.session.show(opened.document, opened.census, follows=follows)
        item = self.item
        if item is not None:
            self.set_marks(item.key, marks_of(opened.document, opened.census))
        self._painted.start()

    def _leave(self) -> None:
        """Take the frame that was asked for as the shown one; edits of the other are given up."""
        left, self._shown = self._shown, self.item
        if left is not None:
            self.set_marks(left.key, frozenset(), frozenset({"edited"}))

    def _keep_shown(self) -> None:
        """Keep the frame that is left: going back is as frequent as going on.

        It need not be the one that was asked for last: that may be on its way still.
        """
        item, document = self._shown, self.session.document
        if item is None or document is None or document.is_edited:
            return
        # What was saved elsewhere is another frame from then on.
        path = Path(item.path)
        if document.path in (None, path, path.with_suffix(".json")):
            stamps = stamps_of(document)
            self._ready[item.key] = Opened(document, self.session.census, stamps)

    def _get_ready(self) -> None:
        """Open the next frames ahead, one at a time, the likeliest first."""
        self._forget_far()
        if self.list is None or (self._ahead is not None and not self._ahead.is_over):
            return
        steps = (self._step, 2 * self._step, -self._step)
        for step in steps:
            place = self.place + step
            if not 0 <= place < len(self.list):
                continue
            item = self.list.items[place]
            if item.key in self._ready or item.key in self._unreadable:
                continue
            self._open_ahead(item, self.list)
            return

    def _open_ahead(self, item: FrameItem, listed: FrameList) -> None:
        def done(opened: Opened) -> None:
            if self.list is listed:
                self._ready[item.key] = opened
                self.set_marks(item.key, marks_of(opened.document, opened.census))

        def failed(_error: BaseException) -> None:
            # Opening the frame when it is asked for says why.
            self._unreadable.add(item.key)

        def ended() -> None:
            if not self.is_opening:
                self._painted.start()

        self._ahead = self.session.jobs.prepare(
            lambda job: open_frame(item, listed, None, job.is_cancelled),
            done,
            failed,
            ended,
        )

    def _forget_far(self) -> None:
        if self.list is None:
            return
        places = {key: self.list.place(key) for key in self._ready}
        near = sorted(
            (key for key, place in places.items() if place is not None),
            key=lambda key: abs((places[key] or 0) - self.place - self._step),
        )
        kept: dict[str, Opened] = {}
        total = 0
        for key in near[:MOST_READY]:
            total += self._ready[key].size
            if total > MOST_READY_BYTES:
                break
            kept[key] = self._ready[key]
        self._ready = kept

    def _cancel(self) -> None:
        self._painted.stop()
        self.arrival.cancel()
        if self._ahead is not None:
            self._ahead.cancel()
            self._ahead = None

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
        document, item = self.session.document, self._shown
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
