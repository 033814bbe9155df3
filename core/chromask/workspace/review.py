"""The review mark: ``"reviewed": true`` in a frame's ``meta``, so that it travels with the frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from chromask.dataset.frames_file import FramesFile, read_frames_file
from chromask.errors import ChromaskError, EditError, say
from chromask.jsontext.read import DEFAULT_LIMITS, read_json
from chromask.jsontext.values import as_object, describe
from chromask.media import is_media
from chromask.storage.local import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from chromask.dataset.query import FrameItem
    from chromask.document.transaction import Transaction
    from chromask.frame.readable import FrameView

KEY: Final = "reviewed"


def is_reviewed(frame: FrameView) -> bool:
    """Whether a frame carries the mark; only JSON's ``true`` counts."""
    return _has_mark(frame.properties)


def set_reviewed(edit: Transaction, *, is_reviewed: bool) -> None:
    """Mark the frame as reviewed, or take the mark away; its other metadata stays.

    Raises
    ------
    EditError
        The frame's ``meta`` is no object, so that no mark can stand in it.
    """
    found = edit.frame.properties.get("meta")
    meta = as_object(found)
    if found is not None and meta is None:
        raise EditError(
            say("the frame's meta is {}, not an object", describe(found)),
            uri=edit.frame.uri,
            place="meta",
            hint="The mark stands in it: make it an object in the frame's JSON first",
        )
    own = meta or {}
    if is_reviewed and own.get(KEY) is not True:
        edit.frame.set_property("meta", {**own, KEY: True})
    elif not is_reviewed and KEY in own:
        rest = {key: value for key, value in own.items() if key != KEY}
        edit.frame.set_property("meta", rest)


def read_reviewed(
    items: Iterable[FrameItem], cancelled: Callable[[], bool] = lambda: False
) -> Iterator[tuple[FrameItem, bool]]:
    """Tell of frames of a list, as they are stored, whether they are reviewed.

    Nothing is decoded. An image without a frame's JSON is not reviewed, nor is what cannot
    be read: opening it says why. Frames of one file are best given one after the other, it
    is then read once.

    Parameters
    ----------
    cancelled
        Asked before each frame; when it says True, the rest is left out.
    """
    file: FramesFile | None = None
    for item in items:
        if cancelled():
            return
        path = Path(item.path)
        try:
            if item.number is None:
                yield item, not is_media(path) and _says_reviewed(_read(path), path)
                continue
            if file is None or file.uri != item.path:
                file = read_frames_file(path)
            yield item, _says_reviewed(file.text(item.number), path)
        except ChromaskError:
            yield item, False


def _read(path: Path) -> bytes:
    return read_bytes(path, uri=str(path), max_bytes=DEFAULT_LIMITS.max_bytes)


def _says_reviewed(data: bytes, path: Path) -> bool:
    # Most frames say nothing of it: their text is not read as JSON at all.
    if KEY.encode() not in data and b"\\u" not in data:
        return False
    top = as_object(read_json(data, uri=str(path)).value)
    return top is not None and _has_mark(top)


def _has_mark(top: Mapping[str, Any]) -> bool:
    meta = as_object(top.get("meta"))
    return meta is not None and meta.get(KEY) is True
