"""The ways of looking, through the real window: what is on the screen after each of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask.colors import display_colors
from chromask.drawing.shapes import shape_colors
from chromask_gui.canvas.layers import Layers
from chromask_gui.canvas.overlays import ruler_step
from chromask_gui.panels.rois.cells import MULTI_SOURCE
from chromask_gui.panels.rois.model import Column
from chromask_gui.session.view_state import with_look
from scenes import CAR, ROAD, SKY, roi, write_scene
from windows import mixed, shown_rgb, view_point

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

    Run = Callable[..., int]

OPACITY = 0.55
INSIDE_CAR, INSIDE_ROAD = (24.5, 14.5), (30.5, 30.5)


def close_to(rgb: Sequence[float], within: int = 2) -> object:
    return pytest.approx(tuple(rgb), abs=within)


def over(
    rgb: tuple[int, ...], at: tuple[float, float], opacity: float = OPACITY
) -> object:
    return close_to(mixed(rgb, int(at[0]), int(at[1]), opacity))


def bare(at: tuple[float, float]) -> object:
    return close_to((int(at[1]), int(at[0]), 0))


def do(window: MainWindow, name: str) -> None:
    window.actions_by_id[name].trigger()
    QApplication.processEvents()


def test_that_ids_are_seen_in_colours_and_the_stored_value_is_told(
    run: Run, tmp_path: Path
) -> None:
    mask = np.zeros((40, 60), np.uint16)
    mask[10:30, 10:30], mask[10:30, 35:55] = 1, 2
    path = write_scene(
        tmp_path, [roi(["one"], (1, 1, 1)), roi(["two"], (2, 2, 2))], mask=mask
    )
    first, second = (tuple(int(c) for c in rgb) for rgb in display_colors([1, 2]))

    def script(window: MainWindow) -> None:
        assert shown_rgb(window, 20.5, 20.5) == over(first, (20, 20))
        assert shown_rgb(window, 20.5, 45.5) == over(second, (20, 45))
        assert shown_rgb(window, 35.5, 20.5) == bare((35, 20))
        model = window.rois.model
        index = model.index(0, Column.SWATCH)
        assert model.cells.display_rgb(model.rows[0]) == first
        tip = str(index.data(Qt.ItemDataRole.ToolTipRole))
        assert "1 1 1" in tip
        assert " ".join(map(str, first)) in tip
        do(window, "palette_stored")
        assert shown_rgb(window, 20.5, 20.5) == over((0, 0, 0), (20, 20))
        assert model.cells.display_rgb(model.rows[0]) == (0, 0, 0)
        assert window.session.document is not None
        assert not window.session.document.is_edited

    assert run([str(path)], script) == 0


def test_that_a_palette_changes_canvas_swatches_and_unclaimed_list_alike(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        for palette in ("distinct", "safe"):
            do(window, f"palette_{palette}")
            rows = window.rois.model
            car = rows.cells.display_rgb(rows.rows[0])
            assert car is not None
            assert car != CAR
            assert shown_rgb(window, *INSIDE_CAR) == over(car, INSIDE_CAR)
            unclaimed = window.unclaimed.model
            sky = unclaimed.shown_rgb(unclaimed.count(0))
            assert sky != SKY
            assert shown_rgb(window, 5.5, 5.5) == over(sky, (5, 5))
        window.session.set_view(colors={0: (255, 255, 255)})
        assert shown_rgb(window, *INSIDE_CAR) == over((255, 255, 255), INSIDE_CAR)

    assert run([str(path)], script) == 0


def test_that_borders_lie_inside_each_roi_with_and_without_filling(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        edge = 1 / window.canvas.box.zoom
        border = (22, 15.5)
        do(window, "style_outline")
        assert shown_rgb(window, *border) == close_to(CAR)
        assert shown_rgb(window, 22 - 2 * edge, 15.5) == close_to(ROAD)
        assert shown_rgb(window, *INSIDE_CAR) == bare(INSIDE_CAR)
        do(window, "next_style")
        assert window.session.view.look.style == "both"
        assert shown_rgb(window, *border) == close_to(CAR)
        assert shown_rgb(window, *INSIDE_CAR) == over(CAR, INSIDE_CAR)
        do(window, "next_style")
        assert shown_rgb(window, *border) == over(CAR, (22, 15))

    assert run([str(path)], script) == 0


def test_that_solo_dims_all_but_the_selected_roi(run: Run, tmp_path: Path) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        window.session.set_view(has_outline=False)
        window.session.select(0)
        QTest.keyClick(window.canvas, Qt.Key.Key_S)
        assert window.session.view.look.is_solo
        dim = window.session.view.look.dim
        assert shown_rgb(window, *INSIDE_CAR) == over(CAR, INSIDE_CAR)
        expected = over(ROAD, INSIDE_ROAD, OPACITY * (1 - dim))
        assert shown_rgb(window, *INSIDE_ROAD) == expected
        window.session.select(1)
        assert shown_rgb(window, *INSIDE_ROAD) == over(ROAD, INSIDE_ROAD)
        QTest.keyClick(window.canvas, Qt.Key.Key_S)
        assert shown_rgb(window, *INSIDE_CAR) == over(CAR, INSIDE_CAR)

    assert run([str(path)], script) == 0


def test_that_a_tap_on_h_stays_and_a_held_h_comes_back(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        QTest.keyClick(window.canvas, Qt.Key.Key_H)
        assert shown_rgb(window, *INSIDE_CAR) == bare(INSIDE_CAR)
        QTest.keyClick(window.canvas, Qt.Key.Key_H)
        assert shown_rgb(window, *INSIDE_CAR) == over(CAR, INSIDE_CAR)
        QTest.keyPress(window.canvas, Qt.Key.Key_H)
        assert shown_rgb(window, *INSIDE_CAR) == bare(INSIDE_CAR)
        qtbot.wait(300)
        QTest.keyRelease(window.canvas, Qt.Key.Key_H)
        assert shown_rgb(window, *INSIDE_CAR) == over(CAR, INSIDE_CAR)
        # The action chosen with the mouse is no held key: a later key changes nothing.
        do(window, "overlay")
        qtbot.wait(300)
        QTest.keyClick(window.canvas, Qt.Key.Key_F)
        assert not window.session.view.has_overlay

    assert run([str(path)], script) == 0


def test_that_blinking_hides_and_shows_the_masks_until_it_ends(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        do(window, "is_blinking")
        window.canvas.blinker.turn()
        assert shown_rgb(window, *INSIDE_CAR) == bare(INSIDE_CAR)
        window.canvas.blinker.turn()
        assert shown_rgb(window, *INSIDE_CAR) == over(CAR, INSIDE_CAR)
        window.canvas.blinker.turn()
        do(window, "is_blinking")
        assert shown_rgb(window, *INSIDE_CAR) == over(CAR, INSIDE_CAR)

    assert run([str(path)], script) == 0


def test_that_comparing_puts_two_views_beside_the_divider(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        left, right = (30.5, 10.5), (30.5, 50.5)
        do(window, "compare_source")
        assert shown_rgb(window, *left) == bare(left)
        assert shown_rgb(window, *right) == over(ROAD, right)
        do(window, "compare_mask")
        assert shown_rgb(window, *left) == over(ROAD, left)
        assert shown_rgb(window, *right) == close_to(ROAD)
        window.session.set_view(**with_look(window.session.view, divider=0.99))
        assert shown_rgb(window, *right) == over(ROAD, right)
        do(window, "compare_mask")
        assert window.session.view.look.compare == "off"

    assert run([str(path)], script) == 0


def test_that_two_masks_are_compared_side_by_side(run: Run, tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    frame = json.loads(path.read_text())
    PilImage.new("RGB", (60, 40), (10, 200, 30)).save(tmp_path / "other.png")
    frame["sources"][0]["masks"].append({"id": "other", "uri": "other.png"})
    path.write_text(json.dumps(frame))

    def script(window: MainWindow) -> None:
        do(window, "compare_masks")
        assert shown_rgb(window, 30.5, 10.5) == close_to(ROAD)
        assert shown_rgb(window, 30.5, 50.5) == close_to((10, 200, 30))

    assert run([str(path)], script) == 0


def test_that_hatching_gives_neighbours_a_pattern_each(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        do(window, "has_hatch")
        row = [shown_rgb(window, 30.5, 30 + step / 8) for step in range(24)]
        plain = over(ROAD, (30, 31))
        assert any(rgb != plain and rgb[1] != row[0][1] for rgb in row)
        assert len({rgb[1] for rgb in row}) == 2

    assert run([str(path)], script) == 0


def test_that_tone_changes_the_source_on_the_screen_alone(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    at = (30.5, 30.5)

    def script(window: MainWindow) -> None:
        session = window.session
        session.set_view(has_overlay=False)
        before = shown_rgb(window, *at)
        look = session.view.look
        session.set_view(
            **with_look(session.view, tone=replace(look.tone, brightness=0.5))
        )
        assert shown_rgb(window, *at) == close_to(tuple(c + 127 for c in before))
        session.set_view(
            **with_look(session.view, tone=replace(look.tone, window=(0, 60)))
        )
        assert shown_rgb(window, *at) == close_to(
            tuple(round(c * 4.25) for c in before)
        )
        assert session.document is not None
        assert not session.document.is_edited

    assert run([str(path)], script) == 0


def test_that_each_mask_has_an_opacity_of_its_own(run: Run, tmp_path: Path) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        slider = window.masks.look.opacity
        slider.setFocus()
        for _ in range(10):
            QTest.keyClick(slider, Qt.Key.Key_Left)
        assert slider.value() == 50
        assert shown_rgb(window, *INSIDE_CAR) == over(CAR, INSIDE_CAR, OPACITY * 0.5)
        assert window.session.view.opacity == OPACITY

    assert run([str(path)], script) == 0


def test_that_an_opacity_mask_shows_what_it_wants_and_tints_the_rest(
    run: Run, tmp_path: Path
) -> None:
    mask = np.arange(256, dtype=np.uint8).reshape(16, 16)
    path = write_scene(tmp_path, [], mask=mask)

    def script(window: MainWindow) -> None:
        look = window.masks.look
        key = "front/seg"
        assert look.mode_box.currentData() == "alpha"
        window.session.set_view(
            **with_look(
                window.session.view, opacities={key: 1.0}, tints={key: (9, 99, 199)}
            )
        )
        assert shown_rgb(window, 0.5, 0.5) == close_to((9, 99, 199))
        assert shown_rgb(window, 15.5, 15.5) == close_to((15, 15, 0))
        look.mode_box.setCurrentIndex(0)
        look.mode_box.activated.emit(0)
        assert shown_rgb(window, 15.5, 15.5) != close_to((15, 15, 0), 10)

    assert run([str(path)], script) == 0


def test_that_the_form_offers_a_free_colour_far_from_the_others(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        window.rois.open_form()
        form = window.rois.form
        QTest.mouseClick(form.free_button, Qt.MouseButton.LeftButton)
        first = form.value.text()
        form.labels.setText("new")
        QTest.keyClick(form.value, Qt.Key.Key_Return)
        assert len(window.session.census.rois) == 3
        QTest.mouseClick(form.free_button, Qt.MouseButton.LeftButton)
        values = {
            first,
            form.value.text(),
            *(" ".join(map(str, v)) for v in (CAR, ROAD)),
        }
        assert len(values) == 4

    assert run([str(path)], script) == 0


def test_that_a_roi_of_several_sources_is_marked(run: Run, tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    frame = json.loads(path.read_text())
    frame["sources"].append({**frame["sources"][0], "id": "rear"})
    frame["rois"][0]["sources"] = ["front", "rear"]
    path.write_text(json.dumps(frame))

    def script(window: MainWindow) -> None:
        model = window.rois.model
        texts = [model.index(row, Column.MASK).data() for row in (0, 1)]
        assert texts[0].startswith(MULTI_SOURCE)
        assert not texts[1].startswith(MULTI_SOURCE)
        tip = model.index(0, Column.MASK).data(Qt.ItemDataRole.ToolTipRole)
        assert "Multi source" in tip

    assert run([str(path)], script) == 0


def test_that_shapes_are_drawn_selected_hidden_and_filtered(
    run: Run, tmp_path: Path
) -> None:
    box = {"label": ["box"], "poly": [30, 5, 20, 10], "meta": {"_type": "b2d"}}
    poly = {"label": ["poly"], "poly": [5, 5, 25, 5, 25, 15], "confidence": 0.3}
    path = write_scene(tmp_path, [roi(["car"], CAR), box, poly])
    on_box, on_poly = (5.0, 40.5), (5.0, 15.5)

    def script(window: MainWindow) -> None:
        session = window.session
        assert session.document is not None
        colors = shape_colors(session.document.frame.annotations, {})
        for (row, col), color in ((on_box, colors[1]), (on_poly, colors[2])):
            # Lines are smooth: their middle is one of the pixels around.
            near = [shown_rgb(window, row + step / 8, col) for step in (-1, 0, 1, 2)]
            assert any(rgb == close_to(color, 12) for rgb in near)
        point = view_point(window, *on_box)
        QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert session.view.selected == (1,)
        session.select()
        session.set_view(**with_look(session.view, min_confidence=0.5))
        assert shown_rgb(window, *on_poly) == over(SKY, on_poly)
        cells, rows = window.rois.model.cells, window.rois.model.rows
        assert [cells.display_rgb(row) for row in rows] == [CAR, colors[1], colors[2]]
        session.set_view(hidden_rois=frozenset([1]))
        assert shown_rgb(window, *on_box) == over(SKY, on_box)
        QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert session.view.selected == ()

    assert run([str(path)], script) == 0


def test_that_the_tone_bar_moves_the_source_and_resets_it(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    at = (30.5, 30.5)

    def script(window: MainWindow) -> None:
        window.session.set_view(has_overlay=False)
        do(window, "has_tone_bar")
        bar = window.tone
        assert bar.isVisible()
        before = shown_rgb(window, *at)
        QTest.keyClick(bar.brightness, Qt.Key.Key_PageUp)
        assert shown_rgb(window, *at)[0] > before[0]
        for _ in range(30):
            QTest.keyClick(bar.high, Qt.Key.Key_PageDown)
        assert window.session.view.look.tone.window is not None
        QTest.mouseClick(bar.reset_button, Qt.MouseButton.LeftButton)
        assert shown_rgb(window, *at) == before
        QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
        assert not bar.isVisible()

    assert run([str(path)], script) == 0


def test_that_a_16_bit_source_is_seen_in_the_window_that_it_uses(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    pixels = np.full((40, 60), 100, np.uint16)
    pixels[:, 30:] = 300
    PilImage.fromarray(pixels).save(tmp_path / "scene.png")

    def script(window: MainWindow) -> None:
        session = window.session
        session.set_view(has_overlay=False)
        assert shown_rgb(window, 20.5, 10.5) == close_to((0, 0, 0))
        assert shown_rgb(window, 20.5, 50.5) == close_to((255, 255, 255))
        tone = replace(session.view.look.tone, window=(0, 400))
        session.set_view(**with_look(session.view, tone=tone))
        assert shown_rgb(window, 20.5, 10.5) == close_to((64, 64, 64))

    assert run([str(path)], script) == 0


def test_that_a_minimap_that_nobody_sees_is_not_drawn(
    run: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    thumbnail = Layers.thumbnail

    def draw_and_note(layers: Layers, most_px: int) -> QImage | None:
        drawn.append(most_px)
        return thumbnail(layers, most_px)

    monkeypatch.setattr(Layers, "thumbnail", draw_and_note)

    def script(window: MainWindow) -> None:
        assert not drawn
        window.canvas.zoom_by(8.0)
        assert len(drawn) == 1

    run([str(write_scene(tmp_path))], script)


def test_that_the_minimap_appears_when_zoomed_and_a_click_moves_the_view(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        minimap = window.canvas.overlays.minimap
        assert not minimap.isVisible()
        window.canvas.zoom_by(4)
        assert minimap.isVisible()
        place = QPoint(minimap.width() // 6, minimap.height() // 6)
        QTest.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=place)
        center = window.canvas.box.seen_rect().center()
        assert (center.x(), center.y()) == pytest.approx((10, 6.7), abs=1)
        assert not window.session.view.selected
        picture = minimap.grab().toImage()
        color = picture.pixelColor(minimap.width() - 8, minimap.height() - 8)
        seen = (color.red(), color.green(), color.blue())
        assert seen == over(ROAD, (38, 57))
        do(window, "has_minimap")
        assert not minimap.isVisible()

    assert run([str(path)], script) == 0


def test_that_dragging_the_divider_moves_what_is_compared(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    at = (30.5, 10.5)

    def script(window: MainWindow) -> None:
        divider = window.canvas.overlays.divider
        assert not divider.isVisible()
        do(window, "compare_source")
        assert divider.isVisible()
        assert shown_rgb(window, *at) == bare(at)
        left = Qt.MouseButton.LeftButton
        start = divider.rect().center()
        QTest.mousePress(divider, left, pos=start)
        wide = window.canvas.viewport().width()
        target = divider.mapFrom(window.canvas.viewport(), QPoint(5, start.y()))
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(target),
            QPointF(divider.mapToGlobal(target)),
            left,
            left,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(divider, move)
        QTest.mouseRelease(divider, left, pos=start)
        assert window.session.view.look.divider == pytest.approx(5 / wide, abs=0.01)
        assert shown_rgb(window, *at) == over(ROAD, at)

    assert run([str(path)], script) == 0


def test_that_beyond_800_percent_pixels_have_a_grid_and_numbers(
    run: Run, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        overlays, box = window.canvas.overlays, window.canvas.box
        window.session.set_view(has_overlay=False)
        rulers = overlays.rulers
        assert not any(ruler.isVisible() for ruler in rulers)
        box.look_at(QPointF(30, 20), 32.0)
        assert all(ruler.isVisible() for ruler in rulers)
        lines = [shown_rgb(window, 20.5, 30 + step / 32) for step in range(-3, 4)]
        assert any(rgb != close_to((30, 20, 0), 6) for rgb in lines)
        assert shown_rgb(window, 20.5, 30.5) == bare((20, 30))
        do(window, "has_grid")
        assert not any(ruler.isVisible() for ruler in rulers)
        lines = [shown_rgb(window, 20.5, 30 + step / 32) for step in range(-3, 4)]
        assert all(rgb == close_to((30, 20, 0), 3) for rgb in lines)

    assert run([str(path)], script) == 0


def ticks(ruler: QWidget, *, is_level: bool) -> list[int]:
    """Give where the ruler's last row or column has another colour than its ground."""
    image = ruler.grab().toImage()
    end = (image.height() if is_level else image.width()) - 1
    length = image.width() if is_level else image.height()
    line = [
        image.pixel(*((at, end) if is_level else (end, at))) for at in range(length)
    ]
    ground = max(set(line), key=line.count)
    return [at for at, color in enumerate(line) if color != ground]


