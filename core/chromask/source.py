"""Sources and their masks: frozen values read from a frame's JSON, and edits that give new ones.

Imported by `resolve` and `frame`. Nothing here opens a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chromask.errors import FrameError, Problem, say
from chromask.json_values import (
    as_array,
    as_number,
    as_object,
    copy_json,
    describe,
    id_text,
)

DEFAULT_SOURCE_ID = "default"

FIRST_MASK_ID = "00"
"""What a mask is called that was given no name; the public SDK's ROIs always name it."""


@dataclass(frozen=True, slots=True)
class Mask:
    """One mask of a source.

    Attributes
    ----------
    id
        The id as text; ids are compared as text.
    raw_id
        The id as the file has it: a text, or a whole number in older documents.
    uri
        Where the mask lies, relative to the frame's file; empty when the file names none.
    content_type
        In lower case without blanks, empty when missing.
    timestamp
        Milliseconds from the start of the video; the source's where the mask has none.
    width, height
        In pixels, None when missing.
    position
        The index in the source's list of masks in the file.
    raw
        The JSON object: shared, never to be changed.
    """

    id: str
    raw_id: str | float
    uri: str
    content_type: str
    timestamp: float
    width: int | None
    height: int | None
    position: int = 0
    raw: Mapping[str, Any] = field(
        default_factory=dict[str, Any], repr=False, hash=False
    )


@dataclass(frozen=True, slots=True)
class Source:
    """One image, or one moment of a video, with its masks.

    Attributes
    ----------
    id
        The id as text, ``default`` when missing.
    uri
        Where it lies, relative to the frame's file; empty when the file names none.
    content_type
        In lower case without blanks, empty when missing.
    width, height
        In pixels, None when missing.
    timestamp
        Milliseconds from the start of the video; 0 when missing, as for a still image.
    masks
        The masks that can be read; one that is no object is in `problems` alone.
    preview_uri
        The preview's URI, whether written as an object or as a plain text.
    meta
        The user's own keys.
    problems
        What is wrong, with places within the source (``masks[1].uri``).
    raw
        What the file holds, shared and never to be changed; it need not be an object.
    """

    id: str
    uri: str
    content_type: str
    width: int | None
    height: int | None
    timestamp: float
    masks: tuple[Mask, ...]
    preview_uri: str | None
    meta: Mapping[str, Any] = field(hash=False)
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    raw: object = field(default=None, repr=False, hash=False)

    @property
    def raw_id(self) -> str | float:
        """The id as a ROI of this source has to write it."""
        given = (as_object(self.raw) or {}).get("id")
        return self.id if given is None or id_text(given) is None else given


@dataclass(frozen=True, slots=True)
class MaskRef:
    """A mask with its source under a key that is unique in the frame.

    Attributes
    ----------
    key
        ``source/mask``; a second mask of the same names gets ``#2`` behind it.
    """

    key: str
    source: Source
    mask: Mask


def read_source(raw: object) -> Source:
    """Read one member of ``sources``; whatever is wrong is kept and named in `problems`.

    The raw value is shared, not copied.
    """
    found = as_object(raw)
    if found is None:
        problem = Problem(
            say("the source is {}, not an object", describe(raw)),
            hint="It is kept as it is",
        )
        return Source("", "", "", None, None, 0, (), None, {}, (problem,), raw)
    problems: list[Problem] = []
    timestamp = _timestamp(found, "", problems)
    return Source(
        id=_source_id(found, problems),
        uri=_uri(found, "", problems),
        content_type=_content_type(found, "", problems),
        width=_size(found, "width", "", problems),
        height=_size(found, "height", "", problems),
        timestamp=0 if timestamp is None else timestamp,
        masks=_read_masks(found, timestamp or 0, problems),
        preview_uri=_preview(found, problems),
        meta=_meta(found, problems),
        problems=tuple(problems),
        raw=raw,
    )


def mask_refs(sources: Sequence[Source]) -> tuple[MaskRef, ...]:
    """Give every mask of the sources under its key, in the order of the file."""
    counts: dict[str, int] = {}
    taken: set[str] = set()
    refs: list[MaskRef] = []
    for source in sources:
        for mask in source.masks:
            plain = key = f"{source.id}/{mask.id}"
            while key in taken:
                counts[plain] = counts.get(plain, 1) + 1
                key = f"{plain}#{counts[plain]}"
            taken.add(key)
            refs.append(MaskRef(key, source, mask))
    return tuple(refs)


def with_value(source: Source, key: str, value: object) -> Source:
    """Give the source with one key set in place, or added at its end.

    Raises
    ------
    FrameError
        When the source is no object.
    """
    return read_source({**_object_of(source), key: value})


