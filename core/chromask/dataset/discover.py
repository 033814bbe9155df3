"""The frames of a folder or a file: which there are, with which masks and which legend.

Names alone are read, and the heads of JSON files, so that a folder of a hundred thousand
files is listed quickly; `opening` opens one of the frames. What was recognised is told in
a `Report`, and a `Choice` corrects it.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.dataset.file_names import MediaFile, natural
from chromask.dataset.folder_names import fold
from chromask.dataset.folder_walk import Found, Walk
from chromask.dataset.frames_file import (
    HEAD_BYTES,
    LINES_SUFFIXES,
    head_of_frame,
    holds_frames,
    read_frames_file,
)
from chromask.dataset.legend_search import legend_near
from chromask.dataset.outside import Paired, pair_with_outside
from chromask.dataset.pairing import Pairs
from chromask.dataset.query import Choice, FrameItem, FrameList, Report
from chromask.dataset.used_files import (
    MOST_READ,
    NOTHING,
    Used,
    absolute_path,
    named_by,
    photos_among,
)
from chromask.errors import ChromaskError, Problem, StorageError, say
from chromask.legends import read_legend
from chromask.media import is_media
from chromask.storage.look import is_file, is_folder, state_of

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Container,
        Iterator,
        Sequence,
    )


_SEARCHED_BYTES = 1 << 30
"""So much of a folder's large JSON files is searched, beyond their heads."""


def _never() -> bool:
    return False


def list_frames(
    path: Path,
    choice: Choice | None = None,
    *,
    cancelled: Callable[[], bool] = _never,
) -> FrameList:
    """List the frames of a folder, of a file of several frames, or of a single file.

    Parameters
    ----------
    path
        A folder of frame JSONs, or of images and masks; a JSON array of frames or JSON
        Lines; a frame's JSON, an image or a mask.
    choice
        What corrects the recognition.
    cancelled
        Asked now and then; when it says True an error is raised.

    Raises
    ------
    FrameError
        A file of several frames is broken.
    StorageError
        The folder or file cannot be read.
    """
    path, choice = path.absolute(), choice or Choice()
    if not is_folder(path):
        if is_media(path):
            return _around_image(path, choice, cancelled)
        items = tuple(_items_of_file(path, path.parent))
        listed = FrameList(path, items, Report(frames=len(items)), choice)
        return _with_legends(listed)
    return _list_folder(path, choice, cancelled)


def _with_legends(listed: FrameList) -> FrameList:
    """Note in the report which legends speak of the frames' masks."""
    counts: list[tuple[str, int]] = []
    problems: list[Problem] = []
    chosen = listed.choice.legend
    for legend in [chosen] if chosen else _legends_for(listed):
        try:
            mapping = read_legend(legend)
        except ChromaskError as error:
            problems.append(error.problem)
            continue
        problems += mapping.problems
        if mapping.entries:
            counts.append((str(legend), len(mapping.entries)))
    report = listed.report
    report = replace(
        report, legends=tuple(counts), problems=(*report.problems, *problems)
    )
    return replace(listed, report=report)


# -- folders


def _list_folder(
    root: Path, choice: Choice, cancelled: Callable[[], bool]
) -> FrameList:
    found = Found()
    Walk(found, cancelled).through(root, "")
    paired = pair_with_outside(root, found, choice, cancelled)
    items, problems = _items_of_jsons(root, found, cancelled)
    named = named_by(items)
    photos = photos_among(root, paired.pairs, named)
    used = Used.of(named, found.jsons)
    media_items = _items_of_media(root, paired.pairs, used, photos)
    everything = sorted([*items, *media_items], key=lambda item: natural(item.key))
    report = replace(
        _report(paired.pairs, media_items, len(items), [*problems, *paired.problems]),
        own_legends=len(found.own_legends),
        suggested=paired.suggested,
        suggests_images=paired.are_images,
    )
    frames = tuple(_unique(everything))
    return _with_legends(FrameList(root, frames, report, choice, photos=photos))


