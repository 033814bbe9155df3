"""What chromask ships beside its code: theme, icons and the example; read through importlib.resources.

The files are always read from a folder on disk: the distribution is installed unpacked.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


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
    path = Path(str(files(__name__).joinpath(*name.split("/"))))
    if not path.exists():
        msg = f"{path}: this file of chromask is not there. Install chromask again."
        raise FileNotFoundError(msg)
    return path


def example_frame() -> Path:
    """Give the path of the bundled example's frame; its masks and legend lie beside it."""
    return resource("examples/street/street.json")
