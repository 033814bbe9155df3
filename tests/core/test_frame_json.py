"""The promise: unedited bytes stay, an edited frame differs in the edits alone."""

from __future__ import annotations

import copy
import json
import os
import re
import sys
from enum import IntEnum
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chromask.errors import FrameError
from chromask.jsontext.read import Limits, read_json, write_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**80), 2**80)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5)
    ),
    max_leaves=25,
)
BLANKS = st.sampled_from(["", " ", "  ", "\n", "\r\n", "\n\t", "\r\n    ", " \n\n "])
ROI_TEXTS = st.sampled_from(
    [
        '{"label": ["a"], "mask": {"id": "seg", "value": [1,2,  3]}}',
        '{"label":["\\u00e4","b"],\r\n "confidence":1.50, "x": 1E2}',
        '{ "poly" : [1.0, 2.00,\t3e0 ,-0, -0.0], "sources" : [ ] }',
        '{\n        "label": [\n            "road"\n        ]\n    }',
        "[1,2]",
        "18446744073709551616",
        '"\\/\\ud83d\\ude00, ]}\\""',
        "1.0",
        "true",
        "{}",
        "null",
    ]
)


def dumps(value: object) -> str:
    """Return a text that is the same for values of the same types and order alone."""
    return json.dumps(value, ensure_ascii=False)


def read(text: str | bytes, **limits: int):
    data = text.encode() if isinstance(text, str) else text
    return read_json(data, uri="frame.json", limits=Limits(**limits))


def rewrite(text: str, value: object) -> str:
    return write_json(value, read(text)).decode()


def written_fault(value: object, text: str | None = None):
    with pytest.raises(FrameError) as caught:
        write_json(value, read(text) if text else None)
    return caught.value.problem


@st.composite
def formatted(draw: st.DrawFn, value: object) -> str:
    """Return `value` as a JSON text of random blanks and spellings."""
    gap = lambda: draw(BLANKS)  # noqa: E731
    if isinstance(value, dict):
        members = [
            f"{gap()}{json.dumps(key, ensure_ascii=draw(st.booleans()))}{gap()}:"
            f"{gap()}{draw(formatted(member))}{gap()}"
            for key, member in value.items()
        ]
        return "{" + (",".join(members) or gap()) + "}"
    if isinstance(value, list):
        items = [f"{gap()}{draw(formatted(item))}{gap()}" for item in value]
        return "[" + (",".join(items) or gap()) + "]"
    if type(value) is float and draw(st.booleans()):
        return f"{value!r}" + ("0" if "e" not in repr(value) else "")
    return json.dumps(value, ensure_ascii=draw(st.booleans()))


@st.composite
def edited(draw: st.DrawFn, value: object) -> object:
    """Return `value` with something somewhere removed, added, renamed or altered."""
    if isinstance(value, dict) and value and draw(st.integers(0, 3)):
        value = dict(value)
        key = draw(st.sampled_from(list(value)))
        action = draw(st.sampled_from(["inside", "remove", "rename", "turn"]))
        if action == "inside":
            value[key] = draw(edited(value[key]))
        elif action == "rename":
            new = draw(TEXTS)
            assume(new not in value)
            return {(new if old == key else old): part for old, part in value.items()}
        else:
            part = value.pop(key)
            return {key: part, **value} if action == "turn" else value
        return value
    if isinstance(value, list) and value and draw(st.integers(0, 3)):
        value = list(value)
        at = draw(st.integers(0, len(value) - 1))
        action = draw(st.sampled_from(["inside", "remove", "insert", "move"]))
        if action == "inside":
            value[at] = draw(edited(value[at]))
        elif action == "insert":
            value.insert(at, draw(VALUES))
        else:
            part = value.pop(at)
            if action == "move":
                value.insert(draw(st.integers(0, len(value))), part)
        return value
    return draw(VALUES)


# --- round trips ---


@given(VALUES)
def test_that_any_value_is_read_back_as_it_was_written(value):
    assert dumps(read(write_json(value)).value) == dumps(value)


@given(st.data())
def test_that_a_text_that_was_not_edited_keeps_its_bytes(data):
    value = data.draw(VALUES)
    text = data.draw(BLANKS) + data.draw(formatted(value)) + data.draw(BLANKS)
    original = read(text)

    assert dumps(original.value) == dumps(value)
    assert write_json(copy.deepcopy(value), original) == text.encode()


