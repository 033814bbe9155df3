"""The painting tools without a window: gestures end where a plain numpy model ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chromask.document.document import Document
from chromask.pixels import raster
from chromask.pixels.plane import expand
from chromask.workspace.opening import open_document
from chromask_gui.runtime.jobs import Jobs
from chromask_gui.session.session import Session
from chromask_gui.tools import TOOLS
from chromask_gui.tools.tool import Pointer
from scenes import CAR, COLS, ROAD, ROWS, SKY, scene_mask, write_scene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.tools.paint_tool import PaintTool

VALUES = (CAR, ROAD)
KEY = "front/seg"
Array = np.ndarray[Any, Any]


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    jobs = Jobs()
    session = Session(jobs)
    session.show(open_document(write_scene(tmp_path)))
    session.select(0)
    yield session
    session.show(None)
    jobs.shut_down()


@pytest.fixture
def tools(session: Session) -> dict[str, Any]:
    return {name: make(session) for name, make in TOOLS.items()}


def pixels(session: Session, key: str = KEY) -> Array:
    """Give the mask's values, and prove that its counts are right."""
    plane = session.document.planes[key]
    counts = np.bincount(plane.indices.ravel(), minlength=len(plane.table))
    assert (counts == plane.pixels).all()
    return expand(plane, 0, plane.rows)


def set_options(session: Session, **options: Any) -> None:
    session.set_view(options=replace(session.view.options, **options))


def gesture(tool: PaintTool, points: list[tuple[float, float]], **held: Any) -> None:
    """Press at the first point, drag over the others, release at the last."""
    tool.press(Pointer(*points[0], **held))
    for point in points[1:]:
        tool.drag(Pointer(*point, **held))
    tool.release(Pointer(*points[-1], **held))


def fresh(session: Session) -> Document:
    """Show the scene anew, without the time that reading its files takes."""
    old = session.document
    while old.undo_label:
        session.undo()
    planes = {
        key: replace(plane, pixels=plane.pixels.copy(), indices=plane.indices.copy())
        for key, plane in old.planes.items()
    }
    document = Document(old.frame.copy(), planes, old.images, path=old.path)
    session.show(document)
    session.select(0)
    return document


# -- the model


class Model:
    """What the tools must do, in a plain array of values."""

    def __init__(self, values: Array) -> None:
        self.now = values
        self.undone: list[Array] = []
        self.done: list[Array] = []

    def put(self, where: Array, value: tuple[int, ...]) -> None:
        after = self.now.copy()
        after[where] = value
        if (after != self.now).any():
            self.done.append(self.now)
            self.undone.clear()
            self.now = after

    def move(self, source: list[Array], target: list[Array]) -> None:
        if source:
            target.append(self.now)
            self.now = source.pop()

    def has(self, value: tuple[int, ...]) -> Array:
        return (self.now == value).all(axis=2)

    def allowed(self, over: int | None, locked: frozenset[int]) -> Array:
        may = np.ones(self.now.shape[:2], bool)
        if over == -1:
            for value in VALUES:
                may &= ~self.has(value)
        elif over is not None:
            may = self.has(VALUES[over])
        for index in locked:
            may &= ~self.has(VALUES[index])
        return may

    def region(self, row: int, col: int, neighbours: int, connected: bool) -> Array:
        same = self.has(tuple(self.now[row, col]))
        if not connected:
            return same
        steps = [(1, 0), (-1, 0), (0, 1), (0, -1)]
        if neighbours == 8:
            steps += [(i, j) for i in (1, -1) for j in (1, -1)]
        # Around it nothing is the same, so that what is shifted out comes back as nothing.
        same, found = np.pad(same, 1), np.zeros((ROWS + 2, COLS + 2), bool)
        found[row + 1, col + 1] = True
        while True:
            reached = found.copy()
            for step in steps:
                reached |= np.roll(found, step, (0, 1))
            reached &= same
            if (reached == found).all():
                return found[1:-1, 1:-1]
            found = reached


def whole(patch: raster.Patch) -> Array:
    found = np.zeros((ROWS, COLS), bool)
    rows, cols = patch.where.shape
    found[patch.row0 : patch.row0 + rows, patch.col0 : patch.col0 + cols] = patch.where
    return found


