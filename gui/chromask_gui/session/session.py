"""The session: the one bridge between the core and Qt.

It holds the open document, its census and the view's state, and re-emits every `Change` as
one signal. Widgets ask it for every edit; while a change is being told, it refuses another.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from chromask.counts.pixel_counts import Census, recount, take_census
from chromask.document.change import changed_fields
from chromask.errors import ChromaskError, EditError, OutsideError
from chromask.workspace.opening import open_document
from chromask.workspace.saving import UnfinishedSaveError, save_snapshot
from chromask_gui.look.texts import places_text
from chromask_gui.runtime.crash import crash_of, mark_told
from chromask_gui.session.view_state import (
    ViewState,
    follow_frame,
    follow_rois,
    have_one_size,
    masks_without_rois,
    names_of,
    places_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chromask.counts.pixel_counts import ValueCount
    from chromask.document.change import Change
    from chromask.document.document import Document, Saved
    from chromask.document.transaction import Transaction
    from chromask.frame.annotation import Annotation
    from chromask_gui.runtime.jobs import Job, Jobs


COUNT_AFTER_MS = 120
"""How long after a stroke the panels show the new numbers of pixels."""


class Session(QObject):
    """The open document and how it is shown.

    Signals
    -------
    document_opened()
        Another document is there (or none); everything is to be shown anew.
    changed(Change)
        The document was edited, in whatever way; ``census`` is up to date.
    counted()
        A moment after pixels alone changed: numbers of pixels are to be shown anew. The
        canvas follows ``changed`` at once; what only counts waits until the hand rests, and
        so does the word that the document is edited.
    view_changed(ViewState)
        The view's state as it was before; ``view`` is the new one.
    save_state_changed()
        ``save_state`` has another value, or another document is there.
    written(Saved)
        Files of the document were written, all of them or some.
    gesture_ended()
        A gesture was kept or given up, and that was told.
    failed(Problem)
        Something went wrong that the user should know; shown in one place.
    notified(str)
        Good news.
    permitted()
        The user answered which folders outside may be written.
    """

    document_opened = Signal()
    changed = Signal(object)
    counted = Signal()
    view_changed = Signal(object)
    save_state_changed = Signal()
    written = Signal(object)
    gesture_ended = Signal()
    failed = Signal(object)
    notified = Signal(str)
    permitted = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.document: Document | None = None
        self._census = Census()
        self._is_census_old = False
        self.view = ViewState()
        self.saved_at: str | None = None
        self._told_state = "none"
        self.stays_put = False
        self._is_telling = False
        self._gesture: Gesture | None = None
        self.is_painting = False  # a gesture that ends by itself: no preview
        self._warned: set[str] = set()
        self.ask_outside: Callable[[Path], bool] = lambda _folder: False
        """Asks whether masks in a folder outside are edited; False: the edit is dropped."""
        self._counter = QTimer(self)
        self._counter.setSingleShot(True)
        self._counter.setInterval(COUNT_AFTER_MS)
        self._counter.timeout.connect(self._on_counter_timeout)
        self._opening: Job | None = None
        self._saving: Job | None = None
        self._end_save: Callable[[], None] = lambda: None
        self.gesture_ended.connect(
            lambda: self._end_save(),  # noqa: PLW0108 - another one each time
            Qt.ConnectionType.QueuedConnection,
        )

    @property
    def census(self) -> Census:
        """Who claims what, and how many pixels; while a gesture goes on, as before it."""
        if self._is_census_old and self.document is not None:
            self._is_census_old = False
            self._census = recount(self._census, self.document.planes)
        return self._census

    # -- opening and saving

    def open(self, path: Path, masks: Sequence[Path] = ()) -> None:
        """Open a frame, an image or an image with masks beside the window."""
        if self._opening is not None:
            self._opening.cancel()
        decoders = self.jobs.decoders

        def work(job: Job) -> Document:
            return open_document(
                path, masks, executor=decoders, cancelled=job.is_cancelled
            )

        self._opening = self.jobs.start(
            self.tr("Opening {}").format(path.name), work, self.show, self.report
        )

    def show(
        self,
        document: Document | None,
        census: Census | None = None,
        *,
        follows: bool = False,
    ) -> None:
        """Make a document the open one; as the next frame of a list, the view stays put."""
        before, shown = self.document, self.view
        names = names_of(self.census, shown.selected) if follows else []
        self.stays_put = False
        self.cancel_gesture()
        # It would tell of the document before; and a timer that still runs when its session
        # is thrown away in another thread ends the process.
        self._counter.stop()
        self._opening = None
        self.document = document
        self.saved_at = None
        self._warned.clear()
        self._census = Census()
        self._is_census_old = False
        self.view = replace(
            ViewState(),
            tool=self.view.tool,
            options=self.view.options,
            opacity=self.view.opacity,
            has_overlay=self.view.has_overlay,
            has_outline=self.view.has_outline,
            look=self.view.look,
        )
        if document is not None:
            self._census = census or take_census(
                document.frame, document.planes, document.mapping
            )
            sources = document.frame.sources
            self.view = replace(
                self.view,
                source=sources[0].id if sources else None,
                hidden_masks=masks_without_rois(document, self.census),
            )
            if follows and before is not None:
                self.stays_put = have_one_size(before, document)
                selected = places_of(self.census, names)
                self.view = follow_frame(self.view, shown, before, document, selected)
        self.document_opened.emit()
        self._told_state = ""
        self._tell_save_state()

    def save(
        self,
        path: Path | None = None,
        *,
        replace_changed: bool = False,
        ended: Callable[[BaseException | None], None] | None = None,
    ) -> bool:
        """Save the document beside the window; only one save runs at a time.

        Returns whether a save began. Then ``ended`` is called once, when this save has ended:
        with None, or with its error; without ``ended`` an error is reported.
        """
        document = self.document
        if document is None or self._saving is not None:
            return False
        self.cancel_gesture()
        try:
            snapshot = document.snapshot()
        except EditError as error:
            self.report(error)
            return False

        def work(_job: Job) -> Saved:
            return save_snapshot(snapshot, path, replace_changed=replace_changed)

        def done(saved: Saved) -> None:
            moves = saved.path != document.path or bool(saved.mask_uris)
            if moves and self.is_painting:
                # A stroke has its own copy of the frame.
                self._end_save = partial(done, saved)
                return
            if moves:
                self.cancel_gesture()
            self._saving, self._end_save = None, lambda: None
            document.mark_saved(snapshot, saved)
            self._tell_saved(document, saved)
            if ended is not None:
                ended(None)

        def failed(error: BaseException) -> None:
            self._saving = None
            if isinstance(error, UnfinishedSaveError):
                document.mark_saved(snapshot, error.saved)
                self._tell_saved(document, error.saved)
                error = error.cause
            self._tell_save_state()
            (ended or self.report)(error)

        self._saving = self.jobs.start(
            self.tr("Saving"), work, done, failed, can_cancel=False
        )
        self._tell_save_state()
        return True

    @property
    def save_state(self) -> str:
        """One of ``none``, ``new``, ``edited``, ``saving``, ``saved``."""
        if self.document is None:
            return "none"
        if self._saving is not None:
            return "saving"
        if self.document.is_edited:
            return "edited"
        return "saved" if self.document.path else "new"

    # -- editing

    def edit(self, label: str, work: Callable[[Transaction], Any]) -> bool:
        """Run ``work`` as one transaction on the document and tell everybody.

        Returns whether it was done; what `work` raises on purpose cancels the transaction
        and is reported, so that no widget needs to catch it. A gesture that goes on is given
        up first.
        """
        document = self._ready(label)
        self.cancel_gesture()
        before = document.frame.annotations
        try:
            with document.edit(label) as transaction:
                work(transaction)
                change = transaction.commit()
        except OutsideError as error:
            # Nothing was edited yet: after the answer the work begins again.
            is_answered = self.ask_outside(error.folder) and self.document is document
            return is_answered and self.edit(label, work)
        except ChromaskError as error:
            self.report(error)
            return False
        self.tell(change, before)
        return True

    def begin(self, label: str, *, is_preview: bool = False) -> Gesture:
        """Begin an edit that is shown while it goes on: a stroke, a drag, or a mere preview.

        Raises
        ------
        EditError
            Nothing is open.
        """
        document = self._ready(label)
        self.cancel_gesture()
        before = document.frame.annotations
        self._gesture = Gesture(self, document.edit(label), before)
        self.is_painting = not is_preview
        return self._gesture

    @property
    def has_gesture(self) -> bool:
        """Whether a gesture goes on."""
        return self._gesture is not None

    def cancel_gesture(self) -> None:
        """Give up the open gesture, so that nothing half-done stays."""
        if self._gesture is not None:
            self._gesture.cancel()

    def undo(self) -> None:
        """Take the last step back: a gesture that goes on, else the last finished step."""
        if self._gesture is not None:
            self.cancel_gesture()
        elif self.document and self.document.undo_label is not None:
            before = self._ready("Undo").frame.annotations
            self.tell(self.document.undo(), before)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self.cancel_gesture()
        if self.document and self.document.redo_label is not None:
            before = self._ready("Redo").frame.annotations
            self.tell(self.document.redo(), before)

    def warn_once(self, topic: str) -> bool:
        """Whether a warning is new for this document; it is known from then on."""
        is_new = topic not in self._warned
        self._warned.add(topic)
        return is_new

    # -- the view

    def set_view(self, **values: Any) -> None:  # noqa: ANN401 - fields of ViewState
        """Change the view's state, e.g. ``set_view(opacity=0.4)``; tells only what differs."""
        before = self.view
        self.view = replace(before, **values)
        if self.view != before:
            self.view_changed.emit(before)

    def select(self, *indices: int) -> None:
        """Select ROIs; without any, none is selected."""
        self.set_view(selected=indices, highlight=None, in_hand=None)

    def take(self, count: ValueCount) -> None:
        """Take a value in hand that no ROI claims: it is shown, and painted with."""
        highlight = (count.key, count.indices)
        self.set_view(selected=(), highlight=highlight, in_hand=count)

    def shown_masks(self) -> list[str]:
        """List the keys of the readable masks of the shown source, the lowest first."""
        if self.document is None:
            return []
        return [
            ref.key
            for ref in self.document.frame.masks()
            if ref.source.id == self.view.source and ref.key in self.document.planes
        ]

    def entry_at(self, pixel: tuple[int, int]) -> tuple[str, int] | None:
        """Find the topmost value at a pixel (row, col) that is drawn: (key, table entry).

        A value that a ROI owns lies over one that nobody does.
        """
        found: tuple[str, int] | None = None
        row, col = pixel
        for key in self.shown_masks():
            if self.document is None or key in self.view.hidden_masks:
                continue
            plane = self.document.planes[key]
            if 0 <= row < plane.rows and 0 <= col < plane.cols:
                entry = int(plane.indices[row, col])
                owner = int(self.census.owners[key][entry])
                is_seen = owner >= 0 and owner not in self.view.hidden_rois
                if found is None or is_seen:
                    found = (key, entry)
        return found if self.view.has_overlay else None

    # -- inside

    def _ready(self, label: str) -> Document:
        if self.document is None:
            raise EditError(f"{label!r} without an open document")
        if self._is_telling:
            raise EditError(f"{label!r} started while a change is being told")
        return self.document

    def end_gesture(self) -> None:
        """Forget the open gesture; it calls this when it ends."""
        self._gesture, self.is_painting = None, False

    def tell(self, change: Change, before: tuple[Annotation, ...]) -> None:
        """Tell everybody of a change that was made; `before` are the ROIs before it."""
        document = self.document
        if document is None or not change:
            return
        if not change.is_pixels:
            # As it was taken: recounted now, it would pass for one of the new tables.
            before_it, self._is_census_old = self._census, False
            self._census = take_census(
                document.frame, document.planes, document.mapping, before_it
            )
            if change.phase == "preview":
                # What it was taken of goes on changing: the next one counts all anew.
                self._census = replace(self._census, basis=None)
        elif not change.is_stroke:
            self._is_census_old = True
        self._is_telling = True
        try:
            moved = follow_rois(self.view, before, document.frame.annotations)
            was, self.view = self.view, moved
            self.changed.emit(change)
            if moved != was:
                self.view_changed.emit(was)
            if change.is_pixels and change.phase != "preview":
                self._counter.start()
            elif change.phase != "preview":
                self._tell_save_state()
        finally:
            self._is_telling = False

    def _on_counter_timeout(self) -> None:
        self._tell_save_state()
        self.counted.emit()
        if self.document is not None:
            self.document.make_undo_ready()

    def _tell_save_state(self) -> None:
        if self.save_state != self._told_state:
            self._told_state = self.save_state
            self.save_state_changed.emit()

    def _tell_saved(self, document: Document, saved: Saved) -> None:
        places = places_text(saved.written)
        text = self.tr("Saved {}") if saved.is_whole else self.tr("Only {} was saved")
        if saved.is_whole and not places:
            text = self.tr("Nothing has changed: nothing was written")
        if document is self.document:
            if saved.is_whole:
                self.saved_at = datetime.now().astimezone().strftime("%H:%M")
            self.written.emit(saved)
        self._tell_save_state()
        if document is self.document and (places or saved.is_whole):
            self.notified.emit(text.format(places))

    def report(self, error: BaseException) -> None:
        """Show an error in the one place; one that nobody foresaw is raised in the main loop."""
        if isinstance(error, ChromaskError):
            self.failed.emit(error.problem)
        else:
            self.failed.emit(crash_of(error))
            mark_told(error)
            raise error


