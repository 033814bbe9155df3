"""Which files the frames of a list name: a frame never writes what another one names.

What counts is the file that a name leads to, after JSON, URIs and links are resolved; no text is
searched for spellings. Nothing is read before the first question, then every frame once.
"""

from __future__ import annotations

import contextlib
import json
import os
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from chromask.dataset.frames_file import (
    LINES_SUFFIXES,
    LIST_LIMITS,
    head_of_frame,
    place_in,
)
from chromask.errors import ChromaskError, StorageError
from chromask.jsontext.read import read_json
from chromask.jsontext.values import as_array, as_object
from chromask.storage.local import read_bytes
from chromask.storage.look import exists, is_link, list_folder, real_path, state_of
from chromask.storage.uri import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

NEIGHBOURS = 1000
"""So many frames before and behind a file that was opened alone are asked, by their names."""


MOST_AT_ONCE = 2000
"""Of more files a window reads the frames in steps, in the background."""

MOST_BYTES_AT_ONCE = 1 << 23
"""Of larger ones as well."""

A_STEP = 100
"""So many frames are read in a step."""


@dataclass(frozen=True, slots=True)
class Uris:
    """What a frame names, as it writes it.

    Attributes
    ----------
    images
        Its sources and their previews.
    masks
        Its masks.
    """

    images: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()


def uris_of(frame: object) -> Uris:
    """Give the URIs in the JSON value of a frame; what is no frame names nothing."""
    images: list[object] = []
    masks: list[object] = []
    for member in as_array((as_object(frame) or {}).get("sources")) or ():
        source = as_object(member) or {}
        preview = source.get("preview")
        images += [source.get("uri"), (as_object(preview) or {}).get("uri", preview)]
        masks += [
            (as_object(mask) or {}).get("uri")
            for mask in as_array(source.get("masks")) or ()
        ]
    return Uris(tuple(_texts(images)), tuple(_texts(masks)))


def frames_in(data: bytes, path: Path) -> Iterator[tuple[str, object]]:
    """Give the frames in the bytes of a file: (frame, JSON value), see `NamedFiles.holds`.

    What is broken, and so cannot be opened, is left out.
    """
    if path.suffix.lower() in LINES_SUFFIXES:
        texts = (text for text in data.splitlines() if text.strip())
        values: Iterable[object] = (_value_of(text, path) for text in texts)
    else:
        whole = _value_of(data, path)
        frames = as_array(whole)
        if frames is None:
            yield str(path), whole
            return
        values = frames
    for number, value in enumerate(values):
        yield place_in(path, number), value


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a file: which frame writes it, and where its relative paths start."""

    frame: str
    uri: str
    folder: str


@dataclass(frozen=True, slots=True)
class _Known:
    """All names, by what their last part is called, and where links lead.

    Attributes
    ----------
    names
        The names by their keys, see `_key_of`.
    folders
        The folders that hold what is named.
    links
        The keys of the symbolic links there by the real path that they lead to.
    led
        For each key that was asked for, the frames by the real path; it grows.
    """

    names: dict[str, list[_Name]]
    folders: frozenset[str]
    links: dict[str, set[str]]
    led: dict[str, dict[str, set[str]]] = field(
        default_factory=dict[str, dict[str, set[str]]]
    )


class NamedFiles:
    """The files that frames name.

    Parameters
    ----------
    files
        The JSON files of the frames.
    others
        What frames name that have no file yet: (frame, paths).
    around
        A file that was opened alone: the frames near it in its folder are asked as well.
    """

    def __init__(
        self,
        files: Iterable[str],
        others: Iterable[tuple[str, Sequence[str]]] = (),
        around: Path | None = None,
    ) -> None:
        self._files = tuple(dict.fromkeys(files))
        self._others = tuple(others)
        self._around = around
        self._known: _Known | None = None
        self._steps: Iterator[_Known | None] | None = None

    def holds(self, path: Path, frame: str) -> bool:
        """Whether another frame names this file, by whatever name.

        Parameters
        ----------
        path
            The file; it need not exist.
        frame
            The frame that asks: its JSON file, or `place_in` of one in a file of many.

        Returns
        -------
        holds
            True as well for each file that is there while `step` has not read all frames.
        """
        if self._known is None and self._steps is not None:
            return exists(path)
        known = self.look()
        real = str(real_path(path))
        keys = {_key_of(path.name), _key_of(real), *known.links.get(real, ())}
        state = state_of(real)
        has_names = state is not None and state.st_nlink > 1
        if has_names:
            keys |= _hard_links(real, known.folders)
        return any(
            frames - {frame}
            for key in keys
            for other, frames in self._led(known, key).items()
            if other == real
            or ((has_names or other.lower() == real.lower()) and _is_same(other, real))
        )

    def look(self, cancelled: Callable[[], bool] = lambda: False) -> _Known:
        """Read the frames, once.

        Raises
        ------
        StorageError
            It was cancelled.
        """
        known, steps = self._known, self._read()
        while known is None:
            if cancelled():
                raise StorageError("reading the frames was cancelled")
            known = next(steps)
        self._known = known
        return known

    @property
    def is_large(self) -> bool:
        """Whether reading all frames takes longer than an edit may wait."""
        if self._known is not None or len(self._files) > MOST_AT_ONCE:
            return self._known is None
        states = map(state_of, self._files)
        return sum(state.st_size for state in states if state) > MOST_BYTES_AT_ONCE

    def step(self) -> bool:
        """Read some more frames; says whether there are more. Until then all is held."""
        if self._known is None:
            self._steps = self._steps or self._read()
            self._known = next(self._steps)
        return self._known is None

    def _read(self) -> Iterator[_Known | None]:
        """Give what is known in the end, and before that None after some frames each."""
        names: dict[str, list[_Name]] = {}
        folders: set[str] = set()
        places: set[tuple[str, str]] = set()

        def add(frame: str, uri: str, folder: str) -> None:
            names.setdefault(_key_of(uri), []).append(_Name(frame, uri, folder))
            place = folder, uri.replace("\\", "/").rpartition("/")[0]
            if place not in places:
                places.add(place)
                folders.update(_folders_of(*place))

        files = dict.fromkeys((*self._files, *self._neighbours()))
        number = 0
        for file in (str(Path(each).absolute()) for each in files):
            for frame, uris in _uris_in(Path(file)):
                if number % A_STEP == 0:
                    yield None
                number += 1
                for uri in (*uris.images, *uris.masks):
                    add(frame, uri, os.path.dirname(file))
        for frame, paths in self._others:
            for path in paths:
                add(frame, path, os.path.dirname(path))
        yield _Known(names, frozenset(folders), _links_in(folders))

    def _neighbours(self) -> Iterator[str]:
        if self._around is None:
            return
        folder, own = self._around.parent, self._around.name
        try:
            found = list_folder(folder)[1]
        except StorageError:
            return
        suffixes = (".json", *LINES_SUFFIXES)
        jsons = sorted(name for name in found if name.lower().endswith(suffixes))
        at = bisect_left(jsons, own)
        for name in jsons[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS + 1]:
            if head_of_frame(folder / name) is not None:
                yield str(folder / name)

    @staticmethod
    def _led(known: _Known, key: str) -> dict[str, set[str]]:
        """Give the frames that name files by a key, by the files' real paths."""
        if key not in known.led:
            led: dict[str, set[str]] = {}
            for name in known.names.get(key, ()):
                try:
                    path = locate(name.uri, Path(name.folder))
                except StorageError:
                    continue
                led.setdefault(str(real_path(path)), set()).add(name.frame)
            known.led[key] = led
        return known.led[key]


