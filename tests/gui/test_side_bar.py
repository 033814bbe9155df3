"""The side bar in the real window: room for the ROI table, what folds, and what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromask_gui.panels.rois.row import Column
from scenes import CAR, ROAD, SKY, STRAY, roi, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask_gui.window.main_window import MainWindow
    from chromask_gui.window.side_bar import SideBar

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.usefixtures("any_font")


def resize(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    for _ in range(5):
        QApplication.processEvents()


def rows_in_sight(window: MainWindow) -> float:
    table = window.rois.table
    return table.viewport().height() / table.rowHeight(0)


def shows_masks(window: MainWindow) -> bool:
    return window.masks.list.isVisible()


def gaps(side: SideBar) -> list[int]:
    """How much higher each part's place is than the part."""
    return [
        size - side.widget(at).height()
        for at, size in enumerate(side.sizes())
        if side.widget(at).isVisible()
    ]


@pytest.mark.parametrize(
    ("width", "height", "least"), [(900, 700, 6), (1280, 800, 9), (1600, 1000, 12)]
)
def test_that_the_table_has_rows_in_sight(
    run: Callable[..., int], tmp_path: Path, width: int, height: int, least: int
) -> None:
    path = write_scene(tmp_path, [roi(["car"], CAR), roi(["road"], ROAD)])

    def script(window: MainWindow) -> None:
        resize(window, width, height)
        assert rows_in_sight(window) >= least
        assert gaps(window.side) == [0, 0, 0]
        assert window.masks.opacity.isVisible()

    assert run([str(path)], script) == 0


def test_that_the_masks_come_back_with_the_room(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        resize(window, 900, 700)
        assert not shows_masks(window)
        resize(window, 900, 1000)
        assert shows_masks(window)
        assert gaps(window.side) == [0, 0, 0]

    assert run([str(path)], script) == 0


def test_that_what_the_user_folded_stays_as_it_is_also_in_the_next_window(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def first(window: MainWindow) -> None:
        resize(window, 900, 700)
        QTest.mouseClick(window.masks.fold, LEFT)
        QTest.mouseClick(window.side.tabs_fold, LEFT)
        window.side.tabs.setCurrentIndex(2)
        assert shows_masks(window)
        assert not window.frame_details.isVisible()
        resize(window, 900, 1000)
        assert not window.frame_details.isVisible()

    def second(window: MainWindow) -> None:
        resize(window, 900, 700)
        assert shows_masks(window)
        assert not window.frame_details.isVisible()
        tabs = window.side.tabs.tabBar()
        QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(2).center())
        QApplication.processEvents()
        assert window.frame_details.isVisible()

    assert run([str(path)], first) == 0
    assert run([str(path)], second) == 0


def test_that_a_panel_that_is_asked_for_unfolds(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        window.side.tabs_fold.choose(is_folded=True)
        window.actions_by_id["frame_metadata"].trigger()
        QApplication.processEvents()
        assert window.frame_details.isVisible()

    assert run([str(path)], script) == 0


def test_that_the_lowest_window_still_shows_rows(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path)

    def script(window: MainWindow) -> None:
        resize(window, 720, 480)
        assert window.height() <= 520
        assert rows_in_sight(window) >= 3.5

    assert run([str(path)], script) == 0


def test_that_hex_stays_beside_confidences_where_only_one_mask_is_named(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path, [roi(["car"], CAR, confidence=0.5)])

    def script(window: MainWindow) -> None:
        window.split.setSizes([880, 520])
        QApplication.processEvents()
        table = window.rois.table
        shown = {column for column in Column if not table.isColumnHidden(column)}
        assert {Column.VALUE, Column.HEX, Column.PIXELS, Column.CONFIDENCE} <= shown
        assert table.columnWidth(Column.LABELS) >= 90

    assert run([str(path)], script) == 0


def test_that_the_tab_tells_of_colours_without_a_roi_also_folded(
    run: Callable[..., int], tmp_path: Path
) -> None:
    path = write_scene(tmp_path, [roi(["car"], CAR), roi(["road"], ROAD)])

    def script(window: MainWindow) -> None:
        window.side.tabs_fold.choose(is_folded=True)
        assert window.side.tabs.tabText(0) == "Colours (2)"
        for value in (SKY, STRAY):
            window.rois.add_roi("x", " ".join(map(str, value)))
        assert window.side.tabs.tabText(0) == "Colours"

    assert run([str(path)], script) == 0


def test_that_the_masks_are_whole_before_anything_is_open(
    run: Callable[..., int],
) -> None:
    """Boxes are higher in the style, which the panel gets after it was made."""

    def script(window: MainWindow) -> None:
        QApplication.processEvents()
        box = window.masks.look.palette_box
        assert box.visibleRegion().boundingRect() == box.rect()
        assert box.height() >= box.sizeHint().height()

    assert run([], script) == 0
