"""The errors and problems of the library: each names the file, the place, what was seen and what to do.

Any module may import this one; it imports none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Said(str):
    """A message in English that knows what it was made of, so that it can be translated.

    Attributes
    ----------
    template
        The message with ``{}`` for each value.
    values
        What stands there; a `Said` among them is translated by itself.
    """

    template: str
    values: tuple[object, ...]


def say(template: str, *values: object) -> Said:
    """Give a message: the template with its values put in by `str.format`."""
    said = Said(template.format(*values))
    said.template, said.values = template, values
    return said


Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong that does not take the rest down.

    Attributes
    ----------
    seen
        What was found, as a sentence without a full stop.
    uri
        The file it was found in, as the user knows it; None where no file is involved.
    place
        The place in the file: ``line 3, column 7`` or ``rois[4].mask.value``.
    hint
        What the user can do about it, as a sentence without a full stop.
    severity
        ``error`` (something is not there), ``warning`` or ``note``.
    """

    seen: str
    uri: str | None = None
    place: str | None = None
    hint: str | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.uri, self.place) if part)
        text = f"{where}: {self.seen}" if where else self.seen
        return f"{text}. {self.hint}." if self.hint else f"{text}."


class ChromaskError(Exception):
    """The base of every error that chromask raises on purpose.

    Parameters are those of `Problem`; ``problem`` holds them.
    """

    def __init__(
        self,
        seen: str,
        *,
        uri: str | None = None,
        place: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.problem = Problem(seen, uri, place, hint)
        super().__init__(str(self.problem))


class FrameError(ChromaskError, ValueError):
    """A text that is no frame: broken JSON, a limit exceeded, a required key missing."""


class AnnotationError(FrameError):
    """An argument of `add_annotation` or a sibling that no ROI can hold."""


class MediaError(ChromaskError):
    """An image, mask or video that is missing, damaged, refused or of another type."""


class StorageError(ChromaskError):
    """A file that cannot be read or written, or a URI that is refused."""


Remedy = Literal["replace", "write_again", "new_name", "elsewhere"]


class ConflictError(StorageError):
    """Files that another program changed or removed since they were loaded; the user decides.

    Attributes
    ----------
    problems
        What became of each file; ``problem`` is the first.
    remedy
        What saving all the same does: ``replace`` what is there, ``write_again`` what is gone,
        write a mask under a ``new_name`` since what is there cannot be replaced; or that it
        cannot be done, and only saving ``elsewhere`` helps.
    """

    def __init__(self, problems: Sequence[Problem], remedy: Remedy = "replace") -> None:
        first = problems[0]
        super().__init__(first.seen, uri=first.uri, place=first.place, hint=first.hint)
        self.problems = tuple(problems)
        self.remedy: Remedy = remedy


class EditError(ChromaskError):
    """An edit that cannot be done: the mask cannot hold the value, or an edit is open."""


class ReadOnlyError(EditError, TypeError, AttributeError):
    """A value or a frame that is only to be read, such as an open document's."""


class OutsideError(EditError):
    """An edit of a file outside what was opened, before the user was asked about it.

    Attributes
    ----------
    folder
        The folder that the user may allow.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "this folder is outside the opened one",
            uri=str(folder),
            hint="Allow that masks there are edited, or let the frame get a mask of its own",
        )
        self.folder = folder
