"""What the window shows and how: one frozen value, not undoable, not saved with the frame."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chromask.annotation import Annotation


@dataclass(frozen=True, slots=True)
class ViewState:
    """The state of the view.

    Attributes
    ----------
    tool
        The id of the current tool.
    source
        The id of the source that the canvas shows; None before a frame is open.
    selected
        The indices of the selected ROIs; the first is the active one.
    highlight
        A value that nobody claims, to be shown on the canvas: (mask key, table entries).
    hidden_rois
        The indices of ROIs that are not drawn.
    hidden_masks
        The keys of masks that are not drawn.
    opacity
        Of the overlay, 0..1.
    has_overlay, has_outline
        Whether the masks are drawn at all, and the selected ROI's outline.
    """

    tool: str = "select"
    source: str | None = None
    selected: tuple[int, ...] = ()
    highlight: tuple[str, tuple[int, ...]] | None = None
    hidden_rois: frozenset[int] = field(default_factory=frozenset)
    hidden_masks: frozenset[str] = field(default_factory=frozenset)
    opacity: float = 0.55
    has_overlay: bool = True
    has_outline: bool = True


def follow_rois(
    view: ViewState,
    before: tuple[Annotation, ...],
    after: tuple[Annotation, ...],
) -> ViewState:
    """Move selection and hiding along when ROIs were added or removed.

    ROIs are frozen values: one that was not edited is the same object on both sides. Where
    the number is the same, the place decides.
    """
    if len(before) == len(after):
        return view
    place = {id(roi): index for index, roi in enumerate(after)}
    moved = {
        index: place[id(roi)] for index, roi in enumerate(before) if id(roi) in place
    }
    return replace(
        view,
        selected=tuple(moved[index] for index in view.selected if index in moved),
        hidden_rois=frozenset(
            moved[index] for index in view.hidden_rois if index in moved
        ),
    )
