"""The document: an open frame with its planes and its history. The only thing that is edited.

Every edit is a transaction: ``with document.edit("Rename car") as edit: ...``. Commit makes
one undo step, cancel restores exactly. Undo and redo are one operation: a step holds the
other side and swaps, so nobody ever writes an inverse. There are no observers here: each
call that edits returns a `Change`, and the window's session passes it on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from chromask.errors import EditError, Problem, StorageError
from chromask.storage.uri import locate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from chromask.frame_base import Frame
    from chromask.mapping import LabelMapping
    from chromask.media import Image
    from chromask.plane import MaskFormat, Pixels, Plane

Phase = Literal["preview", "commit", "undo", "redo", "cancel"]


class Rect(NamedTuple):
    """A rectangle of pixels, half open: rows row0..row1 - 1, columns col0..col1 - 1."""

    row0: int
    col0: int
    row1: int
    col1: int


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did.

    Attributes
    ----------
    label
        The name of the step, as the undo menu shows it.
    fields
        Which of the frame's ``annotations``, ``sources`` and ``properties`` changed.
    rects
        For each mask's key the rectangle of pixels whose index changed.
    tables
        The keys of the masks whose colour table changed: no pixel moved, all may look new.
    phase
        ``preview`` while the transaction is open; the other phases end it.
    """

    label: str
    fields: frozenset[str]
    rects: Mapping[str, Rect]
    tables: frozenset[str]
    phase: Phase

    def __bool__(self) -> bool:
        return bool(self.fields or self.rects or self.tables)


@dataclass(frozen=True, slots=True)
class PlaneState:
    """What an edit can change of a plane without touching a pixel; arrays never written to."""

    table: Pixels
    format: MaskFormat


@dataclass(slots=True)
class _Contents:
    """What edits change: shared by a document, its open transaction and its steps.

    ``revision`` names the state; no two states of a document have the same.
    """

    frame: Frame
    planes: dict[str, Plane]
    undo: list[_Step] = field(default_factory=list["_Step"])
    redo: list[_Step] = field(default_factory=list["_Step"])
    transaction: Transaction | None = None
    revision: int = 0
    last_revision: int = 0

    def set_state(self, key: str, state: PlaneState) -> PlaneState:
        """Put a plane into a state and return the one that it was in."""
        plane = self.planes[key]
        before = PlaneState(plane.table, plane.format)
        self.planes[key] = replace(plane, table=state.table, format=state.format)
        return before

    def push(self, step: _Step) -> None:
        """Add a finished edit; what could be redone is gone."""
        self.undo.append(step)
        self.redo.clear()
        self.last_revision += 1
        self.revision = self.last_revision

    def mask_uri(self, key: str) -> str | None:
        """Where the mask of that key lies, as the frame writes it."""
        for ref in self.frame.masks():
            if ref.key == key:
                return ref.mask.uri
        return None


@dataclass(slots=True)
class _Step:
    """One undo step: the other side of a transaction. Swapping it is its own inverse."""

    label: str
    frame: Frame
    states: dict[str, PlaneState]
    revision: int

    def swap(self, contents: _Contents, phase: Phase) -> Change:
        here = contents.frame
        contents.frame, self.frame = self.frame, here
        for key, state in self.states.items():
            self.states[key] = contents.set_state(key, state)
        return Change(
            self.label,
            changed_fields(here, contents.frame),
            MappingProxyType({}),
            frozenset(self.states),
            phase,
        )


