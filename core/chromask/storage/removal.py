"""Taking a file of chromask's own away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask.errors import StorageError, say

if TYPE_CHECKING:
    from pathlib import Path


def remove_file(path: Path) -> bool:
    """Remove a file; returns whether there was one.

    A symbolic link goes, what it points at stays.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    StorageError
        When it is there and cannot be removed: a folder, or no permission.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(
            say("the file cannot be removed ({})", error.strerror),
            uri=str(path),
            hint="Remove it by hand, or ask for permission",
        ) from error
    return True