@given(st.data())
def test_that_an_edited_text_says_the_edited_value(data):
    value = data.draw(VALUES)
    text = data.draw(formatted(value))
    for _ in range(data.draw(st.integers(1, 3))):
        value = data.draw(edited(value))

    assert dumps(json.loads(rewrite(text, value))) == dumps(value)


@given(
    st.lists(ROI_TEXTS, min_size=1, max_size=8),
    BLANKS,
    st.sampled_from(["remove", "insert", "alter", "alter and remove"]),
    st.data(),
)
def test_that_the_other_items_of_a_list_keep_their_text(rois, gap, action, data):
    text = f'{{"rois":[{gap}' + f",{gap}".join(rois) + f'{gap}],"zoom": 1.0}}'
    value = json.loads(text)
    at = data.draw(st.integers(0, len(rois) - 1))
    untouched = [roi for i, roi in enumerate(rois) if i != at or action == "insert"]
    if action == "insert":
        value["rois"].insert(at, {"label": ["new"]})
    elif action == "alter":
        value["rois"][at] = {"label": ["new"]}
    else:
        del value["rois"][at]
        if action == "alter and remove" and untouched:
            untouched.pop(0)
            value["rois"][0] = 77

    output = rewrite(text, value)
    assert json.loads(output) == value
    end = 0
    for roi in untouched:
        assert roi in output[end:]
        end = output.index(roi, end) + len(roi)
    assert output.endswith(',"zoom": 1.0}')


@given(st.data())
def test_that_comments_and_trailing_commas_do_not_change_the_value(data):
    value = data.draw(st.lists(VALUES, min_size=1, max_size=3))
    comment = data.draw(st.sampled_from(['// ], "\n', "/* {, ' */", '#"\r\n', ""]))
    parts = f",{comment}".join(f"{comment}{data.draw(formatted(v))}" for v in value)
    text = f"{comment}[{parts}{comment},{comment}]{comment}"
    new = data.draw(edited(value))
    original = read(text)

    assert dumps(original.value) == dumps(value)
    assert write_json(value, original) == text.encode()
    if dumps(new) != dumps(value):
        assert dumps(json.loads(write_json(new, original))) == dumps(new)


@given(st.data())
def test_that_a_damaged_text_is_read_as_json_reads_it_or_refused(data):
    text = data.draw(formatted(data.draw(VALUES)))
    at = data.draw(st.integers(0, len(text) - 1))
    mark = data.draw(st.sampled_from([*list('[]{}:,"\\0-+.eE \n\tx'), "", "\\ud800"]))
    text = text[:at] + mark + text[at + data.draw(st.integers(0, 1)) :]
    assume(not any(oddity in text for oddity in ("/", "#", "\ufeff")))
    assume(text.strip(" \t\r\n"))
    try:
        expected = dumps(json.loads(text))
    except ValueError:
        expected = "refused"

    try:
        found = dumps(read(text).value)
    except FrameError as error:
        found = "refused"
        place = str(error.problem.place)
    else:
        place = "line"

    assert place.startswith("line")
    is_stricter = "Infinity" in expected or re.search("[\ud800-\udfff]", expected)
    repeats = len(re.findall('"', expected)) < len(re.findall('"', text))
    has_trailing_comma = re.search(r",\s*[\]}]", text) is not None
    if not (is_stricter or repeats or has_trailing_comma):
        assert found == expected


@given(st.data())
def test_that_a_text_cut_off_anywhere_is_refused(data):
    text = json.dumps({"sources": data.draw(VALUES)}, indent=2)
    end = data.draw(st.integers(1, len(text) - 1))

    with pytest.raises(FrameError, match="line"):
        read(text[:end])


@given(st.binary(max_size=40))
def test_that_any_bytes_are_a_value_or_a_frame_error(data):
    try:
        original = read(data)
    except FrameError:
        return
    assert write_json(original.value, original) == data


# --- what writing keeps ---

