"""Which mask a ROI means: the published documents contradict each other, so rules in order.

Imported by `frame_view` and everything above. It reads frames and changes none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, count
from operator import not_
from typing import TYPE_CHECKING, Final, Protocol

from chromask.errors import Problem, say
from chromask.frame.source import FIRST_MASK_ID, MaskRef, Source, mask_refs
from chromask.jsontext.values import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask.frame.annotation import Annotation

UNRESOLVED: Final = 4
"""The number that a `Resolution` carries when no rule finds a mask."""

FIRST_MASK: Final = 5
"""The rule, inferred and tried last, by which ``00`` means the first mask of each source."""

MOST_NAMED: Final = 10
"""So many masks a message names; a frame may have thousands."""


class HasRois(Protocol):
    """What `resolve` needs of a frame."""

    @property
    def uri(self) -> str | None:
        """The file of the frame."""
        ...

    @property
    def sources(self) -> tuple[Source, ...]:
        """The frame's sources."""
        ...

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The frame's ROIs."""
        ...


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a ROI means.

    Attributes
    ----------
    index
        The ROI's index in the frame.
    rule
        1: ``mask.id`` is the id of a mask. 2: a label is the id of a mask, as in older
        documents, and ``mask.id`` is the name. 3: its sources carry one mask only.
        4: unresolved. 5: ``mask.id`` is ``00``, which the public SDK writes whatever the
        masks are called: the first mask of each source (inferred). None: the ROI has no
        mask (a polygon, a label of the frame).
    masks
        The keys of its masks; several when it belongs to several sources.
    name
        What to call it: its labels, or ``mask.id`` by rule 2.
    problem
        A warning that says why it is unresolved, or a note on rule 5; else None.
    """

    index: int
    rule: int | None
    masks: tuple[str, ...]
    name: str
    problem: Problem | None = None


class MaskTable:
    """The masks of a frame by source and id: built once, asked for each ROI."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._known = frozenset(source.id for source in sources)
        self._refs = mask_refs(sources)
        self._cache: dict[frozenset[str], dict[str, tuple[MaskRef, ...]]] = {}
        # Two masks of one source under one id: the first counts.
        self._by_source: dict[str, dict[str, MaskRef]] = {}
        self._counts: dict[str, int] = {}
        for ref in self._refs:
            self._by_source.setdefault(ref.source.id, {}).setdefault(ref.mask.id, ref)
            self._counts[ref.source.id] = self._counts.get(ref.source.id, 0) + 1
        self._ranks = {name: rank for rank, name in enumerate(self._by_source)}

    def of(self, source_ids: Sequence[str]) -> dict[str, tuple[MaskRef, ...]]:
        """Give mask id -> masks (one of each source) for a ROI's ``sources``; empty means all."""
        wanted = frozenset(source_ids)
        found = self._cache.get(wanted)
        if found is None:
            lists: dict[str, dict[str, MaskRef]] = {}
            for source_id in self._named(source_ids):
                for mask_id, ref in self._by_source[source_id].items():
                    lists.setdefault(mask_id, {})[source_id] = ref
            found = {mask_id: tuple(refs.values()) for mask_id, refs in lists.items()}
            self._cache[wanted] = found
        return found

    def match(self, annotation: Annotation) -> tuple[int, tuple[MaskRef, ...]]:
        """Give the rule (1 to 5) that finds the ROI's masks, and the masks."""
        sources, mask_id = annotation.sources, annotation.mask_id
        if mask_id is not None and (found := self._find(sources, mask_id)):
            return 1, found
        for label in annotation.labels:
            if found := self._find(sources, label):
                return 2, found
        if self._count(sources) == 1:
            return 3, next(iter(self.of(sources).values()))
        firsts = self.firsts(sources) if mask_id == FIRST_MASK_ID else ()
        return (FIRST_MASK, firsts) if firsts else (UNRESOLVED, ())

    def firsts(self, source_ids: Sequence[str]) -> tuple[MaskRef, ...]:
        """Give the first mask of each of a ROI's ``sources``; empty means all sources."""
        named = self._named(source_ids)
        return tuple(next(iter(self._by_source[name].values())) for name in named)

    def some_ids(self, source_ids: Sequence[str], most: int) -> list[str]:
        """Give the first ids of the masks of a ROI's ``sources``, at most so many."""
        names = self._named(source_ids)
        ids = (mask_id for name in names for mask_id in self._by_source[name])
        found: dict[str, None] = {}
        for mask_id in ids:
            if len(found) == most:
                break
            found[mask_id] = None
        return list(found)

    def _find(self, source_ids: Sequence[str], mask_id: str) -> tuple[MaskRef, ...]:
        """Give the masks of one id, one of each source that a ROI names.

        Of all sources they are made once; of some, ROIs may each name other ones.
        """
        if not source_ids:
            return self.of(()).get(mask_id, ())
        found = (self._by_source[name].get(mask_id) for name in self._named(source_ids))
        return tuple(ref for ref in found if ref is not None)

    def _named(self, source_ids: Sequence[str]) -> list[str]:
        """Give the sources with masks that a ROI names, in the file's order; none: all."""
        if not source_ids:
            return list(self._by_source)
        return sorted({*source_ids} & self._ranks.keys(), key=self._ranks.__getitem__)

    def unknown_sources(self, annotation: Annotation) -> list[str]:
        """Give the sources that a ROI names and the frame does not have."""
        return [name for name in annotation.sources if name not in self._known]

    def _count(self, source_ids: Sequence[str]) -> int:
        if not source_ids:
            return len(self._refs)
        return sum(self._counts.get(name, 0) for name in set(source_ids))


