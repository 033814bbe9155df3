"""The look of the window: the tokens of its two themes, the palette and the style sheet.

Everything that has a colour or a distance takes it from `tokens()`. The style sheet itself
is ``theme/chromask.qss`` of the resources, with ``$name`` where a token goes. Any module of
the window may import this one; it imports none of them.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass
from string import Template
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from chromask_resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

Scheme = Literal["system", "light", "dark"]

# What a desktop without a font of its own calls its font; then the first of ours is taken.
_UNNAMED_FONTS = {"", "Sans", "Sans Serif", "MS Shell Dlg 2", "DejaVu Sans"}
_GOOD_FONTS = (
    "Inter",
    "Segoe UI",
    "Noto Sans",
    "Cantarell",
    "Ubuntu",
    "Roboto",
    "Open Sans",
    "Liberation Sans",
    "Arimo",
    "Nimbus Sans",
)
_BROAD_FONTS = {"DejaVu Sans", "Bitstream Vera Sans", "Verdana"}
"""A tenth broader and higher than the good ones of the same size: shown one pixel smaller."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours (``#rrggbb``) and distances (px) of one theme.

    ``window`` lies behind everything, ``surface`` is a panel, ``raised`` a toolbar or a
    menu, ``sunken`` what is typed into, ``canvas`` what lies around the image. ``accent``
    is a fill that carries ``on_accent``; ``accent_text`` is the same hue as text or icon.
    ``*_soft`` are the grounds of banners and carry ``text`` and ``*_text``.
    """

    name: Literal["light", "dark"]
    window: str
    surface: str
    raised: str
    sunken: str
    canvas: str
    control: str
    control_hover: str
    control_pressed: str
    border: str
    border_strong: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    accent_soft: str
    selection: str
    selection_inactive: str
    row_hover: str
    row_alternate: str
    focus: str
    danger: str
    danger_hover: str
    on_danger: str
    danger_text: str
    danger_soft: str
    warning_text: str
    warning_soft: str
    success_text: str
    success_soft: str
    tooltip: str
    tooltip_text: str
    scroll: str
    scroll_hover: str
    radius: int = 6
    radius_small: int = 4
    space_1: int = 4
    space_2: int = 8
    space_3: int = 12
    space_4: int = 16
    control_height: int = 28
    row_height: int = 28
    icon_size: int = 18
    font_size: int = 13
    font_size_small: int = 11


DARK = Tokens(
    name="dark",
    window="#191a1d",
    surface="#1f2024",
    raised="#232529",
    sunken="#17181a",
    canvas="#121315",
    control="#2b2d33",
    control_hover="#34373e",
    control_pressed="#3d4048",
    border="#2e3036",
    border_strong="#727884",
    text="#e4e6ea",
    text_muted="#aab0bb",
    text_disabled="#646974",
    accent="#4f63d9",
    accent_hover="#5468dd",
    accent_pressed="#4456c4",
    on_accent="#ffffff",
    accent_text="#9dabff",
    accent_soft="#2a2f4d",
    selection="#2f3864",
    selection_inactive="#2b2d38",
    row_hover="#26282d",
    row_alternate="#212327",
    focus="#8393ff",
    danger="#c93a44",
    danger_hover="#cf3f49",
    on_danger="#ffffff",
    danger_text="#ff9a9d",
    danger_soft="#3a2226",
    warning_text="#f2bf62",
    warning_soft="#372c1a",
    success_text="#7fd1a1",
    success_soft="#1c3127",
    tooltip="#34373e",
    tooltip_text="#f0f1f4",
    scroll="#43464f",
    scroll_hover="#5c606b",
)

LIGHT = Tokens(
    name="light",
    window="#f1f2f4",
    surface="#fbfbfc",
    raised="#f6f7f8",
    sunken="#ffffff",
    canvas="#dcdee2",
    control="#ffffff",
    control_hover="#eef0f3",
    control_pressed="#e2e5ea",
    border="#d9dce2",
    border_strong="#868c99",
    text="#1d1f24",
    text_muted="#585e6a",
    text_disabled="#9fa4ae",
    accent="#4a5bd4",
    accent_hover="#4051c8",
    accent_pressed="#3646b4",
    on_accent="#ffffff",
    accent_text="#3d4dc4",
    accent_soft="#e4e7fb",
    selection="#d9defb",
    selection_inactive="#e6e8ee",
    row_hover="#f0f2f5",
    row_alternate="#f6f7f9",
    focus="#5566e0",
    danger="#c4323d",
    danger_hover="#b32a35",
    on_danger="#ffffff",
    danger_text="#b02a35",
    danger_soft="#fbe9ea",
    warning_text="#855300",
    warning_soft="#fbf1dc",
    success_text="#1c6b42",
    success_soft="#e2f3e9",
    tooltip="#2a2c32",
    tooltip_text="#f4f5f7",
    scroll="#c3c7cf",
    scroll_hover="#9ea4af",
)


class Theme(QObject):
    """The theme in use.

    Signals
    -------
    changed(Tokens)
        After another theme was applied, for what draws with colours of its own.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.scheme: Scheme = "system"
        self.tokens = LIGHT
        self._app: QApplication | None = None
        self._starts_dark = False

    def apply(self, app: QApplication, scheme: Scheme) -> Tokens:
        if self._app is not app:
            self._adopt(app)
        self.scheme = scheme
        hints = app.styleHints()
        # The frame that the system draws around the window follows as well.
        if scheme == "system":
            hints.unsetColorScheme()
        else:
            dark, light = Qt.ColorScheme.Dark, Qt.ColorScheme.Light
            hints.setColorScheme(dark if scheme == "dark" else light)
        return self._use(self._wanted(app))

    def _adopt(self, app: QApplication) -> None:
        """Take over an application: its style and font once, its scheme from now on."""
        self._app = app
        ground = app.palette().color(QPalette.ColorRole.Window)
        self._starts_dark = ground.lightnessF() < 0.5
        QDir.setSearchPaths("chromask", [str(resource("theme"))])
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(_base_font(app))
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def _wanted(self, app: QApplication) -> Tokens:
        if self.scheme != "system":
            return DARK if self.scheme == "dark" else LIGHT
        system = app.styleHints().colorScheme()
        if system == Qt.ColorScheme.Unknown:
            return DARK if self._starts_dark else LIGHT
        return DARK if system == Qt.ColorScheme.Dark else LIGHT

    def _use(self, wanted: Tokens) -> Tokens:
        assert self._app is not None
        self.tokens = wanted
        self._app.setPalette(make_palette(wanted))
        self._app.setStyleSheet(style_sheet(wanted))
        self.changed.emit(wanted)
        return wanted

    def _on_system_scheme_changed(self) -> None:
        if self._app is None or self.scheme != "system":
            return
        wanted = self._wanted(self._app)
        if wanted != self.tokens:
            self._use(wanted)