def test_that_the_ticks_of_the_rulers_stand_at_the_middles_of_their_pixels(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        canvas = window.canvas
        window.session.set_view(**with_look(window.session.view, has_grid=True))
        canvas.box.look_at(QPointF(20.3, 15.2), 24.0)
        qtbot.wait(50)
        level, upright = canvas.overlays.rulers
        for ruler, is_level in ((level, True), (upright, False)):
            assert ruler.isVisible()
            found = ticks(ruler, is_level=is_level)
            assert len(found) > 3
            for at in found:
                point = QPointF(at + 0.5, 0) if is_level else QPointF(0, at + 0.5)
                inside = canvas.image_point(point + QPointF(ruler.pos()))
                pixel = inside.x() if is_level else inside.y()
                # Half a pixel of the screen and the breadth of the line.
                assert abs(pixel % 1 - 0.5) < 1.5 / 24, (is_level, at, pixel)
        assert level.geometry().contains(QPoint(2, 2))

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_numbers_of_a_ruler_are_round_and_apart() -> None:
    steps = {scale: ruler_step(scale, 56) for scale in (64.0, 16.0, 8.0, 1.0, 0.1)}
    assert steps == {64.0: 1, 16.0: 5, 8.0: 10, 1.0: 100, 0.1: 1000}


def test_that_the_look_stays_from_frame_to_frame(run: Run, tmp_path: Path) -> None:
    first = write_scene(tmp_path, name="one")
    second = write_scene(tmp_path, name="two")

    def script(window: MainWindow) -> None:
        session = window.session
        do(window, "style_both")
        do(window, "palette_safe")
        look = session.view.look
        document = session.document
        window.files.open_paths([second])
        deadline = 200
        while session.document is document and deadline:
            QTest.qWait(20)
            deadline -= 1
        assert session.document is not document
        assert session.view.look == look

    assert run([str(first)], script) == 0


def test_that_a_roi_gets_a_display_colour_of_its_own_from_the_menu(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_scene(tmp_path)
    chosen = (250, 120, 10)
    monkeypatch.setattr(
        "chromask_gui.panels.rois.display_color.QColorDialog.getColor",
        lambda *_: QColor(*chosen),
    )

    def choose(window: MainWindow, text: str) -> None:
        menu = window.rois.build_menu()
        next(each for each in menu.actions() if each.text() == text).trigger()
        menu.close()
        QApplication.processEvents()

    def script(window: MainWindow) -> None:
        window.session.select(0)
        choose(window, "Display colour...")
        assert shown_rgb(window, *INSIDE_CAR) == over(chosen, INSIDE_CAR)
        assert window.session.document is not None
        assert not window.session.document.is_edited
        choose(window, "Reset the display colour")
        assert shown_rgb(window, *INSIDE_CAR) == over(CAR, INSIDE_CAR)

    assert run([str(path)], script) == 0


def test_that_opacities_are_no_colours_without_a_roi(run: Run, tmp_path: Path) -> None:
    mask = np.arange(256, dtype=np.uint8).reshape(16, 16)
    path = write_scene(tmp_path, [], mask=mask)

    def script(window: MainWindow) -> None:
        assert window.unclaimed.model.total == 0
        modes = {"front/seg": "segmentation"}
        window.session.set_view(**with_look(window.session.view, modes=modes))
        assert window.unclaimed.model.total == 256

    assert run([str(path)], script) == 0


def test_that_opacities_are_compared_as_levels(run: Run, tmp_path: Path) -> None:
    mask = np.arange(256, dtype=np.uint8).reshape(16, 16)
    path = write_scene(tmp_path, [], mask=mask)

    def script(window: MainWindow) -> None:
        do(window, "compare_masks")
        assert shown_rgb(window, 8.5, 4.5) == close_to((132, 132, 132))
        assert shown_rgb(window, 8.5, 12.5) == close_to((0, 0, 0))

    assert run([str(path)], script) == 0
