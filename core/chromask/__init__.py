"""The library under the chromask window: frames, masks, colours and files. No Qt below here.

What a script needs is here: ``from chromask import SingleFrame, load_frame``.
"""

from __future__ import annotations

from chromask.errors import (
    AnnotationError,
    ChromaskError,
    ConflictError,
    EditError,
    FrameError,
    MediaError,
    Problem,
    StorageError,
)
from chromask.frame.annotation import Annotation
from chromask.frame.load import (
    UNSET,
    FrameGroup,
    Mask,
    MaskRef,
    SingleFrame,
    Source,
    frame_from_dict,
    load_frame,
)
from chromask.legends import find_mapping, read_legend
from chromask.legends.legend import LabelMapping, read_mapping

__all__ = [
    "UNSET",
    "Annotation",
    "AnnotationError",
    "ChromaskError",
    "ConflictError",
    "EditError",
    "FrameError",
    "FrameGroup",
    "LabelMapping",
    "Mask",
    "MaskRef",
    "MediaError",
    "Problem",
    "SingleFrame",
    "Source",
    "StorageError",
    "find_mapping",
    "frame_from_dict",
    "load_frame",
    "read_legend",
    "read_mapping",
]
