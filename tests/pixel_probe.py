"""Looks at the real canvas device pixel by device pixel; started by test_exact_pixels.py.

A process of its own, since a screen's scale is fixed when Qt starts: ``QT_SCALE_FACTOR``.
What a device pixel has to show is worked out here with plain fractions, from what was asked
of the canvas.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from fractions import Fraction
from math import floor, lcm
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from chromask.media import Image
from chromask.pixels.plane import expand
from chromask_gui.app.hand import Hand
from chromask_gui.canvas.pointing import pointed_at
from chromask_gui.canvas.view import Canvas
from chromask_gui.runtime.garbage import collect_in_this_thread
from chromask_gui.runtime.jobs import Jobs
from chromask_gui.session.session import Session
from roi_scenes import make_document, plane_of
from scenes import roi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage

    Pixels = np.ndarray[Any, Any]

HALF = Fraction(1, 2)
KEY = "front/seg"
WHITE = (255, 255, 255)
PLACE = QPoint(11, 13)
"""Of the canvas in its window: between two device pixels at 125 %, 150 % and 175 %."""

SIZES_RC = [
    (1, 1),
    (7, 12),
    (90, 121),
    (301, 200),
    (256, 255),
    (3, 40_001),
    (33_000, 2),
]
CANVASES = [(240, 180), (241, 181), (333, 200), (160, 251)]
ZOOMS = [0.25, 0.3, 0.5, 0.8, 1.0, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 7.3, 16.0]
"""Those at which borders are hit exactly come first: a random zoom never does that."""


class Stand:
    """A canvas in a window, and what was asked of it."""

    def __init__(self, ratio: float, jobs: Jobs) -> None:
        self.ratio = Fraction(ratio)
        self.window = QWidget()
        self.session = Session(jobs)
        self.canvas = Canvas(self.session, self.window)
        self.canvas.move(PLACE)
        self.hand = Hand(self.canvas)
        self.center = (Fraction(0), Fraction(0))  # of the image, (x, y)
        self.values: Pixels = np.zeros((1, 1, 3), np.uint8)

    def resize(self, wide: int, high: int) -> None:
        self.canvas.resize(wide, high)
        self.window.resize(wide + 30, high + 30)
        self.window.show()
        QApplication.processEvents()

    def open(self, values: Pixels, source: Pixels) -> None:
        """Show a mask of those values, (rows, cols, 3), over a source."""
        document = make_document([roi(["brush"], WHITE)], {"seg": plane_of(values)})
        document.images["front"] = Image(source, "RGB", "front.png")
        self.session.show(document)
        quiet = {"palette": "stored", "has_grid": False, "has_minimap": False}
        look = replace(self.session.view.look, **quiet)
        self.session.set_view(opacity=1.0, has_outline=False, look=look)
        self.values = values

    def look_at(self, center: tuple[Fraction, Fraction], zoom: float) -> None:
        self.center = center
        self.canvas.box.look_at(QPointF(*map(float, center)), zoom)

    @property
    def zoom(self) -> Fraction:
        return Fraction(self.canvas.box.zoom)

    def line(self, axis: int) -> tuple[Fraction, Fraction]:
        """Where the middle of device pixel 0 is in the image, and how far it is to the next."""
        viewport, step = self.canvas.viewport(), 1 / Fraction(self.canvas.box.zoom)
        size = (viewport.width(), viewport.height())[axis] * self.ratio
        return self.center[axis] + (HALF - size / 2) * step, step

    def middles(self, axis: int, count: int) -> list[Fraction]:
        """Where the middles of device pixels are in the image; axis 0 is across."""
        start, step = self.line(axis)
        return [start + d * step for d in range(count)]

    def numbers(self, axis: int, count: int) -> Pixels:
        """Say in which pixels of the image the middles of device pixels are."""
        start, step = self.line(axis)
        # The same as floor(start + d * step), over one denominator: fractions are slow.
        unit = lcm(start.denominator, step.denominator)
        first, each = int(start * unit), int(step * unit)
        return np.array([(first + d * each) // unit for d in range(count)])

    def expected(self, rows: int, cols: int) -> Pixels:
        """What so many device pixels have to show of the mask; -1 is outside of it."""
        down, across = self.numbers(1, rows), self.numbers(0, cols)
        found = np.full((rows, cols, 3), -1)
        inside = np.ix_(
            (down >= 0) & (down < len(self.values)),
            (across >= 0) & (across < self.values.shape[1]),
        )
        down, across = (each[each >= 0] for each in (down, across))
        down = down[down < len(self.values)]
        across = across[across < self.values.shape[1]]
        found[inside] = self.values[np.ix_(down, across)]
        return found

    def grabbed(self) -> Pixels:
        return rgb_of(self.canvas.viewport().grab().toImage())

    def on_screen(self) -> Pixels:
        """What the screen shows of the canvas, of device pixels that are the canvas's alone."""
        QApplication.sendEvent(self.canvas, QEvent(QEvent.Type.Leave))
        QApplication.processEvents()
        window = self.window
        seen = rgb_of(window.screen().grabWindow(window.winId()).toImage())
        left, top = (floor(n * self.ratio + HALF) for n in PLACE.toTuple())
        viewport = self.canvas.viewport()
        right = floor((PLACE.x() + viewport.width()) * self.ratio)
        bottom = floor((PLACE.y() + viewport.height()) * self.ratio)
        return seen[top:bottom, left:right]

    def check(self, shown: Pixels, what: str) -> None:
        expected = self.expected(*shown.shape[:2])
        inside = expected >= 0
        wrong = (shown != expected) & inside
        if not inside.all():
            color = self.canvas.scene().palette().window().color()
            outside = np.array(color.getRgb()[:3])
            wrong |= (shown != outside) & ~inside
        row, col = np.argwhere(wrong.any(axis=2))[0] if wrong.any() else (0, 0)
        assert not wrong.any(), (
            f"{what}: {int(wrong.any(axis=2).sum())} device pixels, the first ({row}, "
            f"{col}) shows {shown[row, col]}, not {expected[row, col]}; zoom {self.zoom}, "
            f"center {self.center}, scale {self.ratio}, image {self.values.shape}"
        )


