"""What the user opens, walks to and saves: which files it is, and the questions where."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QInputDialog

from chromask.storage.look import is_folder
from chromask_gui.look.texts import one_line
from chromask_gui.session.arrival import state_of
from chromask_gui.session.leaving import Edits, Leaving, Wish
from chromask_gui.session.own_item import free_path
from chromask_gui.session.permissions import Permissions
from chromask_gui.session.reading import split_image_and_masks
from chromask_gui.session.reviews import Reviews
from chromask_gui.session.surroundings import Surroundings
from chromask_gui.session.thumbs import Thumbs
from chromask_gui.session.walk import Frames
from chromask_gui.session.watch import Watch
from chromask_resources import example_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from chromask.dataset.query import Choice
    from chromask_gui.session.arrival import State
    from chromask_gui.session.session import Session
    from chromask_gui.session.settings import Settings


class FileFlow(QObject):
    """Everything between the user and the session when files are opened and saved."""

    def __init__(self, window: QWidget, session: Session, settings: Settings) -> None:
        super().__init__(window)
        self.window = window
        self.session = session
        self.settings = settings
        self.frames = Frames(session, self)
        self.leaving = Leaving(window, session, self._choose_place)
        self.frames.arrival.settle = self._settle
        self.permissions = Permissions(
            window, self.frames, settings, partial(self._leave, self.tr("another list"))
        )
        self.frames.limits = lambda: settings.limits
        self.thumbs = Thumbs(self.frames)
        self.watch = Watch(self.frames)
        self.surroundings = Surroundings(self.frames)
        self.reviews = Reviews(self.frames)
        self.watch.folder_changed.connect(self.reviews.look)
        self.watch.folder_changed.connect(self.thumbs.look)
        self.watch.changed_outside.connect(self.thumbs.look)

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
        """Read the list of frames anew as the user says, and do so the next time."""
        listed = self.frames.list
        if listed is None:
            return

        def then() -> None:
            if choice.mask_folders is None and choice.legend is None:
                self.permissions.forget_refusals()
            self.permissions.remember_choice(listed.root, choice)
            self.frames.choose(choice)

        self._leave(self.tr("another list"), then)

    def step(self, count: int) -> None:
        """Show the frame so many places on, or back, from where that has its turn."""
        self._walk(lambda: self.frames.from_here(count))

    def go_to(self, place: int) -> None:
        """Show the frame of a place, once the edits of this one are saved or given up."""
        self._walk(lambda: min(max(place, 0), self.frames.count - 1))

    def _walk(self, find: Callable[[], int | None]) -> None:
        frames = self.frames

        def is_needed() -> bool:
            place = find()
            if place is None or frames.count == 0:
                return False
            return place != frames.place or frames.is_opening

        def go() -> None:
            place = find()
            if place is not None:
                frames.go_to(place)

        wish = Wish(
            self.tr("another frame"),
            go,
            self._edits_on_moving(),
            is_needed,
            frames.arrival.is_left,
        )
        self.leaving.ask(wish)

    def ask_place(self) -> None:
        """Ask for the number of a frame and go there."""
        count = self.frames.count
        number, is_given = QInputDialog.getInt(
            self.window,
            self.tr("Go to frame"),
            self.tr("Frame, 1 to {}:").format(count),
            max(self.frames.place + 1, 1),
            1,
            max(count, 1),
        )
        if is_given:
            self.go_to(number - 1)

    def reload(self) -> None:
        """Read the frame anew from its files; ask about unsaved edits."""
        name = self.tr("reading anew")
        self.leaving.ask(Wish(name, self.frames.reload, Edits.GIVEN_UP))

    def open_example(self) -> None:
        """Open the example that comes with chromask."""
        self.open_paths([example_frame()])

    def open_paths(self, paths: Sequence[Path], allowed: Sequence[Path] = ()) -> None:
        """Open a frame, an image, or an image with its masks; ask about unsaved edits.

        `allowed` are folders outside that are used and edited this time.
        """
        if not paths:
            return
        first, masks = split_image_and_masks(paths)
        path = first.absolute()
        self.settings.last_folder = path if is_folder(path) else path.parent
        name = self.tr("opening {}").format(one_line(path.name))
        self._leave(name, lambda: self._open(path, masks, allowed))

    def _open(self, path: Path, masks: Sequence[Path], allowed: Sequence[Path]) -> None:
        self.frames.open(path, masks, self.permissions.recall(path, allowed))
        if path != example_frame():
            self.settings.add_recent(path)

    def save(self) -> None:
        """Save where the frame came from."""
        self.leaving.save()

    def save_as(self) -> None:
        """Ask for a place and save there."""
        path = self._choose_place()
        if path is not None:
            self.leaving.save(path)

    def quit(self) -> None:
        """Close the window, once what goes on has ended and edits are saved or given up."""

        def then() -> None:
            self.leaving.stop()
            # Qt ignores a close from within a close event.
            QTimer.singleShot(0, partial(self._close, state_of(self.session)))

        wish = Wish(
            self.tr("quitting"),
            then,
            Edits.ASKED,
            is_agreed=self.frames.arrival.is_left,
        )
        self.leaving.ask(replace(wish, is_patient=True))

    # -- inside

    def _close(self, agreed: State) -> None:
        if self.leaving.is_busy or state_of(self.session) != agreed:
            self.quit()
            return
        self.frames.arrival.cancel()
        self.session.show(None)
        self.window.close()

    def _choose_place(self, refused: Path | None = None) -> Path | None:
        """Ask where the frame is to be saved; next to a place that was refused."""
        document = self.session.document
        if document is None:
            return None
        proposed = document.path or document.frame.uri or self.settings.last_folder
        if refused is not None:
            listed = self.frames.list
            items = listed.items if listed is not None else ()
            proposed = free_path(refused, {item.frame_path for item in items})
        name, _ = QFileDialog.getSaveFileName(
            self.window,
            self.tr("Save the frame as"),
            str(proposed),
            self.tr("Frames (*.json)"),
        )
        path = Path(name)
        return (path if path.suffix else path.with_suffix(".json")) if name else None

    def _edits_on_moving(self) -> Edits:
        return Edits.SAVED if self.settings.saves_on_moving else Edits.ASKED

    def _leave(self, name: str, then: Callable[[], None]) -> None:
        """Do something that loses the frame, once its edits are saved or given up."""
        self.leaving.ask(
            Wish(name, then, Edits.ASKED, is_agreed=self.frames.arrival.is_left)
        )

    def _settle(self, then: Callable[[], None], is_agreed: Callable[[], bool]) -> None:
        """Let a frame come that took its time, once edits made meanwhile are settled."""
        name, edits = self.tr("another frame"), self._edits_on_moving()
        self.leaving.ask(Wish(name, then, edits, is_agreed=is_agreed, is_patient=True))