places = st.tuples(
    st.integers(-8 * 4, (COLS + 8) * 4).map(lambda n: n / 4),
    st.integers(-8 * 4, (ROWS + 8) * 4).map(lambda n: n / 4),
)
strokes = st.tuples(
    st.sampled_from(["brush", "eraser"]),
    st.lists(places, min_size=1, max_size=4),
    st.sampled_from([0.5, 1.0, 3.0, 7.5, 40.0]),
    st.booleans(),
    st.sampled_from(["end", "end", "end", "esc"]),
)
fills = st.tuples(
    st.just("fill"), places, st.booleans(), st.sampled_from([4, 8]), st.none()
)
shapes = st.tuples(
    st.sampled_from(["polygon", "box", "ellipse", "lasso"]),
    st.lists(places, min_size=3, max_size=5, unique=True),
    st.sampled_from(["add", "subtract", "clip"]),
    st.sampled_from(["end", "end", "esc"]),
    st.none(),
)
views = st.tuples(
    st.just("view"),
    st.integers(0, 1),
    st.sampled_from([None, -1, 0, 1]),
    st.sampled_from([frozenset(), frozenset({0}), frozenset({1})]),
    st.none(),
)
moves = st.tuples(
    st.sampled_from(["undo", "redo"]), st.none(), st.none(), st.none(), st.none()
)
parts = st.tuples(
    st.sampled_from(["move", "erase", "give", "paste"]),
    st.tuples(st.integers(0, ROWS - 1), st.integers(0, COLS - 1)),
    st.tuples(st.integers(-30, 30), st.integers(-30, 30)),
    st.integers(0, 1),
    st.booleans(),
)
sequences = st.lists(
    st.one_of(strokes, strokes, shapes, fills, parts, parts, views, moves),
    min_size=1,
    max_size=6,
)


def play(session: Session, tools: dict[str, Any], model: Model, act: tuple) -> None:
    """Do one act of a sequence with the tools and in the model."""
    kind, one, two, three, _ = act
    if kind == "view":
        session.set_view(selected=(one,), paint_over=two, locked_rois=three)
    elif kind == "undo":
        session.undo()
        model.move(model.done, model.undone)
    elif kind == "redo":
        session.redo()
        model.move(model.undone, model.done)
    elif kind in ("move", "erase", "give", "paste"):
        selected = session.view.selected
        edit_part(session, tools["parts"], model, act)
        session.select(*selected)
    else:
        paint(session, tools[kind], model, act)