def image_alone(path: Path, choice: Choice | None = None) -> FrameList | None:
    """List one image at once, before any folder is read; `list_frames` adds its masks.

    Returns None for what is no image, and for an image whose own frame names its masks.
    """
    path = path.absolute()
    if not is_media(path) or not is_file(path):
        return None
    item = _with_its_frame(FrameItem(path.stem, str(path), path.name))
    if item.path != str(path):
        return None
    report = Report(images=1)
    return FrameList(path, (item,), report, choice or Choice(), is_complete=False)


def _around_image(
    path: Path, choice: Choice, cancelled: Callable[[], bool]
) -> FrameList:
    """List the one frame of an image, or of the image that a mask belongs to."""
    folder = path.parent
    item = None
    paired = Paired(Pairs((), {}, ()))
    if is_folder(folder):
        found = Found()
        Walk(found, cancelled, only_masks=True).through(folder, "")
        paired = pair_with_outside(folder, found, choice, cancelled, path.name)
        items = _items_of_media(folder, paired.pairs)
        item = FrameList(folder, tuple(items)).find(path)
    alone = FrameItem(path.stem, str(path), path.name)
    own = _with_its_frame(item or alone)
    if item is not None and own != item and _is_unnamed_guess(path, item, own):
        own = _with_its_frame(alone)
    item = own
    report = Report(
        images=1,
        masks=(("", len(item.masks)),) if item.masks else (),
        suggested=paired.suggested,
        suggests_images=paired.are_images,
        problems=paired.problems,
    )
    return _with_legends(FrameList(path, (item,), report, choice))


def _is_unnamed_guess(path: Path, item: FrameItem, saved: FrameItem) -> bool:
    """Whether a file is a mask of an image by a guess alone, which its frame does not share."""
    guessed = [mask for mask_id, mask in item.masks if mask_id in item.guesses]
    used = named_by([saved])
    return str(path) in guessed and os.path.normpath(path) not in used


def _with_its_frame(item: FrameItem) -> FrameItem:
    """Give the frame of an image that has been saved: a JSON next to it that names it."""
    path = Path(item.path)
    own, other = path.with_suffix(".json"), path.with_name(f"{path.name}.json")
    for json_path in (own, other):
        if head_of_frame(json_path) is None or holds_frames(json_path):
            continue
        saved = FrameItem(item.key, str(json_path), json_path.name)
        if os.path.normpath(item.path) in named_by([saved]):
            return saved
        if json_path == own:
            item = replace(item, json=str(other))
    return item


# -- items


def _items_of_file(path: Path, root: Path) -> Iterator[FrameItem]:
    """Give the frames of a JSON file: one, or those of a list."""
    key = Path(os.path.relpath(path.with_suffix(""), root)).as_posix()
    if not holds_frames(path):
        yield FrameItem(key, str(path), path.name)
        return
    for number, place in enumerate(read_frames_file(path).frames):
        name = place.name or path.name
        yield FrameItem(f"{key}#{number}", str(path), name, number)


def _items_of_jsons(
    root: Path, found: Found, cancelled: Callable[[], bool]
) -> tuple[list[FrameItem], list[Problem]]:
    items: list[FrameItem] = []
    problems: list[Problem] = []
    by_folder: dict[str, list[MediaFile]] = {}
    for file in sorted(found.jsons, key=lambda file: file.path):
        by_folder.setdefault(file.folder, []).append(file)
    kept: list[MediaFile] = []
    search = _Search()
    for files in by_folder.values():
        looked = files if len(found.jsons) <= MOST_READ else files[:20]
        are = [file for file in looked if search.finds_sources(root / file.path)]
        if len(files) > len(looked) and len(are) * 2 > len(looked):
            are += files[len(looked) :]
        kept += are
    found.jsons = kept
    for file in [*kept, *found.lists]:
        if cancelled():
            raise StorageError("listing was cancelled", uri=str(root))
        path = root / file.path
        try:
            if len(kept) > MOST_READ and file.suffix == ".json":
                key = f"{file.folder}/{file.stem}".lstrip("/")
                items.append(FrameItem(key, str(path), file.path))
            else:
                items += _items_of_file(path, root)
        except ChromaskError as error:
            problems.append(error.problem)
    return items, [*problems, *search.problems]


