"""What is plotted of every real mask and image, read from the charts, against numpy and OpenCV."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from chromask.workspace.opening import open_document
from chromask_gui.plots.loading import PlotLoader
from chromask_gui.plots.panel import PlotPanel
from chromask_gui.plots.row import MOST_ROWS
from chromask_gui.runtime.jobs import Jobs
from chromask_gui.session.session import Session
from chromask_gui.session.view_state import with_look
from chromask_gui.window.tone_bar import ToneBar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from chromask.pixels.plane import Plane

LABELS, COMPONENTS, VALUES = range(3)
KEPT = 60
"""So many values of a mask get an ROI: more than have a bar."""


def _pairs() -> list[Any]:
    named = os.environ.get("CHROMASK_REAL_DATA")
    if not named:
        return []
    manifest = json.loads((Path(named) / "data" / "MANIFEST.json").read_text("utf-8"))
    return [
        pytest.param(pair.get("image"), mask["path"], id=mask["path"])
        for dataset in manifest["datasets"]
        for pair in dataset["pairs"]
        for mask in pair["masks"]
    ]


@pytest.fixture
def window(qapp: object) -> Iterator[tuple[Session, PlotPanel, ToneBar]]:
    """Give a session with the tab of plots and the bar with the histogram, both in sight."""
    jobs = Jobs()
    session, canvas = Session(jobs), QWidget()
    loader = PlotLoader(session, canvas)
    session.document_opened.connect(canvas.update)
    panel, tone = PlotPanel(session, loader), ToneBar(session, loader)
    canvas.show()
    panel.show()
    session.set_view(**with_look(session.view, has_tone_bar=True))
    yield session, panel, tone
    session.show(None)
    jobs.shut_down()
    for widget in (canvas, panel, tone):
        widget.close()
        widget.deleteLater()


def values_of(plane: Plane) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Give the values of a mask's pixels and how many have each, most first, by numpy."""
    pixels = plane.table[plane.indices].reshape(-1, plane.table.shape[1])
    packed = np.zeros(len(pixels), np.uint64)
    for channel in range(pixels.shape[1]):
        packed = packed << np.uint64(16) | pixels[:, channel].astype(np.uint64)
    _, first, counts = np.unique(packed, return_index=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return pixels[first[order]], counts[order]


def bars(panel: PlotPanel, qtbot: QtBot, kind: int) -> list[tuple[str, int]]:
    panel.choose_kind(kind)
    qtbot.waitUntil(lambda: panel.is_ready and not panel.is_busy, timeout=15_000)
    return panel.chart.plotted() if panel.chart and panel.chart.isVisible() else []


def assert_bars(found: list[tuple[str, int]], counts: list[int], zeros: int) -> None:
    """Prove that bars are the largest counts, one of the rest, and zeros."""
    wanted = counts[:MOST_ROWS]
    rest = counts[MOST_ROWS:]
    wanted += [sum(rest)] if rest else []
    wanted += [zeros] if zeros else []
    assert [pixels for _, pixels in found] == wanted


@pytest.mark.parametrize(("image", "mask"), _pairs())
def test_that_every_bar_of_a_real_mask_is_what_numpy_counts(
    image: str | None, mask: str, window: Any, real_data: Path, qtbot: QtBot
) -> None:
    session, panel, _tone = window
    data = real_data / "data"
    paths = [data / each for each in (image or mask, mask)]
    document = open_document(paths[0], paths[1:])
    (key,) = [
        each for each in document.planes if each.endswith(Path(mask).stem)
    ] or list(document.planes)
    plane = document.planes[key]
    session.show(document)
    is_opacity = key not in panel.masks()
    if is_opacity:
        modes = {key: "segmentation"}
        session.set_view(**with_look(session.view, modes=modes))
    values, counts = values_of(plane)
    levels = values[:, :-1] if plane.format.has_alpha else values
    is_zero = ~levels.any(axis=1)
    zeros = int(counts[is_zero].sum())
    others = counts[~is_zero].tolist()

    if document.mapping is None and not document.frame.annotations:
        assert_bars(bars(panel, qtbot, VALUES), others, zeros)

    def name(edit: Any) -> None:
        for value in values[~is_zero][:KEPT].tolist():
            mask_id = key.partition("/")[2]
            edit.frame.add_annotation(mask_rgb=value, labels=["x"], mask_id=mask_id)

    if not plane.format.is_grey and not plane.format.has_alpha:
        assert session.edit("Name", name)
        found = bars(panel, qtbot, LABELS)
        rest = sum(others[KEPT:])
        wanted = others[:MOST_ROWS] + (
            [sum(others[MOST_ROWS:KEPT])] if len(others) > MOST_ROWS else []
        )
        wanted += [rest] if rest else []
        assert [n for _, n in found] == wanted + ([zeros] if zeros else [])

        session.select(0)
        where = (plane.table[plane.indices] == values[~is_zero][0]).all(axis=2)
        count, labels = cv2.connectedComponents(where.astype(np.uint8), connectivity=8)
        sizes = np.bincount(labels.ravel(), minlength=count)[1:]
        assert_bars(bars(panel, qtbot, COMPONENTS), sorted(sizes.tolist())[::-1], 0)


@pytest.mark.parametrize("name", sorted({p.values[0] for p in _pairs() if p.values[0]}))
def test_that_every_step_of_a_real_images_histogram_is_what_numpy_counts(
    name: str, window: Any, real_data: Path, qtbot: QtBot
) -> None:
    session, _panel, tone = window
    document = open_document(real_data / "data" / name)
    session.show(document)
    session.set_view(**with_look(session.view, has_tone_bar=True))
    pixels = document.images[session.view.source].pixels
    tone.histogram.choose_channel(1)
    qtbot.waitUntil(lambda: not tone.histogram.is_busy, timeout=15_000)
    chart = tone.histogram.chart

    planes = [pixels] if pixels.ndim == 2 else [pixels[..., n] for n in range(3)]
    assert len(chart.shown) == len(planes)
    for shown, plane in zip(chart.shown, planes, strict=True):
        edges, heights = chart.plotted(shown)
        assert heights == np.histogram(plane, np.array(edges) - 0.5)[0].tolist()
        assert sum(heights) == plane.size
