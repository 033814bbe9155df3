"""Building and changing ROIs: the validated work behind `add_annotation` and `update_annotation`.

Imported by `frame_base`. It computes new values and changes none.
"""

from __future__ import annotations

import enum
import math
import numbers
import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, SupportsIndex, cast

from chromask.errors import AnnotationError, FrameError, say
from chromask.frame.annotation import (
    MAX_VALUE_16_BIT,
    Annotation,
    label_key,
    read_annotation,
    read_edited,
)
from chromask.frame.geometry import (
    box_argument,
    ellipse_argument,
    number_argument,
    points_argument,
)
from chromask.jsontext.values import as_array, as_object, copy_json, describe, id_text

if TYPE_CHECKING:
    from chromask.errors import Problem


class Unset(enum.Enum):
    """The type of `UNSET`: an argument that was not given, which None cannot say."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""Leave this part of the ROI as it is."""

_VALUE_RULE: Final = (
    "Give 3 or 4 whole numbers from -1 to 255 (-1: any value of the channel); "
    "above 255 only the same number three times, up to 65535, for 16-bit grey"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """The geometries of one call of `add_annotation`, as they were given."""

    poly2d_xy: object = None
    poly3d_xyz: object = None
    points2d_xy: object = None
    points3d_xyz: object = None
    box2d_xywh: object = None
    box3d_xyzwhxyzwh: object = None
    ellipse2d_xyrrt: object = None
    mask_rgb: object = None
    frame_class: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What the ROIs of one call share, as it was given; ids as the file has them.

    ``guess`` is what to note of a ROI of `mask_rgb` whose mask was not named.
    """

    sources: Sequence[str | float]
    mask_id: str | float
    guess: Problem | None = None
    id: object = None
    labels: object = None
    confidence: object = None
    metadata: object = None


def build_annotations(shapes: Shapes, common: Common) -> list[Annotation]:
    """Give one ROI for each shape, in the order polygon, box, points, ellipse, mask, 3-D, frame.

    The keys and their order are those that the public SDK (clearml 2.1) writes.

    Raises
    ------
    AnnotationError
        When an argument is refused, or nothing was given that a ROI could be made of;
        it names the argument, the value and what is allowed.
    """
    built: list[Annotation] = []
    for kind, poly in _polys(shapes):
        built.append(_roi(common, kind, poly=poly))
    if shapes.mask_rgb is not None:
        mask = {"id": common.mask_id, "value": value_argument(shapes.mask_rgb)}
        added = _roi(common, "mask", mask=mask)
        if common.guess is not None:
            added = replace(added, problems=(*added.problems, common.guess))
        built.insert(_count_2d(shapes), added)
    frame_labels = _frame_labels(shapes, common, has_shape=bool(built))
    if frame_labels:
        built.append(_roi(common, None, labels=frame_labels))
    if not built:
        raise AnnotationError(
            "add_annotation was given no shape, no mask_rgb and no label",
            hint="Give a geometry, mask_rgb, frame_class or labels",
        )
    return built


def replace_annotation(
    annotation: Annotation,
    *,
    labels: object = UNSET,
    mask_rgb: object = UNSET,
    mask_id: str | float | Unset = UNSET,
    sources: Sequence[str | float] | Unset | None = UNSET,
    confidence: object = UNSET,
    metadata: object = UNSET,
    id: object = UNSET,  # noqa: A002 - the name of the public call
) -> Annotation:
    """Give the ROI with the given parts changed, spelled as the file spells them.

    None removes labels, sources (the ROI then means every source), confidence, metadata
    (``_type`` and ``_id`` stay) or id.

    Raises
    ------
    AnnotationError
        When an argument is refused; it names the argument and what is allowed.
    """
    old = as_object(annotation.raw)
    if old is None:
        raise AnnotationError(
            say("the ROI is {}, not an object", describe(annotation.raw)),
            hint="Remove it and add a new one",
        )
    raw = dict(old)
    if labels is not UNSET:
        _set_labels(raw, labels)
    if mask_rgb is not UNSET or mask_id is not UNSET:
        _set_mask(raw, mask_rgb, mask_id)
    if sources is not UNSET:
        _set_or_remove(raw, "sources", _spelled(raw.get("sources"), sources))
    if confidence is not UNSET:
        number = confidence_argument(confidence)
        if number is None or number != raw.get("confidence"):
            _set_or_remove(raw, "confidence", number)
    if metadata is not UNSET or id is not UNSET:
        _set_meta(raw, metadata, id)
    if mask_id is not UNSET:
        return read_annotation(raw)  # what was noted when it got its mask is settled
    return read_edited(annotation, raw)


def value_argument(value: object) -> list[int]:
    """Give a mask's value as a list of ints.

    Raises
    ------
    AnnotationError
        When it is not 3 or 4 whole numbers from -1 to 255; above 255 the first three
        have to be the same, as in 16-bit grey.
    """
    error = AnnotationError(say("mask_rgb is {}", _shown(value)), hint=_VALUE_RULE)
    listed = getattr(value, "tolist", None)
    plain: object = listed() if callable(listed) else value
    if isinstance(plain, str | bytes | bytearray | Mapping) or not isinstance(
        plain, Iterable
    ):
        raise error
    channels: list[int] = []
    for item in cast("Iterable[object]", plain):
        channel = whole_number(item)
        if channel is None:
            seen = say(
                "mask_rgb is {}: {} is not a whole number", _shown(value), _shown(item)
            )
            raise AnnotationError(seen, hint=_VALUE_RULE)
        channels.append(channel)
    is_grey = len(set(channels[:3])) == 1
    top = MAX_VALUE_16_BIT if is_grey else 255
    if len(channels) not in (3, 4) or not all(-1 <= c <= top for c in channels):
        raise error
    return channels


def whole_number(value: object) -> int | None:
    """Give a number without a fraction as an int, also a float or one of numpy; else None.

    Booleans and texts are no numbers here, and neither are NaN and the infinities.
    """
    item = getattr(value, "item", None)  # numpy's scalars, its bool among them
    plain: object = (
        item() if callable(item) and not getattr(value, "shape", ()) else value
    )
    if isinstance(plain, bool):
        return None
    if isinstance(plain, SupportsIndex):
        return operator.index(plain)
    if isinstance(plain, numbers.Real):
        number = cast("float", plain)
        return int(number) if number == number // 1 else None
    return None


def texts_argument(argument: str, value: object) -> list[str]:
    """Give a list of texts, such as labels.

    Raises
    ------
    AnnotationError
        When it is no list, or a member is no text or empty. A single text is refused
        too: taken as a list, it would be its letters.
    """
    if isinstance(value, str):
        raise AnnotationError(
            say("{} is the text {!r}", argument, value),
            hint=say("Give a list: [{!r}]", value),
        )
    if isinstance(value, dict | bytes) or not isinstance(value, Iterable):
        shown = _shown(cast("object", value))
        raise AnnotationError(
            say("{} is {}", argument, shown), hint="Give a list of texts"
        )
    texts: list[str] = []
    for index, item in enumerate(cast("Iterable[object]", value)):
        if not isinstance(item, str) or not item.strip():
            raise AnnotationError(
                say("{}[{}] is {}", argument, index, _shown(item)),
                hint="Give texts that are not empty",
            )
        texts.append(_json(f"{argument}[{index}]", item))
    return texts


def confidence_argument(value: object) -> float | None:
    """Give a confidence as a float, or None.

    Raises
    ------
    AnnotationError
        When it is no number from 0 to 1.
    """
    if value is None:
        return None
    if not isinstance(value, bool) and isinstance(value, numbers.Real):
        number = float(value)
        if math.isfinite(number) and 0 <= number <= 1:
            return number
    raise AnnotationError(
        say("confidence is {}", _shown(value)), hint="Give a number from 0 to 1"
    )


def metadata_argument(value: object) -> dict[str, Any]:
    """Give a deep copy of metadata.

    Raises
    ------
    AnnotationError
        When it is no dictionary, or holds what JSON cannot.
    """
    if not isinstance(value, Mapping):
        raise AnnotationError(
            say("metadata is {}", _shown(value)), hint="Give a dictionary"
        )
    return _json("metadata", dict(cast("Mapping[object, object]", value)))


def id_argument(argument: str, value: object) -> str | int:
    """Give an id: a text, or a whole number as older documents have it.

    Raises
    ------
    AnnotationError
        When it is neither.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise AnnotationError(
            say("{} is {}", argument, _shown(value)),
            hint="Give a text or a whole number",
        )
    return _json(argument, value)


def _json(argument: str, value: object) -> Any:  # noqa: ANN401
    try:
        return copy_json(value, argument)
    except FrameError as error:
        problem = error.problem
        raise AnnotationError(
            problem.seen, place=problem.place, hint=problem.hint
        ) from None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _polys(shapes: Shapes) -> list[tuple[str, list[float]]]:
    polys: list[tuple[str, list[float]]] = []

    def add_points(kind: str, argument: str, width: int, least: int) -> None:
        value = getattr(shapes, argument)
        if value is not None:
            poly = points_argument(argument, value, width=width, least=least)
            polys.append((kind, poly))

    add_points("p2d", "poly2d_xy", 2, 3)
    if shapes.box2d_xywh is not None:
        polys.append(("b2d", box_argument("box2d_xywh", shapes.box2d_xywh)))
    add_points("k2d", "points2d_xy", 2, 1)
    if shapes.ellipse2d_xyrrt is not None:
        poly = ellipse_argument("ellipse2d_xyrrt", shapes.ellipse2d_xyrrt)
        polys.append(("elp", poly))
    add_points("p3d", "poly3d_xyz", 3, 3)
    add_points("k3d", "points3d_xyz", 3, 1)
    if shapes.box3d_xyzwhxyzwh is not None:
        poly = number_argument(
            "box3d_xyzwhxyzwh",
            shapes.box3d_xyzwhxyzwh,
            (10,),
            "x, y, z, w, h of the front, then of the back",
        )
        polys.append(("b3d", poly))
    return polys


def _count_2d(shapes: Shapes) -> int:
    flat = (
        shapes.poly2d_xy,
        shapes.box2d_xywh,
        shapes.points2d_xy,
        shapes.ellipse2d_xyrrt,
    )
    return sum(shape is not None for shape in flat)


def _frame_labels(shapes: Shapes, common: Common, *, has_shape: bool) -> list[str]:
    found: list[str] = []
    if shapes.frame_class is not None:
        found += texts_argument("frame_class", shapes.frame_class)
    if not has_shape and common.labels is not None:
        found += texts_argument("labels", common.labels)
    return list(dict.fromkeys(found))


def _roi(
    common: Common,
    kind: str | None,
    *,
    labels: list[str] | None = None,
    poly: list[float] | None = None,
    mask: dict[str, Any] | None = None,
) -> Annotation:
    raw: dict[str, Any] = {}
    if labels is None and common.labels is not None:
        labels = texts_argument("labels", common.labels)
    if labels is not None:
        raw["label"] = labels
    confidence = confidence_argument(common.confidence)
    if confidence is not None:
        raw["confidence"] = confidence
    meta = {} if common.metadata is None else metadata_argument(common.metadata)
    if kind is not None:
        meta["_type"] = kind
    if common.id is not None:
        meta["_id"] = id_argument("id", common.id)
    if meta:
        raw["meta"] = meta
    if poly is not None:
        raw["poly"] = poly
    if mask is not None:
        raw["mask"] = mask
    raw["sources"] = list(common.sources)
    return read_annotation(raw)


def _set_or_remove(raw: dict[str, Any], key: str, value: object) -> None:
    if value is None:
        raw.pop(key, None)
    else:
        raw[key] = value


def _spelled(old: object, new: Sequence[str | float] | None) -> object:
    """Give a list, or the single text that the file had instead of one."""
    if new is None:
        return None
    if isinstance(old, str) and len(new) == 1:
        return new[0]
    # A member that stays keeps its type: an integer id, say.
    known = {id_text(item): item for item in as_array(old) or ()}
    return [known.get(id_text(item), item) for item in new]


def _set_labels(raw: dict[str, Any], labels: object) -> None:
    new = None if labels is None else texts_argument("labels", labels)
    key = label_key(raw)
    # Some writers fill both keys alike; they stay alike.
    twins = key == "label" and "labels" in raw and raw["label"] == raw["labels"]
    for name in (key, "labels") if twins else (key,):
        _set_or_remove(raw, name, _spelled(raw.get(name), new))


def _set_mask(
    raw: dict[str, Any], mask_rgb: object, mask_id: str | float | Unset
) -> None:
    old = as_object(raw.get("mask"))
    if old is None:
        argument = "mask_id" if mask_rgb is UNSET else "mask_rgb"
        raise AnnotationError(
            say("{} was given for a ROI without a mask", argument),
            hint="Add a ROI with mask_rgb instead",
        )
    mask = dict(old)
    if mask_id is not UNSET:
        mask["id"] = mask_id
    if mask_rgb is not UNSET:
        value = value_argument(mask_rgb)
        if value != mask.get("value"):  # 210.0 stays 210.0 when nothing changes
            mask["value"] = value
    raw["mask"] = mask


def _set_meta(raw: dict[str, Any], metadata: object, new_id: object) -> None:
    old = as_object(raw.get("meta")) or {}
    meta = dict(old)
    if metadata is not UNSET:
        meta = {} if metadata is None else metadata_argument(metadata)
        for key in ("_type", "_id"):
            if key in old and key not in meta:
                meta[key] = old[key]
    if new_id is None:
        meta.pop("_id", None)
    elif new_id is not UNSET:
        meta["_id"] = id_argument("id", new_id)
    _set_or_remove(raw, "meta", meta or None)
