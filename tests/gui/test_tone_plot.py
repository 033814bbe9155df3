"""The histogram in the real window: its numbers, the region to drag, fitting and empty places."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from chromask.drawing import histogram
from chromask_gui.plots import tone_plot
from gates import Gate
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.plots.histogram_chart import HistogramChart
    from chromask_gui.window.main_window import MainWindow

    Run = Callable[[list[str], Callable[[MainWindow], None]], int]

LEFT = Qt.MouseButton.LeftButton
LUMINANCE, RGB, RED, GREEN, BLUE = range(5)


def show(window: MainWindow, qtbot: QtBot) -> HistogramChart:
    window.actions_by_id["has_tone_bar"].trigger()
    settled(window, qtbot)
    chart = window.tone.histogram.chart
    assert chart is not None
    return chart


def settled(window: MainWindow, qtbot: QtBot) -> None:
    def is_exact() -> bool:
        found = window.tone.histogram.histogram
        return found is not None and found.is_exact

    qtbot.waitUntil(is_exact, timeout=20_000)


def choose_channel(window: MainWindow, channel: int) -> None:
    box = window.tone.histogram.channel_box
    key = Qt.Key.Key_Down if channel > box.currentIndex() else Qt.Key.Key_Up
    for _ in range(abs(channel - box.currentIndex())):
        QTest.keyClick(box, key)


def counted(levels: np.ndarray[Any, Any], edges: np.ndarray[Any, Any]) -> list[float]:
    return [float(n) for n in np.histogram(levels, edges - 0.5)[0]]


def at_level(chart: HistogramChart, level: float) -> QPoint:
    """Give the point of the viewport over a level, in the middle of the chart's height."""
    low, high = chart.box.viewRange()[1]
    scene = chart.box.mapViewToScene(QPointF(level, (low + high) / 2))
    return chart.mapFromScene(scene)


def drag(chart: HistogramChart, start: float, end: float) -> None:
    viewport = chart.viewport()
    QTest.mouseMove(viewport, at_level(chart, start))
    QTest.mousePress(viewport, LEFT, pos=at_level(chart, start))
    for share in (0.3, 0.6, 1.0):
        level = start + (end - start) * share
        QTest.mouseMove(viewport, at_level(chart, level))
        QTest.qWait(5)
    QTest.mouseRelease(viewport, LEFT, pos=at_level(chart, end))


def source(tmp_path: Path, pixels: np.ndarray[Any, Any]) -> Path:
    path = write_scene(tmp_path)
    PilImage.fromarray(pixels).save(tmp_path / "scene.png")
    return path


def colors() -> np.ndarray[Any, Any]:
    return np.random.default_rng(2).integers(30, 220, (40, 60, 3)).astype(np.uint8)


