"""`FrameGroup`: a frame of several sources, a dictionary of live views of each.

Imported by `frame`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chromask.errors import FrameError, say
from chromask.frame import file as frame_file
from chromask.frame.annotation import Annotation, read_edited
from chromask.frame.editable import Frame
from chromask.frame.keys import timestamp_argument
from chromask.frame.roi import id_argument, replace_annotation
from chromask.frame.single import SingleFrame, metadata_of
from chromask.frame.source_edits import (
    with_value,
)
from chromask.frame.state import State, read_state
from chromask.jsontext.values import as_object, copy_json, describe

if TYPE_CHECKING:
    import os

    from chromask.frame.source import Source


class FrameGroup(Frame, MutableMapping[str, SingleFrame]):
    """A frame of several sources, which behaves like a dictionary of name -> `SingleFrame`.

    ``group["front"]`` is a live view: editing it edits the group. Setting a name adds or
    replaces a source with its masks, ROIs and metadata; deleting it removes them. The
    metadata of one source stands under its name in the group's, as in the public SDK.

    Parameters
    ----------
    frames
        Name -> frame.
    metadata
        The user's own keys of the group.
    context_id, timestamp, id
        As those of `SingleFrame`.

    Raises
    ------
    FrameError
        When an argument is refused; it names the argument and the value.
    """

    def __init__(
        self,
        frames: Mapping[str, SingleFrame] | None = None,
        metadata: Mapping[str, Any] | None = None,
        *,
        context_id: str | None = None,
        timestamp: float | None = None,
        id: str | None = None,  # noqa: A002 - the key's name
    ) -> None:
        top: dict[str, Any] = {
            "id": id,
            "context_id": context_id,
            "timestamp": timestamp_argument(timestamp),
            "meta": metadata_of(metadata),
        }
        top = {key: value for key, value in top.items() if value is not None}
        top["sources"] = []
        super().__init__(read_state(copy_json(top, ""), None))
        for name, frame in (frames or {}).items():
            self[name] = frame

    # A group is equal to itself alone, like every frame: as a dictionary of views, made
    # anew each time, it would not even be that.
    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return id(self)

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __getitem__(self, name: str) -> SingleFrame:
        if name not in self._names():
            raise KeyError(name)
        return GroupMember(self, name)

    def __setitem__(self, name: str, frame: SingleFrame) -> None:
        if not isinstance(frame, SingleFrame):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise FrameError(
                say("group[{!r}] is set to {}", name, describe(frame)),
                hint="Give a SingleFrame",
            )
        text = id_argument("name", name)
        if not frame.sources:
            raise FrameError("the frame has no source", uri=frame.uri, place="sources")
        state = frame._state  # pyright: ignore[reportPrivateUsage]
        sources = state.sources
        base = frame.uri or frame._base_uri  # pyright: ignore[reportPrivateUsage]
        if base is not None and self.uri is not None:
            sources = frame_file.rebase(sources, base, self.uri)
        source = with_value(sources[0], "id", text)
        moved = tuple(_renamed(roi, text) for roi in state.annotations)
        old = self._state
        if name in self._names():
            position = self._source_position(name)
            rest = _without_source(old.annotations, name, list(self))
            sources = (*old.sources[:position], source, *old.sources[position + 1 :])
        else:
            rest, sources = old.annotations, (*old.sources, source)
        top = _merged_top(old.top, state.top, str(text))
        if moved and top.get("rois") is None:
            top["rois"] = []
        changed = replace(old, sources=sources, annotations=(*rest, *moved))
        self._commit(changed.with_top(top))

    def __delitem__(self, name: str) -> None:
        names = self._names()
        if name not in names:
            raise KeyError(name)
        state = self._state
        changed = replace(
            state,
            sources=tuple(s for s in state.sources if s.id != name),
            annotations=_without_source(state.annotations, name, names),
        )
        self._commit(changed.with_top(_with_meta_of(state.top, name, None)))

    def _names(self) -> list[str]:
        return list(dict.fromkeys(source.id for source in self.sources))


class GroupMember(SingleFrame):
    """One source of a group as a frame of its own: a live view of the group.

    It shows the ROIs of its source, those of several sources among them: changing such
    a ROI changes it for all, removing it takes it away from this source alone. Its metadata
    is what the group's has under its name; other keys of the frame are the group's.
    `copy` gives a frame that is no view.
    """

    def __init__(self, group: FrameGroup, name: str) -> None:
        Frame.__init__(self, group._state, group.uri)  # pyright: ignore[reportPrivateUsage]
        self._group = group
        self._name = name
        self._seen: tuple[State, State, list[int]] | None = None

    def copy(self) -> SingleFrame:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Give a frame of this source alone, which later edits do not reach."""
        taken = SingleFrame._from_state(self._state, None)
        taken._base_uri = self._group.uri or self._group._base_uri  # pyright: ignore[reportPrivateUsage]
        return taken

    def save(self, uri: str | os.PathLike[str] | None = None) -> None:
        """Refuse: the file holds the whole group.

        Raises
        ------
        FrameError
            Always: save the group, or a copy of this view.
        """
        raise FrameError(
            say("the frame {!r} is a view of a group", self._name),
            uri=self.uri,
            hint="Save the group, or save copy() to a file of its own",
        )

    @property
    def _state(self) -> State:
        return self._view()[0]

    def _view(self) -> tuple[State, list[int]]:
        whole = self._group._state  # pyright: ignore[reportPrivateUsage]
        if self._seen is None or self._seen[0] is not whole:
            sources = tuple(s for s in whole.sources if s.id == self._name)[:1]
            indices = [
                index
                for index, roi in enumerate(whole.annotations)
                if not roi.sources or self._name in roi.sources
            ]
            rois = tuple(whole.annotations[index] for index in indices)
            seen = replace(whole, sources=sources, annotations=rois)
            self._seen = whole, seen.with_top(_top_of(whole, self._name)), indices
        return self._seen[1], self._seen[2]

    def _commit(self, state: State) -> None:
        # Only keys of the frame itself arrive here; all but its metadata are the group's.
        group = self._group
        whole = group._state  # pyright: ignore[reportPrivateUsage]
        top = {key: value for key, value in state.top.items() if key != "meta"}
        if "meta" in whole.top:
            top["meta"] = whole.top["meta"]
        ordered = {key: top.pop(key) for key in whole.top if key in top}
        top = _with_meta_of(ordered | top, self._name, state.top.get("meta"))
        group._commit(whole.with_top(top))  # pyright: ignore[reportPrivateUsage]

    def _append_annotations(self, added: Sequence[Annotation]) -> list[int]:
        start = len(self.annotations)
        self._group._append_annotations(added)  # pyright: ignore[reportPrivateUsage]
        return list(range(start, start + len(added)))

    def _replace_annotations(self, changed: Mapping[int, Annotation | None]) -> None:
        indices = self._view()[1]
        annotations = self.annotations
        names = list(self._group)
        mapped = {
            indices[index]: _taken_from(annotations[index], self._name, names)
            if new is None
            else new
            for index, new in changed.items()
        }
        self._group._replace_annotations(mapped)  # pyright: ignore[reportPrivateUsage]

    def _replace_source(self, position: int, source: Source) -> None:
        del position  # a view has one source; its place in the group is asked for
        group = self._group
        place = group._source_position(self._name)  # pyright: ignore[reportPrivateUsage]
        group._replace_source(place, source)  # pyright: ignore[reportPrivateUsage]


