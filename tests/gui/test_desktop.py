"""At home on the desktop: what is written, that it is valid, and that it goes again."""

from __future__ import annotations

import configparser
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chromask.errors import StorageError
from chromask.storage.removal import remove_file
from chromask_gui.__main__ import main
from chromask_gui.app import desktop_entry as desktop

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="desktops of freedesktop.org"
)


def entry(text: str) -> dict[str, str]:
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # pyright: ignore[reportAttributeAccessIssue]
    parser.read_string(text)
    assert parser.sections() == ["Desktop Entry"]
    return dict(parser["Desktop Entry"])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(root))
    return root


def files(root: Path) -> set[str]:
    """List what is there, without what the desktop's own tools make of it."""
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and ("chromask" in path.name or path.suffix == ".tmp")
        if not path.name.startswith("x-chromask")
    }


def test_that_installing_writes_entry_icons_and_type_and_removing_takes_them_away(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--install-desktop"]) == 0
    assert files(home) == set(desktop.desktop_files([]))
    assert "chromask.desktop" in capsys.readouterr().out
    assert main(["--install-desktop"]) == 0
    (home / "applications" / "other.desktop").write_text("[Desktop Entry]\n")
    assert main(["--install-desktop", "--remove"]) == 0
    assert files(home) == set()
    assert (home / "applications" / "other.desktop").exists()
    assert main(["--install-desktop", "--remove"]) == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_that_the_entry_starts_this_program_with_files(home: Path) -> None:
    main(["--install-desktop"])
    found = entry((home / "applications" / "chromask.desktop").read_text())
    assert found["Type"] == "Application"
    assert found["Icon"] == "chromask"
    assert Path(found["TryExec"]).is_file()
    *command, files_code = shlex.split(found["Exec"])
    assert files_code == "%F"
    done = subprocess.run(
        [*command, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("chromask ")
    assert desktop.FRAME_TYPE in found["MimeType"].split(";")


@pytest.mark.parametrize("word", ["/a b/c", '/a"b', "/a$b`c", "/a%b", "/a\\b"])
def test_that_a_strange_path_survives_both_quotings(word: str) -> None:
    text = entry(desktop.desktop_entry([word]))["Exec"].removesuffix(" %F")
    # Back through the two: first that of every text in the file, then that of Exec.
    text = text.replace("\\\\", "\\").replace("%%", "%")
    # A shell undoes that quoting by the same rules.
    shell = ["sh", "-c", f"printf %s {text}"]
    assert (
        subprocess.run(shell, capture_output=True, check=True).stdout == word.encode()
    )


def test_that_the_type_takes_no_json_from_others() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    root = ET.fromstring(desktop.mime_package())
    (kind,) = root.findall(f"{space}mime-type")
    assert kind.get("type") == desktop.FRAME_TYPE
    assert [glob.get("pattern") for glob in kind.findall(f"{space}glob")] == [
        "*.frame.json"
    ]
    (parent,) = kind.findall(f"{space}sub-class-of")
    assert parent.get("type") == "application/json"


def test_that_every_icon_is_as_large_as_its_folder_says() -> None:
    for name, data in desktop.desktop_files([]).items():
        if name.endswith(".png"):
            size = int(name.split("/")[2].partition("x")[0])
            assert data[16:24] == size.to_bytes(4, "big") * 2


def test_that_a_relative_data_folder_is_not_taken(tmp_path: Path) -> None:
    assert desktop.data_folder({"XDG_DATA_HOME": "data"}) == Path.home().joinpath(
        ".local", "share"
    )
    assert desktop.data_folder({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path


def test_that_what_cannot_be_written_is_said(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = home / "applications" / "chromask.desktop"
    blocked.mkdir(parents=True)
    assert main(["--install-desktop"]) == 2
    assert "chromask.desktop" in capsys.readouterr().err
    with pytest.raises(StorageError, match=r"cannot be removed"):
        remove_file(blocked)


def test_that_an_unknown_word_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--install-desktop", "--everywhere"]) == 2
    assert "--everywhere" in capsys.readouterr().err
    assert not home.exists()


OPENED = """
import sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from chromask_gui.app.application import make_application
app = make_application()
app.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile("/early.json")))
got = []
app.on_files(lambda paths: got.append([path.as_posix() for path in paths]))
app.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile("/late.json")))
app.sendEvent(app, QFileOpenEvent(QUrl("https://example.org/x.json")))
assert got == [["/early.json"], ["/late.json"]], got
"""


def test_that_files_come_in_by_the_systems_own_event_even_before_the_window() -> None:
    subprocess.run([sys.executable, "-c", OPENED], check=True)
