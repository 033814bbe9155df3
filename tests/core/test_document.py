"""The document: transactions, undo by swapping, and what counts as edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromask.document import Saved
from chromask.errors import AnnotationError, EditError
from chromask.opening import open_document
from scenes import CAR, ROAD, write_scene

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.document import Document

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