ONE_LINE = '{"a":1,"b":[1,2,3],"c":{"d":null}}'


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ('{"a": 1.50, "b": 2}', {"a": 1.5, "b": 3}, '{"a": 1.50, "b": 3}'),
        ('{"a": 1}', {"a": 1.0}, '{"a": 1.0}'),
        ('{"a": 1}', {"a": True}, '{"a": true}'),
        ('{"a": -0.0}', {"a": 0.0}, '{"a": 0.0}'),
        ('{"label": [1.0]}', {"labels": [1.0]}, '{"labels": [1.0]}'),
        ('{"a": 1, "b":2}', {"b": 2, "a": 1}, '{"b":2, "a": 1}'),
        ('{"a":1,"b":2}', {"a": 1, "n": 0, "b": 2}, '{"a":1,"n":0,"b":2}'),
        ('{"a":1,"b":2}', {"b": 2}, '{"b":2}'),
        ("[1, 2, 3]", [2, 3], "[2, 3]"),
        ("[1, 2, 3]", [3, 1, 2], "[3, 1, 2]"),
        ("[ 1, 2 ]", [1, 2, 3], "[ 1, 2, 3 ]"),
        ("[1, 2, 3]", [], "[]"),
        ("[1.0, 1.00, 1.000]", [1.0, 1.0], "[1.0, 1.00]"),
        ("[1.0, 2.00, 3.0]", [2.0, 4.0], "[2.00, 4.0]"),
        (ONE_LINE, {"a": 1, "b": [1, 3], "c": {}}, '{"a":1,"b":[1,3],"c":{}}'),
        ("[\r\n\t1\r\n]\r\n", [1, 2], "[\r\n\t1,\r\n\t2\r\n]\r\n"),
        ('["\\u00e4", "b"]', ["ä", "ö"], '["\\u00e4", "\\u00f6"]'),
        ('["ä", "b"]', ["ä", "ö"], '["ä", "ö"]'),
        ("\n {} \n", {"a": [1, {}]}, '\n {"a": [1, {}]} \n'),
        ("[]", {"a": 1}, '{"a": 1}'),
        (
            '[\n  {"a": [1.0,2]},\n  {"b": 1}\n]',
            [{"a": [1.0, 2]}, {"b": 1}, {"a": [7, 8]}],
            '[\n  {"a": [1.0,2]},\n  {"b": 1},\n  {"a": [7,8]}\n]',
        ),
        (
            '{\n  "a": {\n    "b": 1\n  }\n}',
            {"a": {"b": 1}, "c": {"d": [1, 2]}},
            '{\n  "a": {\n    "b": 1\n  },\n  "c": {\n    "d": [\n      1,\n      2\n'
            "    ]\n  }\n}",
        ),
        (
            '{\n"a": [1,2],\n"b": 1\n}',
            {"a": [1, 2], "b": {"c": [3, 4]}},
            '{\n"a": [1,2],\n"b": {\n"c": [3,4]\n}\n}',
        ),
        (
            '[\n {"x": 1.0, "y": 2.0},\n {"x": 3.0, "y": 4.0}\n]',
            [{"n": 0}, {"x": 1.0, "y": 5}, {"x": 3.0, "y": 6}],
            '[\n {"n": 0},\n {"x": 1.0, "y": 5},\n {"x": 3.0, "y": 6}\n]',
        ),
    ],
)
def test_that_an_edit_changes_its_own_text_alone(text, value, expected):
    assert rewrite(text, value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('// top\n{\n  "a": 1, // one\n  "b": 2\n}', '{\n  "a": 1,\n  "b": 3\n}'),
        (
            '{\r\n  # hash\r\n  "a": 1,\r\n  "b": 2,\r\n}',
            '{\r\n  "a": 1,\r\n  "b": 3\r\n}',
        ),
        ('{"a": /* one */ 1, "b": 2, }', '{"a": 1, "b": 3 }'),
        ('{\n  /* a\n  b */\n  "a": 1, "b": 2 /* end */\n}', '{\n  "a": 1, "b": 3\n}'),
        ('{"a": 1, "b": 2} // end', '{"a": 1, "b": 3}'),
        ('{\n  /* of a */ "a": 1, "b": 2}', '{\n  "a": 1, "b": 3}'),
    ],
)
def test_that_an_edited_text_drops_comments_and_closes_up(text, expected):
    assert rewrite(text, {"a": 1, "b": 3}) == expected


def test_that_a_byte_order_mark_is_kept_and_noted():
    original = read(b'\xef\xbb\xbf{"a": 1}\n')

    assert [note.severity for note in original.notes] == ["note"]
    assert write_json({"a": 1}, original) == original.data
    assert write_json({"a": 2}, original) == b'\xef\xbb\xbf{"a": 2}\n'


def test_that_each_kind_of_oddity_is_noted_once_with_its_first_place():
    text = '{\n  "a": [1,], # x\n  "b": "// no",  // yes\n  "c": 1, # y\n/* z */}'
    notes = read(text).notes

    assert [(note.place, note.severity) for note in notes] == [
        ("line 2, column 10", "note"),
        ("line 2, column 14", "note"),
        ("line 3, column 18", "note"),
        ("line 5, column 1", "note"),
    ]
    assert ["commas" in note.seen for note in notes] == [True, False, False, False]


