"""The main job without a screen: on a copy of the example, through the window itself."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from chromask_gui.app.application import close_window, make_application, make_window
from chromask_gui.app.screenshot import (
    SETTLE_MS,
    open_and_wait,
    save_picture,
    settle,
    wait_until_saved,
)
from chromask_gui.session.settings import Settings
from chromask_resources import example_frame

if TYPE_CHECKING:
    from pathlib import Path


def run_demo(folder: Path) -> int:
    """Open a copy of the example in `folder`, add an annotation, save, picture the window."""
    folder.mkdir(parents=True, exist_ok=True)
    example = example_frame()
    shutil.copytree(example.parent, folder, dirs_exist_ok=True)
    path = folder / example.name
    app = make_application("light")
    window = make_window(Settings.fresh())
    window.show()
    problem = open_and_wait(window, path)
    if problem is not None:
        sys.stderr.write(f"chromask: {problem}\n")
        return 1
    before = len(window.session.census.rois)
    window.rois.add_roi("demo", "250, 10, 130")
    window.files.save()
    wait_until_saved(window.session)
    settle(SETTLE_MS)
    picture = folder / "window.png"
    save_picture(window, picture)
    after = len(window.session.census.rois)
    saved = window.session.save_state == "saved"
    window.hide()
    close_window(window)
    app.processEvents()
    sys.stdout.write(
        f"Opened {path} ({before} ROIs), added one through the side panel ({after}),"
        f" saved it: {'yes' if saved else 'no'}\n"
        f"  frame JSON  {path}\n  picture     {picture}\n"
    )
    return 0 if saved and after == before + 1 else 1
