"""Frames of thousands of masks and sources in the panels: none looks at all for each of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QCheckBox

from chromask.document.document import Document
from chromask.workspace.opening import open_document
from chromask_gui.panels.masks.model import mask_rows
from chromask_gui.panels.rois.details import MOST_SOURCES, DetailsPanel
from scenes import CAR, roi, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.session.session import Session


def write(folder: Path, given: list[dict[str, Any]], **first: Any) -> Path:
    path = write_scene(folder)
    masks = [{"id": "seg", "uri": "scene_seg.png"}]
    found = [{"uri": "scene.png", "masks": masks, **source} for source in given]
    rois = [{**roi(["car"], CAR), "sources": [found[0]["id"]], **first}]
    path.write_text(json.dumps({"sources": found, "rois": rois}))
    return path


def test_that_the_rows_of_masks_ask_for_the_problems_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    masks = [{"id": f"m{n}", "uri": "scene_seg.png"} for n in range(20)]
    masks[7]["uri"] = "gone.png"
    document = open_document(write(tmp_path, [{"id": "s", "masks": masks}]))
    asked: list[Document] = []
    problems = Document.problems.fget
    assert problems is not None

    def count(self: Document) -> Any:
        asked.append(self)
        return problems(self)

    monkeypatch.setattr(Document, "problems", property(count))
    rows = mask_rows(document, "s")
    assert len(asked) == 1
    assert [row.is_missing for row in rows] == [number == 7 for number in range(20)]
    assert [len(row.problems) for row in rows] == [
        int(number == 7) for number in range(20)
    ]


@pytest.mark.parametrize("named", [[], ["s0", "s1", "s70", "s99"]])
def test_that_sources_without_a_box_stay_as_they_are(
    scene_session: Session, qtbot: QtBot, tmp_path: Path, named: list[str]
) -> None:
    names = [f"s{number}" for number in range(100)]
    path = write(tmp_path, [{"id": name} for name in names], sources=named)
    scene_session.show(open_document(path))
    scene_session.select(0)
    panel = DetailsPanel(scene_session)
    qtbot.addWidget(panel)
    boxes = panel.sources.findChildren(QCheckBox)
    assert [box.property("source") for box in boxes] == names[:MOST_SOURCES]
    assert [box.isChecked() for box in boxes[:3]] == [True, True, not named]
    boxes[1].click()
    document = scene_session.document
    assert document is not None
    wanted = named or names
    assert list(document.frame.annotations[0].sources) == [
        name for name in wanted if name != "s1"
    ]
