"""What waits for a save, or loses the frame: one thing after the other, or dropped with a word.

While a save runs or a question is open, nothing that the user asks for is lost: it waits its
turn. When the save fails or the question is cancelled, all that waited is dropped and named.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from chromask.errors import ConflictError
from chromask_gui.look.texts import one_line, problem_text
from chromask_gui.session.own_item import path_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from chromask.document.document import Document
    from chromask_gui.session.session import Session


class State(Enum):
    """What goes on: nothing, a question to the user, or a save."""

    READY = auto()
    ASKING = auto()
    SAVING = auto()


class Edits(Enum):
    """What becomes of unsaved edits when a wish has its turn."""

    KEPT = auto()
    ASKED = auto()
    """Saved, given up or kept, as the user says."""
    SAVED = auto()
    GIVEN_UP = auto()
    """Given up or kept, as the user says: saving them makes no sense."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that the user asked for.

    Attributes
    ----------
    name
        What it is called when it is dropped.
    then
        Does it.
    edits
        What becomes of unsaved edits before.
    is_needed
        Asked when it has its turn; if not, it is left out without a word.
    is_agreed
        Whether the user has given up these very edits already.
    is_patient
        Whether a stroke that goes on is waited for. What has to wait for anything else is
        patient by itself: when its turn comes, the user may be painting again.
    """

    name: str
    then: Callable[[], None]
    edits: Edits = Edits.KEPT
    is_needed: Callable[[], bool] = lambda: True
    is_agreed: Callable[[], bool] = lambda: False
    is_patient: bool = False


class Leaving(QObject):
    """Does wishes in the order in which they came; the only one that saves.

    Parameters
    ----------
    window
        The parent of the questions.
    choose_place
        Asks where to save, given the place that was refused; None where the user does not say.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        choose_place: Callable[[Path | None], Path | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._choose_place = choose_place
        self._state = State.READY
        self._waiting: deque[Wish] = deque()
        # Not at once: an edit gives up a gesture first, and the frame must not go in between.
        session.gesture_ended.connect(self._go_on, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a save, a question or a wish is on its way."""
        return self._state is not State.READY or bool(self._waiting)

    @property
    def is_free(self) -> bool:
        """Whether the frame can be lost without a word: nothing is edited, or on its way."""
        is_held = self.is_busy or self._session.is_painting
        return not is_held and not _is_edited(self._session)

    def ask(self, wish: Wish) -> None:
        """Do something as soon as what is on its way has ended."""
        if self.is_busy:
            wish = replace(wish, is_patient=True)
        self._waiting.append(wish)
        self._go_on()

    def save(self, path: Path | None = None) -> None:
        """Save the frame, there or where it came from; a stroke that goes on is waited for."""

        def is_needed() -> bool:
            return _is_edited(self._session)

        wish = Wish(self.tr("Save"), partial(self._save, path), is_patient=True)
        if path is None and self.is_busy:
            # The save that runs has it all already, unless there was an edit since.
            wish = replace(wish, is_needed=is_needed)
        self.ask(wish)

    def stop(self) -> None:
        """Leave out what waits: nothing comes after it."""
        self._waiting.clear()

    # -- inside

    def _go_on(self) -> None:
        while self._state is State.READY and self._waiting:
            wish = self._waiting[0]
            if wish.is_patient and self._session.is_painting:
                return
            if not wish.is_needed():
                self._waiting.popleft()
            elif self._may_go(wish):
                self._waiting.popleft()
                wish.then()

    def _may_go(self, wish: Wish) -> bool:
        """Whether a wish can be done now; else it waits for a save, or is dropped."""
        document = self._session.document
        if document is None or not document.is_edited or wish.is_agreed():
            return True
        if wish.edits in (Edits.KEPT, Edits.SAVED):
            if wish.edits is Edits.SAVED:
                self._save()
            return wish.edits is Edits.KEPT
        answer = self._ask_about_edits(document, wish.edits)
        if answer == QMessageBox.StandardButton.Save:
            self._save()
        elif answer != QMessageBox.StandardButton.Discard:
            self._waiting.popleft()
            self._drop()
        return answer == QMessageBox.StandardButton.Discard

    def _save(self, path: Path | None = None, *, replace_changed: bool = False) -> None:
        self._state = State.SAVING
        ended = partial(self._on_save_ended, path)
        if not self._session.save(path, replace_changed=replace_changed, ended=ended):
            self._state = State.READY
            self._drop()

    def _on_save_ended(self, path: Path | None, error: BaseException | None) -> None:
        self._state = State.READY
        if error is None:
            self._go_on()
        elif isinstance(error, ConflictError):
            self._ask_about_conflict(path, error)
        else:
            self._drop()
            self._session.report(error)

    def _drop(self) -> None:
        """Give up all that waits, and name it: it must not be done after some later save."""
        names = [wish.name for wish in self._waiting]
        self._waiting.clear()
        if names:
            text = self.tr("Not saved, so this was not done: {}")
            self._session.notified.emit(text.format(", ".join(names)))

    # -- questions

    def _exec(self, box: QMessageBox) -> int:
        self._state = State.ASKING
        try:
            return box.exec()
        finally:
            self._state = State.READY

    def _ask_about_edits(self, document: Document, edits: Edits) -> int:
        buttons = QMessageBox.StandardButton
        save, text = buttons.Save, self.tr("Save them first?")
        if edits is Edits.GIVEN_UP:
            save = buttons.NoButton
            text = self.tr("Reading the files anew gives them up.")
        name = path_of(document).name
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Unsaved edits"),
            self.tr("{} has unsaved edits.").format(one_line(name)),
            save | buttons.Discard | buttons.Cancel,
            self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(text)
        box.setDefaultButton(save or buttons.Cancel)
        return self._exec(box)

    def _ask_about_conflict(self, path: Path | None, error: ConflictError) -> None:
        """Say what was changed outside, and let the user choose; until then all waits."""
        roles = QMessageBox.ButtonRole
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            self.tr("Not saved"),
            "\n".join(one_line(problem_text(each)) for each in error.problems),
            QMessageBox.StandardButton.Cancel,
            self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        text = self._remedy_text(error)
        replaces = box.addButton(text, roles.DestructiveRole) if text else None
        elsewhere = box.addButton(self.tr("Save as..."), roles.AcceptRole)
        box.setDefaultButton(elsewhere)
        self._exec(box)
        chosen, place = box.clickedButton(), None
        if chosen is elsewhere and self._session.document is not None:
            place = self._choose_place(path or path_of(self._session.document))
        if chosen is not None and chosen is replaces:
            self._save(path, replace_changed=True)
        elif place is not None:
            self._save(place)
        else:
            self._drop()

    def _remedy_text(self, error: ConflictError) -> str:
        """Say what saving all the same does; empty where nothing but another place helps."""
        if error.remedy == "elsewhere":
            return ""
        if error.remedy == "write_again":
            return self.tr("Write again")
        if error.remedy == "new_name":
            return self.tr("Write under a new name")
        return self.tr("Replace")


def _is_edited(session: Session) -> bool:
    return session.document is not None and session.document.is_edited
