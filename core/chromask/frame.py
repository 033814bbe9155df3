"""`SingleFrame`, `FrameGroup` and `load_frame`: a frame of one source, or of several.

Everything that both share is in `frame_base`. This module knows what differs: the names
of the one source, and a group that behaves like a dictionary of frames.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chromask import frame_file
from chromask.annotation import Annotation, read_edited
from chromask.errors import FrameError, say
from chromask.frame_base import Frame
from chromask.frame_state import State, read_state
from chromask.json_values import as_array, as_object, copy_json, describe
from chromask.roi import UNSET, Unset, id_argument, replace_annotation
from chromask.source import (
    DEFAULT_SOURCE_ID,
    Mask,
    MaskRef,
    Source,
    numbered_masks,
    uri_argument,
    with_masks_source,
    with_value,
)

if TYPE_CHECKING:
    import os

    from chromask.frame_json import JsonText

__all__ = [
    "UNSET",
    "Frame",
    "FrameGroup",
    "Mask",
    "MaskRef",
    "SingleFrame",
    "Source",
    "Unset",
    "frame_from_dict",
    "load_frame",
]


class SingleFrame(Frame):
    """A frame of one image, or of one moment of a video.

    Parameters
    ----------
    source
        The image's URI.
    width, height
        In pixels.
    preview_uri
        A small picture for lists.
    metadata
        The user's own keys of the frame.
    annotations
        ROIs: `Annotation` objects, or JSON objects of ROIs.
    mask_source
        One mask's URI, a list of URIs (numbered ``00``, ``01``), or mask id -> URI.
    masks_source
        The same under the public SDK's newer name; give one of the two.
    context_id
        What frames are grouped by; the source's URI when left out.
    timestamp
        Milliseconds from the start of the video.
    content_type
        The source's type, such as ``image/png`` or ``video/mp4``.
    id
        The frame's id.
    source_id
        The source's id.

    Raises
    ------
    FrameError
        When an argument is refused; it names the argument and the value.
    """

    _most_sources = 1

    def __init__(
        self,
        source: str | os.PathLike[str],
        width: int | None = None,
        height: int | None = None,
        preview_uri: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        annotations: Sequence[Annotation | Mapping[str, Any]] | None = None,
        mask_source: str | Sequence[str] | Mapping[str, str] | None = None,
        *,
        masks_source: str | Sequence[str] | Mapping[str, str] | None = None,
        context_id: str | None = None,
        timestamp: float | None = None,
        content_type: str | None = None,
        id: str | None = None,  # noqa: A002 - the key's name
        source_id: str = DEFAULT_SOURCE_ID,
    ) -> None:
        if mask_source is not None and masks_source is not None:
            raise FrameError(
                "mask_source and masks_source are both given", hint="Give one of them"
            )
        given = {
            "id": id_argument("source_id", source_id),
            "uri": uri_argument("source", source),
            "content_type": content_type,
            "width": _size_argument("width", width),
            "height": _size_argument("height", height),
            "timestamp": timestamp,
            "preview": None
            if preview_uri is None
            else {"uri": uri_argument("preview_uri", preview_uri)},
        }
        top: dict[str, Any] = {
            "id": id,
            "context_id": context_id,
            "timestamp": timestamp,
            "meta": _metadata_argument(metadata),
        }
        top = {key: value for key, value in top.items() if value is not None}
        top["sources"] = [{k: v for k, v in given.items() if v is not None}]
        rois = _rois_argument(annotations)
        if rois:
            top["rois"] = rois
        super().__init__(read_state(copy_json(top, ""), None))
        masks = masks_source if mask_source is None else mask_source
        if masks is not None:
            self.masks_source = masks

    @property
    def source(self) -> str:
        """The image's URI; empty when the file names none."""
        return self._only.uri

    @property
    def source_id(self) -> str:
        """The source's id, ``default`` when missing."""
        return self._only.id

    @property
    def width(self) -> int | None:
        """The width in pixels; None when unknown."""
        return self._only.width

    @property
    def height(self) -> int | None:
        """The height in pixels; None when unknown."""
        return self._only.height

    @property
    def preview_uri(self) -> str | None:
        """The preview's URI; None when there is none."""
        return self._only.preview_uri

    @property
    def masks_source(self) -> dict[str, str]:
        """Mask id -> URI, in the order of the file.

        Set it to such a dictionary, to a list of URIs (numbered ``00``, ``01``), to one
        URI, or to None. A mask whose id stays keeps its content type and its other keys.
        """
        # Of two masks under one id the first counts, here as for ROIs.
        uris: dict[str, str] = {}
        for mask in self._only.masks:
            uris.setdefault(mask.id, mask.uri)
        return uris

    @masks_source.setter
    def masks_source(self, masks: object) -> None:
        numbered = numbered_masks("masks_source", masks)
        self._replace_source(0, with_masks_source(self._only, numbered))

    @property
    def _only(self) -> Source:
        if not self.sources:
            raise FrameError("the frame has no source", uri=self.uri, place="sources")
        return self.sources[0]


