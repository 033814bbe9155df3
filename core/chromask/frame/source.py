"""Sources and their masks: frozen values read from a frame's JSON.

Imported by `source_edits` and `resolve`. Nothing here opens a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from chromask.errors import Problem, say
from chromask.frame.attributes import frozen_value
from chromask.jsontext.values import (
    as_array,
    as_number,
    as_object,
    describe,
    id_text,
)
from chromask.jsontext.views import freeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEFAULT_SOURCE_ID = "default"

FIRST_MASK_ID = "00"
"""What a mask is called that was given no name; the public SDK's ROIs always name it."""


_HOW_TO_EDIT = (
    "use the setters of SingleFrame (frame.source, frame.width, frame.masks_source), "
    "add_mask or set_mask_uri"
)


@frozen_value(_HOW_TO_EDIT)
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


@frozen_value(_HOW_TO_EDIT)
@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture of a source, or a video of it.

    Attributes
    ----------
    uri, content_type, timestamp
        As those of a mask.
    """

    uri: str
    content_type: str
    timestamp: float


@frozen_value(_HOW_TO_EDIT)
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
    preview
        Its small picture, whether written as an object or as a plain URI; None without one.
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
    preview: Preview | None
    meta: Mapping[str, Any] = field(hash=False)
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    raw: object = field(default=None, repr=False, hash=False)

    @property
    def preview_uri(self) -> str | None:
        """The preview's URI; None when there is none."""
        return None if self.preview is None else self.preview.uri

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
        preview=_preview(found, timestamp or 0, problems),
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


def placed(problem: Problem, prefix: str, uri: str | None) -> Problem:
    """Give the problem with its place behind a prefix, and with the file's URI."""
    place = f"{prefix}.{problem.place}" if problem.place else prefix
    return replace(problem, place=place, uri=uri)


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


def _preview(
    raw: dict[str, Any], timestamp: float, problems: list[Problem]
) -> Preview | None:
    given = raw.get("preview")
    if given is None or isinstance(given, str):
        return Preview(given, "", timestamp) if given else None
    found = as_object(given)
    uri = (found or {}).get("uri")
    if found is not None and isinstance(uri, str) and uri:
        content_type = _content_type(found, "preview.", problems)
        own = _timestamp(found, "preview.", problems)
        return Preview(uri, content_type, timestamp if own is None else own)
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
    # Frozen: a caller who changed it in place would change every undo state.
    return freeze({} if found is None else found)
