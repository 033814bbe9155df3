from __future__ import annotations

import re
from dataclasses import asdict
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPalette, QPixmapCache
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from chromask_gui.look import icons, theme
from chromask_gui.look.theme import DARK, LIGHT, Tokens
from chromask_resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from pytestqt.qtbot import QtBot

BOTH = pytest.mark.parametrize("of", [LIGHT, DARK], ids=["light", "dark"])

# Every ground that text is written on, and the text colours that may stand there.
GROUNDS = (
    "window",
    "surface",
    "raised",
    "sunken",
    "control",
    "control_hover",
    "selection",
    "selection_inactive",
    "row_hover",
    "row_alternate",
    "accent_soft",
)
TEXTS = (
    "text",
    "text_muted",
    "accent_text",
    "danger_text",
    "warning_text",
    "success_text",
)
PAIRS = [
    *product(TEXTS, GROUNDS),
    *product(("text", "text_muted"), ("danger_soft", "warning_soft", "success_soft")),
    *product(("accent_text",), ("danger_soft", "warning_soft", "success_soft")),
    ("text", "control_pressed"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    ("danger_text", "danger_soft"),
    ("warning_text", "warning_soft"),
    ("success_text", "success_soft"),
    ("tooltip_text", "tooltip"),
]


def contrast(first: str, second: str) -> float:
    """The ratio that WCAG 2 defines, 1..21."""

    def luminance(rgb_hex: str) -> float:
        parts = [int(rgb_hex[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, given back as it was, for the tests after this one."""
    palette, sheet, font = qapp.palette(), qapp.styleSheet(), qapp.font()
    yield qapp
    theme.apply_theme(qapp, "system")
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


def pixels(
    icon: QIcon,
    mode: QIcon.Mode = QIcon.Mode.Normal,
    state: QIcon.State = QIcon.State.Off,
) -> npt.NDArray[np.uint8]:
    """(32, 32, 4) RGBA of the icon."""
    image = icon.pixmap(QSize(32, 32), 1.0, mode, state).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    assert image.size() == QSize(32, 32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(32, 32, 4).copy()


def colour_of(drawn: npt.NDArray[np.uint8]) -> str:
    """The colour of the pixel that is covered most."""
    row, col = np.unravel_index(int(drawn[..., 3].argmax()), (32, 32))
    red, green, blue, alpha = (int(value) for value in drawn[row, col])
    assert alpha > 200
    return QColor(red, green, blue).name()


def near(first: str, second: str) -> bool:
    a, b = QColor(first), QColor(second)
    pairs = zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)  # pyright: ignore[reportIndexIssue]
    return all(abs(one - two) <= 6 for one, two in pairs)


@BOTH
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=str)
def test_that_text_stands_out_from_its_ground(
    of: Tokens, text: str, ground: str
) -> None:
    assert contrast(getattr(of, text), getattr(of, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "sunken", "control"])
def test_that_focus_and_boxes_to_tick_stand_out_from_their_ground(
    of: Tokens, ground: str
) -> None:
    assert contrast(of.focus, getattr(of, ground)) >= 3
    assert contrast(of.border_strong, getattr(of, ground)) >= 3


@BOTH
def test_that_the_style_sheet_names_only_tokens_and_shipped_pictures(
    of: Tokens,
) -> None:
    sheet = theme.style_sheet(of)
    pictures = re.findall(r"url\(chromask:([^)]+)\)", sheet)

    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert pictures
    for picture in pictures:
        assert picture.startswith(f"{of.name}/")
        assert resource(f"theme/{picture}").is_file()


def test_that_every_colour_of_the_style_sheet_is_a_token() -> None:
    template = resource("theme/chromask.qss").read_text(encoding="utf-8")

    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;}])", template)
    assert "rgb(" not in template


@pytest.mark.parametrize(("scheme", "of"), [("light", LIGHT), ("dark", DARK)])
def test_that_an_explicit_scheme_sets_palette_and_style_sheet(
    app: QApplication, scheme: theme.Scheme, of: Tokens
) -> None:
    assert theme.apply_theme(app, scheme) == of

    assert theme.tokens() == of
    assert app.palette().color(QPalette.ColorRole.Window).name() == of.window
    assert of.accent in app.styleSheet()


def test_that_an_unknown_scheme_is_refused(app: QApplication) -> None:
    with pytest.raises(ValueError, match=r"'blue'.*system, light or dark"):
        theme.apply_theme(app, "blue")  # pyright: ignore[reportArgumentType]


def test_that_the_system_scheme_is_followed_only_when_it_was_asked_for(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hints:
        wanted = Qt.ColorScheme.Light

        def colorScheme(self) -> Qt.ColorScheme:
            return self.wanted

        def setColorScheme(self, scheme: Qt.ColorScheme) -> None: ...

        def unsetColorScheme(self) -> None: ...

    hints = Hints()
    theme.apply_theme(app, "light")
    monkeypatch.setattr(app, "styleHints", lambda: hints)
    hints.wanted = Qt.ColorScheme.Dark
    theme.theme()._on_system_scheme_changed()
    assert theme.tokens() == LIGHT

    assert theme.apply_theme(app, "system") == DARK
    hints.wanted = Qt.ColorScheme.Light
    theme.theme()._on_system_scheme_changed()

    assert theme.tokens() == LIGHT


def test_that_a_change_of_theme_is_announced_with_its_tokens(
    app: QApplication, qtbot: QtBot
) -> None:
    theme.apply_theme(app, "light")

    with qtbot.waitSignal(theme.theme().changed) as told:
        theme.apply_theme(app, "dark")

    assert told.args == [DARK]


@pytest.mark.parametrize(("family", "size"), [("DejaVu Sans", 12), ("Inter", 13)])
def test_that_a_broad_font_is_shown_one_pixel_smaller(
    app: QApplication, monkeypatch: pytest.MonkeyPatch, family: str, size: int
) -> None:
    class Resolved:
        """What the system has instead of the font that was asked for."""

        def __init__(self, _font: object) -> None:
            pass

        def family(self) -> str:
            return family

    monkeypatch.setattr(theme, "QFontInfo", Resolved)
    monkeypatch.setattr(theme, "_theme", None)

    theme.apply_theme(app, "light")

    assert app.font().pixelSize() == size


def test_that_controls_have_the_height_of_the_tokens(
    app: QApplication, qtbot: QtBot
) -> None:
    theme.apply_theme(app, "dark")
    button, tool = QPushButton("Add"), QToolButton()
    tool.setIconSize(QSize(DARK.icon_size, DARK.icon_size))
    for each in (button, tool):
        qtbot.addWidget(each)
        each.ensurePolished()

    assert button.sizeHint().height() == DARK.control_height
    assert tool.sizeHint().height() == DARK.control_height


@pytest.mark.parametrize("name", icons.SHAPES)
def test_that_every_icon_draws_something(app: QApplication, name: str) -> None:
    cover = pixels(icons.icon(name))[..., 3]

    assert cover.max() > 200
    assert 0.01 < (cover > 60).mean() < 0.7


def test_that_icons_of_different_names_look_different(app: QApplication) -> None:
    alike = {
        frozenset(("previous", "chevron-left")),
        frozenset(("next", "chevron-right")),
    }
    drawn = {name: pixels(icons.icon(name)).tobytes() for name in icons.SHAPES}

    same = {
        frozenset((one, two))
        for one in drawn
        for two in drawn
        if one != two and drawn[one] == drawn[two]
    }

    assert same == alike


def test_that_an_icon_made_before_follows_a_change_of_theme(app: QApplication) -> None:
    theme.apply_theme(app, "light")
    icon = icons.icon("eye")
    before = colour_of(pixels(icon))

    theme.apply_theme(app, "dark")

    assert near(before, LIGHT.text)
    assert near(colour_of(pixels(icon)), DARK.text)


def test_that_an_icon_shows_disabled_and_checked(app: QApplication) -> None:
    theme.apply_theme(app, "dark")
    icon = icons.icon("add")

    disabled = colour_of(pixels(icon, QIcon.Mode.Disabled))
    checked = colour_of(pixels(icon, state=QIcon.State.On))

    assert near(disabled, DARK.text_disabled)
    assert near(checked, DARK.accent_text)


def test_that_an_icon_is_drawn_once_for_each_look(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.apply_theme(app, "dark")
    drawn: list[object] = []
    colour = icons.icon_colour
    monkeypatch.setattr(
        icons, "icon_colour", lambda *args: (drawn.append(args), colour(*args))[1]
    )
    QPixmapCache.clear()
    for _ in range(3):
        icons.icon("add").pixmap(32)
    assert len(drawn) == 1


def test_that_an_unknown_icon_names_those_there_are(app: QApplication) -> None:
    with pytest.raises(KeyError, match=r"'sav'.*save-as"):
        icons.icon("sav")


def test_that_a_swatch_keeps_its_colour_in_a_selected_row(app: QApplication) -> None:
    icon = icons.swatch((246, 214, 96))

    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Disabled):
        assert tuple(pixels(icon, mode)[16, 16]) == (246, 214, 96, 255)


def test_that_the_app_icon_has_every_size(app: QApplication) -> None:
    found = icons.app_icon()

    assert {size.width() for size in found.availableSizes()} == {
        16,
        24,
        32,
        48,
        64,
        128,
        256,
        512,
    }
    for size in found.availableSizes():
        assert found.pixmap(size, 1.0).size() == size


@BOTH
def test_that_every_colour_token_is_a_full_hex_colour(of: Tokens) -> None:
    texts = {k: v for k, v in asdict(of).items() if isinstance(v, str) and k != "name"}

    for name, value in texts.items():
        assert re.fullmatch(r"#[0-9a-f]{6}", value), name
