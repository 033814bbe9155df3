"""What a tool is: the base class, the pointer it is told of, and the marks that it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from chromask_gui.look.texts import problem_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask.errors import ChromaskError
    from chromask_gui.session.session import Session

Point = tuple[float, float]
"""(x, y) in image pixels; the first pixel's centre is (0.5, 0.5)."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is and what is held.

    Attributes
    ----------
    x, y
        In image pixels; may lie outside the image.
    zoom
        Device pixels per image pixel: a tool that reaches by the hand's measure divides.
    shift, ctrl, alt
        Which keys are held.
    pressure
        Of a pen, 0..1; 1 for a mouse.
    """

    x: float
    y: float
    zoom: float = 1.0
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
    pressure: float = 1.0

    @property
    def xy(self) -> Point:
        """The point (x, y)."""
        return self.x, self.y

    @property
    def pixel(self) -> tuple[int, int]:
        """The pixel (row, col) under the pointer; may lie outside the image."""
        return int(self.y // 1), int(self.x // 1)


class Cursor(NamedTuple):
    """The outline of a brush's tip, in image pixels."""

    x: float
    y: float
    half: float  # of its breadth
    is_square: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What a tool draws over the canvas: thin, in screen pixels, never part of the data.

    Attributes
    ----------
    lines
        Open or closed polylines of points (x, y).
    handles
        Points that can be dragged.
    cursor
        What would be painted here.
    """

    lines: tuple[tuple[Point, ...], ...] = ()
    handles: tuple[Point, ...] = ()
    cursor: Cursor | None = None


class Tool:
    """Turns a user's gestures into transactions on the session's document.

    One gesture is one transaction. Whatever ends it early (Esc, another tool, another frame)
    calls `cancel`, which leaves nothing behind.
    """

    id: ClassVar[str]
    drags_image: ClassVar[bool] = False
    """Whether a drag with the left button moves the image instead of being told."""

    options: ClassVar[tuple[str, ...]] = ()
    """The names of the options that the bar shows for it, see `options.OPTIONS`."""
    hint: ClassVar[object] = ""
    """What to do with it, wrapped in ``QT_TRANSLATE_NOOP("tools", ...)``."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.marks = Marks()
        self.redraw: Callable[[], object] = lambda: None
        """Shows the marks; whoever shows them sets it, for marks that no event changes."""

    def say(self, error: ChromaskError) -> None:
        """Tell why nothing is done and what to do: advice, no failure that is kept."""
        text = problem_text(error.problem)
        self.session.notified.emit(text[:1].upper() + text[1:])

    @property
    def is_busy(self) -> bool:
        """Whether something is half done, which `cancel` would give up."""
        return False

    def press(self, pointer: Pointer) -> None:
        """The left button went down."""

    def drag(self, pointer: Pointer) -> None:
        """The pointer moved with the left button down."""

    def release(self, pointer: Pointer) -> None:
        """The left button went up."""

    def hover(self, pointer: Pointer | None) -> None:
        """The pointer moved without a button, or left the canvas (None)."""

    def double_click(self, pointer: Pointer) -> None:
        """The left button went down twice."""

    def finish(self) -> bool:
        """Enter: end a shape that waits for it; returns whether there was one."""
        return False

    def step_back(self) -> bool:
        """Backspace: take back the last point; returns whether there was one."""
        return False

    def delete(self) -> bool:
        """Delete: erase what the tool has chosen; returns whether there was something."""
        return False

    def give_to(self, index: int) -> bool:
        """Give what the tool has chosen to a ROI; returns whether there was something."""
        del index
        return False

    def cancel(self) -> bool:
        """Give up what is half done; returns whether there was something."""
        return False
