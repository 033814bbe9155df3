"""How numbers, values and texts from files are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from chromask_gui.look.texts import (
    hex_text,
    number_text,
    one_line,
    percent_text,
    places_text,
    plain_tip,
    sentence,
    value_text,
)

NARROW = "\N{NARROW NO-BREAK SPACE}"


def test_that_numbers_are_grouped_by_three() -> None:
    assert number_text(12_480) == f"12{NARROW}480"
    assert number_text(999) == "999"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["/a/images/1.json"], "images/1.json"),
        (["/a/images/1.png", "/a/images/1.json"], "images/1.png, images/1.json"),
        (["/a/masks/1.png", "/a/images/1.json"], "masks/1.png, images/1.json"),
        (["/a/images/../masks/1.png", "/a/b/1.json"], "masks/1.png, b/1.json"),
        (["/1.json"], "1.json"),
    ],
)
def test_that_saved_files_are_named_by_where_they_lie(
    names: list[str], text: str
) -> None:
    assert places_text([Path(name) for name in names]) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, ""),
        (0, 10, "0.00 %"),
        (1, 10_000_000, "< 0.01 %"),
        (1, 1000, "0.10 %"),
        (1, 2, "50 %"),
        (99_999, 100_000, "99.9 %"),
        (10, 10, "100 %"),
    ],
)
def test_that_a_share_never_rounds_to_nothing_or_to_all(
    part: int, whole: int, text: str
) -> None:
    assert percent_text(part, whole) == text.replace(" %", f"{NARROW}%")


@pytest.mark.parametrize(
    ("value", "maximum", "text"),
    [
        ((210, 210, 120), 255, "#d2d278"),
        ((1, 2, 3, 4), 255, "#01020304"),
        ((17,), 255, "#111111"),
        ((17, 255), 255, "#111111ff"),
        ((1, 2, 3), 65535, ""),
    ],
)
def test_that_hex_is_for_values_of_8_bits(
    value: tuple[int, ...], maximum: int, text: str
) -> None:
    assert hex_text(value, maximum) == text
    assert value_text(value).split() == [str(number) for number in value]


def test_that_one_line_holds_no_control_and_keeps_joiners() -> None:
    assert one_line("a\nb\tc\N{RIGHT-TO-LEFT OVERRIDE}d") == "a b c d"
    persian = "می\N{ZERO WIDTH NON-JOINER}شود"
    assert one_line(persian) == persian
    assert one_line(" plain ") == "plain"


def test_that_a_tip_shows_tags_and_lines_as_they_are_and_is_bounded() -> None:
    assert plain_tip("<b>&\nx") == "<span>&lt;b&gt;&amp;<br>x</span>"
    assert plain_tip("") == ""
    assert len(plain_tip("x" * 100_000)) < 3000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the mask is gone", "The mask is gone."),
        ("a.png is gone", "a.png is gone."),
        ("why?", "Why?"),
        ("", ""),
    ],
)
def test_that_a_sentence_starts_and_ends_as_one(text: str, expected: str) -> None:
    assert sentence(text) == expected
