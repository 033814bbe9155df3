"""A contact sheet: every frame of a data set small, with its masks, its name and its labels.

It is for looking: whether masks lie over their images, and colours over their labels.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from chromask.counts.pixel_counts import (
    NOBODY,
    mapped_values,
    take_census,
    unclaimed_values,
)
from chromask.drawing.display import Display, entry_colors
from chromask.drawing.render import render_small
from chromask.errors import ChromaskError, Problem, say
from chromask.workspace.opening import items_of_images, open_item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from chromask.counts.pixel_counts import Census
    from chromask.dataset.query import FrameItem, FrameList
    from chromask.document.document import Document

    Rgb = npt.NDArray[np.uint8]

_cv: Any = cv2

PICTURE_RC = (240, 320)
"""The box that a frame's picture is fitted into, (rows, cols)."""

CAPTION_ROWS = 66
MARGIN = 10
MOST_LABELS = 4

_PAPER, _INK, _FAINT, _ALARM = (
    (246, 247, 249),
    (30, 34, 40),
    (120, 126, 134),
    (190, 30, 30),
)
_FONT = cv2.FONT_HERSHEY_SIMPLEX


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a frame as it is drawn: its name, its display colour and its pixels."""

    name: str
    rgb: tuple[int, int, int]
    pixels: int


def contact_sheet(
    frames: FrameList,
    columns: int = 4,
    most: int = 400,
    *,
    told: Callable[[int, FrameItem], None] = lambda _number, _item: None,
    noted: Callable[[FrameItem, Sequence[Problem]], None] = lambda _item, _found: None,
) -> Rgb:
    """Draw the first frames of a list; one that cannot be drawn gets a cell that says why.

    Parameters
    ----------
    frames
        The list.
    columns, most
        Frames in a row, and altogether.
    told
        Called with each frame before it is drawn.
    noted
        Called with each frame that has problems, and with these: what is wrong with its
        files, or why it could not be drawn.

    Returns
    -------
    rgb
        (rows, cols, 3) uint8.
    """
    cells: list[Rgb] = []
    items = list(frames.items[:most])
    for number, item in enumerate(items):
        told(number, item)
        cell, problems, more = _cell(item, frames)
        cells.append(cell)
        items[number + 1 : number + 1] = more
        del items[most:]
        if problems:
            noted(item, problems)
    columns = max(min(columns, len(cells)), 1)
    lines = -(-max(len(cells), 1) // columns)
    rows = PICTURE_RC[0] + CAPTION_ROWS + MARGIN
    cols = PICTURE_RC[1] + MARGIN
    sheet = np.full(
        (lines * rows + MARGIN, columns * cols + MARGIN, 3), _PAPER, np.uint8
    )
    for number, cell in enumerate(cells):
        top = MARGIN + number // columns * rows
        left = MARGIN + number % columns * cols
        sheet[top : top + cell.shape[0], left : left + cell.shape[1]] = cell
    return sheet


def shown_labels(document: Document, census: Census) -> list[Label]:
    """List the labels of a frame's pixels with their display colours, the largest first."""
    found: list[Label] = []
    for count in census.rois:
        for key, indices in count.indices.items():
            colors = entry_colors(key, document.planes[key], census, Display())
            if len(indices) and count.pixels:
                red, green, blue = colors[indices[0]].tolist()
                name = count.resolution.name
                found.append(Label(name, (red, green, blue), count.pixels))
    if document.mapping is not None:
        for value in mapped_values(census, document.planes, document.mapping):
            plane = document.planes[value.key]
            colors = entry_colors(value.key, plane, census, Display())
            red, green, blue = colors[value.indices[0]].tolist()
            name = ", ".join(value.labels)
            found.append(Label(name, (red, green, blue), value.pixels))
    return sorted(found, key=lambda label: -label.pixels)


def quiet_masks(document: Document, census: Census) -> frozenset[str]:
    """Name the masks whose colours nobody names, beside masks whose colours have names."""
    named = {key for key, owner in census.owners.items() if (owner != NOBODY).any()}
    return frozenset(document.planes) - named if named else frozenset()


