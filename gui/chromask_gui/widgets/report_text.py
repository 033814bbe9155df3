"""What was recognised in what was opened, thing by thing: the frames panel and its dialog say it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from chromask_gui.look.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chromask.dataset.query import FrameList
    from chromask_gui.session.file_flow import FileFlow


def report_parts(files: FileFlow) -> list[str]:
    """Say what was recognised, and what the user chose instead."""
    listed = files.frames.list
    if listed is None:
        return []
    parts = [*_found(listed), *_missing(listed)]
    if files.permissions.is_remembered:
        parts.append(_tr("as chosen for it earlier"))
    return [one_line(part) for part in parts]


def _found(listed: FrameList) -> Iterator[str]:
    report = listed.report
    if report.frames:
        yield _counted("%n frame(s)", report.frames)
    if report.images:
        yield _counted("%n image(s)", report.images)
    if report.videos:
        yield _counted("%n video(s)", report.videos)
    for folder, count in report.masks:
        text = _counted("%n mask(s)", count)
        yield _tr("{} in {}").format(text, folder) if folder else text
    if listed.choice.mask_folders == ():
        yield _tr("no masks, as chosen")
    for path, count in report.legends:
        colors = _counted("%n colour(s)", count)
        yield _tr("legend {}: {}").format(Path(path).name, colors)


def _missing(listed: FrameList) -> Iterator[str]:
    report = listed.report
    if not report.legends and report.masks and not report.own_legends:
        yield _tr("no legend")
    if report.without_mask and listed.choice.mask_folders != ():
        yield _counted("%n image(s) without a mask", report.without_mask)
    if report.orphans:
        yield _counted("%n mask(s) without an image", report.orphans)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FramePanel", text)


def _counted(text: str, count: int) -> str:
    return QCoreApplication.translate("FramePanel", text, None, count)
