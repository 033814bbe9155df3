"""The menu of what was opened last."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from chromask.storage.look import exists
from chromask_gui.look.icons import icon
from chromask_gui.window.welcome import recent_text

if TYPE_CHECKING:
    from chromask_gui.session.file_flow import FileFlow
    from chromask_gui.session.settings import Settings


class RecentMenu(QMenu):
    """Lists what was opened last, anew each time it is shown."""

    def __init__(self, settings: Settings, files: FileFlow, parent: QMenu) -> None:
        super().__init__(parent)
        self._settings = settings
        self._files = files
        self.setTitle(self.tr("Open recent"))
        self.setIcon(icon("history"))
        self.aboutToShow.connect(self.refresh)

    def refresh(self) -> None:
        """Fill the menu."""
        self.clear()
        for path in self._settings.recent:
            text = recent_text(path).replace("&", "&&")
            action = self.addAction(text, partial(self._files.open_paths, [path]))
            action.setEnabled(exists(path))
        if self.isEmpty():
            self.addAction(self.tr("Nothing was opened yet")).setEnabled(False)
