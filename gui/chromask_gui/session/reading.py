"""Reading what the window will show: a list and its first frame, without Qt.

So it begins before Qt is loaded: what is decoded meanwhile is not waited for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.counts.pixel_counts import take_census
from chromask.dataset.discover import image_alone, list_frames
from chromask.dataset.frames_file import place_in
from chromask.dataset.query import Choice, FrameList, Report
from chromask.document.places import place_of
from chromask.errors import ChromaskError, FrameError
from chromask.media import DECODE_LIMITS
from chromask.storage.look import stamp_of
from chromask.workspace.opening import item_of_image, open_item
from chromask_gui.runtime.workers import Workers
from chromask_gui.session.own_item import path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from concurrent.futures import Executor

    from chromask.counts.pixel_counts import Census
    from chromask.dataset.query import FrameItem
    from chromask.document.document import Document
    from chromask.media import Image

Stamp = tuple[str, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A frame that was opened beside the window.

    Attributes
    ----------
    document, census
        The frame and its count.
    stamps
        (path, (time of change, size)) of its files, None for one that is not there: other
        ones tell that it is out of date.
    """

    document: Document
    census: Census
    stamps: tuple[Stamp, ...]

    @property
    def size(self) -> int:
        """Bytes of its pixels."""
        # Several sources or masks of one file share its pixels.
        arrays = [
            image.pixels
            for images in (self.document.images, self.document.previews)
            for image in images.values()
        ]
        arrays += [plane.indices for plane in self.document.planes.values()]
        return sum({id(each): each.nbytes for each in arrays}.values())

    def is_fresh(self) -> bool:
        """Whether its files are as they were."""
        return are_fresh(self.stamps)


def begin_reading(paths: Sequence[Path], allowed: Sequence[Path] = ()) -> Workers:
    """Begin to read what was named at the start; gives the threads that do it."""
    workers = Workers()
    if paths:
        path, masks = split_image_and_masks(paths)
        path = path.absolute()
        choice = Choice(allowed=tuple(allowed))
        workers.begin(
            (path, tuple(masks), choice),
            lambda: open_first(path, masks, choice, workers.decoders, lambda: False),
        )
    return workers


def split_image_and_masks(paths: Sequence[Path]) -> tuple[Path, list[Path]]:
    """Tell the image from its masks among files that were opened together.

    A frame JSON stands alone. The image is the one whose stem the others begin with, else
    the first.
    """
    frames = [path for path in paths if path.suffix.lower() == ".json"]
    if frames:
        return frames[0], []
    image = next(
        (
            path
            for path in paths
            if all(other.stem.startswith(path.stem) for other in paths)
        ),
        paths[0],
    )
    return image, [path for path in paths if path is not image]


def open_first(
    path: Path,
    masks: Sequence[Path],
    choice: Choice | None,
    executor: Executor | None,
    cancelled: Callable[[], bool],
    key: str | None = None,
) -> tuple[FrameList, Opened | ChromaskError]:
    """List a folder or a file and open its first frame, or that of a key; for a job.

    In a list of several a first frame that cannot be opened is told by its error.
    """
    if masks:
        item = item_of_image(path.absolute(), masks)
        choice = choice or Choice()
        # The user gave these masks: their folders are opened, too.
        folders = (mask.absolute().parent for mask in masks)
        choice = replace(choice, allowed=(*choice.allowed, *folders))
        listed = FrameList(path.absolute(), (item,), Report(images=1), choice)
    else:
        listed = image_alone(path, choice) or read_list(path, choice, cancelled)
    if not listed.items:
        raise FrameError(
            "there is no frame, image or mask in it",
            uri=str(path),
            hint="Choose another folder",
        )
    try:
        item = listed.items[listed.place(key or "") or 0]
        return listed, open_frame(item, listed, executor, cancelled)
    except ChromaskError as error:
        if len(listed.items) == 1:
            raise
        return listed, error


def read_list(
    path: Path, choice: Choice | None, cancelled: Callable[[], bool]
) -> FrameList:
    """List frames, with all that the window will ask of the list; for a job."""
    listed = list_frames(path, choice, cancelled=cancelled)
    # The list keeps them: with very many frames they take the window too long.
    listed.place("")
    _ = listed.folders, listed.opened
    return listed


def look_around(
    listed: FrameList, document: Document, cancelled: Callable[[], bool]
) -> tuple[FrameList, Opened | None]:
    """List what belongs to an image that is shown already, and open it with that; for a job.

    Returns the whole list, and the frame where it is another than the shown one.
    """
    whole = read_list(listed.root, listed.choice, cancelled)
    (item,) = whole.items
    if item == listed.items[0] and not (
        whole.report.legends or listed.choice.legend is not None
    ):
        return whole, None
    images = document.images if item.path == listed.items[0].path else {}
    opened = open_frame(item, whole, None, cancelled, images)
    if listed.root not in opened.document.second_images:
        return whole, opened
    # The image that was opened is no mask of another one.
    choice = replace(listed.choice, images=opened.document.second_images)
    whole = read_list(listed.root, choice, cancelled)
    return whole, open_frame(whole.items[0], whole, None, cancelled, document.images)


def open_frame(
    item: FrameItem,
    listed: FrameList | None,
    executor: Executor | None,
    cancelled: Callable[[], bool],
    images: Mapping[str, Image] | None = None,
) -> Opened:
    """Open a frame, of a list if there is one, and count it; for a job."""
    document = open_item(
        item,
        listed.choice.legend if listed is not None else None,
        opened=listed.opened if listed is not None else None,
        images=images,
        looks_around=listed is None or listed.is_complete,
        limits=listed.choice.limits if listed is not None else DECODE_LIMITS,
        executor=executor,
        cancelled=cancelled,
    )
    census = take_census(document.frame, document.planes, document.mapping)
    return Opened(document, census, stamps_of(document))


def stamps_of(document: Document) -> tuple[Stamp, ...]:
    """Note the state of the files that a document names now, also of those that are missing."""
    frame = document.frame
    uris = [source.uri for source in frame.sources]
    uris += [ref.mask.uri for ref in frame.masks()]
    places = [
        place_of(uri, frame.uri, document.fingerprints)
        for uri in dict.fromkeys(uris)
        if uri
    ]
    paths = {str(path) for path in (path_of(document), *places) if path is not None}
    return tuple((path, stamp_of(path)) for path in sorted(paths))


def are_fresh(stamps: Iterable[Stamp]) -> bool:
    """Whether files are as they were."""
    return all(stamp_of(path) == stamp for path, stamp in stamps)


def is_in(path: str, document: Document, prints: Container[str]) -> bool:
    """Whether fingerprints, of a document or a save, know a file or the frame in it."""
    number = document.number
    return path in prints or (
        number is not None and place_in(Path(path), number) in prints
    )


def marks_of(document: Document, census: Census) -> frozenset[str]:
    """Tell what a list should say of a frame: ``missing`` files, ``unresolved`` ROIs."""
    marks: set[str] = set()
    if any(problem.severity == "error" for problem in document.problems):
        marks.add("missing")
    if any(count.resolution.rule == 4 for count in census.rois):
        marks.add("unresolved")
    return frozenset(marks)
