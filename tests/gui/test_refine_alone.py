"""The bar that refines, on a session alone: what it offers, remembers, says and gives up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chromask.pixels.refine import OPERATIONS
from chromask_gui.panels.refine_bar import TEXTS, RefineBar
from scenes import CAR, COLS, ROAD, ROWS, SKY, roi, scene_mask, write_scene
from tool_hands import KEY, pixels, show

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.session.session import Session

ROIS = [roi(["car"], CAR), roi(["road"], ROAD), roi(["sky"], SKY)]
OTHER = "front/other"


@pytest.fixture
def session(scene_session: Session, tmp_path: Path) -> Session:
    show(scene_session, write_scene(tmp_path / "refine", ROIS))
    return scene_session


@pytest.fixture
def bar(session: Session, qtbot: QtBot) -> RefineBar:
    bar = RefineBar(session)
    qtbot.addWidget(bar)
    return bar


def choose(bar: RefineBar, operation: str) -> None:
    place = bar.operation.findData(operation)
    bar.operation.setCurrentIndex(place)
    bar.operation.activated.emit(place)


def open_with(bar: RefineBar, operation: str) -> None:
    bar.open()
    choose(bar, operation)


def wait(qtbot: QtBot, bar: RefineBar) -> None:
    qtbot.waitUntil(lambda: bar.preview.state != "working")


def offered(bar: RefineBar) -> list[Any]:
    return [bar.target.itemData(place) for place in range(bar.target.count())]


def take(bar: RefineBar, target: Any) -> None:
    place = offered(bar).index(target)
    bar.target.setCurrentIndex(place)
    bar.target.activated.emit(place)


def two_masks(folder: Path) -> Path:
    path = write_scene(folder, [*ROIS, roi(["bus"], CAR, mask="other")])
    other = np.full((ROWS, COLS, 3), SKY, np.uint8)
    other[5:8, 40:45] = CAR
    PilImage.fromarray(other).save(folder / "other.png")
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"].append({"id": "other", "uri": "other.png"})
    path.write_text(json.dumps(frame))
    return path


def test_that_without_a_document_it_stays_away(
    session: Session, bar: RefineBar
) -> None:
    session.show(None)

    bar.open()

    assert not bar.isVisible()
    assert bar.preview.state == "off"


def test_that_it_opens_with_the_keyboard_and_a_preview(
    bar: RefineBar, qtbot: QtBot
) -> None:
    assert not bar.isVisible()
    bar.open()

    qtbot.waitUntil(bar.operation.hasFocus)
    assert bar.isVisible()
    assert bar.preview.state == "working"
    assert bar.result.text() == "Computing"
    assert not bar.apply_button.isEnabled()


# -- what can be refined


def test_that_it_offers_the_selected_roi_and_the_masks_that_are_shown(
    session: Session, bar: RefineBar, tmp_path: Path
) -> None:
    show(session, two_masks(tmp_path / "two"))
    bar.open()
    assert offered(bar) == [(KEY, 0), (KEY, None), (OTHER, None)]
    texts = [bar.target.itemText(place) for place in range(3)]
    assert texts == ["ROI car", "Whole mask seg", "Whole mask other"]

    session.set_view(hidden_masks=frozenset({KEY}))
    assert offered(bar) == [(KEY, 0), (OTHER, None)]
    session.select()
    assert offered(bar) == [(OTHER, None)]
    session.select(2, 0)
    assert offered(bar) == [(KEY, 2), (OTHER, None)]


def test_that_a_single_mask_is_offered_though_it_is_hidden_and_no_empty_roi(
    session: Session, bar: RefineBar, tmp_path: Path
) -> None:
    show(session, write_scene(tmp_path / "ghost", [*ROIS, roi(["ghost"], (1, 2, 3))]))
    session.select(3)
    session.set_view(hidden_masks=frozenset({KEY}))

    bar.open()

    assert offered(bar) == [(KEY, None)]


def test_that_a_whole_mask_stays_chosen_and_a_roi_follows_the_selection(
    session: Session, bar: RefineBar, tmp_path: Path
) -> None:
    show(session, two_masks(tmp_path / "two"))
    bar.open()
    session.select(1)
    assert bar.target.currentData() == (KEY, 1)
    take(bar, (OTHER, None))

    session.select(2)

    assert bar.target.currentData() == (OTHER, None)
    session.set_view(hidden_masks=frozenset({OTHER}))
    assert bar.target.currentData() == (KEY, 2)


def test_that_without_a_mask_it_says_so(
    session: Session, bar: RefineBar, tmp_path: Path
) -> None:
    bar.open()
    path = write_scene(tmp_path / "bare", ROIS)
    frame = json.loads(path.read_text())
    del frame["sources"][0]["masks"]
    path.write_text(json.dumps(frame))
    show(session, path)
    assert not bar.isVisible()

    bar.open()

    assert offered(bar) == []
    assert bar.result.text() == "There is no mask to refine"
    assert bar.preview.state == "off"
    assert not bar.apply_button.isEnabled()


# -- operations and their amounts


@pytest.mark.parametrize("name", OPERATIONS)
def test_that_each_operation_has_its_bounds_unit_and_words(
    bar: RefineBar, name: str
) -> None:
    bar.open()

    choose(bar, name)

    operation = OPERATIONS[name]
    amount = bar.amount
    assert (amount.minimum(), amount.maximum()) == (operation.lowest, operation.highest)
    assert amount.value() == operation.start
    assert amount.isVisible() == (name != "largest")
    unit = {"islands": " pixels", "holes": " pixels"}.get(name, " px")
    assert amount.suffix() == unit
    words = TEXTS[name][1]
    assert words in (bar.what.text(), bar.what.toolTip(), bar.what.accessibleName())
    place = bar.operation.findData(name)
    assert bar.operation.itemData(place, Qt.ItemDataRole.ToolTipRole) == words


def test_that_each_operation_remembers_its_own_amount(
    bar: RefineBar, qtbot: QtBot
) -> None:
    open_with(bar, "islands")
    bar.amount.setValue(700)
    choose(bar, "grow")
    bar.amount.setValue(2)
    choose(bar, "snap")
    assert bar.amount.value() == OPERATIONS["snap"].start
    choose(bar, "islands")
    assert bar.amount.value() == 700
    choose(bar, "grow")
    assert bar.amount.value() == 2
    wait(qtbot, bar)
    # What is shown is what the bar says.
    assert bar.preview.pixels == 68
    bar.hide()

    bar.open()

    assert bar.operation.currentData() == "grow"
    assert bar.amount.value() == 2


def test_that_another_amount_operation_or_target_is_shown_at_once(
    session: Session, bar: RefineBar, qtbot: QtBot
) -> None:
    open_with(bar, "grow")
    wait(qtbot, bar)
    assert bar.preview.pixels == 32
    bar.amount.setValue(2)
    assert bar.preview.state == "working"
    wait(qtbot, bar)
    assert bar.preview.pixels == 68
    choose(bar, "shrink")
    assert bar.preview.state == "working"
    wait(qtbot, bar)
    # A rectangle of 6 x 10 loses its outermost pixels.
    assert bar.preview.pixels == 28
    choose(bar, "islands")
    wait(qtbot, bar)
    assert bar.preview.pixels == 0
    take(bar, (KEY, None))
    assert bar.preview.state == "working"
    wait(qtbot, bar)
    assert bar.preview.pixels == 3
    assert (pixels(session)[35, 50:53] == ROAD).all()


@pytest.mark.parametrize(
    "view",
    [
        {"paint_over": 2},
        {"locked_rois": frozenset({1})},
        {"selected": (1,)},
        {"hidden_masks": frozenset({KEY})},
        {"source": "rear"},
    ],
    ids=lambda view: next(iter(view)),
)
def test_that_what_the_view_allows_is_asked_for_anew(
    session: Session, bar: RefineBar, qtbot: QtBot, tmp_path: Path, view: dict[str, Any]
) -> None:
    path = write_scene(tmp_path / "two", ROIS)
    frame = json.loads(path.read_text())
    frame["sources"].append({**frame["sources"][0], "id": "rear"})
    path.write_text(json.dumps(frame))
    show(session, path)
    open_with(bar, "grow")
    wait(qtbot, bar)
    shown = bar.preview.pixels
    session.set_view(opacity=0.3)
    assert (bar.preview.state, bar.preview.pixels) == ("shown", shown)

    session.set_view(**view)

    assert bar.preview.state == "working"
    wait(qtbot, bar)
    if "paint_over" in view or "locked_rois" in view:
        assert bar.preview.pixels == 0
        assert bar.result.text() == "Nothing would change"
        assert not bar.apply_button.isEnabled()


def test_that_a_bar_that_is_hidden_asks_for_nothing(
    session: Session, bar: RefineBar
) -> None:
    session.select(1)
    session.set_view(paint_over=0)

    assert bar.preview.state == "off"
    assert offered(bar) == []


# -- keeping it or not


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, None])
def test_that_what_is_shown_is_kept_and_told(
    session: Session, bar: RefineBar, qtbot: QtBot, key: Qt.Key | None
) -> None:
    said: list[str] = []
    session.notified.connect(said.append)
    open_with(bar, "grow")
    wait(qtbot, bar)
    assert bar.result.text() == "32 pixels would change"
    assert bar.apply_button.isEnabled()

    if key is None:
        QTest.mouseClick(bar.apply_button, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(bar, key)

    assert not bar.isVisible()
    assert said == ["Refined: 32 pixels changed"]
    assert session.document.undo_labels == ("Grow in car",)
    assert not session.has_gesture


def test_that_a_whole_mask_gives_the_step_its_key(
    session: Session, bar: RefineBar, qtbot: QtBot
) -> None:
    open_with(bar, "islands")
    take(bar, (KEY, None))
    wait(qtbot, bar)

    bar.apply()

    assert session.document.undo_labels == (f"Remove islands in {KEY}",)


def test_that_nothing_is_kept_before_it_is_shown(
    session: Session, bar: RefineBar
) -> None:
    said: list[str] = []
    session.notified.connect(said.append)
    open_with(bar, "grow")

    bar.apply()

    assert bar.isVisible()
    assert said == []
    assert session.document.undo_labels == ()


@pytest.mark.parametrize("way", ["escape", "cancel", "frame"])
def test_that_a_bar_that_closes_gives_the_preview_up(
    session: Session, bar: RefineBar, qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    open_with(bar, "grow")
    wait(qtbot, bar)
    before = session.document
    assert not np.array_equal(pixels(session), scene_mask())

    if way == "escape":
        QTest.keyClick(bar, Qt.Key.Key_Escape)
    elif way == "cancel":
        QTest.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
    else:
        show(session, write_scene(tmp_path / "next", ROIS))

    assert not bar.isVisible()
    assert bar.preview.state == "off"
    assert not session.has_gesture
    assert not before.is_edited
    assert np.array_equal(pixels(session), scene_mask())


def test_that_a_job_that_is_cancelled_elsewhere_is_said(
    session: Session, bar: RefineBar, qtbot: QtBot
) -> None:
    session.jobs.started.connect(lambda job: job.cancel())
    open_with(bar, "grow")

    wait(qtbot, bar)

    assert bar.result.text() == "No preview: it was stopped"
    assert not bar.apply_button.isEnabled()


def test_that_the_preview_comes_back_after_another_edit(
    session: Session, bar: RefineBar, qtbot: QtBot
) -> None:
    open_with(bar, "grow")
    wait(qtbot, bar)

    session.edit("Rename", lambda edit: edit.frame.update_annotation(0, labels=["bus"]))

    assert np.array_equal(pixels(session), scene_mask())
    qtbot.waitUntil(lambda: bar.preview.pixels == 32)
    assert bar.target.currentText() == "ROI bus"
