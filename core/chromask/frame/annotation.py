"""Annotations (ROIs): frozen values read from a frame's JSON, with everything wrong named.

Imported by `roi`, which builds and changes them, by `resolve` and by `frame`. Nothing
here knows sources, masks or files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from chromask.errors import Problem, say
from chromask.frame.attributes import frozen_value
from chromask.frame.geometry import box_corners, split_parts
from chromask.jsontext.values import (
    as_array,
    as_number,
    as_object,
    copy_json,
    describe,
    id_text,
)
from chromask.jsontext.views import freeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS: Final = frozenset(
    {"mask", "p2d", "b2d", "k2d", "elp", "p3d", "k3d", "b3d", "frame"}
)
WHOLE_FRAME_TYPE: Final = "im"
"""The old ``meta._type`` of a label for the whole frame."""

MAX_VALUE_16_BIT: Final = 65_535

_POINT_WIDTH: Final = {"p2d": 2, "k2d": 2, "p3d": 3, "k3d": 3}
_BOX_LENGTHS: Final = (4, 5, 8)
_ELLIPSE_LENGTH: Final = 5


@frozen_value("use frame.update_annotation(index, ...)")
@dataclass(frozen=True, slots=True)
class Annotation:
    """One ROI of a frame: labels with a mask value, a geometry, or the whole frame.

    Attributes
    ----------
    labels
        What ``label`` or ``labels`` says, written as a list or as a single text.
    sources
        The ids of its sources as text; empty means every source of the frame.
    kind
        ``mask``, ``p2d`` polygon, ``b2d`` box, ``k2d`` keypoints, ``elp`` ellipse,
        ``p3d``, ``k3d``, ``b3d``, or ``frame`` for a label of the whole frame.
    mask_id
        ``mask.id`` as text; None when the ROI has none.
    mask_value
        The colour in the mask: one, three or four ints, -1 for any value of a channel.
        None when there is none, or when it cannot be read.
    confidence
        0 to 1; None when missing.
    problems
        What is wrong, with places within the ROI (``mask.value``).
    raw
        What the file holds, shared and never to be changed; it need not be an object.
    """

    labels: tuple[str, ...]
    sources: tuple[str, ...]
    kind: str
    mask_id: str | None
    mask_value: tuple[int, ...] | None
    confidence: float | None
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    raw: object = field(default=None, repr=False, hash=False)

    @property
    def has_mask(self) -> bool:
        """Whether the ROI means pixels of a mask."""
        return self.kind == "mask" or self._object().get("mask") is not None

    @property
    def id(self) -> str | None:
        """The user's annotation id (``meta._id``) as text; not the server's ``id``."""
        meta = as_object(self._object().get("meta")) or {}
        return id_text(meta.get("_id"))

    @property
    def meta(self) -> Mapping[str, Any]:
        """The user's own keys, frozen, ``_type`` and ``_id`` among them."""
        return freeze(as_object(self._object().get("meta")) or {})

    @property
    def poly(self) -> tuple[float, ...]:
        """The geometry's numbers as written, flat; empty when there is none."""
        return tuple(_numbers(self._object().get("poly")) or ())

    @property
    def parts(self) -> list[list[tuple[float, ...]]]:
        """The shape's parts as points: (x, y), or (x, y, z) for 3-D kinds.

        A box gives its four corners, whichever way it is written. An ellipse and a 3-D
        box have no points: empty.
        """
        poly = self.poly
        if self.kind == "b2d" and len(poly) in _BOX_LENGTHS:
            corners = poly if len(poly) == max(_BOX_LENGTHS) else box_corners(poly)
            return split_parts(corners)
        width = _POINT_WIDTH.get(self.kind)
        return [] if width is None or not poly else split_parts(poly, width)

    @property
    def ellipse(self) -> tuple[float, ...] | None:
        """Centre x and y, radii x and y, angle in radians; None for other kinds."""
        if self.kind == "elp" and len(self.poly) == _ELLIPSE_LENGTH:
            return self.poly
        return None

    def to_dict(self) -> Any:  # noqa: ANN401
        """Give a deep copy of the ROI as the file has it (an object, unless malformed)."""
        return copy_json(self.raw, "")

    def _object(self) -> Mapping[str, Any]:
        return as_object(self.raw) or {}


def read_annotation(raw: object) -> Annotation:
    """Read one member of ``rois``; whatever is wrong is kept and named in `problems`.

    The raw value is shared, not copied.
    """
    found = as_object(raw)
    if found is None:
        problem = Problem(
            say("the ROI is {}, not an object", describe(raw)),
            hint="It is kept as it is",
        )
        return Annotation((), (), "frame", None, None, None, (problem,), raw)
    problems: list[Problem] = []
    labels = _read_labels(found, problems)
    sources = _texts(found.get("sources"), "sources", problems)
    mask_id, mask_value = _read_mask(found, problems)
    kind = _read_kind(found, problems)
    confidence = _read_confidence(found, problems)
    _check_poly(found, kind, problems)
    return Annotation(
        labels, sources, kind, mask_id, mask_value, confidence, tuple(problems), raw
    )


