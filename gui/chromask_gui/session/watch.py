"""Watching the disk: frames that come and go, and files that change under an open frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from chromask.storage.look import exists, is_folder
from chromask_gui.session.reading import is_in, stamps_of

if TYPE_CHECKING:
    from chromask.document.document import Saved
    from chromask_gui.session.walk import Frames

    Stamps = dict[str, tuple[int, int] | None]

MOST_FOLDERS = 64
"""Systems watch a limited number of places."""

SETTLE_MS = 400
"""Copying a data set tells of every file: what comes together is looked at once."""


class Watch(QObject):
    """Watches the folders of the list and the files of the open frame.

    Signals
    -------
    changed_outside()
        Another program changed or removed a file of the open frame.
    settled()
        All files of the open frame are what it was read from, or saved to, again.
    folder_changed()
        Something in the list's folders changed, also by our own saving.
    """

    changed_outside = Signal()
    settled = Signal()
    folder_changed = Signal()

    def __init__(self, frames: Frames) -> None:
        super().__init__(frames)
        self._frames = frames
        self._session = frames.session
        # The files as they were read or written, and those that were told to be others.
        self._own: Stamps = {}
        self._told: Stamps = {}
        self._watcher = QFileSystemWatcher(self)
        self._folder_timer = self._make_timer(self.folder_changed)
        self._file_timer = self._make_timer(self._look_at_files)
        self._watcher.directoryChanged.connect(self._on_directory_changed)
        self._watcher.fileChanged.connect(self._on_file_changed)
        self.folder_changed.connect(frames.read_anew)
        frames.listed.connect(self._watch_folders)
        self._session.document_opened.connect(self._on_session_document_opened)
        self._session.written.connect(self._on_session_written)

    def _make_timer(self, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(SETTLE_MS)
        timer.timeout.connect(then)
        return timer

    def _watch_folders(self) -> None:
        old = self._watcher.directories()
        listed = self._frames.list
        wanted: list[str] = []
        if listed is not None and is_folder(listed.root):
            wanted = [str(path) for path in listed.folders[:MOST_FOLDERS]]
        self._exchange(old, wanted)

    def _on_session_document_opened(self) -> None:
        self._own, self._told = self._now(), {}
        self._exchange(self._watcher.files(), list(self._own))

    def _on_session_written(self, saved: Saved) -> None:
        """Take what we wrote ourselves for no change of another program."""
        document = self._session.document
        if document is not None:
            for path, stamp in self._now().items():
                if is_in(path, document, saved.fingerprints):
                    self._own[path] = stamp
        self._compare()

    def _now(self) -> Stamps:
        """Note the state of those files of the open frame that were read or written."""
        document = self._session.document
        if document is None:
            return {}
        stamps = stamps_of(document)
        known = document.fingerprints
        return {path: stamp for path, stamp in stamps if is_in(path, document, known)}

    def _compare(self) -> None:
        now = self._now()
        self._exchange(self._watcher.files(), list(now))
        others = {path: now[path] for path in now if now[path] != self._own.get(path)}
        if others == self._told:
            return
        self._told = others
        if others:
            self.changed_outside.emit()
        else:
            self.settled.emit()

    def _exchange(self, old: list[str], wanted: list[str]) -> None:
        gone = [path for path in old if path not in wanted]
        new = [path for path in wanted if path not in old and exists(path)]
        if gone:
            self._watcher.removePaths(gone)
        if new:
            self._watcher.addPaths(new)

    def _on_directory_changed(self, _path: str) -> None:
        self._folder_timer.start()

    def _on_file_changed(self, _path: str) -> None:
        self._file_timer.start()

    def _look_at_files(self) -> None:
        if self._session.save_state == "saving":
            # What we write ourselves is noted when it is written; then the rest shows.
            self._file_timer.start()
            return
        self._compare()