def _texts(values: Iterable[object]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str) and value)


def _uris_in(path: Path) -> Iterator[tuple[str, Uris]]:
    try:
        data = read_bytes(path, uri=str(path), max_bytes=LIST_LIMITS.max_bytes)
    except StorageError:
        return
    for frame, value in frames_in(data, path):
        yield frame, uris_of(value)


def _value_of(text: bytes, path: Path) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        # Comments and commas too many, which frames may hold.
        return read_json(text, uri=str(path), limits=LIST_LIMITS).value
    except ChromaskError:
        return None


def _key_of(name: str) -> str:
    """Give what is equal for all spellings of a file's name, whichever of them is meant."""
    text, before = name, ""
    while text != before:
        before, text = text, unquote(text, errors="surrogateescape")
    text = PurePosixPath(text.replace("\\", "/")).name
    return unicodedata.normalize("NFC", text).casefold()


def _folders_of(folder: str, part: str) -> Iterator[str]:
    """Give the folders that a URI without its last part can mean."""
    if not part:
        yield folder
        return
    with contextlib.suppress(StorageError):
        yield str(locate(part, Path(folder)))
    decoded = unquote(part, errors="surrogateescape").replace("\\", "/")
    yield os.path.join(folder, decoded)


def _links_in(folders: Iterable[str]) -> dict[str, set[str]]:
    links: dict[str, set[str]] = {}
    for folder, names in _listed(folders):
        for name in names:
            path = folder / name
            if is_link(path):
                links.setdefault(str(real_path(path)), set()).add(_key_of(name))
    return links


def _hard_links(real: str, folders: Iterable[str]) -> set[str]:
    """Find the keys of a file's other names in some folders."""
    return {
        _key_of(name)
        for folder, names in _listed(folders)
        for name in names
        if _is_same(str(folder / name), real)
    }


def _listed(folders: Iterable[str]) -> Iterator[tuple[Path, list[str]]]:
    for folder in {real_path(Path(folder)) for folder in folders}:
        try:
            yield folder, list_folder(folder)[1]
        except StorageError:
            continue


def _is_same(one: str, other: str) -> bool:
    """Whether two names are those of one file."""
    first, second = state_of(one), state_of(other)
    if first is None or second is None or not first.st_ino:
        return False
    return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
