"""Saving: a snapshot of a document goes to its files, the masks first, the JSON last.

Every write is the one atomic write; what another program changed is not overwritten without
a question; what was written is read back. Nothing changed means nothing is written.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.dataset.frames_file import one_line, place_in, read_frames_file
from chromask.document.document import Saved
from chromask.document.edits import mask_of, new_mask_name
from chromask.errors import (
    ChromaskError,
    ConflictError,
    MediaError,
    Problem,
    StorageError,
    say,
)
from chromask.media.png import encode_new_png, write_png
from chromask.storage.atomic import Stamp, atomic_write
from chromask.storage.local import Found, find, fingerprint
from chromask.storage.look import real_path
from chromask.storage.removal import remove_file
from chromask.storage.uri import locate
from chromask.workspace.conflicts import conflict_of, lost_frame, refuse, refused
from chromask.workspace.save_targets import check_target

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from chromask.dataset.frames_file import FramesFile
    from chromask.document.document import Snapshot
    from chromask.frame.editable import Frame
    from chromask.pixels.plane import Plane
    from chromask.storage.opened import Opened
    from chromask.workspace.conflicts import Conflict

_log = logging.getLogger(__name__)

MAX_FILE_BYTES = 1 << 32
"""No mask of a bounded number of pixels is larger."""


class UnfinishedSaveError(StorageError):
    """Some files of a save were written, then one was not.

    Attributes
    ----------
    saved
        What was written, for `Document.mark_saved`.
    cause
        Why the rest was not.
    """

    def __init__(self, cause: Exception, saved: Saved) -> None:
        found = (
            cause.problem
            if isinstance(cause, ChromaskError)
            else Problem(say("{}: {}", type(cause).__name__, cause), str(saved.path))
        )
        super().__init__(found.seen, uri=found.uri, place=found.place, hint=found.hint)
        self.cause = cause
        self.saved = saved


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
        Whether files that another program changed or removed since they were loaded are
        written all the same. A mask in whose place no file of ours can be (there is a
        folder now, or a link to a file outside) then goes into a new file next to the frame.

    Raises
    ------
    ConflictError
        A file is not what was loaded; nothing was written.
    UnfinishedSaveError
        Some of the files were written, then one was not: its ``cause`` says why.
    StorageError
        A file cannot be written, or ``path`` is no frame's own file. The masks come first:
        the JSON on disk is then the old one.
    """
    chosen = path or snapshot.path or Path(snapshot.frame.uri or "frame.json")
    target = chosen.absolute()
    if path is not None and target != (snapshot.path and snapshot.path.absolute()):
        check_target(target)
    frame = snapshot.frame.moved_to(target)
    moved: set[str] = set()
    if Path(snapshot.frame.uri or "").absolute() != target:
        moved.update(snapshot.planes)
    elif replace_changed:
        moved.update(key for key in snapshot.planes if _is_place_lost(snapshot, key))
    mask_uris = _give_own_masks(frame, moved, target)
    writes = [_mask_write(frame, key, snapshot, target) for key in snapshot.planes]
    writes.append(_frame_write(frame, snapshot, target, may_replace=path is not None))
    conflicts = [each.conflict for each in writes if each.conflict is not None]
    if conflicts and not replace_changed:
        refuse(conflicts)
    opened = snapshot.opened
    if path is not None:
        # The user named the frame's file: what belongs to it goes next to it.
        opened = opened.allowing(target.parent)
    return _carry_out_all(writes, opened, target, mask_uris)


@dataclass(frozen=True, slots=True)
class _Write:
    """Bytes for a file.

    Attributes
    ----------
    path, data
        The file, and all that it is to hold.
    found
        What is there.
    place
        What its fingerprint is known by.
    ours
        The part that is ours: in a file of several frames the text of one.
    key
        The mask that it is; None for the frame.
    conflict
        What speaks against it.
    """

    path: Path
    data: bytes
    found: Found
    place: str
    ours: bytes
    key: str | None = None
    conflict: Conflict | None = None


def _is_place_lost(snapshot: Snapshot, key: str) -> bool:
    """Whether no file of ours can be where a mask was."""
    path = _mask_path(snapshot, key)
    found = _found(path, snapshot.opened)
    expected = snapshot.fingerprints.get(str(path))
    conflict = conflict_of(str(path), found, expected, snapshot.planes[key])
    if conflict is None:
        return not snapshot.opened.may_write(path)
    return conflict.remedy == "new_name"


def _found(path: Path, opened: Opened) -> Found:
    """Look at what is at a path; where it leads to a file that is not ours it stays."""
    found = find(path, MAX_FILE_BYTES)
    if found.can_be_written and not opened.may_write(path):
        return replace(found, can_be_written=False)
    return found


def _give_own_masks(
    frame: Frame, keys: Collection[str], target: Path
) -> dict[str, str]:
    """Let edited masks go into new files beside the frame; give their URIs."""
    uris: dict[str, str] = {}
    for ref in frame.masks():
        if ref.key in keys:
            uris[ref.key] = new_mask_name(frame, ref.mask.id, target)
            frame.set_mask_uri(ref.key, uris[ref.key], "image/png")
    return uris


def _frame_write(
    frame: Frame, snapshot: Snapshot, target: Path, *, may_replace: bool
) -> _Write:
    """Give the frame's JSON; a frame of several in one file is put into what is there now."""
    text, number = frame.to_bytes(), snapshot.number
    if number is not None and snapshot.path and target == snapshot.path.absolute():
        return _list_write(text, number, snapshot, target, may_replace=may_replace)
    found = find(target, MAX_FILE_BYTES)
    if not may_replace:
        found = _found(target, snapshot.opened)
    expected = snapshot.fingerprints.get(str(target))
    conflict = None if may_replace else conflict_of(str(target), found, expected)
    return _Write(target, text, found, str(target), text, conflict=conflict)