_theme: Theme | None = None


def theme() -> Theme:
    """The one theme of the program, to connect to its ``changed``."""
    global _theme  # noqa: PLW0603 - a QObject must not be made before it is asked for
    if _theme is None:
        _theme = Theme()
    return _theme


def tokens() -> Tokens:
    """The tokens of the theme in use; those of the light one before any is applied."""
    return LIGHT if _theme is None else _theme.tokens


def apply_theme(app: QApplication, scheme: Scheme = "system") -> Tokens:
    """Dress the application; ``system`` follows the desktop's light or dark at run time.

    Raises
    ------
    ValueError
        For a scheme that is not ``system``, ``light`` or ``dark``.
    """
    if scheme not in ("system", "light", "dark"):
        msg = f"the theme {scheme!r} is not known. Choose system, light or dark."
        raise ValueError(msg)
    return theme().apply(app, scheme)


@contextmanager
def undressed(app: QApplication) -> Iterator[None]:
    """Put many widgets together without the style sheet, which they wear afterwards.

    Under a style sheet Qt dresses a widget, and all that is in it, anew each time that it
    gets a parent: that was half of what making the window took.
    """
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def style_sheet(of: Tokens) -> str:
    """The style sheet with the tokens filled in; a name that is no token is an error."""
    text = resource("theme/chromask.qss").read_text(encoding="utf-8")
    values = asdict(of)
    # A style sheet counts without borders: a control of 28 px has 26 px inside them.
    values["control_inner"] = of.control_height - 2
    return Template(text).substitute(values)


def make_palette(of: Tokens) -> QPalette:
    """The palette for what the style sheet does not reach: views, dialogs, plain text."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for which, colour in (
        (role.Window, of.window),
        (role.WindowText, of.text),
        (role.Base, of.sunken),
        (role.AlternateBase, of.row_alternate),
        (role.Text, of.text),
        (role.PlaceholderText, of.text_muted),
        (role.Button, of.control),
        (role.ButtonText, of.text),
        (role.BrightText, of.danger_text),
        (role.Highlight, of.selection),
        (role.HighlightedText, of.text),
        (role.Link, of.accent_text),
        (role.LinkVisited, of.accent_text),
        (role.ToolTipBase, of.tooltip),
        (role.ToolTipText, of.tooltip_text),
        (role.Accent, of.accent),
        (role.Light, of.control_hover),
        (role.Midlight, of.control),
        (role.Mid, of.border),
        (role.Dark, of.border_strong),
        (role.Shadow, of.canvas),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, which, QColor(of.text_disabled))
    palette.setColor(group.Disabled, role.Highlight, QColor(of.selection_inactive))
    palette.setColor(group.Inactive, role.Highlight, QColor(of.selection_inactive))
    return palette


def mono_font() -> QFont:
    """The fixed-width font for values and hex codes, at the size of the rest."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(tokens().font_size - 1)
    return font


def _base_font(app: QApplication) -> QFont:
    font = QFont(app.font())
    if font.family() in _UNNAMED_FONTS:
        # A family that two foundries made is listed as "Name [foundry]".
        known = {name.split(" [")[0] for name in QFontDatabase.families()}
        found = next((name for name in _GOOD_FONTS if name in known), None)
        if found is not None:
            font.setFamily(found)
    return sized(font)


def sized(font: QFont) -> QFont:
    """Give a font of the program's size, which is smaller for a broad one."""
    font = QFont(font)
    is_broad = QFontInfo(font).family() in _BROAD_FONTS
    font.setPixelSize(LIGHT.font_size - is_broad)
    return font
