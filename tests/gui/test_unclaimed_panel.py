"""The panel of colours without a ROI: what it lists, and what its actions ask for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication

from chromask.counts.pixel_counts import NOBODY, ValueCount
from chromask.document.edits import repaint
from chromask.pixels.plane import Plane
from chromask_gui.look.icons import icon
from chromask_gui.look.theme import apply_theme
from chromask_gui.panels.colours.model import (
    FETCH_ROWS,
    UnclaimedGroup,
    UnclaimedModel,
    unclaimed_group,
)
from chromask_gui.panels.colours.panel import UnclaimedPanel
from panel_kit import FakeSession
from roi_scenes import RGB
from scenes import (
    CAR,
    COLS,
    PIXELS,
    ROAD,
    ROWS,
    SKY,
    STRAY,
    roi,
    scene_mask,
    write_scene,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def session(qtbot: QtBot) -> FakeSession:
    return FakeSession()


@pytest.fixture
def panel(session: FakeSession, qtbot: QtBot) -> UnclaimedPanel:
    panel = UnclaimedPanel(session)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.resize(420, 400)
    panel.show()
    return panel


@pytest.fixture
def resets(panel: UnclaimedPanel, session: FakeSession, tmp_path: Path) -> list[None]:
    """Open the scene; give one item for each time that all rows are made anew after it."""
    session.open(write_scene(tmp_path))
    found: list[None] = []
    panel.model.modelReset.connect(lambda: found.append(None))
    return found


def plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ")


def rows(panel: UnclaimedPanel) -> list[list[str]]:
    model = panel.model
    return [
        [plain(str(model.index(row, column).data())) for column in range(5)]
        for row in range(model.rowCount())
    ]


def select_row(panel: UnclaimedPanel, qtbot: QtBot, row: int) -> None:
    rect = panel.table.visualRect(panel.model.index(row, 0))
    qtbot.mouseClick(
        panel.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center()
    )


def shown_text(panel: UnclaimedPanel) -> str:
    return panel.empty_text.text() if panel.empty_text.isVisible() else ""


# -- what it lists


def test_that_the_values_nobody_claims_stand_there_most_pixels_first(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    sky = f"{100 * PIXELS[SKY] / (ROWS * COLS):.1f}".removesuffix(".0")
    assert rows(panel) == [
        ["70 130 180", "#4682b4", "1 200", sky, "seg"],
        ["9 200 9", "#09c809", "3", "0.12", "seg"],
    ]
    assert plain(panel.summary.text()) == "2 colours, 1 203 pixels"


def test_that_the_background_of_zeros_stands_last(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    mask = scene_mask()
    mask[:20] = 0
    session.open(write_scene(tmp_path, rois=[], mask=mask))
    assert [row[0] for row in rows(panel)] == [
        "128 64 128",
        "0 0 142",
        "9 200 9",
        "0 0 0",
    ]


def test_that_a_colour_taken_in_the_image_is_selected_in_the_list(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    mask = np.zeros((40, 60, 3), np.uint8)
    mask[..., 0] = np.arange(2400).reshape(40, 60) % 256
    mask[..., 1] = 1 + np.arange(2400).reshape(40, 60) // 256
    document = session.open(write_scene(tmp_path, rois=[], mask=mask))
    assert panel.model.rowCount() == FETCH_ROWS
    plane = document.planes["front/seg"]
    entry = int(plane.indices[30, 7])
    value = plane.value(entry)
    session.take(ValueCount("front/seg", (entry,), value, plane.rgb(entry), 1))
    assert panel.selected().value == value
    place = panel.table.visualRect(panel.table.currentIndex())
    assert panel.table.viewport().rect().contains(place)


def test_that_two_palette_entries_of_one_colour_are_one_row_with_both_entries(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    from PIL import Image as PilImage

    path = write_scene(tmp_path, rois=[])
    picture = PilImage.new("P", (4, 1))
    picture.putdata([0, 1, 1, 2])
    picture.putpalette([10, 20, 30, 40, 50, 60, 10, 20, 30, 7, 7, 7])
    picture.save(tmp_path / "scene_seg.png")
    session.open(path)
    assert [(row[0], row[2]) for row in rows(panel)] == [
        ("10 20 30", "2"),
        ("40 50 60", "2"),
    ]
    select_row(panel, qtbot, 0)
    with qtbot.waitSignal(panel.show_requested) as shown:
        panel.show_where()
    assert shown.args == ["front/seg", (0, 2)]


def test_that_only_the_masks_of_the_shown_source_are_listed(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, rois=[])
    frame = json.loads(path.read_text())
    rear = {**frame["sources"][0], "id": "rear", "masks": []}
    frame["sources"].append(rear)
    path.write_text(json.dumps(frame))
    session.open(path)
    assert len(rows(panel)) == 4
    session.set_view(source="rear")
    assert not rows(panel)
    assert shown_text(panel) == "This source has no mask"


def test_that_a_hidden_mask_is_listed_all_the_same(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    session.set_view(hidden_masks=frozenset({"front/seg"}))
    assert len(rows(panel)) == 2


def test_that_many_values_are_made_as_they_are_scrolled_to_and_all_counted(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    noise = np.zeros((100, 100, 3), np.uint8)
    noise[..., 0] = np.arange(100)
    noise[..., 1] = np.arange(100)[:, None]
    counts: list[int] = []
    panel.count_changed.connect(counts.append)
    session.open(write_scene(tmp_path, rois=[], mask=noise))
    assert panel.model.rowCount() == FETCH_ROWS
    assert plain(panel.summary.text()) == "10 000 colours, 10 000 pixels"
    assert counts[-1] == 10_000
    while panel.model.canFetchMore(QModelIndex()):
        panel.model.fetchMore(QModelIndex())
    assert panel.model.rowCount() == 10_000
    assert len({row[0] for row in rows(panel)}) == 10_000


@pytest.mark.parametrize(
    ("rois", "legend", "text"),
    [
        pytest.param(
            [roi([name], value) for name, value in zip("abcd", PIXELS, strict=True)],
            None,
            "Every colour has a ROI",
            id="rois",
        ),
        pytest.param(
            [roi(["a"], CAR)],
            {"b": ROAD, "c": SKY, "d": STRAY},
            "Every colour has a ROI or a label of the data set",
            id="legend",
        ),
    ],
)
def test_that_the_good_news_says_who_claims_all(
    panel: UnclaimedPanel,
    session: FakeSession,
    tmp_path: Path,
    rois: list[dict[str, object]],
    legend: dict[str, object] | None,
    text: str,
) -> None:
    if legend:
        (tmp_path / "_mask_legend.json").write_text(json.dumps(legend))
    session.open(write_scene(tmp_path, rois=rois))
    assert shown_text(panel) == text
    check = icon("check", "success").pixmap(16).toImage()
    assert panel.empty_icon.pixmap().toImage() == check
    assert not panel.table.isVisible()


def test_that_a_mask_that_cannot_be_read_is_no_good_news(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene_seg.png").unlink()
    session.open(path)
    assert shown_text(panel) == "No mask of this source could be read"


def test_that_the_check_follows_the_theme(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    rois = [roi([name], value) for name, value in zip("abcd", PIXELS, strict=True)]
    session.open(write_scene(tmp_path, rois=rois))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        for scheme in ("light", "dark"):
            apply_theme(app, scheme)
            check = icon("check", "success").pixmap(16).toImage()
            assert panel.empty_icon.pixmap().toImage() == check
    finally:
        apply_theme(app, "system")


def test_that_nothing_is_said_while_nothing_is_open(panel: UnclaimedPanel) -> None:
    assert not shown_text(panel)
    assert not panel.make_action.isEnabled()


def test_that_a_tooltip_shows_tags_of_a_mask_id_as_text(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    path = write_scene(tmp_path, rois=[])
    path.write_text(path.read_text().replace('"seg"', '"<b>seg</b>"'))
    session.open(path)
    tip = panel.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;seg&lt;/b&gt;" in tip
    assert panel.model.index(0, UnclaimedModel.MASK).data() == "<b>seg</b>"


def test_that_a_value_of_16_bits_has_no_hex(
    panel: UnclaimedPanel, session: FakeSession, tmp_path: Path
) -> None:
    deep = np.full((4, 4), 40_000, np.uint16)
    session.open(write_scene(tmp_path, rois=[], mask=deep))
    assert rows(panel)[0][:2] == ["40000", ""]


# -- what its actions do


def test_that_enter_asks_for_a_label_and_enter_again_makes_the_roi(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    document = session.open(write_scene(tmp_path))
    select_row(panel, qtbot, 1)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.label_edit.isVisible()
    qtbot.keyClicks(panel.label_edit, "sign, stray")
    qtbot.keyClick(panel.label_edit, Qt.Key.Key_Return)

    added = document.frame.annotations[-1]
    assert (added.labels, added.mask_value) == (("sign", "stray"), STRAY)
    assert (added.mask_id, added.sources) == ("seg", ("front",))
    assert ("edit", "Make ROI sign, stray") in session.asked
    assert ("select", (2,)) in session.asked
    assert [row[0] for row in rows(panel)] == ["70 130 180"]
    assert not panel.label_edit.isVisible()
    assert document.undo_label == "Make ROI sign, stray"


def test_that_one_edit_makes_the_roi_and_undo_lists_the_value_again(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    select_row(panel, qtbot, 0)
    panel.ask_label()
    qtbot.keyClicks(panel.label_edit, "sky")
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    assert [name for name, _ in session.asked].count("edit") == 1
    session.undo()
    assert [row[0] for row in rows(panel)] == ["70 130 180", "9 200 9"]


def test_that_no_roi_is_made_without_a_label(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    panel.ask_label()
    qtbot.keyClicks(panel.label_edit, " , ")
    qtbot.keyClick(panel.label_edit, Qt.Key.Key_Return)
    assert not session.asked
    assert not panel.add_button.isEnabled()
    assert panel.label_edit.isVisible()


def test_that_escape_leaves_the_line_and_edits_nothing(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    panel.ask_label()
    qtbot.keyClicks(panel.label_edit, "sky")
    qtbot.keyClick(panel.label_edit, Qt.Key.Key_Escape)
    assert not panel.label_edit.isVisible()
    assert not session.asked


def test_that_a_refused_edit_keeps_what_was_typed(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    session.refuse_edits()
    panel.ask_label()
    qtbot.keyClicks(panel.label_edit, "sky")
    qtbot.keyClick(panel.label_edit, Qt.Key.Key_Return)
    assert panel.label_edit.isVisible()
    assert panel.label_edit.text() == "sky"


def test_that_another_selected_row_ends_the_question_for_the_first(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    panel.ask_label()
    select_row(panel, qtbot, 1)
    assert not panel.label_edit.isVisible()


def test_that_labels_of_the_frame_and_the_data_set_are_offered(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "_mask_legend.json").write_text(json.dumps({"signal": [1, 2, 3]}))
    session.open(write_scene(tmp_path))
    panel.ask_label()
    completer = panel.label_edit.completer()
    assert completer is not None
    qtbot.keyClicks(panel.label_edit, "car, SIG")
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "car, signal"


def test_that_a_known_label_with_a_comma_stays_one_label(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    document = session.open(write_scene(tmp_path, rois=[roi(["a, b"], CAR)]))
    panel.ask_label()
    panel.label_edit.setText("a, b")
    qtbot.keyClick(panel.label_edit, Qt.Key.Key_Return)
    assert document.frame.annotations[-1].labels == ("a, b",)


def test_that_show_where_highlights_the_value_and_asks_for_a_zoom(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    document = session.open(write_scene(tmp_path))
    select_row(panel, qtbot, 1)
    rect = panel.table.visualRect(panel.model.index(1, 0))
    with qtbot.waitSignal(panel.show_requested) as shown:
        qtbot.mouseDClick(
            panel.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center()
        )
    key, entries = shown.args
    assert key == "front/seg"
    assert [document.planes[key].value(entry) for entry in entries] == [STRAY]
    assert session.view.highlight == (key, entries)
    assert session.view.in_hand is not None
    assert session.view.in_hand.value == STRAY


def test_that_the_selected_row_is_copied_as_plain_text(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    select_row(panel, qtbot, 0)
    panel.copy_action.trigger()
    copied = QApplication.clipboard().text()
    assert plain(copied) == "70 130 180 #4682b4, 1 200 pixels, 50 % of mask seg"


def test_that_the_place_in_the_list_stays_when_a_roi_is_made(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path, rois=[]))
    select_row(panel, qtbot, 1)
    second = rows(panel)[2][0]
    panel.ask_label()
    qtbot.keyClicks(panel.label_edit, "x")
    qtbot.keyClick(panel.label_edit, Qt.Key.Key_Return)
    assert panel.table.currentIndex().row() == 1
    assert rows(panel)[1][0] == second


def test_that_an_edit_that_claims_nothing_new_leaves_the_rows_alone(
    panel: UnclaimedPanel, session: FakeSession, resets: list[None]
) -> None:
    session.edit(
        "Rename", lambda edit: edit.frame.update_annotation(0, labels=["lorry"])
    )
    assert not resets
    session.edit("Remove", lambda edit: edit.frame.remove_annotation(0))
    assert resets
    assert len(rows(panel)) == 3


def test_that_another_colour_of_a_claimed_value_leaves_the_rows_alone(
    panel: UnclaimedPanel, session: FakeSession, resets: list[None]
) -> None:
    document = session.document
    assert document is not None
    (key,) = document.planes
    census = session.census
    sky = document.planes[key].table.tolist().index(list(SKY))

    session.edit("Repaint", lambda e: repaint(e, document, census, 1, (1, 2, 3)))
    assert not resets
    assert panel.model.groups[0].plane is document.planes[key]
    session.edit("Repaint", lambda edit: edit.set_value(key, sky, (4, 5, 6)))
    assert len(resets) == 1
    assert rows(panel)[0][0] == "4 5 6"


NINE, FIVE, SEVEN, SIX = (9, 9, 9), (5, 5, 5), (7, 7, 7), (6, 6, 6)
COLORS = [NINE, NINE, NINE, FIVE, SEVEN]


def group(
    colors: list[tuple[int, int, int]], picture: list[int], mask_id: str = "seg"
) -> UnclaimedGroup:
    """Group a mask of one row of these indices, in which the last entry is claimed."""
    indices = np.array([picture], np.uint8)
    counts = np.bincount(picture, minlength=len(colors))
    plane = Plane(indices, np.array(colors, np.uint8), counts, RGB)
    owner = np.full(len(colors), NOBODY)
    owner[-1] = 0
    return unclaimed_group("front/seg", mask_id, plane, owner)


@pytest.mark.parametrize(
    ("colors", "picture", "mask_id", "is_like"),
    [
        (COLORS, [0, 1, 3, 3, 3, 3, 4], "seg", True),
        ([*COLORS[:4], SIX], [0, 1, 3, 3, 3, 3, 4], "seg", True),  # it is claimed
        (COLORS, [0, 1, 3, 3, 3, 3, 4], "other", False),
        (COLORS, [0, 1, 3, 3, 3, 3, 4, 4], "seg", False),  # other shares of the mask
        (COLORS, [0, 1, 1, 3, 3, 3, 4], "seg", False),
        (COLORS, [0, 2, 3, 3, 3, 3, 4], "seg", False),  # another entry of its colour
        ([NINE, NINE, NINE, SIX, SEVEN], [0, 1, 3, 3, 3, 3, 4], "seg", False),
        (COLORS, [3, 3, 3, 3, 3, 3, 4], "seg", False),
    ],
)
def test_that_groups_are_alike_where_their_rows_are(
    colors: list[tuple[int, int, int]],
    picture: list[int],
    mask_id: str,
    is_like: bool,
) -> None:
    before = group(COLORS, [0, 1, 3, 3, 3, 3, 4])
    assert group(colors, picture, mask_id).is_like(before) == is_like


def test_that_a_click_beside_the_rows_asks_for_nothing(
    panel: UnclaimedPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    panel.resize(420, 400)  # higher than what one line of good news needed
    view = panel.table.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, view.height() - 2))
    assert not session.asked
