"""The window on a machine without a display, or without what Qt needs: one line and exit code 2."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from chromask_gui.__main__ import main
from chromask_gui.runtime import screen
from scenes import write_scene

if TYPE_CHECKING:
    from pathlib import Path

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")
NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM")


def start(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, with these variables of `NAMES` alone."""
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, "-m", "chromask_gui", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**kept, **env},
    )


@LINUX
@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"DISPLAY": ""}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"QT_QPA_PLATFORM": "xcb"}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"WAYLAND_DISPLAY": "wayland-7"}, "XDG_RUNTIME_DIR is not set"),
        ({"DISPLAY": ":987"}, "No server answers at DISPLAY=:987"),
        ({"QT_QPA_PLATFORM": "nonsense"}, '"nonsense"'),
        ({"QT_QPA_PLATFORM": "linuxfb"}, "linuxfb"),
    ],
    ids=str,
)
def test_that_a_window_that_cannot_open_is_one_line_and_exit_code_2(
    tmp_path: Path, env: dict[str, str], said: str
):
    if env.get("DISPLAY") and screen.missing_libraries(screen.X11_LIBRARIES):
        said = "These libraries are missing"

    done = start(str(write_scene(tmp_path)), **env)

    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("chromask: the window cannot open")
    assert said in line


@LINUX
def test_that_a_plugin_path_of_broken_plugins_ends_no_process_by_a_signal(
    tmp_path: Path,
):
    for name in ("libqxcb.so", "libqoffscreen.so", "libqwayland.so"):
        (tmp_path / name).write_bytes(b"\x7fELF no plugin")

    done = start(
        str(write_scene(tmp_path)),
        DISPLAY=":987",
        QT_QPA_PLATFORM_PLUGIN_PATH=str(tmp_path),
    )

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@LINUX
def test_that_offscreen_needs_no_display(tmp_path: Path):
    picture = tmp_path / "picture.png"

    done = start("screenshot", str(write_scene(tmp_path)), "-o", str(picture))

    assert done.returncode == 0
    assert picture.exists()


@pytest.mark.parametrize(
    ("env", "platform", "has_one"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "/run/w"}, "linux", True),
        ({"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": "/run"}, "linux", True),
        ({"WAYLAND_DISPLAY": "w"}, "linux", False),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, "linux", False),
        ({"QT_QPA_PLATFORM": "xcb;offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
    ids=str,
)
def test_that_a_display_is_asked_for_on_linux_alone_and_only_where_one_is_used(
    env: dict[str, str], platform: str, has_one: bool
):
    assert (screen.what_display_is_missing(env, platform) is None) == has_one


def lacking(*names: str):
    def load(name: str) -> object:
        if name in names:
            raise OSError(name)
        return name

    return load


def test_that_the_libraries_that_a_platform_plugin_lacks_are_named_with_their_packages():
    words = ['Could not load the Qt platform plugin "xcb"']

    why = screen.why_no_plugin(
        words, {"DISPLAY": ":0"}, lacking("libxcb-cursor.so.0", "libxcb-util.so.1")
    )

    assert "missing: libxcb-cursor.so.0, libxcb-util.so.1. " in why
    assert why.endswith("apt-get install libxcb-cursor0 libxcb-util1")
    assert "\n" not in why


def test_that_libraries_of_another_platform_are_not_named():
    load = lacking("libxcb-cursor.so.0")
    words = ["one\ntwo"]

    assert screen.why_no_plugin(words, {"WAYLAND_DISPLAY": "w"}, load) == "one two"
    assert screen.why_no_plugin([], {"QT_QPA_PLATFORM": "eglfs"}, load)


@pytest.mark.parametrize(
    ("error", "platform", "why"),
    [
        (
            ImportError("libEGL.so.1: cannot open shared object file"),
            "linux",
            "apt-get install libegl1",
        ),
        (ImportError("libEGL.so.1: cannot open"), "darwin", None),
        (ModuleNotFoundError("No module named 'PySide6.so'"), "linux", None),
        (ImportError("cannot import name 'x'"), "linux", None),
    ],
)
def test_that_an_import_that_lacks_a_library_is_told_from_other_ones(
    error: ImportError, platform: str, why: str | None
):
    found = screen.why_no_qt(error, platform, lacking("libEGL.so.1"))

    assert (found is None) == (why is None)
    assert (found or "").endswith(why or "")


def test_that_the_loaders_words_are_kept_for_a_library_that_is_not_known():
    error = ImportError("libodd.so.7: cannot open shared object file")

    assert "libodd.so.7" in str(screen.why_no_qt(error, "linux", lacking()))


@LINUX
def test_that_qt_that_does_not_load_is_one_line_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    def fail() -> None:
        raise ImportError("libodd.so.7: cannot open shared object file")

    monkeypatch.setattr("chromask_gui.__main__.load_qt", fail)

    assert main([str(write_scene(tmp_path))]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "libodd.so.7" in line


def test_that_another_fault_of_an_import_is_no_fault_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def fail() -> None:
        raise ModuleNotFoundError("No module named 'numpy'")

    monkeypatch.setattr("chromask_gui.__main__.load_qt", fail)

    with pytest.raises(ModuleNotFoundError):
        main([str(write_scene(tmp_path))])
