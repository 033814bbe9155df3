"""What the user says of an opened folder: which folders outside are allowed, and the choice
of masks and legend. Both are remembered.

A folder that only its name suggests is used after the question in `FolderNotice`. A folder that
a JSON names is read at once, and asked about before the first edit there.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from chromask.dataset.query import Choice
from chromask.storage.look import is_folder, real_path
from chromask_gui.look.texts import cut, in_order, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from chromask.dataset.query import FrameList
    from chromask_gui.session.settings import Settings
    from chromask_gui.session.walk import Frames

MOST_ROOTS = 50
"""The answers and choices are remembered for this many opened folders."""

MOST_FOLDERS = 50
"""This many folders are remembered for an opened one."""

_STORE, _ALLOWED, _DECLINED = "outside_folders", "allowed", "declined"
_CHOSEN, _MASKS, _LEGEND = "chosen", "mask_folders", "legend"
_MOST_UPS = 3


class Permissions(QObject):
    """Asks about folders outside, tells `Frames` the answers, and remembers them.

    Parameters
    ----------
    window
        The parent of the question.
    leave
        Calls what loses the document, once its edits are saved or given up.

    Signals
    -------
    changed()
        ``suggested`` may be different.
    """

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        frames: Frames,
        settings: Settings,
        leave: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._frames = frames
        self._settings = settings
        self._leave = leave
        # Refused at the first edit: by opened folder, for this run of the program.
        self._declined: dict[str, frozenset[Path]] = {}
        # What the settings chose for the list that was opened last.
        self._recalled: Choice | None = None
        frames.session.ask_outside = self.ask
        frames.listed.connect(self._on_frames_listed)

    def allowed(self, path: Path) -> tuple[Path, ...]:
        """Give the folders that were allowed for a folder, or for the folder of a file."""
        return self._remembered(_key(path), _ALLOWED)

    def recall(self, path: Path, allowed: Sequence[Path] = ()) -> Choice:
        """Give what was said of a folder, or the folder of a file, when it was open before.

        `allowed` are more folders for this time: they hold masks whatever was chosen.
        """
        folders = dict.fromkeys((*allowed, *self.allowed(path)))
        found = self._of_root(_key(path)).get(_CHOSEN)
        chosen = found if isinstance(found, dict) else {}
        masks, legend = chosen.get(_MASKS), chosen.get(_LEGEND)
        choice = Choice(
            _paths(masks) if isinstance(masks, list) and not allowed else None,
            Path(legend) if isinstance(legend, str) and legend else None,
            tuple(folders),
        )
        self._recalled = choice if _is_said(choice) else None
        return choice

    @property
    def is_remembered(self) -> bool:
        """Whether masks or legend of the list are chosen by the settings."""
        listed, recalled = self._frames.list, self._recalled
        if listed is None or recalled is None:
            return False
        chosen = (listed.choice.mask_folders, listed.choice.legend)
        return chosen == (recalled.mask_folders, recalled.legend)

    def remember_choice(self, root: Path, choice: Choice) -> None:
        """Choose the same masks and legend the next time; nothing chosen forgets it."""
        self._recalled = None
        masks = choice.mask_folders
        chosen = {
            _MASKS: None if masks is None else [str(folder) for folder in masks],
            _LEGEND: str(choice.legend or ""),
        }
        self._store(_key(root), _CHOSEN, chosen if _is_said(choice) else None)

    @property
    def suggested(self) -> tuple[Path, ...]:
        """The folders that only their names suggest, without those that were refused."""
        listed = self._frames.list
        if listed is None:
            return ()
        refused = self._remembered(_key(listed.root), _DECLINED)
        return tuple(path for path in listed.report.suggested if path not in refused)

    def use_suggested(self) -> None:
        """Use and edit what is in the suggested folders, also the next time."""
        listed, folders = self._frames.list, self.suggested
        if listed is not None and folders:
            self._leave(lambda: self._use(listed, folders))

    def decline_suggested(self) -> None:
        """Leave the suggested folders alone, also the next time."""
        listed, folders = self._frames.list, self.suggested
        if listed is not None:
            self._remember(listed.root, _DECLINED, folders)
            self.changed.emit()

    def forget_refusals(self) -> None:
        """Suggest again what was refused for the opened folder."""
        if self._frames.list is not None:
            key = _key(self._frames.list.root)
            self._declined.pop(key, None)
            self._store(key, _DECLINED, [])

    def ask(self, folder: Path) -> bool:
        """Ask whether masks in a folder outside are edited, too; False: the edit is dropped.

        Yes allows the folder. No lets the frame get a mask of its own next to it.
        """
        listed = self._frames.list
        if listed is None:
            return False
        key = _key(listed.root)
        answer = self._question(folder_text(folder, listed.root))
        if answer == QMessageBox.StandardButton.Yes:
            self._remember(listed.root, _ALLOWED, (folder,))
            self._allow(folder)
        elif answer == QMessageBox.StandardButton.No:
            self._declined[key] = self._declined.get(key, frozenset()) | {folder}
            self._decline(self._declined[key])
        else:
            return False
        return True

    def _question(self, place: str) -> int:
        buttons = QMessageBox.StandardButton
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Outside the opened folder"),
            self.tr("Also edit masks in {}?").format(place),
            buttons.Yes | buttons.No | buttons.Cancel,
            self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(
            self.tr("No makes a new PNG mask next to the frame instead.")
        )
        # Without an underlined letter: keys meant for the canvas answer nothing here.
        for button, text in (
            (buttons.Yes, self.tr("Yes")),
            (buttons.No, self.tr("No")),
            (buttons.Cancel, self.tr("Cancel")),
        ):
            box.button(button).setText(text)
        box.setDefaultButton(buttons.Cancel)
        return box.exec()

    def _use(self, listed: FrameList, folders: Sequence[Path]) -> None:
        self._remember(listed.root, _ALLOWED, folders)
        allowed = (*listed.choice.allowed, *folders)
        self._frames.choose(replace(listed.choice, allowed=allowed))

    def _allow(self, folder: Path) -> None:
        """Let one more folder be written, for all frames of the list."""
        frames, session = self._frames, self._frames.session
        if frames.list is not None:
            choice = frames.list.choice
            choice = replace(choice, allowed=(*choice.allowed, folder))
            frames.list = frames.list.choosing(choice)
        document = session.document
        if document is not None:
            document.opened = document.opened.allowing(folder)
        session.permitted.emit()

    def _decline(self, folders: frozenset[Path]) -> None:
        """Say which folders are not written, for all frames of the list."""
        self._frames.declined = folders
        session = self._frames.session
        document = session.document
        if document is not None:
            document.opened = replace(document.opened, declined=folders)
        session.permitted.emit()

    def _on_frames_listed(self) -> None:
        listed = self._frames.list
        if listed is not None:
            declined = self._declined.get(_key(listed.root), frozenset[Path]())
            self._decline(declined)
        self.changed.emit()

    # -- what the settings keep

    def _remembered(self, key: str, answer: str) -> tuple[Path, ...]:
        return _paths(self._of_root(key).get(answer))

    def _of_root(self, key: str) -> dict[str, Any]:
        found = self._settings.stored(_STORE).get(key)
        return found if isinstance(found, dict) else {}

    def _remember(self, root: Path, answer: str, folders: Sequence[Path]) -> None:
        key = _key(root)
        other = _DECLINED if answer == _ALLOWED else _ALLOWED
        left = [p for p in self._remembered(key, other) if p not in folders]
        self._store(key, other, [str(folder) for folder in left])
        known = dict.fromkeys((*self._remembered(key, answer), *folders))
        kept = tuple(known)[-MOST_FOLDERS:]
        self._store(key, answer, [str(folder) for folder in kept])

    def _store(self, key: str, answer: str, value: object) -> None:
        of_root = self._of_root(key)
        roots: dict[str, Any] = self._settings.stored(_STORE)
        roots.pop(key, None)
        of_root[answer] = value
        if any(of_root.values()):
            roots[key] = of_root
        self._settings.store(_STORE, dict(list(roots.items())[-MOST_ROOTS:]))


def folder_text(folder: Path, root: Path) -> str:
    """Name a folder as seen from the opened one, a far one by its whole path."""
    base = root if is_folder(root) else root.parent
    try:
        text = os.path.relpath(real_path(folder), real_path(base))
    except ValueError:  # another drive
        text = str(folder)
    if text.count("..") > _MOST_UPS:
        text = str(folder)
    return in_order(cut(one_line(text)))


def _is_said(choice: Choice) -> bool:
    return choice.mask_folders is not None or choice.legend is not None


def _paths(stored: object) -> tuple[Path, ...]:
    texts = stored if isinstance(stored, list) else []
    return tuple(Path(text) for text in texts if isinstance(text, str))


def _key(path: Path) -> str:
    folder = path if is_folder(path) else path.parent
    return str(folder.absolute())
