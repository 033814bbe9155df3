"""The command ``chromask``: what needs no window is done before Qt is imported."""

from __future__ import annotations

import builtins
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from chromask_gui.runtime.screen import (
    COULD_NOT_RUN,
    what_display_is_missing,
    why_no_qt,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask_gui.runtime.workers import Workers

WITHOUT_WINDOW = ("info", "render", "contact-sheet", "--version", "-h", "--help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    first = words[0] if words else ""
    if first in WITHOUT_WINDOW:
        from chromask.cli import main as run_command

        return run_command(words)
    if first == "--install-desktop":
        from chromask_gui.app.desktop_entry import run_install_desktop

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
        from chromask_gui.app.screenshot import run_screenshot

        return run_screenshot(words)
    if first == "--demo":
        from chromask_gui.app.demo import run_demo

        return run_demo(Path(words[1] if len(words) > 1 else "chromask-demo"))
    try:
        paths, allowed = split_words(words)
    except ValueError as error:
        return refuse(str(error))
    missing = what_display_is_missing(os.environ)
    if missing is not None:
        return refuse(
            f"the window cannot open: {missing}. "
            "A picture needs no display: chromask screenshot FRAME -o OUT.png"
        )
    if is_process:
        # Nothing becomes garbage while the window is made, and searching takes a tenth of it.
        gc.disable()
    return open_window(paths, allowed)


def split_words(words: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """Tell the paths to open from the folders that ``--masks DIR`` allows.

    Raises
    ------
    ValueError
        There is no such option, or no such folder; the message says it.
    """
    from chromask.storage.look import is_folder

    paths: list[Path] = []
    allowed: list[Path] = []
    rest = iter(words)
    for word in rest:
        option, is_joined, value = word.partition("=")
        if option == "--masks":
            text = value if is_joined else next(rest, "")
            if not text or not is_folder(text):
                raise ValueError(f"--masks needs a folder; {text!r} is not one")
            allowed.append(Path(text).absolute())
        elif word.startswith("-"):
            raise ValueError(f"there is no option {word}; see --help")
        else:
            paths.append(Path(word))
    if allowed and not paths:
        raise ValueError("--masks needs a path to open, too")
    return paths, allowed


def refuse(why: str) -> int:
    """Say in one line why the program did not run; gives the exit code."""
    sys.stderr.write(f"chromask: {why}\n")
    return COULD_NOT_RUN


def open_window(paths: Sequence[Path], allowed: Sequence[Path] = ()) -> int:
    """Begin to read the files, then load what shows them."""
    from chromask_gui.session.reading import begin_reading

    workers = begin_reading(paths, allowed)
    load_qt()
    return run_window(paths, workers, allowed)


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


def run_window(
    paths: Sequence[Path], workers: Workers, allowed: Sequence[Path] = ()
) -> int:
    """Run the window until it is closed."""
    from chromask_gui.app.application import run

    return run(paths, workers, allowed)


if __name__ == "__main__":
    sys.exit(main())
