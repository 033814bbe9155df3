"""A picture of each tool in the middle of its work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from drawing import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from drawing.stage import Shot, Stage

CAR, PERSON, ROAD = 0, 1, 2
"""ROIs of the street that is half done."""

BLUE = (545, 315, 785, 480)
"""Where the blue car is: left, top, right, bottom."""

WALKER, SIGN = (800, 300, 950, 480), (690, 220, 815, 315)
"""Where a person walks, and where the traffic sign stands."""


def begin(
    stage: Stage, tool: str, part: tuple[float, float, float, float], roi: int = CAR
) -> None:
    """Take a tool in hand for a ROI and zoom to where it is used."""
    stage.open(files.half_done(stage.folder))
    stage.session.select(roi)
    stage.act(f"tool_{tool}")
    stage.show_part(*part)
    stage.rest()


def set_options(stage: Stage, **values: object) -> None:
    """Set options of the tools, as the bar over the canvas does."""
    options = replace(stage.session.view.options, **values)  # pyright: ignore[reportArgumentType]
    stage.session.set_view(options=options)


def brush(stage: Stage) -> Shot:
    """A stroke on its way, and the cursor as large as it paints."""
    begin(stage, "brush", BLUE)
    set_options(stage, size=28.0)
    stage.hand.draw(
        (612, 362), (690, 358), (728, 380), (640, 388), (655, 415), (700, 414)
    )
    return stage.canvas()


def eraser(stage: Stage) -> Shot:
    """What was painted too far is taken away."""
    begin(stage, "ellipse", BLUE)
    stage.hand.draw((572, 322), (766, 462))
    stage.hand.release(766, 462)
    stage.press(Qt.Key.Key_Return)
    stage.act("tool_eraser")
    set_options(stage, size=18.0)
    stage.hand.draw((598, 330), (640, 324), (690, 324), (722, 330), (745, 350))
    return stage.canvas()


def fill(stage: Stage) -> Shot:
    """A hole in the mask is given to a ROI by one click."""
    begin(stage, "fill", BLUE)
    stage.hand.click(690, 390)
    return stage.canvas()


def picker(stage: Stage) -> Shot:
    """The ROI under the pointer becomes the one that is painted."""
    begin(stage, "picker", (380, 300, 800, 580), PERSON)
    stage.hand.click(470, 500)
    return stage.canvas()


def polygon(stage: Stage) -> Shot:
    """Corners so far, and the one that comes."""
    begin(stage, "polygon", BLUE)
    corners = ((574, 362), (610, 338), (700, 337), (728, 345), (756, 392), (755, 448))
    for x, y in corners:
        stage.hand.click(x, y)
    stage.hand.move(690, 452)
    return stage.canvas()


def _dragged(
    tool: str, part: tuple[float, float, float, float], *points: tuple[float, float]
) -> Callable[[Stage], Shot]:
    """Picture a shape that waits for Enter after a drag."""

    def draw(stage: Stage) -> Shot:
        begin(stage, tool, part, PERSON if tool == "lasso" else CAR)
        stage.hand.draw(*points)
        stage.hand.release(*points[-1])
        return stage.canvas()

    return draw


def keypoints(stage: Stage) -> Shot:
    """Joints of a person so far."""
    begin(stage, "keypoints", WALKER, PERSON)
    for x, y in (
        (874, 331),
        (858, 356),
        (890, 356),
        (850, 388),
        (902, 386),
        (872, 404),
    ):
        stage.hand.click(x, y)
    stage.hand.move(862, 428)
    return stage.canvas()


def wand(stage: Stage) -> Shot:
    """The region so far; to the right it grows."""
    begin(stage, "wand", BLUE)
    stage.hand.draw((700, 432), (708, 432))
    return stage.canvas()


def scissors(stage: Stage) -> Shot:
    """The line clings to the edge of the car."""
    begin(stage, "scissors", BLUE)
    for x, y in ((573, 372), (604, 337), (700, 337)):
        stage.hand.click(x, y)
    stage.hand.move(755, 395)
    stage.rest(400)
    return stage.canvas()


def grabcut(stage: Stage) -> Shot:
    """A rough box around the car."""
    begin(stage, "grabcut", (370, 300, 530, 430))
    stage.hand.draw((392, 324), (507, 420))
    return stage.canvas()


def grabcut_found(stage: Stage) -> Shot:
    """What was found in it."""
    grabcut(stage)
    stage.hand.release(507, 420)
    for _ in range(100):
        stage.rest(100)
        if not stage.session.jobs.is_busy:
            break
    return stage.canvas()


def superpixels(stage: Stage) -> Shot:
    """Patches so far, and the one under the pointer."""
    begin(stage, "superpixels", BLUE)
    set_options(stage, size=16.0)
    stage.hand.draw((612, 362), (690, 358), (720, 380), steps=12)
    return stage.canvas()


def parts(stage: Stage) -> Shot:
    """Two of the cars are chosen."""
    stage.open_example()
    stage.act("tool_parts")
    stage.show_part(260, 280, 800, 500)
    stage.hand.click(450, 370)
    stage.hand.click(680, 400, Qt.KeyboardModifier.ShiftModifier)
    return stage.canvas()


def refine(stage: Stage) -> Shot:
    """What would change, before it does."""
    stage.open_example(4)
    stage.show_part(70, 70, 440, 320)
    stage.act("refine")
    bar = stage.window.refine
    bar.operation.setCurrentIndex(bar.operation.findData("grow"))
    bar.operation.activated.emit(bar.operation.currentIndex())
    bar.amount.setValue(9)
    stage.rest(900)
    return stage.canvas()


def over_unclaimed(stage: Stage) -> Shot:
    """The brush spares what others have."""
    begin(stage, "brush", BLUE)
    stage.session.set_view(paint_over=-1)
    set_options(stage, size=60.0)
    stage.hand.draw((600, 400), (660, 392), (730, 400))
    return stage.canvas()


PICTURES: dict[str, Callable[[Stage], Shot]] = {
    "brush": brush,
    "eraser": eraser,
    "fill": fill,
    "picker": picker,
    "polygon": polygon,
    "box": _dragged("box", SIGN, (723, 239), (782, 298)),
    "ellipse": _dragged("ellipse", BLUE, (599, 398), (617, 456)),
    "lasso": _dragged(
        "lasso",
        WALKER,
        (868, 325),
        (882, 326),
        (887, 346),
        (905, 388),
        (893, 396),
        (889, 420),
        (908, 450),
        (890, 455),
        (872, 415),
        (850, 456),
        (846, 448),
        (860, 410),
        (845, 398),
        (852, 350),
        (866, 342),
    ),
    "keypoints": keypoints,
    "wand": wand,
    "scissors": scissors,
    "grabcut": grabcut,
    "grabcut-found": grabcut_found,
    "superpixels": superpixels,
    "over-unclaimed": over_unclaimed,
    "parts": parts,
    "refine": refine,
}
