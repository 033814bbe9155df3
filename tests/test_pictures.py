"""The guide's pictures: drawn from the real window, light and dark, each tool in one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from chromask_gui.tools import TOOLS

if TYPE_CHECKING:
    from types import ModuleType

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = [DOCS / "guide.md", *sorted((DOCS / "guide").glob("*.md"))]
SMALL_BYTES = 100_000


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DOCS))
    import draw_pictures

    return draw_pictures


def draw(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(DOCS / "draw_pictures.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_that_a_picture_is_drawn_light_and_dark_and_small(tmp_path: Path) -> None:
    done = draw("-o", str(tmp_path), "brush")

    assert done.returncode == 0, done.stderr
    brightness = {}
    for path in tmp_path.iterdir():
        assert path.stat().st_size <= SMALL_BYTES
        with Image.open(path) as picture:
            assert picture.mode == "P"
            brightness[path.name] = sum(picture.convert("RGB").getpixel((3, 200)))
    assert sorted(brightness) == ["brush-dark.png", "brush-light.png"]
    assert brightness["brush-light.png"] > 600
    assert brightness["brush-dark.png"] < 200


def test_that_a_name_that_is_no_picture_is_refused_by_name(tmp_path: Path) -> None:
    done = draw("-o", str(tmp_path), "brush", "sunset")

    assert done.returncode == 2
    assert "sunset" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_that_every_tool_has_a_picture(drawer: ModuleType) -> None:
    assert set(TOOLS) - {"select"} <= set(drawer.tools.PICTURES)


def test_that_every_picture_stands_in_the_guide_light_and_dark(
    drawer: ModuleType,
) -> None:
    found = {
        (page.parent / name).resolve()
        for page in PAGES
        for name in re.findall(
            r'(?:src|srcset)="([^"]+)"', page.read_text(encoding="utf-8")
        )
    }
    expected = {
        DOCS / "pictures" / f"{name}-{scheme}.png"
        for name in drawer.PICTURES
        for scheme in ("light", "dark")
    }
    assert found == expected