def test_that_every_channel_is_plotted_as_numpy_counts_it(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    pixels = colors()
    edges = np.arange(257)

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        assert chart.shown == ["luminance"]
        grey = np.asarray(PilImage.fromarray(pixels).convert("L"))
        found, heights = chart.plotted("luminance")
        assert found == edges.tolist()
        assert heights == counted(grey, edges)
        choose_channel(window, RGB)
        assert chart.shown == ["red", "green", "blue"]
        for number, name in enumerate(chart.shown):
            assert chart.plotted(name)[1] == counted(pixels[..., number], edges)
            assert chart.curves[name].isVisible()
        assert not chart.curves["luminance"].isVisible()
        choose_channel(window, GREEN)
        assert chart.shown == ["green"]

    assert run([str(source(tmp_path, pixels))], script) == 0


def test_that_a_logarithmic_plot_keeps_one_pixel_apart_from_none(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    pixels = np.full((40, 60), 7, np.uint8)
    pixels[0, 0] = 9

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        QTest.mouseClick(window.tone.histogram.log_box, LEFT, pos=QPoint(8, 8))
        assert window.tone.histogram.log_box.isChecked()
        heights = chart.plotted("luminance")[1]
        assert heights[7] == pytest.approx(np.log10(2399))
        assert heights[9] == 0
        assert heights[8] < 0
        assert chart.box.viewRange()[1][0] == pytest.approx(heights[8])

    assert run([str(source(tmp_path, pixels))], script) == 0


def test_that_a_peak_leaves_the_view_rather_than_flatten_the_rest(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    pixels = np.repeat(np.arange(40, dtype=np.uint8) + 50, 60).reshape(40, 60)
    pixels[:20] = 0  # 1200 pixels of black, 60 of each other level

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        assert chart.plotted("luminance")[1][0] == 1200
        assert chart.box.viewRange()[1] == pytest.approx([0, 60 * 1.02])

    assert run([str(source(tmp_path, pixels))], script) == 0


def test_that_16_bits_are_plotted_in_bins_over_what_the_image_uses(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    pixels = np.random.default_rng(2).integers(500, 4000, (40, 60)).astype(np.uint16)

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        found, heights = chart.plotted("luminance")
        assert found == np.arange(0, 4097, 8).tolist()
        assert heights == counted(pixels, np.arange(0, 4097, 8))
        assert not window.tone.histogram.channel_box.isEnabled()
        low, high = window.tone.low.value(), window.tone.high.value()
        assert (low, high) != (0, 65535)
        assert chart.region.getRegion() == (low + 0.5, high + 0.5)

    assert run([str(source(tmp_path, pixels))], script) == 0


def test_that_dragging_an_edge_sets_black_or_white_and_only_that(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        session = window.session
        assert session.view.look.tone.window is None
        drag(chart, 0.5, 60.5)
        low, high = session.view.look.tone.window
        assert abs(low - 60) <= 2
        assert high == 255
        assert window.tone.low.value() == low
        drag(chart, 255.5, 200.5)
        low_after, high = session.view.look.tone.window
        assert low_after == low
        assert abs(high - 200) <= 2
        assert window.tone.high.value() == high
        drag(chart, 130, 150)
        moved = session.view.look.tone.window
        assert abs(moved[0] - low - 20) <= 2
        assert moved[1] - moved[0] == high - low

    assert run([str(source(tmp_path, colors()))], script) == 0


def test_that_the_region_follows_the_sliders_and_writes_nothing_itself(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        dragged: list[Any] = []
        chart.window_dragged.connect(lambda *window_: dragged.append(window_))
        for _ in range(10):
            QTest.keyClick(window.tone.low, Qt.Key.Key_PageUp)
        low = window.session.view.look.tone.window[0]
        assert low > 0
        assert chart.region.getRegion() == (low + 0.5, 255.5)
        QTest.mouseClick(window.tone.reset_button, LEFT)
        assert window.session.view.look.tone.window is None
        assert chart.region.getRegion() == (0.5, 255.5)
        assert dragged == []

    assert run([str(source(tmp_path, colors()))], script) == 0


def test_that_a_double_click_enter_and_the_button_fit_the_window_to_the_data(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    pixels = np.full((40, 60), 80, np.uint8)
    pixels[20:] = 150
    pixels[0, 0] = 255  # one dead pixel

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)

        def tone() -> tuple[int, int] | None:
            return window.session.view.look.tone.window

        QTest.mouseDClick(chart.viewport(), LEFT, pos=at_level(chart, 30))
        assert tone() == (80, 150)
        assert chart.region.getRegion() == (80.5, 150.5)
        QTest.mouseClick(window.tone.reset_button, LEFT)
        QTest.keyClick(chart, Qt.Key.Key_Return)
        assert tone() == (80, 150)
        QTest.mouseClick(window.tone.reset_button, LEFT)
        QTest.mouseClick(window.tone.histogram.fit_button, LEFT)
        assert tone() == (80, 150)

    assert run([str(source(tmp_path, pixels))], script) == 0


def test_that_keys_and_pointer_read_the_pixels_of_a_level(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    pixels = np.full((40, 60), 1, np.uint8)
    pixels[0] = 255

    def script(window: MainWindow) -> None:
        chart = show(window, qtbot)
        plot = window.tone.histogram
        plot.copy_button.setFocus()
        QTest.keyClick(plot.copy_button, Qt.Key.Key_Tab)
        assert chart.hasFocus()
        QTest.keyClick(chart, Qt.Key.Key_Home)
        assert plot.says.text() == "Level 0: Luminance 0"
        QTest.keyClick(chart, Qt.Key.Key_Right)
        assert plot.says.text() == "Level 1: Luminance 2\u202f340"
        QTest.keyClick(chart, Qt.Key.Key_End)
        assert plot.says.text() == "Level 255: Luminance 60"
        QTest.mouseMove(chart.viewport(), at_level(chart, 1.5))
        assert plot.says.text().startswith("Level 1:")
        assert chart.accessibleName() == "Histogram: levels 1 to 255 are used"
        assert chart.accessibleDescription() == "Black 0, white 255"

    assert run([str(source(tmp_path, pixels))], script) == 0


def test_that_a_large_image_is_plotted_from_a_sample_first(
    run: Run, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        histogram, "SAMPLES", 100
    )  # of 2400: every fourth row and column
    gate, steps = Gate(), []
    count = tone_plot.count_levels
    exact = gate.held(count)

    def hold_the_second(pixels: Any, **options: Any) -> Any:
        steps.append(options["step"])
        return (exact if options["step"] == 1 else count)(pixels, **options)

    monkeypatch.setattr(tone_plot, "count_levels", hold_the_second)
    pixels = np.full((40, 60), 8, np.uint8)
    pixels[1::4] = 9  # no row of the sample

    def script(window: MainWindow) -> None:
        plot = window.tone.histogram
        window.actions_by_id["has_tone_bar"].trigger()
        qtbot.waitUntil(lambda: plot.histogram is not None, timeout=20_000)
        chart = plot.chart
        assert chart is not None
        assert (
            chart.plotted("luminance")[1][8] == 2400
        )  # as if all were like the sample
        assert "from a sample of 6.2\u202f%" in chart.accessibleName()
        gate.open()
        settled(window, qtbot)
        heights = chart.plotted("luminance")[1]
        assert (heights[8], heights[9]) == (1800, 600)
        assert steps == [4, 1]
        assert "sample" not in chart.accessibleName()

    assert run([str(source(tmp_path, pixels))], script) == 0


def test_that_nothing_is_counted_while_the_bar_is_closed(
    run: Run, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    count = tone_plot.count_levels

    def note(*args: Any, **options: Any) -> Any:
        calls.append(1)
        return count(*args, **options)

    monkeypatch.setattr(tone_plot, "count_levels", note)

    def script(window: MainWindow) -> None:
        qtbot.wait(50)
        assert calls == []
        show(window, qtbot)
        assert len(calls) == 1
        window.actions_by_id["has_tone_bar"].trigger()
        window.actions_by_id["has_tone_bar"].trigger()
        qtbot.wait(50)
        assert len(calls) == 1  # the same image

    assert run([str(source(tmp_path, colors()))], script) == 0


def test_that_a_source_that_cannot_be_read_is_said_in_the_plots_place(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene.png").unlink()

    def script(window: MainWindow) -> None:
        window.actions_by_id["has_tone_bar"].trigger()
        assert window.tone.isVisible()
        message = window.tone.histogram.message
        assert message.isVisible()
        assert message.text() == "The source image could not be read, or there is none."
        assert not window.tone.low.isEnabled()
        assert not window.tone.histogram.fit_button.isEnabled()

    assert run([str(path)], script) == 0


def test_that_the_histogram_is_copied_as_csv(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    pixels = colors()

    def script(window: MainWindow) -> None:
        show(window, qtbot)
        window.tone.histogram.copy_button.table_action.trigger()
        rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
        assert rows[0] == ["Level", "Red", "Green", "Blue", "Luminance"]
        assert [int(row[1]) for row in rows[1:]] == counted(
            pixels[..., 0], np.arange(257)
        )
        window.tone.histogram.copy_button.picture_action.trigger()
        chart = window.tone.histogram.chart
        assert chart is not None
        assert QGuiApplication.clipboard().image().width() == chart.width()

    assert run([str(source(tmp_path, pixels))], script) == 0
