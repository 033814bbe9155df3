"""Where the files of a frame are: its images, masks in one file, and files outside.

They are looked up once for each state of the frame's sources.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.errors import Problem, StorageError
from chromask.frame.source import mask_refs
from chromask.storage.look import real_path
from chromask.storage.opened import Images
from chromask.storage.uri import locate

if TYPE_CHECKING:
    from collections.abc import Container

    from chromask.frame.editable import Frame
    from chromask.storage.opened import Opened


def place_of(
    uri: str | None, frame_uri: str | None, known: Container[str] = ()
) -> Path | None:
    """Return the file that a frame names by a URI; None where the URI is refused.

    `known` are the files that were loaded, see `locate`.
    """
    try:
        return locate(uri or "", Path(frame_uri).parent if frame_uri else None, known)
    except StorageError:
        return None


class Places:
    """The files that a frame names, as its sources are now.

    Parameters
    ----------
    frame
        The frame; a later state of it needs new places, see `is_of`.
    """

    def __init__(self, frame: Frame) -> None:
        self._sources = frame.sources
        self._frame_uri = frame.uri
        self._outside: tuple[Opened, tuple[Problem, ...]] | None = None

    def is_of(self, frame: Frame) -> bool:
        """Whether a frame has the same sources and masks at the same place."""
        return self._sources is frame.sources and self._frame_uri == frame.uri

    @cached_property
    def images(self) -> Images:
        """The source images and their previews: they are never written."""
        uris = [source.uri for source in self._sources]
        uris += [source.preview_uri for source in self._sources]
        return Images(path for uri in dict.fromkeys(uris) if (path := self._place(uri)))

    def is_mask_shared(self, uri: str | None) -> bool:
        """Whether several masks of the frame are in the file of this URI."""
        path = self._place(uri)
        return path is not None and self._masks_by_file[real_path(path)] > 1

    def outside(self, opened: Opened) -> tuple[Problem, ...]:
        """Name the files that are outside what was opened, each with a note."""
        if self._outside is None or self._outside[0] != opened:
            uris = [(ref.mask.uri, True) for ref in mask_refs(self._sources)]
            uris += [(source.uri, False) for source in self._sources]
            notes = [
                _outside_note(uri or "", is_mask=is_mask)
                for uri, is_mask in dict(reversed(uris)).items()
                if (path := self._place(uri)) and not opened.contains(path)
            ]
            self._outside = opened, tuple(reversed(notes))
        return self._outside[1]

    @cached_property
    def _masks_by_file(self) -> Counter[Path]:
        counts: Counter[Path] = Counter()
        refs = mask_refs(self._sources)
        for uri, count in Counter(ref.mask.uri for ref in refs).items():
            path = self._place(uri)
            if path is not None:
                counts[real_path(path)] += count
        return counts

    def _place(self, uri: str | None) -> Path | None:
        return place_of(uri, self._frame_uri)


def _outside_note(uri: str, *, is_mask: bool) -> Problem:
    hint = "It is only read"
    if is_mask:
        hint = "It is read; it is written only after its folder was allowed"
    seen = "this file is outside the opened folder"
    return Problem(seen, uri=uri, hint=hint, severity="note")
