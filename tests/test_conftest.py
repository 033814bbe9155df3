"""The fixtures of conftest.py fail a test that leaves something behind or goes unseen wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent

# Each planted test's name starts with how it must end. They run once, in this order.
PLANTED = """
import logging, os, threading, warnings
from pathlib import Path

import hypothesis
import platformdirs
import pytest


def test_error_a_logged_warning():
    logging.getLogger("chromask.x").warning("careful with %s", "a.png")


@pytest.mark.expected_log(r"careful with a\\.png")
def test_passed_an_expected_warning():
    logging.getLogger("chromask.x").warning("careful with %s", "a.png")


@pytest.mark.expected_log("careful")
def test_error_a_warning_that_never_came():
    pass


def test_failed_a_warning():
    warnings.warn("old")


def test_failed_an_exception_in_a_thread():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()


def test_error_a_window_left_behind(qapp):
    from PySide6.QtWidgets import QLabel

    global label
    label = QLabel("here")
    label.show()


def test_passed_a_window_that_is_deleted(qapp):
    from PySide6.QtWidgets import QLabel

    QLabel("here").deleteLater()


def test_passed_a_window_that_qtbot_closes(qtbot):
    from PySide6.QtWidgets import QLabel

    label = QLabel("here")
    qtbot.addWidget(label)
    label.show()


def test_failed_a_qt_warning(qapp):
    from PySide6.QtCore import qWarning

    qWarning("careful")


def test_failed_an_exception_in_a_slot(qtbot):
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(50)


def test_passed_settings_are_written():
    from PySide6.QtCore import QSettings

    QSettings("chromask", "chromask").setValue("seen", 1)
    Path(platformdirs.user_config_dir("x")).mkdir(parents=True)


def test_passed_settings_of_another_test_are_gone():
    from PySide6.QtCore import QSettings

    assert QSettings("chromask", "chromask").value("seen") is None
    assert not Path(platformdirs.user_config_dir("x")).exists()


def test_passed_nobody_sees_the_home_of_the_person(qapp):
    assert str(Path.home()) != os.environ["REAL_HOME"]
    assert qapp.platformName() == "offscreen"


def test_passed_examples_are_the_same_for_everybody_in_ci():
    assert hypothesis.settings.default.derandomize
    assert hypothesis.settings.default.deadline is None


def test_skipped_real_data(real_data):
    pass
"""
NAMES = re.findall(r"def test_(\w+)", PLANTED)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> dict[str, set[str]]:
    """Run the planted tests in a process of their own and give what each came to."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "test_planted.py").write_text(PLANTED, encoding="utf-8")
    shutil.copy(TESTS / "conftest.py", folder)
    shutil.copy(TESTS.parent / "pyproject.toml", folder)
    env = {**os.environ, "CI": "true", "REAL_HOME": str(Path.home())}
    env.pop("CHROMASK_REAL_DATA", None)
    env.pop("PYTEST_XDIST_WORKER", None)
    env["QT_QPA_PLATFORM"] = "a-real-screen"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "--tb=no", "test_planted.py"],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, set[str]] = {name: set() for name in NAMES}
    lines = re.findall(r"^([A-Z]+) .*?::test_(\w+)", done.stdout, re.MULTILINE)
    for outcome, name in lines:
        found[name].add(outcome.lower())
    if "SKIPPED" in done.stdout:
        found["skipped_real_data"].add("skipped")
    assert any(found.values()), done.stdout + done.stderr
    return found


@pytest.mark.parametrize("name", NAMES)
def test_that_a_planted_test_ends_as_its_name_says(name, outcomes) -> None:
    assert name.partition("_")[0] in outcomes[name]
    if name.startswith("passed"):
        assert outcomes[name] == {"passed"}
