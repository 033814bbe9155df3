"""Small pictures of frames, drawn beside the window for those rows that are seen."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from chromask.drawing.display import Display
from chromask.drawing.render import render_small
from chromask.errors import ChromaskError
from chromask.storage.look import stamp_of
from chromask.workspace.contact_sheet import quiet_masks
from chromask_gui.session.reading import are_fresh, marks_of, open_frame

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import numpy.typing as npt

    from chromask.dataset.query import FrameItem, FrameList
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.reading import Opened, Stamp
    from chromask_gui.session.walk import Frames

THUMB_RC = (72, 104)
"""The box that a picture is fitted into, (rows, cols) in logical pixels."""

SHARPNESS = 2
"""Pictures have so many pixels for each logical one, for screens of high density."""

MOST_KEPT = 1500
MOST_WAITING = 40
"""Rows that were scrolled past are not drawn any more."""


@dataclass(frozen=True, slots=True)
class _Thumb:
    """A picture, None where the frame cannot be opened, and what it was drawn from."""

    picture: QPixmap | None
    item: FrameItem
    stamps: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the job gives: pixels, marks, and the state of the files."""

    pixels: npt.NDArray[np.uint8] | None
    marks: frozenset[str]
    stamps: tuple[Stamp, ...]


class Thumbs(QObject):
    """The pictures of a list's frames by their keys.

    One that is out of date is shown until its new one is there: its frame was saved, has
    other masks, or is read with another legend, or a file of it has changed.

    Signals
    -------
    ready(str)
        The picture of the frame of this key is there.
    """

    ready = Signal(str)

    def __init__(self, frames: Frames) -> None:
        super().__init__(frames)
        self._frames = frames
        self._kept: OrderedDict[str, _Thumb] = OrderedDict()
        self._old: set[str] = set()
        self._list: FrameList | None = None
        self._look: Job | None = None
        self._waiting: OrderedDict[str, FrameItem] = OrderedDict()
        self._job: Job | None = None
        frames.listed.connect(self._on_frames_listed)
        frames.session.written.connect(self._on_session_written)

    def peek(self, key: str) -> QPixmap | None:
        """Give the picture of a frame if it is there."""
        thumb = self._kept.get(key)
        return None if thumb is None else thumb.picture

    def get(self, item: FrameItem) -> QPixmap | None:
        """Give the picture of a frame; one that is missing or out of date is drawn soon."""
        thumb = self._kept.get(item.key)
        if thumb is not None:
            self._kept.move_to_end(item.key)
            if thumb.item == item and item.key not in self._old:
                return thumb.picture
        self._waiting[item.key] = item
        self._waiting.move_to_end(item.key)
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        self._draw_next()
        return self.peek(item.key)

    def look(self) -> None:
        """Draw those again whose files have changed."""
        if self._look is not None:
            self._look.cancel()
        kept = [(key, thumb.stamps) for key, thumb in self._kept.items()]

        def work(job: Job) -> list[str]:
            return [
                key
                for key, stamps in kept
                if not job.is_cancelled() and not are_fresh(stamps)
            ]

        jobs = self._frames.session.jobs
        self._look = jobs.prepare(work, self._outdate, self._frames.session.report)

    def _outdate(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._old.add(key)
            self.ready.emit(key)

    def _on_session_written(self) -> None:
        """Draw a frame again that was saved."""
        if self._frames.shown is not None:
            self._outdate([self._frames.shown.key])

    def _on_frames_listed(self) -> None:
        self._waiting.clear()
        before, self._list = self._list, self._frames.list
        listed = self._list
        if before is None or listed is None or before.root != listed.root:
            self._kept.clear()
        for key in list(self._kept):
            if listed is not None and listed.place(key) is None:
                del self._kept[key]
        self._old &= self._kept.keys()
        if before is not None and listed is not None and _reads_alike(before, listed):
            return
        self._old.update(self._kept)

    def _draw_next(self) -> None:
        if not self._waiting or (self._job is not None and not self._job.is_over):
            return
        key, item = self._waiting.popitem()
        listed = self._frames.list
        # What happens while it is drawn makes it out of date again.
        self._old.discard(key)

        def work(job: Job) -> _Drawn:
            try:
                opened = open_frame(item, listed, None, job.is_cancelled)
                marks = marks_of(opened.document, opened.census)
                return _Drawn(draw(opened), marks, opened.stamps)
            except ChromaskError:
                # Opening the frame says why; here its mark does.
                stamps = ((item.path, stamp_of(item.path)),)
                return _Drawn(None, frozenset({"missing"}), stamps)

        def done(drawn: _Drawn) -> None:
            now = self._frames.list
            if listed is None or now is None or now.root != listed.root:
                return  # another folder is open
            pixels = drawn.pixels
            picture = None if pixels is None else _pixmap(pixels)
            self._kept[key] = _Thumb(picture, item, drawn.stamps)
            if not _reads_alike(listed, now):
                self._old.add(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            self._frames.set_marks(key, drawn.marks)
            self.ready.emit(key)

        def failed(error: BaseException) -> None:
            self._kept[key] = _Thumb(None, item, ())
            self._frames.set_marks(key, frozenset({"missing"}))
            self._frames.session.report(error)

        jobs = self._frames.session.jobs
        self._job = jobs.prepare(work, done, failed, self._draw_next)


def _reads_alike(one: FrameList, other: FrameList) -> bool:
    """Whether two lists read the same files alike: with the same legends and permissions."""
    return (one.choice, one.report.legends) == (other.choice, other.report.legends)


def draw(opened: Opened) -> npt.NDArray[np.uint8]:
    """Draw a frame small, (rows, cols, 3), as it looks when it is opened."""
    hidden = quiet_masks(opened.document, opened.census)
    display = replace(Display(), hidden_masks=hidden)
    rows, cols = (side * SHARPNESS for side in THUMB_RC)
    return render_small(opened.document, opened.census, display, rows, cols)


def _pixmap(pixels: npt.NDArray[np.uint8]) -> QPixmap:
    rows, cols, _ = pixels.shape
    image = QImage(pixels.tobytes(), cols, rows, 3 * cols, QImage.Format.Format_RGB888)
    pixmap = QPixmap.fromImage(image.copy())
    pixmap.setDevicePixelRatio(SHARPNESS)
    return pixmap