def with_mask(
    source: Source, mask_id: str | int, uri: str, content_type: str | None
) -> Source:
    """Give the source with one more mask at the end.

    Raises
    ------
    FrameError
        When the id is taken, or the source's ``masks`` is no list.
    """
    if any(mask.id == id_text(mask_id) for mask in source.masks):
        raise FrameError(
            say("the source {!r} already has a mask {!r}", source.id, str(mask_id)),
            place="mask_id",
            hint="Give another id, or set the URI of that mask",
        )
    added: dict[str, Any] = {"id": mask_id, "uri": uri}
    if content_type:
        added["content_type"] = content_type
    return with_value(source, "masks", [*_raw_masks(source), added])


def with_mask_uri(
    source: Source, mask: Mask, uri: str, content_type: str | None
) -> Source:
    """Give the source with another URI (and content type, unless None) of one mask."""
    raw_masks = list(_raw_masks(source))
    changed = {**mask.raw, "uri": uri}
    if content_type is not None:
        changed["content_type"] = content_type
    raw_masks[mask.position] = changed
    return with_value(source, "masks", raw_masks)


def with_masks_source(source: Source, masks: Mapping[str, str]) -> Source:
    """Give the source with exactly these masks (id -> URI).

    A mask whose id stays keeps its other keys, such as its content type.
    """
    known = {mask.id: mask for mask in source.masks}
    members: list[object] = []
    for mask_id, uri in masks.items():
        old = known.get(mask_id)
        members.append({**old.raw, "uri": uri} if old else {"id": mask_id, "uri": uri})
    return with_value(source, "masks", members)


def numbered_masks(argument: str, masks: object) -> dict[str, str]:
    """Give id -> URI for a mapping, a list (numbered ``00``, ``01``) or one URI.

    Raises
    ------
    FrameError
        When it is none of these; it names the argument and the value.
    """
    if masks is None:
        return {}
    if isinstance(masks, str) or hasattr(masks, "__fspath__"):
        masks = [masks]
    pairs: list[tuple[object, object]]
    if isinstance(masks, Mapping):
        pairs = [*masks.items()]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    elif isinstance(masks, Sequence) and not isinstance(masks, bytes):
        pairs = [(f"{i:02d}", uri) for i, uri in enumerate(masks)]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    else:
        raise FrameError(
            say("{} is {}", argument, describe(masks)),
            hint="Give a dictionary of mask id -> URI, a list of URIs, or one URI",
        )
    return {
        _mask_id_argument(argument, key): uri_argument(f"{argument}[{key!r}]", uri)
        for key, uri in pairs
    }


def uri_argument(argument: str, uri: object) -> str:
    """Give a URI or path as text.

    Raises
    ------
    FrameError
        When it is neither, or empty.
    """
    fspath = getattr(uri, "__fspath__", None)
    text: object = fspath() if callable(fspath) else uri
    if not isinstance(text, str) or not text:
        raise FrameError(
            say("{} is {}", argument, describe(uri)),
            hint="Give a URI or a path as text",
        )
    copy_json(text, argument)
    return text


def rebased(source: Source, rebase: Callable[[str], str]) -> Source:
    """Give the source with every URI (image, masks, preview) passed through a function."""
    raw = as_object(source.raw)
    if raw is None:
        return source
    changed = dict(raw)
    _rebase_member(changed, rebase)
    if isinstance(changed.get("preview"), str):
        changed["preview"] = rebase(changed["preview"])
    elif (preview := as_object(changed.get("preview"))) is not None:
        changed["preview"] = _rebase_member(dict(preview), rebase)
    if (masks := as_array(changed.get("masks"))) is not None:
        changed["masks"] = [
            mask
            if (found := as_object(mask)) is None
            else _rebase_member(dict(found), rebase)
            for mask in masks
        ]
    return read_source(changed)


def placed(problem: Problem, prefix: str, uri: str | None) -> Problem:
    """Give the problem with its place behind a prefix, and with the file's URI."""
    place = f"{prefix}.{problem.place}" if problem.place else prefix
    return replace(problem, place=place, uri=uri)


def _rebase_member(
    member: dict[str, Any], rebase: Callable[[str], str]
) -> dict[str, Any]:
    if isinstance(member.get("uri"), str) and member["uri"]:
        member["uri"] = rebase(member["uri"])
    return member


def _object_of(source: Source) -> dict[str, Any]:
    raw = as_object(source.raw)
    if raw is None:
        raise FrameError(
            say(
                "the source is {}, not an object, and cannot be edited",
                describe(source.raw),
            ),
            hint="Mend the frame's JSON first",
        )
    return raw


def _raw_masks(source: Source) -> list[Any]:
    masks = _object_of(source).get("masks")
    found = [] if masks is None else as_array(masks)
    if found is None:
        raise FrameError(
            say(
                "the masks of the source {!r} are {}, not a list",
                source.id,
                describe(masks),
            ),
            place="masks",
            hint="Mend the frame's JSON first",
        )
    return found


