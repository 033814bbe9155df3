"""Documents for the tests of the ROI panel, made in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chromask.document.document import Document
from chromask.frame.load import frame_from_dict
from chromask.legends.legend import read_mapping
from chromask.pixels.plane import MaskFormat, build_plane
from scenes import scene_mask

if TYPE_CHECKING:
    import numpy as np

    from chromask.pixels.plane import Plane

RGB = MaskFormat("PNG", "RGB", 8, 3, 255)
GREY = MaskFormat("PNG", "L", 8, 1, 255)
JPEG = MaskFormat("JPEG", "RGB", 8, 3, 255, lossy=True)


def plane_of(pixels: np.ndarray[Any, Any], kind: MaskFormat = RGB) -> Plane:
    return build_plane(pixels, kind)


def make_document(
    rois: list[dict[str, Any]],
    planes: dict[str, Plane | None] | None = None,
    *,
    mapping: Any = None,
    sources: tuple[str, ...] = ("front",),
) -> Document:
    """Give a document with the masks of `planes` in every source; None is an unreadable one.

    Without planes there is one mask ``seg``, the scene of `scenes.scene_mask`.
    """
    found = {"seg": plane_of(scene_mask())} if planes is None else planes
    frame = frame_from_dict(
        {
            "sources": [
                {
                    "id": source,
                    "uri": f"{source}.png",
                    "masks": [
                        {"id": key, "uri": f"{source}_{key}.png"} for key in found
                    ],
                }
                for source in sources
            ],
            "rois": rois,
        }
    )
    readable = {
        f"{source}/{key}": plane
        for source in sources
        for key, plane in found.items()
        if plane is not None
    }
    legend = None if mapping is None else read_mapping(mapping, "labels.json")
    return Document(frame, readable, {}, mapping=legend)
