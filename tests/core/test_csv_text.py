"""CSV that no spreadsheet runs: formulas are texts, and every cell stays one cell."""

from __future__ import annotations

import csv
import io

import pytest

from chromask.counts.csv_text import csv_text


@pytest.mark.parametrize(
    "label",
    [
        "=1+1",
        "+49",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\uff1d1",
        "\uff0b1",
    ],
)
def test_that_a_formula_is_a_text(label: str) -> None:
    (_, row) = csv.reader(io.StringIO(csv_text(["name"], [[label]]), newline=""))

    assert row == [f"'{label}"]


@pytest.mark.parametrize(
    "label",
    ["car", "a=b", "mother-in-law", 'say "hi"', "a;b", "a,b", "two\nlines", "", "'x"],
)
def test_that_any_other_label_stays_as_it_is(label: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(["n"], [[label, 3]]), newline="")))

    assert rows == [["n"], [label, "3"]]


def test_that_a_separator_of_another_language_ends_no_cell() -> None:
    assert csv_text(["n"], [["a;=1"]]).splitlines()[1] == '"a;=1"'


def test_that_numbers_stay_numbers() -> None:
    assert csv_text(["n", "m"], [[-5, 2.5]]) == '"n","m"\r\n-5,2.5\r\n'
