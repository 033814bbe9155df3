"""Noting every file that Python code opens for writing, renames or removes."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {
    "os.rename": (0, 1),
    "os.remove": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.mkdir": (0,),
    "os.rmdir": (0,),
    "os.chmod": (0,),
}
_noted: set[str] | None = None
_is_hooked = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _noted is None:
        return
    paths: tuple[object, ...] = ()
    if event == "open":
        path, _mode, flags = arguments
        paths = (path,) if isinstance(flags, int) and flags & _WRITING else ()
    elif event in _CHANGES:
        paths = tuple(arguments[place] for place in _CHANGES[event])
    for path in paths:
        if isinstance(path, str | bytes | os.PathLike):
            _noted.add(os.path.realpath(os.fsdecode(path)))


@contextmanager
def noted_writes(folder: Path) -> Iterator[set[str]]:
    """Note what is written under a folder, by its real path from there.

    The temporary files of the atomic write count as nothing where they are gone afterwards.
    """
    global _noted, _is_hooked  # noqa: PLW0603 - an audit hook can never be taken away
    if not _is_hooked:
        sys.addaudithook(_hook)
        _is_hooked = True
    found: set[str] = set()
    _noted = set()
    try:
        yield found
    finally:
        noted, _noted = _noted, None
        root = Path(os.path.realpath(folder))
        for path in map(Path, noted):
            is_gone = path.name.startswith(".chromask-") and not path.exists()
            if path.is_relative_to(root) and not is_gone:
                found.add(path.relative_to(root).as_posix())
