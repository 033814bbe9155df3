"""Watching the disk: frames that come and go, and files that change under an open frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from chromask.storage.look import exists, is_folder
from chromask_gui.session.reading import Stamp, stamps_of

if TYPE_CHECKING:
    from chromask_gui.session.walk import Frames

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
    folder_changed()
        Something in the list's folders changed, also by our own saving.
    """

    changed_outside = Signal()
    folder_changed = Signal()

    def __init__(self, frames: Frames) -> None:
        super().__init__(frames)
        self._frames = frames
        self._session = frames.session
        self._stamps: tuple[Stamp, ...] = ()
        self._watcher = QFileSystemWatcher(self)
        self._folder_timer = self._make_timer(self.folder_changed)
        self._file_timer = self._make_timer(self._look_at_files)
        self._watcher.directoryChanged.connect(self._on_directory_changed)
        self._watcher.fileChanged.connect(self._on_file_changed)
        self.folder_changed.connect(frames.read_anew)
        frames.listed.connect(self._watch_folders)
        self._session.document_opened.connect(self._watch_files)
        # What we wrote ourselves is nobody else's change.
        self._session.written.connect(self._watch_files)

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

    def _watch_files(self) -> None:
        document = self._session.document
        self._stamps = stamps_of(document) if document is not None else ()
        self._exchange(self._watcher.files(), [path for path, *_ in self._stamps])

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
        document = self._session.document
        if document is None:
            return
        if self._session.save_state == "saving":
            # What we write ourselves is noted when it is written; then the rest shows.
            self._file_timer.start()
            return
        now = stamps_of(document)
        if now != self._stamps:
            self._stamps = now
            self._exchange(self._watcher.files(), [path for path, *_ in now])
            self.changed_outside.emit()
