"""Opening: a frame JSON, an image, or an image with its masks becomes a document.

What cannot be read is named in the document's problems; the rest of the frame opens.
"""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.document import Document
from chromask.errors import ChromaskError, MediaError, Problem, StorageError
from chromask.formats import find_mapping
from chromask.frame import SingleFrame, load_frame
from chromask.frame_json import DEFAULT_LIMITS
from chromask.media import is_media, load_mask, load_source
from chromask.source import MaskRef, Source
from chromask.storage.local import fingerprint, read_bytes
from chromask.storage.uri import locate, relative_to

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor

    from chromask.frame_base import Frame
    from chromask.mapping import LabelMapping
    from chromask.media import Image, MaskFile
    from chromask.plane import Plane

MASK_FOLDERS = ("masks", "labels", "SegmentationClass")
"""Sibling folders in which the mask of an image has the image's own name."""

MASK_SUFFIXES = (".png", ".tif", ".tiff", ".bmp", ".webp", ".gif")

_MASK_STEM = re.compile(r"(?P<stem>.+)_mask")


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The outcome of reading one file of a frame: an image or a mask, and what was odd."""

    path: Path | None = None
    image: Image | None = None
    mask: MaskFile | None = None
    problems: tuple[Problem, ...] = ()


def open_document(
    path: Path,
    masks: Sequence[Path] = (),
    *,
    executor: Executor | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Document:
    """Open a frame JSON, or an image with its masks.

    Parameters
    ----------
    path
        A frame JSON, an image, or a mask named ``<stem>_mask.png`` beside its image.
    masks
        For an image: its masks. Without any, those are taken that `masks_of` finds.
    executor
        Where the files of the frame are decoded in parallel; None decodes them in turn.
    cancelled
        Asked before each file; when it says True, the rest is left out and an error raised.

    Raises
    ------
    FrameError
        The JSON is broken or is no frame.
    MediaError
        The image that was asked for cannot be read.
    StorageError
        The file is missing or may not be read, or the opening was cancelled.
    """
    path = path.absolute()
    fingerprints: dict[str, str] = {}
    if is_media(path):
        frame, saved = frame_of_image(path, masks), None
    else:
        fingerprints[str(path)] = fingerprint(
            read_bytes(path, uri=str(path), max_bytes=DEFAULT_LIMITS.max_bytes)
        )
        frame, saved = load_frame(str(path)), path
    mapping, problems = _find_mapping(path.parent)
    sources, files = _load_all(frame, executor, cancelled)
    for loaded in (*sources.values(), *files.values()):
        problems += loaded.problems
    if saved is None and not any(loaded.image for loaded in sources.values()):
        raise _error_of(problems[0])
    fingerprints |= {
        str(loaded.path): loaded.mask.sha256 for loaded in files.values() if loaded.mask
    }
    images = {key: loaded.image for key, loaded in sources.items() if loaded.image}
    planes = {key: loaded.mask.plane for key, loaded in files.items() if loaded.mask}
    problems += _size_problems(frame, images, planes)
    return Document(
        frame,
        planes,
        images,
        path=saved,
        mapping=mapping,
        problems=(*frame.problems, *problems),
        fingerprints=fingerprints,
    )


def frame_of_image(path: Path, masks: Sequence[Path] = ()) -> SingleFrame:
    """Make the frame of an image and its masks, as if it stood in ``<stem>.json`` beside it.

    A path of the form ``<stem>_mask.png`` whose image lies beside it gives the image's
    frame. Nothing is read but names.
    """
    if not masks:
        path = _image_of_mask(path)
        masks = masks_of(path)
    json_path = path.with_suffix(".json")
    frame = SingleFrame(source=relative_to(path, json_path.parent))
    frame.uri = str(json_path)
    frame.masks_source = {
        _mask_id(path, mask, number): relative_to(mask, json_path.parent)
        for number, mask in enumerate(masks)
    }
    return frame


def masks_of(image: Path) -> list[Path]:
    """Find the masks of an image by their names.

    ``<stem>_mask.*`` beside it first, else a file of the image's stem in one of the folders
    `MASK_FOLDERS` beside it or beside its folder.
    """
    beside = sorted(
        path
        for path in image.parent.glob(f"{glob.escape(image.stem)}_mask.*")
        if path.suffix.lower() in MASK_SUFFIXES
    )
    if beside:
        return beside
    for parent in (image.parent, image.parent.parent):
        for name in MASK_FOLDERS:
            found = sorted(
                path
                for path in (parent / name).glob(f"{glob.escape(image.stem)}.*")
                if path.suffix.lower() in MASK_SUFFIXES and path != image
            )
            if found:
                return found[:1]
    return []


def _image_of_mask(path: Path) -> Path:
    named = _MASK_STEM.fullmatch(path.stem)
    if named is None:
        return path
    stem = glob.escape(named["stem"])
    images = sorted(image for image in path.parent.glob(f"{stem}.*") if is_media(image))
    return images[0] if images else path


def _mask_id(image: Path, mask: Path, number: int) -> str:
    """Name a mask by what its file's name adds to the image's, else by its number."""
    added = mask.stem.removeprefix(image.stem).strip("_- .")
    if mask.stem.startswith(image.stem) and added and added != "mask":
        return added
    return f"{number:02d}"


def _load_all(
    frame: Frame, executor: Executor | None, cancelled: Callable[[], bool]
) -> tuple[dict[str, _Loaded], dict[str, _Loaded]]:
    """Read the images by source id and the masks by key, in parallel where it can be."""
    base = Path(frame.uri).parent if frame.uri else None

    def load(item: Source | MaskRef) -> _Loaded:
        if cancelled():
            raise StorageError("opening was cancelled", uri=frame.uri)
        return _load(item, base)

    sources = {source.id: source for source in reversed(frame.sources)}
    refs = {ref.key: ref for ref in frame.masks()}
    # Masks first: with one worker a mask counts more than its picture.
    items: list[Source | MaskRef] = [*refs.values(), *sources.values()]
    loaded = list(executor.map(load, items) if executor else map(load, items))
    return (
        dict(zip(sources, loaded[len(refs) :], strict=True)),
        dict(zip(refs, loaded, strict=False)),
    )


def _load(item: Source | MaskRef, base: Path | None) -> _Loaded:
    what = item if isinstance(item, Source) else item.mask
    place = (
        f"source {item.id}"
        if isinstance(item, Source)
        else f"mask {item.mask.id} of source {item.source.id}"
    )
    if not what.uri:
        return _Loaded(
            problems=(Problem("it has no uri", place=place, hint="Add one"),)
        )
    try:
        path = locate(what.uri, base)
        timestamp = what.timestamp or 0
        if isinstance(item, Source):
            image = load_source(path, what.content_type, timestamp, uri=what.uri)
            return _Loaded(path, image=image, problems=image.problems)
        mask = load_mask(path, what.content_type, timestamp, uri=what.uri)
        return _Loaded(path, mask=mask, problems=mask.problems)
    except ChromaskError as error:
        return _Loaded(problems=(replace(error.problem, place=place),))


def _find_mapping(folder: Path) -> tuple[LabelMapping | None, list[Problem]]:
    try:
        return find_mapping(folder), []
    except ChromaskError as error:
        return None, [error.problem]


def _size_problems(
    frame: Frame, images: Mapping[str, Image], planes: Mapping[str, Plane]
) -> list[Problem]:
    problems: list[Problem] = []
    for ref in frame.masks():
        image, plane = images.get(ref.source.id), planes.get(ref.key)
        if image is None or plane is None:
            continue
        rows, cols = image.pixels.shape[:2]
        if (rows, cols) != plane.indices.shape:
            problems.append(
                Problem(
                    f"the mask is {plane.cols} x {plane.rows} pixels,"
                    f" its source {cols} x {rows}",
                    uri=ref.mask.uri,
                    place=f"mask {ref.mask.id} of source {ref.source.id}",
                    hint="It is shown unscaled from the top left corner",
                    severity="warning",
                )
            )
    return problems


def _error_of(problem: Problem) -> MediaError:
    return MediaError(
        problem.seen, uri=problem.uri, place=problem.place, hint=problem.hint
    )
