"""Long names in a small window: they are cut where they stand, and move nothing else out of sight."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolBar, QToolButton

from chromask_resources import example_frame
from scenes import CAR, ROAD, roi, write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask_gui.window.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("any_font")

LONG = "a name that is much longer than anybody would choose for a thing, with words"


def write_long(folder: Path) -> Path:
    """Write a frame in which everything has a long name."""
    rois = [
        roi([LONG], CAR, LONG),
        roi([f"label {number}" for number in range(12)], ROAD, LONG),
    ]
    path = write_scene(folder, rois)
    text = path.read_text(encoding="utf-8").replace('"id": "seg"', f'"id": "{LONG}"')
    path.write_text(text, encoding="utf-8")
    return shutil.move(path, folder / f"{LONG}.json")


def has_hidden_parts(bar: QToolBar) -> bool:
    """Tell whether a tool bar keeps something behind its arrow."""
    arrow = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    return arrow is not None and arrow.isVisibleTo(bar)


def small(window: MainWindow) -> None:
    window.resize(900, 700)
    window.session.select(0)
    QApplication.processEvents()


@pytest.mark.parametrize("tool", ["select", "brush", "polygon", "wand"])
def test_that_no_bar_hides_a_part_in_a_small_window(
    run: Callable[..., int], tmp_path: Path, tool: str
) -> None:
    def script(window: MainWindow) -> None:
        small(window)
        window.actions_by_id[f"tool_{tool}"].trigger()
        QApplication.processEvents()
        bars = [bar for bar in window.findChildren(QToolBar) if bar.isVisible()]
        assert len(bars) == 3
        hiding = [bar.objectName() for bar in bars if has_hidden_parts(bar)]
        assert hiding == []
        assert window.title.text() == f"{LONG}.json"
        assert window.title.elided() != window.title.text()
        assert str(tmp_path) in window.title.toolTip()

    assert run([str(write_long(tmp_path))], script) == 0


def test_that_the_details_need_no_scrolling_sideways(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        small(window)
        window.side.show_panel(window.details)
        QApplication.processEvents()
        assert window.details.horizontalScrollBar().maximum() == 0

    assert run([str(write_long(tmp_path))], script) == 0


def test_that_a_tools_options_are_whole_before_its_hint_is(
    run: Callable[..., int], tmp_path: Path
) -> None:
    def script(window: MainWindow) -> None:
        small(window)
        window.resize(1250, 700)
        window.actions_by_id["tool_wand"].trigger()
        QApplication.processEvents()
        hint = window.options.hint
        assert 0 < hint.width() < hint.fontMetrics().horizontalAdvance(hint.text())
        for name in ("connected", "mode", "over"):
            widget = window.options.widgets[name]
            assert widget.width() == widget.sizeHint().width(), name

    assert run([str(write_long(tmp_path))], script) == 0


@pytest.mark.parametrize("height", [700, 740, 780])
def test_that_the_form_of_a_new_roi_is_whole_in_a_low_window(
    run: Callable[..., int], tmp_path: Path, height: int
) -> None:
    rois = [roi([f"label {number}"], (number, 0, 0)) for number in range(12)]

    def script(window: MainWindow) -> None:
        window.resize(1180, height)
        QApplication.processEvents()
        tabs = window.side.tabs_fold.is_folded
        window.rois.add_button.click()
        QTest.qWait(50)
        form = window.rois.form
        assert form.isVisible()
        assert form.height() >= form.minimumSizeHint().height()
        window.rois.close_form()
        QTest.qWait(50)
        assert window.side.tabs_fold.is_folded == tabs

    assert run([str(write_scene(tmp_path, rois))], script) == 0


def test_that_masks_unfolded_in_a_low_window_are_whole(run: Callable[..., int]) -> None:
    def script(window: MainWindow) -> None:
        window.resize(1180, 740)
        QTest.qWait(50)
        fold = window.masks.fold
        assert fold.is_folded
        fold.choose(False)
        QTest.qWait(50)
        assert window.masks.height() >= window.masks.sizeHint().height()

    assert run([str(example_frame())], script) == 0
