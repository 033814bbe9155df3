"""The document: transactions, undo by swapping, and what counts as edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as PilImage

from chromask.counts.pixel_counts import take_census
from chromask.document import edit_state as contents
from chromask.document.document import Saved
from chromask.errors import AnnotationError, EditError
from chromask.pixels.plane import build_plane
from chromask.pixels.rect import Rect
from chromask.workspace.opening import open_document
from scenes import CAR, PIXELS, ROAD, SKY, roi, scene_mask, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.document.document import Document
    from chromask.pixels.plane import Plane

KEY = "front/seg"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return open_document(write_scene(tmp_path))


def saved_as(folder: Path) -> Saved:
    return Saved(folder / "scene.json", (), {}, {}, {})


def test_that_an_edit_names_the_fields_it_changed(document: Document) -> None:
    with document.edit("Rename car") as edit:
        edit.frame.update_annotation(0, labels=["bus"])
        change = edit.commit()

    assert change.fields == {"annotations"}
    assert change.phase == "commit"
    assert change.label == "Rename car"
    assert not change.tables
    assert document.frame.annotations[0].labels == ("bus",)
    assert document.is_edited


def test_that_undo_and_redo_restore_the_very_same_frame(document: Document) -> None:
    before = document.frame
    with document.edit("Rename car") as edit:
        edit.frame.update_annotation(0, labels=["bus"])
    after = document.frame

    assert document.undo_label == "Rename car"
    change = document.undo()
    assert (change.phase, change.fields) == ("undo", {"annotations"})
    assert document.frame is before
    assert not document.is_edited
    assert document.redo_label == "Rename car"
    document.redo()
    assert document.frame is after
    assert document.is_edited


def test_that_an_exception_in_an_edit_restores_everything(document: Document) -> None:
    before, table = document.frame, document.planes[KEY].table.copy()

    def break_off() -> None:
        with document.edit("Broken") as edit:
            edit.frame.remove_annotation(0)
            edit.set_value(KEY, 0, (1, 2, 3))
            edit.frame.add_annotation(mask_rgb=[1.5, 0, 0], labels=["x"])

    with pytest.raises(AnnotationError):
        break_off()

    assert document.frame is before
    assert (document.planes[KEY].table == table).all()
    assert not document.is_edited
    assert document.undo_label is None
    with document.edit("Next"):
        pass


def test_that_cancel_restores_table_and_frame(document: Document) -> None:
    before, plane = document.frame, document.planes[KEY]
    edit = document.edit("Repaint")
    edit.set_value(KEY, 0, (1, 2, 3))
    edit.frame.remove_annotation(1)
    change = edit.cancel()

    assert change.phase == "cancel"
    assert change.tables == {KEY}
    assert document.frame is before
    assert document.planes[KEY].table is plane.table
    assert not document.is_edited


def test_that_an_edit_without_a_change_makes_no_step(document: Document) -> None:
    before = document.frame
    with document.edit("Nothing") as edit:
        assert not edit.commit()

    assert document.undo_label is None
    assert document.frame is before


def test_that_only_one_edit_is_open_at_a_time(document: Document) -> None:
    edit = document.edit("First")
    for forbidden in (
        lambda: document.edit("Second"),
        document.undo,
        document.snapshot,
    ):
        with pytest.raises(EditError, match="'First' is open"):
            forbidden()
    edit.cancel()
    with pytest.raises(EditError, match="has ended"):
        edit.frame.remove_annotation(0)
    with pytest.raises(EditError, match="has ended"):
        edit.set_value(KEY, 0, (1, 2, 3))
    with pytest.raises(EditError, match="nothing to undo"):
        document.undo()


def test_that_set_value_touches_no_pixel(document: Document) -> None:
    indices = document.planes[KEY].indices
    (entry,) = document.planes[KEY].claimed_by(CAR).tolist()
    with document.edit("Repaint") as edit:
        change = edit.set_value(KEY, entry, (1, 2, 3))

    assert change.phase == "preview"
    assert change.tables == {KEY}
    assert not change.rects
    assert document.planes[KEY].indices is indices
    assert document.planes[KEY].value(entry) == (1, 2, 3)


def test_that_a_value_the_mask_cannot_hold_names_the_file(document: Document) -> None:
    with (
        pytest.raises(EditError, match=r"scene_seg\.png.*cannot hold \[300, 0, 0\]"),
        document.edit("Repaint") as edit,
    ):
        edit.set_value(KEY, 0, (300, 0, 0))


def test_that_an_edit_after_undo_drops_what_could_be_redone(
    document: Document,
) -> None:
    with document.edit("One") as edit:
        edit.frame.remove_annotation(0)
    document.undo()
    with document.edit("Two") as edit:
        edit.frame.remove_annotation(1)

    assert document.redo_label is None
    assert document.undo_label == "Two"


def test_that_undoing_past_a_save_marks_the_document_edited(
    document: Document, tmp_path: Path
) -> None:
    with document.edit("One") as edit:
        edit.frame.remove_annotation(0)
    document.mark_saved(document.snapshot(), saved_as(tmp_path))
    assert not document.is_edited
    document.undo()
    assert document.is_edited
    document.redo()
    assert not document.is_edited


def test_that_an_edit_made_while_saving_stays_an_edit(
    document: Document, tmp_path: Path
) -> None:
    with document.edit("One") as edit:
        edit.frame.remove_annotation(0)
    snapshot = document.snapshot()
    with document.edit("Two") as edit:
        edit.set_value(KEY, 0, (1, 2, 3))
    document.mark_saved(snapshot, saved_as(tmp_path))

    assert document.is_edited
    assert document.is_mask_edited(KEY)


@given(
    moves=st.lists(
        st.one_of(
            st.just("undo"),
            st.just("redo"),
            st.tuples(st.integers(0, 3), st.integers(0, 255)),
        ),
        max_size=30,
    )
)
def test_that_random_edits_end_where_a_plain_model_ends(
    tmp_path_factory: pytest.TempPathFactory, moves: list[object]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "random"
    path = folder / "scene.json"
    document = open_document(path if path.exists() else write_scene(folder))
    # The model: a list of whole states, and where in it we stand.
    states = [(tuple(document.frame.annotations), document.planes[KEY].table.tolist())]
    at = 0
    for move in moves:
        if move == "undo":
            if at:
                document.undo()
                at -= 1
        elif move == "redo":
            if at + 1 < len(states):
                document.redo()
                at += 1
        elif isinstance(move, tuple):
            entry, level = move
            with document.edit("Edit") as edit:
                edit.set_value(KEY, entry, (level, 1, 2))
                edit.frame.add_annotation(mask_rgb=[level, 1, 2], labels=["new"])
            table = [list(row) for row in states[at][1]]
            table[entry] = [level, 1, 2]
            states = [*states[: at + 1], (tuple(document.frame.annotations), table)]
            at += 1
            assert len(states[at][0]) == len(states[at - 1][0]) + 1
        assert tuple(document.frame.annotations) == states[at][0]
        assert document.planes[KEY].table.tolist() == states[at][1]
        assert document.is_edited == (at != 0)
    while document.undo_label is not None:
        document.undo()
    assert tuple(document.frame.annotations) == states[0][0]
    assert document.planes[KEY].table.tolist() == states[0][1]
    assert ROAD in {tuple(row) for row in states[0][1]}


def model_of(document: Document) -> np.ndarray[Any, Any]:
    plane = document.planes[KEY]
    return plane.table[plane.indices]


class Model:
    """The document's pixels as whole arrays: one a state, and where among them we stand."""

    def __init__(self, document: Document, folder: Path) -> None:
        self.document, self.folder = document, folder
        self.states, self.at, self.saved = [model_of(document).copy()], 0, 0
        self.frozen: list[tuple[Plane, np.ndarray[Any, Any]]] = []

    def undo(self) -> None:
        if self.at:
            self.document.undo()
            self.at -= 1

    def redo(self) -> None:
        if self.at + 1 < len(self.states):
            self.document.redo()
            self.at += 1

    def rest(self) -> None:
        """A moment in which nobody edits, or holds the brush still."""
        self.document.make_undo_ready()

    def save(self) -> None:
        snapshot = self.document.snapshot()
        pixels = self.states[self.at].copy()
        self.frozen.extend((plane, pixels) for plane in snapshot.planes.values())
        masks = {KEY: self.folder / "scene_seg.png"}
        saved = Saved(self.folder / "scene.json", (), {}, masks, {})
        self.document.mark_saved(snapshot, saved)
        self.saved = self.at

    def paint(self, stroke: tuple[int, int, int, int, int, int, bool]) -> None:
        row, col, rows, cols, seed, color, cancels = stroke
        where = np.random.default_rng(seed).random((rows, cols)) < 0.5
        value = (color, 7, 7)
        edit = self.document.edit("Paint")
        edit.paint(KEY, row, col, where, edit.entry_for(KEY, value))
        self.rest()
        if cancels:
            edit.cancel()
            return
        expected = self.states[self.at].copy()
        for r, c in np.add(np.argwhere(where), (row, col)):
            if 0 <= r < expected.shape[0] and 0 <= c < expected.shape[1]:
                expected[r, c] = value
        if edit.commit():
            # A state that was saved and is now cut off can never come back.
            self.saved = -1 if self.saved > self.at else self.saved
            self.states = [*self.states[: self.at + 1], expected]
            self.at += 1

    def check(self) -> None:
        plane = self.document.planes[KEY]
        assert (model_of(self.document) == self.states[self.at]).all()
        counts = np.bincount(plane.indices.ravel(), minlength=len(plane.table))
        assert (counts == plane.pixels).all()
        assert self.document.is_edited == (self.at != self.saved)
        for kept, pixels in self.frozen:
            assert (kept.table[kept.band(0, kept.rows)] == pixels).all()
            assert (kept.table[kept.band(3, 9)] == pixels[3:9]).all()


