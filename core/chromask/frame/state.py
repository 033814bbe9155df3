"""A frame's state: frozen, shared between copies, read from a JSON value.

Imported by `frame_view` and what stands on it. Nothing here opens a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from itertools import count as numbers
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from chromask.errors import FrameError, Problem, say
from chromask.frame.annotation import Annotation, read_annotation
from chromask.frame.source import Source, placed, read_source
from chromask.jsontext.values import (
    as_array,
    as_number,
    as_object,
    describe,
    id_text,
)
from chromask.jsontext.views import freeze

if TYPE_CHECKING:
    from collections.abc import Mapping

LIST_KEYS: Final = ("sources", "rois")


@dataclass(frozen=True, slots=True)
class State:
    """All that a frame holds; shared between copies and never changed.

    Attributes
    ----------
    top
        The frame's object with its keys in order; where ``sources`` and ``rois`` hold
        lists, their members are those of the two tuples.
    properties
        All other keys, frozen: the same object until one of them changes.
    sources, annotations
        The frame's sources and ROIs, in the order of the file.
    """

    top: Mapping[str, Any]
    properties: Mapping[str, Any]
    sources: tuple[Source, ...]
    annotations: tuple[Annotation, ...]

    def to_value(self) -> dict[str, Any]:
        """Give the frame's JSON object; its members are shared, not copied."""
        value = dict(self.top)
        value["sources"] = [source.raw for source in self.sources]
        if as_array(value.get("rois")) is not None:
            value["rois"] = [annotation.raw for annotation in self.annotations]
        return value

    def with_top(self, top: Mapping[str, Any]) -> State:
        """Give the state with other keys of the frame itself."""
        return replace(self, top=top, properties=_properties(top, self))


def read_state(value: object, uri: str | None) -> State:
    """Read a frame's JSON value, sharing its members.

    Raises
    ------
    FrameError
        When it is no object, or has no list of sources: such a value is no frame.
    """
    top = as_object(value)
    if top is None:
        count = as_array(value)
        hint = "A frame is one object with the key sources"
        if count is not None:
            hint = say(
                "It may be a list of {} frames: store each in a file", len(count)
            )
        raise FrameError(say("{} is no frame", describe(value)), uri=uri, hint=hint)
    sources = as_array(top.get("sources"))
    if sources is None:
        seen = "the key sources is missing"
        if "sources" in top:
            seen = say("sources is {}, not a list", describe(top["sources"]))
        raise FrameError(
            seen, uri=uri, place="sources", hint="A frame lists its sources there"
        )
    return State(
        top,
        _properties(top),
        tuple(read_source(source) for source in sources),
        tuple(read_annotation(roi) for roi in as_array(top.get("rois")) or ()),
    )


def find_problems(state: State, uri: str | None) -> tuple[Problem, ...]:
    """Name everything that is kept although something is wrong with it."""
    found = list(_top_problems(state, uri))
    seen: set[str] = set()
    for position, source in enumerate(state.sources):
        place = f"sources[{position}]"
        found += [placed(problem, place, uri) for problem in source.problems]
        if source.id in seen:
            found.append(
                Problem(
                    say("a second source has the id {!r}", source.id),
                    uri,
                    place,
                    "ROIs that name this id mean both",
                    "warning",
                )
            )
        seen.add(source.id)
    # An edit asks again, and of 10 000 ROIs hardly one has a problem.
    for index in compress(numbers(), map(attrgetter("problems"), state.annotations)):
        place = f"rois[{index}]"
        problems = state.annotations[index].problems
        found += [placed(problem, place, uri) for problem in problems]
    return tuple(found)


def _properties(
    top: Mapping[str, Any], before: State | None = None
) -> Mapping[str, Any]:
    # Frozen: a caller who changed a member in place would change every undo state.
    # What did not change stays the same object, which live values know their own by.
    frozen: dict[str, Any] = {}
    for key, value in top.items():
        if key not in LIST_KEYS:
            if before and key in before.top and before.top[key] is value:
                frozen[key] = before.properties[key]
            else:
                frozen[key] = freeze(value)
    return MappingProxyType(frozen)


def _top_problems(state: State, uri: str | None) -> list[Problem]:
    checks = {
        "rois": (as_array, say("a list"), "error"),
        "meta": (as_object, say("an object"), "warning"),
        "timestamp": (as_number, say("a number of milliseconds"), "warning"),
        "context_id": (id_text, say("a text"), "warning"),
        "id": (id_text, say("a text"), "warning"),
    }
    problems: list[Problem] = []
    if not state.sources:
        problems.append(Problem("the frame has no source", uri, "sources"))
    for key, (read, wanted, severity) in checks.items():
        value = state.top.get(key)
        if value is not None and read(value) is None:
            problems.append(
                Problem(
                    say("{} is not {}", describe(value), wanted),
                    uri,
                    key,
                    "It is kept as it is",
                    "error" if severity == "error" else "warning",
                )
            )
    return problems
