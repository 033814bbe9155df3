"""The panel of masks: what each row says, its eye, the overlay's opacity, the source chooser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from chromask_gui.panels.masks.model import DETAILS, IS_MISSING, describe_plane
from chromask_gui.panels.masks.panel import MaskPanel
from panel_kit import FakeSession
from scenes import write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def session(qtbot: QtBot) -> FakeSession:
    return FakeSession()


@pytest.fixture
def panel(session: FakeSession, qtbot: QtBot) -> MaskPanel:
    panel = MaskPanel(session)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.resize(360, 300)
    panel.show()
    return panel


def write_frame(folder: Path, masks: list[dict[str, Any]], **source: Any) -> Path:
    path = write_scene(folder)
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"] = masks
    frame["sources"][0].update(source)
    path.write_text(json.dumps(frame))
    return path


TWO = [{"id": "seg", "uri": "scene_seg.png"}, {"id": "parts", "uri": "scene_seg.png"}]


def names(panel: MaskPanel) -> list[str]:
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def eyes(panel: MaskPanel) -> list[Any]:
    return [panel.model.index(row).data(CHECK) for row in range(panel.model.rowCount())]


def click_eye(panel: MaskPanel, qtbot: QtBot, row: int, x: int = 16) -> None:
    rect = panel.list.visualRect(panel.model.index(row))
    qtbot.mouseClick(
        panel.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(rect.left() + x, rect.center().y()),
    )


def test_that_a_row_says_what_the_mask_is(
    panel: MaskPanel, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    assert names(panel) == ["seg"]
    assert panel.model.index(0).data(DETAILS) == "RGB, 60 × 40, 4 values"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"container": "VIDEO", "lossy": True}, "video, read-only", id="v"),
        pytest.param(
            {"container": "JPEG", "lossy": True}, "lossy JPEG, read-only", id="j"
        ),
        pytest.param({"container": "TIFF"}, "TIFF", id="tiff"),
        pytest.param({"mode": "P", "bit_depth": 4}, "palette 4 bit, 60", id="palette"),
        pytest.param({"mode": "I;16", "bit_depth": 16}, "grey 16 bit, 60", id="deep"),
    ],
)
def test_that_a_mask_that_is_not_plain_png_says_so(
    session: FakeSession, tmp_path: Path, changes: dict[str, Any], expected: str
) -> None:
    from dataclasses import replace

    plane = session.open(write_scene(tmp_path)).planes["front/seg"]
    plane = replace(plane, format=replace(plane.format, **changes))
    assert expected in describe_plane(plane)


def test_that_the_eye_hides_the_mask_and_shows_it_again(
    panel: MaskPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_frame(tmp_path, TWO))
    assert eyes(panel) == [Qt.CheckState.Checked] * 2
    click_eye(panel, qtbot, 1)
    assert session.view.hidden_masks == {"front/parts"}
    assert eyes(panel) == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]
    click_eye(panel, qtbot, 1)
    assert session.view.hidden_masks == frozenset()


def test_that_a_click_on_the_name_leaves_the_eye_alone(
    panel: MaskPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_frame(tmp_path, TWO))
    click_eye(panel, qtbot, 0, x=120)
    assert not session.asked


def test_that_space_toggles_the_eye_of_the_current_row(
    panel: MaskPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_frame(tmp_path, TWO))
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(0))
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert session.view.hidden_masks == {"front/parts"}


def test_that_all_masks_of_the_source_are_hidden_and_shown_at_once(
    panel: MaskPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_frame(tmp_path, TWO))
    session.set_view(hidden_masks=frozenset({"rear/other"}))
    qtbot.mouseClick(panel.hide_all, Qt.MouseButton.LeftButton)
    assert session.view.hidden_masks == {"front/seg", "front/parts", "rear/other"}
    assert not panel.hide_all.isEnabled()
    qtbot.mouseClick(panel.show_all, Qt.MouseButton.LeftButton)
    assert session.view.hidden_masks == {"rear/other"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(None, "gone.png", id="missing"),
        pytest.param(b"", "gone.png", id="empty"),
        pytest.param(b"GIF89a", "gone.png", id="truncated"),
    ],
)
def test_that_a_mask_that_cannot_be_read_is_listed_with_the_reason(
    panel: MaskPanel,
    session: FakeSession,
    qtbot: QtBot,
    tmp_path: Path,
    content: bytes | None,
    expected: str,
) -> None:
    path = write_frame(tmp_path, [TWO[0], {"id": "gone", "uri": "gone.png"}])
    if content is not None:
        (tmp_path / "gone.png").write_bytes(content)
    document = session.open(path)
    index = panel.model.index(1)
    reason = next(p for p in document.problems if p.uri == "gone.png")
    assert index.data() == "gone"
    assert index.data(IS_MISSING)
    assert index.data(CHECK) is None
    assert not index.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert reason.seen[1:] in index.data(DETAILS)
    assert expected in index.data(Qt.ItemDataRole.ToolTipRole)
    assert str(reason) in index.data(Qt.ItemDataRole.AccessibleTextRole)
    click_eye(panel, qtbot, 1)
    assert not session.asked


def test_that_a_mask_of_another_size_shows_the_warning_and_keeps_its_eye(
    panel: MaskPanel, session: FakeSession, tmp_path: Path
) -> None:
    from PIL import Image as PilImage

    path = write_scene(tmp_path)
    PilImage.fromarray(np.zeros((5, 5), np.uint8)).save(tmp_path / "scene_seg.png")
    session.open(path)
    tip = panel.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "5 x 5" in tip
    assert eyes(panel) == [Qt.CheckState.Checked]


def test_that_tags_in_a_mask_id_are_shown_as_text(
    panel: MaskPanel, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_frame(tmp_path, [{"id": "<i>x</i>", "uri": "no.png"}]))
    assert names(panel) == ["<i>x</i>"]
    tip = panel.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<i>" not in tip
    assert "&lt;i&gt;" in tip


def test_that_the_slider_sets_the_opacity_by_keyboard_and_mouse(
    panel: MaskPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    assert panel.opacity.value() == 55
    qtbot.keyClick(panel.opacity, Qt.Key.Key_Right)
    assert session.view.opacity == pytest.approx(0.60)
    qtbot.keyClick(panel.opacity, Qt.Key.Key_End)
    assert session.view.opacity == pytest.approx(1.0)
    assert panel.opacity_text.text() == "100 %"


def test_that_an_opacity_set_elsewhere_moves_the_slider_and_asks_for_nothing(
    panel: MaskPanel, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    session.set_view(opacity=0.2, has_overlay=False)
    assert len(session.asked) == 1
    assert panel.opacity.value() == 20
    assert not panel.overlay.isChecked()
    assert not panel.opacity.isEnabled()


def test_that_the_tick_turns_the_overlay_off(
    panel: MaskPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    panel.overlay.setFocus()
    qtbot.keyClick(panel.overlay, Qt.Key.Key_Space)
    assert not session.view.has_overlay


def test_that_a_source_is_chosen_where_there_are_several(
    panel: MaskPanel, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_frame(tmp_path, TWO)
    session.open(path)
    assert not panel.sources.isVisible()
    frame = json.loads(path.read_text())
    frame["sources"].append({**frame["sources"][0], "id": "rear", "masks": TWO[:1]})
    path.write_text(json.dumps(frame))
    session.open(path)
    assert panel.sources.isVisible()
    assert panel.sources.currentText() == "front"
    panel.sources.setFocus()
    qtbot.keyClick(panel.sources, Qt.Key.Key_Down)
    assert session.view.source == "rear"
    assert names(panel) == ["seg"]
    session.set_view(source="front")
    assert panel.sources.currentText() == "front"
    session.set_view(source="rear")
    assert panel.sources.currentText() == "rear"


def test_that_a_source_without_masks_says_so(
    panel: MaskPanel, session: FakeSession, tmp_path: Path
) -> None:
    assert not panel.empty.isVisible()
    session.open(write_frame(tmp_path, []))
    assert panel.empty.isVisible()
    assert not panel.list.isVisible()


def test_that_a_mask_added_by_an_edit_is_listed(
    panel: MaskPanel, session: FakeSession, tmp_path: Path
) -> None:
    session.open(write_scene(tmp_path))
    session.edit("Add", lambda edit: edit.frame.add_mask("front", "new", "new.png"))
    assert names(panel) == ["seg", "new"]
