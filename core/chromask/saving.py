"""Saving: a snapshot of a document goes to its files, the masks first, the JSON last.

Every write is the one atomic write; nobody else's change is overwritten; what was written
is read back. Nothing changed means nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.document import Saved
from chromask.edits import mask_of, new_mask_name
from chromask.errors import ConflictError, StorageError
from chromask.frames_file import one_line, place_in, read_frames_file
from chromask.media.png import encode_new_png, write_png
from chromask.storage.atomic import atomic_write
from chromask.storage.local import fingerprint, read_bytes
from chromask.storage.look import exists
from chromask.storage.uri import locate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chromask.document import Snapshot
    from chromask.frame_base import Frame
    from chromask.storage.opened import Opened


MAX_FILE_BYTES = 1 << 32
"""No mask of a bounded number of pixels is larger."""


def save_snapshot(
    snapshot: Snapshot, path: Path | None = None, *, replace_changed: bool = False
) -> Saved:
    """Write the edited masks and the frame JSON.

    Parameters
    ----------
    snapshot
        What `Document.snapshot` gave.
    path
        Where the JSON goes, overwriting what is there; None means where it was opened. At
        another place the edited masks go beside the new JSON: the old frame keeps its own.
    replace_changed
        Whether files that somebody else changed since they were loaded are overwritten.

    Raises
    ------
    ConflictError
        A file changed on disk since it was loaded; nothing was written.
    StorageError
        A file cannot be written. The masks come first: the JSON on disk is then the old one.
    """
    chosen = path or snapshot.path or Path(snapshot.frame.uri or "frame.json")
    target = chosen.absolute()
    frame = snapshot.frame.moved_to(target)
    mask_uris: dict[str, str] = {}
    if Path(snapshot.frame.uri or "").absolute() != target:
        mask_uris = _give_own_masks(frame, snapshot, target)
    writes = [_mask_write(frame, key, snapshot, target) for key in snapshot.planes]
    writes.append(_frame_write(frame, snapshot, target, may_replace=path is not None))
    if not replace_changed:
        for write in writes:
            _refuse_changed(write, snapshot.fingerprints)
    opened = snapshot.opened
    if path is not None:
        # The user named the frame's file: what belongs to it goes next to it.
        opened = opened.allowing(target.parent)
    written = tuple(write.path for write in writes if _carry_out(write, opened))
    prints = {write.place: fingerprint(write.new_text) for write in writes}
    masks = {
        key: write.path for key, write in zip(snapshot.planes, writes, strict=False)
    }
    return Saved(target, written, prints, masks, mask_uris)


@dataclass(frozen=True, slots=True)
class _Write:
    """Bytes for a file. Of a file of several frames only `part` is ours: (before, after)."""

    path: Path
    data: bytes
    may_replace: bool = False
    number: int | None = None
    part: tuple[bytes, bytes] | None = None

    @property
    def place(self) -> str:
        """What its fingerprint is known by."""
        if self.number is None:
            return str(self.path)
        return place_in(self.path, self.number)

    @property
    def new_text(self) -> bytes:
        """The text that is ours, as it will be."""
        return self.part[1] if self.part else self.data

    def old_text(self) -> bytes:
        """Read the text that is ours, as it is on disk."""
        return self.part[0] if self.part else _read(self.path)


def _give_own_masks(frame: Frame, snapshot: Snapshot, target: Path) -> dict[str, str]:
    """Let the edited masks of a frame that goes elsewhere go beside it; give their URIs."""
    uris: dict[str, str] = {}
    for ref in frame.masks():
        if ref.key in snapshot.planes:
            uris[ref.key] = new_mask_name(frame, ref.mask.id, target)
            frame.set_mask_uri(ref.key, uris[ref.key], "image/png")
    return uris


def _frame_write(
    frame: Frame, snapshot: Snapshot, target: Path, *, may_replace: bool
) -> _Write:
    """Give the frame's JSON; a frame of several in one file is put into what is there now."""
    text, number = frame.to_bytes(), snapshot.number
    if number is None or snapshot.path is None or target != snapshot.path.absolute():
        return _Write(target, text, may_replace)
    whole = read_frames_file(target)
    before, data = whole.text(number), whole.replaced(number, text)
    part = (before, one_line(text) if whole.is_lines else text)
    return _Write(target, data, number=number, part=part)


def _mask_write(frame: Frame, key: str, snapshot: Snapshot, target: Path) -> _Write:
    """Encode an edited mask; what its file holds beside the pixels stays in it."""
    before = mask_of(snapshot.frame, key)
    place = snapshot.frame.uri
    original = locate(before.mask.uri, Path(place).parent if place else None)
    path = locate(mask_of(frame, key).mask.uri, target.parent)
    plane = snapshot.planes[key]
    if str(original) not in snapshot.fingerprints or not exists(original):
        return _Write(path, encode_new_png(plane))
    data = _read(original)
    return _Write(path, write_png(plane, data, uri=before.mask.uri))


def _read(path: Path) -> bytes:
    return read_bytes(path, uri=str(path), max_bytes=MAX_FILE_BYTES)


def _refuse_changed(write: _Write, known: Mapping[str, str]) -> None:
    if write.may_replace or not exists(write.path):
        return
    expected = known.get(write.place)
    if expected is None:
        raise ConflictError(
            "there is a file of this name already",
            uri=str(write.path),
            hint="Save under another name, or replace it",
        )
    if fingerprint(write.old_text()) != expected:
        raise ConflictError(
            "it was changed by somebody else since it was opened",
            uri=str(write.path),
            hint="Save under another name, or replace it",
        )


def _carry_out(write: _Write, opened: Opened) -> bool:
    """Write and read back; returns whether the file needed to be written."""
    name = str(write.path)
    if exists(write.path) and _read(write.path) == write.data:
        return False
    atomic_write(write.path, write.data, opened)
    if _read(write.path) != write.data:
        raise StorageError(
            "what was written does not read back the same",
            uri=name,
            hint="Save under another name on another disk, and check this one",
        )
    return True
