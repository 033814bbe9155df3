"""A bar over the canvas: the open frame's files changed on disk, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from chromask_gui.look.icons import icon

if TYPE_CHECKING:
    from chromask_gui.session.file_flow import FileFlow


class ChangedNotice(QFrame):
    """Offers to read the frame anew; with unsaved edits it warns that they would be lost."""

    def __init__(self, files: FileFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self.setProperty("kind", "banner")
        self.setProperty("severity", "warning")
        self.setAccessibleName(self.tr("Changed on disk"))
        sign = QLabel()
        sign.setPixmap(icon("warning", "warning").pixmap(QSize(18, 18)))
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.reload_button = QPushButton(self.tr("Read anew"))
        self.reload_button.clicked.connect(files.reload)
        self.keep_button = QPushButton(self.tr("Keep mine"))
        self.keep_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.reload_button)
        row.addWidget(self.keep_button)
        files.watch.changed_outside.connect(self._on_watch_changed_outside)
        files.watch.settled.connect(self.hide)
        files.session.document_opened.connect(self.hide)
        files.session.save_state_changed.connect(self._say)
        self.hide()

    def _on_watch_changed_outside(self) -> None:
        self._say()
        self.setVisible(self._files.session.document is not None)

    def _say(self) -> None:
        document = self._files.session.document
        if document is None:
            return
        text = self.tr("Another program changed a file of this frame on disk.")
        if document.is_edited:
            text = self.tr(
                "Another program changed a file of this frame on disk, and you have unsaved"
                " edits. Saving will ask before it replaces anything."
            )
        self.text.setText(text)
        self.keep_button.setText(
            self.tr("Keep mine") if document.is_edited else self.tr("Not now")
        )