def resolve(frame: HasRois) -> tuple[Resolution, ...]:
    """Say for each ROI of a frame which masks it means, and by which rule."""
    table = MaskTable(frame.sources)
    return tuple(
        resolve_one(annotation, index, table, uri=frame.uri)
        for index, annotation in enumerate(frame.annotations)
    )


def resolve_one(
    annotation: Annotation, index: int, table: MaskTable, *, uri: str | None = None
) -> Resolution:
    """Say which masks one ROI means; `table` is that of the frame's sources."""
    name = ", ".join(annotation.labels)
    if not annotation.has_mask:
        return Resolution(index, None, (), name)
    rule, refs = table.match(annotation)
    if rule == 2 and annotation.mask_id is not None:
        name = annotation.mask_id
    problem = None
    if rule == UNRESOLVED:
        problem = _unresolved(annotation, index, table, uri)
    elif rule == FIRST_MASK:
        problem = _inferred(annotation, index, refs, uri)
    return Resolution(index, rule, tuple(ref.key for ref in refs), name, problem)


class Doubts:
    """What `resolve` has to say of a frame's ROIs, followed from one state to the next.

    A frame of 10 000 ROIs is asked for its problems after each edit. No edit changes a ROI's
    object, so those that were resolved before are skipped without Python code.

    Parameters
    ----------
    frame
        The frame.
    before
        The doubts of an earlier state of it; None where there is none.

    Attributes
    ----------
    problems
        A warning for each unresolved ROI and a note for each that rule 5 resolves, in the
        order of the file.
    """

    def __init__(self, frame: HasRois, before: Doubts | None = None) -> None:
        self._sources, self._uri = frame.sources, frame.uri
        rois = self._rois = frame.annotations
        known: dict[int, tuple[int, Problem]] = {}
        sure: set[int] = set()
        if before is not None and before._is_of(frame):
            known = before._found
            sure = set(map(id, before._rois)) - known.keys()
        table = MaskTable(frame.sources)
        self._found: dict[int, tuple[int, Problem]] = {}
        is_open = map(not_, map(sure.__contains__, map(id, rois)))
        for index in compress(count(), is_open):
            roi = rois[index]
            place, problem = known.get(id(roi), (None, None))
            if place != index:
                problem = resolve_one(roi, index, table, uri=frame.uri).problem
            if problem is not None:
                self._found[id(roi)] = index, problem
        self.problems = tuple(problem for _, problem in self._found.values())

    def _is_of(self, frame: HasRois) -> bool:
        return self._sources is frame.sources and self._uri == frame.uri


def guessed_mask(taken: str, known: Sequence[str]) -> Problem:
    """Give the warning on a ROI that got a mask although it was not said which one."""
    names = ", ".join(map(repr, known[:MOST_NAMED]))
    return Problem(
        say("mask_id was not given, and of the masks {} it got {!r}", names, taken),
        place="mask.id",
        hint="Give mask_id",
        severity="warning",
    )


def _inferred(
    annotation: Annotation, index: int, refs: Sequence[MaskRef], uri: str | None
) -> Problem:
    keys = ", ".join(ref.key for ref in refs[:MOST_NAMED])
    return Problem(
        say(
            "the ROI names the mask {!r}, as the public SDK does whatever a mask is "
            "called: {} is taken",
            annotation.mask_id,
            keys,
        ),
        uri,
        f"rois[{index}].mask.id",
        "Name the mask that it means, if it is another one",
        "note",
    )


def _unresolved(
    annotation: Annotation, index: int, table: MaskTable, uri: str | None
) -> Problem:
    unknown = table.unknown_sources(annotation)
    masks = table.some_ids(annotation.sources, MOST_NAMED)
    if unknown and len(unknown) == len(annotation.sources):
        seen = say(
            "the ROI names the source {!r}, which the frame does not have", unknown[0]
        )
        place, hint = f"rois[{index}].sources", "Name a source of the frame"
    elif not masks:
        seen = "the ROI means a mask, but its sources have none"
        place, hint = f"rois[{index}].mask", "Add the mask to a source of the frame"
    else:
        given = (
            "no mask" if annotation.mask_id is None else describe(annotation.mask_id)
        )
        names = ", ".join(map(describe, masks))
        seen = say("the ROI names {}, and the frame has the masks {}", given, names)
        place, hint = f"rois[{index}].mask.id", "Name one of these masks"
    return Problem(seen, uri, place, hint, "warning")