def _list_write(
    text: bytes, number: int, snapshot: Snapshot, target: Path, *, may_replace: bool
) -> _Write:
    place = place_in(target, number)
    expected = snapshot.fingerprints.get(place)
    try:
        whole = read_frames_file(target)
        at = _place_now(whole, number, expected)
        before, data = whole.text(at), whole.replaced(at, text)
    except ChromaskError as error:
        raise lost_frame(error) from error
    found = Found(whole.data, None, is_missing=False, can_be_written=True)
    conflict = None
    if not may_replace:
        conflict = conflict_of(str(target), found, expected, ours=before)
    ours = one_line(text) if whole.is_lines else text
    return _Write(target, data, found, place, ours, conflict=conflict)


def _place_now(whole: FramesFile, number: int, expected: str | None) -> int:
    """Find where a frame is, which others that came or went before it have moved."""
    count = len(whole.frames)
    if number < count and fingerprint(whole.text(number)) == expected:
        return number
    found = [n for n in range(count) if fingerprint(whole.text(n)) == expected]
    return found[0] if len(found) == 1 else number


def _mask_write(frame: Frame, key: str, snapshot: Snapshot, target: Path) -> _Write:
    """Encode an edited mask; what its file holds beside the pixels stays in it.

    Whatever became of that file, it is encoded: into a new PNG where it is another now.
    """
    known, plane = snapshot.fingerprints, snapshot.planes[key]
    original = _mask_path(snapshot, key)
    path = locate(mask_of(frame, key).mask.uri, target.parent, known)
    loaded = _found(original, snapshot.opened)
    found = loaded if path == original else find(path, MAX_FILE_BYTES)
    data = _encoded(plane, loaded.data, known.get(str(original)))
    conflict = conflict_of(str(path), found, known.get(str(path)), plane)
    if conflict is None and path == original and found.data != data:
        conflict = refused(str(path), path, snapshot.opened)
    return _Write(path, data, found, str(path), data, key, conflict)


def _encoded(plane: Plane, loaded: bytes | None, expected: str | None) -> bytes:
    if loaded is None or fingerprint(loaded) != expected:
        return encode_new_png(plane)
    try:
        return write_png(plane, loaded)
    except MediaError as error:
        _log.debug("a new PNG, since the old one cannot be kept: %s", error)
        return encode_new_png(plane)


def _mask_path(snapshot: Snapshot, key: str) -> Path:
    uri, place = mask_of(snapshot.frame, key).mask.uri, snapshot.frame.uri
    return locate(uri, Path(place).parent if place else None, snapshot.fingerprints)


def _carry_out_all(
    writes: Sequence[_Write], opened: Opened, target: Path, mask_uris: dict[str, str]
) -> Saved:
    for write in writes:
        # All are asked before the first is written: a refusal leaves nothing half-done.
        if write.found.data != write.data:
            opened.check(real_path(write.path), uri=str(write.path))
    done: list[_Write] = []
    written: list[Path] = []
    for write in writes:
        try:
            if _carry_out(write, opened):
                written.append(write.path)
        except Exception as error:
            # What nothing names yet is taken away again; else each try would leave one.
            kept = [each for each in done if not _is_taken_away(each, mask_uris)]
            saved = _saved(target, kept, written, {})
            prints = dict(saved.fingerprints)
            if find(write.path, MAX_FILE_BYTES).data == write.data:
                prints[write.place] = fingerprint(write.ours)
            if not prints:
                raise
            partly = replace(saved, fingerprints=prints, is_whole=False)
            raise UnfinishedSaveError(error, partly) from error
        done.append(write)
    return _saved(target, done, written, mask_uris)


def _saved(
    target: Path,
    done: Sequence[_Write],
    written: Sequence[Path],
    mask_uris: dict[str, str],
) -> Saved:
    return Saved(
        target,
        tuple(each.path for each in done if each.path in written),
        {each.place: fingerprint(each.ours) for each in done},
        {each.key: each.path for each in done if each.key is not None},
        mask_uris,
    )


def _is_taken_away(write: _Write, mask_uris: dict[str, str]) -> bool:
    if write.key not in mask_uris or not write.found.is_missing:
        return False
    try:
        remove_file(write.path)
    except StorageError as error:
        _log.warning("a mask that no frame names stays: %s", error)
        return False
    return True


def _carry_out(write: _Write, opened: Opened) -> bool:
    """Write and read back; returns whether the file needed to be written."""
    if write.found.data == write.data:
        return False
    stamp = atomic_write(write.path, write.data, opened)
    _check(write, stamp)
    return True


def _check(write: _Write, stamp: Stamp | None) -> None:
    """Read back what was written, and tell a bad disk from another program."""
    found = find(write.path, MAX_FILE_BYTES)
    if found.data == write.data:
        return
    uri = str(write.path)
    if Stamp.of(write.path) != stamp:
        seen = say("another program wrote it while it was being saved")
        hint = "Save under another name, or replace it"
        raise ConflictError([Problem(seen, uri, hint=hint)])
    if found.error is not None:
        raise found.error
    raise StorageError(
        "what was written does not read back the same",
        uri=uri,
        hint="Save under another name on another disk, and check this one",
    )
