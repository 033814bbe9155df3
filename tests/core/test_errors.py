"""Messages: English for everybody, and what they were made of for a translation."""

from __future__ import annotations

import pickle

from chromask.errors import EditError, Problem, say


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