class Gesture:
    """An edit that is shown while it goes on; one transaction of the session."""

    def __init__(
        self,
        session: Session,
        transaction: Transaction,
        before: tuple[Annotation, ...],
    ) -> None:
        self._session = session
        self._before = before
        self._told = transaction.frame.copy()
        self._told_tables: dict[str, object] = {}
        self.edit = transaction
        self.is_open = True

    def show(self, change: Change) -> None:
        """Tell everybody what the calls of ``edit`` did since the last time.

        A preview names all that the transaction changed in the frame and the tables; what
        was told is left out, so that a stroke that began with a new mask stays cheap.
        """
        fields = changed_fields(self._told, self.edit.frame)
        if fields:
            self._told = self.edit.frame.copy()
        document = self._session.document
        planes = document.planes if document is not None else {}
        now: dict[str, object] = {
            key: planes[key].table for key in change.tables if key in planes
        }
        tables = frozenset(
            key for key, table in now.items() if self._told_tables.get(key) is not table
        )
        self._told_tables = now
        self._session.tell(replace(change, fields=fields, tables=tables), self._before)

    def commit(self) -> None:
        """End it as one undo step."""
        self._end(self.edit.commit())

    def cancel(self) -> None:
        """Restore everything as it was before."""
        self._end(self.edit.cancel())

    def _end(self, change: Change) -> None:
        self.is_open = False
        self._session.end_gesture()
        self._session.tell(change, self._before)
        self._session.gesture_ended.emit()