def test_that_a_strict_text_has_no_notes():
    assert read('{"uri": "http://a/#b", "c": "/* d */ ,]"}').notes == ()


def test_that_a_value_edited_in_place_is_an_edit():
    original = read('{"a": [1]}')
    assert isinstance(original.value, dict)
    original.value["a"] = [2]

    assert write_json(original.value, original) == b'{"a": [2]}'


def test_that_a_removed_roi_leaves_edited_ones_their_spelling_in_a_long_list():
    rois = [f'{{"id": {i}, "w": {i}.50, "n": 0}}' for i in range(400)]
    value = json.loads(f"[{', '.join(rois)}]")
    del value[7]
    for roi in value:
        roi["n"] = 1
    kept = [roi.replace('"n": 0', '"n": 1') for roi in rois]

    assert (
        rewrite(f"[{', '.join(rois)}]", value) == f"[{', '.join(kept[:7] + kept[8:])}]"
    )


def test_that_a_new_text_has_an_indent_of_four_and_lists_of_numbers_on_a_line():
    value = {"label": ["ä"], "rois": [{"value": [1, 2]}, {}], "sources": []}

    assert write_json(value).decode() == (
        '{\n    "label": ["ä"],\n    "rois": [\n        {\n'
        '            "value": [1, 2]\n        },\n        {}\n    ],\n'
        '    "sources": []\n}\n'
    )


class Level(IntEnum):
    HIGH = 3


def test_that_tuples_and_members_of_enumerations_are_written_plainly():
    assert rewrite('{"a": [1, 2.0], "b": 3}', {"a": (1, 2.0), "b": Level.HIGH}) == (
        '{"a": [1, 2.0], "b": 3}'
    )


def test_that_numbers_stay_exact():
    text = f"[18446744073709551616, -{'9' * 4300}, 0.1, 1e-999, -0]"
    sys.set_int_max_str_digits(4300)
    original = read(text)

    assert isinstance(original.value, list)
    assert original.value[0] == 2**64
    assert write_json(original.value, original).decode() == text


def test_that_a_hundred_levels_are_read_and_edited():
    text = "[" * 100 + "1" + "]" * 100
    value = json.loads(text.replace("1", "2"))

    assert rewrite(text, value) == text.replace("1", "2")


# --- what cannot be written ---

CIRCLE: list[object] = []
CIRCLE.append(CIRCLE)


@pytest.mark.parametrize(
    ("value", "place", "words"),
    [
        ({"a": [float("nan")]}, "a[0]", "nan"),
        ({"a": [1.5, float("inf")]}, "a[1]", "inf"),
        ({"a": {1: 2}}, "a", "key 1"),
        ({"a": {None: 2}}, "a", "key None"),
        ({"a": {True: 2}}, "a", "key True"),
        ({"a": "\ud800"}, "a", "U+D800"),
        ({"a": {"\ud800": 1}}, "a", "U+D800"),
        ({"a": [b"x"]}, "a[0]", "bytes"),
        ({"a": {1, 2}}, "a", "set"),
        ({"a": 10**4300}, "a", "digits"),
        (CIRCLE, "[0][0]", "100 levels"),
    ],
)
def test_that_a_value_that_json_cannot_hold_is_refused_with_its_path(
    value, place, words
):
    for text in (None, '{"a": 1}'):
        problem = written_fault(value, text)

        assert str(problem.place).startswith(place)
        assert words in str(problem)


# --- the published examples ---


@pytest.fixture
def examples() -> Path:
    folder = os.environ.get("CHROMASK_REAL_DATA")
    if not folder:
        pytest.skip("CHROMASK_REAL_DATA is not set")
    return Path(folder) / "examples"


def test_that_the_published_examples_keep_their_bytes(examples):
    paths = sorted(examples.rglob("*.json"))

    assert paths
    for path in paths:
        original = read(path.read_bytes())
        assert write_json(json.loads(original.data), original) == original.data


def test_that_one_edit_of_a_published_example_changes_one_line(examples):
    text = (examples / "example1_published.json").read_text(encoding="utf-8")
    value = json.loads(text)
    value["rois"][2]["mask"]["value"] = [1, 2, 3]
    output = rewrite(text, value)
    pairs = zip(text.splitlines(), output.splitlines(), strict=True)

    assert [new for old, new in pairs if old != new] == ['"value": [1,2,3]']
