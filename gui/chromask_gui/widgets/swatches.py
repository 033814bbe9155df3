"""The display colours that panels show beside names: the same ones that the canvas draws."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING

from chromask.drawing.display import entry_colors
from chromask.drawing.shapes import shape_colors
from chromask_gui.session.view_state import display_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from chromask.drawing.display import Rgb
    from chromask.pixels.plane import Plane
    from chromask_gui.session.session import Session
    from chromask_gui.session.view_state import ViewState


class Swatches:
    """Finds display colours; what it finds is kept while census and palette stand."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of: tuple[object, object, object] = (None, None, None)
        self._colors: dict[str, npt.NDArray[np.uint8]] = {}
        self._shapes_of: tuple[object, object, object] = (None, None, None)
        self._shapes: Sequence[Rgb] = ()

    def roi(self, index: int) -> Rgb | None:
        """Give a ROI's display colour; None where none of its values is in a mask."""
        session = self._session
        own = session.view.colors.get(index)
        if own is not None or session.document is None:
            return own
        if index >= len(session.census.rois):
            return None
        for key, entries in session.census.rois[index].indices.items():
            plane = session.document.planes.get(key)
            if plane is not None and len(entries):
                return self.entry(key, _most_telling(plane, entries))
        return None

    def shape(self, index: int) -> Rgb | None:
        """Give the colour in which the lines of a ROI's shape are drawn."""
        session = self._session
        if session.document is None:
            return None
        annotations, view = session.document.frame.annotations, session.view
        known = (annotations, view.look.palette, view.colors)
        if not all(map(is_, self._shapes_of, known)):
            self._shapes_of = known
            is_safe = view.look.palette == "safe"
            self._shapes = shape_colors(annotations, view.colors, is_safe=is_safe)
        return self._shapes[index] if index < len(self._shapes) else None

    def entry(self, key: str, entry: int) -> Rgb | None:
        """Give the display colour of one entry of a mask's table; None where it is gone."""
        colors = self._table(key)
        if colors is None or entry >= len(colors):
            return None
        red, green, blue = colors[entry].tolist()
        return red, green, blue

    def _table(self, key: str) -> npt.NDArray[np.uint8] | None:
        session = self._session
        if session.document is None or key not in session.census.owners:
            return None
        view = session.view
        known = (session.census, view.look.palette, view.colors)
        if not all(map(is_, self._of, known)):
            self._of, self._colors = known, {}
        if key not in self._colors:
            plane = session.document.planes.get(key)
            if plane is None or len(plane.table) != len(session.census.owners[key]):
                return None
            self._colors[key] = entry_colors(
                key, plane, session.census, display_of(view)
            )
        return self._colors[key]


def _most_telling(plane: Plane, entries: npt.NDArray[np.intp]) -> int:
    """Give the first entry that has pixels, else the first."""
    # Nearly every ROI has one alone; numpy takes long to find that.
    if len(entries) > 1:
        used = entries[plane.pixels[entries] > 0]
        entries = used if len(used) else entries
    return int(entries[0])


def same_colors(one: ViewState, other: ViewState) -> bool:
    """Whether two states of the view show the same display colours."""
    return one.look.palette == other.look.palette and one.colors == other.colors
