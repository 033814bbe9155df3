"""The canvas: shows the session's document, follows its changes, and tells what is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from chromask.media import to_8bit
from chromask.render import Display, color_table
from chromask_gui.canvas.items import (
    OutlineItem,
    PlaceholderItem,
    PlaneItem,
    SourceItem,
)
from chromask_gui.canvas.navigation import WHEEL_STEP, ImageBox, PanGesture

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from chromask.change import Change
    from chromask_gui.session import Session
    from chromask_gui.view_state import ViewState

ABOVE_MASKS = 1000
"""The z value of what lies over every mask."""


class Canvas(pg.GraphicsView):
    """The view of the source image with its masks.

    Signals
    -------
    pointed(tuple | None)
        The image pixel (row, col) under the pointer, or None outside the image.
    zoomed(float)
        Device pixels per image pixel.
    """

    pointed = Signal(object)
    zoomed = Signal(float)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The theme paints what lies around the image.
        self.setBackground(None)
        self.session = session
        self.box = ImageBox()
        self.setCentralItem(self.box)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Image with masks"))
        self.size_rc = (0, 0)
        self._base: SourceItem | PlaceholderItem | None = None
        self._planes: dict[str, PlaneItem] = {}
        self._outlines: list[OutlineItem] = []
        self._gesture = PanGesture(self.box)
        self._is_space_held = False
        self._is_fitted = True
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._on_session_changed)
        session.view_changed.connect(self._on_session_view_changed)
        self.box.sigRangeChanged.connect(lambda: self.zoomed.emit(self.box.zoom))

    # -- showing

    def _on_session_document_opened(self) -> None:
        for item in (self._base, *self._planes.values(), *self._outlines):
            if item is not None:
                self.box.removeItem(item)
        self._base, self._planes, self._outlines = None, {}, []
        if self.session.document is not None:
            self._build()
            self.fit()

    def _build(self) -> None:
        document, source = self.session.document, self.session.view.source
        if document is None:
            return
        image = document.images.get(source or "")
        keys = self._visible_keys()
        if image is not None:
            pixels = to_8bit(image)
            self._base = SourceItem(pixels[..., :3] if pixels.ndim == 3 else pixels)
        else:
            self._base = PlaceholderItem(
                *self._size_without_image(keys),
                self.tr("The source cannot be read.\nProblems says why."),
                self.palette().placeholderText().color(),
            )
        self.size_rc = (self._base.rows, self._base.cols)
        self.box.set_image_size(*self.size_rc)
        self.box.addItem(self._base, ignoreBounds=True)
        for z, key in enumerate(keys, start=1):
            item = self._planes[key] = PlaneItem(document.planes[key])
            item.setZValue(z)
            self.box.addItem(item, ignoreBounds=True)
        self._update_looks()
        self._update_outlines()

    def _visible_keys(self) -> list[str]:
        """List the readable masks of the shown source, the lowest first."""
        document = self.session.document
        if document is None:
            return []
        return [
            ref.key
            for ref in document.frame.masks()
            if ref.source.id == self.session.view.source and ref.key in document.planes
        ]

    def _size_without_image(self, keys: list[str]) -> tuple[int, int]:
        document = self.session.document
        if document is None:
            return (1, 1)
        for key in keys:
            return document.planes[key].indices.shape
        for source in document.frame.sources:
            if source.id == self.session.view.source and source.width and source.height:
                return (int(source.height), int(source.width))
        return (600, 800)

    def _display(self) -> Display:
        view = self.session.view
        return Display(view.opacity, view.hidden_rois, view.hidden_masks)

    def _update_looks(self) -> None:
        document, view = self.session.document, self.session.view
        if document is None:
            return
        display = self._display()
        for key, item in self._planes.items():
            plane = document.planes[key]
            table = color_table(key, plane, self.session.census, display)
            item.set_look(plane, table, view.opacity)
            item.setVisible(view.has_overlay and key not in view.hidden_masks)

    def _update_outlines(self) -> None:
        for item in self._outlines:
            self.box.removeItem(item)
        self._outlines = []
        document, view = self.session.document, self.session.view
        if document is None or not view.has_outline:
            return
        entries: dict[str, list[int]] = {}
        for index in view.selected:
            for key, found in self.session.census.rois[index].indices.items():
                entries.setdefault(key, []).extend(found.tolist())
        if view.highlight is not None:
            entries.setdefault(view.highlight[0], []).extend(view.highlight[1])
        for key, found in entries.items():
            if key in self._planes and found:
                item = OutlineItem(document.planes[key], np.array(found, np.intp))
                item.setZValue(ABOVE_MASKS)
                self.box.addItem(item, ignoreBounds=True)
                self._outlines.append(item)

    def _on_session_changed(self, _change: Change) -> None:
        self._update_looks()
        self._update_outlines()

    def _on_session_view_changed(self, before: ViewState) -> None:
        view = self.session.view
        if view.source != before.source:
            self._on_session_document_opened()
            return
        self._update_looks()
        if (view.selected, view.highlight, view.has_outline) != (
            before.selected,
            before.highlight,
            before.has_outline,
        ):
            self._update_outlines()

    # -- zooming

    def fit(self) -> None:
        """Show the whole image."""
        self.box.fit()
        self._is_fitted = True

    def one_to_one(self) -> None:
        """Show one pixel of the image as one of the screen."""
        self.box.look_at(self.box.viewRect().center(), 1.0)
        self._is_fitted = False

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around an image point (x, y), or around the middle."""
        self.box.zoom_by(factor, at)
        self._is_fitted = False

    def show_entries(self, key: str, entries: tuple[int, ...]) -> None:
        """Zoom to the pixels of some entries of a plane's table."""
        document = self.session.document
        if document is None or key not in document.planes:
            return
        plane = document.planes[key]
        wanted = np.zeros(max(len(plane.table), int(plane.indices.max()) + 1), np.bool_)
        wanted[list(entries)] = True
        inside = wanted[plane.indices]
        rows, cols = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
        if len(rows):
            top, left = int(rows[0]), int(cols[0])
            height, width = int(rows[-1]) + 1 - top, int(cols[-1]) + 1 - left
            self.box.show_rect(QRectF(left, top, width, height))
            self._is_fitted = False

    # -- pointing

    def image_point(self, position: QPointF) -> QPointF:
        """Turn a position in the viewport into image coordinates (x, y)."""
        return self.box.mapSceneToView(self.mapToScene(position.toPoint()))

    def pixel_at(self, position: QPointF) -> tuple[int, int] | None:
        """Find the image pixel (row, col) at a position in the viewport."""
        point = self.image_point(position)
        row, col = int(np.floor(point.y())), int(np.floor(point.x()))
        inside = 0 <= row < self.size_rc[0] and 0 <= col < self.size_rc[1]
        return (row, col) if inside else None

    def entry_at(self, pixel: tuple[int, int]) -> tuple[str, int] | None:
        """Find the topmost drawn mask value at a pixel: (mask key, table entry)."""
        found: tuple[str, int] | None = None
        document = self.session.document
        for key, item in self._planes.items():
            if document is None or not item.isVisible():
                continue
            indices = document.planes[key].indices
            if pixel[0] < indices.shape[0] and pixel[1] < indices.shape[1]:
                entry = int(indices[pixel])
                if found is None or item.table[entry]:
                    found = (key, entry)
        return found

    def _select_at(self, position: QPointF, *, adds: bool) -> None:
        pixel = self.pixel_at(position)
        hit = self.entry_at(pixel) if pixel else None
        owner = int(self.session.census.owners[hit[0]][hit[1]]) if hit else -1
        selected = self.session.view.selected
        if owner < 0:
            if not adds:
                self.session.select()
        elif adds and owner in selected:
            self.session.select(*(index for index in selected if index != owner))
        else:
            self.session.select(*(selected if adds else ()), owner)

    # -- events

    def wheelEvent(self, ev: QWheelEvent) -> None:
        notches = ev.angleDelta().y() / 120
        if notches and self.session.document is not None:
            self.zoom_by(WHEEL_STEP**notches, self.image_point(ev.position()))
        ev.accept()

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if ev.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._gesture.press(ev.position(), ev.button())
        ev.accept()

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        if self._gesture.move(ev.position()):
            self._is_fitted = False
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.pointed.emit(self.pixel_at(ev.position()))
        ev.accept()

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        was_left = self._gesture.button == Qt.MouseButton.LeftButton
        if self._gesture.release() and was_left and not self._is_space_held:
            modifiers = ev.modifiers()
            keys = (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            )
            self._select_at(ev.position(), adds=bool(modifiers & keys))
        self.viewport().setCursor(self._idle_cursor())
        ev.accept()

    def mouseDoubleClickEvent(self, ev: QMouseEvent) -> None:
        self.mousePressEvent(ev)

    def leaveEvent(self, ev: object) -> None:
        self.pointed.emit(None)
        super().leaveEvent(ev)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        if ev.key() == Qt.Key.Key_Space and not ev.isAutoRepeat():
            self._is_space_held = True
            self.viewport().setCursor(self._idle_cursor())
            ev.accept()
        else:
            ev.ignore()

    def keyReleaseEvent(self, ev: QKeyEvent) -> None:
        if ev.key() == Qt.Key.Key_Space and not ev.isAutoRepeat():
            self._is_space_held = False
            self.viewport().setCursor(self._idle_cursor())
            ev.accept()
        else:
            ev.ignore()

    def resizeEvent(self, ev: QResizeEvent | None) -> None:
        # pyqtgraph's constructor calls this with None, before there is a box.
        if ev is None or self.session.document is None:
            super().resizeEvent(ev)
            return
        center, zoom = self.box.viewRect().center(), self.box.zoom
        super().resizeEvent(ev)
        if self._is_fitted:
            self.fit()
        else:
            self.box.look_at(center, zoom)

    def _idle_cursor(self) -> Qt.CursorShape:
        if self._is_space_held:
            return Qt.CursorShape.OpenHandCursor
        return Qt.CursorShape.ArrowCursor
