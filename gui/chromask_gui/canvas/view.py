"""The canvas: zoom, pan, and the pointer's way to the current tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTabletEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from chromask_gui.canvas.layers import ABOVE_MASKS, Layers
from chromask_gui.canvas.marks import MarksItem
from chromask_gui.canvas.navigation import WHEEL_STEP, ImageBox, PanGesture
from chromask_gui.canvas.overlays import Overlays
from chromask_gui.canvas.peek import Blinker, Peek
from chromask_gui.canvas.picture import Picture
from chromask_gui.canvas.pointing import pointed_at, read_pointer
from chromask_gui.shortcuts.filters import WidgetKeyFilter
from chromask_gui.tools import TOOLS

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QRect
    from PySide6.QtGui import (
        QMouseEvent,
        QPainter,
        QResizeEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

    from chromask.document.change import Change
    from chromask_gui.session.session import Session
    from chromask_gui.session.view_state import ViewState
    from chromask_gui.tools.tool import Pointer, Tool

TOOL_KEYS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Backspace,
)
"""The keys that a tool hears before the window's shortcuts do, while it is busy."""

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class Canvas(QGraphicsView):
    """The view of the source image with its masks.

    Signals
    -------
    pointed(tuple | None)
        The image pixel (row, col) under the pointer, or None outside the image.
    zoomed(float)
        Device pixels per image pixel.
    resize_requested(float)
        The wheel turned with Ctrl and Shift held, by so many notches: a larger brush.
    """

    pointed = Signal(object)
    zoomed = Signal(float)
    resize_requested = Signal(float)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = plain_scene(self)
        self.session = session
        self.box = ImageBox(self)
        self._scene.addItem(self.box)
        picture = self._scene.picture = Picture(self, self.box)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Image with masks"))
        self.layers = Layers(session, self.box, picture)
        self.tools = {name: make(session) for name, make in TOOLS.items()}
        for tool in self.tools.values():
            tool.redraw = self._show_marks
        self._marks = MarksItem()
        self._marks.setZValue(2 * ABOVE_MASKS)
        self.box.add(self._marks)
        self._gesture = PanGesture(self.box)
        self.peek = Peek(session, self)
        self.blinker = Blinker(session, self.layers, self)
        self._is_space_held = False
        self._is_pen_down = False
        self._pointed: Pointer | None = None
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._on_session_changed)
        session.view_changed.connect(self._on_session_view_changed)
        self.box.moved.connect(lambda: self.zoomed.emit(self.box.zoom))
        self.overlays = Overlays(session, self.layers, self.box, picture)
        self.viewport().installEventFilter(self)
        WidgetKeyFilter(self, self._keeps)

    @property
    def tool(self) -> Tool:
        """The current tool."""
        return self.tools[self.session.view.tool]

    # -- what the session tells

    def _on_session_document_opened(self) -> None:
        self.tool.cancel()
        self.layers.build()
        if self.session.document is not None and not self.session.stays_put:
            self.fit()

    def _on_session_changed(self, change: Change) -> None:
        self.layers.apply(change)
        self._show_marks()

    def _on_session_view_changed(self, before: ViewState) -> None:
        view = self.session.view
        if (view.tool, view.source) != (before.tool, before.source):
            self.tools[before.tool].cancel()
            self.tools[before.tool].hover(None)
            self._update_cursor()
        if view.options != before.options and self._pointed is not None:
            self.tool.hover(self._pointed)
        self._show_marks()
        self.layers.follow_view(before)

    # -- zooming

    def fit(self) -> None:
        """Show the whole image."""
        self.box.fit()

    def one_to_one(self) -> None:
        """Show one pixel of the image as one of the screen."""
        self.box.look_at(self.box.center, 1.0)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around an image point (x, y), or around the middle."""
        self.box.zoom_by(factor, at)

    def show_part(self, bounds: QRectF | None) -> None:
        """Zoom to a rectangle of the image, e.g. `Layers.bounds`; None stays."""
        if bounds is not None:
            self.box.show_rect(bounds)

    # -- pointing

    def image_point(self, position: QPointF) -> QPointF:
        """Turn a position in the viewport into image coordinates (x, y)."""
        return self.box.mapFromScene(
            self.viewportTransform().inverted()[0].map(position)
        )

    def _show_marks(self) -> None:
        self._marks.show_marks(self.tool.marks)

    # -- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear a pen before Qt turns it into a mouse: a pen has pressure."""
        is_other_screen = event.type() == QEvent.Type.DevicePixelRatioChange
        if is_other_screen and self.session.document is not None:
            self.box.stay()
        return isinstance(event, QTabletEvent) and self._hear_pen(event)

    def _hear_pen(self, ev: QTabletEvent) -> bool:
        """Tell the tool of a pen that paints; all else stays a mouse's work."""
        kind = ev.type()
        if kind == QEvent.Type.TabletPress and ev.button() == LEFT:
            if self._is_space_held or self.tool.drags_image:
                return False
            self._is_pen_down = True
            self.mousePressEvent(ev)
        elif kind == QEvent.Type.TabletMove and self._is_pen_down:
            self.mouseMoveEvent(ev)
        elif kind == QEvent.Type.TabletRelease and self._is_pen_down:
            self._is_pen_down = False
            self.mouseReleaseEvent(ev)
        else:
            return False
        return True

    def wheelEvent(self, ev: QWheelEvent) -> None:
        delta = ev.angleDelta()
        notches = delta.y() / 120
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if ev.modifiers() & held == held:
            # Some systems turn the wheel sideways while Shift or Alt is held.
            self.resize_requested.emit((delta.y() or delta.x()) / 120)
        elif notches and self.session.document is not None:
            self.zoom_by(WHEEL_STEP**notches, pointed_at(self, ev.position()))
        ev.accept()

    def mousePressEvent(self, ev: QMouseEvent | QTabletEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        moves = self._is_space_held or self.tool.drags_image
        if ev.button() == MIDDLE or (ev.button() == LEFT and moves):
            self._gesture.press(ev.position(), ev.button())
        elif ev.button() == LEFT and self.session.document is not None:
            self.tool.press(read_pointer(self, ev))
            self._show_marks()
        ev.accept()

    def mouseMoveEvent(self, ev: QMouseEvent | QTabletEvent) -> None:
        pointer = self._pointed = read_pointer(self, ev)
        if self._gesture.is_active:
            if self._gesture.move(ev.position()):
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self.session.document is not None:
            tell = self.tool.drag if ev.buttons() & LEFT else self.tool.hover
            tell(pointer)
            self._show_marks()
        row, col = pointer.pixel
        rows, cols = self.layers.size_rc
        inside = 0 <= row < rows and 0 <= col < cols
        self.pointed.emit((row, col) if inside else None)
        ev.accept()

    def mouseReleaseEvent(self, ev: QMouseEvent | QTabletEvent) -> None:
        if self._gesture.is_active:
            was_left = self._gesture.button == LEFT
            if self._gesture.release() and was_left and not self._is_space_held:
                self.tool.press(read_pointer(self, ev))
        elif ev.button() == LEFT and self.session.document is not None:
            self.tool.release(read_pointer(self, ev))
        self._show_marks()
        self._update_cursor()
        ev.accept()

    def mouseDoubleClickEvent(self, ev: QMouseEvent) -> None:
        if ev.button() == LEFT and not self.tool.drags_image:
            self.tool.double_click(read_pointer(self, ev))
            self._show_marks()
            ev.accept()
        else:
            self.mousePressEvent(ev)

    def leaveEvent(self, ev: QEvent) -> None:
        self._pointed = None
        self.pointed.emit(None)
        self.tool.hover(None)
        self._show_marks()
        super().leaveEvent(ev)

    def _keeps(self, ev: QKeyEvent) -> bool:
        """Tell whether a key ends or changes the gesture that goes on."""
        return ev.key() in TOOL_KEYS and self.tool.is_busy

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Escape: self.tool.cancel,
            Qt.Key.Key_Return: self.tool.finish,
            Qt.Key.Key_Enter: self.tool.finish,
            Qt.Key.Key_Backspace: self.tool.step_back,
            Qt.Key.Key_Delete: self.tool.delete,
        }
        if ev.key() == Qt.Key.Key_Space:
            self._hold_space(held=True)
            ev.accept()
        elif ev.key() in ways and ways[Qt.Key(ev.key())]():
            self._show_marks()
            ev.accept()
        else:
            ev.ignore()

    def keyReleaseEvent(self, ev: QKeyEvent) -> None:
        if ev.key() == Qt.Key.Key_Space and not ev.isAutoRepeat():
            self._hold_space(held=False)
            ev.accept()
        else:
            ev.ignore()

    def resizeEvent(self, ev: QResizeEvent) -> None:
        size = ev.size()
        self._scene.setSceneRect(QRectF(0, 0, size.width(), size.height()))
        self.box.set_view_size(size.width(), size.height())
        super().resizeEvent(ev)
        if self.session.document is not None:
            self.box.stay()

    def _hold_space(self, *, held: bool) -> None:
        self._is_space_held = held
        self._update_cursor()

    def _update_cursor(self) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._is_space_held:
            shape = Qt.CursorShape.OpenHandCursor
        elif not self.tool.drags_image:
            shape = Qt.CursorShape.CrossCursor
        self.viewport().setCursor(shape)


class _Scene(QGraphicsScene):
    """What moves over the picture; what lies around the image is as the theme has it."""

    picture: Picture

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        self.picture.draw(painter, rect, self.palette().window().color())


def plain_scene(view: QGraphicsView) -> _Scene:
    """Give a view its scene; scrolling, scaling and the ground are the box's and the theme's."""
    scene = _Scene(view)
    # A handful of items, all of which move with each zoom.
    scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    view.setScene(scene)
    view.setFrameShape(QFrame.Shape.NoFrame)
    # A region in pieces would have Qt copy the kept picture row by row of each piece.
    view.setViewportUpdateMode(
        QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate
    )
    # What stands behind need not be painted with each change: the ground covers it.
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    view.setHorizontalScrollBarPolicy(never)
    view.setVerticalScrollBarPolicy(never)
    return scene
