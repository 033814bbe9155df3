"""The layers of the canvas: source, masks, outlines; built from the session, kept up to date."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from chromask.document.preview import shown_image
from chromask.drawing.display import (
    color_table,
    entry_colors,
    mask_mode,
    mask_opacity,
    premultiplied,
)
from chromask.drawing.sampling import Axis, sample
from chromask.drawing.shapes import shape_colors
from chromask_gui.canvas.mask_layers import OutlineLayer, PlaneLayer
from chromask_gui.canvas.mask_paint import MaskLook, groups_of
from chromask_gui.canvas.preview_layer import PreviewLayer
from chromask_gui.canvas.shapes import ShapesLayer
from chromask_gui.canvas.sides import Sides
from chromask_gui.canvas.source_layer import PlaceholderLayer, SourceLayer
from chromask_gui.session.shown_shapes import ShownShapes
from chromask_gui.session.view_state import display_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.document.change import Change
    from chromask.drawing.display import Display
    from chromask.pixels.plane import Plane
    from chromask.pixels.rect import Rect
    from chromask_gui.canvas.navigation import ImageBox
    from chromask_gui.canvas.picture import Picture
    from chromask_gui.session.session import Session
    from chromask_gui.session.view_state import Look, ViewState

ABOVE_MASKS = 1000
"""The z value of what lies over every mask."""


class Layers:
    """What the picture of the canvas is made of for the shown source of the session's document."""

    def __init__(self, session: Session, box: ImageBox, picture: Picture) -> None:
        self._session = session
        self._box, self._picture = box, picture
        self._base: SourceLayer | PlaceholderLayer | None = None
        self._planes: dict[str, PlaneLayer] = {}
        self._outlines: dict[str, OutlineLayer] = {}
        self._shapes = ShapesLayer(ABOVE_MASKS - 1)
        picture.add(self._shapes)
        self._shown_shapes = ShownShapes(session)
        self.is_blinked_off = False
        self._tables: dict[str, tuple[tuple[object, ...], npt.NDArray[np.uint32]]] = {}

    @property
    def size_rc(self) -> tuple[int, int]:
        """The (rows, cols) of the shown source; (0, 0) where nothing is open."""
        return (self._base.rows, self._base.cols) if self._base else (0, 0)

    def build(self) -> None:
        """Show the session's document anew."""
        self._clear()
        document, source = self._session.document, self._session.view.source
        if document is None:
            return
        wants_preview = self._session.view.shows_preview
        found = shown_image(document, source or "", wants_preview=wants_preview)
        if found is not None:
            pixels = found.image.pixels
            pixels = pixels[..., :3] if pixels.ndim == 3 else pixels
            mark = QCoreApplication.translate("Layers", "Preview")
            self._base = (
                PreviewLayer(pixels, *found.size, mark)
                if found.is_preview
                else SourceLayer(pixels)
            )
        else:
            self._base = PlaceholderLayer(
                *self._size_without_image(),
                QCoreApplication.translate(
                    "Layers", "The source cannot be read.\nProblems says why."
                ),
            )
        self._box.set_image_size(*self.size_rc)
        self._picture.add(self._base)
        self._add_planes()
        self.update_looks()
        self.update_outlines()

    def apply(self, change: Change) -> None:
        """Follow a change of the document."""
        document = self._session.document
        if document is None:
            return
        if not change.is_pixels:
            if set(self._session.shown_masks()) != set(self._planes):
                self._add_planes()
            self.update_looks()
            self.update_outlines()
        for key, rect in change.rects.items():
            if key in self._planes:
                self._show_pixels(key, document.planes[key], rect)
                if key in self._outlines:
                    self._outlines[key].show_pixels(rect)

    def follow_view(self, before: ViewState) -> None:
        """Follow a change of the view's state."""
        view = self._session.view
        shown, was = (
            (view.source, view.shows_preview),
            (
                before.source,
                before.shows_preview,
            ),
        )
        if shown != was:
            self.build()
            return
        self.update_looks()
        if (view.selected, view.highlight, view.has_outline) != (
            before.selected,
            before.highlight,
            before.has_outline,
        ):
            self.update_outlines()

    def update_looks(self) -> None:
        """Give every mask the colours and the opacity of the view."""
        document, view = self._session.document, self._session.view
        if document is None:
            return
        self._update_shapes()
        census, look = self._session.census, view.look
        display = display_of(view, document.frame.annotations)
        if isinstance(self._base, SourceLayer):
            self._base.set_tone(look.tone)
            self._base.set_sides(_source_sides(look))
        for place, (key, item) in enumerate(self._planes.items()):
            plane = document.planes[key]
            drawn = display
            if look.compare == "masks" and (
                mask_mode(key, plane, census, display) == "alpha"
            ):
                # Beside another mask opacities are compared as the levels that they are.
                drawn = replace(display, modes={key: "segmentation"}, palette="stored")
            opacity = mask_opacity(key, plane, census, drawn)
            shown = MaskLook(
                self._color_table(key, plane, drawn),
                groups_of(census.owners[key]),
                opacity,
                look.style,
                look.has_hatch,
            )
            sides = _mask_sides(look, place, opacity)
            item.set_look(plane, shown, sides)
            is_compared = look.compare == "masks" and place < 2
            is_shown = is_compared or key not in view.hidden_masks
            is_on = view.has_overlay and not self.is_blinked_off
            item.set_visible(is_visible=is_on and is_shown)

    def _update_shapes(self) -> None:
        document, view = self._session.document, self._session.view
        shapes = self._shown_shapes.all()
        self._shapes.show_shapes(shapes)
        is_on = view.has_overlay and not self.is_blinked_off
        self._shapes.set_visible(is_visible=is_on and bool(shapes))
        if document is None or not shapes:
            return
        is_safe = view.look.palette == "safe"
        colors = shape_colors(document.frame.annotations, view.colors, is_safe=is_safe)
        is_solo = view.look.is_solo and view.selected
        solo = view.selected[0] if is_solo else None
        undrawn = self._shown_shapes.undrawn()
        self._shapes.show_look(colors, undrawn, view.selected, solo, view.look.dim)

    def set_blinked_off(self, *, is_off: bool) -> None:
        """Hide the masks for a moment, whatever the view says."""
        self.is_blinked_off = is_off
        self.update_looks()

    def _color_table(
        self, key: str, plane: Plane, display: Display
    ) -> npt.NDArray[np.uint32]:
        """Give a mask's colours; the last ones while nothing that they hang on changed."""
        census = self._session.census
        # Neither changes a colour, and both are dragged.
        look = replace(display, opacity=1.0, opacities={})
        arrays = (census.owners[key], plane.table, plane.pixels)
        known = self._tables.get(key)
        if known is not None:
            *of_arrays, of_look = known[0]
            is_same = all(
                one is other for one, other in zip(of_arrays, arrays, strict=True)
            )
            if is_same and of_look == look:
                return known[1]
        table = color_table(key, plane, census, look)
        self._tables[key] = ((*arrays, look), table)
        return table

    def _show_pixels(self, key: str, plane: Plane, rect: Rect) -> None:
        item, rgb = self._planes[key], None
        if len(plane.table) > len(item.look.table):
            display = display_of(self._session.view)
            rgb = entry_colors(key, plane, self._session.census, display)
        item.show_pixels(plane, rect, rgb)

    def update_outlines(self) -> None:
        """Outline the selected ROIs and the value that is pointed out."""
        wanted = self._outlined()
        for key, item in list(self._outlines.items()):
            if item.entries != wanted.get(key):
                self._picture.remove(self._outlines.pop(key))
        for key, entries in wanted.items():
            if key not in self._outlines:
                item = OutlineLayer(self._planes[key], entries, ABOVE_MASKS)
                self._outlines[key] = item
                self._picture.add(item)

    def _outlined(self) -> dict[str, list[int]]:
        """Give the entries to outline, by mask."""
        view, entries = self._session.view, dict[str, list[int]]()
        if self._session.document is None or not view.has_outline:
            return entries
        for index in view.selected:
            for key, found in self._session.census.rois[index].indices.items():
                entries.setdefault(key, []).extend(found.tolist())
        if view.highlight is not None:
            entries.setdefault(view.highlight[0], []).extend(view.highlight[1])
        return {k: found for k, found in entries.items() if found and k in self._planes}

    def bounds(self, key: str, entries: tuple[int, ...]) -> QRectF | None:
        """Find the rectangle around the pixels of some entries of a plane's table."""
        document = self._session.document
        if document is None or key not in document.planes:
            return None
        plane = document.planes[key]
        wanted = np.zeros(max(len(plane.table), 256), np.bool_)
        wanted[list(entries)] = True
        inside = wanted[plane.indices]
        rows, cols = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
        if not len(rows):
            return None
        top, left = int(rows[0]), int(cols[0])
        return QRectF(left, top, int(cols[-1]) + 1 - left, int(rows[-1]) + 1 - top)

    def thumbnail(self, most_px: int) -> QImage | None:
        """Give the source with its masks small; None where nothing is open."""
        document, view = self._session.document, self._session.view
        rows, cols = self.size_rc
        if document is None or not rows or not cols:
            return None
        scale = max(1.0, max(rows, cols) / most_px)
        high, wide = max(1, round(rows / scale)), max(1, round(cols / scale))
        down, across = Axis(Fraction(high, rows)), Axis(Fraction(wide, cols))
        if isinstance(self._base, SourceLayer):
            picture = self._base.small(down, across, QRect(0, 0, wide, high))
        else:
            picture = QImage(wide, high, QImage.Format.Format_RGB32)
            picture.fill(QColor(128, 128, 128))
        if not view.has_overlay:
            return picture
        painter = QPainter(picture)
        for key, item in self._planes.items():
            plane = document.planes[key]
            if key in view.hidden_masks or plane.indices.shape != (rows, cols):
                continue
            numbers = down.indices(0, high), across.indices(0, wide)
            small = sample(plane.indices, *numbers)
            argb = premultiplied(item.look.table)[small]
            kind = QImage.Format.Format_ARGB32_Premultiplied
            painter.setOpacity(item.look.opacity)
            painter.drawImage(0, 0, QImage(argb.data, wide, high, 4 * wide, kind))
        painter.end()
        return picture

    def _clear(self) -> None:
        self._shapes.show_shapes(())
        for item in (self._base, *self._planes.values(), *self._outlines.values()):
            if item is not None:
                self._picture.remove(item)
        self._base, self._planes, self._outlines = None, {}, {}
        self._tables = {}

    def _add_planes(self) -> None:
        for item in (*self._planes.values(), *self._outlines.values()):
            self._picture.remove(item)
        self._planes, self._outlines = {}, {}
        document = self._session.document
        if document is None:
            return
        for z, key in enumerate(self._session.shown_masks(), start=1):
            item = self._planes[key] = PlaneLayer(document.planes[key], z)
            self._picture.add(item)

    def _size_without_image(self) -> tuple[int, int]:
        document = self._session.document
        if document is None:
            return (1, 1)
        for key in self._session.shown_masks():
            plane = document.planes[key]
            return (plane.rows, plane.cols)
        for source in document.frame.sources:
            is_shown = source.id == self._session.view.source
            if is_shown and source.width and source.height:
                return (int(source.height), int(source.width))
        return (600, 800)


def _source_sides(look: Look) -> Sides:
    left = 0.0 if look.compare == "masks" else 1.0
    right = 0.0 if look.compare in ("mask", "masks") else 1.0
    return Sides(left, right, look.divider)


def _mask_sides(look: Look, place: int, opacity: float) -> Sides:
    """Say how strongly a mask is drawn beside the divider; `place` counts from the lowest."""
    opaque = 1 / max(opacity, 1e-3)
    strengths = {
        "off": (1.0, 1.0),
        "source": (0.0, 1.0),
        "mask": (1.0, opaque),
        "masks": ((opaque, 0.0), (0.0, opaque))[place] if place < 2 else (0.0, 0.0),
    }
    return Sides(*strengths[look.compare], look.divider)
