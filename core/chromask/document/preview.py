"""The preview of a source: a small picture of it, shown on demand or where it cannot be read.

Masks and shapes keep to the source's pixels, so a preview is drawn at the source's size.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chromask.errors import ChromaskError, Problem, StorageError, say
from chromask.media import DECODE_LIMITS, load_source
from chromask.storage.uri import locate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from chromask.document.document import Document
    from chromask.frame.source import Source
    from chromask.media import Image

Size = tuple[int, int]
"""Rows and columns."""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What is shown of a source.

    Attributes
    ----------
    image
        The source's picture, or its preview.
    size
        The (rows, cols) that it is drawn at: those of the source, which masks lie on.
    is_preview
        Whether it is the preview.
    """

    image: Image
    size: Size
    is_preview: bool


def shown_image(
    document: Document, source_id: str, *, wants_preview: bool = False
) -> Shown | None:
    """Give what is to be shown of a source; None where neither it nor a preview was read.

    Parameters
    ----------
    wants_preview
        Show the preview also where the source can be read, once it was loaded.
    """
    image, preview = document.images.get(source_id), document.previews.get(source_id)
    if preview is not None and (wants_preview or image is None):
        return Shown(preview, _preview_size(document, source_id, preview), True)
    return None if image is None else Shown(image, _size_of(image), False)


def source_size(document: Document, source_id: str) -> Size | None:
    """Give the (rows, cols) of a source: of its picture, else as declared; None: not known."""
    image = document.images.get(source_id)
    if image is not None:
        return _size_of(image)
    for source in document.frame.sources:
        if source.id == source_id and source.width and source.height:
            # What cannot be an image is no size to make masks or pictures of.
            is_possible = source.width * source.height <= DECODE_LIMITS.pixels
            return (source.height, source.width) if is_possible else None
    return None


def load_preview(source: Source, base: Path | None) -> Image:
    """Read the preview of a source: an image, or the frame of a video at its moment.

    Raises
    ------
    MediaError, StorageError
        It cannot be read, or there is none.
    """
    preview = source.preview
    if preview is None:
        raise StorageError("it has no preview", uri=source.uri)
    path = locate(preview.uri, base)
    return load_source(path, preview.content_type, preview.timestamp, uri=preview.uri)


def previews_instead(
    sources: Iterable[Source], base: Path | None
) -> tuple[dict[str, Image], dict[str, tuple[Problem, ...]]]:
    """Read the previews of sources that cannot be read.

    Returns
    -------
    previews
        By source id.
    problems
        By the source's URI: that the preview is shown, or why it is not.
    """
    previews: dict[str, Image] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for source in sources:
        if source.preview is None:
            continue
        try:
            previews[source.id] = load_preview(source, base)
            problem = Problem(
                say("its preview {} is shown instead", source.preview.uri),
                uri=source.uri,
                place=say("source {}", source.id),
                hint="Masks lie on it as on the source; values of the image are not its own",
                severity="warning",
            )
        except ChromaskError as error:
            place = say("preview of source {}", source.id)
            problem = replace(error.problem, place=place, severity="warning")
        problems[source.uri] = (*problems.get(source.uri, ()), problem)
    return previews, problems


def _preview_size(document: Document, source_id: str, preview: Image) -> Size:
    """Find the size of a source by its preview: of several the first of the same shape.

    A declared size may be that of the pixels before they were turned upright; then the mask
    tells.
    """
    known = source_size(document, source_id)
    if source_id in document.images and known is not None:
        return known
    sizes = [known] if known is not None else []
    sizes += [
        document.planes[ref.key].indices.shape[:2]
        for ref in document.frame.masks()
        if ref.source.id == source_id and ref.key in document.planes
    ]
    own = _size_of(preview)
    return next((size for size in sizes if _is_alike(size, own)), (*sizes, own)[0])


def _is_alike(size: Size, small: Size) -> bool:
    """Tell whether one size is the other one scaled, but for rounding."""
    rows, cols = small
    scale = max(rows / size[0], cols / size[1])
    return abs(size[0] * scale - rows) <= 1 and abs(size[1] * scale - cols) <= 1


def _size_of(image: Image) -> Size:
    rows, cols = image.pixels.shape[:2]
    return rows, cols
