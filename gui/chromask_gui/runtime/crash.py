"""Errors that nobody foresaw: shown in the one place for errors, with a report to copy.

The window goes on: what was open stays open, and can be saved.
"""

from __future__ import annotations

import logging
import sys
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from chromask.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_log = logging.getLogger(__name__)
_TOLD = "chromask_told"
_PACKAGES = ("chromask", "PySide6-Essentials", "numpy", "pillow", "av")


@dataclass(frozen=True, slots=True)
class Crash(Problem):
    """A problem that is ours, with what its report says.

    Attributes
    ----------
    report
        Where it happened, and on what: plain text for whoever mends it. It names files of
        the program and none of the user's, save for what the error's own words say.
    """

    report: str = ""


def crash_of(error: BaseException) -> Crash:
    """Make the problem that tells of an error that nobody foresaw."""
    words = str(error) or type(error).__name__
    return Crash(
        QCoreApplication.translate("Crash", "This should not have happened: {}").format(
            words
        ),
        hint=QCoreApplication.translate(
            "Crash", "Nothing was written. Please report it: the report says where"
        ),
        report=report_of(error),
    )


def mark_told(error: BaseException) -> None:
    """Note that somebody showed the error already, before it is raised again."""
    setattr(error, _TOLD, True)


def report_of(error: BaseException) -> str:
    """Write what happened where, and the versions of what took part."""
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    # Rarely wanted, and slow to load: every start would pay for it.
    import platform
    from importlib.metadata import PackageNotFoundError, version

    versions = [f"Python {platform.python_version()}, {platform.platform()}"]
    for package in _PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"{package} of no known version")
    return "".join(lines) + "\n" + "\n".join(versions) + "\n"


class CrashWatch:
    """Takes the errors that reach the interpreter's last place, while it is entered.

    Parameters
    ----------
    tell
        Is given each as a `Crash`, in the main thread.
    """

    def __init__(self, tell: Callable[[Crash], Any]) -> None:
        self._tell = tell
        self._before = sys.excepthook
        self._is_telling = False
        self._seen: set[str] = set()

    def __enter__(self) -> None:
        self._before = sys.excepthook
        sys.excepthook = self._on_error

    def __exit__(self, *_: object) -> None:
        sys.excepthook = self._before

    def _on_error(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        is_ours = issubclass(kind, Exception) and not self._is_telling
        crash = crash_of(error) if is_ours and not hasattr(error, _TOLD) else None
        if crash is not None and crash.report in self._seen:
            # What fails to draw itself fails again sixty times a second.
            return
        self._before(kind, error, trace)
        if crash is None:
            return
        self._seen.add(crash.report)
        self._is_telling = True
        try:
            self._tell(crash)
        except Exception:  # noqa: BLE001 - this is the last place there is
            _log.exception("the error could not be shown in the window")
        finally:
            self._is_telling = False
