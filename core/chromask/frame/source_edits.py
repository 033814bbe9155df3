"""Edits of sources and their masks: each gives a new value, spelled as the file spells it.

Imported by `frame_file` and what edits frames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chromask.errors import FrameError, say
from chromask.frame.source import Mask, Source, read_source
from chromask.jsontext.values import as_array, as_object, copy_json, describe, id_text


def with_value(source: Source, key: str, value: object) -> Source:
    """Give the source with one key set in place, or added at its end.

    Raises
    ------
    FrameError
        When the source is no object.
    """
    return read_source({**_object_of(source), key: value})


def without_key(source: Source, key: str) -> Source:
    """Give the source without one key; raises as `with_value` does."""
    raw = _object_of(source)
    return read_source({name: raw[name] for name in raw if name != key})


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
