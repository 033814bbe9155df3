"""The kept picture of the canvas: what is drawn anew, and what is only shown again."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QWidget

from chromask_gui.app.hand import Hand
from chromask_gui.canvas.mask_layers import OutlineLayer, PlaneLayer
from chromask_gui.canvas.mask_paint import looked_up
from chromask_gui.canvas.navigation import ImageBox
from chromask_gui.canvas.picture import Layer, Picture
from chromask_gui.look.theme import apply_theme
from roi_scenes import plane_of
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.canvas.picture import Screen
    from chromask_gui.look.theme import Scheme
    from chromask_gui.window.main_window import MainWindow

    Run = Callable[..., int]

GROUND, RED, GREEN = QColor(40, 40, 40), QColor(255, 0, 0), QColor(0, 255, 0)
WIDE, HIGH = 120, 90


class Sheet(Layer):
    """Fills its rows and columns with one colour, and remembers what it was asked for."""

    def __init__(self, rows: int, cols: int, color: QColor, z: float = 0) -> None:
        super().__init__(rows, cols, z)
        self.color = color
        self.drawn: list[QRect] = []
        self.is_solid = False

    def covers(self, screen: Screen, rect: QRect) -> bool:
        del screen, rect
        return self.is_solid

    def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
        del screen
        self.drawn.append(rect)
        painter.fillRect(self.bounds, self.color)


class Stand:
    """A picture over a box at twice the size, and what it shows."""

    def __init__(self, qtbot: QtBot) -> None:
        self.view = QGraphicsView()
        qtbot.addWidget(self.view)
        self.view.setFixedSize(WIDE, HIGH)
        self.view.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.box = ImageBox(self.view)
        self.scene = QGraphicsScene(self.view)
        self.scene.addItem(self.box)
        self.view.setScene(self.scene)
        self.picture = Picture(self.view, self.box)
        self.box.set_view_size(WIDE, HIGH)
        self.box.set_image_size(20, 30)
        self.box.look_at(QRectF(0, 0, 30, 20).center(), 2.0)

    def shown(self, rect: QRectF | None = None, ground: QColor = GROUND) -> QImage:
        """Give what it shows; where it is not asked for it stays white."""
        image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        self.picture.draw(painter, rect or QRectF(0, 0, WIDE, HIGH), ground)
        painter.end()
        return image


@pytest.fixture
def stand(qtbot: QtBot) -> Stand:
    return Stand(qtbot)


# The image of 30 x 20 pixels lies around the middle, twice as large.
LEFT, TOP = 30, 25


def test_that_a_layer_is_drawn_once_and_then_shown_again(stand: Stand) -> None:
    sheet = Sheet(20, 30, RED)
    stand.picture.add(sheet)
    first = stand.shown()
    again = stand.shown(QRectF(30, 25, 10, 10))

    assert len(sheet.drawn) == 1
    assert first.pixelColor(LEFT, TOP) == RED
    assert first.pixelColor(LEFT - 1, TOP) == GROUND
    assert first.pixelColor(LEFT + 59, TOP + 39) == RED
    assert again.pixelColor(LEFT + 9, TOP + 9) == RED
    assert again.pixelColor(LEFT + 10, TOP) == QColor("white")


def test_that_what_changed_is_drawn_and_nothing_else(stand: Stand) -> None:
    below, above = Sheet(20, 30, RED), Sheet(10, 10, GREEN, z=1)
    stand.picture.add(above)
    stand.picture.add(below)
    stand.shown()
    above.color = below.color = QColor(0, 0, 255)
    below.update(QRectF(5, 5, 3, 2))
    shown = stand.shown()

    rect = below.drawn[-1]
    assert above.drawn[-1] == rect
    assert rect.contains(QRect(LEFT + 10, TOP + 10, 6, 4))
    assert rect.width() <= 6 + 4
    assert rect.height() <= 4 + 4
    assert shown.pixelColor(LEFT + 12, TOP + 12) == QColor(0, 0, 255)
    assert shown.pixelColor(LEFT, TOP) == GREEN
    assert shown.pixelColor(LEFT + 40, TOP + 30) == RED


def test_that_two_changes_before_a_paint_are_both_drawn(stand: Stand) -> None:
    sheet = Sheet(20, 30, RED)
    stand.picture.add(sheet)
    stand.shown()
    sheet.color = GREEN
    sheet.update(QRectF(0, 0, 2, 2))
    sheet.update(QRectF(28, 18, 2, 2))
    shown = stand.shown()

    assert shown.pixelColor(LEFT + 1, TOP + 1) == GREEN
    assert shown.pixelColor(LEFT + 58, TOP + 38) == GREEN


def test_that_the_margin_of_a_layer_is_drawn_with_it(stand: Stand) -> None:
    sheet = Sheet(20, 30, RED)
    sheet.margin_px = 7
    stand.picture.add(sheet)
    stand.shown()
    sheet.update(QRectF(10, 10, 1, 1))
    stand.shown()
    near = QRect(LEFT + 20 - 7, TOP + 20 - 7, 2 + 14, 2 + 14)
    assert sheet.drawn[-1].contains(near)


def test_that_the_order_of_layers_is_their_height(stand: Stand) -> None:
    stand.picture.add(Sheet(20, 30, GREEN, z=2))
    stand.picture.add(Sheet(20, 30, RED, z=1))
    assert stand.shown().pixelColor(LEFT, TOP) == GREEN


def test_that_a_hidden_layer_is_gone_and_comes_back(stand: Stand) -> None:
    sheet = Sheet(20, 30, RED)
    stand.picture.add(sheet)
    stand.shown()
    for is_visible, color in ((False, GROUND), (True, RED)):
        sheet.set_visible(is_visible=is_visible)
        assert stand.shown().pixelColor(LEFT, TOP) == color
    sheet.set_visible(is_visible=False)
    stand.shown()
    count = len(sheet.drawn)
    sheet.update()
    stand.shown()
    assert len(sheet.drawn) == count
    sheet.set_visible(is_visible=True)
    stand.picture.remove(sheet)
    assert stand.shown().pixelColor(LEFT, TOP) == GROUND
    sheet.update()
    assert stand.shown().pixelColor(LEFT, TOP) == GROUND


def test_that_another_zoom_ground_or_size_draws_all_anew(stand: Stand) -> None:
    stand.picture.add(Sheet(20, 30, RED))
    stand.shown()
    assert stand.shown(ground=GREEN).pixelColor(0, 0) == GREEN
    stand.box.look_at(QRectF(0, 0, 30, 20).center(), 1.0)
    shown = stand.shown(ground=GREEN)
    assert shown.pixelColor(LEFT, TOP) == GREEN
    assert shown.pixelColor(WIDE // 2 - 15, HIGH // 2 - 10) == RED
    stand.view.viewport().resize(WIDE // 2, HIGH)
    assert stand.shown().pixelColor(WIDE // 2, 0) == QColor("white")


def test_that_the_ground_is_not_painted_under_what_covers_it(stand: Stand) -> None:
    sheet = Sheet(20, 30, QColor(255, 0, 0, 100))
    stand.picture.add(sheet)
    stand.shown()
    sheet.is_solid = True
    sheet.update()
    twice = stand.shown().pixelColor(LEFT, TOP)
    sheet.is_solid = False
    sheet.update()
    once = stand.shown().pixelColor(LEFT, TOP)
    assert twice.red() > once.red() > GROUND.red()


def test_that_a_layer_that_fails_leaves_the_picture_alive(stand: Stand) -> None:
    class Broken(Sheet):
        def draw(self, painter: QPainter, screen: Screen, rect: QRect) -> None:
            raise RuntimeError(str(rect))

    broken = Broken(20, 30, RED, z=1)
    stand.picture.add(Sheet(20, 30, GREEN))
    stand.picture.add(broken)
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    with pytest.raises(RuntimeError):
        stand.picture.draw(painter, QRectF(0, 0, WIDE, HIGH), GROUND)
    painter.end()
    stand.picture.remove(broken)
    assert stand.shown().pixelColor(LEFT, TOP) == GREEN


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.uint32])
@pytest.mark.parametrize("entries", [3, 256, 1000, 70_000])
@pytest.mark.parametrize("side", [7, 300])
def test_that_a_look_up_gives_the_table_s_values(
    kind: type[np.integer[Any]], entries: int, side: int
) -> None:
    rng = np.random.default_rng(entries)
    most = min(entries, int(np.iinfo(kind).max) + 1)
    sampled = rng.integers(0, most, (side, side)).astype(kind)
    for dtype in (np.uint8, np.uint32):
        table = rng.integers(0, np.iinfo(dtype).max, entries).astype(dtype)
        expected = [[table[n] for n in row] for row in sampled.tolist()]
        found = looked_up(table, sampled)
        assert found.dtype == dtype
        assert np.array_equal(found, np.array(expected))


@pytest.mark.parametrize("outlined", [(), (2,), (0, 3), (1, 2, 4), (0, 1, 3, 4, 5)])
def test_that_the_entries_of_an_outline_are_outlined_and_no_others(
    stand: Stand, outlined: tuple[int, ...]
) -> None:
    """Six blocks of a colour each; those that are outlined have a white line inside."""
    pixels = np.zeros((20, 30, 3), np.uint8)
    for block in range(6):
        pixels[4:16, 5 * block + 1 : 5 * block + 4] = 10 + block
    plane = plane_of(pixels)
    entries = [int(plane.indices[8, 5 * block + 2]) for block in range(6)]
    mask = PlaneLayer(plane, z=1)
    stand.picture.add(mask)
    mine = [entries[block] for block in outlined]
    stand.picture.add(OutlineLayer(mask, mine, z=2))

    shown = stand.shown()

    lefts = [LEFT + 2 * (5 * block + 1) for block in range(6)]
    white = [shown.pixelColor(x, TOP + 20) == QColor("white") for x in lefts]
    assert [block for block in range(6) if white[block]] == list(outlined)


class Regions(QObject):
    """Counts the rectangles of each region that a widget is told to paint."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.counts: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QPaintEvent):
            self.counts.append(event.region().rectCount())
        return False


