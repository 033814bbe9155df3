"""The status bar: what lies under the pointer, size, zoom and the save state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask_gui.widgets.elided_label import ElidedLabel
from chromask_gui.window.status_bar import Claimants, StatusBar
from panel_kit import FakeSession
from scenes import CAR, ROAD, SKY, roi, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

IN_CAR, IN_ROAD, IN_SKY = (23, 12), (38, 2), (3, 4)


@pytest.fixture
def session(qtbot: QtBot) -> FakeSession:
    return FakeSession()


@pytest.fixture
def bar(session: FakeSession, qtbot: QtBot) -> StatusBar:
    bar = StatusBar(session)  # type: ignore[arg-type]
    qtbot.addWidget(bar)
    bar.resize(1200, 30)
    bar.show()
    return bar


def test_that_a_pixel_shows_position_value_label_and_image(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    bar.show_pixel(IN_CAR)
    assert bar.position.text() == "x 12  y 23"
    assert bar.masks.text == "seg 0 0 142 → car"
    assert bar.image.text() == "image 12 23 0"
    bar.show_pixel(IN_SKY)
    assert bar.masks.text == "seg 70 130 180 → nobody claims it"
    bar.show_pixel(None)
    assert (bar.position.text(), bar.masks.text, bar.image.text()) == ("", "", "")


def test_that_all_labels_are_named_where_several_rois_claim_a_value(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    rois = [roi(["car"], CAR), roi(["vehicle"], CAR), roi(["any"], (-1, -1, 142))]
    session.open(write_scene(tmp_path, rois=rois))
    bar.show_pixel(IN_CAR)
    assert bar.masks.text == "seg 0 0 142 → car, vehicle, any"


def test_that_a_label_of_the_data_set_says_where_it_is_from(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    (tmp_path / "_mask_legend.json").write_text(json.dumps({"heaven": list(SKY)}))
    session.open(write_scene(tmp_path))
    bar.show_pixel(IN_SKY)
    assert bar.masks.text == "seg 70 130 180 → heaven (data set)"


def test_that_every_visible_mask_is_told_and_no_hidden_one(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"].append({"id": "other", "uri": "scene_seg.png"})
    path.write_text(json.dumps(frame))
    session.open(path)
    bar.show_pixel(IN_CAR)
    assert [part.text for part in bar.masks.segments] == [
        "seg 0 0 142 → car",
        "other 0 0 142 → nobody claims it",
    ]
    assert bar.masks.segments[0].rgb == CAR
    session.set_view(hidden_masks=frozenset({"front/seg"}))
    assert bar.masks.text == "other 0 0 142 → nobody claims it"


def test_that_an_edit_is_seen_without_moving_the_pointer(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    bar.show_pixel(IN_CAR)
    session.edit(
        "Rename", lambda edit: edit.frame.update_annotation(0, labels=["lorry"])
    )
    assert bar.masks.text == "seg 0 0 142 → lorry"
    session.edit("Remove", lambda edit: edit.frame.remove_annotation(0))
    assert bar.masks.text == "seg 0 0 142 → nobody claims it"


def test_that_a_pixel_beside_a_smaller_mask_has_no_value(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    PilImage.fromarray(np.zeros((5, 5), np.uint8)).save(tmp_path / "scene_seg.png")
    session.open(path)
    bar.show_pixel((20, 20))
    assert bar.masks.text == "seg: no pixel here"
    assert bar.image.text() == "image 20 20 0"


def test_that_a_missing_image_leaves_the_mask_s_value_and_size(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene.png").unlink()
    session.open(path)
    bar.show_pixel(IN_ROAD)
    assert bar.masks.text == "seg 128 64 128 → road"
    assert bar.image.text() == ""
    assert bar.size_text.text() == "60 × 40"


def test_that_the_size_is_width_times_height(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    assert bar.size_text.text() == "60 × 40"
    session.show(None)
    assert bar.size_text.text() == ""


@pytest.mark.parametrize(
    ("zoom", "text"),
    [(0.67, "67 %"), (64.0, "6400 %"), (0.0345, "3.5 %"), (0.001, "0.10 %")],
)
def test_that_the_zoom_is_told_in_percent(
    bar: StatusBar, session: FakeSession, tmp_path: Path, zoom: float, text: str
) -> None:
    session.open(write_scene(tmp_path))
    bar.show_zoom(zoom)
    assert bar.zoom.text() == text


@pytest.mark.parametrize(
    ("state", "at", "text"),
    [
        ("none", None, ""),
        ("new", None, "not saved yet"),
        ("edited", "12:03", "edited"),
        ("saving", None, "saving…"),
        ("saved", "12:03", "saved 12:03"),
        ("saved", None, "unchanged"),
    ],
)
def test_that_the_save_state_is_told_in_honest_words(
    bar: StatusBar, session: FakeSession, state: str, at: str | None, text: str
) -> None:
    session.save_state, session.saved_at = state, at
    session.save_state_changed.emit()
    assert bar.saved.text() == text


def test_that_nothing_moves_while_the_pointer_does(
    bar: StatusBar, session: FakeSession, tmp_path: Path, qtbot: QtBot
) -> None:
    session.open(write_scene(tmp_path))
    bar.show_pixel((0, 0))
    qtbot.wait(1)
    fields = (bar.position, bar.masks, bar.image, bar.size_text, bar.zoom, bar.saved)
    before = [field.geometry() for field in fields]
    for pixel in (IN_CAR, (39, 59), None):
        bar.show_pixel(pixel)
        bar.show_zoom(64.0)
        qtbot.wait(1)
        assert [field.geometry() for field in fields] == before
    assert bar.position.width() >= bar.position.fontMetrics().horizontalAdvance(
        "x 99999  y 99999"
    )


def test_that_tags_in_labels_stay_text_and_lines_one(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path, rois=[roi(["<b>a</b>\nb"], CAR)]))
    bar.show_pixel(IN_CAR)
    assert bar.masks.text == "seg 0 0 142 → <b>a</b> b"
    assert "<b>" not in bar.masks.toolTip()
    assert "&lt;b&gt;" in bar.masks.toolTip()
    assert not bar.grab().isNull()


def test_that_an_image_of_16_bits_tells_its_own_numbers(
    bar: StatusBar, session: FakeSession, tmp_path: Path
) -> None:
    path = write_scene(tmp_path)
    deep = np.full((40, 60), 51_234, np.uint16)
    PilImage.fromarray(deep).save(tmp_path / "scene.png")
    session.open(path)
    bar.show_pixel((1, 1))
    assert bar.image.text() == "image 51234"
    assert bar.image.elided() == "image 51234"


def test_that_four_channels_of_an_image_have_room(
    bar: StatusBar, session: FakeSession, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_scene(tmp_path)
    white = np.full((40, 60, 4), 255, np.uint8)
    PilImage.fromarray(white).save(tmp_path / "scene.png")
    session.open(path)
    bar.show_pixel((1, 1))
    qtbot.wait(1)
    assert bar.image.elided() == "image 255 255 255 255"


def test_that_claimants_are_found_for_each_entry(
    session: FakeSession, tmp_path: Path
) -> None:
    rois = [
        roi(["r"], ROAD),
        roi(["c"], CAR),
        roi(["r2"], ROAD),
        roi(["no"], (1, 1, 1)),
    ]
    document = session.open(write_scene(tmp_path, rois=rois))
    plane = document.planes["front/seg"]
    found = {
        plane.value(entry): Claimants(session.census).of("front/seg", entry)
        for entry in range(len(plane.table))
    }
    assert found[ROAD] == [0, 2]
    assert found[CAR] == [1]
    assert found[SKY] == []


def test_that_a_label_elides_what_does_not_fit_and_tells_all_in_its_tip(
    qtbot: QtBot,
) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("<b>a</b> long text that does not fit")
    label.resize(60, 20)
    label.grab()
    assert label.elided().endswith("…")
    assert "&lt;b&gt;a" in label.toolTip()
    label.resize(600, 20)
    label.grab()
    assert label.elided() == label.text()
    assert label.toolTip() == ""
