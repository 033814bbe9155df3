"""Rewriting a strict JSON text so that only what was edited changes.

The old text is taken apart along the edited paths alone: the standard library's C
scanner skips what lies beside them. Each part that stays is copied as text; new parts
take the form of a neighbour where there is one, else the style of the whole text.

Recursion is bounded by the depth that `chromask.jsontext.text` allows; texts and values
that come here were read or checked before.
"""

from __future__ import annotations

import json
import marshal
import math
import re
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from chromask.jsontext.text import STRING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from chromask.jsontext.text import JsonValue

# Skips text. The values are known already: dropping each object at once keeps a second
# copy of the whole frame, and the garbage collector's walks over it, out of the way.
_SKIPPER = json.JSONDecoder(object_pairs_hook=lambda _: None)
_SPACE = re.compile(r"[ \t\r\n]*+")
_LINE_END = re.compile(r"[\r\n]")
_STYLE = re.compile(
    STRING
    + r"|,(?P<item>[ \t]*+)(?=[^\s])"
    + r"|:(?P<key>[ \t]*+)(?=[^\s])"
    + r"|\[(?P<list>\s*+)(?=[^\s\[{\]])",
    re.DOTALL,
)
_FIRST_INDENT = re.compile(r"[\[{][ \t]*(?:\r\n|\n|\r)([ \t]*)")

# Above this many pairs the best matching of edited items costs more than it gives.
_MOST_PAIRS = 40_000
_LOOK_AHEAD = 8
# How many neighbours are asked for the form of a new item.
_MOST_TEMPLATES = 32


@dataclass(frozen=True, slots=True)
class _Style:
    """How a text is written where no neighbour shows it."""

    newline: str = "\n"  # empty: everything on one line
    unit: str = "    "
    item_gap: str = " "
    key_gap: str = " "
    has_inline_lists: bool = True  # lists of plain values on one line
    is_ascii: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """A member of a list or object: half-open offsets of its parts, and its value.

    ``lead``, the key and colon from ``first`` to ``start``, the value's text from
    ``start`` to ``end``, ``trail``; a list's item has no key.
    """

    key: str
    lead: str
    first: int
    key_end: int
    start: int
    end: int
    trail: str
    value: JsonValue


def same(one: JsonValue, other: JsonValue) -> bool:
    """Tell whether two values are equal in type, order of keys, and sign of zero."""
    if type(one) is not type(other) or one != other:
        return False
    if isinstance(one, float):
        return math.copysign(1.0, one) == math.copysign(1.0, cast("float", other))
    if isinstance(one, (dict, list)):
        return _fingerprint(one) == _fingerprint(other)
    return True


def fresh_text(value: JsonValue) -> str:
    """Return `value` with an indent of 4 and a newline at the end."""
    style = _Style()
    return _Editor("", style).fresh(value, "", is_wide=True) + style.newline


def rewritten_text(text: str, old: JsonValue, value: JsonValue) -> str:
    """Return the strict JSON `text` with `value` in place of its own, which is `old`.

    What stands before and after the value is kept.
    """
    start = _skip(text, 0)
    end = len(text.rstrip(" \t\r\n"))
    style = _read_style(text, start, end)
    root = _Item("", "", start, start, start, end, "", old)
    changed = _Editor(text, style).rewrite(root, value, "", is_wide=bool(style.newline))
    return f"{text[:start]}{changed}{text[end:]}"


