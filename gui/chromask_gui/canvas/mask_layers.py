"""The layers of the masks: a plane in the colours of its look, and the outline of some of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from chromask.drawing.render import outline
from chromask.drawing.sampling import sample
from chromask_gui.canvas.mask_paint import BORDER_PX, MaskLook, is_one_of, pictures
from chromask_gui.canvas.picture import (
    Layer,
    draw_device_image,
    grown,
    indexed_image,
)
from chromask_gui.canvas.sides import Sides

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.pixels.plane import Indices, Plane
    from chromask.pixels.rect import Rect
    from chromask_gui.canvas.picture import Screen

INDEXED_COLORS = 256
"""As many colours an indexed QImage has; planes with more are looked up in numpy."""

OUTLINE_PX = 2
"""How far an outline reaches beyond the pixels that it is drawn around, in device pixels."""


def _image_rect(rect: Rect) -> QRectF:
    return QRectF(rect.col0, rect.row0, rect.col1 - rect.col0, rect.row1 - rect.row0)


class _Sample(NamedTuple):
    """Sampled indices, and what they were sampled of."""

    of: Indices
    screen: Screen
    rect: QRect
    found: Indices


class PlaneLayer(Layer):
    """A mask over the source: a plane's indices in the colours and lines of a look."""

    def __init__(self, plane: Plane, z: float) -> None:
        super().__init__(plane.rows, plane.cols, z)
        self.plane = plane
        none = np.zeros(len(plane.table), np.uint32)
        self.look = MaskLook(none, none.astype(np.int32))
        self._sides = Sides()
        self._sample: _Sample | None = None

    def set_look(self, plane: Plane, look: MaskLook, sides: Sides) -> None:
        """Show the plane in another look; what looks the same is not drawn again."""
        is_there = plane.indices is self.plane.indices and sides == self._sides
        recolored = look.recolored(self.look) if is_there else None
        self.plane, self.look, self._sides = plane, look, sides
        # Borders reach a few pixels of the screen beyond the pixels that changed.
        self.margin_px = 0.0 if look.is_plain else BORDER_PX + 2.0
        if recolored is None:
            self.update()
        elif recolored:
            self._update_entries(recolored)

    def _update_entries(self, entries: list[int]) -> None:
        """Have what is seen of some entries drawn again."""
        known = self._sample
        if known is None or known.rect != known.screen.place(self.rows, self.cols):
            self.update()
            return
        inside = is_one_of(known.found, entries, len(self.plane.table))
        x, y, wide, high = cv2.boundingRect(inside)
        if wide:
            at = known.rect.topLeft() + QPoint(x, y)
            rows, cols = known.screen.numbers(QRect(at, QSize(wide, high)))
            top, bottom = rows[[0, -1]].tolist()
            left, right = cols[[0, -1]].tolist()
            self.update(QRectF(left, top, right + 1 - left, bottom + 1 - top))

    def sampled(self, screen: Screen, rect: QRect) -> Indices:
        """Sample the indices in a rectangle of the canvas; the last ones are kept.

        Parameters
        ----------
        rect
            In device pixels, all of which show the plane: see `Screen.place`.
        """
        known, indices = self._sample, self.plane.indices
        if (
            known is None
            or known.of is not indices
            or known.screen is not screen
            or not known.rect.contains(rect)
        ):
            # At 1:1 what is sampled is a part of the plane: copied once, not per paint.
            found = np.ascontiguousarray(sample(indices, *screen.numbers(rect)))
            known = self._sample = _Sample(indices, screen, rect, found)
        x, y = rect.x() - known.rect.x(), rect.y() - known.rect.y()
        found = known.found[y : y + rect.height(), x : x + rect.width()]
        return np.ascontiguousarray(found)

    def show_pixels(
        self, plane: Plane, rect: Rect, rgb: npt.NDArray[np.uint8] | None = None
    ) -> None:
        """Draw a rectangle of the plane again, whose pixels changed.

        Parameters
        ----------
        rgb
            (n, 3) the display colours of the table, where it has grown.
        """
        self.plane, self._sample = plane, None
        known = len(self.look.table)
        if len(plane.table) > known:
            added = np.full((len(plane.table) - known, 4), 255, np.uint8)
            added[:, :3] = (plane.rgba()[:, :3] if rgb is None else rgb)[known:, ::-1]
            colors = added.view("<u4")[:, 0].astype(np.uint32)
            groups = np.arange(known, len(plane.table), dtype=np.int32)
            self.look = replace(
                self.look,
                table=np.concatenate((self.look.table, colors)),
                groups=np.concatenate((self.look.groups, groups + known)),
            )
        self.update(_image_rect(rect))

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        # Borders need it; else it is what the outline above takes of the same sample.
        around = OUTLINE_PX
        if not self.look.is_plain:
            around += round(2 * BORDER_PX * screen.ratio)
        part = screen.place(self.rows, self.cols) & grown(rect, around)
        if part.isEmpty():
            return
        for side, strength in self._sides.parts(screen, part):
            self._paint_side(painter, screen, side, strength)

    def _paint_side(
        self, painter: QPainter, screen: Screen, rect: QRect, strength: float
    ) -> None:
        look, sampled = self.look, self.sampled(screen, rect)
        rows, cols = sampled.shape[0], sampled.shape[1]
        is_small = len(look.table) <= INDEXED_COLORS and sampled.dtype == np.uint8
        if is_small and look.is_plain:
            # A value of a palette file beyond its palette stays transparent.
            image = indexed_image(sampled, look.table)
            painter.setOpacity(min(1.0, look.opacity * strength))
            draw_device_image(painter, image, screen, rect)
            return
        at = (rect.x(), rect.y())
        for picture, opacity in pictures(sampled, look, at, screen.ratio):
            image = QImage(
                picture.data,
                cols,
                rows,
                picture.strides[0],
                QImage.Format.Format_ARGB32_Premultiplied,
            )
            painter.setOpacity(min(1.0, opacity * strength))
            draw_device_image(painter, image, screen, rect)


class OutlineLayer(Layer):
    """The outline of some entries of a plane's table, in screen pixels of constant breadth."""

    margin_px = OUTLINE_PX

    def __init__(self, mask: PlaneLayer, entries: list[int], z: float) -> None:
        super().__init__(mask.rows, mask.cols, z)
        self._mask = mask
        self.entries = entries

    def show_pixels(self, rect: Rect) -> None:
        """Draw the outline again around a rectangle whose pixels changed."""
        self.update(_image_rect(rect))

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        part = screen.place(self.rows, self.cols) & grown(rect, OUTLINE_PX)
        if part.isEmpty():
            return
        sampled = self._mask.sampled(screen, part)
        inside = is_one_of(sampled, self.entries, len(self._mask.plane.table))
        x, y, cols, rows = cv2.boundingRect(inside)
        # The halo reaches a pixel beyond the shape.
        near = QRect(x - 1, y - 1, cols + 2, rows + 2).translated(part.topLeft())
        corner, part = part.topLeft(), part & near
        if not cols or part.isEmpty():
            return
        x, y = part.x() - corner.x(), part.y() - corner.y()
        inside = inside[y : y + part.height(), x : x + part.width()]
        line = outline(inside.view(np.bool_)).view(np.uint8)
        halo = cv2.dilate(line, np.ones((3, 3), np.uint8))
        # A white line in a dark halo is seen on every colour.
        colors = np.array([0, 0xB0000000, 0xFFFFFFFF], np.uint32)
        image = indexed_image(cv2.add(line, halo), colors)
        draw_device_image(painter, image, screen, part)
