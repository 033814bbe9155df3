"""Painting with what no ROI claims yet, in the real window: the stroke makes the ROI with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chromask.pixels.plane import expand
from chromask_gui.panels.rois.row import Column
from scenes import CAR, SKY, STRAY, read_pixels, scene_mask, write_scene
from windows import shown_rgb, view_point

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
LORRY = (0, 0, 70)
LEGEND = {"heaven": list(SKY), "auto": list(CAR), "lorry": list(LORRY)}


def write_labelled(folder: Path) -> Path:
    path = write_scene(folder)
    (folder / "_mask_legend.json").write_text(json.dumps(LEGEND))
    return path


def stroke(
    window: MainWindow, row: int, first: int, last: int, held: Any = None
) -> None:
    viewport, held = window.canvas.viewport(), held or Qt.KeyboardModifier.NoModifier
    start = view_point(window, row + 0.5, first + 0.5)
    QTest.mousePress(viewport, LEFT, held, start)
    QTest.mouseRelease(viewport, LEFT, held, view_point(window, row + 0.5, last + 0.5))


def take_brush(window: MainWindow) -> None:
    window.actions_by_id["tool_brush"].trigger()
    window.options.widgets["size"].number.setValue(3.0)
    window.options.widgets["tip"].buttons[True].click()


def click_row(window: MainWindow, row: int) -> None:
    table = window.rois.table
    place = table.visualRect(window.rois.model.index(row, Column.LABELS)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)


def pixels(window: MainWindow) -> np.ndarray[Any, Any]:
    (plane,) = window.session.document.planes.values()
    return expand(plane, 0, plane.rows)


def names(window: MainWindow) -> list[tuple[str, ...]]:
    return [roi.labels for roi in window.session.document.frame.annotations]


def with_stroke(value: tuple[int, ...]) -> np.ndarray[Any, Any]:
    mask = scene_mask()
    mask[29:32, 29:42] = value
    return mask


def test_that_a_stroke_with_a_label_of_the_data_set_makes_the_roi_in_one_step(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)

    def script(window: MainWindow) -> None:
        session = window.session
        click_row(window, 2)
        take_brush(window)
        stroke(window, 30, 30, 40)
        assert (pixels(window) == with_stroke(SKY)).all()
        assert names(window) == [("car",), ("road",), ("heaven",)]
        assert session.view.selected == (2,)
        assert session.document.undo_labels == ("Paint heaven",)

        window.actions_by_id["undo"].trigger()
        assert (pixels(window) == scene_mask()).all()
        assert names(window) == [("car",), ("road",)]

        # Still in hand: the next stroke needs no second choice.
        stroke(window, 30, 30, 40)
        window.actions_by_id["save"].trigger()
        qtbot.waitUntil(lambda: session.save_state == "saved")

    assert run([str(path)], script) == 0
    made = json.loads(path.read_bytes())["rois"][2]
    assert made["label"] == ["heaven"]
    assert made["mask"] == {"id": "seg", "value": list(SKY)}
    assert made["sources"] == ["front"]
    assert (read_pixels(tmp_path / "scene_seg.png") == with_stroke(SKY)).all()


def test_that_a_label_without_a_pixel_is_painted_with_by_its_number(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)

    def script(window: MainWindow) -> None:
        QTest.keyClick(window.canvas, Qt.Key.Key_4)
        assert window.session.view.in_hand.labels == ("lorry",)
        assert window.rois.selection.places() == {3}
        take_brush(window)
        stroke(window, 30, 30, 40)
        assert names(window)[2] == ("lorry",)
        assert (pixels(window) == with_stroke(LORRY)).all()
        rows = [row.name for row in window.rois.model.rows]
        assert rows == ["car", "road", "lorry", "heaven"]

    assert run([str(path)], script) == 0


def test_that_a_picked_colour_that_nobody_claims_is_painted_with(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)

    def script(window: MainWindow) -> None:
        take_brush(window)
        stroke(window, 35, 51, 51, Qt.KeyboardModifier.AltModifier)
        assert window.session.view.in_hand.value == STRAY
        stroke(window, 30, 30, 40)
        made = window.session.document.frame.annotations[2]
        assert (made.labels, made.mask_value) == ((), STRAY)
        assert (pixels(window) == with_stroke(STRAY)).all()

    assert run([str(path)], script) == 0


def test_that_a_row_of_the_unclaimed_colours_is_painted_with(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)

    def script(window: MainWindow) -> None:
        table = window.unclaimed.table
        place = table.visualRect(table.model().index(0, 0)).center()
        QTest.mouseClick(table.viewport(), LEFT, pos=place)
        take_brush(window)
        stroke(window, 30, 30, 40)
        assert window.session.document.frame.annotations[2].mask_value == STRAY

    assert run([str(path)], script) == 0


def test_that_the_eraser_makes_no_roi_of_what_is_in_hand(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)

    def script(window: MainWindow) -> None:
        click_row(window, 2)
        take_brush(window)
        window.actions_by_id["tool_eraser"].trigger()
        stroke(window, 30, 30, 40)
        assert (pixels(window) == with_stroke((0, 0, 0))).all()
        assert names(window) == [("car",), ("road",)]

    assert run([str(path)], script) == 0


def test_that_a_stroke_that_paints_nothing_makes_no_roi(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)

    def script(window: MainWindow) -> None:
        click_row(window, 2)
        take_brush(window)
        stroke(window, 10, 30, 40)
        assert names(window) == [("car",), ("road",)]
        assert window.session.document.undo_label is None

    assert run([str(path)], script) == 0


def test_that_a_roi_made_elsewhere_of_the_value_in_hand_is_painted(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)

    def script(window: MainWindow) -> None:
        click_row(window, 2)
        window.session.edit(
            "Add",
            lambda edit: edit.frame.add_annotation(
                mask_rgb=list(SKY), labels=["sky"], mask_id="seg"
            ),
        )
        take_brush(window)
        stroke(window, 30, 30, 40)
        assert names(window) == [("car",), ("road",), ("sky",)]
        assert (pixels(window) == with_stroke(SKY)).all()

    assert run([str(path)], script) == 0


def test_that_the_labels_in_hand_step_like_rois(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)

    def script(window: MainWindow) -> None:
        window.session.select(1)
        window.actions_by_id["next_label"].trigger()
        assert window.session.view.in_hand.value == SKY
        window.actions_by_id["previous_label"].trigger()
        assert window.session.view.selected == (1,)
        assert window.session.view.in_hand is None
        assert window.rois.selection.places() == {1}

    assert run([str(path)], script) == 0


def test_that_solo_shows_the_label_in_hand_alone(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)
    in_sky, in_car = (5.5, 30.5), (24.5, 14.5)

    def script(window: MainWindow) -> None:
        window.session.set_view(has_outline=False)
        plain = shown_rgb(window, *in_sky), shown_rgb(window, *in_car)
        click_row(window, 2)
        QTest.keyClick(window.canvas, Qt.Key.Key_S)
        assert window.session.view.look.is_solo
        assert window.session.view.selected == ()
        alone = shown_rgb(window, *in_sky), shown_rgb(window, *in_car)
        assert alone[0] == plain[0]
        assert alone[1] != plain[1]
        click_row(window, 0)
        assert shown_rgb(window, *in_car) == plain[1]
        assert shown_rgb(window, *in_sky) != plain[0]

    assert run([str(path)], script) == 0


def test_that_several_labels_become_rois_in_one_step(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_labelled(tmp_path)

    def script(window: MainWindow) -> None:
        click_row(window, 2)
        QTest.keyClick(window.rois.table, Qt.Key.Key_Down, SHIFT)
        menu = window.rois.build_menu()
        (make,) = [each for each in menu.actions() if "Make a ROI" in each.text()]
        assert make.text() == "Make a ROI of each"
        make.trigger()
        assert names(window) == [("car",), ("road",), ("heaven",), ("lorry",)]
        assert window.session.view.selected == (2, 3)
        assert len(window.session.document.undo_labels) == 1
        menu.close()

    assert run([str(path)], script) == 0