class _Editor:
    """Holds the old text; each method returns new text and changes nothing.

    ``indent`` is the blanks before the line on which a value begins, ``is_wide`` tells
    whether what it stands in has a line for each member.
    """

    def __init__(self, text: str, style: _Style) -> None:
        self._text = text
        self._style = style
        self._encoder = json.JSONEncoder(
            ensure_ascii=style.is_ascii, separators=(f",{style.item_gap}", ":")
        )

    def rewrite(
        self, item: _Item, value: JsonValue, indent: str, *, is_wide: bool
    ) -> str:
        """Return `value` in the words of the old value of `item`."""
        old = item.value
        if same(old, value):
            return self._text[item.start : item.end]
        if old and value:
            if isinstance(old, dict) and isinstance(value, dict):
                return self._object(item.start, old, value, indent)
            if isinstance(old, list) and isinstance(value, list):
                return self._list(item.start, old, value, indent)
        return self.fresh(value, indent, is_wide=is_wide)

    def fresh(self, value: JsonValue, indent: str, *, is_wide: bool) -> str:
        """Return `value` in the style of the text."""
        if isinstance(value, dict) and value:
            inner = indent + self._style.unit if is_wide else indent
            parts = [
                self._key(key) + self.fresh(member, inner, is_wide=is_wide)
                for key, member in value.items()
            ]
            return "{" + self._joined(parts, indent, is_wide=is_wide) + "}"
        if isinstance(value, list) and value:
            is_inline = self._style.has_inline_lists or not is_wide
            if is_inline and _is_plain_list(value):
                return self._encoder.encode(value)
            inner = indent + self._style.unit if is_wide else indent
            parts = [self.fresh(item, inner, is_wide=is_wide) for item in value]
            return "[" + self._joined(parts, indent, is_wide=is_wide) + "]"
        return self._encoder.encode(value)

    def _joined(self, parts: list[str], indent: str, *, is_wide: bool) -> str:
        style = self._style
        if not is_wide or not style.newline:
            return f",{style.item_gap}".join(parts)
        line = style.newline + indent
        return f"{line}{style.unit}{f',{line}{style.unit}'.join(parts)}{line}"

    def _key(self, key: str) -> str:
        text = self._encoder.encode(key)
        return f"{text}:{self._style.key_gap}"

    def _object(
        self,
        start: int,
        old: dict[str, JsonValue],
        value: dict[str, JsonValue],
        indent: str,
    ) -> str:
        items = _items(self._text, start, old)
        by_key = {item.key: item for item in items}
        renamed = _renamed(by_key, value)
        inner, is_wide = self._inner(items, indent)
        parts: list[tuple[_Item | None, str]] = []
        for key, member in value.items():
            item = by_key.get(key)
            if item is not None:
                head = self._text[item.first : item.start]
                parts.append(
                    (item, head + self.rewrite(item, member, inner, is_wide=is_wide))
                )
            elif key in renamed:
                item = renamed[key]
                head = self._encoder.encode(key)
                parts.append((item, head + self._text[item.key_end : item.end]))
            else:
                text = self.fresh(member, inner, is_wide=is_wide)
                parts.append((None, self._key(key) + text))
        return "{" + self._assembled(items, parts) + "}"

    def _list(
        self, start: int, old: list[JsonValue], value: list[JsonValue], indent: str
    ) -> str:
        items = _items(self._text, start, old)
        inner, is_wide = self._inner(items, indent)
        parts: list[tuple[_Item | None, str]] = []
        matches, edited = _matched(old, value)
        for number, (member, at) in enumerate(zip(value, matches, strict=True)):
            item = None if at is None else items[at]
            if item and number not in edited:
                parts.append((item, self._text[item.start : item.end]))
                continue
            form = item or _template(items, number, member)
            if form is None:
                text = self.fresh(member, inner, is_wide=is_wide)
            else:
                text = self.rewrite(form, member, inner, is_wide=is_wide)
            parts.append((item, text))
        return "[" + self._assembled(items, parts) + "]"

    def _inner(self, items: list[_Item], indent: str) -> tuple[str, bool]:
        """Return the indent of a container's members, and whether each has a line."""
        lines = _LINE_END.split(items[0].lead)
        return (lines[-1], True) if len(lines) > 1 else (indent, False)

    def _assembled(
        self, items: list[_Item], parts: list[tuple[_Item | None, str]]
    ) -> str:
        """Join members so that each keeps the blanks around it where it can.

        What belongs to the place and not to the member are the blanks after the
        opening and before the closing bracket.
        """
        first, last = items[0], items[-1]
        is_wide = bool(_LINE_END.search(first.lead))
        gap = first.lead if is_wide else self._style.item_gap
        if last is not first:
            gap = last.lead
        pieces: list[str] = []
        for at, (item, text) in enumerate(parts):
            lead = gap if item is None or item is first else item.lead
            trail = "" if item is None or item is last else item.trail
            pieces.append((first.lead if at == 0 else lead) + text)
            pieces.append(last.trail if at == len(parts) - 1 else f"{trail},")
        return "".join(pieces)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _end_of(text: str, at: int) -> int:
    return _SKIPPER.raw_decode(text, at)[1]


def _items(
    text: str, start: int, old: list[JsonValue] | dict[str, JsonValue]
) -> list[_Item]:
    """Return the members of the list or object `old` whose text opens at `start`."""
    is_object = isinstance(old, dict)
    members = old.items() if is_object else (("", value) for value in old)
    items: list[_Item] = []
    at = start + 1
    for key, value in members:
        first = key_end = value_at = _skip(text, at)
        if is_object:
            key_end = _end_of(text, first)
            value_at = _skip(text, _skip(text, key_end) + 1)
        end = _end_of(text, value_at)
        after = _skip(text, end)
        lead, trail = text[at:first], text[end:after]
        items.append(_Item(key, lead, first, key_end, value_at, end, trail, value))
        at = after + 1
    return items


def _fingerprint(value: JsonValue) -> Hashable:
    """Return what two values share exactly when `same` holds for them.

    marshal is several times faster than json here; its version 2 has no references
    and no interning, so that its bytes depend on the value alone.
    """
    return marshal.dumps(value, 2)


