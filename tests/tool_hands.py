"""What the tests of tools without a window share: gestures in image points, and what is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chromask.pixels.plane import expand
from chromask.workspace.opening import open_document
from chromask_gui.tools.tool import Pointer
from scenes import scene_mask

if TYPE_CHECKING:
    from pathlib import Path

    from chromask_gui.session.session import Session

KEY = "front/seg"


def show(session: Session, path: Path) -> None:
    """Open a frame at once, with its first ROI selected."""
    session.show(open_document(path))
    session.select(0)


def pixels(session: Session, key: str = KEY) -> np.ndarray[Any, Any]:
    """Give the mask's values, and prove that its counts are right."""
    plane = session.document.planes[key]
    counts = np.bincount(plane.indices.ravel(), minlength=len(plane.table))
    assert np.array_equal(counts, plane.pixels)
    return expand(plane, 0, plane.rows)


def gesture(tool: Any, *places: tuple[float, float], **held: Any) -> None:
    """Press at the first place, drag over the others, release at the last."""
    tool.press(Pointer(*places[0], **held))
    for place in places[1:]:
        tool.drag(Pointer(*place, **held))
    tool.release(Pointer(*places[-1], **held))


def clicks(tool: Any, *places: tuple[float, float], **held: Any) -> None:
    """Press and release at each place."""
    for place in places:
        gesture(tool, place, **held)


def assert_nothing_stays(session: Session, tool: Any) -> None:
    """Prove that no gesture is open, and that the scene is as it was."""
    assert not session.has_gesture
    assert not tool.is_busy
    assert session.document.undo_labels == ()
    assert np.array_equal(pixels(session), scene_mask())
