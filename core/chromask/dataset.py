"""The frames of a folder or a file: which there are, with which masks and which legend.

Names alone are read, and the heads of JSON files, so that a folder of a hundred thousand
files is listed quickly; `opening` opens one of the frames. What was recognised is told in
a `Report`, and a `Choice` corrects it.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.errors import ChromaskError, Problem, StorageError, say
from chromask.formats import (
    OF_ONE_FRAME,
    OF_ONE_MASK,
    find_legend,
    is_about_labels,
    read_legend,
)
from chromask.frame_list import Choice, FrameItem, FrameList, Report
from chromask.frames_file import LINES_SUFFIXES, holds_frames, read_frames_file
from chromask.legend_search import legend_near
from chromask.media import is_media
from chromask.pairing import MediaFile, Pairs, is_mask_folder, natural, pair
from chromask.storage.local import open_regular
from chromask.storage.uri import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

DEEPEST = 8
"""Folders inside each other that are looked into."""

_SKIPPED = frozenset(("__pycache__", "node_modules", "__MACOSX"))
_HEAD_BYTES = 1 << 20
_FEW = 2000
"""Of so many JSON files all are looked into; of more, the first ones of each folder."""

_SOURCES = re.compile(rb'"sources"\s*:\s*\[')
_URI = re.compile(rb'"uri"\s*:\s*"((?:[^"\\]|\\.)*)"')


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
    if not path.is_dir():
        if is_media(path):
            return _around_image(path, choice, cancelled)
        items = tuple(_items_of_file(path, path.parent))
        legend = choice.legend or find_legend(path.parent)
        report = _with_legends(Report(frames=len(items)), [legend] if legend else [])
        return FrameList(path, items, report, choice)
    return _list_folder(path, choice, cancelled)


def _with_legends(report: Report, legends: Iterable[Path]) -> Report:
    counts: list[tuple[str, int]] = []
    problems: list[Problem] = []
    for legend in dict.fromkeys(legends):
        try:
            mapping = read_legend(legend)
        except ChromaskError as error:
            problems.append(error.problem)
            continue
        problems += mapping.problems
        if mapping.entries:
            counts.append((str(legend), len(mapping.entries)))
    return replace(
        report, legends=tuple(counts), problems=(*report.problems, *problems)
    )


# -- folders


@dataclass(slots=True)
class _Found:
    """What a walk through folders found, by names."""

    media: list[MediaFile] = field(default_factory=list[MediaFile])
    jsons: list[MediaFile] = field(default_factory=list[MediaFile])
    lists: list[MediaFile] = field(default_factory=list[MediaFile])
    own_legends: list[MediaFile] = field(default_factory=list[MediaFile])


def _list_folder(
    root: Path, choice: Choice, cancelled: Callable[[], bool]
) -> FrameList:
    if is_mask_folder(root.name) and _is_flat(root) and _has_images(root.parent):
        root = root.parent
    found = _Found()
    _walk(root, "", found, cancelled)
    chosen = _relative(choice.mask_folders, root)
    if chosen is not None:
        for folder in chosen:
            if folder.startswith(".."):
                _walk(root / folder, folder, found, cancelled)
    pairs = pair(found.media, chosen)
    if not pairs.masks and chosen is None and any(not f.folder for f in found.media):
        for folder in _mask_neighbours(root):
            _walk(root / folder, folder, found, cancelled)
        pairs = pair(found.media)
    items, problems = _items_of_jsons(root, found, cancelled)
    used = _used_by(items, found.jsons)
    media_items = _items_of_media(root, pairs, used)
    everything = sorted([*items, *media_items], key=lambda item: natural(item.key))
    report = _report(pairs, media_items, len(items), problems)
    report = replace(report, own_legends=len(found.own_legends))
    legends = [choice.legend] if choice.legend else _legends_for(root, everything)
    return FrameList(
        root, tuple(_unique(everything)), _with_legends(report, legends), choice
    )


def _walk(
    folder: Path,
    name: str,
    found: _Found,
    cancelled: Callable[[], bool],
    depth: int = 0,
    only: Callable[[str], bool] | None = None,
) -> None:
    """Note every file of a folder and of those inside; raises StorageError at the top."""
    if cancelled():
        raise StorageError("listing was cancelled", uri=str(folder))
    inner: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    inner.append(entry.name)
                else:
                    _note(MediaFile(name, entry.name), found)
    except OSError as error:
        if depth:
            return
        raise StorageError(
            say("the folder cannot be read ({})", error.strerror), uri=str(folder)
        ) from error
    for each in sorted(inner):
        wanted = each not in _SKIPPED and not each.startswith(".")
        if wanted and depth < DEEPEST and (only is None or only(each)):
            inside = f"{name}/{each}" if name else each
            _walk(folder / each, inside, found, cancelled, depth + 1)


def _note(file: MediaFile, found: _Found) -> None:
    suffix = file.suffix
    if file.name.startswith("."):
        return
    if suffix == ".json":
        if file.name.lower().endswith((OF_ONE_MASK, OF_ONE_FRAME)):
            found.own_legends.append(file)
        elif not is_about_labels(file.name):
            found.jsons.append(file)
    elif suffix in LINES_SUFFIXES:
        found.lists.append(file)
    elif _is_media_suffix(suffix):
        found.media.append(file)


@lru_cache(maxsize=256)
def _is_media_suffix(suffix: str) -> bool:
    return is_media(Path(f"name{suffix}"))


def _has_images(folder: Path) -> bool:
    try:
        with os.scandir(folder) as inside:
            return any(
                each.is_dir() and not is_mask_folder(each.name) and _holds_media(each)
                for each in inside
            )
    except OSError:
        return False


def _is_flat(folder: Path) -> bool:
    try:
        with os.scandir(folder) as inside:
            return not any(entry.is_dir() for entry in inside)
    except OSError:
        return False


def _holds_media(entry: os.DirEntry[str]) -> bool:
    with os.scandir(entry) as inside:
        return any(is_media(Path(each.name)) for each in inside)


def _mask_neighbours(root: Path) -> list[str]:
    """List the folders of masks beside a folder of images, as paths from it."""
    try:
        with os.scandir(root.parent) as inside:
            names = [entry.name for entry in inside if entry.is_dir()]
    except OSError:
        return []
    return [
        f"../{name}"
        for name in sorted(names)
        if name != root.name and is_mask_folder(name)
    ]


def _relative(folders: Sequence[Path] | None, root: Path) -> set[str] | None:
    if folders is None:
        return None
    paths = (Path(os.path.relpath(folder, root)).as_posix() for folder in folders)
    return {"" if path == "." else path for path in paths}


def _around_image(
    path: Path, choice: Choice, cancelled: Callable[[], bool]
) -> FrameList:
    """List the one frame of an image, or of the image that a mask belongs to."""
    folder = path.parent
    item = None
    if folder.is_dir():
        item = _item_about(folder, path, choice, cancelled)
        if (item is None or not item.masks) and is_mask_folder(folder.name):
            other = _item_about(folder.parent, path, choice, cancelled)
            item = other if other is not None and not other.is_mask else item
    item = _with_its_frame(item or FrameItem(path.stem, str(path), path.name))
    legends = [choice.legend] if choice.legend else _legends_for(folder, [item])
    report = Report(images=1, masks=(("", len(item.masks)),) if item.masks else ())
    return FrameList(path, (item,), _with_legends(report, legends), choice)


def _with_its_frame(item: FrameItem) -> FrameItem:
    """Give the frame of an image that has been saved: ``<stem>.json`` beside it names it."""
    json_path = Path(item.path).with_suffix(".json")
    if head_of_frame(json_path) is None or holds_frames(json_path):
        return item
    saved = FrameItem(item.key, str(json_path), json_path.name)
    return saved if os.path.normpath(item.path) in _used_by([saved], []) else item


def _item_about(
    folder: Path, path: Path, choice: Choice, cancelled: Callable[[], bool]
) -> FrameItem | None:
    """Find the image of that path, or the one whose mask it is, among those about it."""
    found = _Found()
    _walk(folder, "", found, cancelled, DEEPEST - 1, only=is_mask_folder)
    if folder == path.parent:
        for beside in _mask_neighbours(folder):
            _walk(folder / beside, beside, found, cancelled, DEEPEST - 1)
    else:
        for inside in sorted(each.name for each in folder.iterdir() if each.is_dir()):
            if not is_mask_folder(inside):
                _walk(folder / inside, inside, found, cancelled, DEEPEST)
    pairs = pair(found.media, _relative(choice.mask_folders, folder))
    items = _items_of_media(folder, pairs, frozenset())
    return FrameList(folder, tuple(items)).find(path)


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
    root: Path, found: _Found, cancelled: Callable[[], bool]
) -> tuple[list[FrameItem], list[Problem]]:
    items: list[FrameItem] = []
    problems: list[Problem] = []
    by_folder: dict[str, list[MediaFile]] = {}
    for file in sorted(found.jsons, key=lambda file: file.path):
        by_folder.setdefault(file.folder, []).append(file)
    kept: list[MediaFile] = []
    for files in by_folder.values():
        looked = files if len(found.jsons) <= _FEW else files[:20]
        are = [file for file in looked if head_of_frame(root / file.path)]
        if len(files) > len(looked) and len(are) * 2 > len(looked):
            are += files[len(looked) :]
        kept += are
    found.jsons = kept
    for file in [*kept, *found.lists]:
        if cancelled():
            raise StorageError("listing was cancelled", uri=str(root))
        path = root / file.path
        try:
            if len(kept) > _FEW and file.suffix == ".json":
                key = f"{file.folder}/{file.stem}".lstrip("/")
                items.append(FrameItem(key, str(path), file.path))
            else:
                items += _items_of_file(path, root)
        except ChromaskError as error:
            problems.append(error.problem)
    return items, problems


def head_of_frame(path: Path) -> bytes | None:
    """Read the head of a JSON file that may be a frame, or a list of frames; else None."""
    try:
        with open_regular(path, uri=str(path)) as file:
            head = file.read(_HEAD_BYTES)
    except (StorageError, OSError):
        return None
    return head if _SOURCES.search(head) else None


def uris_in(text: bytes) -> Iterator[str]:
    """Give the URIs that stand in the JSON text of frames."""
    for match in _URI.finditer(text):
        try:
            yield json.loads(b'"' + match[1] + b'"')
        except ValueError:
            yield match[1].decode("utf-8", "replace")


def _used_by(items: Sequence[FrameItem], jsons: Sequence[MediaFile]) -> frozenset[str]:
    """Find the files that frames name: they are no frames of their own.

    Of very many frames those count that lie in the folders that the first ones name.
    """
    used: set[str] = set()
    for path in list(dict.fromkeys(item.path for item in items))[:_FEW]:
        head = head_of_frame(Path(path)) or b""
        for uri in uris_in(head):
            try:
                used.add(os.path.normpath(locate(uri, Path(path).parent)))
            except StorageError:
                continue
    if len(jsons) > _FEW:
        used |= {os.path.dirname(path) for path in used}
    return frozenset(used)


def _items_of_media(root: Path, pairs: Pairs, used: frozenset[str]) -> list[FrameItem]:
    base = str(root)

    def absolute(file: MediaFile) -> str:
        path = os.path.join(base, file.path)
        return os.path.normpath(path) if ".." in file.folder else path

    def is_used(path: str) -> bool:
        return path in used or os.path.dirname(path) in used

    items: list[FrameItem] = []
    for image in pairs.images:
        path = absolute(image)
        if not is_used(path):
            masks = tuple(
                (mask.id, absolute(mask.file)) for mask in pairs.masks.get(image, ())
            )
            key = f"{image.folder}/{image.stem}".lstrip("/")
            items.append(FrameItem(key, path, image.path, masks=masks))
    for mask in pairs.orphans:
        path = absolute(mask)
        if not is_used(path):
            key = f"{mask.folder}/{mask.stem}".lstrip("/")
            own = (("00", path),)
            items.append(FrameItem(key, path, mask.path, masks=own, is_mask=True))
    return items


def _unique(items: Sequence[FrameItem]) -> Iterator[FrameItem]:
    """Let an image's own JSON stand for it, and give every item a key of its own."""
    own = {os.path.splitext(i.path)[0] for i in items if i.path.endswith(".json")}
    taken: set[str] = set()
    for item in items:
        is_json = item.path.lower().endswith((".json", *LINES_SUFFIXES))
        if not is_json and os.path.splitext(item.path)[0] in own:
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
    folders: dict[str, int] = {}
    for image in images:
        for mask in pairs.masks.get(image, ()):
            folders[mask.file.folder] = folders.get(mask.file.folder, 0) + 1
    videos = sum(image.is_video for image in images)
    return Report(
        images=len(images) - videos,
        videos=videos,
        frames=frames,
        masks=tuple(sorted(folders.items())),
        without_mask=sum(image not in pairs.masks for image in images),
        orphans=sum(item.is_mask for item in items),
        problems=tuple(problems),
    )


def _legends_for(root: Path, items: Sequence[FrameItem]) -> list[Path]:
    """List the legends of all folders in which frames and their masks lie."""
    folders: dict[str, None] = {}
    for item in items:
        folders.update({os.path.dirname(mask): None for _, mask in item.masks})
        folders[os.path.dirname(item.path)] = None
    legends = [legend_near(Path(folder)) for folder in (*folders, root)]
    return [legend for legend in dict.fromkeys(legends) if legend is not None]
