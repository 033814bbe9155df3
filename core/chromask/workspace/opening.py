"""Opening: a frame JSON, an image, or an image with its masks becomes a document.

What cannot be read is named in the document's problems; the rest of the frame opens.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.dataset.discover import list_frames
from chromask.dataset.frames_file import place_in, read_frames_file
from chromask.dataset.legend_search import labels_of
from chromask.dataset.query import Choice, FrameItem, FrameList
from chromask.document.document import Document
from chromask.document.preview import previews_instead
from chromask.errors import (
    ChromaskError,
    FrameError,
    MediaError,
    Problem,
    StorageError,
    say,
)
from chromask.frame.load import SingleFrame, frame_of_text
from chromask.frame.source import Mask, MaskRef, Source
from chromask.jsontext.read import DEFAULT_LIMITS, read_json
from chromask.media import DECODE_LIMITS, is_media, load_mask, load_source
from chromask.storage.local import fingerprint, read_bytes
from chromask.storage.look import real_path, state_of
from chromask.storage.opened import Opened
from chromask.storage.uri import locate, relative_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Executor

    from chromask.frame.editable import Frame
    from chromask.legends.legend import LabelMapping
    from chromask.media import DecodeLimits, Image, MaskFile


MOST_VALUES = 256
"""A file with more values that only a name makes a mask, and no legend knows, is an image."""


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
    allowed: Sequence[Path] = (),
    executor: Executor | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Document:
    """Open a frame JSON, the first frame of a list, or an image with its masks.

    Parameters
    ----------
    path
        A frame JSON, a file of several frames, an image, or a mask beside its image.
    masks
        For an image: its masks. Without any, those that `list_frames` finds.
    allowed
        Folders outside that of ``path`` whose masks are used and may be written. A mask
        elsewhere is read; an edit copies it next to the frame.
    executor, cancelled
        See `open_item`.

    Raises
    ------
    FrameError
        The JSON is broken or is no frame.
    MediaError
        The image that was asked for cannot be read.
    StorageError
        The file is missing or may not be read, or the opening was cancelled.
    """
    if masks:
        item = item_of_image(path.absolute(), masks)
        folders = [mask.absolute().parent for mask in masks]
        opened = Opened.of(path.absolute(), [*allowed, *folders])
        return open_item(item, opened=opened, executor=executor, cancelled=cancelled)
    choice = Choice(allowed=tuple(folder.absolute() for folder in allowed))
    listed = list_frames(path, choice, cancelled=cancelled)
    return open_first(listed, executor=executor, cancelled=cancelled)


def open_first(
    listed: FrameList,
    *,
    executor: Executor | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Document:
    """Open the first frame of a list; parameters and errors are those of `open_document`."""
    path, opened = listed.root, listed.opened
    if not listed.items:
        raise FrameError("it holds no frame", uri=str(path), hint="Choose another")
    item = listed.items[0]
    document = open_item(item, opened=opened, executor=executor, cancelled=cancelled)
    if path.absolute() not in document.second_images:
        return document
    # The file that was asked for is an image, and not the mask of another one.
    choice = replace(listed.choice, images=document.second_images)
    (item,) = list_frames(path, choice, cancelled=cancelled).items
    return open_item(item, opened=opened, executor=executor, cancelled=cancelled)


def open_item(
    item: FrameItem,
    legend: Path | None = None,
    *,
    opened: Opened | None = None,
    images: Mapping[str, Image] | None = None,
    looks_around: bool = True,
    limits: DecodeLimits = DECODE_LIMITS,
    executor: Executor | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Document:
    """Open a frame of a list.

    Parameters
    ----------
    item
        The frame.
    legend
        The legend that the user chose; None means those around its files.
    opened
        What may be written, and where legends are looked for (`FrameList.opened`); None
        means the folder of the frame's file.
    images
        Its images by source id, where they were decoded before.
    looks_around
        Whether legends are looked for: False reads no folder before the image is shown.
    limits
        How large an image may be; a larger one is a problem of the document.
    executor
        Where the files of the frame are decoded in parallel; None decodes them in turn.
    cancelled
        Asked before each file; when it says True, the rest is left out and an error raised.

    Raises
    ------
    FrameError, MediaError, StorageError
        As `open_document` does.
    """
    path = Path(item.path)
    opened = opened or FrameList(path, (item,)).opened
    fingerprints: dict[str, str] = {}
    is_image = is_media(path)
    if is_image:
        frame = frame_of_image(item)
    else:
        frame, fingerprints = _read_frame(path, item.number)
    mapping, problems = None, list[Problem]()
    if looks_around:
        mapping, problems = _find_mapping(frame, path, opened, legend)
    sources, files = _load_all(frame, images or {}, limits, executor, cancelled)
    images_found = _second_images(item, files, mapping)
    if images_found:
        kept = [
            (key, mask) for key, mask in item.masks if Path(mask) not in images_found
        ]
        frame = frame_of_image(replace(item, masks=tuple(kept)))
        files = {ref.key: files[ref.key] for ref in frame.masks()}
        problems += images_found.values()
    of_files = _problems_by_uri(frame, sources, files)
    previews = _previews_instead(frame, sources, of_files)
    if is_image and not any(loaded.image for loaded in sources.values()):
        raise _error_of([*problems, *chain.from_iterable(of_files.values())][0])
    fingerprints |= {
        str(loaded.path): loaded.mask.sha256 for loaded in files.values() if loaded.mask
    }
    images = {key: loaded.image for key, loaded in sources.items() if loaded.image}
    planes = {key: loaded.mask.plane for key, loaded in files.items() if loaded.mask}
    return Document(
        frame,
        planes,
        images,
        path=None if is_image else path,
        number=item.number,
        mapping=mapping,
        problems=tuple(problems),
        previews=previews,
        problems_by_uri=of_files,
        fingerprints=fingerprints,
        opened=opened,
        second_images=tuple(images_found),
    )


def items_of_images(images: Iterable[Path]) -> list[FrameItem]:
    """Return images that were taken for masks (`Document.second_images`) as frames."""
    return [
        FrameItem(image.name, str(image), image.name, json=f"{image}.json")
        for image in images
    ]


def item_of_image(image: Path, masks: Sequence[Path]) -> FrameItem:
    """Give an image with the masks that the user named."""
    named = tuple(
        (_mask_id(image, mask, number), str(mask.absolute()))
        for number, mask in enumerate(masks)
    )
    return FrameItem(image.stem, str(image), image.name, masks=named)


def frame_of_image(item: FrameItem) -> SingleFrame:
    """Make the frame of an image and its masks, as if it stood in ``<stem>.json`` beside it."""
    path = Path(item.path)
    json_path = Path(item.frame_path)
    frame = SingleFrame(source=relative_to(path, json_path.parent))
    frame.uri = str(json_path)
    frame.masks_source = {
        mask_id: relative_to(Path(mask), json_path.parent)
        for mask_id, mask in item.masks
    }
    return frame


def _read_frame(path: Path, number: int | None) -> tuple[Frame, dict[str, str]]:
    """Read a frame from its own file, or from one of several, with its fingerprint."""
    name = str(path)
    if number is None:
        data = read_bytes(path, uri=name, max_bytes=DEFAULT_LIMITS.max_bytes)
        place = name
    else:
        file = read_frames_file(path)
        data = file.text(number)
        place = place_in(path, number)
    try:
        frame = frame_of_text(read_json(data, uri=name), name)
    except FrameError as error:
        if number is None:
            raise
        found = error.problem
        where = f"frame {number + 1}" + (f", {found.place}" if found.place else "")
        raise FrameError(found.seen, uri=name, place=where, hint=found.hint) from error
    return frame, {place: fingerprint(data)}


def _mask_id(image: Path, mask: Path, number: int) -> str:
    """Name a mask by what its file's name adds to the image's, else by its number."""
    added = mask.stem.removeprefix(image.stem).strip("_- .")
    if mask.stem.startswith(image.stem) and added and added != "mask":
        return added
    return f"{number:02d}"


def _load_all(
    frame: Frame,
    known: Mapping[str, Image],
    limits: DecodeLimits,
    executor: Executor | None,
    cancelled: Callable[[], bool],
) -> tuple[dict[str, _Loaded], dict[str, _Loaded]]:
    """Read the images by source id and the masks by key, in parallel where it can be."""
    base = Path(frame.uri).parent if frame.uri else None

    def load(item: Source | MaskRef) -> _Loaded:
        if cancelled():
            raise StorageError("opening was cancelled", uri=frame.uri)
        if isinstance(item, Source) and item.id in known:
            image = known[item.id]
            return _Loaded(image=image, problems=image.problems)
        return _load(item, base, limits)

    identify = _FileNames(base).of
    sources = {source.id: source for source in reversed(frame.sources)}
    refs = {ref.key: ref for ref in frame.masks()}
    # Masks first: with one worker a mask counts more than its picture.
    items: list[Source | MaskRef] = [*refs.values(), *sources.values()]
    # Thousands of masks may name one file: each file is decoded once.
    files = [identify(item) for item in items]
    firsts = dict(zip(reversed(files), reversed(items), strict=True))
    firsts = {file: firsts[file] for file in dict.fromkeys(files)}
    unique = firsts.values()
    decoded = dict(
        zip(
            firsts,
            executor.map(load, unique) if executor else map(load, unique),
            strict=True,
        )
    )
    loaded = [
        decoded[file]
        if item is firsts[file]
        else _shared(item, firsts[file], decoded[file], base)
        for item, file in zip(items, files, strict=True)
    ]
    return (
        dict(zip(sources, loaded[len(refs) :], strict=True)),
        dict(zip(refs, loaded, strict=False)),
    )


def _problems_by_uri(
    frame: Frame, sources: Mapping[str, _Loaded], files: Mapping[str, _Loaded]
) -> dict[str, tuple[Problem, ...]]:
    """Give what is wrong with the files of a frame, by the URI that it writes for each."""
    found: dict[str, list[Problem]] = {}
    uris = {source.id: source.uri for source in reversed(frame.sources)}
    masks = {ref.key: ref.mask.uri for ref in frame.masks()}
    for names, loaded in ((uris, sources), (masks, files)):
        for key, each in loaded.items():
            uri = names[key] or ""
            if each.problems:
                found.setdefault(uri, []).extend(each.problems)
    return {uri: tuple(problems) for uri, problems in found.items()}


def _previews_instead(
    frame: Frame,
    sources: Mapping[str, _Loaded],
    of_files: dict[str, tuple[Problem, ...]],
) -> dict[str, Image]:
    """Read the previews of sources that cannot be read; what is to be said joins the rest."""
    first = {source.id: source for source in reversed(frame.sources)}
    lacking = [first[key] for key, loaded in sources.items() if loaded.image is None]
    base = Path(frame.uri).parent if frame.uri else None
    previews, problems = previews_instead(lacking, base)
    for uri, found in problems.items():
        of_files[uri] = (*of_files.get(uri, ()), *found)
    return previews


class _FileNames:
    """Tells which file each source and mask of a frame is, and as what it is read."""

    def __init__(self, base: Path | None) -> None:
        self._base = base
        self._files: dict[str, object] = {}

    def of(self, item: Source | MaskRef) -> tuple[object, ...]:
        """Give what is equal for two that are decoded alike."""
        what = _named_by(item)
        if what.uri not in self._files:
            self._files[what.uri] = self._file(what.uri)
        as_source = isinstance(item, Source)
        return as_source, self._files[what.uri], what.content_type, what.timestamp

    def _file(self, uri: str) -> object:
        try:
            state = state_of(locate(uri, self._base))
        except StorageError:
            return uri  # reading it says why
        return (state.st_dev, state.st_ino) if state and state.st_ino else uri


def _named_by(item: Source | MaskRef) -> Source | Mask:
    return item if isinstance(item, Source) else item.mask


def _place_of(item: Source | MaskRef) -> str:
    if isinstance(item, Source):
        return say("source {}", item.id)
    return say("mask {} of source {}", item.mask.id, item.source.id)


def _shared(
    item: Source | MaskRef, first: Source | MaskRef, loaded: _Loaded, base: Path | None
) -> _Loaded:
    """Give what was read of a file for another source or mask that names it, too."""
    uri = _named_by(item).uri
    if loaded.path is None:
        place = _place_of(item)
        found = [replace(each, place=place) for each in loaded.problems]
        return _Loaded(problems=tuple(_under(each, first, uri) for each in found))
    if uri == _named_by(first).uri:
        return replace(loaded, problems=())  # those of the first are told by the URI
    found = tuple(_under(each, first, uri) for each in loaded.problems)
    return replace(loaded, path=locate(uri, base), problems=found)


def _under(problem: Problem, first: Source | MaskRef, uri: str) -> Problem:
    """Give a problem of a file under another of its names."""
    is_named = problem.uri == _named_by(first).uri
    return replace(problem, uri=uri) if is_named else problem


def _load(item: Source | MaskRef, base: Path | None, limits: DecodeLimits) -> _Loaded:
    what, place = _named_by(item), _place_of(item)
    if not what.uri:
        return _Loaded(
            problems=(Problem("it has no uri", place=place, hint="Add one"),)
        )
    try:
        path = locate(what.uri, base)
        kind, timestamp = what.content_type, what.timestamp or 0
        if isinstance(item, Source):
            image = load_source(path, kind, timestamp, uri=what.uri, limits=limits)
            return _Loaded(path, image=image, problems=image.problems)
        mask = load_mask(path, kind, timestamp, uri=what.uri, limits=limits)
        return _Loaded(path, mask=mask, problems=mask.problems)
    except ChromaskError as error:
        return _Loaded(problems=(replace(error.problem, place=place),))


def _find_mapping(
    frame: Frame, path: Path, opened: Opened, legend: Path | None
) -> tuple[LabelMapping | None, list[Problem]]:
    base = Path(frame.uri).parent if frame.uri else None
    masks: list[tuple[str, Path]] = []
    for ref in frame.masks():
        try:
            masks.append((ref.mask.id, _tidy(locate(ref.mask.uri, base))))
        except StorageError:
            continue  # loading the mask says why
    try:
        mapping = labels_of(path, masks, opened, legend)
    except ChromaskError as error:
        return None, [error.problem]
    return mapping, list(mapping.problems) if mapping else []


def _second_images(
    item: FrameItem, files: Mapping[str, _Loaded], mapping: LabelMapping | None
) -> dict[Path, Problem]:
    """Find the masks that are images: only a name made masks of them.

    They have more values than masks have, and no legend names one of these.
    """
    guessed = {Path(mask) for key, mask in item.masks if key in item.guesses}
    found: dict[Path, Problem] = {}
    for loaded in files.values():
        if loaded.path not in guessed or loaded.mask is None:
            continue
        plane = loaded.mask.plane
        there = plane.pixels > 0
        entries = mapping.entries if mapping is not None else ()
        if int(there.sum()) > MOST_VALUES and not any(
            there[plane.claimed_by(entry.value)].any() for entry in entries
        ):
            seen = say(
                "it has {} colours and no legend names one: it is an image of its own",
                int(there.sum()),
            )
            hint = "Add a legend if it is a mask"
            found[loaded.path] = Problem(seen, str(loaded.path), None, hint, "note")
    return found


def _tidy(path: Path) -> Path:
    """Take ``..`` out of a path, where that leads to the same file."""
    tidy = Path(os.path.normpath(path))
    return tidy if tidy == path or real_path(tidy) == real_path(path) else path


def _error_of(problem: Problem) -> MediaError:
    return MediaError(
        problem.seen, uri=problem.uri, place=problem.place, hint=problem.hint
    )