@given(
    moves=st.lists(
        st.one_of(
            st.sampled_from(["undo", "redo", "rest", "save"]),
            st.tuples(
                st.integers(-20, 160),
                st.integers(-20, 240),
                st.integers(1, 50),
                st.integers(1, 50),
                st.integers(0, 2**32 - 1),
                st.integers(0, 5),
                st.booleans(),
            ),
        ),
        max_size=25,
    )
)
def test_that_random_strokes_end_where_a_plain_array_ends(
    tmp_path_factory: pytest.TempPathFactory, moves: list[object]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "strokes"
    path = folder / "scene.json"
    if not path.exists():
        # Larger than a tile, and no multiple of one.
        write_scene(folder, mask=np.tile(scene_mask(), (4, 4, 1)))
    model = Model(open_document(path), folder)
    for move in moves:
        if isinstance(move, tuple):
            model.paint(move)
        else:
            getattr(model, str(move))()
        model.check()


def test_that_a_paint_outside_the_plane_is_no_change(document: Document) -> None:
    edit = document.edit("Paint")
    assert not edit.paint(KEY, 5, 100, np.ones((3, 3), np.bool_), 0)
    assert not edit.paint(KEY, 5, 5, np.zeros((3, 3), np.bool_), 0)
    assert not edit.commit()
    assert document.undo_label is None


def test_that_a_preview_names_the_rectangle_inside_the_plane(
    document: Document,
) -> None:
    edit = document.edit("Paint")
    first = edit.paint(KEY, -2, -3, np.ones((10, 10), np.bool_), 0)
    second = edit.paint(KEY, 30, 50, np.ones((20, 20), np.bool_), 0)
    assert first.rects == {KEY: Rect(0, 0, 8, 7)}
    assert second.rects == {KEY: Rect(30, 50, 40, 60)}
    assert edit.commit().rects == {KEY: Rect(0, 0, 40, 60)}


def test_that_more_than_256_values_widen_the_indices(document: Document) -> None:
    with document.edit("Paint") as edit:
        for number in range(300):
            entry = edit.entry_for(KEY, (number % 256, number // 256, 99))
            edit.paint(KEY, number // 60, number % 60, np.ones((1, 1), np.bool_), entry)
    assert document.planes[KEY].indices.dtype == np.uint16
    shown = model_of(document)
    assert all(
        tuple(shown[n // 60, n % 60]) == (n % 256, n // 256, 99) for n in range(300)
    )
    document.undo()
    assert (model_of(document) == scene_mask()).all()


@pytest.fixture(params=[0, 1 << 30], ids=["in place", "by copies"])
def swaps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exchange pixels both ways, however few they are."""
    monkeypatch.setattr(contents, "IN_PLACE_BYTES", request.param)


@pytest.mark.usefixtures("swaps")
def test_that_a_step_in_which_the_indices_widened_is_done_again(
    document: Document,
) -> None:
    """What was kept before is narrower than what takes its place."""
    with document.edit("Paint") as edit:
        edit.paint(KEY, 0, 0, np.ones((1, 1), np.bool_), 1)
        for number in range(300):
            value = (number % 256, number // 256, 77)
            edit.paint(
                KEY,
                number // 20,
                number % 20,
                np.ones((1, 1), np.bool_),
                edit.entry_for(KEY, value),
            )
    before = document.planes[KEY]
    pixels = before.table[before.indices]
    document.undo()
    document.redo()
    plane = document.planes[KEY]
    assert np.array_equal(plane.table[plane.indices], pixels)


@pytest.mark.usefixtures("swaps")
def test_that_a_snapshot_outlives_undo_of_a_whole_tile(document: Document) -> None:
    """Undo swaps what it keeps; the snapshot has a copy of its own."""
    where = np.ones(document.planes[KEY].indices.shape, np.bool_)

    def paint_all(entry: int) -> None:
        with document.edit("Paint") as edit:
            edit.paint(KEY, 0, 0, where, entry)

    paint_all(0)
    (frozen,) = document.snapshot().planes.values()
    paint_all(1)
    document.undo()
    assert (frozen.band(0, frozen.rows) == 0).all()
    document.redo()
    assert (frozen.band(0, frozen.rows) == 0).all()


def paint_some(document: Document, count: int) -> None:
    for number in range(count):
        with document.edit(f"Paint {number}") as edit:
            entry = edit.entry_for(KEY, (number, 0, 0))
            edit.paint(KEY, number, 0, np.ones((20, 30), np.bool_), entry)


def test_that_a_step_made_ready_is_exchanged_without_reading(
    document: Document,
) -> None:
    paint_some(document, 2)
    document.make_undo_ready()
    step = document._contents.undo[-1]
    ready = list(step.here[KEY].values())
    kept = list(step.tiles[KEY].values())
    document.make_undo_ready()  # once is enough

    document.undo()

    assert [id(pixels) for pixels in step.tiles[KEY].values()] == list(map(id, ready))
    document.redo()
    assert [id(pixels) for pixels in step.tiles[KEY].values()] == list(map(id, kept))


def test_that_only_the_steps_next_to_here_are_ready(document: Document) -> None:
    def ready() -> list[str]:
        steps = document._contents.undo + document._contents.redo
        return [step.label for step in steps if any(step.here.values())]

    paint_some(document, 4)
    assert ready() == []
    document.make_undo_ready()
    assert ready() == ["Paint 3"]
    document.undo()
    assert ready() == ["Paint 3"]
    document.make_undo_ready()
    assert ready() == ["Paint 2", "Paint 3"]
    document.undo()
    assert ready() == ["Paint 2"]
    document.undo()
    assert ready() == ["Paint 1"]
    document.redo()
    document.redo()
    assert ready() == ["Paint 2"]
    document.make_undo_ready()
    assert ready() == ["Paint 2"]
    paint_some(document, 1)
    assert ready() == []


def test_that_nothing_is_made_ready_while_an_edit_is_open(document: Document) -> None:
    paint_some(document, 1)
    painted = document.planes[KEY].indices.copy()
    edit = document.edit("Paint over it")
    edit.paint(KEY, 0, 0, np.ones((40, 60), np.bool_), 1)
    document.make_undo_ready()
    edit.cancel()

    document.undo()
    document.redo()

    assert np.array_equal(document.planes[KEY].indices, painted)


def test_that_a_large_step_is_not_held_twice(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    paint_some(document, 1)
    step = document._contents.undo[-1]
    monkeypatch.setattr(contents, "IN_PLACE_BYTES", step.bytes - 1)
    document.make_undo_ready()
    assert not step.here
    document.undo()
    document.redo()
    assert not any(step.here.values())
    monkeypatch.setattr(contents, "IN_PLACE_BYTES", step.bytes)
    document.make_undo_ready()
    assert step.here


def test_that_a_new_mask_comes_and_goes_with_its_step(document: Document) -> None:
    kind = document.planes[KEY].format
    plane = build_plane(np.zeros((40, 60, 3), np.uint8), kind)
    with document.edit("Paint") as edit:
        ref = edit.frame.add_mask("front", "new", "new.png")
        edit.add_plane(ref.key, plane)
        entry = edit.entry_for(ref.key, (1, 2, 3))
        edit.paint(ref.key, 0, 0, np.ones((2, 2), np.bool_), entry)
    assert document.is_mask_edited(ref.key)
    document.undo()
    assert set(document.planes) == {KEY}
    assert len(document.frame.masks()) == 1
    document.redo()
    assert document.planes[ref.key].pixels.tolist() == [40 * 60 - 4, 4]


def test_that_old_steps_go_when_undo_holds_too_much(document: Document) -> None:
    document.undo_bytes = 40_000
    tile = np.ones((40, 60), np.bool_)
    for number in range(40):
        with document.edit(f"Paint {number}") as edit:
            edit.paint(KEY, 0, 0, tile, edit.entry_for(KEY, (number, 0, 0)))
    labels = document.undo_labels
    assert labels[-1] == "Paint 39"
    assert 1 < len(labels) < 20
    for _ in labels:
        document.undo()
    assert document.undo_label is None
    assert document.is_edited


@pytest.fixture
def full(tmp_path: Path) -> Document:
    """A mask of two bits whose palette has no room: entries 0 and 2 are used by pixels."""
    path = write_scene(tmp_path, [roi(["car"], CAR), roi(["sea"], (3, 3, 3))])
    pixels = np.zeros((4, 4), np.uint8)
    pixels[0] = 2
    picture = PilImage.fromarray(pixels, "P")
    picture.putpalette([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    picture.save(tmp_path / "scene_seg.png", bits=2)
    return open_document(path)


def test_that_a_full_palette_gives_up_an_entry_that_nobody_uses(full: Document) -> None:
    before = full.planes[KEY].table.copy()
    row = np.ones((1, 4), np.bool_)
    with full.edit("Paint") as edit:
        assert edit.entry_for(KEY, (2, 2, 2)) == 2
        # Entry 3 is claimed by a ROI, 0 and 2 have pixels.
        entry = edit.entry_for(KEY, (9, 9, 9))
        edit.paint(KEY, 1, 0, row, entry)
    plane = full.planes[KEY]

    assert entry == 1
    assert plane.table[1].tolist() == [9, 9, 9]
    assert plane.pixels.tolist() == [8, 4, 4, 0]
    full.undo()
    assert np.array_equal(full.planes[KEY].table, before)


def test_that_a_spare_entry_painted_nowhere_stays_as_it_was(full: Document) -> None:
    before = full.planes[KEY].table.copy()
    with full.edit("Paint") as edit:
        entry = edit.entry_for(KEY, (9, 9, 9))
        edit.paint(KEY, 90, 90, np.ones((1, 4), np.bool_), entry)

    assert np.array_equal(full.planes[KEY].table, before)
    assert not full.is_edited


def test_that_a_full_palette_says_so(full: Document) -> None:
    with full.edit("Paint") as edit:
        entry = edit.entry_for(KEY, (9, 9, 9))
        edit.paint(KEY, 1, 0, np.ones((1, 4), np.bool_), entry)
        with pytest.raises(EditError, match=r"scene_seg\.png.*palette.*full"):
            edit.entry_for(KEY, (8, 8, 8))


def test_that_a_colour_painted_over_itself_is_no_step(document: Document) -> None:
    with document.edit("Paint") as edit:
        entry = edit.entry_for(KEY, SKY)
        assert not edit.paint(KEY, 0, 0, np.ones((5, 5), np.bool_), entry)
        part = edit.paint(KEY, 18, 0, np.ones((4, 4), np.bool_), entry)
    # The rows 18 and 19 are sky already.
    assert part.rects == {KEY: Rect(20, 0, 22, 4)}
    with document.edit("Again") as edit:
        edit.paint(KEY, 18, 0, np.ones((4, 4), np.bool_), entry)
    assert document.undo_labels == ("Paint",)


def test_that_a_value_that_is_painted_nowhere_leaves_no_step(
    document: Document,
) -> None:
    table = document.planes[KEY].table
    with document.edit("Paint") as edit:
        entry = edit.entry_for(KEY, (1, 2, 3))
        edit.paint(KEY, 500, 500, np.ones((5, 5), np.bool_), entry)
    assert document.undo_label is None
    assert document.planes[KEY].table is table
    assert not document.is_edited


def test_that_counts_told_while_an_edit_is_open_are_not_taken_for_the_last(
    document: Document,
) -> None:
    edit = document.edit("Paint")
    entry = edit.entry_for(KEY, CAR)
    edit.paint(KEY, 0, 0, np.ones((2, 2), np.bool_), entry)
    midway = take_census(document.frame, document.planes)
    edit.paint(KEY, 5, 5, np.ones((2, 2), np.bool_), entry)
    edit.commit()
    assert take_census(document.frame, document.planes, None, midway).rois[
        0
    ].pixels == (PIXELS[CAR] + 8)