def _matched(
    old: list[JsonValue], new: list[JsonValue]
) -> tuple[list[int | None], set[int]]:
    """Return for each new item the index of the old one it came from, or None.

    The set holds the new items that differ from the one they came from.
    """
    shorter = min(len(old), len(new))
    head = _agreeing(zip(old, new, strict=False), shorter)
    tail = _agreeing(zip(reversed(old), reversed(new), strict=False), shorter - head)
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for at in range(head, len(old) - tail):
        waiting[_fingerprint(old[at])].append(at)
    matches: list[int | None] = list(range(head))
    for at in range(head, len(new) - tail):
        alike = waiting.get(_fingerprint(new[at]))
        matches.append(alike.popleft() if alike else None)
    matches.extend(range(len(old) - tail, len(old)))
    left = sorted(at for alike in waiting.values() for at in alike)
    unmatched = [at for at, match in enumerate(matches) if match is None]
    was = [old[at] for at in left]
    now = [new[at] for at in unmatched]
    edited: set[int] = set()
    for one, other in _paired(was, now):
        matches[unmatched[other]] = left[one]
        edited.add(unmatched[other])
    return matches, edited


def _agreeing(pairs: Iterable[tuple[JsonValue, JsonValue]], most: int) -> int:
    count = 0
    for one, other in pairs:
        if count == most or not same(one, other):
            break
        count += 1
    return count


def _paired(old: list[JsonValue], new: list[JsonValue]) -> list[tuple[int, int]]:
    """Return which edited item came from which, as pairs of indices in rising order."""
    if len(old) * len(new) > _MOST_PAIRS:
        return _roughly_paired(old, new)
    # best[i][j] is the likeness of the best pairing of old[i:] with new[j:].
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(one, other) for other in new] for one in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            with_pair = likeness[i][j] + best[i + 1][j + 1]
            best[i][j] = max(with_pair, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _roughly_paired(
    old: list[JsonValue], new: list[JsonValue]
) -> list[tuple[int, int]]:
    """Return pairs in linear time: looks a few items ahead while one side has more."""
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        more = (len(old) - i) - (len(new) - j)
        reach = range(min(abs(more), _LOOK_AHEAD) + 1)
        if more > 0:
            i += max(reach, key=lambda step: _likeness(old[i + step], new[j]))
        elif more < 0:
            j += max(reach, key=lambda step: _likeness(old[i], new[j + step]))
        pairs.append((i, j))
        i, j = i + 1, j + 1
    return pairs


def _likeness(one: JsonValue, other: JsonValue) -> int:
    if isinstance(one, dict) and isinstance(other, dict):
        kept = sum(key in one and one[key] == value for key, value in other.items())
        return 1 + 2 * len(one.keys() & other.keys()) + 8 * kept
    if isinstance(one, list) and isinstance(other, list):
        return 1 + 8 * sum(a == b for a, b in zip(one, other, strict=False))
    return 1


def _renamed(by_key: dict[str, _Item], value: dict[str, JsonValue]) -> dict[str, _Item]:
    """Return for each new key whose value had another key before that member."""
    waiting: defaultdict[Hashable, deque[_Item]] = defaultdict(deque)
    for key, item in by_key.items():
        if key not in value:
            waiting[_fingerprint(item.value)].append(item)
    renamed: dict[str, _Item] = {}
    for key, member in value.items():
        if waiting and key not in by_key:
            alike = waiting.get(_fingerprint(member))
            if alike:
                renamed[key] = alike.popleft()
    return renamed


def _template(items: list[_Item], at: int, value: JsonValue) -> _Item | None:
    """Return the neighbour whose form a new item at `at` takes: the most alike."""
    if not isinstance(value, (dict, list)) or not value:
        return None
    end = max(min(at, len(items)), min(_MOST_TEMPLATES, len(items)))
    near = [
        item
        for item in reversed(items[max(0, end - _MOST_TEMPLATES) : end])
        if item.value and type(item.value) is type(value)
    ]
    return max(near, key=lambda item: _likeness(item.value, value), default=None)


def _is_plain_list(value: Sequence[JsonValue]) -> bool:
    return not any(isinstance(item, (dict, list)) for item in value)


def _read_style(text: str, start: int, end: int) -> _Style:
    """Return the style of the value between `start` and `end`."""
    line_end = _LINE_END.search(text, start, end)
    newline = line_end[0] if line_end else ""
    if line_end and text.startswith("\r\n", line_end.start()):
        newline = "\r\n"
    indent = _FIRST_INDENT.search(text, start, end) if newline else None
    found: dict[str, str] = {}
    for match in _STYLE.finditer(text, start, end):
        if match.lastgroup:
            found.setdefault(match.lastgroup, match[match.lastgroup])
            if len(found) == 3:
                break
    return _Style(
        newline=newline,
        unit=indent[1] if indent else "    ",
        item_gap=found.get("item", " "),
        key_gap=found.get("key", " "),
        has_inline_lists=not _LINE_END.search(found.get("list", "\n")),
        is_ascii="\\u" in text and text.isascii(),
    )