def test_that_a_stroke_paints_one_rectangle_at_a_time(run: Run, tmp_path: Path) -> None:
    """Qt copies the kept picture at once into one, and line by line into several."""

    def script(window: MainWindow) -> None:
        window.session.select(0)
        window.session.set_view(tool="brush")
        hand = Hand(window.canvas)
        hand.press(10.5, 10.5)
        QApplication.processEvents()
        regions = Regions(window.canvas.viewport())
        for at in range(11, 18):
            hand.move(at + 0.5, at + 0.5)
            QApplication.processEvents()
        hand.release(17.5, 17.5)
        assert regions.counts
        assert set(regions.counts) == {1}

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_a_moving_cursor_draws_no_layer(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[QRect] = []
    draw = Picture._draw_layers

    def count(picture: Picture, screen: Screen, rect: QRect) -> None:
        drawn.append(rect)
        draw(picture, screen, rect)

    monkeypatch.setattr(Picture, "_draw_layers", count)

    def script(window: MainWindow) -> None:
        session = window.session
        session.select(0)
        options = replace(session.view.options, size=20.0)
        session.set_view(tool="brush", options=options)
        hand = Hand(window.canvas)
        hand.move(10.5, 10.5)
        QApplication.processEvents()
        before = window.canvas.grab().toImage()
        drawn.clear()
        hand.move(30.5, 20.5)
        QApplication.processEvents()
        assert window.canvas.grab().toImage() != before
        assert not drawn

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_another_theme_has_another_ground(run: Run, tmp_path: Path) -> None:
    def script(window: MainWindow) -> None:
        grounds = set[str]()
        names: tuple[Scheme, ...] = ("light", "dark")
        for name in names:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            apply_theme(app, name)
            QApplication.processEvents()
            grounds.add(window.canvas.grab().toImage().pixelColor(1, 1).name())
        assert len(grounds) == 2

    assert run([str(write_scene(tmp_path))], script) == 0


SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from chromask_gui.app.application import close_window, make_application, make_window
from chromask_gui.app.screenshot import open_and_wait, settle
from chromask_gui.session.settings import Settings
from chromask_gui.app.hand import Hand
make_application("dark")
window = make_window(Settings.fresh())
window.resize(1200, 800)
window.show()
assert open_and_wait(window, Path(sys.argv[1])) is None
settle(200)
session, hand = window.session, Hand(window.canvas)
session.select(0)
session.set_view(tool="brush")
hand.press(12.3, 9.8)
hand.move(30.1, 22.4)
hand.release(30.1, 22.4)
settle(300)
view = window.canvas.viewport()
seen = view.grab().toImage()
# Qt takes a half for the next whole one, Python for the even one.
assert seen.width() == int(view.width() * float(sys.argv[2]) + 0.5), seen.width()
window.canvas.layers.build()
assert seen == view.grab().toImage()
close_window(window)
print("same")
"""


@pytest.mark.parametrize("ratio", ["1.25", "1.5", "2"])
def test_that_a_stroke_on_a_fine_screen_is_what_a_whole_repaint_shows(
    tmp_path: Path, ratio: str
) -> None:
    command = [sys.executable, "-c", SCRIPT, str(write_scene(tmp_path)), ratio]
    env = {**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.strip().endswith("same"), done.stderr