def _mask_id_argument(argument: str, key: object) -> str:
    text = id_text(key)
    if text is None:
        raise FrameError(
            say("{} has the mask id {!r}", argument, key), hint="Give mask ids as texts"
        )
    copy_json(text, argument)
    return text


def _read_masks(
    raw: Mapping[str, Any], timestamp: float, problems: list[Problem]
) -> tuple[Mask, ...]:
    members = raw.get("masks")
    found = [] if members is None else as_array(members)
    if found is None:
        problems.append(
            Problem(say("masks is {}, not a list", describe(members)), place="masks")
        )
        return ()
    masks: list[Mask] = []
    seen: set[str] = set()
    for position, member in enumerate(found):
        place = f"masks[{position}]"
        entry = as_object(member)
        if entry is None:
            problems.append(
                Problem(
                    say("the mask is {}, not an object", describe(member)), place=place
                )
            )
            continue
        mask = _read_mask(entry, position, timestamp, problems)
        if mask.id in seen:
            problems.append(
                Problem(
                    say("a second mask has the id {!r}", mask.id),
                    place=place,
                    hint="ROIs that name this id mean the first one",
                    severity="warning",
                )
            )
        seen.add(mask.id)
        masks.append(mask)
    return tuple(masks)


def _read_mask(
    raw: dict[str, Any], position: int, timestamp: float, problems: list[Problem]
) -> Mask:
    prefix = f"masks[{position}]."
    raw_id = raw.get("id")
    text = id_text(raw_id)
    if text is None:
        problems.append(_bad(f"{prefix}id", raw_id, say("a text"), "error"))
    own = _timestamp(raw, prefix, problems)
    return Mask(
        id=text or "",
        raw_id="" if text is None or raw_id is None else raw_id,
        uri=_uri(raw, prefix, problems),
        content_type=_content_type(raw, prefix, problems),
        timestamp=timestamp if own is None else own,
        width=_size(raw, "width", prefix, problems),
        height=_size(raw, "height", prefix, problems),
        position=position,
        raw=raw,
    )


def _bad(place: str, value: object, wanted: str, severity: str) -> Problem:
    seen = say("it is missing; it should be {}", wanted)
    if value is not None:
        seen = say("{} is not {}", describe(value), wanted)
    return Problem(
        seen, place=place, severity="error" if severity == "error" else "warning"
    )


def _source_id(raw: dict[str, Any], problems: list[Problem]) -> str:
    given = raw.get("id")
    text = id_text(given)
    if text is None and given is not None:
        problems.append(_bad("id", given, say("a text"), "warning"))
    return DEFAULT_SOURCE_ID if text is None else text


def _uri(raw: dict[str, Any], prefix: str, problems: list[Problem]) -> str:
    given = raw.get("uri")
    if isinstance(given, str) and given:
        return given
    problems.append(_bad(f"{prefix}uri", given, say("a URI"), "error"))
    return ""


def _content_type(raw: dict[str, Any], prefix: str, problems: list[Problem]) -> str:
    given = raw.get("content_type")
    if isinstance(given, str):
        return "".join(given.split()).lower()
    if given is not None:
        problems.append(_bad(f"{prefix}content_type", given, say("a text"), "warning"))
    return ""


def _size(
    raw: dict[str, Any], key: str, prefix: str, problems: list[Problem]
) -> int | None:
    given = raw.get(key)
    number = as_number(given)
    if number is not None and number > 0 and number == int(number):
        return int(number)
    if given is not None:
        wanted = say("a whole number above 0")
        problems.append(_bad(f"{prefix}{key}", given, wanted, "warning"))
    return None


def _timestamp(
    raw: dict[str, Any], prefix: str, problems: list[Problem]
) -> float | None:
    given = raw.get("timestamp")
    number = as_number(given)
    if number is None and given is not None:
        wanted = say("a number of milliseconds")
        problems.append(_bad(f"{prefix}timestamp", given, wanted, "warning"))
    return number


def _preview(raw: dict[str, Any], problems: list[Problem]) -> str | None:
    given = raw.get("preview")
    if given is None or isinstance(given, str):
        return given or None
    found = as_object(given)
    uri = (found or {}).get("uri")
    if isinstance(uri, str) and uri:
        return uri
    place = "preview.uri" if found is not None else "preview"
    problems.append(
        _bad(place, uri if found is not None else given, say("a URI"), "warning")
    )
    return None


def _meta(raw: dict[str, Any], problems: list[Problem]) -> Mapping[str, Any]:
    given = raw.get("meta")
    found = as_object(given)
    if found is None and given is not None:
        problems.append(_bad("meta", given, say("an object"), "warning"))
    # A copy: a caller who changed it in place would change every undo state.
    return {} if found is None else copy_json(found, "meta")
