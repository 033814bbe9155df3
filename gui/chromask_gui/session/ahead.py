"""Frames that are opened before they are asked for, and those that were just left.

What is kept is dropped when a file of it has changed, or the list says something else of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from chromask_gui.session.reading import Opened, marks_of, open_frame, stamps_of

if TYPE_CHECKING:
    from chromask.dataset.query import FrameItem, FrameList
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.walk import Frames

MOST_READY = 5
MOST_READY_BYTES = 600_000_000
"""What frames that were opened ahead may take; the one farthest away goes first."""


class Ahead(QObject):
    """Opens the next frames of a list, one at a time, once the shown one is painted.

    Attributes
    ----------
    ready
        The opened frames by their keys.
    """

    def __init__(self, frames: Frames) -> None:
        super().__init__(frames)
        self._frames = frames
        self._session = frames.session
        self.ready: dict[str, Opened] = {}
        self._unreadable: set[str] = set()
        self._job: Job | None = None
        # What is opened ahead would take the interpreter from the paint of what is shown.
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(0)
        self._painted.timeout.connect(self.get_ready)

    def clear(self) -> None:
        """Forget all: there is another list."""
        self.ready = {}
        self._unreadable.clear()

    def drop_changed(self, old: FrameList, new: FrameList) -> None:
        """Forget the frames that a list says something else of: an image has other masks."""
        self.ready = {
            key: opened
            for key, opened in self.ready.items()
            if old.get(key) == new.get(key)
        }

    def take(self, key: str) -> Opened | None:
        """Give a frame that is ready, unless a file of it has changed."""
        opened = self.ready.pop(key, None)
        return opened if opened is not None and opened.is_fresh() else None

    def keep(self, item: FrameItem) -> None:
        """Keep the shown frame, which is left: going back is as frequent as going on."""
        document = self._session.document
        if document is not None and not document.is_edited:
            stamps = stamps_of(document)
            self.ready[item.key] = Opened(document, self._session.census, stamps)

    def start(self) -> None:
        """Open frames ahead as soon as what is shown is painted."""
        self._painted.start()

    def stop(self) -> None:
        """Open nothing more until the next start."""
        self._painted.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def get_ready(self) -> None:
        """Open the next frames ahead, one at a time, the likeliest first."""
        self._forget_far()
        listed, step = self._frames.list, self._frames.direction
        if listed is None or (self._job is not None and not self._job.is_over):
            return
        for count in (step, 2 * step, -step):
            place = self._frames.from_here(count)
            if place is None:
                continue
            item = listed.items[place]
            if item.key not in self.ready and item.key not in self._unreadable:
                self._open(item, listed)
                return

    def _open(self, item: FrameItem, listed: FrameList) -> None:
        def done(opened: Opened) -> None:
            if self._frames.list is listed:
                self.ready[item.key] = opened
                marks = marks_of(opened.document, opened.census)
                self._frames.set_marks(item.key, marks)

        def failed(_error: BaseException) -> None:
            # Opening the frame when it is asked for says why.
            self._unreadable.add(item.key)

        def ended() -> None:
            if not self._frames.is_opening:
                self._painted.start()

        self._job = self._session.jobs.prepare(
            lambda job: open_frame(item, listed, None, job.is_cancelled),
            done,
            failed,
            ended,
        )

    def _forget_far(self) -> None:
        listed = self._frames.list
        if listed is None:
            return
        places = {key: listed.place(key) for key in self.ready}
        start = self._frames.here + self._frames.direction
        near = sorted(
            (key for key, place in places.items() if place is not None),
            key=lambda key: abs((places[key] or 0) - start),
        )
        kept: dict[str, Opened] = {}
        total = 0
        for key in near[:MOST_READY]:
            total += self.ready[key].size
            if total > MOST_READY_BYTES:
                break
            kept[key] = self.ready[key]
        self.ready = kept
