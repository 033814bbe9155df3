"""What the reader refuses: each fault names its place, what was seen, what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chromask.errors import FrameError
from chromask.jsontext.read import Limits, read_json


def read(text: str | bytes, **limits: int):
    data = text.encode() if isinstance(text, str) else text
    return read_json(data, uri="frame.json", limits=Limits(**limits))


def fault(text: str | bytes, **limits: int):
    with pytest.raises(FrameError) as caught:
        read(text, **limits)
    problem = caught.value.problem
    assert problem.uri == "frame.json"
    assert problem.hint
    return problem


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('{"a": 1,\n "a": 2}', "line 2, column 2 (a)", ["a", "line 1, column 2"]),
        ('{"a": 1, "\\u0061": 2}', "line 1, column 10 (a)", ["again"]),
        ('{"rois": [{}, {"x": NaN}]}', "line 1, column 21 (rois[1].x)", ["NaN"]),
        ("[Infinity]", "line 1, column 2 ([0])", ["Infinity"]),
        ("[-Infinity]", "line 1, column 2 ([0])", ["-Infinity"]),
        ("[1e999]", "line 1, column 2 ([0])", ["1e999"]),
        ("[-1e999]", "line 1, column 2 ([0])", ["-1e999"]),
        (f"[{'9' * 400}.0]", "line 1, column 2 ([0])", ["too large"]),
        (f"[0, {'9' * 4301}]", "line 1, column 5 ([1])", ["4,301"]),
        ('["a\\ud800"]', "line 1, column 4 ([0])", ["\\ud800"]),
        ('["\\ude00\\ud83d"]', "line 1, column 3 ([0])", ["\\ude00"]),
        ('["\\\\\\ud83d"]', "line 1, column 5 ([0])", ["\\ud83d"]),
        ('["\\x41"]', "line 1, column 3 ([0])", ["\\x"]),
        ('["\\u12"]', "line 1, column 3 ([0])", ["\\u12"]),
        ('["a\tb"]', "line 1, column 4 ([0])", ["U+0009"]),
        ('["a\n"]', "line 1, column 2 ([0])", ["not closed on its line"]),
        ("[01]", "line 1, column 2 ([0])", ["01"]),
        ("[.5]", "line 1, column 2 ([0])", [".5"]),
        ("[+5]", "line 1, column 2 ([0])", ["+5"]),
        ("[True]", "line 1, column 2 ([0])", ["Python"]),
        ("['a']", "line 1, column 2 ([0])", ["double quotes"]),
        ("{a: 1}", "line 1, column 2", ["a key in double quotes"]),
        ("[1 2]", "line 1, column 4 ([0])", ["2", "comma"]),
        ("[1,,2]", "line 1, column 4 ([1])", ["a value"]),
        ("[,]", "line 1, column 2 ([0])", ["a value"]),
        ("{,}", "line 1, column 2", ["key"]),
        ('{"a",}', "line 1, column 6 (a)", ["colon"]),
        ("[1}", "line 1, column 3 ([0])", ["[ was opened in line 1, column 1"]),
        ("[1,\r\n{\r\n", "line 2, column 2 ([1])", ["ends", "line 2, column 1"]),
        ("{}\n{}", "line 2, column 1", [".jsonl"]),
        ("{},", "line 1, column 3", ["after the end"]),
        ("[\u00a01]", "line 1, column 2 ([0])", ["U+00A0"]),
        ('["a', "line 1, column 2 ([0])", ["not closed"]),
        ("[1] /* x", "line 1, column 5", ["comment", "*/"]),
        ("[1] /*/", "line 1, column 5", ["comment", "*/"]),
        ('{"a b": [nil]}', 'line 1, column 10 (["a b"][0])', ["nil"]),
        ("  \n", "line 1, column 1", ["empty"]),
        ("", "line 1, column 1", ["empty"]),
    ],
)
def test_that_a_fault_names_its_place_and_what_was_seen(text, place, words):
    problem = fault(text)

    assert problem.place == place
    for word in words:
        assert word in str(problem)


FRAGMENT = '"sources": [\n{"id": "front"}\n],\n"rois": [\n{"label": ["a"]}\n'


def test_that_a_published_fragment_is_recognised():
    problem = fault(FRAGMENT)

    assert problem.place == "line 1, column 10"
    assert "fragment" in str(problem.hint)
    assert "braces" in str(problem.hint)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ('{"a": "ä"}'.encode("utf-16"), "byte 0"),
        ("{}".encode("utf-16-le"), "byte 0"),
        ("{}".encode("utf-32-be"), "byte 0"),
        ('{"a":\n "ä"}'.encode("latin-1"), "byte 8 (line 2, column 3)"),
        (b'["\xed\xa0\x80"]', "byte 2 (line 1, column 3)"),
    ],
)
def test_that_another_encoding_is_named_with_the_byte(data, place):
    problem = fault(data)

    assert problem.place == place
    assert "UTF-8" in str(problem)


@pytest.mark.parametrize(
    "text", ["[" * 101 + "]" * 101, '{"a":' * 101 + "1" + "}" * 101]
)
def test_that_deep_nesting_is_refused_with_its_place(text):
    problem = fault(text)

    assert "100 levels" in problem.seen
    assert "line 1, column" in str(problem.place)


@pytest.mark.parametrize(
    "mark", ["[", '{"a":', "{", '"', "[]", "/**/", '""', "\\", "#\n", ",]"]
)
def test_that_a_hostile_repetition_is_refused_without_recursion(mark):
    assert len(str(fault(mark * 300_000))) < 1000


@pytest.mark.parametrize(
    ("limits", "text", "words"),
    [
        ({"max_bytes": 3}, "[10]", "4 bytes"),
        ({"max_values": 3}, "[1, 2, 3, 4]", "3 values"),
        ({"max_values": 3}, '""' * 20, "3 values"),
        ({"max_depth": 1}, "[[]]", "1 levels"),
        ({"max_number_chars": 3}, "[1234]", "at most 3"),
        ({"max_number_chars": 3}, "[1.23]", "at most 3"),
    ],
)
def test_that_limits_are_kept(limits, text, words):
    assert words in str(fault(text, **limits))


def test_that_a_minus_sign_is_no_digit():
    assert read("[-123]", max_number_chars=3).value == [-123]


def test_that_a_depth_beyond_the_stack_is_no_limit():
    with pytest.raises(ValueError, match="max_depth"):
        Limits(max_depth=100_000)


def test_that_the_published_fragment_names_line_and_column():
    folder = os.environ.get("CHROMASK_REAL_DATA")
    if not folder:
        pytest.skip("CHROMASK_REAL_DATA is not set")
    path = Path(folder) / "examples" / "example2_published_fragment.txt"
    problem = fault(path.read_bytes())

    assert problem.place == "line 1, column 10"
    assert "fragment" in str(problem.hint)
