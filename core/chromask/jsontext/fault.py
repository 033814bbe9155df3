"""Where and why a text is no strict JSON, in words for the person who has to mend it.

Runs only once the fast reader of `chromask.jsontext.read` has refused a text: the
standard library's scanner knows neither the path of a fault nor both places of a
duplicate key. It does not recurse, and it stops at the first fault.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from chromask.errors import FrameError, say
from chromask.jsontext.text import STRING, place_of, shorten

if TYPE_CHECKING:
    from chromask.jsontext.text import Limits

_TOKEN = re.compile(
    rf"(?P<blank>[ \t\r\n]++)|(?P<string>{STRING})|(?P<mark>[\[\]{{}},:])"
    r'|(?P<word>[^\s"\[\]{},:]++)|(?P<other>.)',
    re.DOTALL,
)
_NUMBER = re.compile(
    r"-?(?:0|[1-9][0-9]*+)(?P<real>(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)"
)
_SANE_STRING = re.compile(
    r'"(?>(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*)'
)
_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\[^u]|\\u"
)
_MOST_SKIPS = 3
_CLOSING = {"[": "]", "{": "}"}
_VALUE = say("a value")
_FIRST_VALUE = say("a value or ]")
_FIRST_KEY = say("a key in double quotes or }}")
_KEY = say("a key in double quotes")
_COLON = say("a colon")
_NEXT = say("a comma or the closing bracket")
_END = say("the end of the file")


@dataclass(slots=True)
class _Open:
    """A list or an object that is not closed yet."""

    bracket: str
    offset: int
    step: str | int | None = None
    keys: dict[str, int] = field(default_factory=dict[str, int])


def raise_fault(text: str, uri: str, limits: Limits, *, is_deep: bool = False) -> None:
    """Raise a `FrameError` for the first fault of `text`; return when there is none.

    `text` has no byte order mark, and comments and trailing commas are blanked out;
    `is_deep` tells that its brackets seem to go deeper than the limit.
    """
    # The C scanner objects neither to depth nor to half a character.
    may_skip = not (is_deep or "\\ud" in text or "\\uD" in text)
    _Finder(text, uri, limits, strict_decoder(limits) if may_skip else None).run()


def number_fault(token: str, limits: Limits) -> str | None:
    """Tell what is wrong with the size of a JSON number; None when nothing is."""
    length = len(token.removeprefix("-"))
    if length > limits.max_number_chars:
        return say(
            "a number of {:,} characters, at most {:,}", length, limits.max_number_chars
        )
    if not token.lstrip("-").isdigit() and math.isinf(float(token)):
        return say("the number {} is too large for a 64-bit float", shorten(token))
    return None


def strict_decoder(limits: Limits, *, has_odd_numbers: bool = True) -> json.JSONDecoder:
    """Return a decoder that raises ValueError for what plain `json` lets pass.

    That is a key twice in one object, NaN and Infinity, and numbers that are too long
    or too large, where `has_odd_numbers`. Its depth is the caller's concern, and so are
    surrogates.
    """
    if not has_odd_numbers:
        return json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)
    longest = limits.max_number_chars

    def integer(token: str) -> int:
        if len(token) > longest and number_fault(token, limits):
            raise _RefusedError(token)
        return int(token)

    def real(token: str) -> float:
        number = float(token)
        if len(token) > longest and number_fault(token, limits):
            raise _RefusedError(token)
        if number - number != 0:
            raise _RefusedError(token)
        return number

    return json.JSONDecoder(
        object_pairs_hook=_unique,
        parse_int=integer,
        parse_float=real,
        parse_constant=_no_constant,
    )


class _RefusedError(ValueError):
    """The fast reader met what strict JSON refuses; the finder says where."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        message = "a key stands twice"
        raise _RefusedError(message)
    return members


def _no_constant(token: str) -> NoReturn:
    raise _RefusedError(token)