class Transaction:
    """An open edit of a document; leaving its ``with`` commits, an exception cancels.

    ``frame`` is the document's frame to be edited by its own methods
    (`Frame.add_annotation` and its siblings).
    """

    def __init__(self, contents: _Contents, label: str) -> None:
        self.label = label
        self._contents = contents
        self._before = contents.frame
        self._states: dict[str, PlaneState] = {}
        self._is_open = True
        contents.frame = contents.frame.copy()
        contents.transaction = self

    @property
    def frame(self) -> Frame:
        """The frame as edited so far; its methods change this transaction's copy alone."""
        if not self._is_open:
            raise EditError(
                f"the edit {self.label!r} has ended", hint="Start a new edit"
            )
        return self._contents.frame

    def set_value(self, key: str, index: int, value: tuple[int, ...]) -> Change:
        """Give one entry of a plane's colour table another value: O(1) in pixels.

        Parameters
        ----------
        key
            The mask's key.
        index
            The entry of the plane's table.
        value
            A claim value (as in ``mask.value``) without -1.

        Raises
        ------
        EditError
            The mask's mode cannot hold the value; the hint says what it can hold.
        """
        plane = self._contents.planes[key]
        reason = plane.can_hold(value)
        if reason is not None:
            raise EditError(
                f"mask {key} cannot hold {list(value)}: {reason}",
                uri=self._contents.mask_uri(key),
                hint="Choose a value that this mask can hold, or change the ROI only",
            )
        self._remember(key)
        table = plane.table.copy()
        table[index] = plane.encode_value(value, like=table[index])
        self._contents.set_state(key, PlaneState(table, plane.format))
        return self._change("preview")

    def set_format(self, key: str, plane_format: MaskFormat) -> Change:
        """Say how the mask will be written: a lossy one becomes a PNG of this frame."""
        self._remember(key)
        plane = self._contents.planes[key]
        self._contents.set_state(key, PlaneState(plane.table, plane_format))
        return self._change("preview")

    def commit(self) -> Change:
        """End the edit as one undo step; without a change there is no step."""
        change = self._change("commit")
        self._close()
        contents = self._contents
        if change:
            contents.push(
                _Step(self.label, self._before, self._states, contents.revision)
            )
        else:
            contents.frame = self._before
        return change

    def cancel(self) -> Change:
        """End the edit and restore the document exactly as it was before."""
        step = _Step(self.label, self._before, self._states, 0)
        change = step.swap(self._contents, "cancel")
        self._close()
        return change

    def _remember(self, key: str) -> None:
        if not self._is_open:
            raise EditError(
                f"the edit {self.label!r} has ended", hint="Start a new edit"
            )
        plane = self._contents.planes[key]
        self._states.setdefault(key, PlaneState(plane.table, plane.format))

    def _change(self, phase: Phase) -> Change:
        return Change(
            self.label,
            changed_fields(self._before, self._contents.frame),
            MappingProxyType({}),
            frozenset(self._states),
            phase,
        )

    def _close(self) -> None:
        self._is_open = False
        self._contents.transaction = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_open:
            if kind is None:
                self.commit()
            else:
                self.cancel()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document at one moment, for a job to save: nothing in it changes any more.

    Attributes
    ----------
    frame
        A copy of the frame.
    path
        The frame's JSON file; None where it was never saved.
    planes
        The edited planes by mask key; their arrays are never written to.
    revision
        The document's revision, for `Document.mark_saved`.
    fingerprints
        SHA-256 of each file as it was loaded or last saved, by its absolute path: what is
        on disk must still be that.
    """

    frame: Frame
    path: Path | None
    planes: Mapping[str, Plane]
    revision: int
    fingerprints: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save of a snapshot wrote.

    Attributes
    ----------
    path
        The frame's JSON file.
    written
        Every file that was written; empty where all was as on disk.
    fingerprints
        SHA-256 of each file as it is now, by its absolute path.
    masks
        The file of each edited mask, by its key.
    mask_uris
        Where the masks lie that went elsewhere with the frame, by their keys.
    """

    path: Path
    written: tuple[Path, ...]
    fingerprints: Mapping[str, str]
    masks: Mapping[str, Path]
    mask_uris: Mapping[str, str]


