"""How the window writes numbers, values and texts from files; every panel may import it.

A text from a file may hold anything: line breaks, tags, characters that turn the direction of
writing. Nothing here ever makes rich text of it.
"""

from __future__ import annotations

import html
import unicodedata
from dataclasses import replace
from os.path import commonpath, normpath
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication

from chromask.errors import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask.errors import Problem

_GROUP = "\N{NARROW NO-BREAK SPACE}"

_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
"""Unseen, but part of how Persian, the scripts of India and some emoji are spelled."""

_LONGEST_TIP = 2000
"""Characters of a tooltip: a label of a megabyte must not cover the screen."""


LONGEST_TEXT = 4000
"""Characters of one text that is measured or laid out: a label may have a megabyte."""


def cut(text: str) -> str:
    """Give a text, of a very long one its start: no widget can show more of it."""
    if len(text) <= LONGEST_TEXT:
        return text
    return f"{text[:LONGEST_TEXT]}\N{HORIZONTAL ELLIPSIS}"


def number_text(number: int) -> str:
    """Write a whole number in groups of three: ``12 480``."""
    return f"{number:,}".replace(",", _GROUP)


def grouped(text: str, number: int) -> str:
    """Write the number in a text that Qt made for it (``%n``) as `number_text` does."""
    return text.replace(str(number), number_text(number), 1)


def percent_text(part: int, whole: int) -> str:
    """Write a share; what is there but rounds to nothing says so: ``< 0.01 %``."""
    if not whole:
        return ""
    share = 100 * part / whole
    if 0 < share < 0.01:
        text = "< 0.01"
    elif share < 1:
        text = f"{share:.2f}"
    else:
        # 99.96 % is not everything.
        text = f"{min(share, 99.9) if part < whole else 100:.1f}".removesuffix(".0")
    return f"{text}{_GROUP}%"


def value_text(value: Sequence[int]) -> str:
    """Write a mask's value: ``210 210 120``."""
    return " ".join(str(number) for number in value)


def hex_text(value: Sequence[int], maximum: int = 255) -> str:
    """Write a value of 8 bits in hex, grey as one RGB; of 16 bits there is no such notation."""
    if maximum > 255:
        return ""
    if len(value) < 3:
        value = (value[0], value[0], value[0], *value[1:])
    return "#" + "".join(f"{number:02x}" for number in value)


def one_line(text: str) -> str:
    """Give a file's text without line breaks, controls and marks of direction."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(
        " " if _is_unseen(character) else character for character in text
    ).strip()


def _is_unseen(character: str) -> bool:
    if character in _JOINERS:
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp")


def in_order(text: str) -> str:
    """Keep signs and numbers in their order where the window is written from right to left.

    Qt would show ``255 140 36`` as ``36 140 255`` there, which is another colour.
    """
    if QGuiApplication.layoutDirection() != Qt.LayoutDirection.RightToLeft:
        return text
    return f"\N{LEFT-TO-RIGHT MARK}{text}" if text else text


def plain_tip(text: str) -> str:
    """Give a tooltip that shows the text as it is: Qt would take ``<b>`` in it for bold."""
    if len(text) > _LONGEST_TIP:
        text = f"{text[:_LONGEST_TIP]}\N{HORIZONTAL ELLIPSIS}"
    return f"<span>{html.escape(text).replace(chr(10), '<br>')}</span>" if text else ""


def name_in(path: Path, root: Path) -> str:
    """Name a file as seen from the opened folder; one that is not in it by its name alone."""
    if path != root and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return path.name


def places_text(paths: Sequence[Path]) -> str:
    """Name files by where they lie: ``images/001.json, masks/001.png``; of one, its folder."""
    # A URI such as ``../masks/001.png`` leaves its dots in the path.
    paths = [Path(normpath(path)) for path in paths]
    folders = {path.parent for path in paths}
    if len({folder.anchor for folder in folders}) != 1:
        return ", ".join(path.name for path in paths)
    base = Path(commonpath(folders))
    if len(folders) == 1:
        base = base.parent
    return ", ".join(path.relative_to(base).as_posix() for path in paths)


def core_text(text: str) -> str:
    """Translate a message of the library, with the values that it holds left as they are."""
    translate = QCoreApplication.translate
    if not isinstance(text, Said):
        return translate("core", text)
    values = [
        core_text(value) if isinstance(value, Said) else value for value in text.values
    ]
    try:
        return translate("core", text.template).format(*values)
    except (IndexError, KeyError, ValueError):
        return text  # a translation that has places for other values


def problem_text(problem: Problem) -> str:
    """Give all of a problem on one line, as its own `str` does in English."""
    seen, place, hint = map(
        core_text, (problem.seen, problem.place or "", problem.hint or "")
    )
    return str(replace(problem, seen=seen, place=place or None, hint=hint or None))


def sentence(text: str) -> str:
    """Give a text with a capital at its start and a full stop at its end.

    A first word that is a name of something (``rois[3].mask``, ``a.png``) stays as it is.
    """
    text = text.strip()
    if not text:
        return ""
    stop = "" if text[-1] in ".!?\N{HORIZONTAL ELLIPSIS}" else "."
    first = text[0].upper() if text.split()[0].rstrip(",:;.!?").isalpha() else text[0]
    return f"{first}{text[1:]}{stop}"
