"""What the tab of plots can show: which numbers, why there are none, what a bar selects.

Each kind counts in a job (`work`) from what `prepare` found in the session, and turns the
result into bars and a table in the window.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from PySide6.QtCore import QCoreApplication

from chromask.counts.pixel_counts import value_at
from chromask.counts.shares import (
    component_sizes,
    leftover,
    roi_shares,
    value_shares,
)
from chromask.drawing.display import mask_mode
from chromask_gui.look.texts import grouped, number_text, one_line, value_text
from chromask_gui.plots.row import MOST_ROWS, Row, rest_row
from chromask_gui.session.view_state import display_of
from chromask_gui.tools.part_places import mask_of_roi
from chromask_gui.widgets.swatches import Swatches

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from chromask.counts.shares import ComponentSizes, Leftover, RoiShares, ValueShares
    from chromask.document.document import Document
    from chromask.drawing.display import Rgb
    from chromask_gui.session.session import Session

Target = tuple[str, int]
"""An ROI by its index, or a label of the dataset by its number."""

Cells = list[list[str | int | float]]


class Plot(NamedTuple):
    """A plot to be shown: its bars, all of its numbers, and a note for what is in no bar."""

    rows: list[Row]
    header: list[str]
    cells: Callable[[], Cells]
    note: str = ""


class Chosen(NamedTuple):
    """Components of an ROI: its index and the first pixel (row, col) of each."""

    roi: int
    places: frozenset[tuple[int, int]]


class Kind(Protocol):
    """A kind of plot."""

    title: str

    def why_empty(self) -> str:
        """Say why there is nothing to count; empty where there is something."""
        ...

    def work(self) -> Callable[[], Any]:
        """Give what counts, to be called in a job."""
        ...

    def plot(self, result: Any) -> Plot:  # noqa: ANN401
        """Turn what was counted into bars."""
        ...

    def choose(self, target: Any) -> Chosen | None:  # noqa: ANN401
        """Select what a bar stands for; give components to be chosen on the canvas."""
        ...

    def selected(self) -> list[Hashable]:
        """List the targets of what is selected."""
        ...


translate = QCoreApplication.translate


def tr(text: str) -> str:
    """Translate a text of the plots."""
    return QCoreApplication.translate("plots", text)


def label_masks(session: Session) -> list[str]:
    """List the readable masks of the shown source whose values are no opacities."""
    document = session.document
    if document is None:
        return []
    display = display_of(session.view)
    return [
        key
        for key in session.shown_masks()
        if mask_mode(key, document.planes[key], session.census, display) != "alpha"
    ]


def no_masks(session: Session) -> str:
    """Say why no mask can be counted; empty where one can."""
    document = session.document
    if document is None:
        return tr("No frame is open.")
    if label_masks(session):
        return ""
    refs = [r for r in document.frame.masks() if r.source.id == session.view.source]
    if not refs:
        return tr("This source has no mask.")
    if session.shown_masks():
        return tr("The masks of this source hold opacities, not labels.")
    return tr("No mask of this source could be read.")


def whole_of(session: Session, keys: Iterable[str]) -> int:
    """Count the pixels of some masks."""
    document = session.document
    assert document is not None
    return sum(document.planes[key].indices.size for key in keys)


class LabelPlot:
    """The pixels of each ROI and of each label of the dataset; zeros and the rest apart."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._swatches = Swatches(session)
        self.title = tr("Pixels per label")

    def why_empty(self) -> str:
        return no_masks(self._session)

    def work(self) -> Callable[[], tuple[RoiShares, Leftover]]:
        document, counts = self._session.document, self._session.census
        assert document is not None
        keys, planes = label_masks(self._session), document.planes
        return lambda: (roi_shares(counts), leftover(counts, planes, keys))

    def plot(self, result: tuple[RoiShares, Leftover]) -> Plot:
        shares, left = result
        whole = whole_of(self._session, label_masks(self._session))
        found: list[tuple[int, Target]] = [
            (pixels, ("roi", roi))
            for roi, pixels in zip(
                shares.rois.tolist(), shares.pixels.tolist(), strict=True
            )
        ]
        if left.labels:
            found += [(pixels, ("label", n)) for n, pixels in left.labels.items()]
            found.sort(key=lambda each: -each[0])
        # Zeros nearly always mean the background: they would dwarf all else.
        zeros = [each for each in found if self._is_zero(each[1])]
        others = [each for each in found if each not in zeros]
        rows = [self._row(*each) for each in others[:MOST_ROWS]]
        rest = [pixels for pixels, _ in others[MOST_ROWS:]]
        if rest:
            rows.append(rest_row(more_text(len(rest)), rest, whole))
        rows += [replace(self._row(*each), is_apart=True) for each in zeros]
        apart = [(tr("No ROI"), left.unclaimed), (tr("Zeros"), left.zeros)]
        rows += [
            Row(name, pixels, whole, is_apart=True) for name, pixels in apart if pixels
        ]
        empty = [
            (0, ("roi", index))
            for index, count in enumerate(self._session.census.rois)
            if not count.pixels
        ]

        def cells() -> Cells:
            every: Cells = [
                [self._name(target), pixels, percent(pixels, self._whole(target))]
                for pixels, target in (*found, *empty)
            ]
            every += [[name, pixels, percent(pixels, whole)] for name, pixels in apart]
            return every

        text = translate("plots", "%n ROI(s) without pixels", "", len(empty))
        note = grouped(text, len(empty)) if empty else ""
        return Plot(rows, [tr("Label"), tr("Pixels"), tr("Percent")], cells, note)

    def choose(self, target: Any) -> None:  # noqa: ANN401
        kind, number = target
        session = self._session
        if kind == "roi":
            session.select(number)
            return
        document = self._document()
        key, entry = self._label_places(number)[0]
        plane, mapping = document.planes[key], document.mapping
        session.take(value_at(session.census, plane, key, entry, mapping))

    def selected(self) -> list[Hashable]:
        return [("roi", index) for index in self._session.view.selected]

    def _document(self) -> Document:
        document = self._session.document
        assert document is not None
        return document

    def _row(self, pixels: int, target: Target) -> Row:
        rgb = self._rgb(target)
        return Row(self._name(target), pixels, self._whole(target), rgb, target)

    def _is_zero(self, target: Target) -> bool:
        kind, number = target
        document = self._document()
        if kind == "roi":
            value = document.frame.annotations[number].mask_value
        else:
            mapping = document.mapping
            value = mapping.entries[number].value if mapping is not None else None
        return bool(value) and not any(value[:3])

    def _whole(self, target: Target) -> int:
        """Count what a bar's share is of: the pixels of its masks, as in the table of ROIs."""
        kind, number = target
        if kind == "label":
            keys = [key for key, _ in self._label_places(number)]
        else:
            planes = self._document().planes
            masks = self._session.census.rois[number].resolution.masks
            keys = [key for key in masks if key in planes]
        return whole_of(self._session, keys)

    def _name(self, target: Target) -> str:
        kind, number = target
        if kind == "label":
            mapping = self._document().mapping
            labels = mapping.entries[number].labels if mapping is not None else ()
            return one_line(", ".join(labels))
        name = self._session.census.rois[number].resolution.name
        return one_line(name) or tr("ROI {}").format(number)

    def _rgb(self, target: Target) -> Rgb | None:
        kind, number = target
        if kind == "roi":
            return self._swatches.roi(number)
        return self._swatches.entry(*self._label_places(number)[0])

    def _label_places(self, number: int) -> list[tuple[str, int]]:
        """List the masks in which a label of the dataset has pixels, with an entry of it."""
        found: list[tuple[str, int]] = []
        for key in label_masks(self._session):
            owned = np.flatnonzero(self._session.census.owners[key] == -2 - number)
            used = owned[self._document().planes[key].pixels[owned] > 0]
            found += [(key, int(entry)) for entry in used[:1]]
        return found


