"""A bar over the canvas: folders that only their names suggest, and whether they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from chromask_gui.look.icons import icon
from chromask_gui.look.texts import plain_tip
from chromask_gui.session.permissions import folder_text

if TYPE_CHECKING:
    from chromask_gui.session.file_flow import FileFlow

MOST_NAMED = 3
"""This many folders are named; the tooltip names them all."""


class FolderNotice(QFrame):
    """Asks once for each opened folder; nothing waits for the answer."""

    def __init__(self, files: FileFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self.setProperty("kind", "banner")
        self.setProperty("severity", "note")
        self.setAccessibleName(self.tr("Folders outside the opened one"))
        sign = QLabel()
        sign.setPixmap(icon("folder").pixmap(QSize(18, 18)))
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        permissions = files.permissions
        self.use_button = QPushButton(self.tr("Use and edit"))
        self.use_button.clicked.connect(permissions.use_suggested)
        self.decline_button = QPushButton(self.tr("Do not use"))
        self.decline_button.clicked.connect(permissions.decline_suggested)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.use_button)
        row.addWidget(self.decline_button)
        permissions.changed.connect(self._on_permissions_changed)
        self.hide()

    def _on_permissions_changed(self) -> None:
        listed, folders = self._files.frames.list, self._files.permissions.suggested
        if listed is None or not folders:
            self.hide()
            return
        names = [folder_text(folder, listed.root) for folder in folders]
        shown = ", ".join(names[:MOST_NAMED])
        if len(names) > MOST_NAMED:
            shown += ", \N{HORIZONTAL ELLIPSIS}"
        question = (
            self.tr("Use and edit the images in {}?")
            if listed.report.suggests_images
            else self.tr("Use and edit the masks in {}?")
        )
        self.text.setText(question.format(shown))
        self.text.setToolTip(plain_tip("\n".join(map(str, folders))))
        self.show()
