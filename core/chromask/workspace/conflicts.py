"""What another program did to a file since it was loaded, in words, and what can be done.

Nothing is read or written here: it compares what was found with what was loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Never

from chromask.errors import ChromaskError, ConflictError, Problem, StorageError, say
from chromask.media.png import parse_png
from chromask.storage.local import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chromask.errors import Remedy
    from chromask.pixels.plane import Plane
    from chromask.storage.local import Found
    from chromask.storage.opened import Opened

_CHANGED = "it was changed by another program since it was opened"
_OTHER_PLACE = "Save under another name"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that is not what was loaded, and what saving all the same would do."""

    problem: Problem
    remedy: Remedy


def conflict_of(
    uri: str,
    found: Found,
    expected: str | None,
    plane: Plane | None = None,
    ours: bytes | None = None,
) -> Conflict | None:
    """Compare what is at a path with what was loaded from there.

    Parameters
    ----------
    uri
        The file's name in messages.
    found
        What is there.
    expected
        The fingerprint of what was loaded; None where nothing was.
    plane
        The mask that is to be written; None for a frame.
    ours
        Of a file of several frames, the text that is this frame's; None: all of it is.

    Returns
    -------
    Conflict | None
        None where the file can be written without a question.
    """
    remedy: Remedy = "replace"
    if found.is_missing:
        if expected is None:
            return None
        seen, remedy = say("it was deleted since it was opened"), "write_again"
    elif expected is None and found.error is not None:
        seen = found.error.problem.seen
    elif expected is None:
        seen = say("there is a file of this name already")
    else:
        data = found.data if ours is None else ours
        if data is not None and fingerprint(data) == expected:
            return None
        seen = _what_became_of(found, plane)
    if not found.can_be_written:
        remedy = "elsewhere" if plane is None else "new_name"
    return Conflict(Problem(seen, uri, hint=_HINTS[remedy]), remedy)


_HINTS: dict[Remedy, str] = {
    "replace": "Save under another name, or replace it",
    "write_again": "Write it again, or save under another name",
    "new_name": "Write the mask under a new name, or save all under another name",
    "elsewhere": _OTHER_PLACE,
}


def refused(uri: str, path: Path, opened: Opened) -> Conflict | None:
    """Say why a mask that holds what was loaded may not be written; None where it may."""
    try:
        opened.check(path, uri=uri)
    except StorageError as error:
        remedy: Remedy = "new_name"
        return Conflict(replace(error.problem, hint=_HINTS[remedy]), remedy)
    return None


def lost_frame(error: ChromaskError) -> ConflictError:
    """Say that a file of several frames no longer holds the frame: its place is unknown."""
    found = error.problem
    problem = Problem(found.seen, found.uri, found.place, _OTHER_PLACE)
    return ConflictError([problem], "elsewhere")


def refuse(conflicts: Sequence[Conflict]) -> Never:
    """Name all conflicts at once; what is done about them is done about all.

    Raises
    ------
    ConflictError
        Always.
    """
    remedies = {each.remedy for each in conflicts}
    remedy: Remedy = conflicts[0].remedy if len(remedies) == 1 else "replace"
    if "elsewhere" in remedies:
        remedy = "elsewhere"
    raise ConflictError([each.problem for each in conflicts], remedy)


def _what_became_of(found: Found, plane: Plane | None) -> str:
    if found.error is not None:
        return found.error.problem.seen
    if not found.data:
        return say("it was emptied by another program since it was opened")
    if plane is None:
        return say(_CHANGED)
    try:
        png = parse_png(found.data, uri="")
    except ChromaskError:
        return say("it was changed by another program, and is no readable PNG any more")
    if (png.rows, png.cols) != plane.indices.shape:
        return say(
            "it was replaced by another program: it has {} x {} pixels now, and had {} x {}",
            png.cols,
            png.rows,
            plane.cols,
            plane.rows,
        )
    return say(_CHANGED)
