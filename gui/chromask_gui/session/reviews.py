"""Which frames of the list carry the review mark, and the way to the next one that does not.

What is said of the open frame is its document; of the others, what their files say. They are
looked through beside the window, and again when something in the folder changes: the other
person's marks are seen as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chromask.storage.look import stamp_of
from chromask.workspace.review import is_reviewed, read_reviewed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chromask.dataset.query import FrameItem
    from chromask.document.change import Change
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.walk import Frames

MARK = "reviewed"
MARKS = frozenset({MARK})

LOOK_S = 0.05
"""How long one job looks; then others that nobody waits for have their turn."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a file said when it had a stamp, by the keys of its frames."""

    stamp: tuple[int, int] | None
    marks: dict[str, bool]


@dataclass(slots=True)
class _Look:
    """What a job found: of files by their paths; what it left for the next one.

    A file that could not be looked through is not marked, and its error is kept: the rest
    of the list is looked through all the same.
    """

    seen: dict[str, _Seen] = field(default_factory=dict)
    errors: list[Exception] = field(default_factory=list)
    rest: list[FrameItem] = field(default_factory=list)
    place: int | None = None


class Reviews(QObject):
    """Keeps the mark ``reviewed`` of the list's frames true."""

    def __init__(self, frames: Frames) -> None:
        super().__init__(frames)
        self._frames = frames
        self._session = frames.session
        self._seen: dict[str, _Seen] = {}
        self._shown: FrameItem | None = None
        self._waiting: list[FrameItem] = []
        self._job: Job | None = None
        self._search: Job | None = None
        frames.listed.connect(self.look)
        frames.moved.connect(self._on_frames_moved)
        self._session.document_opened.connect(self._on_session_document_opened)
        self._session.changed.connect(self._on_session_changed)

    def look(self) -> None:
        """Look through all frames; those first that come next."""
        listed = self._frames.list
        items = listed.items if listed is not None else ()
        place = max(self._frames.place, 0)
        self._waiting = [*items[place:], *items[:place]]
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._look_on()

    def find_next(self, go_to: Callable[[int], None]) -> None:
        """Go to the next frame without the mark, from the last one on to the first."""
        listed, here = self._frames.list, self._frames.place
        if listed is None:
            return
        self._end_search()
        items, seen = listed.items, dict(self._seen)
        first = self._frames.from_here(1)
        first = len(items) if first is None else first
        places = [*range(first, len(items)), *range(first)]
        places = [place for place in places if place != here]

        def work(job: Job) -> _Look:
            return _find_unmarked(items, places, seen, job.is_cancelled)

        def done(found: _Look) -> None:
            self._search = None
            self._take(found.seen)
            self._tell(found.place, first)
            if found.place is not None:
                go_to(found.place)

        def failed(error: BaseException) -> None:
            self._search = None
            self._session.report(error)

        text = self.tr("Looking for a frame that is not reviewed")
        self._search = self._session.jobs.start(text, work, done, failed)

    # -- inside

    def _tell(self, found: int | None, first: int) -> None:
        document = self._session.document
        if found is not None:
            if found < first:
                self._session.notified.emit(
                    self.tr(
                        "All frames behind this one are reviewed: on from the first"
                    )
                )
        elif document is None or is_reviewed(document.frame):
            self._session.notified.emit(self.tr("All frames are reviewed"))
        else:
            self._session.notified.emit(self.tr("All other frames are reviewed"))

    def _end_search(self) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None

    def _look_on(self) -> None:
        if not self._waiting or (self._job is not None and not self._job.is_over):
            return
        items, self._waiting = self._waiting, []
        seen = dict(self._seen)

        def done(found: _Look) -> None:
            self._waiting = [*found.rest, *self._waiting]
            self._take(found.seen)
            for error in found.errors[:1]:
                self._session.report(error)

        self._job = self._session.jobs.prepare(
            lambda job: _look_through(items, seen, job.is_cancelled),
            done,
            self._session.report,
            self._look_on,
        )

    def _take(self, found: dict[str, _Seen]) -> None:
        self._seen |= found
        shown = self._shown.key if self._shown is not None else None
        for seen in found.values():
            for key, is_set in seen.marks.items():
                if key != shown:
                    self._set_mark(key, is_set=is_set)

    def _on_frames_moved(self) -> None:
        self._end_search()
        shown = self._frames.shown
        if self._shown is not None and shown is not None:
            if self._shown.key != shown.key:
                # It was saved as another frame.
                self._on_session_document_opened()
            self._shown = shown

    def _on_session_document_opened(self) -> None:
        left, self._shown = self._shown, None
        document = self._session.document
        if document is not None:
            self._shown = self._frames.shown
            self._mark_shown()
        if left is not None and not self._is_as_seen(left):
            # It was saved, or given up with its other edits.
            self._waiting.insert(0, left)
            self._look_on()

    def _is_as_seen(self, item: FrameItem) -> bool:
        seen = self._seen.get(item.path)
        marks = self._frames.marks.get(item.key, frozenset())
        return seen is not None and seen.marks.get(item.key) is (MARK in marks)

    def _on_session_changed(self, change: Change) -> None:
        if "properties" in change.fields and change.phase != "preview":
            self._mark_shown()

    def _mark_shown(self) -> None:
        document = self._session.document
        if document is not None and self._shown is not None:
            self._set_mark(self._shown.key, is_set=is_reviewed(document.frame))

    def _set_mark(self, key: str, *, is_set: bool) -> None:
        self._frames.set_marks(key, MARKS if is_set else frozenset(), MARKS)


def _look_through(
    items: list[FrameItem], seen: dict[str, _Seen], cancelled: Callable[[], bool]
) -> _Look:
    """Look at the files of frames, for a moment."""
    found, end, done = _Look(), monotonic() + LOOK_S, 0
    for _path, group in groupby(items, lambda item: item.path):
        together = list(group)
        try:
            _read(together, seen, found.seen, cancelled)
        except Exception as error:  # noqa: BLE001 - it is reported, and the rest is read
            found.errors.append(error)
            marks = dict.fromkeys((item.key for item in together), False)
            found.seen[together[0].path] = _Seen(stamp_of(together[0].path), marks)
        done += len(together)
        if monotonic() > end or cancelled():
            break
    found.rest = items[done:]
    return found


def _find_unmarked(
    items: Sequence[FrameItem],
    places: Iterable[int],
    seen: dict[str, _Seen],
    cancelled: Callable[[], bool],
) -> _Look:
    """Find the first of some places whose frame has no mark."""
    found = _Look()
    for place in places:
        item = items[place]
        if cancelled():
            break
        together = [item]
        if item.number is not None and item.path not in found.seen:
            together = [each for each in items if each.path == item.path]
        if not _read(together, seen, found.seen, cancelled).get(item.key, False):
            found.place = place
            break
    return found


def _read(
    items: Sequence[FrameItem],
    seen: dict[str, _Seen],
    found: dict[str, _Seen],
    cancelled: Callable[[], bool],
) -> dict[str, bool]:
    """Give the marks of frames of one file: those that are known, where it is as it was."""
    path = items[0].path
    stamp = stamp_of(path)
    known = found.get(path) or seen.get(path)
    if known is None or known.stamp != stamp:
        known = _Seen(stamp, {})
    if not all(item.key in known.marks for item in items):
        read = {item.key: is_set for item, is_set in read_reviewed(items, cancelled)}
        known = _Seen(stamp, known.marks | read)
    found[path] = known
    return known.marks
