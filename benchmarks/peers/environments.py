"""The peers' virtual environments, made on demand beside the data; without one, a word why."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from run import X11_LIBRARIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READY = "ready.txt"


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that is measured beside ours.

    Attributes
    ----------
    packages
        What pip installs.
    module
        What can be imported when it is there.
    reports
        The packages whose versions are told.
    has_screen
        Whether it needs a screen with OpenGL; Xvfb's where there is no other.
    """

    packages: tuple[str, ...]
    module: str
    reports: tuple[str, ...]
    has_screen: bool = False


PEERS = {
    "napari": Peer(
        ("napari", "PySide6!=6.12.0"),
        "napari",
        ("napari", "vispy", "PySide6-Essentials", "numpy"),
        has_screen=True,
    ),
    "labelme": Peer(("labelme",), "labelme", ("labelme", "PyQt5", "numpy")),
    "datumaro": Peer(
        ("datumaro",), "datumaro", ("datumaro", "opencv-python-headless", "numpy")
    ),
    "imagecodecs": Peer(("imagecodecs",), "imagecodecs", ("imagecodecs", "numpy")),
}

SCREEN = ("Xvfb", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-displayfd")


@contextlib.contextmanager
def virtual_screen() -> Iterator[str]:
    """Give the name of a screen of our own, without a GPU; empty where there is no Xvfb."""
    if shutil.which(SCREEN[0]) is None:
        yield ""
        return
    reader, writer = os.pipe()
    with subprocess.Popen(
        [*SCREEN, str(writer)], pass_fds=[writer], stderr=subprocess.DEVNULL
    ) as server:
        os.close(writer)
        with open(reader, encoding="ascii") as answer:
            number = answer.readline().strip()
        try:
            yield f":{number}" if number else ""
        finally:
            server.terminate()


def make_environment(name: str, root: Path) -> tuple[Path | None, str]:
    """Give a peer's Python, or None and why there is none."""
    peer = PEERS[name]
    folder = root / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / READY).exists():
        reason = _install(peer, folder, python)
        if reason:
            return None, reason
        (folder / READY).write_text("installed\n", encoding="utf-8")
    missing = list(_missing_packages()) if peer.has_screen else []
    if missing:
        return None, f"it needs a screen: apt-get install {' '.join(missing)}"
    return python, ""


def _missing_packages() -> Iterator[str]:
    """Name Debian's packages of what a screen of our own needs, and Qt on it."""
    if shutil.which(SCREEN[0]) is None:
        yield "xvfb"
        yield "libgl1-mesa-dri"
    for library, package in X11_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            yield package


def _install(peer: Peer, folder: Path, python: Path) -> str:
    print(f"Installing {' '.join(peer.packages)} into {folder}", flush=True)
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "-q", *peer.packages],
        [str(python), "-c", f"import {peer.module}"],
    ):
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=1200
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if done.returncode != 0:
            return (done.stderr.strip().splitlines() or ["it failed"])[-1]
    return ""


def environment_of(name: str, root: Path, display: str) -> dict[str, str]:
    """Give a peer's variables: a home of its own, and the screen where it needs one."""
    home = root / f"home-{name}"
    home.mkdir(parents=True, exist_ok=True)
    env = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("QT_", "PYTHON", "PYTEST", "XDG_"))
    }
    if PEERS[name].has_screen:
        env |= {"QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1"}
        env |= {"QT_API": "pyside6", "DISPLAY": display}
    else:
        env |= {"QT_QPA_PLATFORM": "offscreen"}
    return env | {"HOME": str(home), "USERPROFILE": str(home)}
