"""The icons of the window, by the names that actions use.

The shapes are Phosphor's, whose font and list of names the distribution QtAwesome brings.
QtAwesome itself is not imported: it loads eleven fonts, copies them into the user's font
folder on Windows, and gives icons that keep the colours of the theme they were made in.
An icon of ours asks `tokens()` each time it is drawn, and so follows the theme by itself.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
    QPixmapCache,
)

from chromask_gui.look.theme import Tokens, tokens
from chromask_resources import resource

Tone = Literal["normal", "muted", "accent", "on-accent", "danger", "warning", "success"]

SHAPES = {
    "open": "folder-open",
    "save": "floppy-disk",
    "save-as": "file-arrow-down",
    "undo": "arrow-u-up-left",
    "redo": "arrow-u-up-right",
    "previous": "caret-left",
    "next": "caret-right",
    "fit": "corners-out",
    "one-to-one": "1:1",
    "zoom-in": "magnifying-glass-plus",
    "zoom-out": "magnifying-glass-minus",
    "eye": "eye",
    "eye-off": "eye-slash",
    "lock": "lock-simple",
    "unlock": "lock-simple-open",
    "add": "plus",
    "delete": "trash",
    "overlay": "stack-simple",
    "outline": "selection",
    "compare": "square-half",
    "solo": "flashlight",
    "select": "cursor",
    "refine": "sparkle",
    "history": "clock-counter-clockwise",
    "parts": "puzzle-piece",
    "wand": "magic-wand",
    "scissors": "scissors",
    "grabcut": "selection-foreground",
    "superpixels": "hexagon",
    "brush": "paint-brush",
    "eraser": "eraser",
    "fill": "paint-bucket",
    "picker": "eyedropper",
    "polygon": "polygon",
    "box": "bounding-box",
    "ellipse": "circle",
    "lasso": "scribble-loop",
    "round": "circle",
    "square": "square",
    "subtract": "minus",
    "clip": "selection-background",
    "keypoints": "line-segments",
    "search": "magnifying-glass",
    "warning": "warning",
    "error": "warning-octagon",
    "info": "info",
    "check": "check",
    "reviewed": "circle-wavy-check",
    "next-unreviewed": "fast-forward",
    "close": "x",
    "folder": "folder",
    "image": "image",
    "mask": "intersect",
    "frame": "frame-corners",
    "settings": "gear-six",
    "help": "question",
    "sun": "sun",
    "moon": "moon",
    "chevron-left": "caret-left",
    "chevron-right": "caret-right",
    "chevron-down": "caret-down",
    "chevron-up": "caret-up",
    "more": "dots-three",
    "target": "crosshair",
    "merge": "git-merge",
    "refresh": "arrow-clockwise",
    "copy": "copy",
    "paste": "clipboard-text",
    "palette": "palette",
    "cancel": "x-circle",
    "duplicate": "copy-simple",
}

APP_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def icon(name: str, tone: Tone = "normal") -> QIcon:
    """The icon of that name; it follows the theme, and shows disabled and checked states.

    Raises
    ------
    KeyError
        For a name that is not in `SHAPES`.
    """
    if name not in SHAPES:
        msg = f"no icon is called {name!r}. The names are: {', '.join(SHAPES)}."
        raise KeyError(msg)
    return QIcon(_FontIcon(name, tone))


def swatch(rgb: tuple[int, int, int]) -> QIcon:
    """A square of exactly that colour, also where Qt would tint it: in a selected row."""
    return QIcon(_Swatch(rgb))


def app_icon() -> QIcon:
    """The program's own icon, in every size that window systems ask for."""
    found = QIcon()
    for size in APP_ICON_SIZES:
        found.addFile(str(resource(f"icon/chromask-{size}.png")), QSize(size, size))
    return found


