"""What people type into the ROI panel: values and labels, read strictly, refused in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

ANY = -1
MAX_8_BIT = 255
MAX_16_BIT = 65_535

_HEX = re.compile(
    r"#?(?P<digits>[0-9a-f]{6}(?:[0-9a-f]{2})?|[0-9a-f]{3})", re.IGNORECASE
)
_NUMBERS = re.compile(r"-?\d+(?:(?:\s*[,;]\s*|\s+)-?\d+)*")
_CONFIDENCE = re.compile(r"(?P<number>\d{0,9}[.,]?\d{1,17})\s*(?P<percent>%?)")
_BRACKETS = {"[": "]", "(": ")"}


def tr(text: str, number: int = -1) -> str:
    """Translate a text of the ROI panel that stands outside of any widget; %n is `number`."""
    return QCoreApplication.translate("RoiPanel", text, None, number)


class ValueTextError(ValueError):
    """A text that is no value; its text says what is allowed."""


def parse_value(text: str) -> tuple[int, ...]:
    """Read a value: three or four numbers, one grey level, or hex.

    Raises
    ------
    ValueTextError
        The text is something else; the message says what is allowed.
    """
    text = text.strip()
    found = _HEX.fullmatch(text)
    # Six digits without # are hex, since no value is one number of six digits; three are not.
    if found and (text.startswith("#") or len(found["digits"]) > 3):
        return _from_hex(found["digits"])
    if text[:1] in _BRACKETS and text.endswith(_BRACKETS[text[0]]):
        text = text[1:-1].strip()
    # Longer numbers are refused before int() has to read a megabyte of digits.
    if not _NUMBERS.fullmatch(text) or len(text) > 64:
        raise ValueTextError(
            tr("Type three numbers such as 210 210 120, or hex such as #d2d278.")
        )
    value = tuple(int(number) for number in re.findall(r"-?\d+", text))
    if len(value) == 1:
        value *= 3
    _check(value)
    return value


def parse_labels(text: str) -> tuple[str, ...]:
    """Read labels with commas between them; blanks around them and repetitions are dropped."""
    labels = (label.strip() for label in text.split(","))
    return tuple(dict.fromkeys(label for label in labels if label))


def parse_confidence(text: str) -> float | None:
    """Read a confidence: 0 to 1, or in percent; nothing typed means none.

    Raises
    ------
    ValueTextError
        The text is something else; the message says what is allowed.
    """
    text = text.strip()
    if not text:
        return None
    found = _CONFIDENCE.fullmatch(text)
    if found is not None:
        number = float(found["number"].replace(",", "."))
        number = number / 100 if found["percent"] else number
        if 0 <= number <= 1:
            return number
    raise ValueTextError(
        tr("A confidence is 0 to 1, such as 0.85, or 85 %; nothing means none.")
    )


def confidence_text(confidence: float) -> str:
    """Write a confidence with two digits behind the point; three where it needs them."""
    short = f"{confidence:.2f}"
    return short if abs(float(short) - confidence) < 1e-9 else f"{confidence:.3f}"


def claim_rgb(value: Sequence[int]) -> tuple[int, int, int]:
    """Give a value as 8-bit RGB to show it; a channel that may be anything is half grey."""
    shown = [128 if number == ANY else number for number in value]
    if max(shown, default=0) > MAX_8_BIT:
        shown = [number >> 8 for number in shown]
    shown = [min(max(number, 0), MAX_8_BIT) for number in shown]
    if len(shown) < 3:
        shown = [shown[0] if shown else 128] * 3
    return shown[0], shown[1], shown[2]


def has_hex(value: Sequence[int]) -> bool:
    """Whether a value can be written in hex: 8 bits, no channel that may be anything."""
    return bool(value) and all(0 <= number <= MAX_8_BIT for number in value)


def _from_hex(digits: str) -> tuple[int, ...]:
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return tuple(bytes.fromhex(digits))


def _check(value: tuple[int, ...]) -> None:
    if len(value) not in (3, 4):
        raise ValueTextError(
            tr("A value has three or four numbers, not {}.").format(len(value))
        )
    wrong = next((n for n in value if not ANY <= n <= MAX_16_BIT), None)
    if wrong is None and max(value) > MAX_8_BIT and len(set(value[:3])) > 1:
        wrong = max(value)
    if wrong is not None:
        raise ValueTextError(
            tr(
                "{} is out of range: a number is 0 to 255, or -1 for any. In 16-bit grey "
                "masks it is up to 65535, three times the same."
            ).format(wrong)
        )