class FrameGroup(Frame, MutableMapping[str, SingleFrame]):
    """A frame of several sources, which behaves like a dictionary of name -> `SingleFrame`.

    ``group["front"]`` is a live view: editing it edits the group. Setting a name adds or
    replaces a source with its masks and ROIs; deleting it removes them.

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
            "timestamp": timestamp,
            "meta": _metadata_argument(metadata),
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
        self._commit(
            replace(
                state,
                sources=tuple(s for s in state.sources if s.id != name),
                annotations=_without_source(state.annotations, name, names),
            )
        )

    def _names(self) -> list[str]:
        return list(dict.fromkeys(source.id for source in self.sources))


class GroupMember(SingleFrame):
    """One source of a group as a frame of its own: a live view of the group.

    It shows the ROIs of its source, those of several sources among them: changing such
    a ROI changes it for all, removing it takes it away from this source alone.
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
            self._seen = (
                whole,
                replace(whole, sources=sources, annotations=rois),
                indices,
            )
        return self._seen[1], self._seen[2]

    def _commit(self, state: State) -> None:
        # Only keys of the frame itself arrive here; they are the group's.
        group = self._group
        whole = group._state  # pyright: ignore[reportPrivateUsage]
        group._commit(whole.with_top(state.top))  # pyright: ignore[reportPrivateUsage]

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


def load_frame(uri: str | os.PathLike[str]) -> SingleFrame | FrameGroup:
    """Read a frame's JSON file: a `FrameGroup` when it has several sources.

    Raises
    ------
    FrameError
        When it is broken JSON or no frame; it names the line and column.
    StorageError
        When the file cannot be read.
    """
    return frame_of_text(*frame_file.read(uri))


def frame_of_text(text: JsonText, uri: str) -> SingleFrame | FrameGroup:
    """Give the frame of a JSON text; raises FrameError where it is none."""
    state = read_state(text.value, uri)
    kind = SingleFrame if len(state.sources) < 2 else FrameGroup
    return kind._from_state(state, uri, text)  # pyright: ignore[reportPrivateUsage]


def frame_from_dict(
    value: Mapping[str, Any], uri: str | None = None
) -> SingleFrame | FrameGroup:
    """Give the frame of a JSON object: a `FrameGroup` when it has several sources.

    Raises
    ------
    FrameError
        When it is no frame, or holds what JSON cannot.
    """
    several = len(as_array((as_object(value) or {}).get("sources")) or ()) > 1
    return (FrameGroup if several else SingleFrame).from_dict(value, uri)


def _size_argument(argument: str, value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise FrameError(
            say("{} is {!r}", argument, value),
            hint="Give a whole number above 0, in pixels",
        )
    return value


def _metadata_argument(metadata: object) -> dict[str, Any] | None:
    if metadata is None:
        return None
    if not isinstance(metadata, Mapping):
        raise FrameError(
            say("metadata is {}", describe(metadata)), hint="Give a dictionary"
        )
    return copy_json(dict(metadata), "metadata")  # pyright: ignore[reportUnknownArgumentType]


def _rois_argument(annotations: object) -> list[Any]:
    if annotations is None:
        return []
    if isinstance(annotations, str) or not isinstance(annotations, Sequence):
        raise FrameError(
            say("annotations is {}", describe(annotations)),
            hint="Give a list of annotations or of JSON objects",
        )
    rois: list[Any] = []
    members: Sequence[object] = annotations  # pyright: ignore[reportUnknownVariableType]
    for index, member in enumerate(members):
        raw: object = member.raw if isinstance(member, Annotation) else member
        if not isinstance(raw, Mapping):
            raise FrameError(
                say("annotations[{}] is {}", index, describe(raw)),
                hint="Give an Annotation or a JSON object",
            )
        rois.append(copy_json(dict(raw), f"annotations[{index}]"))  # pyright: ignore[reportUnknownArgumentType]
    return rois


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
    meta = as_object(added.get("meta"))
    if meta:
        merged["meta"] = {**(as_object(merged.get("meta")) or {}), name: meta}
    return merged
