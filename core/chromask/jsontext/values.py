"""Plain JSON values in memory: what they are, safe copies, ids as text.

Every module of the core may import this one; it knows no frame and no file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, MutableSequence
from typing import Any, Final, cast

from chromask.errors import FrameError, say

MAX_DEPTH: Final = 100
"""How deep arrays and objects may lie in each other: that of the reader."""

_NUMBERS: Final = frozenset({int, float})

_LONGEST_PLACE: Final = 200
"""A longer place in a message is not made longer: each of a million values would copy it."""

# Python refuses to print longer integers (int_max_str_digits), so no file could
# hold them: 4300 decimal digits are 14 285 bits.
_MAX_INT_BITS: Final = 14_284


def as_object(value: object) -> dict[str, Any] | None:
    """Give the value itself when it is a JSON object, else None."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def as_array(value: object) -> list[Any] | None:
    """Give the value itself when it is a JSON array, else None."""
    return cast("list[Any]", value) if isinstance(value, list) else None


def as_number(value: object) -> float | None:
    """Give the value itself when it is an int or a float (not a bool), else None."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return None


def id_text(value: object) -> str | None:
    """Give an id as text: ``"00"`` and ``0`` are both met; None when it is no id.

    Ids are compared as text and written back as they were read.
    """
    if isinstance(value, str):
        return value
    number = as_number(value)
    return None if number is None else str(number)


def describe(value: object) -> str:
    """Give the kind and the start of a value for a message, at most 60 characters."""
    match value:
        case None:
            return "null"
        case dict():
            return say("an object")
        case list() if len(cast("list[object]", value)) > 8:
            return say("an array of {}", len(cast("list[object]", value)))
        case int() if not isinstance(value, bool) and value.bit_length() > 200:
            return say("a number of many digits")
        case _:
            text = repr(value)
            return text if len(text) <= 60 else say("{}...", text[:57])


def copy_json(
    value: object, place: str, uri: str | None = None, *, depth: int = 0
) -> Any:  # noqa: ANN401
    """Give a deep copy that shares nothing, of plain JSON types only.

    Tuples become lists, and numbers of numpy those of Python. `depth` says how deep the value
    is to lie in another one.

    Raises
    ------
    FrameError
        For what a JSON file cannot hold (NaN, infinities, keys that are no text, lone
        surrogates, other types) and for values nested deeper than 100; it names the
        place.
    """
    return _copy(value, place, uri, depth)


def _copy(value: object, place: str, uri: str | None, depth: int) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _checked_text(value, place, uri)
    if isinstance(value, int):
        return _checked_int(int(value), place, uri)
    if isinstance(value, float):
        return _checked_float(float(value), place, uri)
    if depth >= MAX_DEPTH:
        raise FrameError(
            say("arrays and objects lie more than {} deep in each other", MAX_DEPTH),
            uri=uri,
            place=place[:_LONGEST_PLACE],
        )
    if isinstance(value, dict):
        return _copy_object(cast("dict[object, object]", value), place, uri, depth)
    # A live array is no list, and bytes are no array.
    if isinstance(value, (list, tuple, MutableSequence)) and not isinstance(
        value, bytearray
    ):
        return _copy_items(cast("Iterable[object]", value), place, uri, depth)
    if isinstance(value, Mapping):
        plain = dict(cast("Mapping[object, object]", value))
        return _copy_object(plain, place, uri, depth)
    scalar = getattr(value, "item", None)
    if callable(scalar) and not getattr(value, "shape", ()):
        return _copy(scalar(), place, uri, depth + 1)
    raise FrameError(
        say("a value of the type {}, which JSON cannot hold", type(value).__name__),
        uri=uri,
        place=place,
        hint="use texts, numbers, true, false, null, lists and dictionaries",
    )


def _copy_items(
    value: Iterable[object], place: str, uri: str | None, depth: int
) -> list[object]:
    if _NUMBERS.issuperset(map(type, value)):
        # A list of millions: without a call and a place for each of them.
        numbers = cast("list[float]", value)
        try:
            if all(map(math.isfinite, numbers)):
                return list(numbers)
        except OverflowError:
            pass  # a whole number that no float can hold: see `_checked_int`
    if len(place) > _LONGEST_PLACE:
        return [_copy(item, place, uri, depth + 1) for item in value]
    return [
        _copy(item, f"{place}[{at}]", uri, depth + 1) for at, item in enumerate(value)
    ]


def _copy_object(
    value: dict[object, object], place: str, uri: str | None, depth: int
) -> dict[str, object]:
    copied: dict[str, object] = {}
    is_named = len(place) <= _LONGEST_PLACE
    for key, item in value.items():
        if not isinstance(key, str):
            raise FrameError(say("the key {!r} is no text", key), uri=uri, place=place)
        name = _checked_text(key, place, uri)
        inner = (f"{place}.{key}" if place else key) if is_named else place
        copied[name] = _copy(item, inner, uri, depth + 1)
    return copied


def _checked_text(value: str, place: str, uri: str | None) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise FrameError(
            say("{} holds half of a character (a lone surrogate)", describe(value)),
            uri=uri,
            place=place,
        ) from None
    return str(value)


def _checked_int(value: int, place: str, uri: str | None) -> int:
    if value.bit_length() > _MAX_INT_BITS:
        raise FrameError("a number of more than 4299 digits", uri=uri, place=place)
    return value


def _checked_float(value: float, place: str, uri: str | None) -> float:
    if not math.isfinite(value):
        raise FrameError(say("{} is no JSON number", value), uri=uri, place=place)
    return value
