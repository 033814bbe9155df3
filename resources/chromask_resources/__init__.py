"""What chromask ships beside its code: theme, icons and the example; read from where this module lies.

The distribution is installed unpacked: there is always a folder on disk.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def resource(name: str) -> Path:
    """Give the path of a shipped file or folder.

    Parameters
    ----------
    name
        Relative to the package, with ``/`` between its parts: ``theme/chromask.qss``.

    Raises
    ------
    FileNotFoundError
        When nothing of that name is shipped, which means a broken installation.
    """
    path = _FOLDER.joinpath(*name.split("/"))
    if not path.exists():
        msg = f"{path}: this file of chromask is not there. Install chromask again."
        raise FileNotFoundError(msg)
    return path


def example_frame() -> Path:
    """Give the path of the bundled example's frame; its masks and legend lie beside it."""
    return resource("examples/street/street.json")
