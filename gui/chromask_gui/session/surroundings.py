"""What is looked for once an image is shown: its masks, and images that were taken for masks.

An image is shown before its folder is read, which may hold a hundred thousand files or lie on
a slow disk.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chromask_gui.session.reading import look_around

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.dataset.query import FrameList
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.reading import Opened
    from chromask_gui.session.walk import Frames


class Surroundings(QObject):
    """Completes the list of `Frames` in the background, after a frame was shown."""

    def __init__(self, frames: Frames) -> None:
        super().__init__(frames)
        self._frames = frames
        self._job: Job | None = None
        frames.session.document_opened.connect(self._on_session_document_opened)

    def _on_session_document_opened(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        listed, document = self._frames.list, self._frames.session.document
        if listed is None or document is None:
            return
        if listed.is_complete:
            self._separate(listed, document.second_images)
            return

        def done(result: tuple[FrameList, Opened | None]) -> None:
            self._job = None
            whole, opened = result
            if self._frames.list is not listed:
                # Something was allowed meanwhile: look again with that.
                self._on_session_document_opened()
                return
            # Edits that were made meanwhile stay: reloading brings the masks.
            is_kept = (
                document.is_edited
                or document.path is not None  # saved meanwhile
                or self._frames.session.document is not document
            )
            self._frames.take_list(whole, None if is_kept else opened)
            for problem in whole.report.problems:
                self._frames.session.failed.emit(problem)

        def failed(error: BaseException) -> None:
            self._job = None
            self._frames.session.report(error)

        self._job = self._frames.session.jobs.prepare(
            lambda job: look_around(listed, document, job.is_cancelled), done, failed
        )

    def _separate(self, listed: FrameList, images: tuple[Path, ...]) -> None:
        """List images as frames that only their names made masks of another one."""
        new = [image for image in images if image not in listed.choice.images]
        if new:
            choice = replace(listed.choice, images=(*listed.choice.images, *new))
            self._frames.list = replace(listed, choice=choice)
            self._frames.read_anew()
