"""Fonts of the tests of the window: one for all of them, and three for those of its layout.

What a machine has installed must not decide whether a test passes. Families differ in width
and height: DejaVu is broad and low, Nimbus narrow and higher, and those for Chinese are high.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont, QFontDatabase

from chromask_gui.look import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

FAMILIES = {
    "DejaVu": ("DejaVu Sans", "Bitstream Vera Sans"),
    "Nimbus": ("Nimbus Sans", "Liberation Sans", "Arimo", "Helvetica", "Arial"),
    "CJK": (
        "Noto Sans CJK SC",
        "WenQuanYi Zen Hei",
        "WenQuanYi Micro Hei",
        "Droid Sans Fallback",
        "Microsoft YaHei",
        "PingFang SC",
    ),
}
"""Kinds of fonts, and the families that stand for each: the first that is installed."""


def installed(kind: str) -> str | None:
    """Give the family that stands for a kind on this machine; None where none does."""
    # A family that two foundries made is listed as "Name [foundry]".
    known = {name.partition(" [")[0] for name in QFontDatabase.families()}
    return next((name for name in FAMILIES[kind] if name in known), None)


@contextmanager
def uses_family(app: QApplication, family: str) -> Iterator[None]:
    """Have the program written in a family, whatever else is installed."""
    before = QFont(app.font())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theme, "_GOOD_FONTS", (family,))
        app.setFont(theme.sized(QFont(family)))
        yield
    app.setFont(before)
