"""The shapes of the shown source: found anew only where an edit touched one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from chromask_gui.runtime.jobs import Jobs
from chromask_gui.session.session import Session
from chromask_gui.session.shown_shapes import ShownShapes
from roi_scenes import make_document
from scenes import CAR, roi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

BOX = {"label": ["box"], "poly": [1, 1, 5, 1, 5, 4, 1, 4], "meta": {"_type": "b2d"}}


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    jobs = Jobs()
    found = Session(jobs)
    found.show(make_document([roi(["car"], CAR), BOX], sources=("front", "side")))
    yield found
    jobs.shut_down()


def update(session: Session, index: int, **values: Any) -> None:
    session.edit("Edit", lambda edit: edit.frame.update_annotation(index, **values))


def test_that_an_edit_of_a_roi_of_a_mask_leaves_the_shapes_as_they_are(
    session: Session,
) -> None:
    shapes = ShownShapes(session)
    before = shapes.all()
    assert [shape.index for shape in before] == [1]

    update(session, 0, labels=["bus"])

    assert shapes.all() is before


def test_that_shapes_follow_edits_of_their_own_and_rois_that_go(
    session: Session,
) -> None:
    shapes = ShownShapes(session)
    shapes.all()

    update(session, 1, sources=["side"])
    assert shapes.all() == ()

    session.undo()
    assert [shape.index for shape in shapes.all()] == [1]

    session.edit("Remove", lambda edit: edit.frame.remove_annotation(0))
    assert [shape.index for shape in shapes.all()] == [0]
