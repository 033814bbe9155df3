"""Labels from outside the frame: a data set's mapping of colours to labels.

Imported by `census` and what stands on it. A ROI of the frame wins over a mapping; that
rule is theirs, this module only reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from chromask.errors import Problem, say
from chromask.frame.annotation import mask_value_problem
from chromask.jsontext.values import as_array, as_number, as_object, describe

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAMES: Final = ("_mask_legend.json", "mask_labels.json", "labelmap.json")
"""Where a folder keeps its mapping; the first that exists counts."""

ALL_MASKS: Final = "_all_"
MASK_LABELS: Final = "mask_labels"


@dataclass(frozen=True, slots=True)
class MappingEntry:
    """One colour of a mapping.

    Attributes
    ----------
    mask_id
        The mask that it is about; None for all masks.
    value
        One, three or four ints, -1 for any value of a channel, as in a ROI.
    labels
        What the colour means.
    """

    mask_id: str | None
    value: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelMapping:
    """A data set's labels for the colours of its masks.

    Attributes
    ----------
    uri
        The file it was read from.
    entries
        In the order of the file.
    problems
        The entries that cannot be read.
    """

    uri: str | None
    entries: tuple[MappingEntry, ...]
    problems: tuple[Problem, ...] = ()


def read_mapping(value: object, uri: str | None = None) -> LabelMapping:
    """Read a mapping in any of the spellings that are met.

    A list of ``{"value": [r, g, b], "labels": [...]}``, where a grey level may stand as
    a bare number; an object of such lists by mask id, ``_all_`` for every mask (that
    another key is a mask id is inferred); either of these under ``mask_labels``; a legend that runs the other way, ``{"person": [r, g, b]}``.
    What cannot be read is in `problems`, and the rest counts.
    """
    problems: list[Problem] = []
    entries = _read(value, "", problems)
    placed = tuple(
        Problem(problem.seen, uri, problem.place, problem.hint, problem.severity)
        for problem in problems
    )
    return LabelMapping(uri, tuple(entries), placed)


def _read(value: object, place: str, problems: list[Problem]) -> list[MappingEntry]:
    if as_array(value) is not None:
        return _read_list(value, None, place, problems)
    found = as_object(value)
    if found is None:
        problems.append(
            _bad(place, value, say("a list or an object of colours and labels"))
        )
        return []
    # A class may be called mask_labels: then its value is a colour, a list of numbers.
    inner = found.get(MASK_LABELS)
    if inner is not None and not _is_value(inner):
        return _read(inner, _join(place, MASK_LABELS), problems)
    entries: list[MappingEntry] = []
    for key, member in found.items():
        where = _join(place, key)
        if _is_value(member):
            entries += _entry(None, member, (key,), where, problems)
        else:
            mask_id = None if key == ALL_MASKS else key
            entries += _read_list(member, mask_id, where, problems)
    return entries


def _read_list(
    value: object, mask_id: str | None, place: str, problems: list[Problem]
) -> list[MappingEntry]:
    members = as_array(value)
    if members is None:
        problems.append(
            _bad(place, value, say("a colour or a list of colours and labels"))
        )
        return []
    entries: list[MappingEntry] = []
    for index, member in enumerate(members):
        where = f"{place}[{index}]"
        found = as_object(member)
        if found is None:
            problems.append(_bad(where, member, say("an object with value and labels")))
            continue
        labels = _labels(found, where, problems)
        entries += _entry(
            mask_id, found.get("value"), labels, f"{where}.value", problems
        )
    return entries


def _entry(
    mask_id: str | None,
    value: object,
    labels: tuple[str, ...],
    place: str,
    problems: list[Problem],
) -> list[MappingEntry]:
    channels: list[int] = []
    members = as_array(value) if as_number(value) is None else [value]
    for item in members or ["none"]:
        number = as_number(item)
        if number is None or number != int(number):
            problems.append(_bad(place, value, say("a list of whole numbers")))
            return []
        channels.append(int(number))
    wanted = mask_value_problem(channels)
    if wanted is not None:
        problems.append(_bad(place, value, wanted))
        return []
    return [MappingEntry(mask_id, tuple(channels), labels)] if labels else []


def _labels(
    found: Mapping[str, Any], place: str, problems: list[Problem]
) -> tuple[str, ...]:
    key = "labels" if "labels" in found else "label"
    given = found.get(key)
    members = [given] if isinstance(given, str) else as_array(given) or []
    labels = tuple(label for label in members if isinstance(label, str) and label)
    if not labels or len(labels) != len(members):
        problems.append(_bad(f"{place}.{key}", given, say("a list of texts")))
    return labels


def _is_value(value: object) -> bool:
    members = as_array(value)
    return bool(members) and all(as_number(member) is not None for member in members)


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _bad(place: str, value: object, wanted: str) -> Problem:
    return Problem(
        say("{} is not {}", describe(value), wanted),
        place=place or None,
        hint="It is left out; mend it in the file",
        severity="warning",
    )
