"""The keys of the frame itself as they are edited: metadata, context, timestamp and others.

Imported by `frame_base`, which adds ROIs and masks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chromask.errors import FrameError, say
from chromask.frame.readable import FrameView
from chromask.frame.roi import id_argument, metadata_argument
from chromask.frame.state import LIST_KEYS
from chromask.jsontext.values import as_number, copy_json
from chromask.jsontext.views import LiveObject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chromask.jsontext.views import FrozenObject


class _Metadata:
    """What the live metadata of a frame is read from and written to."""

    place = "meta"

    def __init__(self, frame: FrameKeys) -> None:
        self._frame = frame

    def read(self) -> object:
        return self._frame.properties.get("meta")

    def write(self, value: FrozenObject) -> None:
        self._frame._set_top("meta", value)  # pyright: ignore[reportPrivateUsage]


class FrameKeys(FrameView):
    """A frame whose own keys can be set."""

    @property
    def context_id(self) -> str:
        """What frames are grouped by; the first source's URI when missing."""
        return super().context_id

    @context_id.setter
    def context_id(self, text: str | int | None) -> None:
        value = None if text is None else id_argument("context_id", text)
        self._set_top("context_id", value)

    @property
    def timestamp(self) -> float:
        """Milliseconds; the first source's when missing."""
        return super().timestamp

    @timestamp.setter
    def timestamp(self, milliseconds: float | None) -> None:
        self._set_top("timestamp", timestamp_argument(milliseconds))

    @property
    def metadata(self) -> LiveObject:
        """The user's own keys of the frame, live: writing into it edits the frame.

        Assigning a dictionary replaces all of them, None removes them.
        """
        return LiveObject(_Metadata(self), (), None)

    @metadata.setter
    def metadata(self, value: Mapping[str, Any] | None) -> None:
        self._set_top("meta", None if value is None else metadata_argument(value))

    meta = metadata

    def set_property(self, key: str, value: object) -> None:
        """Set a key of the frame itself, such as ``context_id`` or ``meta``.

        Raises
        ------
        FrameError
            When the key is ``sources`` or ``rois``, or JSON cannot hold the value.
        """
        if not isinstance(key, str) or key in LIST_KEYS:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise FrameError(
                say("key is {!r}", key),
                hint="Sources and ROIs have methods of their own",
            )
        top = {**self._state.top, key: copy_json(value, key)}
        self._commit(self._state.with_top(top))

    def set_properties(self, **values: object) -> None:
        """Set several keys of the frame itself, all or none; see `set_property`."""
        twin = self.copy()
        for key, value in values.items():
            FrameKeys.set_property(twin, key, value)
        self._commit(self._state.with_top(twin._state.top))

    def _set_top(self, key: str, value: object) -> None:
        """Set a key of the frame itself to a value that is its own; None removes it."""
        top = {**self._state.top, key: value}
        if value is None:
            top.pop(key)
        self._commit(self._state.with_top(top))


def timestamp_argument(value: object) -> float | None:
    """Give a number of milliseconds, or None.

    Raises
    ------
    FrameError
        When it is no finite number.
    """
    if value is None:
        return None
    number = as_number(copy_json(value, "timestamp"))
    if number is None:
        raise FrameError(
            say("timestamp is {!r}", value), hint="Give a number of milliseconds"
        )
    return number
