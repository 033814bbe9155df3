"""Drawing without a window: outlines, and a frame as RGB at its own size or small.

The canvas and the command line draw with the same functions, so that a picture of the one
is a picture of the other.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from chromask.document.preview import shown_image
from chromask.drawing.display import Display, color_table, mask_opacity
from chromask.drawing.sampling import Axis, sample
from chromask.drawing.shapes import frame_shapes, shape_colors
from chromask.drawing.tone import Tone, auto_window, tone_table
from chromask.errors import FrameError, say
from chromask.media import to_8bit

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.counts.pixel_counts import Census
    from chromask.document.document import Document
    from chromask.pixels.plane import Indices, Plane

    Rgb = npt.NDArray[np.uint8]

# OpenCV's own stubs leave half of its names unknown.
_cv: Any = cv2

BAND_PIXELS = 1 << 22
"""How many pixels are blended at a time: the memory that drawing a large frame takes."""


def outline(is_inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Find the pixels of a shape that touch its outside (4 neighbours), (rows, cols).

    What lies beyond the array counts as inside: a shape that is cut off has no edge there.
    """
    inside = is_inside.view(np.uint8)
    cross = _cv.getStructuringElement(_cv.MORPH_CROSS, (3, 3))
    return (inside ^ _cv.erode(inside, cross)).view(np.bool_)


def render_frame(
    document: Document, census: Census, display: Display, source_id: str | None = None
) -> Rgb:
    """Draw a source with its masks over it at its own size.

    Parameters
    ----------
    source_id
        Which source; None means the first.

    Returns
    -------
    rgb
        (rows, cols, 3) uint8. Where the source cannot be read it is its preview at the
        source's size; without one mid grey, of the size of its first readable mask.

    Raises
    ------
    FrameError
        None of the source, its preview and its masks can be read, or there is no such source.
    """
    sources = document.frame.sources
    source = next(
        (item for item in sources if source_id is None or item.id == source_id), None
    )
    if source is None:
        raise FrameError(
            say("there is no source {!r}", source_id)
            if sources
            else "there is no source",
            uri=document.frame.uri,
            hint=say(
                "Its sources are: {}",
                ", ".join(item.id for item in sources) or "none",
            ),
        )
    planes = {
        ref.key: document.planes[ref.key]
        for ref in document.frame.masks()
        if ref.source.id == source.id and ref.key in document.planes
    }
    picture, size = _background(document, source.id, planes)
    picture = _resized(picture, size)
    for key, plane in planes.items():
        if key not in display.hidden_masks:
            table = color_table(key, plane, census, display)
            opacity = mask_opacity(key, plane, census, display)
            _blend(picture, plane.indices, table, opacity)
    _draw_shapes(picture, document, display, source.id)
    return picture


def _draw_shapes(
    picture: Rgb, document: Document, display: Display, source_id: str
) -> None:
    annotations = document.frame.annotations
    shapes = frame_shapes(annotations, source_id)
    if not shapes:
        return
    is_safe = display.palette == "safe"
    colors = shape_colors(annotations, display.colors, is_safe=is_safe)
    for shape in shapes:
        is_drawn = shape.index not in display.hidden_rois
        if not is_drawn or display.solo not in (None, shape.index):
            continue
        # A pixel's centre has the number .5 here, and whole numbers for OpenCV.
        lines = [np.rint((line - 0.5) * 16).astype(np.int32) for line in shape.lines]
        if lines:
            _cv.polylines(
                picture, lines, True, colors[shape.index], 2, _cv.LINE_AA, shift=4
            )
        for point in np.rint((shape.points - 0.5) * 16).astype(int).tolist():
            _cv.circle(
                picture, point, 3 * 16, colors[shape.index], -1, _cv.LINE_AA, shift=4
            )


def render_small(
    document: Document, census: Census, display: Display, rows: int, cols: int
) -> Rgb:
    """Draw the first source with its masks over it, to fit into a box of pixels.

    Returns
    -------
    rgb
        (r, c, 3) uint8 of the source's shape, r <= rows and c <= cols. Tiny images are
        enlarged, each pixel a square.

    Raises
    ------
    FrameError
        As for `render_frame`.
    """
    sources = document.frame.sources
    source_id = sources[0].id if sources else ""
    planes = {
        ref.key: document.planes[ref.key]
        for ref in document.frame.masks()
        if ref.source.id == source_id and ref.key in document.planes
    }
    whole, (height, width) = _background(document, source_id, planes)
    scale = max(height / rows, width / cols)
    size = max(int(height / scale), 1), max(int(width / scale), 1)
    axes = Axis(Fraction(size[0], height)), Axis(Fraction(size[1], width))
    if scale > 1 or whole.shape[:2] != (height, width):
        picture = _resized(whole, size)
    else:
        numbers = (axis.indices(0, n) for axis, n in zip(axes, size, strict=True))
        picture = np.ascontiguousarray(sample(whole, *numbers))
    for key, plane in planes.items():
        if key in display.hidden_masks:
            continue
        # A mask of another size lies unscaled at the top left corner, as on the canvas.
        sides = zip(axes, plane.indices.shape, size, strict=True)
        numbers = (axis.indices(0, axis.shown(n, most)[1]) for axis, n, most in sides)
        part = sample(plane.indices, *numbers)
        if not part.size:
            continue
        table = color_table(key, plane, census, display)
        _blend(picture, part, table, mask_opacity(key, plane, census, display))
    return picture


def _resized(picture: Rgb, size: tuple[int, int]) -> Rgb:
    if picture.shape[:2] == size:
        return picture
    is_less = picture.shape[0] > size[0] or picture.shape[1] > size[1]
    way = _cv.INTER_AREA if is_less else _cv.INTER_LINEAR
    return _cv.resize(picture, size[::-1], interpolation=way)


def _background(
    document: Document, source_id: str, planes: dict[str, Plane]
) -> tuple[Rgb, tuple[int, int]]:
    """Give what lies below the masks, and the (rows, cols) that it is to be drawn at."""
    found = shown_image(document, source_id)
    if found is not None:
        image = found.image
        if image.pixels.dtype == np.uint16:
            window = auto_window(image.pixels)
            pixels = tone_table(Tone(), 65535, window)[image.pixels]
        else:
            pixels = to_8bit(image)
        if pixels.ndim == 2:
            return np.repeat(pixels[:, :, None], 3, axis=2), found.size
        return pixels[:, :, :3].copy(), found.size
    for plane in planes.values():
        return np.full((*plane.indices.shape, 3), 128, np.uint8), (
            plane.rows,
            plane.cols,
        )
    raise FrameError(
        say("neither source {} nor a mask of it can be read", source_id),
        uri=document.frame.uri,
        hint=str(document.problems[0]).removesuffix(".")
        if document.problems
        else "Check the files",
    )


def _blend(
    picture: Rgb, indices: Indices, table: npt.NDArray[np.uint32], opacity: float
) -> None:
    rows = min(picture.shape[0], indices.shape[0])
    cols = min(picture.shape[1], indices.shape[1])
    colors = np.stack([table >> 16, table >> 8, table], axis=1).astype(np.uint8)
    strength = ((table >> 24) * np.float32(opacity / 255)).astype(np.float32)
    step = max(1, BAND_PIXELS // max(cols, 1))
    for row in range(0, rows, step):
        # Both end at the same row: a mask may be lower than its source, or higher.
        band = slice(row, min(row + step, rows))
        below, part = picture[band, :cols], indices[band, :cols]
        above = strength[part]
        below[...] = _cv.blendLinear(colors[part], below, above, 1 - above)
