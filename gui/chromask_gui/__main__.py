"""The command ``chromask``: what needs no window is done before Qt is imported."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

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
    if first in ("screenshot", "--demo"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if first == "screenshot":
        from chromask_gui.screenshot import run_screenshot

        return run_screenshot(words)
    if first == "--demo":
        from chromask_gui.demo import run_demo

        return run_demo(Path(words[1] if len(words) > 1 else "chromask-demo"))
    if arguments is None:
        # Nothing becomes garbage while the window is made, and searching takes a tenth of it.
        gc.disable()
    unknown = [word for word in words if word.startswith("-")]
    if unknown:
        sys.stderr.write(f"chromask: there is no option {unknown[0]}; see --help\n")
        return 2
    return open_window([Path(word) for word in words])


def open_window(paths: Sequence[Path]) -> int:
    """Begin to read the files, then load what shows them."""
    from chromask_gui.reading import begin_reading

    return run_window(paths, begin_reading(paths))


def run_window(paths: Sequence[Path], workers: Workers) -> int:
    """Load Qt and run the window until it is closed."""
    from chromask_gui.app import run

    return run(paths, workers)


if __name__ == "__main__":
    sys.exit(main())