class _Finder:
    """Walks over the tokens with the stack of what is open and what may come next."""

    def __init__(
        self, text: str, uri: str, limits: Limits, decoder: json.JSONDecoder | None
    ) -> None:
        self._text = text
        self._uri = uri
        self._limits = limits
        self._stack: list[_Open] = []
        self._expected = _VALUE
        self._only_token = ""
        self._decoder = decoder

    def run(self) -> None:
        """Raise for the first fault."""
        at = 0
        while match := _TOKEN.match(self._text, at):
            kind = match.lastgroup or "other"
            at = self._skip_sane(match) or match.end()
            if at == match.end() and kind != "blank":
                self._take(kind, match[0], match.start())
        if self._expected != _END:
            self._refuse_end()

    def _skip_sane(self, match: re.Match[str]) -> int | None:
        """Return the end of a container without a fault; None to look into it.

        Token by token a text of 5 MB takes seconds. The C scanner is tried at the
        outer levels alone, so that no part is scanned more than a few times.
        """
        is_value = self._expected in (_VALUE, _FIRST_VALUE) and match[0] in _CLOSING
        if self._decoder is None or not is_value or len(self._stack) > _MOST_SKIPS:
            return None
        try:
            _, end = self._decoder.raw_decode(self._text, match.start())
        except (ValueError, RecursionError):
            return None
        self._expected = _NEXT if self._stack else _END
        return end

    def _take(self, kind: str, token: str, offset: int) -> None:
        if kind == "string":
            self._check_string(token, offset)
        if self._expected in (_FIRST_KEY, _KEY) and kind == "string":
            self._add_key(token, offset)
        elif self._expected == _COLON and token == ":":
            self._expected = _VALUE
        elif self._expected in (_VALUE, _FIRST_VALUE) and self._is_value(kind, token):
            self._add_value(kind, token, offset)
        elif self._expected == _NEXT and token == ",":
            self._expected = _VALUE if self._stack[-1].bracket == "[" else _KEY
            self._step_on()
        elif self._closes(token):
            self._stack.pop()
            self._expected = _NEXT if self._stack else _END
        else:
            self._refuse_token(kind, token, offset)

    @staticmethod
    def _is_value(kind: str, token: str) -> bool:
        return kind in ("string", "word") or token in _CLOSING

    def _closes(self, token: str) -> bool:
        if self._expected not in (_FIRST_VALUE, _FIRST_KEY, _NEXT):
            return False
        return token == _CLOSING[self._stack[-1].bracket]

    def _step_on(self) -> None:
        top = self._stack[-1]
        top.step = top.step + 1 if isinstance(top.step, int) else None

    def _add_key(self, token: str, offset: int) -> None:
        top = self._stack[-1]
        key: str = json.loads(token)
        top.step = key
        if key in top.keys:
            first = place_of(self._text, top.keys[key])
            seen = say(
                "the key {} stands here again, first in {}", shorten(token), first
            )
            raise self._error(
                seen, offset, "Keep one of the two; readers differ in which"
            )
        top.keys[key] = offset
        self._expected = _COLON

    def _add_value(self, kind: str, token: str, offset: int) -> None:
        if kind == "word":
            self._check_word(token, offset)
        if token in _CLOSING:
            if len(self._stack) >= self._limits.max_depth:
                seen = say(
                    "it is nested more than {} levels deep", self._limits.max_depth
                )
                raise self._error(seen, offset, "A frame needs fewer than ten")
            self._stack.append(_Open(token, offset, 0 if token == "[" else None))
            self._expected = _FIRST_VALUE if token == "[" else _FIRST_KEY
            return
        if not self._stack:
            self._only_token = token
        self._expected = _NEXT if self._stack else _END

    def _check_string(self, token: str, offset: int) -> None:
        match = _SANE_STRING.match(token)
        sane = match.end() if match else 1
        if sane == len(token) - 1 and len(token) > 1 and token[sane] == '"':
            if "\\u" in token:
                self._check_surrogates(token, offset)
            return
        if sane >= len(token):
            seen = "a text begins here and is not closed"
            raise self._error(seen, offset, self._truncated_hint())
        if token[sane] == "\\":
            length = 6 if token.startswith("\\u", sane) else 2
            seen = say("{} is no escape of JSON", token[sane : sane + length])
            hint = "A backslash is written \\\\ in JSON"
            raise self._error(seen, offset + sane, hint)
        if token[sane] in "\r\n":
            seen = "a text begins here and is not closed on its line"
            raise self._error(seen, offset, 'Close it with "')
        seen = say(
            "a control character (U+{:04X}) stands inside a text", ord(token[sane])
        )
        raise self._error(seen, offset + sane, "Write it as an escape or remove it")

    def _check_surrogates(self, token: str, offset: int) -> None:
        for match in _SURROGATE.finditer(token):
            if match["lone"]:
                seen = say("{} is one half of a character", match[0])
                hint = "Both halves stand side by side in JSON; correct or remove it"
                raise self._error(seen, offset + match.start(), hint)

    def _check_word(self, token: str, offset: int) -> None:
        if token in ("true", "false", "null"):
            return
        if _NUMBER.fullmatch(token):
            seen = number_fault(token, self._limits)
            if seen is None:
                return
            raise self._error(seen, offset, "Correct the number")
        shown = shorten(token)
        hint = "Texts stand in double quotes; other words are true, false and null"
        if token.lstrip("+-").lower() in ("nan", "inf", "infinity"):
            hint = "JSON has finite numbers alone; use null or leave the key out"
        elif token in ("True", "False", "None"):
            hint = "This is Python's spelling; JSON has true, false and null"
        elif token.startswith("'"):
            hint = "Texts stand in double quotes"
        elif token[0] in "+-.0123456789":
            hint = "Numbers look like 0, -12, 3.5 or 1e-3"
        raise self._error(say("{} is no JSON value", shown), offset, hint)

    def _refuse_token(self, kind: str, token: str, offset: int) -> None:
        shown = shorten(token)
        if kind == "other":
            shown = say("the character U+{:04X}", ord(token))
        if self._expected != _END:
            seen = say("{} stands where {} should be", shown, self._expected)
            raise self._error(seen, offset, self._opened_hint())
        if token == ":" and self._only_token.startswith('"'):
            seen = say(
                "the text begins with the key {} instead of {{",
                shorten(self._only_token),
            )
            hint = "It looks like a fragment of a frame without its outer braces"
            raise self._error(
                seen, offset, say("{}: put {{ before it and }} after it", hint)
            )
        hint = "Remove what follows"
        if token in _CLOSING:
            hint = (
                "A file holds one value; one frame a line is JSON Lines, named .jsonl"
            )
        raise self._error(
            say("{} stands after the end of the value", shown), offset, hint
        )

    def _refuse_end(self) -> None:
        seen = say("the text ends where {} should be", self._expected)
        raise self._error(
            seen, len(self._text.rstrip(" \t\r\n")), self._truncated_hint()
        )

    def _opened_hint(self) -> str:
        if not self._stack:
            return "A frame is a JSON object: { ... }"
        top = self._stack[-1]
        return say("{} was opened in {}", top.bracket, place_of(self._text, top.offset))

    def _truncated_hint(self) -> str:
        if not self._stack:
            return "The file may be cut off; copy it again"
        return say("The file may be cut off: {} and is not closed", self._opened_hint())

    def _error(self, seen: str, offset: int, hint: str) -> FrameError:
        path = [open_.step for open_ in self._stack if open_.step is not None]
        place = place_of(self._text, offset, path)
        return FrameError(seen, uri=self._uri, place=place, hint=hint)
