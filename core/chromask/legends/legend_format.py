"""What a legend is: a kind of file that says which colour means which label.

Each format is one module with one `Legend`; the package's table lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chromask.errors import FrameError, Problem, say
from chromask.frame.annotation import mask_value_problem
from chromask.legends.legend import LabelMapping, MappingEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEFT_OUT = "It is left out; mend it in the file"

NOT_A_LEGEND = "Choose a JSON, text or CSV file that gives colours their names"
"""What to do about a file that is chosen as a legend, and is none."""


@dataclass(frozen=True, slots=True)
class Legend:
    """A kind of legend file.

    Attributes
    ----------
    name
        What people call it.
    is_named
        Tells by a file's name, in lower case, whether it may be one.
    read
        Reads the file's bytes; the second argument is its name in messages. Raises
        `FrameError` where nothing of it can be read.
    """

    name: str
    is_named: Callable[[str], bool]
    read: Callable[[bytes, str], LabelMapping]


class Lines:
    """Collects the entries of a text file, and what is wrong with its lines."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.entries: list[MappingEntry] = []
        self.problems: list[Problem] = []

    def add(self, number: int, value: Sequence[int], label: str) -> None:
        """Add the colour of a line, counted from 1."""
        wanted = mask_value_problem(value)
        if wanted is not None:
            self.refuse(number, say("{} is not {}", list(value), wanted))
        elif not label:
            self.refuse(number, "the colour has no name")
        else:
            self.entries.append(MappingEntry(None, tuple(value), (label,)))

    def refuse(self, number: int, seen: str) -> None:
        """Leave a line out, and say why."""
        self.problems.append(
            Problem(seen, self.uri, f"line {number}", LEFT_OUT, "warning")
        )

    def mapping(self) -> LabelMapping:
        """Give what was read.

        Raises
        ------
        FrameError
            No line holds a colour with a name.
        """
        if not self.entries:
            first = self.problems[0] if self.problems else None
            raise FrameError(
                first.seen if first else "it names no colour",
                uri=self.uri,
                place=first.place if first else None,
                hint="A line holds a colour and its name",
            )
        return LabelMapping(self.uri, tuple(self.entries), tuple(self.problems))


def text_lines(data: bytes) -> list[tuple[int, str]]:
    """Split a text into its numbered lines, without empty ones and comments (``#``).

    UTF-8, with or without a byte order mark; else Windows' western characters, which
    older tools write.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    stripped = enumerate((line.strip() for line in text.splitlines()), start=1)
    return [(n, line) for n, line in stripped if line and not line.startswith("#")]


def whole_number(text: str) -> int | None:
    """Read digits, or the ``128.0`` that spreadsheets make of them; None for others."""
    text = text.strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
