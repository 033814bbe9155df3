"""Opening and saving with the questions that belong to it: where, unsaved edits, conflicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from chromask.storage.look import is_folder
from chromask_gui.frames import Frames
from chromask_gui.reading import split_image_and_masks
from chromask_gui.reviews import Reviews
from chromask_gui.texts import problem_text
from chromask_gui.thumbs import Thumbs
from chromask_gui.watch import Watch
from chromask_resources import example_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from chromask.document import Document
    from chromask.errors import Problem
    from chromask.frame_list import Choice
    from chromask_gui.session import Session
    from chromask_gui.settings import Settings


class FileFlow(QObject):
    """Everything between the user and the session when files are opened and saved."""

    def __init__(self, window: QWidget, session: Session, settings: Settings) -> None:
        super().__init__(window)
        self.window = window
        self.session = session
        self.settings = settings
        self.frames = Frames(session, self)
        self.frames.settle = self.when_settled
        self.thumbs = Thumbs(self.frames)
        self.watch = Watch(self.frames)
        self.reviews = Reviews(self.frames)
        self.watch.folder_changed.connect(self.reviews.look)
        self._after_save: Callable[[], None] | None = None
        session.conflicted.connect(self._on_session_conflicted)
        session.failed.connect(self._on_session_failed)
        session.save_state_changed.connect(self._on_session_save_state_changed)

    def choose(self) -> None:
        """Ask for a frame or an image and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self.window,
            self.tr("Open a frame or an image"),
            str(self.settings.last_folder),
            self.tr(
                "Frames and images (*.json *.jsonl *.ndjson *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp"
                " *.gif);;Frames (*.json *.jsonl *.ndjson);;All files (*)"
            ),
        )
        if name:
            self.open_paths([Path(name)])

    def choose_folder(self) -> None:
        """Ask for a folder of frames, or of images and masks, and open it."""
        name = QFileDialog.getExistingDirectory(
            self.window, self.tr("Open a folder"), str(self.settings.last_folder)
        )
        if name:
            self.open_paths([Path(name)])

    def correct(self, choice: Choice) -> None:
        """Read the list of frames anew as the user says."""
        self.when_settled(lambda: self.frames.choose(choice))

    def go_to(self, place: int) -> None:
        """Show the frame of a place, once the edits of this one are saved or given up."""
        frames = self.frames
        place = min(max(place, 0), frames.count - 1)
        if frames.count and (place != frames.place or frames.is_opening):
            self.when_settled(
                lambda: frames.go_to(place), may_save=self.settings.saves_on_moving
            )

    def ask_place(self) -> None:
        """Ask for the number of a frame and go there."""
        count = self.frames.count
        number, is_given = QInputDialog.getInt(
            self.window,
            self.tr("Go to frame"),
            self.tr("Frame, 1 to {}:").format(count),
            self.frames.place + 1,
            1,
            max(count, 1),
        )
        if is_given:
            self.go_to(number - 1)

    def reload(self) -> None:
        """Read the frame anew from its files; ask about unsaved edits."""
        if self._is_given_up():
            self.frames.reload()

    def open_example(self) -> None:
        """Open the example that comes with chromask."""
        self.open_paths([example_frame()])

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open a frame, an image, or an image with its masks; ask about unsaved edits."""
        if not paths:
            return
        first, masks = split_image_and_masks(paths)
        path = first.absolute()
        self.settings.last_folder = path if is_folder(path) else path.parent
        self.when_settled(lambda: self._open(path, masks))

    def _open(self, path: Path, masks: Sequence[Path]) -> None:
        self.frames.open(path, masks)
        if path != example_frame():
            self.settings.add_recent(path)

    def save(self) -> None:
        """Save where the frame came from."""
        self.session.save()

    def save_as(self) -> None:
        """Ask for a place and save there."""
        document = self.session.document
        if document is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self.window,
            self.tr("Save the frame as"),
            str(document.path or document.frame.uri or self.settings.last_folder),
            self.tr("Frames (*.json)"),
        )
        if name:
            path = Path(name)
            self.session.save(path if path.suffix else path.with_suffix(".json"))

    def when_settled(self, then: Callable[[], None], *, may_save: bool = False) -> None:
        """Do something that loses the document, once its edits are saved or given up.

        `may_save` saves them without a question.
        """
        document = self.session.document
        if document is None or not document.is_edited:
            then()
            return
        if may_save:
            self._after_save = then
            self.session.save()
            return
        save = QMessageBox.StandardButton.Save
        answer = self._ask_about_edits(document, self.tr("Save them first?"), save)
        if answer == QMessageBox.StandardButton.Discard:
            then()
        elif answer == save:
            self._after_save = then
            self.session.save()

    def _is_given_up(self) -> bool:
        """Ask whether unsaved edits may go; saving them first would be no reading anew."""
        document = self.session.document
        if document is None or not document.is_edited:
            return True
        text = self.tr("Reading the files anew gives them up.")
        answer = self._ask_about_edits(document, text)
        return answer == QMessageBox.StandardButton.Discard

    def _ask_about_edits(
        self,
        document: Document,
        text: str,
        save: QMessageBox.StandardButton = QMessageBox.StandardButton.NoButton,
    ) -> int:
        name = (document.path or Path(document.frame.uri or "")).name
        cancel = QMessageBox.StandardButton.Cancel
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Unsaved edits"),
            self.tr("{} has unsaved edits.").format(name),
            save | QMessageBox.StandardButton.Discard | cancel,
            self.window,
        )
        box.setInformativeText(text)
        box.setDefaultButton(save or cancel)
        return box.exec()

    def _on_session_conflicted(self, problem: Problem) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            self.tr("Not saved"),
            problem_text(problem),
            QMessageBox.StandardButton.Cancel,
            self.window,
        )
        replace = box.addButton(
            self.tr("Replace it"), QMessageBox.ButtonRole.DestructiveRole
        )
        elsewhere = box.addButton(
            self.tr("Save as..."), QMessageBox.ButtonRole.AcceptRole
        )
        box.setDefaultButton(elsewhere)
        box.exec()
        if box.clickedButton() is replace:
            self.session.save(replace_changed=True)
        elif box.clickedButton() is elsewhere:
            self.save_as()
        else:
            self._after_save = None

    def _on_session_failed(self, _problem: Problem) -> None:
        self._after_save = None

    def _on_session_save_state_changed(self) -> None:
        if self._after_save is not None and self.session.save_state == "saved":
            then, self._after_save = self._after_save, None
            then()
