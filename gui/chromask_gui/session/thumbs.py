"""Small pictures of frames, drawn beside the window for those rows that are seen."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from chromask.drawing.display import Display
from chromask.drawing.render import render_small
from chromask.errors import ChromaskError
from chromask.workspace.contact_sheet import quiet_masks
from chromask_gui.session.reading import marks_of, open_frame

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from chromask.dataset.query import FrameItem
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.reading import Opened
    from chromask_gui.session.walk import Frames

THUMB_RC = (72, 104)
"""The box that a picture is fitted into, (rows, cols) in logical pixels."""

SHARPNESS = 2
"""Pictures have so many pixels for each logical one, for screens of high density."""

MOST_KEPT = 1500
MOST_WAITING = 40
"""Rows that were scrolled past are not drawn any more."""


class Thumbs(QObject):
    """The pictures of a list's frames by their keys.

    Signals
    -------
    ready(str)
        The picture of the frame of this key is there.
    """

    ready = Signal(str)

    def __init__(self, frames: Frames) -> None:
        super().__init__(frames)
        self._frames = frames
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._waiting: OrderedDict[str, FrameItem] = OrderedDict()
        self._job: Job | None = None
        frames.listed.connect(self._on_frames_listed)
        frames.session.written.connect(self._on_session_written)

    def peek(self, key: str) -> QPixmap | None:
        """Give the picture of a frame if it is there."""
        return self._kept.get(key)

    def get(self, item: FrameItem) -> QPixmap | None:
        """Give the picture of a frame, or None and draw it soon."""
        if item.key in self._kept:
            self._kept.move_to_end(item.key)
            return self._kept[item.key]
        self._waiting[item.key] = item
        self._waiting.move_to_end(item.key)
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        self._draw_next()
        return None

    def _on_session_written(self) -> None:
        """Draw a frame anew that was saved."""
        item = self._frames.item
        if item is not None:
            self._kept.pop(item.key, None)
            self.ready.emit(item.key)

    def _on_frames_listed(self) -> None:
        self._waiting.clear()
        listed = self._frames.list
        for key in list(self._kept):
            if listed is None or listed.place(key) is None:
                del self._kept[key]

    def _draw_next(self) -> None:
        if not self._waiting or (self._job is not None and not self._job.is_over):
            return
        key, item = self._waiting.popitem()
        listed = self._frames.list

        def work(job: Job) -> tuple[npt.NDArray[np.uint8] | None, frozenset[str]]:
            try:
                opened = open_frame(item, listed, None, job.is_cancelled)
                return draw(opened), marks_of(opened.document, opened.census)
            except ChromaskError:
                # Opening the frame says why; here its mark does.
                return None, frozenset({"missing"})

        def done(result: tuple[npt.NDArray[np.uint8] | None, frozenset[str]]) -> None:
            pixels, marks = result
            self._kept[key] = None if pixels is None else _pixmap(pixels)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            self._frames.set_marks(key, marks)
            self.ready.emit(key)

        def failed(error: BaseException) -> None:
            self._kept[key] = None
            self._frames.set_marks(key, frozenset({"missing"}))
            self._frames.session.report(error)

        jobs = self._frames.session.jobs
        self._job = jobs.prepare(work, done, failed, self._draw_next)


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