class ComponentPlot:
    """The sizes of the connected components of the selected ROI."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._swatches = Swatches(session)
        self.title = tr("Components of the ROI")

    def why_empty(self) -> str:
        session = self._session
        if session.document is None:
            return tr("No frame is open.")
        if not session.view.selected:
            return tr("Select an ROI to see its components.")
        if mask_of_roi(session, session.view.selected[0]) is None:
            return tr("The selected ROI has no pixels in a mask that is shown.")
        return ""

    def work(self) -> Callable[[], ComponentSizes]:
        session, document = self._session, self._session.document
        assert document is not None
        index = session.view.selected[0]
        key = mask_of_roi(session, index)
        assert key is not None
        plane = document.planes[key]
        inside = np.zeros(len(plane.table), np.bool_)
        inside[session.census.rois[index].indices[key]] = True
        return partial(component_sizes, plane.indices, inside)

    def plot(self, result: ComponentSizes) -> Plot:
        rgb = self._swatches.roi(self._session.view.selected[0])
        pixels = result.pixels.tolist()
        whole = sum(pixels)
        places = list(zip(result.row.tolist(), result.col.tolist(), strict=True))
        rows = [
            Row(number_text(at + 1), size, whole, rgb, (place,))
            for at, (size, place) in enumerate(
                zip(pixels[:MOST_ROWS], places[:MOST_ROWS], strict=True)
            )
        ]
        rest = pixels[MOST_ROWS:]
        if rest:
            name = grouped(translate("plots", "%n smaller", "", len(rest)), len(rest))
            rows.append(rest_row(name, rest, whole, tuple(places[MOST_ROWS:])))

        def cells() -> Cells:
            return [
                [number + 1, size, row, col]
                for number, (size, (row, col)) in enumerate(
                    zip(pixels, places, strict=True)
                )
            ]

        header = [tr("Component"), tr("Pixels"), tr("Row"), tr("Column")]
        text = translate("plots", "%n component(s)", "", len(pixels))
        return Plot(rows, header, cells, grouped(text, len(pixels)))

    def choose(self, target: Any) -> Chosen:  # noqa: ANN401
        return Chosen(self._session.view.selected[0], frozenset(target))

    def selected(self) -> list[Hashable]:
        return []


class ValuePlot:
    """The values of the shown source that neither an ROI nor the dataset claims."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._swatches = Swatches(session)
        self.title = tr("Values without an ROI")

    def why_empty(self) -> str:
        return no_masks(self._session)

    def work(self) -> Callable[[], tuple[ValueShares, Leftover]]:
        document, counts = self._session.document, self._session.census
        assert document is not None
        keys, planes = label_masks(self._session), document.planes
        return lambda: (
            value_shares(counts, planes, keys),
            leftover(counts, planes, keys),
        )

    def plot(self, result: tuple[ValueShares, Leftover]) -> Plot:
        shares, left = result
        document = self._session.document
        assert document is not None
        whole = whole_of(self._session, shares.keys)
        masks, entries = shares.mask.tolist(), shares.entries.tolist()
        pixels = shares.pixels.tolist()

        def name(at: int) -> str:
            key = shares.keys[masks[at]]
            value = value_text(document.planes[key].value(entries[at]))
            has_more = len(shares.keys) > 1
            return f"{one_line(key.rpartition('/')[2])}: {value}" if has_more else value

        rows = [
            Row(
                name(at),
                pixels[at],
                whole,
                self._swatches.entry(shares.keys[masks[at]], entries[at]),
                (shares.keys[masks[at]], entries[at]),
            )
            for at in range(min(len(pixels), MOST_ROWS))
        ]
        rest = pixels[MOST_ROWS:]
        if rest:
            rows.append(rest_row(more_text(len(rest)), rest, whole))
        if left.zeros:
            rows.append(Row(tr("Zeros"), left.zeros, whole, is_apart=True))

        def cells() -> Cells:
            every: Cells = [
                [name(at), pixels[at], percent(pixels[at], whole)]
                for at in range(len(pixels))
            ]
            every.append([tr("Zeros"), left.zeros, percent(left.zeros, whole)])
            return every

        text = translate("plots", "%n value(s)", "", len(pixels))
        note = grouped(text, len(pixels)) if pixels else tr("Every value has an ROI.")
        return Plot(rows, [tr("Value"), tr("Pixels"), tr("Percent")], cells, note)

    def choose(self, target: Any) -> None:  # noqa: ANN401
        key, entry = target
        session, document = self._session, self._session.document
        assert document is not None
        plane = document.planes[key]
        session.take(value_at(session.census, plane, key, entry, document.mapping))

    def selected(self) -> list[Hashable]:
        key, entries = self._session.view.highlight or ("", ())
        return [(key, entry) for entry in entries]


def percent(part: int, whole: int) -> float:
    """Give a share in percent, for tables."""
    return round(100 * part / whole, 4) if whole else 0.0


def more_text(count: int) -> str:
    """Name the bar of so many things that have none of their own."""
    return grouped(translate("plots", "%n more", "", count), count)