def rgb_of(image: QImage) -> Pixels:
    image = image.convertToFormat(image.Format.Format_RGB32)
    rows, cols = image.height(), image.width()
    bits = np.frombuffer(image.constBits(), np.uint8)
    return bits.reshape(rows, image.bytesPerLine() // 4, 4)[:, :cols, 2::-1].astype(int)


def encoded(rows: int, cols: int) -> Pixels:
    """Number the pixels from 1, as RGB."""
    numbers = np.arange(1, rows * cols + 1, dtype=np.uint32).reshape(rows, cols)
    return np.stack([numbers >> 16, numbers >> 8, numbers], axis=2).astype(np.uint8)


def gradient(rows: int, cols: int) -> Pixels:
    """Encode twice the row in red and twice the column in green: a mean is one of them too."""
    found = np.zeros((rows, cols, 3), np.uint8)
    found[..., 0] = 2 * np.arange(rows)[:, None]
    found[..., 1] = 2 * np.arange(cols)
    return found


def places(rng: random.Random, rows: int, cols: int) -> Iterator[tuple[Fraction, ...]]:
    """The middle of the image, whose parity decides, and any place in it and around it."""
    yield Fraction(cols, 2), Fraction(rows, 2)
    while True:
        yield tuple(Fraction(rng.randint(-side, 9 * side), 8) for side in (cols, rows))


def check_places(stand: Stand, rng: random.Random) -> None:
    """Image and mask show the same pixels, those of the fractions, wherever they are."""
    for rows, cols in SIZES_RC:
        encodes = encoded(rows, cols)
        stand.open(encodes, encodes)
        for step, center in zip(range(8), places(rng, rows, cols), strict=False):
            stand.resize(*rng.choice(CANVASES))
            zoom = rng.choice(ZOOMS) if rng.random() < 0.7 else rng.uniform(0.2, 20)
            stand.look_at((center[0], center[1]), zoom)
            assert stand.zoom == zoom or zoom < 1
            if stand.zoom.denominator == 1:
                # Then lines, which are drawn at fractions, meet the borders of pixels.
                assert all(
                    axis.offset.denominator == 1 for axis in stand.canvas.box.axes
                )
            stand.session.set_view(has_overlay=True)
            stand.check(stand.grabbed(), f"mask, step {step}")
            stand.session.set_view(has_overlay=False)
            if stand.zoom >= 1:
                stand.check(stand.grabbed(), f"source, step {step}")


def check_means(stand: Stand, _rng: random.Random) -> None:
    """Below 1:1 the source shows a mean around the middle of each device pixel."""
    rows, cols = 93, 127
    stand.resize(60, 51)
    stand.open(encoded(rows, cols), gradient(rows, cols))
    stand.session.set_view(has_overlay=False)
    for zoom in (0.24, 0.3, 0.5, 0.77, 0.99):
        stand.look_at((Fraction(cols, 2), Fraction(rows, 2)), zoom)
        assert stand.zoom == zoom
        shown = stand.grabbed()
        # At the image's edge half of what would be the mean is missing.
        edge = 1 / stand.zoom
        for axis, size in ((0, cols), (1, rows)):
            middles = stand.middles(axis, shown.shape[1 - axis])
            line = (
                shown[shown.shape[0] // 2]
                if axis == 0
                else shown[:, shown.shape[1] // 2]
            )
            channel = 1 - axis
            for at, color in zip(middles, line.tolist(), strict=True):
                if edge <= at <= size - edge:
                    # Two levels and the last step round by half a level each.
                    off = Fraction(color[channel], 2) + HALF - at
                    assert abs(off) <= 0.8, (stand.zoom, stand.ratio, float(at), color)


def check_pieces(stand: Stand, rng: random.Random) -> None:
    """What was painted piece by piece is what the fractions say, on the screen as well."""
    rows, cols = 91, 120
    stand.resize(241, 180)
    for zoom in (0.5, 1.0, 1.5, 2.0, rng.uniform(1, 4), 8.0):
        values = encoded(rows, cols)
        stand.open(values, values)
        stand.session.select(0)
        options = stand.session.view.options
        stand.session.set_view(tool="brush", options=type(options)(size=7.0))
        # Off the borders, but for whole zooms: moves are rounded, and there must not matter.
        off = 0 if float(zoom).is_integer() else Fraction(3, 16)
        stand.look_at((Fraction(cols, 2) + off, Fraction(rows, 2) + off), zoom)
        document = stand.session.document
        assert document is not None
        for step in range(6):
            x, y = (rng.uniform(0.3, 0.7) * side for side in (cols, rows))
            stand.hand.draw((x, y), (x + 9, y - 5), steps=6)
            stand.hand.release(x + 9, y - 5)
            if step == 3:
                stand.session.undo()
            if step % 2:
                way = QPointF(1, -1) / float(stand.ratio)
                stand.canvas.box.pan_by(way)
                cx, cy = stand.center
                stand.center = cx - 1 / stand.zoom, cy + 1 / stand.zoom
            stand.values = expand(document.planes[KEY], 0, rows)
            stand.check(stand.on_screen(), f"screen, step {step}")
            stand.check(stand.grabbed(), f"grab, step {step}")
        assert (stand.values == 255).all(axis=2).any()


def send(canvas: Canvas, kind: QEvent.Type, place: QPointF) -> None:
    """Send a mouse event at a position in the viewport, as a real mouse has it."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    is_move = kind == QEvent.Type.MouseMove
    button, held = (none, none) if is_move else (left, left)
    at = QPointF(canvas.viewport().mapToGlobal(place))
    event = QMouseEvent(kind, place, at, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas.viewport(), event)


def check_sizes(stand: Stand, _rng: random.Random) -> None:
    """A window that is resized in many steps shows what it would at once, and comes back."""
    stand.resize(240, 180)
    values = encoded(41, 60)
    stand.open(values, values)
    for zoom in (1.0, 1.3):
        stand.look_at((Fraction(41, 2), Fraction(17)), zoom)
        before = stand.grabbed()
        for step in (*range(40), *range(40, -1, -1)):
            stand.canvas.resize(240 + step, 180 + step)
        stand.check(stand.grabbed(), "resized")
        assert np.array_equal(stand.grabbed(), before)


def check_pointer(stand: Stand, rng: random.Random) -> None:
    """The pointer is on the pixel that is seen under it, and paints and zooms in there."""
    rows, cols = 61, 80
    canvas, pointed = stand.canvas, list[tuple[int, int] | None]()
    canvas.pointed.connect(pointed.append)
    stand.resize(241, 180)
    left, top = (floor(n * stand.ratio + HALF) for n in PLACE.toTuple())
    document = None
    for zoom in (0.6, 1.0, 1.5, rng.uniform(1, 3), 3.0):
        values = encoded(rows, cols)
        stand.open(values, values)
        document = stand.session.document
        assert document is not None
        stand.session.select(0)
        options = stand.session.view.options
        stand.session.set_view(tool="brush", options=type(options)(size=1.0))
        for _ in range(6):
            stand.look_at((Fraction(cols, 2), Fraction(rows, 2)), zoom)
            down, across = stand.numbers(1, 200), stand.numbers(0, 260)
            y = rng.choice(np.flatnonzero((down >= 0) & (down < rows)).tolist())
            x = rng.choice(np.flatnonzero((across >= 0) & (across < cols)).tolist())
            seen = int(down[y]), int(across[x])
            place = QPointF(
                float((x + left) / stand.ratio - PLACE.x()),
                float((y + top) / stand.ratio - PLACE.y()),
            )
            send(canvas, QEvent.Type.MouseMove, place)
            assert pointed[-1] == seen, (pointed[-1], seen, zoom, stand.ratio)
            before = expand(document.planes[KEY], 0, rows)
            send(canvas, QEvent.Type.MouseButtonPress, place)
            send(canvas, QEvent.Type.MouseButtonRelease, place)
            after = expand(document.planes[KEY], 0, rows)
            changed = (before != after).any(axis=2)
            changed[seen] = True  # it may have been painted before
            assert after[seen].tolist() == list(WHITE)
            middles = stand.middles(1, 200)[y], stand.middles(0, 260)[x]
            if any(abs(each - round(each)) < Fraction(1, 1000) for each in middles):
                continue  # on a border: either side is right to zoom and to paint at
            assert np.argwhere(changed).tolist() == [list(seen)]
            for factor in (1.25, 1.6, 1.7):
                canvas.zoom_by(factor, pointed_at(canvas, place))
                send(canvas, QEvent.Type.MouseMove, place)
                assert pointed[-1] == seen, (pointed[-1], seen, canvas.box.zoom)


def main(seed: int) -> None:
    """Check all of it on a screen of the scale that the environment names."""
    app = QApplication.instance() or QApplication([])
    collector = collect_in_this_thread()
    jobs = Jobs()
    ratio = QApplication.primaryScreen().devicePixelRatio()
    rng = random.Random(seed)
    for check in (check_places, check_means, check_pieces, check_sizes, check_pointer):
        stand = Stand(ratio, jobs)
        check(stand, rng)
        stand.session.show(None)
        stand.window.close()
        stand.window.deleteLater()
        app.processEvents()
    jobs.shut_down()
    del collector
    sys.stdout.write(f"exact at {ratio}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
