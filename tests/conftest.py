"""What every test stands on: no screen, a home of its own, and no warning that goes unseen."""

from __future__ import annotations

import os
import sys
import tempfile

# Before anything imports Qt, which reads these only once. Never the screen of the person who
# runs the tests, and never that person's settings.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTEST_QT_API"] = "pyside6"
_HOME = tempfile.TemporaryDirectory(prefix="chromask-test-", ignore_cleanup_errors=True)
_HOME_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
)
for _name in _HOME_VARIABLES:
    os.environ[_name] = _HOME.name

import gc
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

# No deadline in either: a slow machine must not fail a test. Derandomised in CI, so that a
# change is judged by the same examples as its neighbour.
hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Give the folder with the real data, or skip: the project's own tests do not need it."""
    named = os.environ.get("CHROMASK_REAL_DATA")
    if not named:
        pytest.skip("CHROMASK_REAL_DATA names no folder with real data")
    folder = Path(named)
    assert folder.is_dir(), (
        f"CHROMASK_REAL_DATA names a folder that is not there: {folder}"
    )
    return folder


@pytest.fixture(autouse=True)
def _own_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Give each test an empty home, so that no test sees the settings that another wrote."""
    home = tmp_path_factory.mktemp("home")
    for name in _HOME_VARIABLES:
        monkeypatch.setenv(name, str(home))
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        # Qt remembers the folder that it read from the environment first.
        for kind in (
            core.QSettings.Format.NativeFormat,
            core.QSettings.Format.IniFormat,
        ):
            core.QSettings.setPath(kind, core.QSettings.Scope.UserScope, str(home))


@pytest.fixture(autouse=True)
def _no_unexpected_log(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail on a logged warning or error that no ``expected_log(pattern)`` mark foresees."""
    yield
    patterns = [str(mark.args[0]) for mark in request.node.iter_markers("expected_log")]
    records = [
        record
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    texts = [f"{record.name}: {record.getMessage()}" for record in records]
    for pattern in patterns:
        assert any(re.search(pattern, text) for text in texts), f"not logged: {pattern}"
    unexpected = [
        text for text in texts if not any(re.search(each, text) for each in patterns)
    ]
    assert not unexpected, (
        f"logged without @pytest.mark.expected_log(regex): {unexpected}"
    )


@pytest.fixture(autouse=True)
def _no_leaked_window(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when a test leaves a top-level widget behind: the next test would meet it."""
    before = {id(widget) for widget in _top_level_widgets()}
    yield
    leaked = _leaked(before)
    if leaked:
        # A widget in a reference cycle is no leak: it goes with the next collection.
        gc.collect()
        leaked = _leaked(before)
    assert not leaked, f"left behind by {request.node.name}: {leaked}"


def _top_level_widgets() -> list[object]:
    """Give the widgets without a parent; nothing where no test has imported Qt's widgets."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [
        widget
        for widget in widgets.QApplication.topLevelWidgets()
        if widget.parent() is None
    ]


def _leaked(before: set[int]) -> list[object]:
    """Give the top-level widgets that are new, after Qt has deleted what it was told to."""
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return [widget for widget in _top_level_widgets() if id(widget) not in before]