def icon_colour(of: Tokens, tone: Tone, mode: QIcon.Mode, state: QIcon.State) -> QColor:
    """The colour of an icon of ``tone`` in the state that Qt names."""
    if mode == QIcon.Mode.Disabled:
        return QColor(of.text_disabled)
    if tone == "normal":
        if state == QIcon.State.On:
            return QColor(of.accent_text)
        return QColor(of.text)
    return QColor(
        {
            "muted": of.text if mode == QIcon.Mode.Active else of.text_muted,
            "accent": of.accent_text,
            "on-accent": of.on_accent,
            "danger": of.danger_text,
            "warning": of.warning_text,
            "success": of.success_text,
        }[tone]
    )


class _Drawn(QIconEngine):
    """An icon that is drawn for every size and state."""

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


class _Swatch(_Drawn):
    def __init__(self, rgb: tuple[int, int, int]) -> None:
        super().__init__()
        self._rgb = rgb

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State
    ) -> None:
        side = min(rect.width(), rect.height()) - 1.0
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # An edge half way to the text: white stays visible on white, black on black.
        edge = QColor(tokens().text)
        edge.setAlphaF(0.25)
        painter.setPen(edge)
        painter.setBrush(QColor(*self._rgb))
        painter.drawRoundedRect(square, side * 0.22, side * 0.22)
        painter.restore()

    def clone(self) -> QIconEngine:
        return _Swatch(self._rgb)


class _FontIcon(_Drawn):
    """Draws one shape in the colours of the theme in use."""

    def __init__(self, name: str, tone: Tone) -> None:
        super().__init__()
        self._name = name
        self._tone: Tone = tone

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        look = f"{self._tone} {mode.value} {state.value} {tokens().name}"
        key = f"chromask {self._name} {size.width()} {size.height()} {look}"
        drawn = QPixmap()
        if not QPixmapCache.find(key, drawn):
            drawn = super().pixmap(size, mode, state)
            QPixmapCache.insert(key, drawn)
        return drawn

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(icon_colour(tokens(), self._tone, mode, state))
        shape = SHAPES[self._name]
        side = min(rect.width(), rect.height())
        centre = QRectF(rect).center()
        painter.translate(centre)
        if self._name == "ellipse":
            painter.scale(1.0, 0.72)
        if shape == "1:1":
            font = QFont(painter.font())
            font.setPixelSize(max(1, round(side * 0.62)))
            font.setWeight(QFont.Weight.DemiBold)
        else:
            family, names = _phosphor()
            shape = names[shape]
            font = QFont(family)
            font.setPixelSize(max(1, side))
        painter.setFont(font)
        around = QRectF(-side, -side, 2 * side, 2 * side)
        painter.drawText(around, Qt.AlignmentFlag.AlignCenter, shape)
        painter.restore()

    def clone(self) -> QIconEngine:
        return _FontIcon(self._name, self._tone)


@cache
def _phosphor() -> tuple[str, dict[str, str]]:
    """The family of the icon font and the character of each of its names."""
    spec = find_spec("qtawesome")
    assert spec is not None, "the distribution QtAwesome is not installed"
    assert spec.submodule_search_locations is not None
    fonts = Path(next(iter(spec.submodule_search_locations))) / "fonts"
    font_path = next(iter(sorted(fonts.glob("phosphor-*.ttf"))), None)
    names_path = next(iter(sorted(fonts.glob("phosphor-charmap-*.json"))), None)
    if font_path is None or names_path is None:
        msg = f"{fonts}: the icon font is not there. Install QtAwesome again."
        raise FileNotFoundError(msg)
    # From memory: fonts that are loaded by path are locked on Windows while we run.
    number = QFontDatabase.addApplicationFontFromData(font_path.read_bytes())
    family = QFontDatabase.applicationFontFamilies(number)[0]
    names = json.loads(names_path.read_text(encoding="utf-8"))
    used = set(SHAPES.values()) & set(names)
    return family, {name: chr(int(names[name], 16)) for name in used}