def _renamed(roi: Annotation, name: str | int) -> Annotation:
    raw = as_object(roi.raw)
    return roi if raw is None else read_edited(roi, {**raw, "sources": [name]})


def _taken_from(roi: Annotation, name: str, names: Sequence[str]) -> Annotation | None:
    """Give a ROI without one of its sources; None when it was its only one."""
    if as_object(roi.raw) is None:
        return None
    rest = [other for other in roi.sources or names if other != name]
    return replace_annotation(roi, sources=rest) if rest else None


def _without_source(
    rois: Sequence[Annotation], name: str, names: Sequence[str]
) -> tuple[Annotation, ...]:
    """Give the ROIs after a source was removed; a ROI of every source stays one."""
    kept: list[Annotation] = []
    for roi in rois:
        found = _taken_from(roi, name, names) if name in roi.sources else roi
        if found is not None:
            kept.append(found)
    return tuple(kept)


def _merged_top(
    top: Mapping[str, Any], added: Mapping[str, Any], name: str
) -> dict[str, Any]:
    """Give the group's keys with those of a frame that joins it.

    What the group has stays. The frame's ``meta`` goes under its name in the group's, as
    the public SDK (clearml 2.1) stores the metadata of one image of several.
    """
    merged = dict(top)
    for key, value in added.items():
        if key not in ("id", "sources", "rois", "meta") and key not in merged:
            merged[key] = value
    return _with_meta_of(merged, name, as_object(added.get("meta")) or None)


def _top_of(whole: State, name: str) -> dict[str, Any]:
    """Give the keys that one source's view shows: those of the group, with its own ``meta``."""
    top = {**whole.top, **whole.properties}  # frozen already, so that nothing is copied
    own = as_object((as_object(top.get("meta")) or {}).get(name))
    shown = {key: own if key == "meta" else value for key, value in top.items()}
    if own is None:
        shown.pop("meta", None)
    return shown


def _with_meta_of(top: Mapping[str, Any], name: str, own: object) -> dict[str, Any]:
    """Give the group's keys with other metadata of one source; None removes it.

    Raises
    ------
    FrameError
        The group's ``meta`` is no object, so that nothing can stand in it.
    """
    meta = top.get("meta")
    found = as_object(meta) or {}
    if own is None and as_object(found.get(name)) is None:
        return dict(top)
    if meta is not None and as_object(meta) is None:
        raise FrameError(
            say("meta is {}, not an object", describe(meta)),
            place="meta",
            hint="Assign a dictionary to it first",
        )
    rest = {
        key: value for key, value in found.items() if key != name or own is not None
    }
    return {**top, "meta": rest if own is None else {**rest, name: own}}
