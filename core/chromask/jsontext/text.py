"""The text of a frame's JSON: its bounds, its encoding and its comments.

`chromask.jsontext.read` is the door to this module; only its siblings import it. Values
are decoded by the standard library's C scanner there. What lives here is what that
scanner does not do: bounds that are checked before it runs, comments and trailing
commas, and places as a line, a column and a path.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import TYPE_CHECKING, TypeAlias

from chromask.errors import FrameError, Problem, say

if TYPE_CHECKING:
    from collections.abc import Sequence

JsonValue: TypeAlias = (
    "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
)

# Reading, comparing and rewriting recurse once to three times a level (partly in C).
_DEEPEST_SAFE = 200

# Possessive quantifiers: without them a hostile string of a hundred million escapes
# makes the regex engine keep a hundred million places to backtrack to.
STRING = r'"(?>(?:[^"\\]++|\\.)*)"?+'
_STRING = re.compile(STRING, re.DOTALL)
_NOT_BRACKET = re.compile(r"[^\[\]{}]++")
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}
# Each takes everything up to the next oddity in one match: a call for every string
# would cost as much as all the rest of reading.
_COMMENT = re.compile(
    rf'(?>(?:[^"/\#]++|{STRING}|/(?![/*]))+)'
    + r"|(?P<line>//[^\r\n]*+)|(?P<hash>\#[^\r\n]*+)"
    + r"|(?P<block>/\*(?>(?:[^*]++|\*(?!/))*)(?>(?:\*/)?))",
    re.DOTALL,
)
_TRAILING_COMMA = re.compile(
    rf'(?>(?:[^",]++|{STRING}|,(?!\s*+[\]}}]))+)|(?P<comma>,)', re.DOTALL
)
_MOST_COMMENTS = 1_000_000
_COMMENT_NAMES = {
    "line": "comments after //",
    "hash": "comments after #",
    "block": "comments between /* and */",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a JSON text may ask for; more is refused before it costs memory.

    Attributes
    ----------
    max_bytes
        Length of the whole file in bytes.
    max_depth
        Lists and objects inside each other; at most 200.
    max_values
        Values in the whole text: numbers, texts, lists, objects and so on. Ten million
        are five million polygon vertices and stay below about 1 GB of memory.
    max_number_chars
        Digits of a whole number, characters of any other number.

    Raises
    ------
    ValueError
        When `max_depth` is more than the interpreter's stack is sure to hold.
    """

    max_bytes: int = 256 << 20
    max_depth: int = 100
    max_values: int = 10_000_000
    max_number_chars: int = 4300

    def __post_init__(self) -> None:
        if self.max_depth > _DEEPEST_SAFE:
            message = say(
                "max_depth is {}, at most {} is safe", self.max_depth, _DEEPEST_SAFE
            )
            raise ValueError(message)


DEFAULT_LIMITS = Limits()


@dataclass(slots=True)
class Cleaned:
    """A text and the same text as strict JSON.

    Attributes
    ----------
    text
        As it was read, without the byte order mark.
    strict
        Comments and trailing commas replaced by blanks: every offset stays what it was.
    removals
        Half-open spans of `text` that a strict text leaves out, in order.
    first
        For each kind of tolerated oddity, as a plural noun, the offset of the first.
    depth
        Lists and objects inside each other, where the brackets are balanced.
    has_odd_numbers
        Whether a number may be too long or too large; asking about each costs more
        than reading them.
    """

    text: str
    strict: str
    removals: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    first: dict[str, int] = field(default_factory=dict[str, int])
    depth: int = 0
    has_odd_numbers: bool = False

    def stripped(self) -> str:
        """Return the text without comments and trailing commas, lines closed up."""
        pieces: list[str] = []
        done = 0
        for start, end in self.removals:
            pieces.append(self.text[done:start])
            done = max(done, end)
        pieces.append(self.text[done:])
        return "".join(pieces)


def place_of(text: str, offset: int, path: Sequence[str | int] = ()) -> str:
    """Return ``line L, column C (path)``, both counted from 1, in characters."""
    before = text[:offset]
    line = 1 + before.count("\n") + before.count("\r") - before.count("\r\n")
    column = offset - max(before.rfind("\n"), before.rfind("\r"))
    where = say("line {}, column {}", line, column)
    return f"{where} ({path_text(path)})" if path else where


