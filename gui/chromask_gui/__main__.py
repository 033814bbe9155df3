"""The command ``chromask``: what needs no window is done before Qt is imported."""

from __future__ import annotations

import builtins
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from chromask_gui.screen import (
    COULD_NOT_RUN,
    what_display_is_missing,
    why_no_qt,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask_gui.workers import Workers

WITHOUT_WINDOW = ("info", "render", "contact-sheet", "--version", "-h", "--help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    first = words[0] if words else ""
    if first in WITHOUT_WINDOW:
        from chromask.cli import main as run_command

        return run_command(words)
    if first == "--install-desktop":
        from chromask_gui.desktop import run_install_desktop

        return run_install_desktop(words[1:])
    try:
        return run_with_qt(words, is_process=arguments is None)
    except ImportError as error:
        why = why_no_qt(error)
        if why is None:
            raise
        return refuse(f"the window cannot open. {why}")


def run_with_qt(words: Sequence[str], *, is_process: bool) -> int:
    """Run what needs Qt: a command, or the window."""
    first = words[0] if words else ""
    if first in ("screenshot", "--demo"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if first == "screenshot":
        from chromask_gui.screenshot import run_screenshot

        return run_screenshot(words)
    if first == "--demo":
        from chromask_gui.demo import run_demo

        return run_demo(Path(words[1] if len(words) > 1 else "chromask-demo"))
    unknown = [word for word in words if word.startswith("-")]
    if unknown:
        return refuse(f"there is no option {unknown[0]}; see --help")
    missing = what_display_is_missing(os.environ)
    if missing is not None:
        return refuse(
            f"the window cannot open: {missing}. "
            "A picture needs no display: chromask screenshot FRAME -o OUT.png"
        )
    if is_process:
        # Nothing becomes garbage while the window is made, and searching takes a tenth of it.
        gc.disable()
    return open_window([Path(word) for word in words])


def refuse(why: str) -> int:
    """Say in one line why the program did not run; gives the exit code."""
    sys.stderr.write(f"chromask: {why}\n")
    return COULD_NOT_RUN


def open_window(paths: Sequence[Path]) -> int:
    """Begin to read the files, then load what shows them."""
    from chromask_gui.reading import begin_reading

    workers = begin_reading(paths)
    load_qt()
    return run_window(paths, workers)


def load_qt() -> None:
    """Load Qt, and import all else without PySide's look at the source of each module.

    WORKAROUND(shibokensupport/feature.py): PySide puts itself before every import, and reads
    the source of each module that comes after it, in case that it asks for ``__feature__``.
    No module of ours does; for them it is a tenth of what loading the window takes.
    """
    import PySide6.QtWidgets  # noqa: F401

    plain_import = getattr(builtins, "__orig_import__", None)
    if plain_import is not None:
        builtins.__import__ = plain_import


def run_window(paths: Sequence[Path], workers: Workers) -> int:
    """Run the window until it is closed."""
    from chromask_gui.app import run

    return run(paths, workers)


if __name__ == "__main__":
    sys.exit(main())
