"""Being at home on a freedesktop.org desktop: a menu entry, icons and a type of file.

Everything goes into the user's own data folder; nothing needs root, and ``--remove`` takes
away exactly what was put there. This module needs no Qt.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from chromask.errors import ChromaskError
from chromask.storage.atomic import atomic_write
from chromask.storage.look import is_file, is_folder
from chromask.storage.opened import Opened
from chromask.storage.removal import remove_file
from chromask_resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FRAME_TYPE = "application/x-chromask-frame+json"
FRAME_SUFFIX = ".frame.json"
"""Frames of this suffix are chromask's own; any other JSON only offers it to open with."""

OPENS = (
    FRAME_TYPE,
    "application/json",
    "image/png",
    "image/jpeg",
    "image/tiff",
    "image/bmp",
    "image/webp",
)
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
COULD_NOT_RUN = 2

_CACHES = (
    ("update-mime-database", "mime"),
    ("update-desktop-database", "applications"),
    ("gtk-update-icon-cache", "icons/hicolor"),
)


def run_install_desktop(arguments: Sequence[str]) -> int:
    """Carry out ``chromask --install-desktop [--remove]``; returns the exit code."""
    unknown = [word for word in arguments if word != "--remove"]
    if unknown:
        sys.stderr.write(f"chromask: --install-desktop does not know {unknown[0]}\n")
        return COULD_NOT_RUN
    if not sys.platform.startswith(("linux", "freebsd")):
        sys.stderr.write(
            "chromask: --install-desktop is for desktops of Linux; here the system's own"
            " 'Open with' finds the program\n"
        )
        return COULD_NOT_RUN
    root = data_folder(os.environ)
    try:
        if "--remove" in arguments:
            done = remove(root)
            what = f"Removed {len(done)} files from {root}" if done else "Nothing to do"
        else:
            done = install(root, program())
            what = f"Wrote {len(done)} files to {root}"
    except ChromaskError as error:
        sys.stderr.write(f"chromask: {error}\n")
        return COULD_NOT_RUN
    sys.stdout.write("".join(f"  {path}\n" for path in done) + f"{what}\n")
    return 0


def data_folder(env: Mapping[str, str]) -> Path:
    """Give the user's data folder; a relative one is none, says the standard."""
    named = Path(env.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def program() -> list[str]:
    """Give the command that starts this very chromask, whatever PATH says."""
    python = Path(sys.executable)
    script = python.with_name("chromask")
    return [str(script)] if is_file(script) else [str(python), "-m", "chromask_gui"]


def install(root: Path, command: Sequence[str]) -> list[Path]:
    """Write entry, icons and type under a data folder; returns the files."""
    written: list[Path] = []
    for name, data in desktop_files(command).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, data, Opened.named(path))
        written.append(path)
    _refresh(root)
    return written


def remove(root: Path) -> list[Path]:
    """Take away what `install` wrote; returns the files that were there."""
    removed = [root / name for name in desktop_files([]) if remove_file(root / name)]
    if removed:
        _refresh(root)
    return removed


def desktop_files(command: Sequence[str]) -> dict[str, bytes]:
    """Give what belongs into the data folder, by relative path."""
    files = {
        "applications/chromask.desktop": desktop_entry(command).encode(),
        "mime/packages/chromask.xml": mime_package().encode(),
        "icons/hicolor/scalable/apps/chromask.svg": resource(
            "icon/chromask.svg"
        ).read_bytes(),
    }
    for size in ICON_SIZES:
        files[f"icons/hicolor/{size}x{size}/apps/chromask.png"] = resource(
            f"icon/chromask-{size}.png"
        ).read_bytes()
    return files


def desktop_entry(command: Sequence[str]) -> str:
    """Write the menu entry after the Desktop Entry Specification 1.5."""
    words = " ".join(map(_quoted, command))
    tried = command[0] if command else ""
    return "\n".join(
        (
            "[Desktop Entry]",
            "Version=1.5",
            "Type=Application",
            "Name=chromask",
            "GenericName=Image annotation",
            "Comment=Label and review images with colour masks",
            f"Exec={words} %F",
            f"TryExec={_escaped(tried)}",
            "Icon=chromask",
            "Terminal=false",
            "Categories=Graphics;RasterGraphics;Science;",
            "Keywords=annotation;segmentation;mask;label;ROI;",
            f"MimeType={';'.join(OPENS)};",
            "StartupNotify=true",
            "StartupWMClass=chromask",
            "",
        )
    )


def mime_package() -> str:
    """Write the type of frames: only a suffix of their own, no word about ``*.json``."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{FRAME_TYPE}">
    <comment>chromask frame</comment>
    <sub-class-of type="application/json"/>
    <icon name="chromask"/>
    <glob pattern="*{FRAME_SUFFIX}"/>
  </mime-type>
</mime-info>
"""


def _quoted(word: str) -> str:
    """Quote a word of ``Exec``: its own quoting first, then that of every text there."""
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, f"\\{sign}")
    return f'"{_escaped(word).replace("%", "%%")}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _refresh(root: Path) -> None:
    """Let the desktop notice; it finds everything by itself later where a tool is missing."""
    for tool, folder in _CACHES:
        if not is_folder(root / folder):
            continue
        try:
            subprocess.run(
                [tool, str(root / folder)],
                capture_output=True,
                check=False,
                timeout=60,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
