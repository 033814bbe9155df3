"""The tab of plots in the real window: numbers, mouse, keys, edits, copies and empty places."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask_gui.app.application import make_application
from chromask_gui.look.theme import DARK, LIGHT
from chromask_gui.plots import kinds
from chromask_gui.plots.row import ROW_PX, top_px
from scenes import CAR, PIXELS, ROAD, SKY, STRAY, roi, write_scene
from windows import stroke

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from chromask_gui.plots.bars import BarChart
    from chromask_gui.window.main_window import MainWindow

    Run = Callable[[list[str], Callable[[MainWindow], None]], int]

LEFT = Qt.MouseButton.LeftButton
LABELS, COMPONENTS, VALUES = range(3)
WHOLE = 40 * 60


def show(window: MainWindow, qtbot: QtBot, kind: int = LABELS) -> BarChart:
    """Bring a plot to the front, as a click on its tab and its entry do, and wait for it."""
    tabs = window.side.tabs
    bar, at = tabs.tabBar(), tabs.indexOf(window.plots)
    QTest.mouseClick(bar, LEFT, pos=bar.tabRect(at).center())
    choose_kind(window, kind)
    settled(window, qtbot)
    chart = window.plots.chart
    assert chart is not None
    return chart


def choose_kind(window: MainWindow, kind: int) -> None:
    box = window.plots.kind_box
    key = Qt.Key.Key_Down if kind > box.currentIndex() else Qt.Key.Key_Up
    for _ in range(abs(kind - box.currentIndex())):
        QTest.keyClick(box, key)
    assert box.currentIndex() == kind


def settled(window: MainWindow, qtbot: QtBot) -> None:
    loader, plots = window.plot_loader, window.plots
    qtbot.waitUntil(lambda: loader.is_ready and not plots.is_busy, timeout=20_000)


def said(window: MainWindow) -> str:
    plots = window.plots
    return plots.message.text() if plots.message.isVisible() else ""


def point(chart: BarChart, at: int) -> QPoint:
    return QPoint(chart.width() // 2, top_px(chart.rows, at) + ROW_PX // 2)


def click(chart: BarChart, at: int) -> None:
    QTest.mouseClick(chart.viewport(), LEFT, pos=point(chart, at))


def two_cars() -> np.ndarray[Any, Any]:
    """A road with cars of 12, 6 and 1 pixels on it, and zeros above."""
    mask = np.zeros((40, 60, 3), np.uint8)
    mask[20:] = ROAD
    mask[22:25, 10:14] = CAR
    mask[30:32, 40:43] = CAR
    mask[38, 5] = CAR
    return mask


def test_that_labels_come_by_their_pixels_and_the_rest_apart(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    mask = two_cars()
    mask[0, :7] = STRAY
    path = write_scene(
        tmp_path, [roi(["car"], CAR), roi(["road"], ROAD), roi(["x"], SKY)], mask=mask
    )

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        assert chart.plotted() == [
            ("road", 20 * 60 - 19),
            ("car", 19),
            ("No ROI", 7),
            ("Zeros", 20 * 60 - 7),
        ]
        assert [row.is_apart for row in chart.rows] == [False, False, True, True]
        assert [row.rgb for row in chart.rows] == [ROAD, CAR, None, None]
        assert window.plots.note.text() == "1 ROI without pixels"
        # The scale is the ROIs': the background must not dwarf them.
        assert chart.box.viewRange()[0] == [0, 20 * 60 - 19]

    assert run([str(path)], script) == 0


def test_that_labels_of_the_dataset_have_bars_and_are_taken_in_hand(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_scene(tmp_path, [roi(["car"], CAR)], mask=two_cars())
    legend = '{"road": [128, 64, 128], "background": [0, 0, 0]}'
    (tmp_path / "_mask_legend.json").write_text(legend)

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        assert chart.plotted() == [("road", 1181), ("car", 19), ("background", 1200)]
        assert [row.is_apart for row in chart.rows] == [False, False, True]
        click(chart, 0)
        taken = window.session.view.in_hand
        assert taken is not None
        assert (taken.value, taken.labels, taken.pixels) == (ROAD, ("road",), 1181)
        assert [row.whole for row in chart.rows] == [WHOLE, WHOLE, WHOLE]
        assert [row.rgb for row in chart.rows] == [ROAD, CAR, (0, 0, 0)]

    assert run([str(path)], script) == 0


def test_that_a_click_selects_the_roi_and_its_bar_is_marked(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        assert [row.name for row in chart.rows] == ["road", "car", "No ROI"]
        click(chart, 1)
        assert window.session.view.selected == (0,)
        assert chart.selected == {("roi", 0)}
        window.session.select(1)
        assert chart.selected == {("roi", 1)}
        click(chart, 2)
        assert window.session.view.selected == (1,)

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_the_pointer_on_a_bar_names_pixels_and_percent(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        QTest.mouseMove(chart.viewport(), point(chart, 1))
        assert window.plots.says.text() == "car: 60 pixels, 2.5\u202f%"
        assert "car: 60 pixels" in chart.viewport().toolTip()
        QTest.mouseMove(chart.viewport(), point(chart, 0))
        assert window.plots.says.text().startswith("road: 1\u202f137 pixels, 47.4")
        QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
        assert window.plots.says.text() == ""

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_keys_reach_every_bar_and_enter_selects(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        window.session.select()
        window.plots.copy_button.setFocus()
        QTest.keyClick(window.plots.copy_button, Qt.Key.Key_Tab)
        assert chart.hasFocus()
        assert chart.current == 0
        QTest.keyClick(chart, Qt.Key.Key_Down)
        assert window.plots.says.text().startswith("car:")
        assert chart.accessibleDescription().startswith("car: 60 pixels")
        QTest.keyClick(chart, Qt.Key.Key_Return)
        assert window.session.view.selected == (0,)
        QTest.keyClick(chart, Qt.Key.Key_End)
        assert chart.current == 2
        QTest.keyClick(chart, Qt.Key.Key_Down)
        assert chart.current == 2
        QTest.keyClick(chart, Qt.Key.Key_Home)
        QTest.keyClick(chart, Qt.Key.Key_Up)
        assert chart.current == 0
        QTest.keyClick(chart, Qt.Key.Key_Space)
        assert window.session.view.selected == (1,)

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_a_screen_reader_gets_every_value(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def script(window: MainWindow) -> None:
        name = show(window, qtbot).accessibleName()
        assert name.startswith("Pixels per label: road: 1\u202f137 pixels, 47.4")
        assert "; car: 60 pixels, 2.5\u202f%; No ROI: 1\u202f203 pixels" in name

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_components_are_measured_and_a_bar_chooses_one_on_the_canvas(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_scene(tmp_path, mask=two_cars())

    def script(window: MainWindow) -> None:
        window.session.select(0)
        chart = show(window, qtbot, COMPONENTS)
        assert chart.plotted() == [("1", 12), ("2", 6), ("3", 1)]
        assert window.plots.note.text() == "3 components"
        click(chart, 1)
        tool = window.canvas.tools["parts"]
        assert window.session.view.tool == "parts"
        qtbot.waitUntil(lambda: bool(tool.chosen))
        (piece,) = tool.chosen
        assert (piece.row0, piece.col0, piece.pixels) == (30, 40, 6)
        QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
        document = window.session.document
        assert document is not None
        qtbot.waitUntil(lambda: document.undo_label is not None)
        settled(window, qtbot)
        qtbot.waitUntil(lambda: chart.plotted() == [("1", 12), ("2", 1)])

    assert run([str(path)], script) == 0


def test_that_the_components_are_those_of_the_roi_that_is_selected_now(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_scene(tmp_path, mask=two_cars())

    def script(window: MainWindow) -> None:
        window.session.select(0)
        chart = show(window, qtbot, COMPONENTS)
        window.session.select(1)
        settled(window, qtbot)
        assert chart.plotted() == [("1", 20 * 60 - 19)]
        window.session.select()
        assert said(window) == "Select an ROI to see its components."

    assert run([str(path)], script) == 0


def test_that_small_components_beyond_fifty_are_one_bar_that_chooses_them_all(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    mask = np.zeros((40, 60, 3), np.uint8)
    mask[0, :4] = CAR
    mask[4::4, 1::3] = CAR  # 9 rows of 20 single pixels

    def script(window: MainWindow) -> None:
        window.session.select(0)
        chart = show(window, qtbot, COMPONENTS)
        assert len(chart.rows) == 51
        assert chart.plotted()[0] == ("1", 4)
        assert chart.plotted()[50] == ("131 smaller", 131)
        QTest.keyClick(chart, Qt.Key.Key_End)
        QTest.keyClick(chart, Qt.Key.Key_Return)
        tool = window.canvas.tools["parts"]
        qtbot.waitUntil(lambda: bool(tool.chosen))
        assert len(tool.chosen) == 131
        assert {piece.pixels for piece in tool.chosen} == {1}

    assert run([str(write_scene(tmp_path, mask=mask))], script) == 0


def test_that_values_without_an_roi_are_taken_in_hand(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def script(window: MainWindow) -> None:
        chart = show(window, qtbot, VALUES)
        assert chart.plotted() == [
            ("70 130 180", PIXELS[SKY]),
            ("9 200 9", PIXELS[STRAY]),
        ]
        click(chart, 1)
        taken = window.session.view.in_hand
        assert taken is not None
        assert taken.value == STRAY
        assert window.session.view.highlight == (taken.key, taken.indices)
        assert chart.selected == {(taken.key, taken.indices[0])}

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_a_plot_follows_a_stroke_once_the_hand_rests_and_only_while_it_is_seen(
    run: Run, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    count = kinds.roi_shares

    def note(*args: Any) -> Any:
        counted.append(1)
        return count(*args)

    monkeypatch.setattr(kinds, "roi_shares", note)

    def paint(window: MainWindow, row: int) -> None:
        with qtbot.waitSignal(window.session.counted):
            stroke(window, (5, row), (20, row), (40, row))

    def script(window: MainWindow) -> None:
        session = window.session
        chart = show(window, qtbot)
        session.select(0)
        session.set_view(tool="brush")
        assert len(counted) == 1
        paint(window, 5)
        settled(window, qtbot)
        assert len(counted) == 2  # of three moves and a release
        plane = session.document.planes["front/seg"]
        now = int((plane.table[plane.indices] == CAR).all(axis=2).sum())
        assert now > PIXELS[CAR]
        assert ("car", now) in chart.plotted()

        window.side.tabs.setCurrentWidget(window.history)
        paint(window, 12)
        session.undo()
        qtbot.wait(200)
        assert len(counted) == 2
        window.side.tabs.setCurrentWidget(window.plots)
        settled(window, qtbot)
        assert len(counted) == 3
        assert ("car", now) in chart.plotted()

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_a_renamed_roi_and_a_new_display_colour_are_shown(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        window.session.edit(
            "Rename", lambda edit: edit.frame.update_annotation(0, labels=["lorry"])
        )
        settled(window, qtbot)
        assert [row.name for row in chart.rows] == ["road", "lorry", "No ROI"]
        window.session.set_view(colors={0: (1, 2, 3)})
        assert chart.rows[1].rgb == (1, 2, 3)
        window.actions_by_id["palette_safe"].trigger()
        swatches = {row.name: row.rgb for row in chart.rows}
        assert swatches["road"] not in (ROAD, None)
        shown = [b.color().getRgb()[:3] for b in chart.bars.opts["brushes"]]
        assert shown[0] == swatches["road"]

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_ten_thousand_rois_are_the_largest_fifty_and_one_bar(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    mask = np.zeros((110, 110, 3), np.uint8)
    numbers = np.arange(10_000)
    values = np.stack((numbers % 250, numbers // 250, np.full(10_000, 9)), axis=1)
    flat = mask.reshape(-1, 3)
    flat[:10_000] = values
    flat[10_000:10_060] = values[100:160]
    path = write_scene(
        tmp_path,
        [roi([f"r{n}"], tuple(value)) for n, value in enumerate(values.tolist())],
        mask=mask,
    )

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        bars = chart.plotted()
        assert bars[:50] == [(f"r{n}", 2) for n in range(100, 150)]
        assert bars[50:] == [("9\u202f950 more", 9_960), ("Zeros", 110 * 110 - 10_060)]
        window.plots.copy_button.table_action.trigger()
        rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
        assert len(rows) == 1 + 10_000 + 2

    assert run([str(path)], script) == 0


def test_that_a_plot_is_copied_as_csv_that_no_spreadsheet_runs(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_scene(tmp_path, [roi(["=1+1"], CAR), roi(["a, b"], ROAD)])

    def script(window: MainWindow) -> None:
        show(window, qtbot)
        window.plots.copy_button.table_action.trigger()
        clipboard = QGuiApplication.clipboard()
        rows = list(csv.reader(io.StringIO(clipboard.text())))
        assert rows == [
            ["Label", "Pixels", "Percent"],
            ["a, b", "1137", "47.375"],
            ["'=1+1", "60", "2.5"],
            ["No ROI", "1203", "50.125"],
            ["Zeros", "0", "0.0"],
        ]
        assert clipboard.mimeData().hasFormat("text/csv")

    assert run([str(path)], script) == 0


def test_that_a_plot_is_copied_whole_as_a_picture(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    values = [(200, number, 9) for number in range(40)]
    mask = np.zeros((40, 60, 3), np.uint8)
    mask[:] = np.array(values, np.uint8)[:, None]
    rois = [roi([f"r{n}"], value) for n, value in enumerate(values)]

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        window.plots.copy_button.picture_action.trigger()
        picture = QGuiApplication.clipboard().image()
        assert picture.height() == 40 * ROW_PX
        assert picture.height() > window.plots.height()
        last = picture.pixelColor(point(chart, 39))
        assert last.getRgb()[:3] == values[39]

    assert run([str(write_scene(tmp_path, rois, mask=mask))], script) == 0


def test_that_an_empty_plot_says_why(run: Run, tmp_path: Path, qtbot: QtBot) -> None:
    path = write_scene(tmp_path)
    bare = tmp_path / "bare.json"
    bare.write_text(
        '{"sources": [{"id": "front", "uri": "scene.png"}, {"id": "b", "uri": '
        '"scene.png", "masks": [{"id": "m", "uri": "none.png"}]}], "rois": []}'
    )

    def script(window: MainWindow) -> None:
        show(window, qtbot)
        choose_kind(window, COMPONENTS)
        assert said(window) == "Select an ROI to see its components."
        window.session.select(0)
        settled(window, qtbot)
        assert said(window) == ""
        window.session.set_view(hidden_masks=frozenset({"front/seg"}))
        assert said(window) == "The selected ROI has no pixels in a mask that is shown."
        window.session.open(bare)
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
        choose_kind(window, LABELS)
        assert said(window) == "This source has no mask."
        assert not window.plots.copy_button.isEnabled()
        window.session.set_view(source="b")
        assert said(window) == "No mask of this source could be read."
        window.session.show(None)
        assert said(window) == "No frame is open."

    assert run([str(path)], script) == 0


def test_that_without_a_value_to_show_the_plot_says_so(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    rois = [roi([str(n)], value) for n, value in enumerate((CAR, ROAD, SKY, STRAY))]

    def script(window: MainWindow) -> None:
        window.side.show_panel(window.plots)
        choose_kind(window, VALUES)
        settled(window, qtbot)
        assert said(window) == "Every value has an ROI."

    assert run([str(write_scene(tmp_path, rois))], script) == 0


def test_that_long_labels_are_elided_and_read_whole_under_the_pointer(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    name = "<b>a very long label</b> " + "x" * 300
    path = write_scene(tmp_path, [roi([name], CAR), roi(["road"], ROAD)])

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        assert chart.names.width() < chart.width() * 0.5
        ((ticks),) = chart.names._tickLevels
        assert ticks[1][1].endswith("\N{HORIZONTAL ELLIPSIS}")
        QTest.mouseMove(chart.viewport(), point(chart, 1))
        assert "&lt;b&gt;a very long" in chart.viewport().toolTip()
        assert "x" * 300 in chart.viewport().toolTip()

    assert run([str(path)], script) == 0


def test_that_bars_follow_the_theme_and_lie_on_the_panels_ground(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def ground(chart: BarChart) -> QColor:
        return chart.grab().toImage().pixelColor(1, 1)

    def script(window: MainWindow) -> None:
        make_application("light")
        chart = show(window, qtbot)
        assert ground(chart) == QColor(LIGHT.surface)
        make_application("dark")
        assert ground(chart) == QColor(DARK.surface)
        make_application("light")

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_from_right_to_left_names_are_on_the_right(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        window.plots.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        QApplication.processEvents()
        assert chart.names.scenePos().x() > chart.box.scenePos().x()
        assert chart.values.scenePos().x() < chart.box.scenePos().x()
        box = chart.box
        ends = [box.mapViewToScene(QPointF(x, 0)).x() for x in (0, 100)]
        assert ends[0] > ends[1]
        click(chart, 1)
        assert window.session.view.selected == (0,)

    assert run([str(write_scene(tmp_path))], script) == 0


def test_that_the_wheel_scrolls_the_tab_and_zooms_nothing(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    values = [(200, number, 9) for number in range(40)]
    mask = np.zeros((40, 60, 3), np.uint8)
    mask[:] = np.array(values, np.uint8)[:, None]
    rois = [roi([f"r{n}"], value) for n, value in enumerate(values)]

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        before = chart.box.viewRange()
        at = point(chart, 1)
        place = QPointF(chart.viewport().mapTo(window, at))
        QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120))
        assert window.plots.area.verticalScrollBar().value() > 0
        assert chart.box.viewRange() == before
        QTest.mouseClick(chart.viewport(), Qt.MouseButton.RightButton, pos=at)
        assert chart.box.menu is None

    assert run([str(write_scene(tmp_path, rois, mask=mask))], script) == 0


def test_that_keys_bring_a_bar_out_of_sight_into_it(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    values = [(200, number, 9) for number in range(40)]
    mask = np.zeros((40, 60, 3), np.uint8)
    mask[:] = np.array(values, np.uint8)[:, None]
    rois = [roi([f"r{n}"], value) for n, value in enumerate(values)]

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        chart.setFocus()
        QTest.keyClick(chart, Qt.Key.Key_End)
        seen = chart.visibleRegion().boundingRect()
        assert seen.contains(chart.place(39).center())

    assert run([str(write_scene(tmp_path, rois, mask=mask))], script) == 0
