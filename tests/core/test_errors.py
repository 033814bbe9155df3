"""Messages: English for everybody, and what they were made of for a translation."""

from __future__ import annotations

import pickle

import pytest

from chromask.errors import EditError, FrameError, Problem, Said, say
from chromask.jsontext.read import read_json


def test_that_a_message_is_its_english_and_keeps_what_it_was_made_of() -> None:
    said = say("mask {} cannot hold {!r}", "seg", "{x}")

    assert said == "mask seg cannot hold '{x}'"
    assert (said.template, said.values) == (
        "mask {} cannot hold {!r}",
        ("seg", "{x}"),
    )


def test_that_problems_of_one_text_are_equal_however_they_were_made() -> None:
    assert Problem(say("{} is locked", "car")) == Problem("car is locked")


def test_that_a_message_goes_to_another_process_and_back() -> None:
    error = EditError(say("{} is locked", say("ROI {}", 3)), hint="Unlock it")

    back = pickle.loads(pickle.dumps(error.problem))
    assert back == error.problem
    assert back.seen.template == "{} is locked"
    assert back.seen.values[0].values == (3,)


def test_that_what_a_message_says_by_itself_is_a_message_inside_another() -> None:
    with pytest.raises(FrameError) as caught:
        read_json(b'{"sources": [1 2]}', uri="a.json")

    seen = caught.value.problem.seen
    assert isinstance(seen, Said)
    assert [type(value) for value in seen.values] == [str, Said]