def read_edited(before: Annotation, raw: dict[str, Any]) -> Annotation:
    """Read a ROI after an edit; what was noted when it was made stays noted.

    Such a note is no fault of what the file holds, so reading alone would lose it.
    """
    after = read_annotation(raw)
    if not before.problems:
        return after
    of_file = read_annotation(before.raw).problems
    noted = [problem for problem in before.problems if problem not in of_file]
    return replace(after, problems=(*after.problems, *noted)) if noted else after


def label_key(raw: Mapping[str, Any]) -> str:
    """Give the key under which a ROI keeps its labels: ``label``, or ``labels`` where only that is met."""
    return "labels" if "labels" in raw and "label" not in raw else "label"


def mask_value_problem(value: Sequence[int]) -> str | None:
    """Say why whole numbers are no value that a mask can hold; None when they are one."""
    if len(value) not in (1, 3, 4):
        return say("1, 3 or 4 whole numbers")
    if any(not -1 <= channel <= MAX_VALUE_16_BIT for channel in value):
        return say("whole numbers from -1 to 255 (65535 in 16-bit masks)")
    return None


def _bad(place: str, value: object, wanted: str) -> Problem:
    return Problem(
        say("{} is not {}", describe(value), wanted), place=place, severity="warning"
    )


def _read_labels(raw: dict[str, Any], problems: list[Problem]) -> tuple[str, ...]:
    key = label_key(raw)
    if key == "label" and "labels" in raw and raw.get("label") != raw["labels"]:
        problems.append(
            Problem(
                "label and labels differ; label counts",
                place="labels",
                severity="warning",
            )
        )
    return _texts(raw.get(key), key, problems)


def _texts(value: object, place: str, problems: list[Problem]) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    found = as_array(value)
    if found is None:
        problems.append(_bad(place, value, say("a list of texts")))
        return ()
    texts: list[str] = []
    for index, item in enumerate(found):
        # An integer id is met in older documents; a label may be one just as well.
        text = id_text(item)
        if text is None:
            problems.append(_bad(f"{place}[{index}]", item, say("a text")))
        else:
            texts.append(text)
    return tuple(texts)


def _read_mask(
    raw: dict[str, Any], problems: list[Problem]
) -> tuple[str | None, tuple[int, ...] | None]:
    mask = raw.get("mask")
    if mask is None:
        return None, None
    found = as_object(mask)
    if found is None:
        problems.append(_bad("mask", mask, say("an object with id and value")))
        return None, None
    mask_id = id_text(found.get("id"))
    if mask_id is None:
        problems.append(_bad("mask.id", found.get("id"), say("a text")))
    return mask_id, _read_value(found.get("value"), problems)


def _read_value(value: object, problems: list[Problem]) -> tuple[int, ...] | None:
    channels: list[int] = []
    for item in as_array(value) or ["none"]:
        number = as_number(item)
        if number is None or number != int(number):
            wanted = say("a list of whole numbers, one for each channel")
            problems.append(_bad("mask.value", value, wanted))
            return None
        channels.append(int(number))
    wanted = mask_value_problem(channels)
    if wanted is not None:
        problems.append(_bad("mask.value", value, wanted))
        if len(channels) not in (1, 3, 4):
            return None
    return tuple(channels)


def _read_kind(raw: dict[str, Any], problems: list[Problem]) -> str:
    meta = raw.get("meta")
    found = as_object(meta)
    if found is None and meta is not None:
        problems.append(_bad("meta", meta, say("an object")))
    kind = (found or {}).get("_type")
    if kind == WHOLE_FRAME_TYPE:
        return "frame"
    if isinstance(kind, str) and kind in KINDS:
        return kind
    if kind is not None:
        problems.append(
            _bad("meta._type", kind, say("a kind of geometry that is known"))
        )
    if raw.get("mask") is not None:
        return "mask"
    return "frame" if raw.get("poly") is None else "p2d"


def _read_confidence(raw: dict[str, Any], problems: list[Problem]) -> float | None:
    given = raw.get("confidence")
    number = as_number(given)
    if given is not None and (number is None or not 0 <= number <= 1):
        problems.append(_bad("confidence", given, say("a number from 0 to 1")))
    return number


def _numbers(value: object) -> list[float] | None:
    found = as_array(value)
    # Types alone, in one pass without a call for each: frames hold millions of numbers.
    if found is None or not set(map(type, found)) <= {int, float}:
        return None
    return found


def _check_poly(raw: dict[str, Any], kind: str, problems: list[Problem]) -> None:
    given = raw.get("poly")
    if given is None:
        if kind not in ("mask", "frame"):
            problems.append(_bad("poly", given, say("the numbers of a {}", kind)))
        return
    numbers = _numbers(given)
    if numbers is None:
        problems.append(_bad("poly", given, say("a flat list of numbers")))
    elif kind == "elp" and len(numbers) != _ELLIPSE_LENGTH:
        problems.append(_bad("poly", given, say("the 5 numbers of an ellipse")))
    elif kind == "b2d" and len(numbers) not in _BOX_LENGTHS:
        problems.append(_bad("poly", given, say("the 4, 5 or 8 numbers of a box")))