class _Search:
    """Looks for sources in JSON files; large files that are no frames cost so much at most."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._left = _SEARCHED_BYTES

    def finds_sources(self, path: Path) -> bool:
        """Whether a file may be a frame; one that was not searched whole is a problem."""
        if head_of_frame(path, HEAD_BYTES) is not None:
            return True
        found = state_of(path)
        size = 0 if found is None else found.st_size
        if size <= HEAD_BYTES:
            return False
        if size > self._left:
            seen = say(
                "it is large and names no source in its first {:,} bytes: it is not listed",
                HEAD_BYTES,
            )
            hint = "Open the file itself if it is a frame"
            self.problems.append(Problem(seen, str(path), None, hint, "note"))
            return False
        self._left -= size
        return head_of_frame(path) is not None


def _items_of_media(
    root: Path,
    pairs: Pairs,
    used: Used = NOTHING,
    photos: Container[str] = (),
) -> list[FrameItem]:
    def absolute(file: MediaFile) -> str:
        return absolute_path(root, file)

    def is_used(path: str) -> bool:
        return used.is_image(path) or (used.is_named(path) and path not in photos)

    owners = Counter(m.file for masks in pairs.masks.values() for m in masks)
    shared = frozenset(absolute(mask) for mask, count in owners.items() if count > 1)
    stems: set[tuple[str, str]] = set()
    items: list[FrameItem] = []
    for image in pairs.images:
        path = absolute(image)
        masks = pairs.masks.get(image, ())
        # <stem>.json belongs to the first image of that stem.
        stem = (image.folder, fold(image.stem))
        json_path = f"{path}.json" if stem in stems else ""
        stems.add(stem)
        if is_used(path) or (not masks and _is_outside(image)):
            continue
        named = tuple((mask.id, absolute(mask.file)) for mask in masks)
        items.append(
            FrameItem(
                f"{image.folder}/{image.name if json_path else image.stem}".lstrip("/"),
                path,
                image.path,
                masks=named,
                guesses=frozenset(mask.id for mask in masks if mask.is_guess),
                shared=shared.intersection(mask for _, mask in named),
                json=json_path,
            )
        )
    for mask in pairs.orphans:
        path = absolute(mask)
        if not used.is_named(path) and not _is_outside(mask):
            key = f"{mask.folder}/{mask.stem}".lstrip("/")
            own = (("00", path),)
            items.append(FrameItem(key, path, mask.path, masks=own, is_mask=True))
    return items


def _is_outside(file: MediaFile) -> bool:
    """Whether a file lies outside what was opened: it is no frame by itself."""
    return file.folder.startswith("..")


def _unique(items: Sequence[FrameItem]) -> Iterator[FrameItem]:
    """Let an image's own JSON stand for it, and give every item a key of its own."""
    own = {os.path.splitext(i.path)[0] for i in items if i.path.endswith(".json")}
    taken: set[str] = set()
    for item in items:
        is_json = item.path.lower().endswith((".json", *LINES_SUFFIXES))
        if not is_json and not item.json and os.path.splitext(item.path)[0] in own:
            continue
        key = item.key
        while key in taken:
            key += "'"
        taken.add(key)
        yield item if key == item.key else replace(item, key=key)


def _report(
    pairs: Pairs, items: Sequence[FrameItem], frames: int, problems: Sequence[Problem]
) -> Report:
    shown = {item.name for item in items}
    images = [image for image in pairs.images if image.path in shown]
    used = {mask.file for image in images for mask in pairs.masks.get(image, ())}
    folders = Counter(mask.folder for mask in used)
    videos = sum(image.is_video for image in images)
    return Report(
        images=len(images) - videos,
        videos=videos,
        frames=frames,
        masks=tuple(sorted(folders.items())),
        without_mask=sum(image not in pairs.masks for image in images),
        orphans=sum(item.is_mask for item in items)
        + sum(map(_is_outside, pairs.orphans)),
        problems=tuple(problems),
    )


def _legends_for(listed: FrameList) -> list[Path]:
    """List the legends for all folders of frames and of their masks."""
    folders: dict[str, None] = {}
    for item in listed.items:
        folders.update({os.path.dirname(mask): None for _, mask in item.masks})
        folders[os.path.dirname(item.path)] = None
    own = listed.root if is_folder(listed.root) else listed.root.parent
    found = [legend_near(Path(each), listed.opened) for each in (*folders, own)]
    return [legend for legend in dict.fromkeys(found) if legend is not None]
