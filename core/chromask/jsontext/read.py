"""Strict, bounded reading of a frame's JSON, and writing that changes edits alone.

The promise of this module: a value that was not edited is written as the same bytes,
and an edited one differs in the edited values alone. It knows nothing of frames: any
JSON value will do. It imports `chromask.errors` and its own parts, `json_text` (bounds,
comments), `json_fault` (the place of a fault) and `json_edit` (rewriting).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from chromask.errors import FrameError, Problem, say
from chromask.jsontext.fault import raise_fault, strict_decoder
from chromask.jsontext.rewrite import fresh_text, rewritten_text, same
from chromask.jsontext.text import (
    DEFAULT_LIMITS,
    JsonValue,
    Limits,
    clean,
    decode_text,
    notes_of,
    path_text,
    shorten,
)

if TYPE_CHECKING:
    from chromask.jsontext.text import Cleaned

__all__ = [
    "DEFAULT_LIMITS",
    "JsonText",
    "JsonValue",
    "Limits",
    "read_json",
    "write_json",
]

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True, eq=False)
class JsonText:
    """A JSON text that was read: its value, and the bytes it came from.

    Attributes
    ----------
    value
        The value as plain Python objects; whole numbers are exact at any size. It is
        the caller's own: changing it in place does not disturb `write_json`.
    data
        The bytes as they were read.
    uri
        Where they came from, as the user knows it.
    notes
        What was tolerated (comments, trailing commas, a byte order mark), each kind
        once with its first place, with the severity ``note``.
    limits
        The bounds it was read with, which hold for writing too.
    """

    value: JsonValue
    data: bytes
    uri: str
    notes: tuple[Problem, ...] = ()
    limits: Limits = DEFAULT_LIMITS


def read_json(data: bytes, *, uri: str, limits: Limits = DEFAULT_LIMITS) -> JsonText:
    r"""Return the value of a UTF-8 JSON text together with the text itself.

    Comments (``//``, ``#``, ``/* */``) and trailing commas, which published frames
    hold, are tolerated and noted. Nothing else that JSON does not allow is.

    Parameters
    ----------
    data
        The whole file.
    uri
        The name of the file for messages.
    limits
        Bounds that are checked before a value is built.

    Raises
    ------
    FrameError
        When the text is not UTF-8, is no JSON or is cut off, exceeds a limit, or holds
        what other readers read differently: a key twice in one object, NaN and
        Infinity, a number beyond 64-bit floats such as ``1e999``, half a character
        (``"\ud800"``). The place is a line and a column, and a path where there is one.
    """
    try:
        cleaned, has_bom = _open(data, uri, limits)
        value = _parse(cleaned, uri, limits)
    except (MemoryError, RecursionError) as error:
        raise _exhausted(uri, error) from error
    notes = notes_of(cleaned, uri, has_bom=has_bom)
    return JsonText(value, data, uri, notes, limits)


def write_json(value: object, original: JsonText | None = None) -> bytes:
    """Return `value` as JSON, in the words of `original` wherever they agree.

    A value equal to the original's gives exactly its bytes; equal means of the same
    types (1 is neither 1.0 nor True) and with the same order of keys. Otherwise every
    value, key and blank that was not edited keeps its text, and new ones take the form
    around them; comments and trailing commas are left out. The items of a list are
    matched, so that one that was removed, added or moved leaves the others alone.

    Parameters
    ----------
    value
        Dicts with text keys, lists (or tuples), texts, numbers, booleans and None.
    original
        What was read; None writes UTF-8 with an indent of 4, lists of plain values on
        one line, and a newline at the end.

    Raises
    ------
    FrameError
        When JSON cannot hold the value (NaN, a key that is no text, half a character,
        another type), or reading it back would exceed a limit. The place is the path.
    """
    uri = original.uri if original else ""
    limits = original.limits if original else DEFAULT_LIMITS
    try:
        if original is None:
            return fresh_text(_plain(value, uri, limits)).encode()
        # Read again instead of trusting `original.value`, which the caller may have
        # edited in place: the edit would look like no edit and be lost.
        cleaned, has_bom = _open(original.data, uri, limits)
        old = _parse(cleaned, uri, limits)
        if _is_untouched(old, value):
            return original.data
        plain = _plain(value, uri, limits)
        if same(old, plain):
            return original.data
        text = rewritten_text(cleaned.stripped(), old, plain)
        return f"{_BOM if has_bom else ''}{text}".encode()
    except (MemoryError, RecursionError) as error:
        raise _exhausted(uri, error) from error


def _open(data: bytes, uri: str, limits: Limits) -> tuple[Cleaned, bool]:
    text = decode_text(data, uri, limits)
    has_bom = text.startswith(_BOM)
    return clean(text.removeprefix(_BOM), uri, limits), has_bom


def _parse(cleaned: Cleaned, uri: str, limits: Limits) -> JsonValue:
    strict = cleaned.strict
    if cleaned.depth > limits.max_depth:
        raise_fault(strict, uri, limits, is_deep=True)
    try:
        decoder = strict_decoder(limits, has_odd_numbers=cleaned.has_odd_numbers)
        value: JsonValue = decoder.decode(strict)
        if "\\ud" in strict or "\\uD" in strict:
            json.dumps(value, ensure_ascii=False).encode()
    except ValueError as error:
        raise_fault(strict, uri, limits)
        # Only an interpreter that is set to fewer digits than ours gets here.
        hint = "Correct the text"
        raise FrameError(str(error), uri=uri, hint=hint) from error
    return value


def _is_untouched(old: JsonValue, value: object) -> bool:
    """Tell the most common case early: False says nothing yet."""
    try:
        return same(old, cast("JsonValue", value))
    except ValueError:  # a type that only looks equal, such as an enumeration's member
        return False


class _Copier:
    """Copies a value into plain types, as far as the limits allow."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._count = 1

    def copy(self, value: object, depth: int = 0) -> JsonValue:
        """Return a copy; raise ValueError where JSON cannot hold the value."""
        if value is None or value is True or value is False:
            return value
        if isinstance(value, dict):
            members = cast("dict[str, object]", value)
            self._enter(len(members), depth)
            return {
                cast("str", self._leaf(key, is_key=True)): self.copy(part, depth + 1)
                for key, part in members.items()
            }
        if isinstance(value, (list, tuple)):
            items = cast("list[object]", value)
            self._enter(len(items), depth)
            if set(map(type, items)) == {float}:  # polygons: no call for each number
                numbers = cast("list[float]", items)
                if all(map(math.isfinite, numbers)):
                    return list(numbers)
            return [self.copy(item, depth + 1) for item in items]
        return self._leaf(value)

    def _enter(self, length: int, depth: int) -> None:
        self._count += length
        if depth >= self._limits.max_depth or self._count > self._limits.max_values:
            message = "deeper or longer than can be read again"
            raise ValueError(message)

    def _leaf(self, value: object, *, is_key: bool = False) -> JsonValue:
        if type(value) is str and value.isascii():
            return value
        if value is None or isinstance(value, (str, bool, int, float)):
            if _value_fault(value, self._limits) or (
                is_key and not isinstance(value, str)
            ):
                raise ValueError(repr(type(value)))
            return _plain_leaf(value)
        raise ValueError(repr(type(value)))


def _plain_leaf(value: str | float | None) -> JsonValue:
    """Return the bare value of a member of an enumeration or another subclass."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    return int.__int__(value) if isinstance(value, int) else float.__float__(value)


def _plain(value: object, uri: str, limits: Limits) -> JsonValue:
    """Return a copy of `value` in plain types, checked to be readable again."""
    try:
        return _Copier(limits).copy(value)
    except ValueError as error:
        _refuse_value(value, uri, limits)
        seen = say("it holds more than {:,} values", limits.max_values)
        hint = "Split it into several frames"
        raise FrameError(seen, uri=uri or None, hint=hint) from error


def _refuse_value(value: object, uri: str, limits: Limits) -> None:
    """Raise for the first part of `value` that JSON cannot hold, naming its path."""
    waiting: list[tuple[object, tuple[str | int, ...]]] = [(value, ())]
    while waiting:
        part, path = waiting.pop()
        seen = _value_fault(part, limits)
        if len(path) > limits.max_depth:
            seen = say("it is nested more than {} levels deep", limits.max_depth)
        if seen:
            place = path_text(path) or None
            hint = (
                "JSON holds texts, finite numbers, true, false, null, lists and objects"
            )
            raise FrameError(seen, uri=uri or None, place=place, hint=hint)
        if isinstance(part, dict):
            members = cast("dict[str, object]", part)
            waiting.extend((part, (*path, key)) for key, part in members.items())
        elif isinstance(part, (list, tuple)):
            items = cast("list[object]", part)
            waiting.extend((item, (*path, at)) for at, item in enumerate(items))


def _value_fault(part: object, limits: Limits) -> str | None:
    """Tell why JSON cannot hold `part` itself; None when it can."""
    if isinstance(part, dict):
        keys = cast("dict[object, object]", part)
        odd = next((key for key in keys if not isinstance(key, str)), None)
        if odd is not None or None in keys:
            return say("the key {} is no text", shorten(repr(odd)))
        return next(filter(None, (_text_fault(cast("str", key)) for key in keys)), None)
    if isinstance(part, str):
        return _text_fault(part)
    if isinstance(part, float):
        return None if part - part == 0 else say("{} is no number of JSON", part)
    if isinstance(part, int):
        # A digit is more than three bits: the costly power is for long numbers alone.
        most = limits.max_number_chars
        is_long = part.bit_length() > 3 * most and abs(part) >= 10**most
        return "a whole number has too many digits" if is_long else None
    if part is None or isinstance(part, (list, tuple)):
        return None
    return say("a value is of the type {}", type(part).__name__)


def _text_fault(text: str) -> str | None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(text[error.start]):04X}"
        return say("a text holds one half of a character ({})", half)
    return None


def _exhausted(uri: str, error: BaseException) -> FrameError:
    what = "memory" if isinstance(error, MemoryError) else "stack"
    hint = "Check whether the file is a frame"
    seen = say("it takes more {} than there is", what)
    return FrameError(seen, uri=uri or None, hint=hint)
