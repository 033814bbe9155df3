"""The document: an open frame with its planes and its history. The only thing that is edited.

Every edit is a transaction: ``with document.edit("Rename car") as edit: ...``. Commit makes
one undo step, cancel restores exactly. There are no observers here: each call that edits
returns a `Change`, and the window's session passes it on.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from chromask.dataset.frames_file import place_in
from chromask.document.edit_state import Contents
from chromask.document.places import Places, place_of
from chromask.document.transaction import Transaction
from chromask.errors import EditError, Problem, say
from chromask.storage.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chromask.document.change import Change, Phase, PlaneState
    from chromask.document.edit_state import Step
    from chromask.frame.editable import Frame
    from chromask.legends.legend import LabelMapping
    from chromask.media import Image
    from chromask.pixels.plane import Plane


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document at one moment, for a job to save: nothing in it changes any more.

    Attributes
    ----------
    frame
        A copy of the frame.
    path
        The frame's JSON file; None where it was never saved.
    number
        Its place in a file of several frames, from 0; None in a file of its own.
    planes
        The edited planes by mask key; what is painted from now on does not reach them.
    states
        The states that these planes are in, for `Document.mark_saved`.
    revision
        The document's revision, for `Document.mark_saved`.
    fingerprints
        SHA-256 of each file as it was loaded or last saved, by its absolute path: what is
        on disk must still be that.
    opened
        What may be written.
    """

    frame: Frame
    path: Path | None
    number: int | None
    planes: Mapping[str, Plane]
    states: Mapping[str, PlaneState]
    revision: int
    fingerprints: Mapping[str, str]
    opened: Opened


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save of a snapshot wrote, or wrote before it failed.

    Attributes
    ----------
    path
        The frame's JSON file.
    written
        Every file that was written; empty where all was as on disk.
    fingerprints
        SHA-256 of each file as it is now, by its absolute path.
    masks
        The file of each edited mask that was written, by its key.
    mask_uris
        Where the masks are that went elsewhere, with the frame or alone, by their keys.
    is_whole
        Whether all was written; else the frame was not.
    """

    path: Path
    written: tuple[Path, ...]
    fingerprints: Mapping[str, str]
    masks: Mapping[str, Path]
    mask_uris: Mapping[str, str]
    is_whole: bool = True


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
    number
        Its place in a file of several frames, from 0; None in a file of its own.
    mapping
        The data set's labels, where a file with them was found.
    previews
        Previews that were read, by source id: those of sources that cannot be read, and
        those that were asked for; see `chromask.document.preview`.
    problems
        What is odd and stays so, whatever is edited: in the data set's labels.
    problems_by_uri
        What is wrong with the files, by the URI that the frame writes for each.
    fingerprints
        SHA-256 of each file read, by its absolute path.
    opened
        What may be written; None means the folder of the frame's file.
    second_images
        Files that a name made masks of the image, and that are images themselves.

    Attributes
    ----------
    opened
        What may be written; the window sets it when the user allows a folder.
    """

    def __init__(
        self,
        frame: Frame,
        planes: Mapping[str, Plane],
        images: Mapping[str, Image],
        *,
        path: Path | None = None,
        number: int | None = None,
        mapping: LabelMapping | None = None,
        problems: tuple[Problem, ...] = (),
        previews: Mapping[str, Image] | None = None,
        problems_by_uri: Mapping[str, tuple[Problem, ...]] | None = None,
        fingerprints: Mapping[str, str] | None = None,
        opened: Opened | None = None,
        second_images: tuple[Path, ...] = (),
    ) -> None:
        self.path = path
        self.second_images = second_images
        self.number = number
        self.images = images
        self.previews = dict(previews or {})
        self.mapping = mapping
        self._problems = problems
        self._problems_by_uri = problems_by_uri or {}
        self.fingerprints = dict(fingerprints or {})
        self._places = Places(frame)
        self.opened = opened or Opened.of(path or Path(frame.uri or "frame.json"))
        self._contents = Contents(frame.copy().make_read_only(), dict(planes))
        # What each mask's file holds, by the mask's key and the file: after an undo the
        # frame may name another file than the one that was saved last.
        self._on_disk = {
            (key, self.mask_path(key)): self._contents.state(key) for key in planes
        }
        self._saved_revision = 0

    @property
    def frame(self) -> Frame:
        """The frame as it stands, read only; edit it in a transaction."""
        return self._contents.frame

    @property
    def planes(self) -> Mapping[str, Plane]:
        """The readable masks by key; edit them in a transaction only."""
        return MappingProxyType(self._contents.planes)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong now: what an edit mended is gone, and comes back with an undo.

        In the frame; in its files, while it names them; in the sizes of its masks. Files
        outside what was opened get a note.
        """
        frame = self.frame
        uris = [source.uri for source in frame.sources]
        uris += [ref.mask.uri for ref in frame.masks()]
        named = dict.fromkeys(uri or "" for uri in uris)
        files = (self._problems_by_uri.get(uri, ()) for uri in named)
        sizes = size_problems(frame, self.images, self.planes)
        outside = self.places.outside(self.opened)
        of_files = (*chain.from_iterable(files), *sizes, *outside)
        return (*frame.problems, *self._problems, *of_files)

    @property
    def is_edited(self) -> bool:
        """Whether the document differs from what is on disk."""
        return self._contents.revision != self._saved_revision

    @property
    def revision(self) -> int:
        """A number that every edit changes, and undoing it changes back."""
        return self._contents.revision

    @property
    def undo_label(self) -> str | None:
        """The name of the step that `undo` would take back; None where there is none."""
        return self._contents.undo[-1].label if self._contents.undo else None

    @property
    def undo_labels(self) -> tuple[str, ...]:
        """The names of all steps that can be taken back, the oldest first."""
        return tuple(step.label for step in self._contents.undo)

    @property
    def redo_labels(self) -> tuple[str, ...]:
        """The names of all steps that can be done again, the next one last."""
        return tuple(step.label for step in self._contents.redo)

    @property
    def redo_label(self) -> str | None:
        """The name of the step that `redo` would do again; None where there is none."""
        return self._contents.redo[-1].label if self._contents.redo else None

    @property
    def undo_bytes(self) -> int:
        """How many bytes undo and redo may hold; the oldest steps go first."""
        return self._contents.undo_bytes

    @undo_bytes.setter
    def undo_bytes(self, size: int) -> None:
        self._contents.undo_bytes = size

    def mask_uri(self, key: str) -> str | None:
        """Where the mask of that key lies, as the frame writes it."""
        return self._contents.mask_uri(key)

    def mask_path(self, key: str) -> Path | None:
        """Where the file of the mask of that key lies; None where its URI is refused."""
        return place_of(self.mask_uri(key), self._contents.frame.uri, self.fingerprints)

    @property
    def places(self) -> Places:
        """Where the files are that the frame names now."""
        if not self._places.is_of(self.frame):
            self._places = Places(self.frame)
        return self._places

    @property
    def permit(self) -> Opened:
        """What may be written for this frame: no source image, and no file of another frame."""
        own = (self.path or Path(self.frame.uri or "frame.json")).absolute()
        frame = str(own) if self.number is None else place_in(own, self.number)
        return self.opened.keeping(self.places.images).for_frame(frame)

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

    def make_undo_ready(self) -> None:
        """Make the next undo faster; for a moment in which nobody waits."""
        self._contents.make_ready()

    def snapshot(self) -> Snapshot:
        """Take the document as it stands for a job to save; O(1) in pixels.

        Raises
        ------
        EditError
            An edit is open.
        """
        self._refuse_if_open("Save")
        contents = self._contents
        edited = {
            key: contents.freeze(key)
            for key in contents.planes
            if self.is_mask_edited(key)
        }
        states = {key: contents.state(key) for key in edited}
        return Snapshot(
            self._contents.frame.copy(),
            self.path,
            self.number,
            edited,
            states,
            self._contents.revision,
            dict(self.fingerprints),
            self.permit,
        )

    def is_mask_edited(self, key: str) -> bool:
        """Whether the mask's pixels or values differ from its file."""
        on_disk = self._on_disk.get((key, self.mask_path(key)))
        return on_disk is None or not self._contents.state(key).is_same(on_disk)

    def mark_saved(self, snapshot: Snapshot, saved: Saved) -> None:
        """Note what of a snapshot is on disk now.

        Parameters
        ----------
        snapshot
            What was saved; edits made since stay edits.
        saved
            What was written. The frame keeps the text it was read from, so that undoing
            everything saves the first bytes again. Where not all was written, the masks that
            were are known, and the document stays edited.
        """
        self.fingerprints.update(saved.fingerprints)
        for key, state in snapshot.states.items():
            if key in saved.masks:
                self._on_disk[key, saved.masks[key]] = state
        if not saved.is_whole:
            return
        if self.path != saved.path:
            self.number = None
            self.opened = self.opened.allowing(saved.path.parent)
        self.path = saved.path
        if Path(self._contents.frame.uri or "").absolute() != saved.path:
            # The steps behind keep their own place: each frame knows what it is relative to.
            moved = self._contents.frame.moved_to(str(saved.path))
            self._contents.frame = moved.make_read_only()
        elif saved.mask_uris:
            # Their old files are lost: after an undo they are to be written again.
            for key in saved.mask_uris:
                self._on_disk.pop((key, self.mask_path(key)), None)
        if saved.mask_uris:
            frame = self._contents.frame.copy()
            # An undo since then may have taken a mask away.
            for key in saved.mask_uris.keys() & {ref.key for ref in frame.masks()}:
                frame.set_mask_uri(key, saved.mask_uris[key], "image/png")
            self._contents.frame = frame.make_read_only()
        self._saved_revision = snapshot.revision

    def _refuse_if_open(self, label: str) -> None:
        open_label = self._contents.open_label
        if open_label is not None:
            raise EditError(
                say("{!r} started while {!r} is open", label, open_label),
                hint="Finish or cancel the open edit first",
            )

    def _move(self, source: list[Step], target: list[Step], phase: Phase) -> Change:
        self._refuse_if_open(phase)
        if not source:
            raise EditError(say("there is nothing to {}", phase))
        step = source.pop()
        change = step.swap(self._contents, phase)
        step.revision, self._contents.revision = self._contents.revision, step.revision
        target.append(step)
        self._contents.forget_far()
        return change


def size_problems(
    frame: Frame, images: Mapping[str, Image], planes: Mapping[str, Plane]
) -> list[Problem]:
    """Name the masks that are not as large as their source."""
    problems: list[Problem] = []
    for ref in frame.masks():
        image, plane = images.get(ref.source.id), planes.get(ref.key)
        if image is None or plane is None:
            continue
        rows, cols = image.pixels.shape[:2]
        if (rows, cols) != plane.indices.shape:
            problems.append(
                Problem(
                    say(
                        "the mask is {} x {} pixels, its source {} x {}",
                        plane.cols,
                        plane.rows,
                        cols,
                        rows,
                    ),
                    uri=ref.mask.uri,
                    place=say("mask {} of source {}", ref.mask.id, ref.source.id),
                    hint="It is shown unscaled from the top left corner",
                    severity="warning",
                )
            )
    return problems