class Document:
    """An open frame with its planes, its images and its history.

    Parameters
    ----------
    frame
        The frame; its ``uri`` is what its relative URIs are relative to, saved or not.
    planes
        The readable masks by their key (see `Frame.masks`).
    images
        The readable source images by source id.
    path
        The frame's JSON file; None for a frame that was never saved.
    mapping
        The data set's labels, where a file with them was found.
    problems
        What could not be read, or is odd.
    fingerprints
        SHA-256 of each file read, by its absolute path.
    """

    def __init__(
        self,
        frame: Frame,
        planes: Mapping[str, Plane],
        images: Mapping[str, Image],
        *,
        path: Path | None = None,
        mapping: LabelMapping | None = None,
        problems: tuple[Problem, ...] = (),
        fingerprints: Mapping[str, str] | None = None,
    ) -> None:
        self.path = path
        self.images = images
        self.mapping = mapping
        self.problems = problems
        self.fingerprints = dict(fingerprints or {})
        self._contents = _Contents(frame, dict(planes))
        # What each mask's file holds, by the mask's key and the file: after an undo the
        # frame may name another file than the one that was saved last.
        self._on_disk = {
            (key, self.mask_path(key)): PlaneState(plane.table, plane.format)
            for key, plane in planes.items()
        }
        self._saved_revision = 0

    @property
    def frame(self) -> Frame:
        """The frame as it stands; edit it in a transaction only."""
        return self._contents.frame

    @property
    def planes(self) -> Mapping[str, Plane]:
        """The readable masks by key; edit them in a transaction only."""
        return MappingProxyType(self._contents.planes)

    @property
    def is_edited(self) -> bool:
        """Whether the document differs from what is on disk."""
        return self._contents.revision != self._saved_revision

    @property
    def undo_label(self) -> str | None:
        """The name of the step that `undo` would take back; None where there is none."""
        return self._contents.undo[-1].label if self._contents.undo else None

    @property
    def redo_label(self) -> str | None:
        """The name of the step that `redo` would do again; None where there is none."""
        return self._contents.redo[-1].label if self._contents.redo else None

    def mask_uri(self, key: str) -> str | None:
        """Where the mask of that key lies, as the frame writes it."""
        return self._contents.mask_uri(key)

    def mask_path(self, key: str) -> Path | None:
        """Where the file of the mask of that key lies; None where its URI is refused."""
        uri, frame_uri = self.mask_uri(key), self._contents.frame.uri
        try:
            return locate(uri or "", Path(frame_uri).parent if frame_uri else None)
        except StorageError:
            return None

    def edit(self, label: str) -> Transaction:
        """Begin an edit; use it in a ``with``.

        Raises
        ------
        EditError
            Another edit is open.
        """
        self._refuse_if_open(label)
        return Transaction(self._contents, label)

    def undo(self) -> Change:
        """Take the last step back.

        Raises
        ------
        EditError
            An edit is open, or there is no step.
        """
        return self._move(self._contents.undo, self._contents.redo, "undo")

    def redo(self) -> Change:
        """Do the step again that was taken back last; raises like `undo`."""
        return self._move(self._contents.redo, self._contents.undo, "redo")

    def snapshot(self) -> Snapshot:
        """Take the document as it stands for a job to save; O(1) in pixels.

        Raises
        ------
        EditError
            An edit is open.
        """
        self._refuse_if_open("Save")
        edited = {
            key: replace(plane)
            for key, plane in self._contents.planes.items()
            if self.is_mask_edited(key)
        }
        return Snapshot(
            self._contents.frame.copy(),
            self.path,
            edited,
            self._contents.revision,
            dict(self.fingerprints),
        )

    def is_mask_edited(self, key: str) -> bool:
        """Whether the mask's pixels or values differ from its file."""
        plane, on_disk = (
            self._contents.planes[key],
            self._on_disk.get((key, self.mask_path(key))),
        )
        return (
            on_disk is None
            or plane.table is not on_disk.table
            or plane.format != on_disk.format
        )

    def mark_saved(self, snapshot: Snapshot, saved: Saved) -> None:
        """Note that a snapshot is on disk now.

        Parameters
        ----------
        snapshot
            What was saved; edits made since stay edits.
        saved
            What was written. The frame keeps the text it was read from, so that undoing
            everything saves the first bytes again.
        """
        self.path = saved.path
        if Path(self._contents.frame.uri or "").absolute() != saved.path:
            # The steps behind keep their own place: each frame knows what it is relative to.
            frame = self._contents.frame.moved_to(str(saved.path))
            for key, uri in saved.mask_uris.items():
                frame.set_mask_uri(key, uri, "image/png")
            self._contents.frame = frame
        self._saved_revision = snapshot.revision
        self.fingerprints.update(saved.fingerprints)
        for key, plane in snapshot.planes.items():
            state = PlaneState(plane.table, plane.format)
            self._on_disk[key, saved.masks[key]] = state

    def _refuse_if_open(self, label: str) -> None:
        if self._contents.transaction is not None:
            raise EditError(
                f"{label!r} started while {self._contents.transaction.label!r} is open",
                hint="Finish or cancel the open edit first",
            )

    def _move(self, source: list[_Step], target: list[_Step], phase: Phase) -> Change:
        self._refuse_if_open(phase)
        if not source:
            raise EditError(f"there is nothing to {phase}")
        step = source.pop()
        change = step.swap(self._contents, phase)
        step.revision, self._contents.revision = self._contents.revision, step.revision
        target.append(step)
        return change


def changed_fields(before: Frame, after: Frame) -> frozenset[str]:
    """Name the parts of the frame that differ between two of its states."""
    changed = {
        name
        for name in ("annotations", "sources")
        if getattr(before, name) is not getattr(after, name)
    }
    if before.properties != after.properties:
        changed.add("properties")
    return frozenset(changed)
