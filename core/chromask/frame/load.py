"""`SingleFrame`, `FrameGroup` and `load_frame`: a frame of one source, or of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chromask.frame import file as frame_file
from chromask.frame.editable import Frame
from chromask.frame.group import FrameGroup
from chromask.frame.roi import UNSET, Unset
from chromask.frame.single import SingleFrame
from chromask.frame.source import Mask, MaskRef, Source
from chromask.frame.state import read_state
from chromask.jsontext.values import as_array, as_object

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from chromask.jsontext.read import JsonText

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
