"""What very many frames name is read in steps, without the window waiting for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from chromask.dataset import named_files
from chromask.dataset.named_files import NamedFiles
from scenes import write_frames
from windows import wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow


def test_that_what_many_frames_name_is_read_in_the_background(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(named_files, "A_STEP", 2)
    monkeypatch.setattr(named_files, "MOST_AT_ONCE", 3)
    threads: list[bool] = []
    step = NamedFiles.step

    def noted(self: NamedFiles) -> bool:
        threads.append(threading.current_thread() is threading.main_thread())
        return step(self)

    monkeypatch.setattr(NamedFiles, "step", noted)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        listed = window.files.frames.list
        assert listed is not None
        qtbot.waitUntil(lambda: not listed.named.is_large)
        # The first step reads nothing.
        assert threads[0]
        assert len(threads) == 7
        assert not any(threads[1:])

    run([str(write_frames(tmp_path))], script)