def _cell(
    item: FrameItem, frames: FrameList
) -> tuple[Rgb, Sequence[Problem], Sequence[FrameItem]]:
    """Draw a frame with its name and its labels; whatever fails, the cell shows the reason.

    Returns the cell, the frame's problems, and images that were taken for its masks.
    """
    try:
        return _frame_cell(item, frames)
    except ChromaskError as error:
        problem = error.problem
    except Exception as error:  # noqa: BLE001 - one frame must not lose the whole sheet
        seen = say("it cannot be drawn: {}", f"{type(error).__name__}: {error}")
        problem = Problem(seen, uri=item.path, hint="Open this frame in the window")
    rows = PICTURE_RC[0]
    cell = _empty_cell()
    cell[:rows] = 225
    _write(cell, str(problem), rows // 2, _ALARM)
    _write(cell, item.name, rows + 16, _INK)
    return cell, (problem,), ()


def _empty_cell() -> Rgb:
    rows, cols = PICTURE_RC
    return np.full((rows + CAPTION_ROWS, cols, 3), _PAPER, np.uint8)


def _frame_cell(
    item: FrameItem, frames: FrameList
) -> tuple[Rgb, Sequence[Problem], Sequence[FrameItem]]:
    rows, cols = PICTURE_RC
    cell = _empty_cell()
    document = open_item(
        item,
        frames.choice.legend,
        opened=frames.opened,
        limits=frames.choice.limits,
    )
    census = take_census(document.frame, document.planes, document.mapping)
    display = replace(Display(), hidden_masks=quiet_masks(document, census))
    picture = render_small(document, census, display, rows, cols)
    top, left = (rows - picture.shape[0]) // 2, (cols - picture.shape[1]) // 2
    cell[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    _write(cell, item.name, rows + 16, _INK)
    _write_labels(cell, shown_labels(document, census), rows + 34)
    text, has_errors = _notes(document, census)
    _write(cell, text, rows + 56, _ALARM if has_errors else _FAINT)
    problems = [each for each in document.problems if each.severity != "note"]
    return cell, problems, items_of_images(document.second_images)


def _notes(document: Document, census: Census) -> tuple[str, bool]:
    """Give the counts of a frame as one line, and whether it has errors."""
    unclaimed = len(unclaimed_values(census, document.planes))
    found = Counter(problem.severity for problem in document.problems)
    counts = (
        (found["error"], "error"),
        (found["warning"], "warning"),
        (len(document.planes), "mask"),
        (unclaimed, "colour"),
    )
    notes = [
        f"{n} {what}{'' if n == 1 else 's'}"
        for n, what in counts
        if n or what == "mask"
    ]
    if unclaimed:
        notes[-1] += " without a name"
    if document.previews:
        notes.insert(0, "preview")
    return ", ".join(notes), bool(found["error"])


def _write_labels(cell: Rgb, labels: list[Label], row: int) -> None:
    left = 2
    for label in labels[:MOST_LABELS]:
        cell[row - 9 : row + 3, left : left + 12] = label.rgb
        left += 16
        width = _write(cell, label.name[:14], row, _INK, left)
        left += width + 10
        if left > cell.shape[1] - 40:
            return


def _write(
    cell: Rgb, text: str, row: int, color: tuple[int, int, int], left: int = 2
) -> int:
    """Write a line and give its width; what does not fit is left out in the middle."""
    # OpenCV's letters are those of ASCII.
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "replace").decode()
    room, scale = cell.shape[1] - left - 2, 0.4

    def width(words: str) -> int:
        return _cv.getTextSize(words, _FONT, scale, 1)[0][0]

    shown, keep = plain, len(plain)
    while width(shown) > room and keep > 4:
        keep -= 2
        shown = f"{plain[: keep // 2]}...{plain[-(keep // 2) :]}"
    _cv.putText(cell, shown, (left, row), _FONT, scale, color, 1, cv2.LINE_AA)
    return width(shown)