def path_text(path: Sequence[str | int]) -> str:
    """Return ``rois[4].mask.value`` for the keys and indices of `path`."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        elif step.isidentifier():
            parts.append(f".{step}" if parts else step)
        else:
            parts.append(f"[{shorten(json.dumps(step, ensure_ascii=False))}]")
    return shorten("".join(parts), 200)


def shorten(text: str, length: int = 60) -> str:
    """Return at most `length` characters: a message must not carry a whole file."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def decode_text(data: bytes, uri: str, limits: Limits) -> str:
    """Return the text of `data`, the byte order mark still in front.

    Raises
    ------
    FrameError
        When `data` is too long, empty, or not UTF-8.
    """
    if len(data) > limits.max_bytes:
        seen = say(
            "it is {:,} bytes long, at most {:,} are read", len(data), limits.max_bytes
        )
        raise FrameError(
            seen, uri=uri, hint="A frame is one JSON object; check the file"
        )
    # A text of JSON starts with two ASCII characters, so that these zeros tell.
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]
    if wide:
        hint = "Save it as UTF-8 in the program that wrote it"
        raise FrameError(
            "it is not UTF-8 but UTF-16, UTF-32 or no text",
            uri=uri,
            place="byte 0",
            hint=hint,
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        sane = data[: error.start].decode("utf-8")
        place = f"byte {error.start} ({place_of(sane, len(sane))})"
        seen = say("byte 0x{:02x} is not UTF-8", data[error.start])
        hint = "Save it as UTF-8 in the program that wrote it"
        raise FrameError(seen, uri=uri, place=place, hint=hint) from error
    if not text.lstrip("\ufeff").strip():
        hint = "A frame is a JSON object with a list of sources"
        raise FrameError(
            "the file is empty", uri=uri, place="line 1, column 1", hint=hint
        )
    return text


def clean(text: str, uri: str, limits: Limits) -> Cleaned:
    """Return `text` with its strict form.

    Raises
    ------
    FrameError
        When the text holds too many values or has a comment that is not closed.
    """
    bare = _without_strings(text, uri, limits)
    cleaned = Cleaned(text, text)
    # The start of the first comment stands before any quote that a comment holds, so
    # that it is seen although strings were taken out as if there were no comments.
    if "/" in bare or "#" in bare:
        _blank_comments(cleaned, uri)
        bare = _without_strings(cleaned.strict, uri, limits)
    depth, values = _measure(bare, limits)
    if values > limits.max_values:
        seen = say("it holds more than {:,} values", limits.max_values)
        raise FrameError(
            seen, uri=uri, hint="A file of one frame is read; check the file"
        )
    if re.search(r",\s*+[\]}]", bare):
        _blank_trailing_commas(cleaned)
    cleaned.depth = depth
    most = min(300, limits.max_number_chars)
    cleaned.has_odd_numbers = bool(re.search(rf"[0-9](?:[eE]|[0-9.]{{{most}}})", bare))
    return cleaned


def notes_of(cleaned: Cleaned, uri: str, *, has_bom: bool) -> tuple[Problem, ...]:
    """Return a note for each kind of oddity, with the place of the first."""
    notes: list[Problem] = []
    if has_bom:
        seen = "a byte order mark stands before the text"
        hint = "It is kept as it is"
        notes.append(Problem(seen, uri, "line 1, column 1", hint, "note"))
    hint = "JSON has none; once the frame is edited it is saved without them"
    for kind, offset in sorted(cleaned.first.items(), key=lambda pair: pair[1]):
        seen = say("the text holds {}", say(kind))
        place = place_of(cleaned.text, offset)
        notes.append(Problem(seen, uri, place, hint, "note"))
    return tuple(notes)


def _without_strings(text: str, uri: str, limits: Limits) -> str:
    """Return what stands between the strings; each value has at most two (its key)."""
    most = 2 * limits.max_values
    if text.count('"') > 2 * most:
        count = sum(1 for _ in islice(_STRING.finditer(text), most + 1))
        if count > most:
            seen = say("it holds more than {:,} values", limits.max_values)
            raise FrameError(seen, uri=uri, hint="Check whether the file is a frame")
    return _STRING.sub("", text)


def _measure(bare: str, limits: Limits) -> tuple[int, int]:
    """Return depth and an upper bound of the values of a text without strings."""
    closed = bare.count("]") + bare.count("}")
    values = 1 + bare.count(",") + max(closed, bare.count("[") + bare.count("{"))
    if values > limits.max_values:
        return 0, values
    brackets = _NOT_BRACKET.sub("", bare)
    return max(accumulate(_STEP[bracket] for bracket in brackets), default=0), values


def _blank_comments(cleaned: Cleaned, uri: str) -> None:
    text = cleaned.text
    pieces: list[str] = []
    for match in _COMMENT.finditer(text):
        kind = match.lastgroup
        if kind is None:
            pieces.append(match[0])
            continue
        start, end = match.span()
        if kind == "block" and (end - start < 4 or not match[0].endswith("*/")):
            hint = "Close it with */"
            place = place_of(text, start)
            raise FrameError("a comment is not closed", uri=uri, place=place, hint=hint)
        if len(cleaned.removals) >= _MOST_COMMENTS:
            seen = say("it holds more than {:,} comments", _MOST_COMMENTS)
            raise FrameError(seen, uri=uri, hint="Check whether the file is a frame")
        cleaned.first.setdefault(_COMMENT_NAMES[kind], start)
        cleaned.removals.append(_with_blanks(text, start, end))
        pieces.append(" " * (end - start))
    cleaned.strict = "".join(pieces)


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span to take out so that no empty line or double blank is left."""
    first, last = start, end
    while first > 0 and text[first - 1] in " \t":
        first -= 1
    while last < len(text) and text[last] in " \t":
        last += 1
    begins_line = first == 0 or text[first - 1] in "\r\n"
    if last == len(text):
        return first, last
    if text[last] not in "\r\n":
        # In a line of its own start the blanks are the indent of what follows.
        return (start, last) if first < start or begins_line else (start, end)
    if not begins_line:
        return first, last
    return first, last + (2 if text.startswith("\r\n", last) else 1)


def _blank_trailing_commas(cleaned: Cleaned) -> None:
    strict = cleaned.strict
    pieces: list[str] = []
    commas: list[int] = []
    for match in _TRAILING_COMMA.finditer(strict):
        follows_value = match.lastgroup and strict[_before(strict, match.start())]
        if not follows_value or follows_value in "[{,:":
            pieces.append(match[0])
            continue
        commas.append(match.start())
        pieces.append(" ")
    if commas:
        cleaned.strict = "".join(pieces)
        cleaned.first["trailing commas"] = commas[0]
        spans = [*cleaned.removals, *((comma, comma + 1) for comma in commas)]
        cleaned.removals = sorted(spans)


def _before(text: str, offset: int) -> int:
    """Return the offset of the last character before `offset` that is no blank."""
    at = offset - 1
    while at > 0 and text[at] in " \t\r\n":
        at -= 1
    return max(at, 0)
