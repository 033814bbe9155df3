"""Finding things by a few letters of their names, as command palettes do."""

from __future__ import annotations

import unicodedata

_WORD_START, _FOLLOWS, _FIRST = 8, 6, 4


def plain(text: str) -> str:
    """Give a text as it is searched: small letters without accents."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in split if not unicodedata.combining(each))


def score(wanted: str, text: str) -> int | None:
    """Rate how well a text answers what was typed; None where it does not.

    Every word of `wanted` must be there with its letters in their order, not necessarily
    side by side. Both texts come through `plain`.
    """
    total = 0
    for word in wanted.split():
        found = _score_word(word, text)
        if found is None:
            return None
        total += found
    # Of two equal answers the shorter one is meant.
    return total * 16 - min(len(text), 15)


def _score_word(word: str, text: str) -> int | None:
    whole = text.find(word)
    if whole >= 0:
        is_start = whole == 0 or not text[whole - 1].isalnum()
        bonus = (_WORD_START if is_start else 0) + (_FIRST if whole == 0 else 0)
        return _FOLLOWS * len(word) + bonus + 2
    total, last = 0, -1
    for letter in word:
        place = text.find(letter, last + 1)
        if place < 0:
            return None
        if place == 0 or not text[place - 1].isalnum():
            total += _WORD_START // 2
        elif place == last + 1:
            total += _FOLLOWS // 2
        last = place
    return total
