"""`SingleFrame`: the frame of one image, or of one moment of a video.

What it shares with a group is in `frame_base`. Imported by `frame_group` and `frame`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chromask.errors import FrameError, say
from chromask.frame.annotation import Annotation
from chromask.frame.editable import Frame
from chromask.frame.keys import timestamp_argument
from chromask.frame.roi import id_argument, whole_number
from chromask.frame.source import DEFAULT_SOURCE_ID, FIRST_MASK_ID, Source
from chromask.frame.source_edits import (
    numbered_masks,
    uri_argument,
    with_masks_source,
)
from chromask.frame.state import read_state
from chromask.jsontext.values import as_object, copy_json, describe
from chromask.jsontext.views import FrozenObject

if TYPE_CHECKING:
    import os


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
        moment = timestamp_argument(timestamp)
        given = {
            "id": id_argument("source_id", source_id),
            "uri": uri_argument("source", source),
            "content_type": content_type,
            "width": _size_argument("width", width),
            "height": _size_argument("height", height),
            "timestamp": moment,
            "preview": None
            if preview_uri is None
            else {"uri": uri_argument("preview_uri", preview_uri)},
        }
        top: dict[str, Any] = {
            "id": id,
            "context_id": context_id,
            "timestamp": moment,
            "meta": metadata_of(metadata),
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

    @source.setter
    def source(self, uri: str | os.PathLike[str]) -> None:
        self._set_source_value(0, "uri", uri_argument("source", uri))

    @property
    def source_id(self) -> str:
        """The source's id, ``default`` when missing."""
        return self._only.id

    @property
    def width(self) -> int | None:
        """The width in pixels; None when unknown."""
        return self._only.width

    @width.setter
    def width(self, pixels: int | None) -> None:
        self._set_source_value(0, "width", _size_argument("width", pixels))

    @property
    def height(self) -> int | None:
        """The height in pixels; None when unknown."""
        return self._only.height

    @height.setter
    def height(self, pixels: int | None) -> None:
        self._set_source_value(0, "height", _size_argument("height", pixels))

    @property
    def timestamp(self) -> float:
        """Milliseconds from the start of the video; the source's when the frame has none.

        Setting it sets the source's too, unless that was another one.
        """
        return super().timestamp

    @timestamp.setter
    def timestamp(self, milliseconds: float | None) -> None:
        moment = timestamp_argument(milliseconds)
        own = (as_object(self._only.raw) or {}).get("timestamp")
        follows = own is None or self._only.timestamp == self.timestamp
        self._set_top("timestamp", moment)
        if follows:
            self._set_source_value(0, "timestamp", moment)

    @property
    def preview_uri(self) -> str | None:
        """The preview's URI; None when there is none."""
        return self._only.preview_uri

    @preview_uri.setter
    def preview_uri(self, uri: str | os.PathLike[str] | None) -> None:
        new = None if uri is None else uri_argument("preview_uri", uri)
        old = (as_object(self._only.raw) or {}).get("preview")
        is_plain = isinstance(old, str)
        preview = (
            new if new is None or is_plain else {**(as_object(old) or {}), "uri": new}
        )
        self._set_source_value(0, "preview", preview)

    @property
    def masks_source(self) -> dict[str, str]:
        """Mask id -> URI, in the order of the file: a copy.

        Set it to such a dictionary, to a list of URIs (numbered ``00``, ``01``), to one
        URI, or to None. A mask whose id stays keeps its content type and its other keys.
        """
        # Of two masks under one id the first counts, here as for ROIs.
        uris: dict[str, str] = {}
        for mask in self._only.masks:
            uris.setdefault(mask.id, mask.uri)
        return FrozenObject(uris)

    @masks_source.setter
    def masks_source(self, masks: object) -> None:
        numbered = numbered_masks("masks_source", masks)
        self._replace_source(0, with_masks_source(self._only, numbered))

    @property
    def mask_source(self) -> str | dict[str, str] | None:
        """What the argument of this name would be: the URI of a single mask ``00``, else as `masks_source`.

        Set it like that one; None where there is no mask.
        """
        masks = self.masks_source
        return masks[FIRST_MASK_ID] if list(masks) == [FIRST_MASK_ID] else masks or None

    @mask_source.setter
    def mask_source(self, masks: object) -> None:
        numbered = numbered_masks("mask_source", masks)
        self._replace_source(0, with_masks_source(self._only, numbered))

    @property
    def _only(self) -> Source:
        if not self.sources:
            raise FrameError("the frame has no source", uri=self.uri, place="sources")
        return self.sources[0]


def _size_argument(argument: str, value: object) -> int | None:
    if value is None:
        return None
    number = whole_number(value)
    if number is None or number < 1:
        raise FrameError(
            say("{} is {!r}", argument, value),
            hint="Give a whole number above 0, in pixels",
        )
    return number


def metadata_of(metadata: object) -> dict[str, Any] | None:
    """Give a copy of a constructor's metadata; raises FrameError where it is none."""
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