def paint(session: Session, tool: Any, model: Model, act: tuple) -> None:
    """Paint with a tool, and in the model."""
    kind, one, two, three, four = act
    view = session.view
    index = view.selected[0]
    may = model.allowed(view.paint_over, view.locked_rois)
    may &= index not in view.locked_rois
    if kind in ("brush", "eraser"):
        set_options(session, size=two, is_square=three)
        tool.press(Pointer(*one[0]))
        for point in one[1:]:
            tool.drag(Pointer(*point))
        if four == "esc":
            tool.cancel()
        tool.release(Pointer(*one[-1]))
        if four == "esc":
            return
        where = np.zeros((ROWS, COLS), bool)
        for start, end in zip([one[0], *one[:-1]], one, strict=True):
            where |= whole(raster.stroke(start, end, two, ROWS, COLS, is_square=three))
        model.put(where & may, VALUES[index] if kind == "brush" else (0, 0, 0))
    elif kind == "fill":
        set_options(session, is_connected=two, neighbours=three)
        gesture(tool, [one])
        row, col = int(one[1] // 1), int(one[0] // 1)
        if 0 <= row < ROWS and 0 <= col < COLS:
            where = model.region(row, col, three, two)
            model.put(where & may, VALUES[index])
    else:
        draw_shape(session, tool, one, two, is_done=three == "end")
        if three == "end":
            make = {"box": raster.box, "ellipse": raster.ellipse}
            inside = whole(
                make[kind](one[0], one[-1], ROWS, COLS)
                if kind in make
                else raster.polygon(one, ROWS, COLS)
            )
            own = model.has(VALUES[index])
            where = {"add": inside, "subtract": inside & own, "clip": ~inside & own}
            value = VALUES[index] if two == "add" else (0, 0, 0)
            model.put(where[two] & may, value)


def edit_part(session: Session, tool: Any, model: Model, act: tuple) -> None:
    """Choose a part with a click and do something with it; so in the model."""
    kind, (row, col), (down, right), index, is_box = act
    view = session.view
    may = model.allowed(view.paint_over, view.locked_rois)
    part = model.region(row, col, 8, connected=True)
    value = tuple(model.now[row, col].tolist())
    if is_box:
        # A box around the whole image chooses every part but the background.
        gesture(tool, [(-9.0, -9.0), (COLS + 9.0, ROWS + 9.0)])
        tool.cancel()
        assert not tool.chosen
    gesture(tool, [(col + 0.5, row + 0.5)])
    (piece,) = tool.chosen
    assert np.array_equal(
        whole(raster.Patch(piece.row0, piece.col0, piece.where)), part
    )
    after = model.now.copy()
    at = np.argwhere(part)
    if kind == "move":
        x, y = col + 0.5, row + 0.5
        gesture(tool, [(x, y), (x + right / 2, y), (x + right, y + down)])
        if part[may].sum() == part.sum() and (down or right):
            after[part] = 0
            shift(after, at, (down, right), value, may)
        model.put(*where_it_differs(model.now, after))
    elif kind == "erase":
        tool.delete()
        model.put(part & may, (0, 0, 0))
    elif kind == "give":
        tool.give_to(index)
        gets = index not in view.locked_rois
        model.put(part & may & gets, VALUES[index])
    elif kind == "paste":
        tool.copy()
        tool.hover(Pointer(col + right + 0.5, row + down + 0.5))
        tool.paste()
        high, wide = at.max(axis=0) - at.min(axis=0) + 1
        corner = (row + down - high // 2, col + right - wide // 2)
        is_locked = any(value == VALUES[n] for n in view.locked_rois)
        if not is_locked:
            shift(after, at, np.subtract(corner, at.min(axis=0)), value, may)
        model.put(*where_it_differs(model.now, after))
    tool.cancel()


def shift(after: Array, at: Array, by: Any, value: tuple[int, ...], may: Array) -> None:
    """Give the places of a part a value somewhere else, inside and where they may change."""
    rows, cols = (at + by).T
    inside = (rows >= 0) & (rows < ROWS) & (cols >= 0) & (cols < COLS)
    rows, cols = rows[inside], cols[inside]
    allowed = may[rows, cols]
    after[rows[allowed], cols[allowed]] = value


def where_it_differs(before: Array, after: Array) -> tuple[Array, Array]:
    where = (before != after).any(axis=2)
    return where, after[where]


def draw_shape(
    session: Session, tool: Any, points: list, mode: str, *, is_done: bool
) -> None:
    set_options(session, mode=mode)
    # A zoom at which no two vertices are within the hand's reach.
    if tool.id == "polygon":
        for point in points:
            gesture(tool, [point], zoom=1000.0)
    elif tool.id == "lasso":
        gesture(tool, points, zoom=1000.0)
    else:
        gesture(tool, [points[0], points[-1]], zoom=1000.0)
    assert tool.finish() if is_done else tool.cancel()
    # With nothing to paint with a shape waits.
    assert not tool.is_busy or tool.cancel()


@settings(
    max_examples=1500, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sequences)
@example(
    [
        # A step that added a colour is undone before the counts of a later one were read.
        ("eraser", [(0.0, 0.0)], 0.5, False, "end"),
        ("brush", [(0.0, 0.0)], 0.5, False, "end"),
        ("view", 0, -1, frozenset(), None),
        ("undo", None, None, None, None),
        ("undo", None, None, None, None),
        ("fill", (0.0, 0.0), False, 4, None),
    ]
)
def test_that_gestures_undo_and_redo_end_where_a_plain_model_ends(
    session: Session, tools: dict[str, Any], acts: list[tuple]
) -> None:
    document = fresh(session)
    model = Model(scene_mask())
    assert (pixels(session) == model.now).all()
    for act in acts:
        play(session, tools, model, act)
        assert (pixels(session) == model.now).all(), act
        assert len(document.undo_labels) == len(model.done), act
        assert len(document.redo_labels) == len(model.undone), act
    counts = [count.pixels for count in session.census.rois]
    assert counts == [int(model.has(value).sum()) for value in VALUES]


# -- single claims


def brush(session: Session, **options: Any) -> Any:
    set_options(session, **options)
    return TOOLS["brush"](session)


def test_that_a_stroke_is_one_step_named_after_the_roi(session: Session) -> None:
    gesture(brush(session, size=5), [(5.5, 5.5), (20.5, 9.5), (30.5, 3.5)])
    assert session.document.undo_labels == ("Paint car",)


def test_that_shift_draws_a_straight_line_from_the_last_point(session: Session) -> None:
    tool = brush(session, size=1)
    gesture(tool, [(2.5, 4.5)])
    gesture(tool, [(12.5, 4.5)], shift=True)
    assert (pixels(session)[4, 2:13] == CAR).all()
    assert (pixels(session)[4, 13] != CAR).any()


def test_that_a_pen_pressed_lightly_paints_thin(session: Session) -> None:
    tool = brush(session, size=9)
    gesture(tool, [(10.5, 8.5)], pressure=1 / 3)
    assert (pixels(session) == CAR).all(axis=2)[:20].sum() == 9


def test_that_the_cursor_has_the_brushs_true_size(session: Session) -> None:
    tool = brush(session, size=7)
    tool.hover(Pointer(10.0, 12.0))
    assert tool.marks.cursor == (10.0, 12.0, 3.5, False)
    tool.hover(None)
    assert tool.marks.cursor is None


def test_that_without_a_roi_it_says_what_to_do(session: Session, qtbot: QtBot) -> None:
    session.select()
    with qtbot.waitSignal(session.notified) as said:
        gesture(brush(session), [(5.0, 5.0)])
    assert "Select one" in said.args[0]
    assert not session.document.is_edited


def test_that_a_locked_roi_is_not_painted_and_it_says_so(
    session: Session, qtbot: QtBot
) -> None:
    session.set_view(locked_rois=frozenset({0}))
    with qtbot.waitSignal(session.notified) as said:
        gesture(brush(session), [(5.0, 5.0)])
    assert "locked" in said.args[0]
    assert (pixels(session) == scene_mask()).all()


def test_that_ctrl_picks_the_roi_under_the_brush(session: Session) -> None:
    gesture(brush(session), [(5.0, 30.0)], ctrl=True)
    assert session.view.selected == (1,)
    assert (pixels(session) == scene_mask()).all()


def test_that_the_picker_takes_the_roi_or_the_value_that_nobody_claims(
    session: Session, qtbot: QtBot
) -> None:
    tool = TOOLS["picker"](session)
    gesture(tool, [(5.0, 30.0)])
    assert session.view.selected == (1,)
    with qtbot.waitSignal(session.notified) as said:
        gesture(tool, [(5.0, 5.0)])
    assert "70 130 180" in said.args[0]
    assert session.view.selected == ()
    assert session.view.in_hand is not None
    assert session.view.in_hand.value == SKY


@pytest.mark.parametrize("way", ["undo", "save", "close", "edit", "cancel"])
def test_that_what_ends_a_stroke_from_outside_leaves_nothing_half_done(
    session: Session, qtbot: QtBot, way: str
) -> None:
    tool = brush(session, size=9)
    gesture(tool, [(40.5, 5.5)])
    finished = pixels(session)
    tool.press(Pointer(5.5, 5.5))
    tool.drag(Pointer(20.5, 9.5))
    assert (pixels(session) != finished).any()
    document = session.document
    if way == "undo":
        session.undo()
    elif way == "save":
        session.save()
        qtbot.waitUntil(lambda: session.save_state == "saved")
    elif way == "close":
        session.show(None)
    elif way == "edit":
        session.edit("Rename", lambda e: e.frame.update_annotation(1, labels=["way"]))
    else:
        tool.cancel()
    tool.drag(Pointer(30.5, 9.5))
    tool.release(Pointer(30.5, 9.5))
    plane = document.planes[KEY]
    assert (expand(plane, 0, plane.rows) == finished).all()
    renamed = ("Rename",) if way == "edit" else ()
    assert document.undo_labels == ("Paint car", *renamed)


def test_that_vertices_move_before_enter_and_backspace_takes_the_last(
    session: Session,
) -> None:
    tool = TOOLS["polygon"](session)
    for point in ((10.0, 2.0), (20.0, 2.0), (20.0, 9.0), (33.0, 15.0)):
        gesture(tool, [point], zoom=4.0)
    assert tool.step_back()
    gesture(tool, [(20.1, 9.1), (10.0, 12.0)], zoom=4.0)
    assert session.document.undo_label is None
    assert tool.finish()
    expected = scene_mask()
    triangle = [(10.0, 2.0), (20.0, 2.0), (10.0, 12.0)]
    expected[whole(raster.polygon(triangle, ROWS, COLS))] = CAR
    assert (pixels(session) == expected).all()
    assert session.document.undo_labels == ("Add polygon to car",)


@pytest.mark.parametrize("way", ["first corner", "double click"])
def test_that_a_polygon_closes_without_enter(session: Session, way: str) -> None:
    tool = TOOLS["polygon"](session)
    corners = [(10.0, 2.0), (20.0, 2.0), (10.0, 12.0)]
    for place in corners:
        gesture(tool, [place], zoom=4.0)
    if way == "first corner":
        gesture(tool, [(10.2, 2.2)], zoom=4.0)
    else:
        tool.double_click(Pointer(*corners[-1], zoom=4.0))
    assert not tool.is_busy
    expected = scene_mask()
    expected[whole(raster.polygon(corners, ROWS, COLS))] = CAR
    assert (pixels(session) == expected).all()


@pytest.mark.parametrize("name", ["polygon", "lasso", "box", "ellipse"])
def test_that_a_shape_waits_until_a_roi_is_chosen(session: Session, name: str) -> None:
    tool = TOOLS[name](session)
    corners = [(10.0, 2.0), (20.0, 2.0), (20.0, 12.0)]
    session.select()
    if name == "polygon":
        for place in corners:
            gesture(tool, [place], zoom=4.0)
    else:
        gesture(tool, corners, zoom=4.0)
    tool.finish()
    assert tool.is_busy
    assert (pixels(session) == scene_mask()).all()

    session.select(0)
    tool.finish()
    assert not tool.is_busy
    assert (pixels(session) != scene_mask()).any()


def test_that_alt_takes_a_shape_away_and_shift_adds_it(session: Session) -> None:
    tool = TOOLS["box"](session)
    set_options(session, mode="clip")
    gesture(tool, [(10.0, 22.0), (15.0, 28.0)], alt=True)
    tool.finish()
    assert (pixels(session)[22:28, 10:15] == 0).all()
    assert (pixels(session)[22:28, 15:20] == CAR).all()
    gesture(tool, [(40.0, 2.0), (44.0, 6.0)], shift=True)
    tool.finish()
    assert (pixels(session)[2:6, 40:44] == CAR).all()


def test_that_a_lasso_paints_what_was_drawn_around(session: Session) -> None:
    tool = TOOLS["lasso"](session)
    ring = [(5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0)]
    gesture(tool, ring, zoom=2.0)
    assert tool.is_busy
    assert tool.finish()
    assert (pixels(session)[5:15, 5:15] == CAR).all()
    assert (pixels(session) == CAR).all(axis=2)[:20].sum() == 100


def test_that_a_shape_that_waits_is_painted_when_the_next_begins(
    session: Session,
) -> None:
    tool = TOOLS["ellipse"](session)
    gesture(tool, [(5.0, 5.0), (15.0, 15.0)])
    gesture(tool, [(40.0, 5.0), (50.0, 15.0)])
    assert session.document.undo_labels == ("Add ellipse to car",)
    assert tool.cancel()
    assert session.document.undo_labels == ("Add ellipse to car",)


def test_that_roi_numbers_follow_when_a_locked_or_painted_over_roi_moves(
    session: Session,
) -> None:
    session.set_view(locked_rois=frozenset({1}), paint_over=1)
    session.edit("Delete", lambda edit: edit.frame.remove_annotation(0))
    assert session.view.locked_rois == {0}
    assert session.view.paint_over == 0
    session.edit("Delete", lambda edit: edit.frame.remove_annotation(0))
    assert session.view.locked_rois == frozenset()
    assert session.view.paint_over is None


def test_that_a_polygon_in_the_making_reaches_to_the_pointer(
    tools: dict[str, Any],
) -> None:
    tool = tools["polygon"]
    for x, y in ((2.0, 2.0), (12.0, 2.0)):
        tool.press(Pointer(x, y))
        tool.release(Pointer(x, y))
    tool.hover(Pointer(12.0, 30.0))
    corners = ((2.0, 2.0), (12.0, 2.0), (12.0, 30.0), (2.0, 2.0))
    assert tool.marks.lines == (corners,)
    assert tool.marks.handles == ((2.0, 2.0), (12.0, 2.0))
    # Over a corner, a press takes that one.
    tool.hover(Pointer(3.0, 3.0))
    assert tool.marks.lines == (((2.0, 2.0), (12.0, 2.0), (2.0, 2.0)),)
    tool.hover(Pointer(12.0, 30.0))
    tool.hover(None)
    assert tool.marks.lines == (((2.0, 2.0), (12.0, 2.0), (2.0, 2.0)),)
    tool.cancel()
    tool.hover(Pointer(12.0, 30.0))
    assert tool.marks.lines == ()


def test_that_a_click_is_no_box_and_backspace_gives_a_box_up(session: Session) -> None:
    tool = TOOLS["box"](session)
    gesture(tool, [(5.0, 5.0)])
    assert not tool.is_busy
    gesture(tool, [(5.0, 5.0), (15.0, 15.0)])
    assert tool.step_back()
    assert not tool.is_busy
    assert not tool.finish()
    assert (pixels(session) == scene_mask()).all()


def test_that_shift_and_alt_keep_only_what_lies_in_the_shape(session: Session) -> None:
    tool = TOOLS["box"](session)
    gesture(tool, [(10.0, 22.0), (15.0, 28.0)], shift=True, alt=True)
    tool.finish()
    assert (pixels(session)[22:28, 15:20] == 0).all()
    assert (pixels(session)[22:28, 10:15] == CAR).all()
