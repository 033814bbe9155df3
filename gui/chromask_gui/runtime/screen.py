"""What a window needs of a Linux machine: a display, and the system's libraries that Qt loads.

The standard library alone: it is asked before Qt is loaded, and ``run.py``, which has to work
before anything is installed, reads this file too.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

COULD_NOT_RUN = 2
"""The exit code of a program whose window cannot open, as that of `chromask.cli`'s commands."""

NO_DISPLAY = "neither DISPLAY nor WAYLAND_DISPLAY is set"

# The Debian package of each library. Asking the loader is the only sure way to find out what
# is missing: a package may be there under another name.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
LIBRARIES = {**QT_LIBRARIES, **X11_LIBRARIES, **WAYLAND_LIBRARIES}

_NO_SERVER = ("could not connect to display", "Failed to create wl_display")


def chosen_platforms(env: Mapping[str, str]) -> list[str]:
    """Give the names in QT_QPA_PLATFORM, such as ``xcb``; empty where Qt chooses."""
    names = env.get("QT_QPA_PLATFORM", "").split(";")
    return [name.partition(":")[0] for name in names if name]


def what_display_is_missing(
    env: Mapping[str, str], platform: str = sys.platform
) -> str | None:
    """Say why there is no display for a window, or None: there is one, or none is needed."""
    chosen = chosen_platforms(env)
    needs_none = any(not name.startswith(("xcb", "wayland")) for name in chosen)
    if (
        not platform.startswith("linux")
        or needs_none
        or ":" in str(env.get("QT_QPA_PLATFORM"))
    ):
        return None
    if env.get("DISPLAY"):
        return None
    wayland = env.get("WAYLAND_DISPLAY", "")
    if not wayland:
        return f"there is no display: {NO_DISPLAY}"
    if not wayland.startswith("/") and not env.get("XDG_RUNTIME_DIR"):
        return f"WAYLAND_DISPLAY is {wayland}, and XDG_RUNTIME_DIR is not set"
    return None


def missing_libraries(
    wanted: Iterable[str], load: Callable[[str], object] = ctypes.CDLL
) -> list[str]:
    """Give those library names that the system's loader does not find."""
    missing: list[str] = []
    for name in wanted:
        try:
            load(name)
        except OSError:
            missing.append(name)
    return missing


def plain_reason(words: str, env: Mapping[str, str]) -> str:
    """Say in a sentence why Qt did not start; its own words where we know none."""
    if not any(sign in words for sign in _NO_SERVER):
        return words.strip() or "Qt gave no reason."
    named = [name for name in ("WAYLAND_DISPLAY", "DISPLAY") if env.get(name)]
    return f"No server answers at {' or '.join(f'{n}={env[n]}' for n in named)}."


def why_no_plugin(
    words: Iterable[str],
    env: Mapping[str, str],
    load: Callable[[str], object] = ctypes.CDLL,
) -> str:
    """Say in one line why Qt found no platform plugin that starts.

    Parameters
    ----------
    words
        What Qt said about it, in its order.
    env
        The environment of the process.
    load
        Loads a library, or raises OSError.
    """
    chosen = chosen_platforms(env)
    wanted = dict(QT_LIBRARIES)
    if env.get("DISPLAY") or "xcb" in chosen:
        wanted |= X11_LIBRARIES
    if env.get("WAYLAND_DISPLAY") or any(name.startswith("wayland") for name in chosen):
        wanted |= WAYLAND_LIBRARIES
    missing = missing_libraries(wanted, load)
    if missing:
        return f"Qt's platform plugin does not load. {_name(missing)}"
    lines = [line for text in words for line in text.splitlines() if line]
    return " ".join(plain_reason("\n".join(lines), env).split())


def why_no_qt(
    error: ImportError,
    platform: str = sys.platform,
    load: Callable[[str], object] = ctypes.CDLL,
) -> str | None:
    """Say in one line which of the system's libraries keep Qt from loading; None: others."""
    is_library = ".so" in str(error) and not isinstance(error, ModuleNotFoundError)
    if not platform.startswith("linux") or not is_library:
        return None
    missing = missing_libraries(QT_LIBRARIES, load)
    return f"Qt does not load. {_name(missing) if missing else error}"


def _name(missing: list[str]) -> str:
    packages = " ".join(sorted({LIBRARIES[name] for name in missing}))
    return (
        f"These libraries are missing: {', '.join(missing)}. "
        f"On Debian and Ubuntu: apt-get install {packages}"
    )
