"""What the window shows and how: one frozen value, not undoable, not saved with the frame."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from chromask.counts.pixel_counts import NOBODY
from chromask.drawing.display import Display, MaskMode, Palette, Rgb
from chromask.drawing.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chromask.counts.pixel_counts import Census, ValueCount
    from chromask.document.constraints import Mode
    from chromask.document.document import Document
    from chromask.frame.annotation import Annotation


MIN_SIZE, MAX_SIZE = 0.5, 500.0
"""The smallest and the largest brush, in image pixels across."""


@dataclass(frozen=True, slots=True)
class ToolOptions:
    """What the bar over the canvas sets; it stays from frame to frame.

    Attributes
    ----------
    size
        How far brush and eraser are across, in image pixels.
    is_square
        Whether they are squares instead of discs.
    is_connected
        Whether fill takes the connected pixels alone instead of all of one value.
    neighbours
        4 or 8: which pixels touch each other.
    mode
        What a shape does to the ROI's pixels.
    """

    size: float = 20.0
    is_square: bool = False
    is_connected: bool = True
    neighbours: Literal[4, 8] = 4
    mode: Mode = "add"


Style = Literal["fill", "outline", "both"]
Compare = Literal["off", "source", "mask", "masks"]


@dataclass(frozen=True, slots=True)
class Look:
    """How everything is drawn; it stays from frame to frame.

    Attributes
    ----------
    palette
        Which display colours the masks have; see `chromask.drawing.display.Display`.
    modes, opacities, tints
        Of single masks, by key; likewise.
    style
        Whether ROIs are filled, have their borders drawn, or both.
    has_hatch
        Whether neighbours also differ by a pattern.
    is_solo, dim
        Whether the active ROI alone is shown, and how much the others lose, 0..1.
    compare
        What stands on both sides of the divider: source and overlay, overlay and mask, or
        the two lowest masks.
    divider
        Where it stands, 0..1 from the left.
    is_blinking
        Whether the overlay comes and goes by itself.
    tone
        Of the source.
    has_tone_bar, has_minimap, has_grid
        Whether these are shown; the pixel grid only where pixels are large.
    min_confidence
        ROIs below it are neither drawn nor listed; those without one are.
    """

    palette: Palette = "auto"
    modes: Mapping[str, MaskMode] = field(default_factory=dict[str, MaskMode])
    opacities: Mapping[str, float] = field(default_factory=dict[str, float])
    tints: Mapping[str, Rgb] = field(default_factory=dict[str, Rgb])
    style: Style = "fill"
    has_hatch: bool = False
    is_solo: bool = False
    dim: float = 0.85
    compare: Compare = "off"
    divider: float = 0.5
    is_blinking: bool = False
    tone: Tone = field(default_factory=Tone)
    has_tone_bar: bool = False
    has_minimap: bool = True
    has_grid: bool = True
    min_confidence: float = 0.0


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
    in_hand
        The value that is painted with while no ROI is selected: no ROI claims it, and the
        first stroke makes one of it.
    hidden_rois
        The indices of ROIs that are not drawn.
    hidden_masks
        The keys of masks that are not drawn.
    locked_rois
        The indices of ROIs whose pixels no tool changes.
    paint_over
        The ROI over whose pixels alone the tools paint, by index; `NOBODY` of the census
        for pixels of no ROI; None for all.
    options
        How the tools work.
    opacity
        Of the overlay, 0..1.
    has_overlay, has_outline
        Whether the masks are drawn at all, and the selected ROI's outline.
    colors
        Display colours of single ROIs, by index; no file knows them.
    shows_preview
        Whether the preview stands where the source could.
    look
        How everything is drawn.
    """

    tool: str = "select"
    source: str | None = None
    selected: tuple[int, ...] = ()
    highlight: tuple[str, tuple[int, ...]] | None = None
    in_hand: ValueCount | None = None
    hidden_rois: frozenset[int] = field(default_factory=frozenset)
    hidden_masks: frozenset[str] = field(default_factory=frozenset)
    locked_rois: frozenset[int] = field(default_factory=frozenset)
    paint_over: int | None = None
    options: ToolOptions = ToolOptions()
    opacity: float = 0.55
    has_overlay: bool = True
    has_outline: bool = True
    colors: Mapping[int, Rgb] = field(default_factory=dict[int, Rgb])
    shows_preview: bool = False
    look: Look = field(default_factory=Look)


def with_look(view: ViewState, **values: object) -> dict[str, Look]:
    """Give what `Session.set_view` takes to change fields of the look."""
    return {"look": replace(view.look, **values)}  # pyright: ignore[reportArgumentType]


def display_of(view: ViewState, annotations: Sequence[Annotation] = ()) -> Display:
    """Give how masks and shapes are drawn by the core."""
    look = view.look
    return Display(
        view.opacity,
        undrawn_rois(view, annotations),
        view.hidden_masks,
        view.selected[0] if look.is_solo and view.selected else None,
        look.dim,
        look.palette,
        view.colors,
        look.modes,
        look.opacities,
        look.tints,
        view.highlight if look.is_solo and not view.selected else None,
    )


def undrawn_rois(view: ViewState, annotations: Sequence[Annotation]) -> frozenset[int]:
    """Give the ROIs that are not drawn: hidden, or of too little confidence."""
    least = view.look.min_confidence
    if least <= 0:
        return view.hidden_rois
    return view.hidden_rois | {
        index
        for index, roi in enumerate(annotations)
        if roi.confidence is not None and roi.confidence < least
    }


def follow_frame(
    view: ViewState,
    shown: ViewState,
    before: Document,
    after: Document,
    selected: tuple[int, ...],
) -> ViewState:
    """Keep for the next frame of a list what was chosen in the one before it."""
    sources = {source.id for source in after.frame.sources}
    has_same_masks = set(before.planes) == set(after.planes)
    return replace(
        view,
        source=shown.source if shown.source in sources else view.source,
        hidden_masks=shown.hidden_masks if has_same_masks else view.hidden_masks,
        selected=selected,
    )


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
    over = view.paint_over
    if over is not None and over != NOBODY:
        over = moved.get(over)
    return replace(
        view,
        selected=tuple(moved[index] for index in view.selected if index in moved),
        hidden_rois=frozenset(
            moved[index] for index in view.hidden_rois if index in moved
        ),
        locked_rois=frozenset(
            moved[index] for index in view.locked_rois if index in moved
        ),
        paint_over=over,
        colors={
            moved[index]: rgb for index, rgb in view.colors.items() if index in moved
        },
    )


def names_of(census: Census, indices: Sequence[int]) -> list[str]:
    """Give the names of ROIs, to find them again in the next frame."""
    return [census.rois[index].resolution.name for index in indices]


def places_of(census: Census, names: Sequence[str]) -> tuple[int, ...]:
    """Find the first ROI of each name."""
    places = {
        count.resolution.name: count.resolution.index for count in reversed(census.rois)
    }
    return tuple(places[name] for name in names if name in places)


def have_one_size(before: Document, after: Document) -> bool:
    """Whether the first sources of two frames are of one size, so that a zoom fits both."""
    sizes = [
        image.pixels.shape[:2]
        for document in (before, after)
        for image in list(document.images.values())[:1]
    ]
    return len(sizes) == 2 and sizes[0] == sizes[1]


def masks_without_rois(document: Document, census: Census) -> frozenset[str]:
    """Name the masks that start hidden: those without a ROI, beside masks that have some.

    Otherwise the colours of an instance mask that nobody named would lie over every ROI.
    """
    used = {key for count in census.rois for key in count.indices}
    return frozenset(document.planes) - used if used else frozenset()
